/* What a report tells twice is one event; what it tells with too little is none. */
#include "gazetteer/record.h"
#include "incident/kinship.h"
#include "incident/priv.h"

#include <string.h>

static im_place_id place_of(const story *s, const event *e)
{
    return s->mentions[e->mention].place;
}

static gboolean is_resolved(const story *s, const event *e)
{
    return e->mention != IM_NO_MENTION && s->mentions[e->mention].status == IM_MENTION_RESOLVED;
}

/* The surface of a place that the gazetteer lacks stands for it. */
static gboolean same_surface(const story *s, const event *a, const event *b)
{
    im_span x = s->mentions[a->mention].span, y = s->mentions[b->mention].span;
    return x.end - x.start == y.end - y.start &&
           memcmp(s->text->bytes + x.start, s->text->bytes + y.start, x.end - x.start) == 0;
}

/* A town and the municipality of its name. */
static gboolean are_namesakes(const im_gazetteer *g, im_place_id a, im_place_id b)
{
    enum { NEAR_KM = 30 };
    return strcmp(im_gazetteer_place_name(g, a), im_gazetteer_place_name(g, b)) == 0 &&
           im_distance_km(im_gazetteer_place(g, a).position, im_gazetteer_place(g, b).position) <
               NEAR_KM;
}

static gboolean same_place(const story *s, const event *a, const event *b)
{
    if (a->country_wide || b->country_wide)
        return a->country_wide && b->country_wide;
    if (a->mention == IM_NO_MENTION || b->mention == IM_NO_MENTION)
        return a->mention == b->mention && a->country == b->country;
    if (!is_resolved(s, a) || !is_resolved(s, b))
        return same_surface(s, a, b);
    if (place_of(s, a) == place_of(s, b))
        return TRUE;
    return im_gazetteer_admin1(s->gazetteer, place_of(s, a)) ==
               im_gazetteer_admin1(s->gazetteer, place_of(s, b)) &&
           are_namesakes(s->gazetteer, place_of(s, a), place_of(s, b));
}

/* Whether `wide` is the state or country that holds the place of `narrow`. */
static gboolean holds(const story *s, const event *wide, const event *narrow)
{
    if (!is_resolved(s, narrow) || narrow->country_wide)
        return FALSE;
    if (wide->country_wide)
        return TRUE;
    if (!is_resolved(s, wide))
        return FALSE;
    const im_place_id n = place_of(s, narrow), w = place_of(s, wide);
    return n != w && (im_gazetteer_admin1(s->gazetteer, n) == w ||
                      im_gazetteer_country(s->gazetteer, n) == w);
}

/* Nobody said when: the day of the report stands for it. */
static gboolean is_dated_by_report(const event *e)
{
    return e->basis == IM_DATE_PUBLISHED || e->basis == IM_DATE_DATELINE;
}

static gboolean dates_meet(const event *a, const event *b)
{
    if (a->start == IM_DAY_NONE || b->start == IM_DAY_NONE)
        return TRUE;
    if (is_dated_by_report(a) != is_dated_by_report(b))
        return a->start <= b->stop + IM_NEWS_DAYS && b->start <= a->stop + IM_NEWS_DAYS;
    return a->start <= b->stop && b->start <= a->stop;
}

static gboolean history_agrees(const event *a, const event *b)
{
    return (a->status == IM_STATUS_HISTORIC) == (b->status == IM_STATUS_HISTORIC);
}

static gboolean has_victims(const event *e)
{
    return im_event_dead(e) != IM_UNKNOWN || e->injured != IM_UNKNOWN ||
           e->arrested != IM_UNKNOWN || e->abducted != IM_UNKNOWN;
}

static gboolean numbers_agree(int a, int b)
{
    return a == IM_UNKNOWN || b == IM_UNKNOWN || a == b;
}

/* Who most of the dead were, ROLE_PEOPLE where that is not said. */
static int main_role(const event *e)
{
    int best = ROLE_PEOPLE;
    for (int role = 0; role < N_ROLES; role++)
        if (e->dead[role] > e->dead[best])
            best = role;
    return best;
}

/* "the first explosion": one of those told before. */
static gboolean is_one_of(const story *s, const event *b)
{
    static im_words which = IM_WORDS("first", "second", "third", "last", "primera", "primer",
                                     "segunda", "segundo", "tercera", "tercer", "ultima", "ultimo");
    return b->definite && b->count <= 1 && b->first > 0 &&
           im_token_is_any(s->text, b->first - 1, &which);
}

