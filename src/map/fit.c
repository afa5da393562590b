#include "map/fit.h"

#include <math.h>

enum { MOST_CANDIDATES = 36 };

/* Counts of a region's cells as a table of sums: any rectangle is four look-ups. */
typedef struct cells {
    int left, top, columns, rows;
    guint32 *sums; /* (columns + 1) × (rows + 1) */
} cells;

static gboolean belongs(const im_ground *ground, int column, int row, guint32 region,
                        gboolean is_country)
{
    guint16 value = ground->raster[row * ground->columns + column];
    if (value == 0)
        return FALSE;
    if (!is_country)
        return value - 1u == region;
    return ((const im_region *)g_ptr_array_index(ground->states, value - 1u))->country == region;
}

static gboolean cells_init(cells *c, const im_ground *ground, const im_region *r, guint32 region,
                           gboolean is_country)
{
    im_box box = im_rings_box(r->outline);
    if (im_box_is_empty(&box))
        return FALSE;
    c->left = (int)floor(CLAMP((box.min_x - ground->frame.min_x) / IM_CELL_PX, 0, ground->columns));
    c->top = (int)floor(CLAMP((box.min_y - ground->frame.min_y) / IM_CELL_PX, 0, ground->rows));
    double right = ceil((box.max_x - ground->frame.min_x) / IM_CELL_PX);
    double bottom = ceil((box.max_y - ground->frame.min_y) / IM_CELL_PX);
    c->columns = (int)CLAMP(right, 0, ground->columns) - c->left;
    c->rows = (int)CLAMP(bottom, 0, ground->rows) - c->top;
    if (c->columns <= 0 || c->rows <= 0)
        return FALSE;
    int stride = c->columns + 1;
    c->sums = g_new0(guint32, (gsize)stride * (gsize)(c->rows + 1));
    for (int y = 0; y < c->rows; y++)
        for (int x = 0; x < c->columns; x++) {
            guint32 own = belongs(ground, c->left + x, c->top + y, region, is_country);
            c->sums[(y + 1) * stride + x + 1] = own + c->sums[y * stride + x + 1] +
                                                c->sums[(y + 1) * stride + x] -
                                                c->sums[y * stride + x];
        }
    return TRUE;
}

static gboolean all_in(const cells *c, int x, int y, int columns, int rows)
{
    int stride = c->columns + 1;
    guint32 n = c->sums[(y + rows) * stride + x + columns] - c->sums[y * stride + x + columns] -
                c->sums[(y + rows) * stride + x] + c->sums[y * stride + x];
    return n == (guint32)(columns * rows);
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
                        im_xy extent, guint variant)
{
    int columns = (int)ceil(extent.x / IM_CELL_PX), rows = (int)ceil(extent.y / IM_CELL_PX);
    double size = sqrt((double)c->columns * c->rows) * IM_CELL_PX;
    int step_x = MAX(1, columns / 8), step_y = MAX(1, rows / 3);
    for (int y = 0; y + rows <= c->rows; y += step_y)
        for (int x = 0; x + columns <= c->columns; x += step_x) {
            if (!all_in(c, x, y, columns, rows))
                continue;
            im_xy corner = {ground->frame.min_x + (c->left + x) * IM_CELL_PX +
                                (columns * IM_CELL_PX - extent.x) / 2,
                            ground->frame.min_y + (c->top + y) * IM_CELL_PX +
                                (rows * IM_CELL_PX - extent.y) / 2};
            double dx = corner.x + extent.x / 2 - r->pole.x;
            double dy = corner.y + extent.y / 2 - r->pole.y;
            place p = {corner, variant, 2 * hypot(dx, dy) / size + variant * 0.4};
            g_array_append_val(out, p);
        }
}

guint im_fit_in_region(im_label *label, const im_ground *ground, guint32 region,
                       gboolean is_country, double cost)
{
    im_region *r = g_ptr_array_index(is_country ? ground->countries : ground->states, region);
    cells c;
    if (!cells_init(&c, ground, r, region, is_country))
        return 0;
    im_region_find_pole(r);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(place));
    for (guint v = 0; v < label->variants->len; v++)
        find_places(places, &c, ground, r, im_variant_extent(label, v), v);
    g_free(c.sums);
    g_array_sort(places, compare_places);
    guint n = places->len, step = MAX(1, n / MOST_CANDIDATES), added = 0;
    for (guint i = 0; i < n; i += i < MOST_CANDIDATES / 3 ? 1 : step, added++) {
        const place *p = &g_array_index(places, place, i);
        im_label_add(label, p->variant, p->corner, IM_ANCHOR_MIDDLE, cost + p->cost);
    }
    return added;
}
