#include "map/extent.h"

#include "incident/content.h"
#include "map/spread.h"

#include <math.h>
#include <string.h>

/* A smaller extent than this shows nothing that a reader knows. */
static const double LEAST_KM = 150;

/* Incidents that cover this part of a country's width or height get all of it. */
static const double COUNTRY_SHARE = 0.4, STATES_SHARE = 0.3;
enum { MANY_STATES = 4 };
static const double STATES_MOST_KM = 1100;

/* Countries with a smaller part of the incidents than this are shown as far as these reach. */
static const double LEAST_SHARE = 0.1;

/* Farther apart than this, only the world holds them. */
static const double WORLD_KM = 12200, WORLD_LAT_DEG = 75;

static const double SNAPPED_MARGIN = 0.02, LOOSE_MARGIN = 0.14;

/* What is known while choosing. Longitudes run on beyond 180 where the points do. */
typedef struct chooser {
    const im_boundaries *boundaries;
    GArray *points;       /* of im_xy: where the incidents are, then how far they reach */
    GArray *centres;      /* of im_xy: of where they are as many as tell which units they touch */
    GArray *stateless;    /* of im_xy: of those that do not say which country they are in */
    GHashTable *codes;    /* of countries and states that incidents name */
    GHashTable *shaded;   /* codes of the states that facts about the whole state name */
    im_box box;           /* of the points */
    GPtrArray *states;    /* of im_unit *: touched ones; borrowed from all_states */
    GPtrArray *countries; /* of im_unit *: touched ones; borrowed from all_countries */
    GPtrArray *all_states, *all_countries;
} chooser;

/* Each ring is moved to the side of the antimeridian where the incidents are. */
static void unwrap_rings(im_rings *rings, double middle)
{
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        im_xy *points = im_rings_get(rings, r, &n);
        im_box box = im_ring_box(points, n);
        double shift = 360 * round((middle - (box.min_x + box.max_x) / 2) / 360);
        for (guint i = 0; i < n && shift != 0; i++)
            points[i].x += shift;
    }
}

static double width_km(const im_box *box)
{
    double lat = (box->min_y + box->max_y) / 2 * (G_PI / 180);
    return (box->max_x - box->min_x) * 111.32 * cos(lat);
}

static double height_km(const im_box *box)
{
    return (box->max_y - box->min_y) * 110.57;
}

/* Russia is wide in degrees, yet no world. */
static gboolean needs_world(const im_box *box)
{
    return width_km(box) > WORLD_KM || box->max_y - box->min_y > WORLD_LAT_DEG;
}

/* A part of a country. */
typedef struct part {
    guint ring;
    double area;
    im_box box;
} part;

static int compare_parts(const void *a, const void *b)
{
    const part *p = a, *q = b;
    if (p->area != q->area)
        return p->area > q->area ? -1 : 1;
    return p->ring < q->ring ? -1 : p->ring > q->ring;
}

static void join_box(im_box *box, const im_box *other)
{
    im_box_add(box, (im_xy){other->min_x, other->min_y});
    im_box_add(box, (im_xy){other->max_x, other->max_y});
}

static gboolean is_worth_its_room(const part *p, const im_box *so_far, double area_so_far)
{
    im_box joined = *so_far;
    join_box(&joined, &p->box);
    double before = width_km(so_far) * height_km(so_far);
    double growth = width_km(&joined) * height_km(&joined) / before - 1;
    double share = p->area / area_so_far;
    return share > 0.12 * pow(growth, 1.5);
}

static gboolean box_has_point(const im_box *box, const GArray *points)
{
    for (guint i = 0; points && i < points->len; i++) {
        im_xy p = g_array_index(points, im_xy, i);
        if (p.x >= box->min_x && p.x <= box->max_x && p.y >= box->min_y && p.y <= box->max_y)
            return TRUE;
    }
    return FALSE;
}

static GArray *parts_of(const im_rings *rings)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(part));
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        im_box box = im_ring_box(points, n);
        double area = im_ring_area(points, n) * cos((box.min_y + box.max_y) / 2 * (G_PI / 180));
        part p = {r, area, box};
        if (area > 0)
            g_array_append_val(parts, p);
    }
    g_array_sort(parts, compare_parts);
    return parts;
}

