/* Inputs: files and folders, GDAL's virtual files, standard input, and the bad inputs of
 * tests/data/bad. */
#include "report/priv.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *data_path(const char *name)
{
    return g_build_filename(IM_TEST_DATA, name, NULL);
}

typedef struct folder {
    char *path;
} folder;

static void write_file(const folder *f, const char *name, const char *bytes)
{
    g_autofree char *path = g_build_filename(f->path, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, bytes, -1, NULL));
}

static void set_up(folder *f, gconstpointer data G_GNUC_UNUSED)
{
    f->path = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    g_assert_nonnull(f->path);
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_remove(child) != 0)
            remove_tree(child);
    }
    g_rmdir(path);
}

static void tear_down(folder *f, gconstpointer data G_GNUC_UNUSED)
{
    remove_tree(f->path);
    g_free(f->path);
}

/* The files, a line each, relative to the folder. */
static char *expand(const folder *f, const char *const *names)
{
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
    for (; *names; names++) {
        gboolean as_it_is = strcmp(*names, "-") == 0 || **names == '/';
        g_ptr_array_add(inputs,
                        as_it_is ? g_strdup(*names) : g_build_filename(f->path, *names, NULL));
    }
    g_ptr_array_add(inputs, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) files = im_inputs_expand((const char *const *)inputs->pdata, &error);
    g_assert_no_error(error);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < files->len; i++) {
        const char *path = files->pdata[i];
        g_string_append_printf(out, "%s ",
                               g_str_has_prefix(path, f->path) ? path + strlen(f->path) + 1 : path);
    }
    return g_string_free(out, FALSE);
}

static void test_expand(folder *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const files[] = {"b.txt",     "a/z.md",   "a/b/c.html", "a/B.TXT",
                                        "a/.x.txt",  ".g/h.txt", "c.jsonl",    "d.pdf",
                                        "a-b/e.csv", "f.rss.gz", "\u00E9.txt", "none"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
        write_file(f, files[i], "x");
    g_autofree char *link = g_build_filename(f->path, "loop", NULL);
    g_autofree char *file_link = g_build_filename(f->path, "a", "link.txt", NULL);
    g_assert_cmpint(symlink(f->path, link), ==, 0);
    g_assert_cmpint(symlink("../b.txt", file_link), ==, 0);

    const char *all[] = {"", NULL};
    g_autofree char *got = expand(f, all);
    g_assert_cmpstr(got, ==,
                    "a-b/e.csv a/B.TXT a/b/c.html a/link.txt a/z.md b.txt c.jsonl f.rss.gz "
                    "\u00E9.txt ");
    const char *some[] = {"none", "a/b", "-", "/vsizip/no.zip/x.txt", "b.txt", "b.txt", NULL};
    g_autofree char *given = expand(f, some);
    g_assert_cmpstr(given, ==, "none a/b/c.html - /vsizip/no.zip/x.txt b.txt b.txt ");
}

static void test_expand_errors(folder *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *name, *message;
        im_error code;
    } cases[] = {
        {"missing", "%s: No such file or directory", IM_ERROR_IO},
        {"empty", "no reports in %s", IM_ERROR_FORMAT},
        {"others", "no reports in %s", IM_ERROR_FORMAT},
    };
    write_file(f, "others/a.pdf", "x");
    write_file(f, "empty/.hidden", "x");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename(f->path, cases[i].name, NULL);
        const char *inputs[] = {path, NULL};
        g_assert_null(im_inputs_expand(inputs, &error));
        g_assert_error(error, IM_ERROR, (gint)cases[i].code);
        g_auto(GStrv) parts = g_strsplit(cases[i].message, "%s", 2);
        g_autofree char *message = g_strjoinv(path, parts);
        g_assert_cmpstr(error->message, ==, message);
    }
}

