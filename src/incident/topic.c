/* What a text is about: sport, accidents and weather, business as usual tell of no incident with its words. */
#include "incident/priv.h"

#include <string.h>

static gboolean is_people_of(const im_lexeme *lexeme, const char *role)
{
    return lexeme->cls == IM_LEX_PEOPLE && strcmp(lexeme->value, role) == 0;
}

gboolean im_text_is_sport(const im_text *text)
{
    enum { ENOUGH_SPORT = 4 };
    guint sport = 0, grave = 0;
    for (guint32 i = 0; i < text->n_tags; i++) {
        const im_lexeme *lexeme = text->tags[i].lexeme;
        sport += lexeme->cls == IM_LEX_SPORT;
        grave += lexeme->cls == IM_LEX_CASUALTY || is_people_of(lexeme, "security");
    }
    return sport >= ENOUGH_SPORT && sport > 2 * grave;
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
    for (guint32 t = im_sentence_from(range, IM_LEX_MISHAP); t < range->end; t++)
        if (im_text_has_tag(text, t, IM_LEX_MISHAP))
            return TRUE;
    return FALSE;
}

gboolean im_is_mishap(const im_text *text, const im_tag *trigger, im_incident_type type)
{
    const guint32 token = trigger->first;
    if (!im_sentence_has(im_sentence_of(text, token), IM_CLASS_BIT(IM_LEX_MISHAP)))
        return FALSE;
    if (type == IM_INCIDENT_KILLING)
        return im_clause_has(text, token, IM_LEX_MISHAP, "illness");
    return (type == IM_INCIDENT_DISRUPTION || type == IM_INCIDENT_ROADBLOCK) &&
           (im_clause_has(text, token, IM_LEX_MISHAP, "nature") ||
            im_clause_has(text, token, IM_LEX_MISHAP, "accident")) &&
           !im_clause_has(text, token, IM_LEX_PEOPLE, "suspects") &&
           !im_clause_has(text, token, IM_LEX_PEOPLE, "civilians");
}
