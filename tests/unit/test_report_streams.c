/* Formats that hold many reports a file: JSON Lines, CSV, feeds. */
#include "report/priv.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A line a report: `id|line|text|date` or `id|line|!message`. */
static char *outline(im_input_format format, const char *bytes, gsize len,
                     const im_read_options *given)
{
    im_read_options options = given ? *given : (im_read_options){0};
    options.format = format;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_reader) reader = im_reader_of_bytes("f", bytes, len, &options, &error);
    if (!reader)
        return g_strdup_printf("!%s\n", error->message);
    GString *out = g_string_new(NULL);
    for (im_report *report; (report = im_reader_next(reader)); im_report_free(report)) {
        char day[IM_DAY_ISO_SIZE];
        g_assert_true(g_utf8_validate(report->text, -1, NULL));
        g_assert_cmpuint(report->text_len, ==, strlen(report->text));
        g_assert_cmpstr(report->file, ==, "f");
        g_string_append_printf(out, "%s|%u|", report->id, (guint)report->line);
        if (report->error)
            g_string_append_printf(out, "!%s\n", report->error->message);
        else
            g_string_append_printf(out, "%s|%s\n", report->text,
                                   im_day_format_iso(report->published, day));
    }
    g_assert_null(im_reader_next(reader));
    return g_string_free(out, FALSE);
}

typedef struct stream_case {
    const char *bytes, *outline;
} stream_case;

static void check(im_input_format format, const stream_case *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = outline(format, cases[i].bytes, strlen(cases[i].bytes), NULL);
        g_test_message("%s", cases[i].bytes);
        g_assert_cmpstr(got, ==, cases[i].outline);
    }
}

static void test_jsonl(void)
{
    static const stream_case cases[] = {
        {"", ""},
        {"\n\n \t\r\n", ""},
        {"\xEF\xBB\xBF", ""},
        {"{\"id\":\"a\",\"text\":\"One\"}", "a|1|One|\n"},
        {"\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"One\"}\r\n\r\n{\"id\":\"b\",\"text\":\"Two\"}\t\n",
         "a|1|One|\nb|3|Two|\n"},
        {"{\"text\":\"One\"}\n", "f:1|1|One|\n"},
        {"{\"id\":\"\",\"text\":\"\"}\n", "f:1|1||\n"},
        {"{\"id\":7,\"text\":\"One\"}\n{\"id\":-1.5,\"text\":\"Two\"}", "7|1|One|\n-1.5|2|Two|\n"},
        {"{\"id\":1234567890123456789,\"text\":\"One\"}", "1234567890123456789|1|One|\n"},
        {"{\"id\":\"a\",\"event_text\":\"One\"}\n{\"id\":\"b\",\"body\":\"Two\",\"text\":null}",
         "a|1|One|\nb|2|Two|\n"},
        {"{\"id\":\"a\",\"text\":\"One\",\"date\":\"2026-03-04T10:00Z\"}", "a|1|One|2026-03-04\n"},
        {"{\"id\":\"a\",\"text\":\"One\",\"pub_date\":\"Wed, 04 Mar 2026 10:00:00 +0000\"}",
         "a|1|One|2026-03-04\n"},
        {"{\"id\":\"a\",\"text\":\"One\",\"published\":\"4 de marzo de 2026\",\"date\":null}",
         "a|1|One|2026-03-04\n"},
        {"{\"id\":\"a\",\"text\":\"One\",\"date\":\"soon\"}", "a|1|One|\n"},
        {"{\"id\":\"a\",\"text\":\"A\\u00f1o \\ud83d\\ude00 \\\\u0000 \\u0000 \\ud83d! \\udc00\"}",
         "a|1|A\u00F1o \U0001F600 \\u0000 \uFFFD \uFFFD! \uFFFD|\n"},
        /* bad lines, and reading goes on */
        {"{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":\"Two\"}",
         "a|1|!f:1: has no \"text\"\nb|2|Two|\n"},
        {"{\"id\":\"a\",\"text\":3}\n", "a|1|!f:1: \"text\" is not a string\n"},
        {"{\"id\":\"a\",\"text\":\n{\"id\":\"b\",\"text\":\"Two\"}\n",
         "a|1|!f:1: not JSON, at byte 18\nb|2|Two|\n"},
        {"{\"id\": 12, \"text\"", "12|1|!f:1: not JSON, at byte 18\n"},
        {"{\"text\":\"One\"} x", "f:1|1|!f:1: not JSON, at byte 16\n"},
        {"nonsense\n[1,2]\n\"id\"\nnull\n",
         "f:1|1|!f:1: not JSON, at byte 1\nf:2|2|!f:2: not a JSON object\n"
         "f:3|3|!f:3: not a JSON object\nf:4|4|!f:4: not a JSON object\n"},
    };
    check(IM_INPUT_JSONL, cases, G_N_ELEMENTS(cases));
}