static void test_formats(void)
{
    static const struct {
        const char *path;
        const im_report_format *format;
    } cases[] = {
        {"a.txt", &im_format_txt},
        {"a.MD", &im_format_markdown},
        {"a.markdown", &im_format_markdown},
        {"a.html", &im_format_html},
        {"a.htm", &im_format_html},
        {"a.jsonl", &im_format_jsonl},
        {"a.ndjson", &im_format_jsonl},
        {"a.rss", &im_format_rss},
        {"a.atom", &im_format_rss},
        {"a.xml", &im_format_rss},
        {"a.csv", &im_format_csv},
        {"a.csv.gz", &im_format_csv},
        {"a.pdf", NULL},
        {"txt", NULL},
        {"-", NULL},
        {"a.txt.bak", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_true(im_format_of_path(cases[i].path) == cases[i].format);

    static const char *const names[] = {"auto", "txt", "md", "html", "jsonl", "rss", "csv"};
    im_input_format format;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_assert_true(im_input_format_parse(names[i], &format, NULL));
        g_assert_cmpint(format, ==, (int)i);
    }
    g_assert_true(im_input_format_parse(NULL, &format, NULL));
    g_assert_cmpint(format, ==, IM_INPUT_AUTO);
    g_autoptr(GError) error = NULL;
    g_assert_false(im_input_format_parse("docx", &format, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
}

/* All that a file holds: `error` of opening, or its reports' texts and errors. */
static char *read_path(const char *path, im_input_format format)
{
    im_read_options options = {.format = format};
    g_autoptr(GError) error = NULL;
    g_autoptr(im_reader) reader = im_reader_open(path, &options, &error);
    if (!reader)
        return g_strdup_printf("%d %s", error->code, error->message);
    GString *out = g_string_new(NULL);
    for (im_report *report; (report = im_reader_next(reader)); im_report_free(report))
        g_string_append_printf(out, "%s|", report->error ? report->error->message : report->text);
    return g_string_free(out, FALSE);
}

static void test_virtual_files(folder *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *plain = g_build_filename(f->path, "a.txt", NULL);
    g_autofree char *gz = g_build_filename(f->path, "a.txt.gz", NULL);
    g_autofree char *virtual = g_strconcat("/vsigzip/", gz, NULL);
    write_file(f, "a.txt", "Gunmen killed two people in Celaya.");
    const char *argv[] = {"gzip", "-k", plain, NULL};
    int status = 1;
    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                      &status, NULL) ||
        status != 0) {
        g_test_skip("no gzip here");
        return;
    }
    g_autofree char *text = read_path(virtual, IM_INPUT_AUTO);
    g_assert_cmpstr(text, ==, "Gunmen killed two people in Celaya.|");
    g_autofree char *missing = read_path("/vsigzip//no/such/file.gz", IM_INPUT_AUTO);
    g_assert_true(g_str_has_prefix(missing, "1 /vsigzip//no/such/file.gz: "));
    g_autofree char *directory = read_path(f->path, IM_INPUT_AUTO);
    g_assert_true(g_str_has_prefix(directory, "1 "));
}

/* Puts the reading end of a pipe in place of standard input; returns the writing end. */
static int pipe_to_standard_input(int *saved)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    *saved = dup(STDIN_FILENO);
    g_assert_cmpint(dup2(ends[0], STDIN_FILENO), ==, STDIN_FILENO);
    close(ends[0]);
    return ends[1];
}

static void restore_standard_input(int saved)
{
    dup2(saved, STDIN_FILENO);
    close(saved);
}

static void write_all(int fd, const char *text)
{
    g_assert_cmpint(write(fd, text, strlen(text)), ==, (gssize)strlen(text));
}

/* A line is answered before the next one is there: otherwise this test never ends. */
static void test_standard_input_streams(void)
{
    int saved, fd = pipe_to_standard_input(&saved);
    im_read_options options = {.format = IM_INPUT_JSONL};
    write_all(fd, "{\"id\":\"a\",\"text\":\"One\"}\n");
    g_autoptr(im_reader) reader = im_reader_open("-", &options, NULL);
    g_autoptr(im_report) first = im_reader_next(reader);
    g_assert_cmpstr(first->text, ==, "One");
    g_assert_cmpstr(first->file, ==, "-");
    write_all(fd, "{\"text\"");
    write_all(fd, ":\"Two\"}\n");
    g_autoptr(im_report) second = im_reader_next(reader);
    g_assert_cmpstr(second->text, ==, "Two");
    g_assert_cmpstr(second->id, ==, "line 2");
    write_all(fd, "{}");
    close(fd);
    g_autoptr(im_report) third = im_reader_next(reader);
    g_assert_cmpstr(third->error->message, ==, "standard input:3: has no \"text\"");
    g_assert_null(im_reader_next(reader));
    restore_standard_input(saved);
}

static void test_standard_input_text(void)
{
    int saved, fd = pipe_to_standard_input(&saved);
    write_all(fd, "Gunmen killed two people in Celaya.");
    close(fd);
    g_autofree char *text = read_path("-", IM_INPUT_AUTO);
    g_assert_cmpstr(text, ==, "Gunmen killed two people in Celaya.|");
    restore_standard_input(saved);
}

