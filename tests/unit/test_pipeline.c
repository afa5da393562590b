/* The stages wired: order, giving up, years of datelines, joining, lines of JSON. */
#include "pipeline/priv.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

static im_gazetteer *gazetteer; /* of the dozen places in tests/data/geodata-mini */

static im_gist *a_gist(int year, int month, int day, const guint64 *keys, guint n)
{
    im_gist *gist = g_new0(im_gist, 1);
    gist->published = im_day_from_ymd(year, month, day);
    gist->keys = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_array_append_vals(gist->keys, keys, n);
    return gist;
}

typedef struct dated {
    int year, month, day;
    guint64 keys[4];
    guint n;
} dated;

/* A report with the keys 1, 2, 3 and a dateline of that month and day, among dated ones. */
static void test_years(void)
{
    static const struct {
        const char *what;
        int month, day;
        dated others[3];
        int year, found_month, found_day;
    } rows[] = {
        {"the day after", 2, 24, {{2026, 2, 23, {1, 2}, 2}}, 2026, 2, 24},
        {"the turn of the year", 1, 2, {{2025, 12, 30, {2, 3}, 2}}, 2026, 1, 2},
        {"the turn, backwards", 12, 31, {{2026, 1, 1, {2, 3}, 2}}, 2025, 12, 31},
        {"one place in common is too little", 2, 24, {{2026, 2, 23, {1, 9}, 2}}, 0, 0, 0},
        {"half a year apart is other news", 8, 24, {{2026, 2, 23, {1, 2, 3}, 3}}, 0, 0, 0},
        {"no leap day that year", 2, 29, {{2026, 2, 28, {1, 2}, 2}}, 0, 0, 0},
        {"a leap day", 2, 29, {{2024, 3, 1, {1, 2}, 2}}, 2024, 2, 29},
        {"more in common wins",
         2,
         24,
         {{2019, 2, 24, {1, 2}, 2}, {2026, 2, 20, {1, 2, 3}, 3}},
         2026,
         2,
         24},
        {"then what is nearer",
         2,
         24,
         {{2019, 2, 14, {1, 2}, 2}, {2026, 2, 20, {2, 3}, 2}},
         2026,
         2,
         24},
        {"then what is later",
         2,
         24,
         {{2026, 2, 23, {1, 2}, 2}, {2019, 2, 25, {2, 3}, 2}},
         2026,
         2,
         24},
        {"nobody", 2, 24, {{0}}, 0, 0, 0},
    };
    static const guint64 keys[] = {1, 2, 3};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(im_gist) undated = a_gist(0, 0, 0, keys, 3);
        g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func((GDestroyNotify)im_gist_free);
        for (guint k = 0; k < 3 && rows[i].others[k].n; k++) {
            const dated *d = &rows[i].others[k];
            g_ptr_array_add(others, a_gist(d->year, d->month, d->day, d->keys, d->n));
        }
        g_test_message("%s", rows[i].what);
        im_day day = im_day_from_company(undated, rows[i].month, rows[i].day, others);
        g_assert_cmpuint(day, ==,
                         im_day_from_ymd(rows[i].year, rows[i].found_month, rows[i].found_day));
    }
}

/* A file of `n` lines of JSON, the fourth of which is broken. */
static char *lines_file(guint n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        if (i == 3)
            g_string_append(text, "{\"id\":\n");
        else
            g_string_append_printf(text, "{\"id\":\"%u\",\"text\":\"Fire in Guadalajara.\"}\n", i);
    char *path = g_strdup_printf("%s/incmap-pipeline-%u.jsonl", g_get_tmp_dir(), g_test_rand_int());
    g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    return path;
}

typedef struct seen {
    GPtrArray *ids;
    guint n_failed, stop_after;
} seen;

static gboolean note_down(im_analysis *analysis, gpointer data, GError **error)
{
    seen *s = data;
    g_ptr_array_add(s->ids, g_strdup(analysis->report->id));
    s->n_failed += analysis->report->error != NULL;
    g_assert_true((analysis->report->error == NULL) == (analysis->mentions != NULL));
    g_assert_null(analysis->incidents);
    if (s->ids->len != s->stop_after)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "full");
    return FALSE;
}