static gboolean roles_agree(const event *a, const event *b)
{
    int x = main_role(a), y = main_role(b);
    return x == y || x == ROLE_PEOPLE || y == ROLE_PEOPLE;
}

/* "yesterday's attack": a word for whatever was done, of which nothing more is said. */
static gboolean is_any_attack(const event *e)
{
    return e->type == IM_INCIDENT_ATTACK && e->noun && !has_victims(e) && e->count <= 1;
}

/* "One person has died": of what was told at that place, and of whose dead nothing was. */
static gboolean is_toll_of(const event *b, const event *a)
{
    return b->implied && b->type == IM_INCIDENT_KILLING && b->place_weight <= IM_WEIGHT_CARRIED &&
           im_event_dead(a) == IM_UNKNOWN;
}

/* Two events of violence are one when neither says what the other denies. */
static gboolean violence_agrees(const story *s, const event *a, const event *b)
{
    gboolean close = b->sentence - a->sentence <= 3;
    gboolean counts = numbers_agree(a->count, b->count) || (a->count > 1 && is_one_of(s, b));
    if (!numbers_agree(im_event_dead(a), im_event_dead(b)) || !counts)
        return b->definite && close && roles_agree(a, b);
    if (a->type == b->type || is_any_attack(a) || is_any_attack(b) || is_toll_of(b, a))
        return TRUE;
    return (close && (!has_victims(a) || !has_victims(b))) || b->definite ||
           (im_event_dead(a) != IM_UNKNOWN && im_event_dead(a) == im_event_dead(b));
}

static gboolean same_paragraph(const story *s, const event *a, const event *b)
{
    return s->text->sentences[a->sentence].paragraph == s->text->sentences[b->sentence].paragraph;
}

static gboolean is_next(const story *s, const event *a, const event *b)
{
    return b->sentence - a->sentence <= 1 && same_paragraph(s, a, b);
}

static gboolean related(const story *s, const event *a, const event *b)
{
    return a->type == b->type || (im_event_is_violent(a) && im_event_is_violent(b)) ||
           (a->type == IM_INCIDENT_OPERATION && im_event_is_violent(b) && is_next(s, a, b));
}

/* "The murder of the six priests is not solved": of what was told before, without a place. */
static gboolean is_placeless_of(const story *s, const event *wide, const event *narrow)
{
    gboolean nowhere = wide->place_weight <= IM_WEIGHT_MAIN || wide->mention == IM_NO_MENTION;
    return nowhere && !wide->country_wide && im_event_is_violent(wide) &&
           im_event_is_violent(narrow) &&
           ((wide->count <= 1 && narrow->count <= 1) || wide->count == narrow->count) &&
           numbers_agree(im_event_dead(wide), im_event_dead(narrow)) &&
           (wide->mention == IM_NO_MENTION || holds(s, wide, narrow));
}

/* "He was killed during a shoot-out in his home state": one thing, told with no more than its state. */
static gboolean is_vague_of(const story *s, const event *wide, const event *narrow)
{
    gboolean family = im_event_is_violent(narrow) || narrow->type == IM_INCIDENT_OPERATION;
    return family && im_event_is_violent(wide) && wide->count <= 1 && im_event_dead(wide) <= 1 &&
           wide->injured == IM_UNKNOWN && narrow->count <= 1 && holds(s, wide, narrow);
}

/* "marines captured a leader in the state … he was caught in Fresnillo": told first of the area. */
static gboolean is_area_of(const story *s, const event *wide, const event *narrow)
{
    gboolean single = wide->type == IM_INCIDENT_ARREST || wide->type == IM_INCIDENT_KIDNAPPING;
    return single && wide->type == narrow->type &&
           numbers_agree(wide->arrested, narrow->arrested) &&
           numbers_agree(wide->abducted, narrow->abducted) && holds(s, wide, narrow);
}

/* "25 guards were killed … The guards lost their lives in six incidents across Jalisco": the second
 * sentence says where and how often, of the same dead. */
static gboolean is_placed_by(const story *s, const event *a, const event *b)
{
    return im_event_is_violent(a) && im_event_is_violent(b) && im_event_dead(a) > 1 &&
           !has_victims(b) && a->place_weight <= IM_WEIGHT_CARRIED &&
           b->place_weight >= IM_WEIGHT_SURE && b->sentence > a->sentence && is_next(s, a, b);
}

