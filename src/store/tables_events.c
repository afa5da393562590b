/* The layer of events: what a GIS shows, and by which days and areas they are found. */
#include "store/tables.h"

#include "geo/degrees.h"

#include <cpl_error.h>
#include <string.h>

#define TEXT(field)  IM_FIELD(im_incident, field, OFTString)
#define WHOLE(field) IM_FIELD(im_incident, field, OFTInteger)

/* What a map in a GIS is styled and asked by; `incmap extract --store` writes all columns. */
static const im_field columns[] = {
    TEXT(id),
    TEXT(title),
    IM_FIELD(im_incident, date_start, OFTDate),
    IM_FIELD(im_incident, date_end, OFTDate),
    TEXT(location),
    TEXT(admin2),
    TEXT(admin1),
    TEXT(country),
    TEXT(iso),
    WHOLE(count),
    WHOLE(deaths_low),
    WHOLE(deaths_best),
    WHOLE(deaths_high),
    WHOLE(injured),
    WHOLE(geo_precision),
    {"number_of_sources", OFTInteger, G_STRUCT_OFFSET(im_incident, number_of_sources)},
};

/* Behind those. */
enum { ID = 0, TYPE = G_N_ELEMENTS(columns), STATUS, LAST_DAY, AREA };
static const struct {
    const char *name;
    OGRFieldType type;
} more_columns[] = {
    {"type", OFTString},
    {"status", OFTString},
    {"last_day", OFTDate},  /* that has passed; NULL: planned, or undated */
    {"area", OFTInteger64}, /* whose total it is; NULL: it is none */
};
enum { N_OLD = 2 };

static gboolean add_more(tables *t, guint from)
{
    for (guint i = from; i < G_N_ELEMENTS(more_columns); i++)
        if (!im_field_add(t->incidents, more_columns[i].name, more_columns[i].type))
            return FALSE;
    return TRUE;
}

static gboolean create_indexes(tables *t)
{
    static const char *const indexes[] = {
        "CREATE INDEX incidents_id ON incidents (id)",
        "CREATE INDEX incidents_start ON incidents (date_start)",
        "CREATE INDEX incidents_lasting ON incidents (date_end, date_start) "
        "WHERE date_end > date_start",
        "CREATE INDEX incidents_last_day ON incidents (last_day, date_start) "
        "WHERE last_day IS NOT NULL",
        "CREATE INDEX incidents_area ON incidents (area, date_end, date_start) "
        "WHERE area IS NOT NULL",
    };
    if (t->dialect->ids_by_bytes && !im_tables_run(t, t->dialect->ids_by_bytes, NULL))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(indexes); i++)
        if (!im_tables_run(t, indexes[i], NULL))
            return FALSE;
    return TRUE;
}

gboolean im_layer_create(tables *t)
{
    OGRSpatialReferenceH wgs84 = im_degrees_system();
    t->incidents = im_table_create(t, "incidents", wgs84, wkbPoint);
    OSRRelease(wgs84);
    return t->incidents && im_fields_add(t->incidents, columns, G_N_ELEMENTS(columns)) &&
           add_more(t, 0) && create_indexes(t);
}

static gboolean find_layer(tables *t, guint n_more)
{
    t->incidents = im_table_find(t, "incidents");
    gboolean ok = im_fields_are(t->incidents, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; ok && i < n_more; i++)
        ok = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(t->incidents), more_columns[i].name) ==
             (int)(TYPE + i);
    return ok;
}

gboolean im_layer_find(tables *t)
{
    return find_layer(t, G_N_ELEMENTS(more_columns));
}

gboolean im_layer_find_old(tables *t)
{
    return find_layer(t, N_OLD);
}

static gboolean list_number(OGRFeatureH row, gpointer data)
{
    const gint64 number = OGR_F_GetFieldAsInteger64(row, 0);
    g_array_append_val((GArray *)data, number);
    return TRUE;
}

gboolean im_layer_renew(tables *t, GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = im_tables_select(t, "SELECT fid + 0 FROM incidents", list_number, rows, error);
    for (guint i = 0; ok && i < rows->len; i++)
        ok = OGR_L_DeleteFeature(t->incidents, g_array_index(rows, gint64, i)) == OGRERR_NONE;
    return ok && ((add_more(t, N_OLD) && create_indexes(t)) || im_tables_broken(t, error));
}

/* ---- changes ---- */

