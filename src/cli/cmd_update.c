/* incmap update: new reports into a store. */
#include "cli/cli.h"

typedef struct updating {
    cli_reading reading;
    char **withdrawn;
    gboolean mirror;
} updating;

static int tell(const cli *c, const updating *u, const im_update *update)
{
    cli_progress_end();
    for (guint i = 0; i < update->errors->len; i++)
        cli_say("%s", ((const GError *)update->errors->pdata[i])->message);
    for (guint i = 0; i < update->strangers->len; i++)
        cli_warn(c, "%s: not in the store", (const char *)update->strangers->pdata[i]);
    if (u->mirror && update->errors->len > 0)
        cli_warn(c, "nothing was withdrawn by --mirror, for not all inputs could be read");
    cli_tell_undated(c, update->n_undated);
    cli_mention(c, "reports: %u added, %u replaced, %u withdrawn, %u unchanged, %u failed",
                update->n_added, update->n_replaced, update->n_withdrawn, update->n_unchanged,
                update->errors->len);
    return update->errors->len ? CLI_INPUT : CLI_OK;
}

static int update_store(const cli *c, const updating *u)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(im_store) store = im_store_open(c->arguments[0], IM_STORE_WRITE, &error);
    g_autoptr(im_update) update =
        store ? im_update_store(store, u->reading.gazetteer, (const char *const *)c->arguments + 1,
                                (const char *const *)u->withdrawn, u->mirror, &u->reading.options,
                                &error)
              : NULL;
    return update ? tell(c, u, update) : cli_fail(c, error);
}

static int run_update(cli *c, updating *u)
{
    const guint n = cli_n_arguments(c);
    if (n == 0)
        return cli_misuse(c, "no store given");
    if (n == 1 && !u->withdrawn)
        return cli_misuse(c, "no input given");
    if (n == 1 && u->mirror)
        return cli_misuse(c, "--mirror: no input given");
    if (u->reading.not_found)
        return cli_misuse(c, "--not-found: 'incmap map --store' writes it");
    int code = cli_resolve_reading(c, &u->reading, FALSE);
    return code ? code : update_store(c, u);
}

int cmd_update(int argc, char **argv)
{
    cli c;
    updating u = {0};
    int code;
    const GOptionEntry entries[] = {
        {"withdraw", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &u.withdrawn,
         "Report to take out of the store; may be given again", "ID"},
        {"mirror", 0, 0, G_OPTION_ARG_NONE, &u.mirror,
         "Take out all reports that the inputs do not have any more", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(
        &c, "update", "STORE INPUT...",
        "Adds reports to a store, which is made when it is not there: what is new or changed "
        "is read, the\nrest is as it was. 'incmap map --store' and 'incmap extract --store' "
        "then give what they would\ngive of all its reports; QGIS shows its layer incidents. A "
        "store is a file, FILE.gpkg, or a schema of\na PostgreSQL database with PostGIS: "
        "\"PG:host=HOST dbname=NAME active_schema=SCHEMA\", where SCHEMA is\nincmap when it is "
        "not given.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_reading(&c, &u.reading);
    if (cli_parse(&c, argc, argv, &code))
        code = run_update(&c, &u);
    g_strfreev(u.withdrawn);
    cli_free_reading(&u.reading);
    cli_end(&c);
    return code;
}
