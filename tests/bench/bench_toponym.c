/* Names in a long text and the places they mean, on the gazetteer that is installed. */
#include "bench.h"

#include <incmap/toponym.h>
#include <stdio.h>

typedef struct toponym_data {
    im_gazetteer *gazetteer;
    im_text *text;
    const im_toponym_options *options;
} toponym_data;

static void find(void *data)
{
    const toponym_data *d = data;
    g_autoptr(GArray) mentions = im_toponyms_find(d->gazetteer, d->text, d->options);
    g_assert_cmpuint(mentions->len, >, 0);
}

int main(int argc, char **argv)
{
    enum { SHORT_BYTES = 3000, LONG_BYTES = 1024 * 1024 };
    bench_init(argc, argv);
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(GError) error = NULL;
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, &error);
    if (!gazetteer) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    static const struct {
        const char *name;
        gsize bytes;
    } sizes[] = {{"toponyms: a report", SHORT_BYTES}, {"toponyms: a megabyte", LONG_BYTES}};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GString) bytes = bench_text(sizes[i].bytes);
        g_autoptr(im_text) text = im_text_new(bytes->str, bytes->len, IM_LANGUAGE_UNKNOWN);
        toponym_data data = {gazetteer, text, NULL};
        bench_run(sizes[i].name, find, &data, bytes->len);
    }
    return 0;
}
