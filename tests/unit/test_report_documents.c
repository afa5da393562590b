/* Formats that hold one report a file: text, Markdown, HTML; and what their bytes may be. */
#include "report/priv.h"

#include <string.h>

static im_report *read_bytes(im_input_format format, const void *bytes, gsize len, GError **error)
{
    im_read_options options = {.format = format};
    g_autoptr(im_reader) reader = im_reader_of_bytes("t", bytes, len, &options, error);
    if (!reader)
        return NULL;
    im_report *report = im_reader_next(reader);
    g_assert_nonnull(report);
    g_assert_null(im_reader_next(reader));
    g_assert_true(g_utf8_validate(report->text, -1, NULL));
    g_assert_cmpuint(report->text_len, ==, strlen(report->text));
    return report;
}

static im_report *read_document(im_input_format format, const char *text)
{
    g_autoptr(GError) error = NULL;
    im_report *report = read_bytes(format, text, strlen(text), &error);
    g_assert_no_error(error);
    return report;
}

typedef struct text_case {
    const char *source, *text;
} text_case;

static void check_texts(im_input_format format, const text_case *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autoptr(im_report) report = read_document(format, cases[i].source);
        g_test_message("%s", cases[i].source);
        g_assert_no_error(report->error);
        g_assert_cmpstr(report->text, ==, cases[i].text);
        g_assert_cmpstr(report->id, ==, "t");
        g_assert_cmpuint(report->line, ==, 0);
    }
}

static void test_text(void)
{
    static const text_case cases[] = {
        {"Men died.\r\n\r\nTwo.\n", "Men died.\r\n\r\nTwo.\n"},
        {"\xEF\xBB\xBFMen died.", "Men died."},
        {"a < b & c", "a < b & c"},
    };
    check_texts(IM_INPUT_TXT, cases, G_N_ELEMENTS(cases));
}

static void test_markdown(void)
{
    static const text_case cases[] = {
        {"# Six dead\n\nMen *with* **rifles** attacked\n[Celaya](http://x.y/z) at dawn.\n",
         "Six dead\n\nMen with rifles attacked Celaya at dawn.\n"},
        {"States:\n\n- Jalisco: 65\n- Colima: *one*\n\nThen it ended.",
         "States:\n\n- Jalisco: 65\n- Colima: one\n\nThen it ended.\n"},
        {"3. Celaya\n4. Irapuato\n", "3. Celaya\n4. Irapuato\n"},
        {"* one\n\n* two\n\n  more of two\n", "- one\n- two\n\nmore of two\n"},
        {"- Jalisco\n  - Tonal\u00E1\n- Colima", "- Jalisco\n\n- Tonal\u00E1\n- Colima\n"},
        {"![smoke over Celaya](a.png)\n\nText &amp; `code` &eacute;", "Text & code \u00E9\n"},
        {"```\nkept  as is\n```\nText", "kept  as is\n\nText\n"},
        {"> A quote\n> goes on.\n\nText", "A quote goes on.\n\nText\n"},
        {"<div><p>One <b>two</b></p></div>\n\nText", "One two\n\nText\n"},
        {"Text <!-- not seen --> here <br> on", "Text  here  on\n"},
        {"one  \ntwo\n\n***\n\nthree", "one\ntwo\n\nthree\n"},
        {"Title\n=====\n\nText", "Title\n\nText\n"},
    };
    check_texts(IM_INPUT_MARKDOWN, cases, G_N_ELEMENTS(cases));
}

