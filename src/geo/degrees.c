#include "geo/degrees.h"

#include <math.h>

OGRSpatialReferenceH im_degrees_system(void)
{
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(wgs84, 4326);
    OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    return wgs84;
}

gboolean im_degrees_from(OGRLayerH layer, OGRCoordinateTransformationH *made)
{
    OGRSpatialReferenceH of_layer = OGR_L_GetSpatialRef(layer);
    *made = NULL;
    if (!of_layer)
        return TRUE;
    OGRSpatialReferenceH degrees = im_degrees_system(), from = OSRClone(of_layer);
    OSRSetAxisMappingStrategy(from, OAMS_TRADITIONAL_GIS_ORDER);
    const gboolean same = OSRIsSame(from, degrees);
    if (!same)
        *made = OCTNewCoordinateTransformation(from, degrees);
    OSRRelease(from);
    OSRRelease(degrees);
    return same || *made;
}

gboolean im_degrees_are_finite(OGRGeometryH geometry)
{
    for (int i = 0; i < OGR_G_GetPointCount(geometry); i++)
        if (!isfinite(OGR_G_GetX(geometry, i)) || !isfinite(OGR_G_GetY(geometry, i)))
            return FALSE;
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); i++)
        if (!im_degrees_are_finite(OGR_G_GetGeometryRef(geometry, i)))
            return FALSE;
    return TRUE;
}
