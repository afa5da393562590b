/* --series: a map a day or a week, which can be compared, and a page that shows them. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* A year of days, and some more; whoever wants more says which by --since and --until. */
enum { MOST_PERIODS = 400, DAYS_A_WEEK = 7 };

#define MOST_PERIODS_TEXT "400"

/* Records by period. */
typedef struct series {
    const cli *c;
    const cli_outputs *outputs;
    const cli_drawing *drawing;
    const im_gazetteer *gazetteer;
    GPtrArray *entries; /* of im_series_entry * */
    GPtrArray *chosen;  /* of GPtrArray *: incidents of each, for files of data */
    GPtrArray *notes;   /* of char * */
    char *title;        /* of the maps; NULL as long as none was drawn */
} series;

void cli_add_series(cli *c, cli_outputs *outputs)
{
    const GOptionEntry entries[] = {
        {"series", 0, 0, G_OPTION_ARG_FILENAME, &outputs->series,
         "A map a day or a week, all with one extent and one legend, and a page that shows them; "
         "-o map.png writes map-2026-02-20.png or map-2026-W08.png and so on, and map-index.html; "
         "at most " MOST_PERIODS_TEXT,
         "day|week"},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "series", "Series:", entries);
}

int cli_resolve_series(const cli *c, cli_outputs *outputs)
{
    const char *text = outputs->series;
    if (!text)
        return CLI_OK;
    outputs->series_days = strcmp(text, "day") == 0    ? 1
                           : strcmp(text, "week") == 0 ? DAYS_A_WEEK
                                                       : 0;
    if (!outputs->series_days)
        return cli_misuse(c, "--series %s: neither day nor week", text);
    for (guint i = 0; outputs->paths && outputs->paths[i]; i++)
        if (strcmp(outputs->paths[i], "-") == 0)
            return cli_misuse(c, "-o -: --series writes more than one file");
    return CLI_OK;
}

static void entry_free(gpointer data)
{
    im_series_entry *entry = data;
    g_ptr_array_unref((GPtrArray *)entry->period.incidents);
    g_free(entry->name);
    g_free(entry->alt_text);
    g_strfreev(entry->files);
    g_free(entry);
}

static void list_free(gpointer data)
{
    g_ptr_array_unref(data);
}

/* ---- which periods ---- */

/* Background is drawn only when asked for, and no period begins with it. */
static gboolean is_told(const series *s, const im_incident *incident)
{
    return incident->status != IM_STATUS_HISTORIC || s->drawing->options.historic;
}

/* Says what is on no map, here and on the page. */
static void note(const series *s, const char *why, guint n)
{
    if (n == 0)
        return;
    cli_warn(s->c, "incidents on no map, for %s: %u", why, n);
    g_ptr_array_add(s->notes, g_strdup_printf("Incidents on no map, for %s: %u", why, n));
}

/* The first day of the period that a day is in. */
static im_day begin_of(im_day day, guint days)
{
    return days == DAYS_A_WEEK ? day + 1 - (im_day)im_day_weekday(day) : day;
}

/* Whether it is not known in which of several periods an incident was. */
static gboolean is_vague(const im_incident *incident, guint days)
{
    enum { A_WEEK = 2 };
    return incident->time_precision >= A_WEEK &&
           begin_of(incident->date_start, days) !=
               begin_of(MAX(incident->date_start, incident->date_end), days);
}

/* The days from the first to the last on which something happened, or what is planned where nothing has; bounds that were
 * asked for count instead. @return FALSE when there are none */
static gboolean find_range(const series *s, const GPtrArray *dated, im_day *since, im_day *until)
{
    const cli_period *p = &s->outputs->period;
    im_day first = G_MAXUINT32, last = cli_newest_day(dated, *until);
    const gboolean has_happened = last != IM_DAY_NONE;
    for (guint i = 0; i < dated->len; i++) {
        const im_incident *incident = dated->pdata[i];
        if (has_happened && incident->status == IM_STATUS_PLANNED)
            continue;
        first = MIN(first, incident->date_start);
        last = has_happened ? last : MAX(last, incident->date_start);
    }
    const gboolean is_bound = p->since_text || p->days.n_days;
    *since = is_bound ? *since : begin_of(first, s->outputs->series_days); /* a whole week */
    *until = p->until_text || p->days.n_days ? *until : last;
    return *since <= *until && dated->len > 0;
}

static char *name_of(im_day day, guint days)
{
    int year, week;
    char iso[IM_DAY_ISO_SIZE];
    if (days == 1)
        return g_strdup(im_day_format_iso(day, iso));
    im_day_to_iso_week(day, &year, &week);
    return g_strdup_printf("%04d-W%02d", year, week);
}

