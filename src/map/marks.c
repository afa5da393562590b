#include "map/marks.h"

#include "map/words.h"

#include <math.h>
#include <string.h>

/* More marks than these at one place are joined by type. */
enum { MOST_AT_A_SITE = 9 };

/* Behind a tag, so that it is not taken for the next symbol's. */
static const double TAG_GAP_PX = 5;

static int deaths_of(const im_incident *incident)
{
    return incident->deaths_best > 0 ? incident->deaths_best : MAX(incident->deaths_low, 0);
}

im_scale im_scale_new(const GPtrArray *drawn, const im_theme *theme)
{
    im_scale scale = {.least_px = (double)theme->base_radius_px};
    int most_deaths = 0, most_count = 0;
    for (guint i = 0; i < drawn->len; i++) {
        const im_incident *incident = g_ptr_array_index(drawn, i);
        most_deaths = MAX(most_deaths, deaths_of(incident));
        most_count = MAX(most_count, incident->count);
    }
    scale.by_deaths = most_deaths > 0;
    scale.most = scale.by_deaths ? most_deaths : most_count;
    /* Many marks are smaller, so that they hide less of each other. */
    double crowd = drawn->len > 60 ? pow(60.0 / drawn->len, 0.25) : 1;
    scale.least_px = MAX(scale.least_px * crowd, 4);
    /* Things are less than lives. */
    double most_px = (double)theme->most_radius_px * crowd * (scale.by_deaths ? 1 : 0.7);
    most_px = MAX(most_px, scale.least_px);
    /* One death is smaller than the least symbol, so that 10 and 20 still differ at once. */
    scale.factor_px = MIN(0.72 * scale.least_px, most_px / sqrt(MAX(scale.most, 1)));
    return scale;
}

double im_scale_radius(const im_scale *scale, int value)
{
    return MAX(scale->least_px, scale->factor_px * sqrt(MAX(value, 0)));
}

int im_scale_value(const im_scale *scale, const im_incident *incident)
{
    return scale->by_deaths ? deaths_of(incident) : MAX(incident->count, 0);
}

static void mark_free(gpointer data)
{
    im_mark *mark = data;
    g_free(mark->number);
    g_free(mark->tag);
    g_free(mark);
}

void im_site_free(gpointer data)
{
    im_site *site = data;
    g_ptr_array_unref(site->marks);
    im_rings_free(site->ring);
    g_free(site);
}

void im_marks_free(im_marks *marks)
{
    if (!marks)
        return;
    g_ptr_array_unref(marks->sites);
    g_ptr_array_unref(marks->outside);
    g_free(marks);
}

/* Room of a tag beside its symbol. */
static im_text_size tag_size(const char *tag, const im_theme *theme)
{
    im_text_style style = {.family = IM_FONT_FAMILY, .size_px = theme->number_px, .bold = TRUE};
    return im_fonts_measure(tag, &style);
}

static void set_number_and_tag(im_mark *mark, const im_scale *scale, const im_theme *theme)
{
    int value = im_scale_value(scale, mark->incident), count = mark->incident->count;
    if (mark->n_incidents > 1) {
        count = (int)mark->n_incidents;
    } else if (value > 1) {
        g_autofree char *number = im_words_number(value);
        if (im_symbol_holds(&mark->symbol, strlen(number), theme))
            mark->number = g_steal_pointer(&number);
        else if (!scale->by_deaths)
            mark->tag = g_strdup_printf("×%s", number);
    }
    if (!mark->tag && count > 1 && (scale->by_deaths || mark->n_incidents > 1)) {
        g_autofree char *number = im_words_number(count);
        mark->tag = g_strdup_printf("×%s", number);
    }
    mark->symbol.number = mark->number;
    mark->box = im_symbol_box(&mark->symbol);
    if (mark->tag)
        mark->box.max_x += (double)tag_size(mark->tag, theme).width_px + 1 + TAG_GAP_PX;
}

static im_mark *mark_new(const im_incident *incident, guint n_incidents, const im_scale *scale,
                         const im_theme *theme)
{
    im_mark *mark = g_new0(im_mark, 1);
    mark->incident = incident;
    mark->n_incidents = n_incidents;
    int value = n_incidents > 1 ? 0 : im_scale_value(scale, incident);
    mark->symbol = (im_symbol){.type = incident->type,
                               .status = incident->status,
                               .is_area = incident->geo_level == IM_LEVEL_STATE,
                               .radius_px = im_scale_radius(scale, value)};
    set_number_and_tag(mark, scale, theme);
    return mark;
}

static int compare_incidents(gconstpointer a, gconstpointer b)
{
    const im_incident *p = *(const im_incident *const *)a, *q = *(const im_incident *const *)b;
    if (p->type != q->type)
        return p->type < q->type ? -1 : 1;
    if (p->status != q->status)
        return p->status < q->status ? -1 : 1;
    return g_strcmp0(p->id, q->id);
}

