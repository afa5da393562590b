/** @file
 *  What the store keeps and how it is found: the part that updates and readings are made of. Nothing here costs more in
 *  a large store than in a small one but what says so; what is found comes by indexes. */
#ifndef IM_STORE_ROWS_H
#define IM_STORE_ROWS_H

#include "merge/regroup.h"

#include <incmap/store.h>

/** Adds a report, or puts it in the place of the one of that id; its names that are missing are counted, and it is found
 *  by its gist. The records of the one before stay. */
gboolean im_store_put(im_store *store, const im_stored_report *report, GError **error);

/** Takes a report out, not its records. @param found  out: whether it was there */
gboolean im_store_remove(im_store *store, const char *id, gboolean *found, GError **error);

/** Takes one report, borrowed. @return FALSE to end */
typedef gboolean (*im_stored_report_func)(const im_stored_report *report, gpointer data);

/** Which reports are asked for. The first takes as long as there are reports, the others come by indexes. */
typedef enum im_store_part {
    IM_STORE_IDS = 0,  /**< all */
    IM_STORE_YEARLESS, /**< whose dateline has no year */
    IM_STORE_UNDATED,  /**< whose day is unknown */
} im_store_part;

/** Calls `func` for each report, of which it gives the id alone, in an order that only their ids decide. It must not change the store. */
gboolean im_store_each(im_store *store, im_store_part part, im_stored_report_func func,
                       gpointer data, GError **error);

/** Adds the ids of the reports without a year in their dateline that share two keys or more with a gist.
 *  @param ids  a set of char *, owned by it */
gboolean im_store_yearless(im_store *store, GBytes *gist, GHashTable *ids, GError **error);

/** What a dated report has in common with another one. */
typedef struct im_company {
    guint shared; /**< keys of the gists */
    im_day published;
} im_company;

/** Appends what the dated reports that share two keys or more with a gist have in common with it, each kind once.
 *  Takes as long as many reports have one of the keys. @param company  of im_company */
gboolean im_store_company(im_store *store, GBytes *gist, GArray *company, GError **error);

/** Takes a report of a store of the version before, with its records as GeoJSON, a line each. */
typedef gboolean (*im_old_report_func)(const im_stored_report *report, const char *records,
                                       gpointer data);

/** Whether the store was opened to be written and is of the version before: then it is to be renewed first. */
gboolean im_store_is_old(const im_store *store);
/** Makes the tables of this version. @param func  puts each report again and adds its records; FALSE, with an error of
 *                                                 its own, ends it */
gboolean im_store_renew(im_store *store, im_old_report_func func, gpointer data, GError **error);

/** Names that the gazetteer lacks, over all reports. */
typedef void (*im_stored_name_func)(const char *name, guint64 n, gpointer data);
gboolean im_store_each_name(im_store *store, im_stored_name_func func, gpointer data,
                            GError **error);

/** A single record. */
typedef struct im_stored_record {
    gint64 row;         /**< by which it is known */
    gint64 event;       /**< of which it is; 0: not known yet, or of none */
    gboolean is_double; /**< another record of its report says the same: it is of no event */
    im_spot spot;
    char *line; /**< as GeoJSON */
} im_stored_record;

/** Adds a record of a report; its row and event do not matter. */
gboolean im_store_add_record(im_store *store, const char *report, const im_stored_record *record,
                             GError **error);
/** Takes the records of a report out. */
gboolean im_store_remove_records(im_store *store, const char *report, GError **error);

/** Which records are asked for: those that one of these says. */
typedef struct im_record_query {
    gboolean all;
    gboolean pending;        /**< those whose event is not known yet */
    const char *report;      /**< those of the report; NULL */
    const im_wanted *wanted; /**< NULL; a record may come more than once */
} im_record_query;

/** Takes a record, borrowed. @return FALSE to end, with an error of its own */
typedef gboolean (*im_stored_record_func)(const im_stored_record *record, gpointer data);

gboolean im_store_find_records(im_store *store, const im_record_query *query,
                               im_stored_record_func func, gpointer data, GError **error);
/** About how many there are. */
guint im_store_n_records(im_store *store);

/** Says of which events records are. @param members  of im_member
 *                                    @param events   of gint64, by im_member.incident */
gboolean im_store_join(im_store *store, const GArray *members, const GArray *events,
                       GError **error);

/** An event: a row of the layer. */
typedef struct im_stored_event {
    gint64 event;
    char *id;
} im_stored_event;

/** An empty list of events, that frees their ids. */
GArray *im_stored_events_new(void);

/** Adds an event to the layer. @param event  out: its number */
gboolean im_store_add_event(im_store *store, const im_incident *incident, gint64 *event,
                            GError **error);
gboolean im_store_remove_event(im_store *store, gint64 event, GError **error);
/** Gives it another id. @param id  of im_incidents_finish() */
gboolean im_store_rename_event(im_store *store, gint64 event, const char *id, GError **error);

/** Days in which the totals of an area are asked for. */
typedef struct im_area_days {
    guint64 area;
    im_day start, end;
} im_area_days;

/** Which events are asked for: those that one of these says. */
typedef struct im_event_query {
    gboolean all;
    im_day since, until;     /**< what happened on one of these days; both 0: not asked for */
    const GArray *events;    /**< of gint64; NULL */
    const GPtrArray *ids;    /**< of char *: those with this id, numbered or not; NULL */
    const GArray *totals_of; /**< of im_area_days; NULL */
} im_event_query;

/** Appends the events that are found, each once, in the order of their ids.
 *  @param events  from im_stored_events_new() */
gboolean im_store_find_events(im_store *store, const im_event_query *query, GArray *events,
                              GError **error);

/** The newest day, up to one, on which something happened that was not planned; IM_DAY_NONE when there is none. */
gboolean im_store_newest_day(im_store *store, im_day until, im_day *newest, GError **error);

/** How many events have no day. */
gboolean im_store_n_undated(im_store *store, guint *n, GError **error);

#endif
