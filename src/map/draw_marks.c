#include "map/draw.h"

#include "map/words.h"

#include <string.h>

static void draw_rings(im_map *map, const im_marks *marks, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "rings", "How exact places are", TRUE);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (!site->ring)
            continue;
        im_item *ring = im_tree_path(layer->items, "ring",
                                     (im_style){.fill = theme->colours.ring_fill,
                                                .stroke = theme->colours.ring,
                                                .stroke_px = 1.1F});
        im_path_rings(&ring->path, site->ring);
        im_item_fit_box(ring);
    }
}

static void draw_leader(GPtrArray *items, const char *cls, const im_xy line[2],
                        const im_theme *theme)
{
    for (int casing = 1; casing >= 0; casing--) {
        im_item *leader = im_tree_path(
            items, casing ? "casing" : cls,
            (im_style){.stroke = casing ? theme->colours.casing : theme->colours.leader,
                       .stroke_px = casing ? 3.2F : 1.1F});
        im_path_polyline(&leader->path, line, 2);
        im_item_fit_box(leader);
    }
}

static void draw_point(GPtrArray *items, im_xy at, const im_theme *theme)
{
    im_item *dot = im_tree_path(items, "point",
                                (im_style){.fill = theme->colours.ink,
                                           .stroke = im_with_alpha(theme->colours.casing, 0xFF),
                                           .stroke_px = 1});
    im_path_circle(&dot->path, at, 2.6 * theme->unit);
    im_item_fit_box(dot);
}

/* Lines below the marks, which hide their ends. */
static void draw_leaders(im_map *map, const im_marks *marks, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "leaders", "Lines from marks to their places", TRUE);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (site->is_moved)
            draw_leader(layer->items, "leader", site->leader, theme);
    }
}

/* The point that the items from `first` on belong to: who magnifies the map keeps their distance to it. */
static void pin_items(GPtrArray *items, guint first, im_xy point)
{
    char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *pin = g_strdup_printf("%s %s", g_ascii_formatd(x, sizeof x, "%.1f", point.x),
                                           g_ascii_formatd(y, sizeof y, "%.1f", point.y));
    for (guint i = first; i < items->len; i++)
        im_item_add_data(g_ptr_array_index(items, i), "pin", pin);
}

/* The places of marks that stand beside them; with the line of what lies under a large mark. */
static void draw_points(im_map *map, const im_marks *marks, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "points", "Places of marks that stand beside them", TRUE);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (!site->is_moved || site->is_area)
            continue;
        if (site->is_under) {
            const im_xy line[2] = {site->leader[0], im_site_edge(site)};
            draw_leader(layer->items, "leader", line, theme);
        }
        const guint first = layer->items->len;
        draw_point(layer->items, site->point, theme);
        pin_items(layer->items, first, site->point);
    }
}

/* "Attack: 8 killed, Tapalpa, 22 February 2026" */
static char *mark_title(const im_mark *mark)
{
    const im_incident *incident = mark->incident;
    if (mark->is_bin)
        return g_strdup_printf("%u incidents around %s", mark->n_incidents,
                               im_words_place(incident));
    g_autofree char *period = im_words_period(incident->date_start, incident->date_end);
    GString *out = g_string_new(im_words_type(incident->type));
    if (mark->n_incidents > 1)
        g_string_append_printf(out, " (%u)", mark->n_incidents);
    else if (incident->title)
        g_string_append_printf(out, ": %s", incident->title);
    g_string_append_printf(out, ", %s", im_words_place(incident));
    if (*period)
        g_string_append_printf(out, ", %s", period);
    return g_string_free(out, FALSE);
}

static char *mark_description(const im_incident *incident)
{
    if (incident->sources->len == 0)
        return NULL;
    const im_source *source = g_ptr_array_index(incident->sources, 0);
    const char *who = im_source_name(source);
    if (!source->quote)
        return g_strdup(who);
    return who ? g_strdup_printf("“%s” (%s)", source->quote, who)
               : g_strdup_printf("“%s”", source->quote);
}

static void add_number_data(im_item *item, const char *name, int value)
{
    if (value < 0)
        return;
    g_autofree char *text = g_strdup_printf("%d", value);
    im_item_add_data(item, name, text);
}

