/* Placing marks: each on its point where there is room, else on the nearest free spot with a
 * leader back to it. */
#include "map/marks.h"

#include <math.h>

/* With more sites than these, or hexagons among them, all stay on their points: there is no room to move to. */
enum { MOST_MOVED = 250, DIRECTIONS = 24 };

static const double GAP_PX = 2, STEP_PX = 5;

/* Between a body and the dot that its leader begins at: less is no leader. */
static const double LEAST_LEADER_PX = 7;

/* Half the height of a tag with some air. */
static const double TAG_HALF_PX = 7;

/* Where there is no room within reach, so many times as far. */
static const double FARTHER = 2.5;

/* What a leader over a mark or over another leader costs, and a hidden point: more than any distance. */
static const double CROSSING_COST = 400, HIDDEN_COST = 300;

static im_box shifted(const im_box *box, im_xy by)
{
    return (im_box){box->min_x + by.x, box->min_y + by.y, box->max_x + by.x, box->max_y + by.y};
}

static double area_of(const im_box *box)
{
    return (box->max_x - box->min_x) * (box->max_y - box->min_y);
}

/* Sets the marks of a site in rows, in their order, around the origin. @return their box */
static im_box arrange(im_site *site)
{
    double area = 0, x = 0, y = 0, row_height = 0;
    for (guint i = 0; i < site->marks->len; i++)
        area += area_of(&((im_mark *)g_ptr_array_index(site->marks, i))->box);
    double width = site->marks->len <= 3 ? G_MAXDOUBLE : sqrt(area) * 1.35;
    im_box all = IM_BOX_EMPTY;
    for (guint i = 0; i < site->marks->len; i++) {
        im_mark *mark = g_ptr_array_index(site->marks, i);
        double w = mark->box.max_x - mark->box.min_x, h = mark->box.max_y - mark->box.min_y;
        if (i > 0 && x + w > width) {
            x = 0;
            y += row_height;
            row_height = 0;
        }
        mark->centre = (im_xy){x - mark->box.min_x, y - mark->box.min_y};
        im_box_add(&all, (im_xy){x, y});
        im_box_add(&all, (im_xy){x + w, y + h});
        x += w;
        row_height = MAX(row_height, h);
    }
    /* Marks of a row stand on one line. */
    if (y == 0)
        for (guint i = 0; i < site->marks->len; i++) {
            im_mark *mark = g_ptr_array_index(site->marks, i);
            mark->centre.y = row_height / 2;
        }
    return all;
}

static void move_marks(im_site *site, im_xy by)
{
    for (guint i = 0; i < site->marks->len; i++) {
        im_mark *mark = g_ptr_array_index(site->marks, i);
        mark->centre.x += by.x;
        mark->centre.y += by.y;
    }
    site->body = shifted(&site->body, by);
}

im_mark *im_site_hub(const im_site *site)
{
    im_mark *largest = g_ptr_array_index(site->marks, 0);
    double least = largest->symbol.radius_px;
    for (guint i = 1; i < site->marks->len; i++) {
        im_mark *mark = g_ptr_array_index(site->marks, i);
        if (mark->symbol.radius_px > largest->symbol.radius_px)
            largest = mark;
        least = MIN(least, mark->symbol.radius_px);
    }
    gboolean is_large = largest->symbol.radius_px >= 1.35 * least;
    return site->marks->len == 1 || is_large ? largest : NULL;
}

im_box im_mark_box(const im_mark *mark)
{
    return shifted(&mark->box, mark->centre);
}

