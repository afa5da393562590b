/* Is it a place? The features of a candidate are added up as evidence (log-odds). */
#include "toponym/priv.h"

#include <math.h>

double topo_evidence(const topo_candidate *c)
{
    double sum = 0;
    for (guint64 left = c->features; left; left &= left - 1)
        sum += topo_weights[__builtin_ctzll(left)];
    return 1 / (1 + exp(-sum));
}

/* Before resolving: how much each name may tell of the others. */
void topo_weigh(im_topo *topo)
{
    static const double DEMONYM = 0.6, HINT = 0.7;
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->name == TOPO_NONE)
            continue;
        topo_name *name = topo_name_at(topo, c->name);
        double weight = c->given                     ? 1
                        : c->out == TOPO_OUT_DEMONYM ? DEMONYM
                        : c->out                     ? 0
                                                     : topo_evidence(c);
        name->weight = MAX(name->weight, weight);
    }
    for (guint32 i = topo->first_hint; i < topo->names->len; i++)
        topo_name_at(topo, i)->weight = HINT;
}

/* A name that is surely a place once is one elsewhere too. */
void topo_accept(im_topo *topo)
{
    static const double SURE = 0.9;
    for (guint32 i = 0; i < topo->names->len; i++)
        topo_name_at(topo, i)->weight = 0;
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        c->evidence = c->given ? 1 : c->out ? 0 : topo_evidence(c);
        if (c->name != TOPO_NONE)
            topo_name_at(topo, c->name)->weight =
                MAX(topo_name_at(topo, c->name)->weight, c->evidence);
    }
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->out || c->given || c->name == TOPO_NONE || c->evidence >= SURE ||
            topo_name_at(topo, c->name)->weight < SURE)
            continue;
        topo_set(c, TOPO_F_AGAIN);
        c->evidence = topo_evidence(c);
    }
}