/* "The attack occurred at 06:15 in Santa Tecla": where and when, of what was told just before. */
static gboolean is_told_of_before(const story *s, const event *a, const event *b)
{
    enum { REACH_RETOLD = 6, REACH_VERB = 3 };
    static im_words verbs = IM_WORDS("occurred", "happened", "took", "ocurrio", "ocurrieron",
                                     "sucedio", "tuvo", "registro");
    if (!b->definite || has_victims(b) || b->sentence == a->sentence ||
        b->sentence - a->sentence > REACH_RETOLD || !im_event_is_violent(a) ||
        !im_event_is_violent(b) || !numbers_agree(a->count, b->count) || !history_agrees(a, b))
        return FALSE;
    for (guint32 t = b->end; t < b->end + REACH_VERB && t < s->text->n_tokens; t++)
        if (im_token_is_any(s->text, t, &verbs))
            return TRUE;
    return FALSE;
}

/* "the ELN kidnapped them": whom, was told before. */
static gboolean befalls_told_people(const story *s, const event *b)
{
    static im_words objects = IM_WORDS("them", "him", "her", "me", "us");
    static im_words clitics = IM_WORDS("lo", "los", "la", "las");
    const im_text *text = s->text;
    if (b->act_noun)
        return FALSE;
    if (text->language == IM_LANGUAGE_ES)
        return b->act_first > 0 && im_token_is_any(text, b->act_first - 1, &clitics);
    return im_token_is_any(text, b->act_end, &objects);
}

/* Whether `b` tells by pronouns alone what befell the people of `a`. */
static gboolean is_told_by_pronoun(const story *s, const event *a, const event *b)
{
    enum { REACH_PRONOUN = 12 };
    gboolean family = a->type == b->type || (im_event_is_violent(a) && im_event_is_violent(b));
    return family && befalls_told_people(s, b) && b->sentence - a->sentence <= REACH_PRONOUN &&
           im_event_dead(b) <= 1 && (b->abducted <= 1 || b->abducted == a->abducted) &&
           b->count <= 1 && history_agrees(a, b);
}

/* Nobody is killed, taken or caught twice: "Galan was shot in Soacha … the murder of Galan". */
static gboolean has_same_victim(const event *a, const event *b)
{
    gboolean family = a->type == b->type || (im_event_is_violent(a) && im_event_is_violent(b));
    return family && im_event_shares_victim(a, b) && history_agrees(a, b);
}

static gboolean is_same(const story *s, const event *a, const event *b)
{
    if (a->type != b->type && !im_event_is_violent(a) && !im_event_is_violent(b))
        return FALSE;
    if (has_same_victim(a, b) || is_told_of_before(s, a, b) || is_told_by_pronoun(s, a, b))
        return TRUE;
    gboolean vague = is_vague_of(s, a, b) || is_vague_of(s, b, a) || is_placeless_of(s, a, b) ||
                     is_placeless_of(s, b, a) || is_area_of(s, a, b) || is_area_of(s, b, a);
    if (vague && dates_meet(a, b) && history_agrees(a, b))
        return TRUE;
    if (a->type != b->type && !related(s, a, b))
        return FALSE;
    if (!history_agrees(a, b) || (a->planned != b->planned))
        return FALSE;
    gboolean carried = b->place_weight <= IM_WEIGHT_CARRIED && b->mention != IM_NO_MENTION;
    if (!same_place(s, a, b))
        return is_placed_by(s, a, b);
    if (!dates_meet(a, b) && !(carried && b->definite))
        return FALSE;
    return im_event_is_violent(a) || im_event_is_violent(b) ? violence_agrees(s, a, b) : TRUE;
}

static void join_numbers(event *into, const event *e)
{
    if (into->count == IM_UNKNOWN || (e->count > into->count && e->bound != IM_BOUND_NONE)) {
        into->count = e->count;
        into->bound = e->bound;
    }
    gboolean more = im_event_dead(e) > im_event_dead(into);
    if (im_event_dead(into) == IM_UNKNOWN || more) {
        memcpy(into->dead, e->dead, sizeof into->dead);
        into->dead_bound = e->dead_bound;
        into->dead_high = e->dead_high;
    }
    into->injured = MAX(into->injured, e->injured);
    into->arrested = MAX(into->arrested, e->arrested);
    into->abducted = MAX(into->abducted, e->abducted);
}

