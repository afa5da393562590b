/* Which place each name means. All names of a document are weighed together in a few rounds: a
 * reading gains from its prior, from a container beside a mention, from its country and state being
 * named elsewhere, and from lying close to the likely readings of its neighbours (after Leidner 2007,
 * Lieberman and Samet 2012; the weights are general ones, checked on news). */
#include "toponym/curve.h"
#include "toponym/priv.h"

#include <math.h>
#include <string.h>

static const double CONTAINED_BONUS = 9.0, OWN_BONUS = 2.5, CUE_BONUS = 4.3, ONE_SENSE_SHARE = 0.8,
                    COUNTRY_SHARE = 0.2;
static const double COUNTRY_WEIGHT = 2.2, STATE_WEIGHT = 2.2, NEAR_WEIGHT = 1.75, SELF_WEIGHT = 0.9;
static const double PRIOR_COUNTRY = 3.0, PRIOR_NEAR = 3.0, PRIOR_LANGUAGE = 1.6, HOME_FADES = 0.3;
static const double PRIOR_OUTLET = 3.0;
static const double CAPITAL_SPEAKS = 2.5;
static const float FAR_TOKENS = 60, LEAST_NEAR = 0.15f;
static const double NONE_BASE = 1.2, ELSEWHERE = 12;
enum { ROUNDS = 4 };
/* Rounds that change no probability by more than this need no other. */
static const double SETTLED = 0.02;
static const float HOPELESS = 1e-2f;
/* A name that is hardly a place gets one round; one that is less still, none. */
static const double NEVER = 0.06;

/* ---- neighbours ---- */

enum { REACH = 7, MOST_MENTIONS = 12 };

static guint32 *ids_of(topo_neighbours *neighbours)
{
    return (guint32 *)neighbours->names;
}

static const topo_four_ids ordinals[] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
G_STATIC_ASSERT(4 * G_N_ELEMENTS(ordinals) == TOPO_MOST_NEIGHBOURS);

/* Where a name stands, at least TOPO_MOST_NEIGHBOURS when it does not. All are compared: an early end
 * would not be foretold. */
static inline guint neighbour_at(const topo_neighbours *neighbours, guint32 other)
{
    topo_four_ids found = {0};
    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++)
        found |= (topo_four_ids)(neighbours->names[i] == other) & ordinals[i];
    return (found[0] | found[1] | found[2] | found[3]) - 1;
}

/* By fours, as they are read: to read what was written in pieces has to wait. */
static inline void set_neighbour(topo_neighbours *neighbours, guint at, guint32 other)
{
    for (guint i = 0; i < G_N_ELEMENTS(ordinals); i++) {
        const topo_four_ids here = (topo_four_ids)(ordinals[i] == at + 1);
        neighbours->names[i] = (neighbours->names[i] & ~here) | (here & other);
    }
}

/* The first time that a name is met is not always the nearest. */
static void add_neighbour(topo_name *name, guint32 other, guint32 tokens)
{
    const guint at = MIN(neighbour_at(name->neighbours, other), name->n_neighbours);
    if (at == TOPO_MOST_NEIGHBOURS)
        return;
    name->neighbours->tokens[at] = MIN(name->neighbours->tokens[at], tokens);
    set_neighbour(name->neighbours, at, other);
    name->n_neighbours += at == name->n_neighbours;
}

static inline gboolean counts(const topo_candidate *c)
{
    return (c->name != TOPO_NONE) & (!c->out | (c->out == TOPO_OUT_DEMONYM));
}

/* A mention that counts: its name and where it stands. */
typedef struct line {
    guint32 name, first;
} line;

/* Those that count, in their order; before and behind them stand some that are of no name.
 * @return the first of them */
static line *line_up(const im_topo *topo, guint *n)
{
    line *all = im_arena_room(topo->arena, line, topo->candidates->len + 2 * REACH);
    memset(all, 0xFF, REACH * sizeof(line)); /* TOPO_NONE */
    *n = 0;
    for (guint i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        all[REACH + *n] = (line){c->name, c->first};
        *n += counts(c);
    }
    memset(all + REACH + *n, 0xFF, REACH * sizeof(line));
    return all + REACH;
}

static inline void meet(topo_name *name, const line *own, const line *other)
{
    if ((other->name != TOPO_NONE) & (other->name != own->name))
        add_neighbour(name, other->name,
                      MAX(own->first, other->first) - MIN(own->first, other->first));
}

