/* One report → its incidents: the passes of priv.h in their order. */
#include "incident/priv.h"

#include <string.h>

static guint32 *cover_tokens(const im_text *text, const GArray *mentions, im_arena *arena)
{
    guint32 *at = im_arena_room(arena, guint32, text->n_tokens + 1);
    memset(at, 0xff, (text->n_tokens + 1) * sizeof *at);
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        for (guint32 t = m->first; t < m->end && t < text->n_tokens; t++)
            at[t] = i;
    }
    return at;
}

static void free_incident(gpointer incident)
{
    im_incident_free(incident);
}

/* Where, by whom and when the events were, and which of them are the same. */
static void find_the_rest(story *s)
{
    im_story_find_home(s);
    im_story_find_places(s);
    im_story_find_actors(s);
    im_story_find_times(s);
    im_story_find_identities(s);
    im_story_join(s);
}

GPtrArray *im_incidents_extract(const im_gazetteer *gazetteer, const im_report *report,
                                const im_text *text, const GArray *mentions)
{
    enum { USUAL_EVENTS = 16, USUAL_QUOTE = 1024 }; /* so that few arrays grow */
    g_autoptr(im_arena) arena = im_arena_new();
    story s = {.gazetteer = gazetteer,
               .report = report,
               .text = text,
               .mentions = (const im_mention *)(const void *)mentions->data,
               .n_mentions = mentions->len,
               .mention_at = cover_tokens(text, mentions, arena),
               .arena = arena,
               .events = g_ptr_array_sized_new(USUAL_EVENTS),
               .amounts = g_array_sized_new(FALSE, FALSE, sizeof(amount), USUAL_EVENTS),
               .amounts_of = text->n_sentences,
               .quote = g_string_sized_new(USUAL_QUOTE)};
    for (guint32 i = 0; i < text->n_sentences; i++) {
        im_story_find_events(&s, i);
        if (!im_is_question(text, &text->sentences[i]))
            im_story_find_victims(&s, i);
    }
    im_story_drop_figures(&s);
    if (s.events->len > 0)
        find_the_rest(&s);
    GPtrArray *incidents = g_ptr_array_new_full(USUAL_EVENTS, free_incident);
    for (guint i = 0; i < s.events->len; i++) {
        const event *e = s.events->pdata[i];
        im_incident *record = e->dropped ? NULL : im_event_record(&s, e);
        if (record)
            g_ptr_array_add(incidents, record);
    }
    im_incidents_finish(incidents);
    g_ptr_array_unref(s.events);
    g_array_unref(s.amounts);
    g_string_free(s.quote, TRUE);
    return incidents;
}