/* Whatever the pieces in which bytes come, the same reports come out. */
static void test_buffers(void)
{
    for (gsize size = (1 << 16) - 3; size < (1 << 16) + 4; size++) {
        g_autofree char *filler = g_strnfill(size, ' ');
        g_autofree char *lines = g_strdup_printf(
            "%s\n{\"id\":\"a\",\"text\":\"One\"}\r\n%s{\"id\":\"b\",\"text\":\"Two\"}", filler,
            filler);
        g_autofree char *path = NULL;
        int fd = g_file_open_tmp("incmap-XXXXXX", &path, NULL);
        write_all(fd, lines);
        close(fd);
        g_autofree char *got = read_path(path, IM_INPUT_JSONL);
        g_assert_cmpstr(got, ==, "One|Two|");
        g_unlink(path);
    }
}

static void test_bad_files(void)
{
    static const struct {
        const char *file, *outcome; /* after the path where it begins with ':' */
    } cases[] = {
        {"empty.txt", "2 %s: is empty"},
        {"blank.md", "2 %s: is empty"},
        {"empty.jsonl", ""},
        {"binary.txt", "2 %s: looks binary"},
        {"picture.txt", "2 %s: looks binary: a PNG image"},
        {"latin1.txt",
         "Tres muertos en Le\u00F3n y Yur\u00E9cuaro, seg\u00FAn la fiscal\u00EDa.\n|"},
        {"invalid-utf8.txt",
         "Le\u00F3n y Yur\uFFFDcuaro: tres muertos \uFFFD\uFFFD en el ataque.\n|"},
        {"deep.html", "%s: elements are nested deeper than 512|"},
        {"no-text.html", "%s: holds no text|"},
        {"no-text.csv", "2 %s:1: no column \"text\""},
        {"unclosed.csv", "%s:2: a quoted cell is not closed|"},
        {"broken.rss", "Six dead in Celaya|Two dead in Le|%s:1: Opening and ending tag mismatch: "
                       "title line 1 and titel|"},
        {"lines.jsonl", "Gunmen killed two people in Celaya on Monday.|%s:3: has no \"text\"|"
                        "%s:4: not JSON, at byte 28|%s:5: not a JSON object|Le\u00F3n \uFFFD|"
                        "The last line has no newline.|"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_build_filename("bad", cases[i].file, NULL);
        g_autofree char *path = data_path(name);
        g_auto(GStrv) parts = g_strsplit(cases[i].outcome, "%s", -1);
        g_autofree char *outcome = g_strjoinv(path, parts);
        g_autofree char *got = read_path(path, IM_INPUT_AUTO);
        g_assert_cmpstr(got, ==, outcome);
    }
}

static void test_truncated_archive(void)
{
    g_autofree char *path = data_path("bad/truncated.txt.gz");
    g_autofree char *virtual = g_strconcat("/vsigzip/", path, NULL);
    g_autofree char *as_text = read_path(virtual, IM_INPUT_TXT);
    g_assert_true(g_str_has_prefix(as_text, "1 "));
    g_autofree char *as_lines = read_path(virtual, IM_INPUT_CSV);
    g_assert_nonnull(strstr(as_lines, virtual));
}

/* Every sample report of tests/data/reports can be read and tells when it was published, but for
 * one that has only a dateline. */
static void test_samples(void)
{
    g_autofree char *path = data_path("reports");
    const char *inputs[] = {path, NULL};
    g_autoptr(GPtrArray) files = im_inputs_expand(inputs, NULL);
    g_assert_nonnull(files);
    g_assert_cmpuint(files->len, >=, 6);
    guint undated = 0;
    for (guint i = 0; i < files->len; i++) {
        im_read_options options = {0};
        g_autoptr(im_reader) reader = im_reader_open(files->pdata[i], &options, NULL);
        g_assert_nonnull(reader);
        for (im_report *report; (report = im_reader_next(reader)); im_report_free(report)) {
            g_assert_no_error(report->error);
            undated += report->published == IM_DAY_NONE;
            g_assert_true(report->published != IM_DAY_NONE || report->dateline_month == 3);
        }
    }
    g_assert_cmpuint(undated, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/report/inputs/expand", folder, NULL, set_up, test_expand, tear_down);
    g_test_add("/report/inputs/errors", folder, NULL, set_up, test_expand_errors, tear_down);
    g_test_add("/report/inputs/virtual", folder, NULL, set_up, test_virtual_files, tear_down);
    g_test_add_func("/report/inputs/formats", test_formats);
    g_test_add_func("/report/inputs/stdin-streams", test_standard_input_streams);
    g_test_add_func("/report/inputs/stdin-text", test_standard_input_text);
    g_test_add_func("/report/inputs/buffers", test_buffers);
    g_test_add_func("/report/inputs/bad", test_bad_files);
    g_test_add_func("/report/inputs/truncated", test_truncated_archive);
    g_test_add_func("/report/inputs/samples", test_samples);
    return g_test_run();
}
