#include "map/ground.h"

#include <math.h>
#include <string.h>

/* What is off by less than this cannot be seen. */
static const double TOLERANCE_PX = 0.45;

/* What is drawn beyond the frame, so that strokes along the clip stay out of sight. */
static const double BLEED_PX = 8;

static void region_free(gpointer data)
{
    im_region *region = data;
    g_free(region->code);
    g_free(region->iso3166_2);
    g_free(region->name);
    im_rings_free(region->outline);
    g_free(region);
}

static void rings_free(gpointer data)
{
    im_rings_free(data);
}

void im_ground_free(im_ground *ground)
{
    if (!ground)
        return;
    g_clear_pointer(&ground->units, g_ptr_array_unref);
    im_topology_free(ground->topology);
    g_array_unref(ground->country_of);
    g_array_unref(ground->state_of);
    g_ptr_array_unref(ground->countries);
    g_ptr_array_unref(ground->states);
    g_clear_pointer(&ground->disputed, g_ptr_array_unref);
    g_clear_pointer(&ground->own_units, g_ptr_array_unref);
    im_topology_free(ground->own_topology);
    g_array_unref(ground->own_of);
    g_free(ground->raster);
    g_free(ground->below);
    g_free(ground);
}

/* The largest power of two that is still well below a pixel, in degrees; 0 where it would not
 * spare much. */
static double snap_for(const im_view *view)
{
    double window_deg = view->window.max_x - view->window.min_x;
    if (window_deg < 40)
        return 0;
    double px_deg = window_deg / (view->frame.max_x - view->frame.min_x);
    return exp2(floor(log2(px_deg * 0.55)));
}

static gboolean is_in(const GPtrArray *codes, const char *iso)
{
    for (guint i = 0; i < codes->len; i++)
        if (strcmp(g_ptr_array_index(codes, i), iso) == 0)
            return TRUE;
    return FALSE;
}

static guint32 region_of(GPtrArray *regions, GHashTable *index, const char *key,
                         const im_unit *unit, gboolean is_country)
{
    gpointer found = g_hash_table_lookup(index, key);
    if (found)
        return GPOINTER_TO_UINT(found) - 1;
    im_region *region = g_new0(im_region, 1);
    region->code = g_strdup(key);
    region->iso3166_2 = g_strdup(is_country ? "" : unit->iso3166_2);
    region->name = g_strdup(unit->is_part || is_country ? "" : unit->name);
    region->pole_px = -1;
    g_ptr_array_add(regions, region);
    g_hash_table_insert(index, region->code, GUINT_TO_POINTER(regions->len));
    return regions->len - 1;
}

/* Groups units to states and countries. Land without a code is a state of its own. */
static void group_units(im_ground *ground, const GPtrArray *focus, GHashTable *names)
{
    g_autoptr(GHashTable) countries = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) states = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < ground->units->len; i++) {
        const im_unit *unit = g_ptr_array_index(ground->units, i);
        guint32 country = region_of(ground->countries, countries, unit->iso, unit, TRUE);
        im_region *c = g_ptr_array_index(ground->countries, country);
        c->focus = is_in(focus, unit->iso);
        const char *name = g_hash_table_lookup(names, unit->iso);
        if (name && !*c->name) {
            g_free(c->name);
            c->name = g_strdup(name);
        }
        g_autofree char *own_key = g_strdup_printf("%s/%s", unit->iso, unit->name);
        const char *key = !ground->has_states ? unit->iso : *unit->admin1 ? unit->admin1 : own_key;
        guint32 state = region_of(ground->states, states, key, unit, FALSE);
        im_region *s = g_ptr_array_index(ground->states, state);
        s->country = country;
        s->focus = c->focus;
        g_array_append_val(ground->country_of, country);
        g_array_append_val(ground->state_of, state);
    }
}

/* Degrees that span about 12 px: longer edges get points in between. */
static double longest_edge(const im_view *view)
{
    double window_deg =
        MAX(view->window.max_x - view->window.min_x, view->window.max_y - view->window.min_y);
    return 12 * window_deg / (view->frame.max_x - view->frame.min_x);
}

