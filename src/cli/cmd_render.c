/* incmap render: files of incidents → map. */
#include "cli/cli.h"

typedef struct rendering {
    char *gazetteer_path;
    cli_outputs outputs;
    cli_drawing drawing;
} rendering;

/* Reads all files. @return CLI_OK, or CLI_INPUT when one failed */
static int read_files(const cli *c, GPtrArray *incidents)
{
    int code = CLI_OK;
    for (guint i = 0; c->arguments[i]; i++) {
        g_autoptr(GError) error = NULL;
        GPtrArray *some = im_incidents_read(c->arguments[i], &error);
        if (some) {
            cli_mention(c, "%s: %u incidents", c->arguments[i], some->len);
            g_ptr_array_extend_and_steal(incidents, some);
        } else {
            code = cli_fail(c, error);
        }
    }
    return code;
}

static int draw_files(const cli *c, rendering *r, const im_gazetteer *gazetteer)
{
    g_autoptr(GPtrArray) incidents =
        g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    int code = read_files(c, incidents);
    if (code != CLI_OK && incidents->len == 0) {
        cli_say("no incidents could be read; nothing was written");
        return code;
    }
    incidents = im_incidents_join(gazetteer, incidents);
    int written = cli_write(c, &r->outputs, &r->drawing, gazetteer, incidents, NULL);
    return written == CLI_OK ? code : written;
}

static int run_render(cli *c, rendering *r)
{
    int code;
    g_autoptr(GError) error = NULL;
    if (cli_n_arguments(c) == 0)
        return cli_misuse(c, "no file of incidents given");
    if (!r->outputs.paths && !r->drawing.alt_text)
        return cli_misuse(c, "no output given, -o");
    if ((code = cli_resolve_outputs(c, &r->outputs)) ||
        (code = cli_resolve_drawing(c, &r->drawing)))
        return code;
    g_autoptr(im_gazetteer) gazetteer = cli_open_gazetteer(r->gazetteer_path, &error);
    return gazetteer ? draw_files(c, r, gazetteer) : cli_fail(c, error);
}

int cmd_render(int argc, char **argv)
{
    cli c;
    rendering r = {0};
    int code;
    cli_begin(&c, "render", "INCIDENTS... -o FILE...",
              "Draws incidents from files that GDAL reads: own GeoJSON or CSV, tables of ACLED or "
              "UCDP.");
    cli_add_gazetteer(&c, &r.gazetteer_path);
    cli_add_outputs(&c, &r.outputs);
    cli_add_drawing(&c, &r.drawing);
    if (cli_parse(&c, argc, argv, &code))
        code = run_render(&c, &r);
    cli_free_drawing(&r.drawing);
    cli_free_outputs(&r.outputs);
    g_free(r.gazetteer_path);
    cli_end(&c);
    return code;
}
