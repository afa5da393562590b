/** @file
 *  The stages wired together: inputs in, merged incidents out. */
#ifndef INCMAP_PIPELINE_H
#define INCMAP_PIPELINE_H

#include <incmap/merge.h>
#include <incmap/report.h>
#include <incmap/store.h>

G_BEGIN_DECLS

/** Is told, on long work, how many reports are done; calls never overlap. */
typedef void (*im_progress_func)(guint n_reports, gpointer data);

/** Place names that a report may hold, if not said otherwise: more than news of IM_TEXT_MAX_BYTES has, which names
 *  12 places a KB, 800,000 in all. So many take 1 to 6 s and 0.5 to 1.5 GB, by how much text is around them. */
#define IM_USUAL_MENTIONS 1000000u

typedef struct im_run_options {
    im_read_options read;
    const char *country;        /**< prior, ISO alpha-2; NULL */
    const im_lonlat *near;      /**< prior; NULL */
    GString *merge_explanation; /**< see im_incidents_merge(); borrowed, or NULL */
    gboolean no_merge;          /**< keep one record for each report that tells of an incident */
    gboolean no_incidents;      /**< stop after toponyms */
    gboolean given_spans;       /**< resolve the spans that the reports bring, recognise none */
    gboolean rejected;          /**< keep what was no place, too: im_analysis.rejected */
    gboolean json_lines;        /**< write im_analysis.lines, too */
    /** A report with more place names, or spans to resolve, is IM_ERROR_LIMIT; 0: IM_USUAL_MENTIONS. Holds for reports
     *  as they are read first, not for im_analyse_report() */
    guint max_mentions;
    guint jobs; /**< reports analysed at the same time; 0: 1. The result is the same */
    /** Asked of each report that could be read, while others may be analysed: FALSE leaves it out. NULL: all */
    gboolean (*wanted)(const im_report *report, gpointer data);
    gpointer wanted_data;
    im_progress_func progress; /**< called after each report; NULL */
    gpointer progress_data;
} im_run_options;

/** One report and what was found in it. */
typedef struct im_analysis {
    im_report *report; /**< its `error` is set when it could not be read; take it and leave NULL */
    GArray *mentions;  /**< of im_mention; NULL when the report could not be read */
    GArray *rejected;  /**< of im_rejected; NULL unless asked for */
    GPtrArray *incidents; /**< of im_incident *; NULL when lines, or none, were asked for */
    /** im_report_to_json_line() of this one and of those handed on before it that had none; NULL while another follows
     *  at once, and unless they were asked for */
    GString *lines;
} im_analysis;

/** Takes one analysis; what it steals it sets to NULL. Calls never overlap, but come from any
 *  thread. @return FALSE with an error to end the run */
typedef gboolean (*im_analysis_func)(im_analysis *analysis, gpointer data, GError **error);

/** Reads all inputs and calls `func` for each report, in the order of the inputs. An input that
 *  cannot be read is a report with an error, whose id is the input's name.
 *  @param error  of `func`
 *  @return       FALSE when `func` gave up */
IM_API gboolean im_run_each(const im_gazetteer *gazetteer, const char *const *inputs,
                            const im_run_options *options, im_analysis_func func, gpointer data,
                            GError **error);

/** Names that the gazetteer lacks, counted. Memory is bounded: of more than 65536 different names those
 *  that come later are counted together. Not for several threads at once. */
typedef struct im_missing im_missing;

/** One of them. */
typedef struct im_missing_name {
    const char *name; /**< as it stands in the text, on one line, without control characters */
    guint64 n;        /**< mentions */
} im_missing_name;

/** Nothing missing yet; im_missing_free(). */
IM_API im_missing *im_missing_new(void);
IM_API void im_missing_free(im_missing *missing);

/** Counts the mentions of a report that were not found. @param mentions  of im_mention */
IM_API void im_missing_add(im_missing *missing, const im_report *report, const GArray *mentions);

/** All mentions that were counted, and those among them whose names are not kept. */
IM_API guint64 im_missing_n_mentions(const im_missing *missing);
IM_API guint64 im_missing_n_later(const im_missing *missing);

/** The names that are kept, the most frequent first, equal ones by their bytes.
 *  @return GArray of im_missing_name, owned by the caller; the strings are borrowed */
IM_API GArray *im_missing_names(const im_missing *missing);

/** What came of a run. */
typedef struct im_run {
    GPtrArray *incidents; /**< of im_incident *, merged unless no_merge, sorted */
    im_missing *missing;  /**< place names that the gazetteer lacks */
    GPtrArray *undated;  /**< of char *: ids of reports whose publication date is unknown, sorted */
    guint n_reports;     /**< read without error */
    GPtrArray *errors;   /**< of GError *: one an input that failed; the rest is done */
    guint n_without_day; /**< incidents of a store that were left out of a period for that */
} im_run;

/** Reads all inputs and merges what they tell. One bad input is an entry of `errors`. A report
 *  whose dateline has no year takes it from the dated reports of the run that tell of the same
 *  events (IM_PUBLISHED_RUN), never from the clock.
 *  @return owned by the caller, im_run_free() */
IM_API im_run *im_run_reports(const im_gazetteer *gazetteer, const char *const *inputs,
                              const im_run_options *options);
IM_API void im_run_free(im_run *run);

