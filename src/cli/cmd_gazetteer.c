/* incmap gazetteer: build, check, info. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* Options of `build`. */
typedef struct building {
    char **outputs;
    char *features, *languages, *layer, *name_field, *id_field, *country, *kind;
    gboolean overwrite;
    im_build_options options;
} building;

static gboolean resolve_kind(const char *name, im_place_kind *kind)
{
    static const im_place_kind kinds[] = {IM_PLACE_COUNTRY, IM_PLACE_ADMIN1, IM_PLACE_ADMIN2,
                                          IM_PLACE_TOWN,    IM_PLACE_REGION, IM_PLACE_AIRPORT};
    for (guint i = 0; name && i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(im_place_kind_name(kinds[i]), name) == 0)
            *kind = kinds[i];
    return !name || *kind;
}

static int report_rejected(const im_build_report *report)
{
    for (guint i = 0; i < report->messages->len; i++)
        cli_say("%s", (const char *)report->messages->pdata[i]);
    if (report->n_rejected > 0)
        cli_say("%" G_GUINT64_FORMAT " faulty rows were left out", report->n_rejected);
    return report->n_rejected > 0 ? CLI_INPUT : CLI_OK;
}

static int build(const cli *c, building *b)
{
    g_autoptr(GError) error = NULL;
    im_build_report report = {0};
    if (cli_n_arguments(c) == 0)
        return cli_misuse(c, "a folder of tables or another source is needed");
    if (!b->outputs || b->outputs[1])
        return cli_misuse(c, "one output is needed, -o");
    if (!resolve_kind(b->kind, &b->options.kind))
        return cli_misuse(c, "--kind is country, admin1, admin2, town, region or airport");
    b->options.features = b->features;
    b->options.languages = b->languages;
    b->options.layer = b->layer;
    b->options.name_field = b->name_field;
    b->options.id_field = b->id_field;
    b->options.country = b->country;
    if (!im_output_check(b->outputs[0], b->overwrite, &error))
        return cli_fail(c, error);
    gboolean built = im_gazetteer_build((const char *const *)c->arguments, &b->options,
                                        b->outputs[0], &report, &error);
    int code = report.messages ? report_rejected(&report) : CLI_OK;
    im_build_report_clear(&report);
    return built ? code : cli_fail(c, error);
}

static void free_building(building *b)
{
    g_strfreev(b->outputs);
    g_free(b->features);
    g_free(b->languages);
    g_free(b->layer);
    g_free(b->name_field);
    g_free(b->id_field);
    g_free(b->country);
    g_free(b->kind);
}

static void add_options(cli *c, building *b)
{
    const GOptionEntry main_entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &b->outputs, "File to write", "FILE"},
        {"overwrite", 0, 0, G_OPTION_ARG_NONE, &b->overwrite, "Replace a file that exists", NULL},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &b->options.strict, "Stop at the first faulty row",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    const GOptionEntry geonames[] = {
        {"features", 0, 0, G_OPTION_ARG_STRING, &b->features,
         "Classes and codes to take: default,H,S.HSP; or all", "LIST"},
        {"languages", 0, 0, G_OPTION_ARG_STRING, &b->languages,
         "Languages of alternate names: en,es; or all", "LIST"},
        G_OPTION_ENTRY_NULL,
    };
    const GOptionEntry layers[] = {
        {"name-field", 0, 0, G_OPTION_ARG_STRING, &b->name_field, "Field of the names", "FIELD"},
        {"id-field", 0, 0, G_OPTION_ARG_STRING, &b->id_field, "Field of GeoNames ids", "FIELD"},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &b->kind,
         "country, admin1, admin2, town (if not given), region or airport", "KIND"},
        {"country", 0, 0, G_OPTION_ARG_STRING, &b->country, "Country they lie in", "CC"},
        {"layer", 0, 0, G_OPTION_ARG_STRING, &b->layer, "Layer, of files with several", "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(c->context, main_entries, NULL);
    cli_add(c, "geonames", "GeoNames dumps:", geonames);
    cli_add(c, "layers", "Layers that GDAL reads:", layers);
}