static im_topology *topology_of(const GPtrArray *units, const im_view *view)
{
    g_autofree const im_rings **rings = g_new(const im_rings *, units->len + 1);
    for (guint i = 0; i < units->len; i++)
        rings[i] = ((const im_unit *)g_ptr_array_index(units, i))->rings;
    im_topology *topology = im_topology_new(rings, units->len, &view->window);
    im_topology_densify(topology, longest_edge(view));
    im_view_project(view, (im_xy *)(void *)topology->points->data, topology->points->len);
    /* What was snapped has steps of its own to be smoothed. */
    double px_deg =
        (view->window.max_x - view->window.min_x) / (view->frame.max_x - view->frame.min_x);
    im_topology_simplify(topology, MAX(TOLERANCE_PX, 1.15 * snap_for(view) / px_deg));
    return topology;
}

static im_box bleeding(const im_box *frame)
{
    return (im_box){frame->min_x - BLEED_PX, frame->min_y - BLEED_PX, frame->max_x + BLEED_PX,
                    frame->max_y + BLEED_PX};
}

/* Holes of a few pixels are faults of the data or lakes too small to see. In pixels, y runs down:
 * holes have positive areas. */
static im_rings *without_small_holes(im_rings *rings)
{
    static const double LEAST_HOLE = 10; /* square pixels */
    im_rings *kept = im_rings_new();
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        double area = im_ring_area(points, n);
        if (area >= 0 && area < LEAST_HOLE)
            continue;
        g_array_append_vals(kept->points, points, n);
        im_rings_close(kept);
    }
    im_rings_free(rings);
    return kept;
}

/* Outlines regions from `first` on; the units of the topology belong to those in `groups`. */
static void outline_regions(const im_ground *ground, const im_topology *topology,
                            GPtrArray *regions, guint first, const GArray *groups)
{
    im_box box = bleeding(&ground->frame);
    g_autoptr(GPtrArray) whole =
        im_topology_outlines(topology, (const guint32 *)(const void *)groups->data, regions->len);
    for (guint i = first; i < regions->len; i++) {
        im_region *region = g_ptr_array_index(regions, i);
        region->outline = without_small_holes(im_rings_clip(g_ptr_array_index(whole, i), &box));
    }
}

/* Where states are the countries again, they came in the same order. */
static void copy_outlines(im_ground *ground)
{
    for (guint i = 0; i < ground->countries->len; i++) {
        const im_rings *from = ((const im_region *)g_ptr_array_index(ground->states, i))->outline;
        im_region *to = g_ptr_array_index(ground->countries, i);
        to->outline = im_rings_new();
        g_array_append_vals(to->outline->points, from->points->data, from->points->len);
        g_array_append_vals(to->outline->ends, from->ends->data, from->ends->len);
    }
}

static int compare_crossings(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Where the outline crosses a row of cells. */
static void find_crossings(const im_rings *rings, double y, GArray *out)
{
    g_array_set_size(out, 0);
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *p = im_rings_get(rings, r, &n);
        for (guint i = 0, j = n - 1; i < n; j = i++)
            if ((p[i].y > y) != (p[j].y > y)) {
                double x = p[j].x + (y - p[j].y) / (p[i].y - p[j].y) * (p[i].x - p[j].x);
                g_array_append_val(out, x);
            }
    }
    g_array_sort(out, compare_crossings);
}

static void fill_row(im_ground *ground, int row, const GArray *crossings, guint32 value)
{
    for (guint i = 0; i + 1 < crossings->len; i += 2) {
        double from = g_array_index(crossings, double, i) - ground->frame.min_x;
        double to = g_array_index(crossings, double, i + 1) - ground->frame.min_x;
        int first = (int)ceil(CLAMP(from / IM_CELL_PX - 0.5, 0, ground->columns));
        int end = (int)ceil(CLAMP(to / IM_CELL_PX - 0.5, 0, ground->columns));
        for (int column = first; column < end; column++)
            ground->raster[row * ground->columns + column] = value;
    }
}

static void make_raster(im_ground *ground)
{
    const im_box *frame = &ground->frame;
    ground->columns = (int)ceil((frame->max_x - frame->min_x) / IM_CELL_PX);
    ground->rows = (int)ceil((frame->max_y - frame->min_y) / IM_CELL_PX);
    ground->raster = g_new0(guint32, (gsize)ground->columns * (gsize)ground->rows);
}

