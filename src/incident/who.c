/* Who did it to whom: the armed groups, forces and crowds that a sentence names beside an event. */
#include "incident/priv.h"

#include <string.h>

enum { REACH_BY = 4, REACH_NOUN = 14, REACH_PARTIES = 60 };

static gboolean is_agent_word(const im_text *text, guint32 t)
{
    static im_words words = IM_WORDS("by", "por", "hands", "manos");
    return im_token_is_any(text, t, &words);
}

static gboolean is_target_word(const im_text *text, guint32 t)
{
    static im_words words = IM_WORDS("on", "against", "contra");
    return im_token_is_any(text, t, &words);
}

static gboolean is_between_word(const im_text *text, guint32 t)
{
    static im_words words = IM_WORDS("between", "entre");
    return im_token_is_any(text, t, &words);
}

static gboolean is_with_word(const im_text *text, guint32 t)
{
    static im_words words = IM_WORDS("with", "con");
    return im_token_is_any(text, t, &words);
}

/* Named after nothing but their kind: "soldiers". */
static gboolean is_nameless(const im_tag *tag)
{
    return strchr(tag->lexeme->value, '*') != NULL;
}

/* "police said", "según el ejército", "a police spokesman": on whose word it is told, not who was in it. */
static gboolean is_source(const im_text *text, const im_tag *tag, guint32 first)
{
    enum { REACH_ACCORDING = 3 };
    static im_words speakers = IM_WORDS("spokesman", "spokesmen", "spokeswoman", "spokesperson",
                                        "reported", "reports", "spokespeople", "sources");
    static im_words by = IM_WORDS("according", "segun", "acuerdo");
    const gboolean spanish = text->language == IM_LANGUAGE_ES;
    if (im_says(text, tag->end) || im_token_is_any(text, tag->end, &speakers))
        return TRUE;
    for (guint32 back = 1; back <= REACH_ACCORDING && tag->first >= first + back; back++) {
        const guint32 t = tag->first - back;
        if (im_token_is_any(text, t, &by) ||
            (spanish && back == 2 && im_says(text, t) && !im_token_is(text, t + 1, "que")))
            return TRUE;
    }
    return FALSE;
}

/* The groups and forces around an event, in order; of "ELN rebels" the name.
 * @param found  of im_tag; what was in it is forgotten */
static void find_parties(const story *s, const event *e, GPtrArray *found)
{
    const im_sentence *range = &s->text->sentences[e->sentence];
    g_ptr_array_set_size(found, 0);
    guint32 first = MAX(range->first, e->act_first - MIN(e->act_first, REACH_PARTIES));
    guint32 end = MIN(range->end, e->act_end + REACH_PARTIES);
    for (guint32 t = first; t < end; t++) {
        const im_tag *tag = im_text_tag_at(s->text, t, IM_LEX_ACTOR);
        if (!tag || s->mention_at[t] != IM_NO_MENTION || is_source(s->text, tag, range->first))
            continue;
        const im_tag *last = found->len ? found->pdata[found->len - 1] : NULL;
        gboolean repeats =
            last && last->end == tag->first && !is_nameless(last) && is_nameless(tag);
        if (!repeats)
            g_ptr_array_add(found, (gpointer)tag);
        t = tag->end - 1;
    }
}

/* Whether one of the words stands among the few tokens before `token`, not before `from`. */
static gboolean led_by(const im_text *text, guint32 token, guint32 from,
                       gboolean (*is)(const im_text *, guint32))
{
    for (guint32 back = 1; back <= REACH_BY && token >= from + back; back++) {
        if (is(text, token - back))
            return TRUE;
        if (text->tokens[token - back].kind == IM_TOKEN_PUNCT)
            return FALSE;
    }
    return FALSE;
}

static void set(const im_tag **side, const im_tag *tag)
{
    if (!*side)
        *side = tag;
}

static gboolean is_kind(const im_tag *tag, im_extra kind)
{
    return tag && im_lexeme_has(tag->lexeme, kind);
}

static gboolean is_state_force(const im_tag *tag)
{
    return is_kind(tag, IM_EXTRA_MILITARY) || is_kind(tag, IM_EXTRA_POLICE);
}

/* Whether somebody bears what the word tells: "was attacked", "12 policemen dead". */
static gboolean is_suffered(const story *s, const event *e)
{
    const im_text *text = s->text;
    return im_auxiliary_before(text, e->act_first, text->sentences[e->sentence].first) ||
           im_text_tag_at(text, e->act_first, IM_LEX_AUXILIARY) ||
           (e->implied && e->type == IM_INCIDENT_KILLING);
}

