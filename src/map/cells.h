/** @file
 *  What there is below a name, counted in cells: whether it has room somewhere is a look-up. */
#ifndef IM_MAP_CELLS_H
#define IM_MAP_CELLS_H

#include "geo/tilted.h"
#include "map/ground.h"

/** What a name has to fit in. */
typedef struct im_bed {
    const im_ground *ground;
    im_region *region;
    guint32 index; /**< among the ground's states, or its countries */
    gboolean is_country;
    im_box box;          /**< around all of the region */
    double size_px;      /**< side of a square as large as that box */
    gboolean is_claimed; /**< whether a disputed line runs through that box */
} im_bed;

im_bed im_bed_new(const im_ground *ground, guint32 region, gboolean is_country);

/** How far a point is from the pole of the region, as a part of its size. The pole has to be known. */
double im_bed_off_pole(const im_bed *bed, im_xy at);

/** Cells of IM_CELL_PX in rows that run as a name would: those of the ground's raster, or turned. Counts of those of
 *  the region, and of the sea's, as tables of sums (Crow, Summed-area tables, 1984). */
typedef struct im_cells {
    im_xy corner;      /**< px: of the first one */
    im_xy right, down; /**< of length 1 */
    double angle_deg;  /**< clockwise; 0: level, and cells of the raster */
    int columns, rows;
    guint32 *own, *sea; /**< (columns + 1) × (rows + 1); the sea's of level ones only */
} im_cells;

/** Fills the tables; all else is set. What is outside of the frame is neither the region nor sea. */
void im_cells_count(im_cells *cells, const im_bed *bed);
void im_cells_clear(im_cells *cells);

/** The point so many cells to the right of the corner, and below it. */
im_xy im_cells_point(const im_cells *cells, double x, double y);

/** The part of a rectangle of cells that is in one of the tables, 0 to 1. */
static inline double im_cells_share(const im_cells *cells, const guint32 *sums, int x, int y,
                                    int columns, int rows)
{
    const int stride = cells->columns + 1;
    const guint32 n = sums[(y + rows) * stride + x + columns] - sums[y * stride + x + columns] -
                      sums[(y + rows) * stride + x] + sums[y * stride + x];
    return (double)n / ((double)columns * rows);
}

/** Where a name fits. */
typedef struct im_name_spot {
    im_xy middle;
    double angle_deg; /**< clockwise */
    guint variant;    /**< of the label */
    double cost;
} im_name_spot;

/** Whether a name there would lie over a disputed line: a claim, a few dashes long, would be broken to scraps.
 *  @param extent  of the name */
gboolean im_bed_crosses_claim(const im_bed *bed, const im_name_spot *spot, im_xy extent);

#endif
