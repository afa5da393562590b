#include "map/check.h"

#include "map/tree.h"

#include <math.h>
#include <string.h>

/* Boxes may touch by this much: they are measured with a little air around the ink. */
static const double SLACK_PX = 0.75;

/* Where there are more marks than these, or they take more than this part of the frame, no room is left to keep them
 * apart. */
enum { MOST_APART = 250 };
static const double MOST_TAKEN = 0.03;

/* One thing that takes room on the page. */
typedef struct thing {
    const char *what; /* for the report */
    im_box box;
    im_tilted shape; /* within the box: text need not be level */
} thing;

typedef struct checker {
    const im_map *map;
    GArray *labels, *marks, *panels, *dots, *numbers, *tags; /* of thing */
    GPtrArray *leaders;                                      /* of im_item * */
    GString *report;
    gboolean counts; /* hexagons or states count incidents */
    guint faults;
} checker;

static void complain(checker *c, const char *fault, const char *a, const char *b)
{
    c->faults++;
    if (c->report)
        g_string_append_printf(c->report, "%s: %s%s%s\n", fault, a, b ? " / " : "", b ? b : "");
}

static gboolean overlap(const thing *a, const thing *b)
{
    const im_tilted s = im_tilted_grown(a->shape, -SLACK_PX / 2, -SLACK_PX / 2),
                    t = im_tilted_grown(b->shape, -SLACK_PX / 2, -SLACK_PX / 2);
    return im_tilted_overlap(&s, &t);
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

/* The only line of a label that is not level. */
static const im_item *turned_line(const im_item *item)
{
    const im_item *line = item->kind == IM_ITEM_GROUP && item->items->len == 1
                              ? (const im_item *)g_ptr_array_index(item->items, 0)
                              : item;
    return line->angle_deg != 0 ? line : NULL;
}

static thing thing_of(const char *what, const im_item *item)
{
    const im_item *line = turned_line(item);
    const im_tilted shape = im_item_shape(line ? line : item);
    return (thing){what, im_tilted_bounds(&shape), shape};
}

/* In a large mark only its number may not be covered by a dot. */
static void collect_mark(checker *c, const im_item *item)
{
    static const double LARGE_PX = 36;
    const thing whole = thing_of(name_of(item), item);
    const gboolean is_large = MIN(item->box.width_px, item->box.height_px) >= (float)LARGE_PX;
    g_array_append_val(c->marks, whole);
    if (!is_large)
        g_array_append_val(c->numbers, whole);
    for (guint i = 0; i < item->items->len; i++) {
        const im_item *part = g_ptr_array_index(item->items, i);
        const thing text = thing_of(part->text, part);
        if (strcmp(part->cls, "tag") == 0)
            g_array_append_val(c->tags, text);
        else if (is_large && part->kind == IM_ITEM_TEXT)
            g_array_append_val(c->numbers, text);
    }
}

static void collect_items(checker *c, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        thing t = thing_of(name_of(item), item);
        c->counts |= strcmp(item->cls, "mark bin") == 0;
        if (item->kind == IM_ITEM_GROUP && g_str_has_prefix(item->cls, "label"))
            g_array_append_val(c->labels, t);
        else if (item->kind == IM_ITEM_GROUP && g_str_has_prefix(item->cls, "mark") &&
                 strcmp(item->cls, "mark bin") != 0)
            collect_mark(c, item);
        else if (strcmp(item->cls, "point") == 0 || strcmp(item->cls, "place") == 0)
            g_array_append_val(c->dots, t);
        else if (strcmp(item->cls, "leader") == 0 || strcmp(item->cls, "label-leader") == 0)
            g_ptr_array_add(c->leaders, (gpointer)item);
    }
}

static void collect_panel(checker *c, const im_layer *layer)
{
    thing t = {.what = layer->id, .box = IM_BOX_EMPTY};
    for (guint i = 0; i < layer->items->len; i++) {
        im_box box = im_box_of(((const im_item *)g_ptr_array_index(layer->items, i))->box);
        im_box_add(&t.box, (im_xy){box.min_x, box.min_y});
        im_box_add(&t.box, (im_xy){box.max_x, box.max_y});
    }
    t.shape = im_tilted_level(&t.box);
    if (!im_box_is_empty(&t.box))
        g_array_append_val(c->panels, t);
}

