/* The map as a page to explore: the drawing of svg.c with a list of what is told, in one file that asks nothing of
 * the network. Style and script are those of page/, and no others run (Content Security Policy, level 3). */
#include "output/draw.h"
#include "output/markup.h"
#include "output/on_demand.h"

#include "base/xml.h"
#include "map/palette.h"
#include "map/words.h"

#include "page_files.inc"

#include <string.h>

/* Of more incidents nobody reads a list; of more sources of one, neither. */
enum { MOST_LISTED = 5000, MOST_SOURCES = 5 };

/* Text after ` · `, or alone at the beginning of a line. */
static void append_fact(GString *line, const char *text)
{
    if (!text || !*text)
        return;
    if (line->len > 0)
        g_string_append(line, " · ");
    g_string_append(line, text);
}

/* ---- head ---- */

static void append_policy(GString *out)
{
    g_string_append(out,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; style-src ");
    im_markup_hash(out, page_css, sizeof page_css - 1);
    g_string_append(out, "; script-src ");
    im_markup_hash(out, page_js, sizeof page_js - 1);
    g_string_append(out, "\"/>\n");
}

static void append_head(GString *out, const im_map *map)
{
    const gboolean dark = im_readable_on(map->background) == 0xFFFFFFFF;
    g_string_append_printf(out,
                           "<!DOCTYPE html>\n<html lang=\"en\"%s>\n<head>\n"
                           "<meta charset=\"utf-8\"/>\n",
                           dark ? " class=\"dark\"" : "");
    append_policy(out);
    g_string_append(
        out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta "
             "name=\"generator\" content=\"incmap\"/>\n<meta name=\"description\"");
    im_markup_attribute(out, "content", map->alt_text ? map->alt_text : "");
    g_string_append(out, "/>\n");
    im_markup_element(out, "title", NULL, map->title ? map->title : "");
    g_string_append_printf(out, "\n<style>%s</style>\n</head>\n", page_css);
}

/* ---- filters ---- */

static void append_types(GString *out, const GPtrArray *incidents)
{
    guint counts[IM_INCIDENT_N_TYPES] = {0};
    for (guint i = 0; i < incidents->len; i++)
        counts[((const im_incident *)incidents->pdata[i])->type]++;
    g_string_append(out, "<fieldset class=\"types\"><legend>What</legend>\n");
    for (guint type = 1; type < IM_INCIDENT_N_TYPES; type++)
        if (counts[type] > 0)
            g_string_append_printf(out,
                                   "<label><input type=\"checkbox\" name=\"type\" value=\"%s\" "
                                   "checked=\"\"/> %s (%u)</label>\n",
                                   im_incident_type_name(type), im_words_type(type), counts[type]);
    g_string_append(out, "</fieldset>\n");
}

static void append_filters(GString *out, const GPtrArray *incidents)
{
    g_string_append(out, "<form id=\"filters\" hidden=\"\">\n");
    append_types(out, incidents);
    g_string_append(
        out, "<fieldset class=\"dates\"><legend>When</legend>\n"
             "<label>from <input type=\"date\" name=\"from\"/></label>\n"
             "<label>to <input type=\"date\" name=\"to\"/></label>\n</fieldset>\n"
             "<input class=\"search\" type=\"search\" name=\"words\" "
             "placeholder=\"Place, actor, words of a report\" aria-label=\"Search\"/>\n</form>\n");
}

/* ---- the list ---- */

/* The ids of what has a mark of its own. */
static GHashTable *ids_of_marks(const im_map *map)
{
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = map->layers->pdata[i];
        for (guint k = 0; k < layer->items->len; k++) {
            const im_item *item = layer->items->pdata[k];
            if (item->kind == IM_ITEM_GROUP && item->id)
                g_hash_table_add(ids, item->id);
        }
    }
    return ids;
}

/* The id of the mark that shows an incident, or NULL. */
static const char *mark_of(const im_map *map, GHashTable *marks, const im_incident *incident)
{
    const char *other = g_hash_table_lookup(map->shown_by, incident->id);
    return other ? other : g_hash_table_contains(marks, incident->id) ? incident->id : NULL;
}

/* What is listed: all that the map shows or tells of; background only where it is drawn. Borrowed. */
static GPtrArray *choose_listed(const im_map *map, GHashTable *marks, const GPtrArray *incidents)
{
    GPtrArray *listed = g_ptr_array_new();
    for (guint i = 0; i < incidents->len && listed->len < MOST_LISTED; i++) {
        im_incident *incident = incidents->pdata[i];
        if (incident->status != IM_STATUS_HISTORIC || mark_of(map, marks, incident))
            g_ptr_array_add(listed, incident);
    }
    return listed;
}

/* Addresses come from reports: only those of the web are linked. */
static gboolean is_web_address(const char *url)
{
    return url && (g_ascii_strncasecmp(url, "https://", 8) == 0 ||
                   g_ascii_strncasecmp(url, "http://", 7) == 0);
}

