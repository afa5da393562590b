/** @file
 *  The inside of im_text, for the stages that read it (toponym, incident). */
#ifndef IM_TEXT_TEXT_H
#define IM_TEXT_TEXT_H

#include "base/arena.h"
#include "base/hash.h"
#include "text/lexicon.h"

#include <incmap/text.h>
#include <string.h>

typedef enum im_token_kind {
    IM_TOKEN_NONE = 0,
    IM_TOKEN_WORD,       /**< letters, marks, digits after letters; `D.F.` and `EE.UU.` are one */
    IM_TOKEN_NUMBER,     /**< begins with a digit: `250`, `2,500`, `1.200`, `3rd`, `12th` */
    IM_TOKEN_POSSESSIVE, /**< the `'s` behind a word */
    IM_TOKEN_PUNCT,      /**< one character that is neither space, letter nor digit */
} im_token_kind;

typedef enum im_shape {
    IM_SHAPE_NONE = 0, /**< no letters with case */
    IM_SHAPE_LOWER,
    IM_SHAPE_TITLE, /**< first letter upper case, the rest lower: `Tapalpa`; also a single capital */
    IM_SHAPE_UPPER, /**< two or more letters, all upper case */
    IM_SHAPE_MIXED, /**< `McAllen`, `iPhone` */
} im_shape;

enum {
    IM_TOKEN_SPACE_BEFORE = 1 << 0,   /**< white space stands before it */
    IM_TOKEN_NEWLINE_BEFORE = 1 << 1, /**< that white space holds a line break */
    IM_TOKEN_FIRST = 1 << 2,          /**< first word of its sentence (quotes, bullets skipped) */
    IM_TOKEN_DOTTED = 1 << 3,         /**< an abbreviation that holds full stops: `D.F.`, `U.S.` */
    IM_TOKEN_CAPITAL = 1 << 4,        /**< a word whose first letter is upper case */
};

/** A token. Its folded form (im_fold) is at text->folds + fold, NUL-terminated; the empty string
 *  for punctuation outside ASCII. */
typedef struct im_token {
    im_span span;
    guint64 begins, ends; /**< classes of the tags whose first token it is; of those that end
                               right before it */
    guint32 fold, hash;   /**< the hash is im_hash_word() of the folded form */
    guint32 sentence;     /**< index into sentences */
    guint32 first_tag;    /**< index into tags of the first that begins here; only where `begins`
                               has a class other than FUNCTION */
    guint16 fold_len;
    guint16 group; /**< lexicon entries that begin with this word: im_lexicon_groups */
    guint8 kind, shape, flags;
} im_token;

typedef enum im_sentence_kind {
    IM_SENTENCE_PROSE = 0,
    IM_SENTENCE_HEADING, /**< a short line of its own without a full stop, or all in Title Case */
    IM_SENTENCE_BULLET,  /**< a list item, marked by -, *, •, –, or a number */
} im_sentence_kind;

/** Tokens first..end-1 of one sentence; `paragraph` counts blocks of text from 0. */
typedef struct im_sentence {
    guint32 first, end;
    guint32 paragraph;
    guint32 n_long;                       /**< words of IM_LONG_WORD bytes and more */
    guint32 n_lower, n_upper, n_caseless; /**< of these by their shape */
    guint8 kind;
    guint64 begins; /**< classes of the tags that begin in it */
} im_sentence;

enum { IM_LONG_WORD = 4 };

/** Tokens first..end-1 match a lexicon entry. Tags are sorted by first, then longest first, then
 *  entry order. Tags may overlap. Function words, every other word of a text, have no tags: only their
 *  bit in `begins` and `ends`; words in lower case have none of the classes of names (GIVEN, SURNAME,
 *  ORG, NOTPLACE). */
typedef struct im_tag {
    guint32 first, end;
    const im_lexeme *lexeme;
    guint8 cls;   /**< that of the lexeme, which is seldom at hand */
    guint32 next; /**< the next one of the class: im_text_next_tag() */
} im_tag;

/** All arrays are owned by the text, in its arena. */
struct im_text {
    im_arena *arena;
    const char *bytes; /**< borrowed */
    gsize len;
    im_language language;
    guint64 classes;       /**< of lexemes, as bits: those of which there are tags */
    gboolean upper_case;   /**< nearly all letters are capitals: shapes say nothing */
    gboolean hard_wrapped; /**< lines are broken at a width: a line break is a space */
    im_token *tokens;      /**< n_tokens and two more of no kind, the first of which ends tags */
    guint32 n_tokens;
    im_sentence *sentences;
    guint32 n_sentences;
    im_tag *tags;
    guint32 n_tags;
    guint32 first_tags[IM_LEX_N]; /**< of each class the first tag, n_tags where there is none */
    guint32 *capitals;            /**< the tokens with IM_TOKEN_CAPITAL, in their order */
    guint32 n_capitals;
    char *folds;
};

enum { IM_MOST_WORDS = 31 };

static inline const char *im_token_fold(const im_text *text, guint32 token)
{
    return text->folds + text->tokens[token].fold;
}

/** Whether the token is this ASCII punctuation character. */
static inline gboolean im_token_is_punct(const im_text *text, guint32 token, char c)
{
    return token < text->n_tokens && (text->tokens[token].kind == IM_TOKEN_PUNCT) &
                                         (text->bytes[text->tokens[token].span.start] == c);
}

/** Whether the folded token equals `word`, a literal: by its hash, known to the compiler wherever this is
 *  inline, and its length. Of words as long one in 2^32 would be taken for it. */
G_ALWAYS_INLINE static inline gboolean im_token_is(const im_text *text, guint32 token,
                                                   const char *word)
{
    return token < text->n_tokens &&
           ((text->tokens[token].hash == im_hash_word(word, strlen(word))) &
            (text->tokens[token].fold_len == strlen(word)));
}

