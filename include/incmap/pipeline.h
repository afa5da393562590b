/** @file
 *  The stages wired together: inputs in, merged incidents out. */
#ifndef INCMAP_PIPELINE_H
#define INCMAP_PIPELINE_H

#include <incmap/merge.h>
#include <incmap/report.h>

G_BEGIN_DECLS

typedef struct im_run_options {
    im_read_options read;
    const char *country; /**< prior, ISO alpha-2; NULL */
    gboolean no_merge;
} im_run_options;

/** What came of a run. */
typedef struct im_run {
    GPtrArray *incidents; /**< of im_incident *, merged unless no_merge, sorted */
    GPtrArray *not_found; /**< of char *: names that the gazetteer lacks, sorted, once each */
    guint n_reports;      /**< read without error */
    GPtrArray *errors;    /**< of GError *: one an input that failed; the rest is done */
} im_run;

/** Reads all inputs and merges what they tell. One bad input is an entry of `errors`.
 *  @return owned by the caller, im_run_free() */
IM_API im_run *im_run_reports(const im_gazetteer *gazetteer, const char *const *inputs,
                              const im_run_options *options);
IM_API void im_run_free(im_run *run);

/** Reads the toponyms and incidents of one report.
 *  @param mentions   GArray of im_mention, owned by the caller; NULL allowed
 *  @param incidents  GPtrArray of im_incident *, owned by the caller; NULL: toponyms only */
IM_API void im_analyse_report(const im_gazetteer *gazetteer, const im_report *report,
                              const im_run_options *options, GArray **mentions,
                              GPtrArray **incidents);

/** One line of the JSON Lines contract (spec/cli.md) for a report, with a newline at its end.
 *  @param incidents  NULL: the line has no `incidents` */
IM_API void im_report_to_json_line(const im_gazetteer *gazetteer, const im_report *report,
                                   const GArray *mentions, const GPtrArray *incidents,
                                   GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_run, im_run_free)

G_END_DECLS

#endif