static void append_source(GString *out, const im_source *source)
{
    char day[IM_DAY_ISO_SIZE];
    g_autoptr(GString) facts = g_string_new(NULL);
    if (source->quote && *source->quote)
        im_markup_element(out, "blockquote", NULL, source->quote);
    append_fact(facts, im_source_name(source));
    if (source->date != IM_DAY_NONE)
        append_fact(facts, im_day_format_iso(source->date, day));
    append_fact(facts, source->headline);
    if (facts->len == 0)
        return;
    g_string_append(out, "<p class=\"cite\">");
    if (is_web_address(source->url)) {
        g_string_append(out, "<a rel=\"noopener noreferrer nofollow\"");
        im_markup_attribute(out, "href", source->url);
        g_string_append_c(out, '>');
    }
    im_xml_append(out, facts->str);
    g_string_append(out, is_web_address(source->url) ? "</a></p>\n" : "</p>\n");
}

/* "8 killed, 3 injured, 2 arrested" */
static void append_people(GString *line, const im_incident *incident)
{
    const struct {
        int n;
        const char *what;
    } people[] = {{incident->deaths_best, "killed"},
                  {incident->injured, "injured"},
                  {incident->arrested, "arrested"},
                  {incident->abducted, "abducted"}};
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(people); i++) {
        if (people[i].n <= 0)
            continue;
        g_autofree char *number = im_words_number(people[i].n);
        g_string_append_printf(all, "%s%s %s", all->len ? ", " : "", number, people[i].what);
    }
    append_fact(line, all->str);
}

static void append_facts(GString *out, const im_incident *incident)
{
    g_autoptr(GString) line = g_string_new(NULL), where = g_string_new(im_words_place(incident));
    g_autofree char *period = im_words_period(incident->date_start, incident->date_end);
    const char *containers[] = {incident->admin1, incident->country};
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        if (containers[i] && *containers[i] && strcmp(containers[i], im_words_place(incident)) != 0)
            g_string_append_printf(where, ", %s", containers[i]);
    append_fact(line, im_words_type(incident->type));
    append_fact(line, where->str);
    append_fact(line, period);
    append_people(line, incident);
    if (incident->status != IM_STATUS_OCCURRED)
        append_fact(line, im_incident_status_name(incident->status));
    im_markup_element(out, "p", "facts", line->str);
    g_string_append_c(out, '\n');
}

static void append_day(GString *out, const char *name, im_day day)
{
    char iso[IM_DAY_ISO_SIZE];
    if (day != IM_DAY_NONE)
        im_markup_attribute(out, name, im_day_format_iso(day, iso));
}

static void append_incident(GString *out, const im_incident *incident, const char *mark)
{
    g_string_append(out, "<li");
    if (mark)
        im_markup_attribute(out, "data-mark", mark);
    im_markup_attribute(out, "data-type", im_incident_type_name(incident->type));
    append_day(out, "data-first", incident->date_start);
    append_day(out, "data-last", incident->date_end);
    g_string_append(out, ">\n<h2><button type=\"button\">");
    im_xml_append(out, incident->title && *incident->title ? incident->title
                                                           : im_words_type(incident->type));
    g_string_append(out, "</button></h2>\n");
    append_facts(out, incident);
    for (guint i = 0; i < MIN(incident->sources->len, (guint)MOST_SOURCES); i++)
        append_source(out, incident->sources->pdata[i]);
    g_string_append(out, "</li>\n");
}

static void append_list(GString *out, const im_map *map, const GPtrArray *incidents)
{
    g_autoptr(GHashTable) marks = ids_of_marks(map);
    g_autoptr(GPtrArray) listed = choose_listed(map, marks, incidents);
    append_filters(out, listed);
    g_string_append_printf(
        out, "<p id=\"count\" class=\"count\" role=\"status\">%u incidents</p>\n", listed->len);
    if (listed->len == MOST_LISTED)
        g_string_append_printf(out, "<p class=\"count\">The first %u of %u.</p>\n", listed->len,
                               incidents->len);
    g_string_append(out, "<ol class=\"incidents\">\n");
    for (guint i = 0; i < listed->len; i++)
        append_incident(out, listed->pdata[i], mark_of(map, marks, listed->pdata[i]));
    g_string_append(out, "</ol>\n");
}

static gboolean write_html(const im_output_data *data, GString *out, GError **error)
{
    const im_map *map = data->map;
    append_head(out, map);
    g_string_append(out, "<body>\n");
    im_markup_element(out, "h1", "hidden-title", map->title ? map->title : "");
    g_string_append(out, "\n<main>\n<div class=\"map\">\n");
    if (!im_map_to_svg(map, out, error))
        return FALSE;
    g_string_append(out,
                    "<div class=\"controls\" hidden=\"\">"
                    "<button id=\"zoom-in\" type=\"button\" aria-label=\"Magnify\">+</button>"
                    "<button id=\"zoom-out\" type=\"button\" aria-label=\"Reduce\">−</button>"
                    "<button id=\"zoom-home\" type=\"button\" aria-label=\"Whole map\">⌂</button>"
                    "</div>\n</div>\n<aside aria-label=\"Incidents\">\n");
    append_list(out, map, data->incidents);
    im_markup_element(out, "p", "sources", map->source_line ? map->source_line : "");
    g_string_append_printf(out, "\n</aside>\n</main>\n<script>%s</script>\n</body>\n</html>\n",
                           page_js);
    return TRUE;
}

const im_writer im_draw_html = {write_html};
