/* Any texts give incidents that hold what a record promises, and merging them does not depend on
 * their order. Byte 0x1E ends a report; the gazetteer is the small one of the tests. */
#include "../unit/gazetteer_mini.h"
#include "base/utf8.h"
#include "fuzz.h"

#include <cjson/cJSON.h>
#include <incmap/output.h>
#include <incmap/pipeline.h>
#include <string.h>

enum { MOST_REPORTS = 4, END_OF_REPORT = 0x1E };

static im_gazetteer *gazetteer;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    gazetteer = gazetteer_of(MINI_FOLDER);
    return 0;
}

static void check_source(const im_source *source)
{
    g_assert(source->report && source->quote && source->char_start <= source->char_end);
    g_assert(g_utf8_validate(source->quote, -1, NULL));
}

static void check_numbers(const im_incident *i)
{
    const int numbers[] = {i->count,          i->deaths_low,      i->deaths_best,
                           i->deaths_high,    i->deaths_security, i->deaths_suspects,
                           i->deaths_unknown, i->injured,         i->arrested,
                           i->abducted,       i->deaths_civilians};
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
        g_assert(numbers[k] >= IM_UNKNOWN);
    g_assert(i->deaths_best == IM_UNKNOWN || i->deaths_low == IM_UNKNOWN ||
             i->deaths_low <= i->deaths_best);
    g_assert(i->deaths_best == IM_UNKNOWN || i->deaths_high == IM_UNKNOWN ||
             i->deaths_best <= i->deaths_high);
    g_assert(i->confidence >= 0 && i->confidence <= 1);
}

static void check_incident(const im_incident *i)
{
    g_assert(i->id && i->title && im_incident_type_name(i->type));
    g_assert(im_incident_status_name(i->status));
    g_assert(i->date_start <= i->date_end);
    g_assert(!i->has_geometry || im_lonlat_is_valid(i->position));
    g_assert(i->sources->len > 0 && i->number_of_articles > 0);
    g_assert(i->number_of_sources <= i->number_of_articles);
    for (guint k = 0; k < i->sources->len; k++)
        check_source(i->sources->pdata[k]);
    check_numbers(i);
}

static GPtrArray *analyse(const char *bytes, gsize len, guint number)
{
    g_autoptr(GArray) mentions = NULL;
    GPtrArray *incidents = NULL;
    im_run_options options = {0};
    g_autoptr(im_report) report = g_new0(im_report, 1);
    report->id = g_strdup_printf("report %u", number);
    report->file = g_strdup(report->id);
    report->text = im_utf8_repair(bytes, len, &report->text_len, NULL);
    report->published = im_day_from_ymd(2026, 3, 9) + number;
    report->published_basis = IM_PUBLISHED_OPTION;
    im_analyse_report(gazetteer, report, &options, &mentions, &incidents);
    return incidents;
}

static void take_copies(GPtrArray *to, const GPtrArray *from, gboolean backwards)
{
    for (guint k = 0; k < from->len; k++)
        g_ptr_array_add(to, im_incident_copy(from->pdata[backwards ? from->len - 1 - k : k]));
}

static char *merged_json(const GPtrArray *incidents, gboolean backwards)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    take_copies(copies, incidents, backwards);
    g_autoptr(GPtrArray) merged = im_incidents_merge(copies, NULL);
    GString *json = g_string_new("[");
    for (guint k = 0; k < merged->len; k++) {
        check_incident(merged->pdata[k]);
        if (k > 0)
            g_string_append_c(json, ',');
        im_incident_to_json(merged->pdata[k], json);
    }
    g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    const char *at = (const char *)data;
    for (guint n = 0; n < MOST_REPORTS && size > 0; n++) {
        const char *stop = memchr(at, END_OF_REPORT, size);
        gsize len = stop ? (gsize)(stop - at) : size;
        g_autoptr(GPtrArray) incidents = analyse(at, len, n);
        take_copies(all, incidents, FALSE);
        at += len + (stop != NULL);
        size -= len + (stop != NULL);
    }
    g_autofree char *forwards = merged_json(all, FALSE), *backwards = merged_json(all, TRUE);
    g_assert(strcmp(forwards, backwards) == 0);
    cJSON *parsed = cJSON_Parse(forwards);
    g_assert(parsed);
    cJSON_Delete(parsed);
    return 0;
}
