#include "map/context.h"

#include "gazetteer/record.h"

#include <math.h>
#include <string.h>

enum { MOST_PLACES = 16, LEAST_POPULATION = 15000 };

/* Seats count as if they were larger than they are. */
static const double SEAT_FACTOR = 2.5, CAPITAL_SCORE = 1e9;

static void place_clear(gpointer data)
{
    im_context_place *place = data;
    g_free(place->name);
}

/* A town in sight. */
typedef struct town {
    double score;
    im_place_id id;
    im_xy at;
} town;

static gint compare_towns(gconstpointer a, gconstpointer b)
{
    const town *t = a, *u = b;
    if (t->score != u->score)
        return t->score > u->score ? -1 : 1;
    return t->id < u->id ? -1 : t->id > u->id;
}

static double score_of(const im_place *place)
{
    if (strcmp(place->feature_code, "PPLC") == 0)
        return CAPITAL_SCORE + place->population;
    return place->population * (strcmp(place->feature_code, "PPLA") == 0 ? SEAT_FACTOR : 1);
}

static gboolean is_in_focus(const im_ground *ground, const char *country)
{
    for (guint i = 0; i < ground->countries->len; i++) {
        const im_region *region = g_ptr_array_index(ground->countries, i);
        if (region->focus && strcmp(region->code, country) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether a dot is drawn whole, with some air beside it. */
static gboolean is_inside(const im_box *frame, im_xy at)
{
    static const double AIR_PX = 9;
    return at.x > frame->min_x + AIR_PX && at.x < frame->max_x - AIR_PX &&
           at.y > frame->min_y + AIR_PX && at.y < frame->max_y - AIR_PX;
}

static GArray *towns_in_sight(const im_gazetteer *gazetteer, const im_ground *ground,
                              const im_view *view)
{
    GArray *towns = g_array_new(FALSE, FALSE, sizeof(town));
    for (im_place_id id = 0;
         (id = im_gazetteer_town_from(gazetteer, id, LEAST_POPULATION)) != IM_PLACE_NONE; id++) {
        const im_place place = im_gazetteer_place(gazetteer, id);
        const im_xy at = im_view_px(view, place.position);
        if (!im_view_shows(view, place.position, at) || !is_inside(&view->frame, at) ||
            !is_in_focus(ground, place.country_code))
            continue;
        town t = {score_of(&place), id, at};
        g_array_append_val(towns, t);
    }
    g_array_sort(towns, compare_towns);
    return towns;
}

/* Whether an incident's mark is at the town or over it, or its label has the same name. */
static gboolean is_taken(const im_marks *marks, const im_place *place, im_xy at, double apart)
{
    for (guint i = 0; i < marks->sites->len; i++) {
        const im_site *site = g_ptr_array_index(marks->sites, i);
        gboolean over = at.x > site->body.min_x - 8 && at.x < site->body.max_x + 8 &&
                        at.y > site->body.min_y - 8 && at.y < site->body.max_y + 8;
        gboolean near = hypot(site->point.x - at.x, site->point.y - at.y) < apart;
        if (over || (!site->is_area && (near || strcmp(site->name, place->name) == 0)))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_crowded(const GArray *chosen, im_xy at, double apart)
{
    for (guint i = 0; i < chosen->len; i++) {
        const im_context_place *other = &g_array_index(chosen, im_context_place, i);
        if (hypot(other->at.x - at.x, other->at.y - at.y) < apart)
            return TRUE;
    }
    return FALSE;
}

/* Whether a far larger town lies beside it: a suburb orients nobody. */
static gboolean is_suburb(const im_gazetteer *gazetteer, const GArray *towns, guint i)
{
    static const double BESIDE_KM = 30, TIMES_LARGER = 4;
    const town *own = &g_array_index(towns, town, i);
    const im_lonlat at = im_gazetteer_place(gazetteer, own->id).position;
    for (guint k = 0; k < i; k++) {
        const town *other = &g_array_index(towns, town, k);
        if (other->score < TIMES_LARGER * own->score)
            return FALSE; /* they are in the order of their sizes */
        if (im_distance_km(at, im_gazetteer_place(gazetteer, other->id).position) < BESIDE_KM)
            return TRUE;
    }
    return FALSE;
}

GArray *im_context_new(const im_gazetteer *gazetteer, const im_marks *marks,
                       const im_ground *ground, const im_view *view, const im_theme *theme)
{
    GArray *chosen = g_array_new(FALSE, FALSE, sizeof(im_context_place));
    g_array_set_clear_func(chosen, place_clear);
    if (!gazetteer || view->kind == IM_PROJECTION_WORLD)
        return chosen;
    g_autoptr(GArray) towns = towns_in_sight(gazetteer, ground, view);
    for (guint i = 0; i < towns->len && chosen->len < MOST_PLACES; i++) {
        const town *t = &g_array_index(towns, town, i);
        im_place place = im_gazetteer_place(gazetteer, t->id);
        if (is_taken(marks, &place, t->at, 30 * theme->unit) ||
            is_crowded(chosen, t->at, 120 * theme->unit) || is_suburb(gazetteer, towns, i))
            continue;
        im_context_place context = {g_strdup(place.name), t->at, t->score >= CAPITAL_SCORE};
        g_array_append_val(chosen, context);
    }
    return chosen;
}
