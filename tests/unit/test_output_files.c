/* Choosing formats; files that are whole or not there. */
#include "folder.h"

#include <glib/gstdio.h>
#include <incmap/output.h>
#include <string.h>
#include <sys/stat.h>

static void test_format_find(void)
{
    static const struct {
        const char *name, *path, *found;
    } rows[] = {
        {NULL, "a.png", "png"},      {NULL, "A.GeoJSON", "geojson"},
        {NULL, "x/y.b.svg", "svg"},  {"csv", "a.png", "csv"},
        {"GeoJSON", "-", "geojson"}, {NULL, "a.geojsonl", "geojsonseq"},
        {NULL, ".png", NULL},        {NULL, "png", NULL},
        {NULL, "a.pngx", NULL},      {"jpeg", "a.png", NULL},
        {NULL, "-", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        const im_output_format *format = im_output_format_find(rows[i].name, rows[i].path, &error);
        g_assert_cmpstr(format ? format->name : NULL, ==, rows[i].found);
        if (!format) {
            g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
            g_assert_nonnull(strstr(error->message, "geojson")); /* says what is known */
        }
    }
}

static void test_formats_differ(void)
{
    const im_output_format *a, *b;
    for (guint i = 0; (a = im_output_format_at(i)); i++)
        for (guint j = 0; j < i && (b = im_output_format_at(j)); j++) {
            g_assert_cmpstr(a->name, !=, b->name);
            g_assert_cmpstr(a->suffix, !=, b->suffix);
        }
}

typedef struct fixture {
    char *folder, *path;
} fixture;

static void set_up(fixture *f, gconstpointer data)
{
    (void)data;
    f->folder = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    f->path = g_build_filename(f->folder, "out.jsonl", NULL);
}

static void tear_down(fixture *f, gconstpointer data)
{
    (void)data;
    g_unlink(f->path);
    g_assert_cmpint(g_rmdir(f->folder), ==, 0); /* nothing is left aside */
    g_free(f->path);
    g_free(f->folder);
}

static void test_stream(fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    (void)data;
    g_autoptr(im_output_stream) stream = im_output_stream_open(f->path, FALSE, &error);
    g_assert_no_error(error);
    g_assert_true(im_output_stream_write(stream, "one\n", 4, &error));
    g_assert_false(g_file_test(f->path, G_FILE_TEST_EXISTS));
    g_assert_true(im_output_stream_write(stream, "two\n", 4, &error));
    g_assert_true(im_output_stream_finish(stream, &error));
    g_assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "one\ntwo\n");
}

static void test_stream_dropped(fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    (void)data;
    im_output_stream *stream = im_output_stream_open(f->path, FALSE, &error);
    g_assert_true(im_output_stream_write(stream, "one\n", 4, &error));
    g_assert_cmpuint(folder_n_files(f->folder), ==, 1);
    im_output_stream_free(stream);
    g_assert_cmpuint(folder_n_files(f->folder), ==, 0);
}

static void test_no_overwriting(fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    im_output_data records = {.incidents = none};
    const im_output_format *format = im_output_format_find("csv", NULL, NULL);
    (void)data;
    g_assert_true(g_file_set_contents(f->path, "mine", -1, NULL));
    g_assert_null(im_output_stream_open(f->path, FALSE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(im_output_check(f->path, FALSE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_false(im_output_write(format, &records, f->path, FALSE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_assert_true(im_output_write(format, &records, f->path, TRUE, NULL));
}

static void test_unwritable(fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *nowhere = g_build_filename(f->folder, "no", "such", "a.png", NULL);
    (void)data;
    g_assert_false(im_output_check(nowhere, TRUE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
    g_assert_nonnull(strstr(error->message, nowhere));
    g_clear_error(&error);
    g_assert_null(im_output_stream_open(f->folder, TRUE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/files/format-find", test_format_find);
    g_test_add_func("/files/formats-differ", test_formats_differ);
#define TEST(path, function) g_test_add(path, fixture, NULL, set_up, function, tear_down)
    TEST("/files/stream", test_stream);
    TEST("/files/stream-dropped", test_stream_dropped);
    TEST("/files/no-overwriting", test_no_overwriting);
    TEST("/files/unwritable", test_unwritable);
    return g_test_run();
}