static void join_into(const story *s, event *into, event *e)
{
    join_numbers(into, e);
    into->battle = into->battle || e->battle;
    if (im_incident_type_force(e->type) > im_incident_type_force(into->type))
        into->type = e->type;
    if (into->battle && into->type == IM_INCIDENT_ATTACK)
        into->type = IM_INCIDENT_ARMED_CLASH;
    gboolean placed = is_told_of_before(s, into, e) && e->place_weight >= IM_WEIGHT_SURE;
    if (holds(s, into, e) ||
        ((placed || e->place_weight > into->place_weight) && !holds(s, e, into))) {
        into->mention = e->mention;
        into->near = e->near;
        into->place_weight = e->place_weight;
        into->country_wide = e->country_wide;
        into->country = e->country;
    }
    if (e->status != IM_STATUS_OCCURRED && e->status != IM_STATUS_HISTORIC)
        into->status = e->status;
    gboolean surer =
        e->basis != IM_DATE_NONE && e->basis < IM_DATE_RELATIVE && into->basis >= IM_DATE_RELATIVE;
    if (surer || (into->date_span.end == 0 && e->date_span.end != 0)) {
        into->start = e->start;
        into->stop = e->stop;
        into->basis = e->basis;
        into->time_precision = e->time_precision;
        into->date_span = e->date_span;
    }
    for (guint i = 0; i < e->n_quotes; i++)
        im_event_quote(into, e->quotes[i]);
    if (!into->agent)
        into->agent = e->agent;
    if (!into->target)
        into->target = e->target;
    into->weak = into->weak && e->weak;
    into->noun = into->noun && e->noun;
    into->definite = into->definite && e->definite;
    into->plural = into->plural && e->plural;
    into->planned = into->planned && e->planned;
    e->dropped = TRUE;
}

static gboolean names_people(const story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    for (guint32 t = im_sentence_from(range, IM_LEX_PEOPLE); t < range->end; t++)
        if (im_text_tag_at(s->text, t, IM_LEX_PEOPLE))
            return TRUE;
    return FALSE;
}

/* Whether the text under a heading tells of the same kind of thing: then the heading only sums up. */
static gboolean body_tells(const story *s, const event *heading)
{
    for (guint i = 0; i < MIN(s->events->len, (guint)IM_REACH_EVENTS); i++) {
        const event *e = s->events->pdata[i];
        gboolean same = e->type == heading->type ||
                        (im_event_is_violent(e) && im_event_dead(heading) != IM_UNKNOWN &&
                         im_event_dead(e) >= im_event_dead(heading));
        if (e != heading && same && s->text->sentences[e->sentence].kind != IM_SENTENCE_HEADING)
            return TRUE;
    }
    return FALSE;
}

/* "Protesters blocked the road": what the crowd did is told, not a protest beside it (spec/incident.md,
 * conventions). */
static gboolean is_crowd_of(const story *s, const event *e)
{
    if (e->type != IM_INCIDENT_PROTEST || !e->act_noun)
        return FALSE;
    for (guint i = im_story_events_from(s, e->sentence); i < s->events->len; i++) {
        const event *o = s->events->pdata[i];
        if (o->sentence != e->sentence)
            break;
        gboolean acted =
            o->type == IM_INCIDENT_ROADBLOCK || (e->weak && o->type != IM_INCIDENT_PROTEST);
        if (acted && !o->planned && same_place(s, e, o))
            return TRUE;
    }
    return FALSE;
}

/* Whether the sentence right before names the event's place. */
static gboolean follows_its_place(const story *s, const event *e)
{
    return e->place_weight == IM_WEIGHT_CARRIED &&
           s->text->tokens[s->mentions[e->mention].first].sentence + 1 == e->sentence;
}

/* Whether the day of the event stands in its own sentence, not in that of another event. */
static gboolean has_own_date(const story *s, const event *e)
{
    const im_sentence *range = &s->text->sentences[e->sentence];
    const im_span span = im_text_span(s->text, range->first, range->end);
    return e->date_span.end != 0 && e->date_span.start >= span.start &&
           e->date_span.end <= span.end;
}

/* "a judge who was murdered": a clause that says who somebody is, and of the deed neither when nor where. */
static gboolean is_aside(const story *s, const event *e)
{
    enum { REACH_RELATIVE = 4 };
    static im_words relatives = IM_WORDS("who", "whom", "which", "quien", "quienes");
    const guint32 first = s->text->sentences[e->sentence].first;
    if (e->place_weight > IM_WEIGHT_CARRIED || has_own_date(s, e))
        return FALSE;
    for (guint32 back = 1; back <= REACH_RELATIVE && e->first >= first + back; back++)
        if (im_token_is_any(s->text, e->first - back, &relatives))
            return TRUE;
    return FALSE;
}

