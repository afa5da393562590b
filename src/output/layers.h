/** @file
 *  Layers of points and how QGIS draws them. */
#ifndef IM_OUTPUT_LAYERS_H
#define IM_OUTPUT_LAYERS_H

#include <gdal.h>
#include <glib.h>

/** The layer that holds the records. */
#define IM_LAYER_NAME "incidents"

/** Adds the table `layer_styles` with the style that QGIS takes when it opens the layer.
 *  @return FALSE when GDAL failed; CPLGetLastErrorMsg() says why */
gboolean im_style_add(GDALDatasetH dataset);

/** A drawing of its own, for programs that draw maps themselves: square, about the origin (svg.c). Owned by the
 *  caller.
 *  @param items     of im_item *, without hatching
 *  @param reach_px  half of its side */
char *im_items_to_svg(const GPtrArray *items, double reach_px);

#endif
