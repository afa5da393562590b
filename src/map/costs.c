#include "map/costs.h"

#include <math.h>

/* What it costs a name to stand on the land of another country, and what each border or coast that a line of it crosses
 * there. */
static const double FOREIGN_COST = 1.5, FOREIGN_LINE_COST = 0.5;

/* Index of the country of a state; IM_REGION_NONE for sea. */
static guint32 country_of(const im_ground *ground, guint32 state)
{
    return state == IM_REGION_NONE
               ? IM_REGION_NONE
               : ((const im_region *)g_ptr_array_index(ground->states, state))->country;
}

/* How much of a box lies across borders: labels should stay in their own state or in the sea, and never in another
 * country where that can be helped. */
double im_cost_of_ground(const im_ground *ground, const im_box *box, guint32 state)
{
    const guint32 country = country_of(ground, state);
    guint own = 0, sea = 0, foreign = 0, lines = 0, rows = 0, n = 0;
    for (double y = box->min_y + 2; y < box->max_y; y += IM_CELL_PX, rows++) {
        guint32 last = state, here = country;
        for (double x = box->min_x + 2; x < box->max_x; x += 2 * IM_CELL_PX, n++) {
            const guint32 at = im_ground_state_at(ground, (im_xy){x, y});
            if (at != last) {
                const guint32 before = here;
                here = country_of(ground, at);
                /* What borders on its own country the parts tell of. */
                lines += here != before && here != country && before != country;
                last = at;
            }
            if (at == state) /* an islet too small for the raster is in the sea */
                own++;
            else if (at == IM_REGION_NONE)
                sea++;
            else
                foreign += here != country;
        }
    }
    if (n == 0)
        return 0;
    double other = (double)(n - own - sea) / n, mixed = (double)MIN(own, sea) / n;
    return 1.1 * other + 0.9 * mixed + (other > 0 && other < 1 ? 0.35 : 0) +
           FOREIGN_COST * foreign / n + FOREIGN_LINE_COST * lines / rows;
}

/* What it costs the name of a state to stand in another without a leader. */
static const double ELSEWHERE_COST = 12;

/* The part of a box that is on other land. */
static double part_elsewhere(const im_ground *ground, const im_box *box, guint32 state)
{
    guint other = 0, n = 0;
    for (double y = box->min_y + 2; y < box->max_y; y += IM_CELL_PX)
        for (double x = box->min_x + 2; x < box->max_x; x += IM_CELL_PX, n++) {
            const guint32 at = im_ground_state_at(ground, (im_xy){x, y});
            other += at != state && at != IM_REGION_NONE;
        }
    return n > 0 ? (double)other / n : 0;
}

/* Keeps the name of a state in it, or in the sea, or on a leader. */
void im_costs_keep_at_home(im_label *label, const im_ground *ground, guint32 state)
{
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        if (!c->is_led)
            c->cost += ELSEWHERE_COST * part_elsewhere(ground, &c->box, state);
    }
}

static gboolean are_within(const im_box *a, const im_box *b, double reach)
{
    return a->min_x < b->max_x + reach && b->min_x < a->max_x + reach &&
           a->min_y < b->max_y + reach && b->min_y < a->max_y + reach;
}

static double distance_between(const im_box *a, const im_box *b)
{
    const double x = MAX(MAX(a->min_x - b->max_x, b->min_x - a->max_x), 0),
                 y = MAX(MAX(a->min_y - b->max_y, b->min_y - a->max_y), 0);
    return sqrt(x * x + y * y);
}

static gboolean is_near_text(const im_candidate *c, im_xy p, double within)
{
    if (p.x <= c->box.min_x - within || p.x >= c->box.max_x + within ||
        p.y <= c->box.min_y - within || p.y >= c->box.max_y + within)
        return FALSE;
    if (c->angle_deg == 0)
        return TRUE;
    const im_tilted text = im_candidate_shape(c), wide = im_tilted_grown(text, within, within);
    return im_tilted_holds(&wide, p);
}

gboolean im_cost_ring_meets(const im_rings *ring, const im_candidate *candidate)
{
    guint n;
    const im_xy *points = im_rings_get(ring, 0, &n);
    for (guint i = 0, k = n - 1; i < n; k = i++) {
        im_xy middle = {(points[i].x + points[k].x) / 2, (points[i].y + points[k].y) / 2};
        double half = hypot(points[i].x - points[k].x, points[i].y - points[k].y) / 2;
        if (is_near_text(candidate, middle, half))
            return TRUE;
    }
    return FALSE;
}

/* What it costs to be read as the name of another place. */
static const double MISREAD_COST = 4;

/* Of the candidates of a name those that stand on another's ring, or nearer to its mark than to their own. */
static void keep_off(im_label *label, const im_site *own, const im_site *other, double beside)
{
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        if (other->ring && im_cost_ring_meets(other->ring, c))
            c->cost += MISREAD_COST;
        if (!are_within(&c->box, &other->body, beside))
            continue;
        const double away = distance_between(&c->box, &other->body);
        if (away < beside && away < distance_between(&c->box, &own->body) + 2)
            c->cost += MISREAD_COST * (1 - away / beside);
    }
}

void im_costs_keep_off_others(im_label *label, const im_marks *marks, const im_site *own,
                              const im_theme *theme)
{
    static const double BESIDE_PX = 12;
    const double beside = BESIDE_PX * theme->unit;
    im_box reach = own->body;
    for (guint i = 0; i < label->candidates->len; i++) {
        const im_box *box = &g_array_index(label->candidates, im_candidate, i).box;
        im_box_add(&reach, (im_xy){box->min_x, box->min_y});
        im_box_add(&reach, (im_xy){box->max_x, box->max_y});
    }
    for (guint s = 0; s < marks->sites->len; s++) {
        const im_site *other = g_ptr_array_index(marks->sites, s);
        const im_box ring = other->ring ? im_rings_box(other->ring) : other->body;
        if (other != own && are_within(&reach, &ring, beside))
            keep_off(label, own, other, beside);
    }
}

void im_cost_near_marks(im_label *label, const im_marks *marks, double cost, const im_theme *theme)
{
    static const double BESIDE_PX = 10;
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        for (guint s = 0; s < marks->sites->len; s++) {
            const im_site *site = g_ptr_array_index(marks->sites, s);
            if (are_within(&c->box, &site->body, BESIDE_PX * theme->unit))
                c->cost += cost;
        }
    }
}

void im_cost_near_dot(im_label *label, im_xy dot, const im_theme *theme)
{
    static const double BESIDE_PX = 9;
    const im_box at = {dot.x, dot.y, dot.x, dot.y};
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        if (are_within(&c->box, &at, BESIDE_PX * theme->unit))
            c->cost += MISREAD_COST;
    }
}
