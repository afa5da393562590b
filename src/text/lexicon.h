/** @file
 *  What is known of words, as data: src/lexicon/<language>/<class>.tsv, compiled by lexc into one
 *  constant table. A file's name says the class of its entries; its columns are
 *
 *      phrase <tab> value [<tab> extra]
 *
 *  phrase  one or more words, folded when compiled; a word that ends in `*` (after at least three
 *          letters) matches all words that begin so; `atac{ó|aron}` is two phrases, one for each
 *          alternative
 *  value   what the class defines: a number, a type, a code; may be empty
 *  extra   more of it; may be absent
 *
 *  Lines that begin with `#` are comments (the first says where the entries come from).
 *  The folder `common` holds what is the same in every language (persons, organisations). */
#ifndef IM_TEXT_LEXICON_H
#define IM_TEXT_LEXICON_H

#include "base/hash.h"

#include <incmap/text.h>

/** Classes of entries; X(enumerator, file name). A new class is a line here and its files. */
#define IM_LEXEME_CLASSES(X)                                                                       \
    X(FUNCTION, "function")   /* function words, used to tell languages apart */                   \
    X(NUMBER, "number")       /* number words; value: the number; extra: kind */                   \
    X(BOUND, "bound")         /* at least, some, up to; value: at_least about at_most */           \
    X(MONTH, "month")         /* value: 1..12 */                                                   \
    X(WEEKDAY, "weekday")     /* value: 1..7, Monday first */                                      \
    X(TIME, "time")           /* today, overnight, last week; value: see incident/when.c */        \
    X(UNIT, "unit")           /* km, years old, pesos: a number before it counts no incident */    \
    X(TRIGGER, "trigger")     /* value: incident type; extra: form and roles */                    \
    X(CASUALTY, "casualty")   /* killed, wounded, bodies; value: role */                           \
    X(PEOPLE, "people")       /* soldiers, gunmen, farmers; value: security suspects civilians */  \
    X(OBJECT, "object")       /* vehicles, shops, flights: what is burned, shut, counted */        \
    X(ACTOR, "actor")         /* armed groups and forces; value: canonical name; extra: kind CC */ \
    X(NEGATION, "negation")   /* no, without, denied */                                            \
    X(MODAL, "modal")         /* hypothesis, threat, plan, order; value: hypothesis plan threat */ \
    X(HISTORIC, "historic")   /* years ago, in the past; value: strength */                        \
    X(STATUS, "status")       /* cleared, still in place; value: cleared ongoing */                \
    X(TITLE, "title")         /* before a person's name: President, Gen. */                        \
    X(GIVEN, "given")         /* given names */                                                    \
    X(SURNAME, "surname")     /* surnames */                                                       \
    X(ORGHEAD, "orghead")     /* Cartel, University, Times: the name before or after it is one */  \
    X(ORG, "org")             /* whole names of organisations that hold a place name */            \
    X(PLACEHEAD, "placehead") /* city of, municipio de; value: feature; extra: before after */     \
    X(PREPOSITION, "preposition") /* of place; value: in at near from to between; extra: weight */ \
    X(OUTLET, "outlet")           /* words of newspapers' names and hosts: times, diario */        \
    X(SAYING, "saying")           /* said, told: its subject is a person or an office */           \
    X(NOTPLACE, "notplace")   /* words and phrases that are also names of places, yet mean none */ \
    X(SUBSET, "subset")       /* including, of them: what is counted is part of another number */  \
    X(AUXILIARY, "auxiliary") /* was, were, left; value: singular plural */                        \
    X(ANAPHOR, "anaphor")     /* there, the city; value: kind of place it takes up */              \
    X(CONNECTIVE, "connective")     /* while, after: a new clause begins */                        \
    X(STRIKE, "strike")             /* threw, struck, exploded: by which a weapon acts */          \
    X(TOPIC, "topic")               /* what else a text may be about; value: sport accident … */ \
    X(DIRECTION, "direction")       /* north, noroeste; value: bearing in degrees */               \
    X(ABBREVIATION, "abbreviation") /* words whose full stop ends no sentence */

typedef enum im_lexeme_class {
    IM_LEX_NONE = 0,
#define X(name, file) IM_LEX_##name,
    IM_LEXEME_CLASSES(X)
#undef X
        IM_LEX_N
} im_lexeme_class;

/** Words that `extra` may hold, as code asks for them; X(enumerator, how the word begins). */
#define IM_EXTRA_WORDS(X)                                                                          \
    X(NOUN, "noun")                                                                                \
    X(WEAK, "weak")                                                                                \
    X(FUTURE, "future")                                                                            \
    X(FIGURE, "figure") /* said of other things than violence, too */                              \
    X(PAST, "past")                                                                                \
    X(NEEDS, "needs:") /* what must stand beside a trigger, as words with | between them */        \
    X(BEFORE, "before")                                                                            \
    X(AFTER, "after")                                                                              \
    X(MILITARY, "military")                                                                        \
    X(POLICE, "police")                                                                            \
    X(REBELS, "rebels")                                                                            \
    X(PROTESTERS, "protesters")

