/* Where results go: outputs, the drawing, lines of JSON. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static char *format_help(void)
{
    const im_output_format *format;
    GString *help = g_string_new("Format of all outputs, instead of by suffix:");
    for (guint i = 0; (format = im_output_format_at(i)); i++)
        g_string_append_printf(help, "%s %s", i ? "," : "", format->name);
    return g_string_free(help, FALSE);
}

void cli_add_outputs(cli *c, cli_outputs *outputs)
{
    g_autofree char *help = format_help();
    cli_add_outputs_of(c, outputs, help);
    cli_add_period(c, &outputs->period);
}

void cli_add_outputs_of(cli *c, cli_outputs *outputs, const char *formats)
{
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME_ARRAY, &outputs->paths,
         "File to write, - for standard output; more than one may be given", "FILE"},
        {"overwrite", 0, 0, G_OPTION_ARG_NONE, &outputs->overwrite, "Replace files that exist",
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    outputs->format_help = g_strdup(formats);
    const GOptionEntry format[] = {
        {"format", 'f', 0, G_OPTION_ARG_FILENAME, &outputs->format, outputs->format_help, "NAME"},
        {"simplestyle", 0, 0, G_OPTION_ARG_NONE, &outputs->simplestyle,
         "GeoJSON says how its points look, for GitHub, geojson.io and their like", NULL},
        {"acled", 0, 0, G_OPTION_ARG_FILENAME, &outputs->acled,
         "Table of ACLED's words for the types, instead of the usual acled.tsv", "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    GOptionGroup *group = cli_add(c, "output", "Output:", entries);
    if (formats)
        g_option_group_add_entries(group, format);
}

int cli_resolve_outputs(const cli *c, cli_outputs *outputs)
{
    g_autoptr(GError) error = NULL;
    if (outputs->acled && !im_acled_use(outputs->acled, &error))
        return cli_fail(c, error);
    int code = cli_resolve_period(c, &outputs->period);
    if (code || (code = cli_resolve_series(c, outputs)))
        return code;
    outputs->formats = g_ptr_array_new();
    for (guint i = 0; outputs->paths && outputs->paths[i]; i++) {
        const char *path = outputs->paths[i];
        if (strcmp(path, "-") == 0 && !outputs->format)
            return cli_misuse(c, "-o -: standard output needs a format, -f");
        const im_output_format *format = im_output_format_find(outputs->format, path, &error);
        const gboolean is_base = outputs->series_days > 0; /* of the names of others */
        if (!format || !im_output_check(path, outputs->overwrite || is_base, &error))
            return cli_fail(c, error);
        for (guint before = 0; before < i; before++)
            if (strcmp(outputs->paths[before], path) == 0)
                return cli_misuse(c, "-o %s: given twice", path);
        g_ptr_array_add(outputs->formats, (gpointer)format);
    }
    return CLI_OK;
}

void cli_default_outputs(cli_outputs *outputs)
{
    static const char *const standard_output[] = {"-", NULL};
    if (!outputs->paths)
        outputs->paths = g_strdupv((char **)standard_output);
    if (!outputs->format && strcmp(outputs->paths[0], "-") == 0 && !outputs->paths[1])
        outputs->format = g_strdup("geojson");
}

void cli_free_outputs(cli_outputs *outputs)
{
    cli_free_period(&outputs->period);
    g_strfreev(outputs->paths);
    g_free(outputs->series);
    g_free(outputs->format);
    g_free(outputs->format_help);
    g_free(outputs->acled);
    g_clear_pointer(&outputs->formats, g_ptr_array_unref);
}

gboolean cli_outputs_need_map(const cli_outputs *outputs)
{
    for (guint i = 0; i < outputs->formats->len; i++)
        if (((const im_output_format *)outputs->formats->pdata[i])->needs_map)
            return TRUE;
    return FALSE;
}

