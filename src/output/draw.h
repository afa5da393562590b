/** @file
 *  Draws a map with Cairo: for pictures and for pages. */
#ifndef IM_OUTPUT_DRAW_H
#define IM_OUTPUT_DRAW_H

#include "map/map.h"

#include <cairo.h>

/** Width of a line of hatching. */
#define IM_HATCH_LINE_PX 1.0f

/** Hatching is a grid of squares with a diagonal each, the same for the whole map: their side, for
 *  a distance between the lines of about style->hatch_gap_px. */
guint im_hatch_side_px(const im_style *style);

/** Draws the map as far as the context's clip goes; user space is map pixels. Loads the bundled fonts, for each
 *  thread its own: several may draw parts of one map.
 *  @param error  IM_ERROR_DATA when the fonts are missing */
gboolean im_map_draw(const im_map *map, cairo_t *cr, GError **error);

/** Appends the whole map as an element `svg` (svg.c).
 *  @param error  IM_ERROR_DATA when the fonts are missing */
gboolean im_map_to_svg(const im_map *map, GString *out, GError **error);

/** A drawing of its own, for programs that draw maps themselves: square, about the origin (svg.c). Owned by the
 *  caller.
 *  @param items     of im_item *, without hatching
 *  @param reach_px  half of its side */
char *im_items_to_svg(const GPtrArray *items, double reach_px);

#endif
