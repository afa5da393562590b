/* Whole maps: what must hold of each, on sets that are hard in different ways. */
#include "map/check.h"
#include "map_scenes.h"

#include <glib/gstdio.h>
#include <math.h>

static const im_map_options OPTIONS = {.boundaries = IM_BUILD_DATADIR, .credit = "Places: made up"};

static im_map *map_of(const GPtrArray *incidents, const im_map_options *options)
{
    GError *error = NULL;
    im_map *map = im_map_new(incidents, NULL, options, &error);
    g_assert_no_error(error);
    g_assert_nonnull(map);
    return map;
}

static guint n_items(const im_map *map, const char *id, const char *cls)
{
    const im_layer *layer = scene_layer(map, id);
    guint n = 0;
    for (guint i = 0; layer && i < layer->items->len; i++) {
        const im_item *item = g_ptr_array_index(layer->items, i);
        n += g_str_has_prefix(item->cls, cls);
    }
    return n;
}

static const im_item *item_of(const im_map *map, const char *layer_id, const char *id)
{
    const im_layer *layer = scene_layer(map, layer_id);
    for (guint i = 0; layer && i < layer->items->len; i++) {
        const im_item *item = g_ptr_array_index(layer->items, i);
        if (item->id && strcmp(item->id, id) == 0)
            return item;
    }
    return NULL;
}

static gboolean has_text(const GPtrArray *items, const char *text)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        if ((item->text && strstr(item->text, text)) ||
            (item->items && has_text(item->items, text)))
            return TRUE;
    }
    return FALSE;
}

static gboolean layer_has_text(const im_map *map, const char *id, const char *text)
{
    const im_layer *layer = scene_layer(map, id);
    return layer && has_text(layer->items, text);
}

static void assert_printable(const im_map *map, const char *name)
{
    g_autoptr(GString) report = g_string_new(NULL);
    if (im_map_check(map, TRUE, report) > 0)
        g_error("%s:\n%s", name, report->str);
}

static GPtrArray *all_in_one_town(void)
{
    GPtrArray *incidents = SCENE(SCENE_MEXICO);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = g_ptr_array_index(incidents, i);
        incident->position = (im_lonlat){-103.39182, 20.66682};
        incident->geo_level = IM_LEVEL_MUNICIPALITY;
        incident->has_geometry = TRUE;
    }
    return incidents;
}

static GPtrArray *states_only(void)
{
    static const scene_row ROWS[] = {
        {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, NULL, "Jalisco", "MX.14", "Mexico", "MX", -103.6,
         20.4, IM_LEVEL_STATE, 3, 150, 40, -1, 2},
        {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, NULL, "Colima", "MX.08", "Mexico", "MX", -103.9,
         19.1, IM_LEVEL_STATE, 3, 60, 12, -1, 2},
        {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, NULL, "Tlaxcala", "MX.29", "Mexico", "MX", -98.2,
         19.4, IM_LEVEL_STATE, 3, 50, 1, 3, 2},
    };
    return SCENE(ROWS);
}

typedef struct printable_case {
    const char *name;
    GPtrArray *(*make)(void);
} printable_case;

static GPtrArray *mexico(void)
{
    return SCENE(SCENE_MEXICO);
}

static GPtrArray *one(void)
{
    return scene_new(&SCENE_MEXICO[11], 1);
}

static GPtrArray *nine(void)
{
    return scene_new(&SCENE_MEXICO[0], 9);
}

static GPtrArray *fifty(void)
{
    return scene_many(50);
}

static GPtrArray *four_hundred(void)
{
    return scene_many(400);
}

static GPtrArray *chile(void)
{
    return SCENE(SCENE_CHILE);
}

static GPtrArray *fiji(void)
{
    return SCENE(SCENE_FIJI);
}

static GPtrArray *haiti(void)
{
    return SCENE(SCENE_HAITI);
}

static GPtrArray *world(void)
{
    return SCENE(SCENE_WORLD);
}

