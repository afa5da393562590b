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

static inline gboolean add_tag(im_text *text, im_tag tag)
{
    if (G_UNLIKELY((text->n_tags & (text->n_tags - 1)) == 0 && text->n_tags >= FIRST_TAGS))
        text->tags = g_renew(im_tag, text->tags, 2 * (gsize)text->n_tags);
    text->tags[text->n_tags++] = tag;
    text->tokens[tag.first].begins |= IM_CLASS_BIT(tag.lexeme->cls);
    text->tokens[tag.end].ends |= IM_CLASS_BIT(tag.lexeme->cls);
    return FALSE;
}

static gboolean is_match(im_text *text, im_tag tag)
{
    (void)text, (void)tag;
    return TRUE;
}

/* The groups of the lexicon that may tell of a token: of its word, and of what words begin with. */
typedef struct lookup {
    guint exact, prefix;
} lookup;

static inline lookup look_up(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    if (t->kind == IM_TOKEN_POSSESSIVE || t->fold_len == 0)
        return (lookup){0, 0};
    return (lookup){t->group, im_lexicon_prefix_group(im_token_fold(text, token), t->fold_len)};
}

/* Calls `tell` with each entry of the group that matches at `token` and is of one of the classes, until
 * it returns TRUE. @return whether it did */
static inline gboolean each_match(const im_text *text, guint32 token, guint group, gboolean prefix,
                                  guint64 classes, gboolean (*tell)(im_text *text, im_tag tag),
                                  im_text *told)
{
    const im_lexeme_group *g = &im_lexicon_groups[group];
    const guint8 language = (guint8)text->language;
    if (!(g->classes[language] & classes))
        return FALSE;
    const guint32 next = hash_after(text, token);
    for (guint i = g->first; i < (guint)g->first + g->n; i++) {
        const im_lexeme_key *key = &im_lexicon_keys[i];
        if (!(IM_CLASS_BIT(key->cls) & classes) || !may_match(key, language, next))
            continue;
        const im_lexeme *entry = &im_lexicon_entries[i];
        gboolean known = !prefix && key->n_words == 1; /* by its group */
        guint32 end = known ? token + 1 : match_end(text, token, entry);
        if (end && tell(told, (im_tag){.first = token, .end = end, .lexeme = entry}))
            return TRUE;
    }
    return FALSE;
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
        const guint32 first = text->n_tags;
        const lookup at = look_up(text, i);
        text->tokens[i].first_tag = first;
        if (at.exact)
            each_match(text, i, at.exact, FALSE, text->classes, add_tag, text);
        if (at.prefix)
            each_match(text, i, at.prefix, TRUE, text->classes, add_tag, text);
        if (text->n_tags - first > 1)
            sort(&text->tags[first], text->n_tags - first);
    }
}

gboolean im_text_is_known(const im_text *text, guint32 token)
{
    const lookup at = look_up(text, token);
    return each_match(text, token, at.exact, FALSE, IM_ALL_CLASSES, is_match, NULL) ||
           each_match(text, token, at.prefix, TRUE, IM_ALL_CLASSES, is_match, NULL);
}
