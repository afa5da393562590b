/* Compiling a gazetteer from a synthetic GeoNames dump, and opening it beside the small one: 12 million rows,
 * with --quick 20,000. Prints processor time, peak memory and sizes as JSON lines. */
#include "bench.h"

#include <glib/gstdio.h>
#include <incmap/gazetteer.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a command to its end. */
static struct rusage run(const char *const *argv)
{
    int status;
    struct rusage usage;
    pid_t child = fork();
    if (child == 0) {
        execv(argv[0], (char *const *)(gpointer)argv);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s: failed\n", argv[0]);
        exit(1);
    }
    return usage;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void measure_build(const char *rows, const char *folder, const char *out)
{
    gint64 before = g_get_monotonic_time();
    struct rusage usage =
        run((const char *const[]){IM_PROGRAM, "gazetteer", "build", IM_GEODATA, folder,
                                  "--features", "all", "-o", out, "--overwrite", NULL});
    double wall_s = (double)(g_get_monotonic_time() - before) / 1e6;
    GStatBuf written;
    g_assert_cmpint(g_stat(out, &written), ==, 0);
    printf("{\"bench\":\"gazetteer: build\",\"rows\":%s,\"cpu_s\":%.1f,\"wall_s\":%.1f,"
           "\"max_rss_mb\":%ld,\"file_mb\":%.1f}\n",
           rows, seconds(usage.ru_utime) + seconds(usage.ru_stime), wall_s, usage.ru_maxrss / 1024,
           (double)written.st_size / 1e6);
}

static void open_and_close(void *path)
{
    g_autoptr(GError) error = NULL;
    im_gazetteer_free(im_gazetteer_open(path, &error));
    g_assert_no_error(error);
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
    }
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    const char *rows = bench_is_quick() ? "20000" : "12000000";
    g_autofree char *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(folder, "bench.imgz", NULL);
    g_autofree char *small = im_gazetteer_default_path();
    run((const char *const[]){IM_DUMP, rows, folder, NULL});
    measure_build(rows, folder, out);
    bench_run("gazetteer: open the large", open_and_close, out, 0);
    bench_run("gazetteer: open the shipped", open_and_close, small, 0);
    remove_folder(folder);
    return 0;
}
