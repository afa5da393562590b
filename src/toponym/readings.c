/* The places that a name may mean, as far as choosing among them needs: the largest at once, of the others
 * those that the text gives reason for. */
#include "gazetteer/ahead.h"
#include "toponym/priv.h"

#include <string.h>

/* What an abbreviation of another language loses against its namesakes. */
static const double OTHER_LANGUAGE = 6;

/* Log-odds of a reading without any context, set by hand on general grounds: ten times the people,
 * three times as likely; a country, and a state that is not only a city's district, before towns. */
static double prior_of(const im_place_record *p, const im_reading *r)
{
    static const double kind_base[] = {
        [IM_PLACE_UNKNOWN] = 0,  [IM_PLACE_COUNTRY] = 7.2, [IM_PLACE_ADMIN1] = 3.2,
        [IM_PLACE_ADMIN2] = 1.2, [IM_PLACE_TOWN] = 1.5,    [IM_PLACE_REGION] = 3.5,
        [IM_PLACE_AIRPORT] = 0,
    };
    double magnitude = (double)p->magnitude, prior = kind_base[p->kind];
    if (p->kind == IM_PLACE_REGION) /* a pond is no sea */
        prior -= 2.5 * MAX(0, 1 - p->radius_km / 20);
    if (p->kind == IM_PLACE_COUNTRY || p->kind == IM_PLACE_REGION)
        prior += 2 * magnitude;
    else
        prior += (p->kind == IM_PLACE_ADMIN1 ? 0.96 : 1.05) * (magnitude - 2);
    if (p->kind == IM_PLACE_TOWN)
        prior += 1.1 * p->seat;
    if (r->kind == IM_NAME_OTHER)
        prior -= p->kind == IM_PLACE_COUNTRY ? 3.0 : 1.3;
    if (r->kind == IM_NAME_ALIAS && p->kind == IM_PLACE_COUNTRY)
        prior -= 2.0;
    if (r->flags & IM_NAME_FOREIGN)
        prior -= p->kind == IM_PLACE_COUNTRY ? 3 : 1.5;
    return prior;
}

/* An abbreviation of the other language: `EU` in a Spanish text is no union. */
static gboolean is_of_other_language(const im_topo *topo, const im_reading *r)
{
    guint8 other = topo->text->language == IM_LANGUAGE_ES ? IM_NAME_ENGLISH : IM_NAME_SPANISH;
    return (r->flags & other) != 0;
}

#define LETTER(c) (1u << ((c) - 'A'))

/* Where the readers of a language live: its local news speaks of these. For each first letter of a
 * country's code the second ones. */
static gboolean speaks(im_language language, const char *country)
{
    static const guint32 en[32] = {['A' - 'A'] = LETTER('U'), ['C' - 'A'] = LETTER('A'),
                                   ['G' - 'A'] = LETTER('B'), ['I' - 'A'] = LETTER('E'),
                                   ['N' - 'A'] = LETTER('Z'), ['U' - 'A'] = LETTER('S')};
    static const guint32 es[32] = {
        ['A' - 'A'] = LETTER('R'),
        ['B' - 'A'] = LETTER('O'),
        ['C' - 'A'] = LETTER('O') | LETTER('L') | LETTER('U') | LETTER('R'),
        ['D' - 'A'] = LETTER('O'),
        ['E' - 'A'] = LETTER('S') | LETTER('C'),
        ['G' - 'A'] = LETTER('T'),
        ['H' - 'A'] = LETTER('N'),
        ['M' - 'A'] = LETTER('X'),
        ['N' - 'A'] = LETTER('I'),
        ['P' - 'A'] = LETTER('E') | LETTER('Y') | LETTER('A') | LETTER('R'),
        ['S' - 'A'] = LETTER('V'),
        ['U' - 'A'] = LETTER('Y'),
        ['V' - 'A'] = LETTER('E')};
    const guint32 *seconds = language == IM_LANGUAGE_ES ? es : en;
    return *country && (seconds[(country[0] - 'A') & 31] >> ((country[1] - 'A') & 31) & 1);
}

static topo_reading load_reading(const im_topo *topo, const im_reading *r)
{
    im_place_record p = im_gazetteer_record(topo->gazetteer, r->place);
    topo_reading loaded = {
        .place = r->place,
        .country = p.country,
        .admin1 = p.admin1,
        .admin2 = p.admin2,
        .population = p.population,
        .prior = (float)(prior_of(&p, r) - (is_of_other_language(topo, r) ? OTHER_LANGUAGE : 0)),
        .kind = (guint8)p.kind,
        .name_kind = r->kind,
        .name_flags = r->flags,
        .x = p.x,
        .y = p.y,
        .z = p.z,
        .capital = p.seat,
        .at_home = p.kind != IM_PLACE_COUNTRY && speaks(topo->text->language, p.country_code),
    };
    return loaded;
}

/* Notes a place in an open-addressing table. @return FALSE when it was there */
static gboolean see_place(guint32 *seen, guint32 mask, im_place_id place)
{
    guint32 at = place * 2654435769u & mask;
    for (; seen[at]; at = (at + 1) & mask)
        if (seen[at] == place + 1)
            return FALSE;
    seen[at] = place + 1;
    return TRUE;
}

/* A state that bears the name of a large city in it is meant less often than the city. */
static void prefer_cities(topo_name *name)
{
    static const double LARGE_SHARE = 0.15, SMALL_SHARE = 0.04;
    for (guint s = 0; s < name->n_readings; s++) {
        topo_reading *state = &name->readings[s];
        double share = 0;
        for (guint i = 0; i < name->n_readings && state->kind == IM_PLACE_ADMIN1; i++)
            if (name->readings[i].kind == IM_PLACE_TOWN && name->readings[i].admin1 == state->place)
                share = MAX(share, name->readings[i].population / (state->population + 1.0));
        state->prior -= share >= LARGE_SHARE ? 2.2f : share >= SMALL_SHARE ? 1.0f : 0;
    }
}

