/* Layers that GDAL reads: at build time those of geodata/, and the user's own (own_gdal.c). */
#include "map/boundaries_gdal.h"

#include <cpl_error.h>

static char *string_field(OGRFeatureH feature, const char *name)
{
    int field = OGR_F_GetFieldIndex(feature, name);
    return g_strdup(field >= 0 ? OGR_F_GetFieldAsString(feature, field) : "");
}

im_unit *im_gdal_unit(OGRFeatureH feature)
{
    im_unit *unit = g_new0(im_unit, 1);
    unit->rings = im_rings_new();
    g_autofree char *iso = string_field(feature, "iso_a2");
    g_strlcpy(unit->iso, iso, sizeof unit->iso);
    unit->admin1 = string_field(feature, "admin1");
    unit->iso3166_2 = string_field(feature, "iso_3166_2");
    unit->name = string_field(feature, "name");
    int level = OGR_F_GetFieldIndex(feature, "level");
    unit->is_part = level >= 0 && OGR_F_GetFieldAsInteger(feature, level) == 2;
    return unit;
}

/* Appends a ring, turned as im_rings wants it. */
static void append_ring(im_rings *rings, OGRGeometryH geometry, gboolean inner)
{
    guint start = rings->points->len;
    int n = OGR_G_GetPointCount(geometry);
    if (n <= 0)
        return;
    g_array_set_size(rings->points, start + (guint)n);
    im_xy *points = &g_array_index(rings->points, im_xy, start);
    OGR_G_GetPoints(geometry, &points->x, sizeof *points, &points->y, sizeof *points, NULL, 0);
    if ((im_ring_area(points, (guint)n) < 0) != inner)
        for (int i = 0, j = n - 1; i < j; i++, j--) {
            im_xy swap = points[i];
            points[i] = points[j];
            points[j] = swap;
        }
    im_rings_close(rings);
}

void im_gdal_append_areas(im_rings *rings, OGRGeometryH geometry)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    int n = OGR_G_GetGeometryCount(geometry);
    for (int i = 0; i < n; i++)
        if (type == wkbPolygon || type == wkbTriangle)
            append_ring(rings, OGR_G_GetGeometryRef(geometry, i), i > 0);
        else
            im_gdal_append_areas(rings, OGR_G_GetGeometryRef(geometry, i));
}

static void append_lines(im_rings *lines, OGRGeometryH geometry)
{
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbLineString) {
        for (int i = 0; i < OGR_G_GetPointCount(geometry); i++)
            im_rings_add(lines, (im_xy){OGR_G_GetX(geometry, i), OGR_G_GetY(geometry, i)});
        g_array_append_val(lines->ends, lines->points->len);
    }
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); i++)
        append_lines(lines, OGR_G_GetGeometryRef(geometry, i));
}

static im_unit *read_unit(OGRFeatureH feature)
{
    im_unit *unit = im_gdal_unit(feature);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (geometry && OGR_G_GetDimension(geometry) == 2)
        im_gdal_append_areas(unit->rings, geometry);
    else if (geometry)
        append_lines(unit->rings, geometry);
    return unit;
}

GDALDatasetH im_gdal_open(const char *path, GError **error)
{
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    CPLPopErrorHandler();
    if (dataset && GDALDatasetGetLayerCount(dataset) > 0)
        return dataset;
    if (dataset)
        GDALClose(dataset);
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: boundaries are missing or unreadable", path);
    return NULL;
}

static GPtrArray *read_file(const char *path, GError **error)
{
    GDALDatasetH dataset = im_gdal_open(path, error);
    if (!dataset)
        return NULL;
    OGRLayerH layer = GDALDatasetGetLayer(dataset, 0);
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(im_unit_free);
    OGRFeatureH feature;
    CPLErrorReset();
    while ((feature = OGR_L_GetNextFeature(layer))) {
        g_ptr_array_add(units, read_unit(feature));
        OGR_F_Destroy(feature);
    }
    const gboolean ok = CPLGetLastErrorType() < CE_Failure;
    if (!ok)
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, CPLGetLastErrorMsg());
    GDALClose(dataset);
    return ok ? g_steal_pointer(&units) : NULL;
}

const im_boundary_reader im_gis_boundaries = {read_file, im_gdal_read_own};