/* Sides of a hub at which the others can stand, best first. */
static const im_xy SIDES[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

/* Sets the hub on the origin and the others beside it. */
static void arrange_around(im_site *site, im_mark *hub, im_xy side)
{
    hub->centre = (im_xy){0, 0};
    im_box row = IM_BOX_EMPTY;
    double x = 0;
    for (guint i = 0; i < site->marks->len; i++) {
        im_mark *mark = g_ptr_array_index(site->marks, i);
        if (mark == hub)
            continue;
        mark->centre = (im_xy){x - mark->box.min_x, 0};
        x += mark->box.max_x - mark->box.min_x;
        im_box box = im_mark_box(mark);
        im_box_add(&row, (im_xy){box.min_x, box.min_y});
        im_box_add(&row, (im_xy){box.max_x, box.max_y});
    }
    site->body = hub->box;
    if (im_box_is_empty(&row))
        return;
    im_xy by = {side.x > 0   ? hub->box.max_x - row.min_x
                : side.x < 0 ? hub->box.min_x - row.max_x
                             : -(row.min_x + row.max_x) / 2,
                side.y > 0   ? hub->box.max_y - row.min_y
                : side.y < 0 ? hub->box.min_y - row.max_y
                             : 0};
    for (guint i = 0; i < site->marks->len; i++) {
        im_mark *mark = g_ptr_array_index(site->marks, i);
        if (mark == hub)
            continue;
        mark->centre.x += by.x;
        mark->centre.y += by.y;
        im_box box = im_mark_box(mark);
        im_box_add(&site->body, (im_xy){box.min_x, box.min_y});
        im_box_add(&site->body, (im_xy){box.max_x, box.max_y});
    }
}

/* What is put on a spot: the middle of the hub, else of the row. */
static im_xy anchor_of(const im_site *site)
{
    const im_mark *hub = im_site_hub(site);
    if (hub)
        return hub->centre;
    return (im_xy){(site->body.min_x + site->body.max_x) / 2,
                   (site->body.min_y + site->body.max_y) / 2};
}

static void centre_on(im_site *site, im_xy at)
{
    im_xy anchor = anchor_of(site);
    move_marks(site, (im_xy){at.x - anchor.x, at.y - anchor.y});
}

static gboolean box_inside(const im_box *inner, const im_box *outer)
{
    return inner->min_x >= outer->min_x && inner->max_x <= outer->max_x &&
           inner->min_y >= outer->min_y && inner->max_y <= outer->max_y;
}

static im_box grown(const im_box *box, double by)
{
    return (im_box){box->min_x - by, box->min_y - by, box->max_x + by, box->max_y + by};
}

/* Whether a body has a place to itself. */
static gboolean is_free(const GPtrArray *placed, const im_box *body)
{
    const im_box padded = grown(body, GAP_PX);
    for (guint i = 0; i < placed->len; i++) {
        const im_site *other = g_ptr_array_index(placed, i);
        if (im_box_intersects(&padded, &other->body))
            return FALSE;
    }
    return TRUE;
}

static gboolean box_holds(const im_box *box, im_xy p)
{
    return p.x >= box->min_x && p.x <= box->max_x && p.y >= box->min_y && p.y <= box->max_y;
}

/* Points of other places that a body would hide. */
static guint points_covered(const im_marks *marks, const im_site *self, const im_box *body)
{
    const im_box padded = grown(body, IM_DOT_PX);
    guint n = 0;
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *other = g_ptr_array_index(marks->sites, i);
        n += other != self && !other->is_area && box_holds(&padded, other->point);
    }
    return n;
}

gboolean im_mark_bears_dots(const im_mark *mark)
{
    static const double LEAST_RADIUS_PX = 18;
    return mark->symbol.radius_px >= LEAST_RADIUS_PX && !mark->symbol.is_area;
}

/* Where in a mark no dot may be: all of a small one and its tag, the number in a large one. */
static im_box opaque_part(const im_mark *mark, const im_theme *theme)
{
    if (im_mark_bears_dots(mark))
        return im_symbol_number_box(&mark->symbol, theme);
    return mark->box;
}

/* Points of other places that a mark would hide on a spot of its own. */
static guint points_hidden(const im_marks *marks, const im_site *self, const im_mark *mark,
                           const im_theme *theme)
{
    const im_box part = opaque_part(mark, theme), body = shifted(&part, mark->centre);
    return points_covered(marks, self, &body);
}

