#include "map/check.h"

#include "geo/polygon.h"
#include "map/tree.h"

#include <string.h>

/* Boxes may touch by this much: they are measured with a little air around the ink. */
static const double SLACK_PX = 0.75;

/* One thing that takes room on the page. */
typedef struct thing {
    const char *what; /* for the report */
    im_box box;
} thing;

typedef struct checker {
    const im_map *map;
    GArray *labels, *marks, *panels; /* of thing */
    GPtrArray *leaders;              /* of im_item * */
    GString *report;
    guint faults;
} checker;

static void complain(checker *c, const char *fault, const char *a, const char *b)
{
    c->faults++;
    if (c->report)
        g_string_append_printf(c->report, "%s: %s%s%s\n", fault, a, b ? " / " : "", b ? b : "");
}

static gboolean overlap(const im_box *a, const im_box *b)
{
    return a->min_x + SLACK_PX < b->max_x && b->min_x + SLACK_PX < a->max_x &&
           a->min_y + SLACK_PX < b->max_y && b->min_y + SLACK_PX < a->max_y;
}

static gboolean inside(const im_box *inner, const im_box *outer)
{
    return inner->min_x >= outer->min_x - SLACK_PX && inner->max_x <= outer->max_x + SLACK_PX &&
           inner->min_y >= outer->min_y - SLACK_PX && inner->max_y <= outer->max_y + SLACK_PX;
}

static const char *name_of(const im_item *item)
{
    if (item->text)
        return item->text;
    if (item->kind == IM_ITEM_GROUP && item->items->len > 0 && g_str_has_prefix(item->cls, "label"))
        return name_of(g_ptr_array_index(item->items, 0));
    return item->title ? item->title : item->cls;
}

static void collect_items(checker *c, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        thing t = {name_of(item), im_box_of(item->box)};
        if (item->kind == IM_ITEM_GROUP && g_str_has_prefix(item->cls, "label"))
            g_array_append_val(c->labels, t);
        else if (item->kind == IM_ITEM_GROUP && g_str_has_prefix(item->cls, "mark"))
            g_array_append_val(c->marks, t);
        else if (strcmp(item->cls, "leader") == 0 || strcmp(item->cls, "label-leader") == 0)
            g_ptr_array_add(c->leaders, (gpointer)item);
    }
}

static void collect_panel(checker *c, const im_layer *layer)
{
    thing t = {layer->id, IM_BOX_EMPTY};
    for (guint i = 0; i < layer->items->len; i++) {
        im_box box = im_box_of(((const im_item *)g_ptr_array_index(layer->items, i))->box);
        im_box_add(&t.box, (im_xy){box.min_x, box.min_y});
        im_box_add(&t.box, (im_xy){box.max_x, box.max_y});
    }
    if (!im_box_is_empty(&t.box))
        g_array_append_val(c->panels, t);
}

static void check_pairs(checker *c, const char *fault, const GArray *a, const GArray *b)
{
    for (guint i = 0; i < a->len; i++)
        for (guint k = a == b ? i + 1 : 0; k < b->len; k++) {
            const thing *s = &g_array_index(a, thing, i), *t = &g_array_index(b, thing, k);
            if (overlap(&s->box, &t->box))
                complain(c, fault, s->what, t->what);
        }
}

static void check_inside(checker *c, const char *fault, const GArray *things, const im_box *bounds)
{
    for (guint i = 0; i < things->len; i++) {
        const thing *t = &g_array_index(things, thing, i);
        if (!inside(&t->box, bounds))
            complain(c, fault, t->what, NULL);
    }
}

/* A leader touches the label that it leads to, at its end. */
static void check_leaders(checker *c)
{
    for (guint i = 0; i < c->leaders->len; i++) {
        const im_item *leader = g_ptr_array_index(c->leaders, i);
        im_point p = g_array_index(leader->path.points, im_point, 0);
        im_point q = g_array_index(leader->path.points, im_point, 1);
        const im_xy line[2] = {{(double)p.x_px, (double)p.y_px}, {(double)q.x_px, (double)q.y_px}};
        for (guint k = 0; k < c->labels->len; k++) {
            const thing *t = &g_array_index(c->labels, thing, k);
            im_box box = {t->box.min_x + 2, t->box.min_y + 2, t->box.max_x - 2, t->box.max_y - 2};
            if (im_segment_meets_box(line, &box))
                complain(c, "leader through label", t->what, NULL);
        }
    }
}

static void check_texts(checker *c, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        if (item->kind == IM_ITEM_TEXT && item->text_style.size_px < 8.0F)
            complain(c, "text below 8 px", item->text, NULL);
        if (item->items)
            check_texts(c, item->items);
    }
}

guint im_map_check(const im_map *map, GString *report)
{
    checker c = {.map = map,
                 .labels = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .marks = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .panels = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .leaders = g_ptr_array_new(),
                 .report = report};
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = g_ptr_array_index(map->layers, i);
        if (layer->clip)
            collect_items(&c, layer->items);
        else
            collect_panel(&c, layer);
        check_texts(&c, layer->items);
    }
    const im_box page = {0, 0, map->width_px, map->height_px};
    im_box frame = im_box_of(map->frame);
    check_pairs(&c, "label over label", c.labels, c.labels);
    check_pairs(&c, "label over mark", c.labels, c.marks);
    check_pairs(&c, "label under panel", c.labels, c.panels);
    check_pairs(&c, "mark under panel", c.marks, c.panels);
    check_pairs(&c, "panel over panel", c.panels, c.panels);
    check_inside(&c, "label cut by the frame", c.labels, &frame);
    check_inside(&c, "mark cut by the frame", c.marks, &frame);
    check_inside(&c, "panel off the page", c.panels, &page);
    check_leaders(&c);
    g_array_unref(c.labels);
    g_array_unref(c.marks);
    g_array_unref(c.panels);
    g_ptr_array_unref(c.leaders);
    return c.faults;
}
