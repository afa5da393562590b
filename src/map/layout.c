/* The layout: which incidents, which part of the world, which arrangement of the page. */
#include "incident/content.h"
#include "map/draw.h"
#include "map/fonts.h"
#include "map/panels.h"
#include "map/room.h"

#include <math.h>
#include <string.h>

/* How a page is arranged: a title band over the map with the rest of the furniture on it, or a
 * column with all of it beside the map. */
typedef enum arrangement {
    ARRANGE_BAND = 0,
    ARRANGE_COLUMN,
} arrangement;

/* Furniture may cover this part of the land that the map is about before the column is better. */
static const double COVERED_MOST = 0.08;

/* The column must make the map this much larger to be worth it. */
static const double COLUMN_GAIN = 1.25;

/* One map of a series. */
typedef struct moment {
    const im_map_period *period;
    GPtrArray *drawn, *unplaced; /* of im_incident *, borrowed */
    im_words *words;
} moment;

/* What a layout is made from. A series is laid out as if all of its maps were one, then each of them is drawn. */
typedef struct page {
    const im_map_options *options;
    const im_gazetteer *gazetteer;
    int width_px, height_px;
    im_theme theme;
    GPtrArray *drawn, *unplaced; /* of im_incident *, borrowed */
    GPtrArray *faults;           /* of char *: of the theme */
    im_boundaries *boundaries;
    im_extent *extent;
    im_words *words;
    char *source_line;
    GArray *moments; /* of moment; NULL: no series */
    /* The highest of their titles and sources, so that all have one frame: */
    double title_px[2], sources_px[2];
    /* Of the arrangement that is tried: */
    arrangement kind;
    GPtrArray *maps; /* of im_marks *: the marks of each moment, or these */
    im_view *view;
    im_ground *ground;
    im_marks *marks; /* of all incidents */
    im_marks *shown; /* borrowed: of those that are drawn */
    const im_words *said;
    GPtrArray *panels;  /* of im_panel *: those that were put */
    GPtrArray *dropped; /* of char * */
} page;

static void page_clear_arrangement(page *p)
{
    g_clear_pointer(&p->view, im_view_free);
    g_clear_pointer(&p->ground, im_ground_free);
    if (p->moments)
        g_clear_pointer(&p->marks, im_marks_free);
    g_clear_pointer(&p->maps, g_ptr_array_unref);
    g_clear_pointer(&p->panels, g_ptr_array_unref);
    g_clear_pointer(&p->dropped, g_ptr_array_unref);
    g_clear_pointer(&p->source_line, g_free);
}

static void page_clear(page *p)
{
    page_clear_arrangement(p);
    g_clear_pointer(&p->drawn, g_ptr_array_unref);
    g_clear_pointer(&p->unplaced, g_ptr_array_unref);
    g_clear_pointer(&p->faults, g_ptr_array_unref);
    g_clear_pointer(&p->boundaries, im_boundaries_free);
    g_clear_pointer(&p->extent, im_extent_free);
    g_clear_pointer(&p->words, im_words_free);
    g_clear_pointer(&p->moments, g_array_unref);
}

static gboolean set_theme(page *p, GError **error)
{
    p->width_px = p->options->width_px ? p->options->width_px : 1600;
    p->height_px = p->options->height_px ? p->options->height_px : 1200;
    if (p->width_px < 200 || p->width_px > 10000 || p->height_px < 200 || p->height_px > 10000 ||
        !(p->options->scale == 0 || (p->options->scale >= 0.1 && p->options->scale <= 8))) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "a map has 200 to 10000 pixels a side and a scale of 0.1 to 8");
        return FALSE;
    }
    p->theme = im_theme_new(p->width_px, p->height_px);
    p->faults = g_ptr_array_new_with_free_func(g_free);
    return im_palette_find(p->options->theme, &p->theme.colours, p->faults, error);
}

/* A country is no place to point at; what has no place is told in the notes. */
static gboolean can_be_drawn(const im_incident *incident)
{
    if (incident->geo_level == IM_LEVEL_COUNTRY)
        return FALSE;
    if (incident->geo_level == IM_LEVEL_STATE)
        return incident->has_geometry || incident->admin1_code || incident->iso3166_2;
    return incident->has_geometry && im_lonlat_is_valid(incident->position);
}

