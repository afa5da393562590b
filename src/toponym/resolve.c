/* Which place each name means. All names of a document are weighed together in a few rounds: a
 * reading gains from its prior, from a container beside a mention, from its country and state being
 * named elsewhere, and from lying close to the likely readings of its neighbours (after Leidner 2007,
 * Lieberman and Samet 2012; the weights are general ones, checked on news). */
#include "toponym/priv.h"

#include <math.h>
#include <string.h>

static const double CONTAINED_BONUS = 9.0, OWN_BONUS = 1.25, CUE_BONUS = 4.3, ONE_SENSE_SHARE = 0.8,
                    COUNTRY_SHARE = 0.2;
static const double COUNTRY_WEIGHT = 2.2, STATE_WEIGHT = 2.2, NEAR_WEIGHT = 1.75, SELF_WEIGHT = 0.9;
static const double PRIOR_COUNTRY = 3.0, PRIOR_NEAR = 3.0, PRIOR_LANGUAGE = 1.6, HOME_FADES = 0.3;
static const double PRIOR_OUTLET = 3.0;
static const double CAPITAL_SPEAKS = 2.5;
static const double FAR_TOKENS = 60, LEAST_NEAR = 0.15;
static const double NONE_BASE = 1.2, ELSEWHERE = 12;
enum { ROUNDS = 4 };
/* Rounds that change no probability by more than this need no other. */
static const double SETTLED = 0.02;
static const float HOPELESS = 1e-4f;

/* ---- neighbours ---- */

enum { REACH = 10, MOST_MENTIONS = 12 };

/* The first time that a name is met is not always the nearest. */
static void add_neighbour(topo_name *name, guint32 other, guint32 tokens)
{
    for (guint i = 0; i < name->n_neighbours; i++)
        if (name->neighbours[i].name == other) {
            name->neighbours[i].tokens = MIN(name->neighbours[i].tokens, tokens);
            return;
        }
    if (name->n_neighbours < TOPO_MOST_NEIGHBOURS)
        name->neighbours[name->n_neighbours++] = (topo_neighbour){.name = other, .tokens = tokens};
}

static gboolean counts(const topo_candidate *c)
{
    return c->name != TOPO_NONE && (!c->out || c->out == TOPO_OUT_DEMONYM);
}

static void meet(im_topo *topo, const topo_candidate *c, guint32 k)
{
    const topo_candidate *d = topo_candidate_at(topo, k);
    if (counts(d) && d->name != c->name)
        add_neighbour(topo_name_at(topo, c->name), d->name,
                      d->first > c->first ? d->first - c->first : c->first - d->first);
}

static void meet_others(im_topo *topo, guint32 i)
{
    const topo_candidate *c = topo_candidate_at(topo, i);
    for (guint32 step = 1; step <= REACH; step++) {
        if (step <= i)
            meet(topo, c, i - step);
        if (i + step < topo->candidates->len)
            meet(topo, c, i + step);
    }
}

static void weigh_neighbours(const im_topo *topo, topo_name *name)
{
    static const float HINT = 0.6f;
    for (guint i = 0; i < name->n_neighbours; i++) {
        topo_neighbour *n = &name->neighbours[i];
        double near = exp(-(double)n->tokens / FAR_TOKENS);
        n->weight = (float)(LEAST_NEAR + (1 - LEAST_NEAR) * near);
        if (n->name >= topo->first_hint)
            n->weight = MAX(n->weight, HINT);
    }
}

/* How much the other mentions of a name hear of what stands beside one: little when the name is a
 * country's, whose namesakes are told apart each time (`Mexico, Missouri`). */
static double share_of(const topo_name *name)
{
    for (guint k = 0; k < name->n_readings; k++)
        if (name->readings[k].kind == IM_PLACE_COUNTRY &&
            name->readings[k].name_kind == IM_NAME_MAIN)
            return COUNTRY_SHARE;
    return ONE_SENSE_SHARE;
}

static void find_neighbours(im_topo *topo)
{
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        name->neighbours = im_arena_array(topo->arena, topo_neighbour, TOPO_MOST_NEIGHBOURS);
        name->local = im_arena_array(topo->arena, float, MAX(name->n_readings, 1));
        for (guint32 hint = topo->first_hint; hint < topo->names->len; hint++)
            if (hint != n)
                add_neighbour(name, hint, G_MAXUINT32);
    }
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (counts(c) && topo_name_at(topo, c->name)->n_mentions++ < MOST_MENTIONS)
            meet_others(topo, i);
    }
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        name->pull = name->weight * (1 + 0.5 * log((double)MAX(name->n_mentions, 1)));
        name->share = share_of(name);
        weigh_neighbours(topo, name);
    }
}