/* Who writes into a pipe is not waited for while a line is there. */
static void test_at_hand(void)
{
    static const char lines[] = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    int ends[2];
    g_assert_true(g_unix_open_pipe(ends, 0, NULL));
    g_assert_cmpint(write(ends[1], lines, strlen(lines)), ==, (gssize)strlen(lines));
    g_autofree char *path = g_strdup_printf("/dev/fd/%d", ends[0]);
    im_read_options options = {.format = IM_INPUT_JSONL};
    g_autoptr(im_reader) reader = im_reader_open(path, &options, NULL);
    g_assert_nonnull(reader);
    for (guint i = 0; i < 2; i++) {
        g_autoptr(im_report) report = im_reader_next(reader);
        g_assert_cmpstr(report->text, ==, i == 0 ? "a" : "b");
        g_assert_cmpint(im_reader_at_hand(reader), ==, i == 0);
    }
    g_assert_true(g_close(ends[1], NULL));
    g_assert_null(im_reader_next(reader));
    g_assert_true(im_reader_at_hand(reader));
    g_assert_true(g_close(ends[0], NULL));
}

static void test_jsonl_bytes(void)
{
    static const char invalid[] = "{\"id\":\"a\",\"text\":\"x\xFFy\"}\n";
    static const char nul[] = "{\"id\":\"a\",\"text\":\"x\0y\"}\n{\"id\":\"b\",\"text\":\"Two\"}";
    static const char utf16[] = "\xFF\xFE{\0}\0\n\0";
    static const char zip[] = "PK\x03\x04 {\"text\":\"x\"}";
    g_autofree char *a = outline(IM_INPUT_JSONL, invalid, sizeof invalid - 1, NULL);
    g_assert_cmpstr(a, ==, "a|1|x\uFFFDy|\n");
    g_autofree char *b = outline(IM_INPUT_JSONL, nul, sizeof nul - 1, NULL);
    g_assert_cmpstr(b, ==, "a|1|x\uFFFDy|\nb|2|Two|\n");
    g_autofree char *c = outline(IM_INPUT_JSONL, utf16, sizeof utf16 - 1, NULL);
    g_assert_cmpstr(c, ==, "!f: looks binary: UTF-16 text\n");
    g_autofree char *d = outline(IM_INPUT_JSONL, zip, sizeof zip - 1, NULL);
    g_assert_true(g_str_has_prefix(d, "!f: looks binary: a ZIP"));
}

static void test_jsonl_limits(void)
{
    im_read_options options = {.max_bytes = 29};
    const char *lines = "{\"id\":\"a\",\"text\":\"1234567890\"}\n"
                        "{\"id\":\"b\",\"text\":\"123456789\"}\n"
                        "{\"id\":\"c\",\"text\":\"1234567890\"}";
    g_autofree char *got = outline(IM_INPUT_JSONL, lines, strlen(lines), &options);
    g_assert_cmpstr(got, ==,
                    "a|1|!f:1: the line is longer than 29 bytes\n"
                    "b|2|123456789|\nc|3|!f:3: the line is longer than 29 bytes\n");
}

