/* Tokens → what the lexicons know of them. */
#include "base/hash.h"
#include "text/priv.h"

enum { FIRST_TAGS = 256, USUAL_SINGLES = 2 };

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

/* The token after the match of `entry` at `token`, 0 when it does not match.
 * @param prefix  whether the entry may begin with another word, or a part of it: groups are of one word */
static guint32 match_end(const im_text *text, guint32 token, const im_lexeme *entry,
                         gboolean prefix)
{
    guint32 end = text->sentences[text->tokens[token].sentence].end;
    const char *rest = prefix ? match_word(entry->phrase, im_token_fold(text, token))
                              : entry->phrase + text->tokens[token].fold_len;
    for (token++; rest && *rest; token++) {
        if (im_token_is_punct(text, token, '-'))
            token++;
        rest = token < end ? match_word(rest + 1, im_token_fold(text, token)) : NULL;
    }
    return rest ? token : 0;
}

/* The hash of the word after a token, behind a hyphen too; that of the end is 0. */
static inline guint32 hash_after(const im_text *text, guint32 token)
{
    const guint32 next = text->tokens[token + 1].hash;
    return next == im_hash_word("-", 1) ? text->tokens[token + 2].hash : next;
}

/* Whether the entry is of the text's language and of one of the classes. */
static inline gboolean is_of(const im_lexeme_key *key, guint8 language, guint64 classes)
{
    return ((key->language == IM_LANGUAGE_UNKNOWN) | (key->language == language)) &
           (gboolean)(classes >> key->cls & 1);
}

/* Room for `n` more tags. */
static inline void reserve_tags(im_text *text, guint n, guint32 *room)
{
    if (G_LIKELY(text->n_tags + n <= *room))
        return;
    *room = 2 * (text->n_tags + n);
    text->tags = im_arena_grow(text->arena, text->tags, sizeof(im_tag) * text->n_tags,
                               sizeof(im_tag) * *room);
}

/* Adds a tag if `counts`, without a branch. */
static inline void add_tag(im_text *text, im_tag tag, gboolean counts)
{
    const guint64 bit = (guint64)counts << tag.cls;
    text->tags[text->n_tags] = tag;
    text->n_tags += (guint32)counts;
    text->tokens[tag.first].begins |= bit;
    text->tokens[tag.end].ends |= bit;
}

static inline guint64 classes_of(const im_text *text, guint group)
{
    return im_lexicon_groups[group].classes[text->language];
}

static guint prefix_group(const im_text *text, guint32 token)
{
    return im_lexicon_prefix_group(im_token_fold(text, token), text->tokens[token].fold_len);
}

/* Adds the tag of an entry of one word, the token's, if there `is` one. */
static inline void add_single(im_text *text, guint32 token, guint entry, gboolean is,
                              guint64 classes)
{
    const guint at = entry & -(guint)is; /* any, where there is none */
    const im_lexeme_key *key = &im_lexicon_keys[at];
    add_tag(text, (im_tag){token, token + 1, &im_lexicon_entries[at], key->cls, 0},
            is & is_of(key, (guint8)text->language, classes));
}

/* Of four numbers, the first that is not 0: one is. */
static inline guint first_of(const guint64 halves[2])
{
    const guint half = halves[0] == 0;
    return 2 * half + ((guint32)GUINT64_FROM_LE(halves[half]) == 0);
}

/* The first entry from `i` on, or `end`, whose second word is that of the hash or may be any: few are, of some
 * hundred. */
static inline guint next_longer(guint i, guint end, guint32 second)
{
    enum { FOUR = IM_LEXICON_SECONDS_AHEAD + 1 };
    typedef guint32 four __attribute__((vector_size(FOUR * sizeof(guint32))));
    for (; i < end; i += FOUR) {
        four seconds;
        guint64 halves[2];
        memcpy(&seconds, &im_lexicon_seconds[i], sizeof seconds);
        const four found = (four)((seconds == second) | (seconds == 0));
        memcpy(halves, &found, sizeof halves);
        if (halves[0] | halves[1])
            return MIN(i + first_of(halves), end);
    }
    return end;
}