/** What an update came to. */
typedef struct im_update {
    guint n_added, n_replaced, n_unchanged, n_withdrawn; /**< reports */
    GPtrArray *strangers; /**< of char *: ids to be withdrawn that the store does not have */
    GPtrArray *errors;    /**< of GError *: one an input that failed; the rest is done */
    gboolean is_changed;  /**< the store is not as it was */
    guint n_undated;      /**< reports in it whose day is unknown, if it is changed */
} im_update;

/** Brings a store up to date: reports that are new or changed, or that were read by other rules, with another gazetteer or
 *  other options, are read and kept, all others are as they were. What the store holds then is what a run over its
 *  reports alone would find, whatever was in it before and in what order it came. A report is known by its id; one that
 *  cannot be read any more stays as it was. Of two reports of one id in the inputs the first counts, the other is an error
 *  unless it is the same. What it takes grows with what changes and with what that may be merged with, not with the store.
 *  @param inputs     as of im_run_reports(); may be empty
 *  @param withdrawn  ids of reports to take out; NULL for none
 *  @param mirror     takes out, too, what no input has any more; not when an input failed, and not what came from a feed
 *                    of the web (IM_FEED_ID)
 *  @param error      of the store, which then is to be closed: it is as it was
 *  @return           owned by the caller, im_update_free(); NULL on error */
IM_API im_update *im_update_store(im_store *store, const im_gazetteer *gazetteer,
                                  const char *const *inputs, const char *const *withdrawn,
                                  gboolean mirror, const im_run_options *options, GError **error);
IM_API void im_update_free(im_update *update);

/** Days of which incidents are wanted. */
typedef struct im_period {
    im_day since, until; /**< IM_DAY_NONE and the largest number where there is no bound */
    guint n_days; /**< so many up to the newest day on which something happened; 0: as said above */
} im_period;

/** What im_run_reports() would come to over all reports of the store; its `errors` are empty.
 *  @param options  of these no_merge and merge_explanation
 *  @param period   reads the incidents of these days only, by an index: what that takes grows with them, not with the
 *                  store; not with no_merge or merge_explanation, which read all. NULL: all
 *  @return         owned by the caller, im_run_free(); NULL on error */
IM_API im_run *im_run_store(im_store *store, const im_run_options *options, const im_period *period,
                            GError **error);

/** Reads the toponyms and incidents of one report.
 *  @param mentions   GArray of im_mention, owned by the caller
 *  @param incidents  GPtrArray of im_incident *, owned by the caller; NULL to stop after toponyms */
IM_API void im_analyse_report(const im_gazetteer *gazetteer, const im_report *report,
                              const im_run_options *options, GArray **mentions,
                              GPtrArray **incidents);

/** One line of the JSON Lines contract (spec/cli.md) for a report, with a newline at its end; for
 *  one that could not be read, its error.
 *  @param mentions   may be NULL for a report with an error
 *  @param incidents  NULL: the line has no `incidents` */
IM_API void im_report_to_json_line(const im_gazetteer *gazetteer, const im_report *report,
                                   const GArray *mentions, const GPtrArray *incidents,
                                   GString *out);

/** `country`, `admin1`, `admin2`, `town`, `region`, `airport`; `place` for anything else. */
IM_API const char *im_place_kind_name(im_place_kind kind);

/** One line of JSON for a look-up: the name and the places it may mean, best first, with a newline
 *  at its end. Bytes of the name that are no UTF-8 become U+FFFD. */
IM_API void im_answers_to_json_line(const im_gazetteer *gazetteer, im_name name, im_answers answers,
                                    GString *out);

/** What became of a stream of names. */
typedef struct im_locate_tally {
    guint64 n_names;    /**< lines that were not blank */
    guint64 n_missing;  /**< of them without a place */
    GPtrArray *missing; /**< char *, the first IM_LOCATE_LISTED of those, valid UTF-8; owned by the
                             caller */
} im_locate_tally;

enum { IM_LOCATE_LISTED = 10 };

/** Looks up names, one a line, and writes a line of JSON for each in their order, as soon as they
 *  are read. White space around a name, a byte order mark before it and blank lines count for
 *  nothing; a line of more than 16 MB gives a line with an error.
 *  @param jobs    threads that look up; 0: 1. The bytes written are the same
 *  @param input   file descriptor
 *  @param output  file descriptor
 *  @param tally   out, also on an error
 *  @param error   IM_ERROR_IO: the input cannot be read; IM_ERROR_SYSTEM: the output not written */
IM_API gboolean im_locate_stream(const im_gazetteer *gazetteer, const im_locate_options *options,
                                 guint jobs, int input, int output, im_locate_tally *tally,
                                 GError **error);

/** What is in a gazetteer as one JSON object, with a newline. */
IM_API void im_gazetteer_to_json(const im_gazetteer *gazetteer, const char *path, GString *out);

/** Makes one list of the records of several files, for drawing: codes of country and division that
 *  the map needs and no file carries are found by their names, and a record that stands in more
 *  than one file is kept once, the one with the most reports behind it.
 *  @param incidents  of im_incident *; taken over
 *  @return           sorted, owned by the caller */
IM_API GPtrArray *im_incidents_join(const im_gazetteer *gazetteer, GPtrArray *incidents);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_missing, im_missing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_run, im_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_update, im_update_free)

G_END_DECLS

#endif
