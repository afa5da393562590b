/* Tokens → what the lexicons know of them. */
#include "text/priv.h"

enum { FIRST_TAGS = 256 }; /* a power of two, as all later sizes */

/* Whether the folded token is the first word of `phrase`: as a whole, or what stands before its `*`.
 * @return what follows the word in the phrase, NULL when it is another */
static const char *match_word(const char *phrase, const char *fold)
{
    while (*phrase && *phrase == *fold)
        phrase++, fold++;
    if (*phrase == '*')
        return phrase + 1;
    return !*fold && (!*phrase || *phrase == ' ') ? phrase : NULL;
}

/* The token after the match of `entry` at `token`, 0 when it does not match. */
static guint32 match_end(const im_text *text, guint32 token, const im_lexeme *entry)
{
    guint32 end = text->sentences[text->tokens[token].sentence].end;
    const char *rest = match_word(entry->phrase, im_token_fold(text, token));
    for (token++; rest && *rest; token++) {
        if (im_token_is_punct(text, token, '-'))
            token++;
        rest = token < end ? match_word(rest + 1, im_token_fold(text, token)) : NULL;
    }
    return rest ? token : 0;
}

/* The hash of the word after a token, behind a hyphen too. */
static guint32 hash_after(const im_text *text, guint32 token)
{
    guint32 next = token + 1 + im_token_is_punct(text, token + 1, '-');
    return next < text->n_tokens ? text->tokens[next].hash : 0;
}

/* Whether the entry may match: of the text's language, and its second word comes next. */
static inline gboolean may_match(const im_lexeme_key *key, guint8 language, guint32 next)
{
    return (key->language == IM_LANGUAGE_UNKNOWN || key->language == language) &&
           (!key->second || key->second == next);
}

static inline void add_tag(im_text *text, im_tag tag)
{
    if (G_UNLIKELY((text->n_tags & (text->n_tags - 1)) == 0 && text->n_tags >= FIRST_TAGS))
        text->tags = g_renew(im_tag, text->tags, 2 * (gsize)text->n_tags);
    text->tags[text->n_tags++] = tag;
    text->tokens[tag.first].begins |= IM_CLASS_BIT(tag.lexeme->cls);
    text->tokens[tag.end].ends |= IM_CLASS_BIT(tag.lexeme->cls);
}

static void tag_from(im_text *text, guint32 token, guint group, gboolean prefix)
{
    guint n;
    const im_lexeme *found = im_lexicon_entries(group, &n);
    const im_lexeme_key *keys = im_lexicon_keys(group);
    const guint8 language = (guint8)text->language;
    const guint32 next = hash_after(text, token);
    for (guint i = 0; i < n; i++) {
        if (!may_match(&keys[i], language, next))
            continue;
        gboolean known = !prefix && keys[i].n_words == 1; /* by its group */
        guint32 end = known ? token + 1 : match_end(text, token, &found[i]);
        if (end)
            add_tag(text, (im_tag){.first = token, .end = end, .lexeme = &found[i]});
    }
}

static gboolean is_before(const im_tag *a, const im_tag *b)
{
    return a->end != b->end ? a->end > b->end : a->lexeme < b->lexeme;
}

/* Longest first, then in the order of the entries: a few, nearly in order already. */
static void sort(im_tag *tags, guint n)
{
    for (guint i = 1; i < n; i++) {
        im_tag tag = tags[i];
        guint at = i;
        for (; at > 0 && is_before(&tag, &tags[at - 1]); at--)
            tags[at] = tags[at - 1];
        tags[at] = tag;
    }
}

void im_text_tag(im_text *text)
{
    text->tags = g_new(im_tag, FIRST_TAGS);
    for (guint32 i = 0; i < text->n_tokens; i++) {
        im_token *t = &text->tokens[i];
        const guint32 first = text->n_tags;
        t->first_tag = first;
        if (t->kind == IM_TOKEN_POSSESSIVE || t->fold_len == 0)
            continue;
        if (t->group)
            tag_from(text, i, t->group, FALSE);
        guint prefix = im_lexicon_prefix_group(im_token_fold(text, i), t->fold_len);
        if (prefix)
            tag_from(text, i, prefix, TRUE);
        if (text->n_tags - first > 1)
            sort(&text->tags[first], text->n_tags - first);
    }
}
