/* Reports, what they have in common (gists), and the names that they miss.
 *
 * `gists` has a row for each key of a report; of those whose dateline has no year with the day 0, so that these are found
 * apart from the dated ones, which tell them their year. */
#include "store/tables.h"

#include <cpl_error.h>
#include <string.h>

#define TEXT(field) IM_FIELD(im_stored_report, field, OFTString)

/* Those of many bytes last: SQLite reads what stands before a column to come to it. */
static const im_field columns[] = {
    TEXT(id),
    TEXT(digest),
    TEXT(reading),
    IM_FIELD(im_stored_report, published, OFTDate),
    TEXT(dateline),
    TEXT(file),
    IM_FIELD(im_stored_report, line, OFTInteger64),
    TEXT(language),
    TEXT(publisher),
    TEXT(url),
    TEXT(headline),
    IM_FIELD(im_stored_report, gist, OFTBinary),
    TEXT(missing),
    TEXT(text),
};

/* Behind these, in the version before. */
enum { OLD_RECORDS = G_N_ELEMENTS(columns) };

static const char *const parts[] = {
    [IM_STORE_IDS] = "",
    [IM_STORE_YEARLESS] = " WHERE dateline IS NOT NULL",
    [IM_STORE_UNDATED] = " WHERE published IS NULL",
};

static gboolean create_indexes(tables *t)
{
    g_autofree char *undated =
        g_strdup_printf("CREATE INDEX reports_undated ON reports (%s) WHERE published IS NULL",
                        t->dialect->undated);
    g_autofree char *gists =
        g_strconcat("CREATE TABLE gists (gist BIGINT, day BIGINT, report BIGINT, "
                    "PRIMARY KEY (gist, day, report))",
                    t->dialect->by_key, NULL);
    return im_tables_run(t, undated, NULL) &&
           im_tables_run(
               t, "CREATE INDEX reports_yearless ON reports (dateline) WHERE dateline IS NOT NULL",
               NULL) &&
           im_tables_run(t, gists, NULL);
}

/* Beside the table of reports. */
static gboolean create_rest(tables *t)
{
    t->names = im_table_create(t, "names", NULL, wkbNone);
    return t->names && im_field_add(t->names, "name", OFTString) &&
           im_field_add(t->names, "mentions", OFTInteger64) && create_indexes(t);
}

gboolean im_reports_create(tables *t)
{
    t->reports = im_table_create(t, "reports", NULL, wkbNone);
    return t->reports && im_fields_add(t->reports, columns, G_N_ELEMENTS(columns)) &&
           create_rest(t);
}

gboolean im_reports_find_old(tables *t)
{
    t->reports = im_table_find(t, "reports");
    return im_fields_are(t->reports, columns, G_N_ELEMENTS(columns));
}

gboolean im_reports_find(tables *t)
{
    t->names = im_table_find(t, "names");
    return t->names && im_reports_find_old(t);
}

static void read_report(OGRFeatureH feature, im_stored_report *report)
{
    *report = (im_stored_report){0};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        im_field_get(feature, (int)i, &columns[i], report);
}

/* The row of what has that key, to be destroyed; NULL when there is none, or with an error. */
static OGRFeatureH find_row(tables *t, OGRLayerH layer, const char *key, GError **error)
{
    im_tables_hush();
    OGRFeatureH feature = t->dialect->get(layer, im_tables_row(key));
    if (!feature && CPLGetLastErrorType() >= CE_Failure)
        im_tables_broken(t, error);
    im_tables_speak();
    return feature;
}

gboolean im_reports_get(im_store *store, const char *id, im_stored_report *report, GError **error)
{
    GError *failure = NULL;
    tables *t = im_tables_of(store);
    *report = (im_stored_report){0};
    OGRFeatureH feature = find_row(t, t->reports, id, &failure);
    if (feature)
        read_report(feature, report);
    OGR_F_Destroy(feature);
    if (failure)
        g_propagate_error(error, failure);
    return failure == NULL;
}

