/* Reports as a store keeps them: each of their records is a line of our own GeoJSON, which is read back as it was. */
#include "pipeline/kept.h"

#include "output/records.h"
#include "rules_digest.inc"

#include <incmap/error.h>
#include <stdio.h>
#include <string.h>

/* With its length, so that no two lists of texts look alike. */
static void add_text(GChecksum *sum, const char *text)
{
    g_autofree char *len = g_strdup_printf("%" G_GSIZE_FORMAT ":", text ? strlen(text) : 0);
    g_checksum_update(sum, (const guchar *)len, -1);
    g_checksum_update(sum, (const guchar *)(text ? text : "-"), -1);
}

static void add_number(GChecksum *sum, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    add_text(sum, g_ascii_dtostr(text, sizeof text, number));
}

static char *end(GChecksum *sum)
{
    char *digest = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return digest;
}

char *im_kept_reading(const im_gazetteer *gazetteer, const im_run_options *options)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *places =
        g_strdup_printf("%016" G_GINT64_MODIFIER "x", im_gazetteer_checksum(gazetteer));
    add_text(sum, IM_RULES_DIGEST);
    add_text(sum, places);
    add_text(sum, options->country);
    add_number(sum, options->near ? options->near->lon_deg : G_MAXDOUBLE);
    add_number(sum, options->near ? options->near->lat_deg : G_MAXDOUBLE);
    return end(sum);
}

char *im_kept_digest(const im_report *report)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *const texts[] = {report->text, report->headline, report->url, report->publisher,
                                 im_language_code(report->language)};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        add_text(sum, texts[i]);
    const double numbers[] = {report->published, report->published_basis, report->dateline_month,
                              report->dateline_day};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        add_number(sum, numbers[i]);
    return end(sum);
}

gboolean im_kept_add_records(im_store *store, const char *report, GPtrArray *incidents,
                             GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_autofree gboolean *doubles = im_doubles_find(incidents);
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < incidents->len; i++) {
        im_stored_record record = {.is_double = doubles[i],
                                   .spot = im_spot_of(incidents->pdata[i])};
        g_ptr_array_set_size(one, 0);
        g_ptr_array_add(one, incidents->pdata[i]);
        g_string_truncate(line, 0);
        im_records_write_lines(one, line);
        record.line = line->str;
        ok = im_store_add_record(store, report, &record, error);
    }
    return ok;
}

im_incident *im_kept_read(const im_stored_record *kept, GError **error)
{
    g_autoptr(GPtrArray) read = im_records_read_lines("a record of the store", kept->line, error);
    if (read && read->len == 1)
        return g_ptr_array_steal_index(read, 0);
    if (read)
        g_set_error(error, IM_ERROR, IM_ERROR_DATA,
                    "record %" G_GINT64_FORMAT " of the store is damaged", kept->row);
    return NULL;
}

static char *missing_lines(const im_analysis *analysis)
{
    g_autoptr(im_missing) missing = im_missing_new();
    im_missing_add(missing, analysis->report, analysis->mentions);
    g_autoptr(GArray) names = im_missing_names(missing);
    GString *lines = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        const im_missing_name *name = &g_array_index(names, im_missing_name, i);
        g_string_append_printf(lines, "%" G_GUINT64_FORMAT "\t%s\n", name->n, name->name);
    }
    return g_string_free(lines, FALSE);
}

static void keep_text(const im_report *report, im_stored_report *kept)
{
    kept->dateline =
        g_strdup_printf("%02u-%02u", (guint)report->dateline_month, (guint)report->dateline_day);
    kept->text = g_strdup(report->text);
    kept->headline = g_strdup(report->headline);
    kept->url = g_strdup(report->url);
    kept->publisher = g_strdup(report->publisher);
    kept->language = g_strdup(im_language_code(report->language));
    kept->file = g_strdup(report->file);
    kept->line = (gint64)report->line;
}

void im_kept_of(const im_gazetteer *gazetteer, const char *reading, const im_analysis *analysis,
                im_stored_report *kept)
{
    const im_report *report = analysis->report;
    g_autoptr(im_gist) gist = im_gist_new(gazetteer, analysis);
    *kept = (im_stored_report){.id = g_strdup(report->id), .published = report->published};
    kept->digest = im_kept_digest(report);
    kept->reading = g_strdup(reading);
    kept->missing = missing_lines(analysis);
    kept->gist = g_bytes_new(gist->keys->data, gist->keys->len * sizeof(guint64));
    if (im_report_lacks_year(report))
        keep_text(report, kept);
}

gboolean im_kept_dateline(const im_stored_report *kept, int *month, int *day)
{
    return kept->dateline && sscanf(kept->dateline, "%2d-%2d", month, day) == 2;
}

im_report *im_kept_report(const im_stored_report *kept)
{
    im_report *report = g_new0(im_report, 1);
    int month, day;
    report->id = g_strdup(kept->id);
    report->file = g_strdup(kept->file);
    report->line = (guint64)kept->line;
    report->text = g_strdup(kept->text ? kept->text : "");
    report->text_len = strlen(report->text);
    report->headline = g_strdup(kept->headline);
    report->url = g_strdup(kept->url);
    report->publisher = g_strdup(kept->publisher);
    report->language = kept->language ? im_language_from_code(kept->language) : IM_LANGUAGE_UNKNOWN;
    if (im_kept_dateline(kept, &month, &day)) {
        report->dateline_month = (guint8)month;
        report->dateline_day = (guint8)day;
    }
    return report;
}
