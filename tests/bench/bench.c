#include "bench.h"

#include "base/json.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean quick;

void bench_init(int argc, char **argv)
{
    quick = argc > 1 && strcmp(argv[1], "--quick") == 0;
    if (argc > 1 && !quick) {
        fprintf(stderr, "usage: %s [--quick]\n", argv[0]);
        exit(2);
    }
}

gboolean bench_is_quick(void)
{
    return quick;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void bench_print(const char *name, GArray *times_ms, gsize bytes, double max_rss_mb)
{
    g_array_sort(times_ms, by_value);
    double median = g_array_index(times_ms, double, times_ms->len / 2);
    g_autoptr(GString) line = g_string_new(NULL);
    im_json json = im_json_to(line);
    im_json_open(&json, '{');
    im_json_key(&json, "bench");
    im_json_string(&json, name);
    im_json_key(&json, "runs");
    im_json_int(&json, times_ms->len);
    im_json_key(&json, "min_ms");
    im_json_number(&json, g_array_index(times_ms, double, 0), 4);
    im_json_key(&json, "median_ms");
    im_json_number(&json, median, 4);
    if (bytes) {
        im_json_key(&json, "mb_per_s");
        im_json_number(&json, (double)bytes / 1e3 / MAX(median, 1e-6), 2);
    }
    if (max_rss_mb > 0) {
        im_json_key(&json, "max_rss_mb");
        im_json_number(&json, max_rss_mb, 1);
    }
    im_json_close(&json, '}');
    puts(line->str);
    fflush(stdout);
}

void bench_run(const char *name, bench_body body, void *data, gsize bytes)
{
    const gint64 budget_us = quick ? 0 : 2 * G_USEC_PER_SEC;
    const guint at_least = quick ? 3 : 5;
    g_autoptr(GArray) times_ms = g_array_new(FALSE, FALSE, sizeof(double));
    body(data);
    for (gint64 begin = g_get_monotonic_time(), now = begin;
         times_ms->len < at_least || now - begin < budget_us;) {
        gint64 before = g_get_monotonic_time();
        body(data);
        now = g_get_monotonic_time();
        double ms = (double)(now - before) / 1e3;
        g_array_append_val(times_ms, ms);
    }
    bench_print(name, times_ms, bytes, 0);
}

G_GNUC_NORETURN static void become(const char *const *argv)
{
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    execvp(argv[0], (char *const *)(gpointer)argv);
    perror(argv[0]);
    _exit(127);
}

bench_usage bench_once(const char *const *argv)
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
    return (bench_usage){(double)(after - before) / 1e3, (double)rusage.ru_maxrss / 1024};
}

void bench_turns(const bench_rival *rivals, guint n, guint runs, gsize bytes)
{
    g_autoptr(GPtrArray) times_ms = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autofree double *max_rss_mb = g_new0(double, n);
    for (guint k = 0; k < n; k++) {
        g_ptr_array_add(times_ms, g_array_new(FALSE, FALSE, sizeof(double)));
        bench_once(rivals[k].argv);
    }
    for (guint i = 0; i < runs; i++)
        for (guint k = 0; k < n; k++) {
            bench_usage u = bench_once(rivals[k].argv);
            g_array_append_val((GArray *)times_ms->pdata[k], u.wall_ms);
            max_rss_mb[k] = MAX(max_rss_mb[k], u.max_rss_mb);
        }
    for (guint k = 0; k < n; k++)
        bench_print(rivals[k].name, times_ms->pdata[k], bytes, max_rss_mb[k]);
}

void bench_command(const char *name, const char *const *argv, guint runs, gsize bytes)
{
    bench_turns(&(bench_rival){name, argv}, 1, runs, bytes);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The sample reports one after the other, in the order of their names. */
static GString *samples(void)
{
    g_autoptr(GDir) folder = g_dir_open(IM_TEST_DATA "/reports", 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GString *all = g_string_new(NULL);
    for (const char *name; folder && (name = g_dir_read_name(folder));)
        if (g_str_has_suffix(name, ".txt"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(IM_TEST_DATA "/reports", names->pdata[i], NULL);
        g_autofree char *bytes = NULL;
        if (g_file_get_contents(path, &bytes, NULL, NULL))
            g_string_append_printf(all, "%s\n\n", bytes);
    }
    return all;
}

GString *bench_text(gsize bytes)
{
    g_autoptr(GString) once = samples();
    if (once->len == 0) {
        fputs("no .txt among the sample reports\n", stderr);
        exit(1);
    }
    GString *text = g_string_sized_new(bytes + once->len);
    while (text->len < bytes)
        g_string_append_len(text, once->str, (gssize)once->len);
    return text;
}
