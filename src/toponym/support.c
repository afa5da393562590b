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
    double kind = r->kind == IM_PLACE_COUNTRY || r->kind == IM_PLACE_ADMIN1 ? 1.3 : 1.0;
    return name->pull * kind * r->p;
}

void topo_begin_support(im_topo *topo)
{
    guint32 most = 0;
    for (guint32 n = 0; n < topo->names->len; n++)
        most += 2 * MIN(topo_name_at(topo, n)->n_readings, TOPO_MOST_LIVE);
    topo->n_support = im_gazetteer_first(topo->gazetteer, IM_PLACE_ADMIN2);
    topo->support = im_arena_array(topo->arena, topo_support, topo->n_support);
    topo->supported = im_arena_room(topo->arena, im_place_id, most + 1);
}

void topo_gather_support(im_topo *topo)
{
    for (guint i = 0; i < topo->n_supported; i++)
        topo->support[topo->supported[i]] = (topo_support){0, 0};
    topo->n_supported = 0;
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