/* ---- what stands right beside a mention ---- */

/* Probability that `inner` lies in what the name `outer` means. */
static double p_inside(const topo_name *outer, const topo_reading *inner)
{
    double p = 0;
    for (guint i = 0; i < outer->n_readings; i++)
        if (outer->readings[i].p > 0.01 && topo_contains(&outer->readings[i], inner))
            p += outer->readings[i].p;
    return p;
}

static double p_outside(const topo_reading *outer, const topo_name *inner)
{
    double p = 0;
    for (guint i = 0; i < inner->n_readings; i++)
        if (topo_contains(outer, &inner->readings[i]))
            p += inner->readings[i].p + 0.1;
    return MIN(p, 1);
}

/* Whether the word beside a mention says that it is of this kind: `state`, `municipality of`. */
static gboolean fits_cue(const topo_candidate *c, const topo_reading *r)
{
    gboolean either_area = c->cue == IM_PLACE_ADMIN2 && r->kind == IM_PLACE_TOWN;
    return c->cue && (c->cue == r->kind || either_area);
}

static double local_score(const im_topo *topo, const topo_candidate *c, const topo_reading *r)
{
    double score = 0;
    if (c->container != TOPO_NONE) {
        const topo_candidate *outer = topo_candidate_at(topo, c->container);
        score += CONTAINED_BONUS * p_inside(topo_name_at(topo, outer->name), r);
    }
    if (c->contains != TOPO_NONE) {
        const topo_candidate *inner = topo_candidate_at(topo, c->contains);
        score += OWN_BONUS * p_outside(r, topo_name_at(topo, inner->name));
    }
    if (c->speaks && r->capital == 2)
        score += CAPITAL_SPEAKS;
    if (fits_cue(c, r))
        score += c->cue == r->kind ? CUE_BONUS : CUE_BONUS - 1;
    return score;
}

static void spread_local(im_topo *topo)
{
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        memset(name->local, 0, sizeof(float) * name->n_readings);
    }
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (!counts(c) || (c->container == TOPO_NONE && c->contains == TOPO_NONE))
            continue;
        topo_name *name = topo_name_at(topo, c->name);
        for (guint k = 0; k < name->n_readings; k++)
            name->local[k] = MAX(name->local[k], (float)local_score(topo, c, &name->readings[k]));
    }
}

/* ---- countries and states of the document ---- */

static topo_support *support_slot(const im_topo *topo, im_place_id place)
{
    guint32 at = place * 2654435769u & topo->support_mask;
    while (topo->support[at].place != IM_PLACE_NONE && topo->support[at].place != place)
        at = (at + 1) & topo->support_mask;
    return &topo->support[at];
}

static void add_support(im_topo *topo, im_place_id place, double weight)
{
    if (place == IM_PLACE_NONE)
        return;
    topo_support *slot = support_slot(topo, place);
    if (slot->place == IM_PLACE_NONE)
        *slot = (topo_support){place, 0};
    slot->weight += (float)weight;
    topo->top_support = MAX(topo->top_support, (double)slot->weight);
}

static const double LEAST_P = 0.02;

static double strength(const topo_name *name, const topo_reading *r)
{
    double kind = r->kind == IM_PLACE_COUNTRY || r->kind == IM_PLACE_ADMIN1 ? 1.3 : 1.0;
    return name->pull * kind * r->p;
}

/* The readings that count, for most names a few of many. */
static void choose_live(im_topo *topo)
{
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        name->n_live = 0;
        for (guint k = 0; k < name->n_readings && name->n_live < G_N_ELEMENTS(name->live); k++)
            if (name->readings[k].p > LEAST_P)
                name->live[name->n_live++] = (guint16)k;
    }
}

