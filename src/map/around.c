#include "map/around.h"

#include "map/costs.h"

#include <math.h>

/* Positions around a body in the order of Imhof and Yoeli. `x` and `y`: where the label's box is,
 * -1 left of or above the body, +1 right of or below it, 0 centred; halves align with its edge. */
static const struct {
    double x, y, cost;
} AROUND[] = {
    {1, -0.5, 0.0},  {1, 0, 0.15},    {1, 0.5, 0.3},   {-1, -0.5, 0.45},
    {-1, 0, 0.6},    {-1, 0.5, 0.75}, {0, -1, 0.8},    {0, 1, 0.9},
    {0.5, -1, 0.85}, {0.5, 1, 0.95},  {-0.5, -1, 1.0}, {-0.5, 1, 1.05},
};

/* One coordinate of a label's corner beside an interval. */
static double aside(double low, double high, double extent, double where, double gap)
{
    if (where <= -1)
        return low - gap - extent;
    if (where >= 1)
        return high + gap;
    double middle = (low + high) / 2 - extent / 2;
    if (where < 0)
        return MIN(low - extent * 0.35, middle);
    if (where > 0)
        return MAX(high - extent * 0.65, middle);
    return middle;
}

void im_around_add(im_label *label, const im_box *body, double base, double weight,
                   const im_ground *ground, guint32 state)
{
    static const double gap = 2.5;
    for (guint v = 0; v < label->variants->len; v++)
        for (guint i = 0; i < G_N_ELEMENTS(AROUND); i++) {
            im_xy extent = im_variant_extent(label, v);
            im_xy corner = {aside(body->min_x, body->max_x, extent.x, AROUND[i].x, gap),
                            aside(body->min_y, body->max_y, extent.y, AROUND[i].y, gap)};
            im_anchor anchor = AROUND[i].x >= 0.5    ? IM_ANCHOR_START
                               : AROUND[i].x <= -0.5 ? IM_ANCHOR_END
                                                     : IM_ANCHOR_MIDDLE;
            im_candidate *c =
                im_label_add(label, v, corner, anchor, base + weight * AROUND[i].cost);
            c->cost += weight * im_cost_of_ground(ground, &c->box, state);
        }
}

static im_xy on_ellipse(const im_box *box, im_xy to)
{
    const double rx = (box->max_x - box->min_x) / 2, ry = (box->max_y - box->min_y) / 2;
    return (im_xy){box->min_x + rx * (1 + to.x), box->min_y + ry * (1 + to.y)};
}

/* Where a leader begins: at the edge of the body; of a single symbol at its own, where its tag is not in the way. */
static im_xy start_of(const im_box *body, im_xy to, double away, const im_site *from)
{
    const im_xy edge = on_ellipse(body, to);
    if (!from || from->marks->len != 1)
        return edge;
    const im_mark *mark = g_ptr_array_index(from->marks, 0);
    im_box symbol = im_symbol_box(&mark->symbol);
    symbol = (im_box){symbol.min_x + mark->centre.x, symbol.min_y + mark->centre.y,
                      symbol.max_x + mark->centre.x, symbol.max_y + mark->centre.y};
    const im_xy start = on_ellipse(&symbol, to),
                line[2] = {start, {start.x + to.x * away, start.y + to.y * away}};
    return im_site_tag_meets(from, (im_xy){0, 0}, line) ? edge : start;
}

static gboolean is_sea(const im_ground *ground, const im_box *box)
{
    for (double y = box->min_y; y < box->max_y + IM_CELL_PX; y += IM_CELL_PX)
        for (double x = box->min_x; x < box->max_x + IM_CELL_PX; x += IM_CELL_PX)
            if (im_ground_state_at(ground, (im_xy){x, y}) != IM_REGION_NONE)
                return FALSE;
    return TRUE;
}

/* A position in a direction from the body, with a line back to it. */
static void add_led_one(im_label *label, const im_box *body, im_xy to, double away,
                        const im_ground *ground, guint32 state, const im_leading *how)
{
    im_xy extent = im_variant_extent(label, how->variant);
    const im_xy start = start_of(body, to, away, how->from);
    im_xy end = {start.x + to.x * away, start.y + to.y * away};
    im_xy corner = {end.x + (to.x - 1) / 2 * extent.x, end.y + (to.y - 1) / 2 * extent.y};
    im_box box = {corner.x, corner.y, corner.x + extent.x, corner.y + extent.y};
    if (how->only_sea && !is_sea(ground, &box))
        return;
    im_anchor anchor = to.x > 0.3    ? IM_ANCHOR_START
                       : to.x < -0.3 ? IM_ANCHOR_END
                                     : IM_ANCHOR_MIDDLE;
    im_candidate *c =
        im_label_add(label, how->variant, corner, anchor, how->cost + away / (12 * how->unit));
    c->cost += 0.5 * im_cost_of_ground(ground, &c->box, state);
    c->is_led = TRUE;
    c->leader[0] = start;
    c->leader[1] = (im_xy){CLAMP(start.x, c->box.min_x, c->box.max_x),
                           CLAMP(start.y, c->box.min_y, c->box.max_y)};
}

void im_around_add_led(im_label *label, const im_box *body, const im_ground *ground, guint32 state,
                       const im_leading *how)
{
    enum { DIRECTIONS = 24 };
    static const double DISTANCES[] = {16, 30, 48, 70, 100, 135};
    for (guint d = 0; d < G_N_ELEMENTS(DISTANCES); d++)
        for (int i = 0; i < DIRECTIONS; i++) {
            double angle = 2 * G_PI * i / DIRECTIONS;
            im_xy to = {sin(angle), -cos(angle)};
            add_led_one(label, body, to, DISTANCES[d] * how->unit, ground, state, how);
        }
}