/* Sizes by the name of what they are for; pages at 96 pixels an inch, as in CSS. */
static const struct {
    const char *name;
    int width_px, height_px;
} sizes[] = {
    {"web", 1600, 1200},
    {"social", 1200, 675},
    {"square", 1200, 1200},
    {"a4", 1123, 794},
    {"a4-portrait", 794, 1123},
    {"letter", 1056, 816},
    {"letter-portrait", 816, 1056},
};

static char *describe_sizes(void)
{
    GString *text = g_string_new("Size in pixels, or by name:");
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
        g_string_append_printf(text, "%s %s", i ? "," : "", sizes[i].name);
    g_string_append(text, "; web, 1600x1200, if not given");
    return g_string_free(text, FALSE);
}

enum { UNSET = G_MININT, MOST_CALLOUTS = 50 };
/* What --scale and --dpi are when they are not given: no number that somebody would give. */
static const double NOT_GIVEN = -G_MAXDOUBLE;

void cli_add_drawing(cli *c, cli_drawing *d)
{
    d->scale = d->dpi = NOT_GIVEN;
    d->size_help = describe_sizes();
    d->callouts = UNSET;
    const GOptionEntry entries[] = {
        {"size", 0, 0, G_OPTION_ARG_FILENAME, &d->size, d->size_help, "WxH|NAME"},
        {"scale", 0, 0, G_OPTION_ARG_DOUBLE, &d->scale, "Device pixels a pixel, for PNG", "N"},
        {"dpi", 0, 0, G_OPTION_ARG_DOUBLE, &d->dpi,
         "The same for print, by dots an inch: 300; a pixel is 1/96 inch", "N"},
        {"bbox", 0, 0, G_OPTION_ARG_FILENAME, &d->bbox, "Extent in degrees", "W,S,E,N"},
        {"extent", 0, 0, G_OPTION_ARG_FILENAME, &d->extent,
         "Country or state to show whole: MX, MX-JAL", "CODE"},
        {"title", 0, 0, G_OPTION_ARG_FILENAME, &d->title, "Instead of one made from the data",
         "TEXT"},
        {"subtitle", 0, 0, G_OPTION_ARG_FILENAME, &d->subtitle, "Instead of one made from the data",
         "TEXT"},
        {"boundaries", 0, 0, G_OPTION_ARG_FILENAME, &d->boundaries,
         "Own areas in the place of states: municipalities, districts; any format of GDAL", "FILE"},
        {"layer", 0, 0, G_OPTION_ARG_FILENAME, &d->layer,
         "Layer of --boundaries, where several hold areas", "NAME"},
        {"name-field", 0, 0, G_OPTION_ARG_FILENAME, &d->name_field,
         "Field of --boundaries that holds the names", "FIELD"},
        {"style", 0, 0, G_OPTION_ARG_FILENAME, &d->style,
         "auto, marks, hexagons (that count), states (shaded by how many); auto, if not given",
         "NAME"},
        {"theme", 0, 0, G_OPTION_ARG_FILENAME, &d->theme,
         "light, dark, print (black and white), or a theme file; light, if not given", "NAME|FILE"},
        {"crs", 0, 0, G_OPTION_ARG_FILENAME, &d->crs,
         "Projected reference system, instead of what suits: EPSG:6372, '+proj=utm +zone=13'",
         "CRS"},
        {"graticule", 0, 0, G_OPTION_ARG_NONE, &d->graticule,
         "Draw meridians and parallels; maps of a continent have them anyway", NULL},
        {"callouts", 0, 0, G_OPTION_ARG_INT, &d->callouts,
         "Most important places that tell a short fact: 3; 0 for none", "N"},
        {"disclaimer", 0, 0, G_OPTION_ARG_FILENAME, &d->disclaimer,
         "Say that the boundaries imply no endorsement by NAME: 'the United Nations'", "NAME"},
        {"historic", 0, 0, G_OPTION_ARG_NONE, &d->historic, "Draw what is told as background, too",
         NULL},
        {"stats", 0, 0, G_OPTION_ARG_NONE, &d->stats,
         "One line of JSON on standard error: what the map is, and what was left off it", NULL},
        {"alt-text", 0, 0, G_OPTION_ARG_NONE, &d->alt_text,
         "Print one sentence that says what the map shows", NULL},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "drawing", "Drawing:", entries);
}

