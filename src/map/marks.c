#include "map/marks.h"

#include "incident/content.h"
#include "map/words.h"

#include <math.h>
#include <string.h>

/* More marks than these at one place are joined by type; up to so many sites are shown singly. */
enum { MOST_AT_A_SITE = 9, MOST_SINGLE = 300 };

/* From so many in a hexagon on they are counted, where not all are to be. */
enum { LEAST_CROWD = 3 };

/* Of more incidents nobody reads a list. */
enum { MOST_REMEMBERED = 20000 };

/* Behind a tag, so that it is not taken for the next symbol's. */
static const double TAG_GAP_PX = 5;

static int deaths_of(const im_incident *incident)
{
    return incident->deaths_best > 0 ? incident->deaths_best : MAX(incident->deaths_low, 0);
}

im_scale im_scale_new(const GPtrArray *drawn, guint n_together, const im_theme *theme)
{
    im_scale scale = {.least_px = (double)theme->base_radius_px};
    int most_deaths = 0, most_count = 0;
    for (guint i = 0; i < drawn->len; i++) {
        const im_incident *incident = im_incident_at(drawn, i);
        most_deaths = MAX(most_deaths, deaths_of(incident));
        most_count = MAX(most_count, incident->count);
    }
    scale.by_deaths = most_deaths > 0;
    scale.most = scale.by_deaths ? most_deaths : most_count;
    /* Many marks are smaller, so that they hide less of each other. */
    double crowd = n_together > 60 ? pow(60.0 / n_together, 0.25) : 1;
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
    g_hash_table_unref(marks->shown_by);
    g_free(marks);
}

/* Room of a tag beside its symbol. */
static im_text_size tag_size(const char *tag, const im_theme *theme)
{
    im_text_style style = {.family = IM_FONT_FAMILY, .size_px = theme->number_px, .bold = TRUE};
    return im_fonts_measure(tag, &style);
}