static void gather_support(im_topo *topo)
{
    guint32 entries = 0, size = 16;
    choose_live(topo);
    for (guint32 n = 0; n < topo->names->len; n++)
        entries += topo_name_at(topo, n)->n_live;
    while (size < entries * 4)
        size *= 2;
    if (size > topo->support_mask + 1 || !topo->support) {
        topo->support = im_arena_array(topo->arena, topo_support, size);
        topo->support_mask = size - 1;
    }
    G_STATIC_ASSERT(IM_PLACE_NONE == G_MAXUINT32);
    memset(topo->support, 0xFF, sizeof *topo->support * (topo->support_mask + 1));
    topo->top_support = 0;
    for (guint32 n = 0; n < topo->names->len; n++) {
        const topo_name *name = topo_name_at(topo, n);
        for (guint k = 0; k < name->n_live; k++) {
            const topo_reading *r = &name->readings[name->live[k]];
            add_support(topo, r->country, strength(name, r));
            add_support(topo, r->admin1, strength(name, r));
        }
    }
}

/* What the other names give to the container of a reading. */
static double support_without(const im_topo *topo, const topo_name *name, im_place_id place)
{
    if (place == IM_PLACE_NONE)
        return 0;
    const topo_support *slot = support_slot(topo, place);
    double all = slot->place == place ? (double)slot->weight : 0, own = 0;
    for (guint k = 0; k < name->n_live && all > 0; k++) {
        const topo_reading *r = &name->readings[name->live[k]];
        if (r->country == place || r->admin1 == place)
            own += strength(name, r);
    }
    return MAX(0, all - own);
}

/* Its logarithm; neighbouring readings often lie in one country or state. */
typedef struct support_memo {
    im_place_id place;
    double score;
} support_memo;

static double log_support(const im_topo *topo, const topo_name *name, im_place_id place,
                          support_memo *memo)
{
    if (memo->place != place) {
        double support = support_without(topo, name, place);
        memo->place = place;
        memo->score = support > 0 ? (double)logf(1 + (float)support) : 0;
    }
    return memo->score;
}

/* ---- rounds ---- */

static void choose_top(topo_name *name)
{
    name->n_top = 0;
    for (guint k = 0; k < name->n_readings; k++) {
        guint at = name->n_top;
        while (at > 0 && name->readings[name->top[at - 1]].p < name->readings[k].p)
            at--;
        if (at >= G_N_ELEMENTS(name->top))
            continue;
        guint last = MIN(name->n_top, G_N_ELEMENTS(name->top) - 1);
        for (guint i = last; i > at; i--)
            name->top[i] = name->top[i - 1];
        name->top[at] = k;
        name->n_top = MIN(name->n_top + 1, G_N_ELEMENTS(name->top));
    }
}

/* Scores → probabilities. @return the largest change of one */
static double normalise(topo_name *name)
{
    static const double FAR_BELOW = 12;
    double best = -1e9, sum = 0, change = 0;
    for (guint k = 0; k < name->n_readings; k++)
        best = MAX(best, (double)name->readings[k].score);
    for (guint k = 0; k < name->n_readings; k++) {
        topo_reading *r = &name->readings[k];
        double below = best - (double)r->score;
        r->weight = below < FAR_BELOW ? expf(-(float)below) : 0;
        sum += r->weight;
    }
    for (guint k = 0; k < name->n_readings; k++) {
        topo_reading *r = &name->readings[k];
        float p = (float)(r->weight / sum);
        change = MAX(change, fabs((double)(p - r->p)));
        r->p = p;
    }
    choose_top(name);
    return change;
}

/* What --country, --near and the outlet's address say for a reading. */
static double prior_of_options(const im_topo *topo, const topo_reading *r)
{
    const im_toponym_options *o = topo->options;
    double score = 0;
    if ((o->country || *topo->outlet_country) && r->country != IM_PLACE_NONE &&
        r->kind != IM_PLACE_COUNTRY) {
        const char *code = im_gazetteer_place(topo->gazetteer, r->country).country_code;
        if (o->country && g_ascii_strcasecmp(code, o->country) == 0)
            score += PRIOR_COUNTRY;
        else if (!o->country && g_ascii_strcasecmp(code, topo->outlet_country) == 0)
            score += PRIOR_OUTLET;
    }
    if (o->near) {
        topo_reading at = {.place = IM_PLACE_NONE};
        topo_set_position(&at, *o->near);
        score += PRIOR_NEAR * topo_closeness(r, &at);
    }
    return score;
}

static void set_priors(im_topo *topo)
{
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        for (guint k = 0; k < name->n_readings; k++) {
            topo_reading *r = &name->readings[k];
            r->wish = (float)prior_of_options(topo, r);
            r->prior += r->wish;
            r->score = r->prior + (r->at_home ? (float)PRIOR_LANGUAGE : 0);
        }
        normalise(name);
    }
}