/* Marks of a site from its incidents; where they are too many, one for each type and status. */
static void fill_site(im_site *site, GPtrArray *incidents, const im_scale *scale,
                      const im_theme *theme)
{
    g_ptr_array_sort(incidents, compare_incidents);
    gboolean join = incidents->len > MOST_AT_A_SITE;
    for (guint i = 0, n; i < incidents->len; i += n) {
        const im_incident *first = g_ptr_array_index(incidents, i);
        for (n = 1; join && i + n < incidents->len; n++) {
            const im_incident *next = g_ptr_array_index(incidents, i + n);
            if (next->type != first->type || next->status != first->status)
                break;
        }
        g_ptr_array_add(site->marks, mark_new(first, n, scale, theme));
    }
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = g_ptr_array_index(incidents, i);
        site->weight += 10.0 * deaths_of(incident) + 1 + 0.1 * MAX(incident->count, 0);
        if (incident->geo_precision >= 2 && incident->radius_km > 0 && !site->is_area)
            site->radius_km = MAX(site->radius_km, incident->radius_km);
    }
}

/* The circle in which the truth lies, as the projection bends it. */
static void add_ring(im_site *site, const im_view *view)
{
    enum { STEPS = 72 };
    if (site->radius_km <= 0)
        return;
    site->ring = im_rings_new();
    for (int i = 0; i < STEPS; i++) {
        im_lonlat at = im_destination(site->position, 360.0 * i / STEPS, site->radius_km);
        im_rings_add(site->ring, im_view_px(view, at));
    }
    im_rings_close(site->ring);
}

/* What makes two incidents one site: the same state, or the same spot. */
static char *site_key(const im_incident *incident, guint32 state)
{
    if (incident->geo_level == IM_LEVEL_STATE && state != IM_REGION_NONE)
        return g_strdup_printf("s%u", state);
    return g_strdup_printf("p%ld,%ld", lround(incident->position.lon_deg * 2000),
                           lround(incident->position.lat_deg * 2000));
}

/* Where an incident is on the page. @return FALSE when it is not on it */
static gboolean locate(const im_incident *incident, const im_ground *ground, const im_view *view,
                       im_xy *point, guint32 *state)
{
    *point = (im_xy){-1, -1};
    if (incident->has_geometry)
        *point = im_view_px(view, incident->position);
    if (incident->geo_level == IM_LEVEL_STATE) {
        *state = im_ground_find_state(ground, incident->admin1_code, incident->iso3166_2, *point);
        if (*state != IM_REGION_NONE && ground->has_states) {
            im_region *region = g_ptr_array_index(ground->states, *state);
            im_region_find_pole(region);
            *point = region->pole;
            return region->pole_px > 2;
        }
        *state = IM_REGION_NONE;
    } else {
        *state = im_ground_state_at(ground, *point);
    }
    return incident->has_geometry && im_view_shows(view, incident->position);
}

/* Incidents by site, in the order of their first. */
static GPtrArray *group_sites(const GPtrArray *drawn, const im_ground *ground, const im_view *view,
                              GPtrArray *outside, GPtrArray *groups)
{
    GPtrArray *sites = g_ptr_array_new_with_free_func(im_site_free);
    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < drawn->len; i++) {
        im_incident *incident = g_ptr_array_index(drawn, i);
        im_xy point;
        guint32 state;
        if (!locate(incident, ground, view, &point, &state)) {
            g_ptr_array_add(outside, incident);
            continue;
        }
        char *key = site_key(incident, state);
        guint found = GPOINTER_TO_UINT(g_hash_table_lookup(index, key));
        if (found == 0) {
            im_site *site = g_new0(im_site, 1);
            site->marks = g_ptr_array_new_with_free_func(mark_free);
            site->is_area = incident->geo_level == IM_LEVEL_STATE;
            site->position = incident->position;
            site->point = point;
            site->state = state;
            site->name = im_words_place(incident);
            g_ptr_array_add(sites, site);
            g_ptr_array_add(groups, g_ptr_array_new());
            found = sites->len;
            g_hash_table_insert(index, g_strdup(key), GUINT_TO_POINTER(found));
        }
        g_ptr_array_add(g_ptr_array_index(groups, found - 1), incident);
        g_free(key);
    }
    return sites;
}

static gint compare_sites(gconstpointer a, gconstpointer b)
{
    const im_site *p = *(const im_site *const *)a, *q = *(const im_site *const *)b;
    if (p->weight != q->weight)
        return p->weight > q->weight ? -1 : 1;
    const im_mark *m = g_ptr_array_index(p->marks, 0), *n = g_ptr_array_index(q->marks, 0);
    return g_strcmp0(m->incident->id, n->incident->id);
}

static void groups_free(gpointer data)
{
    g_ptr_array_unref(data);
}

im_marks *im_marks_new(const GPtrArray *drawn, const im_ground *ground, const im_view *view,
                       const im_theme *theme)
{
    im_marks *marks = g_new0(im_marks, 1);
    marks->scale = im_scale_new(drawn, theme);
    marks->outside = g_ptr_array_new();
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(groups_free);
    marks->sites = group_sites(drawn, ground, view, marks->outside, groups);
    for (guint i = 0; i < marks->sites->len; i++) {
        im_site *site = g_ptr_array_index(marks->sites, i);
        fill_site(site, g_ptr_array_index(groups, i), &marks->scale, theme);
        add_ring(site, view);
    }
    g_ptr_array_sort(marks->sites, compare_sites);
    im_marks_bin(marks, theme);
    return marks;
}