static void check_pairs(checker *c, const char *fault, const GArray *a, const GArray *b)
{
    for (guint i = 0; i < a->len; i++)
        for (guint k = a == b ? i + 1 : 0; k < b->len; k++) {
            const thing *s = &g_array_index(a, thing, i), *t = &g_array_index(b, thing, k);
            if (overlap(s, t))
                complain(c, fault, s->what, t->what);
        }
}

static gboolean can_be_apart(const checker *c, const im_box *frame)
{
    double taken = 0;
    for (guint i = 0; i < c->marks->len; i++) {
        const im_box *box = &g_array_index(c->marks, thing, i).box;
        taken += (box->max_x - box->min_x) * (box->max_y - box->min_y);
    }
    return c->marks->len <= MOST_APART &&
           taken <= MOST_TAKEN * (frame->max_x - frame->min_x) * (frame->max_y - frame->min_y);
}

/* Whether a point is in the outlines of a path. */
static gboolean path_holds(const im_path *path, im_xy p)
{
    const im_point *at = (const im_point *)(void *)path->points->data;
    gboolean in = FALSE;
    for (guint i = 0, k = 0, first = 0; i < path->verbs->len; i++) {
        const guint8 verb = path->verbs->data[i];
        const im_point a = at[verb == 'M' ? k : k - 1], b = at[verb == 'Z' ? first : k];
        if (verb == 'M')
            first = k;
        else if (((double)a.y_px > p.y) != ((double)b.y_px > p.y) &&
                 p.x < (double)a.x_px + (p.y - (double)a.y_px) * (double)(b.x_px - a.x_px) /
                                            (double)(b.y_px - a.y_px))
            in = !in;
        k += verb != 'Z';
    }
    return in;
}

/* What the map is about: states, where it is about some of a country, else the country. */
static GPtrArray *focus_of(const im_map *map)
{
    GPtrArray *countries = g_ptr_array_new(), *states = g_ptr_array_new();
    for (guint i = 0; i < map->layers->len; i++) {
        const GPtrArray *items = ((const im_layer *)g_ptr_array_index(map->layers, i))->items;
        for (guint k = 0; k < items->len; k++) {
            im_item *item = g_ptr_array_index(items, k);
            if (strcmp(item->cls, "country focus") == 0)
                g_ptr_array_add(countries, item);
            if (strcmp(item->cls, "state focus") == 0)
                g_ptr_array_add(states, item);
        }
    }
    const gboolean is_part = states->len > 0;
    g_ptr_array_unref(is_part ? countries : states);
    return is_part ? states : countries;
}

