/* How near a reading lies to the likely places of its neighbours: the innermost sum of resolving, so
 * distances are taken four at a time, and what lies inside of each other is set right afterwards. */
#include "toponym/priv.h"

#include <math.h>

static const double NEAR_KM = 100, INSIDE = 0.4;

void topo_set_position(topo_reading *r, im_lonlat position)
{
    const float radian = (float)(G_PI / 180), lon = (float)position.lon_deg * radian,
                lat = (float)position.lat_deg * radian;
    r->x = cosf(lat) * cosf(lon);
    r->y = cosf(lat) * sinf(lon);
    r->z = sinf(lat);
}

static double chord_squared(const topo_reading *a, const topo_reading *b)
{
    double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
    return dx * dx + dy * dy + dz * dz;
}

double topo_distance_km(const topo_reading *a, const topo_reading *b)
{
    return IM_EARTH_RADIUS_KM * sqrt(chord_squared(a, b));
}

static double by_distance(const topo_reading *a, const topo_reading *b)
{
    const double scale = IM_EARTH_RADIUS_KM / NEAR_KM * (IM_EARTH_RADIUS_KM / NEAR_KM);
    return 1 / (1 + scale * chord_squared(a, b));
}

double topo_closeness(const topo_reading *a, const topo_reading *b)
{
    return topo_contains(b, a) || topo_contains(a, b) ? INSIDE : by_distance(a, b);
}

static const topo_reading nowhere = {.place = IM_PLACE_NONE,
                                     .country = IM_PLACE_NONE,
                                     .admin1 = IM_PLACE_NONE,
                                     .admin2 = IM_PLACE_NONE};

const topo_anchor topo_no_anchor = {&nowhere, 0};

static inline void set_anchor(topo_anchors *a, guint i, const topo_reading *r)
{
    ((float *)a->x)[i] = r->x;
    ((float *)a->y)[i] = r->y;
    ((float *)a->z)[i] = r->z;
    ((guint32 *)a->place)[i] = r->place;
    ((guint32 *)a->country)[i] = r->country;
    ((guint32 *)a->admin1)[i] = r->admin1;
    ((guint32 *)a->admin2)[i] = r->admin2;
}

void topo_gather_anchors(im_topo *topo, const topo_name *name)
{
    topo_anchors *a = &topo->anchors;
    float *weights = (float *)a->weight;
    guint n = 0;
    a->all_weight = 0;
    for (guint i = 0; i < name->n_neighbours; i++) {
        const topo_neighbours *near = name->neighbours;
        const topo_name *other = topo_name_at(topo, ((const guint32 *)near->names)[i]);
        for (guint k = 0; k < TOPO_TOP; k++) { /* all of them: how many count is not foretold */
            const topo_anchor *anchor = &other->anchors[k];
            a->reading[n] = anchor->reading;
            weights[n] = near->weight[i] * anchor->weight;
            a->all_weight += weights[n];
            n += k < other->n_anchors;
        }
    }
    a->n = n;
    for (; n % 4 != 0; n++) {
        a->reading[n] = &nowhere;
        weights[n] = 0;
    }
    for (guint i = 0; i < n; i++)
        set_anchor(a, i, a->reading[i]);
}

/* What an anchor adds beyond its distance when one of the two lies in the other. */
static double inside_bonus(const topo_reading *anchor, float weight, const topo_reading *r)
{
    const gboolean inside = topo_contains(anchor, r) | topo_contains(r, anchor);
    return inside * (double)weight * (INSIDE - by_distance(r, anchor));
}

/* Which ids of the anchors to look through for which id, to find those that contain a reading or that it
 * contains: two lists suffice, for no anchor is a country, and a place is of one kind. */
typedef struct kinship {
    const topo_four_ids *first, *second;
    im_place_id in_first, in_second;
} kinship;

static kinship kinship_of(const topo_anchors *a, const topo_reading *r)
{
    /* an id that no anchor has stands for a container that there is not */
    const im_place_id none = IM_PLACE_NONE - 1,
                      admin1 = r->admin1 == IM_PLACE_NONE ? none : r->admin1,
                      admin2 = r->admin2 == IM_PLACE_NONE ? none : r->admin2;
    switch (r->kind) {
    case IM_PLACE_COUNTRY:
        return (kinship){a->country, a->country, r->place, r->place};
    case IM_PLACE_ADMIN1:
        return (kinship){a->admin1, a->admin1, r->place, r->place};
    case IM_PLACE_ADMIN2:
        return (kinship){a->admin2, a->place, r->place, admin1};
    default:
        return (kinship){a->place, a->place, admin1, admin2};
    }
}

double topo_near_anchors(const im_topo *topo, const topo_reading *r)
{
    const topo_anchors *a = &topo->anchors;
    const kinship kin = kinship_of(a, r);
    const float scale = (float)(IM_EARTH_RADIUS_KM / NEAR_KM * (IM_EARTH_RADIUS_KM / NEAR_KM));
    topo_four closeness = {0};
    topo_four_ids inside = {0};
    for (guint i = 0; i < (a->n + 3) / 4; i++) {
        topo_four dx = a->x[i] - r->x, dy = a->y[i] - r->y, dz = a->z[i] - r->z;
        closeness += a->weight[i] / (1 + scale * (dx * dx + dy * dy + dz * dz));
        inside |=
            (topo_four_ids)((kin.first[i] == kin.in_first) | (kin.second[i] == kin.in_second));
    }
    double sum =
        (double)closeness[0] + (double)closeness[1] + (double)closeness[2] + (double)closeness[3];
    gboolean any_inside = (inside[0] | inside[1] | inside[2] | inside[3]) != 0;
    for (guint i = 0; any_inside && i < a->n; i++)
        sum += inside_bonus(a->reading[i], ((const float *)a->weight)[i], r);
    return MAX(sum, 0);
}
