/* incmap map: reports → map and data in one go. */
#include "cli/cli.h"

static int draw_run(const cli *c, const cli_reading *reading, const cli_outputs *outputs,
                    cli_drawing *drawing)
{
    g_autoptr(GError) error = NULL;
    /* a series tells of what has no day, too */
    const cli_period *period = outputs->series_days ? NULL : &outputs->period;
    g_autoptr(im_run) run = cli_run(c, reading, period, &reading->options, &error);
    if (!run)
        return cli_fail(c, error);
    int code = cli_report_run(c, reading, run);
    if (run->n_reports == 0 && !reading->store) {
        cli_say("no report could be read; nothing was written");
        return CLI_INPUT;
    }
    if (run->incidents->len == 0)
        cli_warn(c, "no incident was found");
    const int corrected = cli_correct(c, reading, run);
    if (corrected)
        return corrected;
    int written = cli_write_run(c, outputs, drawing, reading->gazetteer, run);
    return written == CLI_OK ? code : written;
}

static int run_map(cli *c, cli_reading *reading, cli_outputs *outputs, cli_drawing *drawing)
{
    int code = cli_check_inputs(c, reading);
    if (code)
        return code;
    if (!outputs->paths && !drawing->alt_text)
        return cli_misuse(c, "no output given, -o");
    if ((code = cli_resolve_outputs(c, outputs)) || (code = cli_check_store(c, reading, outputs)) ||
        (code = cli_resolve_drawing(c, drawing)) ||
        (code = cli_resolve_reading(c, reading, outputs->overwrite)))
        return code;
    return draw_run(c, reading, outputs, drawing);
}

int cmd_map(int argc, char **argv)
{
    cli c;
    cli_reading reading = {0};
    cli_outputs outputs = {0};
    cli_drawing drawing = {0};
    int code;
    const GOptionEntry entries[] = {
        {"no-merge", 0, 0, G_OPTION_ARG_NONE, &reading.no_merge,
         "One record for each report that tells of an incident", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(
        &c, "map", "INPUT... | --store STORE -o FILE...",
        "Reads reports and draws what they tell. Inputs are files, folders, - and /vsi paths.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_store(&c, &reading);
    cli_add_reading(&c, &reading);
    cli_add_outputs(&c, &outputs);
    cli_add_series(&c, &outputs);
    cli_add_drawing(&c, &drawing);
    if (cli_parse(&c, argc, argv, &code))
        code = run_map(&c, &reading, &outputs, &drawing);
    cli_free_drawing(&drawing);
    cli_free_outputs(&outputs);
    cli_free_reading(&reading);
    cli_end(&c);
    return code;
}