void topo_send_for_readings(const im_topo *topo, const topo_name *name)
{
    for (guint i = 0; i < MIN(name->n_source, TOPO_FIRST_READINGS); i++)
        im_gazetteer_place_ahead(topo->gazetteer, name->source[i].place);
}

/* Whether the reading counts where its name stands; nobody has looked before whether its place exists. */
static gboolean is_fit(const im_topo *topo, const topo_name *name, const im_reading *r)
{
    return r->place < im_gazetteer_n_places(topo->gazetteer) && topo_usable(r, name->allow);
}

static void load_name(const im_topo *topo, topo_name *name)
{
    guint32 seen[32], n = MIN(name->n_source, TOPO_FIRST_READINGS), mask = 2 * n <= 8 ? 7 : 31;
    G_STATIC_ASSERT(2 * TOPO_FIRST_READINGS < G_N_ELEMENTS(seen));
    memset(seen, 0, (mask + 1) * sizeof *seen);
    guint room = topo_has_more(name) ? TOPO_MOST_READINGS + TOPO_MOST_INSIDE : n;
    name->readings = im_arena_room(topo->arena, topo_reading, room);
    for (guint i = 0; i < n; i++)
        if (is_fit(topo, name, &name->source[i]) && see_place(seen, mask, name->source[i].place))
            name->readings[name->n_readings++] = load_reading(topo, &name->source[i]);
    prefer_cities(name);
}

void topo_load_names(im_topo *topo)
{
    for (; topo->n_loaded < topo->names->len; topo->n_loaded++)
        load_name(topo, topo_name_at(topo, topo->n_loaded));
}

/* ---- the smaller places of a name ---- */

/* Further than this among the places of one name nobody looks. */
enum { FARTHEST = 4000 };

/* The most that are taken for their country alone. */
enum { MOST_OF_COUNTRY = 6 };

static gboolean is_loaded(const topo_name *name, im_place_id place)
{
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].place == place)
            return TRUE;
    return FALSE;
}

static void load_later(const im_topo *topo, topo_name *name, const im_reading *r)
{
    if (is_fit(topo, name, r) && !(name->is_joined && is_loaded(name, r->place)))
        name->readings[name->n_readings++] = load_reading(topo, r);
}

/* Finds the smaller places of `name` in the areas, by their ids, that are not 0, and sends for them. */
void topo_find_namesakes(const im_topo *topo, topo_name *name, const guint32 *areas,
                         guint32 n_areas)
{
    guint end = MIN(name->n_source, FARTHEST), most = TOPO_MOST_READINGS, of_country = 0;
    name->namesakes = im_arena_room(topo->arena, const im_reading *, TOPO_MOST_READINGS);
    for (guint i = TOPO_FIRST_READINGS; i < end && name->n_readings + name->n_namesakes < most;
         i++) {
        const im_reading *r = &name->source[i];
        if (r->area >= n_areas)
            continue;
        if (areas[r->area] == 0) {
            im_place_id country = im_gazetteer_country_of(topo->gazetteer, r->area);
            if (country >= n_areas || areas[country] == 0 || of_country == MOST_OF_COUNTRY)
                continue;
            of_country++;
        }
        im_gazetteer_place_ahead(topo->gazetteer, r->place);
        name->namesakes[name->n_namesakes++] = r;
    }
}

void topo_load_namesakes(const im_topo *topo, topo_name *name)
{
    for (guint i = 0; i < name->n_namesakes; i++)
        load_later(topo, name, name->namesakes[i]);
}

static gboolean any_contains(const topo_name *outer, const topo_reading *inner)
{
    for (guint i = 0; i < outer->n_readings; i++)
        if (topo_contains(&outer->readings[i], inner))
            return TRUE;
    return FALSE;
}

/* Whether a reading of that area may lie in one of the areas that the name may mean. */
static gboolean may_be_inside(const im_topo *topo, const topo_name *outer, guint16 area)
{
    im_place_id country = im_gazetteer_country_of(topo->gazetteer, area);
    for (guint i = 0; i < outer->n_readings; i++) {
        const topo_reading *o = &outer->readings[i];
        if ((o->kind == IM_PLACE_COUNTRY && o->place == country) ||
            ((o->kind == IM_PLACE_ADMIN1 || o->kind == IM_PLACE_ADMIN2) && o->admin1 == area))
            return TRUE;
    }
    return FALSE;
}

/* Loads places of `name` that lie in what `outer` may mean. */
void topo_load_inside(const im_topo *topo, topo_name *name, const topo_name *outer)
{
    guint end = MIN(name->n_source, FARTHEST);
    guint most = MIN(name->n_readings + TOPO_MOST_INSIDE, TOPO_MOST_READINGS + TOPO_MOST_INSIDE);
    if (name->is_joined)
        return;
    name->is_joined = TRUE;
    for (guint i = TOPO_FIRST_READINGS; i < end && name->n_readings < most; i++) {
        const im_reading *r = &name->source[i];
        if (!may_be_inside(topo, outer, r->area))
            continue;
        im_place_record p = im_gazetteer_record(topo->gazetteer, r->place);
        topo_reading at = {
            .place = r->place, .country = p.country, .admin1 = p.admin1, .admin2 = p.admin2};
        if (any_contains(outer, &at))
            load_later(topo, name, r);
    }
}
