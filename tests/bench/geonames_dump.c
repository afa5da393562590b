/* geonames_dump ROWS FOLDER   writes tables as GeoNames has them, of places that are not: for measuring
 * how large gazetteers are built and read. The same arguments give the same bytes.
 *
 * Names are real ones (so that as many repeat as do), or made of the words and halves of words of real
 * ones (so that lengths and first words are as they are); shares of the feature classes, populations
 * with a heavy tail, and places in 250 countries around the real ones, follow the real dump. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line of places.tsv. */
typedef struct model {
    const char *name, *country, *admin1, *admin2;
    double lon_deg, lat_deg;
} model;

typedef struct generator {
    guint64 state;
    GArray *models;
    GPtrArray *words; /* of all names, as often as they occur */
    FILE *dump, *alternates, *hierarchy;
    guint32 id, alternate_id;
} generator;

/* splitmix64 (Steele, Lea, Flood 2014). */
static guint64 draw(generator *g)
{
    guint64 z = g->state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static guint below(generator *g, guint n)
{
    return (guint)(draw(g) % n);
}

/* From 0 up to 1. */
static double fraction(generator *g)
{
    return (double)(draw(g) >> 11) / 9007199254740992.0;
}

static char **read_lines(const char *name)
{
    g_autofree char *path = g_build_filename(IM_GEODATA, name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    return g_strsplit(text, "\n", -1);
}

static void read_models(generator *g)
{
    char **lines = read_lines("places.tsv"); /* kept for the life of the program */
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        char **f = g_strsplit(lines[i], "\t", 9);
        model m = {f[1], f[4], f[5], f[6], g_ascii_strtod(f[2], NULL), g_ascii_strtod(f[3], NULL)};
        g_array_append_val(g->models, m);
        char **words = g_strsplit(f[1], " ", -1);
        for (char **word = words; *word; word++)
            if (**word)
                g_ptr_array_add(g->words, *word);
    }
}

static const model *any_model(generator *g)
{
    return &g_array_index(g->models, model, below(g, g->models->len));
}

static const char *any_word(generator *g)
{
    return g->words->pdata[below(g, g->words->len)];
}

/* The first half of one word and the second of another. */
static void append_blend(generator *g, GString *out)
{
    const char *head = any_word(g), *tail = any_word(g);
    glong n = g_utf8_strlen(head, -1), m = g_utf8_strlen(tail, -1);
    g_string_append_len(out, head, g_utf8_offset_to_pointer(head, (n + 1) / 2) - head);
    g_string_append(out, g_utf8_offset_to_pointer(tail, m / 2));
}

static void make_name(generator *g, GString *out)
{
    g_string_truncate(out, 0);
    const char *pattern = any_model(g)->name;
    if (below(g, 100) < 35) {
        g_string_append(out, pattern);
        return;
    }
    for (; *pattern; pattern++) {
        if (pattern[0] != ' ' && pattern[1])
            continue;
        if (out->len)
            g_string_append_c(out, ' ');
        /* a word by itself would be `de` or `New` all too often */
        gboolean stands_alone = out->len == 0 && pattern[1] == '\0';
        if (!stands_alone && below(g, 100) < 45)
            g_string_append(out, any_word(g));
        else
            append_blend(g, out);
    }
    g_strdelimit(out->str, ",\t", '-');
}

/* Feature classes and codes in about the shares that they have. */
static const struct {
    char cls;
    const char *code;
    guint per_mille;
} features[] = {
    {'P', "PPL", 330}, {'P', "PPLL", 70}, {'P', "PPLX", 15}, {'P', "PPLA4", 4}, {'P', "PPLA3", 8},
    {'P', "PPLA2", 3}, {'A', "ADM3", 12}, {'A', "ADM4", 25}, {'H', "STM", 110}, {'H', "LK", 30},
    {'H', "WELL", 15}, {'H', "STMI", 30}, {'H', "SPNG", 12}, {'T', "HLL", 45},  {'T', "MT", 45},
    {'T', "ISL", 15},  {'T', "VAL", 12},  {'T', "PT", 10},   {'S', "SCH", 60},  {'S', "CH", 40},
    {'S', "FRM", 40},  {'S', "HTL", 20},  {'S', "AIRP", 2},  {'S', "CMTY", 15}, {'L', "LCTY", 15},
    {'L', "PRK", 12},  {'V', "FRST", 3},  {'R', "RDJCT", 2},
};

static guint any_feature(generator *g)
{
    guint at = below(g, 1000), i = 0;
    while (i + 1 < G_N_ELEMENTS(features) && at >= features[i].per_mille)
        at -= features[i++].per_mille;
    return i;
}

/* One in twelve populated places has a figure; the number of those above x falls as 1/x. */
static guint any_population(generator *g, char cls)
{
    if (cls != 'P' || below(g, 12) != 0)
        return 0;
    double people = 60 / (fraction(g) + 3e-6);
    return (guint)MIN(people, 2e7);
}

static void write_alternates(generator *g, GString *name)
{
    static const char *const tags[] = {"",   "en", "es",   "fr",   "de",   "",
                                       "ru", "pt", "link", "post", "wkdt", "abbr"};
    for (guint n = 1 + below(g, 5); n > 0; n--) {
        make_name(g, name);
        fprintf(g->alternates, "%u\t%u\t%s\t%s\t%s\t\t\t%s\t\t\n", g->alternate_id++, g->id,
                tags[below(g, G_N_ELEMENTS(tags))], name->str, below(g, 6) ? "" : "1",
                below(g, 40) ? "" : "1");
    }
}

static void write_place(generator *g, GString *name, GString *other)
{
    const model *near = any_model(g);
    guint f = any_feature(g);
    double lat_deg = CLAMP(near->lat_deg + fraction(g) - 0.5, -89.9, 89.9);
    double lon_deg = CLAMP(near->lon_deg + fraction(g) - 0.5, -179.9, 179.9);
    char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(lat, sizeof lat, "%.5f", lat_deg);
    g_ascii_formatd(lon, sizeof lon, "%.5f", lon_deg);
    make_name(g, name);
    g_string_truncate(other, 0);
    if (below(g, 100) < 30)
        make_name(g, other);
    g->id += 1 + below(g, 2);
    fprintf(g->dump, "%u\t%s\t%s\t%s\t%s\t%s\t%c\t%s\t%s\t\t%s\t%s\t\t\t%u\t\t%u\t%s\t2024-01-01\n",
            g->id, name->str, name->str, other->str, lat, lon, features[f].cls, features[f].code,
            near->country, near->admin1, near->admin2, any_population(g, features[f].cls),
            below(g, 3000), "Etc/UTC");
    if (below(g, 100) < 16)
        write_alternates(g, other);
    if (below(g, 100) < 3)
        fprintf(g->hierarchy, "%u\t%u\tADM\n", g->id - 1, g->id);
}

static FILE *create(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* `MX.14`, its name twice and its id, from a table of our own.
 * @param name, id  columns there */
static void write_codes(const char *folder, const char *out, const char *table, guint name,
                        guint id)
{
    g_auto(GStrv) lines = read_lines(table);
    FILE *file = create(folder, out);
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) f = g_strsplit(lines[i], "\t", -1);
        fprintf(file, "%s\t%s\t%s\t%s\n", f[0], f[name], f[name], f[id]);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    guint64 rows;
    if (argc != 3 || !g_ascii_string_to_unsigned(argv[1], 10, 1, 100000000, &rows, NULL) ||
        g_mkdir_with_parents(argv[2], 0755) != 0) {
        fprintf(stderr, "usage: geonames_dump ROWS FOLDER\n");
        return 2;
    }
    generator g = {.state = 1,
                   .models = g_array_new(FALSE, FALSE, sizeof(model)),
                   .words = g_ptr_array_new(),
                   .dump = create(argv[2], "allCountries.txt"),
                   .alternates = create(argv[2], "alternateNamesV2.txt"),
                   .hierarchy = create(argv[2], "hierarchy.txt"),
                   .id = 20000000,
                   .alternate_id = 1};
    g_autoptr(GString) name = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    read_models(&g);
    write_codes(argv[2], "admin1CodesASCII.txt", "admin1.tsv", 2, 6);
    write_codes(argv[2], "admin2Codes.txt", "admin2.tsv", 1, 4);
    for (; rows > 0; rows--)
        write_place(&g, name, other);
    int faults = fclose(g.dump) | fclose(g.alternates) | fclose(g.hierarchy);
    g_array_unref(g.models);
    g_ptr_array_unref(g.words);
    return faults ? 1 : 0;
}