/* No label over a label, a mark or a panel, none cut, no text below 8 px; on pages of any shape. */
static void test_printable(void)
{
    static const printable_case CASES[] = {
        {"mexico", mexico},      {"one", one},           {"nine", nine},
        {"fifty", fifty},        {"chile", chile},       {"fiji", fiji},
        {"haiti", haiti},        {"world", world},       {"town", all_in_one_town},
        {"states", states_only}, {"empty", scene_empty}, {"four hundred", four_hundred},
    };
    static const int PAGES[][2] = {{1600, 1200}, {800, 600}, {1080, 1350}, {200, 200}};
    for (guint c = 0; c < G_N_ELEMENTS(CASES); c++)
        for (guint p = 0; p < G_N_ELEMENTS(PAGES); p++) {
            im_map_options options = OPTIONS;
            options.width_px = PAGES[p][0];
            options.height_px = PAGES[p][1];
            g_autoptr(GPtrArray) incidents = CASES[c].make();
            g_autoptr(im_map) map = map_of(incidents, &options);
            g_autofree char *name = g_strdup_printf("%s on %d x %d", CASES[c].name,
                                                    options.width_px, options.height_px);
            assert_printable(map, name);
            g_assert_cmpint(map->width_px, ==, PAGES[p][0]);
        }
}

static void test_same_twice(void)
{
    g_autoptr(GPtrArray) incidents = mexico(), other = fifty();
    g_autoptr(im_map) a = map_of(incidents, &OPTIONS);
    g_autoptr(im_map) between = map_of(other, &OPTIONS);
    g_assert_nonnull(between);
    g_autoptr(im_map) b = map_of(incidents, &OPTIONS);
    g_autofree char *x = im_map_dump(a), *y = im_map_dump(b);
    g_assert_cmpstr(x, ==, y);
    g_assert_cmpuint(strlen(x), >, 10000);
}

/* The order of the incidents decides nothing. */
static void test_any_order(void)
{
    g_autoptr(GPtrArray) incidents = mexico(), reversed = g_ptr_array_new();
    for (guint i = incidents->len; i-- > 0;)
        g_ptr_array_add(reversed, g_ptr_array_index(incidents, i));
    g_autoptr(im_map) a = map_of(incidents, &OPTIONS), b = map_of(reversed, &OPTIONS);
    const im_layer *marks = scene_layer(a, "marks");
    g_assert_cmpuint(marks->items->len, ==, scene_layer(b, "marks")->items->len);
    for (guint i = 0; i < marks->items->len; i++) {
        const im_item *mark = g_ptr_array_index(marks->items, i);
        const im_item *other = item_of(b, "marks", mark->id);
        g_assert_nonnull(other);
        g_assert_cmpfloat(mark->box.x_px, ==, other->box.x_px);
        g_assert_cmpfloat(mark->box.y_px, ==, other->box.y_px);
    }
}

static const char *datum(const im_item *item, const char *name)
{
    for (guint i = 0; item->data && i + 1 < item->data->len; i += 2)
        if (strcmp(g_ptr_array_index(item->data, i), name) == 0)
            return g_ptr_array_index(item->data, i + 1);
    return NULL;
}

static void test_marks(void)
{
    g_autoptr(GPtrArray) incidents = mexico();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    /* All but the total of the country. */
    g_assert_cmpuint(n_items(map, "marks", "mark"), ==, incidents->len - 1);
    const im_item *mark = item_of(map, "marks", "00000003");
    g_assert_nonnull(mark);
    g_assert_cmpstr(mark->cls, ==, "mark attack");
    g_assert_cmpstr(mark->title, ==, "Attack: Something happened, Guadalajara, 2 March 2026");
    g_assert_cmpstr(mark->desc, ==, "“Something happened here.” (The Paper)");
    g_assert_cmpstr(datum(mark, "type"), ==, "attack");
    g_assert_cmpstr(datum(mark, "status"), ==, "occurred");
    g_assert_cmpstr(datum(mark, "date"), ==, "2026-03-02");
    g_assert_cmpstr(datum(mark, "count"), ==, "6");
    g_assert_cmpstr(datum(mark, "deaths"), ==, "25");
    g_assert_cmpstr(datum(mark, "place"), ==, "Guadalajara");
    g_assert_cmpstr(datum(mark, "admin1"), ==, "Jalisco");
    g_assert_cmpstr(datum(mark, "iso"), ==, "MX");
    g_assert_cmpstr(datum(mark, "url"), ==, "https://example.org/1");
    g_assert_null(datum(item_of(map, "marks", "00000001"), "count"));
    /* The number of the dead is in the mark, the larger mark is drawn first. */
    g_assert_true(has_text(mark->items, "25"));
    g_assert_true(g_ptr_array_index(scene_layer(map, "marks")->items, 0) == mark);
}

