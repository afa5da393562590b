/** @file
 *  What was read so far, kept in a file: each report with what it tells, and the incidents that come of all of
 *  them as a layer of points for GIS. */
#ifndef INCMAP_STORE_H
#define INCMAP_STORE_H

#include <incmap/incident.h>

G_BEGIN_DECLS

/** A GeoPackage with the tables `reports` and `incidents` (and `incmap`, which says of which version they are).
 *  Not for several threads at once. */
typedef struct im_store im_store;

/** A report as it is kept. Strings are valid UTF-8, NULL where there is nothing. */
typedef struct im_stored_report {
    char *id;
    char *digest;     /**< of what is in the report */
    char *reading;    /**< digest of how it was read: both the same, the same records */
    im_day published; /**< IM_DAY_NONE where unknown */
    char *records;    /**< its single incidents, as GeoJSON, one feature a line */
    char *missing;    /**< names that the gazetteer lacks: lines of number, tab, name */
    GBytes *gist;     /**< what it shares with others that tell of the same, see pipeline */
    /** Of reports whose dateline has no year, which the others complete: what to read them again from. */
    char *dateline; /**< `MM-DD`; NULL: the rest is NULL, too */
    char *text, *headline, *url, *publisher, *language, *file;
    gint64 line;
} im_stored_report;

/** Frees what the report owns, not the report. */
IM_API void im_stored_report_clear(im_stored_report *report);

/** Owned by the caller: im_stored_report_clear(), g_free(). */
IM_API im_stored_report *im_stored_report_copy(const im_stored_report *report);

typedef enum im_store_mode {
    IM_STORE_READ = 0,
    IM_STORE_WRITE, /**< makes a new one where there is no file */
} im_store_mode;

/** Opens a store. Who writes waits here until nobody else has it open, who reads until nobody writes.
 *  @param path  file name that ends in .gpkg
 *  @return      owned by the caller, im_store_close(); NULL with IM_ERROR_DATA: missing, no store, or one of another
 *               version; IM_ERROR_USAGE: not such a name; IM_ERROR_SYSTEM */
IM_API im_store *im_store_open(const char *path, im_store_mode mode, GError **error);

/** What was not committed is as it was. */
IM_API void im_store_close(im_store *store);

/** Makes all changes since the last time last. @return FALSE with IM_ERROR_SYSTEM, as all that follow: then the store is to
 *  be closed, for what was changed is half of a change */
IM_API gboolean im_store_commit(im_store *store, GError **error);

/** Finds a report. @param report  filled, to be cleared; its id is NULL when there is none */
IM_API gboolean im_store_get(im_store *store, const char *id, im_stored_report *report,
                             GError **error);

/** Adds a report, or puts it in the place of the one of that id. */
IM_API gboolean im_store_put(im_store *store, const im_stored_report *report, GError **error);

/** Takes a report out. @param found  out: whether it was there */
IM_API gboolean im_store_remove(im_store *store, const char *id, gboolean *found, GError **error);

/** Takes one report, borrowed. @return FALSE to end */
typedef gboolean (*im_stored_report_func)(const im_stored_report *report, gpointer data);

/** Which reports are asked for, and what of them; what is not asked for is not read, and NULL. */
typedef enum im_store_part {
    IM_STORE_ALL = 0,
    IM_STORE_IDS,     /**< id */
    IM_STORE_GISTS,   /**< of all: id, published, dateline, gist */
    IM_STORE_UNDATED, /**< of reports whose dateline has no year: all but the records */
} im_store_part;

/** Calls `func` for each report, in an order that only their ids decide. It must not change the store. */
IM_API gboolean im_store_each(im_store *store, im_store_part part, im_stored_report_func func,
                              gpointer data, GError **error);

/** Puts these incidents in the place of those in the layer. */
IM_API gboolean im_store_set_incidents(im_store *store, const GPtrArray *incidents, GError **error);

/** Whether the layer holds what comes of the reports: FALSE from the first change of one to
 *  im_store_set_incidents(), also when the process ended between them. */
IM_API gboolean im_store_is_whole(const im_store *store);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(im_stored_report, im_stored_report_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_store, im_store_close)

G_END_DECLS

#endif
