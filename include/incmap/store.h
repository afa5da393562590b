/** @file
 *  What was read so far, kept in a file or a database: each report with what it tells, and the incidents that come of all of
 *  them as a layer of points for GIS. */
#ifndef INCMAP_STORE_H
#define INCMAP_STORE_H

#include <incmap/incident.h>

G_BEGIN_DECLS

/** A GeoPackage, or a schema of a PostgreSQL database with PostGIS: the table `reports`, the single records that they tell (`records`), and the layer `incidents`, one
 *  row an event; beside them what finds these by what they share. im_update_store() fills it. Not for several
 *  threads at once. */
typedef struct im_store im_store;

/** A report as it is kept. Strings are valid UTF-8, NULL where there is nothing. */
typedef struct im_stored_report {
    char *id;
    char *digest;     /**< of what is in the report */
    char *reading;    /**< digest of how it was read: both the same, the same records */
    im_day published; /**< IM_DAY_NONE where unknown */
    char *missing;    /**< names that the gazetteer lacks: lines of number, tab, name */
    GBytes *gist; /**< of guint64: what it shares with others that tell of the same, see pipeline */
    /** Of reports whose dateline has no year, which the others complete: what to read them again from. */
    char *dateline; /**< `MM-DD`; NULL: the rest is NULL, too */
    char *text, *headline, *url, *publisher, *language, *file;
    gint64 line;
} im_stored_report;

/** Frees what the report owns, not the report. */
IM_API void im_stored_report_clear(im_stored_report *report);

typedef enum im_store_mode {
    IM_STORE_READ = 0,
    IM_STORE_WRITE, /**< makes a new one where there is none */
} im_store_mode;

/** Where a file is that belongs to a store: `STORE.SUFFIX`; that of a database in the user's folder for state
 *  (`~/.local/state/incmap`, which is made), named by a hash of the connection without its password. */
IM_API char *im_store_beside(const char *store, const char *suffix);

/** Opens a store. Who writes waits here until nobody else has it open, who reads until nobody writes. What that takes does
 *  not grow with the store.
 *  @param name  of a file, ends in .gpkg; or `PG:` and a connection string of libpq (key=value pairs), as GDAL's driver
 *               takes it: `active_schema` in it names the schema, a-z, 0-9 and `_`, else `incmap`
 *  @return      owned by the caller, im_store_close(); NULL with IM_ERROR_DATA: missing, no store, one of another
 *               version, a database without PostGIS or not in UTF8; IM_ERROR_USAGE: not such a name; IM_ERROR_SYSTEM. One of the version before can be opened to be
 *               written, and the next im_update_store() brings it up to date; to be read it cannot */
IM_API im_store *im_store_open(const char *name, im_store_mode mode, GError **error);

/** What was not committed is as it was. */
IM_API void im_store_close(im_store *store);

/** Makes all changes since the last time last. @return FALSE with IM_ERROR_SYSTEM, as all that follow: then the store is to
 *  be closed, for what was changed is half of a change. Of a database that ends while it keeps them the error says that it
 *  may have kept them */
IM_API gboolean im_store_commit(im_store *store, GError **error);

/** Finds a report. @param report  filled, to be cleared; its id is NULL when there is none */
IM_API gboolean im_store_get(im_store *store, const char *id, im_stored_report *report,
                             GError **error);

/** Whether the id of a report begins so; FALSE on error, too. Takes as long as there are reports. */
IM_API gboolean im_store_has_begin(im_store *store, const char *begin);

/** How many reports there are. */
IM_API guint im_store_n_reports(im_store *store);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(im_stored_report, im_stored_report_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_store, im_store_close)

G_END_DECLS

#endif
