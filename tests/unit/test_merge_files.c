/* Merging through files: any groups of reports, written, read and merged in any order and nesting, give the
 * bytes of the run over all; and files that are not as incmap writes them. */
#include "output/priv.h"
#include "shuffle.h"

#include <glib/gstdio.h>
#include <incmap/merge.h>
#include <incmap/pipeline.h>
#include <string.h>

static im_gazetteer *gazetteer;
static char *folder;

static void write_file(const GPtrArray *incidents, const char *path)
{
    g_autoptr(GError) error = NULL;
    const im_output_format *format = im_output_format_find(NULL, path, &error);
    const im_output_data data = {.incidents = incidents};
    im_output_write(format, &data, path, TRUE, &error);
    g_assert_no_error(error);
}

static GPtrArray *read_file(const char *path)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *incidents = im_incidents_read(path, &error);
    g_assert_no_error(error);
    return incidents;
}

static char *bytes_of(const GPtrArray *incidents)
{
    char *bytes;
    g_autofree char *path = g_build_filename(folder, "all.geojson", NULL);
    write_file(incidents, path);
    g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    return bytes;
}

static im_run *run_reports(GPtrArray *paths, guint first, guint end)
{
    const im_run_options options = {.read.date = im_day_from_ymd(2026, 3, 10)};
    g_autoptr(GPtrArray) inputs = g_ptr_array_new();
    for (guint i = first; i < end; i++)
        g_ptr_array_add(inputs, paths->pdata[i]);
    g_ptr_array_add(inputs, NULL);
    return im_run_reports(gazetteer, (const char *const *)inputs->pdata, &options);
}

static char *new_path(GRand *rand, guint number)
{
    g_autofree char *name =
        g_strdup_printf("%u.geojson%s", number, g_rand_boolean(rand) ? "l" : "");
    return g_build_filename(folder, name, NULL);
}

/* Writes what some of the files are when merged, one of them perhaps twice. */
static char *merge_files(GRand *rand, GPtrArray *files, guint number)
{
    guint n = (guint)g_rand_int_range(rand, 2, 4), again = (guint)g_rand_int_range(rand, 0, 3);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < n && files->len > 0; i++) {
        g_autofree char *path = g_ptr_array_steal_index(files, 0);
        g_ptr_array_extend_and_steal(all, read_file(path));
        if (i == again)
            g_ptr_array_extend_and_steal(all, read_file(path));
        g_unlink(path);
    }
    g_autoptr(GPtrArray) merged = im_incidents_merge(g_steal_pointer(&all), NULL);
    char *path = new_path(rand, number);
    write_file(merged, path);
    return path;
}

/* Groups of reports, each extracted on its own, and what comes of merging the files till one is left. */
static char *merge_in_groups(GRand *rand, GPtrArray *reports)
{
    enum { LARGEST_GROUP = 9 };
    guint number = 0;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    shuffle(rand, reports);
    for (guint at = 0; at < reports->len; number++) {
        guint size = (guint)g_rand_int_range(rand, 1, LARGEST_GROUP),
              end = MIN(reports->len, at + size);
        g_autoptr(im_run) run = run_reports(reports, at, end);
        g_ptr_array_add(files, new_path(rand, number));
        write_file(run->incidents, files->pdata[files->len - 1]);
        at = end;
    }
    while (files->len > 1) {
        shuffle(rand, files);
        g_ptr_array_add(files, merge_files(rand, files, number++));
    }
    g_autoptr(GPtrArray) last = read_file(files->pdata[0]);
    g_unlink(files->pdata[0]);
    return bytes_of(last);
}

static void add_reports(GPtrArray *reports, const char *of)
{
    const char *const inputs[] = {of, NULL};
    g_autoptr(GPtrArray) paths = im_inputs_expand(inputs, NULL);
    g_assert_nonnull(paths);
    g_ptr_array_extend_and_steal(reports, g_steal_pointer(&paths));
}