/* What a leader disturbs: other leaders, other marks. */
static double leader_cost(const GPtrArray *placed, const im_xy leader[2])
{
    double cost = 0;
    for (guint i = 0; i < placed->len; i++) {
        const im_site *other = g_ptr_array_index(placed, i);
        if (other->is_moved && im_segments_cross(leader, other->leader))
            cost += CROSSING_COST;
        const im_box padded = grown(&other->body, 1);
        if (!box_holds(&other->body, leader[0]) && im_segment_meets_box(leader, &padded))
            cost += CROSSING_COST;
    }
    return cost;
}

/* What a body would stand on: leaders of others. */
static double leaders_covered(const GPtrArray *placed, const im_box *body)
{
    const im_box padded = grown(body, GAP_PX);
    double cost = 0;
    for (guint i = 0; i < placed->len; i++) {
        const im_site *other = g_ptr_array_index(placed, i);
        if (other->is_moved && im_segment_meets_box(other->leader, &padded))
            cost += CROSSING_COST;
    }
    return cost;
}

static double distance_to(const im_box *box, im_xy p)
{
    return hypot(p.x - CLAMP(p.x, box->min_x, box->max_x),
                 p.y - CLAMP(p.y, box->min_y, box->max_y));
}

/* The end of a leader at a body: in the middle of the mark that is nearest, which hides it. */
static im_xy nearest_middle(const im_site *site, im_xy p)
{
    im_xy middle = {0, 0};
    double least = G_MAXDOUBLE;
    for (guint i = 0; i < site->marks->len; i++) {
        const im_mark *mark = g_ptr_array_index(site->marks, i);
        const im_box symbol = im_symbol_box(&mark->symbol), box = shifted(&symbol, mark->centre);
        const double distance = distance_to(&box, p);
        if (distance < least) {
            least = distance;
            middle = mark->centre;
        }
    }
    return middle;
}

/* Halving finds the edge to a quarter of a pixel. */
im_xy im_site_edge(const im_site *site)
{
    im_xy out = site->leader[0], in = site->leader[1];
    while (hypot(in.x - out.x, in.y - out.y) > 0.25) {
        const im_xy middle = {(in.x + out.x) / 2, (in.y + out.y) / 2};
        *(box_holds(&site->body, middle) ? &in : &out) = middle;
    }
    return out;
}

/* Where most of the placed neighbours are not: they push a body away from them. */
static im_xy crowd_around(const GPtrArray *placed, im_xy point, double within)
{
    im_xy push = {0, 0};
    for (guint i = 0; i < placed->len; i++) {
        const im_site *other = g_ptr_array_index(placed, i);
        im_xy middle = anchor_of(other);
        double dx = point.x - middle.x, dy = point.y - middle.y, d = hypot(dx, dy);
        if (d > 0 && d < within) {
            push.x += dx / d * (within - d);
            push.y += dy / d * (within - d);
        }
    }
    double length = hypot(push.x, push.y);
    return length > 0 ? (im_xy){push.x / length, push.y / length} : push;
}

/* One place where a body could go. */
typedef struct spot {
    im_xy anchor;
    im_xy leader[2];
    double cost;
} spot;

gboolean im_site_tag_meets(const im_site *site, im_xy by, const im_xy leader[2])
{
    for (guint i = 0; i < site->marks->len; i++) {
        const im_mark *mark = g_ptr_array_index(site->marks, i);
        const im_box symbol = im_symbol_box(&mark->symbol);
        const im_box tag = {symbol.max_x, -TAG_HALF_PX, mark->box.max_x, TAG_HALF_PX};
        const im_box there = shifted(&tag, (im_xy){mark->centre.x + by.x, mark->centre.y + by.y});
        if (mark->tag && im_segment_meets_box(leader, &there))
            return TRUE;
    }
    return FALSE;
}