static gboolean has_part(const im_item *group, const char *cls)
{
    for (guint i = 0; i < group->items->len; i++)
        if (strcmp(((const im_item *)g_ptr_array_index(group->items, i))->cls, cls) == 0)
            return TRUE;
    return FALSE;
}

static const im_style *part_style(const im_item *group, const char *cls)
{
    for (guint i = 0; i < group->items->len; i++) {
        const im_item *part = g_ptr_array_index(group->items, i);
        if (strcmp(part->cls, cls) == 0)
            return &part->style;
    }
    g_error("no %s in %s", cls, group->title);
}

/* What is exact, cleared, going on or planned, and what only a state is known of. */
static void test_status_and_precision(void)
{
    g_autoptr(GPtrArray) incidents = mexico();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    const im_item *cleared = item_of(map, "marks", "00000006");
    g_assert_cmphex(part_style(cleared, "body")->fill, ==, 0xFFFFFFFF);
    const im_item *ongoing = item_of(map, "marks", "0000000b");
    g_assert_true(has_part(ongoing, "ongoing"));
    const im_item *planned = item_of(map, "marks", "0000000f");
    g_assert_cmpfloat(part_style(planned, "body")->dash_px[0], >, 0);
    const im_item *state = item_of(map, "marks", "00000012");
    g_assert_cmpfloat(part_style(state, "area")->dash_px[0], >, 0);
    g_assert_false(has_part(state, "point"));
    g_assert_cmpuint(n_items(map, "states", "state affected"), ==, 2);
    g_assert_cmpuint(n_items(map, "rings", "ring"), ==, 1);
}

/* The mark of a state lies in its state. */
static void test_state_marks_inside(void)
{
    g_autoptr(GPtrArray) incidents = states_only();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    const im_item *mark = item_of(map, "marks", "00000001");
    g_assert_nonnull(mark);
    const im_layer *states = scene_layer(map, "states");
    const im_item *jalisco = NULL;
    for (guint i = 0; i < states->items->len; i++) {
        const im_item *item = g_ptr_array_index(states->items, i);
        if (strcmp(item->cls, "state affected") == 0 && strcmp(item->title, "Jalisco") == 0)
            jalisco = item;
    }
    g_assert_nonnull(jalisco);
    float x = mark->box.x_px + mark->box.width_px / 2, y = mark->box.y_px + mark->box.height_px / 2;
    g_assert_cmpfloat(x, >, jalisco->box.x_px);
    g_assert_cmpfloat(x, <, jalisco->box.x_px + jalisco->box.width_px);
    g_assert_cmpfloat(y, >, jalisco->box.y_px);
    g_assert_cmpfloat(y, <, jalisco->box.y_px + jalisco->box.height_px);
    g_assert_cmpuint(jalisco->style.hatch, !=, 0);
}

static void test_words(void)
{
    g_autoptr(GPtrArray) incidents = mexico();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    g_assert_cmpstr(map->title, ==, "Attacks, roadblocks and other incidents in Mexico");
    g_assert_cmpstr(map->subtitle, ==,
                    "1–5 March 2026 · 13\u00A0places and 2\u00A0states, 46\u00A0dead");
    g_assert_true(g_str_has_prefix(im_map_alt_text(map), "Map: Attacks, roadblocks and other"));
    g_assert_true(layer_has_text(map, "notes", "At least 250 roadblocks in Mexico"));
    g_assert_nonnull(strstr(map->source_line, "The Paper, 2–6 March 2026"));
    g_assert_nonnull(strstr(map->source_line, "Places: made up."));
    g_assert_nonnull(strstr(map->source_line, "Natural Earth"));
    g_assert_cmpuint(map->data_date, ==, im_day_from_ymd(2026, 3, 6));
}

