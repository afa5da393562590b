/* Tokens → what the lexicons know of them. */
#include "text/priv.h"

#include <string.h>

static gboolean word_matches(const im_text *text, guint32 token, const char *word, gsize len)
{
    const char *fold = im_token_fold(text, token);
    if (len > 0 && word[len - 1] == '*')
        return strncmp(fold, word, len - 1) == 0;
    return text->tokens[token].fold_len == len && memcmp(fold, word, len) == 0;
}

static guint32 skip_hyphen(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, '-') ? token + 1 : token;
}

/* The token after the match of `entry` at `token`, 0 when it does not match. */
static guint32 match_end(const im_text *text, guint32 token, const im_lexeme *entry)
{
    guint32 end = text->sentences[text->tokens[token].sentence].end;
    const char *word = entry->phrase;
    for (guint i = 0; i < entry->n_words; i++) {
        gsize len = strcspn(word, " ");
        if (i > 0)
            token = skip_hyphen(text, token);
        if (token >= end || !word_matches(text, token, word, len))
            return 0;
        token++;
        word += len + 1;
    }
    return token;
}

static gboolean applies(const im_text *text, const im_lexeme *entry)
{
    return entry->language == IM_LANGUAGE_UNKNOWN || entry->language == (guint8)text->language;
}

static void tag_from(const im_text *text, guint32 token, gboolean prefix, GArray *tags)
{
    guint n;
    const im_lexeme *found =
        im_lexicon_find(im_token_fold(text, token), text->tokens[token].fold_len, prefix, &n);
    for (guint i = 0; i < n; i++) {
        guint32 end = applies(text, &found[i]) ? match_end(text, token, &found[i]) : 0;
        if (!end)
            continue;
        im_tag tag = {.first = token, .end = end, .lexeme = &found[i]};
        g_array_append_val(tags, tag);
    }
}

static int longest_first(const void *a, const void *b)
{
    const im_tag *x = a, *y = b;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->lexeme < y->lexeme ? -1 : x->lexeme > y->lexeme;
}

void im_text_tag(im_text *text)
{
    GArray *tags = g_array_new(FALSE, FALSE, sizeof(im_tag));
    for (guint32 i = 0; i < text->n_tokens; i++) {
        guint first = tags->len;
        text->tokens[i].first_tag = first;
        if (text->tokens[i].fold_len == 0 || text->tokens[i].kind == IM_TOKEN_POSSESSIVE)
            continue;
        tag_from(text, i, FALSE, tags);
        tag_from(text, i, TRUE, tags);
        if (tags->len - first > 1)
            qsort(&g_array_index(tags, im_tag, first), tags->len - first, sizeof(im_tag),
                  longest_first);
    }
    text->n_tags = tags->len;
    text->tags = (im_tag *)(void *)g_array_free(tags, FALSE);
}