static void meet_others(topo_name *name, const line *own)
{
    for (guint step = 1; step <= REACH; step++) {
        meet(name, own, own - step);
        meet(name, own, own + step);
    }
}

static void weigh_neighbours(const im_topo *topo, topo_name *name)
{
    static const float HINT = 0.6f;
    for (guint i = 0; i < name->n_neighbours; i++) {
        float near = topo_exp_minus((float)name->neighbours->tokens[i] / FAR_TOKENS);
        float weight = LEAST_NEAR + (1 - LEAST_NEAR) * near;
        gboolean hint = ids_of(name->neighbours)[i] >= topo->first_hint;
        name->neighbours->weight[i] = hint ? MAX(weight, HINT) : weight;
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
        name->neighbours = im_arena_room(topo->arena, topo_neighbours, 1);
        memset(name->neighbours->names, 0xFF, sizeof name->neighbours->names); /* TOPO_NONE */
        memset(name->neighbours->tokens, 0xFF, sizeof name->neighbours->tokens);
        name->local = im_arena_room(topo->arena, float, MAX(name->n_readings, 1));
        for (guint32 hint = topo->first_hint; hint < topo->names->len; hint++)
            if (hint != n)
                add_neighbour(name, hint, G_MAXUINT32);
    }
    guint n_lines;
    const line *lines = line_up(topo, &n_lines);
    for (guint i = 0; i < n_lines; i++) {
        topo_name *name = topo_name_at(topo, lines[i].name);
        if (name->n_mentions++ < MOST_MENTIONS)
            meet_others(name, &lines[i]);
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
        memset(name->local, 0, sizeof(float) * name->n_active);
    }
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (!counts(c) || (c->container == TOPO_NONE && c->contains == TOPO_NONE))
            continue;
        topo_name *name = topo_name_at(topo, c->name);
        for (guint k = 0; k < name->n_active; k++)
            name->local[k] = MAX(name->local[k], (float)local_score(topo, c, &name->readings[k]));
    }
}

/* ---- rounds ---- */

static const float LEAST_P = 0.02f, LEAST_ANCHOR = 1e-4f;

/* Its likeliest readings as others see them; countries and regions are too large to be near to. */
static void set_anchors(topo_name *name)
{
    name->n_anchors = 0;
    for (guint i = 0; i < name->n_top; i++) {
        const topo_reading *r = &name->readings[name->top[i]];
        float weight = (float)name->weight * r->p;
        name->anchors[name->n_anchors] = (topo_anchor){r, weight};
        name->n_anchors +=
            (weight > LEAST_ANCHOR) & (r->kind != IM_PLACE_COUNTRY) & (r->kind != IM_PLACE_REGION);
    }
    for (guint i = name->n_anchors; i < TOPO_TOP; i++)
        name->anchors[i] = topo_no_anchor;
}

/* A probability and its reading as one number: of two the larger is likelier, or comes first. */
static inline guint64 pack_likely(float p, guint k)
{
    guint32 bits; /* floats from 0 on are in the order of their bits */
    memcpy(&bits, &p, sizeof bits);
    return (guint64)bits << 32 | (G_MAXUINT32 - k);
}

/* The readings that tell of others, for most names a few of many; without branches, which would not be
 * foretold. */
static void choose_likely(topo_name *name)
{
    guint64 top[TOPO_TOP] = {0};
    guint n_live = 0, n_top = 0;
    for (guint k = 0; k < name->n_active; k++) {
        const float p = name->readings[k].p;
        guint64 next = pack_likely(p, k);
        for (guint i = 0; i < TOPO_TOP; i++) {
            const guint64 larger = MAX(top[i], next);
            next = MIN(top[i], next);
            top[i] = larger;
        }
        name->live[n_live] = (guint16)k;
        n_live += p > LEAST_P;
        n_top += p >= LEAST_ANCHOR;
    }
    name->n_live = n_live;
    name->n_top = MIN(n_top, TOPO_TOP);
    for (guint i = 0; i < name->n_top; i++)
        name->top[i] = G_MAXUINT32 - (guint32)top[i];
    set_anchors(name);
}

