/* incmap merge: files of incidents → one. */
#include "cli/cli.h"

typedef struct merging {
    char *gazetteer_path;
    gboolean explain;
    cli_outputs outputs;
} merging;

static int merge_files(const cli *c, const merging *m, const im_gazetteer *gazetteer)
{
    g_autoptr(GString) explanation = m->explain ? g_string_new(NULL) : NULL;
    g_autoptr(GPtrArray) incidents = NULL;
    int code = cli_read_records(c, NULL, &incidents);
    if (!incidents)
        return code;
    incidents = im_incidents_merge(incidents, explanation);
    if (explanation)
        cli_explain_merge(explanation);
    int written = cli_write(c, &m->outputs, NULL, gazetteer, incidents, NULL);
    return written == CLI_OK ? code : written;
}

static int run_merge(cli *c, merging *m)
{
    int code;
    g_autoptr(GError) error = NULL;
    if (cli_n_arguments(c) == 0)
        return cli_misuse(c, "no file of incidents given");
    cli_default_outputs(&m->outputs);
    if ((code = cli_resolve_outputs(c, &m->outputs)))
        return code;
    if (cli_outputs_need_map(&m->outputs))
        return cli_misuse(c, "pictures are drawn by 'incmap render'");
    g_autoptr(im_gazetteer) gazetteer = cli_open_gazetteer(m->gazetteer_path, &error);
    return gazetteer ? merge_files(c, m, gazetteer) : cli_fail(c, error);
}

int cmd_merge(int argc, char **argv)
{
    cli c;
    merging m = {0};
    int code;
    const GOptionEntry entries[] = {
        {"explain-merge", 0, 0, G_OPTION_ARG_NONE, &m.explain,
         "Table on standard error: which records were joined, and how alike they are", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(&c, "merge", "FILE... | - [-o FILE|-]",
              "Joins files of incidents to one, as GeoJSON on standard output if nothing else is "
              "said. From "
              "GeoJSON\nthat incmap wrote comes what 'incmap extract' makes of all the reports at "
              "once, in "
              "whatever order and\ngroups they were read; other files may be any that 'incmap "
              "render' draws.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_gazetteer(&c, &m.gazetteer_path);
    cli_add_outputs(&c, &m.outputs);
    if (cli_parse(&c, argc, argv, &code))
        code = run_merge(&c, &m);
    cli_free_outputs(&m.outputs);
    g_free(m.gazetteer_path);
    cli_end(&c);
    return code;
}
