#include "geo/topology.h"

#include <math.h>
#include <string.h>

/* Which cutting lines a point lies on; an edge between two points of one line is a cut. */
enum {
    CUT_WEST = 1 << 0,
    CUT_EAST = 1 << 1,
    CUT_SOUTH = 1 << 2,
    CUT_NORTH = 1 << 3,
    CUT_ANTIMERIDIAN = 1 << 4,
    CUT_POLE = 1 << 5,
};

/* A vertex: a place where at least one ring passes. */
typedef struct vertex {
    im_xy at;
    guint32 low, high; /* its neighbours in the ring that came first */
    guint8 cuts;
    guint8 seen;
    guint8 junction;
} vertex;

/* All rings as rows of vertex numbers. */
typedef struct weave {
    GArray *vertices;   /* of vertex */
    GArray *refs;       /* of guint32: vertices, ring after ring */
    GArray *ring_ends;  /* of guint32: index into refs */
    GArray *ring_units; /* of guint32 */
    guint32 *slots;     /* hash of vertices: number + 1, 0 for free */
    guint32 mask;
} weave;

static guint32 hash_xy(im_xy p)
{
    guint64 a, b;
    memcpy(&a, &p.x, sizeof a);
    memcpy(&b, &p.y, sizeof b);
    guint64 h = a * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    h = (h ^ (h >> 32) ^ b) * G_GUINT64_CONSTANT(0xC2B2AE3D27D4EB4F);
    return (guint32)(h >> 32);
}

static guint8 cuts_of(im_xy p, const im_box *window)
{
    guint8 cuts = 0;
    cuts |= p.x == window->min_x ? CUT_WEST : 0;
    cuts |= p.x == window->max_x ? CUT_EAST : 0;
    cuts |= p.y == window->min_y ? CUT_SOUTH : 0;
    cuts |= p.y == window->max_y ? CUT_NORTH : 0;
    cuts |= fabs(remainder(p.x, 360)) == 180 ? CUT_ANTIMERIDIAN : 0;
    cuts |= fabs(p.y) == 90 ? CUT_POLE : 0;
    return cuts;
}

static guint32 vertex_of(weave *w, im_xy p, const im_box *window)
{
    p.x += 0.0; /* -0 is 0 */
    p.y += 0.0;
    guint32 slot = hash_xy(p) & w->mask;
    for (; w->slots[slot]; slot = (slot + 1) & w->mask) {
        const vertex *v = &g_array_index(w->vertices, vertex, w->slots[slot] - 1);
        if (v->at.x == p.x && v->at.y == p.y)
            return w->slots[slot] - 1;
    }
    vertex v = {.at = p, .cuts = cuts_of(p, window)};
    g_array_append_val(w->vertices, v);
    w->slots[slot] = w->vertices->len;
    return w->vertices->len - 1;
}

static void weave_init(weave *w, const im_rings *const *units, guint n_units)
{
    guint32 n_points = 16;
    for (guint u = 0; u < n_units; u++)
        n_points += units[u]->points->len;
    guint32 size = 1;
    while (size < 2 * n_points)
        size *= 2;
    w->mask = size - 1;
    w->slots = g_new0(guint32, size);
    w->vertices = g_array_sized_new(FALSE, FALSE, sizeof(vertex), n_points);
    w->refs = g_array_sized_new(FALSE, FALSE, sizeof(guint32), n_points);
    w->ring_ends = g_array_new(FALSE, FALSE, sizeof(guint32));
    w->ring_units = g_array_new(FALSE, FALSE, sizeof(guint32));
}

static void weave_clear(weave *w)
{
    g_free(w->slots);
    g_array_unref(w->vertices);
    g_array_unref(w->refs);
    g_array_unref(w->ring_ends);
    g_array_unref(w->ring_units);
}

static void weave_ring(weave *w, guint32 unit, const im_xy *points, guint n, const im_box *window)
{
    guint32 start = w->refs->len, before = IM_UNIT_NONE;
    for (guint i = 0; i < n; i++) {
        guint32 v = vertex_of(w, points[i], window);
        if (v != before)
            g_array_append_val(w->refs, v);
        before = v;
    }
    if (w->refs->len > start + 1 &&
        g_array_index(w->refs, guint32, w->refs->len - 1) == g_array_index(w->refs, guint32, start))
        g_array_set_size(w->refs, w->refs->len - 1);
    if (w->refs->len < start + 3) {
        g_array_set_size(w->refs, start);
        return;
    }
    g_array_append_val(w->ring_ends, w->refs->len);
    g_array_append_val(w->ring_units, unit);
}

