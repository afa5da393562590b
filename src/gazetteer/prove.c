/* All that a file may say wrongly, looked for record by record. Look-ups do not rely on it. */
#include "base/utf8.h"
#include "gazetteer/parts.h"
#include "gazetteer/priv.h"

#include <math.h>
#include <string.h>

static gboolean text_is_utf8(const im_gazetteer *g, const char *text, guint32 n, gaz_fault *f)
{
    gsize valid = im_utf8_valid_bytes(text, n);
    return valid == n || gaz_wrong(f, gaz_byte_at(g, text + valid), "invalid UTF-8");
}

/* Whether a shown string begins there: behind another one. */
static gboolean is_name(const im_gazetteer *g, guint32 offset)
{
    return offset == 0 || (offset < g->names_size && g->names[offset - 1] == '\0');
}

static gboolean is_none_or_in(im_place_id id, gaz_range range)
{
    return id - range.first < range.n || id == IM_PLACE_NONE;
}

static gboolean place_is_sound(const im_gazetteer *g, const gaz_place *p)
{
    return is_name(g, p->name) && is_name(g, p->code) && is_name(g, p->iso3166_2) &&
           p->feature < g->n_features && (guint32)p->lon_e5 + 18000000u <= 36000000 &&
           (guint32)p->lat_e5 + 9000000u <= 18000000 && p->radius_km >= 0 &&
           p->radius_km <= 20100 && fabsf(p->x * p->x + p->y * p->y + p->z * p->z - 1) < 1e-4f &&
           p->magnitude >= 0 && p->magnitude < GAZ_MAX_MAGNITUDE &&
           is_none_or_in(p->country, g->of_kind[IM_PLACE_COUNTRY]) &&
           is_none_or_in(p->admin1, g->of_kind[IM_PLACE_ADMIN1]) &&
           is_none_or_in(p->admin2, g->of_kind[IM_PLACE_ADMIN2]);
}

static gboolean places_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    for (guint kind = IM_PLACE_COUNTRY; kind < GAZ_N_KINDS; kind++) {
        const gaz_place *p = g->places + g->of_kind[kind].first, *end = p + g->of_kind[kind].n;
        for (; p < end; p++)
            if (p->kind != kind || !place_is_sound(g, p))
                return gaz_wrong(f, gaz_byte_at(g, p), "a place that cannot be");
    }
    return TRUE;
}

static gboolean codes_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    for (guint32 i = 0; i < g->n_codes; i++)
        if (g->codes[i] >= g->n_places)
            return gaz_wrong(f, gaz_byte_at(g, &g->codes[i]), "a code of no place");
    for (guint32 i = 1; i < g->n_codes; i++)
        if (strcmp(gaz_name(g, g->places[g->codes[i - 1]].code),
                   gaz_name(g, g->places[g->codes[i]].code)) >= 0)
            return gaz_wrong(f, gaz_byte_at(g, &g->codes[i]), "the codes are out of order");
    return TRUE;
}

static gboolean readings_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    for (guint32 i = 0; i < g->n_readings; i++) {
        const im_reading *r = &g->readings[i];
        if (r->place >= g->n_places || r->kind == IM_NAME_NONE || r->kind > IM_NAME_DEMONYM)
            return gaz_wrong(f, gaz_byte_at(g, r), "a reading of no place");
        const gaz_place *place = &g->places[r->place];
        if (r->area != gaz_area(place->admin1, place->country))
            return gaz_wrong(f, gaz_byte_at(g, r), "a reading in another area than its place");
    }
    return TRUE;
}

/* Keys have readings, text of their own that hashes to their hash, and the order of their hashes. */
static gboolean keys_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    guint32 first = 0, hash = 0;
    for (guint32 i = 0; i < g->n_keys; i++) {
        const gaz_key *k = &g->keys[i];
        if (k->text >= g->key_text_size || k->first < first || k->first > g->n_readings)
            return gaz_wrong(f, gaz_byte_at(g, k), "a key without text or readings");
        const char *text = gaz_key_text(g, i);
        if (k->hash < hash || k->hash != im_hash_name(text, strlen(text)))
            return gaz_wrong(f, gaz_byte_at(g, k), "the names are out of order");
        if (!gaz_may_have(g, k->hash))
            return gaz_wrong(f, gaz_byte_at(g, k), "a name that the filter lacks");
        first = k->first;
        hash = k->hash;
    }
    if (g->keys[g->n_keys].first != g->n_readings)
        return gaz_wrong(f, gaz_byte_at(g, &g->keys[g->n_keys]),
                         "the last key does not end the readings");
    return TRUE;
}

