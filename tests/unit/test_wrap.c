/* Rings that run over the antimeridian come out in parts, none of them beyond 180. */
#include "geo/wrap.h"

#include <math.h>

static im_rings *ring_of(const im_xy *points, guint n)
{
    im_rings *rings = im_rings_new();
    for (guint i = 0; i < n; i++)
        im_rings_add(rings, points[i]);
    im_rings_close(rings);
    return rings;
}

static void assert_inside(const im_rings *rings)
{
    const im_box box = im_rings_box(rings);
    g_assert_cmpfloat(box.min_x, >=, -180);
    g_assert_cmpfloat(box.max_x, <=, 180);
}

static void assert_two_parts(const im_xy points[4])
{
    g_autoptr(im_rings) rings = im_rings_wrap(ring_of(points, 4));
    g_assert_cmpuint(im_rings_n(rings), ==, 2);
    assert_inside(rings);
    g_assert_cmpfloat_with_epsilon(fabs(im_rings_area(rings)), 3 * 2, 1e-9);
    g_assert_true(im_rings_contain(rings, (im_xy){179, -17}));
    g_assert_true(im_rings_contain(rings, (im_xy){-179.5, -17}));
    g_assert_false(im_rings_contain(rings, (im_xy){0, -17}));
}

static void test_across(void)
{
    const im_xy jumps[] = {{178, -18}, {-179, -18}, {-179, -16}, {178, -16}};
    const im_xy runs_on[] = {{178, -18}, {181, -18}, {181, -16}, {178, -16}};
    const im_xy from_before[] = {{-182, -18}, {-179, -18}, {-179, -16}, {-182, -16}};
    const im_xy begins_beyond[] = {{-179, -16}, {178, -16}, {178, -18}, {-179, -18}};
    assert_two_parts(jumps);
    assert_two_parts(runs_on);
    assert_two_parts(from_before);
    assert_two_parts(begins_beyond);
}

static void test_elsewhere(void)
{
    const im_xy mexico[] = {{-104, 20}, {-103, 20}, {-103, 21}};
    g_autoptr(im_rings) same = im_rings_wrap(ring_of(mexico, 3));
    guint n;
    const im_xy *points = im_rings_get(same, 0, &n);
    g_assert_cmpuint(n, ==, 3);
    for (guint i = 0; i < n; i++)
        g_assert_cmpfloat(points[i].x, ==, mexico[i].x);
    /* 0 to 360, as some count them. */
    const im_xy turned[] = {{256, 20}, {257, 20}, {257, 21}};
    g_autoptr(im_rings) back = im_rings_wrap(ring_of(turned, 3));
    g_assert_true(im_rings_contain(back, (im_xy){-103.2, 20.3}));
    assert_inside(back);
}

/* What surrounds a pole, or is as wide as the world, stays as it is. */
static void test_whole_turns(void)
{
    const im_xy cap[] = {{-180, -70}, {-90, -70}, {0, -70},   {90, -70},
                         {180, -70},  {180, -90}, {-180, -90}};
    g_autoptr(im_rings) antarctica = im_rings_wrap(ring_of(cap, G_N_ELEMENTS(cap)));
    g_assert_true(im_rings_contain(antarctica, (im_xy){10, -80}));
    g_assert_cmpfloat_with_epsilon(fabs(im_rings_area(antarctica)), 360 * 20, 1e-6);
    const im_xy belt[] = {{-180, -10}, {180, -10}, {180, 10}, {-180, 10}};
    g_autoptr(im_rings) world = im_rings_wrap(ring_of(belt, 4));
    g_assert_cmpfloat_with_epsilon(fabs(im_rings_area(world)), 360 * 20, 1e-6);
    const im_xy pole[] = {{0, 80}, {120, 80}, {-120, 80}};
    g_autoptr(im_rings) around = im_rings_wrap(ring_of(pole, 3));
    assert_inside(around);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wrap/across", test_across);
    g_test_add_func("/wrap/elsewhere", test_elsewhere);
    g_test_add_func("/wrap/whole-turns", test_whole_turns);
    return g_test_run();
}
