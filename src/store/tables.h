/** @file
 *  A store as tables of a database: what its parts (tables*.c) share. */
#ifndef IM_STORE_TABLES_H
#define IM_STORE_TABLES_H

#include "store/name.h"
#include "store/priv.h"

#include <gdal.h>
#include <incmap/error.h>
#include <ogr_api.h>

/* Of the version before (reports with their records beside them, all merged again by each update) a store is brought
 * up to date when it is written to; of any other it is not read. */
enum { IM_SCHEMA = 2, IM_SCHEMA_OLD = 1 };

typedef struct tables tables;

/* What differs between a GeoPackage (tables_gpkg.c) and a database of PostGIS (tables_pg.c). */
typedef struct im_dialect {
    /* Waits until the store may be used, connects, makes the tables where there are none, and finds them. */
    gboolean (*open)(tables *t, const im_store_name *name, im_store_mode mode, GError **error);
    /* Ends what open() began, as far as it came. */
    void (*close)(tables *t);
    int oldest;                                       /* schema that can be brought up to date */
    const char *const *layer_options;                 /* of a table that is made, or NULL */
    OGRFeatureH (*get)(OGRLayerH layer, GIntBig row); /* NULL when there is none */
    OGRErr (*put)(OGRLayerH layer, OGRFeatureH row);  /* in the place of the one of its number */
    /* Words of SQL. */
    const char *day;     /* before a day in quotes */
    const char *by_row;  /* at the end, for an order that only ids decide */
    const char *by_key;  /* behind a table that is found by its key only */
    const char *undated; /* column that finds reports without a day */
    /* Fails after a statement that failed, where then a commit does nothing and says that all is well; NULL. */
    const char *probe;
    /* What is said when a commit fails. */
    const char *uncommitted;
    /* Puts ids of events in the order of their bytes; NULL: they are. */
    const char *ids_by_bytes;
    /* Asks how many records there are; NULL: GDAL knows. */
    const char *n_records;
} im_dialect;

extern const im_dialect im_tables_gpkg, im_tables_pg;

struct tables {
    im_store store; /* first: a store is its tables */
    const im_dialect *dialect;
    char *name;   /* for messages */
    char *schema; /* in which the tables are, or NULL */
    GDALDatasetH dataset;
    OGRLayerH about, reports, records, incidents, names;
    int lock; /* a descriptor of the file that no other process locks meanwhile; -1 */
    gboolean in_transaction;
    gint64 n_records;        /* as far as they are counted; -1 */
    GString *gists;          /* rows of the table `gists` that are to be added, VALUES */
    GHashTable *name_counts; /* char * → gint64 *: by how much names are to be counted more */
};

/* What open() of a dialect is made of. */
tables *im_tables_new(const im_dialect *dialect, const char *name);
gboolean im_tables_begin(tables *t, GError **error);
gboolean im_tables_commit(im_store *store, GError **error);
void im_tables_close(im_store *store);
gboolean im_tables_create(tables *t);
gboolean im_tables_find(tables *t, im_store_mode mode, GError **error);

tables *im_tables_of(im_store *store);

/* @return FALSE with what GDAL said */
gboolean im_tables_fail(const tables *t, im_error code, const char *what, GError **error);
gboolean im_tables_broken(const tables *t, GError **error);

/* What GDAL says is for our messages; the handler is one for each thread. Until im_tables_speak(). */
void im_tables_hush(void);
void im_tables_speak(void);

/* Runs a statement that gives nothing back. No text of a report is ever part of SQL. */
gboolean im_tables_run(tables *t, const char *sql, GError **error);

/* Takes a row. @return FALSE to end */
typedef gboolean (*im_row_func)(OGRFeatureH row, gpointer data);

/* Calls `func` for each row of a SELECT. */
gboolean im_tables_select(tables *t, const char *sql, im_row_func func, gpointer data,
                          GError **error);

