/* incmap extract: reports → incidents. */
#include "cli/cli.h"

static int write_run(const cli *c, const cli_reading *reading, const cli_outputs *outputs)
{
    g_autoptr(GString) explanation = reading->explain_merge ? g_string_new(NULL) : NULL;
    im_run_options options = reading->options;
    options.merge_explanation = explanation;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_run) run = cli_run(c, reading, &outputs->period, &options, &error);
    if (!run)
        return cli_fail(c, error);
    if (explanation)
        cli_explain_merge(explanation);
    int code = cli_report_run(c, reading, run);
    if (run->n_reports == 0 && run->errors->len > 0) {
        cli_say("no report could be read; nothing was written");
        return CLI_INPUT;
    }
    const int corrected = cli_correct(c, reading, run);
    if (corrected)
        return corrected;
    int written = cli_write(c, outputs, NULL, reading->gazetteer, run->incidents, NULL);
    return written == CLI_OK ? code : written;
}

static int run_extract(cli *c, cli_reading *reading, cli_outputs *outputs, gboolean per_document)
{
    int code = cli_check_inputs(c, reading);
    if (code)
        return code;
    if (per_document && reading->store)
        return cli_misuse(c, "--per-document: a store has no texts to read");
    if (per_document && reading->corrections)
        return cli_misuse(c,
                          "--per-document: lines are not merged, so there is nothing to correct");
    if (per_document && cli_period_is_set(&outputs->period))
        return cli_misuse(c, "--per-document: lines of JSON are not chosen by their days");
    if (per_document) {
        code = cli_resolve_reading(c, reading, outputs->overwrite);
        return code ? code
                    : cli_write_lines(c, outputs, reading, (const char *const *)c->arguments);
    }
    cli_default_outputs(outputs);
    if ((code = cli_resolve_outputs(c, outputs)) || (code = cli_check_store(c, reading, outputs)))
        return code;
    if (cli_outputs_need_map(outputs))
        return cli_misuse(c, "pictures are drawn by 'incmap map'");
    code = cli_resolve_reading(c, reading, outputs->overwrite);
    return code ? code : write_run(c, reading, outputs);
}

int cmd_extract(int argc, char **argv)
{
    cli c;
    cli_reading reading = {0};
    cli_outputs outputs = {0};
    gboolean per_document = FALSE;
    int code;
    const GOptionEntry entries[] = {
        {"no-merge", 0, 0, G_OPTION_ARG_NONE, &reading.no_merge,
         "One record for each report that tells of an incident", NULL},
        {"explain-merge", 0, 0, G_OPTION_ARG_NONE, &reading.explain_merge,
         "Table on standard error: which records were joined, and how alike they are", NULL},
        {"per-document", 0, 0, G_OPTION_ARG_NONE, &per_document,
         "One line of JSON a report, as they come, not merged", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(&c, "extract", "INPUT... | --store STORE [-o FILE|-]",
              "Reads reports and writes the incidents they tell of, as GeoJSON on standard output "
              "if nothing\nelse is said. Inputs are files, folders, - and /vsi paths.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_store(&c, &reading);
    cli_add_reading(&c, &reading);
    cli_add_outputs(&c, &outputs);
    if (cli_parse(&c, argc, argv, &code))
        code = run_extract(&c, &reading, &outputs, per_document);
    cli_free_outputs(&outputs);
    cli_free_reading(&reading);
    cli_end(&c);
    return code;
}
