#include "map/naming.h"

#include "base/beside.h"
#include "base/utf8.h"
#include "map/around.h"
#include "map/costs.h"
#include "map/fit.h"

#include <math.h>
#include <string.h>

/* What leaving out a label costs; a position never costs as much as the next kind below. */
static const double SITE_PRIORITY = 60, STATE_PRIORITY = 14, COUNTRY_PRIORITY = 10,
                    CONTEXT_PRIORITY = 8, OWN_PRIORITY = 3.5;

static const double LED_COST = 4;

/* What it costs to leave out the fact of a callout: less than the name of a state, more than those of neighbours and of
 * towns for orientation. */
static const double FACT_WORTH = 11;

/* Of more places than these, the rest would find no room anyway; beside hexagons only the most important count. */
enum { MOST_LABELLED = 250, MOST_BESIDE_BINS = 12 };

/* Capitals without regard to the locale. */
static char *upper_case(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(p)));
    return g_string_free(out, FALSE);
}

static im_text_style style_of(float size_px, im_colour colour, im_colour halo, double halo_px)
{
    return (im_text_style){.family = IM_FONT_FAMILY,
                           .size_px = size_px,
                           .colour = colour,
                           .halo = halo,
                           .halo_px = (float)halo_px};
}

static const im_region *state_region(const im_ground *ground, guint32 state)
{
    return state != IM_REGION_NONE ? g_ptr_array_index(ground->states, state) : NULL;
}

/* Of the incidents of a place the one that says most: by people, then by number. NULL when none says any. */
static const im_incident *telling_incident(const im_site *site)
{
    const im_incident *best = NULL;
    double most = 0;
    for (guint i = 0; i < site->marks->len; i++) {
        const im_mark *mark = g_ptr_array_index(site->marks, i);
        const im_incident *r = mark->incident;
        const double people = MAX(r->deaths_best, 0) + 0.1 * MAX(r->injured, 0) +
                              0.1 * MAX(r->abducted, 0) + 0.1 * MAX(r->arrested, 0),
                     says = people + (r->count > 1 ? 1e-3 * r->count : 0);
        if (mark->n_incidents == 1 && says > most) {
            best = r;
            most = says;
        }
    }
    return best;
}

/* Makes a callout of a label: the place with one short fact. @return the variant that has it, or 0 */
static guint add_fact(im_label *label, const im_site *site, const im_theme *theme)
{
    const im_incident *incident = telling_incident(site);
    if (!incident || !incident->title)
        return 0;
    im_text_style style = label->style;
    style.bold = FALSE;
    style.size_px = theme->context_px;
    style.colour = theme->colours.text;
    return im_label_add_fact(label, incident->title, &style, FACT_WORTH, 210 * theme->unit);
}

/* @param has_fact  it may be a callout */
static im_label *site_label(const im_site *site, guint rank, gboolean has_fact,
                            const im_ground *ground, float state_px, const im_theme *theme)
{
    const im_region *state = state_region(ground, site->state);
    if (site->is_bin) {
        const im_text_style none = {.family = IM_FONT_FAMILY, .size_px = theme->label_px};
        return im_label_new("label place", "", &none, 0);
    }
    gboolean is_area = site->is_area && state;
    g_autofree char *name =
        is_area ? upper_case(*state->name ? state->name : site->name) : g_strdup(site->name);
    im_text_style style = style_of(theme->label_px, theme->colours.ink,
                                   im_with_alpha(theme->colours.focus, 0xD8), 2.2 * theme->unit);
    style.bold = TRUE;
    if (is_area) {
        style.size_px = state_px;
        style.spacing_px = style.size_px * 0.08F;
    }
    /* Earlier sites matter more, but each matters more than any state. */
    im_label *label = im_label_new(is_area ? "label area" : "label place", name, &style,
                                   SITE_PRIORITY + 40.0 / (rank + 1));
    if (g_utf8_strlen(name, -1) > 13)
        im_label_break(label);
    const guint fact = has_fact && !is_area ? add_fact(label, site, theme) : 0;
    double weight = 1 + 2.0 / (rank + 1);
    im_mark *hub = im_site_hub(site);
    if (hub && site->marks->len > 1) {
        im_box box = im_mark_box(hub);
        im_around_add(label, &box, 0, weight, ground, site->state);
    }
    im_around_add(label, &site->body, hub && site->marks->len > 1 ? 1 : 0, weight, ground,
                  site->state);
    im_around_add_led(label, &site->body, ground, site->state,
                      &(im_leading){0, FALSE, LED_COST, theme->unit, site});
    if (fact)
        im_around_add_led(label, &site->body, ground, site->state,
                          &(im_leading){fact, FALSE, LED_COST, theme->unit, site});
    if (is_area) {
        im_fit_in_region(label, ground, site->state, FALSE, label->variants->len, 1.2);
        im_costs_keep_at_home(label, ground, site->state);
    }
    return label;
}