static gboolean try_spot(const im_marks *marks, const GPtrArray *placed, const im_site *site,
                         const im_box *bounds, im_xy anchor, spot *s)
{
    const im_xy from = anchor_of(site), by = {anchor.x - from.x, anchor.y - from.y};
    im_box body = shifted(&site->body, by);
    const double length = distance_to(&body, site->point);
    if ((!site->is_area && length < LEAST_LEADER_PX) || !box_inside(&body, bounds) ||
        !is_free(placed, &body))
        return FALSE;
    const im_xy middle = nearest_middle(site, (im_xy){site->point.x - by.x, site->point.y - by.y});
    s->anchor = anchor;
    s->leader[0] = site->point;
    s->leader[1] = (im_xy){middle.x + by.x, middle.y + by.y};
    s->cost = length + HIDDEN_COST * points_covered(marks, site, &body) +
              leader_cost(placed, s->leader) + leaders_covered(placed, &body) +
              (im_site_tag_meets(site, by, s->leader) ? CROSSING_COST : 0);
    return TRUE;
}

/* Looks around the point for the best free spot. */
static gboolean find_spot(const im_marks *marks, const GPtrArray *placed, const im_site *site,
                          const im_box *bounds, double reach, spot *best)
{
    im_xy away = crowd_around(placed, site->point, reach);
    double half =
        hypot(site->body.max_x - site->body.min_x, site->body.max_y - site->body.min_y) / 2;
    best->cost = G_MAXDOUBLE;
    /* A spot costs as much as it is far, at the least. */
    for (double d = STEP_PX; d < half + reach && d - half < best->cost; d += STEP_PX)
        for (int i = 0; i < DIRECTIONS; i++) {
            double angle = 2 * G_PI * i / DIRECTIONS;
            im_xy to = {sin(angle), -cos(angle)};
            spot s;
            im_xy anchor = {site->point.x + to.x * d, site->point.y + to.y * d};
            if (!try_spot(marks, placed, site, bounds, anchor, &s))
                continue;
            s.cost += 8 * (1 - (to.x * away.x + to.y * away.y));
            if (s.cost < best->cost)
                *best = s;
        }
    return best->cost < G_MAXDOUBLE;
}

/* Puts a site on a spot, or, without one, on its point. */
static void settle(GPtrArray *placed, im_site *site, const im_box *bounds, const spot *s)
{
    centre_on(site, s ? s->anchor : site->point);
    if (s) {
        site->is_moved = TRUE;
        site->leader[0] = s->leader[0];
        site->leader[1] = s->leader[1];
    }
    /* Marks at the very edge are whole, if not quite on their points. */
    im_box b = site->body;
    move_marks(site, (im_xy){MAX(bounds->min_x - b.min_x, 0) - MAX(b.max_x - bounds->max_x, 0),
                             MAX(bounds->min_y - b.min_y, 0) - MAX(b.max_y - bounds->max_y, 0)});
    g_ptr_array_add(placed, site);
}

/* Puts a hub on its point with the others at whatever side is free. */
static gboolean settle_hub(const im_marks *marks, GPtrArray *placed, im_site *site,
                           const im_box *bounds, const im_theme *theme)
{
    im_mark *hub = im_site_hub(site);
    if (!hub)
        return FALSE;
    guint n_sides = site->marks->len == 1 ? 1 : G_N_ELEMENTS(SIDES);
    double least = G_MAXDOUBLE;
    guint best = 0;
    for (guint i = 0; i < n_sides; i++) {
        arrange_around(site, hub, SIDES[i]);
        centre_on(site, site->point);
        if (points_hidden(marks, site, hub, theme) > 0)
            return FALSE;
        double cost = 10.0 * points_covered(marks, site, &site->body) + i;
        if (cost < least && is_free(placed, &site->body) && box_inside(&site->body, bounds)) {
            least = cost;
            best = i;
        }
    }
    if (least == G_MAXDOUBLE)
        return FALSE;
    arrange_around(site, hub, SIDES[best]);
    settle(placed, site, bounds, NULL);
    return TRUE;
}