/* `out/map.png` → `out/map-2026-02-20.png`; for `suffix` the end of that name. */
static char *path_of(const char *path, const char *name, const char *suffix)
{
    const char *slash = strrchr(path, '/'), *begin = slash ? slash + 1 : path;
    const char *dot = *begin ? strrchr(begin + 1, '.') : NULL;
    const char *end = dot ? dot : path + strlen(path);
    return g_strdup_printf("%.*s-%s%s", (int)(end - path), path, name, suffix ? suffix : end);
}

/* A file as seen from the folder of another. */
static char *relative(const char *file, const char *from)
{
    g_autofree char *to = g_canonicalize_filename(file, NULL),
                    *base = g_canonicalize_filename(from, NULL);
    gsize common = 0;
    for (gsize i = 0; to[i] && to[i] == base[i]; i++)
        if (to[i] == '/')
            common = i + 1;
    GString *out = g_string_new(NULL);
    for (const char *p = base + common; (p = strchr(p, '/')); p++)
        g_string_append(out, "../");
    g_string_append(out, to + common);
    return g_string_free(out, FALSE);
}

static char *page_path(const series *s)
{
    char **paths = s->outputs->paths;
    return paths && paths[0] ? path_of(paths[0], "index", ".html") : NULL;
}

/* Takes the incidents over. */
static void add_entry(const series *s, im_day first, im_day last, GPtrArray *chosen)
{
    g_autofree char *page = page_path(s);
    im_series_entry *entry = g_new0(im_series_entry, 1);
    GPtrArray *counted = g_ptr_array_new();
    for (guint i = 0; i < chosen->len; i++)
        if (is_told(s, chosen->pdata[i]))
            g_ptr_array_add(counted, chosen->pdata[i]);
    entry->name = name_of(first, s->outputs->series_days);
    entry->period = (im_map_period){first, last, counted};
    entry->files = g_new0(char *, s->outputs->formats->len + 1);
    for (guint i = 0; i < s->outputs->formats->len; i++) {
        g_autofree char *path = path_of(s->outputs->paths[i], entry->name, NULL);
        entry->files[i] = relative(path, page);
    }
    g_ptr_array_add(s->entries, entry);
    g_ptr_array_add(s->chosen, chosen);
}

/* @param since, until  which days */
static int divide(const series *s, const GPtrArray *dated, im_day since, im_day until)
{
    const guint days = s->outputs->series_days;
    const im_day begin = begin_of(since, days);
    const guint n = (until - begin) / days + 1;
    char from[IM_DAY_ISO_SIZE], to[IM_DAY_ISO_SIZE];
    if (n > MOST_PERIODS)
        return cli_misuse(s->c,
                          "--series %s: from %s to %s are %u maps, more than %d; choose days with "
                          "--since, --until or --last",
                          s->outputs->series, im_day_format_iso(since, from),
                          im_day_format_iso(until, to), n, MOST_PERIODS);
    for (guint k = 0; k < n; k++) {
        const im_day first = MAX(begin + k * days, since),
                     last = MIN(begin + k * days + days - 1, until);
        GPtrArray *chosen = g_ptr_array_new();
        for (guint i = 0; i < dated->len; i++)
            if (cli_is_within(dated->pdata[i], first, last) && !is_vague(dated->pdata[i], days))
                g_ptr_array_add(chosen, dated->pdata[i]);
        add_entry(s, first, last, chosen);
    }
    return CLI_OK;
}

/* Says what is left out, of what was asked for and is told. */
static void tell_left_out(const series *s, const GPtrArray *incidents, im_day until)
{
    im_day since_asked, until_asked;
    guint n_undated = 0, n_vague = 0, n_later = 0;
    cli_period_bounds(&s->outputs->period, incidents, &since_asked, &until_asked);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = incidents->pdata[i];
        n_undated += incident->date_start == IM_DAY_NONE;
        if (!is_told(s, incident) || !cli_is_within(incident, since_asked, until_asked))
            continue;
        if (is_vague(incident, s->outputs->series_days))
            n_vague++;
        else
            n_later += incident->date_start > until;
    }
    note(s, "they have no date", n_undated);
    note(s, s->outputs->series_days == 1 ? "their day is not known" : "their week is not known",
         n_vague);
    note(s, "they are planned for later", n_later);
}

/* ---- what is written ---- */

