/* How near a reading lies to the likely places of its neighbours: the innermost sum of resolving, so
 * distances are taken four at a time, and what lies inside of each other is set right afterwards. */
#include "toponym/priv.h"

#include <math.h>

static const double NEAR_KM = 100, EARTH_KM = 6371.0088, INSIDE = 0.4;

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
    return EARTH_KM * sqrt(chord_squared(a, b));
}

static double by_distance(const topo_reading *a, const topo_reading *b)
{
    const double scale = EARTH_KM / NEAR_KM * (EARTH_KM / NEAR_KM);
    return 1 / (1 + scale * chord_squared(a, b));
}

double topo_closeness(const topo_reading *a, const topo_reading *b)
{
    return topo_contains(b, a) || topo_contains(a, b) ? INSIDE : by_distance(a, b);
}

static gboolean is_area(const topo_reading *r)
{
    return r->kind <= IM_PLACE_ADMIN2;
}

static void add_anchor(topo_anchors *anchors, const topo_reading *r, float weight)
{
    guint lane = anchors->n % 4;
    topo_four_points *four = &anchors->points[anchors->n / 4];
    if (lane == 0)
        *four = (topo_four_points){0};
    four->x[lane] = r->x;
    four->y[lane] = r->y;
    four->z[lane] = r->z;
    four->weight[lane] = weight;
    if (is_area(r))
        anchors->areas[anchors->n_areas++] = (guint8)anchors->n;
    anchors->all[anchors->n++] = (topo_anchor){r, weight};
}

void topo_gather_anchors(im_topo *topo, const topo_name *name)
{
    static const float LEAST = 1e-4f;
    topo_anchors *anchors = &topo->anchors;
    anchors->n = anchors->n_areas = 0;
    for (guint i = 0; i < name->n_neighbours; i++) {
        const topo_name *other = topo_name_at(topo, name->neighbours[i].name);
        float share = name->neighbours[i].weight * (float)other->weight;
        for (guint k = 0; k < other->n_top; k++) {
            const topo_reading *r = &other->readings[other->top[k]];
            float weight = share * r->p;
            if (weight > LEAST && r->kind != IM_PLACE_COUNTRY && r->kind != IM_PLACE_REGION)
                add_anchor(anchors, r, weight);
        }
    }
}

static double sum_by_distance(const topo_anchors *anchors, const topo_reading *r)
{
    const float scale = (float)(EARTH_KM / NEAR_KM * (EARTH_KM / NEAR_KM));
    topo_four sum = {0};
    for (guint i = 0; i < (anchors->n + 3) / 4; i++) {
        const topo_four_points *p = &anchors->points[i];
        topo_four dx = p->x - r->x, dy = p->y - r->y, dz = p->z - r->z;
        sum += p->weight / (1 + scale * (dx * dx + dy * dy + dz * dz));
    }
    return (double)sum[0] + (double)sum[1] + (double)sum[2] + (double)sum[3];
}

/* What an anchor adds beyond its distance when one of the two lies in the other. */
static double inside_bonus(const topo_anchor *anchor, const topo_reading *r)
{
    if (!topo_contains(anchor->reading, r) && !topo_contains(r, anchor->reading))
        return 0;
    return (double)anchor->weight * (INSIDE - by_distance(r, anchor->reading));
}

double topo_near_anchors(const im_topo *topo, const topo_reading *r)
{
    const topo_anchors *anchors = &topo->anchors;
    double sum = sum_by_distance(anchors, r);
    if (is_area(r))
        for (guint i = 0; i < anchors->n; i++)
            sum += inside_bonus(&anchors->all[i], r);
    else
        for (guint i = 0; i < anchors->n_areas; i++)
            sum += inside_bonus(&anchors->all[anchors->areas[i]], r);
    return MAX(sum, 0);
}
