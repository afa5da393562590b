/** @file
 *  What of a report a store keeps. */
#ifndef IM_PIPELINE_KEPT_H
#define IM_PIPELINE_KEPT_H

#include "pipeline/priv.h"
#include "store/rows.h"

/** The digest of how reports are read: by which rules, with which gazetteer and options. Owned by the caller. */
char *im_kept_reading(const im_gazetteer *gazetteer, const im_run_options *options);

/** The digest of all that a report's records come from in itself. Owned by the caller. */
char *im_kept_digest(const im_report *report);

/** What is kept of a report that was analysed. @param kept  filled, to be cleared */
void im_kept_of(const im_gazetteer *gazetteer, const char *reading, const im_analysis *analysis,
                im_stored_report *kept);

/** Adds the records of a report to the store. @param incidents  of im_incident * */
gboolean im_kept_add_records(im_store *store, const char *report, GPtrArray *incidents,
                             GError **error);

/** A record as it was, owned by the caller. @return NULL with an error when it is damaged */
im_incident *im_kept_read(const im_stored_record *kept, GError **error);

/** The report that a dateline without a year is completed in, to be read again. Owned by the caller. */
im_report *im_kept_report(const im_stored_report *kept);

/** The month and day of its dateline. @return FALSE when there is none */
gboolean im_kept_dateline(const im_stored_report *kept, int *month, int *day);

/** Finds the events that the changes of a store lead to, and writes those that are not as they were.
 *  @param regroup  knows what has gone (im_regroup_drop()); what has come is pending in the store */
gboolean im_kept_regroup(im_store *store, im_regroup *regroup, GError **error);

/** Reads events with all of their records.
 *  @param events  of im_stored_event; their ids are theirs
 *  @return        sorted, with parents among each other; owned by the caller; NULL with an error */
GPtrArray *im_kept_events(im_store *store, const GArray *events, GError **error);

#endif
