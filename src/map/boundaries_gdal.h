/** @file
 *  From features of GDAL to units. */
#ifndef IM_MAP_BOUNDARIES_GDAL_H
#define IM_MAP_BOUNDARIES_GDAL_H

#include "map/boundaries.h"

#include <gdal.h>
#include <ogr_api.h>

/** Opens a file with at least one layer. @return owned by the caller, GDALClose(); NULL with IM_ERROR_DATA */
GDALDatasetH im_gdal_open(const char *path, GError **error);

/** A unit of the fields that geodata/ has, without rings yet. Owned by the caller. */
im_unit *im_gdal_unit(OGRFeatureH feature);

/** Appends the polygons of a geometry, which has no curves and is not to hold lines, turned as im_rings wants them. */
void im_gdal_append_areas(im_rings *rings, OGRGeometryH geometry);

/** As im_boundary_reader.read_own. */
GPtrArray *im_gdal_read_own(const im_own_source *source, GPtrArray *faults, GError **error);

#endif
