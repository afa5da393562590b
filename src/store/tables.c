/* The store in tables of a GeoPackage, by GDAL. Rows are found by their number, which is a hash of the id, so that
 * no text of a report is ever part of SQL. */
#include "base/files.h"
#include "geo/degrees.h"
#include "store/pages.h"
#include "store/priv.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <errno.h>
#include <fcntl.h>
#include <gdal.h>
#include <glib/gstdio.h>
#include <incmap/error.h>
#include <ogr_api.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Of libgdal, declared for C++ only. */
void RegisterOGRGeoPackage(void);

/* A store of another version is not read. */
enum { SCHEMA = 1 };

typedef struct tables {
    im_store store; /* first: a store is its tables */
    char *path;
    GDALDatasetH dataset;
    OGRLayerH about, reports, incidents;
    int lock; /* a descriptor of the file that no other process locks meanwhile; closed last, for that would end
                 SQLite's locks */
    gboolean in_transaction;
} tables;

static tables *of(im_store *store)
{
    return (tables *)(void *)store;
}

/* @return FALSE with what GDAL said */
static gboolean fail(const tables *t, im_error code, const char *what, GError **error)
{
    const char *reason = CPLGetLastErrorMsg();
    g_set_error(error, IM_ERROR, code, "%s: %s%s%s", t->path, what, *reason ? ": " : "", reason);
    return FALSE;
}

static gboolean broken(const tables *t, GError **error)
{
    return fail(t, IM_ERROR_SYSTEM, "the store cannot be used", error);
}

/* What GDAL says is for our messages; the handler is one for each thread. */
static void be_quiet(void)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
}

/* ---- columns ---- */

typedef struct column {
    const char *name;
    OGRFieldType type;
    gsize offset;
} column;

#define TEXT(type, field)                                                                          \
    {                                                                                              \
#field, OFTString, G_STRUCT_OFFSET(type, field)                                            \
    }
#define DAY(type, field)                                                                           \
    {                                                                                              \
#field, OFTDate, G_STRUCT_OFFSET(type, field)                                              \
    }
#define WHOLE(type, field)                                                                         \
    {                                                                                              \
#field, OFTInteger, G_STRUCT_OFFSET(type, field)                                           \
    }
#define REPORT_TEXT(field)  TEXT(im_stored_report, field)
#define INCIDENT_TEXT(name) TEXT(im_incident, name)

/* Those of many bytes last: SQLite reads what stands before a column to come to it. */
static const column report_columns[] = {
    REPORT_TEXT(id),
    REPORT_TEXT(digest),
    REPORT_TEXT(reading),
    DAY(im_stored_report, published),
    REPORT_TEXT(dateline),
    REPORT_TEXT(file),
    {"line", OFTInteger64, G_STRUCT_OFFSET(im_stored_report, line)},
    REPORT_TEXT(language),
    REPORT_TEXT(publisher),
    REPORT_TEXT(url),
    REPORT_TEXT(headline),
    {"gist", OFTBinary, G_STRUCT_OFFSET(im_stored_report, gist)},
    REPORT_TEXT(missing),
    REPORT_TEXT(text),
    REPORT_TEXT(records),
};

/* What is not read of each part. */
static const char *const not_read[][16] = {
    [IM_STORE_ALL] = {NULL},
    [IM_STORE_IDS] = {"digest", "reading", "published", "dateline", "file", "line", "language",
                      "publisher", "url", "headline", "gist", "missing", "text", "records", NULL},
    [IM_STORE_GISTS] = {"digest", "reading", "file", "line", "language", "publisher", "url",
                        "headline", "missing", "text", "records", NULL},
    [IM_STORE_UNDATED] = {"records", NULL},
};

/* What a map in a GIS is styled and asked by; `incmap extract --store` writes all columns. */
static const column incident_columns[] = {
    INCIDENT_TEXT(id),
    INCIDENT_TEXT(title),
    DAY(im_incident, date_start),
    DAY(im_incident, date_end),
    INCIDENT_TEXT(location),
    INCIDENT_TEXT(admin2),
    INCIDENT_TEXT(admin1),
    INCIDENT_TEXT(country),
    INCIDENT_TEXT(iso),
    WHOLE(im_incident, count),
    WHOLE(im_incident, deaths_low),
    WHOLE(im_incident, deaths_best),
    WHOLE(im_incident, deaths_high),
    WHOLE(im_incident, injured),
    WHOLE(im_incident, geo_precision),
    {"number_of_sources", OFTInteger, G_STRUCT_OFFSET(im_incident, number_of_sources)},
};

