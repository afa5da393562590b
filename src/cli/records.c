/* Files of incidents, and what is to be said of merging them. */
#include "cli/cli.h"

int cli_read_records(const cli *c, const char *const *map, GPtrArray **incidents)
{
    int code = CLI_OK;
    *incidents = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; c->arguments[i]; i++) {
        g_autoptr(GError) error = NULL;
        GPtrArray *some = im_incidents_read_mapped(c->arguments[i], map, &error);
        if (some) {
            cli_mention(c, "%s: %u incidents", c->arguments[i], some->len);
            g_ptr_array_extend_and_steal(*incidents, some);
        } else {
            code = cli_fail(c, error);
        }
    }
    if (code != CLI_OK && (*incidents)->len == 0) {
        cli_say("no incidents could be read; nothing was written");
        g_clear_pointer(incidents, g_ptr_array_unref);
    }
    return code;
}

void cli_explain_merge(const GString *explanation)
{
    g_printerr("verdict\tscore\ttype\tplace\tdate\tnumbers\twhat\twhere\twhen\treport\treport\n%s",
               explanation->str);
}

void cli_leave(GPtrArray *incidents)
{
    static GPtrArray *volatile left G_GNUC_UNUSED; /* still to be reached, and so no leak */
    left = incidents;
}
