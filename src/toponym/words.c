/* Small questions about tokens that several passes ask. */
#include "toponym/priv.h"

/* Notes that a candidate stands here. */
void topo_take(im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++)
        topo->marks[i] |= TOPO_TAKEN;
}

/* The longest tag of the class that ends where `token` begins. */
const im_tag *topo_find_before(const im_text *text, guint32 token, im_lexeme_class cls)
{
    enum { REACH = 6 };
    const im_tag *found = NULL;
    for (guint32 back = 1; back <= REACH && back <= token; back++) {
        guint32 first = token - back;
        if (!im_text_has_tag(text, first, cls))
            continue;
        for (guint32 i = text->tokens[first].first_tag;
             i < text->n_tags && text->tags[i].first == first; i++)
            if (text->tags[i].end == token && text->tags[i].cls == cls)
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

gboolean topo_begins_name(const im_text *text, guint32 token)
{
    if (!topo_has_tag(text, token, IM_LEX_NOTPLACE))
        return FALSE;
    for (guint32 i = text->tokens[token].first_tag;
         i < text->n_tags && text->tags[i].first == token; i++)
        if (text->tags[i].cls == IM_LEX_NOTPLACE && im_value_is(text->tags[i].lexeme, "begins"))
            return TRUE;
    return FALSE;
}

gboolean topo_is_saint(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("san", "santa", "santo", "sao", "saint", "st");
    return im_token_is_any(text, token, &words);
}
