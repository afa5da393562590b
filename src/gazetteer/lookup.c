/* What is asked of an open gazetteer; nothing here allocates, or trusts an index of the file. */
#include "gazetteer/key.h"
#include "gazetteer/priv.h"
#include "gazetteer/record.h"

#include <string.h>

guint32 im_gazetteer_n_places(const im_gazetteer *gazetteer)
{
    return gazetteer->n_places;
}

static im_place_id container(const im_gazetteer *g, im_place_id id, im_place_kind kind)
{
    gaz_range range = g->of_kind[kind];
    return id - range.first < range.n ? id : IM_PLACE_NONE;
}

im_place_id im_gazetteer_first(const im_gazetteer *gazetteer, im_place_kind kind)
{
    return gazetteer->of_kind[kind].first;
}

im_place_id im_gazetteer_town_from(const im_gazetteer *gazetteer, im_place_id id,
                                   guint32 population)
{
    const im_gazetteer *g = gazetteer;
    const gaz_range towns = g->of_kind[IM_PLACE_TOWN];
    const guint capital = g->seat_features[2];
    for (id = MAX(id, towns.first); id - towns.first < towns.n; id++)
        if (g->places[id].population >= population || g->places[id].feature == capital)
            return id;
    return IM_PLACE_NONE;
}

/* Places of a kind follow each other; a record that says otherwise is damaged. */
static im_place_kind kind_of(const im_gazetteer *g, im_place_id id)
{
    guint kind = g->places[id].kind;
    gboolean is_sound = kind < GAZ_N_KINDS && id - g->of_kind[kind].first < g->of_kind[kind].n;
    return is_sound ? (im_place_kind)kind : IM_PLACE_UNKNOWN;
}

im_place_kind im_gazetteer_kind(const im_gazetteer *gazetteer, im_place_id id)
{
    g_assert(id < gazetteer->n_places);
    return kind_of(gazetteer, id);
}

/* A number of the file that lies between two bounds; 0 when it does not. */
static float bounded(float value, float low, float high)
{
    return value >= low && value <= high ? value : 0;
}

/* @param country  as container() gives it */
static const char *code_of(const im_gazetteer *g, im_place_id country)
{
    return country == IM_PLACE_NONE
               ? ""
               : g->country_codes[country - g->of_kind[IM_PLACE_COUNTRY].first];
}

im_place_record im_gazetteer_record(const im_gazetteer *gazetteer, im_place_id id)
{
    const im_gazetteer *g = gazetteer;
    if (id >= g->n_places)
        return (im_place_record){.country = IM_PLACE_NONE,
                                 .admin1 = IM_PLACE_NONE,
                                 .admin2 = IM_PLACE_NONE,
                                 .country_code = ""};
    const gaz_place *p = &g->places[id];
    im_place_id country = container(g, p->country, IM_PLACE_COUNTRY);
    return (im_place_record){
        .kind = kind_of(g, id),
        .radius_km = (double)bounded(p->radius_km, 0, 20100),
        .population = p->population,
        .country = country,
        .admin1 = container(g, p->admin1, IM_PLACE_ADMIN1),
        .admin2 = container(g, p->admin2, IM_PLACE_ADMIN2),
        .x = bounded(p->x, -1, 1),
        .y = bounded(p->y, -1, 1),
        .z = bounded(p->z, -1, 1),
        .magnitude = bounded(p->magnitude, 0, GAZ_MAX_MAGNITUDE),
        .seat = (guint8)(p->feature == g->seat_features[2]   ? 2
                         : p->feature == g->seat_features[1] ? 1
                                                             : 0),
        .country_code = code_of(g, country),
    };
}

im_place_id im_gazetteer_country(const im_gazetteer *gazetteer, im_place_id id)
{
    g_assert(id < gazetteer->n_places);
    return container(gazetteer, gazetteer->places[id].country, IM_PLACE_COUNTRY);
}

im_place_id im_gazetteer_admin1(const im_gazetteer *gazetteer, im_place_id id)
{
    g_assert(id < gazetteer->n_places);
    return container(gazetteer, gazetteer->places[id].admin1, IM_PLACE_ADMIN1);
}

im_place_id im_gazetteer_country_of(const im_gazetteer *gazetteer, guint16 area)
{
    const im_gazetteer *g = gazetteer;
    return area < g->n_areas ? container(g, g->area_countries[area], IM_PLACE_COUNTRY)
                             : IM_PLACE_NONE;
}

/* Those that there are were looked at when the file was opened; at 0 a damaged one may have anything. */
static const char *feature_of(const im_gazetteer *g, guint feature)
{
    const guint32 at = feature < g->n_features ? g->features[feature] : 0;
    return at ? g->names + at : "";
}