/* The legend has what is on the map, and only that. */
static void test_legend(void)
{
    g_autoptr(GPtrArray) incidents = one();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    g_assert_true(layer_has_text(map, "legend", "Explosion"));
    g_assert_false(layer_has_text(map, "legend", "Roadblock"));
    g_assert_false(layer_has_text(map, "legend", "cleared"));
    g_assert_false(layer_has_text(map, "legend", "Size"));
    g_autoptr(GPtrArray) all = mexico();
    g_autoptr(im_map) full = map_of(all, &OPTIONS);
    const char *const expected[] = {"Attack",
                                    "Roadblock",
                                    "Since cleared",
                                    "Still going on",
                                    "Planned",
                                    "Somewhere in the hatched state",
                                    "Somewhere within the ring",
                                    "people killed"};
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_true(layer_has_text(full, "legend", expected[i]));
}

/* Too many for a page are counted, and nobody is lost. */
static void test_bins(void)
{
    enum { MANY = 2000 };
    g_autoptr(GPtrArray) incidents = scene_many(MANY);
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    const im_layer *marks = scene_layer(map, "marks"), *hexagons = scene_layer(map, "hexagons");
    guint64 total = 0;
    for (guint i = 0; i < marks->items->len; i++)
        total += ((const im_item *)g_ptr_array_index(marks->items, i))->kind == IM_ITEM_GROUP;
    for (guint i = 0; i < hexagons->items->len; i++)
        total += g_ascii_strtoull(datum(g_ptr_array_index(hexagons->items, i), "count"), NULL, 10);
    g_assert_cmpuint(total, ==, MANY);
    g_assert_cmpuint(marks->items->len, <, MANY / 4);
    g_assert_true(layer_has_text(map, "legend", "Incidents in a hexagon"));
    assert_printable(map, "two thousand");
}

/* More than a place can show are joined by type; each is still told of. */
static void test_joined(void)
{
    enum { MANY = 30 };
    g_autoptr(GPtrArray) incidents = scene_many(MANY);
    for (guint i = 0; i < MANY; i++) {
        im_incident *incident = g_ptr_array_index(incidents, i);
        incident->position = (im_lonlat){-99.12766, 19.42847};
        incident->type = i % 2 ? IM_INCIDENT_ATTACK : IM_INCIDENT_ARSON;
        incident->status = IM_STATUS_OCCURRED;
    }
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    g_assert_cmpuint(n_items(map, "marks", "mark"), ==, 2);
    g_assert_true(layer_has_text(map, "marks", "×15"));
}

/* Nothing to draw is no fault: the notes say what there is. */
static void test_nothing_to_draw(void)
{
    g_autoptr(GPtrArray) nothing = scene_empty();
    g_autoptr(im_map) empty = map_of(nothing, &OPTIONS);
    g_assert_cmpstr(empty->title, ==, "No incidents");
    g_autoptr(GPtrArray) total = scene_new(&SCENE_MEXICO[G_N_ELEMENTS(SCENE_MEXICO) - 1], 1);
    g_autoptr(im_map) notes = map_of(total, &OPTIONS);
    g_assert_cmpuint(n_items(notes, "marks", "mark"), ==, 0);
    g_assert_true(layer_has_text(notes, "notes", "250 roadblocks"));
    g_assert_nonnull(strstr(notes->projection, "+proj=lcc"));
}

static void test_historic(void)
{
    g_autoptr(GPtrArray) incidents = mexico();
    ((im_incident *)g_ptr_array_index(incidents, 2))->status = IM_STATUS_HISTORIC;
    g_autoptr(im_map) without = map_of(incidents, &OPTIONS);
    g_assert_null(item_of(without, "marks", "00000003"));
    im_map_options options = OPTIONS;
    options.historic = TRUE;
    g_autoptr(im_map) with = map_of(incidents, &options);
    g_assert_nonnull(item_of(with, "marks", "00000003"));
}

/* An extent that is given holds whatever the incidents are; what is outside is told in the notes. */
static void test_extents(void)
{
    g_autoptr(GPtrArray) incidents = mexico();
    im_map_options options = OPTIONS;
    options.extent = "MX-JAL";
    g_autoptr(im_map) jalisco = map_of(incidents, &options);
    g_assert_nonnull(item_of(jalisco, "marks", "00000003"));
    g_assert_null(item_of(jalisco, "marks", "0000000e"));
    assert_printable(jalisco, "extent of a state");
    options.extent = NULL;
    const im_bbox box = {-104.5, 19, -102, 22};
    options.bbox = &box;
    g_autoptr(im_map) boxed = map_of(incidents, &options);
    g_assert_null(item_of(boxed, "marks", "0000000e"));
    assert_printable(boxed, "box");
    const im_bbox pacific = {170, -25, -170, -10};
    options.bbox = &pacific;
    g_autoptr(GPtrArray) islands = fiji();
    g_autoptr(im_map) spanning = map_of(islands, &options);
    g_assert_cmpuint(n_items(spanning, "marks", "mark"), ==, 3);
}

