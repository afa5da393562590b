/* toponym_features < TEXTS.jsonl  For each candidate of each text one line, tab-separated: id, start,
 * end (code points), language, names of its features. The trainer (train) reads it. */
#include "toponym/priv.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

static const char *const feature_names[] = {
#define X(name) #name,
    TOPO_FEATURES(X)
#undef X
};

static const char *string_of(const cJSON *object, const char *key)
{
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return value ? value : "";
}

static void print_candidate(const char *id, const im_text *text, const topo_candidate *c)
{
    im_span span = im_text_span(text, c->first, c->end);
    const char *language = im_language_code(text->language);
    printf("%s\t%ld\t%ld\t%s\t", id,
           g_utf8_pointer_to_offset(text->bytes, text->bytes + span.start),
           g_utf8_pointer_to_offset(text->bytes, text->bytes + span.end), language ? language : "");
    for (guint f = 0; f < TOPO_F_N; f++)
        if (topo_has(c, (topo_feature)f))
            printf("%s ", feature_names[f]);
    putchar('\n');
}

static void print_features(const im_gazetteer *gazetteer, const cJSON *document)
{
    const char *bytes = string_of(document, "text");
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    im_topo topo;
    topo_read(&topo, gazetteer, text, NULL);
    for (guint32 i = 0; i < topo.candidates->len; i++)
        if (!topo_candidate_at(&topo, i)->out)
            print_candidate(string_of(document, "id"), text, topo_candidate_at(&topo, i));
    topo_clear(&topo);
}

int main(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, &error);
    g_autoptr(GIOChannel) input = g_io_channel_unix_new(fileno(stdin));
    g_autofree char *bytes = NULL;
    gsize len;
    if (!gazetteer || g_io_channel_read_to_end(input, &bytes, &len, &error) != G_IO_STATUS_NORMAL) {
        g_printerr("toponym_features: %s\n", error->message);
        return 1;
    }
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        cJSON *document = cJSON_Parse(lines[i]);
        if (document)
            print_features(gazetteer, document);
        cJSON_Delete(document);
    }
    return 0;
}
