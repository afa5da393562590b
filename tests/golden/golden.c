/* golden EXPECTED CASES TESTS OUT [--update]
 * Draws every case of the table and holds the result against the files of EXPECTED: the map tree and
 * the text formats byte for byte, pictures with the tolerance of design/style.md. Each case is made
 * twice in this process and must come out the same; nothing on it may lie over anything else. --update writes EXPECTED anew; somebody looks at
 * the difference. */
#include "../unit/map_scenes.h"
#include "map/check.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <incmap/output.h>
#include <incmap/pipeline.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A pixel differs when a channel is off by more than this; so many may, as a share of all. */
enum { CHANNEL_TOLERANCE = 8, LEAST_PIXELS = 20, PIXELS_PER_DIFFERING = 10000 };

typedef struct run {
    const char *expected, *out;
    gboolean update;
    const im_gazetteer *gazetteer;
    guint faults;
} run;

G_GNUC_PRINTF(2, 3) static void fault(run *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *line = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "%s\n", line);
    r->faults++;
}

#define MADE_UP "many:" /* so many, spread over Mexico */

static GPtrArray *read_incidents(run *r, const char *path)
{
    g_autoptr(GError) error = NULL;
    if (g_str_has_prefix(path, MADE_UP))
        return scene_many((guint)g_ascii_strtoull(path + strlen(MADE_UP), NULL, 10));
    if (g_str_has_suffix(path, ".csv")) {
        GPtrArray *incidents = im_incidents_read(path, &error);
        if (!incidents)
            fault(r, "%s", error->message);
        return incidents ? im_incidents_join(r->gazetteer, incidents) : NULL;
    }
    const char *inputs[] = {path, NULL};
    im_run_options options = {0};
    g_autoptr(im_run) done = im_run_reports(r->gazetteer, inputs, &options);
    for (guint i = 0; i < done->errors->len; i++)
        fault(r, "%s", ((GError *)done->errors->pdata[i])->message);
    return g_ptr_array_ref(done->incidents);
}

static gboolean same_file(const char *a, const char *b)
{
    g_autofree char *x = NULL, *y = NULL;
    gsize n, m;
    return g_file_get_contents(a, &x, &n, NULL) && g_file_get_contents(b, &y, &m, NULL) && n == m &&
           memcmp(x, y, n) == 0;
}

static gboolean pixels_differ(guint32 a, guint32 b)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > CHANNEL_TOLERANCE)
            return TRUE;
    return FALSE;
}

/* Differing pixels of two PNG files; G_MAXUINT when they cannot be compared. */
static guint count_differing(const char *a, const char *b, guint *allowed)
{
    cairo_surface_t *x = cairo_image_surface_create_from_png(a);
    cairo_surface_t *y = cairo_image_surface_create_from_png(b);
    int width = cairo_image_surface_get_width(x), height = cairo_image_surface_get_height(x);
    guint differing = G_MAXUINT;
    *allowed = MAX((guint)LEAST_PIXELS, (guint)(width * height / PIXELS_PER_DIFFERING));
    if (width > 0 && width == cairo_image_surface_get_width(y) &&
        height == cairo_image_surface_get_height(y)) {
        differing = 0;
        for (int row = 0; row < height; row++) {
            const guint32 *p =
                (const guint32 *)(const void *)(cairo_image_surface_get_data(x) +
                                                row * cairo_image_surface_get_stride(x));
            const guint32 *q =
                (const guint32 *)(const void *)(cairo_image_surface_get_data(y) +
                                                row * cairo_image_surface_get_stride(y));
            for (int column = 0; column < width; column++)
                differing += pixels_differ(p[column], q[column]);
        }
    }
    cairo_surface_destroy(x);
    cairo_surface_destroy(y);
    return differing;
}

static void compare(run *r, const char *made, const char *name)
{
    g_autofree char *expected = g_build_filename(r->expected, name, NULL);
    if (r->update) {
        g_autofree char *bytes = NULL;
        gsize len;
        if (!g_file_get_contents(made, &bytes, &len, NULL) ||
            !g_file_set_contents(expected, bytes, (gssize)len, NULL))
            fault(r, "%s: cannot be updated", name);
    } else if (g_str_has_suffix(name, ".png")) {
        guint allowed, differing = count_differing(made, expected, &allowed);
        if (differing > allowed)
            fault(r, "%s: %u pixels differ from %s, allowed are %u", made, differing, expected,
                  allowed);
    } else if (!same_file(made, expected)) {
        fault(r, "%s: differs from %s", made, expected);
    }
}

/* Marks of a drawing that no title tells of. */
static guint untitled_marks(const xmlNode *node)
{
    guint n = 0;
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            n += untitled_marks(child);
    xmlChar *cls = xmlGetNoNsProp(node, BAD_CAST "class");
    gboolean titled = !cls || !g_str_has_prefix((char *)cls, "mark ");
    xmlFree(cls);
    for (const xmlNode *child = node->children; child && !titled; child = child->next)
        titled = xmlStrEqual(child->name, BAD_CAST "title") && child->children;
    return n + !titled;
}

/* What is written must be read again by those who read such files. */
static void read_again(run *r, const char *path, guint n)
{
    g_autoptr(GError) error = NULL;
    if (g_str_has_suffix(path, ".geojson")) {
        g_autoptr(GPtrArray) again = im_incidents_read(path, &error);
        if (!again || again->len != n)
            fault(r, "%s: %u incidents were written, %u are read", path, n, again ? again->len : 0);
    } else if (g_str_has_suffix(path, ".svg")) {
        xmlDoc *doc = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
        if (!doc)
            fault(r, "%s: no XML", path);
        else if (untitled_marks(xmlDocGetRootElement(doc)) > 0)
            fault(r, "%s: a mark has no title", path);
        xmlFreeDoc(doc);
    }
}