static const guint32 *weave_get(const weave *w, guint ring, guint *n)
{
    guint32 start = ring > 0 ? g_array_index(w->ring_ends, guint32, ring - 1) : 0;
    *n = g_array_index(w->ring_ends, guint32, ring) - start;
    return &g_array_index(w->refs, guint32, start);
}

/* A vertex is a junction when rings leave it in different ways, or where a cut begins or ends. */
static void visit(weave *w, guint32 before, guint32 at, guint32 after)
{
    vertex *all = (vertex *)(void *)w->vertices->data, *v = &all[at];
    guint32 low = MIN(before, after), high = MAX(before, after);
    gboolean cut_before = v->cuts & all[before].cuts, cut_after = v->cuts & all[after].cuts;
    if (cut_before != cut_after || (v->seen && (v->low != low || v->high != high)))
        v->junction = TRUE;
    v->seen = TRUE;
    v->low = low;
    v->high = high;
}

static void find_junctions(weave *w)
{
    for (guint r = 0, n; r < w->ring_ends->len; r++) {
        const guint32 *ring = weave_get(w, r, &n);
        for (guint i = 0; i < n; i++)
            visit(w, ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]);
    }
}

static int compare_xy(im_xy a, im_xy b)
{
    if (a.x != b.x)
        return a.x < b.x ? -1 : 1;
    return a.y < b.y ? -1 : a.y > b.y;
}

/* Collects arcs; a stretch that comes again is found by its first two and last two vertices. */
typedef struct arc_builder {
    const weave *weave;
    im_topology *topology;
    GHashTable *by_edge; /* guint64 of the first edge in order of the vertices → arc number + 1 */
    GArray *line;        /* of guint32: the vertices of the arc at hand */
} arc_builder;

static gboolean line_is_backward(const arc_builder *b)
{
    const vertex *all = (const vertex *)(void *)b->weave->vertices->data;
    const guint32 *line = (const guint32 *)(void *)b->line->data;
    guint n = b->line->len;
    for (guint i = 0; i < n / 2; i++) {
        int order = compare_xy(all[line[i]].at, all[line[n - 1 - i]].at);
        if (order != 0)
            return order > 0;
    }
    return FALSE;
}

static void reverse_line(GArray *line)
{
    guint32 *refs = (guint32 *)(void *)line->data;
    for (guint i = 0, j = line->len - 1; i < j; i++, j--) {
        guint32 swap = refs[i];
        refs[i] = refs[j];
        refs[j] = swap;
    }
}

/* @return how many arcs there are now */
static guint arc_new(arc_builder *b)
{
    const vertex *all = (const vertex *)(void *)b->weave->vertices->data;
    const guint32 *line = (const guint32 *)(void *)b->line->data;
    im_arc arc = {b->topology->points->len, b->line->len, IM_UNIT_NONE, IM_UNIT_NONE,
                  (all[line[0]].cuts & all[line[1]].cuts) != 0};
    for (guint i = 0; i < b->line->len; i++)
        g_array_append_val(b->topology->points, all[line[i]].at);
    g_array_append_val(b->topology->arcs, arc);
    return b->topology->arcs->len;
}

/* Ends the arc at hand for `unit`. */
static void finish_line(arc_builder *b, guint32 unit)
{
    gboolean backward = line_is_backward(b);
    if (backward)
        reverse_line(b->line);
    const guint32 *line = (const guint32 *)(void *)b->line->data;
    guint64 key = (guint64)line[0] << 32 | line[1];
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(b->by_edge, &key));
    if (number == 0) {
        number = arc_new(b);
        g_hash_table_insert(b->by_edge, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(number));
    }
    im_use use = {number - 1, unit, backward};
    g_array_append_val(b->topology->uses, use);
    g_array_set_size(b->line, 0);
}

/* Where to begin with a ring: at a junction, else at its smallest vertex, so that the two units
 * on the sides of a closed line begin at the same. */
static guint ring_origin(const weave *w, const guint32 *ring, guint n)
{
    const vertex *all = (const vertex *)(void *)w->vertices->data;
    guint smallest = 0;
    for (guint i = 0; i < n; i++) {
        if (all[ring[i]].junction)
            return i;
        if (compare_xy(all[ring[i]].at, all[ring[smallest]].at) < 0)
            smallest = i;
    }
    return smallest;
}

static void split_ring(arc_builder *b, guint r)
{
    const vertex *all = (const vertex *)(void *)b->weave->vertices->data;
    guint32 unit = g_array_index(b->weave->ring_units, guint32, r);
    guint n;
    const guint32 *ring = weave_get(b->weave, r, &n);
    guint origin = ring_origin(b->weave, ring, n);
    g_array_append_val(b->line, ring[origin]);
    for (guint i = 1; i <= n; i++) {
        guint32 v = ring[(origin + i) % n];
        g_array_append_val(b->line, v);
        if (i == n) {
            finish_line(b, unit);
        } else if (all[v].junction) {
            finish_line(b, unit);
            g_array_append_val(b->line, v);
        }
    }
}

