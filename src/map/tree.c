#include "map/tree.h"

#include <string.h>

im_layer *im_tree_layer(im_map *map, const char *id, const char *name, gboolean clip)
{
    im_layer *layer = g_new0(im_layer, 1);
    layer->id = id;
    layer->name = name;
    layer->clip = clip;
    layer->items = im_tree_list();
    g_ptr_array_add(map->layers, layer);
    return layer;
}

static im_item *item_new(GPtrArray *items, im_item_kind kind, const char *cls)
{
    im_item *item = g_new0(im_item, 1);
    item->kind = kind;
    item->cls = cls;
    g_ptr_array_add(items, item);
    return item;
}

im_item *im_tree_group(GPtrArray *items, const char *cls)
{
    im_item *item = item_new(items, IM_ITEM_GROUP, cls);
    item->items = im_tree_list();
    return item;
}

im_item *im_tree_path(GPtrArray *items, const char *cls, im_style style)
{
    im_item *item = item_new(items, IM_ITEM_PATH, cls);
    item->path.verbs = g_byte_array_new();
    item->path.points = g_array_new(FALSE, FALSE, sizeof(im_point));
    item->style = style;
    return item;
}

im_item *im_tree_text(GPtrArray *items, const char *cls, const char *text, im_xy at,
                      const im_text_style *style)
{
    im_item *item = item_new(items, IM_ITEM_TEXT, cls);
    item->text = g_strdup(text);
    item->at = (im_point){(float)at.x, (float)at.y};
    item->text_style = *style;
    im_text_size size = im_fonts_measure(text, style);
    float left = style->anchor == IM_ANCHOR_START    ? 0
                 : style->anchor == IM_ANCHOR_MIDDLE ? size.width_px / 2
                                                     : size.width_px;
    item->box = (im_rect){item->at.x_px - left, item->at.y_px - size.cap_px, size.width_px,
                          size.cap_px + size.descent_px * 0.7F};
    return item;
}

void im_item_add_data(im_item *item, const char *name, const char *value)
{
    if (!value)
        return;
    if (!item->data)
        item->data = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(item->data, g_strdup(name));
    g_ptr_array_add(item->data, g_strdup(value));
}

static void add_verb(im_path *path, char verb)
{
    guint8 byte = (guint8)verb;
    g_byte_array_append(path->verbs, &byte, 1);
}

static void add_point(im_path *path, double x, double y)
{
    im_point p = {(float)x, (float)y};
    g_array_append_val(path->points, p);
}

void im_path_move(im_path *path, double x, double y)
{
    add_verb(path, 'M');
    add_point(path, x, y);
}

void im_path_line(im_path *path, double x, double y)
{
    add_verb(path, 'L');
    add_point(path, x, y);
}

void im_path_curve(im_path *path, const im_xy points[3])
{
    add_verb(path, 'C');
    for (int i = 0; i < 3; i++)
        add_point(path, points[i].x, points[i].y);
}

void im_path_close(im_path *path)
{
    add_verb(path, 'Z');
}

/* How far the handles of a Bézier quarter circle of radius 1 reach. */
static const double KAPPA = 0.5522847498;

static void corner(im_path *path, im_xy from, im_xy to, im_xy around)
{
    im_xy out = {from.x + (around.x - from.x) * KAPPA, from.y + (around.y - from.y) * KAPPA};
    im_xy in = {to.x + (around.x - to.x) * KAPPA, to.y + (around.y - to.y) * KAPPA};
    im_path_curve(path, (const im_xy[3]){out, in, to});
}

void im_path_box(im_path *path, const im_box *box, double r)
{
    double left = box->min_x, top = box->min_y, right = box->max_x, bottom = box->max_y;
    im_path_move(path, left + r, top);
    im_path_line(path, right - r, top);
    if (r > 0)
        corner(path, (im_xy){right - r, top}, (im_xy){right, top + r}, (im_xy){right, top});
    im_path_line(path, right, bottom - r);
    if (r > 0)
        corner(path, (im_xy){right, bottom - r}, (im_xy){right - r, bottom},
               (im_xy){right, bottom});
    im_path_line(path, left + r, bottom);
    if (r > 0)
        corner(path, (im_xy){left + r, bottom}, (im_xy){left, bottom - r}, (im_xy){left, bottom});
    im_path_line(path, left, top + r);
    if (r > 0)
        corner(path, (im_xy){left, top + r}, (im_xy){left + r, top}, (im_xy){left, top});
    im_path_close(path);
}

