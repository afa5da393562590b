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

#endif
