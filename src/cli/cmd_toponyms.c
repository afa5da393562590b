/* incmap toponyms: place names of reports, one line of JSON a report. */
#include "cli/cli.h"

static const char DESCRIPTION[] =
    "A line holds \"id\" and \"toponyms\", in the order of the text. Of each: \"start\" and "
    "\"end\"\n"
    "(code points of the text), \"surface\", \"status\" (resolved, ambiguous, not_found), and, "
    "null\n"
    "where it is not resolved, \"lat\", \"lon\", \"geonameid\", \"name\", \"admin1\", "
    "\"country\",\n"
    "\"feature_code\", \"score\" (0 to 1). Where the text means a spot near a place and not the "
    "place:\n"
    "\"relation\" (near, offset, between, part), \"distance_km\", \"bearing_deg\", \"radius_km\",\n"
    "\"other\" (index of the second place).\n"
    "\n"
    "Examples:\n"
    "  incmap toponyms reports --country MX > places.jsonl\n"
    "  incmap toponyms --input-format jsonl --field text=body - < news.jsonl\n"
    "  incmap toponyms reports --not-found missing.tsv -o places.jsonl";

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
    cli_add_outputs_of(&c, &outputs, NULL);
    cli_describe(&c, DESCRIPTION);
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
