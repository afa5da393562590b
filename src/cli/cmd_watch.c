/* incmap watch: a store and its outputs follow a folder, and feeds. */
#include "cli/cli.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <incmap/feed.h>
#include <incmap/folder.h>
#include <string.h>
#include <unistd.h>

/* After something failed it is tried again, for what is missing may come back. */
enum { RETRY_S = 5 };

typedef struct watching {
    cli *c;
    const char *path; /* of the folder; NULL where there are feeds only */
    char **urls;      /* of feeds, or NULL */
    char *every;
    cli_reading reading;
    cli_outputs outputs;
    cli_drawing drawing;
    gboolean once;
    im_folder *folder; /* NULL for once, and for feeds alone */
    im_feeds *feeds;   /* NULL without any */
    guint every_s;
    GMainLoop *loop;
    guint n_added, n_replaced, n_withdrawn; /* reports that the outputs do not show yet */
    gboolean are_written;                   /* the outputs show what the store holds */
    int code;                               /* of the last time */
    int feed_code;                          /* of what failed last with a feed */
} watching;

/* What there is to read. */
typedef struct intake {
    GPtrArray *files;  /* NULL-terminated */
    gboolean is_whole; /* what is not among them is gone */
} intake;

/* Files that somebody is writing to are left for the next time. A folder without any report is rather one that is not
 * mounted: then nothing is taken for gone. @return FALSE when it cannot be read */
static gboolean take_in(const watching *w, intake *in, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const char *const inputs[] = {w->path, NULL};
    if (!w->path) {
        *in = (intake){g_ptr_array_new_with_free_func(g_free), FALSE};
        g_ptr_array_add(in->files, NULL);
        return TRUE;
    }
    g_autoptr(GPtrArray) found = im_inputs_expand(inputs, &cause);
    const gboolean is_empty = !found && g_error_matches(cause, IM_ERROR, IM_ERROR_FORMAT) &&
                              g_file_test(w->path, G_FILE_TEST_IS_DIR);
    if (!found && !is_empty) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    *in = (intake){g_ptr_array_new_with_free_func(g_free), !is_empty};
    for (guint i = 0; found && i < found->len; i++) {
        const gboolean later = w->folder && im_folder_is_unfinished(w->folder, found->pdata[i]);
        in->is_whole &= !later;
        if (!later)
            g_ptr_array_add(in->files, g_strdup(found->pdata[i]));
    }
    g_ptr_array_add(in->files, NULL);
    return TRUE;
}

static im_update *update_store(const watching *w, const char *const *inputs, gboolean mirror,
                               const im_run_options *options, GError **error)
{
    g_autoptr(im_store) store = im_store_open(w->reading.store, IM_STORE_WRITE, error);
    return store
               ? im_update_store(store, w->reading.gazetteer, inputs, NULL, mirror, options, error)
               : NULL;
}

static int write_outputs(watching *w)
{
    const gint64 began = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    g_autoptr(im_run) run =
        cli_run(w->c, &w->reading, &w->outputs.period, &w->reading.options, &error);
    if (!run)
        return cli_fail(w->c, error);
    cli_tell_undated(w->c, run->undated->len);
    int code = cli_correct(w->c, &w->reading, run);
    code = code ? code : cli_write_run(w->c, &w->outputs, &w->drawing, w->reading.gazetteer, run);
    w->are_written = code == CLI_OK;
    if (w->are_written && !w->c->quiet)
        cli_say("reports: %u added, %u replaced, %u withdrawn, now %u; incidents: %u; written in "
                "%d ms",
                w->n_added, w->n_replaced, w->n_withdrawn, run->n_reports, run->incidents->len,
                (int)((g_get_monotonic_time() - began) / 1000));
    if (w->are_written)
        w->n_added = w->n_replaced = w->n_withdrawn = 0;
    return code;
}

/* Counts what came, and says what failed. */
static void note(watching *w, const im_update *update)
{
    w->n_added += update->n_added;
    w->n_replaced += update->n_replaced;
    w->n_withdrawn += update->n_withdrawn;
    for (guint i = 0; i < update->errors->len; i++)
        cli_say("%s", ((const GError *)update->errors->pdata[i])->message);
}

/* Writes what has changed. @return exit code, said already */
static int publish(watching *w, const im_update *update)
{
    note(w, update);
    int code = update->is_changed || !w->are_written ? write_outputs(w) : CLI_OK;
    return code ? code : update->errors->len ? CLI_INPUT : CLI_OK;
}

/* Brings all up to date. @return exit code, said already */
static int follow(watching *w)
{
    g_autoptr(GError) error = NULL;
    intake in = {NULL, FALSE};
    g_autoptr(im_update) update = take_in(w, &in, &error)
                                      ? update_store(w, (const char *const *)in.files->pdata,
                                                     in.is_whole, &w->reading.options, &error)
                                      : NULL;
    const gboolean is_empty = in.files && in.files->len == 1;
    g_clear_pointer(&in.files, g_ptr_array_unref);
    if (!update)
        return cli_fail(w->c, error);
    if (is_empty && w->path)
        cli_warn(w->c, "%s: holds no report; what the store has is kept", w->path);
    return publish(w, update);
}

