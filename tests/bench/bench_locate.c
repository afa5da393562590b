/* `incmap locate` on lists of names: how many a second, and whether misspelt ones are found.
 *
 * Exact: a million names of places, drawn with equal chance, a line each, through the whole process
 * into a file.
 *
 * Fuzzy: names of at least four letters of places drawn by the logarithm of their population, each
 * with one typo (a letter inserted, deleted or replaced, or two neighbours swapped, with equal chance
 * and anywhere; new letters are a to z) after which the key is another. Counted as found among the
 * first n: an answer that has the key of the name as it was before the typo (of namesakes, any);
 * strictly: the very place that was drawn. A typo that makes the name of another place is looked up
 * all the same, and is a miss. */
#include "bench.h"

#include "gazetteer/priv.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { MIN_LETTERS = 4, AT_ONCE = 32 };

static im_gazetteer *open_default(void)
{
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(GError) error = NULL;
    im_gazetteer *g = im_gazetteer_open(path, &error);
    if (!g)
        g_error("%s", error->message);
    return g;
}

/* A misspelt name, and what it was. */
typedef struct sample {
    char *typed;
    char *key;
    im_place_id place;
} sample;

static void sample_clear(gpointer data)
{
    sample *s = data;
    g_free(s->typed);
    g_free(s->key);
}

static char *key_of(const char *name)
{
    char key[IM_KEY_MAX_BYTES + 1];
    im_gazetteer_key(name, strlen(name), key);
    return g_strdup(key);
}

/* One typo in `n` letters. @return the letters that are left */
static glong mistype(GRand *random, gunichar *letters, glong n)
{
    gunichar letter = (gunichar)g_rand_int_range(random, 'a', 'z' + 1), other;
    gint32 at;
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        at = g_rand_int_range(random, 0, (gint32)n + 1);
        memmove(letters + at + 1, letters + at, (gsize)(n - at) * sizeof *letters);
        letters[at] = letter;
        return n + 1;
    case 1:
        at = g_rand_int_range(random, 0, (gint32)n);
        memmove(letters + at, letters + at + 1, (gsize)(n - at - 1) * sizeof *letters);
        return n - 1;
    case 2:
        letters[g_rand_int_range(random, 0, (gint32)n)] = letter;
        return n;
    default:
        at = g_rand_int_range(random, 0, (gint32)n - 1);
        other = letters[at];
        letters[at] = letters[at + 1];
        letters[at + 1] = other;
        return n;
    }
}

static char *misspelt(GRand *random, const char *name)
{
    glong n;
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(name, -1, &n);
    letters = g_renew(gunichar, letters, n + 2);
    n = mistype(random, letters, n);
    return g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
}

static im_place draw_place(GRand *random, const im_gazetteer *g)
{
    for (;;) {
        im_place p =
            im_gazetteer_place(g, (im_place_id)g_rand_int_range(random, 0, (gint32)g->n_places));
        if (g_rand_double(random) * 8 < log10(p.population + 1.0) &&
            g_utf8_strlen(p.name, -1) >= MIN_LETTERS)
            return p;
    }
}

static GArray *draw_samples(const im_gazetteer *g, guint n)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2026);
    GArray *samples = g_array_new(FALSE, FALSE, sizeof(sample));
    g_array_set_clear_func(samples, sample_clear);
    while (samples->len < n) {
        im_place p = draw_place(random, g);
        g_autofree char *typed = misspelt(random, p.name);
        g_autofree char *key = key_of(p.name);
        g_autofree char *typed_key = key_of(typed);
        if (*key && strcmp(key, typed_key) != 0) {
            sample s = {g_steal_pointer(&typed), g_steal_pointer(&key), p.id};
            g_array_append_val(samples, s);
        }
    }
    return samples;
}

static gboolean has_key(const im_gazetteer *g, const sample *s, im_place_id place)
{
    guint n;
    const im_reading *readings = im_gazetteer_readings(g, s->key, strlen(s->key), &n);
    for (guint i = 0; i < n; i++)
        if (readings[i].place == place)
            return TRUE;
    return FALSE;
}

/* Found among the first one, and the first three. */
typedef struct tally {
    guint first, third, strict_first, strict_third;
} tally;