static gboolean heads_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    guint32 hash = 0;
    for (guint32 i = 0; i < g->n_heads; i++) {
        const gaz_head *h = &g->heads[i];
        if (h->text >= g->key_text_size || h->len > g->key_text_size - h->text ||
            h->words > IM_KEY_MAX_WORDS)
            return gaz_wrong(f, gaz_byte_at(g, h), "a first word outside of the keys");
        if (h->hash < hash || h->hash != im_hash_word(g->key_text + h->text, h->len))
            return gaz_wrong(f, gaz_byte_at(g, h), "the first words are out of order");
        if (!gaz_may_have(g, h->hash))
            return gaz_wrong(f, gaz_byte_at(g, h), "a first word that the filter lacks");
        hash = h->hash;
    }
    return TRUE;
}

static guint32 hash_of_key(const im_gazetteer *g, guint32 i)
{
    return g->keys[i].hash;
}

static guint32 hash_of_head(const im_gazetteer *g, guint32 i)
{
    return g->heads[i].hash;
}

/* Each bucket begins where the one before it ends, and holds its hashes. */
static gboolean index_is_sound(const im_gazetteer *g, const gaz_index *index,
                               guint32 (*hash_of)(const im_gazetteer *, guint32), gaz_fault *f)
{
    const guint32 *buckets = index->buckets;
    guint32 n = 1u << index->bits;
    gboolean sound = buckets[0] == 0 && buckets[n] == index->n;
    for (guint32 b = 0; sound && b < n; b++) {
        sound = buckets[b] <= buckets[b + 1] && buckets[b + 1] <= index->n;
        for (guint32 i = buckets[b]; sound && i < buckets[b + 1]; i++)
            sound = gaz_bucket(hash_of(g, i), index->bits) == b;
    }
    return sound || gaz_wrong(f, gaz_byte_at(g, buckets), "a bucket outside of its table");
}

static gboolean has_part_in(const im_gazetteer *g, guint32 key, guint32 bucket)
{
    gaz_letters letters;
    gaz_letters_of(&letters, gaz_key_text(g, key));
    for (guint part = 0; part < GAZ_N_PARTS; part++)
        if (gaz_bucket(gaz_part_of(&letters, (gaz_part)part), g->part_index.bits) == bucket)
            return TRUE;
    return FALSE;
}

/* Each bucket begins where the one before it ends, and holds keys that have such a part. */
static gboolean parts_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    const guint32 *buckets = g->part_index.buckets;
    guint32 n = 1u << g->part_index.bits;
    gboolean sound = buckets[0] == 0 && buckets[n] == g->n_parts;
    for (guint32 b = 0; sound && b < n; b++) {
        sound = buckets[b] <= buckets[b + 1] && buckets[b + 1] <= g->n_parts;
        for (guint32 i = buckets[b]; sound && i < buckets[b + 1]; i++)
            sound = g->parts[i] < g->n_keys && has_part_in(g, g->parts[i], b);
    }
    return sound || gaz_wrong(f, gaz_byte_at(g, buckets), "a part of no key");
}

gboolean gaz_prove(const im_gazetteer *g, gaz_fault *f)
{
    return text_is_utf8(g, g->names, g->names_size, f) &&
           text_is_utf8(g, g->key_text, g->key_text_size, f) && places_are_sound(g, f) &&
           codes_are_sound(g, f) && readings_are_sound(g, f) && keys_are_sound(g, f) &&
           heads_are_sound(g, f) && index_is_sound(g, &g->key_index, hash_of_key, f) &&
           index_is_sound(g, &g->head_index, hash_of_head, f) && parts_are_sound(g, f);
}
