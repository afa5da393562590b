#include "text/lexicon.h"

#include "base/hash.h"

#include <string.h>

typedef struct lexicon_slot {
    guint64 head;  /* the first eight bytes of the word, filled up with NUL */
    guint32 entry; /* 1 + the first of the group, 0 for an empty slot */
} lexicon_slot;

#include "lexicon_table.inc"

enum { PREFIX_LETTERS = 3 };

static inline guint64 head_of(const char *word, gsize len)
{
    guint64 head = 0;
    if (len >= sizeof head)
        memcpy(&head, word, sizeof head);
    else
        for (gsize i = 0; i < len; i++)
            ((char *)&head)[i] = word[i];
    return head;
}

/* Whether a phrase whose first eight bytes are those of the word begins with it as a whole. */
static gboolean is_whole(const char *phrase, const char *word, gsize len)
{
    return len < 8 || (strncmp(phrase + 8, word + 8, len - 8) == 0 &&
                       (phrase[len] == ' ' || phrase[len] == '\0'));
}

static guint find(const lexicon_slot *slots, guint32 n_slots, guint32 hash, const char *word,
                  gsize len)
{
    const guint64 head = head_of(word, len);
    for (guint32 at = hash & (n_slots - 1); slots[at].entry; at = (at + 1) & (n_slots - 1))
        if (slots[at].head == head && is_whole(lexemes[slots[at].entry - 1].phrase, word, len))
            return slots[at].entry;
    return 0;
}

guint im_lexicon_group(guint32 hash, const char *word, gsize len)
{
    return find(exact_slots, G_N_ELEMENTS(exact_slots), hash, word, len);
}

void im_lexicon_ahead(guint32 hash)
{
    __builtin_prefetch(&exact_slots[hash & (G_N_ELEMENTS(exact_slots) - 1)]);
}

guint im_lexicon_prefix_group(const char *word, gsize len)
{
    gboolean other = g_ascii_islower(*word) && !(prefix_letters >> (*word - 'a') & 1);
    if (len < PREFIX_LETTERS || other)
        return 0;
    guint32 hash = im_hash_bytes(IM_HASH_START, word, PREFIX_LETTERS);
    return find(prefix_slots, G_N_ELEMENTS(prefix_slots), hash, word, PREFIX_LETTERS);
}

const im_lexeme *im_lexicon_entries(guint group, guint *n)
{
    *n = group ? lexeme_keys[group - 1].n_group : 0;
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
