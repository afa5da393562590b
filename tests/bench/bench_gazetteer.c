/* Opening the gazetteer, its look-ups, and locating. */
#include "bench.h"

#include "gazetteer/priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { LOOKUPS = 100000 };

static im_gazetteer *open_default(void)
{
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(GError) error = NULL;
    im_gazetteer *g = im_gazetteer_open(path, &error);
    if (!g) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
    return g;
}

static void open_and_close(void *unused)
{
    (void)unused;
    im_gazetteer_free(open_default());
}

/* Keys from all over the file, every other one misspelt. */
static void look_up(void *data)
{
    const im_gazetteer *g = data;
    char key[IM_KEY_MAX_BYTES + 2];
    guint found = 0;
    for (guint32 i = 0; i < LOOKUPS; i++) {
        const char *text =
            gaz_key_text(g, (guint32)(i * G_GUINT64_CONSTANT(2654435761) % g->n_keys));
        gsize len = g_strlcpy(key, text, sizeof key);
        if (i % 2)
            key[len++] = 'x';
        guint n;
        found += im_gazetteer_readings(g, key, len, &n) != NULL;
    }
    g_assert_cmpuint(found, >=, LOOKUPS / 2);
}

static void look_up_first_words(void *data)
{
    static const char *const words[] = {"the", "saint", "said", "tapalpa", "and", "jalisco"};
    const im_gazetteer *g = data;
    guint longest = 0;
    for (guint32 i = 0; i < LOOKUPS; i++) {
        const char *word = words[i % G_N_ELEMENTS(words)];
        longest = MAX(longest, im_gazetteer_longest(g, word, strlen(word)));
    }
    g_assert_cmpuint(longest, >, 1);
}

static void locate(void *data)
{
    g_autoptr(GArray) found = im_gazetteer_locate(data, "Tapalpa, Jalisco", NULL);
    g_assert_cmpuint(found->len, >, 0);
}

static void locate_fuzzy(void *data)
{
    const im_locate_options options = {.fuzzy = TRUE};
    g_autoptr(GArray) found = im_gazetteer_locate(data, "Guadaljara", &options);
    g_assert_cmpuint(found->len, >, 0);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    bench_run("gazetteer: open", open_and_close, NULL, 0);
    g_autoptr(im_gazetteer) g = open_default();
    bench_run("gazetteer: 100,000 keys", look_up, g, 0);
    bench_run("gazetteer: 100,000 first words", look_up_first_words, g, 0);
    bench_run("gazetteer: locate", locate, g, 0);
    bench_run("gazetteer: locate, fuzzy", locate_fuzzy, g, 0);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"bench\":\"gazetteer: memory\",\"max_rss_mb\":%ld}\n", usage.ru_maxrss / 1024);
    return 0;
}
