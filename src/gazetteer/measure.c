/* How far places reach, where no table says so: an estimate from what lies in them. */
#include "gazetteer/compile.h"

#include <math.h>
#include <string.h>

/* What is known of a unit besides its position. */
typedef struct reach {
    GArray *distances_km; /* float: from its position to each of its towns; NULL for none */
} reach;

static void note(reach *r, double distance)
{
    float distance_km = (float)distance;
    if (!r->distances_km)
        r->distances_km = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_val(r->distances_km, distance_km);
}

static int ascending(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* So many towns tell how far a unit reaches; many units have one only. */
enum { ENOUGH_TOWNS = 5 };

/* 95 of 100 towns lie within; a single misplaced one does not count. */
static double spread_km(const reach *r)
{
    if (!r->distances_km)
        return 0;
    g_array_sort(r->distances_km, ascending);
    guint last = r->distances_km->len - 1;
    return (double)g_array_index(r->distances_km, float, last - last / 20);
}

/* Radius of a circle of the mean area of the units that share a country. */
static double mean_radius_km(const draft *d, im_place_id country, const guint *siblings)
{
    if (country == IM_PLACE_NONE || siblings[draft_index(country)] == 0)
        return 0;
    return (double)draft_at(d, country)->radius_km / sqrt(siblings[draft_index(country)]);
}

/* Whether a unit is of the order that its kind is named for: no ward among the municipalities. */
static gboolean is_of_order(const draft *d, const gaz_place *unit)
{
    const char *feature = draft_feature(d, unit);
    return unit->kind == IM_PLACE_ADMIN1 || strcmp(feature, "ADM2") == 0;
}

/* @return how many units of a kind each country has; owned by the caller */
static guint *count_siblings(const draft *d, im_place_kind kind)
{
    guint *siblings = g_new0(guint, draft_count(d, IM_PLACE_COUNTRY) + 1);
    for (guint32 i = 0; i < draft_count(d, kind); i++) {
        const gaz_place *p = draft_at(d, draft_id(kind, i));
        if (p->country != IM_PLACE_NONE && is_of_order(d, p))
            siblings[draft_index(p->country)]++;
    }
    return siblings;
}

/* @return what is known of each unit of a kind; owned by the caller */
static reach *gather(const draft *d, im_place_kind kind)
{
    reach *reaches = g_new0(reach, draft_count(d, kind) + 1);
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_TOWN); i++) {
        const gaz_place *p = draft_at(d, draft_id(IM_PLACE_TOWN, i));
        im_place_id unit = kind == IM_PLACE_ADMIN1 ? p->admin1 : p->admin2;
        if (unit != IM_PLACE_NONE)
            note(&reaches[draft_index(unit)],
                 im_distance_km(draft_position(p), draft_position(draft_at(d, unit))));
    }
    return reaches;
}

/* As far as its towns; where there are few, no less than half of what units of its country have on
 * average. */
static double reach_km(const reach *r, double mean_km)
{
    double spread = spread_km(r);
    gboolean is_enough = r->distances_km && r->distances_km->len >= ENOUGH_TOWNS;
    return is_enough ? spread : fmax(spread, mean_km / 2);
}

static void measure_units(draft *d, im_place_kind kind, double least_km)
{
    g_autofree reach *reaches = gather(d, kind);
    g_autofree guint *siblings = count_siblings(d, kind);
    for (guint32 i = 0; i < draft_count(d, kind); i++) {
        gaz_place *p = draft_at(d, draft_id(kind, i));
        double mean_km = mean_radius_km(d, p->country, siblings);
        p->radius_km = (float)fmax(reach_km(&reaches[i], mean_km), least_km);
        if (reaches[i].distances_km)
            g_array_unref(reaches[i].distances_km);
    }
}

/* As large as a city of its population that has about 1,100 people a square kilometre. */
static void measure_towns(draft *d)
{
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_TOWN); i++) {
        gaz_place *p = draft_at(d, draft_id(IM_PLACE_TOWN, i));
        if (p->radius_km <= 0)
            p->radius_km = (float)CLAMP(sqrt(p->population) / 60, 1, 25);
    }
}

void draft_measure(draft *d)
{
    measure_units(d, IM_PLACE_ADMIN1, 5);
    measure_units(d, IM_PLACE_ADMIN2, 3);
    measure_towns(d);
}