/* What is remembered from one reading of a name to the next. */
typedef struct reading_memo {
    support_memo country, state, self;
} reading_memo;

static double context_score(const im_topo *topo, const topo_name *name, topo_reading *r,
                            reading_memo *memo)
{
    static const float UNLIKELY = 1e-3f;
    double score = 0, country = log_support(topo, name, r->country, &memo->country);
    gboolean far = country <= 0 && r->p < UNLIKELY; /* from all that the document speaks of */
    r->near = far ? 0 : (float)topo_near_anchors(topo, r);
    if (r->near > 0)
        score += NEAR_WEIGHT * (double)logf(1 + 4 * r->near);
    if (r->at_home)
        score += PRIOR_LANGUAGE / (1 + HOME_FADES * MAX(0, topo->top_support - name->weight));
    if (r->kind != IM_PLACE_COUNTRY)
        score += COUNTRY_WEIGHT * country;
    if (r->kind != IM_PLACE_COUNTRY && r->kind != IM_PLACE_ADMIN1)
        score += STATE_WEIGHT * log_support(topo, name, r->admin1, &memo->state);
    if (r->kind == IM_PLACE_COUNTRY || r->kind == IM_PLACE_ADMIN1)
        score += SELF_WEIGHT * log_support(topo, name, r->place, &memo->self);
    return score;
}

/* After the first round, readings below `least` keep their score: what they hear of the others
 * would hardly change it. */
static void score_readings(im_topo *topo, topo_name *name, float least)
{
    static const support_memo nothing = {IM_PLACE_NONE, 0};
    reading_memo memo = {nothing, nothing, nothing};
    const double share = name->share;
    topo_gather_anchors(topo, name);
    for (guint k = 0; k < name->n_readings; k++) {
        topo_reading *r = &name->readings[k];
        if (r->p < least)
            continue;
        r->score = (float)(r->prior + share * name->local[k] + context_score(topo, name, r, &memo));
    }
}

/* @return the largest change of a probability */
static double run_round(im_topo *topo, float least)
{
    double change = 0;
    spread_local(topo);
    gather_support(topo);
    for (guint32 n = 0; n < topo->names->len; n++)
        score_readings(topo, topo_name_at(topo, n), least);
    for (guint32 n = 0; n < topo->names->len; n++) {
        double of_name = normalise(topo_name_at(topo, n));
        change = MAX(change, of_name);
    }
    return change;
}

/* ---- the choice for each mention ---- */

static double mention_score(const im_topo *topo, const topo_candidate *c, const topo_name *name,
                            guint k)
{
    const topo_reading *r = &name->readings[k];
    double own = local_score(topo, c, r), shared = name->share * (double)name->local[k];
    gboolean hears = c->container == TOPO_NONE && (!c->cue || fits_cue(c, r));
    return r->score - shared + (hears ? MAX(own, shared) : own);
}

/* The score of a place that the gazetteer lacks: as that of a hamlet in the country that the document
 * speaks of, and more when an abbreviated state stands beside it that holds no place of the name. */
static double score_of_none(const im_topo *topo, const topo_candidate *c)
{
    double country = MAX(0, topo->top_support - topo_name_at(topo, c->name)->weight);
    return NONE_BASE + COUNTRY_WEIGHT * log1p(country) + (c->elsewhere ? ELSEWHERE : 0);
}

/* Whether another reading would have been chosen if nobody had asked for a country or an area. */
static gboolean is_wished(const im_topo *topo, const topo_name *name, guint best)
{
    double without = topo->scores[best] - name->readings[best].wish;
    for (guint k = 0; k < name->n_readings && name->readings[best].wish > 0; k++)
        if (topo->scores[k] - name->readings[k].wish > without)
            return TRUE;
    return FALSE;
}