static int cmd_build(int argc, char **argv)
{
    cli c;
    building b = {0};
    int code;
    cli_begin(&c, "gazetteer build", "SOURCE... -o FILE",
              "Compiles places into one file, which is then only mapped and read. Sources add up:\n"
              "  folders of tables as in geodata/\n"
              "  GeoNames: MX.txt, allCountries.txt, alternateNamesV2.txt, admin1CodesASCII.txt,\n"
              "    admin2Codes.txt, countryInfo.txt, hierarchy.txt, as they are or zipped\n"
              "  INEGI: the AGEEML table of localities as CSV\n"
              "  any layer that GDAL reads, with --name-field\n"
              "Places with one GeoNames id, or of one name and close together, are one place.");
    add_options(&c, &b);
    if (cli_parse(&c, argc, argv, &code))
        code = build(&c, &b);
    free_building(&b);
    cli_end(&c);
    return code;
}

/* The gazetteer that is the only argument, or the default one. `*path` is the caller's. */
static im_gazetteer *open_argument(const cli *c, char **path, int *code)
{
    g_autoptr(GError) error = NULL;
    if (cli_n_arguments(c) > 1) {
        *code = cli_misuse(c, "more than one gazetteer given");
        return NULL;
    }
    *path = c->arguments[0] ? g_strdup(c->arguments[0]) : im_gazetteer_default_path();
    im_gazetteer *gazetteer = im_gazetteer_open(*path, &error);
    if (!gazetteer)
        *code = cli_fail(c, error);
    return gazetteer;
}

static int check_names(const cli *c, const im_gazetteer *gazetteer, const char *list)
{
    guint n_rows;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) failures = NULL;
    if (!im_gazetteer_check_names(gazetteer, list, &n_rows, &failures, &error))
        return cli_fail(c, error);
    for (guint i = 0; i < failures->len; i++)
        cli_say("%s", (const char *)failures->pdata[i]);
    if (!c->quiet)
        printf("%s: %u of %u names resolve\n", list, n_rows - failures->len, n_rows);
    return failures->len ? CLI_DATA : CLI_OK;
}

/* Rows that the sources had and the gazetteer has not: told, whatever made them faulty. */
static int check_rejected(const im_gazetteer *gazetteer, guint64 allowed)
{
    int code = CLI_OK;
    for (guint i = 0; i < im_gazetteer_n_sources(gazetteer); i++) {
        im_gazetteer_source s = im_gazetteer_source_at(gazetteer, i);
        if (s.rejected <= allowed)
            continue;
        cli_say("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                " rows are missing: they were faulty when the gazetteer was compiled",
                s.name, s.rejected, s.rows);
        code = CLI_DATA;
    }
    return code;
}

static int check_sources(const cli *c, const im_gazetteer *gazetteer, char **sources)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) failures = NULL;
    if (!im_gazetteer_check_sources(gazetteer, (const char *const *)sources, &failures, &error))
        return cli_fail(c, error);
    for (guint i = 0; i < failures->len; i++)
        cli_say("%s", (const char *)failures->pdata[i]);
    return failures->len ? CLI_DATA : CLI_OK;
}

/* What `check` is asked besides. */
typedef struct checking {
    char *names, **sources;
    gint64 allowed; /* rejected rows of a source */
} checking;

static int check(const cli *c, const checking *asked)
{
    int code = CLI_OK;
    g_autofree char *path = NULL;
    g_autoptr(im_gazetteer) gazetteer = open_argument(c, &path, &code);
    if (!gazetteer)
        return code;
    g_autoptr(GError) error = NULL;
    if (!im_gazetteer_check(gazetteer, &error)) {
        cli_say("%s: %s", path, error->message);
        return im_error_exit_code(error);
    }
    code = check_rejected(gazetteer, (guint64)MAX(asked->allowed, 0));
    if (!code && asked->sources)
        code = check_sources(c, gazetteer, asked->sources);
    if (!code && !c->quiet)
        printf("%s: sound, %u places\n", path, im_gazetteer_n_places(gazetteer));
    return !code && asked->names ? check_names(c, gazetteer, asked->names) : code;
}

