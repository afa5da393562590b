#include "map/fit.h"

#include "map/along.h"

#include <math.h>

enum { MOST_CANDIDATES = 36 };

/* At least this part of a name has to be on its own land. */
static const double LEAST_ON_LAND = 0.3;

/* Between a name and the borders around it; an abbreviation stands in a state too small for that. */
static const double CLEAR_PX = 2;

/* What more it costs to stand half in the sea where the name has room along the axis. */
static const double SEA_COST = 1;

/* @param reach  how far a name may stand out of the region */
static gboolean init_level(im_cells *c, const im_bed *b, im_xy reach)
{
    const im_box box = b->box;
    if (im_box_is_empty(&box))
        return FALSE;
    const im_ground *g = b->ground;
    const double left = floor((box.min_x - reach.x - g->frame.min_x) / IM_CELL_PX),
                 top = floor((box.min_y - reach.y - g->frame.min_y) / IM_CELL_PX),
                 right = ceil((box.max_x + reach.x - g->frame.min_x) / IM_CELL_PX),
                 bottom = ceil((box.max_y + reach.y - g->frame.min_y) / IM_CELL_PX);
    const int column = (int)CLAMP(left, 0, g->columns), row = (int)CLAMP(top, 0, g->rows);
    *c = (im_cells){
        .corner = {g->frame.min_x + column * IM_CELL_PX, g->frame.min_y + row * IM_CELL_PX},
        .right = {1, 0},
        .down = {0, 1},
        .columns = (int)CLAMP(right, 0, g->columns) - column,
        .rows = (int)CLAMP(bottom, 0, g->rows) - row};
    if (c->columns <= 0 || c->rows <= 0)
        return FALSE;
    im_cells_count(c, b);
    return TRUE;
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const im_name_spot *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    if (p->middle.y != q->middle.y)
        return p->middle.y < q->middle.y ? -1 : 1;
    return p->middle.x < q->middle.x ? -1 : p->middle.x > q->middle.x;
}

static void find_level(GArray *out, const im_cells *c, const im_bed *b, im_xy extent, guint variant,
                       double clear, gboolean in_sea, double cost)
{
    int columns = (int)ceil((extent.x + 2 * clear) / IM_CELL_PX);
    int rows = (int)ceil((extent.y + 2 * clear) / IM_CELL_PX);
    int step_x = MAX(1, columns / 8), step_y = MAX(1, rows / 3);
    for (int y = 0; y + rows <= c->rows; y += step_y)
        for (int x = 0; x + columns <= c->columns; x += step_x) {
            double own = im_cells_share(c, c->own, x, y, columns, rows);
            if (own < 1 && (!in_sea || own < LEAST_ON_LAND ||
                            own + im_cells_share(c, c->sea, x, y, columns, rows) < 1))
                continue;
            im_name_spot p = {.middle = im_cells_point(c, x + columns / 2.0, y + rows / 2.0),
                              .variant = variant};
            if (im_bed_crosses_claim(b, &p, extent))
                continue;
            p.cost = cost + 2 * im_bed_off_pole(b, p.middle) + variant * 0.4 + 3 * (1 - own);
            g_array_append_val(out, p);
        }
}

static void add_places(im_label *label, GArray *places, double cost)
{
    g_array_sort(places, compare_places);
    guint n = places->len, step = MAX(1, n / MOST_CANDIDATES);
    for (guint i = 0; i < n; i += i < MOST_CANDIDATES / 3 ? 1 : step) {
        const im_name_spot *p = &g_array_index(places, im_name_spot, i);
        im_label_add_turned(label, p->variant, p->middle, p->angle_deg, cost + p->cost);
    }
}

/* Fits variants first..end-1.
 * @param turned  the first of them may also lie along the axis, where it has no room level
 * @return        how many places there are that are level */
static guint fit(im_label *label, const im_bed *b, guint first, guint end, double clear,
                 gboolean turned, double cost)
{
    im_cells c;
    if (!init_level(&c, b, im_variant_extent(label, first)))
        return 0;
    im_region_find_pole(b->region);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(im_name_spot));
    guint n_whole = 0;
    for (guint v = first; v < end; v++) {
        find_level(places, &c, b, im_variant_extent(label, v), v, clear, FALSE, 0);
        if (v == first)
            n_whole = places->len;
    }
    const guint n_inside = places->len;
    if (turned && n_whole == 0)
        im_along_find(places, b, im_variant_extent(label, first), clear);
    const guint n_turned = places->len - n_inside;
    for (guint v = first; v < end && n_inside == 0; v++)
        find_level(places, &c, b, im_variant_extent(label, v), v, clear, TRUE,
                   n_turned > 0 ? SEA_COST : 0);
    im_cells_clear(&c);
    const guint n_level = places->len - n_turned;
    add_places(label, places, cost);
    return n_level;
}

guint im_fit_in_region(im_label *label, const im_ground *ground, guint32 region,
                       gboolean is_country, guint n_variants, double cost)
{
    const im_bed b = im_bed_new(ground, region, is_country);
    return fit(label, &b, 0, n_variants, CLEAR_PX, FALSE, cost);
}

guint im_fit_along_region(im_label *label, const im_ground *ground, guint32 region,
                          gboolean is_country, guint n_variants, double cost)
{
    const im_bed b = im_bed_new(ground, region, is_country);
    return fit(label, &b, 0, n_variants, CLEAR_PX, TRUE, cost);
}

guint im_fit_variant(im_label *label, const im_ground *ground, guint32 state, guint variant,
                     double cost)
{
    const im_bed b = im_bed_new(ground, state, FALSE);
    return fit(label, &b, variant, variant + 1, 0, FALSE, cost);
}