static void split_incidents(const GPtrArray *incidents, const im_map_options *options,
                            GPtrArray **drawn, GPtrArray **unplaced)
{
    *drawn = g_ptr_array_new();
    *unplaced = g_ptr_array_new();
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = im_incident_at(incidents, i);
        if (incident->status == IM_STATUS_HISTORIC && !options->historic)
            continue;
        g_ptr_array_add(can_be_drawn(incident) ? *drawn : *unplaced, incident);
    }
}

static void put(page *p, im_panel *panel, im_xy corner)
{
    im_panel_put(panel, corner);
    g_ptr_array_add(p->panels, panel);
}

/* The width that a column may have. */
static double column_width(const page *p)
{
    return round(MAX(0.235 * p->width_px, 335 * p->theme.unit));
}

static gboolean column_is_possible(const page *p)
{
    return column_width(p) < 0.4 * p->width_px;
}

/* The width of title and sources. */
static double text_width(const page *p, arrangement kind)
{
    return kind == ARRANGE_COLUMN ? column_width(p) : p->width_px - 2 * (double)p->theme.margin_px;
}

static im_panel *make_title(const page *p, const im_words *words, arrangement kind)
{
    const double size_px = (double)p->theme.title_px * (kind == ARRANGE_COLUMN ? 0.84 : 1);
    return im_panel_title(words, text_width(p, kind), size_px, &p->theme);
}

static im_panel *make_sources(const page *p, const im_words *words, arrangement kind, char **line)
{
    return im_panel_sources(words, p->options, text_width(p, kind), &p->theme, line);
}

/* The frame of the map in an arrangement; puts the title and the sources of a band. */
static im_box make_frame(page *p, arrangement kind)
{
    double m = (double)p->theme.margin_px;
    if (kind == ARRANGE_COLUMN)
        return (im_box){m + column_width(p) + m, m, p->width_px - m, p->height_px - m};
    im_panel *title = make_title(p, p->said, kind);
    im_panel *sources = make_sources(p, p->said, kind, &p->source_line);
    const double title_px = MAX(title->height, p->title_px[kind]),
                 sources_px = MAX(sources->height, p->sources_px[kind]);
    im_box frame = {m, 0.75 * m + title_px + 0.55 * m, p->width_px - m,
                    p->height_px - 0.6 * m - sources_px - 0.45 * m};
    put(p, title, (im_xy){m, 0.75 * m});
    put(p, sources, (im_xy){m, frame.max_y + 0.45 * m});
    return frame;
}

/* Pixels a metre on the ground that an arrangement would give. */
static im_view *make_view(const page *p, const im_box *frame, im_xy align, GError **error)
{
    double pad = 12 * p->theme.unit;
    im_box room = {frame->min_x + pad, frame->min_y + pad, frame->max_x - pad, frame->max_y - pad};
    return im_view_new(&p->extent->fit, frame, &room, align, error);
}

/* Room to spare goes where furniture can use it: to the left of the map, or below it. */
static im_view *make_aligned_view(const page *p, const im_box *frame, GError **error)
{
    im_xy align = {0.5, 0.5};
    im_view *view = make_view(p, frame, align, error);
    if (!view || p->options->bbox)
        return view;
    double spare_x = (frame->max_x - frame->min_x) - (view->content.max_x - view->content.min_x);
    double spare_y = (frame->max_y - frame->min_y) - (view->content.max_y - view->content.min_y);
    /* To the left as much as a legend takes, unless half of it is more. */
    double legend = 380 * p->theme.unit;
    if (spare_x > 200 * p->theme.unit)
        align.x = MAX(0.5, MIN(1, legend / spare_x));
    if (spare_y > 150 * p->theme.unit)
        align.y = 0.12;
    if (align.x == 0.5 && align.y == 0.5)
        return view;
    im_view_free(view);
    return make_view(p, frame, align, error);
}

