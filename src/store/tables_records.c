/* Single records: found by their report, by their event, and by where and when they are. */
#include "store/tables.h"

#include <cpl_error.h>

enum { REPORT, EVENT, BLOCK, NAME, FIRST_DAY, LAST_DAY, LINE, N_COLUMNS };

/* The line last: SQLite reads what stands before a column to come to it. */
static const im_field columns[N_COLUMNS] = {
    {"report", OFTInteger64, 0},    /* the row of its report */
    {"event", OFTInteger64, 0},     /* NULL: not known yet; 0: of none, it is a double */
    {"block", OFTInteger64, 0},     /* NULL: a double */
    {"name", OFTInteger64, 0},      /* or NULL */
    {"first_day", OFTInteger64, 0}, /* both IM_SPOT_UNDATED where unknown */
    {"last_day", OFTInteger64, 0},  {"line", OFTString, 0},
};

gboolean im_records_create(tables *t)
{
    static const char *const indexes[] = {
        "CREATE INDEX records_report ON records (report)",
        "CREATE INDEX records_event ON records (event)",
        "CREATE INDEX records_block ON records (block, first_day)",
        ("CREATE INDEX records_lasting ON records (block, last_day, first_day) "
         "WHERE last_day > first_day"),
        "CREATE INDEX records_name ON records (name) WHERE name IS NOT NULL",
    };
    t->records = im_table_create(t, "records", NULL, wkbNone);
    gboolean ok = t->records && im_fields_add(t->records, columns, N_COLUMNS);
    for (guint i = 0; ok && i < G_N_ELEMENTS(indexes); i++)
        ok = im_tables_run(t, indexes[i], NULL);
    return ok;
}

gboolean im_records_find(tables *t)
{
    t->records = im_table_find(t, "records");
    return im_fields_are(t->records, columns, N_COLUMNS);
}

guint im_records_n(im_store *store)
{
    tables *t = im_tables_of(store);
    const char *sql = t->dialect->n_records;
    im_tables_hush();
    if (t->n_records < 0 &&
        (!sql || !im_tables_select(t, sql, im_take_number, &t->n_records, NULL)))
        t->n_records = OGR_L_GetFeatureCount(t->records, TRUE);
    im_tables_speak();
    return (guint)t->n_records;
}

static void count(tables *t, gint64 more)
{
    if (t->n_records >= 0)
        t->n_records += more;
}

gboolean im_records_add(im_store *store, const char *report, const im_stored_record *record,
                        GError **error)
{
    tables *t = im_tables_of(store);
    const im_spot *spot = &record->spot;
    im_tables_hush();
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->records));
    OGR_F_SetFieldInteger64(feature, REPORT, im_tables_row(report));
    if (record->is_double)
        OGR_F_SetFieldInteger64(feature, EVENT, 0);
    else
        OGR_F_SetFieldInteger64(feature, BLOCK, (GIntBig)spot->block);
    if (!record->is_double && spot->name)
        OGR_F_SetFieldInteger64(feature, NAME, (GIntBig)spot->name);
    OGR_F_SetFieldInteger64(feature, FIRST_DAY, spot->start);
    OGR_F_SetFieldInteger64(feature, LAST_DAY, spot->end);
    OGR_F_SetFieldString(feature, LINE, record->line);
    count(t, 1);
    const gboolean ok =
        OGR_L_CreateFeature(t->records, feature) == OGRERR_NONE || im_tables_broken(t, error);
    OGR_F_Destroy(feature);
    im_tables_speak();
    return ok;
}

static gboolean list_row(OGRFeatureH row, gpointer data)
{
    const gint64 number = OGR_F_GetFieldAsInteger64(row, 0);
    g_array_append_val((GArray *)data, number);
    return TRUE;
}

gboolean im_records_remove(im_store *store, const char *report, GError **error)
{
    tables *t = im_tables_of(store);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *sql = g_strdup_printf(
        "SELECT fid + 0 FROM records WHERE report = " CPL_FRMT_GIB, im_tables_row(report));
    im_tables_hush();
    gboolean ok = im_tables_select(t, sql, list_row, rows, error);
    count(t, -(gint64)rows->len);
    for (guint i = 0; ok && i < rows->len; i++)
        ok = OGR_L_DeleteFeature(t->records, g_array_index(rows, gint64, i)) == OGRERR_NONE ||
             im_tables_broken(t, error);
    im_tables_speak();
    return ok;
}

/* ---- finding ---- */

typedef struct finding {
    tables *t;
    im_stored_record_func func;
    gpointer data;
    gboolean is_ended;
} finding;