/* Appends the points of the mainland to `out`.
 * @param points  a part that holds one of them always belongs; NULL */
static void append_mainland(GArray *out, const im_rings *rings, const GArray *points)
{
    g_autoptr(GArray) parts = parts_of(rings);
    im_box box = IM_BOX_EMPTY;
    double area = 0;
    for (guint i = 0; i < parts->len; i++) {
        const part *p = &g_array_index(parts, part, i);
        if (i > 0 && !is_worth_its_room(p, &box, area) && !box_has_point(&p->box, points))
            continue;
        guint n;
        const im_xy *ring = im_rings_get(rings, p->ring, &n);
        g_array_append_vals(out, ring, n);
        join_box(&box, &p->box);
        area += p->area;
    }
}

GArray *im_extent_mainland(const im_rings *rings, const GArray *points)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(im_xy));
    append_mainland(out, rings, points);
    return out;
}

static GArray *mainlands(const GPtrArray *units, const GArray *points)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(im_xy));
    for (guint i = 0; i < units->len; i++) {
        const im_unit *unit = g_ptr_array_index(units, i);
        append_mainland(out, unit->rings, points);
    }
    return out;
}

static im_box box_of(const GArray *points)
{
    return im_ring_box((const im_xy *)(const void *)points->data, points->len);
}

/* Edges of a box, so that they bend as they are projected. */
static GArray *box_points(const im_box *box)
{
    enum { STEPS = 32 };
    GArray *out = g_array_new(FALSE, FALSE, sizeof(im_xy));
    for (int i = 0; i <= STEPS; i++) {
        double x = box->min_x + (box->max_x - box->min_x) * i / STEPS;
        double y = box->min_y + (box->max_y - box->min_y) * i / STEPS;
        im_xy edge[] = {{x, box->min_y}, {x, box->max_y}, {box->min_x, y}, {box->max_x, y}};
        g_array_append_vals(out, edge, G_N_ELEMENTS(edge));
    }
    return out;
}

/* A coast of thousands of points fits as well with every nth of them. */
static void thin_out(GArray *points)
{
    enum { ENOUGH = 1200 };
    guint step = points->len / ENOUGH + 1;
    for (guint i = 0; i * step < points->len && step > 1; i++)
        g_array_index(points, im_xy, i) = g_array_index(points, im_xy, i * step);
    g_array_set_size(points, (points->len + step - 1) / step);
}

static void set_fit(im_extent *extent, GArray *points, double margin, double least_km)
{
    extent->fit =
        (im_fit){.points = points, .box = box_of(points), .margin = margin, .least_km = least_km};
}

static void fit_world(im_extent *extent)
{
    const im_box inhabited = {-179.99, -57, 179.99, 80};
    set_fit(extent, box_points(&inhabited), 0, 0);
}

static void add_code(GHashTable *codes, const char *code)
{
    if (code && *code)
        g_hash_table_add(codes, (gpointer)code);
}

static void set_codes(chooser *c, const GPtrArray *drawn)
{
    for (guint i = 0; i < drawn->len; i++) {
        const im_incident *incident = im_incident_at(drawn, i);
        add_code(c->codes, incident->iso);
        add_code(c->codes, incident->admin1_code);
        add_code(c->codes, incident->iso3166_2);
        if (incident->geo_level == IM_LEVEL_STATE) {
            add_code(c->shaded, incident->admin1_code);
            add_code(c->shaded, incident->iso3166_2);
        }
    }
}

static gboolean names_state(GHashTable *codes, const im_unit *unit)
{
    return g_hash_table_contains(codes, unit->admin1) ||
           g_hash_table_contains(codes, unit->iso3166_2);
}

static gboolean contains_any(const im_unit *unit, const GArray *points)
{
    im_box box = im_rings_box(unit->rings);
    for (guint i = 0; i < points->len; i++) {
        im_xy p = g_array_index(points, im_xy, i);
        if (p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y &&
            im_rings_contain(unit->rings, p))
            return TRUE;
    }
    return FALSE;
}

