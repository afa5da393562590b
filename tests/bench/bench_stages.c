/* Each stage alone, on the sample reports repeated until they are a long read. A stage is handed what
 * the stages before it made, so that its own time is seen and no other. */
#include "bench.h"

#include <glib/gstdio.h>
#include <incmap/output.h>
#include <incmap/pipeline.h>
#include <string.h>

enum { REPORT_BYTES = 256 * 1024, MERGED_RUNS = 8 };

typedef struct stage_data {
    char *gazetteer_path, *folder, *file;
    im_gazetteer *gazetteer;
    im_report *report;
    im_text *text;
    GArray *mentions;
    GPtrArray *merged; /* incidents of the sample reports */
    im_map_options map_options;
    im_map *map;
    const im_output_format *format;
} stage_data;

static GPtrArray *copies(const GPtrArray *incidents, guint times)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < times; i++)
        for (guint k = 0; k < incidents->len; k++)
            g_ptr_array_add(all, im_incident_copy(incidents->pdata[k]));
    return all;
}

static void open_gazetteer(void *data)
{
    stage_data *s = data;
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(s->gazetteer_path, NULL);
    g_assert_nonnull(gazetteer);
}

static void locate(void *data)
{
    static const char *const names[] = {"Tapalpa", "San Miguel", "Ciudad de México", "Springfield"};
    stage_data *s = data;
    im_locate_options options = {.limit = 5};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GArray) found = im_gazetteer_locate(s->gazetteer, names[i], &options);
        g_assert_cmpuint(found->len, >, 0);
    }
}

static void read_report(void *data)
{
    stage_data *s = data;
    im_read_options options = {0};
    g_autoptr(im_reader) reader = im_reader_open(s->file, &options, NULL);
    g_autoptr(im_report) report = im_reader_next(reader);
    g_assert_nonnull(report);
}

static void find_toponyms(void *data)
{
    stage_data *s = data;
    im_toponym_options options = {0};
    g_autoptr(GArray) mentions = im_toponyms_find(s->gazetteer, s->text, &options);
    g_assert_cmpuint(mentions->len, >, 0);
}

static void extract_incidents(void *data)
{
    stage_data *s = data;
    g_autoptr(GPtrArray) found =
        im_incidents_extract(s->gazetteer, s->report, s->text, s->mentions);
    g_assert_cmpuint(found->len, >, 0);
}

static void merge_incidents(void *data)
{
    stage_data *s = data;
    g_autoptr(GPtrArray) merged = im_incidents_merge(copies(s->merged, MERGED_RUNS), NULL);
    g_assert_cmpuint(merged->len, >, 0);
}

static void lay_out_map(void *data)
{
    stage_data *s = data;
    g_autoptr(im_map) map = im_map_new(s->merged, s->gazetteer, &s->map_options, NULL);
    g_assert_nonnull(map);
}

static void write_output(void *data)
{
    stage_data *s = data;
    g_autofree char *path = g_strconcat(s->folder, "/map", s->format->suffix, NULL);
    im_output_data output = {.map = s->map, .incidents = s->merged};
    g_assert_true(im_output_write(s->format, &output, path, TRUE, NULL));
    g_remove(path);
}

static void prepare(stage_data *s)
{
    const char *const inputs[] = {IM_TEST_DATA "/reports", NULL};
    im_run_options run_options = {0};
    im_toponym_options toponym_options = {0};
    g_autoptr(GString) bytes = bench_text(REPORT_BYTES);
    s->gazetteer_path = im_gazetteer_default_path();
    s->gazetteer = im_gazetteer_open(s->gazetteer_path, NULL);
    g_assert_nonnull(s->gazetteer);
    s->folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    s->file = g_build_filename(s->folder, "long.txt", NULL);
    g_assert_true(g_file_set_contents(s->file, bytes->str, (gssize)bytes->len, NULL));

    im_read_options read_options = {0};
    g_autoptr(im_reader) reader = im_reader_open(s->file, &read_options, NULL);
    s->report = im_reader_next(reader);
    s->text = im_text_new(s->report->text, s->report->text_len, IM_LANGUAGE_UNKNOWN);
    s->mentions = im_toponyms_find(s->gazetteer, s->text, &toponym_options);

    g_autoptr(im_run) run = im_run_reports(s->gazetteer, inputs, &run_options);
    s->merged = copies(run->incidents, 1);
    s->map = im_map_new(s->merged, s->gazetteer, &s->map_options, NULL);
    g_assert_nonnull(s->map);
}

static void clear(stage_data *s)
{
    g_remove(s->file);
    g_rmdir(s->folder);
    im_map_free(s->map);
    g_ptr_array_unref(s->merged);
    g_array_unref(s->mentions);
    im_text_free(s->text);
    im_report_free(s->report);
    im_gazetteer_free(s->gazetteer);
    g_free(s->gazetteer_path);
    g_free(s->folder);
    g_free(s->file);
}

int main(int argc, char **argv)
{
    stage_data s = {0};
    bench_init(argc, argv);
    prepare(&s);
    bench_run("gazetteer/open", open_gazetteer, &s, 0);
    bench_run("gazetteer/locate 4 names", locate, &s, 0);
    bench_run("report", read_report, &s, s.report->text_len);
    bench_run("toponym", find_toponyms, &s, s.report->text_len);
    bench_run("incident", extract_incidents, &s, s.report->text_len);
    bench_run("merge", merge_incidents, &s, 0);
    bench_run("map", lay_out_map, &s, 0);
    for (guint i = 0; (s.format = im_output_format_at(i)); i++) {
        g_autofree char *name = g_strconcat("output/", s.format->name, NULL);
        bench_run(name, write_output, &s, 0);
    }
    clear(&s);
    return 0;
}
