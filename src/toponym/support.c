/* What the likely readings of the names say for countries and states: the weight that each has in the
 * document. */
#include "toponym/curve.h"
#include "toponym/priv.h"

static void add_support(im_topo *topo, im_place_id place, double weight)
{
    if (place >= topo->n_support)
        return;
    topo_support *s = &topo->support[place];
    topo->supported[topo->n_supported] = place;
    topo->n_supported += s->weight <= 0;
    s->weight += (float)weight;
    topo->top_support = MAX(topo->top_support, (double)s->weight);
}

static void set_support_log(topo_support *s)
{
    s->log = topo_log1p(s->weight);
}

static double strength(const topo_name *name, const topo_reading *r)
{
    const gboolean large = (r->kind == IM_PLACE_COUNTRY) | (r->kind == IM_PLACE_ADMIN1);
    const double kind = large ? 1.3 : 1.0;
    return name->pull * kind * r->p;
}

/* The tables of all countries and states, kept by each thread from one document to the next: few of their
 * entries are touched, and those are cleared behind each. */
typedef struct slate {
    topo_support *support;
    guint32 *areas;
    guint32 n;
} slate;

static void free_slate(gpointer data)
{
    slate *s = data;
    g_free(s->support);
    g_free(s->areas);
    g_free(s);
}

static slate *borrow_slate(guint32 n)
{
    static GPrivate own = G_PRIVATE_INIT(free_slate);
    slate *s = g_private_get(&own);
    if (!s) {
        s = g_new0(slate, 1);
        g_private_set(&own, s);
    }
    if (s->n < n) {
        g_free(s->support);
        g_free(s->areas);
        s->areas = g_new0(guint32, n);
        s->support = g_new0(topo_support, n + 1); /* the last for all that is none of them */
        s->n = n;
    }
    return s;
}

static void clear_touched(im_topo *topo)
{
    for (guint i = 0; i < topo->n_supported; i++)
        topo->support[topo->supported[i]] = (topo_support){0, 0};
    topo->n_supported = 0;
}

void topo_begin_support(im_topo *topo)
{
    guint32 most = 0;
    for (guint32 n = 0; n < topo->names->len; n++)
        most += 2 * MIN(topo_name_at(topo, n)->n_readings, TOPO_MOST_LIVE);
    topo->n_support = im_gazetteer_first(topo->gazetteer, IM_PLACE_ADMIN2);
    topo->support = borrow_slate(topo->n_support)->support;
    topo->supported = im_arena_room(topo->arena, im_place_id, most + 1);
}

void topo_gather_support(im_topo *topo)
{
    clear_touched(topo);
    topo->top_support = 0;
    for (guint32 n = 0; n < topo->names->len; n++) {
        const topo_name *name = topo_name_at(topo, n);
        for (guint k = 0; k < name->n_live; k++) {
            const topo_reading *r = &name->readings[name->live[k]];
            add_support(topo, r->country, strength(name, r));
            add_support(topo, r->admin1, strength(name, r));
        }
    }
    for (guint i = 0; i < topo->n_supported; i++)
        set_support_log(&topo->support[topo->supported[i]]);
}

void topo_end_support(im_topo *topo)
{
    clear_touched(topo);
    topo->support = NULL;
    topo->n_support = 0;
}

im_place_id topo_main_country(const im_topo *topo)
{
    const im_place_id end = im_gazetteer_first(topo->gazetteer, IM_PLACE_ADMIN1);
    im_place_id best = IM_PLACE_NONE;
    float most = 0;
    for (guint i = 0; i < topo->n_supported; i++) {
        const im_place_id place = topo->supported[i];
        if (place < end && topo->support[place].weight > most) {
            most = topo->support[place].weight;
            best = place;
        }
    }
    return best;
}

/* What the other names give to the container of a reading. */
double topo_support_without(const im_topo *topo, const topo_name *name, im_place_id place)
{
    double weight = place < topo->n_support ? (double)topo->support[place].weight : 0;
    for (guint k = 0; k < name->n_live && weight > 0; k++) {
        const topo_reading *r = &name->readings[name->live[k]];
        if (r->country == place || r->admin1 == place)
            weight -= strength(name, r);
    }
    return MAX(0, weight);
}

static void take_one(im_topo *topo, topo_own_support *own, im_place_id place, double weight)
{
    if (place >= topo->n_support)
        return;
    topo_support *s = &topo->support[place];
    own->at[own->n] = s;
    own->before[own->n++] = *s;
    s->weight -= (float)weight;
}

void topo_take_own(im_topo *topo, const topo_name *name, topo_own_support *own)
{
    own->n = 0;
    for (guint k = 0; k < name->n_live; k++) {
        const topo_reading *r = &name->readings[name->live[k]];
        take_one(topo, own, r->country, strength(name, r));
        take_one(topo, own, r->admin1, strength(name, r));
    }
    for (guint i = 0; i < own->n; i++)
        set_support_log(own->at[i]);
}

void topo_give_back(topo_own_support *own)
{
    while (own->n > 0) {
        own->n--;
        *own->at[own->n] = own->before[own->n];
    }
}

/* ---- which countries and states smaller places of a name may lie in ---- */

/* For each country and state, by its id, how many names speak of it: those that likely mean a place in it. */
typedef struct areas {
    guint32 *names;
    guint32 n;
    im_place_id asked_for[2]; /* by the caller, by the outlet */
} areas;

enum { ASKED_FOR = 1 << 16 };

static void add_area(areas *a, im_place_id area, guint32 n)
{
    if (area < a->n)
        a->names[area] += n;
}

static im_place_id country_of_code(const im_topo *topo, const char *code)
{
    g_autofree char *upper = code && *code ? g_ascii_strup(code, -1) : NULL;
    return upper ? im_gazetteer_by_code(topo->gazetteer, upper) : IM_PLACE_NONE;
}

/* Counts the countries and states of the likely readings of a name: each once, or takes them away again. */
static void count_areas(areas *a, const topo_name *name, gboolean away)
{
    static const float LIKELY = 0.4f;
    const guint32 one = away ? (guint32)-1 : 1;
    for (guint i = 0; i < name->n_top && name->readings[name->top[i]].p > LIKELY; i++) {
        add_area(a, name->readings[name->top[i]].country, one);
        add_area(a, name->readings[name->top[i]].admin1, one);
    }
}

/* The same for all names and what is asked for. */
static void count_all_areas(const im_topo *topo, areas *a, gboolean away)
{
    const guint32 asked = away ? -(guint32)ASKED_FOR : ASKED_FOR;
    for (guint32 n = 0; n < topo->names->len; n++)
        count_areas(a, topo_name_at(topo, n), away);
    for (guint i = 0; i < G_N_ELEMENTS(a->asked_for); i++)
        add_area(a, a->asked_for[i], asked);
    for (guint32 i = 0; i < a->n && topo->options->near; i++)
        a->names[i] += asked;
}

void topo_look_for_namesakes(const im_topo *topo)
{
    const guint32 n_areas = im_gazetteer_first(topo->gazetteer, IM_PLACE_ADMIN2);
    areas a = {borrow_slate(n_areas)->areas,
               n_areas,
               {country_of_code(topo, topo->options->country),
                country_of_code(topo, topo->outlet_country)}};
    count_all_areas(topo, &a, FALSE);
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        if (!topo_has_more(name) || name->weight < TOPO_HARDLY)
            continue;
        count_areas(&a, name, TRUE); /* of the others */
        topo_find_namesakes(topo, name, a.names, a.n);
        count_areas(&a, name, FALSE);
    }
    count_all_areas(topo, &a, TRUE);
}
