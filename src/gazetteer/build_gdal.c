#include "gazetteer/build_gdal.h"
#include "geo/degrees.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <incmap/error.h>
#include <math.h>
#include <ogr_api.h>

struct gaz_vsi {
    VSILFILE *file;
    char *path;
};

static gboolean fail(GError **error, const char *path, const char *what)
{
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, what);
    return FALSE;
}

static gboolean fail_as_gdal(GError **error, const char *path, const char *usual)
{
    const char *detail = CPLGetLastErrorMsg();
    return fail(error, path, *detail ? detail : usual);
}

/* The virtual path of what is packed: `/vsizip/{MX.zip}/MX.txt`. */
static char *virtual_path(const char *path)
{
    if (g_str_has_prefix(path, "/vsi"))
        return g_strdup(path);
    if (g_str_has_suffix(path, ".gz"))
        return g_strconcat("/vsigzip/", path, NULL);
    g_autofree char *base = g_path_get_basename(path);
    base[strlen(base) - strlen(".zip")] = '\0';
    return g_strdup_printf("/vsizip/{%s}/%s.txt", path, base);
}

static gaz_vsi *vsi_open(const char *path, GError **error)
{
    g_autofree char *inside = virtual_path(path);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    VSILFILE *file = VSIFOpenL(inside, "rb");
    if (!file)
        fail_as_gdal(error, inside, "cannot be opened");
    CPLPopErrorHandler();
    if (!file)
        return NULL;
    gaz_vsi *vsi = g_new(gaz_vsi, 1);
    *vsi = (gaz_vsi){file, g_strdup(path)};
    return vsi;
}

static gboolean vsi_read(gaz_vsi *vsi, void *out, gsize room, gsize *n, GError **error)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    *n = VSIFReadL(out, 1, room, vsi->file);
    gboolean failed =
        (*n < room && CPLGetLastErrorType() >= CE_Failure) || (*n == 0 && !VSIFEofL(vsi->file));
    if (failed)
        fail_as_gdal(error, vsi->path, "cannot be read");
    CPLPopErrorHandler();
    return !failed;
}

static void vsi_close(gaz_vsi *vsi)
{
    VSIFCloseL(vsi->file);
    g_free(vsi->path);
    g_free(vsi);
}

/* A layer under its reader. */
typedef struct reader {
    const gaz_layer *of;
    GDALDatasetH dataset;
    OGRLayerH layer;
    OGRCoordinateTransformationH to_wgs84; /* NULL when it is in degrees */
    int name_field, id_field;              /* -1 for none */
} reader;

static void reader_clear(reader *r)
{
    if (r->to_wgs84)
        OCTDestroyCoordinateTransformation(r->to_wgs84);
    if (r->dataset)
        GDALClose(r->dataset);
}

/* Every driver: which one a file needs is for GDAL to find out. */
static gboolean open_layer(reader *r, GError **error)
{
    GDALAllRegister();
    r->dataset = GDALOpenEx(r->of->path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (!r->dataset)
        return fail_as_gdal(error, r->of->path, "GDAL cannot read it");
    r->layer = r->of->layer ? GDALDatasetGetLayerByName(r->dataset, r->of->layer)
                            : GDALDatasetGetLayer(r->dataset, 0);
    return r->layer || fail(error, r->of->path, "has no such layer");
}

static gboolean find_field(const reader *r, const char *name, int *field, GError **error)
{
    *field = name ? OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(r->layer), name) : -1;
    if (name && *field < 0)
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: has no field %s", r->of->path, name);
    return !name || *field >= 0;
}

/* Without a coordinate system the numbers are taken for degrees. */
static gboolean prepare_transformation(reader *r, GError **error)
{
    return im_degrees_from(r->layer, &r->to_wgs84) ||
           fail(error, r->of->path, "unknown coordinate system");
}

/* Of the plane of its degrees, shortened by the latitude. */
static double radius_km(OGRGeometryH polygon, double lat_deg)
{
    const double km_per_deg = 111.2;
    double area_km2 = OGR_G_Area(polygon) * km_per_deg * km_per_deg * cos(lat_deg * G_PI / 180);
    return sqrt(fabs(area_km2) / G_PI);
}

/* The point of a geometry: itself, on the surface, or the middle of what it is made of. */
static gboolean place_feature(OGRGeometryH geometry, gaz_feature *f)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    gboolean has_area = type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon ||
                        type == wkbMultiSurface;
    OGRGeometryH point = has_area ? OGR_G_PointOnSurface(geometry) : OGR_G_CreateGeometry(wkbPoint);
    if (type == wkbPoint)
        OGR_G_SetPoint_2D(point, 0, OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0));
    else if (!has_area && OGR_G_Centroid(geometry, point) != OGRERR_NONE)
        OGR_G_Empty(point);
    gboolean found = point && !OGR_G_IsEmpty(point);
    if (found)
        f->position = (im_lonlat){OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)};
    if (point)
        OGR_G_DestroyGeometry(point);
    if (found && has_area)
        f->radius_km = radius_km(geometry, f->position.lat_deg);
    return found;
}

static gboolean take_feature(const reader *r, OGRFeatureH feature, gaz_feature_func f,
                             gpointer data, GError **error)
{
    gaz_feature out = {.fid = OGR_F_GetFID(feature),
                       .name = OGR_F_GetFieldAsString(feature, r->name_field),
                       .id = r->id_field < 0 ? "" : OGR_F_GetFieldAsString(feature, r->id_field)};
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (!geometry || OGR_G_IsEmpty(geometry))
        out.fault = "no geometry";
    else if (r->to_wgs84 && OGR_G_Transform(geometry, r->to_wgs84) != OGRERR_NONE)
        out.fault = "a geometry that cannot be brought to WGS 84";
    else if (!place_feature(geometry, &out))
        out.fault = "a geometry without a point";
    return f(&out, data, error);
}

static gboolean read_features(const reader *r, gaz_feature_func f, gpointer data, GError **error)
{
    gboolean going = TRUE;
    OGR_L_ResetReading(r->layer);
    CPLErrorReset();
    for (OGRFeatureH feature; going && (feature = OGR_L_GetNextFeature(r->layer)) != NULL;) {
        going = take_feature(r, feature, f, data, error);
        OGR_F_Destroy(feature);
    }
    if (going && CPLGetLastErrorType() >= CE_Failure)
        return fail_as_gdal(error, r->of->path, "cannot be read to its end");
    return going;
}

static gboolean layer_each(const gaz_layer *layer, gaz_feature_func f, gpointer data,
                           GError **error)
{
    reader r = {.of = layer};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    gboolean done = open_layer(&r, error) &&
                    find_field(&r, layer->name_field, &r.name_field, error) &&
                    find_field(&r, layer->id_field, &r.id_field, error) &&
                    prepare_transformation(&r, error) && read_features(&r, f, data, error);
    reader_clear(&r);
    CPLPopErrorHandler();
    return done;
}

const gaz_gdal im_gis_gazetteer = {vsi_open, vsi_read, vsi_close, layer_each};