im_place im_gazetteer_place(const im_gazetteer *gazetteer, im_place_id id)
{
    const im_gazetteer *g = gazetteer;
    g_assert(id < g->n_places);
    const gaz_place *p = &g->places[id];
    im_place_id country = container(g, p->country, IM_PLACE_COUNTRY);
    return (im_place){
        .id = id,
        .kind = kind_of(g, id),
        .position = {CLAMP(p->lon_e5, -18000000, 18000000) / 1e5,
                     CLAMP(p->lat_e5, -9000000, 9000000) / 1e5},
        .radius_km = (double)bounded(p->radius_km, 0, 20100),
        .name = gaz_name(g, p->name),
        .feature_code = feature_of(g, p->feature),
        .geonameid = p->geonameid,
        .population = p->population,
        .country = country,
        .admin1 = container(g, p->admin1, IM_PLACE_ADMIN1),
        .admin2 = container(g, p->admin2, IM_PLACE_ADMIN2),
        .country_code = code_of(g, country),
        .code = gaz_name(g, p->code),
        .iso3166_2 = gaz_name(g, p->iso3166_2),
    };
}

const char *im_gazetteer_place_name(const im_gazetteer *gazetteer, im_place_id id)
{
    g_assert(id < gazetteer->n_places || id == IM_PLACE_NONE);
    return id == IM_PLACE_NONE ? "" : gaz_name(gazetteer, gazetteer->places[id].name);
}

/* The readings of a key, whatever they say. */
static const im_reading *unproven(const im_gazetteer *g, guint32 key, guint *n)
{
    guint32 first = g->keys[key].first, end = g->keys[key + 1].first;
    gboolean is_sound = first < end && end <= g->n_readings;
    *n = is_sound ? end - first : 0;
    return is_sound ? g->readings + first : NULL;
}

static const im_reading *proven(const im_gazetteer *g, const im_reading *readings, guint *n)
{
    gboolean is_sound = TRUE;
    for (guint i = 0; i < *n; i++)
        is_sound &= (readings[i].place < g->n_places) & (readings[i].kind - 1u < IM_NAME_DEMONYM);
    *n = is_sound ? *n : 0;
    return is_sound ? readings : NULL;
}

const im_reading *gaz_readings(const im_gazetteer *g, guint32 key, guint *n)
{
    return proven(g, unproven(g, key, n), n);
}

const im_reading *im_key_find(const im_gazetteer *gazetteer, guint32 hash, const char *key,
                              gsize key_len, guint *n)
{
    const im_gazetteer *g = gazetteer;
    gaz_run run = gaz_may_have(g, hash) ? gaz_run_of(&g->key_index, hash) : (gaz_run){0, 0};
    for (guint32 i = run.at; i < run.end; i++) {
        if (g->keys[i].hash != hash)
            continue;
        const char *text = gaz_key_text(g, i);
        if (strncmp(text, key, key_len) == 0 && text[key_len] == '\0')
            return unproven(g, i, n);
    }
    *n = 0;
    return NULL;
}

const im_reading *im_gazetteer_readings(const im_gazetteer *gazetteer, const char *key,
                                        gsize key_len, guint *n)
{
    return proven(gazetteer, im_key_find(gazetteer, im_hash_name(key, key_len), key, key_len, n),
                  n);
}

const im_reading *im_key_readings(const im_gazetteer *gazetteer, const im_key *key, guint *n)
{
    return im_key_find(gazetteer, key->end.hash, key->bytes, key->end.len, n);
}

guint64 im_gazetteer_serial(const im_gazetteer *gazetteer)
{
    return gazetteer->serial;
}

gboolean im_key_may_exist(const im_gazetteer *gazetteer, guint32 hash)
{
    return gaz_may_have(gazetteer, hash);
}

/* The head of that hash, and of that text unless it is NULL. */
static guint longest(const im_gazetteer *g, guint32 hash, const char *word, gsize len)
{
    gaz_run run = gaz_may_have(g, hash) ? gaz_run_of(&g->head_index, hash) : (gaz_run){0, 0};
    for (guint32 i = run.at; i < run.end; i++) {
        const gaz_head *head = &g->heads[i];
        if (head->hash == hash &&
            (!word || (head->len == len && strncmp(gaz_text_at(g, head->text), word, len) == 0)))
            return MIN(head->words, IM_KEY_MAX_WORDS);
    }
    return 0;
}

guint im_key_longest(const im_gazetteer *gazetteer, guint32 hash)
{
    return longest(gazetteer, hash, NULL, 0);
}

guint im_gazetteer_longest(const im_gazetteer *gazetteer, const char *word, gsize len)
{
    return longest(gazetteer, im_hash_word(word, len), word, len);
}

im_place_id im_gazetteer_by_code(const im_gazetteer *gazetteer, const char *code)
{
    guint32 low = 0, high = gazetteer->n_codes;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        im_place_id id = gazetteer->codes[middle];
        if (id >= gazetteer->n_places)
            return IM_PLACE_NONE;
        int order = strcmp(gaz_name(gazetteer, gazetteer->places[id].code), code);
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
