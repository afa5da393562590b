/** @file
 *  From the positions of GDAL's layers to degrees. */
#ifndef IM_GEO_DEGREES_H
#define IM_GEO_DEGREES_H

#include <glib.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

/** WGS 84, longitude first. Owned by the caller, OSRRelease(). */
OGRSpatialReferenceH im_degrees_system(void);

/** How the positions of a layer become longitude and latitude.
 *  @param made  out, owned by the caller, OCTDestroyCoordinateTransformation(); NULL when the layer is in degrees, or does
 *               not say what it is in
 *  @return      FALSE when there is no way from its coordinate system to degrees */
gboolean im_degrees_from(OGRLayerH layer, OGRCoordinateTransformationH *made);

/** Whether all coordinates of a geometry are numbers. */
gboolean im_degrees_are_finite(OGRGeometryH geometry);

#endif
