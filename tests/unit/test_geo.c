/* Positions, polygons, shared borders and projections. */
#include "geo/projection.h"
#include "geo/topology.h"

#include <incmap/error.h>

#include <math.h>

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        g_error("%.9g is not %.9g (±%g)", value, expected, tolerance);
}

static void test_distance(void)
{
    /* One degree of a meridian of the mean sphere; a quarter of the equator; the other side. */
    assert_near(im_distance_km((im_lonlat){0, 0}, (im_lonlat){0, 1}), 111.195, 0.001);
    assert_near(im_distance_km((im_lonlat){0, 0}, (im_lonlat){90, 0}), 10007.557, 0.001);
    assert_near(im_distance_km((im_lonlat){10, 20}, (im_lonlat){-170, -20}), 20015.115, 0.001);
    assert_near(im_distance_km((im_lonlat){179.5, 0}, (im_lonlat){-179.5, 0}), 111.195, 0.001);
    im_lonlat p = im_destination((im_lonlat){179.5, -17}, 90, 200);
    g_assert_true(im_lonlat_is_valid(p));
    assert_near(im_distance_km((im_lonlat){179.5, -17}, p), 200, 1e-6);
    g_assert_cmpfloat(p.lon_deg, <, 0);
    g_assert_false(im_lonlat_is_valid((im_lonlat){NAN, 0}));
    g_assert_false(im_lonlat_is_valid((im_lonlat){0, 90.1}));
}

static void add_ring(im_rings *rings, const double *xy, guint n)
{
    for (guint i = 0; i < n; i++)
        im_rings_add(rings, (im_xy){xy[2 * i], xy[2 * i + 1]});
    im_rings_close(rings);
}

/* A square of side 10 with a square hole of side 4 in its lower left part. */
static im_rings *holed_square(void)
{
    static const double OUTER[] = {0, 0, 10, 0, 10, 10, 0, 10};
    static const double HOLE[] = {1, 1, 1, 5, 5, 5, 5, 1};
    im_rings *rings = im_rings_new();
    add_ring(rings, OUTER, 4);
    add_ring(rings, HOLE, 4);
    return rings;
}

static void test_rings(void)
{
    g_autoptr(im_rings) rings = holed_square();
    g_assert_cmpuint(im_rings_n(rings), ==, 2);
    assert_near(im_rings_area(rings), 84, 1e-12);
    g_assert_true(im_rings_contain(rings, (im_xy){8, 8}));
    g_assert_false(im_rings_contain(rings, (im_xy){3, 3}));
    g_assert_false(im_rings_contain(rings, (im_xy){11, 3}));
    assert_near(im_rings_distance(rings, (im_xy){7, 8}), 2, 1e-12);
    assert_near(im_rings_distance(rings, (im_xy){3, 3}), -2, 1e-12);
    /* A ring of two points is none; a repeated first point is dropped. */
    static const double DEGENERATE[] = {0, 0, 1, 1, 0, 0}, CLOSED[] = {0, 0, 1, 0, 1, 1, 0, 0};
    add_ring(rings, DEGENERATE, 3);
    g_assert_cmpuint(im_rings_n(rings), ==, 2);
    add_ring(rings, CLOSED, 4);
    guint n;
    im_rings_get(rings, 2, &n);
    g_assert_cmpuint(n, ==, 3);
}

static void test_pole(void)
{
    g_autoptr(im_rings) rings = holed_square();
    double distance;
    im_xy pole = im_rings_pole(rings, 0.001, &distance);
    /* Equally far from the upper and right sides and the hole's corner: 10 - d - 5 = d / √2. */
    double expected = 5 / (1 + G_SQRT2 / 2);
    assert_near(distance, expected, 0.002);
    assert_near(pole.x, 10 - expected, 0.01);
    assert_near(pole.y, 10 - expected, 0.01);
    g_autoptr(im_rings) none = im_rings_new();
    im_rings_pole(none, 1, &distance);
    g_assert_cmpfloat(distance, <, 0);
}

static void test_clip(void)
{
    g_autoptr(im_rings) rings = holed_square();
    const im_box box = {3, -5, 20, 20}, away = {50, 50, 60, 60};
    g_autoptr(im_rings) clipped = im_rings_clip(rings, &box);
    assert_near(im_rings_area(clipped), 7 * 10 - 2 * 4, 1e-12);
    g_autoptr(im_rings) nothing = im_rings_clip(rings, &away);
    g_assert_cmpuint(im_rings_n(nothing), ==, 0);
    /* The same edge, walked either way, is cut at the same point to the last bit. */
    static const double LEFT[] = {0, 0, 3, 0.1, 1, 7}, RIGHT[] = {3, 0.1, 9, 4, 1, 7};
    g_autoptr(im_rings) a = im_rings_new(), b = im_rings_new();
    add_ring(a, LEFT, 3);
    add_ring(b, RIGHT, 3);
    const im_box low = {-1, -1, 10, 4.7};
    g_autoptr(im_rings) ca = im_rings_clip(a, &low), cb = im_rings_clip(b, &low);
    guint shared = 0, n, m;
    const im_xy *p = im_rings_get(ca, 0, &n), *q = im_rings_get(cb, 0, &m);
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < m; k++)
            shared += p[i].x == q[k].x && p[i].y == q[k].y;
    g_assert_cmpuint(shared, ==, 2);
}