/* Countries whose codes of states everybody reads. */
static gboolean has_known_codes(const char *iso3166_2)
{
    static const char *const COUNTRIES[] = {"US-", "CA-", "AU-", "BR-"};
    for (guint i = 0; i < G_N_ELEMENTS(COUNTRIES); i++)
        if (g_str_has_prefix(iso3166_2, COUNTRIES[i]))
            return TRUE;
    return FALSE;
}

/* The part of `MX-JAL` behind the dash, where a reader takes it for the state: where the name
 * begins with it, or it is well known. NULL elsewhere. */
static const char *short_name(const im_region *state)
{
    const char *dash = strchr(state->iso3166_2, '-');
    if (!dash || !dash[1])
        return NULL;
    if (has_known_codes(state->iso3166_2))
        return dash + 1;
    char code[16], name[64];
    gsize code_len = im_fold(dash + 1, strlen(dash + 1), code, sizeof code);
    gsize name_len = im_fold(state->name, strlen(state->name), name, sizeof name);
    gboolean begins = code_len >= 3 && name_len >= code_len && memcmp(code, name, code_len) == 0;
    return begins ? dash + 1 : NULL;
}

/* What is left of a label when its words are measured: where they fit. That measures none, so that two threads share it. */
typedef struct fitting {
    im_label *label;
    guint32 region;
    gboolean is_country;
    guint n_full;        /* variants that are the name */
    const im_site *site; /* that is counted in it, or NULL */
} fitting;

typedef struct fittings {
    const im_ground *ground;
    const im_theme *theme;
    GArray *all; /* of fitting */
    int next;    /* that nobody has begun */
} fittings;

static void fit_state(const fitting *f, const im_ground *ground, const im_theme *theme)
{
    const im_region *state = g_ptr_array_index(ground->states, f->region);
    if (im_fit_along_region(f->label, ground, f->region, FALSE, f->n_full, 0.2) == 0) {
        const im_leading how = {0, TRUE, LED_COST, theme->unit, NULL};
        im_box pole = {state->pole.x, state->pole.y, state->pole.x, state->pole.y};
        im_around_add_led(f->label, &pole, ground, f->region, &how);
    }
    if (f->label->variants->len > f->n_full)
        im_fit_variant(f->label, ground, f->region, f->n_full, 5);
}

static void fit_own(const fitting *f, const im_ground *ground, const im_theme *theme)
{
    const im_leading how = {.cost = LED_COST, .unit = theme->unit};
    im_fit_in_region(f->label, ground, f->region, FALSE, f->n_full, 0.2);
    if (!f->site)
        return;
    im_around_add(f->label, &f->site->body, 1, 1, ground, f->region);
    im_around_add_led(f->label, &f->site->body, ground, f->region, &how);
}

static gpointer fit_some(gpointer data)
{
    fittings *f = data;
    guint i;
    while ((i = (guint)g_atomic_int_add(&f->next, 1)) < f->all->len) {
        const fitting *one = &g_array_index(f->all, fitting, i);
        if (one->is_country)
            im_fit_along_region(one->label, f->ground, one->region, TRUE, one->n_full, 0.2);
        else if (im_ground_is_own(f->ground, one->region))
            fit_own(one, f->ground, f->theme);
        else
            fit_state(one, f->ground, f->theme);
    }
    return NULL;
}

static void fit_all(fittings *f)
{
    GThread *other = im_beside("fits", fit_some, f);
    fit_some(f);
    im_beside_join(other, fit_some, f);
}

