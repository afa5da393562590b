#include "map/draw.h"

#include <math.h>
#include <string.h>

static void draw_sea(im_map *map, const im_view *view, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "sea", "Sea", TRUE);
    im_item *sea = im_tree_path(layer->items, "sea", (im_style){.fill = theme->colours.sea});
    if (view->kind != IM_PROJECTION_WORLD) {
        im_path_box(&sea->path, &view->frame, 0);
    } else {
        /* The outline of the earth: down one side of the window and up the other. */
        enum { STEPS = 90 };
        im_xy outline[2 * STEPS + 2];
        for (int i = 0; i <= STEPS; i++) {
            double lat = 90 - 180.0 * i / STEPS;
            outline[i] = (im_xy){view->window.max_x, lat};
            outline[2 * STEPS + 1 - i] = (im_xy){view->window.min_x, lat};
        }
        im_view_project(view, outline, G_N_ELEMENTS(outline));
        im_path_polyline(&sea->path, outline, G_N_ELEMENTS(outline));
        im_path_close(&sea->path);
    }
    im_item_fit_box(sea);
}

static gboolean is_map_of_part(const im_ground *ground)
{
    for (guint i = 0; i < ground->states->len; i++)
        if (((const im_region *)g_ptr_array_index(ground->states, i))->near)
            return TRUE;
    return FALSE;
}

static void draw_land(im_map *map, const im_ground *ground, const im_theme *theme)
{
    gboolean is_part = is_map_of_part(ground);
    im_layer *layer = im_tree_layer(map, "countries", "Countries", TRUE);
    for (guint i = 0; i < ground->countries->len; i++) {
        const im_region *country = g_ptr_array_index(ground->countries, i);
        if (im_rings_n(country->outline) == 0)
            continue;
        im_colour fill = !country->focus ? theme->colours.land
                         : is_part       ? theme->colours.near
                                         : theme->colours.focus;
        im_item *item = im_tree_path(layer->items, country->focus ? "country focus" : "country",
                                     (im_style){.fill = fill, .even_odd = TRUE});
        item->title = *country->name ? g_strdup(country->name) : NULL;
        im_path_rings(&item->path, country->outline);
        im_item_fit_box(item);
    }
}

/* On a map of a part of a country: the states that it is about. */
static void draw_touched(GPtrArray *items, const im_ground *ground, const im_theme *theme)
{
    for (guint i = 0; i < ground->first_own && is_map_of_part(ground); i++) {
        const im_region *state = g_ptr_array_index(ground->states, i);
        if (!state->focus || state->near || im_rings_n(state->outline) == 0)
            continue;
        im_item *item = im_tree_path(items, "state focus",
                                     (im_style){.fill = theme->colours.focus, .even_odd = TRUE});
        item->title = *state->name ? g_strdup(state->name) : NULL;
        im_path_rings(&item->path, state->outline);
        im_item_fit_box(item);
    }
}

/* The user's own areas, where they reach beyond the land that is known, and where that is dimmed. */
static void draw_own(GPtrArray *items, const im_ground *ground, const im_theme *theme)
{
    for (guint32 i = ground->first_own; i < ground->states->len; i++) {
        const im_region *area = g_ptr_array_index(ground->states, i);
        if (im_rings_n(area->outline) == 0)
            continue;
        im_item *item = im_tree_path(items, "state own",
                                     (im_style){.fill = theme->colours.focus, .even_odd = TRUE});
        item->title = *area->name ? g_strdup(area->name) : NULL;
        im_path_rings(&item->path, area->outline);
        im_item_fit_box(item);
    }
}

/* States that hold something of unknown place. */
static void draw_affected(im_map *map, const im_ground *ground, const im_marks *marks,
                          const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "states", "States concerned", TRUE);
    draw_touched(layer->items, ground, theme);
    draw_own(layer->items, ground, theme);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (!site->is_area || site->state == IM_REGION_NONE)
            continue;
        const im_region *state = g_ptr_array_index(ground->states, site->state);
        im_item *item = im_tree_path(layer->items, "state affected",
                                     (im_style){.fill = theme->colours.affected,
                                                .even_odd = TRUE,
                                                .hatch = theme->colours.hatch,
                                                .hatch_gap_px = (float)(7 * theme->unit)});
        item->title = g_strdup(*state->name ? state->name : site->name);
        im_path_rings(&item->path, state->outline);
        im_item_fit_box(item);
    }
}

