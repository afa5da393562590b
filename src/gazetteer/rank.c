/* Which of several places of one name is meant, when nothing else tells. */
#include "gazetteer/locate.h"

#include <math.h>
#include <string.h>

void im_ranking_init(im_ranking *r, const im_gazetteer *gazetteer, const im_lonlat *near)
{
    *r = (im_ranking){.near = near ? *near : (im_lonlat){0}, .has_near = near != NULL};
    r->capital = gazetteer->n_features;
    for (guint32 i = 0; i < gazetteer->n_features; i++)
        if (strcmp(gaz_name(gazetteer, gazetteer->features[i]), "PPLC") == 0)
            r->capital = i;
}

/* 0..1, the logarithm of the population. */
static double size_of(guint32 population)
{
    return fmin(1, log10(population + 1.0) / 7.5);
}

static double importance_of_town(guint32 population)
{
    double size = size_of(population);
    return 0.2 + 0.4 * size * size;
}

/* 0..1 by kind, then by population on a logarithmic scale; a seat before the municipality around it,
 * which has its name and more people. */
static double importance(const im_ranking *r, const gaz_place *p)
{
    switch (p->kind) {
    case IM_PLACE_COUNTRY:
        return 0.95 + 0.05 * size_of(p->population);
    case IM_PLACE_ADMIN1:
        return 0.85 + 0.05 * size_of(p->population);
    case IM_PLACE_REGION: /* one of those that we list, or any hill of an import */
        return p->code ? 0.8 : 0.18;
    case IM_PLACE_TOWN:
        return (p->feature == r->capital ? 0.25 : 0) + importance_of_town(p->population);
    case IM_PLACE_ADMIN2:
        return 0.9 * importance_of_town(p->population);
    default:
        return 0.15;
    }
}

/* How freely a name of this kind is used for the place. Marawi is a town before it is Malawi in Chiga. */
static double weight_of_name(const gaz_place *p, const im_reading *reading)
{
    if (reading->flags & IM_NAME_FOREIGN)
        return p->kind == IM_PLACE_COUNTRY ? 0.3 : 0.8;
    if (reading->flags & IM_NAME_DERIVED)
        return 0.9;
    return reading->kind == IM_NAME_POSTAL ? 0.6 : 1;
}

/* Half as near counts at this distance. */
static const double NEAR_KM = 100;

/* How readily a misspelt name is taken for this one. To hit a wrong letter or one too many there are
 * two dozen ways for each to lose one (a noisy channel; Kernighan, Church, Gale 1990), but no letter
 * is as likely as another: what served best in bench_locate, rounded towards 1. */
static double weight_of_typo(const im_reading *reading, gboolean likely)
{
    double weight = likely ? 1 : 0.4;
    if (reading->flags & IM_NAME_FOREIGN)
        return 0.5 * weight;
    gboolean own = reading->kind == IM_NAME_MAIN && !(reading->flags & IM_NAME_DERIVED);
    return own ? weight : 0.7 * weight;
}

double im_ranking_score(const im_ranking *r, const gaz_place *p, const im_reading *reading,
                        guint edits, gboolean likely)
{
    double score = importance(r, p) * weight_of_name(p, reading);
    if (edits > 0)
        score *= weight_of_typo(reading, likely);
    if (r->has_near) {
        double far = im_distance_km(r->near, gaz_position(p)) / NEAR_KM;
        score = 0.3 * score + 0.7 / (1 + far);
    }
    return score / (1 + edits);
}

double im_ranking_most(const im_ranking *r, const gaz_place *p, guint edits)
{
    gboolean by_population =
        p->kind == IM_PLACE_ADMIN2 || (p->kind == IM_PLACE_TOWN && p->feature != r->capital);
    return by_population && !r->has_near ? importance_of_town(p->population) / (1 + edits) : 1;
}

int im_located_order(const im_located *x, const im_located *y)
{
    if (x->edits != y->edits)
        return x->edits < y->edits ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}
