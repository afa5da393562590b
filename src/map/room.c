#include "map/room.h"

#include <math.h>

static const double FOCUS_WEIGHT = 1, LAND_WEIGHT = 0.01, LABEL_WEIGHT = 1.2, SPARED_WEIGHT = 0.12,
                    TAKEN_WEIGHT = 1e6;

/* What it costs to cover land of the focus, beside how far it is to a corner: a little of it is dearer than any way. */
static const double COVER_COST = 6;

struct im_room {
    const im_ground *ground;
    double margin;
    double *weights; /* of each cell */
    double *sums;    /* (columns + 1) × (rows + 1) */
};

static void add_weight(im_room *room, const im_box *box, double weight)
{
    const im_ground *g = room->ground;
    int left = (int)floor(CLAMP((box->min_x - g->frame.min_x) / IM_CELL_PX, 0, g->columns));
    int right = (int)ceil(CLAMP((box->max_x - g->frame.min_x) / IM_CELL_PX, 0, g->columns));
    int top = (int)floor(CLAMP((box->min_y - g->frame.min_y) / IM_CELL_PX, 0, g->rows));
    int bottom = (int)ceil(CLAMP((box->max_y - g->frame.min_y) / IM_CELL_PX, 0, g->rows));
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
            room->weights[y * g->columns + x] += weight;
}

static void weigh_ground(im_room *room)
{
    const im_ground *g = room->ground;
    for (int i = 0; i < g->columns * g->rows; i++) {
        guint32 value = g->raster[i];
        if (value == 0)
            continue;
        const im_region *state = g_ptr_array_index(g->states, value - 1u);
        room->weights[i] = state->focus && !state->near ? FOCUS_WEIGHT : LAND_WEIGHT;
    }
}

static im_box grown(const im_box *box, double x, double y)
{
    return (im_box){box->min_x - x, box->min_y - y, box->max_x + x, box->max_y + y};
}

static void weigh_marks(im_room *room, const im_marks *marks, const im_theme *theme)
{
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        im_box body = site->body;
        im_box_add(&body, site->point);
        im_box close = grown(&body, 5, 5);
        add_weight(room, &close, TAKEN_WEIGHT);
        /* Its label will want to be beside it. */
        im_box label = grown(&body, 5 * (double)theme->label_px, (double)theme->label_px);
        add_weight(room, &label, LABEL_WEIGHT);
    }
}

static void sum_up(im_room *room)
{
    const im_ground *g = room->ground;
    int stride = g->columns + 1;
    for (int y = 0; y < g->rows; y++)
        for (int x = 0; x < g->columns; x++)
            room->sums[(y + 1) * stride + x + 1] =
                room->weights[y * g->columns + x] + room->sums[y * stride + x + 1] +
                room->sums[(y + 1) * stride + x] - room->sums[y * stride + x];
}

im_room *im_room_new(const im_ground *ground, const im_marks *marks, const im_theme *theme)
{
    im_room *room = g_new0(im_room, 1);
    gsize columns = (gsize)ground->columns, rows = (gsize)ground->rows;
    room->ground = ground;
    room->margin = round((double)theme->margin_px * 0.55);
    room->weights = g_new0(double, columns *rows);
    room->sums = g_new0(double, (columns + 1) * (rows + 1));
    weigh_ground(room);
    weigh_marks(room, marks, theme);
    sum_up(room);
    return room;
}

void im_room_free(im_room *room)
{
    if (!room)
        return;
    g_free(room->weights);
    g_free(room->sums);
    g_free(room);
}

/* The mean weight of the cells that a box would cover. */
static double weight_of(const im_room *room, int x, int y, int columns, int rows)
{
    int stride = room->ground->columns + 1;
    const double *s = room->sums;
    double sum = s[(y + rows) * stride + x + columns] - s[y * stride + x + columns] -
                 s[(y + rows) * stride + x] + s[y * stride + x];
    return sum / ((double)columns * rows);
}

/* A position along an edge costs a little with its distance to the corners. */
static double position_cost(double x, double y, im_xy wanted)
{
    double to_corner = MIN(x, 1 - x) + MIN(y, 1 - y);
    double to_wanted = fabs(x - wanted.x) + fabs(y - wanted.y);
    return 0.05 * to_corner + 0.02 * to_wanted;
}

double im_room_find(const im_room *room, double width, double height, im_xy wanted, im_xy *corner)
{
    const im_ground *g = room->ground;
    int columns = (int)ceil(width / IM_CELL_PX) + 1, rows = (int)ceil(height / IM_CELL_PX) + 1;
    double free_x = g->frame.max_x - g->frame.min_x - 2 * room->margin - width;
    double free_y = g->frame.max_y - g->frame.min_y - 2 * room->margin - height;
    if (free_x < 0 || free_y < 0)
        return G_MAXDOUBLE;
    int steps_x = MAX(1, (int)(free_x / (2 * IM_CELL_PX)));
    int steps_y = MAX(1, (int)(free_y / (2 * IM_CELL_PX)));
    double best = G_MAXDOUBLE, best_weight = G_MAXDOUBLE;
    for (int i = 0; i <= steps_y; i++)
        for (int k = 0; k <= steps_x; k++) {
            if (i > 0 && i < steps_y && k > 0 && k < steps_x)
                continue;
            double x = room->margin + free_x * k / steps_x, y = room->margin + free_y * i / steps_y;
            int column = MIN((int)(x / IM_CELL_PX), g->columns - columns);
            int row = MIN((int)(y / IM_CELL_PX), g->rows - rows);
            double weight = weight_of(room, MAX(column, 0), MAX(row, 0), MIN(columns, g->columns),
                                      MIN(rows, g->rows));
            double cost = COVER_COST * weight +
                          position_cost((double)k / steps_x, (double)i / steps_y, wanted);
            if (cost < best) {
                best = cost;
                best_weight = weight;
                *corner = (im_xy){g->frame.min_x + x, g->frame.min_y + y};
            }
        }
    return best_weight;
}

void im_room_spare(im_room *room, const im_box *box)
{
    add_weight(room, box, SPARED_WEIGHT);
    sum_up(room);
}

void im_room_take(im_room *room, const im_box *box)
{
    im_box padded = grown(box, room->margin * 0.7, room->margin * 0.7);
    add_weight(room, &padded, TAKEN_WEIGHT);
    sum_up(room);
}