double im_mark_tag_gap(const im_mark *mark)
{
    static const double GAP_PX = 1, RIMMED_GAP_PX = 3.5;
    const gboolean rimmed = mark->symbol.is_area || mark->symbol.status == IM_STATUS_ONGOING;
    return rimmed ? RIMMED_GAP_PX : GAP_PX;
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
        mark->box.max_x +=
            (double)tag_size(mark->tag, theme).width_px + im_mark_tag_gap(mark) + TAG_GAP_PX;
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

static double weight_of(const im_incident *incident)
{
    return 10.0 * deaths_of(incident) + 1 + 0.1 * MAX(incident->count, 0);
}

/* Marks of a site from its incidents; where they are too many, one for each type and status. */
static void fill_site(im_site *site, GPtrArray *incidents, im_marks *marks, const im_theme *theme)
{
    g_ptr_array_sort(incidents, compare_incidents);
    gboolean join = incidents->len > MOST_AT_A_SITE;
    for (guint i = 0, n; i < incidents->len; i += n) {
        const im_incident *first = g_ptr_array_index(incidents, i);
        for (n = 1; join && i + n < incidents->len; n++) {
            const im_incident *next = g_ptr_array_index(incidents, i + n);
            if (next->type != first->type || next->status != first->status)
                break;
            g_hash_table_insert(marks->shown_by, (gpointer)next, (gpointer)first);
        }
        g_ptr_array_add(site->marks, mark_new(first, n, &marks->scale, theme));
    }
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        site->weight += weight_of(incident);
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

/* An incident on the page, and what of it is asked more than once: of very many each lies elsewhere in
 * memory. */
typedef struct spot {
    im_incident *incident;
    im_xy point;
    double weight;
    guint32 state; /* index of the state that it is in, or is about */
    gboolean is_area;
} spot;

/* What makes two incidents one site: the same state, or the same spot. */
static gpointer site_key(const spot *s)
{
    const gboolean state = s->is_area && s->state != IM_REGION_NONE;
    return GSIZE_TO_POINTER(state ? (guint64)s->state + 1 : im_words_spot(s->incident));
}

/* Where an incident is on the page. @return FALSE when it is not on it */
static gboolean locate(spot *s, const im_ground *ground, const im_view *view)
{
    const im_incident *incident = s->incident;
    s->point = (im_xy){-1, -1};
    if (incident->has_geometry)
        s->point = im_view_px(view, incident->position);
    if (s->is_area) {
        s->state =
            im_ground_find_state(ground, incident->admin1_code, incident->iso3166_2, s->point);
        if (s->state != IM_REGION_NONE && ground->has_states) {
            im_region *region = g_ptr_array_index(ground->states, s->state);
            im_region_find_pole(region);
            s->point = region->pole;
            return region->pole_px > 2;
        }
        s->state = IM_REGION_NONE;
    } else {
        s->state = im_ground_state_at(ground, s->point);
    }
    return incident->has_geometry && im_view_shows(view, incident->position, s->point);
}

static GArray *find_spots(const GPtrArray *drawn, const im_ground *ground, const im_view *view,
                          GPtrArray *outside)
{
    GArray *spots = g_array_sized_new(FALSE, FALSE, sizeof(spot), drawn->len);
    for (guint i = 0; i < drawn->len; i++) {
        im_incident *incident = im_incident_at(drawn, i);
        spot s = {.incident = incident,
                  .weight = weight_of(incident),
                  .is_area = incident->geo_level == IM_LEVEL_STATE};
        if (locate(&s, ground, view))
            g_array_append_val(spots, s);
        else
            g_ptr_array_add(outside, s.incident);
    }
    return spots;
}

static gboolean are_many_sites(const GArray *spots)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(im_words_spot_hash, NULL);
    for (guint i = 0; i < spots->len && g_hash_table_size(seen) <= MOST_SINGLE; i++)
        g_hash_table_add(seen, site_key(&g_array_index(spots, spot, i)));
    return g_hash_table_size(seen) > MOST_SINGLE;
}

/* What is counted, and how it looks. */
typedef struct counting {
    im_bins *bins; /* NULL where there is room for all */
    gboolean by_state;
    const im_ground *ground;
} counting;

static gboolean is_covered(const im_ground *ground, guint32 state)
{
    return state != IM_REGION_NONE &&
           ((const im_region *)g_ptr_array_index(ground->states, state))->covered;
}

/* A fact about a state is in no hexagon, nor in the user's own areas that the state is made of. */
static gboolean is_counted(const counting *c, const spot *s)
{
    return c->bins && (c->by_state ? !is_covered(c->ground, s->state) : !s->is_area);
}

/* The state beside a point on a coast, or the user's own area there. */
static guint32 state_beside(const im_ground *ground, im_xy point, gboolean own)
{
    enum { STEPS = 3, DIRECTIONS = 8 };
    for (guint i = 0; i < STEPS * DIRECTIONS; i++) {
        const double away = IM_CELL_PX * (1 + i / DIRECTIONS), angle = 2 * G_PI * i / DIRECTIONS;
        const guint32 state = im_ground_state_at(
            ground, (im_xy){point.x + away * cos(angle), point.y + away * sin(angle)});
        if (own ? im_ground_is_own(ground, state) : state != IM_REGION_NONE)
            return state;
    }
    return IM_REGION_NONE;
}

/* The state that an incident says it is in, else the one around its point, or beside it on a coast. Which of the user's
 * own areas it is in no code tells. */
static guint32 home_of(const spot *s, const im_ground *ground)
{
    const im_incident *incident = s->incident;
    guint32 own = s->is_area ? IM_REGION_NONE : im_ground_own_at(ground, s->point);
    if (own != IM_REGION_NONE)
        return own;
    const guint32 state =
        im_ground_find_state(ground, incident->admin1_code, incident->iso3166_2, s->point);
    if (state == IM_REGION_NONE)
        return state_beside(ground, s->point, FALSE);
    if (!s->is_area && is_covered(ground, state))
        own = state_beside(ground, s->point, TRUE);
    return own != IM_REGION_NONE ? own : state;
}

/* Finds the states of all; of what is in none the notes will tell. */
static void find_homes(GArray *spots, const im_ground *ground, GPtrArray *outside)
{
    guint kept = 0;
    for (guint i = 0; i < spots->len; i++) {
        spot s = g_array_index(spots, spot, i);
        s.state = home_of(&s, ground);
        if (s.state == IM_REGION_NONE)
            g_ptr_array_add(outside, s.incident);
        else
            g_array_index(spots, spot, kept++) = s;
    }
    g_array_set_size(spots, kept);
}

static counting count_spots(const GArray *spots, const im_ground *ground, gboolean by_state,
                            im_map_style style, gboolean crowded, const im_theme *theme)
{
    counting c = {NULL, by_state, ground};
    if (style == IM_MAP_MARKS || (style == IM_MAP_AUTO && !crowded))
        return c;
    c.bins = im_bins_new(theme, c.by_state, style == IM_MAP_AUTO ? LEAST_CROWD : 1);
    for (guint i = 0; i < spots->len; i++) {
        const spot *s = &g_array_index(spots, spot, i);
        if (is_counted(&c, s))
            im_bins_add(c.bins, s->point, s->state, s->incident, s->weight);
    }
    return c;
}

/* How many are counted with the spot, and the one that stands for them; 0 where it stands for itself. */
static guint counted_with(const counting *c, const spot *s, const im_incident **first)
{
    return is_counted(c, s) ? im_bins_count(c->bins, s->point, s->state, first) : 0;
}

static im_site *site_new(const spot *s)
{
    im_site *site = g_new0(im_site, 1);
    site->marks = g_ptr_array_new_with_free_func(mark_free);
    site->is_area = s->is_area;
    site->position = s->incident->position;
    site->point = s->point;
    site->state = s->state;
    site->name = im_words_place(s->incident);
    return site;
}

/* A site and its incidents. */
typedef struct group {
    im_site *site;
    GPtrArray *incidents;
    guint n_in_bin; /* of all that it stands for; 0 when it stands for itself */
} group;

static void group_clear(gpointer data)
{
    g_ptr_array_unref(((group *)data)->incidents);
}

/* Incidents by site, in the order of their first; of what is counted the most important one only. */
static GArray *group_spots(const GArray *spots, const counting *c)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(group));
    g_array_set_clear_func(groups, group_clear);
    g_autoptr(GHashTable) index = g_hash_table_new(im_words_spot_hash, NULL);
    for (guint i = 0; i < spots->len; i++) {
        const spot *s = &g_array_index(spots, spot, i);
        const im_incident *first = NULL;
        const guint n = counted_with(c, s, &first);
        if (n > 0 && s->incident != first)
            continue;
        guint found = n > 0 ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(index, site_key(s)));
        if (found == 0) {
            group new = {site_new(s), g_ptr_array_new(), n};
            g_array_append_val(groups, new);
            found = groups->len;
            if (n == 0)
                g_hash_table_insert(index, site_key(s), GUINT_TO_POINTER(found));
        }
        g_ptr_array_add(g_array_index(groups, group, found - 1).incidents, s->incident);
    }
    return groups;
}