static void test_any_order_and_grouping(void)
{
    enum { TRIES = 6 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260311);
    g_autoptr(GPtrArray) reports = g_ptr_array_new_with_free_func(g_free);
    add_reports(reports, IM_TEST_DATA "/reports");
    add_reports(reports, IM_TEST_DATA "/../eval/news/reports");
    g_autoptr(im_run) run = run_reports(reports, 0, reports->len);
    guint n_merged = 0;
    for (guint i = 0; i < run->incidents->len; i++)
        n_merged += ((const im_incident *)run->incidents->pdata[i])->parts != NULL;
    g_assert_cmpuint(n_merged, >, 10);
    g_autofree char *expected = bytes_of(run->incidents);
    for (guint i = 0; i < TRIES; i++) {
        g_autofree char *got = merge_in_groups(rand, reports);
        g_assert_cmpstr(got, ==, expected);
    }
}

/* ---- files as others make them ---- */

#define HEAD           "{\"type\":\"FeatureCollection\",\"generator\":\"incmap 1\",\"features\":[\n"
#define FEATURE(props) "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{" props "}"
#define ONE(props)     FEATURE(props) ",\"incmap\":{\"report\":\"r\"}}\n"

static GPtrArray *read_bytes(const char *text, gssize len, GError **error)
{
    gboolean foreign;
    g_autoptr(im_stream) stream =
        im_stream_of_bytes("f", text, len < 0 ? strlen(text) : (gsize)len);
    GPtrArray *records = im_own_records_read(stream, &foreign, error);
    g_assert_false(foreign);
    return records;
}

static void test_faults(void)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {HEAD ONE("\"type\":\"attack\"") "]}\nmore\n", "f:4: more behind"},
        {HEAD ONE("\"type\":\"attack\""), "f:3: the file ends within"},
        {HEAD "{\"type\":\"Feature\",\n", "f:2: not valid JSON"},
        {HEAD "[]\n]}\n", "f:2: not a feature"},
        {HEAD "7\n]}\n", "f:2: not a feature"},
        {HEAD "{\"type\":\"Feature\",\"properties\":[]}\n]}\n", "f:2: not a feature"},
        {HEAD ONE("\"type\":\"dance\"") "]}\n", "f:2: no known type"},
        {HEAD ONE("\"type\":7") "]}\n", "f:2: no known type"},
        {HEAD ONE("\"type\":\"attack\",\"count\":[1]") "]}\n", "f:2: count: neither"},
        {HEAD ONE("\"type\":\"attack\",\"title\":true") "]}\n", "f:2: title: neither"},
        {HEAD ONE("\"type\":\"attack\",\"title\":\"\xff\"") "]}\n", "f:2: not valid UTF-8"},
        {HEAD FEATURE("\"type\":\"attack\"") ",\"incmap\":[]}\n]}\n", "f:2: incmap: not"},
        {HEAD FEATURE("\"type\":\"attack\"") ",\"incmap\":{\"parts\":7}}\n]}\n", "f:2: parts:"},
        {HEAD FEATURE("\"type\":\"attack\"") ",\"incmap\":{\"parts\":[]}}\n]}\n", "f:2: parts:"},
        {HEAD FEATURE("\"type\":\"attack\"") ",\"incmap\":{\"parts\":[[]]}}\n]}\n", "f:2: parts:"},
        {HEAD FEATURE("\"type\":\"attack\"") ",\"incmap\":{\"parts\":[{}]}}\n]}\n",
         "f:2: no known type"},
        {ONE("\"type\":\"attack\"") "\nnull\n", "f:3: not a feature"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read_bytes(rows[i].text, -1, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_FORMAT);
        g_assert_true(g_str_has_prefix(error->message, rows[i].says));
    }
}

static void test_binary_and_deep(void)
{
    enum { DEEP = 100000, MANY = 5000000 };
    g_autoptr(GError) binary = NULL, deep = NULL, many = NULL;
    static const char nul[] = HEAD "{\"type\":\"Fea\0ture\"}\n]}\n";
    g_assert_null(read_bytes(nul, sizeof nul - 1, &binary));
    g_assert_error(binary, IM_ERROR, IM_ERROR_FORMAT);
    g_autoptr(GString) text = g_string_new(HEAD);
    for (guint i = 0; i < DEEP; i++)
        g_string_append_c(text, '[');
    g_assert_null(read_bytes(text->str, (gssize)text->len, &deep));
    g_assert_error(deep, IM_ERROR, IM_ERROR_FORMAT);
    g_string_assign(text, HEAD "[1");
    for (guint i = 0; i < MANY; i++)
        g_string_append(text, ",1");
    g_string_append(text, "]\n]}\n");
    g_assert_null(read_bytes(text->str, (gssize)text->len, &many));
    g_assert_error(many, IM_ERROR, IM_ERROR_LIMIT);
}

