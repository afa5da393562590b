/* Command lines and messages. */
#include "cli/cli.h"

#include <incmap/version.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cli_begin(cli *c, const char *command, const char *arguments, const char *summary)
{
    *c = (cli){.command = command};
    g_autofree char *name = g_strconcat("incmap ", command, NULL);
    g_set_prgname(name);
    c->context = g_option_context_new(arguments);
    g_option_context_set_summary(c->context, summary);
    g_option_context_set_help_enabled(c->context, FALSE); /* GLib's would exit by itself */
}

void cli_describe(cli *c, const char *description)
{
    g_option_context_set_description(c->context, description);
}

GOptionGroup *cli_add(cli *c, const char *group, const char *title, const GOptionEntry *entries)
{
    GOptionGroup *options = g_option_group_new(group, title, title, NULL, NULL);
    g_option_group_add_entries(options, entries);
    g_option_context_add_group(c->context, options);
    return options;
}

static void print_help(const cli *c)
{
    g_autofree char *help = g_option_context_get_help(c->context, FALSE, NULL);
    fputs(help, stdout);
}

gboolean cli_parse(cli *c, int argc, char **argv, int *exit_code)
{
    gboolean help = FALSE, version = FALSE;
    g_autoptr(GError) error = NULL;
    const GOptionEntry entries[] = {
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &c->quiet, "Say only what failed", NULL},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &c->verbose, "Say what was found and left out",
         NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, "Show this help", NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &version, "Show the version", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &c->arguments, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(c->context, entries, NULL);
    *exit_code = CLI_OK;
    if (!g_option_context_parse(c->context, &argc, &argv, &error)) {
        *exit_code = cli_misuse(c, "%s", error->message);
        return FALSE;
    }
    if (!c->arguments)
        c->arguments = g_new0(char *, 1);
    if (help)
        print_help(c);
    else if (version)
        puts("incmap " INCMAP_VERSION);
    return !help && !version;
}

void cli_end(cli *c)
{
    g_option_context_free(c->context);
    g_strfreev(c->arguments);
}

guint cli_n_arguments(const cli *c)
{
    return g_strv_length(c->arguments);
}

G_GNUC_PRINTF(2, 0)
static void say(const char *kind, const char *format, va_list arguments)
{
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    cli_progress_end();
    fprintf(stderr, "incmap: %s%s\n", kind, message);
}

void cli_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
}

void cli_warn(const cli *c, const char *format, ...)
{
    va_list arguments;
    if (c->quiet)
        return;
    va_start(arguments, format);
    say("warning: ", format, arguments);
    va_end(arguments);
}

void cli_mention(const cli *c, const char *format, ...)
{
    va_list arguments;
    if (!c->verbose)
        return;
    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
}

static int hint(const cli *c)
{
    fprintf(stderr, "try 'incmap %s --help'\n", c->command);
    return CLI_USAGE;
}

int cli_misuse(const cli *c, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
    return hint(c);
}

int cli_fail(const cli *c, const GError *error)
{
    cli_say("%s", error->message);
    if (g_error_matches(error, IM_ERROR, IM_ERROR_USAGE))
        hint(c);
    return im_error_exit_code(error);
}

gboolean cli_parse_numbers(const char *text, double *numbers, guint n)
{
    for (guint i = 0; i < n; i++) {
        char *end;
        numbers[i] = g_ascii_strtod(text, &end);
        if (end == text || *end != (i + 1 < n ? ',' : '\0'))
            return FALSE;
        text = end + 1;
    }
    return TRUE;
}

gboolean cli_parse_lonlat(const char *text, im_lonlat *position)
{
    double numbers[2];
    if (!cli_parse_numbers(text, numbers, 2))
        return FALSE;
    *position = (im_lonlat){numbers[0], numbers[1]};
    return im_lonlat_is_valid(*position);
}
