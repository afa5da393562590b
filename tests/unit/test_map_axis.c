/* Names along the axis of what they name: the axis, the angle of the text, where it has room, what it overlaps. */
#include "map/along.h"
#include "map/check.h"
#include "map/fit.h"
#include "map_scenes.h"
#include "output/priv.h"

#include <math.h>

static const im_map_options OPTIONS = {.boundaries = IM_BUILD_DATADIR, .credit = "Places: made up"};

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

static void test_angle(void)
{
    static const struct {
        double axis_deg, angle_deg;
    } ROWS[] = {
        {0, 0},     {5, 0},     {-7.9, 0},  {14, 0},    {45.3, 45}, {-60.6, -61},
        {80, 80},   {81, -90},  {90, -90},  {-90, -90}, {-87, -90}, {-82, -82},
        {135, -45}, {100, -80}, {-135, 45}, {180, 0},   {353, 0},   {-200, -20},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        g_assert_cmpfloat(im_along_angle(ROWS[i].axis_deg), ==, ROWS[i].angle_deg);
    for (double axis = -400; axis < 400; axis += 0.7) {
        const double angle = im_along_angle(axis);
        g_assert_true(angle >= -90 && angle < 90);
    }
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

/* One region of four corners in a frame of 400 × 400 px, the rest sea. */
static im_ground *ground_of(const im_xy corners[4])
{
    im_ground *ground = g_new0(im_ground, 1);
    im_region *region = g_new0(im_region, 1);
    region->outline = im_rings_new();
    for (guint i = 0; i < 4; i++)
        im_rings_add(region->outline, corners[i]);
    im_rings_close(region->outline);
    region->pole_px = -1;
    region->country = IM_REGION_NONE;
    ground->states = g_ptr_array_new_with_free_func(g_free);
    ground->disputed = g_ptr_array_new_with_free_func((GDestroyNotify)im_rings_free);
    g_ptr_array_add(ground->states, region);
    ground->first_own = 1;
    ground->frame = (im_box){0, 0, 400, 400};
    ground->columns = ground->rows = 400 / IM_CELL_PX;
    ground->raster = g_new0(guint32, (gsize)ground->columns * (gsize)ground->rows);
    for (int i = 0; i < ground->columns * ground->rows; i++) {
        const im_xy middle = {(i % ground->columns + 0.5) * IM_CELL_PX,
                              (i / ground->columns + 0.5) * IM_CELL_PX};
        ground->raster[i] = im_rings_contain(region->outline, middle);
    }
    return ground;
}

static void ground_clear(im_ground *ground)
{
    im_rings_free(((im_region *)ground->states->pdata[0])->outline);
    g_ptr_array_unref(ground->states);
    g_ptr_array_unref(ground->disputed);
    g_free(ground->raster);
    g_free(ground);
}

/* The label of a rectangle, fitted. @p disputed is a line on it, or NULL. */
static im_label *fitted_beside(const char *name, im_xy middle, double length, double breadth,
                               double angle_deg, const im_xy disputed[3])
{
    im_xy corners[4];
    corners_of(middle, length, breadth, angle_deg, corners);
    im_ground *ground = ground_of(corners);
    if (disputed) {
        im_rings *line = im_rings_new();
        for (guint i = 0; i < 3; i++)
            im_rings_add(line, disputed[i]);
        im_rings_close(line);
        g_ptr_array_add(ground->disputed, line);
    }
    const im_text_style style = {.family = IM_FONT_FAMILY, .size_px = 13, .spacing_px = 1.3F};
    im_label *label = im_label_new("label state", name, &style, 14);
    im_label_break(label);
    im_fit_along_region(label, ground, 0, FALSE, label->variants->len, 0.2);
    ground_clear(ground);
    return label;
}

static im_label *fitted(const char *name, im_xy middle, double length, double breadth,
                        double angle_deg)
{
    return fitted_beside(name, middle, length, breadth, angle_deg, NULL);
}

static const im_candidate *best_of(const im_label *label)
{
    const im_candidate *best = NULL;
    for (guint i = 0; i < label->candidates->len; i++) {
        const im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        if (!best || c->cost < best->cost)
            best = c;
    }
    return best;
}

static void test_fit(void)
{
    static const struct {
        const char *name;
        double length, breadth, axis_deg;
        double angle_deg; /* of the best place */
        guint n_lines;
    } ROWS[] = {
        {"VERACRUZ", 250, 120, 40, 0, 1},              /* fits level */
        {"TAMAULIPAS", 250, 40, 0, 0, 1},              /* along a level axis */
        {"BAJA CALIFORNIA SUR", 300, 40, 55, 55, 1},   /* not in two lines */
        {"BAJA CALIFORNIA SUR", 300, 40, -60, -60, 1}, /* read upwards */
        {"BAJA CALIFORNIA SUR", 300, 40, 85, -90, 1},  /* would lean over */
        {"BAJA CALIFORNIA", 150, 90, 60, 0, 2},        /* not long: two lines */
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autoptr(im_label) label = fitted(ROWS[i].name, (im_xy){200, 200}, ROWS[i].length,
                                           ROWS[i].breadth, ROWS[i].axis_deg);
        const im_candidate *best = best_of(label);
        g_assert_nonnull(best);
        g_assert_cmpfloat((double)best->angle_deg, ==, ROWS[i].angle_deg);
        g_assert_cmpuint(best->n_lines, ==, ROWS[i].n_lines);
        if (ROWS[i].angle_deg == 0)
            continue;
        /* All of it lies in the region. */
        const im_tilted text = im_candidate_shape(best),
                        region = im_tilted_about(
                            &(im_box){200 - ROWS[i].length / 2, 200 - ROWS[i].breadth / 2,
                                      200 + ROWS[i].length / 2, 200 + ROWS[i].breadth / 2},
                            (im_xy){200, 200}, ROWS[i].axis_deg);
        im_xy corners[4];
        corners_of(text.middle, 2 * text.half.x, 2 * text.half.y, (double)best->angle_deg, corners);
        for (guint k = 0; k < 4; k++)
            g_assert_true(im_tilted_holds(&region, corners[k]));
    }
}

/* Of what the frame cuts, what runs up its side says nothing. */
static void test_cut(void)
{
    g_autoptr(im_label) whole = fitted("COAHUILA", (im_xy){360, 200}, 250, 40, 90);
    g_autoptr(im_label) cut = fitted("COAHUILA", (im_xy){390, 200}, 250, 60, 90);
    const im_candidate *best = best_of(cut);
    g_assert_cmpfloat((double)best_of(whole)->angle_deg, ==, -90);
    g_assert_true(!best || best->angle_deg == 0);
}

/* A claim across the region keeps the name on one side of it; one along it lets no name lie along. */
static void test_disputed(void)
{
    static const im_xy ACROSS[] = {{150, 150}, {200, 150}, {250, 150}},
                       ALONG[] = {{200, 0}, {200, 200}, {200, 400}};
    g_autoptr(im_label) beside = fitted_beside("COAHUILA", (im_xy){200, 200}, 300, 24, 90, ACROSS);
    const im_candidate *best = best_of(beside);
    g_assert_nonnull(best);
    g_assert_cmpfloat((double)best->angle_deg, ==, -90);
    const im_tilted text = im_candidate_shape(best);
    g_assert_false(im_tilted_meets_line(&text, ACROSS) || im_tilted_meets_line(&text, &ACROSS[1]));
    g_autoptr(im_label) split = fitted_beside("COAHUILA", (im_xy){200, 200}, 300, 20, 90, ALONG);
    best = best_of(split);
    g_assert_true(!best || best->angle_deg == 0);
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

static const im_item *line_of(const im_map *map, const char *name)
{
    const GPtrArray *items = scene_layer(map, "names")->items;
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        if (item->items && item->items->len == 1 &&
            g_strcmp0(((const im_item *)item->items->pdata[0])->text, name) == 0)
            return item->items->pdata[0];
    }
    g_assert_not_reached();
}

static im_map *map_of_mexico(void)
{
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_MEXICO);
    g_autoptr(GError) error = NULL;
    im_map *map = im_map_new(incidents, NULL, &OPTIONS, &error);
    g_assert_no_error(error);
    return map;
}

/* Long states have names along them, the others level ones. */
static void test_mexico(void)
{
    g_autoptr(im_map) map = map_of_mexico();
    g_assert_cmpuint(im_map_check(map, TRUE, NULL), ==, 0);
    g_assert_cmpfloat((double)line_of(map, "SONORA")->angle_deg, ==, 0);
    g_assert_cmpfloat((double)line_of(map, "DURANGO")->angle_deg, ==, 0);
    const im_item *baja = line_of(map, "BAJA CALIFORNIA SUR");
    g_assert_cmpfloat((double)baja->angle_deg, >, 40);
    g_assert_cmpfloat((double)baja->angle_deg, <, 75);
    g_autofree char *dump = im_map_dump(map),
                    *said = g_strdup_printf(" angle %.1f\n", (double)baja->angle_deg);
    g_assert_nonnull(strstr(dump, said));
}

/* In an SVG the text is turned about where it stands. */
static void test_svg(void)
{
    g_autoptr(im_map) map = map_of_mexico();
    g_autoptr(GString) svg = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    im_output_data data = {.map = map};
    g_assert_true(im_output_append(im_output_format_find("svg", NULL, &error), &data, svg, &error));
    g_assert_no_error(error);
    const im_item *baja = line_of(map, "BAJA CALIFORNIA SUR");
    g_autofree char *turn = g_strdup_printf(" transform=\"rotate(%.0f ", (double)baja->angle_deg);
    const char *end = strstr(svg->str, ">BAJA CALIFORNIA SUR<"), *start = end;
    g_assert_nonnull(end);
    while (*start != '<')
        start--;
    g_autofree char *element = g_strndup(start, (gsize)(end - start));
    g_assert_nonnull(strstr(element, turn));
}

/* @param along, across  from the middle of a turned name, as parts of half its length and height */
static guint faults_with_mark(double along, double across)
{
    g_autoptr(im_map) map = map_of_mexico();
    const im_tilted name = im_item_shape(line_of(map, "BAJA CALIFORNIA SUR"));
    const double x = along * name.half.x, y = across * name.half.y;
    const im_xy at = {name.middle.x + x * name.along.x - y * name.along.y,
                      name.middle.y + x * name.along.y + y * name.along.x};
    im_item *mark = im_tree_group(scene_layer(map, "marks")->items, "mark attack");
    mark->box = im_rect_of(&(im_box){at.x - 3, at.y - 3, at.x + 3, at.y + 3});
    g_autoptr(GString) report = g_string_new(NULL);
    im_map_check(map, TRUE, report);
    return strstr(report->str, "label over mark") != NULL;
}

/* At the end of the name a mark is on it, though far above where the name would be level; beside it, it is not, though
 * in the box around it. */
static void test_check(void)
{
    g_assert_cmpuint(faults_with_mark(0, 0), ==, 1);
    g_assert_cmpuint(faults_with_mark(-0.9, 0), ==, 1);
    g_assert_cmpuint(faults_with_mark(0.9, 0), ==, 1);
    g_assert_cmpuint(faults_with_mark(0, 3), ==, 0);
    g_assert_cmpuint(faults_with_mark(0, -3), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    im_fonts_load(&error);
    g_assert_no_error(error);
    g_test_add_func("/map-axis/axis", test_axis);
    g_test_add_func("/map-axis/no-axis", test_no_axis);
    g_test_add_func("/map-axis/angle", test_angle);
    g_test_add_func("/map-axis/tilted", test_tilted);
    g_test_add_func("/map-axis/fit", test_fit);
    g_test_add_func("/map-axis/cut", test_cut);
    g_test_add_func("/map-axis/disputed", test_disputed);
    g_test_add_func("/map-axis/conflict", test_conflict);
    g_test_add_func("/map-axis/mexico", test_mexico);
    g_test_add_func("/map-axis/svg", test_svg);
    g_test_add_func("/map-axis/check", test_check);
    return g_test_run();
}
