#include "geo/tilted.h"

#include <math.h>

im_xy im_direction(double angle_deg)
{
    const double angle = angle_deg * G_PI / 180;
    return (im_xy){cos(angle), sin(angle)};
}

im_tilted im_tilted_level(const im_box *box)
{
    return (im_tilted){{(box->min_x + box->max_x) / 2, (box->min_y + box->max_y) / 2},
                       {(box->max_x - box->min_x) / 2, (box->max_y - box->min_y) / 2},
                       {1, 0}};
}

im_tilted im_tilted_about(const im_box *box, im_xy pivot, double angle_deg)
{
    im_tilted t = im_tilted_level(box);
    const double x = t.middle.x - pivot.x, y = t.middle.y - pivot.y;
    t.along = im_direction(angle_deg);
    t.middle =
        (im_xy){pivot.x + x * t.along.x - y * t.along.y, pivot.y + x * t.along.y + y * t.along.x};
    return t;
}

im_tilted im_tilted_grown(im_tilted t, double ends, double sides)
{
    t.half.x += ends;
    t.half.y += sides;
    return t;
}

/* How far it reaches from its middle in a direction. */
static double reach(const im_tilted *t, im_xy to)
{
    return t->half.x * fabs(to.x * t->along.x + to.y * t->along.y) +
           t->half.y * fabs(to.y * t->along.x - to.x * t->along.y);
}

im_box im_tilted_bounds(const im_tilted *t)
{
    const double x = reach(t, (im_xy){1, 0}), y = reach(t, (im_xy){0, 1});
    return (im_box){t->middle.x - x, t->middle.y - y, t->middle.x + x, t->middle.y + y};
}

im_xy im_tilted_local(const im_tilted *t, im_xy p)
{
    const double x = p.x - t->middle.x, y = p.y - t->middle.y;
    return (im_xy){x * t->along.x + y * t->along.y, y * t->along.x - x * t->along.y};
}

gboolean im_tilted_holds(const im_tilted *t, im_xy p)
{
    const im_xy local = im_tilted_local(t, p);
    return fabs(local.x) <= t->half.x && fabs(local.y) <= t->half.y;
}

static gboolean parts(const im_tilted *a, const im_tilted *b, im_xy to)
{
    const double apart =
        fabs((b->middle.x - a->middle.x) * to.x + (b->middle.y - a->middle.y) * to.y);
    return apart >= reach(a, to) + reach(b, to);
}

gboolean im_tilted_overlap(const im_tilted *a, const im_tilted *b)
{
    return !parts(a, b, a->along) && !parts(a, b, (im_xy){-a->along.y, a->along.x}) &&
           !parts(a, b, b->along) && !parts(a, b, (im_xy){-b->along.y, b->along.x});
}

gboolean im_tilted_meets_line(const im_tilted *t, const im_xy line[2])
{
    const im_xy local[2] = {im_tilted_local(t, line[0]), im_tilted_local(t, line[1])};
    const im_box box = {-t->half.x, -t->half.y, t->half.x, t->half.y};
    return im_segment_meets_box(local, &box);
}