static void test_jsonl_depth(void)
{
    GString *line = g_string_new("{\"id\":\"a\",\"x\":");
    for (guint i = 0; i < 100000; i++)
        g_string_append_c(line, '[');
    g_string_append(line, "\n{\"id\":\"b\",\"text\":\"Two\"}");
    g_autofree char *got = outline(IM_INPUT_JSONL, line->str, line->len, NULL);
    g_assert_cmpstr(got, ==, "a|1|!f:1: values are nested deeper than 512\nb|2|Two|\n");
    g_string_free(line, TRUE);
}

/* A limit of the caller's: a level more is an error of that line or item alone; brackets in strings are none. */
static void test_nesting(void)
{
    static const stream_case lines[] = {
        {"{\"id\":\"a\",\"text\":\"One [[[[ \\\" {{{{\",\"x\":[{}],\"y\":{}}",
         "a|1|One [[[[ \" {{{{|\n"},
        {"{\"id\":\"a\",\"text\":\"One\",\"x\":[{\"y\":[]}]}\n{\"id\":\"b\",\"text\":\"Two\"}",
         "a|1|!f:1: values are nested deeper than 3\nb|2|Two|\n"},
        {"]]]]{\"id\":\"a\"}", "a|1|!f:1: not JSON, at byte 1\n"},
        {"{\"id\":\"a\",\"x\":[[[\"", "a|1|!f:1: values are nested deeper than 3\n"},
    };
    static const stream_case items[] = {
        {"<rss><item><title>One</title></item><item><guid>b</guid><x><y>Two</y></x></item>"
         "<item><title>Three</title></item></rss>",
         "f#1|1|One|\nf#2|1|!f:1: elements are nested deeper than 3\nf#3|1|Three|\n"},
        {"<rss><item><title>One</title><description>&lt;p>&lt;b>&lt;i>Two</description></item></"
         "rss>",
         "f#1|1|!f:1: elements are nested deeper than 3\n"},
    };
    im_read_options options = {.max_nesting = 3};
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *got =
            outline(IM_INPUT_JSONL, lines[i].bytes, strlen(lines[i].bytes), &options);
        g_assert_cmpstr(got, ==, lines[i].outline);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(items); i++) {
        g_autofree char *got =
            outline(IM_INPUT_RSS, items[i].bytes, strlen(items[i].bytes), &options);
        g_assert_cmpstr(got, ==, items[i].outline);
    }
}

/* Elements of Atom's xhtml that stand side by side do not lie in each other. */
static void test_long_xhtml(void)
{
    g_autoptr(GString) feed = g_string_new("<feed><entry><content type='xhtml'><div>");
    for (guint i = 0; i < 1000; i++)
        g_string_append(feed, "<b>x</b><br/>");
    g_string_append(feed, "end</div></content></entry></feed>");
    g_autofree char *got = outline(IM_INPUT_RSS, feed->str, feed->len, NULL);
    g_assert_true(g_str_has_prefix(got, "f#1|1|x\nx\nx\n"));
    g_assert_true(g_str_has_suffix(got, "x\nend|\n"));
}

