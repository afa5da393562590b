/** @file
 *  Layers of points and how QGIS draws them. */
#ifndef IM_OUTPUT_LAYERS_H
#define IM_OUTPUT_LAYERS_H

#include <gdal.h>
#include <incmap/incident.h>

/** The layer that holds the records. */
#define IM_LAYER_NAME "incidents"

/** Adds the table `layer_styles` with the style that QGIS takes when it opens the layer.
 *  @return FALSE when GDAL failed; CPLGetLastErrorMsg() says why */
gboolean im_style_add(GDALDatasetH dataset);

/** Makes the layer's spatial index, empty, to be filled by im_rtree_end(): rows that are added are not in it.
 *  @return what is to be given to that; owned by the caller. NULL when GDAL failed */
char *im_rtree_begin(GDALDatasetH dataset);

/** Puts all rows into the spatial index.
 *  @param incidents  in the order of the rows, whose ids are 1 .. n
 *  @return           FALSE when GDAL failed */
gboolean im_rtree_end(GDALDatasetH dataset, const char *trigger, const GPtrArray *incidents);

#endif