guint im_reports_n(im_store *store)
{
    im_tables_hush();
    const GIntBig n = OGR_L_GetFeatureCount(im_tables_of(store)->reports, TRUE);
    im_tables_speak();
    return (guint)MAX(n, 0);
}

/* ---- gists ---- */

static guint n_keys(GBytes *gist)
{
    return gist ? (guint)(g_bytes_get_size(gist) / sizeof(guint64)) : 0;
}

static gint64 key_at(GBytes *gist, guint i)
{
    gint64 key;
    memcpy(&key, (const char *)g_bytes_get_data(gist, NULL) + i * sizeof key, sizeof key);
    return key;
}

static gboolean flush_gists(tables *t, GError **error)
{
    if (t->gists->len == 0)
        return TRUE;
    g_autofree char *sql =
        g_strconcat("INSERT INTO gists VALUES ", t->gists->str, " ON CONFLICT DO NOTHING", NULL);
    g_string_truncate(t->gists, 0);
    return im_tables_run(t, sql, error);
}

/* A report that has no day and no dateline has nothing to say of days. */
static gboolean add_gist(tables *t, const im_stored_report *r, GError **error)
{
    enum { MOST_BYTES = 100000 };
    const im_day day = r->dateline ? IM_DAY_NONE : r->published;
    for (guint i = 0; (r->dateline || day != IM_DAY_NONE) && i < n_keys(r->gist); i++) {
        im_sql_next(t->gists);
        g_string_append_printf(t->gists, "(%" G_GINT64_FORMAT ",%u," CPL_FRMT_GIB ")",
                               key_at(r->gist, i), day, im_tables_row(r->id));
    }
    return t->gists->len < MOST_BYTES || flush_gists(t, error);
}

static char *keys_list(GBytes *gist)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < n_keys(gist); i++) {
        im_sql_next(list);
        g_string_append_printf(list, "%" G_GINT64_FORMAT, key_at(gist, i));
    }
    return g_string_free(list, FALSE);
}

static gboolean remove_gist(tables *t, const im_stored_report *r, GError **error)
{
    if (n_keys(r->gist) == 0)
        return TRUE;
    g_autofree char *keys = keys_list(r->gist);
    const im_day day = r->dateline ? IM_DAY_NONE : r->published;
    g_autofree char *sql = g_strdup_printf(
        "DELETE FROM gists WHERE gist IN (%s) AND day = %u AND report = " CPL_FRMT_GIB, keys, day,
        im_tables_row(r->id));
    return flush_gists(t, error) && im_tables_run(t, sql, error);
}

static gboolean add_id(OGRFeatureH row, gpointer data)
{
    g_hash_table_add(data, g_utf8_make_valid(OGR_F_GetFieldAsString(row, 0), -1));
    return TRUE;
}

/* What is known of the reports that share two keys or more with a gist: of none, where it has fewer itself. */
static gboolean select_akin(im_store *store, GBytes *gist, const char *before_keys,
                            const char *behind_keys, im_row_func func, gpointer data,
                            GError **error)
{
    tables *t = im_tables_of(store);
    if (n_keys(gist) < 2)
        return TRUE;
    g_autofree char *keys = keys_list(gist);
    g_autofree char *sql = g_strconcat(before_keys, keys, behind_keys, NULL);
    im_tables_hush();
    const gboolean ok = flush_gists(t, error) && im_tables_select(t, sql, func, data, error);
    im_tables_speak();
    return ok;
}

gboolean im_reports_yearless(im_store *store, GBytes *gist, GHashTable *ids, GError **error)
{
    return select_akin(
        store, gist,
        "SELECT id FROM reports WHERE fid IN (SELECT report FROM gists WHERE gist IN (",
        ") AND day = 0 GROUP BY report HAVING count(*) > 1)", add_id, ids, error);
}

