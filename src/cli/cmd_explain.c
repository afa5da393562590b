/* incmap explain: why each mark is where it is. */
#include "cli/cli.h"

#include <incmap/explain.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct output {
    im_explain_options options;
    im_output_stream *stream;
} output;

typedef struct explaining {
    const im_gazetteer *gazetteer;
    GArray *outputs; /* of output */
    GString *bytes;
    im_missing *missing;
    guint n_reports, n_failed;
} explaining;

static void output_clear(gpointer data)
{
    im_output_stream_free(((output *)data)->stream);
}

/* Width of the terminal, 0 where that is not known: $COLUMNS, else what the terminal says. */
static guint terminal_columns(void)
{
    const char *chosen = g_getenv("COLUMNS");
    struct winsize size;
    if (chosen)
        return (guint)MIN(g_ascii_strtoull(chosen, NULL, 10), 1000);
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* https://no-color.org */
static gboolean wants_colour(void)
{
    const char *no = g_getenv("NO_COLOR"), *terminal = g_getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static gboolean open_output(explaining *e, const cli_outputs *asked, const char *path,
                            GError **error)
{
    gboolean standard = strcmp(path, "-") == 0;
    output o = {.options = {.format = IM_EXPLAIN_TEXT}};
    if (asked->format || !standard)
        o.options.format = im_explain_format_find(asked->format, path, error);
    if (!o.options.format)
        return FALSE;
    if (standard) {
        o.options.columns = terminal_columns();
        o.options.colour = wants_colour();
    }
    o.stream = im_output_stream_open(path, asked->overwrite, error);
    if (o.stream)
        g_array_append_val(e->outputs, o);
    return o.stream != NULL;
}

static gboolean open_outputs(explaining *e, const cli_outputs *asked, GError **error)
{
    static const char *const standard[] = {"-", NULL};
    const char *const *paths = asked->paths ? (const char *const *)asked->paths : standard;
    for (; *paths; paths++)
        if (!open_output(e, asked, *paths, error))
            return FALSE;
    return TRUE;
}

typedef void (*explain_part)(const im_explain_options *options, GString *out);

/* What stands before the first report, or behind the last one. */
static gboolean write_part(explaining *e, explain_part part, GError **error)
{
    for (guint i = 0; i < e->outputs->len; i++) {
        const output *o = &g_array_index(e->outputs, output, i);
        g_string_truncate(e->bytes, 0);
        part(&o->options, e->bytes);
        if (!im_output_stream_write(o->stream, e->bytes->str, e->bytes->len, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_report(im_analysis *a, gpointer data, GError **error)
{
    explaining *e = data;
    if (a->report->error) {
        cli_say("%s", a->report->error->message);
        e->n_failed++;
        return TRUE;
    }
    cli_progress_end();
    const im_explained explained = {a->report, a->mentions, a->rejected, a->incidents};
    e->n_reports++;
    im_missing_add(e->missing, a->report, a->mentions);
    for (guint i = 0; i < e->outputs->len; i++) {
        const output *o = &g_array_index(e->outputs, output, i);
        g_string_truncate(e->bytes, 0);
        im_explain_report(e->gazetteer, &explained, e->n_reports, &o->options, e->bytes);
        if (!im_output_stream_write(o->stream, e->bytes->str, e->bytes->len, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean finish_outputs(explaining *e, GError **error)
{
    for (guint i = 0; i < e->outputs->len; i++)
        if (!im_output_stream_finish(g_array_index(e->outputs, output, i).stream, error))
            return FALSE;
    return TRUE;
}

static int write_all(const cli *c, const cli_reading *reading, explaining *e)
{
    g_autoptr(GError) error = NULL;
    const char *const *inputs = (const char *const *)c->arguments;
    if (!write_part(e, im_explain_begin, &error) ||
        !im_run_each(reading->gazetteer, inputs, &reading->options, write_report, e, &error))
        return cli_fail(c, error);
    if (e->n_reports == 0 && e->n_failed > 0) {
        cli_say("no report could be read; nothing was written");
        return CLI_INPUT;
    }
    if (!write_part(e, im_explain_end, &error) || !finish_outputs(e, &error))
        return cli_fail(c, error);
    int code = cli_tell_missing(c, reading, e->missing);
    return code ? code : e->n_failed ? CLI_INPUT : CLI_OK;
}

static int run_explain(const cli *c, cli_reading *reading, const cli_outputs *asked)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) outputs = g_array_new(FALSE, FALSE, sizeof(output));
    g_autoptr(GString) bytes = g_string_new(NULL);
    if (cli_n_arguments(c) == 0)
        return cli_misuse(c, "no report given");
    int code = cli_resolve_reading(c, reading, asked->overwrite);
    if (code)
        return code;
    g_array_set_clear_func(outputs, output_clear);
    g_autoptr(im_missing) missing = im_missing_new();
    explaining e = {reading->gazetteer, outputs, bytes, missing, 0, 0};
    return open_outputs(&e, asked, &error) ? write_all(c, reading, &e) : cli_fail(c, error);
}

int cmd_explain(int argc, char **argv)
{
    cli c;
    cli_reading reading = {.options = {.rejected = TRUE}};
    cli_outputs outputs = {0};
    int code;
    cli_begin(
        &c, "explain", "REPORT... [-o FILE.html]",
        "Shows why each mark is where it is: the text with its place names marked, and for each "
        "the\nreading chosen, the reason and the runner-up; which sentence tells of which "
        "incident; and which\nnames were taken for no place. Text on standard output; -o "
        "FILE.html writes a page, -o FILE.json\nor -f json a line of JSON a report.");
    cli_add_reading(&c, &reading);
    cli_add_outputs_of(&c, &outputs,
                       "Format of all outputs, instead of by suffix: text, html, json");
    cli_describe(&c, "Examples:\n"
                     "  incmap explain report.txt\n"
                     "  incmap explain reports -o why.html\n"
                     "  incmap explain report.html --country MX | less");
    if (cli_parse(&c, argc, argv, &code))
        code = run_explain(&c, &reading, &outputs);
    cli_free_outputs(&outputs);
    cli_free_reading(&reading);
    cli_end(&c);
    return code;
}