/* Behind those. */
enum { INCIDENT_TYPE = G_N_ELEMENTS(incident_columns), INCIDENT_STATUS };

static void set_day(OGRFeatureH feature, int field, im_day day)
{
    int year, month, mday;
    if (day == IM_DAY_NONE)
        return;
    im_day_to_ymd(day, &year, &month, &mday);
    OGR_F_SetFieldDateTime(feature, field, year, month, mday, 0, 0, 0, 0);
}

static im_day get_day(OGRFeatureH feature, int field)
{
    int year, month, mday, hour, minute, second, zone;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field) ||
        !OGR_F_GetFieldAsDateTime(feature, field, &year, &month, &mday, &hour, &minute, &second,
                                  &zone))
        return IM_DAY_NONE;
    return im_day_from_ymd(year, month, mday);
}

static void set_bytes(OGRFeatureH feature, int field, GBytes *bytes)
{
    gsize len = 0;
    const void *data = bytes ? g_bytes_get_data(bytes, &len) : NULL;
    if (len > 0)
        OGR_F_SetFieldBinary(feature, field, (int)len, data);
}

static void set_field(OGRFeatureH feature, int field, const column *c, gconstpointer record)
{
    const char *text;
    int number;
    switch (c->type) {
    case OFTString:
        if ((text = G_STRUCT_MEMBER(const char *, record, c->offset)))
            OGR_F_SetFieldString(feature, field, text);
        break;
    case OFTDate:
        set_day(feature, field, G_STRUCT_MEMBER(im_day, record, c->offset));
        break;
    case OFTInteger:
        if ((number = G_STRUCT_MEMBER(int, record, c->offset)) >= 0)
            OGR_F_SetFieldInteger(feature, field, number);
        break;
    case OFTInteger64:
        OGR_F_SetFieldInteger64(feature, field, G_STRUCT_MEMBER(gint64, record, c->offset));
        break;
    default:
        set_bytes(feature, field, G_STRUCT_MEMBER(GBytes *, record, c->offset));
    }
}

static void get_field(OGRFeatureH feature, int field, const column *c, gpointer record)
{
    int len;
    if (c->type == OFTDate)
        G_STRUCT_MEMBER(im_day, record, c->offset) = get_day(feature, field);
    if (c->type == OFTDate || !OGR_F_IsFieldSetAndNotNull(feature, field))
        return;
    if (c->type == OFTString) {
        G_STRUCT_MEMBER(char *, record, c->offset) =
            g_utf8_make_valid(OGR_F_GetFieldAsString(feature, field), -1);
    } else if (c->type == OFTInteger64) {
        G_STRUCT_MEMBER(gint64, record, c->offset) = OGR_F_GetFieldAsInteger64(feature, field);
    } else if (c->type == OFTBinary) {
        const guchar *data = OGR_F_GetFieldAsBinary(feature, field, &len);
        G_STRUCT_MEMBER(GBytes *, record, c->offset) = g_bytes_new(data, (gsize)len);
    }
}

/* ---- files ---- */

static gboolean add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    const OGRErr failed = OGR_L_CreateField(layer, field, FALSE);
    OGR_Fld_Destroy(field);
    return failed == OGRERR_NONE;
}

static gboolean add_fields(OGRLayerH layer, const column *columns, guint n)
{
    for (guint i = 0; i < n; i++)
        if (!add_field(layer, columns[i].name, columns[i].type))
            return FALSE;
    return TRUE;
}

static OGRLayerH create_points(GDALDatasetH dataset)
{
    OGRSpatialReferenceH wgs84 = im_degrees_system();
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "incidents", wgs84, wkbPoint, NULL);
    OSRRelease(wgs84);
    return layer;
}

