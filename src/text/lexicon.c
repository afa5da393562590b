#include "text/lexicon.h"

#include "base/hash.h"

#include <string.h>

typedef struct lexicon_slot {
    guint16 hash;  /* its upper half */
    guint16 entry; /* 1 + the first of the group, 0 for an empty slot */
} lexicon_slot;

#include "lexicon_table.inc"

enum { PREFIX_LETTERS = 3 };

/* Whether the first word of a phrase is this word, or begins with it when `prefix`. */
static gboolean is_first(const char *phrase, const char *word, gsize len, gboolean prefix)
{
    return strncmp(phrase, word, len) == 0 && (prefix || phrase[len] == ' ' || phrase[len] == '\0');
}

static guint find(const lexicon_slot *slots, guint32 n_slots, guint32 hash, const char *word,
                  gsize len, gboolean prefix)
{
    for (guint32 at = hash & (n_slots - 1); slots[at].entry; at = (at + 1) & (n_slots - 1))
        if (slots[at].hash == hash >> 16 &&
            is_first(lexemes[slots[at].entry - 1].phrase, word, len, prefix))
            return slots[at].entry;
    return 0;
}

guint im_lexicon_group(guint32 hash, const char *word, gsize len)
{
    return find(exact_slots, G_N_ELEMENTS(exact_slots), hash, word, len, FALSE);
}

guint im_lexicon_prefix_group(const char *word, gsize len)
{
    gboolean other = g_ascii_islower(*word) && !(prefix_letters >> (*word - 'a') & 1);
    if (len < PREFIX_LETTERS || other)
        return 0;
    guint32 hash = im_hash_bytes(IM_HASH_START, word, PREFIX_LETTERS);
    return find(prefix_slots, G_N_ELEMENTS(prefix_slots), hash, word, PREFIX_LETTERS, TRUE);
}

const im_lexeme *im_lexicon_entries(guint group, guint *n)
{
    *n = group ? group_sizes[group - 1] : 0;
    return group ? &lexemes[group - 1] : NULL;
}

const im_lexeme_key *im_lexicon_keys(guint group)
{
    return &lexeme_keys[group - 1];
}

const im_lexeme *im_lexicon_find(const char *word, gsize len, guint *n)
{
    return im_lexicon_entries(im_lexicon_group(im_hash_bytes(IM_HASH_START, word, len), word, len),
                              n);
}

const im_lexeme *im_lexicon_all(guint *n)
{
    *n = G_N_ELEMENTS(lexemes);
    return lexemes;
}
