#include "gazetteer/sources.h"

#include "gazetteer/intake.h"
#include "gazetteer/stream.h"

#include <string.h>

static const struct {
    const char *name; /* without its suffix */
    gaz_source_format format;
} known_names[] = {
    {"admin1CodesASCII", GAZ_FROM_CODES}, {"admin1Codes", GAZ_FROM_CODES},
    {"admin2Codes", GAZ_FROM_CODES},      {"countryInfo", GAZ_FROM_COUNTRY_INFO},
    {"hierarchy", GAZ_FROM_HIERARCHY},    {"alternateNames", GAZ_FROM_ALTERNATES},
    {"allCountries", GAZ_FROM_DUMP},      {"alternateNamesV2", GAZ_FROM_ALTERNATES},
};

/* By the first line: a dump has 19 columns, a table of alternate names up to ten. */
static gaz_source_format format_of_line(char *line)
{
    char *fields[1];
    g_autofree char *upper = g_ascii_strup(line, -1);
    if (strstr(upper, "CVE_ENT") && strstr(upper, "NOM_LOC"))
        return GAZ_FROM_AGEEML;
    guint n = intake_split(line, fields, 1);
    return n >= 15 && n <= 25  ? GAZ_FROM_DUMP
           : n >= 8 && n <= 10 ? GAZ_FROM_ALTERNATES
                               : GAZ_FROM_LAYER;
}

static gboolean is_text(const char *path)
{
    static const char *const suffixes[] = {".txt", ".csv", ".tsv", ".zip", ".gz"};
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(path, suffixes[i]))
            return TRUE;
    return FALSE;
}

static gboolean find_format(const char *path, gaz_source_format *format, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    gsize stem = strcspn(base, ".");
    for (gsize i = 0; i < G_N_ELEMENTS(known_names); i++)
        if (strlen(known_names[i].name) == stem && strncmp(known_names[i].name, base, stem) == 0) {
            *format = known_names[i].format;
            return TRUE;
        }
    *format = GAZ_FROM_LAYER;
    if (!is_text(path))
        return TRUE;
    gsize len;
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines =
        gaz_lines_open(path, g_str_has_suffix(path, ".zip") ? &fault : error);
    char *line = lines ? gaz_lines_next(lines, &len, NULL) : NULL;
    if (line)
        *format = format_of_line(line);
    return lines || fault; /* an archive of something else may be a layer */
}

static void clear_source(gpointer data)
{
    g_free(((gaz_source *)data)->path);
}

static gboolean add_source(GArray *sources, const char *path, gboolean has_name_field,
                           GError **error)
{
    gaz_source s = {0};
    if (!find_format(path, &s.format, error))
        return FALSE;
    if (s.format == GAZ_FROM_LAYER && !has_name_field) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: neither tables of places nor a GeoNames or INEGI table; a layer needs "
                    "--name-field",
                    path);
        return FALSE;
    }
    s.path = g_strdup(path);
    g_array_append_val(sources, s);
    return TRUE;
}

/* Those of GeoNames' tables that a folder has. */
static gboolean add_tables(GArray *sources, const char *folder, GError **error)
{
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(known_names); i++) {
        g_autofree char *name = g_strconcat(known_names[i / 2].name, i % 2 ? ".zip" : ".txt", NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS) && !add_source(sources, path, FALSE, error))
            return FALSE;
    }
    return TRUE;
}

/* A folder of our tables is one source. */
static gboolean add_folder(GArray *sources, const char *folder, GError **error)
{
    guint before = sources->len;
    g_autofree char *countries = g_build_filename(folder, "countries.tsv", NULL);
    if (!g_file_test(countries, G_FILE_TEST_EXISTS) && !add_tables(sources, folder, error))
        return FALSE;
    gaz_source s = {.path = g_strdup(folder), .format = GAZ_FROM_FOLDER};
    if (sources->len == before)
        g_array_append_val(sources, s);
    else
        g_free(s.path);
    return TRUE;
}

/* So many that each place can tell its source in a byte, also if each is a folder of ten tables. */
enum { MOST_SOURCES = 24 };

GArray *gaz_find_sources(const char *const *paths, gboolean has_name_field, GError **error)
{
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(gaz_source));
    g_array_set_clear_func(sources, clear_source);
    for (; *paths; paths++) {
        gboolean found = g_file_test(*paths, G_FILE_TEST_IS_DIR)
                             ? add_folder(sources, *paths, error)
                             : add_source(sources, *paths, has_name_field, error);
        if (!found)
            return NULL;
    }
    if (sources->len <= MOST_SOURCES)
        return g_steal_pointer(&sources);
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%u sources; no more than %d at once",
                sources->len, MOST_SOURCES);
    return NULL;
}