static void judge(const im_gazetteer *g, const sample *s, im_answers a, tally *t)
{
    gboolean found = FALSE, strictly = FALSE;
    for (guint i = 0; i < MIN(a.n, 3); i++) {
        found |= has_key(g, s, a.places[i].place);
        strictly |= a.places[i].place == s->place;
        if (i == 0) {
            t->first += found;
            t->strict_first += strictly;
        }
    }
    t->third += found;
    t->strict_third += strictly;
}

static double user_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
}

static void measure_fuzzy(const im_gazetteer *g)
{
    guint n = bench_is_quick() ? 500 : 50000;
    g_autoptr(GArray) samples = draw_samples(g, n);
    const im_locate_options options = {.fuzzy = TRUE};
    g_autoptr(im_locator) locator = im_locator_new(g, &options);
    tally t = {0};
    double seconds = 0;
    for (guint i = 0; i < n; i += AT_ONCE) {
        im_name names[AT_ONCE];
        im_answers answers[AT_ONCE];
        guint some = MIN(n - i, AT_ONCE);
        for (guint j = 0; j < some; j++) {
            const char *typed = g_array_index(samples, sample, i + j).typed;
            names[j] = (im_name){typed, strlen(typed)};
        }
        double begin = user_seconds();
        im_locator_find(locator, names, some, answers);
        seconds += user_seconds() - begin;
        for (guint j = 0; j < some; j++)
            judge(g, &g_array_index(samples, sample, i + j), answers[j], &t);
    }
    printf("{\"bench\":\"locate: fuzzy\",\"names\":%u,\"names_per_s\":%.0f,\"first\":%.4f,"
           "\"first_three\":%.4f,\"strict_first\":%.4f,\"strict_first_three\":%.4f}\n",
           n, n / MAX(seconds, 1e-3), t.first / (double)n, t.third / (double)n,
           t.strict_first / (double)n, t.strict_third / (double)n);
}

static char *write_names(const im_gazetteer *g, const char *folder, guint n)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        im_place_id id = (im_place_id)g_rand_int_range(random, 0, (gint32)g->n_places);
        g_string_append_printf(list, "%s\n", im_gazetteer_place_name(g, id));
    }
    char *path = g_build_filename(folder, "names", NULL);
    g_assert_true(g_file_set_contents(path, list->str, (gssize)list->len, NULL));
    return path;
}

static void measure_exact(const im_gazetteer *g, const char *more)
{
    guint n = bench_is_quick() ? 10000 : 1000000, runs = bench_is_quick() ? 1 : 7;
    double best_wall = G_MAXDOUBLE, best_cpu = G_MAXDOUBLE;
    g_autofree char *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    g_autofree char *names = write_names(g, folder, n);
    g_autofree char *out = g_build_filename(folder, "out", NULL);
    g_autofree char *command = g_strdup_printf("exec '%s' locate - %s <'%s' >'%s' 2>'%s.messages'",
                                               IM_PROGRAM, more, names, out, out);
    for (guint i = 0; i < runs; i++) {
        struct rusage before, after;
        getrusage(RUSAGE_CHILDREN, &before);
        gint64 begin = g_get_monotonic_time();
        int status = system(command);
        double wall = (double)(g_get_monotonic_time() - begin) / 1e6;
        getrusage(RUSAGE_CHILDREN, &after);
        g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
        double cpu = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
                     (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
        best_wall = MIN(best_wall, wall);
        best_cpu = MIN(best_cpu, cpu);
    }
    GStatBuf size;
    g_assert_cmpint(g_stat(out, &size), ==, 0);
    printf("{\"bench\":\"locate: exact %s\",\"names\":%u,\"wall_s\":%.3f,\"user_s\":%.3f,"
           "\"names_per_s\":%.0f,\"out_mb\":%.1f}\n",
           more, n, best_wall, best_cpu, n / best_wall, (double)size.st_size / 1e6);
    g_autofree char *messages = g_strconcat(out, ".messages", NULL);
    g_remove(messages);
    g_remove(names);
    g_remove(out);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autoptr(im_gazetteer) g = open_default();
    measure_exact(g, "--jobs 1");
    measure_exact(g, "--jobs 1 --limit 1");
    measure_exact(g, "--jobs 2");
    measure_fuzzy(g);
    return 0;
}