/* States of a map of a part of a country that it is not about. */
static void set_near(im_ground *ground, const im_marks *marks)
{
    for (guint i = 0; i < ground->states->len; i++) {
        im_region *state = g_ptr_array_index(ground->states, i);
        state->near = state->focus && !state->covered && !im_ground_is_own(ground, i);
    }
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (site->state != IM_REGION_NONE)
            ((im_region *)g_ptr_array_index(ground->states, site->state))->near = FALSE;
    }
}

static void marks_free(gpointer data)
{
    im_marks_free(data);
}

static im_marks *new_marks(const page *p, const GPtrArray *drawn, const im_common *common)
{
    return im_marks_new(drawn, p->ground, p->view, p->options->style, common, &p->theme);
}

/* The marks of all moments, in one scale; and those of all together, for what the maps have in common. */
static void make_series(page *p)
{
    g_autoptr(GPtrArray) drawn = g_ptr_array_new();
    for (guint i = 0; i < p->moments->len; i++)
        g_ptr_array_add(drawn, g_array_index(p->moments, moment, i).drawn);
    const im_common common =
        im_common_new(p->drawn, drawn, p->ground, p->view, p->options->style, &p->theme);
    for (guint i = 0; i < drawn->len; i++) {
        im_marks *marks = new_marks(p, drawn->pdata[i], &common);
        im_marks_place(marks, p->ground, &p->theme);
        g_ptr_array_add(p->maps, marks);
    }
    p->marks = new_marks(p, p->drawn, &common);
}

static gboolean make_map(page *p, const im_box *frame, arrangement kind, GError **error)
{
    p->view = kind == ARRANGE_BAND ? make_aligned_view(p, frame, error)
                                   : make_view(p, frame, (im_xy){0.5, 0.5}, error);
    if (!p->view)
        return FALSE;
    p->ground = im_ground_new(p->boundaries, p->view, p->extent->countries);
    p->maps = g_ptr_array_new_with_free_func(marks_free);
    if (p->moments)
        make_series(p);
    else
        g_ptr_array_add(p->maps, p->marks = new_marks(p, p->drawn, NULL));
    p->shown = p->marks;
    if (p->extent->is_part)
        set_near(p->ground, p->marks);
    im_marks_place(p->marks, p->ground, &p->theme);
    return TRUE;
}

static void drop_panel(page *p, im_panel *panel)
{
    g_ptr_array_add(p->dropped, g_strdup_printf("%s: no room", panel->name));
    im_panel_free(panel);
}

/* Puts a panel on the map where it covers least.
 * @return FALSE when it would cover too much; the panel is then gone */
static gboolean put_on_map(page *p, im_room *room, im_panel *panel, im_xy wanted, double most)
{
    if (panel->height <= 0) {
        im_panel_free(panel);
        return TRUE;
    }
    im_xy corner;
    if (im_room_find(room, panel->width, panel->height, wanted, &corner) > most) {
        drop_panel(p, panel);
        return FALSE;
    }
    put(p, panel, corner);
    im_room_take(room, &panel->box);
    return TRUE;
}

static im_panel *framed(im_panel *panel, const im_theme *theme)
{
    if (panel->height > 0)
        im_panel_frame(panel, theme);
    return panel;
}

/* The legend as a column or as a wide block, whichever covers less. */
static im_panel *fitting_legend(const page *p, const im_room *room, im_xy wanted)
{
    const im_theme *t = &p->theme;
    im_panel *tall = framed(im_panel_legend(p->maps, p->ground, FALSE, t), t);
    im_panel *wide = framed(im_panel_legend(p->maps, p->ground, TRUE, t), t);
    im_xy corner;
    double tall_cost = im_room_find(room, tall->width, tall->height, wanted, &corner);
    double wide_cost = im_room_find(room, wide->width, wide->height, wanted, &corner);
    gboolean prefer_wide = wide_cost + 0.01 < tall_cost;
    im_panel_free(prefer_wide ? tall : wide);
    return prefer_wide ? wide : tall;
}