static void test_markdown_front_matter(void)
{
    g_autoptr(im_report) report = read_document(
        IM_INPUT_MARKDOWN, "---\r\ntitle: \"Six dead: a count\"\r\ndate: 2026-03-03\r\n"
                           "url: https://example.org/a\r\npublisher: 'Meridian'\r\nlang: es-MX\r\n"
                           "tags: [a, b]\r\n---\r\n# Other\r\n\r\nText");
    g_assert_cmpstr(report->headline, ==, "Six dead: a count");
    g_assert_cmpstr(report->url, ==, "https://example.org/a");
    g_assert_cmpstr(report->publisher, ==, "Meridian");
    g_assert_cmpint(report->language, ==, IM_LANGUAGE_ES);
    g_assert_cmpuint(report->published, ==, im_day_from_ymd(2026, 3, 3));
    g_assert_cmpint(report->published_basis, ==, IM_PUBLISHED_METADATA);
    g_assert_cmpstr(report->text, ==, "Other\n\nText\n");

    g_autoptr(im_report) rule = read_document(IM_INPUT_MARKDOWN, "---\nno end: of it\n\nText");
    g_assert_cmpstr(rule->text, ==, "no end: of it\n\nText\n");
    g_autoptr(im_report) heading = read_document(IM_INPUT_MARKDOWN, "Text\n\n## Six *dead*\n\nA");
    g_assert_cmpstr(heading->headline, ==, "Six dead");
}

static void test_html_text(void)
{
    static const text_case cases[] = {
        {"<p>Men  with\n rifles<p>attacked <b>Celaya</b>,<i> too</i>.",
         "Men with rifles\n\nattacked Celaya, too."},
        {"<h1>Six dead</h1><div>One</div><div>Two</div>", "Six dead\n\nOne\n\nTwo"},
        {"<p>States:</p><ul><li>Jalisco: 65</li><li><p>Colima: one</p></li></ul><p>End",
         "States:\n\n- Jalisco: 65\n\n- Colima: one\n\nEnd"},
        {"<ul><li>Jalisco: 65<li>Colima: one</ul>", "- Jalisco: 65\n- Colima: one"},
        {"<ol><li>Jalisco<ul><li>Tonal\u00E1</ul><li>Colima</ol>",
         "- Jalisco\n\n- Tonal\u00E1\n\n- Colima"},
        {"<table><tr><th>State<th>Blocks<tr><td>Jalisco<td>65</table>x",
         "State | Blocks\nJalisco | 65\n\nx"},
        {"One<br>two<br><br>three", "One\ntwo\n\nthree"},
        {"Quer&eacute;taro&nbsp;&#8212; Le\u00F3n&shy;es Gua\u00ADna\u200Bjuato",
         "Quer\u00E9taro \u2014 Le\u00F3nes Guanajuato"},
        {"<script>var a = '<p>no</p>';</script><style>p{}</style>Text<noscript>no</noscript>",
         "Text"},
        {"<nav>Home</nav><header>Top</header><p>Text</p><footer>Bottom</footer>", "Text"},
        {"<p>Text</p><figure><img alt='no'><figcaption>no</figcaption></figure>", "Text"},
        {"<p hidden>no</p><p aria-hidden=true>no</p><p style='display:none'>no</p>Text", "Text"},
        {"<div class='share-buttons'>no</div><div id=cookie-banner>no</div><p>Text", "Text"},
        {"<div class='story related-links'>no</div><div role=navigation>no</div>Text", "Text"},
        {"<div class='sharecropper'>Text</div>", "Text"},
        {"<body class='related'><p>Text", "Text"},
        {"<div class='subscription'><p>All of it</p></div>", "All of it"},
        {"<!-- <p>no --><p>Text</p>", "Text"},
        {"<p>Text</p></div></div></p></body></html><p>More", "Text\n\nMore"},
        {"<div>other</div><article><p>The report</p></article><div>more</div>", "The report"},
        {"<main><p>Beside</p><article>The report</article></main>", "The report"},
        {"<div>x</div><div role=main>The report</div>", "The report"},
        {"<article>Short one</article><article>The longer one</article>", "The longer one"},
        {"<article>Intro<div itemprop=articleBody>The body of it</div></article>",
         "The body of it"},
        {"<meta charset=iso-8859-1><p>Le\u00F3n", "Le\u00F3n"},
        {"<p>unclosed <b>bold <article>The report", "The report"},
    };
    check_texts(IM_INPUT_HTML, cases, G_N_ELEMENTS(cases));
}

typedef struct meta_case {
    const char *html, *headline, *url, *publisher, *published;
    im_language language;
} meta_case;

