/* What is asked of an open gazetteer; nothing here checks a bound or allocates. */
#include "gazetteer/priv.h"

#include <string.h>

guint32 im_gazetteer_n_places(const im_gazetteer *gazetteer)
{
    return gazetteer->n_places;
}

static const char *country_code(const im_gazetteer *g, im_place_id country)
{
    return country == IM_PLACE_NONE ? "" : g->names + g->places[country].code;
}

im_place im_gazetteer_place(const im_gazetteer *gazetteer, im_place_id id)
{
    g_assert(id < gazetteer->n_places);
    const gaz_place *p = &gazetteer->places[id];
    const char *names = gazetteer->names;
    return (im_place){
        .id = id,
        .kind = (im_place_kind)p->kind,
        .position = {p->lon_e5 / 1e5, p->lat_e5 / 1e5},
        .radius_km = (double)p->radius_km,
        .name = names + p->name,
        .feature_code = names + gazetteer->features[p->feature],
        .geonameid = p->geonameid,
        .population = p->population,
        .country = p->country,
        .admin1 = p->admin1,
        .admin2 = p->admin2,
        .country_code = country_code(gazetteer, p->country),
        .code = names + p->code,
        .iso3166_2 = names + p->iso3166_2,
    };
}

const im_reading *im_gazetteer_readings(const im_gazetteer *gazetteer, const char *key,
                                        gsize key_len, guint *n)
{
    const im_gazetteer *g = gazetteer;
    guint32 hash = gaz_hash(key, key_len);
    const guint32 *bucket = g->key_index.buckets + gaz_bucket(hash, g->key_index.bits);
    for (guint32 i = bucket[0]; i < bucket[1]; i++) {
        if (g->keys[i].hash != hash)
            continue;
        const char *text = gaz_key_text(g, i);
        if (strncmp(text, key, key_len) == 0 && strlen(text) == key_len) {
            *n = g->keys[i + 1].first - g->keys[i].first;
            return *n ? g->readings + g->keys[i].first : NULL;
        }
    }
    *n = 0;
    return NULL;
}

guint im_gazetteer_longest(const im_gazetteer *gazetteer, const char *word, gsize len)
{
    const im_gazetteer *g = gazetteer;
    guint32 hash = gaz_hash(word, len);
    const guint32 *bucket = g->head_index.buckets + gaz_bucket(hash, g->head_index.bits);
    for (guint32 i = bucket[0]; i < bucket[1]; i++) {
        const gaz_head *head = &g->heads[i];
        if (head->hash == hash && head->len == len &&
            memcmp(g->key_text + head->text, word, len) == 0)
            return head->words;
    }
    return 0;
}

im_place_id im_gazetteer_by_code(const im_gazetteer *gazetteer, const char *code)
{
    guint32 low = 0, high = gazetteer->n_codes;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        im_place_id id = gazetteer->codes[middle];
        int order = strcmp(gazetteer->names + gazetteer->places[id].code, code);
        if (order == 0)
            return id;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return IM_PLACE_NONE;
}

const im_gazetteer_count *im_gazetteer_counts(const im_gazetteer *gazetteer, guint *n)
{
    *n = G_N_ELEMENTS(gazetteer->counts);
    return gazetteer->counts;
}

const char *im_gazetteer_sources(const im_gazetteer *gazetteer)
{
    return gazetteer->sources;
}

const char *im_gazetteer_credit(const im_gazetteer *gazetteer)
{
    return gazetteer->credit;
}