static gint compare_uses(gconstpointer a, gconstpointer b)
{
    const im_use *u = a, *v = b;
    if (u->arc != v->arc)
        return u->arc < v->arc ? -1 : 1;
    if (u->unit != v->unit)
        return u->unit < v->unit ? -1 : 1;
    return u->backward - v->backward;
}

/* Says which units are on the two sides of each arc. A unit that runs along it both ways (a strip
 * that was rounded to a line) is on neither. */
static void find_sides(im_topology *topology)
{
    g_array_sort(topology->uses, compare_uses);
    const im_use *uses = (const im_use *)(void *)topology->uses->data;
    for (guint i = 0, n; i < topology->uses->len; i += n) {
        int net = 0;
        for (n = 0; i + n < topology->uses->len && uses[i + n].arc == uses[i].arc &&
                    uses[i + n].unit == uses[i].unit;
             n++)
            net += uses[i + n].backward ? -1 : 1;
        im_arc *arc = &g_array_index(topology->arcs, im_arc, uses[i].arc);
        if (net > 0)
            arc->forward = uses[i].unit;
        else if (net < 0)
            arc->backward = uses[i].unit;
    }
}

im_topology *im_topology_new(const im_rings *const *units, guint n_units, const im_box *window)
{
    weave w;
    weave_init(&w, units, n_units);
    for (guint u = 0; u < n_units; u++)
        for (guint r = 0, n; r < im_rings_n(units[u]); r++) {
            const im_xy *points = im_rings_get(units[u], r, &n);
            weave_ring(&w, u, points, n, window);
        }
    find_junctions(&w);
    im_topology *topology = g_new(im_topology, 1);
    topology->points = g_array_sized_new(FALSE, FALSE, sizeof(im_xy), w.vertices->len);
    topology->arcs = g_array_new(FALSE, FALSE, sizeof(im_arc));
    topology->uses = g_array_new(FALSE, FALSE, sizeof(im_use));
    arc_builder builder = {&w, topology,
                           g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
                           g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (guint r = 0; r < w.ring_ends->len; r++)
        split_ring(&builder, r);
    find_sides(topology);
    g_hash_table_unref(builder.by_edge);
    g_array_unref(builder.line);
    weave_clear(&w);
    return topology;
}

void im_topology_free(im_topology *topology)
{
    if (!topology)
        return;
    g_array_unref(topology->points);
    g_array_unref(topology->arcs);
    g_array_unref(topology->uses);
    g_free(topology);
}

static void densify_edge(GArray *out, im_xy a, im_xy b, double longest)
{
    double length = MAX(fabs(b.x - a.x), fabs(b.y - a.y));
    guint parts = (guint)ceil(MIN(length / longest, 1000));
    for (guint i = 1; i < parts; i++) {
        double t = (double)i / parts;
        im_xy p = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        g_array_append_val(out, p);
    }
    g_array_append_val(out, b);
}

void im_topology_densify(im_topology *topology, double longest)
{
    GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(im_xy), topology->points->len * 2);
    const im_xy *points = (const im_xy *)(void *)topology->points->data;
    for (guint a = 0; a < topology->arcs->len; a++) {
        im_arc *arc = &g_array_index(topology->arcs, im_arc, a);
        guint32 first = out->len;
        g_array_append_val(out, points[arc->first]);
        for (guint32 i = 1; i < arc->n; i++)
            densify_edge(out, points[arc->first + i - 1], points[arc->first + i], longest);
        arc->first = first;
        arc->n = out->len - first;
    }
    g_array_unref(topology->points);
    topology->points = out;
}

static gboolean is_speck(const im_xy *points, const im_arc *arc, double tolerance)
{
    im_xy a = points[arc->first], b = points[arc->first + arc->n - 1];
    if (a.x != b.x || a.y != b.y)
        return FALSE;
    im_box box = im_ring_box(points + arc->first, arc->n);
    return box.max_x - box.min_x < tolerance && box.max_y - box.min_y < tolerance;
}

void im_topology_simplify(im_topology *topology, double tolerance)
{
    im_xy *points = (im_xy *)(void *)topology->points->data;
    guint32 end = 0;
    for (guint a = 0; a < topology->arcs->len; a++) {
        im_arc *arc = &g_array_index(topology->arcs, im_arc, a);
        gboolean speck = is_speck(points, arc, tolerance);
        arc->n = speck ? 0 : im_line_simplify(points + arc->first, arc->n, tolerance);
        memmove(points + end, points + arc->first, sizeof(im_xy) * arc->n);
        arc->first = end;
        end += arc->n;
    }
    g_array_set_size(topology->points, end);
}