gboolean im_layer_add(im_store *store, const im_incident *incident, gint64 *event, GError **error)
{
    tables *t = im_tables_of(store);
    const guint64 area = im_incident_total_area(incident);
    im_tables_hush();
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(t->incidents));
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        im_field_set(feature, (int)i, &columns[i], incident);
    OGR_F_SetFieldString(feature, TYPE, im_incident_type_name(incident->type));
    OGR_F_SetFieldString(feature, STATUS, im_incident_status_name(incident->status));
    im_field_set_day(feature, LAST_DAY, im_incident_last_day(incident));
    if (area)
        OGR_F_SetFieldInteger64(feature, AREA, (GIntBig)area);
    if (incident->has_geometry) {
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, incident->position.lon_deg, incident->position.lat_deg);
        OGR_F_SetGeometryDirectly(feature, point);
    }
    const gboolean ok =
        OGR_L_CreateFeature(t->incidents, feature) == OGRERR_NONE || im_tables_broken(t, error);
    *event = OGR_F_GetFID(feature);
    OGR_F_Destroy(feature);
    im_tables_speak();
    return ok;
}

gboolean im_layer_remove(im_store *store, gint64 event, GError **error)
{
    tables *t = im_tables_of(store);
    im_tables_hush();
    const gboolean ok =
        OGR_L_DeleteFeature(t->incidents, event) == OGRERR_NONE || im_tables_broken(t, error);
    im_tables_speak();
    return ok;
}

/* Ids are letters, digits and `-`, whatever the file says: they stand in SQL. */
static gboolean is_id(const char *id)
{
    return *id && strspn(id, "0123456789abcdef-") == strlen(id);
}

gboolean im_layer_rename(im_store *store, gint64 event, const char *id, GError **error)
{
    tables *t = im_tables_of(store);
    g_return_val_if_fail(is_id(id), FALSE);
    g_autofree char *sql =
        g_strdup_printf("UPDATE incidents SET id = '%s' WHERE fid = %" G_GINT64_FORMAT, id, event);
    im_tables_hush();
    const gboolean ok = im_tables_run(t, sql, error);
    im_tables_speak();
    return ok;
}

/* ---- finding ---- */

static gboolean add_event(OGRFeatureH row, gpointer data)
{
    const im_stored_event e = {OGR_F_GetFieldAsInteger64(row, 0),
                               g_utf8_make_valid(OGR_F_GetFieldAsString(row, 1), -1)};
    g_array_append_val((GArray *)data, e);
    return TRUE;
}

static gboolean find_where(tables *t, const char *where, GArray *events, GError **error)
{
    g_autofree char *sql = g_strconcat("SELECT fid + 0, id FROM incidents ", where, NULL);
    return im_tables_select(t, sql, add_event, events, error);
}

/* What began on one of these days, and what began before and lasted. */
static gboolean find_period(tables *t, im_day since, im_day until, GArray *events, GError **error)
{
    char first[IM_DAY_ISO_SIZE], last[IM_DAY_ISO_SIZE];
    im_day_format_iso(MAX(since, 1), first);
    im_day_format_iso(MIN(until, im_day_from_ymd(9999, 12, 31)), last);
    g_autofree char *where = g_strdup_printf(
        "WHERE fid IN (SELECT fid FROM incidents WHERE date_start BETWEEN '%s' AND '%s' "
        "UNION SELECT fid FROM incidents WHERE date_end >= '%s' "
        "AND date_end > date_start AND date_start < '%s')",
        first, last, first, first);
    return find_where(t, where, events, error);
}

/* Appends to a list of SQL's one thing that is looked for. */
typedef void (*put_func)(const tables *t, GString *list, gconstpointer things, guint i);

static void put_event(const tables *t, GString *list, gconstpointer things, guint i)
{
    (void)t;
    g_string_append_printf(list, "(%" G_GINT64_FORMAT ")",
                           g_array_index((const GArray *)things, gint64, i));
}

static void put_id(const tables *t, GString *list, gconstpointer things, guint i)
{
    (void)t;
    const char *id = ((const GPtrArray *)things)->pdata[i];
    g_string_append_printf(list, "('%s')", is_id(id) ? id : "");
}

static void put_area(const tables *t, GString *list, gconstpointer things, guint i)
{
    const im_area_days *a = &g_array_index((const GArray *)things, im_area_days, i);
    char first[IM_DAY_ISO_SIZE], last[IM_DAY_ISO_SIZE];
    g_string_append_printf(list, "(%" G_GINT64_FORMAT ",%s'%s',%s'%s')", (gint64)a->area,
                           t->dialect->day, im_day_format_iso(a->start, first), t->dialect->day,
                           im_day_format_iso(a->end, last));
}