static int cmd_check(int argc, char **argv)
{
    cli c;
    checking asked = {0};
    int code;
    const GOptionEntry entries[] = {
        {"names", 0, 0, G_OPTION_ARG_FILENAME, &asked.names, "Table of names that must resolve",
         "FILE"},
        {"against", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &asked.sources,
         "Source that must have as many rows as were compiled; repeatable", "SOURCE"},
        {"allow-faulty", 0, 0, G_OPTION_ARG_INT64, &asked.allowed,
         "Accept so many faulty rows a source", "N"},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(
        &c, "gazetteer check", "[FILE]",
        "Proves that a compiled gazetteer is sound, and that no row of its sources is missing.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    if (cli_parse(&c, argc, argv, &code))
        code = check(&c, &asked);
    g_free(asked.names);
    g_strfreev(asked.sources);
    cli_end(&c);
    return code;
}

enum { SOURCE_FIELDS = 8 };

/* Splits a line of the sources table in place (RFC 4180; no field holds a line break). */
static guint split_fields(char *line, char *fields[SOURCE_FIELDS])
{
    guint n = 0;
    char *from = line, *to = line;
    for (fields[n++] = to; *from; from++) {
        if (*from == '"') {
            for (from++; *from && (*from != '"' || *++from == '"'); from++)
                *to++ = *from;
            from--;
        } else if (*from == ',' && n < SOURCE_FIELDS) {
            *to++ = '\0';
            fields[n++] = to;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return n;
}

/* Each source once, though many tables are made from it: package, version, licence, attribution. */
static void print_sources(const char *table)
{
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    g_autoptr(GHashTable) printed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 1; lines[0] && lines[i]; i++) {
        char *f[SOURCE_FIELDS];
        if (split_fields(lines[i], f) < SOURCE_FIELDS - 1)
            continue;
        char *line = g_strdup_printf("%-22s %-18s %-18s %s", f[2], f[3], f[4], f[6]);
        if (!g_hash_table_contains(printed, line))
            printf("%s\n", line);
        g_hash_table_add(printed, line);
    }
}

static void print_rows(const im_gazetteer *gazetteer)
{
    printf("\n%12s %12s %12s %12s %12s  TABLE\n", "ROWS", "TAKEN", "MERGED", "LEFT OUT", "FAULTY");
    for (guint i = 0; i < im_gazetteer_n_sources(gazetteer); i++) {
        im_gazetteer_source s = im_gazetteer_source_at(gazetteer, i);
        printf("%12" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT
               " %12" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT "  %s\n",
               s.rows, s.taken, s.merged, s.left_out, s.rejected, s.name);
    }
}

static void print_info(const im_gazetteer *gazetteer, const char *path)
{
    guint n;
    const im_gazetteer_count *counts = im_gazetteer_counts(gazetteer, &n);
    printf("%s\n\n", path);
    for (guint i = 0; i < n; i++)
        printf("%12" G_GUINT64_FORMAT "  %s\n", counts[i].n, counts[i].what);
    print_rows(gazetteer);
    printf("\n%-22s %-18s %-18s %s\n", "SOURCE", "VERSION", "LICENCE", "ATTRIBUTION");
    print_sources(im_gazetteer_sources(gazetteer));
}

static int info(const cli *c, gboolean json)
{
    int code = CLI_OK;
    g_autofree char *path = NULL;
    g_autoptr(im_gazetteer) gazetteer = open_argument(c, &path, &code);
    if (!gazetteer)
        return code;
    if (json) {
        g_autoptr(GString) line = g_string_new(NULL);
        im_gazetteer_to_json(gazetteer, path, line);
        fputs(line->str, stdout);
    } else {
        print_info(gazetteer, path);
    }
    return CLI_OK;
}

static int cmd_info(int argc, char **argv)
{
    cli c;
    gboolean json = FALSE;
    int code;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "As JSON", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_begin(&c, "gazetteer info", "[FILE]", "Says what is in a gazetteer and where it is from.");
    g_option_context_add_main_entries(c.context, entries, NULL);
    if (cli_parse(&c, argc, argv, &code))
        code = info(&c, json);
    cli_end(&c);
    return code;
}

static const cli_command commands[] = {
    {"build", "compile tables of places into one file", cmd_build},
    {"check", "prove that a compiled gazetteer is sound", cmd_check},
    {"info", "say what is in a gazetteer and where it is from", cmd_info},
};

static int help(cli *c, int argc, char **argv)
{
    int code;
    if (!cli_parse(c, argc, argv, &code))
        return code;
    return cli_n_arguments(c) ? cli_misuse(c, "unknown command '%s'", c->arguments[0])
                              : cli_misuse(c, "build, check or info?");
}

int cmd_gazetteer(int argc, char **argv)
{
    cli c;
    for (guint i = 0; argc > 1 && i < G_N_ELEMENTS(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    g_autoptr(GString) summary = g_string_new("Commands:");
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(summary, "\n  %-6s %s", commands[i].name, commands[i].help);
    cli_begin(&c, "gazetteer", "build|check|info", summary->str);
    int code = help(&c, argc, argv);
    cli_end(&c);
    return code;
}