static void test_simplify(void)
{
    im_xy line[] = {{0, 0}, {1, 0.1}, {2, -0.1}, {3, 5}, {4, 6}, {5, 7.05}, {6, 8}};
    im_xy backward[G_N_ELEMENTS(line)];
    for (guint i = 0; i < G_N_ELEMENTS(line); i++)
        backward[i] = line[G_N_ELEMENTS(line) - 1 - i];
    guint n = im_line_simplify(line, G_N_ELEMENTS(line), 0.5);
    guint m = im_line_simplify(backward, G_N_ELEMENTS(backward), 0.5);
    g_assert_cmpuint(n, ==, 4);
    g_assert_cmpuint(m, ==, n);
    for (guint i = 0; i < n; i++)
        g_assert_cmpfloat(line[i].x, ==, backward[n - 1 - i].x);
    im_xy two[] = {{0, 0}, {9, 9}};
    g_assert_cmpuint(im_line_simplify(two, 2, 100), ==, 2);
}

static void test_segments(void)
{
    const im_xy a[2] = {{0, 0}, {10, 10}}, b[2] = {{0, 10}, {10, 0}}, c[2] = {{0, 1}, {4, 5}};
    g_assert_true(im_segments_cross(a, b));
    g_assert_false(im_segments_cross(a, c));
    const im_box on = {4, 4, 6, 6}, beside = {6, 1, 8, 3}, around = {-5, -5, 20, 20};
    g_assert_true(im_segment_meets_box(a, &on));
    g_assert_false(im_segment_meets_box(a, &beside));
    g_assert_true(im_segment_meets_box(a, &around));
}

/* Three units: two squares side by side, whose common border has a point between, and an island. */
static const double LEFT[] = {0, 0, 1, 0, 1.1, 0.5, 1, 1, 0, 1};
static const double RIGHT[] = {1, 0, 2, 0, 2, 1, 1, 1, 1.1, 0.5};
static const double ISLAND[] = {5, 5, 6, 5, 6, 6};

static im_topology *three_units(im_rings *units[3])
{
    for (int i = 0; i < 3; i++)
        units[i] = im_rings_new();
    add_ring(units[0], LEFT, 5);
    add_ring(units[1], RIGHT, 5);
    add_ring(units[2], ISLAND, 3);
    const im_box window = {-180, -90, 180, 90};
    const im_rings *all[] = {units[0], units[1], units[2]};
    return im_topology_new(all, 3, &window);
}

static guint count_arcs(const im_topology *topology, gboolean between_two)
{
    guint n = 0;
    for (guint i = 0; i < topology->arcs->len; i++) {
        const im_arc *arc = &g_array_index(topology->arcs, im_arc, i);
        gboolean two = arc->forward != IM_UNIT_NONE && arc->backward != IM_UNIT_NONE;
        n += arc->n > 0 && two == between_two;
    }
    return n;
}

static void test_topology(void)
{
    im_rings *units[3];
    g_autoptr(im_topology) topology = three_units(units);
    g_assert_cmpuint(count_arcs(topology, TRUE), ==, 1);
    g_assert_cmpuint(count_arcs(topology, FALSE), ==, 3);
    const guint32 apart[] = {0, 1, 2}, joined[] = {0, 0, 1};
    g_autoptr(GPtrArray) each = im_topology_outlines(topology, apart, 3);
    for (guint i = 0; i < 3; i++)
        assert_near(im_rings_area(g_ptr_array_index(each, i)), im_rings_area(units[i]), 1e-12);
    g_autoptr(GPtrArray) both = im_topology_outlines(topology, joined, 2);
    const im_rings *pair = g_ptr_array_index(both, 0);
    g_assert_cmpuint(im_rings_n(pair), ==, 1);
    assert_near(im_rings_area(pair), 2, 1e-12);
    g_assert_false(im_rings_contain(pair, (im_xy){3, 0.5}));
    for (int i = 0; i < 3; i++)
        im_rings_free(units[i]);
}