static gboolean parse_size(const char *text, int *width, int *height)
{
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++)
        if (g_ascii_strcasecmp(sizes[i].name, text) == 0) {
            *width = sizes[i].width_px;
            *height = sizes[i].height_px;
            return TRUE;
        }
    char *end;
    guint64 w = g_ascii_strtoull(text, &end, 10);
    if (end == text || (*end != 'x' && *end != 'X') || !g_ascii_isdigit(end[1]))
        return FALSE;
    guint64 h = g_ascii_strtoull(end + 1, &end, 10);
    *width = (int)MIN(w, G_MAXINT);
    *height = (int)MIN(h, G_MAXINT);
    return *end == '\0' && w > 0 && h > 0;
}

static gboolean parse_bbox(const char *text, im_bbox *box)
{
    double n[4];
    if (!cli_parse_numbers(text, n, 4))
        return FALSE;
    *box = (im_bbox){n[0], n[1], n[2], n[3]};
    return im_lonlat_is_valid((im_lonlat){n[0], n[1]}) &&
           im_lonlat_is_valid((im_lonlat){n[2], n[3]}) && n[1] < n[3] && n[0] != n[2];
}

static gboolean parse_style(const char *text, im_map_style *style)
{
    static const char *const names[] = {[IM_MAP_AUTO] = "auto",
                                        [IM_MAP_MARKS] = "marks",
                                        [IM_MAP_HEXAGONS] = "hexagons",
                                        [IM_MAP_STATES] = "states"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i], text) == 0) {
            *style = (im_map_style)i;
            return TRUE;
        }
    return FALSE;
}

static gboolean is_text(const char *text)
{
    return !text || g_utf8_validate(text, -1, NULL);
}

/* Device pixels a pixel, 1 when nothing is said of them. @return FALSE when it cannot be */
static gboolean resolve_scale(const cli_drawing *d, double *scale)
{
    static const double CSS_DPI = 96;
    const double given = d->dpi != NOT_GIVEN     ? d->dpi / CSS_DPI
                         : d->scale != NOT_GIVEN ? d->scale
                                                 : 1;
    *scale = given;
    return given >= 0.1 && given <= 8;
}

int cli_resolve_drawing(const cli *c, cli_drawing *d)
{
    im_map_options *options = &d->options;
    if (d->size && !parse_size(d->size, &options->width_px, &options->height_px))
        return cli_misuse(c, "--size %s: neither of the form 1600x1200 nor a name of a size",
                          d->size);
    if (d->scale != NOT_GIVEN && d->dpi != NOT_GIVEN)
        return cli_misuse(c, "--scale and --dpi exclude each other");
    if (!resolve_scale(d, &options->scale))
        return cli_misuse(c, d->dpi != NOT_GIVEN ? "--dpi: a number from 9.6 to 768"
                                                 : "--scale: a number from 0.1 to 8");
    if (d->bbox && !parse_bbox(d->bbox, &d->box))
        return cli_misuse(c, "--bbox %s: not west,south,east,north in degrees", d->bbox);
    if (d->bbox && d->extent)
        return cli_misuse(c, "--bbox and --extent exclude each other");
    if (d->name_field && !d->boundaries)
        return cli_misuse(c, "--name-field needs --boundaries");
    if (d->callouts != UNSET && (d->callouts < 0 || d->callouts > MOST_CALLOUTS))
        return cli_misuse(c, "--callouts %d: not 0 to %d", d->callouts, MOST_CALLOUTS);
    if (d->layer && !d->boundaries)
        return cli_misuse(c, "--layer needs --boundaries");
    im_map_style style = IM_MAP_AUTO;
    if (d->style && !parse_style(d->style, &style))
        return cli_misuse(c, "--style %s: not auto, marks, hexagons or states", d->style);
    if (!is_text(d->title) || !is_text(d->subtitle) || !is_text(d->disclaimer) || !is_text(d->crs))
        return cli_misuse(c, "--title, --subtitle, --disclaimer, --crs: not valid UTF-8");
    options->bbox = d->bbox ? &d->box : NULL;
    options->extent = d->extent;
    options->title = d->title;
    options->subtitle = d->subtitle;
    options->crs = d->crs;
    options->callouts = d->callouts == UNSET ? 0 : d->callouts == 0 ? -1 : d->callouts;
    options->graticule = d->graticule;
    options->disclaimer = d->disclaimer;
    options->user_boundaries = d->boundaries;
    options->boundaries_layer = d->layer;
    options->name_field = d->name_field;
    options->style = style;
    options->theme = d->theme;
    options->historic = d->historic;
    return CLI_OK;
}

