/* The store in tables of a GeoPackage, by GDAL. Reports are found by the number of their row, which is a hash of the id,
 * records and events by indexes of numbers and days: no text of a report is ever part of SQL. */
#include "store/tables.h"

#include "base/files.h"
#include "store/pages.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <incmap/error.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Of libgdal, declared for C++ only. */
void RegisterOGRGeoPackage(void);

/* Of the version before (reports with their records beside them, all merged again by each update) a store is brought
 * up to date when it is written to; of any other it is not read. */
enum { SCHEMA = 2, OLD_SCHEMA = 1 };

tables *im_tables_of(im_store *store)
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

gboolean im_tables_broken(const tables *t, GError **error)
{
    return fail(t, IM_ERROR_SYSTEM, "the store cannot be used", error);
}

void im_tables_hush(void)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
}

void im_tables_speak(void)
{
    CPLPopErrorHandler();
}

GIntBig im_tables_row(const char *key)
{
    guint8 digest[32];
    gsize len = sizeof digest;
    guint64 row;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)key, (gssize)strlen(key));
    g_checksum_get_digest(sum, digest, &len);
    g_checksum_free(sum);
    memcpy(&row, digest, sizeof row);
    return (GIntBig)(GUINT64_FROM_LE(row) >> 1);
}

/* ---- SQL ---- */

gboolean im_tables_run(tables *t, const char *sql, GError **error)
{
    OGRLayerH result = GDALDatasetExecuteSQL(t->dataset, sql, NULL, NULL);
    if (result)
        GDALDatasetReleaseResultSet(t->dataset, result);
    return CPLGetLastErrorType() < CE_Failure || im_tables_broken(t, error);
}

gboolean im_tables_select(tables *t, const char *sql, im_row_func func, gpointer data,
                          GError **error)
{
    OGRFeatureH row;
    gboolean go_on = TRUE;
    OGRLayerH result = GDALDatasetExecuteSQL(t->dataset, sql, NULL, NULL);
    while (result && go_on && (row = OGR_L_GetNextFeature(result))) {
        go_on = func(row, data);
        OGR_F_Destroy(row);
    }
    if (result)
        GDALDatasetReleaseResultSet(t->dataset, result);
    return CPLGetLastErrorType() < CE_Failure || im_tables_broken(t, error);
}

void im_sql_next(GString *list)
{
    if (list->len > 0)
        g_string_append_c(list, ',');
}

/* ---- files ---- */

static gboolean create_tables(tables *t)
{
    t->about = GDALDatasetCreateLayer(t->dataset, "incmap", NULL, wkbNone, NULL);
    return t->about && im_field_add(t->about, "schema", OFTInteger) && im_reports_create(t) &&
           im_records_create(t) && im_layer_create(t);
}

/* The one row of `incmap`. */
static gboolean put_about(tables *t, GError **error)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->about));
    OGR_F_SetFID(feature, 1);
    OGR_F_SetFieldInteger(feature, 0, SCHEMA);
    const OGRErr failed = OGR_L_UpsertFeature(t->about, feature);
    OGR_F_Destroy(feature);
    return failed == OGRERR_NONE || im_tables_broken(t, error);
}

static gboolean find_tables(tables *t, im_store_mode mode, GError **error)
{
    t->about = GDALDatasetGetLayerByName(t->dataset, "incmap");
    OGRFeatureH about = t->about ? OGR_L_GetFeature(t->about, 1) : NULL;
    const int schema = about ? OGR_F_GetFieldAsInteger(about, 0) : 0;
    OGR_F_Destroy(about);
    if (schema == 0)
        return fail(t, IM_ERROR_DATA, "no store of incmap", error);
    t->store.is_old = schema == OLD_SCHEMA;
    const gboolean ok = schema == SCHEMA
                            ? im_reports_find(t) && im_records_find(t) && im_layer_find(t)
                            : t->store.is_old && im_reports_find_old(t) && im_layer_find_old(t);
    CPLErrorReset();
    if (!ok)
        return fail(t, IM_ERROR_DATA, "a store of another version of incmap", error);
    if (t->store.is_old && mode == IM_STORE_READ)
        return fail(t, IM_ERROR_DATA,
                    "a store of an older version of incmap; 'incmap update', with any report or "
                    "--withdraw, brings it up to date",
                    error);
    return TRUE;
}

