/** @file
 *  Draws a map with Cairo: for pictures and for pages. */
#ifndef IM_OUTPUT_DRAW_H
#define IM_OUTPUT_DRAW_H

#include <cairo.h>
#include <incmap/map.h>

/** Draws the whole map; user space is map pixels. Loads the bundled fonts.
 *  @param error  IM_ERROR_DATA when the fonts are missing */
gboolean im_map_draw(const im_map *map, cairo_t *cr, GError **error);

#endif