static gboolean has_failed(const watching *w)
{
    return w->code != CLI_OK && w->code != CLI_INPUT;
}

static void on_settled(gpointer data);

static gboolean on_retry(gpointer data)
{
    on_settled(data);
    return G_SOURCE_REMOVE;
}

static void on_settled(gpointer data)
{
    watching *w = data;
    w->code = follow(w);
    if (w->path && !g_file_test(w->path, G_FILE_TEST_IS_DIR))
        g_main_loop_quit(w->loop); /* and it comes back unwatched */
    else if (has_failed(w))
        g_timeout_add_seconds(RETRY_S, on_retry, w);
}

/* ---- feeds ---- */

/* Reads reports that came as lines of JSON. @return NULL with an error */
static im_update *read_lines(const watching *w, const char *lines, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = NULL;
    im_run_options options = w->reading.options;
    options.read.format = IM_INPUT_JSONL;
    options.read.fields = NULL;
    options.read.max_bytes = 0; /* the feed was not too large, and its lines are ours */
    const int fd = g_file_open_tmp("incmap-XXXXXX", &path, &cause);
    if (fd < 0 || !g_file_set_contents(path, lines, -1, &cause)) {
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "reports of a feed: %s", cause->message);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    close(fd);
    const char *const inputs[] = {path, NULL};
    im_update *update = update_store(w, inputs, FALSE, &options, error);
    g_unlink(path);
    return update;
}

static void try_again(watching *w)
{
    if (has_failed(w))
        g_timeout_add_seconds(RETRY_S, on_retry, w);
}

static gboolean on_arrived(const char *url, const char *reports, gpointer data)
{
    watching *w = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_update) update = read_lines(w, reports, &error);
    if (!update) {
        cli_say("%s: %s", url, error->message);
        w->feed_code = im_error_exit_code(error);
        return FALSE;
    }
    if (w->once) {
        note(w, update);
        if (update->errors->len > 0)
            w->feed_code = w->feed_code ? w->feed_code : CLI_INPUT;
        return TRUE;
    }
    w->code = publish(w, update);
    try_again(w);
    return TRUE;
}

static void on_failed(const char *message, guint again_s, gpointer data)
{
    watching *w = data;
    w->feed_code = w->feed_code ? w->feed_code : CLI_INPUT;
    if (again_s > 0)
        cli_say("%s; next try in %u s", message, again_s);
    else
        cli_say("%s", message);
}

/* A feed that the store has nothing of is asked for as a whole, whatever is remembered of it. */
static void forget_strangers(const watching *w)
{
    g_autoptr(im_store) store = im_store_open(w->reading.store, IM_STORE_READ, NULL);
    for (guint i = 0; w->urls[i]; i++) {
        g_autofree char *begin = g_strconcat(IM_FEED_ID, w->urls[i], "#", NULL);
        if (!store || !im_store_has_begin(store, begin))
            im_feeds_forget(w->feeds, w->urls[i]);
    }
}

static gboolean open_feeds(watching *w, GError **error)
{
    g_autofree char *state = im_store_beside(w->reading.store, "feeds");
    const im_read_options *limits = &w->reading.options.read;
    const im_feeds_options options = {.every_s = w->every_s,
                                      .max_bytes = limits->max_bytes,
                                      .max_nesting = limits->max_nesting,
                                      .state = state,
                                      .arrived = on_arrived,
                                      .failed = on_failed,
                                      .data = w};
    if (!w->urls)
        return TRUE;
    w->feeds = im_feeds_new((const char *const *)w->urls, &options, error);
    if (w->feeds)
        forget_strangers(w);
    return w->feeds != NULL;
}

/* ---- all of it ---- */

static gboolean on_end(gpointer data)
{
    watching *w = data;
    w->code = CLI_OK;
    g_main_loop_quit(w->loop);
    return G_SOURCE_CONTINUE;
}

/* Watches first, so that what comes while the first maps are made is not missed. */
static int watch(watching *w)
{
    g_autoptr(GError) error = NULL;
    w->folder = w->path ? im_folder_watch(w->path, on_settled, w, &error) : NULL;
    if (error || !open_feeds(w, &error)) {
        im_folder_free(w->folder);
        return cli_fail(w->c, error);
    }
    w->loop = g_main_loop_new(NULL, FALSE);
    g_unix_signal_add(SIGTERM, on_end, w);
    g_unix_signal_add(SIGINT, on_end, w);
    w->code = follow(w);
    if (!has_failed(w)) {
        if (w->feeds)
            im_feeds_start(w->feeds);
        g_main_loop_run(w->loop);
    }
    im_feeds_free(w->feeds);
    g_main_loop_unref(w->loop);
    im_folder_free(w->folder);
    return w->code;
}