typedef enum border_kind {
    BORDER_NONE = 0,
    BORDER_OWN, /* between two of the user's own areas */
    BORDER_STATE,
    BORDER_COAST,
    BORDER_COUNTRY,
} border_kind;

/* What an arc parts. Borders of states are drawn only where the map is about them. */
static border_kind kind_of(const im_ground *ground, const im_arc *arc)
{
    if (arc->cut)
        return BORDER_NONE;
    if (arc->forward == IM_UNIT_NONE || arc->backward == IM_UNIT_NONE)
        return BORDER_COAST;
    guint32 a = g_array_index(ground->country_of, guint32, arc->forward);
    guint32 b = g_array_index(ground->country_of, guint32, arc->backward);
    if (a != b)
        return BORDER_COUNTRY;
    const im_region *country = g_ptr_array_index(ground->countries, a);
    guint32 s = g_array_index(ground->state_of, guint32, arc->forward);
    guint32 t = g_array_index(ground->state_of, guint32, arc->backward);
    return s != t && country->focus ? BORDER_STATE : BORDER_NONE;
}

/* Of an arc of the user's own areas; what is around them is not known yet. */
static border_kind kind_of_own(const im_ground *ground, const im_arc *arc)
{
    if (arc->cut)
        return BORDER_NONE;
    if (arc->forward == IM_UNIT_NONE || arc->backward == IM_UNIT_NONE)
        return BORDER_COAST;
    guint32 s = g_array_index(ground->own_of, guint32, arc->forward);
    guint32 t = g_array_index(ground->own_of, guint32, arc->backward);
    return s != t ? BORDER_OWN : BORDER_NONE;
}

/* Whether there is sea within a cell of a point. */
static gboolean is_by_the_sea(const im_ground *ground, im_xy at)
{
    for (int y = -1; y <= 1; y++)
        for (int x = -1; x <= 1; x++)
            if (im_ground_state_below(ground, (im_xy){at.x + x * IM_CELL_PX,
                                                      at.y + y * IM_CELL_PX}) == IM_REGION_NONE)
                return TRUE;
    return FALSE;
}

/* Points on the two sides of an edge. */
static void sides_of_edge(im_xy a, im_xy b, im_xy sides[2])
{
    static const double BESIDE_PX = 3.5;
    const double length = hypot(b.x - a.x, b.y - a.y);
    const im_xy middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    const im_xy beside = {(b.y - a.y) / length * BESIDE_PX, (a.x - b.x) / length * BESIDE_PX};
    sides[0] = (im_xy){middle.x + beside.x, middle.y + beside.y};
    sides[1] = (im_xy){middle.x - beside.x, middle.y - beside.y};
}

/* An edge that has no partner is a coast only where there is sea: where one of two neighbours has a
 * point on a straight border that the other lacks, there is none. The raster knows. */
static border_kind kind_on_land(const im_ground *ground, border_kind arc, im_xy middle,
                                const im_xy sides[2])
{
    if (arc != BORDER_COAST || is_by_the_sea(ground, middle))
        return arc;
    guint32 s = im_ground_state_below(ground, sides[0]);
    guint32 t = im_ground_state_below(ground, sides[1]);
    if (s == IM_REGION_NONE || t == IM_REGION_NONE || s == t)
        return BORDER_NONE;
    const im_region *here = g_ptr_array_index(ground->states, s);
    const im_region *there = g_ptr_array_index(ground->states, t);
    if (here->country != there->country)
        return BORDER_COUNTRY;
    return here->focus ? BORDER_STATE : BORDER_NONE;
}

static gboolean is_own_at(const im_ground *ground, im_xy at)
{
    return im_ground_is_own(ground, im_ground_state_at(ground, at));
}