static im_label *state_label(const im_ground *ground, guint32 index, float size_px,
                             const im_theme *theme, fittings *fits)
{
    const im_region *state = g_ptr_array_index(ground->states, index);
    g_autofree char *name = upper_case(state->name);
    im_text_style style =
        style_of(size_px, theme->colours.state_name, im_with_alpha(theme->colours.focus, 0xC0),
                 0.12 * (double)size_px);
    style.spacing_px = size_px * 0.1F;
    im_label *label = im_label_new("label state", name, &style, STATE_PRIORITY);
    im_label_break(label);
    const fitting f = {label, index, FALSE, label->variants->len, NULL};
    const char *abbreviation = short_name(state);
    im_box box = im_rings_box(state->outline);
    gboolean is_whole = box.min_x > ground->frame.min_x && box.max_x < ground->frame.max_x &&
                        box.min_y > ground->frame.min_y && box.max_y < ground->frame.max_y;
    if (abbreviation && is_whole)
        im_label_shorten(label, abbreviation);
    g_array_append_val(fits->all, f);
    return label;
}

/* Of one of the user's own areas: quieter than a state, for there may be hundreds.
 * @param site  what is counted in it: then it is what a reader looks for; or NULL */
static im_label *own_label(const im_ground *ground, guint32 index, const im_site *site,
                           const im_theme *theme, fittings *fits)
{
    const im_region *area = g_ptr_array_index(ground->states, index);
    const float size_px = MAX(8.0F, theme->state_px * (site ? 1.0F : 0.92F));
    const im_text_style style =
        style_of(size_px, site ? theme->colours.ink : theme->colours.state_name,
                 im_with_alpha(theme->colours.focus, 0xC0), 0.12 * (double)size_px);
    im_label *label =
        im_label_new("label own", area->name, &style, site ? STATE_PRIORITY : OWN_PRIORITY);
    im_label_break(label);
    const fitting f = {label, index, FALSE, label->variants->len, site};
    g_array_append_val(fits->all, f);
    return label;
}

static im_label *country_label(guint32 index, const char *country, const im_theme *theme,
                               fittings *fits)
{
    g_autofree char *name = upper_case(country);
    im_text_style style = style_of(theme->country_px, theme->colours.country_name,
                                   im_with_alpha(theme->colours.land, 0xC0), 1.6 * theme->unit);
    style.spacing_px = theme->country_px * 0.16F;
    im_label *label = im_label_new("label country", name, &style, COUNTRY_PRIORITY);
    im_label_break(label);
    const fitting f = {label, index, TRUE, label->variants->len, NULL};
    g_array_append_val(fits->all, f);
    return label;
}

/* @param callouts  how many may have a fact */
static void add_site_labels(im_naming *naming, const im_marks *marks, const im_ground *ground,
                            float state_px, guint callouts, const im_theme *theme)
{
    const guint most = marks->classes.n > 0 ? MOST_BESIDE_BINS : MOST_LABELLED;
    naming->n_sites = MIN(marks->sites->len, most);
    naming->n_unlabelled = marks->sites->len - naming->n_sites;
    for (guint i = 0; i < naming->n_sites; i++) {
        im_label *label = site_label(g_ptr_array_index(marks->sites, i), i, i < callouts, ground,
                                     state_px, theme);
        if (marks->classes.n == 0)
            im_costs_keep_off_others(label, marks, g_ptr_array_index(marks->sites, i), theme);
        g_ptr_array_add(naming->labels, label);
    }
}

static gboolean has_area_site(const im_marks *marks, guint32 state)
{
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (site->is_area && site->state == state)
            return TRUE;
    }
    return FALSE;
}

static gint compare_doubles(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* States of a map of one state are large, and so are their names. */
static float state_size_px(const im_ground *ground, const GArray *states, const im_theme *theme)
{
    g_autoptr(GArray) reaches = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < states->len; i++) {
        im_region *state = g_ptr_array_index(ground->states, g_array_index(states, guint32, i));
        im_region_find_pole(state);
        g_array_append_val(reaches, state->pole_px);
    }
    if (reaches->len == 0)
        return theme->state_px;
    g_array_sort(reaches, compare_doubles);
    double median = g_array_index(reaches, double, reaches->len / 2) / theme->unit;
    return (float)((double)theme->state_px * CLAMP(pow(MAX(median, 1) / 36, 0.35), 1, 1.6));
}