/* Scores → probabilities. @return the largest change of one */
static double normalise(topo_name *name)
{
    static const double FAR_BELOW = 12;
    double best = -1e9, sum = 0, change = 0;
    for (guint k = 0; k < name->n_active; k++)
        best = MAX(best, (double)name->readings[k].score);
    for (guint k = 0; k < name->n_active; k++) {
        topo_reading *r = &name->readings[k];
        double below = best - (double)r->score;
        r->weight = below < FAR_BELOW ? topo_exp_minus((float)below) : 0;
        sum += r->weight;
    }
    for (guint k = 0; k < name->n_active; k++) {
        topo_reading *r = &name->readings[k];
        float p = (float)(r->weight / sum);
        change = MAX(change, fabs((double)(p - r->p)));
        r->p = p;
    }
    choose_likely(name);
    return change;
}

/* What --country, --near and the outlet's address say for a reading. */
static double prior_of_options(const im_topo *topo, const topo_reading *r)
{
    const im_toponym_options *o = topo->options;
    double score = 0;
    if ((o->country || *topo->outlet_country) && r->country != IM_PLACE_NONE &&
        r->kind != IM_PLACE_COUNTRY) {
        const char *code = im_gazetteer_record(topo->gazetteer, r->country).country_code;
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

static void set_priors(const im_topo *topo, topo_name *name, guint first)
{
    for (guint k = first; k < name->n_readings; k++) {
        topo_reading *r = &name->readings[k];
        r->wish = (float)prior_of_options(topo, r);
        r->prior += r->wish;
        r->score = r->prior + r->at_home * (float)PRIOR_LANGUAGE;
    }
    name->n_active = name->n_readings;
    normalise(name);
}

/* ---- smaller places of the names ---- */

static void load_namesakes(const im_topo *topo)
{
    topo_look_for_namesakes(topo);
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        guint before = name->n_readings;
        topo_load_namesakes(topo, name);
        if (name->n_readings > before)
            set_priors(topo, name, before);
    }
}

static void begin(im_topo *topo)
{
    gboolean any_more = FALSE;
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        set_priors(topo, name, 0);
        any_more = any_more || topo_has_more(name);
    }
    if (any_more)
        load_namesakes(topo);
}

/* The most that lying near others can add to a reading of the name that is looked at. */
static double most_near(const im_topo *topo)
{
    return NEAR_WEIGHT * (double)topo_log1p(4 * topo->anchors.all_weight);
}

static double context_score(const im_topo *topo, const topo_name *name, const topo_reading *r)
{
    double score = 0;
    score +=
        r->at_home * PRIOR_LANGUAGE / (1 + HOME_FADES * MAX(0, topo->top_support - name->weight));
    /* of its country, its state and itself, as far as it is no country or state */
    const gboolean country = r->kind == IM_PLACE_COUNTRY, state = r->kind == IM_PLACE_ADMIN1;
    score += (1 - country) * COUNTRY_WEIGHT * topo_log_support(topo, r->country);
    score += (1 - (country | state)) * STATE_WEIGHT * topo_log_support(topo, r->admin1);
    score += (country | state) * SELF_WEIGHT * topo_log_support(topo, r->place);
    return score;
}

/* Sets the scores of the readings; of those that the nearest neighbours could not save, without asking
 * how near they are. */
static void score_readings(im_topo *topo, topo_name *name)
{
    static const double FAR_BEHIND = 4;
    const double share = name->share;
    double best = -1e9;
    topo_own_support own;
    topo_gather_anchors(topo, name);
    topo_take_own(topo, name, &own);
    const double most = most_near(topo);
    for (guint k = 0; k < name->n_active; k++) {
        topo_reading *r = &name->readings[k];
        double score =
            (double)r->prior + share * (double)name->local[k] + context_score(topo, name, r);
        r->near = 0;
        if (score + most >= best - FAR_BEHIND) {
            r->near = (float)topo_near_anchors(topo, r);
            score += NEAR_WEIGHT * (double)topo_log1p(4 * r->near);
        }
        best = MAX(best, score);
        r->score = (float)score;
    }
    topo_give_back(&own);
}

/* Brings the readings that are likely enough to be looked at again before the others, which keep what
 * they have: what the others hear in later rounds would hardly change it. */