/* What only this map of a series has; last, so that all else is on each of them where it was. */
static void put_special(page *p, im_room *room, gboolean with_notes)
{
    const im_theme *t = &p->theme;
    const im_xy top_right = {1, 0};
    if (p->said->is_empty)
        put_on_map(p, room, framed(im_panel_empty(p->said->period, t), t), top_right, 1);
    if (with_notes)
        put_on_map(p, room, framed(im_panel_notes(p->said->notes, 330 * t->unit, t), t), top_right,
                   1);
}

static gboolean furnish_band(page *p)
{
    g_autoptr(im_room) room = im_room_new(p->ground, p->marks, &p->theme);
    const im_theme *t = &p->theme;
    if (p->view->kind == IM_PROJECTION_WORLD)
        im_room_spare(room, &p->view->content); /* beside the earth there is nothing to cover */
    const im_xy bottom_left = {0, 1}, top_right = {1, 0}, bottom_right = {1, 1};
    gboolean fine =
        put_on_map(p, room, fitting_legend(p, room, bottom_left), bottom_left, COVERED_MOST);
    if (!p->moments) {
        im_panel *notes = im_panel_notes(p->said->notes, 330 * t->unit, t);
        fine &= put_on_map(p, room, framed(notes, t), top_right, COVERED_MOST);
    }
    im_panel *locator = im_panel_locator(p->extent, p->view, t);
    put_on_map(p, room, framed(locator, t), top_right, COVERED_MOST);
    put_on_map(p, room, im_panel_north(p->view, t), top_right, COVERED_MOST);
    put_on_map(p, room, im_panel_scale(p->view, t), bottom_right, 2);
    if (p->moments)
        put_special(p, room, TRUE);
    return fine;
}

/* Puts the next panel of the column, when it still fits above `bottom`. @return the next top */
static double put_in_column(page *p, im_panel *panel, double top, double bottom)
{
    if (panel->height <= 0) {
        im_panel_free(panel);
        return top;
    }
    if (top + panel->height > bottom) {
        drop_panel(p, panel);
        return top;
    }
    put(p, panel, (im_xy){(double)p->theme.margin_px, top});
    return top + panel->height + (double)p->theme.margin_px * 0.9;
}

static void furnish_column(page *p)
{
    const im_theme *t = &p->theme;
    double m = (double)t->margin_px, width = column_width(p), top = m;
    im_panel *sources = make_sources(p, p->said, ARRANGE_COLUMN, &p->source_line);
    double bottom = p->height_px - 0.8 * m - MAX(sources->height, p->sources_px[ARRANGE_COLUMN]);
    put(p, sources, (im_xy){m, bottom});
    bottom -= 0.5 * m;
    im_panel *title = make_title(p, p->said, ARRANGE_COLUMN);
    const double spare = MAX(p->title_px[ARRANGE_COLUMN] - title->height, 0);
    top = put_in_column(p, title, top, bottom) + spare;
    top = put_in_column(p, im_panel_legend(p->maps, p->ground, FALSE, t), top, bottom);
    if (p->moments)
        top = put_in_column(p, im_panel_locator(p->extent, p->view, t), top, bottom);
    im_panel *notes = im_panel_notes(p->said->notes, width, t);
    gboolean has_room = top + notes->height <= bottom;
    if (has_room)
        top = put_in_column(p, notes, top, bottom);
    if (!p->moments)
        put_in_column(p, im_panel_locator(p->extent, p->view, t), top, bottom);
    g_autoptr(im_room) room = im_room_new(p->ground, p->marks, t);
    if (!has_room)
        put_on_map(p, room, framed(notes, t), (im_xy){1, 0}, 1);
    put_on_map(p, room, im_panel_north(p->view, t), (im_xy){1, 0}, COVERED_MOST);
    put_on_map(p, room, im_panel_scale(p->view, t), (im_xy){1, 1}, 2);
    if (p->moments)
        put_special(p, room, FALSE);
}

static void panel_free(gpointer data)
{
    im_panel_free(data);
}