static const meta_case meta_cases[] = {
    {"<html lang=es-MX><head><title>Seis muertos | El Faro</title>"
     "<link rel=canonical href='https://example.org/1'>"
     "<meta property='og:site_name' content='El Faro del Baj\u00EDo'>"
     "<meta property='og:title' content='Seis muertos'>"
     "<meta property='article:published_time' content='2026-03-04T08:00:00-06:00'></head><p>x",
     "Seis muertos", "https://example.org/1", "El Faro del Baj\u00EDo", "2026-03-04",
     IM_LANGUAGE_ES},
    {"<title>Site</title><h1>Six <i>dead</i></h1><p>x", "Six dead", NULL, NULL, "",
     IM_LANGUAGE_UNKNOWN},
    {"<title>Six dead</title><p>x <time datetime='2026-03-05'>today</time>", "Six dead", NULL, NULL,
     "2026-03-05", IM_LANGUAGE_UNKNOWN},
    {"<time datetime='2020-01-01'></time><article>x<time datetime='2026-03-05T10:00'></time>", NULL,
     NULL, NULL, "2026-03-05", IM_LANGUAGE_UNKNOWN},
    {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Six dead\","
     "\"datePublished\":\"2026-03-04\",\"publisher\":{\"name\":\"Meridian\"},"
     "\"url\":\"https://example.org/2\",\"inLanguage\":\"en\"}</script>"
     "<meta property='og:title' content='Other'><p>x",
     "Six dead", "https://example.org/2", "Meridian", "2026-03-04", IM_LANGUAGE_EN},
    {"<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"W\"},"
     "{\"@type\":[\"Article\",\"X\"],\"headline\":\"Six\",\"publisher\":{\"@id\":\"#o\"}},"
     "{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Northline\"}]}</script><p>x",
     "Six", NULL, "Northline", "", IM_LANGUAGE_UNKNOWN},
    {"<script type='application/ld+json'>{ broken</script>"
     "<script type='application/ld+json'>[{\"@type\":\"ReportageNewsArticle\","
     "\"headline\":\"Six\"}]</script><p>x",
     "Six", NULL, NULL, "", IM_LANGUAGE_UNKNOWN},
    {"<meta name=date content='2026-01-01'><meta itemprop=datePublished content='2026-03-03'><p>x",
     NULL, NULL, NULL, "2026-03-03", IM_LANGUAGE_UNKNOWN},
    {"<meta name=date content='soon'><link rel=canonical href='/rel'><p>x", NULL, NULL, NULL, "",
     IM_LANGUAGE_UNKNOWN},
};

static void test_html_metadata(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(meta_cases); i++) {
        const meta_case *c = &meta_cases[i];
        char day[IM_DAY_ISO_SIZE];
        g_test_message("%s", c->html);
        g_autoptr(im_report) report = read_document(IM_INPUT_HTML, c->html);
        g_assert_cmpstr(report->headline, ==, c->headline);
        g_assert_cmpstr(report->url, ==, c->url);
        g_assert_cmpstr(report->publisher, ==, c->publisher);
        g_assert_cmpstr(im_day_format_iso(report->published, day), ==, c->published);
        g_assert_cmpint(report->language, ==, c->language);
    }
}

static GString *nested(const char *tag, guint depth)
{
    GString *html = g_string_new("<p>head</p>");
    for (guint i = 0; i < depth; i++)
        g_string_append(html, tag);
    return g_string_append(html, "deep");
}

static void test_html_depth(void)
{
    static const struct {
        const char *tag;
        guint depth;
        gboolean fits;
    } cases[] = {
        {"<div>", 500, TRUE},   {"<div>", 600, FALSE},       {"<div>", 100000, FALSE},
        {"<b>", 100000, FALSE}, {"<ul><li>", 100000, FALSE}, {"<table><tr><td>", 50000, FALSE},
        {"<br>", 100000, TRUE}, {"</p>", 100000, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) html = nested(cases[i].tag, cases[i].depth);
        g_autoptr(im_report) report = read_bytes(IM_INPUT_HTML, html->str, html->len, &error);
        g_assert_no_error(error);
        if (cases[i].fits) {
            g_assert_no_error(report->error);
            g_assert_true(g_str_has_suffix(report->text, "deep"));
        } else {
            g_assert_error(report->error, IM_ERROR, IM_ERROR_LIMIT);
            g_assert_cmpstr(report->text, ==, "");
        }
    }
}

