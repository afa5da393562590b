#include "text/lexicon.h"

#include "base/hash.h"

#include <string.h>

typedef struct lexicon_slot {
    guint64 head;  /* the first eight bytes of the word, filled up with NUL */
    guint32 group; /* 0 for an empty slot */
} lexicon_slot;

#include "lexicon_table.inc"

enum { PREFIX_LETTERS = 3 };

/* Whether a phrase whose first eight bytes are those of the word begins with it as a whole. */
static gboolean is_whole(const char *phrase, const char *word, gsize len)
{
    return len < IM_CHUNK_BYTES ||
           (strncmp(phrase + IM_CHUNK_BYTES, word + IM_CHUNK_BYTES, len - IM_CHUNK_BYTES) == 0 &&
            (phrase[len] == ' ' || phrase[len] == '\0'));
}

static guint find(const lexicon_slot *slots, guint32 n_slots, guint32 hash, const char *word,
                  gsize len)
{
    const guint64 head = im_first_chunk(word, len);
    for (guint32 at = hash & (n_slots - 1); slots[at].group; at = (at + 1) & (n_slots - 1)) {
        const im_lexeme_group *group = &im_lexicon_groups[slots[at].group];
        if (slots[at].head == head && is_whole(im_lexicon_entries[group->first].phrase, word, len))
            return slots[at].group;
    }
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

/* Whether an entry that ends in `*` may begin with these two letters. */
static gboolean may_be_prefix(const char *word)
{
    guint first = (guint)(guchar)word[0] - 'a', second = (guint)(guchar)word[1] - 'a';
    return first < 26 && second < 26 ? prefix_letters[first] >> second & 1 : prefix_others;
}

guint im_lexicon_prefix_group(const char *word, gsize len)
{
    if (len < PREFIX_LETTERS || !may_be_prefix(word))
        return 0;
    guint32 hash = im_hash_word(word, PREFIX_LETTERS);
    return find(prefix_slots, G_N_ELEMENTS(prefix_slots), hash, word, PREFIX_LETTERS);
}

const im_lexeme *im_lexicon_find(const char *word, gsize len, guint *n)
{
    guint group = im_lexicon_group(im_hash_word(word, len), word, len);
    *n = im_lexicon_groups[group].n;
    return &im_lexicon_entries[im_lexicon_groups[group].first];
}

const im_lexeme *im_lexicon_all(guint *n)
{
    *n = G_N_ELEMENTS(im_lexicon_entries);
    return im_lexicon_entries;
}
