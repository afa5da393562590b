/** @file
 *  The inside of store: what is loaded on demand, for it calls GDAL. */
#ifndef IM_STORE_PRIV_H
#define IM_STORE_PRIV_H

#include "base/module.h"
#include "store/rows.h"

/** The functions of incmap/store.h and store/rows.h. */
typedef struct im_store_driver {
    im_store *(*open)(const char *name, im_store_mode mode, GError **error);
    void (*close)(im_store *store);
    gboolean (*commit)(im_store *store, GError **error);
    gboolean (*get)(im_store *store, const char *id, im_stored_report *report, GError **error);
    guint (*n_reports)(im_store *store);
    gboolean (*put)(im_store *store, const im_stored_report *report, GError **error);
    gboolean (*remove)(im_store *store, const char *id, gboolean *found, GError **error);
    gboolean (*each)(im_store *store, im_store_part part, im_stored_report_func func, gpointer data,
                     GError **error);
    gboolean (*yearless)(im_store *store, GBytes *gist, GHashTable *ids, GError **error);
    gboolean (*company)(im_store *store, GBytes *gist, GArray *company, GError **error);
    gboolean (*renew)(im_store *store, im_old_report_func func, gpointer data, GError **error);
    gboolean (*each_name)(im_store *store, im_stored_name_func func, gpointer data, GError **error);
    gboolean (*add_record)(im_store *store, const char *report, const im_stored_record *record,
                           GError **error);
    gboolean (*remove_records)(im_store *store, const char *report, GError **error);
    gboolean (*find_records)(im_store *store, const im_record_query *query,
                             im_stored_record_func func, gpointer data, GError **error);
    guint (*n_records)(im_store *store);
    gboolean (*join)(im_store *store, const GArray *members, const GArray *events, GError **error);
    gboolean (*add_event)(im_store *store, const im_incident *incident, gint64 *event,
                          GError **error);
    gboolean (*remove_event)(im_store *store, gint64 event, GError **error);
    gboolean (*rename_event)(im_store *store, gint64 event, const char *id, GError **error);
    gboolean (*find_events)(im_store *store, const im_event_query *query, GArray *events,
                            GError **error);
    gboolean (*newest_day)(im_store *store, im_day until, im_day *newest, GError **error);
    gboolean (*n_undated)(im_store *store, guint *n, GError **error);
} im_store_driver;

extern const im_store_driver im_gis_store IM_MODULE_TABLE;

/** What every store begins with. */
struct im_store {
    const im_store_driver *driver;
    gboolean is_old;
};

#endif