/** A list of folded words for im_token_is_any(): static im_words list = IM_WORDS("one", "two"). What follows from the
 *  words is found when they are asked for first. */
typedef struct im_words {
    /** Which hashes they have, by their highest six bits and by the next six; the first is 0 until all is known. */
    guint64 bits[2];
    guint32 hashes[IM_MOST_WORDS + 1];    /**< of each, im_hash_word(); behind the last the first */
    const char *words[IM_MOST_WORDS + 1]; /**< up to the first NULL */
} im_words;
#define IM_WORDS(...)                                                                              \
    {                                                                                              \
        .words = { __VA_ARGS__ }                                                                   \
    }

/** Whether one of the words has the hash, which is among `bits` or these are not known yet. */
gboolean im_words_have(im_words *words, guint32 hash);

/** Whether a word of the hash may be in the list, as far as that is told without looking: without a branch. */
static inline gboolean im_words_may_have(const im_words *words, guint32 hash)
{
    const guint64 bits = __atomic_load_n(&words->bits[0], __ATOMIC_ACQUIRE),
                  more = __atomic_load_n(&words->bits[1], __ATOMIC_RELAXED);
    return (bits == 0) | (gboolean)((bits >> (hash >> 26)) & (more >> (hash >> 20 & 63)) & 1);
}

/** Whether the folded token equals one of the words, by its hash: of words that are none one in 2^32 would be taken for
 *  each. Threads may share the list. */
static inline gboolean im_token_is_any(const im_text *text, guint32 token, im_words *words)
{
    if (token >= text->n_tokens)
        return FALSE;
    const guint32 hash = text->tokens[token].hash;
    return im_words_may_have(words, hash) && im_words_have(words, hash);
}

/** Whether the value of a lexeme is one of the words. */
static inline gboolean im_value_is_any(const im_lexeme *lexeme, im_words *words)
{
    return im_words_may_have(words, lexeme->value_hash) && im_words_have(words, lexeme->value_hash);
}

/** The lexicon's entries that begin with the whole token, phrases of more words first.
 *  @return the first of `*n` */
static inline const im_lexeme *im_text_lexemes(const im_text *text, guint32 token, guint *n)
{
    const im_lexeme_group *group = &im_lexicon_groups[text->tokens[token].group];
    *n = group->n;
    return &im_lexicon_entries[group->first];
}

/** Whether the token alone is an entry of the class, of whichever language. */
gboolean im_token_in_class(const im_text *text, guint32 token, im_lexeme_class cls);

/** As im_text_new(), with tags of these classes only. */
im_text *im_text_new_with(const char *bytes, gsize len, im_language language, guint64 classes);

/** Tokens alone, without sentences and tags, for those who read one line. */
im_text *im_text_new_words(const char *bytes, gsize len);

/** Whether an entry of any class begins at `token`, also of one that has no tags. */
gboolean im_text_is_known(const im_text *text, guint32 token);

/** Whether a tag of class `cls` begins at `token`. */
static inline gboolean im_text_has_tag(const im_text *text, guint32 token, im_lexeme_class cls)
{
    return token < text->n_tokens && (text->tokens[token].begins & IM_CLASS_BIT(cls)) != 0;
}

/** Whether the token may be part of a bullet or a day that a line begins with: "- ", "27/02 ", "6 May, ", "lunes 6 de
 *  mayo, ". */
static inline gboolean im_token_is_of_day(const im_text *text, guint32 token)
{
    return token < text->n_tokens && !im_token_is_punct(text, token, ':') &&
           (text->tokens[token].kind != IM_TOKEN_WORD || im_token_is(text, token, "de") ||
            im_text_has_tag(text, token, IM_LEX_MONTH) ||
            im_text_has_tag(text, token, IM_LEX_WEEKDAY));
}

/** Whether a tag of one of the `classes`, as bits, begins in the sentence. */
static inline gboolean im_sentence_has(const im_sentence *sentence, guint64 classes)
{
    return (sentence->begins & classes) != 0;
}

/** Where to begin looking through a sentence for tags of class `cls`: at its end when it has none. */
static inline guint32 im_sentence_from(const im_sentence *sentence, im_lexeme_class cls)
{
    return im_sentence_has(sentence, IM_CLASS_BIT(cls)) ? sentence->first : sentence->end;
}

/** The longest tag of class `cls` of those that begin at `token`: im_text_has_tag() says that one does. */
const im_tag *im_text_find_tag(const im_text *text, guint32 token, im_lexeme_class cls);

/** As im_text_find_tag(); nearly always there is none, which costs nothing to tell. */
static inline const im_tag *im_text_tag_at(const im_text *text, guint32 token, im_lexeme_class cls)
{
    return im_text_has_tag(text, token, cls) ? im_text_find_tag(text, token, cls) : NULL;
}

/** The first tag of class `cls` in the text, and the next one of the same class; NULL behind the last. */
static inline const im_tag *im_text_first_tag(const im_text *text, im_lexeme_class cls)
{
    const guint32 first = text->first_tags[cls];
    return first < text->n_tags ? &text->tags[first] : NULL;
}

static inline const im_tag *im_text_next_tag(const im_text *text, const im_tag *tag)
{
    return tag->next < text->n_tags ? &text->tags[tag->next] : NULL;
}

/** How many tags of class `cls` the text has. */
guint im_text_count_tags(const im_text *text, im_lexeme_class cls);

/** The span of tokens first..end-1 in bytes. */
im_span im_text_span(const im_text *text, guint32 first, guint32 end);

/** The first token that begins at or after byte `offset`; n_tokens when there is none. */
guint32 im_text_token_at(const im_text *text, guint32 offset);

#endif
