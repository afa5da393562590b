/* incmap: the commands and how one is chosen. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <incmap/version.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const cli_command commands[] = {
    {"map", "draw a map of what reports tell", cmd_map},
    {"extract", "write the incidents that reports tell of", cmd_extract},
    {"render", "draw a map of incidents from files", cmd_render},
    {"update", "add new reports to a store", cmd_update},
    {"watch", "keep a store and its maps up to date with a folder and feeds", cmd_watch},
    {"merge", "join files of incidents", cmd_merge},
    {"toponyms", "write the place names of reports and where they are", cmd_toponyms},
    {"resolve", "say where given place names of reports are", cmd_resolve},
    {"explain", "show why each mark is where it is", cmd_explain},
    {"locate", "look names up in the gazetteer", cmd_locate},
    {"gazetteer", "build, check and describe a gazetteer", cmd_gazetteer},
};

static void print_help(FILE *file)
{
    fputs("incmap reads news reports and draws where things happened.\n\n"
          "Usage: incmap COMMAND [OPTION...] ARGUMENT...\n\nCommands:\n",
          file);
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(file, "  %-10s %s\n", commands[i].name, commands[i].help);
    fputs("\n'incmap COMMAND --help' says more about one of them.\n", file);
}

static const cli_command *find_command(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown(const char *name)
{
    cli_say("unknown command '%s'", name);
    fputs("try 'incmap --help'\n", stderr);
    return CLI_USAGE;
}

/* `incmap help map` is `incmap map --help`. */
static int help_on(const char *name)
{
    char option[] = "--help", *argv[] = {(char *)name, option, NULL};
    const cli_command *command = find_command(name);
    return command ? command->run(2, argv) : unknown(name);
}

static int run(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(name, "help") == 0 && argc > 2)
        return help_on(argv[2]);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout);
        return CLI_OK;
    }
    if (strcmp(name, "--version") == 0) {
        puts("incmap " INCMAP_VERSION);
        return CLI_OK;
    }
    const cli_command *command = find_command(name);
    return command ? command->run(argc - 1, argv + 1) : unknown(name);
}

/* A standard stream that is closed would lend its number to the next file that is opened, and
 * messages would end up in it. Opened the wrong way round, so that using it still fails. */
static void occupy_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static int close_stdout(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    g_autoptr(GError) error =
        g_error_new(IM_ERROR, IM_ERROR_SYSTEM, "standard output: %s", g_strerror(errno));
    if (code == CLI_OK || code == CLI_INPUT) /* else it has been said */
        cli_say("%s", error->message);
    return im_error_exit_code(error);
}

int main(int argc, char **argv)
{
    occupy_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of writing, with its code */
    g_set_prgname("incmap");
    return close_stdout(run(argc, argv));
}
