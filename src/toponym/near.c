/* How near a reading lies to the likely places of its neighbours: the innermost sum of resolving, so
 * they are taken four at a time. */
#include "toponym/priv.h"

#include <math.h>

static const double NEAR_KM = 100;
/* How near the one is that lies in the other, wherever its middle is. */
static const float INSIDE = 0.4f;

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
    return topo_contains(b, a) || topo_contains(a, b) ? (double)INSIDE : by_distance(a, b);
}

static const topo_reading nowhere = {.place = IM_PLACE_NONE,
                                     .country = IM_PLACE_NONE,
                                     .admin1 = IM_PLACE_NONE,
                                     .admin2 = IM_PLACE_NONE};

const topo_anchor topo_no_anchor = {&nowhere, 0};

static inline void set_anchor(topo_anchors *a, guint i, const topo_reading *r, float weight)
{
    ((float *)a->x)[i] = r->x;
    ((float *)a->y)[i] = r->y;
    ((float *)a->z)[i] = r->z;
    ((float *)a->weight)[i] = weight;
    ((guint32 *)a->ids[TOPO_ID_PLACE])[i] = r->place;
    ((guint32 *)a->ids[TOPO_ID_COUNTRY])[i] = r->country;
    ((guint32 *)a->ids[TOPO_ID_ADMIN1])[i] = r->admin1;
    ((guint32 *)a->ids[TOPO_ID_ADMIN2])[i] = r->admin2;
}

void topo_gather_anchors(im_topo *topo, const topo_name *name)
{
    topo_anchors *a = &topo->anchors;
    guint n = 0;
    a->all_weight = 0;
    for (guint i = 0; i < name->n_neighbours; i++) {
        const topo_neighbours *near = name->neighbours;
        const topo_name *other = topo_name_at(topo, ((const guint32 *)near->names)[i]);
        for (guint k = 0; k < TOPO_TOP; k++) { /* all of them: how many count is not foretold */
            const topo_anchor *anchor = &other->anchors[k];
            const float weight = near->weight[i] * anchor->weight;
            set_anchor(a, n, anchor->reading, weight);
            a->all_weight += weight;
            n += k < other->n_anchors;
        }
    }
    a->n = n;
    for (guint i = 0; i < 4; i++)
        set_anchor(a, n + i, &nowhere, 0);
}

/* In which ids of the anchors to look for which two of a reading, to find those that contain it or that it
 * contains: two lists suffice, for no anchor is a country, and a place is of one kind. */
typedef struct kinship {
    topo_id first, second;     /* of the anchors */
    gsize in_first, in_second; /* of the reading: where it has them */
} kinship;

#define ID(field) G_STRUCT_OFFSET(topo_reading, field)
#define AS_A_PLACE                                                                                 \
    {                                                                                              \
        TOPO_ID_PLACE, TOPO_ID_PLACE, ID(admin1), ID(admin2)                                       \
    }

static const kinship kinships[] = {
    [IM_PLACE_UNKNOWN] = AS_A_PLACE,
    [IM_PLACE_COUNTRY] = {TOPO_ID_COUNTRY, TOPO_ID_COUNTRY, ID(place), ID(place)},
    [IM_PLACE_ADMIN1] = {TOPO_ID_ADMIN1, TOPO_ID_ADMIN1, ID(place), ID(place)},
    [IM_PLACE_ADMIN2] = {TOPO_ID_ADMIN2, TOPO_ID_PLACE, ID(place), ID(admin1)},
    [IM_PLACE_TOWN] = AS_A_PLACE,
    [IM_PLACE_REGION] = AS_A_PLACE,
    [IM_PLACE_AIRPORT] = AS_A_PLACE,
};

/* An id that no anchor has stands for a container that there is not. */
static inline im_place_id id_at(const topo_reading *r, gsize offset)
{
    const im_place_id id = G_STRUCT_MEMBER(im_place_id, r, offset);
    return id - (id == IM_PLACE_NONE);
}

static inline topo_four choose_four(topo_four_ids which, topo_four yes, topo_four no)
{
    return (topo_four)(((topo_four_ids)yes & which) | ((topo_four_ids)no & ~which));
}

double topo_near_anchors(const im_topo *topo, const topo_reading *r)
{
    const topo_four as_inside = {INSIDE, INSIDE, INSIDE, INSIDE};
    const topo_anchors *a = &topo->anchors;
    const kinship *kin = &kinships[r->kind];
    const topo_four_ids *first = a->ids[kin->first], *second = a->ids[kin->second];
    const im_place_id in_first = id_at(r, kin->in_first), in_second = id_at(r, kin->in_second);
    const float scale = (float)(IM_EARTH_RADIUS_KM / NEAR_KM * (IM_EARTH_RADIUS_KM / NEAR_KM));
    topo_four sum = {0};
    for (guint i = 0; i < (a->n + 3) / 4; i++) {
        const topo_four dx = a->x[i] - r->x, dy = a->y[i] - r->y, dz = a->z[i] - r->z;
        const topo_four_ids inside =
            (topo_four_ids)(((first[i] == in_first) | (second[i] == in_second)) &
                            (a->ids[TOPO_ID_PLACE][i] != r->place)); /* none is in itself */
        sum += a->weight[i] *
               choose_four(inside, as_inside, 1 / (1 + scale * (dx * dx + dy * dy + dz * dz)));
    }
    return (double)sum[0] + (double)sum[1] + (double)sum[2] + (double)sum[3];
}
