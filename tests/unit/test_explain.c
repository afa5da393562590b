/* What is said of a report: all layouts of one small case byte for byte, and the text of strangers in
 * them. IM_GOLDEN_UPDATE=1 writes the expected files anew (target golden-update). */
#include "explain/flow.h"
#include "explain/priv.h"
#include "gazetteer_mini.h"

#include <incmap/pipeline.h>
#include <libxml/parser.h>
#include <string.h>

#define GOLDEN IM_TEST_DATA "/../golden/expected/explain."

static im_gazetteer *gazetteer;

/* A report with what was found in it: made by hand, so that no rule of reading changes it. */
typedef struct scene {
    im_report report;
    GArray *mentions, *rejected;
    GPtrArray *incidents;
} scene;

static scene scene_new(char *text)
{
    scene s = {.report = {.id = (char *)"news/one.txt", .text = text, .text_len = strlen(text)}};
    s.mentions = g_array_new(FALSE, TRUE, sizeof(im_mention));
    s.rejected = g_array_new(FALSE, TRUE, sizeof(im_rejected));
    s.incidents = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    return s;
}

static void scene_clear(scene *s)
{
    g_array_unref(s->mentions);
    g_array_unref(s->rejected);
    g_ptr_array_unref(s->incidents);
}

static im_span span_of(const scene *s, const char *words)
{
    const char *at = strstr(s->report.text, words);
    g_assert_nonnull(at);
    guint32 start = (guint32)(at - s->report.text);
    return (im_span){start, start + (guint32)strlen(words)};
}

/* @param code  of the place, NULL where none was chosen */
static im_mention *add_mention(scene *s, const char *words, const char *code)
{
    im_mention m = {.span = span_of(s, words),
                    .status = code ? IM_MENTION_RESOLVED : IM_MENTION_NOT_FOUND,
                    .place = code ? im_gazetteer_by_code(gazetteer, code) : IM_PLACE_NONE,
                    .score = 0.9,
                    .reason = code ? IM_REASON_RANK : IM_REASON_NONE,
                    .runner_up = IM_PLACE_NONE,
                    .bearing_deg = -1,
                    .container = G_MAXUINT32};
    g_array_append_val(s->mentions, m);
    return &g_array_index(s->mentions, im_mention, s->mentions->len - 1);
}

static void add_incident(scene *s, const char *sentence)
{
    im_incident *r = im_incident_new(IM_INCIDENT_KILLING);
    im_source *source = im_source_new();
    im_span span = span_of(s, sentence);
    source->report = g_strdup(s->report.id);
    source->quote = g_strdup(sentence);
    source->char_start = (guint32)g_utf8_strlen(s->report.text, span.start);
    source->char_end = source->char_start + (guint32)g_utf8_strlen(sentence, -1);
    g_ptr_array_add(r->sources, source);
    r->id = g_strdup("k1");
    r->title = g_strdup("2 people killed <b>");
    r->status = IM_STATUS_OCCURRED;
    r->count = r->deaths_low = r->deaths_best = r->deaths_high = 2;
    r->count_bound = IM_BOUND_AT_LEAST;
    r->date_start = r->date_end = im_day_from_ymd(2026, 2, 22);
    r->date_basis = IM_DATE_WEEKDAY;
    r->date_text = g_strdup("Sunday");
    r->location = g_strdup("Tapalpa");
    r->place_text = g_strdup("30 km south of Tapalpa");
    r->admin1 = g_strdup("Jalisco");
    r->country = g_strdup("Mexico");
    r->has_geometry = TRUE;
    r->geo_level = IM_LEVEL_POINT;
    g_ptr_array_add(s->incidents, r);
}