static gboolean create_tables(tables *t)
{
    t->about = GDALDatasetCreateLayer(t->dataset, "incmap", NULL, wkbNone, NULL);
    t->reports = GDALDatasetCreateLayer(t->dataset, "reports", NULL, wkbNone, NULL);
    t->incidents = create_points(t->dataset);
    return t->about && t->reports && t->incidents && add_field(t->about, "schema", OFTInteger) &&
           add_field(t->about, "whole", OFTInteger) &&
           add_fields(t->reports, report_columns, G_N_ELEMENTS(report_columns)) &&
           add_fields(t->incidents, incident_columns, G_N_ELEMENTS(incident_columns)) &&
           add_field(t->incidents, "type", OFTString) &&
           add_field(t->incidents, "status", OFTString);
}

/* The one row of `incmap`. */
static gboolean put_about(tables *t, GError **error)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->about));
    OGR_F_SetFID(feature, 1);
    OGR_F_SetFieldInteger(feature, 0, SCHEMA);
    OGR_F_SetFieldInteger(feature, 1, t->store.is_whole);
    const OGRErr failed = OGR_L_UpsertFeature(t->about, feature);
    OGR_F_Destroy(feature);
    return failed == OGRERR_NONE || broken(t, error);
}

static gboolean has_columns(OGRLayerH layer, const column *columns, guint n)
{
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(layer);
    for (guint i = 0; i < n; i++)
        if (OGR_FD_GetFieldIndex(defn, columns[i].name) != (int)i ||
            OGR_Fld_GetType(OGR_FD_GetFieldDefn(defn, (int)i)) != columns[i].type)
            return FALSE;
    return TRUE;
}

static gboolean find_tables(tables *t, GError **error)
{
    t->about = GDALDatasetGetLayerByName(t->dataset, "incmap");
    t->reports = GDALDatasetGetLayerByName(t->dataset, "reports");
    t->incidents = GDALDatasetGetLayerByName(t->dataset, "incidents");
    OGRFeatureH about = t->about ? OGR_L_GetFeature(t->about, 1) : NULL;
    const int schema = about ? OGR_F_GetFieldAsInteger(about, 0) : 0;
    t->store.is_whole = about && OGR_F_GetFieldAsInteger(about, 1);
    OGR_F_Destroy(about);
    CPLErrorReset();
    if (schema == 0 || !t->reports || !t->incidents)
        return fail(t, IM_ERROR_DATA, "no store of incmap", error);
    if (schema != SCHEMA ||
        !has_columns(t->reports, report_columns, G_N_ELEMENTS(report_columns)) ||
        !has_columns(t->incidents, incident_columns, G_N_ELEMENTS(incident_columns)) ||
        OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(t->incidents), "type") != INCIDENT_TYPE ||
        OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(t->incidents), "status") != INCIDENT_STATUS)
        return fail(t, IM_ERROR_DATA, "a store of another version of incmap", error);
    return TRUE;
}

static gboolean begin(tables *t, GError **error)
{
    t->in_transaction = GDALDatasetStartTransaction(t->dataset, FALSE) == OGRERR_NONE;
    return t->in_transaction || broken(t, error);
}

static gboolean commit(im_store *store, GError **error)
{
    tables *t = of(store);
    be_quiet();
    t->in_transaction = FALSE;
    gboolean ok = GDALDatasetCommitTransaction(t->dataset) == OGRERR_NONE;
    if (!ok) {
        broken(t, error);
        GDALDatasetRollbackTransaction(t->dataset);
    }
    ok = ok && begin(t, error);
    CPLPopErrorHandler();
    return ok;
}

static void close_tables(im_store *store)
{
    tables *t = of(store);
    be_quiet();
    if (t->in_transaction)
        GDALDatasetRollbackTransaction(t->dataset);
    if (t->dataset)
        GDALClose(t->dataset);
    CPLPopErrorHandler();
    if (t->lock >= 0)
        close(t->lock);
    g_free(t->path);
    g_free(t);
}

static tables *tables_new(const char *path)
{
    tables *t = g_new0(tables, 1);
    t->path = g_strdup(path);
    t->lock = -1;
    return t;
}

/* An im_file_maker: an empty store. */
static gboolean make_store(const char *path, gconstpointer data, GError **error)
{
    (void)data;
    tables *t = tables_new("new store");
    be_quiet();
    t->store.is_whole = TRUE;
    t->dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    const gboolean ok = t->dataset && begin(t, NULL) && create_tables(t) && put_about(t, NULL) &&
                        commit(&t->store, NULL);
    if (!ok)
        broken(t, error);
    CPLPopErrorHandler();
    close_tables(&t->store);
    return ok;
}