/* Fills in states from `first` on, over what is there. */
static void fill_raster(im_ground *ground, guint32 first)
{
    const im_box *frame = &ground->frame;
    g_autoptr(GArray) crossings = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint32 s = first; s < ground->states->len; s++) {
        const im_region *state = g_ptr_array_index(ground->states, s);
        im_box box = im_rings_box(state->outline);
        if (im_box_is_empty(&box))
            continue;
        int top = (int)floor(MAX(0, (box.min_y - frame->min_y) / IM_CELL_PX));
        int end = (int)ceil(MIN(ground->rows, (box.max_y - frame->min_y) / IM_CELL_PX + 1));
        for (int row = top; row < end; row++) {
            find_crossings(state->outline, frame->min_y + (row + 0.5) * IM_CELL_PX, crossings);
            fill_row(ground, row, crossings, s + 1);
        }
    }
}

static void read_disputed(im_ground *ground, const im_boundaries *boundaries, const im_view *view)
{
    g_autoptr(GPtrArray) units =
        im_boundaries_read(boundaries, IM_BOUNDARY_DISPUTED, &view->window, 0);
    ground->disputed = g_ptr_array_new_with_free_func(rings_free);
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        im_view_project(view, (im_xy *)(void *)unit->rings->points->data, unit->rings->points->len);
        g_ptr_array_add(ground->disputed, g_steal_pointer(&unit->rings));
    }
}

/* ---- the user's own ---- */

/* An own area is a region of its own, whatever it is called. One that reaches over the antimeridian comes twice. */
static void group_own(im_ground *ground)
{
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL); /* feature → state + 1 */
    for (guint i = 0; i < ground->own_units->len; i++) {
        const im_unit *unit = g_ptr_array_index(ground->own_units, i);
        gpointer key = GUINT_TO_POINTER(unit->feature);
        guint32 state = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
        if (state == 0) {
            im_region *region = g_new0(im_region, 1);
            region->code = g_strdup_printf("own/%u", unit->feature);
            region->iso3166_2 = g_strdup(unit->iso3166_2);
            region->name = g_strdup(unit->name);
            region->country = IM_REGION_NONE;
            region->focus = TRUE;
            region->pole_px = -1;
            g_ptr_array_add(ground->states, region);
            state = ground->states->len;
            g_hash_table_insert(known, key, GUINT_TO_POINTER(state));
        }
        state--;
        g_array_append_val(ground->own_of, state);
    }
}

/* A code that several have is that of what they are parts of. */
static void drop_shared_codes(im_ground *ground)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (int pass = 0; pass < 2; pass++)
        for (guint32 s = ground->first_own; s < ground->states->len; s++) {
            im_region *region = g_ptr_array_index(ground->states, s);
            guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, region->iso3166_2));
            if (pass == 0)
                g_hash_table_insert(seen, region->iso3166_2, GUINT_TO_POINTER(n + 1));
            else if (n > 1)
                *region->iso3166_2 = '\0';
        }
}

/* Fills in the own ones; those below that are mostly hidden by it are covered, and the others tell which country it is. */
static void cover(im_ground *ground)
{
    const gsize n_cells = (gsize)ground->columns * (gsize)ground->rows;
    const guint32 *before = ground->below = g_memdup2(ground->raster, n_cells * sizeof(guint32));
    g_autofree guint32 *all = g_new0(guint32, ground->states->len + 1);
    g_autofree guint32 *hidden = g_new0(guint32, ground->states->len + 1);
    fill_raster(ground, ground->first_own);
    for (gsize i = 0; i < n_cells; i++) {
        const guint32 now = ground->raster[i];
        all[before[i]]++;
        hidden[before[i]] += now != before[i];
        if (now != before[i] && before[i] > 0)
            ((im_region *)ground->states->pdata[now - 1])->country =
                ((const im_region *)ground->states->pdata[before[i] - 1])->country;
    }
    for (guint32 s = 0; s < ground->first_own; s++)
        ((im_region *)ground->states->pdata[s])->covered = 2 * hidden[s + 1] > all[s + 1];
}

static void add_own(im_ground *ground, const im_boundaries *boundaries, const im_view *view)
{
    ground->first_own = ground->states->len;
    ground->own_of = g_array_new(FALSE, FALSE, sizeof(guint32));
    ground->own_units = im_boundaries_read_own(boundaries, &view->window, snap_for(view));
    if (ground->own_units->len == 0)
        return;
    group_own(ground);
    drop_shared_codes(ground);
    ground->own_topology = topology_of(ground->own_units, view);
    outline_regions(ground, ground->own_topology, ground->states, ground->first_own,
                    ground->own_of);
    cover(ground);
}

