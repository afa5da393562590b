/* Records as a layer of points for GIS: GeoPackage and FlatGeobuf, by GDAL. Days are of type Date; what has no
 * place has no geometry; nothing in the file depends on the clock. */
#include "output/layers.h"
#include "geo/degrees.h"
#include "incident/content.h"
#include "output/on_demand.h"
#include "output/priv.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>

/* Of libgdal, declared for C++ only. Registering all drivers would take longer than most files. */
void RegisterOGRGeoPackage(void);
void RegisterOGRFlatGeobuf(void);

static gboolean fail(const char *what, GError **error)
{
    const char *reason = CPLGetLastErrorMsg();
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s", what, *reason ? reason : "GDAL failed");
    return FALSE;
}

static OGRFieldType type_of(const im_column *column)
{
    if (column->is_day)
        return OFTDate;
    return column->kind == IM_VALUE_INTEGER  ? OFTInteger64
           : column->kind == IM_VALUE_NUMBER ? OFTReal
                                             : OFTString;
}

static gboolean create_fields(OGRLayerH layer)
{
    guint n;
    const im_column *columns = im_columns(&n);
    for (guint i = 0; i < n; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(columns[i].name, type_of(&columns[i]));
        OGRErr failed = OGR_L_CreateField(layer, field, FALSE);
        OGR_Fld_Destroy(field);
        if (failed)
            return FALSE;
    }
    return TRUE;
}

/* The layer of the records, empty. */
static OGRLayerH create_layer(GDALDatasetH dataset, char **options)
{
    OGRSpatialReferenceH wgs84 = im_degrees_system();
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, IM_LAYER_NAME, wgs84, wkbPoint, options);
    OSRRelease(wgs84);
    return layer && create_fields(layer) ? layer : NULL;
}

/* What is not set is written as NULL. */
static void set_field(OGRFeatureH feature, int field, const im_value *value)
{
    switch (value->kind) {
    case IM_VALUE_NULL:
        OGR_F_UnsetField(feature, field);
        break;
    case IM_VALUE_STRING:
        OGR_F_SetFieldString(feature, field, value->string);
        break;
    case IM_VALUE_INTEGER:
        OGR_F_SetFieldInteger64(feature, field, value->integer);
        break;
    case IM_VALUE_NUMBER:
        OGR_F_SetFieldDouble(feature, field, value->number);
        break;
    }
}

static gboolean add_record(OGRLayerH layer, OGRFeatureH feature, const im_incident *incident,
                           GString *scratch)
{
    guint n;
    const im_column *columns = im_columns(&n);
    OGR_F_SetFID(feature, OGRNullFID);
    for (guint i = 0; i < n; i++) {
        const im_value value = im_column_get(&columns[i], incident, scratch);
        set_field(feature, (int)i, &value);
    }
    OGRGeometryH point = incident->has_geometry ? OGR_G_CreateGeometry(wkbPoint) : NULL;
    if (point)
        OGR_G_SetPoint_2D(point, 0, incident->position.lon_deg, incident->position.lat_deg);
    OGR_F_SetGeometryDirectly(feature, point);
    return OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
}

/* One feature serves for all: to make a new one for each takes a tenth of the time. */
static gboolean add_records(OGRLayerH layer, const GPtrArray *incidents)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    gboolean ok = TRUE;
    for (guint i = 0; i < incidents->len && ok; i++)
        ok = add_record(layer, feature, im_incident_whole_at(incidents, i), scratch);
    OGR_F_Destroy(feature);
    return ok;
}

/* GeoPackages hold when they were last changed: that is the day of the newest report. */
static void set_clock(const GPtrArray *incidents)
{
    im_day newest = im_day_from_ymd(1970, 1, 1);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        for (guint k = 0; k < r->sources->len; k++)
            newest = MAX(newest, ((const im_source *)r->sources->pdata[k])->date);
    }
    char iso[IM_DAY_ISO_SIZE];
    g_autofree char *instant = g_strconcat(im_day_format_iso(newest, iso), "T00:00:00.000Z", NULL);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", instant);
}

/* The file is made aside and synced before it is renamed: until then nobody needs a journal of it. */
static const char *const unsafe_options[][2] = {{"OGR_SQLITE_SYNCHRONOUS", "OFF"},
                                                {"OGR_SQLITE_JOURNAL", "OFF"},
                                                {"OGR_SQLITE_CACHE", "64"}}; /* MB */

static void set_options(gboolean on)
{
    for (guint i = 0; i < G_N_ELEMENTS(unsafe_options); i++)
        CPLSetThreadLocalConfigOption(unsafe_options[i][0], on ? unsafe_options[i][1] : NULL);
}

static gboolean fill_fgb(GDALDatasetH dataset, OGRLayerH layer, const GPtrArray *incidents)
{
    (void)dataset;
    return add_records(layer, incidents);
}

static gboolean fill_gpkg(GDALDatasetH dataset, OGRLayerH layer, const GPtrArray *incidents)
{
    if (GDALDatasetStartTransaction(dataset, FALSE) != OGRERR_NONE)
        return FALSE;
    g_autofree char *index = im_rtree_begin(dataset);
    return index && add_records(layer, incidents) && OGR_L_SyncToDisk(layer) == OGRERR_NONE &&
           im_rtree_end(dataset, index, incidents) && im_style_add(dataset) &&
           GDALDatasetCommitTransaction(dataset) == OGRERR_NONE;
}

/* Writes the file; what is buffered is written when it is closed. */
static gboolean
make_layer(const char *path, const char *driver, char **options, const im_output_data *data,
           gboolean (*fill)(GDALDatasetH dataset, OGRLayerH layer, const GPtrArray *incidents),
           GError **error)
{
    CPLErrorReset();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    set_clock(data->incidents);
    set_options(TRUE);
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH layer = dataset ? create_layer(dataset, options) : NULL;
    gboolean ok = layer && fill(dataset, layer, data->incidents);
    if (!ok)
        fail(driver, error);
    if (dataset)
        GDALClose(dataset);
    if (ok && CPLGetLastErrorType() >= CE_Failure)
        ok = fail(driver, error);
    set_options(FALSE);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    CPLPopErrorHandler();
    return ok;
}

static gboolean make_gpkg(const char *path, const im_output_data *data, GError **error)
{
    RegisterOGRGeoPackage();
    g_autofree char *credit = g_strconcat("DESCRIPTION=", data->credit ? data->credit : "", NULL);
    char *options[] = {credit, (char *)"SPATIAL_INDEX=NO", NULL};
    return make_layer(path, "GPKG", options, data, fill_gpkg, error);
}

/* Of what has no geometry GDAL's driver writes nothing, and says nothing either (GDAL 3.6). */
static gboolean make_fgb(const char *path, const im_output_data *data, GError **error)
{
    RegisterOGRFlatGeobuf();
    return make_layer(path, "FlatGeobuf", NULL, data, fill_fgb, error);
}

const im_maker im_gis_gpkg = {make_gpkg};
const im_maker im_gis_fgb = {make_fgb};