static im_reason reason_of(const im_topo *topo, const topo_candidate *c, const topo_name *name)
{
    const topo_reading *r = &name->readings[c->best];
    if (c->container != TOPO_NONE &&
        p_inside(topo_name_at(topo, topo_candidate_at(topo, c->container)->name), r) > 0.3)
        return IM_REASON_CONTAINER;
    if (c->contains != TOPO_NONE &&
        p_outside(r, topo_name_at(topo, topo_candidate_at(topo, c->contains)->name)) > 0.3)
        return IM_REASON_CONTAINS;
    if (is_wished(topo, name, c->best))
        return IM_REASON_PRIOR;
    if (r->name_kind == IM_NAME_ALIAS || r->name_kind == IM_NAME_ABBR ||
        r->name_kind == IM_NAME_POSTAL)
        return IM_REASON_ALIAS;
    if (name->n_readings == 1)
        return IM_REASON_ONLY;
    if (name->local[c->best] > CONTAINED_BONUS / 3)
        return IM_REASON_ONE_SENSE;
    guint by_prior = 0;
    for (guint k = 1; k < name->n_readings; k++)
        if (name->readings[k].prior > name->readings[by_prior].prior)
            by_prior = k;
    if (by_prior == c->best)
        return IM_REASON_RANK;
    return r->near > 0.5f ? IM_REASON_NEAR : IM_REASON_DOCUMENT;
}

/* A town and the municipality around it are one answer in two words. */
static gboolean is_same_spot(const topo_reading *a, const topo_reading *b)
{
    static const double SAME_KM = 40;
    gboolean small = (a->kind == IM_PLACE_TOWN || a->kind == IM_PLACE_ADMIN2) &&
                     (b->kind == IM_PLACE_TOWN || b->kind == IM_PLACE_ADMIN2);
    return small && a->admin1 == b->admin1 && topo_distance_km(a, b) < SAME_KM;
}

/* Of a town and the municipality around it the town is meant, unless `municipality` stands there. */
static guint prefer_town(const topo_name *name, const double *scores, guint best, guint8 cue)
{
    static const double CLOSE_BEHIND = 1.5;
    guint town = best;
    if (name->readings[best].kind != IM_PLACE_ADMIN2 || cue == IM_PLACE_ADMIN2)
        return best;
    for (guint k = 0; k < name->n_readings; k++)
        if (name->readings[k].kind == IM_PLACE_TOWN && scores[k] >= scores[best] - CLOSE_BEHIND &&
            is_same_spot(&name->readings[k], &name->readings[best]) &&
            (town == best || scores[k] > scores[town]))
            town = k;
    return town;
}

/* The best reading and the best of those that lie elsewhere. */
static void choose_two(const topo_name *name, const double *scores, topo_candidate *c)
{
    c->best = 0;
    for (guint k = 1; k < name->n_readings; k++)
        if (scores[k] > scores[c->best])
            c->best = k;
    c->best = prefer_town(name, scores, c->best, c->cue);
    c->second = c->best;
    for (guint k = 0; k < name->n_readings; k++)
        if (!is_same_spot(&name->readings[k], &name->readings[c->best]) && k != c->best &&
            (c->second == c->best || scores[k] > scores[c->second]))
            c->second = k;
}

static void choose(im_topo *topo, topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    double *scores = topo->scores;
    for (guint k = 0; k < name->n_readings; k++)
        scores[k] = mention_score(topo, c, name, k);
    choose_two(name, scores, c);
    double best = scores[c->best], sum = 0, here = 0;
    for (guint k = 0; k < name->n_readings; k++) {
        double p = exp(scores[k] - best);
        sum += p;
        if (k == c->best || is_same_spot(&name->readings[k], &name->readings[c->best]))
            here += p;
    }
    c->p_none = exp(score_of_none(topo, c) - best);
    sum += c->p_none;
    c->p_none /= sum;
    c->p_best = here / sum;
    c->p_second = c->second == c->best ? 0 : exp(scores[c->second] - best) / sum;
    c->reason = (guint8)reason_of(topo, c, name);
}

/* How well its chosen reading agrees with the rest of the document. */
static void note_support(im_topo *topo, topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    const topo_reading *r = &name->readings[c->best];
    if (r->near > 0.5f || support_without(topo, name, r->admin1) > 1.0)
        topo_set(c, TOPO_F_SUPPORT);
    if (c->p_none > c->p_best)
        topo_set(c, TOPO_F_UNFIT);
    if (c->reason == IM_REASON_CONTAINER)
        topo_set(c, TOPO_F_CONTAINED);
    if (c->reason == IM_REASON_CONTAINS)
        topo_set(c, TOPO_F_CONTAINER);
}

void topo_resolve(im_topo *topo)
{
    find_neighbours(topo);
    set_priors(topo);
    for (guint round = 0; round < ROUNDS; round++)
        if (run_round(topo, round ? HOPELESS : 0) < SETTLED)
            break;
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->out || c->name == TOPO_NONE)
            continue;
        choose(topo, c);
        note_support(topo, c);
    }
}
