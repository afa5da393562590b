/* How a mention is meant when not simply as itself: near it, south of it, between two, its north. */
#include "toponym/priv.h"

#include <string.h>

static im_mention *mention_at(GArray *mentions, guint32 i)
{
    return &g_array_index(mentions, im_mention, i);
}

/* The token before the mention and its article. */
static guint32 before_article(const im_text *text, guint32 first)
{
    if (first > 0 &&
        (im_token_is(text, first - 1, "the") || im_token_is(text, first - 1, "downtown")))
        return first - 1;
    return first;
}

static const im_tag *head_before(const im_text *text, guint32 at, const char *value)
{
    const im_tag *tag = topo_tag_before(text, at, IM_LEX_PLACEHEAD);
    return tag && strcmp(tag->lexeme->value, value) == 0 ? tag : NULL;
}

/* Kilometres in a unit, 0 when the word is no unit of length. */
static double unit_km(const im_text *text, guint32 token)
{
    const im_tag *tag = im_text_tag_at(text, token, IM_LEX_DIRECTION);
    if (!tag || strcmp(tag->lexeme->extra, "metres") != 0)
        return 0;
    return tag->lexeme->number / 1000.0;
}

/* `30 km south of X`, `a 30 kilómetros al sur de X`: sets distance and bearing. */
static gboolean find_offset(const im_text *text, im_mention *m)
{
    enum { REACH = 6 };
    guint32 at = before_article(text, m->first);
    const im_tag *direction = NULL;
    for (guint32 back = 1; back <= REACH && back <= at; back++) {
        guint32 i = at - back;
        if (!topo_same_sentence(text, i, m->first))
            break;
        const im_tag *tag = im_text_tag_at(text, i, IM_LEX_DIRECTION);
        if (tag && !*tag->lexeme->extra && !direction)
            direction = tag;
        double km = unit_km(text, i);
        if (km <= 0 || i == 0 || text->tokens[i - 1].kind != IM_TOKEN_NUMBER)
            continue;
        m->distance_km = km * g_ascii_strtod(im_token_fold(text, i - 1), NULL);
        m->bearing_deg =
            direction && direction->lexeme->number >= 0 ? direction->lexeme->number : 0;
        m->relation = direction ? IM_RELATION_OFFSET : IM_RELATION_NEAR;
        return TRUE;
    }
    return FALSE;
}

static void relate_one(const im_text *text, im_mention *m)
{
    guint32 at = before_article(text, m->first);
    const im_tag *after = im_text_tag_at(text, m->end, IM_LEX_PLACEHEAD);
    if (find_offset(text, m))
        return;
    if (head_before(text, at, "near") || (after && strcmp(after->lexeme->value, "region") == 0 &&
                                          strcmp(after->lexeme->extra, "after") == 0)) {
        m->relation = IM_RELATION_NEAR;
        return;
    }
    const im_tag *direction = topo_tag_before(text, at, IM_LEX_DIRECTION);
    if (direction && !*direction->lexeme->extra)
        m->relation = IM_RELATION_PART;
}

/* `between X and Y`. */
static void relate_pair(const im_text *text, GArray *mentions, guint32 i)
{
    im_mention *a = mention_at(mentions, i), *b = mention_at(mentions, i + 1);
    gboolean joined = b->first == a->end + 1 &&
                      (im_token_is(text, a->end, "and") || im_token_is(text, a->end, "y") ||
                       im_token_is(text, a->end, "e"));
    guint32 at = before_article(text, a->first);
    if (!joined || at == 0 || !topo_same_sentence(text, at - 1, b->first))
        return;
    if (im_token_is(text, at - 1, "between") || im_token_is(text, at - 1, "entre")) {
        a->relation = IM_RELATION_BETWEEN;
        a->other = i + 1;
        b->relation = IM_RELATION_BETWEEN;
        b->other = i;
    }
}

/* `Washington said`, `Moscow's government`: a government or a body rather than a place. */
static gboolean is_actor(const im_topo *topo, const im_mention *m)
{
    const im_text *text = topo->text;
    if (m->place == IM_PLACE_NONE || m->end >= text->n_tokens ||
        !topo_same_sentence(text, m->first, m->end))
        return FALSE;
    guint32 next = m->end + (text->tokens[m->end].kind == IM_TOKEN_POSSESSIVE);
    if (topo_has_tag(text, m->end, IM_LEX_SAYING))
        return TRUE;
    const im_tag *head = im_text_tag_at(text, next, IM_LEX_ORGHEAD);
    return head && topo_is_capital(topo, next) && strcmp(head->lexeme->value, "after") != 0;
}

void topo_relate(const im_topo *topo, GArray *mentions)
{
    for (guint32 i = 0; i < mentions->len; i++) {
        im_mention *m = mention_at(mentions, i);
        if (m->first >= m->end)
            continue;
        relate_one(topo->text, m);
        if (is_actor(topo, m))
            m->flags |= IM_MENTION_ACTOR;
    }
    for (guint32 i = 0; i + 1 < mentions->len; i++)
        if (mention_at(mentions, i)->first < mention_at(mentions, i)->end)
            relate_pair(topo->text, mentions, i);
}