/* Feeds first, for the outputs are written then. */
static int once(watching *w)
{
    g_autoptr(GError) error = NULL;
    if (!open_feeds(w, &error))
        return cli_fail(w->c, error);
    if (w->feeds)
        im_feeds_once(w->feeds);
    im_feeds_free(w->feeds);
    const int code = follow(w);
    return code != CLI_OK ? code : w->feed_code;
}

static gboolean is_inside(const char *path, const char *folder)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL),
                    *whole = g_canonicalize_filename(folder, NULL),
                    *begin = g_strconcat(whole, "/", NULL);
    return g_str_has_prefix(absolute, begin);
}

/* Outputs in the folder would be read as reports, or change it by themselves. */
static int check_outputs(const watching *w)
{
    for (guint i = 0; w->outputs.paths[i]; i++) {
        const char *path = w->outputs.paths[i];
        if (g_str_equal(path, "-"))
            return cli_misuse(w->c, "-o -: outputs of watch are files");
        if (w->path && is_inside(path, w->path))
            return cli_misuse(w->c, "-o %s: lies in the folder that is watched", path);
    }
    return CLI_OK;
}

/* @return CLI_OK or an exit code, said already */
static int check_feeds(watching *w)
{
    g_autoptr(GError) error = NULL;
    char *end = NULL;
    if (w->every && !w->urls)
        return cli_misuse(w->c, "--every: no --feed to ask for");
    const guint64 every_s = w->every ? g_ascii_strtoull(w->every, &end, 10) : IM_FEED_EVERY_S;
    if (w->every &&
        (!g_ascii_isdigit(*w->every) || *end || every_s < 1 || every_s > IM_FEED_MOST_EVERY_S))
        return cli_misuse(w->c, "--every %s: no number of seconds from 1 to %d", w->every,
                          IM_FEED_MOST_EVERY_S);
    w->every_s = (guint)every_s;
    for (guint i = 0; w->urls && w->urls[i]; i++) {
        if (!im_feed_check(w->urls[i], &error))
            return cli_misuse(w->c, "--feed %s", error->message);
        for (guint before = 0; before < i; before++)
            if (strcmp(w->urls[before], w->urls[i]) == 0)
                return cli_misuse(w->c, "--feed %s: given twice", w->urls[i]);
    }
    return CLI_OK;
}

static int run_watch(watching *w)
{
    int code;
    const cli *c = w->c;
    if (cli_n_arguments(c) > 1 || (cli_n_arguments(c) == 0 && !w->urls))
        return cli_misuse(c, cli_n_arguments(c) ? "more than one folder given"
                                                : "no folder given, nor a --feed");
    if (!w->reading.store)
        return cli_misuse(c, "no store given, --store");
    if (!w->outputs.paths)
        return cli_misuse(c, "no output given, -o");
    w->path = c->arguments[0];
    w->outputs.overwrite = TRUE;
    if (w->reading.not_found)
        return cli_misuse(c, "--not-found: 'incmap map --store' writes it");
    if ((code = check_feeds(w)) || (code = check_outputs(w)) ||
        (code = cli_resolve_outputs(c, &w->outputs)) ||
        (code = cli_check_store(c, &w->reading, &w->outputs)) ||
        (code = cli_resolve_drawing(c, &w->drawing)) ||
        (code = cli_resolve_reading(c, &w->reading, TRUE)))
        return code;
    return w->once ? once(w) : watch(w);
}

int cmd_watch(int argc, char **argv)
{
    cli c;
    watching w = {.c = &c};
    int code;
    const GOptionEntry entries[] = {
        {"once", 0, 0, G_OPTION_ARG_NONE, &w.once,
         "Bring all up to date and end, for cron and its like", NULL},
        {"feed", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &w.urls,
         "RSS or Atom feed to read, too: http or https; more than one may be given", "URL"},
        {"every", 0, 0, G_OPTION_ARG_FILENAME, &w.every,
         "How often feeds are asked for: 300; at most 86400", "SECONDS"},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(
        &c, "watch", "[DIR] [--feed URL]... --store STORE -o FILE...",
        "Keeps a store and its outputs up to date with the reports in a folder, and those of "
        "feeds, until it is told\nto end: what comes or changes is read, outputs are replaced "
        "when they are whole. What goes from the folder is\ntaken out of the store, which "
        "holds its reports and no others; what goes from a feed stays.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_store(&c, &w.reading);
    cli_add_reading(&c, &w.reading);
    cli_add_outputs(&c, &w.outputs);
    cli_add_drawing(&c, &w.drawing);
    if (cli_parse(&c, argc, argv, &code))
        code = run_watch(&w);
    g_strfreev(w.urls);
    g_free(w.every);
    cli_free_drawing(&w.drawing);
    cli_free_outputs(&w.outputs);
    cli_free_reading(&w.reading);
    cli_end(&c);
    return code;
}
