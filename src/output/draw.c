#include "output/draw.h"

#include "map/tree.h"

#include <math.h>
#include <pango/pangocairo.h>

guint im_hatch_side_px(const im_style *style)
{
    return (guint)MAX(lround((double)style->hatch_gap_px * G_SQRT2), 2);
}

static void set_colour(cairo_t *cr, im_colour colour)
{
    cairo_set_source_rgba(cr, (colour >> 24 & 0xff) / 255.0, (colour >> 16 & 0xff) / 255.0,
                          (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

static gboolean is_drawn(im_colour colour)
{
    return (colour & 0xff) != 0;
}

static void trace(cairo_t *cr, const im_path *path)
{
    const im_point *p = path->points ? (const im_point *)(void *)path->points->data : NULL;
    cairo_new_path(cr);
    for (guint i = 0; path->verbs && i < path->verbs->len; i++) {
        switch (path->verbs->data[i]) {
        case 'M':
            cairo_move_to(cr, (double)p->x_px, (double)p->y_px);
            p++;
            break;
        case 'L':
            cairo_line_to(cr, (double)p->x_px, (double)p->y_px);
            p++;
            break;
        case 'C':
            cairo_curve_to(cr, (double)p[0].x_px, (double)p[0].y_px, (double)p[1].x_px,
                           (double)p[1].y_px, (double)p[2].x_px, (double)p[2].y_px);
            p += 3;
            break;
        default:
            cairo_close_path(cr);
        }
    }
}

/* One square of the hatch, in device pixels, so that it repeats without a seam. */
static cairo_surface_t *hatch_tile(cairo_t *cr, const im_style *style, double side, int pixels)
{
    cairo_surface_t *tile = cairo_surface_create_similar(cairo_get_target(cr),
                                                         CAIRO_CONTENT_COLOR_ALPHA, pixels, pixels);
    cairo_t *on = cairo_create(tile);
    cairo_scale(on, pixels / side, pixels / side);
    for (int k = 0; k <= 2; k++) {
        cairo_move_to(on, k * side + side, -side);
        cairo_line_to(on, k * side - 2 * side, 2 * side);
    }
    set_colour(on, style->hatch);
    cairo_set_line_width(on, (double)IM_HATCH_LINE_PX);
    cairo_stroke(on);
    cairo_destroy(on);
    return tile;
}

/* Lines at 45 degrees through the current path: x + y is a multiple of the side of a hatch. A tile
 * that repeats costs an eighth of lines clipped to the outline of a state. */
static void hatch_inside(cairo_t *cr, const im_style *style)
{
    double side = im_hatch_side_px(style), device = 1, none = 0;
    cairo_user_to_device_distance(cr, &device, &none);
    int pixels = MAX((int)(side * device + 0.5), 1);
    cairo_surface_t *tile = hatch_tile(cr, style, side, pixels);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(tile);
    cairo_matrix_t to_tile;
    cairo_matrix_init_scale(&to_tile, pixels / side, pixels / side);
    cairo_pattern_set_matrix(pattern, &to_tile);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_REPEAT);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_set_source(cr, pattern);
    cairo_fill_preserve(cr);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(tile);
}

static void stroke(cairo_t *cr, const im_style *style)
{
    double dash[2] = {(double)style->dash_px[0], (double)style->dash_px[1]};
    cairo_set_dash(cr, dash, dash[0] > 0 && dash[1] > 0 ? 2 : 0, 0);
    cairo_set_line_width(cr, (double)style->stroke_px);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    set_colour(cr, style->stroke);
    cairo_stroke_preserve(cr);
}

static void draw_path(cairo_t *cr, const im_item *item)
{
    const im_style *style = &item->style;
    trace(cr, &item->path);
    cairo_set_fill_rule(cr, style->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    if (is_drawn(style->fill)) {
        set_colour(cr, style->fill);
        cairo_fill_preserve(cr);
    }
    if (is_drawn(style->hatch) && style->hatch_gap_px > 0)
        hatch_inside(cr, style);
    if (is_drawn(style->stroke) && style->stroke_px > 0)
        stroke(cr, style);
    cairo_new_path(cr);
}

static double anchor_shift(PangoLayoutLine *line, im_anchor anchor)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    double width = (double)logical.width / PANGO_SCALE;
    return anchor == IM_ANCHOR_END ? -width : anchor == IM_ANCHOR_MIDDLE ? -width / 2 : 0;
}

/* The outline of the text in the colour of the ground. Its edge is soft against that ground, so that
 * Cairo's quick coverage shows no difference; it takes half the time. */
static void draw_halo(cairo_t *cr, const im_text_style *style)
{
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_FAST);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, 2 * (double)style->halo_px);
    set_colour(cr, style->halo);
    cairo_stroke_preserve(cr);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT);
}

