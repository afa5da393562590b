#include "geo/wrap.h"

#include <math.h>

/* How far, in degrees, the side of the world is from that of the point before. */
static double step_of(im_xy before, im_xy p)
{
    const double d = p.x - before.x;
    const gboolean whole = fabs(before.x) == 180 && fabs(p.x) == 180;
    return fabs(d) <= 180 || whole ? 0 : d > 0 ? -360 : 360;
}

/* Lets a ring run on where it jumps. One that does not come back to where it began surrounds a pole, and stays. */
static void unwrap(im_xy *points, guint n)
{
    double shift = 0;
    for (guint i = 0; i < n; i++)
        shift += step_of(points[i], points[(i + 1) % n]);
    if (shift != 0)
        return;
    im_xy before = points[0];
    for (guint i = 1; i < n; i++) {
        const im_xy p = points[i];
        shift += step_of(before, p);
        points[i].x += shift;
        before = p;
    }
}

static void append_part(im_rings *out, const im_rings *ring, double west)
{
    const im_box box = {west, -90, west + 360, 90};
    g_autoptr(im_rings) part = im_rings_clip(ring, &box);
    for (guint r = 0, n; r < im_rings_n(part); r++) {
        const im_xy *points = im_rings_get(part, r, &n);
        for (guint i = 0; i < n; i++)
            im_rings_add(out, (im_xy){points[i].x - (west + 180), points[i].y});
        im_rings_close(out);
    }
}

im_rings *im_rings_wrap(im_rings *rings)
{
    im_rings *out = im_rings_new();
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        im_xy *points = im_rings_get(rings, r, &n);
        unwrap(points, n);
        const im_box box = im_ring_box(points, n);
        g_autoptr(im_rings) ring = im_rings_new();
        g_array_append_vals(ring->points, points, n);
        im_rings_close(ring);
        for (double west = -900; west <= 540; west += 360)
            if (box.min_x < west + 360 && box.max_x > west)
                append_part(out, ring, west);
    }
    im_rings_free(rings);
    return out;
}