/* Furniture hides little of what the map is about; a scale lies open on it. */
static void check_panels_over_land(checker *c)
{
    static const double STEP_PX = 8, MOST_COVERED = 0.1;
    g_autoptr(GPtrArray) focus = focus_of(c->map);
    for (guint i = 0; i < c->panels->len; i++) {
        const thing *t = &g_array_index(c->panels, thing, i);
        guint covered = 0, n = 0;
        for (double y = t->box.min_y; y < t->box.max_y; y += STEP_PX)
            for (double x = t->box.min_x; x < t->box.max_x; x += STEP_PX, n++)
                for (guint k = 0; k < focus->len; k++)
                    if (path_holds(&((const im_item *)focus->pdata[k])->path, (im_xy){x, y})) {
                        covered++;
                        break;
                    }
        if (strcmp(t->what, "scale") != 0 && covered > MOST_COVERED * n)
            complain(c, "panel over land", t->what, NULL);
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

static void line_of(const im_item *leader, im_xy line[2])
{
    for (guint i = 0; i < 2; i++) {
        const im_point p = g_array_index(leader->path.points, im_point, i);
        line[i] = (im_xy){(double)p.x_px, (double)p.y_px};
    }
}

/* @param slack  a leader touches what it leads to, at its end, by no more
 * @param ends   unless it ends, or begins, in it */
static void check_leaders_through(checker *c, const char *fault, const GArray *things, double slack,
                                  gboolean ends)
{
    for (guint i = 0; i < c->leaders->len; i++) {
        im_xy line[2];
        line_of(g_ptr_array_index(c->leaders, i), line);
        for (guint k = 0; k < things->len; k++) {
            const thing *t = &g_array_index(things, thing, k);
            const im_tilted inner = im_tilted_grown(t->shape, -slack, -slack);
            const gboolean own =
                im_tilted_holds(&t->shape, line[0]) || im_tilted_holds(&t->shape, line[1]);
            if (!(own && ends) && im_tilted_meets_line(&inner, line))
                complain(c, fault, t->what, NULL);
        }
    }
}

/* Of places whose dots touch nobody sees which of the leaders comes from which. */
static void check_crossings(checker *c)
{
    static const double TOUCHING_PX = 6;
    for (guint i = 0; i < c->leaders->len; i++)
        for (guint k = i + 1; k < c->leaders->len; k++) {
            im_xy a[2], b[2];
            line_of(g_ptr_array_index(c->leaders, i), a);
            line_of(g_ptr_array_index(c->leaders, k), b);
            if (hypot(a[0].x - b[0].x, a[0].y - b[0].y) > TOUCHING_PX && im_segments_cross(a, b))
                complain(c, "leaders cross", "leader", NULL);
        }
}

/* Segments of borders and coasts that are drawn. */
static void check_border(checker *c, const im_item *item, const GArray *texts)
{
    const im_point *at = (const im_point *)(void *)item->path.points->data;
    for (guint i = 0, p = 0; i < item->path.verbs->len; i++) {
        if (item->path.verbs->data[i] == 'L') {
            const im_xy line[2] = {{(double)at[p - 1].x_px, (double)at[p - 1].y_px},
                                   {(double)at[p].x_px, (double)at[p].y_px}};
            for (guint k = 0; k < texts->len; k++) {
                const thing *t = &g_array_index(texts, thing, k);
                const im_tilted inner = im_tilted_grown(t->shape, -1, -1);
                if (im_tilted_meets_line(&inner, line))
                    complain(c, "border through text", t->what, item->cls);
            }
        }
        p += item->path.verbs->data[i] != 'Z';
    }
}

static void collect_lines(const GPtrArray *items, GArray *texts)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        const gboolean is_line = item->kind == IM_ITEM_TEXT && g_str_has_prefix(item->cls, "label");
        const thing t = thing_of(item->text, item);
        if (is_line)
            g_array_append_val(texts, t);
        if (item->items)
            collect_lines(item->items, texts);
    }
}

/* What is left of a border between the letters of a name reads as a part of it. */
static void check_borders(checker *c)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(thing));
    for (guint i = 0; i < c->map->layers->len; i++)
        collect_lines(((const im_layer *)g_ptr_array_index(c->map->layers, i))->items, texts);
    for (guint i = 0; i < c->map->layers->len; i++) {
        const im_layer *layer = g_ptr_array_index(c->map->layers, i);
        const gboolean lines =
            strcmp(layer->id, "borders") == 0 || strcmp(layer->id, "disputed") == 0;
        for (guint k = 0; lines && k < layer->items->len; k++) {
            const im_item *item = g_ptr_array_index(layer->items, k);
            if (!item->hidden)
                check_border(c, item, texts);
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

guint im_map_check(const im_map *map, gboolean may_crowd, GString *report)
{
    checker c = {.map = map,
                 .labels = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .marks = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .panels = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .dots = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .numbers = g_array_new(FALSE, FALSE, sizeof(thing)),
                 .tags = g_array_new(FALSE, FALSE, sizeof(thing)),
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
    check_pairs(&c, "label over dot", c.labels, c.dots);
    if (!c.counts && (!may_crowd || can_be_apart(&c, &frame))) {
        check_pairs(&c, "mark over mark", c.marks, c.marks);
        check_pairs(&c, "mark over dot", c.numbers, c.dots);
        check_leaders_through(&c, "leader through mark", c.marks, 2, TRUE);
        check_leaders_through(&c, "leader through tag", c.tags, 2, FALSE);
        check_crossings(&c);
    }
    check_leaders_through(&c, "leader through label", c.labels, 2, FALSE);
    check_borders(&c);
    check_panels_over_land(&c);
    g_array_unref(c.labels);
    g_array_unref(c.marks);
    g_array_unref(c.panels);
    g_array_unref(c.dots);
    g_array_unref(c.numbers);
    g_array_unref(c.tags);
    g_ptr_array_unref(c.leaders);
    return c.faults;
}
