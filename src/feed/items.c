#include "feed/items.h"

#include "base/json.h"
#include <incmap/feed.h>
#include <incmap/report.h>
#include <string.h>

/* Whether the end of the document is here; something may follow it. */
static gboolean is_whole(const GString *body)
{
    static const char *const ends[] = {"</rss>", "</feed>", "RDF>"};
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        if (g_strrstr_len(body->str, (gssize)body->len, ends[i]))
            return TRUE;
    return FALSE;
}

/* What an item is called that has neither id nor link. */
static char *name_of(const im_report *report)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *const said[] = {report->headline, report->text};
    for (guint i = 0; i < G_N_ELEMENTS(said); i++)
        if (said[i])
            g_checksum_update(sum, (const guchar *)said[i], (gssize)strlen(said[i]) + 1);
    return g_strndup(g_checksum_get_string(sum), 16);
}

static void append_text(im_json *json, const char *key, const char *value)
{
    if (value && *value)
        im_json_text(json, key, value);
}

static void append_line(GString *lines, const char *feed, const im_report *report)
{
    const gsize len = strlen(feed);
    const gboolean has_none = strncmp(report->id, feed, len) == 0 && report->id[len] == '#';
    g_autofree char *name = has_none ? name_of(report) : g_strdup(report->id);
    g_autofree char *id = g_strdup_printf("%s#%s", feed, name);
    char day[IM_DAY_ISO_SIZE];
    im_json json = im_json_to(lines);
    im_json_open(&json, '{');
    im_json_text(&json, "id", id);
    append_text(&json, "title", report->headline);
    if (report->published_basis == IM_PUBLISHED_METADATA)
        im_json_text(&json, "date", im_day_format_iso(report->published, day));
    append_text(&json, "url", report->url);
    append_text(&json, "publisher", report->publisher);
    append_text(&json, "language", im_language_code(report->language));
    im_json_text(&json, "text", report->text);
    im_json_close(&json, '}');
    g_string_append_c(lines, '\n');
}

char *im_feed_items(const char *url, const GString *body, const im_read_options *limits,
                    GPtrArray *faults, GError **error)
{
    const im_read_options options = {
        .format = IM_INPUT_RSS, .max_bytes = limits->max_bytes, .max_nesting = limits->max_nesting};
    g_autoptr(GError) cause = NULL;
    g_autofree char *feed = g_strconcat(IM_FEED_ID, url, NULL);
    if (!is_whole(body)) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: is neither RSS nor Atom, or cut off",
                    url);
        return NULL;
    }
    g_autoptr(im_reader) reader = im_reader_of_bytes(feed, body->str, body->len, &options, &cause);
    g_autoptr(GString) lines = g_string_new(NULL);
    im_report *report;
    guint n_read = 0;
    while (reader && (report = im_reader_next(reader))) {
        if (report->error)
            g_ptr_array_add(faults, g_strdup(report->error->message + strlen(IM_FEED_ID)));
        else
            append_line(lines, feed, report);
        n_read += !report->error;
        im_report_free(report);
    }
    if (reader && (n_read > 0 || faults->len == 0))
        return g_string_free(g_steal_pointer(&lines), FALSE);
    if (reader)
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s", (const char *)faults->pdata[0]);
    else
        g_set_error(error, IM_ERROR, cause->code, "%s", cause->message + strlen(IM_FEED_ID));
    return NULL;
}
