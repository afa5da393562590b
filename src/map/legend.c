/* The legend: what is on this map, and only that. */
#include "map/panels.h"

#include <math.h>

enum { MOST_SIZES = 3 };

/* What occurs among the marks. */
typedef struct signs {
    gboolean types[IM_INCIDENT_N_TYPES];
    gboolean cleared, ongoing, planned, area, near, moved, tags, bins, disputed;
    guint n_types;
} signs;

/* Whether a part of a disputed border is on the map. */
static gboolean shows_disputed(const im_ground *ground)
{
    const im_box *f = &ground->frame;
    for (guint i = 0; i < ground->disputed->len; i++) {
        const im_rings *lines = g_ptr_array_index(ground->disputed, i);
        for (guint r = 0, n; r < im_rings_n(lines); r++) {
            const im_xy *points = im_rings_get(lines, r, &n);
            for (guint k = 0; k < n; k++)
                if (points[k].x > f->min_x && points[k].x < f->max_x && points[k].y > f->min_y &&
                    points[k].y < f->max_y)
                    return TRUE;
        }
    }
    return FALSE;
}

static void find_signs(signs *s, const im_marks *marks)
{
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        s->near |= site->ring != NULL;
        s->moved |= site->is_moved && !site->is_area;
        for (guint k = 0; k < site->marks->len; k++) {
            const im_mark *mark = g_ptr_array_index(site->marks, k);
            s->bins |= mark->is_bin;
            if (mark->is_bin)
                continue;
            im_incident_type type =
                mark->symbol.type < IM_INCIDENT_N_TYPES ? mark->symbol.type : IM_INCIDENT_NONE;
            s->n_types += !s->types[type];
            s->types[type] = TRUE;
            s->cleared |= mark->symbol.status == IM_STATUS_CLEARED;
            s->ongoing |= mark->symbol.status == IM_STATUS_ONGOING;
            s->planned |= mark->symbol.status == IM_STATUS_PLANNED;
            s->area |= mark->symbol.is_area;
            s->tags |= mark->tag != NULL;
        }
    }
}

/* A column of rows: a sign on the left, words on the right. */
typedef struct rows {
    im_panel *panel;
    const im_theme *theme;
    im_text_style style;
    double sign_px; /* width of the column of signs */
    double row_px;
    double x, y;  /* left edge of the column, top of the next row */
    double width; /* of the column so far */
} rows;

static im_xy row_centre(const rows *r)
{
    return (im_xy){r->x + r->sign_px / 2, r->y + r->row_px / 2};
}

/* What is in the column reaches to `right` and `bottom`. */
static void reach(rows *r, double right, double bottom)
{
    r->width = MAX(r->width, right - r->x);
    r->panel->width = MAX(r->panel->width, right);
    r->panel->height = MAX(r->panel->height, bottom);
}

static void end_row(rows *r, const char *words)
{
    double cap = 0.66 * (double)r->style.size_px;
    im_xy at = {r->x + r->sign_px + 9 * r->theme->unit, r->y + r->row_px / 2 + cap / 2};
    im_item *item = im_tree_text(r->panel->items, "legend", words, at, &r->style);
    r->y += r->row_px;
    reach(r, at.x + (double)item->box.width_px, r->y);
}

static void add_symbol_row(rows *r, im_symbol symbol, const char *words)
{
    symbol.radius_px = MIN((double)r->theme->base_radius_px, r->row_px * 0.4);
    if (symbol.is_area && symbol.bin_level == 0)
        symbol.radius_px *= 0.75;
    im_item *group = im_tree_group(r->panel->items, "legend-symbol");
    im_symbol_draw(group->items, &symbol, row_centre(r), r->theme);
    im_item_fit_box(group);
    end_row(r, words);
}

static void add_rule(rows *r)
{
    if (r->y <= 0)
        return;
    r->y += 7 * r->theme->unit;
    im_item *rule = im_tree_path(r->panel->items, "rule",
                                 (im_style){.stroke = r->theme->colours.rule, .stroke_px = 1});
    im_path_move(&rule->path, r->x, r->y);
    im_path_line(&rule->path, r->x + MAX(r->width, 150 * r->theme->unit), r->y);
    im_item_fit_box(rule);
    r->y += 7 * r->theme->unit;
}

static void add_types(rows *r, const signs *s)
{
    for (im_incident_type t = IM_INCIDENT_NONE + 1; t < IM_INCIDENT_N_TYPES; t++)
        if (s->types[t])
            add_symbol_row(r, (im_symbol){.type = t, .status = IM_STATUS_OCCURRED},
                           im_words_type(t));
    if (s->types[IM_INCIDENT_NONE])
        add_symbol_row(r, (im_symbol){.status = IM_STATUS_OCCURRED},
                       im_words_type(IM_INCIDENT_NONE));
}

