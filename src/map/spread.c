#include "map/spread.h"

#include "incident/content.h"

#include <math.h>

double im_spread_first_meridian(const GArray *points)
{
    enum { DEGREES = 361 };
    double least[DEGREES], most[DEGREES];
    for (guint k = 0; k < DEGREES; k++)
        least[k] = G_MAXDOUBLE, most[k] = -G_MAXDOUBLE;
    for (guint i = 0; i < points->len; i++) {
        const double lon = g_array_index(points, im_xy, i).x;
        const guint k = (guint)CLAMP(floor(lon) + 180, 0, DEGREES - 1);
        least[k] = MIN(least[k], lon);
        most[k] = MAX(most[k], lon);
    }
    double widest = -1, first = -180, westernmost = 0, last = G_MAXDOUBLE;
    for (guint k = 0; k < DEGREES; k++) {
        if (least[k] > most[k])
            continue;
        if (last == G_MAXDOUBLE)
            westernmost = least[k];
        else if (least[k] - last > widest)
            widest = least[k] - last, first = least[k];
        last = most[k];
    }
    return last == G_MAXDOUBLE || westernmost + 360 - last < widest ? first : westernmost;
}

void im_spread_unwrap(GArray *points, double first)
{
    for (guint i = 0; i < points->len; i++) {
        im_xy *p = &g_array_index(points, im_xy, i);
        if (p->x < first)
            p->x += 360;
    }
}

static gboolean has_circle(const im_incident *incident)
{
    return incident->has_geometry && incident->radius_km > 0 && incident->radius_km < 200 &&
           incident->geo_level != IM_LEVEL_STATE && incident->geo_precision >= 2;
}

static void append_incidents(im_spread *s, const GPtrArray *drawn)
{
    for (guint i = 0; i < drawn->len; i++) {
        const im_incident *incident = im_incident_at(drawn, i);
        im_xy at = {incident->position.lon_deg, incident->position.lat_deg};
        if (incident->has_geometry)
            g_array_append_val(s->points, at);
    }
    for (guint i = 0; i < drawn->len; i++) {
        const im_incident *incident = im_incident_at(drawn, i);
        for (int k = 0; has_circle(incident) && k < 4; k++) {
            im_lonlat p = im_destination(incident->position, 90.0 * k, incident->radius_km);
            im_xy at = {p.lon_deg, p.lat_deg};
            g_array_append_val(s->points, at);
        }
    }
}

/* So many points are all looked at; of more, those that stand for a tenth of a degree each. */
enum {
    FEW_POINTS = 4000,
    CELLS_A_DEGREE = 10,
    CELLS_ACROSS = 720 * CELLS_A_DEGREE,
    CELLS_DOWN = 181 * CELLS_A_DEGREE
};

/* Which tenths of a degree were met: a bit each. */
typedef struct cells {
    guint64 *bits; /* NULL: few points, all are new */
} cells;

static cells cells_new(guint n_points)
{
    return (cells){
        n_points > FEW_POINTS ? g_new0(guint64, (gsize)CELLS_ACROSS * CELLS_DOWN / 64 + 1) : NULL};
}

/* Whether a point is the first in its cell. */
static gboolean is_new(cells *met, im_xy p)
{
    if (!met->bits)
        return TRUE;
    const gint64 column = (gint64)floor((p.x + 180) * CELLS_A_DEGREE),
                 row = (gint64)floor((p.y + 90) * CELLS_A_DEGREE);
    const gsize cell =
        (gsize)(CLAMP(row, 0, CELLS_DOWN - 1) * CELLS_ACROSS + CLAMP(column, 0, CELLS_ACROSS - 1));
    const guint64 bit = G_GUINT64_CONSTANT(1) << (cell % 64);
    const gboolean first = !(met->bits[cell / 64] & bit);
    met->bits[cell / 64] |= bit;
    return first;
}

/* The points that are asked which unit they are in, once they are unwrapped: they come first. */
static void set_centres(im_spread *s, const GPtrArray *drawn)
{
    cells seen = cells_new(drawn->len), seen_stateless = cells_new(drawn->len);
    for (guint i = 0, at = 0; i < drawn->len; i++) {
        const im_incident *incident = im_incident_at(drawn, i);
        if (!incident->has_geometry)
            continue;
        const im_xy p = g_array_index(s->points, im_xy, at++);
        if (is_new(&seen, p))
            g_array_append_val(s->centres, p);
        if (!(incident->iso && *incident->iso) && is_new(&seen_stateless, p))
            g_array_append_val(s->stateless, p);
    }
    g_free(seen.bits);
    g_free(seen_stateless.bits);
}

/* Of very many points those that the extent depends on: the outermost ones, and those of the cells. */
static void leave_outermost(im_spread *s)
{
    enum { DIRECTIONS = 16 };
    im_xy outermost[DIRECTIONS] = {{0, 0}};
    double farthest[DIRECTIONS];
    if (s->points->len <= FEW_POINTS)
        return;
    for (guint d = 0; d < DIRECTIONS; d++) {
        const im_xy to = {cos(2 * G_PI * d / DIRECTIONS), sin(2 * G_PI * d / DIRECTIONS)};
        farthest[d] = -G_MAXDOUBLE;
        for (guint i = 0; i < s->points->len; i++) {
            const im_xy p = g_array_index(s->points, im_xy, i);
            const double far = p.x * to.x + p.y * to.y;
            if (far > farthest[d])
                farthest[d] = far, outermost[d] = p;
        }
    }
    g_array_set_size(s->points, 0);
    g_array_append_vals(s->points, s->centres->data, s->centres->len);
    g_array_append_vals(s->points, outermost, DIRECTIONS);
}

im_spread im_spread_new(const GPtrArray *drawn)
{
    im_spread s = {g_array_new(FALSE, FALSE, sizeof(im_xy)),
                   g_array_new(FALSE, FALSE, sizeof(im_xy)),
                   g_array_new(FALSE, FALSE, sizeof(im_xy))};
    append_incidents(&s, drawn);
    im_spread_unwrap(s.points, im_spread_first_meridian(s.points));
    set_centres(&s, drawn);
    leave_outermost(&s);
    return s;
}

void im_spread_clear(im_spread *s)
{
    g_clear_pointer(&s->points, g_array_unref);
    g_clear_pointer(&s->centres, g_array_unref);
    g_clear_pointer(&s->stateless, g_array_unref);
}