/* Tries an arrangement. @return FALSE with an error, or without one when it does not suit */
static gboolean arrange(page *p, arrangement kind, gboolean must, GError **error)
{
    page_clear_arrangement(p);
    p->kind = kind;
    p->said = p->words;
    p->panels = g_ptr_array_new_with_free_func(panel_free);
    p->dropped = g_ptr_array_new_with_free_func(g_free);
    im_box frame = make_frame(p, kind);
    if (frame.max_y - frame.min_y < 0.3 * p->height_px)
        frame.max_y = frame.min_y + 0.3 * p->height_px;
    if (!make_map(p, &frame, kind, error))
        return FALSE;
    if (kind == ARRANGE_BAND)
        return furnish_band(p) || must;
    furnish_column(p);
    return TRUE;
}

/* Which arrangement shows the map larger. */
static gboolean prefers_column(page *p)
{
    if (!column_is_possible(p))
        return FALSE;
    page_clear_arrangement(p);
    p->said = p->words;
    p->panels = g_ptr_array_new_with_free_func(panel_free);
    im_box band = make_frame(p, ARRANGE_BAND), column = make_frame(p, ARRANGE_COLUMN);
    g_autoptr(im_view) a = make_view(p, &band, (im_xy){0.5, 0.5}, NULL);
    g_autoptr(im_view) b = make_view(p, &column, (im_xy){0.5, 0.5}, NULL);
    gboolean prefers = a && b && b->px_per_m > COLUMN_GAIN * a->px_per_m;
    page_clear_arrangement(p);
    return prefers;
}

static gboolean arrange_best(page *p, GError **error)
{
    if (prefers_column(p))
        return arrange(p, ARRANGE_COLUMN, TRUE, error);
    GError *failure = NULL;
    if (arrange(p, ARRANGE_BAND, !column_is_possible(p), &failure))
        return TRUE;
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    return arrange(p, ARRANGE_COLUMN, TRUE, error);
}

static im_day newest_source(const GPtrArray *incidents)
{
    im_day newest = IM_DAY_NONE;
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        for (guint k = 0; k < incident->sources->len; k++)
            newest = MAX(newest, ((im_source *)g_ptr_array_index(incident->sources, k))->date);
    }
    return newest;
}

static void draw_panels(im_map *map, GPtrArray *panels)
{
    for (guint i = 0; i < panels->len; i++) {
        im_panel *panel = g_ptr_array_index(panels, i);
        im_layer *layer = im_tree_layer(map, panel->layer, panel->name, FALSE);
        g_ptr_array_extend_and_steal(layer->items, panel->items);
        panel->items = im_tree_list();
    }
}

/* What no name may cover: panels, marks; and the degrees, which then are there themselves. */
static im_graticule *make_graticule(const page *p, GArray *taken)
{
    if (!p->options->graticule && p->view->kind == IM_PROJECTION_REGIONAL)
        return NULL;
    g_autoptr(GArray) covered = g_array_copy(taken);
    for (guint i = 0; i < p->shown->sites->len; i++) {
        const im_site *site = g_ptr_array_index(p->shown->sites, i);
        g_array_append_val(covered, site->body);
    }
    im_graticule *graticule = im_graticule_new(p->view, covered, &p->theme);
    for (guint i = 0; i < graticule->labels->len; i++) {
        const im_item *label = g_ptr_array_index(graticule->labels, i);
        const im_box box = im_box_of(label->box);
        g_array_append_val(taken, box);
    }
    return graticule;
}

static guint n_callouts(const page *p)
{
    enum { USUAL = 3 };
    const int wanted = p->options->callouts;
    return wanted > 0 ? (guint)wanted : wanted < 0 ? 0 : USUAL;
}

/* What became of the user's own theme and boundaries. */
static void add_faults(page *p, im_map *map)
{
    if (!p->faults)
        return; /* said of the first map of the series */
    g_ptr_array_extend_and_steal(map->faults, g_steal_pointer(&p->faults));
    const GPtrArray *faults = im_boundaries_faults(p->boundaries);
    for (guint i = 0; i < faults->len; i++)
        g_ptr_array_add(map->faults, g_strdup(faults->pdata[i]));
    if (im_boundaries_own(p->boundaries) && p->ground->own_units->len == 0)
        g_ptr_array_add(map->faults, g_strdup_printf("%s: none of its areas is on the map",
                                                     p->options->user_boundaries));
}

