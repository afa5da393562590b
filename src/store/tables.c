/* The store in tables of a database, by GDAL. Reports are found by the number of their row, which is a hash of the id,
 * records and events by indexes of numbers and days: no text of a report is ever part of SQL. */
#include "store/tables.h"

#include <cpl_error.h>
#include <incmap/error.h>
#include <string.h>

tables *im_tables_of(im_store *store)
{
    return (tables *)(void *)store;
}

gboolean im_tables_fail(const tables *t, im_error code, const char *what, GError **error)
{
    g_autofree char *reason = g_strdup(CPLGetLastErrorMsg());
    g_strchomp(g_strdelimit(reason, "\n\t", ' ')); /* libpq's have lines */
    g_set_error(error, IM_ERROR, code, "%s: %s%s%s", t->name, what, *reason ? ": " : "", reason);
    return FALSE;
}

gboolean im_tables_broken(const tables *t, GError **error)
{
    return im_tables_fail(t, IM_ERROR_SYSTEM, "the store cannot be used", error);
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

gboolean im_take_number(OGRFeatureH row, gpointer data)
{
    *(gint64 *)data = OGR_F_GetFieldAsInteger64(row, 0);
    return FALSE;
}

void im_sql_next(GString *list)
{
    if (list->len > 0)
        g_string_append_c(list, ',');
}

/* ---- tables ---- */

static char *full_name(const tables *t, const char *name)
{
    return t->schema ? g_strconcat(t->schema, ".", name, NULL) : g_strdup(name);
}

OGRLayerH im_table_find(const tables *t, const char *name)
{
    g_autofree char *full = full_name(t, name);
    return GDALDatasetGetLayerByName(t->dataset, full);
}

OGRLayerH im_table_create(const tables *t, const char *name, OGRSpatialReferenceH system,
                          OGRwkbGeometryType type)
{
    g_autofree char *full = full_name(t, name);
    return GDALDatasetCreateLayer(t->dataset, full, system, type,
                                  (char **)(gpointer)t->dialect->layer_options);
}

/* The one row of `incmap`. */
static gboolean put_about(tables *t, GError **error)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->about));
    OGR_F_SetFID(feature, 1);
    OGR_F_SetFieldInteger(feature, 0, IM_SCHEMA);
    const OGRErr failed = t->dialect->put(t->about, feature);
    OGR_F_Destroy(feature);
    return failed == OGRERR_NONE || im_tables_broken(t, error);
}

gboolean im_tables_create(tables *t)
{
    t->about = im_table_create(t, "incmap", NULL, wkbNone);
    return t->about && im_field_add(t->about, "schema", OFTInteger) && im_reports_create(t) &&
           im_records_create(t) && im_layer_create(t) && put_about(t, NULL);
}

gboolean im_tables_find(tables *t, im_store_mode mode, GError **error)
{
    t->about = im_table_find(t, "incmap");
    OGRFeatureH about = t->about ? t->dialect->get(t->about, 1) : NULL;
    const int schema = about ? OGR_F_GetFieldAsInteger(about, 0) : 0;
    OGR_F_Destroy(about);
    if (schema == 0)
        return im_tables_fail(t, IM_ERROR_DATA, "no store of incmap", error);
    t->store.is_old = schema < IM_SCHEMA && schema >= t->dialect->oldest;
    const gboolean ok = schema == IM_SCHEMA
                            ? im_reports_find(t) && im_records_find(t) && im_layer_find(t)
                            : t->store.is_old && im_reports_find_old(t) && im_layer_find_old(t);
    CPLErrorReset();
    if (!ok)
        return im_tables_fail(t, IM_ERROR_DATA, "a store of another version of incmap", error);
    if (t->store.is_old && mode == IM_STORE_READ)
        return im_tables_fail(
            t, IM_ERROR_DATA,
            "a store of an older version of incmap; 'incmap update', with any report or "
            "--withdraw, brings it up to date",
            error);
    return TRUE;
}

gboolean im_tables_begin(tables *t, GError **error)
{
    t->in_transaction = GDALDatasetStartTransaction(t->dataset, FALSE) == OGRERR_NONE;
    return t->in_transaction || im_tables_broken(t, error);
}

gboolean im_tables_commit(im_store *store, GError **error)
{
    tables *t = im_tables_of(store);
    if (!im_reports_flush(t, error))
        return FALSE;
    im_tables_hush();
    gboolean ok = (t->in_transaction || im_tables_broken(t, error)) &&
                  (!t->dialect->probe || im_tables_run(t, t->dialect->probe, error));
    if (ok && GDALDatasetCommitTransaction(t->dataset) != OGRERR_NONE)
        ok = im_tables_fail(t, IM_ERROR_SYSTEM, t->dialect->uncommitted, error);
    if (!ok)
        GDALDatasetRollbackTransaction(t->dataset);
    t->in_transaction =
        ok && im_tables_begin(t, NULL); /* else the next commit fails, not this one */
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

void im_tables_close(im_store *store)
{
    tables *t = im_tables_of(store);
    im_tables_hush();
    if (t->in_transaction)
        GDALDatasetRollbackTransaction(t->dataset);
    t->dialect->close(t);
    im_tables_speak();
    g_string_free(t->gists, TRUE);
    g_hash_table_unref(t->name_counts);
    g_free(t->name);
    g_free(t->schema);
    g_free(t);
}

tables *im_tables_new(const im_dialect *dialect, const char *name)
{
    tables *t = g_new0(tables, 1);
    t->dialect = dialect;
    t->name = g_strdup(name);
    t->lock = -1;
    t->n_records = -1;
    t->gists = g_string_new(NULL);
    t->name_counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return t;
}

static im_store *open_store(const char *text, im_store_mode mode, GError **error)
{
    g_auto(im_store_name) name = {0};
    if (!im_store_name_read(text, &name, error))
        return NULL;
    const im_dialect *dialect = name.connection ? &im_tables_pg : &im_tables_gpkg;
    tables *t = im_tables_new(dialect, name.shown);
    im_tables_hush();
    const gboolean ok = dialect->open(t, &name, mode, error);
    im_tables_speak();
    if (ok)
        return &t->store;
    im_tables_close(&t->store);
    return NULL;
}

const im_store_driver im_gis_store = {.open = open_store,
                                      .close = im_tables_close,
                                      .commit = im_tables_commit,
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
