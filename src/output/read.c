/* Records from any table that GDAL reads (foreign.h says what its fields mean). */
#include "geo/degrees.h"
#include "output/foreign.h"
#include "output/on_demand.h"
#include "output/priv.h"

#include <cpl_error.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

typedef struct table {
    im_foreign *foreign;
    const char *path;
    OGRLayerH layer;
    gboolean is_counted;     /* its file says how many records there are */
    const im_field **fields; /* of the layer, in its order */
    int n_fields;
    OGRCoordinateTransformationH to_degrees; /* NULL when the layer is in degrees */
} table;

static gboolean table_open(table *t, OGRLayerH layer, GError **error)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    t->layer = layer;
    t->n_fields = OGR_FD_GetFieldCount(definition);
    t->fields = g_new(const im_field *, MAX(t->n_fields, 1));
    for (int i = 0; i < t->n_fields; i++)
        t->fields[i] =
            im_foreign_field(t->foreign, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    if (im_degrees_from(layer, &t->to_degrees))
        return TRUE;
    const char *name = OSRGetName(OGR_L_GetSpatialRef(layer));
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT,
                "%s: its coordinate system '%s' leads to no longitude and latitude", t->path,
                name ? name : "");
    return FALSE;
}

static void table_close(table *t)
{
    if (t->to_degrees)
        OCTDestroyCoordinateTransformation(t->to_degrees);
    g_free(t->fields);
}

/* @param position  not a number where there is one that cannot be told
 * @return          FALSE where there is none */
static gboolean geometry_point(const table *t, OGRGeometryH geometry, im_lonlat *position)
{
    *position = (im_lonlat){NAN, NAN};
    if (!geometry || OGR_G_IsEmpty(geometry))
        return FALSE;
    if (!im_degrees_are_finite(geometry))
        return TRUE;
    gboolean is_point = wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPoint;
    OGRGeometryH point = is_point ? OGR_G_Clone(geometry) : OGR_G_PointOnSurface(geometry);
    if (!point)
        return TRUE;
    double x = OGR_G_GetX(point, 0), y = OGR_G_GetY(point, 0);
    OGR_G_DestroyGeometry(point);
    if (t->to_degrees && !OCTTransform(t->to_degrees, 1, &x, &y, NULL))
        return TRUE;
    *position = (im_lonlat){x, y};
    return TRUE;
}

static im_incident *read_row(const table *t, OGRFeatureH feature, GError **error)
{
    im_lonlat position;
    im_foreign_begin(t->foreign);
    for (int i = 0; i < t->n_fields; i++)
        if (OGR_F_IsFieldSetAndNotNull(feature, i)) {
            const char *text = OGR_F_GetFieldAsString(feature, i);
            im_foreign_set(t->foreign, t->fields[i], text, strlen(text));
        }
    gboolean there = geometry_point(t, OGR_F_GetGeometryRef(feature), &position);
    return im_foreign_end(t->foreign, there ? &position : NULL, error);
}

/* A FlatGeobuf that is cut off in its index has no features for GDAL; how many there were its head says. */
static gboolean is_whole(const table *t, guint n_read, GError **error)
{
    const GIntBig n = t->is_counted ? OGR_L_GetFeatureCount(t->layer, FALSE) : -1;
    if (n <= (GIntBig)n_read)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT,
                "%s: is cut off: of %" G_GINT64_FORMAT " records %u are there", t->path, (gint64)n,
                n_read);
    return FALSE;
}

static gboolean read_layer(const table *t, GPtrArray *incidents, GError **error)
{
    OGRFeatureH feature;
    const guint before = incidents->len;
    CPLErrorReset();
    OGR_L_ResetReading(t->layer);
    while ((feature = OGR_L_GetNextFeature(t->layer))) {
        im_incident *incident = read_row(t, feature, error);
        OGR_F_Destroy(feature);
        if (!incident)
            return FALSE;
        g_ptr_array_add(incidents, incident);
    }
    if (CPLGetLastErrorType() != CE_Failure)
        return is_whole(t, incidents->len - before, error);
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: %s", t->path, CPLGetLastErrorMsg());
    return FALSE;
}

static gboolean is_table_of_records(OGRLayerH layer)
{
    return strcmp(OGR_L_GetName(layer), "layer_styles") != 0; /* QGIS's, in GeoPackages */
}

static gboolean read_dataset(const char *path, GDALDatasetH dataset, const char *const *map,
                             GPtrArray *incidents, GError **error)
{
    g_autoptr(im_foreign) foreign = im_foreign_new(path, map);
    g_autofree table *tables = g_new0(table, (gsize)GDALDatasetGetLayerCount(dataset) + 1);
    const gboolean is_counted =
        strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(dataset)), "FlatGeobuf") == 0;
    guint n = 0;
    gboolean ok = TRUE;
    for (int i = 0; ok && i < GDALDatasetGetLayerCount(dataset); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        if (!is_table_of_records(layer))
            continue;
        tables[n].foreign = foreign;
        tables[n].path = path;
        tables[n].is_counted = is_counted;
        ok = table_open(&tables[n++], layer, error);
    }
    if (ok && is_counted && n == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: no table of records", path);
        ok = FALSE;
    }
    ok = ok && im_foreign_check(foreign, error);
    for (guint i = 0; i < n; i++) {
        ok = ok && read_layer(&tables[i], incidents, error);
        table_close(&tables[i]);
    }
    return ok;
}

static GDALDatasetH open_dataset(const char *path, GError **error)
{
    static gsize registered;
    if (g_once_init_enter(&registered)) {
        GDALAllRegister();
        g_once_init_leave(&registered, 1);
    }
    CPLErrorReset();
    GDALDatasetH dataset = GDALOpenEx(
        path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    if (!dataset) {
        gboolean there = g_str_has_prefix(path, "/vsi") || g_file_test(path, G_FILE_TEST_EXISTS);
        const char *reason = CPLGetLastErrorMsg();
        g_set_error(error, IM_ERROR, there ? IM_ERROR_FORMAT : IM_ERROR_IO, "%s: %s", path,
                    !there    ? "no such file"
                    : *reason ? reason
                              : "no table of records");
    }
    return dataset;
}

static GPtrArray *read_records(const char *path, const char *const *map, GError **error)
{
    g_autoptr(GPtrArray) incidents =
        g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = open_dataset(path, error);
    gboolean ok = dataset && read_dataset(path, dataset, map, incidents, error);
    if (dataset)
        GDALClose(dataset);
    CPLPopErrorHandler();
    return ok ? g_steal_pointer(&incidents) : NULL;
}

const im_record_reader im_gis_records = {read_records};
