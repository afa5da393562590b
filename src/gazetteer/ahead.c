#include "gazetteer/ahead.h"

#include "gazetteer/priv.h"

/* The first key that has the hash. */
static const gaz_key *key_of(const im_gazetteer *g, guint32 hash)
{
    gaz_run run = gaz_run_of(&g->key_index, hash);
    for (guint32 i = run.at; i < run.end; i++)
        if (g->keys[i].hash == hash)
            return &g->keys[i];
    return NULL;
}

static void send_for_entries(const im_gazetteer *g, guint32 hash)
{
    const gaz_run keys = gaz_run_of(&g->key_index, hash), heads = gaz_run_of(&g->head_index, hash);
    __builtin_prefetch(&g->keys[keys.at]);
    __builtin_prefetch(&g->keys[keys.end]); /* where the readings of the last one end */
    __builtin_prefetch(&g->heads[heads.at]);
    __builtin_prefetch(&g->heads[heads.end]);
}

static void send_for_texts(const im_gazetteer *g, guint32 hash)
{
    const gaz_key *key = key_of(g, hash);
    if (!key)
        return;
    __builtin_prefetch(gaz_text_at(g, key->text));
    __builtin_prefetch(g->readings + MIN(key->first, g->n_readings));
}

void im_gazetteer_ahead(const im_gazetteer *gazetteer, guint32 hash, guint step)
{
    const im_gazetteer *g = gazetteer;
    if (step == 0) {
        __builtin_prefetch(g->key_index.buckets + gaz_bucket(hash, g->key_index.bits));
        __builtin_prefetch(g->head_index.buckets + gaz_bucket(hash, g->head_index.bits));
    } else if (step == 1) {
        send_for_entries(g, hash);
    } else {
        send_for_texts(g, hash);
    }
}

void im_gazetteer_place_ahead(const im_gazetteer *gazetteer, im_place_id id)
{
    if (id < gazetteer->n_places)
        __builtin_prefetch(&gazetteer->places[id]);
}
