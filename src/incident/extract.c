/* One report → its incidents: the passes of priv.h in their order. */
#include "incident/priv.h"

#include <string.h>

static guint32 *cover_tokens(const im_text *text, const GArray *mentions)
{
    guint32 *at = g_new(guint32, text->n_tokens + 1);
    memset(at, 0xff, (text->n_tokens + 1) * sizeof *at);
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        for (guint32 t = m->first; t < m->end && t < text->n_tokens; t++)
            at[t] = i;
    }
    return at;
}

gboolean im_says_whose(const im_text *text, const im_mention *m)
{
    guint32 before = m->first > 0 ? m->first - 1 : 0;
    if (im_token_is(text, before, "the") && before > 0)
        before--;
    return !(m->flags & IM_MENTION_DATELINE) && m->end < text->n_tokens &&
           text->tokens[m->end].kind == IM_TOKEN_WORD &&
           !im_text_has_tag(text, m->end, IM_LEX_FUNCTION) &&
           !im_text_has_tag(text, before, IM_LEX_PREPOSITION);
}

/* The country that most mentions are in; ties go to the one named first. */
static im_place_id main_country(const im_gazetteer *gazetteer, const im_text *text,
                                const GArray *mentions)
{
    im_place_id best = IM_PLACE_NONE;
    guint best_votes = 0;
    g_autoptr(GHashTable) votes = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        if (m->status != IM_MENTION_RESOLVED)
            continue;
        im_place_id country = im_gazetteer_place(gazetteer, m->place).country;
        if (country == IM_PLACE_NONE)
            continue;
        gpointer key = GUINT_TO_POINTER(country);
        guint weight = (m->flags & IM_MENTION_ACTOR) || im_says_whose(text, m) ? 1 : 2;
        g_hash_table_insert(
            votes, key,
            GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(votes, key)) + weight));
    }
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        if (m->status != IM_MENTION_RESOLVED)
            continue;
        im_place_id country = im_gazetteer_place(gazetteer, m->place).country;
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(votes, GUINT_TO_POINTER(country)));
        if (country != IM_PLACE_NONE && n > best_votes) {
            best = country;
            best_votes = n;
        }
    }
    return best;
}

static void free_event(gpointer e)
{
    im_event_free(e);
}

static void free_incident(gpointer incident)
{
    im_incident_free(incident);
}

GPtrArray *im_incidents_extract(const im_gazetteer *gazetteer, const im_report *report,
                                const im_text *text, const GArray *mentions)
{
    story s = {.gazetteer = gazetteer,
               .report = report,
               .text = text,
               .mentions = (const im_mention *)(const void *)mentions->data,
               .n_mentions = mentions->len,
               .mention_at = cover_tokens(text, mentions),
               .events = g_ptr_array_new_with_free_func(free_event),
               .country = main_country(gazetteer, text, mentions)};
    gboolean figurative = im_text_is_sport(text);
    for (guint32 i = 0; i < text->n_sentences && !figurative; i++) {
        im_story_find_events(&s, i);
        if (!im_is_question(text, &text->sentences[i]))
            im_story_find_victims(&s, i);
    }
    im_story_find_places(&s);
    im_story_find_actors(&s);
    im_story_find_times(&s);
    im_story_join(&s);
    GPtrArray *incidents = g_ptr_array_new_with_free_func(free_incident);
    for (guint i = 0; i < s.events->len; i++) {
        const event *e = s.events->pdata[i];
        im_incident *record = e->dropped ? NULL : im_event_record(&s, e);
        if (record)
            g_ptr_array_add(incidents, record);
    }
    im_incidents_finish(incidents);
    g_ptr_array_unref(s.events);
    g_free(s.mention_at);
    return incidents;
}