typedef enum im_extra {
#define X(name, word) IM_EXTRA_##name,
    IM_EXTRA_WORDS(X)
#undef X
        IM_EXTRA_N
} im_extra;
G_STATIC_ASSERT(IM_EXTRA_N <= 16);

/** One entry. */
typedef struct im_lexeme {
    const char *phrase; /**< folded words joined by single spaces, `*` kept */
    const char *value;  /**< never NULL */
    const char *extra;  /**< never NULL */
    gint32 number;      /**< value read as a decimal number; 0 when it is none */
    guint8 cls;         /**< im_lexeme_class */
    guint8 language;    /**< im_language; IM_LANGUAGE_UNKNOWN for all of them */
    guint8 n_words;
    guint16 extras; /**< the words of `extra`: a bit for each im_extra */
    /** im_hash_word() of `value` and of `extra`: no two of these in the lexicon share one. */
    guint32 value_hash, extra_hash;
} im_lexeme;

static inline gboolean im_lexeme_has(const im_lexeme *lexeme, im_extra word)
{
    return (lexeme->extras >> word & 1) != 0;
}

/** Whether `value` is the word, or `extra` is it and no more: by its hash, which the compiler knows of a literal. */
G_ALWAYS_INLINE static inline gboolean im_value_is(const im_lexeme *lexeme, const char *word)
{
    return lexeme->value_hash == im_hash_word(word, strlen(word));
}

G_ALWAYS_INLINE static inline gboolean im_extra_is(const im_lexeme *lexeme, const char *word)
{
    return lexeme->extra_hash == im_hash_word(word, strlen(word));
}

/** What tells without a look at its text that an entry does not apply. */
typedef struct im_lexeme_key {
    guint8 cls, language;
} im_lexeme_key;

/** Sets of classes, as bits. */
#define IM_CLASS_BIT(cls) (G_GUINT64_CONSTANT(1) << (cls))
#define IM_ALL_CLASSES    (IM_CLASS_BIT(IM_LEX_N) - 1)
G_STATIC_ASSERT(IM_LEX_N < 64);

/** Entries whose first word is the same stand together: a group, numbered from 1; 0 is none. */
typedef struct im_lexeme_group {
    guint64 classes[IM_LANGUAGE_ES + 1]; /**< of the entries that a text of each language has */
    guint64 seconds; /**< of phrases, im_lexicon_second_bit() of their second words; all bits when
                          one may be any word */
    guint16 first, n, n_longer; /**< entries, phrases of more words first; how many those are */
} im_lexeme_group;

static inline guint64 im_lexicon_second_bit(guint32 hash)
{
    return G_GUINT64_CONSTANT(1) << (hash >> 26);
}

/** All groups, the first of them of no entries; all entries and their keys. Constant. */
extern const im_lexeme_group im_lexicon_groups[];
extern const im_lexeme im_lexicon_entries[];
extern const im_lexeme_key im_lexicon_keys[];

/** Of each entry the hash of its second word; 0 when there is none or it ends in `*`. So many more can be read behind
 *  them. */
extern const guint32 im_lexicon_seconds[];
enum { IM_LEXICON_SECONDS_AHEAD = 3 };

/** Of the entries whose first word ends in `*`: their classes, as bits; and for each first letter the
 *  second ones, as bits. */
extern const guint64 im_lexicon_prefix_classes;
extern const guint32 im_lexicon_prefix_letters[26];

/** So many bytes can be read where a word stands, whatever its length. */
enum { IM_LEXICON_AHEAD = 16 };

/** The group of a word.
 *  @param hash  im_hash_word() of `word`, which is folded
 *  @param word  of `len` bytes; IM_LEXICON_AHEAD can be read */
guint im_lexicon_group(guint32 hash, const char *word, gsize len);

/** Sends for the memory that im_lexicon_group() will read. */
void im_lexicon_ahead(guint32 hash);

/** Whether an entry whose first word ends in `*` may begin with the first two letters of `word`, which
 *  has as many bytes. */
static inline gboolean im_lexicon_may_be_prefix(const char *word)
{
    guint first = (guint)(guchar)word[0] - 'a', second = (guint)(guchar)word[1] - 'a';
    return (first < 26) & (second < 26) &
           (im_lexicon_prefix_letters[first < 26 ? first : 0] >> (second & 31) & 1);
}

/** The group of the entries whose first word ends in `*` and shares three letters with `word`; the
 *  rest of them is for the caller to compare. */
guint im_lexicon_prefix_group(const char *word, gsize len);

/** The entries whose first word is `word`, as a whole. */
const im_lexeme *im_lexicon_find(const char *word, gsize len, guint *n);

/** The country that an ACTOR belongs to, as ISO 3166-1 alpha-2: the end of its `extra`; NULL without. */
const char *im_lexeme_country(const im_lexeme *actor);

/** All entries, for the lint. */
const im_lexeme *im_lexicon_all(guint *n);

#endif
