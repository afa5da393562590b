/* Is it a place? The features of a candidate are added up as evidence (log-odds). */
#include "toponym/priv.h"

#include <math.h>

/* Set by hand and checked on news of several countries; positive speaks for a place. */
static const double weights[TOPO_F_N] = {
    [TOPO_F_BIAS] = -0.1,         [TOPO_F_IN] = 1.7,
    [TOPO_F_FROM] = 0.7,          [TOPO_F_CONTAINED] = 2.0,
    [TOPO_F_CONTAINER] = 3.0,     [TOPO_F_DATELINE] = 2.5,
    [TOPO_F_HEAD] = 1.8,          [TOPO_F_DIRECTION] = 1.5,
    [TOPO_F_LIST] = 1.6,          [TOPO_F_WORDS] = 0.9,
    [TOPO_F_COUNTRY] = 1.5,       [TOPO_F_ADMIN1] = 0.8,
    [TOPO_F_REGION] = 0.6,        [TOPO_F_MILLION] = 1.4,
    [TOPO_F_CITY] = 1.4,          [TOPO_F_TOWN] = 0.3,
    [TOPO_F_HAMLET] = -0.3,       [TOPO_F_GIVEN] = -0.7,
    [TOPO_F_SURNAME] = -1.5,      [TOPO_F_COMMON] = -2.3,
    [TOPO_F_FIRST] = 0.0,         [TOPO_F_COMMON_FIRST] = -2.5,
    [TOPO_F_HEADLINE] = -0.8,     [TOPO_F_NEXT_CAPITAL] = -1.3,
    [TOPO_F_PREV_CAPITAL] = -1.4, [TOPO_F_NEXT_SURNAME] = -1.6,
    [TOPO_F_PREV_GIVEN] = -2.0,   [TOPO_F_SAYS] = -1.3,
    [TOPO_F_SURNAME_SEEN] = -4.0, [TOPO_F_ORG_SEAT] = -1.0,
    [TOPO_F_POSSESSIVE] = -0.2,   [TOPO_F_LOWER_SEEN] = -0.7,
    [TOPO_F_AGAIN] = 1.1,         [TOPO_F_SUPPORT] = 1.2,
    [TOPO_F_ABBREVIATION] = 0.8,  [TOPO_F_STATE_BODY] = -2.0,
    [TOPO_F_FOREIGN] = -1.8,      [TOPO_F_UNFIT] = -1.0,
    [TOPO_F_STRIPPED] = -2.0,     [TOPO_F_UPPER_TEXT] = -1.0,
};

double topo_evidence(const topo_candidate *c)
{
    double sum = 0;
    for (guint f = 0; f < TOPO_F_N; f++)
        if (c->features & TOPO_BIT(f))
            sum += weights[f];
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
