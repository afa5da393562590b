/* Boundaries from any layer that GDAL reads: the user's own, and at build time those of geodata/. */
#include "map/boundaries.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

typedef struct im_boundary_file {
    char *path, *name_field; /* the field may be NULL: the first string */
    gboolean is_users;
    GDALDatasetH dataset;
    OGRCoordinateTransformationH to_wgs84; /* NULL when it is in degrees */
} im_boundary_file;

static void close_file(im_boundary_file *f)
{
    if (!f)
        return;
    if (f->to_wgs84)
        OCTDestroyCoordinateTransformation(f->to_wgs84);
    if (f->dataset)
        GDALClose(f->dataset);
    g_free(f->path);
    g_free(f->name_field);
    g_free(f);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_boundary_file, close_file)

/* Sets up how the user's layer becomes degrees. */
static gboolean prepare_transformation(im_boundary_file *f, GError **error)
{
    OGRSpatialReferenceH from = OGR_L_GetSpatialRef(GDALDatasetGetLayer(f->dataset, 0));
    if (!from)
        return TRUE;
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(wgs84, 4326);
    OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    const gboolean same = OSRIsSame(from, wgs84);
    f->to_wgs84 = same ? NULL : OCTNewCoordinateTransformation(from, wgs84);
    OSRRelease(wgs84);
    if (!same && !f->to_wgs84)
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: unknown coordinate system", f->path);
    return same || f->to_wgs84;
}

static im_boundary_file *open_file(const char *path, const char *name_field, gboolean is_users,
                                   GError **error)
{
    GDALAllRegister();
    g_autoptr(im_boundary_file) f = g_new0(im_boundary_file, 1);
    f->path = g_strdup(path);
    f->name_field = g_strdup(name_field);
    f->is_users = is_users;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    f->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    CPLPopErrorHandler();
    if (!f->dataset || GDALDatasetGetLayerCount(f->dataset) == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: boundaries are missing or unreadable",
                    path);
        return NULL;
    }
    return prepare_transformation(f, error) ? g_steal_pointer(&f) : NULL;
}

static char *string_field(OGRFeatureH feature, const char *name)
{
    int field = OGR_F_GetFieldIndex(feature, name);
    return g_strdup(field >= 0 ? OGR_F_GetFieldAsString(feature, field) : "");
}

static char *user_name(const im_boundary_file *f, OGRFeatureH feature)
{
    if (f->name_field)
        return string_field(feature, f->name_field);
    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++)
        if (OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i)) == OFTString)
            return g_strdup(OGR_F_GetFieldAsString(feature, i));
    return g_strdup("");
}

static im_unit *unit_new(const im_boundary_file *f, OGRFeatureH feature)
{
    im_unit *unit = g_new0(im_unit, 1);
    unit->rings = im_rings_new();
    g_autofree char *iso = string_field(feature, "iso_a2");
    g_strlcpy(unit->iso, iso, sizeof unit->iso);
    unit->admin1 = string_field(feature, "admin1");
    unit->iso3166_2 = string_field(feature, "iso_3166_2");
    unit->name = f->is_users ? user_name(f, feature) : string_field(feature, "name");
    int level = OGR_F_GetFieldIndex(feature, "level");
    unit->is_part = level >= 0 && OGR_F_GetFieldAsInteger(feature, level) == 2;
    return unit;
}

/* Appends a ring or line, turned as im_rings wants it. */
static void append_ring(im_rings *rings, OGRGeometryH geometry, gboolean inner)
{
    guint start = rings->points->len;
    int n = OGR_G_GetPointCount(geometry);
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

static void append_line(im_rings *lines, OGRGeometryH geometry)
{
    for (int i = 0; i < OGR_G_GetPointCount(geometry); i++)
        im_rings_add(lines, (im_xy){OGR_G_GetX(geometry, i), OGR_G_GetY(geometry, i)});
    g_array_append_val(lines->ends, lines->points->len);
}

static void append_geometry(im_rings *rings, OGRGeometryH geometry)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    int n = OGR_G_GetGeometryCount(geometry);
    if (type == wkbLineString)
        append_line(rings, geometry);
    else if (type == wkbPolygon)
        for (int i = 0; i < n; i++)
            append_ring(rings, OGR_G_GetGeometryRef(geometry, i), i > 0);
    else
        for (int i = 0; i < n; i++)
            append_geometry(rings, OGR_G_GetGeometryRef(geometry, i));
}

static im_unit *read_unit(const im_boundary_file *f, OGRFeatureH feature)
{
    im_unit *unit = unit_new(f, feature);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (!geometry)
        return unit;
    if (f->to_wgs84)
        OGR_G_Transform(geometry, f->to_wgs84);
    append_geometry(unit->rings, geometry);
    return unit;
}

static GPtrArray *read_file(im_boundary_file *f, const im_box *box, GError **error)
{
    OGRLayerH ogr = GDALDatasetGetLayer(f->dataset, 0);
    if (box && !f->to_wgs84)
        OGR_L_SetSpatialFilterRect(ogr, box->min_x, box->min_y, box->max_x, box->max_y);
    else
        OGR_L_SetSpatialFilter(ogr, NULL);
    OGR_L_ResetReading(ogr);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(im_unit_free);
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(ogr))) {
        g_ptr_array_add(units, read_unit(f, feature));
        OGR_F_Destroy(feature);
    }
    CPLPopErrorHandler();
    if (CPLGetLastErrorType() >= CE_Failure) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", f->path, CPLGetLastErrorMsg());
        return NULL;
    }
    return g_steal_pointer(&units);
}

const im_boundary_reader im_gis_boundaries = {open_file, read_file, close_file};