/* Makes a store where there is none; whoever was first made it. */
static gboolean create(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS) ||
        im_file_make(path, ".gpkg", FALSE, make_store, NULL, &cause) ||
        g_error_matches(cause, IM_ERROR, IM_ERROR_USAGE))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean lock(tables *t, im_store_mode mode, GError **error)
{
    t->lock = open(t->path, (mode == IM_STORE_WRITE ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    int code = t->lock < 0 ? -1 : 0;
    while (t->lock >= 0 &&
           (code = flock(t->lock, mode == IM_STORE_WRITE ? LOCK_EX : LOCK_SH)) != 0 &&
           errno == EINTR)
        continue;
    if (code == 0)
        return TRUE;
    g_set_error(error, IM_ERROR, errno == ENOENT ? IM_ERROR_DATA : IM_ERROR_SYSTEM, "%s: %s",
                t->path, g_strerror(errno));
    return FALSE;
}

/* Who may write opens it so for reading, too: SQLite puts right what a killed process left. */
static gboolean open_tables(tables *t, im_store_mode mode, GError **error)
{
    static const char *const drivers[] = {"GPKG", NULL};
    const gboolean may_write = mode == IM_STORE_WRITE || g_access(t->path, W_OK) == 0;
    if (!lock(t, mode, error))
        return FALSE;
    t->dataset =
        GDALOpenEx(t->path, GDAL_OF_VECTOR | (may_write ? GDAL_OF_UPDATE : GDAL_OF_READONLY),
                   drivers, NULL, NULL);
    if (!t->dataset)
        return fail(t, IM_ERROR_DATA, "no store of incmap", error);
    if (!im_store_has_all_pages(t->path)) /* a journal that was left is done with by now */
        return fail(t, IM_ERROR_DATA, "a part of the file is missing", error);
    return find_tables(t, error) && (mode == IM_STORE_READ || begin(t, error));
}

static im_store *open_store(const char *path, im_store_mode mode, GError **error)
{
    RegisterOGRGeoPackage();
    const gsize len = strlen(path);
    if (len < 5 || g_ascii_strcasecmp(path + len - 5, ".gpkg") != 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: a store's name ends in .gpkg", path);
        return NULL;
    }
    if (mode == IM_STORE_WRITE && !create(path, error))
        return NULL;
    tables *t = tables_new(path);
    be_quiet();
    const gboolean ok = open_tables(t, mode, error);
    CPLPopErrorHandler();
    if (ok)
        return &t->store;
    close_tables(&t->store);
    return NULL;
}

/* ---- reports ---- */

static GIntBig row_of(const char *id)
{
    guint8 digest[32];
    gsize len = sizeof digest;
    guint64 row;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)id, (gssize)strlen(id));
    g_checksum_get_digest(sum, digest, &len);
    g_checksum_free(sum);
    memcpy(&row, digest, sizeof row);
    return (GIntBig)(GUINT64_FROM_LE(row) >> 1);
}

static void read_report(OGRFeatureH feature, im_stored_report *report)
{
    *report = (im_stored_report){0};
    for (guint i = 0; i < G_N_ELEMENTS(report_columns); i++)
        get_field(feature, (int)i, &report_columns[i], report);
}

/* The row of a report, to be destroyed; NULL when there is none, or with an error. */
static OGRFeatureH find_row(tables *t, const char *id, GError **error)
{
    be_quiet();
    OGRFeatureH feature = OGR_L_GetFeature(t->reports, row_of(id));
    if (!feature && CPLGetLastErrorType() >= CE_Failure)
        broken(t, error);
    CPLPopErrorHandler();
    return feature;
}

static gboolean get(im_store *store, const char *id, im_stored_report *report, GError **error)
{
    GError *failure = NULL;
    *report = (im_stored_report){0};
    OGRFeatureH feature = find_row(of(store), id, &failure);
    if (feature)
        read_report(feature, report);
    OGR_F_Destroy(feature);
    if (failure)
        g_propagate_error(error, failure);
    return failure == NULL;
}

