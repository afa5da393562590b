/* Events and where they stand in the story: their life, and what is near them. */
#include "base/search.h"
#include "gazetteer/record.h"
#include "incident/kinship.h"
#include "incident/priv.h"

#include <string.h>

event *im_event_new(const story *s, im_incident_type type, guint32 sentence, guint32 first,
                    guint32 end)
{
    event *e = im_arena_array(s->arena, event, 1);
    e->type = type;
    e->sentence = sentence;
    e->first = first;
    e->end = e->until = end;
    e->act_first = first;
    e->act_end = end;
    e->count = e->injured = e->arrested = e->abducted = e->dead_high = IM_UNKNOWN;
    for (int role = 0; role < N_ROLES; role++)
        e->dead[role] = IM_UNKNOWN;
    e->mention = IM_NO_MENTION;
    e->country = IM_PLACE_NONE;
    e->status = IM_STATUS_OCCURRED;
    im_event_quote(e, sentence);
    return e;
}

int im_event_dead(const event *e)
{
    int sum = 0;
    gboolean known = FALSE;
    for (int role = 0; role < N_ROLES; role++) { /* which ones are told is not foretold */
        sum += MAX(e->dead[role], 0);
        known |= e->dead[role] != IM_UNKNOWN;
    }
    return known ? sum : IM_UNKNOWN;
}

gboolean im_event_is_violent(const event *e)
{
    return im_incident_type_is_violent(e->type);
}

void im_event_quote(event *e, guint32 sentence)
{
    guint at = e->n_quotes;
    while (at > 0 && e->quotes[at - 1] > sentence)
        at--;
    if (at == IM_MOST_QUOTES || (at > 0 && e->quotes[at - 1] == sentence))
        return;
    e->n_quotes = MIN(e->n_quotes + 1, IM_MOST_QUOTES);
    memmove(&e->quotes[at + 1], &e->quotes[at], (e->n_quotes - 1 - at) * sizeof *e->quotes);
    e->quotes[at] = sentence;
}

im_sentence im_story_around(const story *s, const event *e)
{
    im_sentence range = s->text->sentences[e->sentence];
    range.first = MAX(range.first, e->first - MIN(e->first, IM_REACH_TOKENS));
    range.end = MIN(range.end, e->end + IM_REACH_TOKENS);
    return range;
}

guint im_story_events_at(const story *s, guint32 token)
{
    guint low = 0;
    for (guint half, n = s->events->len; n > 0; n -= half) { /* as im_lower_bound() */
        half = (n + 1) / 2;
        low += half * (((const event *)s->events->pdata[low + half - 1])->first < token);
    }
    return low;
}

guint im_story_events_from(const story *s, guint32 sentence)
{
    return im_story_events_at(s, s->text->sentences[sentence].first);
}

static gboolean begins_in(const story *s, guint32 from, guint32 to)
{
    guint at = from < to ? im_story_events_at(s, from) : s->events->len;
    return at < s->events->len && ((const event *)s->events->pdata[at])->first < to;
}

gboolean im_story_event_between(const story *s, const event *e, guint32 from, guint32 to)
{
    return begins_in(s, from, MIN(to, e->first)) || begins_in(s, MAX(from, e->first + 1), to);
}

guint32 im_story_mentions_from(const story *s, guint32 token)
{
    return im_lower_bound(s->mentions, sizeof(im_mention), G_STRUCT_OFFSET(im_mention, first),
                          s->n_mentions, token);
}

const im_sentence *im_sentence_of(const im_text *text, guint32 token)
{
    return &text->sentences[text->tokens[token].sentence];
}

gboolean im_ends_clause(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, ';') || im_text_has_tag(text, token, IM_LEX_CONNECTIVE);
}

gboolean im_clause_ends_between(const im_text *text, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to; t++)
        if (im_ends_clause(text, t))
            return TRUE;
    return FALSE;
}

gboolean im_says(const im_text *text, guint32 token)
{
    return im_text_tag_at(text, token, IM_LEX_SAYING) &&
           !im_text_tag_at(text, token, IM_LEX_CASUALTY) &&
           !im_text_tag_at(text, token, IM_LEX_TRIGGER) &&
           !im_text_tag_at(text, token, IM_LEX_AUXILIARY);
}

gboolean im_is_question(const im_text *text, const im_sentence *range)
{
    for (guint32 back = 1; back <= 2 && range->first + back <= range->end; back++)
        if (im_token_is_punct(text, range->end - back, '?'))
            return TRUE;
    return FALSE;
}

gboolean im_story_place_between(const story *s, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to; t++)
        if (s->mention_at[t] != IM_NO_MENTION &&
            !(s->mentions[s->mention_at[t]].flags & (IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR)))
            return TRUE;
    return FALSE;
}

guint32 im_clause_start(const im_text *text, guint32 token)
{
    guint32 first = MAX(im_sentence_of(text, token)->first, token - MIN(token, IM_REACH_TOKENS));
    while (token > first && !im_ends_clause(text, token))
        token--;
    return token;
}

guint32 im_clause_end(const im_text *text, guint32 token)
{
    guint32 end = MIN(im_sentence_of(text, token)->end, token + IM_REACH_TOKENS);
    for (token++; token < end && !im_ends_clause(text, token); token++)
        ;
    return token;
}

im_place_kind im_mention_kind(const story *s, guint32 mention)
{
    const im_mention *m = &s->mentions[mention];
    return m->status == IM_MENTION_RESOLVED ? im_gazetteer_kind(s->gazetteer, m->place)
                                            : IM_PLACE_UNKNOWN;
}