/* Which part of the points a unit holds, as some of them tell. */
static double share_inside(const im_unit *unit, const GArray *points)
{
    enum { ENOUGH = 500 };
    const im_box box = im_rings_box(unit->rings);
    const guint step = points->len / ENOUGH + 1;
    guint n = 0;
    for (guint i = 0; i < points->len; i += step) {
        im_xy p = g_array_index(points, im_xy, i);
        n += p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y &&
             im_rings_contain(unit->rings, p);
    }
    return points->len > 0 ? (double)n * step / points->len : 1;
}

/* All units that meet the box, which may run beyond 180. */
static GPtrArray *read_around(const im_boundaries *boundaries, im_boundary_layer layer,
                              const im_box *box)
{
    gboolean spans = box->max_x > 180;
    im_box near = spans ? (im_box){-180, box->min_y, 180, box->max_y} : *box;
    GPtrArray *units = im_boundaries_read_whole(boundaries, layer, &near);
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        unwrap_rings(unit->rings, (box->min_x + box->max_x) / 2);
    }
    return units;
}

/* A state-level fact may come without a position: its state can be anywhere then. */
static gboolean all_have_positions(const GPtrArray *drawn)
{
    for (guint i = 0; i < drawn->len; i++)
        if (!im_incident_at(drawn, i)->has_geometry)
            return FALSE;
    return TRUE;
}

/* Which states and countries hold the incidents. */
static void find_touched(chooser *c, const GPtrArray *drawn)
{
    im_box near = {-180, -90, 180, 90};
    if (all_have_positions(drawn)) {
        im_box box = box_of(c->points);
        near = (im_box){box.min_x - 0.1, box.min_y - 0.1, box.max_x + 0.1, box.max_y + 0.1};
    }
    c->all_states = read_around(c->boundaries, IM_BOUNDARY_STATES, &near);
    c->all_countries = read_around(c->boundaries, IM_BOUNDARY_COUNTRIES, &near);
    for (guint i = 0; i < c->all_states->len; i++) {
        im_unit *unit = g_ptr_array_index(c->all_states, i);
        if (names_state(c->codes, unit) || contains_any(unit, c->centres))
            g_ptr_array_add(c->states, unit);
    }
    for (guint i = 0; i < c->all_countries->len; i++) {
        im_unit *unit = g_ptr_array_index(c->all_countries, i);
        if (g_hash_table_contains(c->codes, unit->iso) || contains_any(unit, c->stateless))
            g_ptr_array_add(c->countries, unit);
    }
}

/* A fact about a state needs all of the state. */
static void add_state_level(chooser *c)
{
    for (guint i = 0; i < c->states->len; i++) {
        const im_unit *unit = g_ptr_array_index(c->states, i);
        if (names_state(c->shaded, unit))
            append_mainland(c->points, unit->rings, NULL);
    }
    c->box = box_of(c->points);
}

static gboolean covers(const im_box *part_box, const im_box *whole, double share)
{
    return width_km(part_box) >= share * width_km(whole) ||
           height_km(part_box) >= share * height_km(whole);
}

static guint n_distinct_states(const GPtrArray *states)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < states->len; i++) {
        const im_unit *unit = g_ptr_array_index(states, i);
        g_hash_table_add(seen, *unit->admin1 ? unit->admin1 : unit->name);
    }
    return g_hash_table_size(seen);
}

/* Takes over `candidate` as the extent. */
static void snap_to(im_extent *extent, const chooser *c, GArray *candidate)
{
    thin_out(candidate);
    g_array_append_vals(candidate, c->points->data, c->points->len);
    set_fit(extent, candidate, SNAPPED_MARGIN, LEAST_KM);
}

/* The countries that hold a good part of the incidents; borrowed. */
static GPtrArray *units_of_many(const GPtrArray *units, const GArray *points)
{
    GPtrArray *out = g_ptr_array_new();
    for (guint i = 0; i < units->len; i++) {
        gpointer unit = g_ptr_array_index(units, i);
        if (units->len < 2 || share_inside(unit, points) >= LEAST_SHARE)
            g_ptr_array_add(out, unit);
    }
    return out;
}

