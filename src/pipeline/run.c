/* A whole run: every report read, datelines completed, incidents merged. */
#include "pipeline/priv.h"

#include <string.h>

typedef struct collector {
    const im_gazetteer *gazetteer;
    const im_run_options *options;
    im_run *run;
    GPtrArray *dated;        /* of im_gist * */
    GPtrArray *without_year; /* of im_report *: to be analysed again when the others are known */
    GPtrArray *their_gists;  /* of im_gist *, of the same index */
} collector;

static void collect_incidents(collector *c, GPtrArray *incidents)
{
    if (incidents)
        g_ptr_array_extend_and_steal(c->run->incidents, incidents);
}

static void collect_undated(collector *c, const im_report *report)
{
    if (report->published == IM_DAY_NONE)
        g_ptr_array_add(c->run->undated, g_strdup(report->id));
}

gboolean im_report_lacks_year(const im_report *report)
{
    return report->published == IM_DAY_NONE && report->dateline_month && report->dateline_day;
}

static gboolean collect(im_analysis *a, gpointer data, GError **error)
{
    collector *c = data;
    (void)error;
    if (a->report->error) {
        g_ptr_array_add(c->run->errors, g_error_copy(a->report->error));
        return TRUE;
    }
    c->run->n_reports++;
    im_missing_add(c->run->missing, a->report, a->mentions);
    if (a->report->published != IM_DAY_NONE)
        g_ptr_array_add(c->dated, im_gist_new(c->gazetteer, a));
    if (im_report_lacks_year(a->report)) {
        g_ptr_array_add(c->their_gists, im_gist_new(c->gazetteer, a));
        g_ptr_array_add(c->without_year, g_steal_pointer(&a->report));
        return TRUE;
    }
    collect_undated(c, a->report);
    collect_incidents(c, g_steal_pointer(&a->incidents));
    return TRUE;
}

/* The incidents of a report hang on its date, so they are read once more when it is known. */
static void complete_years(collector *c)
{
    for (guint i = 0; i < c->without_year->len; i++) {
        im_report *report = c->without_year->pdata[i];
        GPtrArray *incidents = NULL;
        g_autoptr(GArray) mentions = NULL;
        report->published = im_day_from_company(c->their_gists->pdata[i], report->dateline_month,
                                                report->dateline_day, c->dated);
        if (report->published != IM_DAY_NONE)
            report->published_basis = IM_PUBLISHED_RUN;
        im_analyse_report(c->gazetteer, report, c->options, &mentions,
                          c->options->no_incidents ? NULL : &incidents);
        collect_undated(c, report);
        collect_incidents(c, incidents);
    }
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

im_run *im_run_new(void)
{
    im_run *run = g_new0(im_run, 1);
    run->incidents = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    run->missing = im_missing_new();
    run->undated = g_ptr_array_new_with_free_func(g_free);
    run->errors = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
    return run;
}

void im_run_free(im_run *run)
{
    if (!run)
        return;
    g_ptr_array_unref(run->incidents);
    im_missing_free(run->missing);
    g_ptr_array_unref(run->undated);
    g_ptr_array_unref(run->errors);
    g_free(run);
}

void im_run_sort_undated(im_run *run)
{
    g_ptr_array_sort(run->undated, compare_strings);
}

void im_run_finish(im_run *run, const im_run_options *options)
{
    im_run_sort_undated(run);
    if (options->no_merge)
        im_incidents_sort(run->incidents);
    else
        run->incidents = im_incidents_merge(run->incidents, options->merge_explanation);
}

im_run *im_run_reports(const im_gazetteer *gazetteer, const char *const *inputs,
                       const im_run_options *options)
{
    im_run *run = im_run_new();
    g_autoptr(GPtrArray) dated = g_ptr_array_new_with_free_func((GDestroyNotify)im_gist_free);
    g_autoptr(GPtrArray) reports = g_ptr_array_new_with_free_func((GDestroyNotify)im_report_free);
    g_autoptr(GPtrArray) gists = g_ptr_array_new_with_free_func((GDestroyNotify)im_gist_free);
    collector c = {gazetteer, options, run, dated, reports, gists};
    im_run_each(gazetteer, inputs, options, collect, &c, NULL);
    complete_years(&c);
    im_run_finish(run, options);
    return run;
}
