/* Reports in, analyses out in the same order, on one thread or several. */
#include "report/refuse.h"

#include <incmap/feed.h>
#include <incmap/pipeline.h>
#include <string.h>

enum { JOB_REPORTS = 8, JOB_BYTES = 64 * 1024, LINES_BYTES = 128 * 1024, JOBS_AHEAD = 16 };

/* Reports that follow each other and are analysed in one go: of short ones many, so that threads
 * meet seldom, but not so many that what is made of them leaves the cache before it is written. */
typedef struct job {
    im_analysis analyses[JOB_REPORTS];
    guint n;
    gsize bytes;    /* of their texts */
    GString *lines; /* of all of them; NULL unless they are asked for */
    gboolean done;
} job;

typedef struct crew {
    const im_gazetteer *gazetteer;
    const im_run_options *options;
    im_analysis_func func;
    gpointer data;
    GThreadPool *pool; /* NULL: this thread does it all */
    guint max_mentions;
    guint window; /* jobs under way at most, so that memory stays bounded */
    job *next;    /* not full yet, or NULL */
    GMutex lock;  /* of all below, and held while `func` is called */
    GCond room;
    GQueue jobs; /* in the order of the inputs */
    GString *
        spare; /* for the lines of the next job, in memory that is still near (2 % of reading); or NULL */
    guint n_done; /* handed on */
    GError *error;
} crew;

static im_text *read_text(const im_report *report, gboolean no_incidents)
{
    return (no_incidents ? im_toponym_text_new : im_text_new)(report->text, report->text_len,
                                                              report->language);
}

/* @param rejected  of im_rejected, to be filled, or NULL */
static GArray *find_names(const im_gazetteer *gazetteer, const im_report *report,
                          const im_text *text, const im_run_options *options, GArray *rejected)
{
    static const im_span none;
    im_toponym_options how = {.country = options->country,
                              .near = options->near,
                              .publisher = report->publisher,
                              .url = report->url,
                              .rejected = rejected};
    if (options->given_spans) {
        how.spans = report->spans ? report->spans : &none;
        how.n_spans = report->n_spans;
    }
    return im_toponyms_find(gazetteer, text, &how);
}

void im_analyse_report(const im_gazetteer *gazetteer, const im_report *report,
                       const im_run_options *options, GArray **mentions, GPtrArray **incidents)
{
    g_autoptr(im_text) text = read_text(report, incidents == NULL);
    g_autoptr(GArray) found = find_names(gazetteer, report, text, options, NULL);
    if (incidents)
        *incidents = im_incidents_extract(gazetteer, report, text, found);
    if (mentions)
        *mentions = g_steal_pointer(&found);
}

static void analysis_clear(im_analysis *a)
{
    im_report_free(a->report);
    g_clear_pointer(&a->mentions, g_array_unref);
    g_clear_pointer(&a->rejected, g_array_unref);
    g_clear_pointer(&a->incidents, g_ptr_array_unref);
}

static void lines_free(GString *lines)
{
    if (lines)
        g_string_free(lines, TRUE);
}

static void job_free(job *j)
{
    for (guint i = 0; i < j->n; i++)
        analysis_clear(&j->analyses[i]);
    lines_free(j->lines);
    g_free(j);
}

/* @return FALSE for a report that holds more place names than are allowed; then there are no incidents */
static gboolean read_report(const crew *c, im_analysis *a)
{
    const gboolean no_incidents = c->options->no_incidents;
    g_autoptr(im_text) text = read_text(a->report, no_incidents);
    if (c->options->rejected)
        a->rejected = g_array_new(FALSE, FALSE, sizeof(im_rejected));
    a->mentions = find_names(c->gazetteer, a->report, text, c->options, a->rejected);
    if (a->mentions->len > c->max_mentions)
        return FALSE;
    if (!no_incidents)
        a->incidents = im_incidents_extract(c->gazetteer, a->report, text, a->mentions);
    return TRUE;
}

static void refuse(im_analysis *a, guint max_mentions)
{
    im_report *report = a->report;
    g_autofree char *what = g_strdup_printf("holds more than %u place name%s", max_mentions,
                                            max_mentions == 1 ? "" : "s");
    if (g_str_has_prefix(report->id, IM_FEED_ID)) { /* the file that it came in is nobody's */
        g_free(report->file);
        report->file = g_strdup(report->id + strlen(IM_FEED_ID));
        report->line = 0;
    }
    im_report_refuse(report, IM_ERROR_LIMIT, what);
    g_clear_pointer(&a->mentions, g_array_unref);
    g_clear_pointer(&a->rejected, g_array_unref);
}

/* @param lines  where its line goes, or NULL */
static void analyse(const crew *c, im_analysis *a, GString *lines)
{
    if (!a->report->error && !read_report(c, a))
        refuse(a, c->max_mentions);
    if (lines) {
        im_report_to_json_line(c->gazetteer, a->report, a->mentions, a->incidents, lines);
        g_clear_pointer(&a->incidents, g_ptr_array_unref); /* their memory is the next report's */
    }
}

static GString *begin_lines(crew *c)
{
    g_mutex_lock(&c->lock);
    GString *lines = g_steal_pointer(&c->spare);
    g_mutex_unlock(&c->lock);
    return lines ? g_string_truncate(lines, 0) : g_string_sized_new(LINES_BYTES);
}

