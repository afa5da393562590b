#include "geo/polygon.h"

#include <math.h>

void im_box_add(im_box *box, im_xy p)
{
    box->min_x = MIN(box->min_x, p.x);
    box->min_y = MIN(box->min_y, p.y);
    box->max_x = MAX(box->max_x, p.x);
    box->max_y = MAX(box->max_y, p.y);
}

gboolean im_box_is_empty(const im_box *box)
{
    return box->min_x > box->max_x || box->min_y > box->max_y;
}

gboolean im_box_intersects(const im_box *a, const im_box *b)
{
    return a->min_x <= b->max_x && b->min_x <= a->max_x && a->min_y <= b->max_y &&
           b->min_y <= a->max_y;
}

static double side_of(im_xy a, im_xy b, im_xy p)
{
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

gboolean im_segments_cross(const im_xy a[2], const im_xy b[2])
{
    return side_of(a[0], a[1], b[0]) * side_of(a[0], a[1], b[1]) < 0 &&
           side_of(b[0], b[1], a[0]) * side_of(b[0], b[1], a[1]) < 0;
}

static gboolean box_has(const im_box *box, im_xy p)
{
    return p.x >= box->min_x && p.x <= box->max_x && p.y >= box->min_y && p.y <= box->max_y;
}

gboolean im_segment_meets_box(const im_xy line[2], const im_box *box)
{
    if (MAX(line[0].x, line[1].x) < box->min_x || MIN(line[0].x, line[1].x) > box->max_x ||
        MAX(line[0].y, line[1].y) < box->min_y || MIN(line[0].y, line[1].y) > box->max_y)
        return FALSE;
    const im_xy diagonals[2][2] = {{{box->min_x, box->min_y}, {box->max_x, box->max_y}},
                                   {{box->min_x, box->max_y}, {box->max_x, box->min_y}}};
    return box_has(box, line[0]) || box_has(box, line[1]) ||
           im_segments_cross(line, diagonals[0]) || im_segments_cross(line, diagonals[1]);
}

im_rings *im_rings_new(void)
{
    im_rings *rings = g_new(im_rings, 1);
    rings->points = g_array_new(FALSE, FALSE, sizeof(im_xy));
    rings->ends = g_array_new(FALSE, FALSE, sizeof(guint32));
    return rings;
}

void im_rings_free(im_rings *rings)
{
    if (!rings)
        return;
    g_array_unref(rings->points);
    g_array_unref(rings->ends);
    g_free(rings);
}

static guint ring_start(const im_rings *rings, guint i)
{
    return i > 0 ? g_array_index(rings->ends, guint32, i - 1) : 0;
}

void im_rings_add(im_rings *rings, im_xy p)
{
    g_array_append_val(rings->points, p);
}

void im_rings_close(im_rings *rings)
{
    guint start = ring_start(rings, rings->ends->len);
    const im_xy *points = (const im_xy *)(void *)rings->points->data;
    guint end = rings->points->len;
    if (end > start + 1 && points[end - 1].x == points[start].x &&
        points[end - 1].y == points[start].y)
        end--;
    if (end < start + 3)
        end = start;
    g_array_set_size(rings->points, end);
    if (end > start)
        g_array_append_val(rings->ends, end);
}

guint im_rings_n(const im_rings *rings)
{
    return rings->ends->len;
}

im_xy *im_rings_get(const im_rings *rings, guint i, guint *n)
{
    guint start = ring_start(rings, i);
    *n = g_array_index(rings->ends, guint32, i) - start;
    return &g_array_index(rings->points, im_xy, start);
}

double im_ring_area(const im_xy *points, guint n)
{
    double twice = 0;
    for (guint i = 0, j = n - 1; i < n; j = i++)
        twice += points[j].x * points[i].y - points[i].x * points[j].y;
    return twice / 2;
}

double im_rings_area(const im_rings *rings)
{
    double area = 0;
    for (guint i = 0, n; i < im_rings_n(rings); i++) {
        const im_xy *points = im_rings_get(rings, i, &n);
        area += im_ring_area(points, n);
    }
    return area;
}

/* Integrals over the inside of a ring: of 1, x, y, x², xy and y². */
typedef struct moments {
    double area, x, y, xx, xy, yy;
} moments;

/* Around the first point, so that no digits are lost far from the origin. */
static moments moments_of(const im_xy *points, guint n)
{
    moments m = {0};
    for (guint i = 0, j = n - 1; i < n; j = i++) {
        const im_xy a = {points[j].x - points[0].x, points[j].y - points[0].y},
                    b = {points[i].x - points[0].x, points[i].y - points[0].y};
        const double twice = a.x * b.y - b.x * a.y;
        m.area += twice / 2;
        m.x += twice * (a.x + b.x) / 6;
        m.y += twice * (a.y + b.y) / 6;
        m.xx += twice * (a.x * a.x + a.x * b.x + b.x * b.x) / 12;
        m.yy += twice * (a.y * a.y + a.y * b.y + b.y * b.y) / 12;
        m.xy += twice * (2 * a.x * a.y + a.x * b.y + b.x * a.y + 2 * b.x * b.y) / 24;
    }
    return m;
}

double im_ring_axis(const im_xy *points, guint n, double *elongation)
{
    const moments m = n > 0 ? moments_of(points, n) : (moments){0};
    *elongation = 1;
    if (m.area == 0)
        return 0;
    const double x = m.x / m.area, y = m.y / m.area, xx = m.xx / m.area - x * x,
                 yy = m.yy / m.area - y * y, xy = m.xy / m.area - x * y,
                 apart = hypot(xx - yy, 2 * xy), least = (xx + yy - apart) / 2;
    *elongation = least > 0 ? sqrt((xx + yy + apart) / 2 / least) : G_MAXDOUBLE;
    const double angle_deg = atan2(2 * xy, xx - yy) / 2 * 180 / G_PI;
    return angle_deg < 90 ? angle_deg : -90;
}

im_box im_ring_box(const im_xy *points, guint n)
{
    im_box box = IM_BOX_EMPTY;
    for (guint i = 0; i < n; i++)
        im_box_add(&box, points[i]);
    return box;
}

im_box im_rings_box(const im_rings *rings)
{
    return im_ring_box((const im_xy *)(void *)rings->points->data, rings->points->len);
}

/* Whether a ray from `p` to the right crosses the edge. */
static gboolean crosses(im_xy p, im_xy a, im_xy b)
{
    return (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x;
}

gboolean im_ring_contains(const im_xy *points, guint n, im_xy p)
{
    gboolean inside = FALSE;
    for (guint i = 0, j = n - 1; i < n; j = i++)
        inside ^= crosses(p, points[i], points[j]);
    return inside;
}

gboolean im_rings_contain(const im_rings *rings, im_xy p)
{
    gboolean inside = FALSE;
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        inside ^= im_ring_contains(points, n, p);
    }
    return inside;
}

static double segment_distance_squared(im_xy p, im_xy a, im_xy b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    if (length > 0) {
        double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / length;
        t = CLAMP(t, 0, 1);
        a.x += t * dx;
        a.y += t * dy;
    }
    return (p.x - a.x) * (p.x - a.x) + (p.y - a.y) * (p.y - a.y);
}

/* im_rings_distance(), or -G_MAXDOUBLE as soon as the outline is known to be no farther than `least`. */
static double distance_over(const im_rings *rings, im_xy p, double least)
{
    const double enough = least > 0 ? least * least : -1;
    gboolean inside = FALSE;
    double nearest = G_MAXDOUBLE;
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        for (guint i = 0, j = n - 1; i < n; j = i++) {
            inside ^= crosses(p, points[i], points[j]);
            nearest = MIN(nearest, segment_distance_squared(p, points[i], points[j]));
            if (nearest <= enough)
                return -G_MAXDOUBLE;
        }
    }
    return inside ? sqrt(nearest) : -sqrt(nearest);
}

