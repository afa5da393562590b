/* Records from a file name their country and division; the map joins by codes. */
#include "base/hash.h"

#include <incmap/pipeline.h>
#include <string.h>

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

/* Which record of the list is the fullest of each id; ids of a million records are found in it by two looks at
 * memory. */
typedef struct fullest {
    struct {
        guint32 hash, index; /* of the record, + 1; 0: free */
    } * slots;
    gsize mask;
    guint n_ids;
} fullest;

static void add_record(fullest *f, const GPtrArray *incidents, guint index)
{
    const im_incident *incident = incidents->pdata[index];
    const guint32 hash = im_hash_end(im_hash_text(incident->id));
    gsize at = hash & f->mask;
    for (; f->slots[at].index > 0; at = (at + 1) & f->mask) {
        const im_incident *known = incidents->pdata[f->slots[at].index - 1];
        if (f->slots[at].hash == hash && strcmp(known->id, incident->id) == 0) {
            if (is_fuller(incident, known))
                f->slots[at].index = index + 1;
            return;
        }
    }
    f->slots[at].hash = hash;
    f->slots[at].index = index + 1;
    f->n_ids++;
}

/* Leaves of the records of one id the fullest. */
static void drop_copies(GPtrArray *incidents)
{
    gsize n_slots = 16;
    while (n_slots < 2 * (gsize)incidents->len)
        n_slots *= 2;
    fullest f = {g_malloc0_n(n_slots, sizeof *f.slots), n_slots - 1, 0};
    for (guint i = 0; i < incidents->len; i++)
        add_record(&f, incidents, i);
    g_autofree gboolean *kept = f.n_ids < incidents->len ? g_new0(gboolean, incidents->len) : NULL;
    for (gsize i = 0; kept && i < n_slots; i++)
        if (f.slots[i].index > 0)
            kept[f.slots[i].index - 1] = TRUE;
    for (guint i = incidents->len; kept && i-- > 0;)
        if (!kept[i])
            g_ptr_array_remove_index_fast(incidents, i);
    g_free(f.slots);
}

GPtrArray *im_incidents_join(const im_gazetteer *gazetteer, GPtrArray *incidents)
{
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lookup l = {gazetteer, found};
    drop_copies(incidents);
    for (guint i = 0; i < incidents->len; i++)
        complete(&l, incidents->pdata[i]);
    im_incidents_sort(incidents);
    return incidents;
}