void cli_free_drawing(cli_drawing *d)
{
    g_free(d->size);
    g_free(d->size_help);
    g_free(d->bbox);
    g_free(d->extent);
    g_free(d->title);
    g_free(d->subtitle);
    g_free(d->crs);
    g_free(d->disclaimer);
    g_free(d->boundaries);
    g_free(d->layer);
    g_free(d->name_field);
    g_free(d->theme);
    g_free(d->style);
}

/* Asks for huge pages for the 32 MB (a segment of mimalloc 2) around the blocks that come next: a map of 50 places
 * touches most of it once, which is 8,000 times in pages of 4 KB. Advice only: nothing depends on it. */
static void prefer_huge_pages(void)
{
    const gsize segment = 32 * 1024 * 1024;
    g_autofree char *block = g_malloc(1);
    madvise((char *)((gsize)block / segment * segment), segment, MADV_HUGEPAGE);
}

void cli_tell_map(const cli *c, const cli_drawing *d, const im_map *map)
{
    const GPtrArray *dropped = im_map_dropped(map), *faults = im_map_faults(map);
    for (guint i = 0; i < dropped->len; i++)
        cli_mention(c, "left off the map: %s", (const char *)dropped->pdata[i]);
    for (guint i = 0; i < faults->len; i++)
        cli_warn(c, "%s", (const char *)faults->pdata[i]);
    g_autofree char *stats = d->stats ? im_map_to_json(map) : NULL;
    if (stats)
        fputs(stats, stderr);
}

static im_map *draw(const cli *c, cli_drawing *d, const im_gazetteer *gazetteer,
                    const GPtrArray *incidents, GError **error)
{
    prefer_huge_pages();
    im_map *map = im_map_new(incidents, gazetteer, &d->options, error);
    if (map)
        cli_tell_map(c, d, map);
    return map;
}

/* Nothing is left out in silence. */
static void say_left_out(const im_output_format *format, const char *path,
                         const GPtrArray *incidents)
{
    guint n = 0;
    for (guint i = 0; format->places_only && i < incidents->len; i++)
        n += !((const im_incident *)incidents->pdata[i])->has_geometry;
    if (n > 0)
        cli_say(
            "%s: records left out because they have no position: %u; gpkg, geojson and csv hold "
            "them",
            path, n);
}

gboolean cli_write_file(const im_output_format *format, const im_output_data *data,
                        const char *path, gboolean overwrite, GError **error)
{
    if (!im_output_write(format, data, path, overwrite, error))
        return FALSE;
    say_left_out(format, path, data->incidents);
    return TRUE;
}