/* Indices of the states, or of the user's own areas, whose names are to be seen. */
static GArray *states_in_focus(const im_ground *ground, gboolean own)
{
    GArray *states = g_array_new(FALSE, FALSE, sizeof(guint32));
    const guint32 end = own ? ground->states->len : ground->has_states ? ground->first_own : 0;
    for (guint32 i = own ? ground->first_own : 0; i < end; i++) {
        const im_region *state = g_ptr_array_index(ground->states, i);
        im_box box = im_rings_box(state->outline);
        if (state->focus && !state->covered && *state->name && !im_box_is_empty(&box) &&
            im_box_intersects(&box, &ground->frame))
            g_array_append_val(states, i);
    }
    return states;
}

/* What is counted in areas. @return state → im_site */
static GHashTable *counted_areas(const im_marks *marks)
{
    GHashTable *sites = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < marks->sites->len && marks->classes.by_state; i++) {
        im_site *site = g_ptr_array_index(marks->sites, i);
        if (site->is_bin)
            g_hash_table_insert(sites, GUINT_TO_POINTER(site->state), site);
    }
    return sites;
}

static void add_state_labels(im_naming *naming, const im_marks *marks, const im_ground *ground,
                             const GArray *states, float state_px, const im_theme *theme,
                             fittings *fits)
{
    for (guint i = 0; i < states->len; i++) {
        guint32 state = g_array_index(states, guint32, i);
        if (!has_area_site(marks, state))
            g_ptr_array_add(naming->labels, state_label(ground, state, state_px, theme, fits));
    }
}

/* State and folded name. */
static char *name_in(guint32 state, const char *name)
{
    char folded[256];
    const gsize len = im_fold(name, strlen(name), folded, sizeof folded);
    return g_strdup_printf("%u/%.*s", state, (int)len, folded);
}

/* The places that are named, each with the area that it is in. */
static GHashTable *names_taken(const im_naming *naming, const im_marks *marks,
                               const im_ground *ground)
{
    GHashTable *taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < naming->n_sites; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        if (!site->is_bin)
            g_hash_table_add(taken, name_in(site->state, site->name));
    }
    for (guint i = 0; i < naming->context->len; i++) {
        const im_context_place *place = &g_array_index(naming->context, im_context_place, i);
        g_hash_table_add(taken, name_in(im_ground_state_at(ground, place->at), place->name));
    }
    return taken;
}

/* Areas that are called like a place in them, which is named there, need not say so again. */
static void add_own_labels(im_naming *naming, const im_marks *marks, const im_ground *ground,
                           const im_theme *theme, fittings *fits)
{
    g_autoptr(GArray) areas = states_in_focus(ground, TRUE);
    g_autoptr(GHashTable) taken = names_taken(naming, marks, ground);
    g_autoptr(GHashTable) counted = counted_areas(marks);
    for (guint i = 0; i < areas->len; i++) {
        const guint32 area = g_array_index(areas, guint32, i);
        const im_region *region = g_ptr_array_index(ground->states, area);
        g_autofree char *key = name_in(area, region->name);
        if (!g_hash_table_contains(taken, key) && !has_area_site(marks, area))
            g_ptr_array_add(naming->labels,
                            own_label(ground, area,
                                      g_hash_table_lookup(counted, GUINT_TO_POINTER(area)), theme,
                                      fits));
    }
}

/* Whether there are names of the user's own on all of a country; states are countries on a map of the world. */
static gboolean is_covered(const im_ground *ground, guint country)
{
    return !ground->has_states &&
           ((const im_region *)g_ptr_array_index(ground->states, country))->covered;
}

/* Names of neighbours; on a map of the world, of the countries that it is about. */
static void add_country_labels(im_naming *naming, const im_ground *ground, const im_theme *theme,
                               fittings *fits)
{
    for (guint i = 0; i < ground->countries->len; i++) {
        const im_region *country = g_ptr_array_index(ground->countries, i);
        if (country->focus != ground->has_states && *country->name && !is_covered(ground, i))
            g_ptr_array_add(naming->labels, country_label(i, country->name, theme, fits));
    }
}