/* A limit of the caller's, up to the most that there is. */
static void test_nesting(void)
{
    static const struct {
        im_input_format format;
        const char *before, *tag;
        guint max, n;
        gboolean fits;
    } cases[] = {
        {IM_INPUT_HTML, "", "<div>", 10, 8, TRUE}, /* in <html> and <body> */
        {IM_INPUT_HTML, "", "<div>", 10, 9, FALSE},
        {IM_INPUT_HTML, "", "<div>", IM_MOST_NESTING, 998, TRUE},
        {IM_INPUT_HTML, "", "<div>", G_MAXUINT, 999, FALSE},
        {IM_INPUT_MARKDOWN, "Head.\n\n", "<div>", 10, 8, TRUE},
        {IM_INPUT_MARKDOWN, "Head.\n\n", "<div>", 10, 9, FALSE},
        {IM_INPUT_TXT, "", "<div>", 1, 9, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(cases[i].before);
        for (guint k = 0; k < cases[i].n; k++)
            g_string_append(text, cases[i].tag);
        g_string_append(text, "deep");
        im_read_options options = {.format = cases[i].format, .max_nesting = cases[i].max};
        g_autoptr(im_reader) reader = im_reader_of_bytes("t", text->str, text->len, &options, NULL);
        g_autoptr(im_report) report = im_reader_next(reader);
        g_autofree char *message = g_strdup_printf("t: elements are nested deeper than %u",
                                                   MIN(cases[i].max, (guint)IM_MOST_NESTING));
        if (!cases[i].fits)
            g_assert_error(report->error, IM_ERROR, IM_ERROR_LIMIT);
        g_assert_cmpstr(report->error ? report->error->message : NULL, ==,
                        cases[i].fits ? NULL : message);
        g_assert_cmpint(strstr(report->text, "deep") != NULL, ==, cases[i].fits);
    }
}

static void test_markdown_limit(void)
{
    g_autoptr(GString) text = nested("![[]()", 25000);
    g_autoptr(im_report) fits = read_document(IM_INPUT_MARKDOWN, text->str);
    g_assert_no_error(fits->error);
    g_string_append_c(text, '[');
    g_autoptr(im_report) report = read_document(IM_INPUT_MARKDOWN, text->str);
    g_assert_error(report->error, IM_ERROR, IM_ERROR_LIMIT);
    g_assert_cmpstr(report->error->message, ==, "t: has more than 50000 brackets");
}

static void test_encodings(void)
{
    static const struct {
        const char *bytes;
        gsize len;
        const char *text;
    } cases[] = {
        {"Le\xF3n \x96 \x93ya\x94 \x80", 13, "Le\u00F3n \u2013 \u201Cya\u201D \u20AC"},
        {"Le\xC3\xB3n \xFFy", 8, "Le\u00F3n \uFFFDy"},
        {"Le\xC3\xB3n y Yur\xE9"
         "cuaro",
         17, "Le\u00F3n y Yur\uFFFDcuaro"},
        {"ab\xFF", 3, "ab\uFFFD"},
        {"ab\x81", 3, "ab\uFFFD"},
        {"ab\xC3", 3, "ab\u00C3"},
        {"\xFF\xFEL\0\xF3\0", 6, "L\u00F3"},
        {"\xFE\xFF\0L\0\xF3", 6, "L\u00F3"},
        {"\xFF\xFEL\0\xF3", 5, "L"},
        {"\xFF\xFEL\0\x00\xD8", 6, NULL}, /* half a surrogate pair: anything but a crash */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(im_report) report =
            read_bytes(IM_INPUT_TXT, cases[i].bytes, cases[i].len, &error);
        g_assert_no_error(error);
        if (cases[i].text)
            g_assert_cmpstr(report->text, ==, cases[i].text);
    }
}

static void test_unreadable(void)
{
    static const struct {
        const char *bytes;
        gsize len;
        const char *message;
    } cases[] = {
        {"", 0, "t: is empty"},
        {" \r\n\t\n", 5, "t: is empty"},
        {"\xEF\xBB\xBF\n", 4, "t: is empty"},
        {"\xFF\xFE", 2, "t: is empty"},
        {"text\0text", 9, "t: looks binary"},
        {"\x01\x02\x03\x04 text", 9, "t: looks binary"},
        {"\x89PNG\r\n\x1A\n", 8, "t: looks binary: a PNG image"},
        {"%PDF-1.4 text", 13, "t: looks binary: a PDF"},
        {"PK\x03\x04text", 8, "t: looks binary: a ZIP archive or office document; try /vsizip/"},
        {"\177ELF\x02\x01", 6, "t: looks binary: a program"},
        {"\x1F\x8B\x08", 3, "t: looks binary: gzip; try /vsigzip/"},
    };
    static const im_input_format formats[] = {IM_INPUT_TXT, IM_INPUT_MARKDOWN, IM_INPUT_HTML};
    for (gsize i = 0; i < G_N_ELEMENTS(cases) * G_N_ELEMENTS(formats); i++) {
        gsize k = i / G_N_ELEMENTS(formats);
        g_autoptr(GError) error = NULL;
        g_assert_null(
            read_bytes(formats[i % G_N_ELEMENTS(formats)], cases[k].bytes, cases[k].len, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_FORMAT);
        g_assert_cmpstr(error->message, ==, cases[k].message);
    }
}

static void test_markup_without_text(void)
{
    static const struct {
        im_input_format format;
        const char *source;
    } cases[] = {
        {IM_INPUT_HTML, "<html><head><title>Only a title</title></head><body></body></html>"},
        {IM_INPUT_HTML, "<script>alert(1)</script>"},
        {IM_INPUT_MARKDOWN, "![picture](a.png)"},
        {IM_INPUT_MARKDOWN, "---\ntitle: x\n---\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(im_report) report = read_document(cases[i].format, cases[i].source);
        g_assert_error(report->error, IM_ERROR, IM_ERROR_FORMAT);
        g_assert_cmpstr(report->error->message, ==, "t: holds no text");
        g_assert_cmpstr(report->text, ==, "");
    }
}

/* A single line of ten million bytes is read; one byte over the limit is not. */
static void test_size(void)
{
    enum { SIZE = 10 * 1000 * 1000 };
    g_autofree char *bytes = g_strnfill(SIZE, 'x');
    static const im_input_format formats[] = {IM_INPUT_TXT, IM_INPUT_MARKDOWN, IM_INPUT_HTML};
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(im_report) report = read_bytes(formats[i], bytes, SIZE, &error);
        g_assert_no_error(error);
        g_assert_no_error(report->error);
        g_assert_cmpuint(report->text_len / 10, ==, SIZE / 10);
        im_read_options options = {.format = formats[i], .max_bytes = SIZE - 1};
        g_assert_null(im_reader_of_bytes("t", bytes, SIZE, &options, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_LIMIT);
        g_assert_cmpstr(error->message, ==, "t: is larger than 9999999 bytes");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/txt", test_text);
    g_test_add_func("/report/markdown/text", test_markdown);
    g_test_add_func("/report/markdown/front-matter", test_markdown_front_matter);
    g_test_add_func("/report/html/text", test_html_text);
    g_test_add_func("/report/html/metadata", test_html_metadata);
    g_test_add_func("/report/html/depth", test_html_depth);
    g_test_add_func("/report/nesting", test_nesting);
    g_test_add_func("/report/markdown/limit", test_markdown_limit);
    g_test_add_func("/report/encodings", test_encodings);
    g_test_add_func("/report/unreadable", test_unreadable);
    g_test_add_func("/report/no-text", test_markup_without_text);
    g_test_add_func("/report/size", test_size);
    return g_test_run();
}