/* Both sides of the antimeridian are side by side, and nothing runs across the page. */
static void test_antimeridian(void)
{
    g_autoptr(GPtrArray) incidents = fiji();
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    const im_item *west = item_of(map, "marks", "00000001"),
                  *east = item_of(map, "marks", "00000003");
    g_assert_cmpfloat(west->box.x_px, <, east->box.x_px);
    const im_layer *borders = scene_layer(map, "borders");
    for (guint i = 0; i < borders->items->len; i++) {
        const im_path *path = &((const im_item *)g_ptr_array_index(borders->items, i))->path;
        for (guint v = 1; v < path->verbs->len; v++) {
            if (path->verbs->data[v] != 'L')
                continue;
            im_point p = g_array_index(path->points, im_point, v - 1);
            im_point q = g_array_index(path->points, im_point, v);
            g_assert_cmpfloat(hypot((double)(p.x_px - q.x_px), (double)(p.y_px - q.y_px)), <, 300);
        }
    }
}

static void assert_fails(const im_map_options *options, im_error code)
{
    g_autoptr(GPtrArray) incidents = one();
    g_autoptr(GError) error = NULL;
    g_assert_null(im_map_new(incidents, NULL, options, &error));
    g_assert_error(error, IM_ERROR, (int)code);
}