static gboolean begin(tables *t, GError **error)
{
    t->in_transaction = GDALDatasetStartTransaction(t->dataset, FALSE) == OGRERR_NONE;
    return t->in_transaction || im_tables_broken(t, error);
}

static gboolean commit(im_store *store, GError **error)
{
    tables *t = im_tables_of(store);
    if (!im_reports_flush(t, error))
        return FALSE;
    im_tables_hush();
    t->in_transaction = FALSE;
    gboolean ok = GDALDatasetCommitTransaction(t->dataset) == OGRERR_NONE;
    if (!ok) {
        im_tables_broken(t, error);
        GDALDatasetRollbackTransaction(t->dataset);
    }
    ok = ok && begin(t, error);
    im_tables_speak();
    return ok;
}

static gboolean renew(im_store *store, im_old_report_func func, gpointer data, GError **error)
{
    tables *t = im_tables_of(store);
    im_tables_hush();
    const gboolean made =
        (im_records_create(t) || im_tables_broken(t, error)) && im_layer_renew(t, error);
    im_tables_speak();
    if (!made || !im_reports_renew(t, func, data, error))
        return FALSE;
    t->store.is_old = FALSE;
    im_tables_hush();
    const gboolean ok = put_about(t, error);
    im_tables_speak();
    return ok;
}

static void close_tables(im_store *store)
{
    tables *t = im_tables_of(store);
    im_tables_hush();
    if (t->in_transaction)
        GDALDatasetRollbackTransaction(t->dataset);
    if (t->dataset)
        GDALClose(t->dataset);
    im_tables_speak();
    if (t->lock >= 0)
        close(t->lock);
    g_string_free(t->gists, TRUE);
    g_hash_table_unref(t->name_counts);
    g_free(t->path);
    g_free(t);
}

static tables *tables_new(const char *path)
{
    tables *t = g_new0(tables, 1);
    t->path = g_strdup(path);
    t->lock = -1;
    t->gists = g_string_new(NULL);
    t->name_counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return t;
}

/* An im_file_maker: an empty store. */
static gboolean make_store(const char *path, gconstpointer data, GError **error)
{
    (void)data;
    tables *t = tables_new("new store");
    im_tables_hush();
    t->dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    const gboolean ok = t->dataset && begin(t, NULL) && create_tables(t) && put_about(t, NULL) &&
                        commit(&t->store, NULL);
    if (!ok)
        im_tables_broken(t, error);
    im_tables_speak();
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
    /* 64 MB at most, for where many reports come at once */
    return im_tables_run(t, "PRAGMA cache_size = -65536", error) && find_tables(t, mode, error) &&
           (mode == IM_STORE_READ || begin(t, error));
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
    im_tables_hush();
    const gboolean ok = open_tables(t, mode, error);
    im_tables_speak();
    if (ok)
        return &t->store;
    close_tables(&t->store);
    return NULL;
}

const im_store_driver im_gis_store = {.open = open_store,
                                      .close = close_tables,
                                      .commit = commit,
                                      .get = im_reports_get,
                                      .n_reports = im_reports_n,
                                      .put = im_reports_put,
                                      .remove = im_reports_remove,
                                      .each = im_reports_each,
                                      .yearless = im_reports_yearless,
                                      .company = im_reports_company,
                                      .renew = renew,
                                      .each_name = im_reports_each_name,
                                      .add_record = im_records_add,
                                      .remove_records = im_records_remove,
                                      .find_records = im_records_find_all,
                                      .n_records = im_records_n,
                                      .join = im_records_join,
                                      .add_event = im_layer_add,
                                      .remove_event = im_layer_remove,
                                      .rename_event = im_layer_rename,
                                      .find_events = im_layer_find_all,
                                      .newest_day = im_layer_newest_day,
                                      .n_undated = im_layer_n_undated};
