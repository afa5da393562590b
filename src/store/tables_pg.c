/* A store in a schema of a PostgreSQL database with PostGIS. */
#include "store/tables.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <incmap/error.h>

/* Of libgdal, declared for C++ only. */
void RegisterOGRPG(void);

/* ---- rows ---- */

/* OGR_L_GetFeature() of this driver takes it for an error that there is none. */
static OGRFeatureH get(OGRLayerH layer, GIntBig row)
{
    g_autofree char *filter = g_strdup_printf("fid = " CPL_FRMT_GIB, row);
    OGR_L_SetAttributeFilter(layer, filter);
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    OGR_L_SetAttributeFilter(layer, NULL);
    return feature;
}

/* The driver has no OGR_L_UpsertFeature(). */
static OGRErr put(OGRLayerH layer, OGRFeatureH feature)
{
    const OGRErr failed = OGR_L_DeleteFeature(layer, OGR_F_GetFID(feature));
    if (failed != OGRERR_NONE && failed != OGRERR_NON_EXISTING_FEATURE)
        return failed;
    CPLErrorReset();
    return OGR_L_CreateFeature(layer, feature);
}

/* ---- opening ---- */

/* Of the session, whatever those of the database, the user and the environment are. What is found comes by indexes; of
 * ranges the planner thinks that they are a ninth of the table, and would rather read all of it. */
static const char settings[] = "SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'; "
                               "SET enable_hashjoin = off; SET enable_mergejoin = off";

/* What is asked of a database before its tables are. */
typedef struct facts {
    gboolean is_utf8, has_postgis;
    gint64 n_tables, n_readable;
} facts;

static gboolean take_facts(OGRFeatureH row, gpointer data)
{
    *(facts *)data =
        (facts){OGR_F_GetFieldAsInteger64(row, 0) > 0, OGR_F_GetFieldAsInteger64(row, 1) > 0,
                OGR_F_GetFieldAsInteger64(row, 2), OGR_F_GetFieldAsInteger64(row, 3)};
    return FALSE;
}

static gboolean find_facts(tables *t, facts *found, GError **error)
{
    g_autofree char *sql = g_strdup_printf(
        "SELECT (SELECT count(*) FROM pg_database WHERE datname = current_database() "
        "AND pg_encoding_to_char(encoding) = 'UTF8') AS utf8, "
        "(SELECT count(*) FROM pg_proc WHERE proname = 'postgis_version') AS postgis, "
        "count(*) AS tables, count(*) FILTER (WHERE has_schema_privilege(n.oid, 'USAGE') "
        "AND has_table_privilege(c.oid, 'SELECT')) AS readable "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '%s' "
        "AND c.relname IN ('incmap', 'reports', 'names', 'gists', 'records', 'incidents')",
        t->schema);
    return im_tables_select(t, sql, take_facts, found, error);
}

static gboolean are_good(tables *t, const facts *f, GError **error)
{
    if (!f->is_utf8)
        return im_tables_fail(t, IM_ERROR_DATA, "the encoding of the database is not UTF8", error);
    if (!f->has_postgis)
        return im_tables_fail(t, IM_ERROR_DATA,
                              "the database lacks PostGIS, see CREATE EXTENSION postgis", error);
    if (f->n_readable < f->n_tables)
        return im_tables_fail(t, IM_ERROR_SYSTEM, "its tables may not be read by this user", error);
    return TRUE;
}

static gboolean create_schema(tables *t, GError **error)
{
    gint64 n = 0;
    g_autofree char *find =
        g_strdup_printf("SELECT count(*) FROM pg_namespace WHERE nspname = '%s'", t->schema);
    g_autofree char *create = g_strdup_printf("CREATE SCHEMA \"%s\"", t->schema);
    return im_tables_select(t, find, im_take_number, &n, error) &&
           (n > 0 || im_tables_run(t, create, error));
}

/* Makes a store where there is none: in one transaction. */
static gboolean create(tables *t, GError **error)
{
    return create_schema(t, error) && (im_tables_create(t) || im_tables_broken(t, error)) &&
           im_tables_commit(&t->store, error);
}