/* Numbers as text and text as numbers are read as what they are; what names no report is named by its line. */
static void test_odd_values(void)
{
    static const char text[] =
        HEAD "{\"type\":\"Feature\",\"properties\":{\"type\":\"attack\",\"location\":5,"
             "\"count\":\"3\",\"radius_km\":-2,\"confidence\":1e300,\"source\":\"El Diario\","
             "\"longitude\":\"-103.5\",\"latitude\":20,\"own\":{\"a\":[1]}},"
             "\"incmap\":{\"url\":7}},\r\n"
             "{\"type\":\"Feature\",\"properties\":{\"type\":\"attack\"}}\n]}\r\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = read_bytes(text, -1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(records->len, ==, 2);
    const im_incident *r = records->pdata[0];
    const im_source *s = r->sources->pdata[0];
    g_assert_cmpstr(r->location, ==, "5");
    g_assert_cmpint(r->count, ==, 3);
    g_assert_cmpfloat(r->radius_km, ==, IM_UNKNOWN);
    g_assert_cmpfloat(r->confidence, ==, 0);
    g_assert_cmpfloat(r->position.lon_deg, ==, -103.5);
    g_assert_true(r->has_geometry);
    g_assert_cmpstr(s->report, ==, "f:2");
    g_assert_cmpstr(s->publisher, ==, "El Diario");
    g_assert_cmpstr(s->url, ==, "7");
    g_assert_cmpstr(((const im_incident *)records->pdata[1])->id, ==, "f:3");
    g_assert_cmpuint(((const im_incident *)records->pdata[1])->sources->len, ==, 0);
    g_autoptr(GPtrArray) merged = im_incidents_merge(g_steal_pointer(&records), NULL);
    g_assert_cmpuint(merged->len, ==, 2);
    for (guint i = 0; i < merged->len; i++)
        g_assert_cmpuint(((const im_incident *)merged->pdata[i])->number_of_articles, ==, 1);
}

/* What a list of entries cannot hold stands beside it. */
static void test_exact_sources(void)
{
    static const char *const headlines[] = {"One; two", "", NULL, "“Three” \"four\"\n"};
    for (guint i = 0; i < G_N_ELEMENTS(headlines); i++) {
        g_autoptr(GPtrArray) records =
            g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
        im_incident *r = im_incident_new(IM_INCIDENT_ATTACK);
        im_source *s = im_source_at(r, 0);
        s->report = g_strdup("a/b; c.txt");
        s->headline = g_strdup(headlines[i]);
        s->quote = g_strdup("“He said; “no”.”");
        g_ptr_array_add(records, r);
        g_autofree char *path = g_build_filename(folder, "one.geojsonl", NULL);
        write_file(records, path);
        g_autoptr(GPtrArray) again = read_file(path);
        const im_source *t = ((const im_incident *)again->pdata[0])->sources->pdata[0];
        g_assert_cmpstr(t->report, ==, s->report);
        g_assert_cmpstr(t->publisher, ==, NULL);
        g_assert_cmpstr(t->headline, ==, s->headline);
        g_assert_cmpstr(t->quote, ==, s->quote);
        g_unlink(path);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *path = im_gazetteer_default_path();
    gazetteer = im_gazetteer_open(path, NULL);
    g_assert_nonnull(gazetteer);
    folder = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    g_test_add_func("/merge-files/any-order-and-grouping", test_any_order_and_grouping);
    g_test_add_func("/merge-files/faults", test_faults);
    g_test_add_func("/merge-files/binary-and-deep", test_binary_and_deep);
    g_test_add_func("/merge-files/odd-values", test_odd_values);
    g_test_add_func("/merge-files/exact-sources", test_exact_sources);
    int failed = g_test_run();
    g_autofree char *all = g_build_filename(folder, "all.geojson", NULL);
    g_unlink(all);
    g_rmdir(folder);
    g_free(folder);
    im_gazetteer_free(gazetteer);
    return failed;
}