/* The lock is held. */
static void spare_lines(crew *c, job *j)
{
    if (!c->spare && j->lines && j->lines->allocated_len <= 2 * LINES_BYTES)
        c->spare = g_steal_pointer(&j->lines);
}

static void tell(crew *c, job *j)
{
    for (guint i = 0; i < j->n; i++) {
        im_analysis *a = &j->analyses[i];
        a->lines = i + 1 < j->n ? NULL : j->lines;
        if (!c->error)
            c->func(a, c->data, &c->error);
        if (c->options->progress)
            c->options->progress(++c->n_done, c->options->progress_data);
    }
}

/* Hands on what is finished and next in order, and moves it to `handed`. The lock is held. */
static void hand_on(crew *c, GQueue *handed)
{
    job *head;
    while ((head = g_queue_peek_head(&c->jobs)) && head->done) {
        g_queue_push_tail_link(handed, g_queue_pop_head_link(&c->jobs));
        tell(c, head);
        spare_lines(c, head);
    }
    if (handed->length && c->pool) /* else nobody waits, and to say so is a system call */
        g_cond_signal(&c->room);
}

static void work(gpointer item, gpointer data)
{
    job *j = item;
    crew *c = data;
    GQueue handed = G_QUEUE_INIT;
    j->lines = c->options->json_lines ? begin_lines(c) : NULL;
    for (guint i = 0; i < j->n; i++)
        analyse(c, &j->analyses[i], j->lines);
    g_mutex_lock(&c->lock);
    j->done = TRUE;
    hand_on(c, &handed);
    g_mutex_unlock(&c->lock);
    for (job *done; (done = g_queue_pop_head(&handed));)
        job_free(done);
}

/* Has the reports analysed that wait for it. @return FALSE when the run is to end */
static gboolean hand_out(crew *c)
{
    job *j = g_steal_pointer(&c->next);
    if (!j)
        return TRUE;
    g_mutex_lock(&c->lock);
    while (c->jobs.length >= c->window && !c->error)
        g_cond_wait(&c->room, &c->lock);
    gboolean go_on = !c->error;
    g_queue_push_tail(&c->jobs, j);
    g_mutex_unlock(&c->lock);
    if (!go_on || !c->pool || !g_thread_pool_push(c->pool, j, NULL))
        work(j, c);
    return go_on;
}

/* Takes over `report`. @return FALSE when the run is to end */
static gboolean give(crew *c, im_report *report)
{
    if (!c->next)
        c->next = g_new0(job, 1);
    c->next->analyses[c->next->n++].report = report;
    c->next->bytes += report->text_len;
    gboolean full = c->next->n == JOB_REPORTS || c->next->bytes >= JOB_BYTES;
    return !full || hand_out(c);
}

static im_report *failed_report(const char *path, GError *error)
{
    im_report *report = g_new0(im_report, 1);
    report->id = g_strdup(path);
    report->file = g_strdup(path);
    report->text = g_strdup("");
    report->error = error;
    return report;
}

static gboolean give_file(crew *c, const char *path)
{
    GError *error = NULL;
    g_autoptr(im_reader) reader = im_reader_open(path, &c->options->read, &error);
    if (!reader)
        return give(c, failed_report(path, error));
    for (;;) {
        if (!im_reader_at_hand(reader) &&
            !hand_out(c)) /* who waits for more waits with nothing undone */
            return FALSE;
        im_report *report = im_reader_next(reader);
        if (!report)
            return TRUE;
        const im_run_options *o = c->options;
        if (o->wanted && !report->error && !o->wanted(report, o->wanted_data))
            im_report_free(report);
        else if (!give(c, report))
            return FALSE;
    }
}

static gboolean give_input(crew *c, const char *input)
{
    GError *error = NULL;
    const char *one[] = {input, NULL};
    g_autoptr(GPtrArray) paths = im_inputs_expand(one, &error);
    if (!paths)
        return give(c, failed_report(input, error));
    for (guint i = 0; i < paths->len; i++)
        if (!give_file(c, paths->pdata[i]))
            return FALSE;
    return TRUE;
}

gboolean im_run_each(const im_gazetteer *gazetteer, const char *const *inputs,
                     const im_run_options *options, im_analysis_func func, gpointer data,
                     GError **error)
{
    guint jobs = MAX(options->jobs, 1);
    crew c = {.gazetteer = gazetteer, .options = options, .func = func, .data = data};
    g_mutex_init(&c.lock);
    g_cond_init(&c.room);
    g_queue_init(&c.jobs);
    c.max_mentions = options->max_mentions ? options->max_mentions : IM_USUAL_MENTIONS;
    c.window = jobs * JOBS_AHEAD;
    if (jobs > 1) /* without threads the work is done all the same */
        c.pool = g_thread_pool_new(work, &c, (gint)jobs, TRUE, NULL);
    for (guint i = 0; inputs[i] && give_input(&c, inputs[i]); i++)
        continue;
    hand_out(&c);
    if (c.pool)
        g_thread_pool_free(c.pool, FALSE, TRUE);
    lines_free(c.spare);
    g_cond_clear(&c.room);
    g_mutex_clear(&c.lock);
    if (!c.error)
        return TRUE;
    g_propagate_error(error, c.error);
    return FALSE;
}