/* Beside the user's own areas there are no borders and coasts but theirs and those of countries. */
static border_kind kind_of_edge(const im_ground *ground, border_kind arc, im_xy a, im_xy b)
{
    if (a.x == b.x && a.y == b.y)
        return arc;
    im_xy sides[2], middle = {(a.x + b.x) / 2, (a.y + b.y) / 2};
    sides_of_edge(a, b, sides);
    border_kind kind = kind_on_land(ground, arc, middle, sides);
    gboolean hidden = ground->own_topology && kind != BORDER_COUNTRY &&
                      (is_own_at(ground, sides[0]) || is_own_at(ground, sides[1]));
    return hidden ? BORDER_NONE : kind;
}

/* The outer edges of the user's own areas are coasts where the sea is; where two of them have not quite the same
 * border, one line is drawn all the same. */
static border_kind kind_of_own_edge(const im_ground *ground, border_kind arc, im_xy a, im_xy b)
{
    if (arc != BORDER_COAST || (a.x == b.x && a.y == b.y))
        return arc;
    im_xy sides[2];
    sides_of_edge(a, b, sides);
    if (im_ground_state_at(ground, sides[0]) == IM_REGION_NONE ||
        im_ground_state_at(ground, sides[1]) == IM_REGION_NONE)
        return BORDER_COAST;
    return is_own_at(ground, sides[0]) && is_own_at(ground, sides[1]) ? BORDER_OWN : BORDER_STATE;
}

typedef border_kind (*edge_judge)(const im_ground *ground, border_kind arc, im_xy a, im_xy b);

/* A line and what of it lies under text. */
typedef struct broken {
    im_item *line, *under;
    const im_gaps *gaps;
    gboolean open; /* the line goes on from where it is */
} broken;

/* Adds two items, of which the second is not drawn. */
static broken broken_new(GPtrArray *items, const char *cls, const char *under, im_style style,
                         const im_gaps *gaps)
{
    broken b = {.gaps = gaps};
    b.line = im_tree_path(items, cls, style);
    b.under = im_tree_path(items, under, style);
    b.under->hidden = TRUE;
    return b;
}

static im_xy point_at(const im_xy edge[2], double share)
{
    return (im_xy){edge[0].x + share * (edge[1].x - edge[0].x),
                   edge[0].y + share * (edge[1].y - edge[0].y)};
}

static void add_part(im_path *path, const im_xy edge[2], double from, double to)
{
    const im_xy a = point_at(edge, from), b = point_at(edge, to);
    im_path_move(path, a.x, a.y);
    im_path_line(path, b.x, b.y);
}

static void add_broken_edge(broken *b, const im_xy edge[2], const im_gap *gaps, guint n)
{
    double from = 0;
    for (guint i = 0; i < n; i++) {
        if (from < gaps[i].from)
            add_part(&b->line->path, edge, from, gaps[i].from);
        add_part(&b->under->path, edge, gaps[i].from, gaps[i].to);
        from = gaps[i].to;
    }
    b->open = from < 1;
    if (b->open)
        add_part(&b->line->path, edge, from, 1);
}

static void add_edge(broken *b, const im_xy edge[2])
{
    im_gap gaps[IM_MOST_GAPS];
    const guint n = im_gaps_on(b->gaps, edge, gaps);
    if (n > 0) {
        add_broken_edge(b, edge, gaps, n);
        return;
    }
    if (!b->open)
        im_path_move(&b->line->path, edge[0].x, edge[0].y);
    im_path_line(&b->line->path, edge[1].x, edge[1].y);
    b->open = TRUE;
}

/* Adds the edges of a line that are of a kind and in the frame. */
static void add_edges(broken *to, const im_ground *ground, const im_xy *points, guint n,
                      edge_judge judge, border_kind arc, border_kind kind)
{
    const im_box *box = &ground->frame;
    to->open = FALSE;
    for (guint i = 1; i < n; i++) {
        im_xy a = points[i - 1], b = points[i];
        gboolean in = isfinite(a.x) && isfinite(b.x) && MAX(a.x, b.x) >= box->min_x &&
                      MIN(a.x, b.x) <= box->max_x && MAX(a.y, b.y) >= box->min_y &&
                      MIN(a.y, b.y) <= box->max_y && judge(ground, arc, a, b) == kind;
        if (in)
            add_edge(to, &points[i - 1]);
        else
            to->open = FALSE;
    }
}

