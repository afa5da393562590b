/* `incmap` as a whole process, as a user feels it: from exec to exit, with its peak memory.
 *
 * What is read as a stream is the reports of tests/eval/news, again and again up to 50 MB, or the lines of
 * the file that BENCH_LINES names; with the gazetteer of INCMAP_GAZETTEER, if that is set. */
#include "bench.h"

#include "base/json.h"

#include <glib/gstdio.h>

static void measure(const char *name, const char *const *argv)
{
    bench_command(name, argv, bench_is_quick() ? 1 : 20, 0);
}

/* A line of JSON for each report of the evaluation set. */
static GString *news_lines(void)
{
    static const char folder[] = IM_TEST_DATA "/../eval/news/reports";
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GString *lines = g_string_new(NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
        if (!g_file_get_contents(path, &text, NULL, NULL))
            g_error("%s: cannot be read", path);
        im_json json = im_json_to(lines);
        im_json_open(&json, '{');
        im_json_text(&json, "id", name);
        im_json_text(&json, "text", text);
        im_json_close(&json, '}');
        g_string_append_c(lines, '\n');
    }
    return lines;
}

/* Writes lines of JSON up to the size, in whole copies. @return bytes */
static gsize write_lines(const char *path)
{
    const gsize most = bench_is_quick() ? 1000 * 1000 : 50 * 1000 * 1000;
    const char *own = g_getenv("BENCH_LINES");
    g_autofree char *given = NULL;
    if (own && !g_file_get_contents(own, &given, NULL, NULL))
        g_error("%s: cannot be read", own);
    g_autoptr(GString) once = given ? g_string_new(given) : news_lines();
    g_autoptr(GString) all = g_string_new(NULL);
    while (all->len < most)
        g_string_append_len(all, once->str, (gssize)once->len);
    if (!g_file_set_contents(path, all->str, (gssize)all->len, NULL))
        g_error("%s: cannot be written", path);
    return all->len;
}

static void measure_stream(const char *folder)
{
    static const char *const jobs[] = {"1", "2"};
    g_autofree char *lines = g_build_filename(folder, "lines.jsonl", NULL);
    gsize bytes = write_lines(lines);
    for (guint i = 0; i < G_N_ELEMENTS(jobs); i++) {
        g_autofree char *name = g_strconcat("process/toponyms, jobs ", jobs[i], NULL);
        bench_command(name,
                      (const char *[]){IM_PROGRAM, "toponyms", "--input-format", "jsonl", "--jobs",
                                       jobs[i], lines, NULL},
                      bench_is_quick() ? 1 : 7, bytes);
    }
    g_remove(lines);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autofree char *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    g_autofree char *png = g_build_filename(folder, "map.png", NULL);
    g_autofree char *svg = g_build_filename(folder, "map.svg", NULL);
    g_autofree char *json = g_build_filename(folder, "map.geojson", NULL);
    measure("process/map", (const char *[]){IM_PROGRAM, "map", IM_TEST_DATA "/reports", "-o", png,
                                            "-o", svg, "-o", json, "--overwrite", NULL});
    measure("process/map png", (const char *[]){IM_PROGRAM, "map", IM_TEST_DATA "/reports", "-o",
                                                png, "--overwrite", NULL});
    measure("process/extract",
            (const char *[]){IM_PROGRAM, "extract", IM_TEST_DATA "/reports", NULL});
    measure("process/version", (const char *[]){IM_PROGRAM, "--version", NULL}); /* the loader */
    measure("process/locate", (const char *[]){IM_PROGRAM, "locate", "Tapalpa", NULL});
    measure_stream(folder);
    g_remove(png);
    g_remove(svg);
    g_remove(json);
    return g_rmdir(folder) == 0 ? 0 : 1;
}