/* Countries that are too small for their names need not be named. */
static void drop_unfit(im_naming *naming, guint first_country)
{
    for (guint i = naming->labels->len; i > first_country; i--)
        if (((const im_label *)naming->labels->pdata[i - 1])->candidates->len == 0)
            g_ptr_array_remove_index(naming->labels, i - 1);
}

/* A leader as boxes that no label may lie on. */
static void add_line_boxes(GArray *obstacles, const im_xy line[2])
{
    static const double STEP_PX = 7; /* less than a line of text is high */
    const double length = hypot(line[1].x - line[0].x, line[1].y - line[0].y);
    const int parts = 1 + (int)(length / STEP_PX);
    for (int i = 0; i <= parts; i++) {
        double t = (double)i / parts, x = line[0].x + t * (line[1].x - line[0].x),
               y = line[0].y + t * (line[1].y - line[0].y);
        im_box box = {x - 1.5, y - 1.5, x + 1.5, y + 1.5};
        g_array_append_val(obstacles, box);
    }
}

static GArray *obstacles_of(const im_marks *marks, const GArray *panels)
{
    GArray *obstacles = g_array_new(FALSE, FALSE, sizeof(im_box));
    g_array_append_vals(obstacles, panels->data, panels->len);
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        for (guint k = 0; k < site->marks->len; k++) {
            const im_mark *mark = g_ptr_array_index(site->marks, k);
            im_box box = {mark->box.min_x + mark->centre.x, mark->box.min_y + mark->centre.y,
                          mark->box.max_x + mark->centre.x, mark->box.max_y + mark->centre.y};
            g_array_append_val(obstacles, box);
        }
        if (site->is_moved)
            add_line_boxes(obstacles, site->leader);
    }
    return obstacles;
}

static im_box around_point(im_xy at, double half)
{
    return (im_box){at.x - half, at.y - half, at.x + half, at.y + half};
}

static void add_context_labels(im_naming *naming, const im_ground *ground, const im_theme *theme)
{
    naming->first_context = naming->labels->len;
    for (guint i = 0; i < naming->context->len; i++) {
        const im_context_place *place = &g_array_index(naming->context, im_context_place, i);
        im_text_style style =
            style_of(theme->context_px, theme->colours.context,
                     im_with_alpha(theme->colours.focus, 0xC8), 1.7 * theme->unit);
        im_label *label = im_label_new("label context", place->name, &style,
                                       CONTEXT_PRIORITY - 4.0 * i / naming->context->len);
        im_box body = around_point(place->at, 3.5 * theme->unit);
        im_around_add(label, &body, 0, 1, ground, im_ground_state_at(ground, place->at));
        g_ptr_array_add(naming->labels, label);
    }
}

/* A town for orientation that touches a mark would be read as its name. */
static void keep_off_marks(im_naming *naming, const im_marks *marks, const im_theme *theme)
{
    for (guint i = naming->first_context; i < naming->labels->len; i++) {
        im_label *label = g_ptr_array_index(naming->labels, i);
        im_cost_near_marks(label, marks, label->priority, theme);
    }
}

/* Nor may the name of an incident stand at the dot of such a town. */
static void keep_off_dots(im_naming *naming, const im_theme *theme)
{
    for (guint i = 0; i < naming->n_sites; i++)
        for (guint k = 0; k < naming->context->len; k++)
            im_cost_near_dot(g_ptr_array_index(naming->labels, i),
                             g_array_index(naming->context, im_context_place, k).at, theme);
}

/* Names keep off the rings of incidents near by; their own labels cannot always. */
static void keep_off_rings(im_naming *naming, const im_marks *marks)
{
    for (guint i = naming->n_sites; i < naming->labels->len; i++) {
        im_label *label = g_ptr_array_index(naming->labels, i);
        for (guint c = 0; c < label->candidates->len; c++) {
            im_candidate *candidate = &g_array_index(label->candidates, im_candidate, c);
            for (guint s = 0; s < marks->sites->len; s++) {
                const im_site *site = g_ptr_array_index(marks->sites, s);
                if (site->ring && im_cost_ring_meets(site->ring, candidate))
                    candidate->cost += label->priority;
            }
        }
    }
}

