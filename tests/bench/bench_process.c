/* `incmap` as a whole process, as a user feels it: from exec to exit, with its peak memory. */
#include "bench.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct usage {
    double wall_ms, max_rss_mb;
} usage;

G_GNUC_NORETURN static void become(const char *const *argv)
{
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    execv(argv[0], (char *const *)(gpointer)argv);
    perror(argv[0]);
    _exit(127);
}

/* Runs a command once; a run that fails ends the benchmark, for its time would mean nothing. */
static usage run_once(const char *const *argv)
{
    int status;
    struct rusage rusage;
    gint64 before = g_get_monotonic_time();
    pid_t child = fork();
    if (child == 0)
        become(argv);
    if (child < 0 || wait4(child, &status, 0, &rusage) != child)
        g_error("%s: cannot be run", argv[0]);
    gint64 after = g_get_monotonic_time();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s %s: ended with status %d\n", argv[0], argv[1], WEXITSTATUS(status));
        exit(1);
    }
    return (usage){(double)(after - before) / 1e3, (double)rusage.ru_maxrss / 1024};
}

static void measure(const char *name, const char *const *argv)
{
    const guint runs = bench_is_quick() ? 1 : 20;
    g_autoptr(GArray) times_ms = g_array_new(FALSE, FALSE, sizeof(double));
    double max_rss_mb = 0;
    run_once(argv);
    for (guint i = 0; i < runs; i++) {
        usage u = run_once(argv);
        g_array_append_val(times_ms, u.wall_ms);
        max_rss_mb = MAX(max_rss_mb, u.max_rss_mb);
    }
    bench_print(name, times_ms, 0, max_rss_mb);
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
    g_remove(png);
    g_remove(svg);
    g_remove(json);
    return g_rmdir(folder) == 0 ? 0 : 1;
}
