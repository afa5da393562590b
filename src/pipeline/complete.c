/* Records from a file name their country and division; the map joins by codes. */
#include <incmap/pipeline.h>

/* Divisions that were looked up: a file of many records has few. */
typedef struct lookup {
    const im_gazetteer *gazetteer;
    GHashTable *found; /* "country/name" → im_place_id + 1 */
} lookup;

static im_place_id locate(const im_gazetteer *gazetteer, const char *name, const char *country,
                          im_place_kind kind)
{
    im_locate_options options = {.country = country, .limit = 50};
    g_autoptr(GArray) answers = im_gazetteer_locate(gazetteer, name, &options);
    for (guint i = 0; i < answers->len; i++) {
        im_place_id id = g_array_index(answers, im_located, i).place;
        if (im_gazetteer_place(gazetteer, id).kind == kind)
            return id;
    }
    return IM_PLACE_NONE;
}

static im_place_id find(lookup *l, const char *name, const char *country, im_place_kind kind)
{
    gpointer known;
    g_autofree char *key = g_strconcat(country ? country : "", "/", name, NULL);
    if (g_hash_table_lookup_extended(l->found, key, NULL, &known))
        return (im_place_id)(GPOINTER_TO_SIZE(known) - 1);
    im_place_id id = locate(l->gazetteer, name, country, kind);
    g_hash_table_insert(l->found, g_steal_pointer(&key), GSIZE_TO_POINTER((gsize)id + 1));
    return id;
}

static void complete(lookup *l, im_incident *incident)
{
    im_place_id id;
    if (incident->country && !incident->iso &&
        (id = find(l, incident->country, NULL, IM_PLACE_COUNTRY)) != IM_PLACE_NONE)
        incident->iso = g_strdup(im_gazetteer_place(l->gazetteer, id).country_code);
    if (!incident->admin1 || !incident->iso || incident->admin1_code)
        return;
    id = find(l, incident->admin1, incident->iso, IM_PLACE_ADMIN1);
    if (id == IM_PLACE_NONE)
        return;
    im_place place = im_gazetteer_place(l->gazetteer, id);
    incident->admin1_code = g_strdup(place.code);
    incident->iso3166_2 = *place.iso3166_2 ? g_strdup(place.iso3166_2) : NULL;
}

/* Of two records with one id the one that more reports stand behind, else the first of the order. */
static gboolean is_fuller(const im_incident *a, const im_incident *b)
{
    if (a->number_of_articles != b->number_of_articles)
        return a->number_of_articles > b->number_of_articles;
    return im_incident_compare(&a, &b) < 0;
}

static GHashTable *fullest_by_id(const GPtrArray *incidents)
{
    GHashTable *fullest = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = incidents->pdata[i];
        const im_incident *known = g_hash_table_lookup(fullest, incident->id);
        if (!known || is_fuller(incident, known))
            g_hash_table_replace(fullest, incident->id, incident);
    }
    return fullest;
}

GPtrArray *im_incidents_join(const im_gazetteer *gazetteer, GPtrArray *incidents)
{
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) fullest = fullest_by_id(incidents);
    lookup l = {gazetteer, found};
    for (guint i = incidents->len; i-- > 0 && g_hash_table_size(fullest) < incidents->len;)
        if (g_hash_table_lookup(fullest, ((im_incident *)incidents->pdata[i])->id) !=
            incidents->pdata[i])
            g_ptr_array_remove_index_fast(incidents, i);
    for (guint i = 0; i < incidents->len; i++)
        complete(&l, incidents->pdata[i]);
    im_incidents_sort(incidents);
    return incidents;
}