static void test_order(gconstpointer jobs)
{
    enum { N = 200 };
    g_autofree char *path = lines_file(N);
    const char *inputs[] = {path, "/nowhere/at/all.txt", NULL};
    im_run_options options = {.no_incidents = TRUE, .jobs = GPOINTER_TO_UINT(jobs)};
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    seen s = {.ids = ids};
    g_assert_true(im_run_each(gazetteer, inputs, &options, note_down, &s, NULL));
    g_assert_cmpuint(ids->len, ==, N + 1);
    for (guint i = 0; i < N; i++) {
        g_autofree char *id = g_strdup_printf("%u", i);
        g_assert_true(i == 3 || g_strcmp0(ids->pdata[i], id) == 0);
    }
    g_assert_cmpstr(ids->pdata[N], ==, "/nowhere/at/all.txt");
    g_assert_cmpuint(s.n_failed, ==, 2);
    g_unlink(path);
}

static gboolean note_outcome(im_analysis *a, gpointer data, GError **error)
{
    (void)error;
    const im_report *report = a->report;
    const GError *fault = report->error;
    g_assert_true((fault != NULL) == (a->mentions == NULL));
    g_assert_true((fault != NULL) == (a->rejected == NULL));
    g_assert_true((fault != NULL) == (a->incidents == NULL));
    g_assert_true(!fault || g_error_matches(fault, IM_ERROR, IM_ERROR_LIMIT));
    g_assert_true(!fault || (report->text_len == 0 && *report->text == '\0' && !report->spans));
    g_string_append_printf(data, "%s %s\n", report->id,
                           fault ? strrchr(fault->message, '/') + 1 : "is read");
    return TRUE;
}

/* A report with more names than are allowed is an error of that report alone; an item of a feed is named by its id. */
static void test_mentions(gconstpointer jobs)
{
    static const char lines[] =
        "{\"id\":\"a\",\"text\":\"Fire in Guadalajara.\"}\n"
        "{\"id\":\"b\",\"text\":\"Fire in Guadalajara. Fire in Guadalajara.\"}\n"
        "{\"id\":\"feed:http://x/#7\",\"text\":\"Guadalajara. In Guadalajara.\"}\n"
        "{\"id\":\"c\",\"text\":\"Fire in Guadalajara.\"}\n";
    g_autofree char *name = g_strdup_printf("incmap-mentions-%u.jsonl", g_test_rand_int());
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
    g_autoptr(GString) outcome = g_string_new(NULL);
    const char *inputs[] = {path, NULL};
    im_run_options options = {.rejected = TRUE, .max_mentions = 1, .jobs = GPOINTER_TO_UINT(jobs)};
    g_assert_true(g_file_set_contents(path, lines, -1, NULL));
    g_assert_true(im_run_each(gazetteer, inputs, &options, note_outcome, outcome, NULL));
    options.max_mentions = 0;
    g_assert_true(im_run_each(gazetteer, inputs, &options, note_outcome, outcome, NULL));
    g_autofree char *expected =
        g_strdup_printf("a is read\nb %s:2: holds more than 1 place name\n"
                        "feed:http://x/#7 #7: holds more than 1 place name\nc is read\n"
                        "a is read\nb is read\nfeed:http://x/#7 is read\nc is read\n",
                        name);
    g_assert_cmpstr(outcome->str, ==, expected);
    g_unlink(path);
}