double im_rings_distance(const im_rings *rings, im_xy p)
{
    return distance_over(rings, p, 0);
}

/* A square that may hold the pole: `most` is the largest distance that any point in it can have. */
typedef struct cell {
    im_xy centre;
    double half, distance, most;
} cell;

/* @param least  a cell whose `most` is no larger is of no use, and need not be known exactly */
static cell cell_at(const im_rings *rings, double x, double y, double half, double least)
{
    double distance = distance_over(rings, (im_xy){x, y}, least - half * G_SQRT2);
    return (cell){{x, y}, half, distance, distance + half * G_SQRT2};
}

/* A binary heap of cells, the most promising first. */
static void heap_push(GArray *heap, cell c)
{
    g_array_append_val(heap, c);
    cell *cells = (cell *)(void *)heap->data;
    guint i = heap->len - 1;
    for (; i > 0 && cells[(i - 1) / 2].most < c.most; i = (i - 1) / 2)
        cells[i] = cells[(i - 1) / 2];
    cells[i] = c;
}

static cell heap_pop(GArray *heap)
{
    cell *cells = (cell *)(void *)heap->data;
    cell top = cells[0], last = cells[heap->len - 1];
    g_array_set_size(heap, heap->len - 1);
    guint i = 0;
    for (guint child = 1; child < heap->len; child = 2 * i + 1) {
        if (child + 1 < heap->len && cells[child + 1].most > cells[child].most)
            child++;
        if (cells[child].most <= last.most)
            break;
        cells[i] = cells[child];
        i = child;
    }
    if (heap->len > 0)
        cells[i] = last;
    return top;
}