/* Round values, 1, 2.5 (from 25 on) and 5 × 10ⁿ, the largest first, whose circles can be told from
 * each other and from the least (Jenny, Hutzler and Hurni, 2010). */
static guint choose_sizes(const im_scale *scale, const im_theme *theme, int sizes[MOST_SIZES])
{
    static const int ROUND[] = {100000, 50000, 25000, 10000, 5000, 2500, 1000, 500,
                                250,    100,   50,    25,    10,   5,    2};
    guint n = 0;
    double before = G_MAXDOUBLE;
    for (guint i = 0; i < G_N_ELEMENTS(ROUND) && n < MOST_SIZES; i++) {
        double radius = im_scale_radius(scale, ROUND[i]);
        if (ROUND[i] > scale->most || radius <= scale->least_px * 1.02 ||
            radius > before - 4.5 * theme->unit)
            continue;
        sizes[n++] = ROUND[i];
        before = radius;
    }
    return n;
}

/* Nested circles that stand on one line, a value beside the top of each. */
static void add_sizes(rows *r, const im_scale *scale)
{
    int sizes[MOST_SIZES];
    guint n = choose_sizes(scale, r->theme, sizes);
    if (n == 0)
        return;
    add_rule(r);
    im_text_style head = r->style;
    double y =
        im_panel_text(r->panel, "legend",
                      scale->by_deaths ? "Size, number: people killed" : "Size, number: how many",
                      r->x, r->y, 400 * r->theme->unit, 1, &head);
    double largest = im_scale_radius(scale, sizes[0]), bottom = y + 2 * largest + 3;
    double centre_x = r->x + MAX(largest + 2, r->sign_px / 2);
    im_text_style style = r->style;
    style.size_px = r->theme->source_px;
    double last_y = -G_MAXDOUBLE;
    for (guint i = 0; i < n; i++) {
        double radius = im_scale_radius(scale, sizes[i]);
        im_item *circle =
            im_tree_path(r->panel->items, "size",
                         (im_style){.fill = im_with_alpha(r->theme->colours.hollow, 0x80),
                                    .stroke = r->theme->colours.text,
                                    .stroke_px = 1});
        im_path_circle(&circle->path, (im_xy){centre_x, bottom - radius}, radius);
        im_item_fit_box(circle);
        /* Values keep apart when circles are alike. */
        double top = MAX(bottom - 2 * radius, last_y + (double)style.size_px * 1.1);
        last_y = top;
        double x = centre_x + largest + 12 * r->theme->unit;
        im_item *line =
            im_tree_path(r->panel->items, "size",
                         (im_style){.stroke = r->theme->colours.quiet, .stroke_px = 0.8F});
        im_path_move(&line->path, centre_x, bottom - 2 * radius);
        im_path_line(&line->path, x - 3, top);
        im_item_fit_box(line);
        g_autofree char *number = im_words_number(sizes[i]);
        im_item *text = im_tree_text(r->panel->items, "legend", number,
                                     (im_xy){x, top + 0.33 * (double)style.size_px}, &style);
        reach(r, x + (double)text->box.width_px, bottom);
    }
    r->y = MAX(bottom, last_y + (double)style.size_px / 2) + 3;
    reach(r, r->x, r->y);
}

static void add_near_row(rows *r)
{
    im_xy at = row_centre(r);
    im_item *ring = im_tree_path(r->panel->items, "ring",
                                 (im_style){.fill = r->theme->colours.ring_fill,
                                            .stroke = r->theme->colours.ring,
                                            .stroke_px = 1.1F});
    im_path_circle(&ring->path, at, r->row_px * 0.43);
    im_item_fit_box(ring);
    im_item *dot =
        im_tree_path(r->panel->items, "ring", (im_style){.fill = r->theme->colours.quiet});
    im_path_circle(&dot->path, at, r->row_px * 0.16);
    im_item_fit_box(dot);
    end_row(r, "Somewhere within the ring");
}

static void add_moved_row(rows *r)
{
    im_xy at = row_centre(r);
    double half = r->sign_px * 0.36;
    im_item *line = im_tree_path(r->panel->items, "leader",
                                 (im_style){.stroke = r->theme->colours.leader, .stroke_px = 1.2F});
    im_path_move(&line->path, at.x - half, at.y);
    im_path_line(&line->path, at.x + half, at.y);
    im_item_fit_box(line);
    im_item *dot =
        im_tree_path(r->panel->items, "point", (im_style){.fill = r->theme->colours.ink});
    im_path_circle(&dot->path, (im_xy){at.x - half, at.y}, 2.6 * r->theme->unit);
    im_item_fit_box(dot);
    end_row(r, "Dot: the place itself");
}