static void fit_incidents(im_extent *extent, const chooser *c)
{
    if (needs_world(&c->box)) {
        fit_world(extent);
        return;
    }
    g_autoptr(GPtrArray) large = units_of_many(c->countries, c->centres);
    g_autoptr(GArray) country = mainlands(large, c->centres);
    im_box whole = box_of(country);
    guint n_states = n_distinct_states(c->states);
    if (country->len > 0 && width_km(&whole) < 9000 && covers(&c->box, &whole, COUNTRY_SHARE)) {
        snap_to(extent, c, g_steal_pointer(&country));
        return;
    }
    extent->is_part = c->countries->len == 1;
    g_autoptr(GArray) states = mainlands(c->states, c->centres);
    whole = box_of(states);
    gboolean is_spot = c->box.max_x == c->box.min_x && c->box.max_y == c->box.min_y;
    gboolean fits = states->len > 0 && MAX(width_km(&whole), height_km(&whole)) < STATES_MOST_KM;
    if (fits && n_states < MANY_STATES && (is_spot || covers(&c->box, &whole, STATES_SHARE))) {
        snap_to(extent, c, g_steal_pointer(&states));
        return;
    }
    GArray *points = g_array_new(FALSE, FALSE, sizeof(im_xy));
    g_array_append_vals(points, c->points->data, c->points->len);
    set_fit(extent, points, LOOSE_MARGIN, LEAST_KM);
}

static int compare_units(const void *a, const void *b)
{
    const im_unit *u = *(const im_unit *const *)a, *v = *(const im_unit *const *)b;
    return strcmp(u->iso, v->iso);
}

static void set_countries(im_extent *extent, GPtrArray *units)
{
    g_ptr_array_sort(units, compare_units);
    for (guint i = 0; i < units->len; i++) {
        const im_unit *unit = g_ptr_array_index(units, i);
        if (i > 0 && strcmp(unit->iso, ((im_unit *)g_ptr_array_index(units, i - 1))->iso) == 0)
            continue;
        g_ptr_array_add(extent->countries, g_strdup(unit->iso));
        g_ptr_array_add(extent->country_names, g_strdup(unit->name));
    }
}

static void choose_for_incidents(im_extent *extent, const im_boundaries *boundaries,
                                 const GPtrArray *drawn)
{
    im_spread spread = im_spread_new(drawn);
    chooser c = {.boundaries = boundaries,
                 .points = spread.points,
                 .centres = spread.centres,
                 .stateless = spread.stateless,
                 .codes = g_hash_table_new(g_str_hash, g_str_equal),
                 .shaded = g_hash_table_new(g_str_hash, g_str_equal),
                 .states = g_ptr_array_new(),
                 .countries = g_ptr_array_new()};
    set_codes(&c, drawn);
    if (c.points->len > 0)
        c.box = box_of(c.points);
    if (c.points->len > 0 && needs_world(&c.box)) {
        fit_world(extent);
    } else {
        find_touched(&c, drawn);
        add_state_level(&c);
        fit_incidents(extent, &c);
        if (extent->is_part)
            extent->outline =
                g_steal_pointer(&((im_unit *)g_ptr_array_index(c.countries, 0))->rings);
        set_countries(extent, c.countries);
    }
    g_clear_pointer(&c.all_states, g_ptr_array_unref);
    g_clear_pointer(&c.all_countries, g_ptr_array_unref);
    g_ptr_array_unref(c.states);
    g_ptr_array_unref(c.countries);
    g_hash_table_unref(c.codes);
    g_hash_table_unref(c.shaded);
    im_spread_clear(&spread);
}

/* The outline of the country that a state is in, for the locator. */
static im_rings *outline_around(const im_boundaries *boundaries, const im_unit *state)
{
    const im_box box = im_rings_box(state->rings);
    g_autoptr(GPtrArray) units = im_boundaries_read_whole(boundaries, IM_BOUNDARY_COUNTRIES, &box);
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        if (strcmp(unit->iso, state->iso) == 0)
            return g_steal_pointer(&unit->rings);
    }
    return NULL;
}