/* Finds what `n` things say, many at a time. @param join  SQL between the list of them and its end */
static gboolean find_by(tables *t, put_func put, gconstpointer things, guint n, const char *join,
                        GArray *events, GError **error)
{
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < n; i += IM_SQL_ROWS) {
        g_autoptr(GString) list = g_string_new(NULL);
        for (guint k = i; k < MIN(i + IM_SQL_ROWS, n); k++) {
            im_sql_next(list);
            put(t, list, things, k);
        }
        g_autofree char *where =
            g_strdup_printf("WHERE fid IN (WITH w AS (VALUES %s) SELECT i.fid FROM w CROSS JOIN "
                            "incidents i WHERE %s)",
                            list->str, join);
        ok = find_where(t, where, events, error);
    }
    return ok;
}

static int by_id(gconstpointer a, gconstpointer b)
{
    const im_stored_event *x = a, *y = b;
    const int order = strcmp(x->id, y->id);
    return order ? order : (x->event > y->event) - (x->event < y->event);
}

static void drop_repeated(GArray *events)
{
    guint n = 0;
    im_stored_event *e = (im_stored_event *)(void *)events->data;
    for (guint i = 0; i < events->len; i++)
        if (n == 0 || e[i].event != e[n - 1].event) {
            const im_stored_event other = e[n];
            e[n++] = e[i];
            e[i] = other;
        }
    g_array_set_size(events, n);
}

gboolean im_layer_find_all(im_store *store, const im_event_query *q, GArray *events, GError **error)
{
    tables *t = im_tables_of(store);
    gboolean ok = TRUE;
    im_tables_hush();
    if (q->all)
        ok = find_where(t, "", events, error);
    if (ok && q->until)
        ok = find_period(t, q->since, q->until, events, error);
    if (ok && q->events)
        ok = find_by(t, put_event, q->events, q->events->len, "i.fid = w.column1", events, error);
    if (ok && q->ids)
        ok = find_by(t, put_id, q->ids, q->ids->len,
                     "i.id = w.column1 OR (i.id > w.column1 || '-' AND i.id < w.column1 || '.')",
                     events, error);
    if (ok && q->totals_of)
        ok = find_by(
            t, put_area, q->totals_of, q->totals_of->len,
            "i.area = w.column1 AND i.date_end >= w.column2 AND NOT i.date_start > w.column3",
            events, error);
    im_tables_speak();
    g_array_sort(events, by_id);
    drop_repeated(events);
    return ok;
}

static gboolean take_day(OGRFeatureH row, gpointer data)
{
    *(im_day *)data = im_day_parse_iso(OGR_F_GetFieldAsString(row, 0));
    return FALSE;
}

gboolean im_layer_newest_day(im_store *store, im_day until, im_day *newest, GError **error)
{
    tables *t = im_tables_of(store);
    char day[IM_DAY_ISO_SIZE];
    im_day after = IM_DAY_NONE;
    until = MIN(until, im_day_from_ymd(9999, 12, 31));
    im_day_format_iso(until, day);
    *newest = IM_DAY_NONE;
    g_autofree char *later = g_strdup_printf(
        "SELECT '' || last_day FROM incidents WHERE last_day >= '%s' AND date_start <= '%s' "
        "AND last_day IS NOT NULL ORDER BY last_day LIMIT 1",
        day, day);
    g_autofree char *before =
        g_strdup_printf("SELECT '' || last_day FROM incidents WHERE last_day < '%s' "
                        "AND last_day IS NOT NULL ORDER BY last_day DESC LIMIT 1",
                        day);
    im_tables_hush();
    const gboolean ok = im_tables_select(t, later, take_day, &after, error) &&
                        im_tables_select(t, before, take_day, newest, error);
    im_tables_speak();
    if (after != IM_DAY_NONE)
        *newest = until;
    return ok;
}

gboolean im_layer_n_undated(im_store *store, guint *n, GError **error)
{
    gint64 count = 0;
    im_tables_hush();
    const gboolean ok = im_tables_select(im_tables_of(store),
                                         "SELECT count(*) FROM incidents WHERE date_start IS NULL",
                                         im_take_number, &count, error);
    im_tables_speak();
    *n = (guint)count;
    return ok;
}
