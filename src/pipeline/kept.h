/** @file
 *  What of a report a store keeps. */
#ifndef IM_PIPELINE_KEPT_H
#define IM_PIPELINE_KEPT_H

#include "pipeline/priv.h"

/** The digest of how reports are read: by which rules, with which gazetteer and options. Owned by the caller. */
char *im_kept_reading(const im_gazetteer *gazetteer, const im_run_options *options);

/** The digest of all that a report's records come from in itself. Owned by the caller. */
char *im_kept_digest(const im_report *report);

/** What is kept of a report that was analysed. @param kept  filled, to be cleared */
void im_kept_of(const im_gazetteer *gazetteer, const char *reading, const im_analysis *analysis,
                im_stored_report *kept);

/** Its records as they are kept. Owned by the caller. */
char *im_kept_records(const GPtrArray *incidents);

/** Appends the records of what is kept. @return FALSE with an error when they are damaged */
gboolean im_kept_read(const im_stored_report *kept, GPtrArray *incidents, GError **error);

/** The report that a dateline without a year is completed in, to be read again. Owned by the caller. */
im_report *im_kept_report(const im_stored_report *kept);

/** The gist of what is kept. Owned by the caller. */
im_gist *im_kept_gist(const im_stored_report *kept);

/** Counts its missing names. */
void im_kept_count_missing(const im_stored_report *kept, im_missing *missing);

#endif
