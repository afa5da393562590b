/* How far places reach, where no table says so: an estimate from what lies in them. */
#include "gazetteer/compile.h"

#include <math.h>

/* What is known of a unit besides its position. */
typedef struct reach {
    GArray *distances_km; /* double: from its position to each of its towns; NULL for none */
    guint siblings;       /* units of the same order in a country; kept for countries only */
} reach;

static void note(reach *r, double distance_km)
{
    if (!r->distances_km)
        r->distances_km = g_array_new(FALSE, FALSE, sizeof(double));
    g_array_append_val(r->distances_km, distance_km);
}

static int ascending(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
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
    return g_array_index(r->distances_km, double, last - last / 20);
}

/* Radius of a circle of the mean area of the units that share a country. */
static double mean_radius_km(const draft *d, im_place_id country, guint siblings)
{
    return siblings ? draft_at(d, country)->radius_km / sqrt(siblings) : 0;
}

static void gather(const draft *d, im_place_kind kind, reach *reaches)
{
    for (im_place_id i = 0; i < d->places->len; i++) {
        const draft_place *p = draft_at(d, i);
        if (p->kind == kind && p->country != IM_PLACE_NONE)
            reaches[p->country].siblings++;
        im_place_id unit = kind == IM_PLACE_ADMIN1 ? p->admin1 : p->admin2;
        if (p->kind == IM_PLACE_TOWN && unit != IM_PLACE_NONE)
            note(&reaches[unit], im_distance_km(p->position, draft_at(d, unit)->position));
    }
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
    g_autofree reach *reaches = g_new0(reach, d->places->len + 1);
    gather(d, kind, reaches);
    for (im_place_id i = 0; i < d->places->len; i++) {
        draft_place *p = draft_at(d, i);
        if (p->kind == kind)
            p->radius_km = fmax(
                reach_km(&reaches[i], mean_radius_km(d, p->country, reaches[p->country].siblings)),
                least_km);
    }
    for (im_place_id i = 0; i < d->places->len; i++)
        if (reaches[i].distances_km)
            g_array_unref(reaches[i].distances_km);
}

/* As large as a city of its population that has about 1,100 people a square kilometre. */
static void measure_towns(draft *d)
{
    for (im_place_id i = 0; i < d->places->len; i++) {
        draft_place *p = draft_at(d, i);
        if (p->kind == IM_PLACE_TOWN)
            p->radius_km = CLAMP(sqrt(p->population) / 60, 1, 25);
    }
}

void draft_measure(draft *d)
{
    measure_units(d, IM_PLACE_ADMIN1, 5);
    measure_units(d, IM_PLACE_ADMIN2, 3);
    measure_towns(d);
}