static void test_topology_simplified(void)
{
    im_rings *units[3];
    g_autoptr(im_topology) topology = three_units(units);
    im_topology_densify(topology, 0.01);
    g_assert_cmpuint(topology->points->len, >, 500);
    im_topology_simplify(topology, 0.2);
    const guint32 apart[] = {0, 1, 2};
    g_autoptr(GPtrArray) each = im_topology_outlines(topology, apart, 3);
    /* The bulge of the common border is gone on both sides: nothing lost, nothing twice. */
    assert_near(im_rings_area(g_ptr_array_index(each, 0)), 1, 1e-9);
    assert_near(im_rings_area(g_ptr_array_index(each, 1)), 1, 1e-9);
    im_topology_simplify(topology, 3);
    g_autoptr(GPtrArray) coarse = im_topology_outlines(topology, apart, 3);
    g_assert_cmpuint(im_rings_n(g_ptr_array_index(coarse, 2)), ==, 0);
    for (int i = 0; i < 3; i++)
        im_rings_free(units[i]);
}

/* A strip that was rounded to a line bounds nothing, whatever its neighbours are. */
static void test_topology_collapsed(void)
{
    static const double STRIP[] = {0, 1, 1, 1, 2, 1, 1, 1};
    static const double ABOVE[] = {0, 1, 1, 1, 2, 1, 1, 2}, BELOW[] = {0, 1, 1, 0, 2, 1, 1, 1};
    g_autoptr(im_rings) strip = im_rings_new(), above = im_rings_new(), below = im_rings_new();
    add_ring(strip, STRIP, 4);
    add_ring(above, ABOVE, 4);
    add_ring(below, BELOW, 4);
    const im_rings *all[] = {strip, above, below};
    const im_box window = {-180, -90, 180, 90};
    g_autoptr(im_topology) topology = im_topology_new(all, 3, &window);
    const guint32 apart[] = {0, 1, 2};
    g_autoptr(GPtrArray) each = im_topology_outlines(topology, apart, 3);
    g_assert_cmpuint(im_rings_n(g_ptr_array_index(each, 0)), ==, 0);
    assert_near(im_rings_area(g_ptr_array_index(each, 1)), 1, 1e-12);
    assert_near(im_rings_area(g_ptr_array_index(each, 2)), 1, 1e-12);
}

/* Edges along the window and the antimeridian are cuts, not borders. */
static void test_topology_cuts(void)
{
    static const double WEST[] = {170, -10, 180, -10, 180, 10, 170, 10};
    static const double EAST[] = {180, -10, 190, -10, 190, 10, 180, 10};
    g_autoptr(im_rings) west = im_rings_new(), east = im_rings_new();
    add_ring(west, WEST, 4);
    add_ring(east, EAST, 4);
    const im_rings *all[] = {west, east};
    const im_box window = {160, -10, 200, 20};
    g_autoptr(im_topology) topology = im_topology_new(all, 2, &window);
    guint cuts = 0, others = 0;
    for (guint i = 0; i < topology->arcs->len; i++)
        (*(g_array_index(topology->arcs, im_arc, i).cut ? &cuts : &others))++;
    g_assert_cmpuint(cuts, ==, 3);
    g_assert_cmpuint(others, ==, 2);
}