int cli_write(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
              const im_gazetteer *gazetteer, const GPtrArray *incidents, const char *const *notes)
{
    if (drawing)
        drawing->options.credit = im_gazetteer_credit(gazetteer);
    if (outputs->series_days)
        return cli_write_series(c, outputs, drawing, gazetteer, incidents, notes);
    if (drawing)
        drawing->options.notes = notes;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_map) map = NULL;
    g_autoptr(GPtrArray) chosen = cli_period_is_set(&outputs->period)
                                      ? cli_choose_period(c, &outputs->period, incidents)
                                      : NULL;
    if (chosen)
        incidents = chosen;
    if ((drawing && drawing->alt_text) || cli_outputs_need_map(outputs)) {
        map = draw(c, drawing, gazetteer, incidents, &error);
        if (!map)
            return cli_fail(c, error);
    }
    im_output_data data = {map, incidents, im_gazetteer_credit(gazetteer), outputs->simplestyle};
    for (guint i = 0; i < outputs->formats->len; i++)
        if (!cli_write_file(outputs->formats->pdata[i], &data, outputs->paths[i],
                            outputs->overwrite, &error))
            return cli_fail(c, error);
    if (drawing && drawing->alt_text)
        printf("%s\n", im_map_alt_text(map));
    return CLI_OK;
}

enum { MAX_NAMES_IN_NOTE = 8 };

/* The note beside the map on names that are no place of the gazetteer, or NULL. */
static char *not_found_note(const im_run *run)
{
    g_autoptr(GArray) names = im_missing_names(run->missing);
    guint n = names->len, shown = MIN(n, (guint)MAX_NAMES_IN_NOTE);
    if (n == 0)
        return NULL;
    GString *note = g_string_new("Not found in the gazetteer: ");
    for (guint i = 0; i < shown; i++)
        g_string_append_printf(note, "%s%s", i ? ", " : "",
                               g_array_index(names, im_missing_name, i).name);
    if (n > shown)
        g_string_append_printf(note, " and %u more", n - shown);
    return g_string_free(note, FALSE);
}

int cli_write_run(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
                  const im_gazetteer *gazetteer, const im_run *run)
{
    g_autofree char *note = not_found_note(run);
    const char *notes[] = {note, NULL};
    return cli_write(c, outputs, drawing, gazetteer, run->incidents, notes);
}

typedef struct line_writer {
    im_output_stream *stream;
    gboolean on_terminal; /* the lines show how far it is */
    guint n_failed;
    im_missing *missing;
} line_writer;

static gboolean write_line(im_analysis *a, gpointer data, GError **error)
{
    line_writer *w = data;
    if (a->report->error) {
        cli_say("%s", a->report->error->message);
        w->n_failed++;
    } else {
        im_missing_add(w->missing, a->report, a->mentions);
    }
    if (w->on_terminal)
        cli_progress_end();
    return !a->lines || im_output_stream_write(w->stream, a->lines->str, a->lines->len, error);
}

int cli_write_lines(const cli *c, const cli_outputs *outputs, const cli_reading *reading,
                    const char *const *inputs)
{
    g_autoptr(GError) error = NULL;
    if (outputs->format)
        return cli_misuse(c, "-f: lines of JSON have no other format");
    if (outputs->paths && outputs->paths[0] && outputs->paths[1])
        return cli_misuse(c, "-o: lines of JSON go to one output");
    const char *path = outputs->paths ? outputs->paths[0] : "-";
    g_autoptr(im_output_stream) stream = im_output_stream_open(path, outputs->overwrite, &error);
    gboolean on_terminal = strcmp(path, "-") == 0 && isatty(STDOUT_FILENO);
    g_autoptr(im_missing) missing = im_missing_new();
    line_writer w = {stream, on_terminal, 0, missing};
    im_run_options options = reading->options;
    options.json_lines = TRUE;
    if (!stream || !im_run_each(reading->gazetteer, inputs, &options, write_line, &w, &error) ||
        !im_output_stream_finish(stream, &error))
        return cli_fail(c, error);
    int code = cli_tell_missing(c, reading, missing);
    return code ? code : w.n_failed ? CLI_INPUT : CLI_OK;
}
