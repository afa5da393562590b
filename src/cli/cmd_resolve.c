/* incmap resolve: where given spans are, for those who find names themselves. */
#include "cli/cli.h"

static const char DESCRIPTION[] = "What comes out is what 'incmap toponyms' writes, with one entry "
                                  "for each span, in their order.\n"
                                  "A span whose name the gazetteer lacks is not_found. All spans "
                                  "of a text are resolved together,\n"
                                  "so give all that it has.\n"
                                  "\n"
                                  "Examples:\n"
                                  "  my-recogniser < news.jsonl | incmap resolve - > places.jsonl\n"
                                  "  incmap resolve --country MX --near=-103.35,20.67 spans.jsonl";

int cmd_resolve(int argc, char **argv)
{
    static const char *const standard_input[] = {"-", NULL};
    cli c;
    cli_reading reading = {
        .options = {.no_incidents = TRUE, .given_spans = TRUE, .read.spans = TRUE}};
    cli_outputs outputs = {0};
    int code;
    cli_begin(
        &c, "resolve", "[FILE|-]",
        "Reads lines of JSON with \"toponyms\": [{\"start\": .., \"end\": ..}] and says where "
        "exactly those are.");
    cli_add_reading(&c, &reading);
    cli_add_outputs_of(&c, &outputs, NULL);
    cli_describe(&c, DESCRIPTION);
    if (cli_parse(&c, argc, argv, &code)) {
        if (!reading.input_format)
            reading.input_format = g_strdup("jsonl");
        code = cli_n_arguments(&c) > 1 ? cli_misuse(&c, "more than one input given")
                                       : cli_resolve_reading(&c, &reading, outputs.overwrite);
        const char *const *inputs =
            cli_n_arguments(&c) ? (const char *const *)c.arguments : standard_input;
        if (code == CLI_OK)
            code = cli_write_lines(&c, &outputs, &reading, inputs);
    }
    cli_free_outputs(&outputs);
    cli_free_reading(&reading);
    cli_end(&c);
    return code;
}