static void add_mark_data(im_item *item, const im_incident *incident)
{
    char day[IM_DAY_ISO_SIZE];
    im_item_add_data(item, "type", im_incident_type_name(incident->type));
    im_item_add_data(item, "status", im_incident_status_name(incident->status));
    if (incident->date_start != IM_DAY_NONE)
        im_item_add_data(item, "date", im_day_format_iso(incident->date_start, day));
    add_number_data(item, "count", incident->count);
    add_number_data(item, "deaths", incident->deaths_best);
    im_item_add_data(item, "place", im_words_place(incident));
    im_item_add_data(item, "admin1", incident->admin1);
    im_item_add_data(item, "iso", incident->iso);
    if (incident->sources->len > 0)
        im_item_add_data(item, "url",
                         ((const im_source *)g_ptr_array_index(incident->sources, 0))->url);
}

/* Static class names, one a type. */
static const char *mark_class(im_incident_type type)
{
    static const char *const CLASSES[IM_INCIDENT_N_TYPES] = {
        [IM_INCIDENT_NONE] = "mark",
        [IM_INCIDENT_ATTACK] = "mark attack",
        [IM_INCIDENT_ARMED_CLASH] = "mark armed_clash",
        [IM_INCIDENT_KILLING] = "mark killing",
        [IM_INCIDENT_EXPLOSION] = "mark explosion",
        [IM_INCIDENT_KIDNAPPING] = "mark kidnapping",
        [IM_INCIDENT_ARSON] = "mark arson",
        [IM_INCIDENT_LOOTING] = "mark looting",
        [IM_INCIDENT_ROADBLOCK] = "mark roadblock",
        [IM_INCIDENT_PROTEST] = "mark protest",
        [IM_INCIDENT_DISRUPTION] = "mark disruption",
        [IM_INCIDENT_OPERATION] = "mark operation",
        [IM_INCIDENT_ARREST] = "mark arrest",
        [IM_INCIDENT_DEPLOYMENT] = "mark deployment",
    };
    return CLASSES[type < IM_INCIDENT_N_TYPES ? type : IM_INCIDENT_NONE];
}

static void draw_tag(GPtrArray *items, const im_mark *mark, const im_theme *theme)
{
    im_text_style style = {.family = IM_FONT_FAMILY,
                           .size_px = theme->number_px,
                           .bold = TRUE,
                           .colour = theme->colours.ink,
                           .halo = im_with_alpha(theme->colours.focus, 0xE0),
                           .halo_px = (float)(1.8 * theme->unit)};
    double x = mark->centre.x + im_symbol_box(&mark->symbol).max_x + im_mark_tag_gap(mark);
    im_tree_text(items, "tag", mark->tag, (im_xy){x, mark->centre.y + 0.33 * (double)style.size_px},
                 &style);
}

static void set_box(im_item *item, const im_mark *mark)
{
    const im_box box = im_mark_box(mark);
    item->box = im_rect_of(&box);
}

static void draw_mark(GPtrArray *items, const im_mark *mark, const im_theme *theme)
{
    im_item *item = im_tree_group(items, mark_class(mark->symbol.type));
    item->id = g_strdup(mark->incident->id);
    item->title = mark_title(mark);
    item->desc = mark_description(mark->incident);
    add_mark_data(item, mark->incident);
    im_symbol_draw(item->items, &mark->symbol, mark->centre, theme);
    if (mark->tag)
        draw_tag(item->items, mark, theme);
    set_box(item, mark);
}

static void draw_shade(GPtrArray *items, const im_region *state, const im_mark *mark,
                       const im_theme *theme)
{
    im_item *shade = im_tree_path(
        items, "shade", (im_style){.fill = im_symbol_fill(&mark->symbol, theme), .even_odd = TRUE});
    im_path_rings(&shade->path, state->outline);
    im_item_fit_box(shade);
}

void im_draw_bins(im_map *map, const im_ground *ground, const im_marks *marks,
                  const im_theme *theme)
{
    if (marks->classes.n == 0)
        return;
    im_layer *layer = im_tree_layer(map, marks->classes.by_state ? "shades" : "hexagons",
                                    "How many incidents", TRUE);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (!site->is_bin)
            continue;
        const im_mark *mark = g_ptr_array_index(site->marks, 0);
        im_symbol body = mark->symbol;
        body.number = NULL;
        im_item *item = im_tree_group(layer->items, "mark bin");
        item->id = g_strdup(mark->incident->id);
        item->title = mark_title(mark);
        add_number_data(item, "count", (int)mark->n_incidents);
        if (marks->classes.by_state)
            draw_shade(item->items, g_ptr_array_index(ground->states, site->state), mark, theme);
        else
            im_symbol_draw(item->items, &body, mark->centre, theme);
        set_box(item, mark);
    }
}

