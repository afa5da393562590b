/* What a text is about: sport, the economy, accidents and weather tell of no incident with its words. */
#include "incident/priv.h"

static gboolean is_figure(const im_lexeme *lexeme)
{
    return im_lexeme_has(lexeme, IM_EXTRA_FIGURE);
}

/* People who are of that role in any text: a captain may be a team's. */
G_ALWAYS_INLINE static inline gboolean is_people_of(const im_tag *people, const char *role)
{
    return im_value_is(people->lexeme, role) && !is_figure(people->lexeme);
}

static gboolean is_mishap(const im_lexeme *topic)
{
    static im_words kinds = IM_WORDS("accident", "nature", "fire", "illness");
    return im_value_is_any(topic, &kinds);
}

/* What may be told of a mishap by itself, or of much else. */
static gboolean hints_at_mishap(const im_lexeme *topic)
{
    return im_value_is(topic, "traffic") || im_value_is(topic, "health");
}

/* How a text may speak of incidents that are none: bits. */
enum { KIND_FIGURES = 1, KIND_MISHAPS = 2, KIND_DRILL = 4 };

/* What a text is full of, by more than what speaks of victims, forces and gangs; an outbreak or a flood has victims. */
static guint kinds_of(const im_text *text)
{
    enum {
        ENOUGH = 3,
        ENOUGH_DRILL = 2,
        HALVES = 2
    }; /* votes, which are in many a text about violence, are halves */
    guint figures = 0, mishaps = 0, drill = 0, gangs = 0;
    if (im_text_count_tags(text, IM_LEX_TOPIC) < ENOUGH_DRILL)
        return 0;
    const guint victims = im_text_count_tags(text, IM_LEX_CASUALTY);
    guint forces = im_text_count_tags(text, IM_LEX_ACTOR);
    for (const im_tag *topic = im_text_first_tag(text, IM_LEX_TOPIC); topic;
         topic = im_text_next_tag(text, topic)) {
        const gboolean mishap = is_mishap(topic->lexeme) || hints_at_mishap(topic->lexeme);
        mishaps += mishap ? HALVES : 0;
        figures += mishap ? 0 : im_value_is(topic->lexeme, "politics") ? 1 : HALVES;
        drill += im_value_is(topic->lexeme, "drill");
    }
    for (const im_tag *people = im_text_first_tag(text, IM_LEX_PEOPLE); people;
         people = im_text_next_tag(text, people)) {
        forces += is_people_of(people, "security");
        gangs += is_people_of(people, "suspects");
    }
    const guint kinds = drill >= ENOUGH_DRILL ? KIND_DRILL : 0;
    if (mishaps >= HALVES * ENOUGH && mishaps > figures && mishaps > HALVES * 2 * gangs + forces)
        return kinds | KIND_MISHAPS;
    if (figures + mishaps < HALVES * ENOUGH ||
        figures + mishaps <= HALVES * (victims + forces + gangs))
        return kinds;
    return kinds | (mishaps > figures ? KIND_MISHAPS : KIND_FIGURES);
}

/* What of an event's sentence speaks of violence as such, or of none. */
typedef struct evidence {
    gboolean suspects, security, people, drill;
    guint n_casualties;
    gboolean figure; /* the word that tells it is said of other things, too */
} evidence;

static evidence evidence_of(const im_text *text, const event *e)
{
    const im_sentence *range = &text->sentences[e->sentence];
    const char *type = im_incident_type_name(e->type);
    const im_tag *told = im_text_tag_at(text, e->first, IM_LEX_TRIGGER);
    evidence v = {.figure = e->implied || (told && is_figure(told->lexeme))};
    for (guint32 t = range->first; t < range->end; t++) {
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE),
                     *topic = im_text_tag_at(text, t, IM_LEX_TOPIC),
                     *trigger = im_text_tag_at(text, t, IM_LEX_TRIGGER);
        v.suspects |= people && is_people_of(people, "suspects");
        v.security |= people && is_people_of(people, "security");
        v.people |= people && !is_figure(people->lexeme);
        v.drill |= topic &&
                   (im_value_is(topic->lexeme, "drill") || im_value_is(topic->lexeme, "exercise"));
        v.n_casualties += im_text_has_tag(text, t, IM_LEX_CASUALTY);
        if (trigger && im_value_is(trigger->lexeme, type) && !is_figure(trigger->lexeme))
            v.figure = e->implied; /* "the explosion of a bomb" */
    }
    return v;
}

/* In a match, a takeover or a novel. */
static gboolean is_literal(const event *e, const evidence *v)
{
    enum { ENOUGH_CASUALTIES = 2 };
    if (v->suspects || v->security || !v->figure)
        return TRUE;
    if (e->type == IM_INCIDENT_PROTEST || e->type == IM_INCIDENT_ROADBLOCK)
        return v->people;
    return v->n_casualties >= ENOUGH_CASUALTIES || (v->n_casualties > 0 && v->people);
}