/* A layer of the user's own, in any format and any coordinates, in the place of the states. */
static void test_user_boundaries(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("incmap-map-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *path = g_build_filename(folder, "districts.geojson", NULL);
    static const char DISTRICTS[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
        "{\"code\":7,\"label\":\"My District\",\"iso_a2\":\"MX\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[-108,24],[-106,24],[-106,26],[-108,26],[-108,24]]]}}]}";
    g_assert_true(g_file_set_contents(path, DISTRICTS, -1, &error));
    g_autoptr(GPtrArray) incidents = one();
    im_map_options options = OPTIONS;
    options.user_boundaries = path;
    options.name_field = "label";
    g_autoptr(im_map) map = map_of(incidents, &options);
    g_assert_true(layer_has_text(map, "names", "My District"));
    options.user_boundaries = "/nonexistent.geojson";
    g_assert_null(im_map_new(incidents, NULL, &options, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    g_unlink(path);
    g_rmdir(folder);
}

/* Lines with their degrees on demand, and on maps of a continent or more; degrees are no labels of others. */
static void test_graticule(void)
{
    g_autoptr(GPtrArray) near = nine(), far = SCENE(SCENE_WORLD);
    g_autoptr(im_map) without = map_of(near, &OPTIONS), world = map_of(far, &OPTIONS);
    g_assert_null(scene_layer(without, "graticule"));
    g_assert_true(layer_has_text(world, "degrees", "60° N"));
    im_map_options options = OPTIONS;
    options.graticule = TRUE;
    g_autoptr(im_map) map = map_of(near, &options);
    g_assert_cmpuint(n_items(map, "graticule", "graticule"), ==, 1);
    g_assert_cmpuint(n_items(map, "degrees", "label degrees"), >, 3);
    g_assert_true(layer_has_text(map, "degrees", "105° W"));
    assert_printable(map, "graticule");
}

/* On a grid far from its middle north is aside, and an arrow says so. */
static void test_grid(void)
{
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_HAITI);
    im_map_options options = OPTIONS;
    options.crs = "+proj=utm +zone=13";
    g_autoptr(im_map) map = map_of(incidents, &options);
    g_assert_true(layer_has_text(map, "north", "N"));
    assert_printable(map, "grid");
    options.crs = "EPSG:32618"; /* its own zone */
    g_autoptr(im_map) own = map_of(incidents, &options);
    g_assert_null(scene_layer(own, "north"));
    g_autoptr(im_map) chosen = map_of(incidents, &OPTIONS);
    g_assert_null(scene_layer(chosen, "north"));
    options.crs = "EPSG:2193"; /* New Zealand */
    assert_fails(&options, IM_ERROR_USAGE);
}

/* The places where most was told say it; as many as are asked for, and none where nothing is told. */
static void test_callouts(void)
{
    g_autoptr(GPtrArray) incidents = nine();
    ((im_incident *)incidents->pdata[2])->title[0] = '*'; /* Guadalajara, 25 dead */
    im_map_options options = OPTIONS;
    options.callouts = 1;
    g_autoptr(im_map) map = map_of(incidents, &options);
    g_assert_true(layer_has_text(map, "labels", "*omething happened"));
    g_assert_false(layer_has_text(map, "labels", "Something happened"));
    assert_printable(map, "one callout");
    options.callouts = -1;
    g_autoptr(im_map) none = map_of(incidents, &options);
    g_assert_false(layer_has_text(none, "labels", "happened"));
    g_autoptr(im_map) usual = map_of(incidents, &OPTIONS);
    g_assert_true(layer_has_text(usual, "labels", "Something happened"));
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = incidents->pdata[i];
        incident->deaths_best = incident->count = IM_UNKNOWN;
    }
    g_autoptr(im_map) silent = map_of(incidents, &OPTIONS);
    g_assert_false(layer_has_text(silent, "labels", "happened"));
}

/* A fact that is longer than a callout may be is not cut, but left out. */
static void test_long_fact(void)
{
    g_autoptr(GPtrArray) incidents = nine();
    im_incident *incident = incidents->pdata[2];
    GString *title = g_string_new(NULL);
    for (int i = 0; i < 1000; i++)
        g_string_append(title, "longwinded ");
    g_free(incident->title);
    incident->title = g_string_free(title, FALSE);
    g_autoptr(im_map) map = map_of(incidents, &OPTIONS);
    g_assert_false(layer_has_text(map, "labels", "longwinded"));
    g_assert_true(layer_has_text(map, "labels", "Guadalajara"));
    assert_printable(map, "long fact");
}

static void test_disclaimer(void)
{
    g_autoptr(GPtrArray) incidents = one();
    im_map_options options = OPTIONS;
    options.disclaimer = "the Ministry of <Maps>";
    g_autoptr(im_map) map = map_of(incidents, &options);
    g_assert_nonnull(strstr(map->source_line, "acceptance by the Ministry of <Maps>."));
}

static void test_errors(void)
{
    im_map_options options = OPTIONS;
    options.extent = "XX-NOWHERE";
    assert_fails(&options, IM_ERROR_USAGE);
    options = OPTIONS;
    options.width_px = 199;
    assert_fails(&options, IM_ERROR_USAGE);
    options = OPTIONS;
    options.scale = NAN;
    assert_fails(&options, IM_ERROR_USAGE);
    options = OPTIONS;
    const im_bbox box = {10, 20, 30, 10};
    options.bbox = &box;
    assert_fails(&options, IM_ERROR_USAGE);
    options = OPTIONS;
    options.boundaries = "/nonexistent";
    assert_fails(&options, IM_ERROR_DATA);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/printable", test_printable);
    g_test_add_func("/map/same-twice", test_same_twice);
    g_test_add_func("/map/any-order", test_any_order);
    g_test_add_func("/map/marks", test_marks);
    g_test_add_func("/map/status-and-precision", test_status_and_precision);
    g_test_add_func("/map/state-marks-inside", test_state_marks_inside);
    g_test_add_func("/map/words", test_words);
    g_test_add_func("/map/legend", test_legend);
    g_test_add_func("/map/nothing-to-draw", test_nothing_to_draw);
    g_test_add_func("/map/bins", test_bins);
    g_test_add_func("/map/joined", test_joined);
    g_test_add_func("/map/historic", test_historic);
    g_test_add_func("/map/extents", test_extents);
    g_test_add_func("/map/antimeridian", test_antimeridian);
    g_test_add_func("/map/user-boundaries", test_user_boundaries);
    g_test_add_func("/map/graticule", test_graticule);
    g_test_add_func("/map/grid", test_grid);
    g_test_add_func("/map/callouts", test_callouts);
    g_test_add_func("/map/callouts/long", test_long_fact);
    g_test_add_func("/map/disclaimer", test_disclaimer);
    g_test_add_func("/map/errors", test_errors);
    return g_test_run();
}
