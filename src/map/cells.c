#include "map/cells.h"

#include <math.h>

typedef gboolean (*meets_line)(gconstpointer shape, const im_xy line[2]);

static gboolean meets_disputed(const im_ground *ground, meets_line meets, gconstpointer shape)
{
    for (guint i = 0; i < ground->disputed->len; i++) {
        const im_rings *lines = g_ptr_array_index(ground->disputed, i);
        for (guint r = 0, n; r < im_rings_n(lines); r++) {
            const im_xy *points = im_rings_get(lines, r, &n);
            for (guint k = 0; k + 1 < n; k++)
                if (meets(shape, &points[k]))
                    return TRUE;
        }
    }
    return FALSE;
}

static gboolean box_meets(gconstpointer box, const im_xy line[2])
{
    return im_segment_meets_box(line, box);
}

static gboolean name_meets(gconstpointer name, const im_xy line[2])
{
    return im_tilted_meets_line(name, line);
}

gboolean im_bed_crosses_claim(const im_bed *b, const im_name_spot *spot, im_xy extent)
{
    if (!b->is_claimed)
        return FALSE;
    const im_box box = {spot->middle.x - extent.x / 2, spot->middle.y - extent.y / 2,
                        spot->middle.x + extent.x / 2, spot->middle.y + extent.y / 2};
    const im_tilted name = im_tilted_about(&box, spot->middle, spot->angle_deg);
    return meets_disputed(b->ground, name_meets, &name);
}

im_bed im_bed_new(const im_ground *ground, guint32 region, gboolean is_country)
{
    const GPtrArray *regions = is_country ? ground->countries : ground->states;
    im_bed b = {.ground = ground,
                .region = g_ptr_array_index(regions, region),
                .index = region,
                .is_country = is_country};
    b.box = im_rings_box(b.region->outline);
    b.size_px = sqrt((b.box.max_x - b.box.min_x) * (b.box.max_y - b.box.min_y));
    b.is_claimed = meets_disputed(ground, box_meets, &b.box);
    return b;
}

double im_bed_off_pole(const im_bed *b, im_xy at)
{
    return hypot(at.x - b->region->pole.x, at.y - b->region->pole.y) / b->size_px;
}

static gboolean belongs(const im_bed *b, guint32 value)
{
    if (value == 0)
        return FALSE;
    if (!b->is_country)
        return value - 1u == b->index;
    if (im_ground_is_own(b->ground, value - 1))
        return FALSE; /* its names would be among others */
    const im_region *state = g_ptr_array_index(b->ground->states, value - 1u);
    return state->country == b->index;
}

static void add_sum(guint32 *sums, int stride, int x, int y, guint32 value)
{
    sums[(y + 1) * stride + x + 1] =
        value + sums[y * stride + x + 1] + sums[(y + 1) * stride + x] - sums[y * stride + x];
}

im_xy im_cells_point(const im_cells *c, double x, double y)
{
    return (im_xy){c->corner.x + IM_CELL_PX * (x * c->right.x + y * c->down.x),
                   c->corner.y + IM_CELL_PX * (x * c->right.y + y * c->down.y)};
}

/* Index in the raster of what is at a point; negative outside of the frame. */
static inline int raster_at(const im_ground *g, im_xy p)
{
    const double column = (p.x - g->frame.min_x) * (1.0 / IM_CELL_PX),
                 row = (p.y - g->frame.min_y) * (1.0 / IM_CELL_PX);
    if (!(column >= 0 && row >= 0 && column < g->columns && row < g->rows))
        return -1;
    return (int)row * g->columns + (int)column;
}

static guint32 *new_sums(const im_cells *c)
{
    return g_new0(guint32, (gsize)(c->columns + 1) * (gsize)(c->rows + 1));
}

void im_cells_count(im_cells *c, const im_bed *b)
{
    const int stride = c->columns + 1;
    const gboolean is_level = c->angle_deg == 0; /* rows are those of the raster */
    c->own = new_sums(c);
    c->sea = is_level ? new_sums(c) : NULL;
    for (int y = 0; y < c->rows; y++) {
        const int first = raster_at(b->ground, im_cells_point(c, 0.5, y + 0.5));
        for (int x = 0; x < c->columns; x++) {
            const int at =
                is_level ? first + x : raster_at(b->ground, im_cells_point(c, x + 0.5, y + 0.5));
            const guint32 value = at >= 0 ? b->ground->raster[at] : 0;
            add_sum(c->own, stride, x, y, belongs(b, value));
            if (is_level)
                add_sum(c->sea, stride, x, y, at >= 0 && value == 0);
        }
    }
}

void im_cells_clear(im_cells *c)
{
    g_free(c->own);
    g_free(c->sea);
}