static gint compare_marks(gconstpointer a, gconstpointer b)
{
    const im_mark *p = *(const im_mark *const *)a, *q = *(const im_mark *const *)b;
    if (p->symbol.radius_px != q->symbol.radius_px)
        return p->symbol.radius_px > q->symbol.radius_px ? -1 : 1;
    return g_strcmp0(p->incident->id, q->incident->id);
}

/* Larger marks below smaller ones; of hexagons, which lie below the borders, the numbers. */
static void draw_symbols(im_map *map, const im_marks *marks, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "marks", "Incidents", TRUE);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        g_ptr_array_extend(all, site->marks, NULL, NULL);
    }
    g_ptr_array_sort(all, compare_marks);
    for (guint i = 0; i < all->len; i++) {
        const im_mark *mark = g_ptr_array_index(all, i);
        if (!mark->is_bin)
            draw_mark(layer->items, mark, theme);
        else if (mark->number)
            im_symbol_draw_number(layer->items, &mark->symbol, mark->centre, theme);
    }
}

/* @param pin  the place that it names; NULL for what has no point */
static void draw_label(im_map *map, const im_label *label, GPtrArray *items, const im_xy *pin,
                       const im_theme *theme)
{
    if (!*im_label_text(label))
        return;
    if (label->chosen < 0) {
        const char *what = strchr(label->cls, ' ');
        g_ptr_array_add(map->dropped, g_strdup_printf("label of %s: %s", what ? what + 1 : "",
                                                      im_label_text(label)));
        return;
    }
    const im_candidate *c = &g_array_index(label->candidates, im_candidate, label->chosen);
    const guint first = items->len;
    if (c->is_led)
        draw_leader(items, "label-leader", c->leader, theme);
    if (im_label_lacks_fact(label))
        g_ptr_array_add(map->dropped, g_strdup_printf("fact of place: %s", im_label_text(label)));
    im_label_draw(label, items);
    if (pin)
        pin_items(items, first, *pin);
}

static void draw_names(im_map *map, const im_naming *naming, const im_theme *theme)
{
    im_layer *names = im_tree_layer(map, "names", "Names of states and countries", TRUE);
    for (guint i = naming->n_sites; i < naming->first_context; i++)
        draw_label(map, g_ptr_array_index(naming->labels, i), names->items, NULL, theme);
}

static void draw_context(im_map *map, const im_naming *naming, const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "places", "Places for orientation", TRUE);
    for (guint i = 0; i < naming->context->len; i++) {
        const im_context_place *place = &g_array_index(naming->context, im_context_place, i);
        const im_label *label = g_ptr_array_index(naming->labels, naming->first_context + i);
        if (label->chosen >= 0) {
            im_item *dot =
                im_tree_path(layer->items, "place",
                             (im_style){.fill = place->is_capital ? theme->colours.focus
                                                                  : theme->colours.context,
                                        .stroke = theme->colours.context,
                                        .stroke_px = 1.2F});
            im_path_circle(&dot->path, place->at, (place->is_capital ? 3.2 : 2) * theme->unit);
            im_item_fit_box(dot);
        }
        draw_label(map, label, layer->items, &place->at, theme);
    }
}

static void draw_site_labels(im_map *map, const im_marks *marks, const im_naming *naming,
                             const im_theme *theme)
{
    im_layer *layer = im_tree_layer(map, "labels", "Places of incidents", TRUE);
    for (guint i = 0; i < naming->n_sites; i++)
        draw_label(map, g_ptr_array_index(naming->labels, i), layer->items,
                   &((const im_site *)g_ptr_array_index(marks->sites, i))->point, theme);
    if (naming->n_unlabelled > 0)
        g_ptr_array_add(map->dropped, g_strdup_printf("labels of %u less important places",
                                                      naming->n_unlabelled));
}

static void note_shown_by(im_map *map, const im_marks *marks)
{
    GHashTableIter iter;
    gpointer incident, first;
    g_hash_table_iter_init(&iter, marks->shown_by);
    while (g_hash_table_iter_next(&iter, &incident, &first))
        g_hash_table_insert(map->shown_by, g_strdup(((const im_incident *)incident)->id),
                            g_strdup(((const im_incident *)first)->id));
}

void im_draw_marks(im_map *map, const im_marks *marks, const im_naming *naming,
                   const im_theme *theme)
{
    draw_rings(map, marks, theme);
    draw_names(map, naming, theme);
    draw_context(map, naming, theme);
    draw_leaders(map, marks, theme);
    draw_symbols(map, marks, theme);
    draw_points(map, marks, theme);
    draw_site_labels(map, marks, naming, theme);
    note_shown_by(map, marks);
}