static gboolean is_image(cairo_t *cr)
{
    return cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}

/* Cairo 1.16 sets the glyphs of an image on whole pixels, up to half a pixel off, so that letters of
 * a word part; filled outlines stand where they were measured. A file of vectors keeps its text. */
static void draw_letters(cairo_t *cr, PangoLayoutLine *line, double x)
{
    if (is_image(cr)) {
        cairo_fill(cr);
        return;
    }
    cairo_new_path(cr);
    cairo_move_to(cr, x, 0);
    pango_cairo_show_layout_line(cr, line);
    cairo_new_path(cr);
}

/* Where the text is; in an image, level text stands on a row of pixels, so that its foot is sharp. */
static void translate_to(cairo_t *cr, const im_item *item)
{
    double x = (double)item->at.x_px, y = (double)item->at.y_px;
    if (is_image(cr) && item->angle_deg == 0) {
        cairo_user_to_device(cr, &x, &y);
        y = round(y);
        cairo_device_to_user(cr, &x, &y);
    }
    cairo_translate(cr, x, y);
    cairo_rotate(cr, (double)item->angle_deg * G_PI / 180);
}

static void draw_text(cairo_t *cr, const im_item *item)
{
    const im_text_style *style = &item->text_style;
    g_autoptr(PangoLayout) layout = im_fonts_layout(item->text, style);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    double x = anchor_shift(line, style->anchor);
    cairo_save(cr);
    translate_to(cr, item);
    cairo_move_to(cr, x, 0);
    const gboolean has_halo = is_drawn(style->halo) && style->halo_px > 0;
    if (has_halo || is_image(cr))
        pango_cairo_layout_line_path(cr, line);
    if (has_halo)
        draw_halo(cr, style);
    set_colour(cr, style->colour);
    draw_letters(cr, line, x);
    cairo_restore(cr);
}

/* What of the map is drawn, from top to bottom. */
typedef struct band {
    double top, bottom;
} band;

/* Letters reach no further than that from the line that they stand on. */
static gboolean may_touch_text(const band *b, const im_item *item)
{
    const im_tilted shape = im_item_shape(item);
    const im_box box = im_tilted_bounds(&shape);
    const double y = (double)item->at.y_px,
                 reach = 2 * (double)(item->text_style.size_px + item->text_style.halo_px);
    return MAX(box.max_y, y) + reach > b->top && MIN(box.min_y, y) - reach < b->bottom;
}

static gboolean may_touch_path(const band *b, const im_item *item)
{
    const GArray *points = item->path.points;
    const double reach = (double)item->style.stroke_px + 1;
    double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (guint i = 0; points && i < points->len; i++) {
        const double y = (double)g_array_index(points, im_point, i).y_px;
        top = MIN(top, y);
        bottom = MAX(bottom, y);
    }
    return bottom + reach > b->top && top - reach < b->bottom;
}

static void draw_items(cairo_t *cr, const band *b, const GPtrArray *items)
{
    for (guint i = 0; items && i < items->len; i++) {
        const im_item *item = items->pdata[i];
        if (item->kind == IM_ITEM_PATH && !item->hidden && may_touch_path(b, item))
            draw_path(cr, item);
        else if (item->kind == IM_ITEM_TEXT && may_touch_text(b, item))
            draw_text(cr, item);
        else if (item->kind == IM_ITEM_GROUP)
            draw_items(cr, b, item->items);
    }
}

gboolean im_map_draw(const im_map *map, cairo_t *cr, GError **error)
{
    if (!im_fonts_load(error))
        return FALSE;
    band b;
    double left, right;
    cairo_clip_extents(cr, &left, &b.top, &right, &b.bottom);
    set_colour(cr, map->background);
    cairo_paint(cr);
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = map->layers->pdata[i];
        cairo_save(cr);
        if (layer->clip) {
            cairo_rectangle(cr, (double)map->frame.x_px, (double)map->frame.y_px,
                            (double)map->frame.width_px, (double)map->frame.height_px);
            cairo_clip(cr);
        }
        draw_items(cr, &b, layer->items);
        cairo_restore(cr);
    }
    return TRUE;
}