/* Adds the tags of the entries of a group that match at `token`: first of the longer ones. */
static void tag_from(im_text *text, guint32 token, guint group, gboolean prefix, guint64 classes,
                     guint32 *room)
{
    const im_lexeme_group *g = &im_lexicon_groups[group];
    const guint8 language = (guint8)text->language;
    const guint32 next = hash_after(text, token);
    const guint single = prefix ? g->first + g->n : g->first + g->n_longer, end = g->first + g->n;
    reserve_tags(text, g->n + USUAL_SINGLES, room);
    const gboolean any = prefix || g->seconds & im_lexicon_second_bit(next);
    for (guint i = g->first; any && (i = next_longer(i, single, next)) < single; i++) {
        const im_lexeme_key *key = &im_lexicon_keys[i];
        const guint32 last = is_of(key, language, classes)
                                 ? match_end(text, token, &im_lexicon_entries[i], prefix)
                                 : 0;
        if (last)
            add_tag(text, (im_tag){token, last, &im_lexicon_entries[i], key->cls, 0}, TRUE);
    }
    /* They match: the group is the word's. How many there are is not foretold, so a few are always looked at. */
    for (guint k = 0; k < USUAL_SINGLES; k++)
        add_single(text, token, single + k, single + k < end, classes);
    for (guint i = single + USUAL_SINGLES; i < end; i++)
        add_single(text, token, i, TRUE, classes);
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

/* Classes of which a word may have tags. */
typedef struct scope {
    guint64 any, lower; /* a word in lower case is no name */
    gboolean prefix;    /* entries that end in `*` among them */
} scope;

static scope scope_of(guint64 classes)
{
    const guint64 names = IM_CLASS_BIT(IM_LEX_GIVEN) | IM_CLASS_BIT(IM_LEX_SURNAME) |
                          IM_CLASS_BIT(IM_LEX_NOTPLACE) | IM_CLASS_BIT(IM_LEX_ORG);
    const guint64 any = classes & ~IM_CLASS_BIT(IM_LEX_FUNCTION);
    return (scope){any, any & ~names, (any & im_lexicon_prefix_classes) != 0};
}

static inline guint64 wanted_of(const scope *s, const im_token *t)
{
    return t->shape == IM_SHAPE_LOWER ? s->lower : s->any;
}

/* Marks function words and lists the words with a capital, and finds the tokens that may have tags: what
 * they are is hard to foretell, so there are no branches.
 * @return the number of `found` */
static guint32 look_over(im_text *text, const scope *s, guint32 *found)
{
    guint32 n = 0;
    text->capitals = im_arena_room(text->arena, guint32, text->n_tokens + 1);
    for (guint32 i = 0; i < text->n_tokens; i++) {
        im_token *t = &text->tokens[i];
        const guint64 is_word = -(guint64)(t->kind == IM_TOKEN_WORD);
        const guint64 known = classes_of(text, t->group) & is_word;
        const guint64 function = known & IM_CLASS_BIT(IM_LEX_FUNCTION);
        t->begins = function;
        t[1].ends = function;
        text->capitals[text->n_capitals] = i;
        text->n_capitals += (t->flags & IM_TOKEN_CAPITAL) != 0;
        found[n] = i;
        n += ((known & wanted_of(s, t)) != 0) |
             (s->prefix & (guint32)is_word & im_lexicon_may_be_prefix(im_token_fold(text, i)));
    }
    return n;
}

/* So that who asks for one class need not look at the others. */
static void link_classes(im_text *text)
{
    for (guint cls = 0; cls < IM_LEX_N; cls++)
        text->first_tags[cls] = text->n_tags;
    for (guint32 i = text->n_tags; i-- > 0;) {
        im_tag *tag = &text->tags[i];
        tag->next = text->first_tags[tag->cls];
        text->first_tags[tag->cls] = i;
    }
}

void im_text_tag(im_text *text)
{
    const scope s = scope_of(text->classes);
    guint32 *found = im_arena_room(text->arena, guint32, text->n_tokens + 1);
    const guint32 n = look_over(text, &s, found);
    guint32 room = FIRST_TAGS;
    text->tags = im_arena_room(text->arena, im_tag, room);
    for (guint32 k = 0; k < n; k++) {
        const guint32 i = found[k], first = text->n_tags;
        const guint64 classes = wanted_of(&s, &text->tokens[i]);
        text->tokens[i].first_tag = first;
        tag_from(text, i, text->tokens[i].group, FALSE, classes, &room);
        if (s.prefix && im_lexicon_may_be_prefix(im_token_fold(text, i)))
            tag_from(text, i, prefix_group(text, i), TRUE, classes, &room);
        if (text->n_tags - first > 1)
            sort(&text->tags[first], text->n_tags - first);
        text->sentences[text->tokens[i].sentence].begins |= text->tokens[i].begins;
    }
    link_classes(text);
}

gboolean im_text_is_known(const im_text *text, guint32 token)
{
    const guint groups[] = {text->tokens[token].group, prefix_group(text, token)};
    for (guint k = 0; k < G_N_ELEMENTS(groups); k++) {
        const im_lexeme_group *g = &im_lexicon_groups[groups[k]];
        for (guint i = g->first; i < (guint)g->first + g->n; i++)
            if (is_of(&im_lexicon_keys[i], (guint8)text->language, IM_ALL_CLASSES) &&
                match_end(text, token, &im_lexicon_entries[i], TRUE))
                return TRUE;
    }
    return FALSE;
}