static GArray *first_cells(const im_rings *rings, const im_box *box, cell *best)
{
    GArray *heap = g_array_new(FALSE, FALSE, sizeof(cell));
    double width = box->max_x - box->min_x, height = box->max_y - box->min_y;
    double size = MIN(width, height);
    if (size <= 0)
        return heap;
    size = MAX(size, MAX(width, height) / 64);
    for (double x = box->min_x; x < box->max_x; x += size)
        for (double y = box->min_y; y < box->max_y; y += size) {
            cell c = cell_at(rings, x + size / 2, y + size / 2, size / 2, best->distance);
            if (c.distance > best->distance)
                *best = c;
            heap_push(heap, c);
        }
    return heap;
}

im_xy im_rings_pole(const im_rings *rings, double precision, double *distance)
{
    im_box box = im_rings_box(rings);
    cell best = cell_at(rings, (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, 0, 0);
    g_autoptr(GArray) heap = first_cells(rings, &box, &best);
    while (heap->len > 0) {
        cell c = heap_pop(heap);
        if (c.most - best.distance <= precision)
            break;
        double half = c.half / 2;
        for (int i = 0; i < 4; i++) {
            double x = c.centre.x + (i & 1 ? half : -half), y = c.centre.y + (i & 2 ? half : -half);
            cell quarter = cell_at(rings, x, y, half, best.distance);
            if (quarter.distance > best.distance)
                best = quarter;
            if (quarter.most - best.distance > precision)
                heap_push(heap, quarter);
        }
    }
    if (distance)
        *distance = best.distance;
    return best.centre;
}

/* The four half planes of a box, as an axis, a limit and a side. */
typedef struct half_plane {
    gboolean vertical; /* the limit is an x */
    double limit;
    double side; /* +1: what is greater stays */
} half_plane;

static double depth(const half_plane *plane, im_xy p)
{
    return ((plane->vertical ? p.x : p.y) - plane->limit) * plane->side;
}

/* Where an edge meets the limit; ends are put in order first, so that both neighbours of an edge
 * get the same point. */
static im_xy cut_edge(const half_plane *plane, im_xy a, im_xy b)
{
    if (a.x > b.x || (a.x == b.x && a.y > b.y)) {
        im_xy swap = a;
        a = b;
        b = swap;
    }
    if (plane->vertical)
        return (im_xy){plane->limit, a.y + (plane->limit - a.x) / (b.x - a.x) * (b.y - a.y)};
    return (im_xy){a.x + (plane->limit - a.y) / (b.y - a.y) * (b.x - a.x), plane->limit};
}

static void clip_ring(const half_plane *plane, const GArray *in, GArray *out)
{
    g_array_set_size(out, 0);
    if (in->len == 0)
        return;
    im_xy before = g_array_index(in, im_xy, in->len - 1);
    for (guint i = 0; i < in->len; i++) {
        im_xy p = g_array_index(in, im_xy, i);
        double d0 = depth(plane, before), d1 = depth(plane, p);
        if ((d0 > 0 && d1 < 0) || (d0 < 0 && d1 > 0)) {
            im_xy cut = cut_edge(plane, before, p);
            g_array_append_val(out, cut);
        }
        if (d1 >= 0)
            g_array_append_val(out, p);
        before = p;
    }
}

static gboolean box_holds(const im_box *outer, const im_box *inner)
{
    return inner->min_x >= outer->min_x && inner->max_x <= outer->max_x &&
           inner->min_y >= outer->min_y && inner->max_y <= outer->max_y;
}

static void clip_into(im_rings *out, const im_xy *points, guint n, const im_box *box,
                      GArray *scratch[2])
{
    const half_plane planes[] = {{TRUE, box->min_x, 1},
                                 {TRUE, box->max_x, -1},
                                 {FALSE, box->min_y, 1},
                                 {FALSE, box->max_y, -1}};
    g_array_set_size(scratch[0], 0);
    g_array_append_vals(scratch[0], points, n);
    for (guint i = 0; i < G_N_ELEMENTS(planes); i++)
        clip_ring(&planes[i], scratch[i & 1], scratch[(i & 1) ^ 1]);
    g_array_append_vals(out->points, scratch[0]->data, scratch[0]->len);
}

im_rings *im_rings_clip(const im_rings *rings, const im_box *box)
{
    im_rings *out = im_rings_new();
    GArray *scratch[2] = {g_array_new(FALSE, FALSE, sizeof(im_xy)),
                          g_array_new(FALSE, FALSE, sizeof(im_xy))};
    for (guint i = 0, n; i < im_rings_n(rings); i++) {
        const im_xy *points = im_rings_get(rings, i, &n);
        im_box ring = im_ring_box(points, n);
        if (!im_box_intersects(&ring, box))
            continue;
        if (box_holds(box, &ring))
            g_array_append_vals(out->points, points, n);
        else
            clip_into(out, points, n, box, scratch);
        im_rings_close(out);
    }
    g_array_unref(scratch[0]);
    g_array_unref(scratch[1]);
    return out;
}

/* The point between `first` and `last` that is farthest from the line between them. */
static guint farthest(const im_xy *points, guint first, guint last, double *distance_squared)
{
    guint found = first;
    *distance_squared = 0;
    for (guint i = first + 1; i < last; i++) {
        double d = segment_distance_squared(points[i], points[first], points[last]);
        if (d > *distance_squared) {
            *distance_squared = d;
            found = i;
        }
    }
    return found;
}

guint im_line_simplify(im_xy *points, guint n, double tolerance)
{
    if (n < 3)
        return n;
    g_autofree guint8 *keep = g_new0(guint8, n);
    g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(guint[2]));
    guint whole[2] = {0, n - 1};
    g_array_append_val(stack, whole);
    keep[0] = keep[n - 1] = 1;
    while (stack->len > 0) {
        const guint *top = ((guint(*)[2])(void *)stack->data)[stack->len - 1];
        guint first = top[0], last = top[1];
        g_array_set_size(stack, stack->len - 1);
        double d;
        guint at = farthest(points, first, last, &d);
        if (d <= tolerance * tolerance)
            continue;
        keep[at] = 1;
        guint halves[2][2] = {{first, at}, {at, last}};
        g_array_append_vals(stack, halves, 2);
    }
    guint left = 0;
    for (guint i = 0; i < n; i++)
        if (keep[i])
            points[left++] = points[i];
    return left;
}
