/* incmap locate: names → places. A table for a person, one line of JSON a name for a program. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

typedef struct locating {
    char *gazetteer_path, *country, *admin1, *near_text;
    int limit, jobs;
    gboolean fuzzy, json;
    im_lonlat near;
    im_locate_options options;
    im_gazetteer *gazetteer;
    im_locator *locator;
} locating;

static void print_place(const im_gazetteer *gazetteer, const im_located *located)
{
    im_place place = im_gazetteer_place(gazetteer, located->place);
    const char *outer[] = {im_gazetteer_place_name(gazetteer, place.admin2),
                           im_gazetteer_place_name(gazetteer, place.admin1),
                           im_gazetteer_place_name(gazetteer, place.country)};
    g_autoptr(GString) where = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(outer); i++)
        if (*outer[i] && strcmp(outer[i], place.name) != 0)
            g_string_append_printf(where, "%s%s", where->len ? ", " : "", outer[i]);
    /* padded by hand: printf counts bytes */
    int pad = 24 - (int)g_utf8_strlen(place.name, -1);
    printf("%s%*s  %-7s  %9.5f  %10.5f  %10u  %s\n", place.name, MAX(pad, 0), "",
           im_place_kind_name(place.kind), place.position.lat_deg, place.position.lon_deg,
           place.population, where->str);
}

static void print_table(const im_gazetteer *gazetteer, im_answers answers)
{
    if (answers.n)
        printf("%-24s  %-7s  %9s  %10s  %10s  %s\n", "NAME", "KIND", "LAT", "LON", "POPULATION",
               "IN");
    for (guint i = 0; i < answers.n; i++)
        print_place(gazetteer, &answers.places[i]);
}

static void say_missing(const char *name)
{
    g_autofree char *shown = g_utf8_make_valid(name, -1);
    cli_say("not found: %s", shown);
}

/* @return CLI_OK, or CLI_INPUT when there is no such place */
static int locate(const locating *l, const char *name)
{
    im_name asked = {name, strlen(name)};
    im_answers answers;
    im_locator_find(l->locator, &asked, 1, &answers);
    if (l->json) {
        g_autoptr(GString) line = g_string_new(NULL);
        im_answers_to_json_line(l->gazetteer, asked, answers, line);
        fputs(line->str, stdout);
    } else {
        print_table(l->gazetteer, answers);
    }
    if (answers.n)
        return CLI_OK;
    say_missing(name);
    return CLI_INPUT;
}

/* One name a line from standard input, for a person; blank lines are passed over. */
static int locate_lines(const locating *l)
{
    int code = CLI_OK;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) >= 0) {
        const char *name = g_strstrip(line);
        if (g_str_has_prefix(name, "\xEF\xBB\xBF")) /* byte order mark */
            name += 3;
        if (*name && locate(l, name) != CLI_OK)
            code = CLI_INPUT;
        fflush(stdout);
    }
    free(line);
    return code;
}

/* The same for a program. A list of a million names that are nowhere would help nobody: the first
 * few and their number. */
static int locate_stream(const cli *c, const locating *l)
{
    g_autoptr(GError) error = NULL;
    im_locate_tally tally;
    fflush(stdout);
    gboolean done = im_locate_stream(l->gazetteer, &l->options, (guint)l->jobs, STDIN_FILENO,
                                     STDOUT_FILENO, &tally, &error);
    for (guint i = 0; i < tally.missing->len; i++)
        say_missing(g_ptr_array_index(tally.missing, i));
    if (tally.n_missing > tally.missing->len)
        cli_say("not found: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " names", tally.n_missing,
                tally.n_names);
    g_ptr_array_unref(tally.missing);
    if (!done)
        return cli_fail(c, error);
    return tally.n_missing ? CLI_INPUT : CLI_OK;
}

static int locate_all(const cli *c, const locating *l)
{
    int code = CLI_OK;
    for (guint i = 0; c->arguments[i]; i++) {
        int one;
        if (strcmp(c->arguments[i], "-") != 0)
            one = locate(l, c->arguments[i]);
        else
            one = l->json ? locate_stream(c, l) : locate_lines(l);
        code = MAX(code, one);
    }
    return code;
}

static int run_locate(cli *c, locating *l)
{
    g_autoptr(GError) error = NULL;
    if (cli_n_arguments(c) == 0)
        return cli_misuse(c, "no name given");
    if (l->near_text && !cli_parse_lonlat(l->near_text, &l->near))
        return cli_misuse(c, "--near %s: not longitude,latitude in degrees", l->near_text);
    if (l->limit < 1)
        return cli_misuse(c, "--limit %d: not 1 or more", l->limit);
    if (l->jobs < 1 || l->jobs > MAX_JOBS)
        return cli_misuse(c, "--jobs %d: not between 1 and %d", l->jobs, MAX_JOBS);
    l->gazetteer = cli_open_gazetteer(l->gazetteer_path, &error);
    if (!l->gazetteer)
        return cli_fail(c, error);
    g_autofree char *country = l->country ? g_ascii_strup(l->country, -1) : NULL;
    if (country && im_gazetteer_by_code(l->gazetteer, country) == IM_PLACE_NONE)
        return cli_misuse(c, "--country %s: no ISO 3166 code of two letters", l->country);
    l->json |= !isatty(STDOUT_FILENO);
    l->options = (im_locate_options){.country = country,
                                     .admin1 = l->admin1,
                                     .near = l->near_text ? &l->near : NULL,
                                     .fuzzy = l->fuzzy,
                                     .limit = (guint)l->limit};
    l->locator = im_locator_new(l->gazetteer, &l->options);
    return locate_all(c, l);
}

int cmd_locate(int argc, char **argv)
{
    cli c;
    locating l = {.limit = 10, .jobs = (int)MIN(g_get_num_processors(), MAX_JOBS)};
    int code;
    const GOptionEntry entries[] = {
        {"country", 0, 0, G_OPTION_ARG_FILENAME, &l.country, "Only in this country", "CC"},
        {"admin1", 0, 0, G_OPTION_ARG_FILENAME, &l.admin1, "Only in this state or province",
         "NAME"},
        {"near", 0, 0, G_OPTION_ARG_FILENAME, &l.near_text, "Prefer what is near", "LON,LAT"},
        {"limit", 0, 0, G_OPTION_ARG_INT, &l.limit, "At most so many places a name", "N"},
        {"fuzzy", 0, 0, G_OPTION_ARG_NONE, &l.fuzzy, "Also names that are nearly spelled so", NULL},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &l.jobs, "Names to look up at the same time", "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &l.json, "Lines of JSON on a terminal, too", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(&c, "locate", "NAME... | -",
              "Looks names up: a table on a terminal, else one line of JSON a name. - reads names "
              "from\nstandard input, one a line.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    cli_add_gazetteer(&c, &l.gazetteer_path);
    if (cli_parse(&c, argc, argv, &code))
        code = run_locate(&c, &l);
    im_locator_free(l.locator);
    im_gazetteer_free(l.gazetteer);
    g_free(l.gazetteer_path);
    g_free(l.country);
    g_free(l.admin1);
    g_free(l.near_text);
    cli_end(&c);
    return code;
}