void im_path_circle(im_path *path, im_xy c, double r)
{
    im_xy right = {c.x + r, c.y}, bottom = {c.x, c.y + r}, left = {c.x - r, c.y},
          top = {c.x, c.y - r};
    im_path_move(path, right.x, right.y);
    corner(path, right, bottom, (im_xy){right.x, bottom.y});
    corner(path, bottom, left, (im_xy){left.x, bottom.y});
    corner(path, left, top, (im_xy){left.x, top.y});
    corner(path, top, right, (im_xy){right.x, top.y});
    im_path_close(path);
}

void im_path_polyline(im_path *path, const im_xy *points, guint n)
{
    for (guint i = 0; i < n; i++)
        (i == 0 ? im_path_move : im_path_line)(path, points[i].x, points[i].y);
}

void im_path_rings(im_path *path, const im_rings *rings)
{
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        im_path_polyline(path, points, n);
        im_path_close(path);
    }
}

static const char *parse_point(const char *at, im_xy origin, double scale, im_xy *p)
{
    char *end;
    at += strspn(at, " ,");
    p->x = origin.x + scale * g_ascii_strtod(at, &end);
    at = end + strspn(end, " ,");
    p->y = origin.y + scale * g_ascii_strtod(at, &end);
    return end;
}

void im_path_svg(im_path *path, const char *svg, im_xy origin, double scale)
{
    for (const char *at = svg + strspn(svg, " "); *at; at += strspn(at, " ")) {
        char verb = *at++;
        int n = verb == 'C' ? 3 : verb == 'Z' ? 0 : 1;
        add_verb(path, verb);
        for (int i = 0; i < n; i++) {
            im_xy p;
            at = parse_point(at, origin, scale, &p);
            add_point(path, p.x, p.y);
        }
    }
}

im_rect im_rect_of(const im_box *box)
{
    return (im_rect){(float)box->min_x, (float)box->min_y, (float)(box->max_x - box->min_x),
                     (float)(box->max_y - box->min_y)};
}

im_box im_box_of(im_rect rect)
{
    return (im_box){(double)rect.x_px, (double)rect.y_px, (double)rect.x_px + (double)rect.width_px,
                    (double)rect.y_px + (double)rect.height_px};
}

im_tilted im_item_shape(const im_item *item)
{
    const im_box box = im_box_of(item->box);
    return im_tilted_about(&box, (im_xy){(double)item->at.x_px, (double)item->at.y_px},
                           (double)item->angle_deg);
}

void im_item_fit_box(im_item *item)
{
    im_box box = IM_BOX_EMPTY;
    if (item->kind == IM_ITEM_PATH)
        for (guint i = 0; i < item->path.points->len; i++) {
            im_point p = g_array_index(item->path.points, im_point, i);
            im_box_add(&box, (im_xy){(double)p.x_px, (double)p.y_px});
        }
    for (guint i = 0; item->items && i < item->items->len; i++) {
        im_item *child = g_ptr_array_index(item->items, i);
        if (child->kind != IM_ITEM_TEXT)
            im_item_fit_box(child);
        const im_tilted shape = im_item_shape(child);
        const im_box inner = im_tilted_bounds(&shape);
        im_box_add(&box, (im_xy){inner.min_x, inner.min_y});
        im_box_add(&box, (im_xy){inner.max_x, inner.max_y});
    }
    if (!im_box_is_empty(&box))
        item->box = im_rect_of(&box);
}

void im_items_move(GPtrArray *items, im_xy by)
{
    float dx = (float)by.x, dy = (float)by.y;
    for (guint i = 0; i < items->len; i++) {
        im_item *item = g_ptr_array_index(items, i);
        item->box.x_px += dx;
        item->box.y_px += dy;
        item->at.x_px += dx;
        item->at.y_px += dy;
        for (guint p = 0; item->path.points && p < item->path.points->len; p++) {
            im_point *point = &g_array_index(item->path.points, im_point, p);
            point->x_px += dx;
            point->y_px += dy;
        }
        if (item->items)
            im_items_move(item->items, by);
    }
}
