/* Maps of a series: what must be the same on all of them, and what each says for itself. */
#include "map/check.h"
#include "map_scenes.h"

#include <stdlib.h>

enum { MOST_MAPS = 32 };

/* What is remembered of the maps, which live only as long as they are handed over. */
typedef struct album {
    guint n, n_empty, n_marks;
    char *common[MOST_MAPS]; /* frame, projection and furniture, as text */
    char *subtitle[MOST_MAPS];
    char *title;
    GString *faults;
    GHashTable *fills; /* count of a hexagon → its colour */
} album;

static void describe(GString *out, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        g_string_append_printf(out, "%s %.2f %.2f %.2f %.2f %s %08X\n", item->cls,
                               (double)item->box.x_px, (double)item->box.y_px,
                               (double)item->box.width_px, (double)item->box.height_px,
                               item->text ? item->text : "", item->style.fill);
        if (item->items)
            describe(out, item->items);
    }
}

/* Frame, land, legend, locator, scale bar and degrees: of all maps the same. Borders are, but for the gaps that they leave to
 * the names of each map. */
static char *common_of(const im_map *map)
{
    static const char *const SAME[] = {"sea", "countries", "legend", "locator", "scale", "north"};
    GString *out = g_string_new(map->projection);
    g_string_append_printf(out, "\n%g %g %g %g\n", (double)map->frame.x_px, (double)map->frame.y_px,
                           (double)map->frame.width_px, (double)map->frame.height_px);
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = g_ptr_array_index(map->layers, i);
        for (guint k = 0; k < G_N_ELEMENTS(SAME); k++)
            if (strcmp(layer->id, SAME[k]) == 0) {
                g_string_append_printf(out, "%s\n", layer->id);
                describe(out, layer->items);
            }
    }
    return g_string_free(out, FALSE);
}

/* A hexagon of so many has one colour, on whichever map it is. */
static void check_fill(album *a, const im_item *bin)
{
    const im_item *shape = g_ptr_array_index(bin->items, 0);
    for (guint i = 0; bin->data && i + 1 < bin->data->len; i += 2) {
        if (strcmp(bin->data->pdata[i], "count") != 0)
            continue;
        gpointer count = GINT_TO_POINTER(atoi(bin->data->pdata[i + 1])),
                 fill = GUINT_TO_POINTER(shape->style.fill), known;
        if (g_hash_table_lookup_extended(a->fills, count, NULL, &known))
            g_assert_cmphex(GPOINTER_TO_UINT(known), ==, GPOINTER_TO_UINT(fill));
        g_hash_table_insert(a->fills, count, fill);
    }
}

static gboolean remember(const im_map *map, guint period, gpointer data, GError **error)
{
    (void)error;
    album *a = data;
    g_assert_cmpuint(period, ==, a->n);
    a->common[a->n] = common_of(map);
    a->subtitle[a->n++] = g_strdup(im_map_subtitle(map));
    im_map_check(map, TRUE, a->faults);
    if (a->title)
        g_assert_cmpstr(a->title, ==, im_map_title(map));
    else
        a->title = g_strdup(im_map_title(map));
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = g_ptr_array_index(map->layers, i);
        a->n_empty += strcmp(layer->id, "empty") == 0;
        if (strcmp(layer->id, "marks") == 0)
            a->n_marks += layer->items->len;
        for (guint k = 0; strcmp(layer->id, "hexagons") == 0 && k < layer->items->len; k++)
            check_fill(a, g_ptr_array_index(layer->items, k));
    }
    return TRUE;
}

static void album_clear(album *a)
{
    for (guint i = 0; i < a->n; i++) {
        g_free(a->common[i]);
        g_free(a->subtitle[i]);
    }
    g_free(a->title);
    g_string_free(a->faults, TRUE);
    g_hash_table_unref(a->fills);
}

static void period_clear(gpointer data)
{
    g_ptr_array_unref((GPtrArray *)((im_map_period *)data)->incidents);
}

/* A period a day of March 2026. */
static GArray *days_of(const GPtrArray *incidents, guint n_days)
{
    GArray *periods = g_array_new(FALSE, FALSE, sizeof(im_map_period));
    g_array_set_clear_func(periods, period_clear);
    for (guint i = 0; i < n_days; i++) {
        const im_day day = im_day_from_ymd(2026, 3, 1) + i;
        GPtrArray *some = g_ptr_array_new();
        for (guint k = 0; k < incidents->len; k++)
            if (((const im_incident *)incidents->pdata[k])->date_start == day)
                g_ptr_array_add(some, incidents->pdata[k]);
        const im_map_period period = {day, day, some};
        g_array_append_val(periods, period);
    }
    return periods;
}

/* Of marks thrown at random some find no place that is off another's dot; nothing else may be wrong. */
static void check_faults(const char *report)
{
    g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (*lines[i] && !g_str_has_prefix(lines[i], "mark over dot:") &&
            !g_str_has_prefix(lines[i], "leader through "))
            g_error("%s", lines[i]);
}

