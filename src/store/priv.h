/** @file
 *  The inside of store: what is loaded on demand, for it calls GDAL. */
#ifndef IM_STORE_PRIV_H
#define IM_STORE_PRIV_H

#include "base/module.h"

#include <incmap/store.h>

/** The functions of incmap/store.h. */
typedef struct im_store_driver {
    im_store *(*open)(const char *path, im_store_mode mode, GError **error);
    void (*close)(im_store *store);
    gboolean (*commit)(im_store *store, GError **error);
    gboolean (*get)(im_store *store, const char *id, im_stored_report *report, GError **error);
    gboolean (*put)(im_store *store, const im_stored_report *report, GError **error);
    gboolean (*remove)(im_store *store, const char *id, gboolean *found, GError **error);
    gboolean (*each)(im_store *store, im_store_part part, im_stored_report_func func, gpointer data,
                     GError **error);
    gboolean (*set_incidents)(im_store *store, const GPtrArray *incidents, GError **error);
} im_store_driver;

extern const im_store_driver im_gis_store IM_MODULE_TABLE;

/** What every store begins with. */
struct im_store {
    const im_store_driver *driver;
    gboolean is_whole;
};

#endif