static im_map *draw(page *p, const GPtrArray *incidents)
{
    im_map *map = im_tree_new();
    map->width_px = p->width_px;
    map->height_px = p->height_px;
    map->scale = p->options->scale > 0 ? p->options->scale : 1;
    map->frame = im_rect_of(&p->view->frame);
    map->background = p->theme.colours.paper;
    map->title = g_strdup(p->said->title);
    map->subtitle = g_strdup(p->said->subtitle);
    map->alt_text = g_strdup(p->said->alt_text);
    map->source_line = g_strdup(p->source_line);
    map->projection = g_strdup(p->view->definition);
    map->data_date = newest_source(incidents);
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(im_box));
    for (guint i = 0; i < p->panels->len; i++)
        g_array_append_val(taken, ((im_panel *)g_ptr_array_index(p->panels, i))->box);
    g_autoptr(im_graticule) graticule = make_graticule(p, taken);
    g_autoptr(im_naming) naming =
        im_naming_new(p->shown, p->ground, p->view, p->gazetteer, taken, n_callouts(p), &p->theme);
    g_autoptr(GArray) lines = im_naming_lines(naming);
    for (guint i = 0; graticule && i < graticule->labels->len; i++) {
        const im_tilted line = im_item_shape(graticule->labels->pdata[i]);
        g_array_append_val(lines, line);
    }
    g_autoptr(im_gaps) gaps = im_gaps_new(lines, &p->view->frame);
    im_draw_ground(map, p->ground, p->view, p->shown, graticule, gaps, &p->theme);
    im_draw_marks(map, p->shown, naming, &p->theme);
    draw_panels(map, p->panels);
    g_ptr_array_extend_and_steal(map->dropped, g_steal_pointer(&p->dropped));
    add_faults(p, map);
    return map;
}

static void move(GPtrArray *drawn, GPtrArray *unplaced, GHashTable *outside)
{
    guint kept = 0;
    for (guint i = 0; i < drawn->len; i++) {
        gpointer incident = g_ptr_array_index(drawn, i);
        if (g_hash_table_contains(outside, incident))
            g_ptr_array_add(unplaced, incident);
        else
            drawn->pdata[kept++] = incident;
    }
    g_ptr_array_set_size(drawn, (gint)kept);
}

/* The room that the highest title takes, and the highest list of sources. */
static void measure(page *p, const im_words *words)
{
    for (arrangement kind = ARRANGE_BAND; kind <= ARRANGE_COLUMN; kind++) {
        g_autofree char *line = NULL;
        g_autoptr(im_panel) title = make_title(p, words, kind);
        g_autoptr(im_panel) sources = make_sources(p, words, kind, &line);
        p->title_px[kind] = MAX(p->title_px[kind], title->height);
        p->sources_px[kind] = MAX(p->sources_px[kind], sources->height);
    }
}

static void make_words(page *p)
{
    im_words_free(p->words);
    p->words = im_words_new(p->drawn, p->unplaced, p->extent->country_names, p->options);
    for (guint i = 0; p->moments && i < p->moments->len; i++) {
        moment *m = &g_array_index(p->moments, moment, i);
        im_words_free(m->words);
        m->words = im_words_of_period(p->words, m->drawn, m->unplaced, m->period->first,
                                      m->period->last, p->options);
        measure(p, m->words);
    }
}

/* Incidents that the frame does not show are told of in the notes: so the frame comes first. */
static gboolean move_outside_to_notes(page *p, GError **error)
{
    if (p->marks->outside->len == 0)
        return TRUE;
    g_autoptr(GHashTable) outside = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < p->marks->outside->len; i++)
        g_hash_table_add(outside, g_ptr_array_index(p->marks->outside, i));
    move(p->drawn, p->unplaced, outside);
    for (guint i = 0; p->moments && i < p->moments->len; i++) {
        const moment *m = &g_array_index(p->moments, moment, i);
        move(m->drawn, m->unplaced, outside);
    }
    make_words(p);
    return arrange_best(p, error);
}

