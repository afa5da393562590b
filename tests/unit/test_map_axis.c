/* Names along the axis of what they name: the axis, and what text that is not level overlaps. */
#include "map/labels.h"

#include <math.h>

/* A rectangle about `middle`. */
static void corners_of(im_xy middle, double length, double breadth, double angle_deg, im_xy out[4])
{
    static const double X[] = {-1, 1, 1, -1}, Y[] = {-1, -1, 1, 1};
    const im_xy along = im_direction(angle_deg);
    for (guint i = 0; i < 4; i++) {
        const double x = X[i] * length / 2, y = Y[i] * breadth / 2;
        out[i] =
            (im_xy){middle.x + x * along.x - y * along.y, middle.y + x * along.y + y * along.x};
    }
}

static void test_axis(void)
{
    static const struct {
        double length, breadth, angle_deg, axis_deg;
    } ROWS[] = {
        {4, 1, 0, 0},         {4, 1, 30, 30},  {4, 1, -75, -75}, {1, 4, 0, -90},
        {300, 100, 120, -60}, {4, 1, 210, 30}, {6, 5, 45, 45},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        for (int far = 0; far < 2; far++) {
            im_xy ring[4];
            const im_xy middle = {far ? 1e5 : 0, far ? -3e5 : 0};
            const double longer = MAX(ROWS[i].length, ROWS[i].breadth),
                         shorter = MIN(ROWS[i].length, ROWS[i].breadth);
            double elongation;
            corners_of(middle, ROWS[i].length, ROWS[i].breadth, ROWS[i].angle_deg, ring);
            const double axis = im_ring_axis(ring, 4, &elongation);
            g_assert_cmpfloat_with_epsilon(axis, ROWS[i].axis_deg, 1e-3);
            g_assert_cmpfloat_with_epsilon(elongation, longer / shorter, 1e-3);
        }
}

/* Nothing that has an axis. */
static void test_no_axis(void)
{
    static const im_xy SQUARE[] = {{0, 0}, {2, 0}, {2, 2}, {0, 2}},
                       LINE[] = {{0, 0}, {2, 0}, {5, 0}};
    double elongation;
    im_ring_axis(SQUARE, 4, &elongation);
    g_assert_cmpfloat_with_epsilon(elongation, 1, 1e-6);
    g_assert_cmpfloat(im_ring_axis(LINE, 3, &elongation), ==, 0);
    g_assert_cmpfloat(elongation, ==, 1);
    g_assert_cmpfloat(im_ring_axis(LINE, 0, &elongation), ==, 0);
    g_assert_cmpfloat(elongation, ==, 1);
}

static void test_tilted(void)
{
    const im_tilted bar = im_tilted_about(&(im_box){-10, -1, 10, 1}, (im_xy){0, 0}, 45);
    const im_box around = im_tilted_bounds(&bar);
    const double reach = 11 * G_SQRT2 / 2;
    g_assert_cmpfloat_with_epsilon(around.max_x, reach, 1e-9);
    g_assert_cmpfloat_with_epsilon(around.min_y, -reach, 1e-9);
    /* Within the box around it, but beside it; then at its end. */
    const im_tilted beside = im_tilted_level(&(im_box){4, -6, 6, -4}),
                    end = im_tilted_level(&(im_box){6, 6, 8, 8}),
                    cross = im_tilted_about(&(im_box){-10, -1, 10, 1}, (im_xy){0, 0}, -45);
    g_assert_false(im_tilted_overlap(&bar, &beside));
    g_assert_true(im_tilted_overlap(&bar, &end));
    g_assert_true(im_tilted_overlap(&end, &bar));
    g_assert_true(im_tilted_overlap(&bar, &cross));
    g_assert_true(im_tilted_holds(&bar, (im_xy){5, 5}));
    g_assert_false(im_tilted_holds(&bar, (im_xy){5, -5}));
    g_assert_true(im_tilted_meets_line(&bar, (const im_xy[2]){{5, 0}, {0, 5}}));
    g_assert_false(im_tilted_meets_line(&bar, (const im_xy[2]){{5, 0}, {5, -9}}));
    /* Turned about a point outside of it. */
    const im_tilted turned = im_tilted_about(&(im_box){10, 0, 12, 4}, (im_xy){0, 0}, 90);
    g_assert_cmpfloat_with_epsilon(turned.middle.x, -2, 1e-9);
    g_assert_cmpfloat_with_epsilon(turned.middle.y, 11, 1e-9);
}

/* Whether a label finds room with its corner at a point near a name that runs down to the right. */
static gboolean has_room_at(im_xy corner)
{
    const im_text_style style = {.family = IM_FONT_FAMILY, .size_px = 13};
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func((GDestroyNotify)im_label_free);
    g_autoptr(GArray) obstacles = g_array_new(FALSE, FALSE, sizeof(im_box));
    im_label *turned = im_label_new("label state", "BAJA CALIFORNIA SUR", &style, 14);
    im_label *other = im_label_new("label place", "A", &style, 10);
    im_label_add_turned(turned, 0, (im_xy){200, 200}, 45, 0);
    im_label_add(other, 0, corner, IM_ANCHOR_START, 0);
    g_ptr_array_add(labels, turned);
    g_ptr_array_add(labels, other);
    im_labels_place(labels, obstacles, &(im_box){0, 0, 400, 400});
    g_assert_cmpint(turned->chosen, ==, 0);
    return other->chosen == 0;
}

/* A name that is not level keeps others off its letters, not off the box around them. */
static void test_conflict(void)
{
    g_assert_false(has_room_at((im_xy){225, 215}));
    g_assert_false(has_room_at((im_xy){165, 160}));
    g_assert_true(has_room_at((im_xy){225, 160}));
    g_assert_true(has_room_at((im_xy){165, 225}));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    im_fonts_load(&error);
    g_assert_no_error(error);
    g_test_add_func("/map-axis/axis", test_axis);
    g_test_add_func("/map-axis/no-axis", test_no_axis);
    g_test_add_func("/map-axis/tilted", test_tilted);
    g_test_add_func("/map-axis/conflict", test_conflict);
    return g_test_run();
}