static void add_context_dots(GArray *obstacles, const im_naming *naming, const im_theme *theme)
{
    for (guint i = 0; i < naming->context->len; i++) {
        im_box dot =
            around_point(g_array_index(naming->context, im_context_place, i).at, 3.2 * theme->unit);
        g_array_append_val(obstacles, dot);
    }
}

/* On a shade a quiet name is hard to read. */
static void suit_shade(im_label *label, const im_site *site, const im_theme *theme)
{
    static const double READABLE = 4.5; /* WCAG 1.4.3 */
    const im_mark *mark = g_ptr_array_index(site->marks, 0);
    const im_colour fill = im_symbol_fill(&mark->symbol, theme), ink = theme->colours.ink;
    label->style.halo = im_with_alpha(fill, 0xC0);
    label->style.colour = im_contrast(ink, fill) >= READABLE ? ink : im_readable_on(fill);
}

/* @param states  whose labels come after those of sites, but for those that are sites */
static void suit_shades(im_naming *naming, const im_marks *marks, const GArray *states,
                        const im_theme *theme)
{
    g_autoptr(GHashTable) counted = counted_areas(marks);
    for (guint i = 0, at = naming->n_sites; i < states->len; i++) {
        const guint32 state = g_array_index(states, guint32, i);
        if (has_area_site(marks, state))
            continue;
        im_label *label = g_ptr_array_index(naming->labels, at++);
        const im_site *site = g_hash_table_lookup(counted, GUINT_TO_POINTER(state));
        if (site && label->chosen >= 0 &&
            !g_array_index(label->candidates, im_candidate, label->chosen).is_led)
            suit_shade(label, site, theme);
    }
}

/* What the towns for orientation are chosen from. */
typedef struct sight {
    const im_gazetteer *gazetteer;
    const im_marks *marks;
    const im_ground *ground;
    const im_view *view;
    const im_theme *theme;
} sight;

static gpointer choose_towns(gpointer data)
{
    const sight *s = data;
    return im_context_new(s->gazetteer, s->marks, s->ground, s->view, s->theme);
}

im_naming *im_naming_new(const im_marks *marks, const im_ground *ground, const im_view *view,
                         const im_gazetteer *gazetteer, const GArray *panels, guint callouts,
                         const im_theme *theme)
{
    im_naming *naming = g_new0(im_naming, 1);
    naming->labels = g_ptr_array_new_with_free_func((GDestroyNotify)im_label_free);
    g_autoptr(GArray) fits_of = g_array_new(FALSE, FALSE, sizeof(fitting));
    fittings fits = {ground, theme, fits_of, 0};
    /* That takes as long as the labels of sites, which have no use for the view. */
    sight seen = {gazetteer, marks, ground, view, theme};
    GThread *towns = im_beside("towns", choose_towns, &seen);
    g_autoptr(GArray) states = states_in_focus(ground, FALSE);
    float state_px = state_size_px(ground, states, theme);
    add_site_labels(naming, marks, ground, state_px, callouts, theme);
    add_state_labels(naming, marks, ground, states, state_px, theme, &fits);
    naming->context = im_beside_join(towns, choose_towns, &seen);
    add_own_labels(naming, marks, ground, theme, &fits);
    const guint first_country = naming->labels->len;
    add_country_labels(naming, ground, theme, &fits);
    fit_all(&fits);
    drop_unfit(naming, first_country);
    add_context_labels(naming, ground, theme);
    keep_off_rings(naming, marks);
    keep_off_marks(naming, marks, theme);
    keep_off_dots(naming, theme);
    g_autoptr(GArray) obstacles = obstacles_of(marks, panels);
    add_context_dots(obstacles, naming, theme);
    im_box bounds = {ground->frame.min_x + 4, ground->frame.min_y + 4, ground->frame.max_x - 4,
                     ground->frame.max_y - 4};
    im_labels_place(naming->labels, obstacles, &bounds);
    suit_shades(naming, marks, states, theme);
    return naming;
}

GArray *im_naming_lines(const im_naming *naming)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(im_tilted));
    for (guint i = 0; i < naming->labels->len; i++)
        im_label_add_lines(g_ptr_array_index(naming->labels, i), lines);
    return lines;
}

void im_naming_free(im_naming *naming)
{
    if (!naming)
        return;
    g_ptr_array_unref(naming->labels);
    g_array_unref(naming->context);
    g_free(naming);
}
