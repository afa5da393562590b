/* The check of layouts can fail: a sound map is spoiled in one way each, and it must say which. */
#include "map/check.h"
#include "map/tree.h"
#include "map_scenes.h"

static const im_map_options OPTIONS = {.boundaries = IM_BUILD_DATADIR, .credit = "Places: made up"};

static im_item *first_of(const im_map *map, const char *layer, const char *cls)
{
    const GPtrArray *items = scene_layer(map, layer)->items;
    for (guint i = 0; i < items->len; i++) {
        im_item *item = g_ptr_array_index(items, i);
        if (g_str_has_prefix(item->cls, cls))
            return item;
    }
    g_assert_not_reached();
}

static im_item *nth(const im_map *map, const char *layer, guint n)
{
    return g_ptr_array_index(scene_layer(map, layer)->items, n);
}

static void mark_over_mark(im_map *map)
{
    nth(map, "marks", 0)->box = nth(map, "marks", 1)->box;
}

static void dot_over_mark(im_map *map)
{
    im_item *mark = nth(map, "marks", scene_layer(map, "marks")->items->len - 1);
    im_item *dot = im_tree_path(scene_layer(map, "places")->items, "place", (im_style){0});
    dot->box = mark->box;
}

static void leader_across(im_map *map)
{
    const im_rect box = nth(map, "marks", 0)->box;
    const double y = (double)box.y_px + (double)box.height_px / 2;
    const im_xy line[2] = {{(double)box.x_px - 50, y}, {(double)(box.x_px + box.width_px) + 50, y}};
    im_item *leader = im_tree_path(scene_layer(map, "leaders")->items, "leader", (im_style){0});
    im_path_polyline(&leader->path, line, 2);
}

/* A coast that runs on between the letters of a name. */
static void border_across(im_map *map)
{
    const im_item *label = first_of(map, "labels", "label"), *text = label->items->pdata[0];
    const double y = (double)text->box.y_px + (double)text->box.height_px / 2;
    const im_xy line[2] = {{(double)text->box.x_px - 20, y}, {(double)text->box.x_px + 20, y}};
    im_path_polyline(&first_of(map, "borders", "coast")->path, line, 2);
}

static void panel_over_land(im_map *map)
{
    const im_item *country = first_of(map, "countries", "country focus");
    const im_box box = im_box_of(country->box);
    const im_xy middle = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    im_item *panel =
        im_tree_path(im_tree_layer(map, "extra", "Extra", FALSE)->items, "panel", (im_style){0});
    panel->box = im_rect_of(&(im_box){middle.x - 60, middle.y - 60, middle.x + 60, middle.y + 60});
}

static void label_over_label(im_map *map)
{
    nth(map, "labels", 0)->box =
        nth(map, "labels", scene_layer(map, "labels")->items->len - 1)->box;
}

static void test_spoiled(void)
{
    static const struct {
        const char *says;
        void (*spoil)(im_map *map);
    } CASES[] = {
        {"mark over mark", mark_over_mark},     {"mark over dot", dot_over_mark},
        {"leader through mark", leader_across}, {"border through text", border_across},
        {"panel over land", panel_over_land},   {"label over label", label_over_label},
    };
    g_autoptr(GPtrArray) incidents = SCENE(SCENE_CHILE);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(im_map) map = im_map_new(incidents, NULL, &OPTIONS, &error);
        g_autoptr(GString) report = g_string_new(NULL);
        g_assert_no_error(error);
        g_assert_cmpuint(im_map_check(map, FALSE, report), ==, 0);
        CASES[i].spoil(map);
        g_assert_cmpuint(im_map_check(map, FALSE, report), >, 0);
        if (!strstr(report->str, CASES[i].says))
            g_error("%s is not in:\n%s", CASES[i].says, report->str);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-check/spoiled", test_spoiled);
    return g_test_run();
}
