/* Who the victims of an event were, by name: what tells that two sentences speak of one event. */
#include "incident/priv.h"

enum { REACH_VICTIMS = 20, REACH_NAME = 6 };

/* ---- the persons of the report ---- */

static gboolean is_name_word(const story *s, guint32 token)
{
    const im_text *text = s->text;
    if (token >= text->n_tokens || text->tokens[token].kind != IM_TOKEN_WORD ||
        s->mention_at[token] != IM_NO_MENTION || !(text->tokens[token].flags & IM_TOKEN_CAPITAL))
        return FALSE;
    return im_text_has_tag(text, token, IM_LEX_SURNAME) ||
           im_text_has_tag(text, token, IM_LEX_GIVEN) || !im_text_is_known(text, token);
}

static gboolean is_particle(const im_text *text, guint32 token)
{
    static im_words particles = IM_WORDS("de", "del", "la", "los");
    return im_token_is_any(text, token, &particles);
}

/* Whether a person's name can begin there: a given name, or a title before it. */
static gboolean begins_name(const story *s, guint32 token)
{
    gboolean cue = im_text_has_tag(s->text, token, IM_LEX_GIVEN) ||
                   (token > 0 && im_text_has_tag(s->text, token - 1, IM_LEX_TITLE));
    return cue && is_name_word(s, token);
}

/* Notes the words of a name behind its first given name. @return the token behind it */
static guint32 read_name(const story *s, guint32 token, GHashTable *names)
{
    guint32 at = token + (im_text_has_tag(s->text, token, IM_LEX_GIVEN) ? 1 : 0);
    for (guint32 end = token + REACH_NAME; at < end; at++) {
        if (is_name_word(s, at))
            g_hash_table_add(names, GUINT_TO_POINTER(s->text->tokens[at].hash));
        else if (!is_particle(s->text, at))
            break;
    }
    return MAX(at, token + 1);
}

/* The hashes of the surnames of all persons that the report names in full. */
static GHashTable *find_names(const story *s)
{
    GHashTable *names = g_hash_table_new(NULL, NULL);
    guint32 end = 0;
    for (guint32 i = 0; i < s->text->n_capitals; i++) {
        guint32 t = s->text->capitals[i];
        if (t >= end && begins_name(s, t))
            end = read_name(s, t, names);
    }
    return names;
}

/* ---- the victims of an event ---- */

static void note_names(const story *s, event *e, GHashTable *names, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to && e->n_names < G_N_ELEMENTS(e->names); t++)
        if (is_name_word(s, t) &&
            g_hash_table_contains(names, GUINT_TO_POINTER(s->text->tokens[t].hash)))
            e->names[e->n_names++] = s->text->tokens[t].hash;
}

static gboolean ends_victims(const im_text *text, guint32 token)
{
    static im_words agents = IM_WORDS("by", "por");
    return im_ends_clause(text, token) || im_token_is_any(text, token, &agents) ||
           im_text_has_tag(text, token, IM_LEX_CASUALTY) ||
           im_text_has_tag(text, token, IM_LEX_SAYING);
}

/* The victims behind "killed", "the murder of". */
static void read_behind(const story *s, event *e, GHashTable *names, guint32 token)
{
    guint32 end = MIN(token + REACH_VICTIMS, s->text->sentences[e->sentence].end), to = token;
    while (to < end && !ends_victims(s->text, to))
        to++;
    note_names(s, e, names, token, to);
}

/* The victims before "was killed", "'s murder". */
static void read_before(const story *s, event *e, GHashTable *names, guint32 token)
{
    guint32 first = s->text->sentences[e->sentence].first, from = token;
    while (from > first && token - from < REACH_VICTIMS && !ends_victims(s->text, from - 1))
        from--;
    note_names(s, e, names, from, token);
}

static void read_victims(const story *s, event *e, GHashTable *names)
{
    const im_text *text = s->text;
    const im_sentence range = im_story_around(s, e);
    const im_tag *tag = NULL;
    for (guint32 t = e->first; t < MIN(e->until, range.end) && !tag; t++)
        tag = im_text_tag_at(text, t, IM_LEX_CASUALTY);
    guint32 first = tag ? tag->first : e->act_first, end = tag ? tag->end : e->act_end;
    gboolean passive = im_auxiliary_before(text, first, range.first) != NULL;
    if (passive ||
        (tag && (im_extra_is(tag->lexeme, "subject") || im_extra_is(tag->lexeme, "owned"))))
        read_before(s, e, names, first);
    else
        read_behind(s, e, names, end);
}

void im_story_find_identities(story *s)
{
    g_autoptr(GHashTable) names = NULL;
    for (guint i = 0; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (!im_event_is_violent(e) && e->type != IM_INCIDENT_KIDNAPPING &&
            e->type != IM_INCIDENT_ARREST)
            continue;
        if (!names)
            names = find_names(s);
        if (g_hash_table_size(names) > 0)
            read_victims(s, e, names);
    }
}

gboolean im_event_shares_victim(const event *a, const event *b)
{
    for (guint i = 0; i < a->n_names; i++)
        for (guint k = 0; k < b->n_names; k++)
            if (a->names[i] == b->names[k])
                return TRUE;
    return FALSE;
}