/* Whose mark the incidents have that are counted. */
static void remember_bins(im_marks *marks, const GArray *spots, const counting *c)
{
    for (guint i = 0; i < spots->len; i++) {
        const spot *s = &g_array_index(spots, spot, i);
        const im_incident *first = NULL;
        if (counted_with(c, s, &first) > 0 && s->incident != first)
            g_hash_table_insert(marks->shown_by, s->incident, (gpointer)first);
    }
}

static gint compare_sites(gconstpointer a, gconstpointer b)
{
    const im_site *p = *(const im_site *const *)a, *q = *(const im_site *const *)b;
    if (p->weight != q->weight)
        return p->weight > q->weight ? -1 : 1;
    const im_mark *m = g_ptr_array_index(p->marks, 0), *n = g_ptr_array_index(q->marks, 0);
    return g_strcmp0(m->incident->id, n->incident->id);
}

static gboolean is_by_state(im_map_style style, const im_ground *ground)
{
    return style == IM_MAP_STATES && ground->has_states;
}

im_common im_common_new(const GPtrArray *all, const GPtrArray *maps, const im_ground *ground,
                        const im_view *view, im_map_style style, const im_theme *theme)
{
    im_common common = {.crowded = FALSE};
    g_autoptr(GPtrArray) outside = g_ptr_array_new();
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(guint));
    const gboolean by_state = is_by_state(style, ground);
    guint n_together = 0;
    for (guint i = 0; i < maps->len; i++) {
        g_autoptr(GArray) spots = find_spots(maps->pdata[i], ground, view, outside);
        if (by_state)
            find_homes(spots, ground, outside);
        common.crowded |= are_many_sites(spots);
        n_together = MAX(n_together, spots->len);
        const counting counted = count_spots(spots, ground, by_state, style, TRUE, theme);
        if (counted.bins) {
            im_bins_count_each(counted.bins, counts);
            common.classes = im_bins_classes(counted.bins, counts);
        }
        im_bins_free(counted.bins);
    }
    common.scale = im_scale_new(all, n_together, theme);
    return common;
}

static im_classes classes_of(const im_bins *bins)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(guint));
    im_bins_count_each(bins, counts);
    return im_bins_classes(bins, counts);
}

im_marks *im_marks_new(const GPtrArray *drawn, const im_ground *ground, const im_view *view,
                       im_map_style style, const im_common *common, const im_theme *theme)
{
    im_marks *marks = g_new0(im_marks, 1);
    marks->scale = common ? common->scale : im_scale_new(drawn, drawn->len, theme);
    marks->outside = g_ptr_array_new();
    marks->shown_by = g_hash_table_new(NULL, NULL);
    marks->sites = g_ptr_array_new_with_free_func(im_site_free);
    g_autoptr(GArray) spots = find_spots(drawn, ground, view, marks->outside);
    const gboolean by_state = is_by_state(style, ground);
    if (by_state)
        find_homes(spots, ground, marks->outside);
    const gboolean crowded = common ? common->crowded : are_many_sites(spots);
    const counting counted = count_spots(spots, ground, by_state, style, crowded, theme);
    g_autoptr(im_bins) bins = counted.bins;
    g_autoptr(GArray) groups = group_spots(spots, &counted);
    if (bins && spots->len <= MOST_REMEMBERED)
        remember_bins(marks, spots, &counted);
    if (bins)
        marks->classes = common ? common->classes : classes_of(bins);
    marks->classes.own = ground->first_own < ground->states->len;
    for (guint i = 0; i < groups->len; i++) {
        const group *g = &g_array_index(groups, group, i);
        fill_site(g->site, g->incidents, marks, theme);
        if (g->n_in_bin > 0)
            im_site_become_bin(g->site, &marks->classes, g->n_in_bin, ground, theme);
        add_ring(g->site, view);
        g_ptr_array_add(marks->sites, g->site);
    }
    g_ptr_array_sort(marks->sites, compare_sites);
    return marks;
}