typedef border_kind (*arc_judge)(const im_ground *ground, const im_arc *arc);

static void add_borders(broken *to, const im_ground *ground, const im_topology *topology,
                        arc_judge judge_arc, edge_judge judge_edge, border_kind wanted)
{
    for (guint a = 0; topology && a < topology->arcs->len; a++) {
        const im_arc *arc = &g_array_index(topology->arcs, im_arc, a);
        border_kind kind = judge_arc(ground, arc);
        if (kind == wanted || kind == BORDER_COAST)
            add_edges(to, ground, &g_array_index(topology->points, im_xy, arc->first), arc->n,
                      judge_edge, kind, wanted);
    }
}

static void fit_boxes(const broken *b)
{
    im_item_fit_box(b->line);
    im_item_fit_box(b->under);
}

static void draw_borders(im_map *map, const im_ground *ground, const im_gaps *gaps,
                         const im_theme *theme)
{
    const struct {
        border_kind kind;
        const char *cls, *under;
        im_colour colour;
        double width_px;
    } kinds[] = {
        {BORDER_OWN, "border own", "border own under", theme->colours.state_border, 0.6},
        {BORDER_STATE, "border state", "border state under", theme->colours.state_border, 0.9},
        {BORDER_COAST, "coast", "coast under", theme->colours.coast, 0.9},
        {BORDER_COUNTRY, "border country", "border country under", theme->colours.border, 1.5}};
    im_layer *layer = im_tree_layer(map, "borders", "Borders and coasts", TRUE);
    for (guint k = ground->own_topology ? 0 : 1; k < G_N_ELEMENTS(kinds); k++) {
        const im_style style = {.stroke = kinds[k].colour,
                                .stroke_px = (float)(kinds[k].width_px * theme->unit)};
        broken b = broken_new(layer->items, kinds[k].cls, kinds[k].under, style, gaps);
        add_borders(&b, ground, ground->topology, kind_of, kind_of_edge, kinds[k].kind);
        add_borders(&b, ground, ground->own_topology, kind_of_own, kind_of_own_edge, kinds[k].kind);
        fit_boxes(&b);
    }
}

static void draw_disputed(im_map *map, const im_ground *ground, const im_gaps *gaps,
                          const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "disputed", "Disputed borders", TRUE);
    float width = (float)(1.3 * theme->unit);
    broken b = broken_new(layer->items, "border disputed", "border disputed under",
                          (im_style){.stroke = theme->colours.border,
                                     .stroke_px = width,
                                     .dash_px = {4 * width, 3 * width}},
                          gaps);
    for (guint i = 0; i < ground->disputed->len; i++) {
        const im_rings *lines = g_ptr_array_index(ground->disputed, i);
        for (guint r = 0, n; r < im_rings_n(lines); r++) {
            const im_xy *points = im_rings_get(lines, r, &n);
            add_edges(&b, ground, points, n, kind_of_edge, BORDER_NONE, BORDER_NONE);
        }
    }
    fit_boxes(&b);
}

static void move_items(im_map *map, const char *id, const char *name, GPtrArray **items)
{
    im_layer *layer = im_tree_layer(map, id, name, TRUE);
    g_ptr_array_extend_and_steal(layer->items, *items);
    *items = im_tree_list();
}

void im_draw_ground(im_map *map, const im_ground *ground, const im_view *view,
                    const im_marks *marks, im_graticule *graticule, const im_gaps *gaps,
                    const im_theme *theme)
{
    draw_sea(map, view, theme);
    draw_land(map, ground, theme);
    draw_affected(map, ground, marks, theme);
    im_draw_bins(map, ground, marks, theme);
    if (graticule)
        move_items(map, "graticule", "Meridians and parallels", &graticule->items);
    draw_borders(map, ground, gaps, theme);
    draw_disputed(map, ground, gaps, theme);
    if (graticule)
        move_items(map, "degrees", "Degrees", &graticule->labels);
}