static scene usual_scene(void)
{
    scene s =
        scene_new((char *)"   \nTwo were killed 30 km south of Tapalpa, Jalisco, on Sunday <b>.\n\n"
                          "Durango was calm & so was Qarbeshk. Mr. Zamora, a Mexican, said so "
                          "between Guadalajara and Zamora.\n");
    s.report.headline = (char *)"Two killed near Tapalpa & \"Jalisco\"";
    s.report.publisher = (char *)"The <i>Daily</i>";
    s.report.published = im_day_from_ymd(2026, 2, 23);
    s.report.language = IM_LANGUAGE_EN;
    im_mention *m = add_mention(&s, "Tapalpa", "MX.14.086");
    m->relation = IM_RELATION_OFFSET;
    m->distance_km = 30;
    m->bearing_deg = 180;
    m->reason = IM_REASON_CONTAINER;
    m->container = 1;
    m = add_mention(&s, "Jalisco", "MX.14");
    m->flags = IM_MENTION_AS_CONTAINER;
    m->reason = IM_REASON_CONTAINS;
    m = add_mention(&s, "Durango", NULL);
    m->status = IM_MENTION_AMBIGUOUS;
    m->runner_up = im_gazetteer_by_code(gazetteer, "MX.10");
    m->runner_up_score = 0.44;
    add_mention(&s, "Qarbeshk", NULL);
    m = add_mention(&s, "Guadalajara", "MX.14.039");
    m->relation = IM_RELATION_BETWEEN;
    m->other = 5;
    m = add_mention(&s, "Zamora.", "MX.16.108");
    m->span.end--;
    m->relation = IM_RELATION_BETWEEN;
    m->other = 4;
    im_rejected zamora = {span_of(&s, "Zamora"), IM_REJECTED_PERSON};
    im_rejected mexican = {span_of(&s, "Mexican"), IM_REJECTED_DEMONYM};
    g_array_append_val(s.rejected, zamora);
    g_array_append_val(s.rejected, mexican);
    add_incident(&s, "Two were killed 30 km south of Tapalpa, Jalisco, on Sunday <b>.");
    return s;
}

static char *lay_out(const scene *s, const im_explain_options *options)
{
    const im_explained explained = {&s->report, s->mentions, s->rejected, s->incidents};
    GString *out = g_string_new(NULL);
    im_explain_begin(options, out);
    im_explain_report(gazetteer, &explained, 1, options, out);
    im_explain_end(options, out);
    return g_string_free(out, FALSE);
}

static void test_golden(void)
{
    static const struct {
        const char *file;
        im_explain_options options;
    } cases[] = {
        {GOLDEN "txt", {.format = IM_EXPLAIN_TEXT, .columns = 80}},
        {GOLDEN "colour.txt", {.format = IM_EXPLAIN_TEXT, .columns = 60, .colour = TRUE}},
        {GOLDEN "html", {.format = IM_EXPLAIN_HTML}},
        {GOLDEN "json", {.format = IM_EXPLAIN_JSON}},
    };
    scene s = usual_scene();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *made = lay_out(&s, &cases[i].options);
        g_autofree char *again = lay_out(&s, &cases[i].options), *expected = NULL;
        g_assert_cmpstr(made, ==, again);
        if (g_getenv("IM_GOLDEN_UPDATE"))
            g_assert_true(g_file_set_contents(cases[i].file, made, -1, NULL));
        g_assert_true(g_file_get_contents(cases[i].file, &expected, NULL, NULL));
        g_assert_cmpstr(made, ==, expected);
    }
    scene_clear(&s);
}