static gboolean add_company(OGRFeatureH row, gpointer data)
{
    const im_company c = {(guint)OGR_F_GetFieldAsInteger64(row, 0),
                          (im_day)OGR_F_GetFieldAsInteger64(row, 1)};
    g_array_append_val((GArray *)data, c);
    return TRUE;
}

gboolean im_reports_company(im_store *store, GBytes *gist, GArray *company, GError **error)
{
    return select_akin(
        store, gist,
        "SELECT DISTINCT shared, day FROM (SELECT count(*) AS shared, day FROM gists "
        "WHERE gist IN (",
        ") AND day > 0 GROUP BY report, day) AS akin WHERE shared > 1", add_company, company,
        error);
}

/* ---- names ---- */

static void count_names(tables *t, const char *missing, int sign)
{
    g_auto(GStrv) lines = g_strsplit(missing ? missing : "", "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        const char *tab = strchr(lines[i], '\t');
        if (!tab)
            continue;
        const gint64 n = sign * (gint64)g_ascii_strtoull(lines[i], NULL, 10);
        gint64 *known = g_hash_table_lookup(t->name_counts, tab + 1);
        if (known)
            *known += n;
        else
            g_hash_table_insert(t->name_counts, g_strdup(tab + 1), g_memdup2(&n, sizeof n));
    }
}

static gboolean count_name(tables *t, const char *name, gint64 more, GError **error)
{
    GError *failure = NULL;
    OGRFeatureH feature = more ? find_row(t, t->names, name, &failure) : NULL;
    const gint64 n = more + (feature ? OGR_F_GetFieldAsInteger64(feature, 1) : 0);
    OGRErr failed = OGRERR_NONE;
    im_tables_hush();
    if (feature && n <= 0) {
        failed = OGR_L_DeleteFeature(t->names, OGR_F_GetFID(feature));
    } else if (more && !failure) {
        OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(t->names));
        OGR_F_SetFID(row, im_tables_row(name));
        OGR_F_SetFieldString(row, 0, name);
        OGR_F_SetFieldInteger64(row, 1, n);
        failed = t->dialect->put(t->names, row);
        OGR_F_Destroy(row);
    }
    if (failed != OGRERR_NONE)
        im_tables_broken(t, &failure);
    im_tables_speak();
    OGR_F_Destroy(feature);
    if (failure)
        g_propagate_error(error, failure);
    return failure == NULL;
}

static gboolean flush_names(tables *t, GError **error)
{
    GHashTableIter iter;
    gpointer name, more;
    g_hash_table_iter_init(&iter, t->name_counts);
    while (g_hash_table_iter_next(&iter, &name, &more))
        if (!count_name(t, name, *(gint64 *)more, error))
            return FALSE;
    g_hash_table_remove_all(t->name_counts);
    return TRUE;
}

gboolean im_reports_flush(tables *t, GError **error)
{
    im_tables_hush();
    const gboolean ok = flush_gists(t, error);
    im_tables_speak();
    return ok && flush_names(t, error);
}

gboolean im_reports_each_name(im_store *store, im_stored_name_func func, gpointer data,
                              GError **error)
{
    tables *t = im_tables_of(store);
    OGRFeatureH feature;
    if (!flush_names(t, error))
        return FALSE;
    im_tables_hush();
    OGR_L_ResetReading(t->names);
    while ((feature = OGR_L_GetNextFeature(t->names))) {
        g_autofree char *name = g_utf8_make_valid(OGR_F_GetFieldAsString(feature, 0), -1);
        func(name, (guint64)OGR_F_GetFieldAsInteger64(feature, 1), data);
        OGR_F_Destroy(feature);
    }
    const gboolean ok = CPLGetLastErrorType() < CE_Failure || im_tables_broken(t, error);
    im_tables_speak();
    return ok;
}

/* ---- changes ---- */