/* The layer does not hold what comes of the reports any more. */
static gboolean set_whole(tables *t, gboolean whole, GError **error)
{
    if (t->store.is_whole == whole)
        return TRUE;
    t->store.is_whole = whole;
    return put_about(t, error);
}

static gboolean put(im_store *store, const im_stored_report *report, GError **error)
{
    tables *t = of(store);
    be_quiet();
    gboolean ok = set_whole(t, FALSE, error);
    OGRFeatureH feature = ok ? OGR_F_Create(OGR_L_GetLayerDefn(t->reports)) : NULL;
    if (feature) {
        OGR_F_SetFID(feature, row_of(report->id));
        for (guint i = 0; i < G_N_ELEMENTS(report_columns); i++)
            set_field(feature, (int)i, &report_columns[i], report);
        ok = OGR_L_UpsertFeature(t->reports, feature) == OGRERR_NONE || broken(t, error);
    }
    OGR_F_Destroy(feature);
    CPLPopErrorHandler();
    return ok;
}

static gboolean remove_report(im_store *store, const char *id, gboolean *found, GError **error)
{
    tables *t = of(store);
    GError *failure = NULL;
    OGRFeatureH feature = find_row(t, id, &failure);
    *found = feature != NULL;
    OGR_F_Destroy(feature);
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    if (!*found)
        return TRUE;
    be_quiet();
    const gboolean ok =
        set_whole(t, FALSE, error) &&
        (OGR_L_DeleteFeature(t->reports, row_of(id)) == OGRERR_NONE || broken(t, error));
    CPLPopErrorHandler();
    return ok;
}

static void choose_part(tables *t, im_store_part part)
{
    OGR_L_SetIgnoredFields(t->reports, (const char **)(gpointer)not_read[part]);
    OGR_L_SetAttributeFilter(t->reports, part == IM_STORE_UNDATED ? "dateline IS NOT NULL" : NULL);
    OGR_L_ResetReading(t->reports);
}

static gboolean each(im_store *store, im_store_part part, im_stored_report_func func, gpointer data,
                     GError **error)
{
    tables *t = of(store);
    OGRFeatureH feature;
    gboolean go_on = TRUE;
    be_quiet();
    choose_part(t, part);
    while (go_on && (feature = OGR_L_GetNextFeature(t->reports))) {
        g_auto(im_stored_report) report;
        read_report(feature, &report);
        OGR_F_Destroy(feature);
        go_on = !report.id || func(&report, data);
    }
    const gboolean ok = CPLGetLastErrorType() < CE_Failure || broken(t, error);
    choose_part(t, IM_STORE_ALL);
    CPLPopErrorHandler();
    return ok;
}

/* ---- incidents ---- */

static gboolean add_incident(tables *t, const im_incident *incident)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->incidents));
    for (guint i = 0; i < G_N_ELEMENTS(incident_columns); i++)
        set_field(feature, (int)i, &incident_columns[i], incident);
    OGR_F_SetFieldString(feature, INCIDENT_TYPE, im_incident_type_name(incident->type));
    OGR_F_SetFieldString(feature, INCIDENT_STATUS, im_incident_status_name(incident->status));
    if (incident->has_geometry) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, incident->position.lon_deg, incident->position.lat_deg);
        OGR_F_SetGeometryDirectly(feature, point);
    }
    const OGRErr failed = OGR_L_CreateFeature(t->incidents, feature);
    OGR_F_Destroy(feature);
    return failed == OGRERR_NONE;
}

static gboolean set_incidents(im_store *store, const GPtrArray *incidents, GError **error)
{
    tables *t = of(store);
    be_quiet();
    OGRLayerH result = GDALDatasetExecuteSQL(t->dataset, "DELETE FROM incidents", NULL, NULL);
    if (result)
        GDALDatasetReleaseResultSet(t->dataset, result);
    gboolean ok = CPLGetLastErrorType() < CE_Failure;
    for (guint i = 0; ok && i < incidents->len; i++)
        ok = add_incident(t, incidents->pdata[i]);
    ok = ok ? set_whole(t, TRUE, error) : broken(t, error);
    CPLPopErrorHandler();
    return ok;
}

const im_store_driver im_gis_store = {open_store, close_tables,  commit, get,
                                      put,        remove_report, each,   set_incidents};