static void set_aside_hopeless(const im_topo *topo, topo_name *name)
{
    guint n = 0, aside = 0;
    for (guint k = 0; k < name->n_active; k++)
        n += name->readings[k].p >= HOPELESS;
    if (n == name->n_active)
        return;
    topo_reading *readings = im_arena_room(topo->arena, topo_reading, name->n_readings);
    float *local = im_arena_room(topo->arena, float, name->n_readings);
    for (guint k = 0, at = 0; k < name->n_active; k++) {
        guint to = name->readings[k].p >= HOPELESS ? at++ : n + aside++;
        readings[to] = name->readings[k];
        local[to] = name->local[k];
    }
    name->readings = readings;
    name->local = local;
    name->n_active = n;
    choose_likely(name);
}

/* Whether the last round changed what a name means, or what one near it does, and somebody may ask. */
static gboolean is_stirred(const im_topo *topo, const topo_name *name)
{
    static const double STILL = 0.1;
    if (name->weight < TOPO_HARDLY)
        return FALSE;
    gboolean stirred = name->change > STILL;
    for (guint i = 0; i < name->n_neighbours && !stirred; i++)
        stirred = topo_name_at(topo, ids_of(name->neighbours)[i])->change > STILL;
    return stirred;
}

/* @return the largest change of a probability */
static double run_round(im_topo *topo, gboolean first)
{
    double change = 0;
    spread_local(topo);
    topo_gather_support(topo);
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        name->stirred =
            name->n_readings > 1 && (first ? name->weight > NEVER : is_stirred(topo, name));
        if (name->stirred)
            score_readings(topo, name);
    }
    for (guint32 n = 0; n < topo->names->len; n++) {
        topo_name *name = topo_name_at(topo, n);
        name->change = name->stirred ? normalise(name) : 0;
        if (first && name->stirred)
            set_aside_hopeless(topo, name);
        change = MAX(change, name->change);
    }
    return change;
}

/* Names of one reading decide nothing, whatever it scores; but the score may fall below that of a place
 * that the gazetteer lacks. */
