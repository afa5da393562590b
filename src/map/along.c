#include "map/along.h"

#include <math.h>

/* A name is turned only where its region is so many times as long as it is broad (im_ring_axis()). */
static const double LEAST_ELONGATION = 1.5;

/* What is hardly off level looks like a mistake. */
static const double LEAST_TILT_DEG = 15;

/* Steep names are read upwards; those that would lean over are upright. What it costs to be nearly upright. */
static const double STEEP_DEG = 80, UPRIGHT_WITHIN_DEG = 4, LEANING_COST = 0.15;

/* A name along the axis costs more than a level one and less than one in two lines; the steeper, the more, and more
 * in a region that is not long: there two lines look better. */
static const double TILT_COST = 0.35, STEEP_COST = 0.25, BROAD_COST = 0.6, LONG = 3;

/* Where a region bends, a part of it runs off its axis; what that costs a degree, and what is too far off. */
static const double TURNS_DEG[] = {0, 9, -9, 18, -18}, TURN_COST = 0.012, MOST_TURN_DEG = 20;

/* A name along the axis stands in the middle between the borders beside it: what it costs to have a cell less of air
 * than so many. */
enum { MOST_AIR = 3 };
static const double CLOSE_COST = 0.2;

/* A ring of a region that a name may lie along. */
typedef struct body {
    const im_xy *points;
    guint n;
    double axis_deg, elongation;
    gboolean is_cut; /* by the frame */
} body;

/* Around the body. */
static void init_turned(im_cells *c, const im_bed *b, const body *along, double angle_deg)
{
    const im_xy right = im_direction(angle_deg);
    im_box box = IM_BOX_EMPTY;
    for (guint i = 0; i < along->n; i++) {
        const im_xy p = along->points[i];
        const double x = p.x * right.x + p.y * right.y, y = p.y * right.x - p.x * right.y;
        box.min_x = MIN(box.min_x, x);
        box.max_x = MAX(box.max_x, x);
        box.min_y = MIN(box.min_y, y);
        box.max_y = MAX(box.max_y, y);
    }
    *c = (im_cells){.corner = {box.min_x * right.x - box.min_y * right.y,
                               box.min_x * right.y + box.min_y * right.x},
                    .right = right,
                    .down = {-right.y, right.x},
                    .angle_deg = angle_deg,
                    .columns = (int)ceil((box.max_x - box.min_x) / IM_CELL_PX),
                    .rows = (int)ceil((box.max_y - box.min_y) / IM_CELL_PX)};
    im_cells_count(c, b);
}

/* How many cells there are around a name before the nearest border. */
static int air_around(const im_cells *c, int x, int y, int columns, int rows)
{
    int air = 0;
    for (int a = 1; a <= MOST_AIR && air == a - 1; a++)
        if (x >= a && y >= a && x + columns + a <= c->columns && y + rows + a <= c->rows &&
            im_cells_share(c, c->own, x - a, y - a, columns + 2 * a, rows + 2 * a) == 1)
            air = a;
    return air;
}

static void find_turned(GArray *out, const im_cells *c, const im_bed *b, im_xy extent, double cost)
{
    const int columns = (int)ceil(extent.x / IM_CELL_PX), rows = (int)ceil(extent.y / IM_CELL_PX),
              step = MAX(1, columns / 8);
    for (int y = 0; y + rows <= c->rows; y++)
        for (int x = 0; x + columns <= c->columns; x += step) {
            if (im_cells_share(c, c->own, x, y, columns, rows) < 1)
                continue;
            im_name_spot p = {.middle = im_cells_point(c, x + columns / 2.0, y + rows / 2.0),
                              .angle_deg = c->angle_deg};
            if (im_bed_crosses_claim(b, &p, extent))
                continue;
            p.cost = cost + 2 * im_bed_off_pole(b, p.middle) +
                     CLOSE_COST * (MOST_AIR - air_around(c, x, y, columns, rows));
            g_array_append_val(out, p);
        }
}

double im_along_angle(double axis_deg)
{
    double angle = axis_deg;
    while (angle >= 90)
        angle -= 180;
    while (angle < -90)
        angle += 180;
    if (angle > STEEP_DEG || angle < UPRIGHT_WITHIN_DEG - 90)
        return -90;
    return fabs(angle) < LEAST_TILT_DEG ? 0 : round(angle);
}

/* By how much one axis is turned from another. */
static double turn_between(double a_deg, double b_deg)
{
    const double turn = fmod(fabs(a_deg - b_deg), 180);
    return MIN(turn, 180 - turn);
}

/* The largest ring around the pole. @return FALSE where there is none that is long */
static gboolean find_body(const im_bed *b, body *found)
{
    double largest = 0;
    for (guint i = 0, n; i < im_rings_n(b->region->outline); i++) {
        const im_xy *points = im_rings_get(b->region->outline, i, &n);
        const double area = fabs(im_ring_area(points, n));
        if (area > largest && im_ring_contains(points, n, b->region->pole)) {
            *found = (body){.points = points, .n = n};
            largest = area;
        }
    }
    if (largest == 0)
        return FALSE;
    const im_box box = im_ring_box(found->points, found->n), *frame = &b->ground->frame;
    found->axis_deg = im_ring_axis(found->points, found->n, &found->elongation);
    found->is_cut = box.min_x <= frame->min_x || box.max_x >= frame->max_x ||
                    box.min_y <= frame->min_y || box.max_y >= frame->max_y;
    return found->elongation >= LEAST_ELONGATION;
}

/* Angles at which a name may lie along an axis, each once. @return how many */
static guint angles_along(double axis_deg, double angles[G_N_ELEMENTS(TURNS_DEG)])
{
    guint n = 0;
    for (guint i = 0; i < G_N_ELEMENTS(TURNS_DEG); i++) {
        const double angle = im_along_angle(axis_deg + TURNS_DEG[i]);
        gboolean is_new = angle != 0 && turn_between(axis_deg, angle) <= MOST_TURN_DEG;
        for (guint k = 0; k < n; k++)
            is_new &= angles[k] != angle;
        if (is_new)
            angles[n++] = angle;
    }
    return n;
}

static double cost_of_angle(double angle_deg, const body *along)
{
    const gboolean leans = angle_deg < -STEEP_DEG && angle_deg > -90;
    return TILT_COST + STEEP_COST * fabs(angle_deg) / 90 +
           BROAD_COST * MAX(LONG - along->elongation, 0) +
           TURN_COST * turn_between(along->axis_deg, angle_deg) + (leans ? LEANING_COST : 0);
}

void im_along_find(GArray *out, const im_bed *b, im_xy extent, double clear)
{
    /* What the frame cuts off at a side runs up that side, whatever its shape: an upright name says nothing of it. */
    body along;
    if (!find_body(b, &along) || (along.is_cut && fabs(along.axis_deg) > STEEP_DEG))
        return;
    const im_xy roomy = {extent.x + 2 * clear, extent.y + 2 * clear};
    double angles[G_N_ELEMENTS(TURNS_DEG)];
    const guint n = angles_along(along.axis_deg, angles);
    for (guint i = 0; i < n; i++) {
        im_cells c;
        init_turned(&c, b, &along, angles[i]);
        find_turned(out, &c, b, roomy, cost_of_angle(angles[i], &along));
        im_cells_clear(&c);
    }
}
