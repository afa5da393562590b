/* Plain text: the text as it stands. */
#include "report/priv.h"

static gboolean parse(const char *text, gsize len, const im_read_options *options G_GNUC_UNUSED,
                      im_report *report, GError **error G_GNUC_UNUSED)
{
    report->text = g_strndup(text, len);
    report->text_len = len;
    return TRUE;
}

const im_report_format im_format_txt = {
    .name = "txt", .id = IM_INPUT_TXT, .suffixes = {".txt"}, .parse = parse};