/* All that is to be written may be, before there is work to lose. */
static gboolean check_files(const series *s, GError **error)
{
    const gboolean overwrite = s->outputs->overwrite;
    g_autofree char *page = page_path(s);
    for (guint k = 0; k < s->entries->len; k++)
        for (guint i = 0; i < s->outputs->formats->len; i++) {
            const im_series_entry *entry = s->entries->pdata[k];
            g_autofree char *path = path_of(s->outputs->paths[i], entry->name, NULL);
            if (!im_output_check(path, overwrite, error))
                return FALSE;
        }
    return !page || im_output_check(page, overwrite, error);
}

static gboolean write_period(const im_map *map, guint k, gpointer data, GError **error)
{
    series *s = data;
    im_series_entry *entry = s->entries->pdata[k];
    const cli_outputs *o = s->outputs;
    const im_output_data written = {map, s->chosen->pdata[k], im_gazetteer_credit(s->gazetteer),
                                    o->simplestyle};
    if (map) {
        cli_tell_map(s->c, s->drawing, map);
        entry->alt_text = g_strdup(im_map_alt_text(map));
        s->title = s->title ? s->title : g_strdup(im_map_title(map));
    }
    for (guint i = 0; i < o->formats->len; i++) {
        g_autofree char *path = path_of(o->paths[i], entry->name, NULL);
        if (!cli_write_file(o->formats->pdata[i], &written, path, o->overwrite, error))
            return FALSE;
    }
    if (map && s->drawing->alt_text)
        printf("%s\n", im_map_alt_text(map));
    return TRUE;
}

static gboolean write_periods(series *s, GError **error)
{
    const gboolean needs_map = s->drawing->alt_text || cli_outputs_need_map(s->outputs);
    g_autoptr(GArray) periods = g_array_new(FALSE, FALSE, sizeof(im_map_period));
    gboolean ok = TRUE;
    for (guint k = 0; k < s->entries->len; k++) {
        im_map_period period = ((const im_series_entry *)s->entries->pdata[k])->period;
        period.incidents = s->chosen->pdata[k];
        g_array_append_val(periods, period);
    }
    if (needs_map)
        return im_map_series(periods, s->gazetteer, &s->drawing->options, write_period, s, error);
    for (guint k = 0; ok && k < s->entries->len; k++)
        ok = write_period(NULL, k, s, error);
    return ok;
}

static gboolean write_page(const series *s, GError **error)
{
    enum { WIDTH_PX = 1600, HEIGHT_PX = 1200 }; /* as im_map_options has them */
    const im_map_options *options = &s->drawing->options;
    g_autofree char *path = page_path(s);
    g_ptr_array_add(s->notes, NULL);
    const im_series_page page = {.title = s->title ? s->title : options->title,
                                 .entries = s->entries,
                                 .formats =
                                     (const im_output_format *const *)s->outputs->formats->pdata,
                                 .width_px = options->width_px ? options->width_px : WIDTH_PX,
                                 .height_px = options->height_px ? options->height_px : HEIGHT_PX,
                                 .notes = (const char *const *)s->notes->pdata};
    return !path || im_series_page_write(&page, path, s->outputs->overwrite, error);
}

static int make_series(series *s, const GPtrArray *incidents)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) dated = g_ptr_array_new(), told = g_ptr_array_new();
    im_day since, until;
    cli_period_bounds(&s->outputs->period, incidents, &since, &until);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = incidents->pdata[i];
        if (incident->date_start == IM_DAY_NONE)
            continue;
        g_ptr_array_add(dated, incident);
        if (is_told(s, incident) && !is_vague(incident, s->outputs->series_days))
            g_ptr_array_add(told, incident);
    }
    if (!find_range(s, told, &since, &until)) {
        cli_say("--series: no incident whose %s is known%s; nothing was written",
                s->outputs->series,
                cli_period_is_set(&s->outputs->period) ? " among the days chosen" : "");
        return CLI_INPUT;
    }
    int code = divide(s, dated, since, until);
    if (code)
        return code;
    tell_left_out(s, incidents, until);
    return check_files(s, &error) && write_periods(s, &error) && write_page(s, &error)
               ? CLI_OK
               : cli_fail(s->c, error);
}

int cli_write_series(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
                     const im_gazetteer *gazetteer, const GPtrArray *incidents,
                     const char *const *notes)
{
    series s = {.c = c, .outputs = outputs, .drawing = drawing, .gazetteer = gazetteer};
    s.entries = g_ptr_array_new_with_free_func(entry_free);
    s.chosen = g_ptr_array_new_with_free_func(list_free);
    s.notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; notes && notes[i]; i++)
        g_ptr_array_add(s.notes, g_strdup(notes[i]));
    const int code = make_series(&s, incidents);
    g_ptr_array_unref(s.entries);
    g_ptr_array_unref(s.chosen);
    g_ptr_array_unref(s.notes);
    g_free(s.title);
    return code;
}