static void write_format(run *r, const im_map *map, const GPtrArray *incidents, const char *name,
                         const char *suffix)
{
    g_autofree char *file = g_strconcat(name, suffix, NULL);
    g_autofree char *first = g_build_filename(r->out, file, NULL);
    g_autofree char *second = g_strconcat(r->out, "/again-", file, NULL);
    g_autoptr(GError) error = NULL;
    const im_output_format *format = im_output_format_find(NULL, first, &error);
    const im_output_data data = {
        .map = map, .incidents = incidents, .credit = im_gazetteer_credit(r->gazetteer)};
    if (!format || !im_output_write(format, &data, first, TRUE, &error) ||
        !im_output_write(format, &data, second, TRUE, &error)) {
        fault(r, "%s: %s", file, error->message);
        return;
    }
    if (!same_file(first, second))
        fault(r, "%s: made twice, not the same", file);
    read_again(r, first, incidents->len);
    compare(r, first, file);
}

static void check_tree(run *r, const im_map *map, const im_map *again, const char *name)
{
    g_autofree char *file = g_strconcat(name, ".map.txt", NULL);
    g_autofree char *path = g_build_filename(r->out, file, NULL);
    g_autofree char *dump = im_map_dump(map), *second = im_map_dump(again);
    if (strcmp(dump, second) != 0)
        fault(r, "%s: laid out twice, not the same", name);
    if (!g_file_set_contents(path, dump, -1, NULL))
        fault(r, "%s: cannot be written", path);
    compare(r, path, file);
}

/* What is to be drawn in another way: `extent=MX style=states theme=dark size=1123x794`. */
static gboolean set_options(im_map_options *options, char **words)
{
    for (; *words; words++) {
        if (g_str_has_prefix(*words, "extent="))
            options->extent = *words + strlen("extent=");
        else if (strcmp(*words, "style=states") == 0)
            options->style = IM_MAP_STATES;
        else if (strcmp(*words, "style=hexagons") == 0)
            options->style = IM_MAP_HEXAGONS;
        else if (g_str_has_prefix(*words, "crs="))
            options->crs = *words + strlen("crs=");
        else if (strcmp(*words, "graticule") == 0)
            options->graticule = TRUE;
        else if (g_str_has_prefix(*words, "boundaries="))
            options->user_boundaries = *words + strlen("boundaries=");
        else if (g_str_has_prefix(*words, "theme="))
            options->theme = *words + strlen("theme=");
        else if (sscanf(*words, "size=%dx%d", &options->width_px, &options->height_px) != 2)
            return FALSE;
    }
    return TRUE;
}

static void check_layout(run *r, const im_map *map, const char *name)
{
    g_autoptr(GString) report = g_string_new(NULL);
    if (im_map_check(map, FALSE, report) > 0)
        fault(r, "%s: %s", name, report->str);
}

static void check_case(run *r, const char *name, const char *input, const char *how,
                       const char *kinds)
{
    g_autoptr(GPtrArray) incidents = read_incidents(r, input);
    if (!incidents)
        return;
    g_autoptr(GError) error = NULL;
    im_map_options options = {
        .width_px = 1000, .height_px = 750, .credit = im_gazetteer_credit(r->gazetteer)};
    g_auto(GStrv) words = g_strsplit(how, " ", *how ? -1 : 0);
    if (!set_options(&options, words)) {
        fault(r, "%s: how it is to be drawn: %s", name, how);
        return;
    }
    g_autoptr(im_map) map = im_map_new(incidents, r->gazetteer, &options, &error);
    g_autoptr(im_map) again = map ? im_map_new(incidents, r->gazetteer, &options, &error) : NULL;
    if (!again) {
        fault(r, "%s: %s", name, error->message);
        return;
    }
    check_layout(r, map, name);
    g_auto(GStrv) each = g_strsplit(kinds, " ", -1);
    for (char **kind = each; *kind; kind++) {
        if (strcmp(*kind, "tree") == 0)
            check_tree(r, map, again, name);
        else
            write_format(r, map, incidents, name, *kind);
    }
}

static void check_table(run *r, const char *table)
{
    g_autofree char *bytes = NULL;
    if (!g_file_get_contents(table, &bytes, NULL, NULL)) {
        fault(r, "%s: cannot be read", table);
        return;
    }
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);
        if (**line && **line != '#' && g_strv_length(cells) == 4)
            check_case(r, cells[0], cells[1], cells[2], cells[3]);
        else if (**line && **line != '#')
            fault(r, "%s: not four columns: %s", table, *line);
    }
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: golden EXPECTED CASES TESTS OUT [--update]\n", stderr);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, &error);
    if (!gazetteer) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    if (g_chdir(argv[3]) != 0) { /* records tell of their report, by the same name everywhere */
        perror(argv[3]);
        return 2;
    }
    run r = {.expected = argv[1],
             .out = argv[4],
             .update = argc > 5 && strcmp(argv[5], "--update") == 0,
             .gazetteer = gazetteer};
    g_mkdir_with_parents(r.out, 0755);
    check_table(&r, argv[2]);
    return r.faults ? 1 : 0;
}