/* "gunmen attacked a patrol", "a patrol was attacked by gunmen" */
static void read_verb(const story *s, event *e, const GPtrArray *parties)
{
    const im_text *text = s->text;
    const im_tag *before = NULL, *after = NULL, *by = NULL;
    for (guint i = 0; i < parties->len; i++) {
        const im_tag *tag = parties->pdata[i];
        if (tag->end <= e->act_first && !im_clause_ends_between(text, tag->end, e->act_first))
            before = tag;
        if (tag->first < e->act_end || tag->first >= MAX(e->until, e->act_end) ||
            im_clause_ends_between(text, e->act_end, tag->first))
            continue;
        if (led_by(text, tag->first, e->act_end, is_agent_word))
            set(&by, tag);
        else
            set(&after, tag);
    }
    if (by || is_suffered(s, e)) {
        set(&e->agent, by);
        set(&e->target, before ? before : after);
    } else {
        set(&e->agent, before);
        set(&e->target, after);
    }
}

/* "killed a farmer and seven soldiers during an attack": whom it befell, not who did it. */
static gboolean is_victim(const im_text *text, const im_tag *tag, guint32 from)
{
    enum { REACH_VERB = 7 };
    for (guint32 back = 1; back <= REACH_VERB && tag->first >= from + back; back++) {
        const im_tag *casualty = im_text_tag_at(text, tag->first - back, IM_LEX_CASUALTY);
        if (casualty)
            return im_extra_is(casualty->lexeme, "object") &&
                   !im_auxiliary_before(text, casualty->first, from);
        if (im_text_has_tag(text, tag->first - back, IM_LEX_PREPOSITION) ||
            im_says(text, tag->first - back))
            return FALSE;
    }
    return FALSE;
}

/* "an attack by gunmen on a patrol", "the army's raid", "a clash between soldiers and gunmen" */
static void read_noun(const story *s, event *e, const GPtrArray *parties)
{
    const im_text *text = s->text;
    gboolean between = FALSE;
    for (guint i = 0; i < parties->len; i++) {
        const im_tag *tag = parties->pdata[i];
        if (tag->first < e->act_end || tag->first > e->act_end + REACH_NOUN ||
            im_clause_ends_between(text, e->act_end, tag->first))
            continue;
        gboolean first_of_two = !between && led_by(text, tag->first, e->act_end, is_between_word);
        if (first_of_two || led_by(text, tag->first, e->act_end, is_agent_word))
            set(&e->agent, tag);
        else if (between || led_by(text, tag->first, e->act_end, is_target_word) ||
                 led_by(text, tag->first, e->act_end, is_with_word))
            set(&e->target, tag);
        between = between || first_of_two;
    }
    const guint32 first = text->sentences[e->sentence].first;
    for (guint i = parties->len; i > 0 && !e->agent; i--) {
        const im_tag *tag = parties->pdata[i - 1];
        if (tag != e->target && tag->end <= e->act_first &&
            !im_clause_ends_between(text, tag->end, e->act_first))
            set(is_victim(text, tag, first) ? &e->target : &e->agent, tag);
    }
}

/* Raids and arrests are made by the state, and it is its forces that are sent. */
static void read_forces(event *e, const GPtrArray *parties)
{
    const im_tag *force = NULL, *other = NULL;
    for (guint i = 0; i < parties->len; i++) {
        const im_tag *tag = parties->pdata[i];
        set(is_state_force(tag) ? &force : &other, tag);
    }
    e->agent = force;
    e->target = e->type == IM_INCIDENT_DEPLOYMENT ? NULL : other;
}

/* Soldiers and rebels who attack each other fight, whoever shot first and with what (ACLED Codebook 2023,
 * "Armed clash"). */
static gboolean is_battle(const event *e, gboolean rebellion)
{
    gboolean rebels = is_kind(e->agent, IM_EXTRA_REBELS) || (rebellion && !e->agent);
    gboolean assault =
        e->type == IM_INCIDENT_ATTACK || (e->type == IM_INCIDENT_EXPLOSION && e->assault);
    return assault && e->dead[ROLE_CIVILIANS] <= 0 &&
           ((rebels && is_kind(e->target, IM_EXTRA_MILITARY)) ||
            (is_kind(e->agent, IM_EXTRA_MILITARY) && is_kind(e->target, IM_EXTRA_REBELS)));
}

/* Bombs and shells of an army that fights rebels in the same report are part of the battle (ACLED Codebook
 * 2023, "Air/drone strike": on its own only outside of one). */
static gboolean is_fire_of_battle(const story *s, const event *e)
{
    static im_words aircraft =
        IM_WORDS("helicopter", "helicopters", "plane", "planes", "aircraft", "warplanes",
                 "helicoptero", "helicopteros", "aviones", "air");
    if (e->type != IM_INCIDENT_EXPLOSION || e->dead[ROLE_CIVILIANS] > 0)
        return FALSE;
    if (is_kind(e->agent, IM_EXTRA_MILITARY))
        return TRUE;
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = range.first; t < range.end && !e->agent; t++)
        if (im_token_is_any(s->text, t, &aircraft))
            return t < e->first || led_by(s->text, t, e->end, is_agent_word);
    return FALSE;
}

