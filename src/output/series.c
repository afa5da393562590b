/* The page of a series: its pictures side by side, to be looked through. No script, and nothing but the pictures beside it
 * is loaded (Content Security Policy, level 3). */
#include "output/markup.h"
#include "output/on_demand.h"

#include "map/words.h"

#include "series_page.inc"

#include <string.h>

static void append_head(GString *out, const char *title)
{
    g_string_append(out,
                    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; img-src 'self' file:; style-src ");
    im_markup_hash(out, series_css, sizeof series_css - 1);
    g_string_append(
        out, "\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
             "<meta name=\"generator\" content=\"incmap\"/>\n");
    im_markup_element(out, "title", NULL, title);
    g_string_append_printf(out, "\n<style>%s</style>\n</head>\n", series_css);
}

/* `12 incidents`, `1 incident`. */
static char *amount_of(guint n)
{
    g_autofree char *number = im_words_number((int)n);
    return g_strdup_printf("%s incident%s", n ? number : "No", n == 1 ? "" : "s");
}

/* "12 incidents: 7 × Attack, 5 × Roadblock" */
static char *count_incidents(const GPtrArray *incidents)
{
    guint counts[IM_INCIDENT_N_TYPES] = {0};
    const char *separator = ": ";
    g_autofree char *amount = amount_of(incidents->len);
    GString *text = g_string_new(amount);
    for (guint i = 0; i < incidents->len; i++)
        counts[((const im_incident *)incidents->pdata[i])->type]++;
    for (guint type = 0; type < IM_INCIDENT_N_TYPES; type++) {
        if (counts[type] == 0)
            continue;
        g_string_append_printf(text, "%s%s (%u)", separator, im_words_type(type), counts[type]);
        separator = ", ";
    }
    return g_string_free(text, FALSE);
}

/* The address of a file beside the page. In front of a name with a colon something must stand, or it were a scheme
 * (RFC 3986, 4.2). */
static char *address_of(const char *file)
{
    g_autofree char *escaped = g_uri_escape_string(file, "/", FALSE);
    return g_strconcat(g_str_has_prefix(escaped, "../") ? "" : "./", escaped, NULL);
}

/* Which of the files a browser shows as a picture: the first PNG, else SVG. @return its index, or -1 */
static int picture_of(const im_series_page *page, const im_series_entry *entry)
{
    static const char *const shown[] = {"png", "svg"};
    for (guint k = 0; k < G_N_ELEMENTS(shown); k++)
        for (int i = 0; entry->files[i]; i++)
            if (strcmp(page->formats[i]->name, shown[k]) == 0)
                return i;
    return -1;
}

static void append_picture(GString *out, const im_series_page *page, const im_series_entry *entry)
{
    const int i = picture_of(page, entry);
    if (i < 0 && entry->alt_text)
        im_markup_element(out, "p", NULL, entry->alt_text);
    if (i < 0)
        return;
    g_autofree char *address = address_of(entry->files[i]);
    g_string_append(out, "<a");
    im_markup_attribute(out, "href", address);
    g_string_append(out, "><img loading=\"lazy\"");
    im_markup_attribute(out, "src", address);
    im_markup_attribute(out, "alt", entry->alt_text ? entry->alt_text : "");
    g_string_append_printf(out, " width=\"%d\" height=\"%d\"/></a>\n", page->width_px,
                           page->height_px);
}

static void append_files(GString *out, const im_series_page *page, const im_series_entry *entry)
{
    g_string_append(out, "<ul class=\"files\">\n");
    for (guint i = 0; entry->files[i]; i++) {
        g_autofree char *address = address_of(entry->files[i]);
        g_autofree char *name = g_ascii_strup(page->formats[i]->name, -1);
        g_autofree char *label = g_strdup_printf("%s of %s", name, entry->name);
        g_string_append(out, "<li><a");
        im_markup_attribute(out, "href", address);
        im_markup_attribute(out, "aria-label", label);
        g_string_append_c(out, '>');
        g_string_append(out, name);
        g_string_append(out, "</a></li>\n");
    }
    g_string_append(out, "</ul>\n");
}

static void append_entry(GString *out, const im_series_page *page, const im_series_entry *entry)
{
    const im_map_period *period = &entry->period;
    g_autofree char *days = im_words_period(period->first, period->last);
    g_autofree char *counts = count_incidents(period->incidents);
    const char *week = strstr(entry->name, "-W");
    g_autofree char *heading =
        week ? g_strdup_printf("Week %d, %s", atoi(week + 2), days) : g_strdup(days);
    g_string_append(out, "<section");
    im_markup_attribute(out, "id", entry->name);
    g_string_append(out, ">\n");
    im_markup_element(out, "h2", NULL, heading);
    g_string_append_c(out, '\n');
    append_picture(out, page, entry);
    im_markup_element(out, "p", "counts", counts);
    g_string_append_c(out, '\n');
    append_files(out, page, entry);
    g_string_append(out, "</section>\n");
}

/* "14 maps · 20 February – 5 March 2026" */
static void append_about(GString *out, const im_series_page *page)
{
    const guint n = page->entries->len;
    const im_series_entry *first = page->entries->pdata[0], *last = page->entries->pdata[n - 1];
    g_autofree char *days = im_words_period(first->period.first, last->period.last);
    g_autofree char *about = g_strdup_printf(
        "%u %s%s · %s", n, strstr(first->name, "-W") ? "week" : "day", n == 1 ? "" : "s", days);
    im_markup_element(out, "p", "about", about);
    g_string_append_c(out, '\n');
    for (guint i = 0; page->notes && page->notes[i]; i++) {
        im_markup_element(out, "p", "note", page->notes[i]);
        g_string_append_c(out, '\n');
    }
}

static void write_page(const im_series_page *page, GString *out)
{
    const char *title = page->title ? page->title : "Incidents by period";
    append_head(out, title);
    g_string_append(out, "<body>\n<header>\n");
    im_markup_element(out, "h1", NULL, title);
    g_string_append_c(out, '\n');
    append_about(out, page);
    g_string_append(out, "</header>\n<main>\n");
    for (guint i = 0; i < page->entries->len; i++)
        append_entry(out, page, page->entries->pdata[i]);
    g_string_append(out, "</main>\n</body>\n</html>\n");
}

const im_series_writer im_draw_series = {write_page};