/* Lays all out, but draws nothing. @return FALSE with an error */
static gboolean prepare(page *p, GError **error)
{
    const im_own_source own = {p->options->user_boundaries, p->options->boundaries_layer,
                               p->options->name_field};
    GThread *fonts = im_fonts_read_ahead();
    const gboolean ok =
        set_theme(p, error) &&
        (p->boundaries =
             im_boundaries_open(p->options->boundaries, own.path ? &own : NULL, error)) &&
        (p->extent = im_extent_new(p->drawn, p->unplaced, p->boundaries, p->options, error));
    if (fonts)
        g_thread_join(fonts);
    if (!ok || !im_fonts_load(error))
        return FALSE;
    make_words(p);
    return arrange_best(p, error) && move_outside_to_notes(p, error);
}

static const im_map_options DEFAULTS = {0};

static im_map *lay_out(const GPtrArray *incidents, const im_gazetteer *gazetteer,
                       const im_map_options *options, GError **error)
{
    page p = {.options = options ? options : &DEFAULTS, .gazetteer = gazetteer};
    split_incidents(incidents, p.options, &p.drawn, &p.unplaced);
    im_map *map = prepare(&p, error) ? draw(&p, incidents) : NULL;
    page_clear(&p);
    return map;
}

static void moment_clear(gpointer data)
{
    moment *m = data;
    g_ptr_array_unref(m->drawn);
    g_ptr_array_unref(m->unplaced);
    im_words_free(m->words);
}

static GArray *make_moments(const GArray *periods, const im_map_options *options)
{
    GArray *moments = g_array_new(FALSE, FALSE, sizeof(moment));
    g_array_set_clear_func(moments, moment_clear);
    for (guint i = 0; i < periods->len; i++) {
        moment m = {.period = &g_array_index(periods, im_map_period, i)};
        split_incidents(m.period->incidents, options, &m.drawn, &m.unplaced);
        g_array_append_val(moments, m);
    }
    return moments;
}

/* All incidents, each once, sorted. */
static GPtrArray *incidents_of(const GArray *periods)
{
    GPtrArray *all = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < periods->len; i++) {
        const GPtrArray *some = g_array_index(periods, im_map_period, i).incidents;
        for (guint k = 0; k < some->len; k++)
            if (g_hash_table_add(seen, some->pdata[k]))
                g_ptr_array_add(all, some->pdata[k]);
    }
    im_incidents_sort(all);
    return all;
}

/* The arrangement is there; what a moment says goes into it. */
static im_map *draw_moment(page *p, guint i)
{
    const moment *m = &g_array_index(p->moments, moment, i);
    p->said = m->words;
    p->shown = p->maps->pdata[i];
    g_ptr_array_set_size(p->panels, 0);
    g_clear_pointer(&p->dropped, g_ptr_array_unref);
    p->dropped = g_ptr_array_new_with_free_func(g_free);
    g_clear_pointer(&p->source_line, g_free);
    make_frame(p, p->kind);
    if (p->kind == ARRANGE_BAND)
        furnish_band(p);
    else
        furnish_column(p);
    return draw(p, m->period->incidents);
}

static gboolean lay_out_series(const GArray *periods, const im_gazetteer *gazetteer,
                               const im_map_options *options, im_map_func func, gpointer data,
                               GError **error)
{
    page p = {.options = options ? options : &DEFAULTS, .gazetteer = gazetteer};
    g_autoptr(GPtrArray) all = incidents_of(periods);
    split_incidents(all, p.options, &p.drawn, &p.unplaced);
    p.moments = make_moments(periods, p.options);
    gboolean ok = prepare(&p, error);
    for (guint i = 0; ok && i < periods->len; i++) {
        g_autoptr(im_map) map = draw_moment(&p, i);
        ok = func(map, i, data, error);
    }
    page_clear(&p);
    return ok;
}

const im_map_maker im_draw_map = {lay_out, lay_out_series};