/* The columns of `select` below. */
static gboolean found(OGRFeatureH row, gpointer data)
{
    enum { ROW, OF_EVENT, OF_BLOCK, OF_NAME, FIRST, LAST, TEXT };
    finding *f = data;
    const im_stored_record record = {
        .row = OGR_F_GetFieldAsInteger64(row, ROW),
        .event = OGR_F_GetFieldAsInteger64(row, OF_EVENT),
        .is_double = !OGR_F_IsFieldSetAndNotNull(row, OF_BLOCK),
        .spot = {(guint64)OGR_F_GetFieldAsInteger64(row, OF_BLOCK),
                 (guint64)OGR_F_GetFieldAsInteger64(row, OF_NAME),
                 (im_day)OGR_F_GetFieldAsInteger64(row, FIRST),
                 (im_day)OGR_F_GetFieldAsInteger64(row, LAST)},
        .line = (char *)(gpointer)OGR_F_GetFieldAsString(row, TEXT),
    };
    f->is_ended = !f->func(&record, f->data);
    return !f->is_ended;
}

static gboolean find_where(finding *f, const char *where, GError **error)
{
    g_autofree char *sql = g_strconcat(
        "SELECT fid + 0, event, block, name, first_day, last_day, line FROM records ", where, NULL);
    return f->is_ended || im_tables_select(f->t, sql, found, f, error);
}

/* Those near to spots: three indexes, each for what it finds without going through a block. */
static gboolean find_near(finding *f, const GArray *near, GError **error)
{
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < near->len; i += IM_SQL_ROWS) {
        g_autoptr(GString) spots = g_string_new(NULL);
        for (guint k = i; k < MIN(i + IM_SQL_ROWS, near->len); k++) {
            const im_spot *s = &g_array_index(near, im_spot, k);
            im_sql_next(spots);
            g_string_append_printf(spots, "(%" G_GINT64_FORMAT ",%u,%u)", (gint64)s->block,
                                   s->start, s->end);
        }
        g_autofree char *where = g_strdup_printf(
            "WHERE fid IN (WITH near (block, first_day, last_day) AS (VALUES %s) "
            "SELECT r.fid FROM near n CROSS JOIN records r WHERE r.block = n.block "
            "AND r.first_day BETWEEN n.first_day AND n.last_day "
            "UNION SELECT r.fid FROM near n CROSS JOIN records r WHERE r.block = n.block "
            "AND r.first_day = %u "
            "UNION SELECT r.fid FROM near n CROSS JOIN records r WHERE r.block = n.block "
            "AND r.last_day >= n.first_day AND r.last_day > r.first_day "
            "AND r.first_day < n.first_day)",
            spots->str, IM_SPOT_UNDATED);
        ok = find_where(f, where, error);
    }
    return ok;
}

/* Those whose column holds one of the numbers. */
static gboolean find_by(finding *f, const char *column, const GArray *numbers, GError **error)
{
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < numbers->len; i += IM_SQL_ROWS) {
        g_autoptr(GString) list = g_string_new(NULL);
        for (guint k = i; k < MIN(i + IM_SQL_ROWS, numbers->len); k++) {
            im_sql_next(list);
            g_string_append_printf(list, "%" G_GINT64_FORMAT, g_array_index(numbers, gint64, k));
        }
        g_autofree char *where = g_strdup_printf("WHERE %s IN (%s)", column, list->str);
        ok = find_where(f, where, error);
    }
    return ok;
}

gboolean im_records_find_all(im_store *store, const im_record_query *query,
                             im_stored_record_func func, gpointer data, GError **error)
{
    finding f = {im_tables_of(store), func, data, FALSE};
    const im_wanted *wanted = query->wanted;
    gboolean ok = TRUE;
    im_tables_hush();
    if (query->all)
        ok = find_where(&f, "", error);
    if (ok && query->pending)
        ok = find_where(&f, "WHERE event IS NULL", error);
    if (ok && query->report) {
        g_autofree char *where =
            g_strdup_printf("WHERE report = " CPL_FRMT_GIB, im_tables_row(query->report));
        ok = find_where(&f, where, error);
    }
    if (ok && wanted)
        ok = find_near(&f, wanted->near, error) && find_by(&f, "name", wanted->names, error) &&
             find_by(&f, "event", wanted->events, error);
    im_tables_speak();
    return ok;
}

gboolean im_records_join(im_store *store, const GArray *members, const GArray *events,
                         GError **error)
{
    gboolean ok = TRUE;
    im_tables_hush();
    for (guint i = 0; ok && i < members->len; i += IM_SQL_ROWS) {
        g_autoptr(GString) pairs = g_string_new(NULL);
        for (guint k = i; k < MIN(i + IM_SQL_ROWS, members->len); k++) {
            const im_member *m = &g_array_index(members, im_member, k);
            im_sql_next(pairs);
            g_string_append_printf(pairs, "(%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ")", m->row,
                                   g_array_index(events, gint64, m->incident));
        }
        g_autofree char *sql = g_strdup_printf("WITH pairs (record, event) AS (VALUES %s) "
                                               "UPDATE records SET event = pairs.event FROM pairs "
                                               "WHERE records.fid = pairs.record",
                                               pairs->str);
        ok = im_tables_run(im_tables_of(store), sql, error);
    }
    im_tables_speak();
    return ok;
}