static void add_tag_row(rows *r)
{
    im_text_style style = r->style;
    style.size_px = r->theme->number_px;
    style.bold = TRUE;
    style.anchor = IM_ANCHOR_MIDDLE;
    im_xy at = row_centre(r);
    im_tree_text(r->panel->items, "tag", "×3", (im_xy){at.x, at.y + 0.33 * (double)style.size_px},
                 &style);
    end_row(r, "How many, where more than one");
}

/* As im_draw_ground() draws it. */
static void add_disputed_row(rows *r)
{
    const float width = (float)(1.3 * r->theme->unit);
    const im_xy at = row_centre(r);
    const double half = 13 * r->theme->unit;
    im_item *line = im_tree_path(r->panel->items, "border disputed",
                                 (im_style){.stroke = r->theme->colours.border,
                                            .stroke_px = width,
                                            .dash_px = {4 * width, 3 * width}});
    const im_xy ends[2] = {{at.x - half, at.y}, {at.x + half, at.y}};
    im_path_polyline(&line->path, ends, 2);
    im_item_fit_box(line);
    end_row(r, "Disputed border");
}

static void add_explanations(rows *r, const signs *s)
{
    if (!(s->cleared || s->ongoing || s->planned || s->area || s->near || s->moved || s->tags))
        return;
    add_rule(r);
    const im_symbol disc = {.type = IM_INCIDENT_NONE, .status = IM_STATUS_OCCURRED};
    im_symbol symbol = disc;
    symbol.is_area = TRUE;
    if (s->area)
        add_symbol_row(r, symbol, "Somewhere in the hatched state");
    if (s->near)
        add_near_row(r);
    if (s->moved)
        add_moved_row(r);
    symbol = disc;
    symbol.status = IM_STATUS_ONGOING;
    if (s->ongoing)
        add_symbol_row(r, symbol, "Still going on");
    symbol.status = IM_STATUS_CLEARED;
    if (s->cleared)
        add_symbol_row(r, symbol, "Since cleared");
    symbol.status = IM_STATUS_PLANNED;
    if (s->planned)
        add_symbol_row(r, symbol, "Planned");
    if (s->tags)
        add_tag_row(r);
}

/* What the colours of hexagons mean. */
static void add_classes(rows *r, const im_classes *classes)
{
    if (classes->n == 0)
        return;
    add_rule(r);
    const char *what = !classes->by_state ? "Incidents in a hexagon, of all types"
                       : classes->own     ? "Incidents in an area, of all types"
                                          : "Incidents in a state, of all types";
    r->y = im_panel_text(r->panel, "legend", what, r->x, r->y, 400 * r->theme->unit, 1, &r->style) +
           4 * r->theme->unit;
    for (guint i = 0; i < classes->n; i++) {
        const guint last = i + 1 < classes->n ? classes->least[i + 1] - 1 : classes->most;
        g_autofree char *from = im_words_number((int)classes->least[i]),
                        *to = im_words_number((int)last);
        g_autofree char *range =
            last > classes->least[i] ? g_strdup_printf("%s–%s", from, to) : g_strdup(from);
        add_symbol_row(r, im_bin_symbol(classes, i + 1), range);
    }
}

im_panel *im_panel_legend(const GPtrArray *maps, const im_ground *ground, gboolean wide,
                          const im_theme *theme)
{
    im_panel *panel = im_panel_new("legend", "Legend");
    signs s = {.disputed = shows_disputed(ground)};
    const im_marks *first = maps->pdata[0];
    for (guint i = 0; i < maps->len; i++)
        find_signs(&s, maps->pdata[i]);
    if (s.n_types == 0 && !s.bins)
        return panel;
    rows r = {.panel = panel,
              .theme = theme,
              .style = {.family = IM_FONT_FAMILY,
                        .size_px = theme->legend_px,
                        .colour = theme->colours.ink},
              .sign_px = 34 * theme->unit,
              .row_px = MAX(29 * theme->unit, (double)theme->legend_px * 1.5)};
    add_types(&r, &s);
    if (wide) {
        r.x = panel->width + 26 * theme->unit;
        r.y = r.width = 0;
    }
    if (s.n_types > 0)
        add_sizes(&r, &first->scale);
    add_explanations(&r, &s);
    add_classes(&r, &first->classes);
    if (s.disputed)
        add_disputed_row(&r);
    return panel;
}
