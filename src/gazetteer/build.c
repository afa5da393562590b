/* The compiler's one way through: what each source is, and in which order they are read. */
#include "base/files.h"
#include "gazetteer/intake.h"
#include "gazetteer/stream.h"

#include <string.h>

/* What a source may be, in the order in which they are read: what others refer to first. */
typedef enum source_format {
    FOLDER,
    DUMP,
    CODES,
    COUNTRY_INFO,
    AGEEML,
    LAYER,
    HIERARCHY,
    ALTERNATES,
    N_FORMATS
} source_format;

typedef struct source {
    const char *path; /* owned by the array of paths */
    source_format format;
} source;

static gboolean take_folder(intake *in, const char *path, GError **error)
{
    return draft_read_places(in->d, path, error) && draft_read_names(in->d, path, error) &&
           draft_read_sources(in->d, path, error);
}

static gboolean (*const readers[N_FORMATS])(intake *, const char *, GError **) = {
    [FOLDER] = take_folder,         [DUMP] = intake_dump,
    [CODES] = intake_codes,         [COUNTRY_INFO] = intake_country_info,
    [AGEEML] = intake_ageeml,       [LAYER] = intake_layer,
    [HIERARCHY] = intake_hierarchy, [ALTERNATES] = intake_alternates,
};

static const struct {
    const char *name; /* without its suffix */
    source_format format;
} known_names[] = {
    {"admin1CodesASCII", CODES},   {"admin1Codes", CODES},           {"admin2Codes", CODES},
    {"countryInfo", COUNTRY_INFO}, {"hierarchy", HIERARCHY},         {"alternateNames", ALTERNATES},
    {"allCountries", DUMP},        {"alternateNamesV2", ALTERNATES},
};

/* By the first line: a dump has 19 columns, a table of alternate names up to ten. */
static source_format format_of_line(char *line)
{
    char *fields[1];
    g_autofree char *upper = g_ascii_strup(line, -1);
    if (strstr(upper, "CVE_ENT") && strstr(upper, "NOM_LOC"))
        return AGEEML;
    guint n = intake_split(line, fields, 1);
    return n >= 15 && n <= 25 ? DUMP : n >= 8 && n <= 10 ? ALTERNATES : LAYER;
}

static gboolean is_text(const char *path)
{
    static const char *const suffixes[] = {".txt", ".csv", ".tsv", ".zip", ".gz"};
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(path, suffixes[i]))
            return TRUE;
    return FALSE;
}

static gboolean find_format(const char *path, source_format *format, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    gsize stem = strcspn(base, ".");
    for (gsize i = 0; i < G_N_ELEMENTS(known_names); i++)
        if (strlen(known_names[i].name) == stem && strncmp(known_names[i].name, base, stem) == 0) {
            *format = known_names[i].format;
            return TRUE;
        }
    *format = LAYER;
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

static gboolean add_source(GArray *sources, GPtrArray *paths, char *path,
                           const im_build_options *options, GError **error)
{
    source s = {.path = path};
    g_ptr_array_add(paths, path);
    if (!find_format(path, &s.format, error))
        return FALSE;
    if (s.format == LAYER && !options->name_field) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: neither tables of places nor a GeoNames or INEGI table; a layer needs "
                    "--name-field",
                    path);
        return FALSE;
    }
    g_array_append_val(sources, s);
    return TRUE;
}

/* A folder of our tables is one source; of others those are taken that have GeoNames' names. */
static gboolean add_folder(GArray *sources, GPtrArray *paths, const char *folder, GError **error)
{
    static const im_build_options none = {0};
    guint before = sources->len;
    g_autofree char *countries = g_build_filename(folder, "countries.tsv", NULL);
    for (gsize i = 0; !g_file_test(countries, G_FILE_TEST_EXISTS) && i < G_N_ELEMENTS(known_names);
         i++) {
        for (guint zipped = 0; zipped < 2; zipped++) {
            g_autofree char *name =
                g_strconcat(known_names[i].name, zipped ? ".zip" : ".txt", NULL);
            char *path = g_build_filename(folder, name, NULL);
            if (!g_file_test(path, G_FILE_TEST_EXISTS))
                g_free(path);
            else if (!add_source(sources, paths, path, &none, error))
                return FALSE;
        }
    }
    source s = {.path = g_strdup(folder), .format = FOLDER};
    g_ptr_array_add(paths, (gpointer)s.path);
    if (sources->len == before)
        g_array_append_val(sources, s);
    return TRUE;
}

/* @return all sources (source) in the order of the command line, or NULL */
static GArray *find_sources(const char *const *paths, const im_build_options *options,
                            GPtrArray *kept, GError **error)
{
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(source));
    for (; *paths; paths++) {
        gboolean found = g_file_test(*paths, G_FILE_TEST_IS_DIR)
                             ? add_folder(sources, kept, *paths, error)
                             : add_source(sources, kept, g_strdup(*paths), options, error);
        if (!found)
            return NULL;
    }
    return g_steal_pointer(&sources);
}

static gboolean read_sources(intake *in, const GArray *sources, GError **error)
{
    for (guint i = 0; i < sources->len; i++)
        in->has_alternates |= g_array_index(sources, source, i).format == ALTERNATES;
    for (guint format = 0; format < N_FORMATS; format++) {
        for (guint i = 0; i < sources->len; i++) {
            const source *s = &g_array_index(sources, source, i);
            if (s->format == format && !readers[format](in, s->path, error))
                return FALSE;
        }
    }
    return TRUE;
}

void im_build_report_clear(im_build_report *report)
{
    g_clear_pointer(&report->messages, g_ptr_array_unref);
    report->n_rejected = 0;
}

static gboolean build(intake *in, const char *const *paths, const char *out_path, GError **error)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) sources = find_sources(paths, in->options, kept, error);
    if (!sources || !im_file_may_write(out_path, TRUE, error) || !read_sources(in, sources, error))
        return FALSE;
    draft_measure(in->d);
    draft_derive_names(in->d);
    return draft_write(in->d, out_path, error);
}

gboolean im_gazetteer_build(const char *const *sources, const im_build_options *options,
                            const char *out_path, im_build_report *report, GError **error)
{
    static const im_build_options none = {0};
    im_build_report unread = {0};
    g_autoptr(draft) d = draft_new();
    options = options ? options : &none;
    g_autoptr(gaz_features) features = gaz_features_new(options->features, error);
    if (!features)
        return FALSE;
    intake in = {
        .d = d, .options = options, .report = report ? report : &unread, .features = features};
    *in.report = (im_build_report){.messages = g_ptr_array_new_with_free_func(g_free)};
    gboolean built = build(&in, sources, out_path, error);
    im_build_report_clear(&unread);
    return built;
}
