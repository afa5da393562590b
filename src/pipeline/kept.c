/* Reports as a store keeps them: their records are lines of our own GeoJSON, which is read back as it was. */
#include "pipeline/kept.h"

#include "output/records.h"
#include "rules_digest.inc"

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

char *im_kept_records(const GPtrArray *incidents)
{
    GString *lines = g_string_new(NULL);
    im_records_write_lines(incidents, lines);
    return g_string_free(lines, FALSE);
}

gboolean im_kept_read(const im_stored_report *kept, GPtrArray *incidents, GError **error)
{
    GPtrArray *read = im_records_read_lines(kept->id, kept->records ? kept->records : "", error);
    if (read)
        g_ptr_array_extend_and_steal(incidents, read);
    return read != NULL;
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

void im_kept_count_missing(const im_stored_report *kept, im_missing *missing)
{
    g_auto(GStrv) lines = g_strsplit(kept->missing ? kept->missing : "", "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        const char *tab = strchr(lines[i], '\t');
        if (tab)
            im_missing_count(missing, tab + 1, g_ascii_strtoull(lines[i], NULL, 10));
    }
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
    kept->records = im_kept_records(analysis->incidents);
}

static void read_dateline(const im_stored_report *kept, im_report *report)
{
    guint month = 0, day = 0;
    if (kept->dateline && sscanf(kept->dateline, "%2u-%2u", &month, &day) == 2) {
        report->dateline_month = (guint8)month;
        report->dateline_day = (guint8)day;
    }
}

im_report *im_kept_report(const im_stored_report *kept)
{
    im_report *report = g_new0(im_report, 1);
    report->id = g_strdup(kept->id);
    report->file = g_strdup(kept->file);
    report->line = (guint64)kept->line;
    report->text = g_strdup(kept->text ? kept->text : "");
    report->text_len = strlen(report->text);
    report->headline = g_strdup(kept->headline);
    report->url = g_strdup(kept->url);
    report->publisher = g_strdup(kept->publisher);
    report->language = kept->language ? im_language_from_code(kept->language) : IM_LANGUAGE_UNKNOWN;
    read_dateline(kept, report);
    return report;
}

im_gist *im_kept_gist(const im_stored_report *kept)
{
    im_gist *gist = g_new0(im_gist, 1);
    gsize len = 0;
    const void *keys = kept->gist ? g_bytes_get_data(kept->gist, &len) : NULL;
    gist->published = kept->published;
    gist->keys = g_array_new(FALSE, FALSE, sizeof(guint64));
    if (len >= sizeof(guint64))
        g_array_append_vals(gist->keys, keys, (guint)(len / sizeof(guint64)));
    return gist;
}
