/* incmap watch: a store and its outputs follow a folder. */
#include "cli/cli.h"

#include <glib-unix.h>
#include <incmap/folder.h>

/* After something failed it is tried again, for what is missing may come back. */
enum { RETRY_S = 5 };

typedef struct watching {
    cli *c;
    const char *path;
    cli_reading reading;
    cli_outputs outputs;
    cli_drawing drawing;
    gboolean once;
    im_folder *folder; /* NULL for once */
    GMainLoop *loop;
    gboolean are_written; /* the outputs show what the store holds */
    int code;             /* of the last time */
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

static im_update *update_store(const watching *w, const intake *in, GError **error)
{
    g_autoptr(im_store) store = im_store_open(w->reading.store, IM_STORE_WRITE, error);
    return store
               ? im_update_store(store, w->reading.gazetteer, (const char *const *)in->files->pdata,
                                 NULL, in->is_whole, &w->reading.options, error)
               : NULL;
}

static int write_outputs(watching *w, const im_update *update)
{
    const gint64 began = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    g_autoptr(im_run) run =
        cli_run(w->c, &w->reading, &w->outputs.period, &w->reading.options, &error);
    if (!run)
        return cli_fail(w->c, error);
    cli_tell_undated(w->c, run->undated->len);
    int code = cli_write_run(w->c, &w->outputs, &w->drawing, w->reading.gazetteer, run);
    w->are_written = code == CLI_OK;
    if (w->are_written && !w->c->quiet)
        cli_say("reports: %u added, %u replaced, %u withdrawn, now %u; incidents: %u; written in "
                "%d ms",
                update->n_added, update->n_replaced, update->n_withdrawn, run->n_reports,
                run->incidents->len, (int)((g_get_monotonic_time() - began) / 1000));
    return code;
}

/* Brings all up to date. @return exit code, said already */
static int follow(watching *w)
{
    g_autoptr(GError) error = NULL;
    intake in = {NULL, FALSE};
    g_autoptr(im_update) update = take_in(w, &in, &error) ? update_store(w, &in, &error) : NULL;
    const gboolean is_empty = in.files && in.files->len == 1;
    g_clear_pointer(&in.files, g_ptr_array_unref);
    if (!update)
        return cli_fail(w->c, error);
    for (guint i = 0; i < update->errors->len; i++)
        cli_say("%s", ((const GError *)update->errors->pdata[i])->message);
    if (is_empty)
        cli_warn(w->c, "%s: holds no report; what the store has is kept", w->path);
    int code = update->is_changed || !w->are_written ? write_outputs(w, update) : CLI_OK;
    return code ? code : update->errors->len ? CLI_INPUT : CLI_OK;
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
    if (!g_file_test(w->path, G_FILE_TEST_IS_DIR))
        g_main_loop_quit(w->loop); /* and it comes back unwatched */
    else if (has_failed(w))
        g_timeout_add_seconds(RETRY_S, on_retry, w);
}

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
    w->folder = im_folder_watch(w->path, on_settled, w, &error);
    if (!w->folder)
        return cli_fail(w->c, error);
    w->loop = g_main_loop_new(NULL, FALSE);
    g_unix_signal_add(SIGTERM, on_end, w);
    g_unix_signal_add(SIGINT, on_end, w);
    w->code = follow(w);
    if (!has_failed(w))
        g_main_loop_run(w->loop);
    g_main_loop_unref(w->loop);
    im_folder_free(w->folder);
    return w->code;
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
        if (is_inside(path, w->path))
            return cli_misuse(w->c, "-o %s: lies in the folder that is watched", path);
    }
    return CLI_OK;
}

static int run_watch(watching *w)
{
    int code;
    const cli *c = w->c;
    if (cli_n_arguments(c) != 1)
        return cli_misuse(c, cli_n_arguments(c) ? "more than one folder given" : "no folder given");
    if (!w->reading.store)
        return cli_misuse(c, "no store given, --store");
    if (!w->outputs.paths)
        return cli_misuse(c, "no output given, -o");
    w->path = c->arguments[0];
    w->outputs.overwrite = TRUE;
    if (w->reading.not_found)
        return cli_misuse(c, "--not-found: 'incmap map --store' writes it");
    if ((code = check_outputs(w)) || (code = cli_resolve_outputs(c, &w->outputs)) ||
        (code = cli_check_store(c, &w->reading, &w->outputs)) ||
        (code = cli_resolve_drawing(c, &w->drawing)) ||
        (code = cli_resolve_reading(c, &w->reading, TRUE)))
        return code;
    return w->once ? follow(w) : watch(w);
}

int cmd_watch(int argc, char **argv)
{
    cli c;
    watching w = {.c = &c};
    int code;
    const GOptionEntry entries[] = {
        {"once", 0, 0, G_OPTION_ARG_NONE, &w.once,
         "Bring all up to date and end, for cron and its like", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(&c, "watch", "DIR --store STORE.gpkg -o FILE...",
              "Keeps a store and its outputs up to date with the reports in a folder, until it is "
              "told to end:\nwhat comes or changes is read, what goes is taken out, outputs are "
              "replaced when they are whole.\nThe store then holds the folder's reports and no "
              "others.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_store(&c, &w.reading);
    cli_add_reading(&c, &w.reading);
    cli_add_outputs(&c, &w.outputs);
    cli_add_drawing(&c, &w.drawing);
    if (cli_parse(&c, argc, argv, &code))
        code = run_watch(&w);
    cli_free_drawing(&w.drawing);
    cli_free_outputs(&w.outputs);
    cli_free_reading(&w.reading);
    cli_end(&c);
    return code;
}