im_ground *im_ground_new(const im_boundaries *boundaries, const im_view *view,
                         const GPtrArray *focus)
{
    im_ground *ground = g_new0(im_ground, 1);
    ground->frame = view->frame;
    ground->has_states = view->kind != IM_PROJECTION_WORLD;
    ground->country_of = g_array_new(FALSE, FALSE, sizeof(guint32));
    ground->state_of = g_array_new(FALSE, FALSE, sizeof(guint32));
    ground->countries = g_ptr_array_new_with_free_func(region_free);
    ground->states = g_ptr_array_new_with_free_func(region_free);
    ground->units = im_boundaries_read(
        boundaries, ground->has_states ? IM_BOUNDARY_STATES : IM_BOUNDARY_COUNTRIES, &view->window,
        snap_for(view));
    read_disputed(ground, boundaries, view);
    g_autoptr(GHashTable) names = im_boundaries_country_names(boundaries);
    group_units(ground, focus, names);
    ground->topology = topology_of(ground->units, view);
    outline_regions(ground, ground->topology, ground->states, 0, ground->state_of);
    if (ground->has_states)
        outline_regions(ground, ground->topology, ground->countries, 0, ground->country_of);
    else
        copy_outlines(ground);
    make_raster(ground);
    fill_raster(ground, 0);
    add_own(ground, boundaries, view);
    return ground;
}

static guint32 state_in(const im_ground *ground, const guint32 *raster, im_xy px)
{
    const double column = (px.x - ground->frame.min_x) / IM_CELL_PX,
                 row = (px.y - ground->frame.min_y) / IM_CELL_PX;
    if (!(column >= 0 && row >= 0 && column < ground->columns && row < ground->rows))
        return IM_REGION_NONE;
    const guint32 value = raster[(int)row * ground->columns + (int)column];
    return value > 0 ? value - 1 : IM_REGION_NONE;
}

guint32 im_ground_state_at(const im_ground *ground, im_xy px)
{
    return state_in(ground, ground->raster, px);
}

guint32 im_ground_state_below(const im_ground *ground, im_xy px)
{
    return state_in(ground, ground->below ? ground->below : ground->raster, px);
}

guint32 im_ground_own_at(const im_ground *ground, im_xy px)
{
    guint32 tried = IM_REGION_NONE;
    for (int y = -1; y <= 1; y++)
        for (int x = -1; x <= 1; x++) {
            const im_xy near = {px.x + x * IM_CELL_PX, px.y + y * IM_CELL_PX};
            const guint32 state = im_ground_state_at(ground, near);
            if (!im_ground_is_own(ground, state) || state == tried)
                continue;
            tried = state;
            if (im_rings_contain(((const im_region *)ground->states->pdata[state])->outline, px))
                return state;
        }
    return IM_REGION_NONE;
}

/* An own one that has a code which is its alone. */
static guint32 own_of_code(const im_ground *ground, const char *iso3166_2)
{
    for (guint32 i = ground->first_own; iso3166_2 && *iso3166_2 && i < ground->states->len; i++)
        if (strcmp(((const im_region *)ground->states->pdata[i])->iso3166_2, iso3166_2) == 0)
            return i;
    return IM_REGION_NONE;
}

guint32 im_ground_find_state(const im_ground *ground, const char *admin1_code,
                             const char *iso3166_2, im_xy px)
{
    guint32 own = own_of_code(ground, iso3166_2);
    for (guint32 i = 0; i < ground->first_own && own == IM_REGION_NONE; i++) {
        const im_region *state = g_ptr_array_index(ground->states, i);
        if ((admin1_code && strcmp(admin1_code, state->code) == 0) ||
            (iso3166_2 && *iso3166_2 && strcmp(iso3166_2, state->iso3166_2) == 0)) {
            own = own_of_code(ground, state->iso3166_2);
            return own != IM_REGION_NONE ? own : i;
        }
    }
    return own != IM_REGION_NONE ? own : im_ground_state_at(ground, px);
}

void im_region_find_pole(im_region *region)
{
    if (region->pole_px < 0)
        region->pole = im_rings_pole(region->outline, 2, &region->pole_px);
}
