#include "gazetteer/ahead.h"

#include "gazetteer/priv.h"

/* The key that has the hash, if it is the first of its bucket, as most are. */
static const gaz_key *likely_key(const im_gazetteer *g, guint32 hash)
{
    gaz_run run = gaz_run_of(&g->key_index, hash);
    return run.at < run.end && g->keys[run.at].hash == hash ? &g->keys[run.at] : NULL;
}

static void send_for_entries(const im_gazetteer *g, guint32 hash)
{
    __builtin_prefetch(&g->keys[gaz_run_of(&g->key_index, hash).at]);
    __builtin_prefetch(&g->heads[gaz_run_of(&g->head_index, hash).at]);
}

static void send_for_texts(const im_gazetteer *g, guint32 hash)
{
    const gaz_key *key = likely_key(g, hash);
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
