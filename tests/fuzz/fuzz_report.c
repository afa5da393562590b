/* Any bytes in any format give reports that hold what im_report promises, or errors. The first byte
 * chooses the format (its lower four bits), and whether a date is given and limits are tight. */
#include "fuzz.h"
#include "report/priv.h"

#include <string.h>

static void check_string(const char *string)
{
    g_assert(!string || g_utf8_validate(string, -1, NULL));
}

static gboolean is_boundary(const im_report *report, guint32 at)
{
    return at <= report->text_len && ((guchar)report->text[at] & 0xC0) != 0x80;
}

static void check_report(const im_report *report)
{
    g_assert(report->id && report->file && report->text);
    g_assert(strlen(report->text) == report->text_len);
    g_assert(!report->error || report->text_len == 0);
    g_assert(!report->error || report->error->domain == IM_ERROR);
    g_assert((report->published == IM_DAY_NONE) ==
             (report->published_basis == IM_PUBLISHED_UNKNOWN));
    g_assert(report->dateline_month <= 12 && report->dateline_day <= 31);
    check_string(report->id);
    check_string(report->text);
    check_string(report->headline);
    check_string(report->url);
    check_string(report->publisher);
    for (guint i = 0; i < report->n_spans; i++) {
        im_span span = report->spans[i];
        g_assert(span.start < span.end);
        g_assert(is_boundary(report, span.start) && is_boundary(report, span.end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { TIGHT_BYTES = 100, TIGHT_NESTING = 4, N_FORMATS = IM_INPUT_CSV };
    uint8_t choice = size > 0 ? data[0] : 0;
    im_read_options options = {
        .format = (im_input_format)(1 + (choice & 15) % N_FORMATS),
        .date = choice & 32 ? im_day_from_ymd(2026, 3, 1) : IM_DAY_NONE,
        .max_bytes = choice & 64 ? TIGHT_BYTES : 0,
        .max_nesting = choice & 128 ? TIGHT_NESTING : 0,
        .spans = TRUE,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(im_reader) reader =
        im_reader_of_bytes("input", data + (size > 0), size - (size > 0), &options, &error);
    g_assert(!reader == (error != NULL));
    for (im_report *report; reader && (report = im_reader_next(reader)); im_report_free(report))
        check_report(report);
    return 0;
}