/* Text that would be markup, steer a terminal, turn the direction, or fill no line. */
static const char *const HOSTILE[] = {
    "<script>alert(1)</script> ]]> <!-- &amp; \"'` Tapalpa",
    "Tapalpa \033[31m\033]0;title\007 \001\002\177 \xC2\x9B\x31m",
    "\xE2\x80\xAETapalpa\xE2\x80\xAC \xE2\x81\xA6x\xE2\x81\xA9",
    "\xD9\x83\xD8\xA7\xD8\xA8\xD9\x88\xD9\x84 Tapalpa \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\xE5\xA2\xA8\xE8\xA5\xBF\xE5\x93\xA5\xE5\xB8\x82\xE5\xA2\xA8\xE8\xA5\xBF\xE5\x93\xA5\xE5\xB8"
    "\x82"
    "\xE5\xA2\xA8\xE8\xA5\xBF\xE5\x93\xA5\xE5\xB8\x82\xE5\xA2\xA8\xE8\xA5\xBF\xE5\x93\xA5\xE5\xB8"
    "\x82"
    "\xE5\xA2\xA8\xE8\xA5\xBF\xE5\x93\xA5\xE5\xB8\x82\xE5\xA2\xA8\xE8\xA5\xBF Tapalpa",
    "Tapalpa e\xCC\x81\xCC\x81\xCC\x81 \xEF\xBF\xBE \xEF\xBF\xBF \xF0\x9F\x98\x80",
    "Tapalpa\r\nTapalpa\rTapalpa\tTapalpa",
    "Tapalpa",
};

static void check_is_clean(const char *text)
{
    g_assert_true(g_utf8_validate(text, -1, NULL));
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        g_assert_true(c == '\n' || c == '\t' || !g_unichar_iscntrl(c));
        g_assert_false((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
    }
}

static void check_width(const char *text, guint columns)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        g_assert_cmpuint(im_flow_width(*line), <=, columns);
}

static void check_xml(const char *page)
{
    xmlDoc *doc = xmlReadMemory(page, (int)strlen(page), NULL, NULL, XML_PARSE_NONET);
    g_assert_nonnull(doc);
    xmlFreeDoc(doc);
}

static void check_hostile(char *text)
{
    static const im_explain_options plain = {.format = IM_EXPLAIN_TEXT, .columns = 44},
                                    html = {.format = IM_EXPLAIN_HTML};
    scene s = scene_new(text);
    s.report.headline = s.report.publisher = s.report.id = text;
    add_mention(&s, "Tapalpa", "MX.14.086");
    add_incident(&s, text);
    im_rejected all = {{0, (guint32)s.report.text_len}, IM_REJECTED_WORD};
    g_array_append_val(s.rejected, all);
    g_autofree char *lines = lay_out(&s, &plain), *page = lay_out(&s, &html);
    check_is_clean(lines);
    check_width(lines, plain.columns);
    check_is_clean(page);
    check_xml(page);
    g_assert_null(strstr(page, "<script"));
    scene_clear(&s);
}

static void test_hostile(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(HOSTILE); i++)
        check_hostile((char *)HOSTILE[i]);
    g_autoptr(GString) longest = g_string_new("Tapalpa");
    while (longest->len < 100000)
        g_string_append(longest, "tapalpa");
    check_hostile(longest->str);
}

/* Spans from elsewhere may overlap, be empty, or lie across the end of a sentence. */
static void test_odd_spans(void)
{
    static const im_explain_options html = {.format = IM_EXPLAIN_HTML},
                                    plain = {.format = IM_EXPLAIN_TEXT};
    static const im_span spans[] = {{0, 3}, {2, 5}, {5, 5}, {8, 14}, {18, 18}};
    scene s = scene_new((char *)"One two. Three four.");
    for (guint i = 0; i < G_N_ELEMENTS(spans); i++)
        add_mention(&s, "One", NULL)->span = spans[i];
    add_incident(&s, "One two. T");
    add_incident(&s, "Three four.");
    add_incident(&s, "One two. Three four.");
    g_autofree char *page = lay_out(&s, &html), *lines = lay_out(&s, &plain);
    check_xml(page);
    g_assert_nonnull(strstr(lines, "One[1] two."));
    scene_clear(&s);
    scene nothing = scene_new((char *)"");
    g_autofree char *empty = lay_out(&nothing, &html), *none = lay_out(&nothing, &plain);
    check_xml(empty);
    g_assert_nonnull(strstr(none, "No place names"));
    scene_clear(&nothing);
}

