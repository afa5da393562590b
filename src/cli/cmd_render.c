/* incmap render: files of incidents → map. */
#include "cli/cli.h"

typedef struct rendering {
    char *gazetteer_path;
    char **map; /* column=field */
    cli_outputs outputs;
    cli_drawing drawing;
} rendering;

static int draw_files(const cli *c, rendering *r, const im_gazetteer *gazetteer)
{
    GPtrArray *incidents = NULL;
    int code = cli_read_records(c, (const char *const *)r->map, &incidents);
    if (!incidents)
        return code;
    if (incidents->len == 0)
        cli_warn(c, "no incident was found");
    incidents = im_incidents_join(gazetteer, incidents);
    int written = cli_write(c, &r->outputs, &r->drawing, gazetteer, incidents, NULL);
    cli_leave(incidents);
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
    for (guint i = 0; r->map && r->map[i]; i++)
        if (!im_column_map_is_valid(r->map[i]))
            return cli_misuse(
                c, "--map %s: not of the form column=field with a column of the record", r->map[i]);
    if ((code = cli_resolve_outputs(c, &r->outputs)) ||
        (code = cli_resolve_drawing(c, &r->drawing)))
        return code;
    g_autoptr(im_gazetteer) gazetteer = cli_open_gazetteer(r->gazetteer_path, &error);
    return gazetteer ? draw_files(c, r, gazetteer) : cli_fail(c, error);
}

static void add_map(cli *c, rendering *r)
{
    const GOptionEntry entries[] = {
        {"map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &r->map,
         "Field of the files that holds a column of the record; more than one may be given",
         "COLUMN=FIELD"},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "reading", "Reading:", entries);
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
    add_map(&c, &r);
    cli_add_outputs(&c, &r.outputs);
    cli_add_series(&c, &r.outputs);
    cli_add_drawing(&c, &r.drawing);
    if (cli_parse(&c, argc, argv, &code))
        code = run_render(&c, &r);
    cli_free_drawing(&r.drawing);
    cli_free_outputs(&r.outputs);
    g_free(r.gazetteer_path);
    g_strfreev(r.map);
    cli_end(&c);
    return code;
}