static void test_fields(void)
{
    static const char *const fields[] = {"text=story", "id=key", "date=when", NULL};
    im_read_options options = {.fields = fields};
    const char *json = "{\"key\":\"a\",\"story\":\"One\",\"when\":\"2026-03-04\",\"text\":\"no\"}";
    g_autofree char *a = outline(IM_INPUT_JSONL, json, strlen(json), &options);
    g_assert_cmpstr(a, ==, "a|1|One|2026-03-04\n");
    const char *csv = "key,text,story,when\na,no,One,2026-03-04\n";
    g_autofree char *b = outline(IM_INPUT_CSV, csv, strlen(csv), &options);
    g_assert_cmpstr(b, ==, "a|2|One|2026-03-04\n");

    static const char *const bad[] = {"text", "text=", "=story", "colour=red", "tex=t"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        const char *one[] = {bad[i], NULL};
        im_read_options wrong = {.format = IM_INPUT_JSONL, .fields = one};
        g_autoptr(GError) error = NULL;
        g_assert_null(im_reader_of_bytes("f", "", 0, &wrong, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    }
}

static void test_metadata(void)
{
    const char *json = "{\"id\":\"a\",\"text\":\"One\",\"headline\":\" Six\\ndead \",\"url\":\"u\","
                       "\"publisher\":{\"name\":\"Meridian\"},\"language\":\"es-MX\"}";
    im_read_options options = {.format = IM_INPUT_JSONL};
    g_autoptr(im_reader) reader = im_reader_of_bytes("f", json, strlen(json), &options, NULL);
    g_autoptr(im_report) report = im_reader_next(reader);
    g_assert_cmpstr(report->headline, ==, "Six dead");
    g_assert_cmpstr(report->url, ==, "u");
    g_assert_cmpstr(report->publisher, ==, "Meridian");
    g_assert_cmpint(report->language, ==, IM_LANGUAGE_ES);
    g_assert_null(report->spans);
}

/* Spans as `start-end` in bytes, or the error. */
static char *span_outline(const char *text, const char *toponyms)
{
    g_autofree char *line =
        g_strdup_printf("{\"id\":\"a\",\"text\":\"%s\",\"toponyms\":%s}", text, toponyms);
    im_read_options options = {.format = IM_INPUT_JSONL, .spans = TRUE};
    g_autoptr(im_reader) reader = im_reader_of_bytes("f", line, strlen(line), &options, NULL);
    g_autoptr(im_report) report = im_reader_next(reader);
    g_assert_cmpstr(report->id, ==, "a");
    if (report->error)
        return g_strdup(report->error->message);
    GString *out = g_string_new(report->spans ? "" : "none");
    for (guint i = 0; i < report->n_spans; i++)
        g_string_append_printf(out, "%u-%u ", report->spans[i].start, report->spans[i].end);
    return g_string_free(out, FALSE);
}

static void test_spans(void)
{
    static const struct {
        const char *toponyms, *outline;
    } cases[] = {
        {"[]", ""},
        {"null", "none"},
        {"[{\"start\":0,\"end\":1}]", "0-1 "},
        {"[{\"start\":4,\"end\":8},{\"start\":0,\"end\":3}]", "5-10 0-4 "},
        {"[{\"start\":0,\"end\":8,\"more\":[]}]", "0-10 "},
        {"{}", "f:1: \"toponyms\" is not an array"},
        {"[{\"start\":0,\"end\":0}]",
         "f:1: toponym 1 is no span of the text, which has 8 code points"},
        {"[{\"start\":0,\"end\":1},{\"start\":0,\"end\":9}]",
         "f:1: toponym 2 is no span of the text, which has 8 code points"},
        {"[{\"start\":-1,\"end\":2}]",
         "f:1: toponym 1 is no span of the text, which has 8 code points"},
        {"[{\"start\":0.5,\"end\":2}]",
         "f:1: toponym 1 is no span of the text, which has 8 code points"},
        {"[{\"start\":1e300,\"end\":2}]",
         "f:1: toponym 1 is no span of the text, which has 8 code points"},
        {"[{\"start\":\"0\",\"end\":2}]",
         "f:1: toponym 1 is no span of the text, which has 8 code points"},
        {"[3]", "f:1: toponym 1 is no span of the text, which has 8 code points"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = span_outline("Le\u00F3 Le\u00F3n", cases[i].toponyms);
        g_assert_cmpstr(got, ==, cases[i].outline);
    }
}

/* Far into a long text of two-byte letters, across the table of offsets. */
static void test_far_spans(void)
{
    static const guint at[] = {0, 1, 1023, 1024, 1025, 2047, 2048, 4999, 5000};
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 5001; i++)
        g_string_append(text, "\u00F3");
    for (gsize i = 0; i < G_N_ELEMENTS(at); i++) {
        g_autofree char *spans = g_strdup_printf("[{\"start\":%u,\"end\":%u}]", at[i], at[i] + 1);
        g_autofree char *bytes = g_strdup_printf("%u-%u ", 2 * at[i], 2 * at[i] + 2);
        g_autofree char *got = span_outline(text->str, spans);
        g_assert_cmpstr(got, ==, bytes);
    }
    g_string_free(text, TRUE);
}

static void test_csv(void)
{
    static const stream_case cases[] = {
        {"", ""},
        {"\n \n", ""},
        {"id,text\n", ""},
        {"id,text\na,One\nb,Two", "a|2|One|\nb|3|Two|\n"},
        {"\xEF\xBB\xBFID,Text,Date\r\na,One,2026-03-04\r\n", "a|2|One|2026-03-04\n"},
        {"id;text\na;One, two\n", "a|2|One, two|\n"},
        {"id\ttext\na\tOne; two\n", "a|2|One; two|\n"},
        {"id,text\na,\"One, \"\"two\"\"\nthree\"\nb,Four\n",
         "a|2|One, \"two\"\nthree|\nb|4|Four|\n"},
        {"\"id\",\"text\"\r\n\"a\",\"One\r\ntwo\"\r\n", "a|2|One\r\ntwo|\n"},
        {"text,id\nOne,a\n\n,,\nTwo,b,more,cells\nThree\n", "a|2|One|\nb|5|Two|\nf:6|6|Three|\n"},
        {"body,event_text\nno,One\n", "f:2|2|One|\n"},
        {"id,text\na,Le\xF3n\n", "a|2|Le\u00F3n|\n"},
        {"id,text\na,x\"y\"z\n", "a|2|x\"y\"z|\n"},
        {"id,story\na,One\n", "!f:1: no column \"text\"\n"},
        {"\n\nid,story\na,One\n", "!f:3: no column \"text\"\n"},
        {"id,text\na,\nb,Two\n", "a|2|!f:2: the row has no text\nb|3|Two|\n"},
        {"id,text\na,\"One\nb,Two\n", "a|2|!f:2: a quoted cell is not closed\n"},
    };
    check(IM_INPUT_CSV, cases, G_N_ELEMENTS(cases));
    im_read_options options = {.max_bytes = 8};
    const char *long_row = "id,text\na,123456789\nb,1234567\n";
    g_autofree char *got = outline(IM_INPUT_CSV, long_row, strlen(long_row), &options);
    g_assert_cmpstr(got, ==, "a|2|!f:2: the row is larger than 8 bytes\nb|3|1234567|\n");
}

static void test_feeds(void)
{
    static const stream_case cases[] = {
        {"", ""},
        {" \n", ""},
        {"<rss><channel><title>C</title></channel></rss>", ""},
        {"<?xml version='1.0'?><rss version='2.0'><channel><title>Meridian</title>\n"
         "<item><title>T</title><link>http://x.y/1</link><guid>g1</guid>"
         "<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>"
         "<description>Men &lt;b&gt;died&lt;/b&gt; in Le\u00F3n.</description></item>\n"
         "<item><title>Only &amp;amp; title</title></item></channel></rss>",
         "g1|2|Men died in Le\u00F3n.|2026-03-04\nf#2|3|Only & title|\n"},
        {"<rss xmlns:content='c' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>"
         "<media:description>no</media:description><content:encoded><![CDATA[<p>One<p>Two]]>"
         "</content:encoded><description>no</description></item></channel></rss>",
         "f#1|1|One\n\nTwo|\n"},
        {"<rss><item><guid>a</guid><description>a&nbsp;b &eacute;</description></item></rss>",
         "a|1|a b \u00E9|\n"},
        {"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='es'><title>El Faro</title>"
         "<entry><id>e1</id><title type='html'>&lt;i&gt;T&lt;/i&gt;</title>"
         "<updated>2026-03-05T00:00:00Z</updated><published>2026-03-04T00:00:00Z</published>"
         "<link rel='self' href='no'/><link href='http://x.y/e'/>"
         "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Uno</p><p>Dos</p>"
         "</div></content></entry><entry><id>e2</id><summary type='text'>a &lt;b&gt; c</summary>"
         "</entry></feed>",
         "e1|1|Uno\n\nDos|2026-03-04\ne2|1|a <b> c|\n"},
        {"<rdf:RDF xmlns:rdf='r'><item><title>One</title></item></rdf:RDF>", "f#1|1|One|\n"},
        {"<?xml version='1.0' "
         "encoding='ISO-8859-1'?><rss><item><title>Le\xF3n</title></item></rss>",
         "f#1|1|Le\u00F3n|\n"},
        {"<rss><item><guid>a</guid></item></rss>", "a|1|!f:1: holds no text\n"},
        {"<page>text</page>", "f|0|!f: is neither RSS nor Atom\n"},
        /* no file is fetched, no entity blown up */
        {"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><item><title>a&x;</title>"
         "</item></rss>",
         "f#1|1|a|\n"},
    };
    check(IM_INPUT_RSS, cases, G_N_ELEMENTS(cases));
}

static void test_broken_feeds(void)
{
    static const stream_case cases[] = {
        {"nonsense", "f:1|1|!f:1: "},
        {"<rss><item><title>One</title></item><item><title>Two", "f#1|1|One|\n"},
        {"<rss><item><title>O&bogus;ne</title></item></rss>", "f#1|1|One|\n"},
        {"<rss><item><title>One</titel></item></rss>", "f#1|1|"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = outline(IM_INPUT_RSS, cases[i].bytes, strlen(cases[i].bytes), NULL);
        g_assert_true(g_str_has_prefix(got, cases[i].outline));
        g_assert_nonnull(strstr(got, "|!f:1: "));
    }
    im_read_options options = {.max_bytes = 10};
    g_autofree char *got = outline(IM_INPUT_RSS, "<rss>     </rss>", 16, &options);
    g_assert_cmpstr(got, ==, "!f: is larger than 10 bytes\n");
}

static void test_deep_feed(void)
{
    GString *deep = g_string_new("<rss><item><title>One</title></item><item><title>");
    for (guint i = 0; i < 100000; i++)
        g_string_append(deep, "<a>");
    g_autofree char *got = outline(IM_INPUT_RSS, deep->str, deep->len, NULL);
    g_assert_true(g_str_has_prefix(got, "f#1|1|One|\n"));
    g_assert_true(g_str_has_suffix(got, "|!f:1: elements are nested deeper than 256\n"));
    g_string_free(deep, TRUE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/jsonl/lines", test_jsonl);
    g_test_add_func("/report/jsonl/bytes", test_jsonl_bytes);
    g_test_add_func("/report/jsonl/at-hand", test_at_hand);
    g_test_add_func("/report/jsonl/limits", test_jsonl_limits);
    g_test_add_func("/report/jsonl/depth", test_jsonl_depth);
    g_test_add_func("/report/nesting", test_nesting);
    g_test_add_func("/report/feeds/long-xhtml", test_long_xhtml);
    g_test_add_func("/report/jsonl/spans", test_spans);
    g_test_add_func("/report/jsonl/far-spans", test_far_spans);
    g_test_add_func("/report/jsonl/metadata", test_metadata);
    g_test_add_func("/report/fields", test_fields);
    g_test_add_func("/report/csv", test_csv);
    g_test_add_func("/report/feeds", test_feeds);
    g_test_add_func("/report/feeds/broken", test_broken_feeds);
    g_test_add_func("/report/feeds/deep", test_deep_feed);
    return g_test_run();
}