static void score_only_readings(im_topo *topo)
{
    for (guint32 n = 0; n < topo->names->len; n++)
        if (topo_name_at(topo, n)->n_readings == 1)
            score_readings(topo, topo_name_at(topo, n));
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

/* What a name gives to a place that the gazetteer lacks, when its best reading lies abroad: where many
 * places bear a name (`San Antonio`, `Guadalupe`), the country that the document speaks of has one, too,
 * however small. Of a span that the caller gave as a place, the best answer that there is is wanted. */
static double score_of_common(const im_topo *topo, const topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    const topo_reading *r = &name->readings[c->choice.best];
    const gboolean abroad = topo->main_country != IM_PLACE_NONE &&
                            r->country != topo->main_country && r->kind != IM_PLACE_COUNTRY &&
                            r->kind != IM_PLACE_REGION;
    return abroad && !c->given ? (double)topo_log1p((float)(name->n_source - 1)) : 0;
}

/* The score of a place that the gazetteer lacks: as that of a hamlet in the country that the document
 * speaks of, and more when an abbreviated state stands beside it that holds no place of the name. */
static double score_of_none(const im_topo *topo, const topo_candidate *c)
{
    double country = MAX(0, topo->top_support - topo_name_at(topo, c->name)->weight);
    return NONE_BASE + COUNTRY_WEIGHT * (double)topo_log1p((float)country) +
           (c->elsewhere ? ELSEWHERE : 0) + score_of_common(topo, c);
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
    const topo_reading *r = &name->readings[c->choice.best];
    if (c->container != TOPO_NONE &&
        p_inside(topo_name_at(topo, topo_candidate_at(topo, c->container)->name), r) > 0.3)
        return IM_REASON_CONTAINER;
    if (c->contains != TOPO_NONE &&
        p_outside(r, topo_name_at(topo, topo_candidate_at(topo, c->contains)->name)) > 0.3)
        return IM_REASON_CONTAINS;
    if (is_wished(topo, name, c->choice.best))
        return IM_REASON_PRIOR;
    if (r->name_kind == IM_NAME_ALIAS || r->name_kind == IM_NAME_ABBR ||
        r->name_kind == IM_NAME_POSTAL)
        return IM_REASON_ALIAS;
    if (name->n_readings == 1)
        return IM_REASON_ONLY;
    if (name->local[c->choice.best] > CONTAINED_BONUS / 3)
        return IM_REASON_ONE_SENSE;
    guint by_prior = 0;
    for (guint k = 1; k < name->n_readings; k++)
        if (name->readings[k].prior > name->readings[by_prior].prior)
            by_prior = k;
    if (by_prior == c->choice.best)
        return IM_REASON_RANK;
    return r->near > 0.5f ? IM_REASON_NEAR : IM_REASON_DOCUMENT;
}

/* A town and the municipality around it are one answer in two words. */
static gboolean is_same_spot(const topo_reading *a, const topo_reading *b)
{
    static const double SAME_KM = 40;
    const gboolean small = ((a->kind == IM_PLACE_TOWN) | (a->kind == IM_PLACE_ADMIN2)) &
                           ((b->kind == IM_PLACE_TOWN) | (b->kind == IM_PLACE_ADMIN2));
    return (small & (a->admin1 == b->admin1)) && topo_distance_km(a, b) < SAME_KM;
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

/* Nothing beside the mention says more than the document says of its name. */
static gboolean stands_alone(const topo_candidate *c)
{
    return c->container == TOPO_NONE && c->contains == TOPO_NONE && !c->cue && !c->speaks &&
           !c->elsewhere;
}

/* How likely a score is against the best. */
static double p_below(double top, double score)
{
    return (double)topo_exp_minus((float)(top - score));
}

/* Scores all readings for the mention. @return the best, without a branch: which one is not foretold */
static guint score_mention(im_topo *topo, const topo_candidate *c, const topo_name *name)
{
    guint best = 0;
    double most = -G_MAXDOUBLE;
    for (guint k = 0; k < name->n_readings; k++) {
        const double score = topo->scores[k] = mention_score(topo, c, name, k);
        best = score > most ? k : best;
        most = MAX(most, score);
    }
    return prefer_town(name, topo->scores, best, c->cue);
}

static void choose(im_topo *topo, topo_candidate *c)
{
    static const double LITTLE = 1e-6;
    topo_name *name = topo_name_at(topo, c->name);
    const double *scores = topo->scores;
    if (stands_alone(c) && name->choice.known) {
        c->choice = name->choice;
        return;
    }
    c->choice.best = c->choice.second = score_mention(topo, c, name);
    const topo_reading *best = &name->readings[c->choice.best];
    const double none = score_of_none(topo, c);
    double top = none, second = -G_MAXDOUBLE, p_second = 0, sum = 0, here = 0;
    for (guint k = 0; k < name->n_readings; k++)
        top = MAX(top, scores[k]);
    for (guint k = 0; k < name->n_readings; k++) {
        const topo_reading *r = &name->readings[k];
        const double p = p_below(top, scores[k]);
        sum += p;
        if (r == best || is_same_spot(r, best)) {
            here += p > LITTLE ? p : 0;
        } else if (scores[k] > second) { /* the best of those that lie elsewhere */
            second = scores[k];
            p_second = p;
            c->choice.second = k;
        }
    }
    sum += p_below(top, none);
    c->choice.p_none = p_below(top, none) / sum;
    c->choice.p_best = here / sum;
    c->choice.p_second = p_second / sum;
    c->choice.reason = (guint8)reason_of(topo, c, name);
    c->choice.known = TRUE;
    if (stands_alone(c))
        name->choice = c->choice;
}

/* How well its chosen reading agrees with the rest of the document. */
static void note_support(im_topo *topo, topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    const topo_reading *r = &name->readings[c->choice.best];
    if (r->near > 0.5f || topo_support_without(topo, name, r->admin1) > 1.0)
        topo_set(c, TOPO_F_SUPPORT);
    if (c->choice.p_none > c->choice.p_best)
        topo_set(c, TOPO_F_UNFIT);
    if (c->choice.reason == IM_REASON_CONTAINER)
        topo_set(c, TOPO_F_CONTAINED);
    if (c->choice.reason == IM_REASON_CONTAINS)
        topo_set(c, TOPO_F_CONTAINER);
}

void topo_resolve(im_topo *topo)
{
    begin(topo);
    topo_begin_support(topo);
    find_neighbours(topo);
    for (guint round = 0; round < ROUNDS; round++)
        if (run_round(topo, round == 0) < SETTLED)
            break;
    score_only_readings(topo);
    topo->main_country = topo_main_country(topo);
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->out || c->name == TOPO_NONE)
            continue;
        choose(topo, c);
        note_support(topo, c);
    }
    topo_end_support(topo);
}
