/* incmap toponyms: place names of reports, one line of JSON a report. */
#include "cli/cli.h"

int cmd_toponyms(int argc, char **argv)
{
    cli c;
    cli_reading reading = {.options = {.no_incidents = TRUE}};
    cli_outputs outputs = {0};
    int code;
    cli_begin(
        &c, "toponyms", "INPUT... [-o FILE|-]",
        "Writes the place names of each report and where they are, one line of JSON a report.\n"
        "Inputs are files, folders, - and /vsi paths.");
    cli_add_reading(&c, &reading);
    cli_add_outputs(&c, &outputs);
    if (cli_parse(&c, argc, argv, &code)) {
        code = cli_n_arguments(&c) == 0 ? cli_misuse(&c, "no input given")
                                        : cli_resolve_reading(&c, &reading, outputs.overwrite);
        if (code == CLI_OK)
            code = cli_write_lines(&c, &outputs, &reading, (const char *const *)c.arguments);
    }
    cli_free_outputs(&outputs);
    cli_free_reading(&reading);
    cli_end(&c);
    return code;
}