/* A lock of the session on a number that stands for the schema, so that a store in it can be made under it. One who is
 * killed loses it when the server sees that the connection is gone. */
static gboolean lock(tables *t, im_store_mode mode, GError **error)
{
    g_autofree char *key = g_strconcat("incmap store ", t->schema, NULL);
    g_autofree char *sql =
        g_strdup_printf("DO $$ BEGIN PERFORM pg_advisory_lock%s(" CPL_FRMT_GIB "); END $$",
                        mode == IM_STORE_WRITE ? "" : "_shared", im_tables_row(key));
    return im_tables_run(t, sql, error);
}

static gboolean open_database(tables *t, const im_store_name *name, im_store_mode mode,
                              GError **error)
{
    static const char *const drivers[] = {"PostgreSQL", NULL};
    g_autofree char *schema = g_strconcat("ACTIVE_SCHEMA=", t->schema, NULL);
    const char *const options[] = {schema, NULL};
    t->dataset =
        GDALOpenEx(name->connection,
                   GDAL_OF_VECTOR | (mode == IM_STORE_WRITE ? GDAL_OF_UPDATE : GDAL_OF_READONLY),
                   drivers, options, NULL);
    return t->dataset || im_tables_fail(t, IM_ERROR_SYSTEM, "no connection", error);
}

/* @param cause  why no store was found there; what of that is a server that has gone away is told as that */
static gboolean fail_as(tables *t, GError *cause, GError **error)
{
    GDALDatasetRollbackTransaction(t->dataset);
    t->in_transaction = FALSE;
    CPLErrorReset();
    const gboolean is_here = im_tables_run(t, settings, error);
    if (is_here)
        g_propagate_error(error, cause);
    else
        g_error_free(cause);
    return FALSE;
}

static gboolean find(tables *t, im_store_mode mode, GError **error)
{
    GError *cause = NULL;
    return im_tables_find(t, mode, &cause) || fail_as(t, cause, error);
}

static gboolean open_store(tables *t, const im_store_name *name, im_store_mode mode, GError **error)
{
    facts found = {0};
    RegisterOGRPG();
    CPLSetConfigOption("PG_USE_COPY", "NO"); /* which gives no numbers of rows */
    t->schema = g_strdup(name->schema);
    if (!open_database(t, name, mode, error) || !lock(t, mode, error) ||
        !im_tables_run(t, settings, error) || !im_tables_begin(t, error) ||
        !find_facts(t, &found, error) || !are_good(t, &found, error))
        return FALSE;
    if (found.n_tables == 0 && mode == IM_STORE_WRITE && !create(t, error))
        return FALSE;
    return find(t, mode, error);
}

/* A pool of connections may keep the session: nothing is left in it. */
static void close_store(tables *t)
{
    if (!t->dataset)
        return;
    im_tables_run(t, "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$", NULL);
    GDALClose(t->dataset);
}

/* As far as the server knows, which it does when it has looked: it counts as long as there are rows. */
static const char n_records[] =
    "SELECT CASE WHEN reltuples < 0 THEN (SELECT count(*) FROM records) "
    "ELSE reltuples::bigint END FROM pg_class WHERE oid = 'records'::regclass";

static const char *const layer_options[] = {"FID=fid", "FID64=YES", "GEOMETRY_NAME=geom", NULL};

const im_dialect im_tables_pg = {
    .open = open_store,
    .close = close_store,
    .oldest = IM_SCHEMA,
    .layer_options = layer_options,
    .get = get,
    .put = put,
    .day = "DATE ",
    .by_row = " ORDER BY fid",
    .by_key = "",
    .undated = "fid", /* an index holds no text of any length */
    .probe = "SAVEPOINT whole",
    .uncommitted =
        "the connection ended while the update was being kept: whether it was is not known; "
        "the same update again keeps it",
    .n_records = n_records,
    .ids_by_bytes = "ALTER TABLE incidents ALTER COLUMN id TYPE varchar COLLATE \"C\""};