/* The unit of a code, shown whole. */
static gboolean fit_code(im_extent *extent, const im_boundaries *boundaries, const char *code,
                         GError **error)
{
    if (!*code) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "extent: no code of a country or state");
        return FALSE;
    }
    gboolean country = strlen(code) == 2;
    g_autoptr(GPtrArray) units = im_boundaries_read_whole(
        boundaries, country ? IM_BOUNDARY_COUNTRIES : IM_BOUNDARY_STATES, NULL);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        if (g_ascii_strcasecmp(code, country ? unit->iso : unit->admin1) == 0 ||
            (!country && g_ascii_strcasecmp(code, unit->iso3166_2) == 0))
            g_ptr_array_add(found, unit);
    }
    if (found->len == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: no country or state has this code (MX, MX.14, MX-JAL)", code);
        return FALSE;
    }
    for (guint i = 0; i < found->len; i++) {
        im_unit *unit = g_ptr_array_index(found, i), *first = g_ptr_array_index(found, 0);
        g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(im_xy));
        g_array_append_vals(points, first->rings->points->data, first->rings->points->len);
        double lon = im_spread_first_meridian(points);
        im_spread_unwrap(points, lon);
        im_box box = box_of(points);
        unwrap_rings(unit->rings, (box.min_x + box.max_x) / 2);
    }
    set_fit(extent, mainlands(found, NULL), SNAPPED_MARGIN, 0);
    extent->is_part = !country;
    if (country)
        set_countries(extent, found);
    else
        extent->outline = outline_around(boundaries, g_ptr_array_index(found, 0));
    return TRUE;
}

/* The countries that the middles of areas are in. */
static void set_countries_of(im_extent *extent, const im_boundaries *boundaries,
                             const GPtrArray *own)
{
    g_autoptr(GArray) middles = g_array_new(FALSE, FALSE, sizeof(im_xy));
    for (guint i = 0; i < own->len; i++) {
        const im_box box = im_rings_box(((const im_unit *)own->pdata[i])->rings);
        const im_xy middle = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
        g_array_append_val(middles, middle);
    }
    const im_box box = box_of(middles);
    g_autoptr(GPtrArray) units = im_boundaries_read_whole(boundaries, IM_BOUNDARY_COUNTRIES, &box);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 0; i < units->len; i++)
        if (contains_any(units->pdata[i], middles))
            g_ptr_array_add(found, units->pdata[i]);
    set_countries(extent, found);
    g_ptr_array_set_size(extent->country_names,
                         0); /* that nothing is told of does not say that nothing happened there */
    if (found->len != 1)
        return;
    im_unit *country = found->pdata[0];
    const im_box whole = im_rings_box(country->rings);
    extent->is_part = !covers(&box, &whole, COUNTRY_SHARE);
    if (extent->is_part)
        extent->outline = g_steal_pointer(&country->rings);
}

/* Where nothing happened, the user's own boundaries are what there is to see. */
static void fit_own(im_extent *extent, const im_boundaries *boundaries)
{
    const GPtrArray *own = im_boundaries_own(boundaries);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(im_xy));
    for (guint i = 0; i < own->len; i++) {
        const GArray *some = ((const im_unit *)own->pdata[i])->rings->points;
        g_array_append_vals(points, some->data, some->len);
    }
    set_countries_of(extent, boundaries, own);
    im_spread_unwrap(points, im_spread_first_meridian(points));
    const im_box box = box_of(points);
    if (needs_world(&box)) {
        g_array_unref(points);
        fit_world(extent);
        return;
    }
    thin_out(points);
    set_fit(extent, points, SNAPPED_MARGIN, LEAST_KM);
}