static album draw_days(const GPtrArray *incidents, guint n_days, const im_map_options *options)
{
    GError *error = NULL;
    album a = {.faults = g_string_new(NULL), .fills = g_hash_table_new(NULL, NULL)};
    g_autoptr(GArray) periods = days_of(incidents, n_days);
    g_assert_true(im_map_series(periods, NULL, options, remember, &a, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(a.n, ==, n_days);
    check_faults(a.faults->str);
    for (guint i = 1; i < a.n; i++)
        g_assert_cmpstr(a.common[i], ==, a.common[0]);
    return a;
}

static const struct {
    int width_px, height_px;
    im_map_style style;
} LOOKS[] = {{1600, 1200, IM_MAP_AUTO},
             {1200, 675, IM_MAP_STATES},
             {700, 1100, IM_MAP_HEXAGONS},
             {2000, 600, IM_MAP_MARKS},
             {400, 300, IM_MAP_AUTO}};

/* Few incidents or many, in a band or a column: frame, ground, legend and scale bar stay where they are. */
static void test_same_everywhere(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(LOOKS); i++) {
        const im_map_options options = {.boundaries = IM_BUILD_DATADIR,
                                        .width_px = LOOKS[i].width_px,
                                        .height_px = LOOKS[i].height_px,
                                        .style = LOOKS[i].style};
        g_autoptr(GPtrArray) few = SCENE(SCENE_MEXICO), many = scene_many(300);
        album a = draw_days(few, 6, &options), b = draw_days(many, 28, &options);
        album_clear(&a);
        album_clear(&b);
    }
}

/* A day has its own words below the title of all, and an empty one says so. */
static void test_words(void)
{
    const im_map_options options = {.boundaries = IM_BUILD_DATADIR};
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_MEXICO);
    album a = draw_days(incidents, 7, &options);
    g_assert_cmpstr(a.subtitle[0], ==, "1 March 2026 · 8\u00A0dead");
    g_assert_cmpstr(a.subtitle[5], ==, "6 March 2026 · no incidents");
    g_assert_cmpuint(a.n_empty, ==, 2);
    album_clear(&a);
    const im_map_options own = {
        .boundaries = IM_BUILD_DATADIR, .title = "Seven days", .subtitle = "as told"};
    a = draw_days(incidents, 7, &own);
    g_assert_cmpstr(a.title, ==, "Seven days");
    g_assert_cmpstr(a.subtitle[6], ==, "7 March 2026 · as told · no incidents");
    album_clear(&a);
}

/* Where one day has too many for a page all are counted, in classes for the largest number of any of them. */
static void test_crowded(void)
{
    const im_map_options options = {.boundaries = IM_BUILD_DATADIR};
    g_autoptr(GPtrArray) incidents = scene_many(3000);
    for (guint i = 0; i < incidents->len; i++) { /* half of them on the second day */
        im_incident *incident = incidents->pdata[i];
        if (i % 2)
            incident->date_start = incident->date_end = im_day_from_ymd(2026, 3, 2);
    }
    album a = draw_days(incidents, 4, &options);
    g_assert_cmpuint(g_hash_table_size(a.fills), >, 3);
    album_clear(&a);
}

/* What lies outside of what is shown is told of on its own day. */
static void test_outside(void)
{
    const im_map_options options = {.boundaries = IM_BUILD_DATADIR, .extent = "MX-JAL"};
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_MEXICO);
    album a = draw_days(incidents, 5, &options);
    g_assert_cmpstr(a.subtitle[3], ==, "4 March 2026");
    g_assert_cmpuint(a.n_empty, ==, 0);
    album_clear(&a);
}

static gboolean refuse(const im_map *map, guint period, gpointer data, GError **error)
{
    (void)map;
    *(guint *)data = period;
    if (period == 1)
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "disk full");
    return period < 1;
}

static void test_errors(void)
{
    guint last = 0;
    g_autoptr(GError) error = NULL, none = NULL;
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_MEXICO);
    g_autoptr(GArray) periods = days_of(incidents, 4);
    const im_map_options options = {.boundaries = IM_BUILD_DATADIR},
                         wrong = {.boundaries = IM_BUILD_DATADIR, .extent = "XX"};
    g_assert_false(im_map_series(periods, NULL, &options, refuse, &last, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
    g_assert_cmpuint(last, ==, 1);
    g_assert_false(im_map_series(periods, NULL, &wrong, refuse, &last, &none));
    g_assert_error(none, IM_ERROR, IM_ERROR_USAGE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-series/same-everywhere", test_same_everywhere);
    g_test_add_func("/map-series/words", test_words);
    g_test_add_func("/map-series/crowded", test_crowded);
    g_test_add_func("/map-series/outside", test_outside);
    g_test_add_func("/map-series/errors", test_errors);
    return g_test_run();
}
