/* What a text is about: sport, the economy, accidents and weather tell of no incident with its words. */
#include "incident/priv.h"

#include <string.h>

static gboolean is_people_of(const im_lexeme *lexeme, const char *role)
{
    return lexeme->cls == IM_LEX_PEOPLE && strcmp(lexeme->value, role) == 0;
}

static gboolean is_mishap(const im_lexeme *topic)
{
    static const char *const KINDS[] = {"accident", "nature", "fire", "illness", NULL};
    return g_strv_contains(KINDS, topic->value);
}

static gboolean is_topic(const im_lexeme *topic, const char *what)
{
    return strcmp(topic->value, what) == 0;
}

enum { KIND_NONE = 0, KIND_FIGURES, KIND_MISHAPS, KIND_DRILL };

static guint n_topics(const im_text *text)
{
    guint n = 0;
    for (guint32 i = 0; i < text->n_tags; i++)
        n += text->tags[i].lexeme->cls == IM_LEX_TOPIC;
    return n;
}

/* What a text is full of, by more than what speaks of victims, forces and gangs; an outbreak or a flood has victims. */
static int kind_of(const im_text *text)
{
    enum { ENOUGH = 2 * 3, ENOUGH_DRILL = 2 }; /* halves of a word */
    guint figures = 0, mishaps = 0, drill = 0, victims = 0, forces = 0, gangs = 0;
    if (n_topics(text) < ENOUGH_DRILL)
        return KIND_NONE;
    for (guint32 i = 0; i < text->n_tags; i++) {
        const im_tag *tag = &text->tags[i];
        const im_lexeme *lexeme = tag->lexeme;
        if (lexeme->cls == IM_LEX_TOPIC) {
            const guint weight =
                is_topic(lexeme, "politics") ? 1 : 2; /* votes are in many a text about violence */
            if (is_mishap(lexeme) || is_topic(lexeme, "traffic") || is_topic(lexeme, "health"))
                mishaps += weight;
            else
                figures += weight;
            drill += is_topic(lexeme, "drill");
        }
        victims += lexeme->cls == IM_LEX_CASUALTY;
        forces += lexeme->cls == IM_LEX_ACTOR || is_people_of(lexeme, "security");
        gangs += is_people_of(lexeme, "suspects");
    }
    if (drill >= ENOUGH_DRILL)
        return KIND_DRILL;
    if (mishaps >= ENOUGH && mishaps > figures && mishaps > 4 * gangs + forces)
        return KIND_MISHAPS;
    if (figures + mishaps >= ENOUGH && figures + mishaps > 2 * (victims + forces + gangs))
        return mishaps > figures ? KIND_MISHAPS : KIND_FIGURES;
    return KIND_NONE;
}

/* What of an event's sentence speaks of violence as such. */
typedef struct evidence {
    gboolean suspects, security, people;
    guint n_casualties;
    gboolean figure; /* the word that tells it is said of other things, too */
} evidence;

static evidence evidence_of(const im_text *text, const event *e)
{
    const im_sentence *range = &text->sentences[e->sentence];
    const char *type = im_incident_type_name(e->type);
    const im_tag *told = im_text_tag_at(text, e->first, IM_LEX_TRIGGER);
    evidence v = {.figure = e->implied || (told && im_lexeme_has(told->lexeme, IM_EXTRA_FIGURE))};
    for (guint32 t = range->first; t < range->end; t++) {
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE);
        v.suspects |= people && is_people_of(people->lexeme, "suspects");
        v.security |= people && is_people_of(people->lexeme, "security");
        v.people |= people != NULL;
        v.n_casualties += im_text_tag_at(text, t, IM_LEX_CASUALTY) != NULL;
        const im_tag *trigger = im_text_tag_at(text, t, IM_LEX_TRIGGER);
        if (trigger && strcmp(trigger->lexeme->value, type) == 0 &&
            !im_lexeme_has(trigger->lexeme, IM_EXTRA_FIGURE))
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
        return v->suspects && !e->implied;
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

/* Whether an event of a text of a kind is none of its figures of speech, mishaps or drills. */
static gboolean is_meant(int kind, const story *s, const event *e)
{
    const evidence v = evidence_of(s->text, e);
    return kind == KIND_FIGURES ? is_literal(e, &v)
                                : kind == KIND_MISHAPS && is_somebodys_act(e, &v);
}

void im_story_drop_figures(story *s)
{
    const int kind = s->events->len > 0 ? kind_of(s->text) : KIND_NONE;
    gboolean trouble = FALSE;
    if (kind == KIND_NONE)
        return;
    for (guint i = s->events->len; i > 0; i--) {
        const event *e = s->events->pdata[i - 1];
        if (e->type == IM_INCIDENT_DISRUPTION)
            continue;
        if (is_meant(kind, s, e))
            trouble = TRUE;
        else
            g_ptr_array_remove_index(s->events, i - 1);
    }
    if (!trouble) /* then what is shut is so for no trouble either */
        g_ptr_array_set_size(s->events, 0);
}

/* A trigger of another type than what calm texts are full of, with what it needs. */
static gboolean is_trouble(const im_text *text, const im_tag *tag)
{
    static const char *const CALM[] = {"disruption", "deployment", "none", NULL};
    return tag->lexeme->cls == IM_LEX_TRIGGER && !g_strv_contains(CALM, tag->lexeme->value) &&
           im_needs_are_met(text, tag);
}

gboolean im_text_is_calm(const im_text *text)
{
    enum { LONG_ENOUGH = 40 }; /* to have told why */
    if (text->n_tokens < LONG_ENOUGH)
        return FALSE;
    for (guint32 i = 0; i < text->n_tags; i++) {
        const im_tag *tag = &text->tags[i];
        if (tag->lexeme->cls == IM_LEX_CASUALTY || is_people_of(tag->lexeme, "suspects") ||
            is_people_of(tag->lexeme, "security") || is_trouble(text, tag))
            return FALSE;
    }
    return TRUE;
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