static gboolean fit_bbox(im_extent *extent, const im_bbox *bbox, GError **error)
{
    static const double LEAST_DEG = 0.001,
                        ROUNDING = 1e-9; /* a hundred metres: in less is nothing to see */
    im_box box = {bbox->west_deg, bbox->south_deg, bbox->east_deg, bbox->north_deg};
    if (box.min_x > box.max_x)
        box.max_x += 360;
    gboolean sound = isfinite(box.min_x) && isfinite(box.max_x) && isfinite(box.min_y) &&
                     isfinite(box.max_y) && box.min_y < box.max_y && box.min_x < box.max_x &&
                     box.min_y >= -90 && box.max_y <= 90 && box.min_x >= -180 &&
                     box.max_x - box.min_x <= 360 && bbox->east_deg <= 180;
    if (!sound) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "bounding box: west, south, east, north in degrees are expected");
        return FALSE;
    }
    if (MIN(box.max_x - box.min_x, box.max_y - box.min_y) < LEAST_DEG - ROUNDING) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "bounding box: at least %g degrees wide and high", LEAST_DEG);
        return FALSE;
    }
    set_fit(extent, box_points(&box), 0, 0);
    return TRUE;
}

/* The country that most incidents name, the first by its code of those that as many do; NULL when none does. */
static const char *commonest_country(const GPtrArray *incidents)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    const char *best = NULL;
    guint most = 0;
    for (guint i = 0; i < incidents->len; i++) {
        const char *iso = im_incident_at(incidents, i)->iso;
        if (!iso)
            continue;
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, iso)) + 1;
        g_hash_table_insert(counts, (gpointer)iso, GUINT_TO_POINTER(n));
        if (n > most || (n == most && strcmp(iso, best) < 0)) {
            most = n;
            best = iso;
        }
    }
    return best;
}

static gint compare_codes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The countries that incidents name, when no boundary was looked at. */
static void add_countries_of(im_extent *extent, const im_boundaries *boundaries,
                             const GPtrArray *incidents)
{
    g_autoptr(GHashTable) names = im_boundaries_country_names(boundaries);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        if (incident->iso && g_hash_table_contains(names, incident->iso) &&
            g_hash_table_add(seen, incident->iso))
            g_ptr_array_add(extent->countries, g_strdup(incident->iso));
    }
    g_ptr_array_sort(extent->countries, compare_codes);
    for (guint i = 0; i < extent->countries->len; i++)
        g_ptr_array_add(
            extent->country_names,
            g_strdup(g_hash_table_lookup(names, g_ptr_array_index(extent->countries, i))));
}

static gboolean choose(im_extent *extent, const GPtrArray *drawn, const GPtrArray *all,
                       const im_boundaries *boundaries, const im_map_options *options,
                       GError **error)
{
    if (options->bbox)
        return fit_bbox(extent, options->bbox, error);
    if (options->extent)
        return fit_code(extent, boundaries, options->extent, error);
    const char *country = commonest_country(all);
    if (drawn->len > 0)
        choose_for_incidents(extent, boundaries, drawn);
    else if (im_boundaries_own(boundaries))
        fit_own(extent, boundaries);
    else if (country && strlen(country) == 2)
        return fit_code(extent, boundaries, country, error);
    else
        fit_world(extent);
    return TRUE;
}

im_extent *im_extent_new(const GPtrArray *drawn, const GPtrArray *all,
                         const im_boundaries *boundaries, const im_map_options *options,
                         GError **error)
{
    g_autoptr(im_extent) extent = g_new0(im_extent, 1);
    extent->countries = g_ptr_array_new_with_free_func(g_free);
    extent->country_names = g_ptr_array_new_with_free_func(g_free);
    if (!choose(extent, drawn, all, boundaries, options, error))
        return NULL;
    extent->fit.crs = options->crs;
    if (extent->countries->len == 0)
        add_countries_of(extent, boundaries, drawn->len > 0 ? drawn : all);
    return g_steal_pointer(&extent);
}

void im_extent_free(im_extent *extent)
{
    if (!extent)
        return;
    if (extent->fit.points)
        g_array_unref((GArray *)extent->fit.points);
    im_rings_free(extent->outline);
    g_ptr_array_unref(extent->countries);
    g_ptr_array_unref(extent->country_names);
    g_free(extent);
}