/* In a flood or on a road. */
static gboolean is_somebodys_act(const event *e, const evidence *v)
{
    switch (e->type) {
    case IM_INCIDENT_KILLING:
        return !e->implied && (v->suspects || !v->figure);
    case IM_INCIDENT_ROADBLOCK:
    case IM_INCIDENT_PROTEST:
    case IM_INCIDENT_LOOTING:
        return v->people || !v->figure;
    case IM_INCIDENT_KIDNAPPING:
        return v->suspects;
    case IM_INCIDENT_DEPLOYMENT:
    case IM_INCIDENT_OPERATION:
        return v->security || v->suspects;
    default:
        return v->suspects || !v->figure;
    }
}

/* Whether an event is none of the figures of speech, mishaps or drills of its text. */
static gboolean is_meant(guint kinds, const story *s, const event *e)
{
    const evidence v = evidence_of(s->text, e);
    return !(kinds & KIND_DRILL && v.drill) && (!(kinds & KIND_FIGURES) || is_literal(e, &v)) &&
           (!(kinds & KIND_MISHAPS) || is_somebodys_act(e, &v));
}

/* A trigger of another type than what calm texts are full of, with what it needs. */
static gboolean is_trouble(const im_text *text, const im_tag *trigger)
{
    static im_words calm = IM_WORDS("disruption", "deployment", "none");
    return !im_value_is_any(trigger->lexeme, &calm) && im_needs_are_met(text, trigger);
}

/* Whether nothing in a text of some length speaks of violence, protest or crime. */
static gboolean is_calm(const im_text *text)
{
    enum { LONG_ENOUGH = 40 }; /* to have told why */
    if (text->n_tokens < LONG_ENOUGH)
        return FALSE;
    if (im_text_first_tag(text, IM_LEX_CASUALTY))
        return FALSE;
    for (const im_tag *people = im_text_first_tag(text, IM_LEX_PEOPLE); people;
         people = im_text_next_tag(text, people))
        if (is_people_of(people, "suspects") || is_people_of(people, "security"))
            return FALSE;
    for (const im_tag *trigger = im_text_first_tag(text, IM_LEX_TRIGGER); trigger;
         trigger = im_text_next_tag(text, trigger))
        if (is_trouble(text, trigger))
            return FALSE;
    return TRUE;
}

static gboolean all_are_disruptions(const GPtrArray *events)
{
    for (guint i = 0; i < events->len; i++)
        if (((const event *)events->pdata[i])->type != IM_INCIDENT_DISRUPTION)
            return FALSE;
    return TRUE;
}

void im_story_drop_figures(story *s)
{
    if (s->events->len == 0)
        return;
    const guint kinds = kinds_of(s->text);
    for (guint i = kinds ? s->events->len : 0; i > 0; i--) {
        const event *e = s->events->pdata[i - 1];
        if (e->type != IM_INCIDENT_DISRUPTION && !is_meant(kinds, s, e))
            g_ptr_array_remove_index(s->events, i - 1);
    }
    /* Without trouble what is shut is so in the course of things. */
    if (all_are_disruptions(s->events) && (kinds || is_calm(s->text)))
        g_ptr_array_set_size(s->events, 0);
}

gboolean im_sentence_tells_mishap(const im_text *text, const im_sentence *range)
{
    for (guint32 t = im_sentence_from(range, IM_LEX_TOPIC); t < range->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_TOPIC);
        if (tag && is_mishap(tag->lexeme))
            return TRUE;
    }
    return FALSE;
}

gboolean im_is_mishap(const im_text *text, const im_tag *trigger, im_incident_type type)
{
    const guint32 token = trigger->first;
    if (!im_sentence_has(im_sentence_of(text, token), IM_CLASS_BIT(IM_LEX_TOPIC)))
        return FALSE;
    if (type == IM_INCIDENT_KILLING)
        return im_clause_has(text, token, IM_LEX_TOPIC, "illness");
    return (type == IM_INCIDENT_DISRUPTION || type == IM_INCIDENT_ROADBLOCK) &&
           (im_clause_has(text, token, IM_LEX_TOPIC, "nature") ||
            im_clause_has(text, token, IM_LEX_TOPIC, "accident")) &&
           !im_clause_has(text, token, IM_LEX_PEOPLE, "suspects") &&
           !im_clause_has(text, token, IM_LEX_PEOPLE, "civilians") &&
           !im_tells_other(text, trigger, "arson") && !im_tells_other(text, trigger, "attack") &&
           !im_tells_other(text, trigger, "protest");
}
