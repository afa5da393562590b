/* Each reader from memory: the sample reports, repeated, in every format. */
#include "base/json.h"
#include "bench.h"
#include "report/priv.h"

#include <string.h>

typedef struct input {
    im_input_format format;
    GString *bytes;
} input;

static void read_all(void *data)
{
    const input *in = data;
    im_read_options options = {.format = in->format};
    g_autoptr(GError) error = NULL;
    g_autoptr(im_reader) reader =
        im_reader_of_bytes("input", in->bytes->str, in->bytes->len, &options, &error);
    g_assert_no_error(error);
    for (im_report *report; (report = im_reader_next(reader)); im_report_free(report))
        g_assert_no_error(report->error);
}

static void append_json_line(GString *out, const char *text)
{
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "text");
    im_json_string(&json, text);
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
}

static void append_row(GString *out, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
    g_autofree char *quoted = g_strjoinv("\"\"", parts);
    g_string_append_printf(out, "%s\"%s\"\n", out->len ? "" : "text\n", quoted);
}

static void append_page(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_auto(GStrv) lines = g_strsplit(escaped, "\n", -1);
    for (char **line = lines; *line; line++)
        g_string_append_printf(out, "<p class=\"story\">%s</p>\n", *line);
}

static void append_item(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "%s<item><description>%s</description></item>\n",
                           out->len ? "" : "<rss>", escaped);
}

static void append_text(GString *out, const char *text)
{
    g_string_append(out, text);
}

/* About a megabyte of reports of a few kilobytes each, as a format has them. */
static void measure(const char *name, im_input_format format,
                    void (*append)(GString *out, const char *text))
{
    enum { TOTAL_BYTES = 1 << 20, REPORT_BYTES = 1 << 12 };
    g_autoptr(GString) text = bench_text(REPORT_BYTES);
    input in = {.format = format, .bytes = g_string_new(NULL)};
    while (in.bytes->len < TOTAL_BYTES)
        append(in.bytes, text->str);
    if (format == IM_INPUT_RSS)
        g_string_append(in.bytes, "</rss>");
    bench_run(name, read_all, &in, in.bytes->len);
    g_string_free(in.bytes, TRUE);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    measure("report/txt", IM_INPUT_TXT, append_text);
    measure("report/md", IM_INPUT_MARKDOWN, append_text);
    measure("report/html", IM_INPUT_HTML, append_page);
    measure("report/jsonl", IM_INPUT_JSONL, append_json_line);
    measure("report/csv", IM_INPUT_CSV, append_row);
    measure("report/rss", IM_INPUT_RSS, append_item);
    return 0;
}
