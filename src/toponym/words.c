/* Small questions about tokens that several passes ask. */
#include "toponym/priv.h"

#include <string.h>

gboolean topo_is_word(const im_topo *topo, guint32 token)
{
    return token < topo->text->n_tokens && topo->text->tokens[token].kind == IM_TOKEN_WORD;
}

gboolean topo_is_capital(const im_topo *topo, guint32 token)
{
    if (!topo_is_word(topo, token))
        return FALSE;
    const im_token *t = &topo->text->tokens[token];
    if (t->shape == IM_SHAPE_MIXED) {
        gunichar c = g_utf8_get_char(topo->text->bytes + t->span.start);
        return g_unichar_isupper(c);
    }
    return t->shape == IM_SHAPE_TITLE || t->shape == IM_SHAPE_UPPER;
}

/* Notes that a candidate stands here. */
void topo_take(im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++)
        topo->marks[i] |= TOPO_TAKEN;
}

gboolean topo_has_tag(const im_text *text, guint32 token, im_lexeme_class cls)
{
    return im_text_tag_at(text, token, cls) != NULL;
}

/* The longest tag of the class that ends where `token` begins, or NULL. */
const im_tag *topo_tag_before(const im_text *text, guint32 token, im_lexeme_class cls)
{
    enum { REACH = 6 };
    const im_tag *found = NULL;
    for (guint32 back = 1; back <= REACH && back <= token; back++) {
        guint32 first = token - back;
        for (guint32 i = text->tokens[first].first_tag;
             i < text->n_tags && text->tags[i].first == first; i++)
            if (text->tags[i].end == token && text->tags[i].lexeme->cls == cls)
                found = &text->tags[i];
    }
    return found;
}

/* The title that stands before a name: `President X`, `Gen. X`; NULL when none does. */
const im_tag *topo_title_before(const im_text *text, guint32 token)
{
    const im_tag *title = topo_tag_before(text, token, IM_LEX_TITLE);
    if (!title && token > 1 && im_token_is_punct(text, token - 1, '.') &&
        !(text->tokens[token - 1].flags & IM_TOKEN_SPACE_BEFORE))
        title = topo_tag_before(text, token - 1, IM_LEX_TITLE);
    return title && topo_same_sentence(text, title->first, token) ? title : NULL;
}

gboolean topo_same_sentence(const im_text *text, guint32 a, guint32 b)
{
    return a < text->n_tokens && b < text->n_tokens &&
           text->tokens[a].sentence == text->tokens[b].sentence;
}

static guint32 slot_of(const im_text *text, const guint32 *table, guint32 mask, guint32 token)
{
    const char *fold = im_token_fold(text, token);
    guint32 at = g_str_hash(fold) * 2654435769u & mask;
    while (table[at] && strcmp(im_token_fold(text, table[at] - 1), fold) != 0)
        at = (at + 1) & mask;
    return at;
}

gboolean topo_seen(const im_text *text, const guint32 *table, guint32 mask, guint32 token)
{
    return table[slot_of(text, table, mask, token)] != 0;
}

void topo_see(const im_text *text, guint32 *table, guint32 mask, guint32 token)
{
    guint32 at = slot_of(text, table, mask, token);
    if (!table[at])
        table[at] = token + 1;
}