static void test_formats(void)
{
    static const struct {
        const char *name, *path;
        im_explain_format format;
    } cases[] = {
        {NULL, "a.html", IM_EXPLAIN_HTML},   {NULL, "A.HTM", IM_EXPLAIN_HTML},
        {NULL, "a.jsonl", IM_EXPLAIN_JSON},  {NULL, "a.txt", IM_EXPLAIN_TEXT},
        {"JSON", "a.html", IM_EXPLAIN_JSON}, {NULL, "a", IM_EXPLAIN_NONE},
        {"pdf", "a.html", IM_EXPLAIN_NONE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_cmpint(im_explain_format_find(cases[i].name, cases[i].path, &error), ==,
                        cases[i].format);
        g_assert_cmpint(error != NULL, ==, cases[i].format == IM_EXPLAIN_NONE);
    }
}

/* Names that are not found are counted, and no text makes the memory grow without end. */
static void test_missing(void)
{
    enum { NAMES = 70000, KEPT = 65536 };
    scene s = scene_new((char *)"Qarbeshk and Zz\nyr\033rt");
    g_autoptr(im_missing) missing = im_missing_new();
    add_mention(&s, "Qarbeshk", NULL);
    add_mention(&s, "Qarbeshk", NULL);
    add_mention(&s, "Zz\nyr\033rt", NULL);
    im_missing_add(missing, &s.report, s.mentions);
    g_autoptr(GArray) names = im_missing_names(missing);
    g_assert_cmpuint(names->len, ==, 2);
    g_assert_cmpstr(g_array_index(names, im_missing_name, 0).name, ==, "Qarbeshk");
    g_assert_cmpuint(g_array_index(names, im_missing_name, 0).n, ==, 2);
    g_assert_cmpstr(g_array_index(names, im_missing_name, 1).name, ==, "Zz yr rt");
    g_array_set_size(s.mentions, 1);
    for (guint i = 0; i < NAMES; i++) {
        g_autofree char *name = g_strdup_printf("N%06u", i);
        s.report.text = name;
        g_array_index(s.mentions, im_mention, 0).span = (im_span){0, 7};
        im_missing_add(missing, &s.report, s.mentions);
    }
    g_autoptr(GArray) many = im_missing_names(missing);
    g_assert_cmpuint(many->len, ==, KEPT);
    g_assert_cmpuint(im_missing_n_later(missing), ==, NAMES + 2 - KEPT);
    g_assert_cmpuint(im_missing_n_mentions(missing), ==, NAMES + 3);
    scene_clear(&s);
}

/* What the recogniser did not take for a place, and why. */
static void test_rejected(void)
{
    static const char text[] = "Ms. Zamora told Mexican soldiers in Tapalpa, Jalisco, of it.";
    g_autoptr(im_text) read = im_text_new(text, strlen(text), IM_LANGUAGE_EN);
    g_autoptr(GArray) rejected = g_array_new(FALSE, FALSE, sizeof(im_rejected));
    const im_toponym_options options = {.rejected = rejected};
    g_autoptr(GArray) mentions = im_toponyms_find(gazetteer, read, &options);
    gboolean demonym = FALSE;
    for (guint i = 0; i < rejected->len; i++) {
        const im_rejected *r = &g_array_index(rejected, im_rejected, i);
        g_assert_cmpuint(r->span.start, <, r->span.end);
        for (guint m = 0; m < mentions->len; m++)
            g_assert_cmpuint(r->span.start, !=, g_array_index(mentions, im_mention, m).span.start);
        demonym |=
            r->why == IM_REJECTED_DEMONYM && strncmp(text + r->span.start, "Mexican", 7) == 0;
    }
    g_assert_true(demonym);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gazetteer = gazetteer_of(MINI_FOLDER);
    g_test_add_func("/explain/golden", test_golden);
    g_test_add_func("/explain/hostile", test_hostile);
    g_test_add_func("/explain/odd-spans", test_odd_spans);
    g_test_add_func("/explain/formats", test_formats);
    g_test_add_func("/explain/missing", test_missing);
    g_test_add_func("/explain/rejected", test_rejected);
    int code = g_test_run();
    im_gazetteer_free(gazetteer);
    xmlCleanupParser();
    return code;
}