/* A spot in a state for what is known of all of it: far from its borders, clear of marks. */
static gboolean find_area_spot(const im_marks *marks, const GPtrArray *placed, const im_site *site,
                               const im_ground *ground, const im_box *bounds, im_xy *at)
{
    const im_region *state = g_ptr_array_index(ground->states, site->state);
    im_box box = im_rings_box(state->outline);
    im_xy from = anchor_of(site);
    double half =
        hypot(site->body.max_x - site->body.min_x, site->body.max_y - site->body.min_y) / 2;
    double best = -G_MAXDOUBLE;
    for (double y = box.min_y; y < box.max_y; y += 2 * IM_CELL_PX)
        for (double x = box.min_x; x < box.max_x; x += 2 * IM_CELL_PX) {
            im_box body = shifted(&site->body, (im_xy){x - from.x, y - from.y});
            if (im_ground_state_at(ground, (im_xy){x, y}) != site->state ||
                !box_inside(&body, bounds) || !is_free(placed, &body) ||
                points_covered(marks, site, &body) > 0)
                continue;
            double inside = im_rings_distance(state->outline, (im_xy){x, y});
            double away = hypot(x - site->point.x, y - site->point.y);
            double score = MIN(inside, half * 1.6) - 0.15 * away;
            if (score > best) {
                best = score;
                *at = (im_xy){x, y};
            }
        }
    return best > -G_MAXDOUBLE;
}

/* Near by, else farther off, else on its point. */
static void settle_beside(const im_marks *marks, GPtrArray *placed, im_site *site,
                          const im_box *bounds, double reach)
{
    spot near, far;
    const gboolean found = find_spot(marks, placed, site, bounds, reach, &near);
    if (found && near.cost < HIDDEN_COST) {
        settle(placed, site, bounds, &near);
        return;
    }
    const gboolean farther = find_spot(marks, placed, site, bounds, FARTHER * reach, &far);
    const spot *best = farther && far.cost < HIDDEN_COST ? &far : found ? &near : NULL;
    settle(placed, site, bounds, best);
}

static void place_area(const im_marks *marks, GPtrArray *placed, im_site *site,
                       const im_ground *ground, const im_box *bounds, double reach)
{
    im_xy at;
    if (is_free(placed, &site->body) && points_covered(marks, site, &site->body) == 0) {
        settle(placed, site, bounds, NULL);
    } else if (find_area_spot(marks, placed, site, ground, bounds, &at)) {
        site->point = at;
        settle(placed, site, bounds, NULL);
    } else {
        settle_beside(marks, placed, site, bounds, reach);
    }
}

/* Which points lie under large marks. */
static void find_hidden(const im_marks *marks)
{
    for (guint i = 0; i < marks->sites->len; i++) {
        im_site *site = g_ptr_array_index(marks->sites, i);
        for (guint k = 0; site->is_moved && k < marks->sites->len && !site->is_under; k++) {
            const im_site *other = g_ptr_array_index(marks->sites, k);
            site->is_under = other != site && box_holds(&other->body, site->point);
        }
    }
}

void im_marks_place(im_marks *marks, const im_ground *ground, const im_theme *theme)
{
    const im_box *frame = &ground->frame;
    im_box bounds = {frame->min_x + 4, frame->min_y + 4, frame->max_x - 4, frame->max_y - 4};
    double reach = 90 * theme->unit;
    gboolean move = marks->sites->len <= MOST_MOVED && marks->classes.n == 0;
    g_autoptr(GPtrArray) placed = g_ptr_array_new(), waiting = g_ptr_array_new();
    for (guint i = 0; i < marks->sites->len; i++) {
        im_site *site = g_ptr_array_index(marks->sites, i);
        if (move && !site->is_area && settle_hub(marks, placed, site, &bounds, theme))
            continue;
        site->body = arrange(site);
        centre_on(site, site->point);
        if (move)
            g_ptr_array_add(waiting, site);
        else
            settle(placed, site, &bounds, NULL);
    }
    for (guint i = 0; i < waiting->len; i++) {
        im_site *site = g_ptr_array_index(waiting, i);
        if (site->is_area && site->state != IM_REGION_NONE)
            place_area(marks, placed, site, ground, &bounds, reach);
    }
    for (guint i = 0; i < waiting->len; i++) {
        im_site *site = g_ptr_array_index(waiting, i);
        if (!(site->is_area && site->state != IM_REGION_NONE))
            settle_beside(marks, placed, site, &bounds, reach);
    }
    find_hidden(marks);
}