static void test_choose(void)
{
    static const struct {
        im_box extent;
        im_projection_kind kind;
        const char *starts;
    } CASES[] = {
        {{-118, 14.5, -86.7, 32.7},
         IM_PROJECTION_REGIONAL,
         "+proj=lcc +lat_1=17.53 +lat_2=29.67 +lat_0=23.60 +lon_0=-102.35"},
        {{-75.6, -56, -66.4, -17.5}, IM_PROJECTION_REGIONAL, "+proj=tmerc"},
        {{95, -11, 141, 6}, IM_PROJECTION_REGIONAL, "+proj=merc"},
        {{177, -19, 182, -16}, IM_PROJECTION_REGIONAL, "+proj=lcc"},
        {{-74, -34, -34, 5.3}, IM_PROJECTION_REGIONAL, "+proj=laea"},
        {{27, 41, 190, 82}, IM_PROJECTION_CONTINENTAL, "+proj=laea"},
        {{-60, -90, 60, -75}, IM_PROJECTION_CONTINENTAL, "+proj=laea +lat_0=-90"},
        {{-180, -57, 180, 80}, IM_PROJECTION_WORLD, "+proj=eqearth +lon_0=0.00"},
        {{19, 49, 19, 49}, IM_PROJECTION_REGIONAL, "+proj=lcc"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        im_projection_kind kind;
        g_autofree char *definition = im_projection_choose(&CASES[i].extent, &kind);
        if (!g_str_has_prefix(definition, CASES[i].starts) || kind != CASES[i].kind)
            g_error("case %u: %s (kind %d)", i, definition, kind);
        g_autoptr(im_projection) projection = im_projection_new(definition, NULL);
        g_assert_nonnull(projection);
    }
}

static void test_projection(void)
{
    GError *error = NULL;
    g_autoptr(im_projection) lcc = im_projection_new(
        "+proj=lcc +lat_1=17.5 +lat_2=29.5 +lat_0=23.5 +lon_0=-102 +ellps=WGS84", &error);
    g_assert_no_error(error);
    im_xy points[] = {{-102, 23.5}, {-99.12766, 19.42847}}, back;
    im_projection_forward(lcc, points, 2);
    assert_near(points[0].x, 0, 1e-6);
    g_assert_cmpfloat(points[1].y, <, 0);
    g_assert_true(im_projection_inverse(lcc, points[1], &back));
    assert_near(back.x, -99.12766, 1e-9);
    assert_near(back.y, 19.42847, 1e-9);
    g_assert_null(im_projection_new("+proj=nonsense", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    g_clear_error(&error);
}

static const char *refusal(const char *crs, im_xy about)
{
    static char message[200];
    GError *error = NULL;
    g_assert_null(im_projection_of_crs(crs, about, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_strlcpy(message, error->message, sizeof message);
    g_clear_error(&error);
    return message;
}

/* Grids of any unit and order of axes, at the positions that EPSG's and NGS' tools give for them. */
static void test_grids(void)
{
    const struct {
        const char *crs;
        im_xy degrees, metres;
    } CASES[] = {
        {"EPSG:6372", {-102, 12}, {2500000, 0}},        /* Mexico's own: the origin of its grid */
        {"EPSG:32613", {-105, 0}, {500000, 0}},         /* UTM: the middle of zone 13 */
        {"+proj=utm +zone=13", {-105, 0}, {500000, 0}}, /* without a datum */
        {"EPSG:2193", {173, 0}, {1600000, 10000000}},   /* New Zealand: northing first */
        {"EPSG:2263", {-74, 40 + 10 / 60.0}, {300000, 0}},        /* New York, in US feet */
        {"EPSG:3832", {-180, 0}, {30 * 6378137 * G_PI / 180, 0}}, /* the Pacific, over its seam */
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        GError *error = NULL;
        im_xy about = CASES[i].degrees, at = CASES[i].degrees, back;
        about.y = i == 3 ? -41 : i == 1 ? 20 : i == 0 ? 23 : about.y;
        g_autoptr(im_projection) grid = im_projection_of_crs(CASES[i].crs, about, &error);
        g_assert_no_error(error);
        im_projection_forward(grid, &at, 1);
        if (fabs(at.x - CASES[i].metres.x) > 3 || fabs(at.y - CASES[i].metres.y) > 3)
            g_error("%s: %f %f", CASES[i].crs, at.x, at.y);
        g_assert_true(im_projection_inverse(grid, at, &back));
        assert_near(remainder(back.x - CASES[i].degrees.x, 360), 0, 1e-6);
        assert_near(back.y, CASES[i].degrees.y, 1e-6);
    }
}

static void test_grids_refused(void)
{
    const im_xy guadalajara = {-103.4, 20.7}, kabul = {69.2, 34.5};
    g_assert_nonnull(strstr(refusal("EPSG:4326", guadalajara), "no projected"));
    g_assert_nonnull(strstr(refusal("EPSG:999999", guadalajara), "no projected"));
    g_assert_nonnull(strstr(refusal("+proj=nonsense", guadalajara), "no projected"));
    g_assert_nonnull(strstr(refusal("", guadalajara), "no projected"));
    g_assert_nonnull(strstr(refusal("EPSG:6372", kabul), "another part of the world: Mexico"));
    g_assert_nonnull(strstr(refusal("EPSG:3460", kabul), "another part of the world: Fiji"));
}

static void test_geodesic(void)
{
    /* A degree of the equator and a quarter meridian of WGS 84. */
    assert_near(im_geodesic_km((im_xy){0, 0}, (im_xy){1, 0}), 111.319491, 1e-6);
    assert_near(im_geodesic_km((im_xy){0, 0}, (im_xy){0, 90}), 10001.965729, 1e-6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geo/distance", test_distance);
    g_test_add_func("/geo/rings", test_rings);
    g_test_add_func("/geo/pole", test_pole);
    g_test_add_func("/geo/clip", test_clip);
    g_test_add_func("/geo/simplify", test_simplify);
    g_test_add_func("/geo/segments", test_segments);
    g_test_add_func("/geo/topology", test_topology);
    g_test_add_func("/geo/topology/simplified", test_topology_simplified);
    g_test_add_func("/geo/topology/collapsed", test_topology_collapsed);
    g_test_add_func("/geo/topology/cuts", test_topology_cuts);
    g_test_add_func("/geo/projection/choose", test_choose);
    g_test_add_func("/geo/projection/forward", test_projection);
    g_test_add_func("/geo/grids", test_grids);
    g_test_add_func("/geo/grids/refused", test_grids_refused);
    g_test_add_func("/geo/geodesic", test_geodesic);
    return g_test_run();
}
