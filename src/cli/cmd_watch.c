/* incmap watch: a store and its outputs follow a folder. */
#include "cli/cli.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <incmap/folder.h>

typedef struct watching {
    cli *c;
    const char *folder;
    cli_reading reading;
    cli_outputs outputs;
    cli_drawing drawing;
    gboolean once;
    GMainLoop *loop;
    int code; /* of the last time */
} watching;

/* The files of the folder; none is no error. NULL when it cannot be read: then nothing is known of what is gone. */
static GPtrArray *files_of(const char *folder, GError **error)
{
    g_autoptr(GError) cause = NULL;
    const char *const inputs[] = {folder, NULL};
    GPtrArray *files = im_inputs_expand(inputs, &cause);
    if (!files && g_error_matches(cause, IM_ERROR, IM_ERROR_FORMAT) &&
        g_file_test(folder, G_FILE_TEST_IS_DIR))
        files = g_ptr_array_new_with_free_func(g_free);
    if (!files)
        g_propagate_error(error, g_steal_pointer(&cause));
    else
        g_ptr_array_add(files, NULL);
    return files;
}

static gboolean is_changed(const im_update *u)
{
    return u->n_added + u->n_replaced + u->n_withdrawn > 0;
}

/* Whether an output is not there, or older than the store: what a run that ended between them has left. */
static gboolean are_stale(const watching *w)
{
    GStatBuf store, output;
    if (g_stat(w->reading.store, &store) != 0)
        return TRUE;
    for (guint i = 0; w->outputs.paths[i]; i++)
        if (g_stat(w->outputs.paths[i], &output) != 0 ||
            output.st_mtim.tv_sec < store.st_mtim.tv_sec ||
            (output.st_mtim.tv_sec == store.st_mtim.tv_sec &&
             output.st_mtim.tv_nsec < store.st_mtim.tv_nsec))
            return TRUE;
    return FALSE;
}

static int write_outputs(watching *w, const im_update *update)
{
    const gint64 began = g_get_monotonic_time();
    g_autoptr(GError) error = NULL;
    g_autoptr(im_run) run = cli_run(w->c, &w->reading, &w->reading.options, &error);
    if (!run)
        return cli_fail(w->c, error);
    int code = cli_write_run(w->c, &w->outputs, &w->drawing, w->reading.gazetteer, run);
    if (code == CLI_OK && !w->c->quiet)
        cli_say(
            "reports: %u added, %u replaced, %u withdrawn, now %u; incidents: %u; written in %d ms",
            update->n_added, update->n_replaced, update->n_withdrawn, run->n_reports,
            run->incidents->len, (int)((g_get_monotonic_time() - began) / 1000));
    return code;
}

static im_update *update_store(const watching *w, GError **error)
{
    g_autoptr(GPtrArray) files = files_of(w->folder, error);
    g_autoptr(im_store) store =
        files ? im_store_open(w->reading.store, IM_STORE_WRITE, error) : NULL;
    return store ? im_update_store(store, w->reading.gazetteer, (const char *const *)files->pdata,
                                   NULL, TRUE, &w->reading.options, error)
                 : NULL;
}

/* Brings all up to date. @return exit code, said already */
static int follow(watching *w)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(im_update) update = update_store(w, &error);
    if (!update)
        return cli_fail(w->c, error);
    for (guint i = 0; i < update->errors->len; i++)
        cli_say("%s", ((const GError *)update->errors->pdata[i])->message);
    int code = is_changed(update) || are_stale(w) ? write_outputs(w, update) : CLI_OK;
    return code ? code : update->errors->len ? CLI_INPUT : CLI_OK;
}

static void on_settled(gpointer data)
{
    watching *w = data;
    w->code = follow(w);
}

static gboolean on_end(gpointer data)
{
    g_main_loop_quit(((watching *)data)->loop);
    return G_SOURCE_CONTINUE;
}

/* Watches first, so that what comes while the first maps are made is not missed. */
static int watch(watching *w)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(im_folder) folder = im_folder_watch(w->folder, on_settled, w, &error);
    if (!folder)
        return cli_fail(w->c, error);
    w->loop = g_main_loop_new(NULL, FALSE);
    g_unix_signal_add(SIGTERM, on_end, w);
    g_unix_signal_add(SIGINT, on_end, w);
    on_settled(w);
    if (w->code != CLI_USAGE)
        g_main_loop_run(w->loop);
    g_main_loop_unref(w->loop);
    return w->code == CLI_USAGE ? CLI_USAGE : CLI_OK;
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
    w->folder = c->arguments[0];
    w->outputs.overwrite = TRUE;
    if ((code = cli_resolve_outputs(c, &w->outputs)) ||
        (code = cli_resolve_drawing(c, &w->drawing)) ||
        (code = cli_resolve_reading(c, &w->reading, TRUE)))
        return code;
    for (guint i = 0; w->outputs.paths[i]; i++)
        if (g_str_equal(w->outputs.paths[i], "-"))
            return cli_misuse(c, "-o -: outputs of watch are files");
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
              "told to end:\nwhat comes, changes or goes is read within the second, outputs are "
              "replaced when they are whole.");
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