/* An arc as one group's outline runs along it. */
typedef struct side {
    guint32 group, arc;
    gboolean backward, used;
    im_xy start, end;
} side;

static gint compare_sides(gconstpointer a, gconstpointer b)
{
    const side *s = a, *t = b;
    if (s->group != t->group)
        return s->group < t->group ? -1 : 1;
    int order = compare_xy(s->start, t->start);
    return order != 0 ? order : (s->arc < t->arc ? -1 : s->arc > t->arc);
}

/* How often, all in all, a group runs along an arc. */
typedef struct run {
    guint32 group, arc;
    int net;
} run;

static gint compare_runs(gconstpointer a, gconstpointer b)
{
    const run *r = a, *s = b;
    if (r->group != s->group)
        return r->group < s->group ? -1 : 1;
    return r->arc < s->arc ? -1 : r->arc > s->arc;
}

static GArray *runs_of(const im_topology *topology, const guint32 *groups)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(run));
    for (guint i = 0; i < topology->uses->len; i++) {
        const im_use *use = &g_array_index(topology->uses, im_use, i);
        run r = {groups[use->unit], use->arc, use->backward ? -1 : 1};
        if (g_array_index(topology->arcs, im_arc, use->arc).n > 0)
            g_array_append_val(runs, r);
    }
    g_array_sort(runs, compare_runs);
    guint n = 0;
    for (guint i = 0; i < runs->len; i++) {
        run r = g_array_index(runs, run, i);
        run *before = n > 0 ? &g_array_index(runs, run, n - 1) : NULL;
        if (before && before->group == r.group && before->arc == r.arc)
            before->net += r.net;
        else
            g_array_index(runs, run, n++) = r;
    }
    g_array_set_size(runs, n);
    return runs;
}

/* Arcs that bound a group: where it runs along both ways, there is no bound. What is left closes to
 * rings, whatever was wrong with the data. */
static GArray *sides_of(const im_topology *topology, const guint32 *groups)
{
    g_autoptr(GArray) runs = runs_of(topology, groups);
    GArray *sides = g_array_new(FALSE, FALSE, sizeof(side));
    for (guint i = 0; i < runs->len; i++) {
        const run *r = &g_array_index(runs, run, i);
        const im_arc *arc = &g_array_index(topology->arcs, im_arc, r->arc);
        im_xy first = g_array_index(topology->points, im_xy, arc->first);
        im_xy last = g_array_index(topology->points, im_xy, arc->first + arc->n - 1);
        gboolean backward = r->net < 0;
        side s = {
            r->group, r->arc, backward, FALSE, backward ? last : first, backward ? first : last};
        for (int k = 0; k < ABS(r->net); k++)
            g_array_append_val(sides, s);
    }
    g_array_sort(sides, compare_sides);
    return sides;
}

/* An unused side of the group that starts at `p`, or NULL. */
static side *side_from(GArray *sides, guint32 group, im_xy p)
{
    const side wanted = {.group = group, .arc = 0, .start = p};
    guint low = 0, high = sides->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (compare_sides(&g_array_index(sides, side, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < sides->len; low++) {
        side *s = &g_array_index(sides, side, low);
        if (s->group != group || compare_xy(s->start, p) != 0)
            break;
        if (!s->used)
            return s;
    }
    return NULL;
}

static void append_side(im_rings *out, const im_topology *topology, const side *s)
{
    const im_arc *arc = &g_array_index(topology->arcs, im_arc, s->arc);
    for (guint32 i = 0; i + 1 < arc->n; i++) {
        guint32 at = s->backward ? arc->n - 1 - i : i;
        im_rings_add(out, g_array_index(topology->points, im_xy, arc->first + at));
    }
}

static void rings_free(gpointer data)
{
    im_rings_free(data);
}

GPtrArray *im_topology_outlines(const im_topology *topology, const guint32 *groups, guint n_groups)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(rings_free);
    for (guint i = 0; i < n_groups; i++)
        g_ptr_array_add(out, im_rings_new());
    g_autoptr(GArray) sides = sides_of(topology, groups);
    for (guint i = 0; i < sides->len; i++) {
        side *s = &g_array_index(sides, side, i);
        if (s->used)
            continue;
        im_rings *rings = g_ptr_array_index(out, s->group);
        for (; s; s = side_from(sides, s->group, s->end)) {
            s->used = TRUE;
            append_side(rings, topology, s);
        }
        im_rings_close(rings);
    }
    return out;
}
