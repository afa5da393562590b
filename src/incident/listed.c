/* Places that a text tells in a row: "in Chavinda, Ecuandureo, La Piedad and Zamora". */
#include "incident/priv.h"

static gboolean is_joint(const im_text *text, guint32 t)
{
    return im_token_is_punct(text, t, ',') || im_token_is(text, t, "and") ||
           im_token_is(text, t, "y") || im_token_is(text, t, "e") || im_token_is(text, t, "&");
}

static gboolean is_in(const im_text *text, guint32 t)
{
    return im_token_is(text, t, "in") || im_token_is(text, t, "en");
}

/* Whether the word beside a mention says that it is a state, province or municipality. */
static gboolean is_called_area(const story *s, guint32 mention)
{
    static im_words areas = IM_WORDS("state", "province", "department", "county", "municipality");
    const im_mention *m = &s->mentions[mention];
    const im_tag *head = im_text_tag_at(s->text, m->end, IM_LEX_PLACEHEAD);
    if (!head && m->end > 0)
        head = im_text_tag_at(s->text, m->end - 1, IM_LEX_PLACEHEAD);
    return head && im_value_is_any(head->lexeme, &areas);
}

/* "in Uchiza, Mariscal Caceres Province": what a comma leads to holds the place before it, whatever the
 * gazetteer says. */
static gboolean is_said_to_hold(const story *s, guint32 a, guint32 b)
{
    return s->mentions[b].first == s->mentions[a].end + 1 &&
           im_token_is_punct(s->text, s->mentions[a].end, ',') && is_called_area(s, b) &&
           !is_called_area(s, a) && im_mention_kind(s, a) != IM_PLACE_ADMIN1;
}

gboolean im_story_are_listed(const story *s, guint32 a, guint32 b)
{
    gboolean joint = FALSE;
    if (is_said_to_hold(s, a, b))
        return FALSE;
    for (guint32 t = s->mentions[a].end; t < s->mentions[b].first; t++) {
        guint32 covering = s->mention_at[t];
        if (covering != IM_NO_MENTION && covering == s->mentions[a].container)
            continue;
        gboolean again = is_in(s->text, t) && s->mentions[a].first > 0 &&
                         is_in(s->text, s->mentions[a].first - 1); /* "in A, in B" */
        if (!is_joint(s->text, t) && !again)
            return FALSE;
        joint = TRUE;
    }
    return joint;
}

gboolean im_may_be_listed(const story *s, guint32 mention)
{
    return !(s->mentions[mention].flags &
             (IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR | IM_MENTION_DATELINE));
}

guint32 im_list_neighbour(const story *s, guint32 mention, int step)
{
    for (gint64 i = (gint64)mention + step; i >= 0 && i < s->n_mentions; i += step)
        if (im_may_be_listed(s, (guint32)i))
            return (guint32)i;
    return IM_NO_MENTION;
}

guint32 im_list_head(const story *s, guint32 mention)
{
    enum { LONGEST_LIST = 64 };
    guint32 before;
    for (guint n = 0;
         n < LONGEST_LIST && (before = im_list_neighbour(s, mention, -1)) != IM_NO_MENTION &&
         im_story_are_listed(s, before, mention) &&
         s->mentions[mention].relation != IM_RELATION_BETWEEN;
         n++)
        mention = before;
    return mention;
}

/* "• Iguala, Teloloapan and Arcelia." */
gboolean im_lists_places(const story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    guint n = 0;
    for (guint32 t = range->first; t < range->end; t++) {
        const guint32 m = s->mention_at[t];
        if (m == IM_NO_MENTION && s->text->tokens[t].kind != IM_TOKEN_PUNCT &&
            !is_joint(s->text, t))
            return FALSE;
        n += m != IM_NO_MENTION && s->mentions[m].first == t;
    }
    return n > 1;
}