static gboolean tells_of_fighting(const story *s)
{
    for (guint i = 0; i < s->events->len; i++)
        if (((const event *)s->events->pdata[i])->type == IM_INCIDENT_ARMED_CLASH)
            return TRUE;
    return FALSE;
}

/* Whether the report tells of rebels at all. */
static gboolean has_rebels(const im_text *text)
{
    for (const im_tag *actor = im_text_first_tag(text, IM_LEX_ACTOR); actor;
         actor = im_text_next_tag(text, actor))
        if (is_kind(actor, IM_EXTRA_REBELS))
            return TRUE;
    return FALSE;
}

static const im_tag *first_of(const GPtrArray *parties, gboolean (*is)(const im_tag *))
{
    for (guint i = 0; i < parties->len; i++)
        if (is(parties->pdata[i]))
            return parties->pdata[i];
    return NULL;
}

/* Neither the state nor a crowd. */
static gboolean is_armed_group(const im_tag *tag)
{
    return !is_state_force(tag) && !is_kind(tag, IM_EXTRA_PROTESTERS);
}

static gboolean is_not_the_state(const im_tag *tag)
{
    return !is_state_force(tag);
}

static gboolean tells_of_road(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_OBJECT); t < range.end; t++) {
        const im_tag *object = im_text_tag_at(s->text, t, IM_LEX_OBJECT);
        if (object && im_value_is(object->lexeme, "road"))
            return TRUE;
    }
    return FALSE;
}

/* What the same words tell, by who did it: a raid by gunmen is an attack, as are deaths at their
 * hands, and a road that farmers keep closed is blocked (spec/incident.md, conventions). */
static void set_type_by_actors(const story *s, event *e, const GPtrArray *parties)
{
    gboolean state = first_of(parties, is_state_force) != NULL;
    const im_tag *group = first_of(parties, is_armed_group);
    if (e->type == IM_INCIDENT_OPERATION && im_token_is(s->text, e->act_first, "raid") && !state &&
        group) {
        e->type = IM_INCIDENT_ATTACK;
        e->agent = group;
        e->target = NULL;
    }
    if (e->type == IM_INCIDENT_KILLING && !e->act_noun && e->agent && is_armed_group(e->agent)) {
        e->type = IM_INCIDENT_ATTACK;
        e->count = 1;
        e->bound = IM_BOUND_EXACT;
    }
    if (e->type == IM_INCIDENT_DISRUPTION && !state && first_of(parties, is_not_the_state) &&
        tells_of_road(s, e)) {
        e->type = IM_INCIDENT_ROADBLOCK;
        e->count = e->count == IM_UNKNOWN && !e->plural ? 1 : e->count;
        e->bound = e->count == 1 ? IM_BOUND_EXACT : e->bound;
    }
}

void im_story_find_actors(story *s)
{
    const gboolean rebellion = has_rebels(s->text);
    g_autoptr(GPtrArray) parties = g_ptr_array_new();
    for (guint i = 0; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (!im_sentence_has(&s->text->sentences[e->sentence], IM_CLASS_BIT(IM_LEX_ACTOR)))
            continue;
        find_parties(s, e, parties);
        if (parties->len == 0)
            continue;
        if (e->type == IM_INCIDENT_ARREST || e->type == IM_INCIDENT_OPERATION ||
            e->type == IM_INCIDENT_DEPLOYMENT)
            read_forces(e, parties);
        else if (e->act_noun)
            read_noun(s, e, parties);
        else
            read_verb(s, e, parties);
        set_type_by_actors(s, e, parties);
        e->battle = is_battle(e, rebellion);
        if (e->battle)
            e->type = IM_INCIDENT_ARMED_CLASH;
    }
    gboolean war = rebellion && tells_of_fighting(s);
    for (guint i = 0; war && i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (is_fire_of_battle(s, e)) {
            e->battle = TRUE;
            e->type = IM_INCIDENT_ARMED_CLASH;
        }
    }
}

/* The name that a record bears: of those that are named by their country, with that in place of `*`.
 * Owned by the caller; NULL for nobody. */
char *im_story_actor_name(const story *s, const im_tag *tag, const char *country)
{
    if (!tag)
        return NULL;
    const char *name = tag->lexeme->value, *star = strchr(name, '*');
    if (!is_nameless(tag))
        return g_strdup(name);
    im_place_id told = tag->first > 0 ? im_story_demonym_at(s, tag->first - 1) : IM_PLACE_NONE;
    if (told == IM_PLACE_NONE && s->text->language == IM_LANGUAGE_ES)
        told = im_story_demonym_at(s, tag->end);
    if (told != IM_PLACE_NONE)
        country = im_gazetteer_place(s->gazetteer, told).name;
    if (!country)
        country = "unknown country";
    GString *out = g_string_new_len(name, star - name);
    g_string_append(out, country);
    g_string_append(out, star + 1);
    return g_string_free(out, FALSE);
}