/* Forgets what stands beside the report of that id. */
static gboolean forget(im_store *store, const char *id, gboolean *found, GError **error)
{
    tables *t = im_tables_of(store);
    g_auto(im_stored_report) before = {0};
    if (!im_reports_get(store, id, &before, error))
        return FALSE;
    *found = before.id != NULL;
    if (!*found)
        return TRUE;
    if (!store->is_old) /* then they were not counted yet */
        count_names(t, before.missing, -1);
    im_tables_hush();
    const gboolean ok = remove_gist(t, &before, error);
    im_tables_speak();
    return ok;
}

static gboolean put_row(tables *t, const im_stored_report *report, GError **error)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->reports));
    OGR_F_SetFID(feature, im_tables_row(report->id));
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        im_field_set(feature, (int)i, &columns[i], report);
    const OGRErr failed = t->dialect->put(t->reports, feature);
    OGR_F_Destroy(feature);
    return failed == OGRERR_NONE || im_tables_broken(t, error);
}

gboolean im_reports_put(im_store *store, const im_stored_report *report, GError **error)
{
    tables *t = im_tables_of(store);
    gboolean is_there;
    if (!forget(store, report->id, &is_there, error))
        return FALSE;
    count_names(t, report->missing, 1);
    im_tables_hush();
    const gboolean ok = put_row(t, report, error) && add_gist(t, report, error);
    im_tables_speak();
    return ok;
}

gboolean im_reports_remove(im_store *store, const char *id, gboolean *found, GError **error)
{
    tables *t = im_tables_of(store);
    if (!forget(store, id, found, error))
        return FALSE;
    im_tables_hush();
    const gboolean ok = !*found ||
                        OGR_L_DeleteFeature(t->reports, im_tables_row(id)) == OGRERR_NONE ||
                        im_tables_broken(t, error);
    im_tables_speak();
    return ok;
}

typedef struct each_id {
    im_stored_report_func func;
    gpointer data;
} each_id;

static gboolean hand_id(OGRFeatureH row, gpointer data)
{
    const each_id *each = data;
    g_auto(im_stored_report) report = {0};
    im_field_get(row, 0, &columns[0], &report);
    return !report.id || each->func(&report, each->data);
}

gboolean im_reports_each(im_store *store, im_store_part part, im_stored_report_func func,
                         gpointer data, GError **error)
{
    tables *t = im_tables_of(store);
    g_autofree char *sql =
        g_strconcat("SELECT id FROM reports", parts[part], t->dialect->by_row, NULL);
    im_tables_hush();
    const gboolean ok = im_tables_select(t, sql, hand_id, &(each_id){func, data}, error);
    im_tables_speak();
    return ok;
}

/* ---- the version before ---- */

static gboolean list_id(const im_stored_report *report, gpointer data)
{
    g_ptr_array_add(data, g_strdup(report->id));
    return TRUE;
}

/* Hands a report on with its records. */
static gboolean renew_report(tables *t, const char *id, im_old_report_func func, gpointer data,
                             GError **error)
{
    GError *failure = NULL;
    OGRFeatureH feature = find_row(t, t->reports, id, &failure);
    gboolean ok = feature != NULL;
    if (feature) {
        g_auto(im_stored_report) report;
        read_report(feature, &report);
        g_autofree char *records =
            g_utf8_make_valid(OGR_F_GetFieldAsString(feature, OLD_RECORDS), -1);
        ok = func(&report, records, data);
    }
    OGR_F_Destroy(feature);
    if (failure)
        g_propagate_error(error, failure);
    return ok;
}

gboolean im_reports_renew(tables *t, im_old_report_func func, gpointer data, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    im_tables_hush();
    gboolean ok = create_rest(t) || im_tables_broken(t, error);
    im_tables_speak();
    ok = ok && im_reports_each(&t->store, IM_STORE_IDS, list_id, ids, error);
    for (guint i = 0; ok && i < ids->len; i++)
        ok = renew_report(t, ids->pdata[i], func, data, error);
    im_tables_hush();
    ok = ok &&
         (OGR_L_DeleteField(t->reports, OLD_RECORDS) == OGRERR_NONE || im_tables_broken(t, error));
    im_tables_speak();
    return ok;
}
