#include "map/fit.h"

#include <math.h>

enum { MOST_CANDIDATES = 36 };

/* At least this part of a name has to be on its own land. */
static const double LEAST_ON_LAND = 0.3;

/* Between a name and the borders around it; an abbreviation stands in a state too small for that. */
static const double CLEAR_PX = 2;

/* Counts of a region's cells, and of the sea's, as tables of sums: any rectangle is four look-ups. */
typedef struct cells {
    int left, top, columns, rows;
    guint32 *own, *sea; /* (columns + 1) × (rows + 1) */
} cells;

static gboolean belongs(const im_ground *ground, int column, int row, guint32 region,
                        gboolean is_country)
{
    guint32 value = ground->raster[row * ground->columns + column];
    if (value == 0)
        return FALSE;
    if (!is_country)
        return value - 1u == region;
    if (im_ground_is_own(ground, value - 1))
        return FALSE; /* its names would be among others */
    return ((const im_region *)g_ptr_array_index(ground->states, value - 1u))->country == region;
}

static void add_sum(guint32 *sums, int stride, int x, int y, guint32 value)
{
    sums[(y + 1) * stride + x + 1] =
        value + sums[y * stride + x + 1] + sums[(y + 1) * stride + x] - sums[y * stride + x];
}

/* @param reach  how far a name may stand out of the region */
static gboolean cells_init(cells *c, const im_ground *ground, const im_region *r, guint32 region,
                           gboolean is_country, im_xy reach)
{
    im_box box = im_rings_box(r->outline);
    if (im_box_is_empty(&box))
        return FALSE;
    const im_box *frame = &ground->frame;
    double left = floor((box.min_x - reach.x - frame->min_x) / IM_CELL_PX);
    double top = floor((box.min_y - reach.y - frame->min_y) / IM_CELL_PX);
    double right = ceil((box.max_x + reach.x - frame->min_x) / IM_CELL_PX);
    double bottom = ceil((box.max_y + reach.y - frame->min_y) / IM_CELL_PX);
    c->left = (int)CLAMP(left, 0, ground->columns);
    c->top = (int)CLAMP(top, 0, ground->rows);
    c->columns = (int)CLAMP(right, 0, ground->columns) - c->left;
    c->rows = (int)CLAMP(bottom, 0, ground->rows) - c->top;
    if (c->columns <= 0 || c->rows <= 0)
        return FALSE;
    int stride = c->columns + 1;
    c->own = g_new0(guint32, (gsize)stride * (gsize)(c->rows + 1));
    c->sea = g_new0(guint32, (gsize)stride * (gsize)(c->rows + 1));
    for (int y = 0; y < c->rows; y++)
        for (int x = 0; x < c->columns; x++) {
            int column = c->left + x, row = c->top + y;
            add_sum(c->own, stride, x, y, belongs(ground, column, row, region, is_country));
            add_sum(c->sea, stride, x, y, ground->raster[row * ground->columns + column] == 0);
        }
    return TRUE;
}

static double share(const guint32 *sums, const cells *c, int x, int y, int columns, int rows)
{
    int stride = c->columns + 1;
    guint32 n = sums[(y + rows) * stride + x + columns] - sums[y * stride + x + columns] -
                sums[(y + rows) * stride + x] + sums[y * stride + x];
    return (double)n / ((double)columns * rows);
}

/* A corner where the name fits. */
typedef struct place {
    im_xy corner;
    guint variant;
    double cost;
} place;

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const place *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    if (p->corner.y != q->corner.y)
        return p->corner.y < q->corner.y ? -1 : 1;
    return p->corner.x < q->corner.x ? -1 : p->corner.x > q->corner.x;
}

static void find_places(GArray *out, const cells *c, const im_ground *ground, const im_region *r,
                        im_xy extent, guint variant, double clear, gboolean in_sea)
{
    int columns = (int)ceil((extent.x + 2 * clear) / IM_CELL_PX);
    int rows = (int)ceil((extent.y + 2 * clear) / IM_CELL_PX);
    im_box box = im_rings_box(r->outline);
    double size = sqrt((box.max_x - box.min_x) * (box.max_y - box.min_y));
    int step_x = MAX(1, columns / 8), step_y = MAX(1, rows / 3);
    for (int y = 0; y + rows <= c->rows; y += step_y)
        for (int x = 0; x + columns <= c->columns; x += step_x) {
            double own = share(c->own, c, x, y, columns, rows);
            if (own < 1 &&
                (!in_sea || own < LEAST_ON_LAND || own + share(c->sea, c, x, y, columns, rows) < 1))
                continue;
            im_xy corner = {ground->frame.min_x + (c->left + x) * IM_CELL_PX +
                                (columns * IM_CELL_PX - extent.x) / 2,
                            ground->frame.min_y + (c->top + y) * IM_CELL_PX +
                                (rows * IM_CELL_PX - extent.y) / 2};
            double dx = corner.x + extent.x / 2 - r->pole.x;
            double dy = corner.y + extent.y / 2 - r->pole.y;
            place p = {corner, variant, 2 * hypot(dx, dy) / size + variant * 0.4 + 3 * (1 - own)};
            g_array_append_val(out, p);
        }
}

static guint add_places(im_label *label, GArray *places, double cost)
{
    g_array_sort(places, compare_places);
    guint n = places->len, step = MAX(1, n / MOST_CANDIDATES), added = 0;
    for (guint i = 0; i < n; i += i < MOST_CANDIDATES / 3 ? 1 : step, added++) {
        const place *p = &g_array_index(places, place, i);
        im_label_add(label, p->variant, p->corner, IM_ANCHOR_MIDDLE, cost + p->cost);
    }
    return added;
}

/* Fits variants first..end-1. */
static guint fit(im_label *label, const im_ground *ground, guint32 region, gboolean is_country,
                 guint first, guint end, double clear, double cost)
{
    im_region *r = g_ptr_array_index(is_country ? ground->countries : ground->states, region);
    cells c;
    if (!cells_init(&c, ground, r, region, is_country, im_variant_extent(label, first)))
        return 0;
    im_region_find_pole(r);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(place));
    for (int in_sea = 0; in_sea < 2 && places->len == 0; in_sea++)
        for (guint v = first; v < end; v++)
            find_places(places, &c, ground, r, im_variant_extent(label, v), v, clear, in_sea);
    g_free(c.own);
    g_free(c.sea);
    return add_places(label, places, cost);
}

guint im_fit_in_region(im_label *label, const im_ground *ground, guint32 region,
                       gboolean is_country, guint n_variants, double cost)
{
    return fit(label, ground, region, is_country, 0, n_variants, CLEAR_PX, cost);
}

guint im_fit_variant(im_label *label, const im_ground *ground, guint32 state, guint variant,
                     double cost)
{
    return fit(label, ground, state, FALSE, variant, variant + 1, 0, cost);
}
