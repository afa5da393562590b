/** @file
 *  The inside of pipeline: completing the years of datelines from the other reports of a run, and
 *  writing what names were found to mean. */
#ifndef IM_PIPELINE_PRIV_H
#define IM_PIPELINE_PRIV_H

#include <incmap/pipeline.h>
#include <string.h>

/** A string of the gazetteer with its length, asked once. */
static inline im_name pipe_name(const char *text)
{
    return (im_name){text, strlen(text)};
}

/** What a report tells of, short enough to keep for every report of a run. */
typedef struct im_gist {
    im_day published;
    GArray
        *keys; /**< of guint64, sorted, once each: places below countries, and incidents at them */
} im_gist;

im_gist *im_gist_new(const im_gazetteer *gazetteer, const im_analysis *analysis);
void im_gist_free(im_gist *gist);

/** The day that a dateline without a year may mean. */
typedef struct im_year_choice {
    im_day day;   /**< IM_DAY_NONE: none so far */
    guint shared; /**< with the dated report that suggests it */
    guint apart;  /**< days, from that one */
} im_year_choice;

/** Takes up what a dated report suggests when that is better than the best so far.
 *  @param shared  keys of the gists of both; two at least, or it suggests nothing */
void im_year_consider(im_year_choice *best, int month, int day, guint shared, im_day published);

/** The day `month`/`day` of the year that the dated reports which tell of the same events suggest.
 *  @param dated  of im_gist *, their order does not matter
 *  @return       IM_DAY_NONE when none is close enough */
im_day im_day_from_company(const im_gist *undated, int month, int day, const GPtrArray *dated);

/** Whether a report has a dateline without a year, to be completed by the others. */
gboolean im_report_lacks_year(const im_report *report);

/** Counts a name `n` times, as im_missing_names() gave it. */
void im_missing_count(im_missing *missing, const char *name, guint64 n);

/** An empty run. */
im_run *im_run_new(void);

/** Sorts the ids of reports without a day. */
void im_run_sort_undated(im_run *run);

/** Merges what a run found, or sorts it, as the options say. */
void im_run_finish(im_run *run, const im_run_options *options);

/** Writes answers as im_answers_to_json_line() does, and remembers what it wrote of a place: a list
 *  names the same ones again and again. Takes 64 MB and some at most; for one thread at a time. */
typedef struct im_answer_writer im_answer_writer;

im_answer_writer *im_answer_writer_new(const im_gazetteer *gazetteer);
void im_answer_writer_free(im_answer_writer *writer);

/** Appends a line for each of `n` names. */
void im_answer_writer_add(im_answer_writer *writer, const im_name *names, const im_answers *answers,
                          guint n, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_gist, im_gist_free)

#endif
