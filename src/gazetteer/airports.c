/* Names of airports: by the town that one serves, by the city that it stands at. */
#include "gazetteer/compile.h"
#include "gazetteer/derive.h"

#include <math.h>
#include <string.h>

static void add_composed(draft *d, im_place_id place, const char *prefix, const char *name,
                         const char *suffix)
{
    g_autofree char *composed = g_strconcat(prefix, name, suffix, NULL);
    draft_add_derived(d, place, composed);
}

static void name_after_town(draft *d, im_place_id airport, const char *town)
{
    if (!town)
        return;
    add_composed(d, airport, "", town, " airport");
    add_composed(d, airport, "", town, " international airport");
    add_composed(d, airport, "aeropuerto de ", town, "");
    add_composed(d, airport, "aeropuerto internacional de ", town, "");
}

/* An airport may be said to be a town's so far from it, as most of the largest are. */
static const double AIRPORT_REACH_KM = 30;

/* Large airports by the degree of latitude in which they lie. */
typedef struct near_airports {
    GArray *bands[181]; /* guint32: number among the airports */
    im_place_id *towns; /* by airport: the most populous town in reach so far */
} near_airports;

static guint band_of(double lat_deg)
{
    return (guint)CLAMP(floor(lat_deg) + 90, 0, 180);
}

static gboolean is_large(const draft *d, im_place_id airport)
{
    return strcmp(draft_detail_of(d, airport).type, "large") == 0;
}

static void gather_airports(const draft *d, near_airports *near)
{
    guint32 n = draft_count(d, IM_PLACE_AIRPORT);
    near->towns = g_new(im_place_id, n + 1);
    for (guint b = 0; b < G_N_ELEMENTS(near->bands); b++)
        near->bands[b] = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint32 i = 0; i < n; i++) {
        im_place_id airport = draft_id(IM_PLACE_AIRPORT, i);
        near->towns[i] = IM_PLACE_NONE;
        if (is_large(d, airport))
            g_array_append_val(near->bands[band_of(draft_position(draft_at(d, airport)).lat_deg)],
                               i);
    }
}

/* Makes a town an airport's when it is in reach and has more people than the one before. */
static void offer(const draft *d, near_airports *near, guint32 airport, im_place_id town)
{
    const gaz_place *a = draft_at(d, draft_id(IM_PLACE_AIRPORT, airport)), *p = draft_at(d, town);
    im_place_id best = near->towns[airport];
    gboolean is_larger = best == IM_PLACE_NONE || p->population > draft_at(d, best)->population;
    if (p->country == a->country && is_larger &&
        im_distance_km(draft_position(p), draft_position(a)) <= AIRPORT_REACH_KM)
        near->towns[airport] = town;
}

static void offer_towns(const draft *d, near_airports *near)
{
    const double reach_deg = AIRPORT_REACH_KM / 111.0;
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_TOWN); i++) {
        im_place_id town = draft_id(IM_PLACE_TOWN, i);
        double lat_deg = draft_position(draft_at(d, town)).lat_deg;
        for (guint b = band_of(lat_deg - reach_deg); b <= band_of(lat_deg + reach_deg); b++)
            for (guint k = 0; k < near->bands[b]->len; k++)
                offer(d, near, g_array_index(near->bands[b], guint32, k), town);
    }
}

/* By the town that it serves, by the city that it stands at, and without `international`. */
static void name_airport(draft *d, im_place_id airport, im_place_id nearest)
{
    const char *key = draft_own_key(d, airport);
    const char *end = key ? derive_before(key, "international airport") : NULL;
    g_autofree char *short_name = end ? g_strndup(key, (gsize)(end - key)) : NULL;
    if (short_name)
        add_composed(d, airport, "", short_name, " airport");
    const char *city = draft_detail_of(d, airport).city;
    char town[IM_KEY_MAX_BYTES + 1];
    if (im_gazetteer_key(city, strcspn(city, "(/,"), town) > 0)
        name_after_town(d, airport, derive_town_core(town));
    if (is_large(d, airport))
        name_after_town(d, airport, draft_own_key(d, nearest));
}

void draft_name_airports(draft *d)
{
    near_airports near;
    gather_airports(d, &near);
    offer_towns(d, &near);
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_AIRPORT); i++)
        name_airport(d, draft_id(IM_PLACE_AIRPORT, i), near.towns[i]);
    for (guint b = 0; b < G_N_ELEMENTS(near.bands); b++)
        g_array_unref(near.bands[b]);
    g_free(near.towns);
}