/* "Residents of Uruapan lifted the roadblock on Thursday": its end is all that is told of it. */
static gboolean is_lifting(const story *s, const event *e)
{
    return e->status == IM_STATUS_CLEARED && has_own_date(s, e) && e->mention != IM_NO_MENTION &&
           s->text->tokens[s->mentions[e->mention].first].sentence == e->sentence;
}

/* Whether the text gives enough to stand for an incident of its own. */
static gboolean is_told(const story *s, const event *e)
{
    gboolean numbered = e->count > 1 || has_victims(e);
    gboolean dated = e->date_span.end != 0;
    gboolean heading = s->text->sentences[e->sentence].kind == IM_SENTENCE_HEADING;
    gboolean somewhere = e->mention != IM_NO_MENTION || e->country_wide ||
                         ((numbered || dated) && s->country != IM_PLACE_NONE);
    if (!somewhere || e->generic || is_crowd_of(s, e) || is_aside(s, e))
        return FALSE;
    if (e->weak &&
        !(has_victims(e) || e->count > 1 || (e->place_weight >= IM_WEIGHT_SURE && dated)))
        return FALSE;
    if (heading && (e->place_weight < IM_WEIGHT_ANAPHOR || body_tells(s, e)))
        return FALSE;
    if (e->definite && e->place_weight < IM_WEIGHT_SURE && !has_victims(e) && !is_lifting(s, e))
        return FALSE;
    if (e->noun && e->place_weight <= IM_WEIGHT_CARRIED && !numbered)
        return FALSE;
    if (e->type == IM_INCIDENT_ARREST && e->arrested == IM_UNKNOWN && !names_people(s, e->sentence))
        return FALSE; /* "have arrested their expansion" */
    if (e->place_weight <= IM_WEIGHT_MAIN && !numbered && !dated)
        return FALSE;
    gboolean deaths =
        e->type == IM_INCIDENT_KILLING || (e->type == IM_INCIDENT_ATTACK && e->implied);
    if (deaths && e->place_weight <= IM_WEIGHT_CARRIED && !dated &&
        (e->act_noun || !follows_its_place(s, e)))
        return FALSE; /* deaths of no place and day are background */
    if (deaths && e->weak && e->plural && e->place_weight < IM_WEIGHT_SUBJECT)
        return FALSE; /* "that year there were 38 murders": figures of nobody knows where */
    gboolean country =
        e->country_wide ||
        (is_resolved(s, e) && im_gazetteer_kind(s->gazetteer, place_of(s, e)) == IM_PLACE_COUNTRY);
    if (country && !numbered && !(e->country_wide && e->type == IM_INCIDENT_DISRUPTION && dated))
        return FALSE;
    return !(e->plural && !numbered && e->place_weight < IM_WEIGHT_SURE);
}

/* "All roadblocks have been cleared": how earlier blockades ended, no new one. */
static gboolean updates_earlier(const GPtrArray *kept, event *e)
{
    if (e->status != IM_STATUS_CLEARED || e->place_weight >= IM_WEIGHT_SURE || e->count > 1 ||
        !e->noun)
        return FALSE;
    for (guint back = 1; back <= MIN(kept->len, (guint)IM_REACH_EVENTS); back++) {
        event *o = kept->pdata[kept->len - back];
        if (o->type != e->type || o->status == IM_STATUS_HISTORIC)
            continue;
        o->status = IM_STATUS_CLEARED;
        im_event_quote(o, e->sentence);
        e->dropped = TRUE;
    }
    return e->dropped;
}

/* The event told before that `e` tells again, or NULL. */
static event *told_before(const story *s, const GPtrArray *kept, const event *e)
{
    for (guint back = 1; back <= MIN(kept->len, (guint)IM_REACH_EVENTS); back++) {
        event *into = kept->pdata[kept->len - back];
        if (is_same(s, into, e) && is_told(s, into))
            return into;
    }
    return NULL;
}

void im_story_join(story *s)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_sized_new(s->events->len);
    for (guint i = 0; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (updates_earlier(kept, e))
            continue;
        event *into = told_before(s, kept, e);
        if (into)
            join_into(s, into, e);
        else
            g_ptr_array_add(kept, e);
    }
    for (guint i = 0; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        e->dropped = e->dropped || !is_told(s, e);
    }
}