static void test_giving_up(gconstpointer jobs)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = lines_file(500);
    const char *inputs[] = {path, NULL};
    im_run_options options = {.no_incidents = TRUE, .jobs = GPOINTER_TO_UINT(jobs)};
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    seen s = {.ids = ids, .stop_after = 5};
    g_assert_false(im_run_each(gazetteer, inputs, &options, note_down, &s, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
    g_assert_cmpuint(ids->len, ==, 5); /* not called again */
    g_unlink(path);
}

static void test_error_line(void)
{
    im_report report = {.id = (char *)"line \"7\"", .text = (char *)""};
    report.error = g_error_new(IM_ERROR, IM_ERROR_LIMIT, "a:7: too long");
    g_autoptr(GString) out = g_string_new(NULL);
    im_report_to_json_line(gazetteer, &report, NULL, NULL, out);
    g_assert_cmpstr(
        out->str, ==,
        "{\"id\":\"line \\\"7\\\"\",\"error\":{\"code\":\"limit\",\"message\":\"a:7: too "
        "long\"}}\n");
    g_error_free(report.error);
}

/* Offsets are code points of the text, whatever the order of the spans. */
static void test_code_points(void)
{
    static const char text[] = "Ñandú 😀 en Guadalajara";
    static const guint32 first = 16, last = 27; /* bytes of the last word, then of the first */
    g_autoptr(GArray) mentions = g_array_new(FALSE, TRUE, sizeof(im_mention));
    im_report report = {.id = (char *)"1", .text = (char *)text, .text_len = strlen(text)};
    im_mention mention = {.span = {first, last},
                          .status = IM_MENTION_NOT_FOUND,
                          .place = IM_PLACE_NONE,
                          .runner_up = IM_PLACE_NONE};
    g_array_append_val(mentions, mention);
    mention.span = (im_span){0, 7};
    g_array_append_val(mentions, mention);
    g_autoptr(GString) out = g_string_new(NULL);
    im_report_to_json_line(gazetteer, &report, mentions, NULL, out);
    cJSON *json = cJSON_Parse(out->str);
    const cJSON *toponyms = cJSON_GetObjectItem(json, "toponyms");
    const cJSON *a = cJSON_GetArrayItem(toponyms, 0), *b = cJSON_GetArrayItem(toponyms, 1);
    g_assert_cmpstr(cJSON_GetObjectItem(a, "surface")->valuestring, ==, "Guadalajara");
    g_assert_cmpint(cJSON_GetObjectItem(a, "start")->valueint, ==, 11);
    g_assert_cmpint(cJSON_GetObjectItem(a, "end")->valueint, ==, 22);
    g_assert_cmpint(cJSON_GetObjectItem(b, "start")->valueint, ==, 0);
    g_assert_cmpint(cJSON_GetObjectItem(b, "end")->valueint, ==, 5);
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(a, "lat")));
    g_assert_null(cJSON_GetObjectItem(json, "incidents"));
    cJSON_Delete(json);
}

static im_incident *a_record(const char *id, guint n_articles)
{
    im_incident *incident = im_incident_new(IM_INCIDENT_ATTACK);
    incident->id = g_strdup(id);
    incident->country = g_strdup("Mexico");
    incident->admin1 = g_strdup("Jalisco");
    incident->number_of_articles = n_articles;
    return incident;
}

static void test_join(void)
{
    GPtrArray *records = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_ptr_array_add(records, a_record("b", 1));
    g_ptr_array_add(records, a_record("a", 1));
    g_ptr_array_add(records, a_record("a", 3));
    g_ptr_array_add(records, a_record("a", 2));
    g_autoptr(GPtrArray) joined = im_incidents_join(gazetteer, records);
    g_assert_cmpuint(joined->len, ==, 2);
    const im_incident *first = joined->pdata[0];
    g_assert_cmpstr(first->id, ==, "a");
    g_assert_cmpuint(first->number_of_articles, ==, 3);
    g_assert_cmpstr(first->iso, ==, "MX");
    g_assert_cmpstr(first->admin1_code, ==, "MX.14");
    g_assert_cmpstr(first->iso3166_2, ==, "MX-JAL");
}

static im_gazetteer *mini_gazetteer(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        g_strdup_printf("%s/incmap-pipeline-%u.imgz", g_get_tmp_dir(), g_test_rand_int());
    g_assert_true(im_gazetteer_build((const char *const[]){IM_TEST_DATA "/geodata-mini", NULL},
                                     NULL, path, NULL, &error));
    im_gazetteer *opened = im_gazetteer_open(path, &error);
    g_assert_no_error(error);
    g_unlink(path); /* it stays mapped */
    return opened;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gazetteer = mini_gazetteer();
    g_test_add_func("/pipeline/years", test_years);
    g_test_add_data_func("/pipeline/order/1", GUINT_TO_POINTER(1), test_order);
    g_test_add_data_func("/pipeline/order/8", GUINT_TO_POINTER(8), test_order);
    g_test_add_data_func("/pipeline/mentions/1", GUINT_TO_POINTER(1), test_mentions);
    g_test_add_data_func("/pipeline/mentions/8", GUINT_TO_POINTER(8), test_mentions);
    g_test_add_data_func("/pipeline/giving-up/1", GUINT_TO_POINTER(1), test_giving_up);
    g_test_add_data_func("/pipeline/giving-up/8", GUINT_TO_POINTER(8), test_giving_up);
    g_test_add_func("/pipeline/error-line", test_error_line);
    g_test_add_func("/pipeline/code-points", test_code_points);
    g_test_add_func("/pipeline/join", test_join);
    int result = g_test_run();
    im_gazetteer_free(gazetteer);
    return result;
}