/* An im_row_func that takes one number, a gint64. */
gboolean im_take_number(OGRFeatureH row, gpointer data);

/* How much of a statement is made of one list: SQLite takes a million bytes. */
enum { IM_SQL_ROWS = 4000 };

/* Appends `,` where something stands before. */
void im_sql_next(GString *list);

OGRLayerH im_table_find(const tables *t, const char *name);
OGRLayerH im_table_create(const tables *t, const char *name, OGRSpatialReferenceH system,
                          OGRwkbGeometryType type);

/* ---- columns (tables_fields.c) ---- */

typedef struct im_field {
    const char *name;
    OGRFieldType type;
    gsize offset;
} im_field;

#define IM_FIELD(type, field, ogr)                                                                 \
    {                                                                                              \
#field, ogr, G_STRUCT_OFFSET(type, field)                                                  \
    }

void im_field_set(OGRFeatureH feature, int field, const im_field *column, gconstpointer record);
void im_field_get(OGRFeatureH feature, int field, const im_field *column, gpointer record);
void im_field_set_day(OGRFeatureH feature, int field, im_day day);
gboolean im_field_add(OGRLayerH layer, const char *name, OGRFieldType type);
gboolean im_fields_add(OGRLayerH layer, const im_field *columns, guint n);
gboolean im_fields_are(OGRLayerH layer, const im_field *columns, guint n);

/* ---- what each part makes of a new store, and finds in one ---- */

gboolean im_reports_create(tables *t);
gboolean im_reports_find(tables *t);
/* Writes what was put off. */
gboolean im_reports_flush(tables *t, GError **error);
/* As of the version before: a report has its records beside it. */
gboolean im_reports_find_old(tables *t);
gboolean im_reports_renew(tables *t, im_old_report_func func, gpointer data, GError **error);

gboolean im_records_create(tables *t);
gboolean im_records_find(tables *t);

gboolean im_layer_create(tables *t);
gboolean im_layer_find(tables *t);
gboolean im_layer_find_old(tables *t);
gboolean im_layer_renew(tables *t, GError **error);

/* ---- the functions of the driver ---- */

gboolean im_reports_get(im_store *store, const char *id, im_stored_report *report, GError **error);
guint im_reports_n(im_store *store);
gboolean im_reports_put(im_store *store, const im_stored_report *report, GError **error);
gboolean im_reports_remove(im_store *store, const char *id, gboolean *found, GError **error);
gboolean im_reports_each(im_store *store, im_store_part part, im_stored_report_func func,
                         gpointer data, GError **error);
gboolean im_reports_yearless(im_store *store, GBytes *gist, GHashTable *ids, GError **error);
gboolean im_reports_company(im_store *store, GBytes *gist, GArray *company, GError **error);
gboolean im_reports_each_name(im_store *store, im_stored_name_func func, gpointer data,
                              GError **error);
/* The row of what has that text for its key: a hash of it. */
GIntBig im_tables_row(const char *key);

gboolean im_records_add(im_store *store, const char *report, const im_stored_record *record,
                        GError **error);
gboolean im_records_remove(im_store *store, const char *report, GError **error);
gboolean im_records_find_all(im_store *store, const im_record_query *query,
                             im_stored_record_func func, gpointer data, GError **error);
guint im_records_n(im_store *store);
gboolean im_records_join(im_store *store, const GArray *members, const GArray *events,
                         GError **error);

gboolean im_layer_add(im_store *store, const im_incident *incident, gint64 *event, GError **error);
gboolean im_layer_remove(im_store *store, gint64 event, GError **error);
gboolean im_layer_rename(im_store *store, gint64 event, const char *id, GError **error);
gboolean im_layer_find_all(im_store *store, const im_event_query *query, GArray *events,
                           GError **error);
gboolean im_layer_newest_day(im_store *store, im_day until, im_day *newest, GError **error);
gboolean im_layer_n_undated(im_store *store, guint *n, GError **error);

#endif
