#include "text/lexicon.h"

#include "base/hash.h"

#include <string.h>

/* Two words: their first eight bytes, filled up with NUL, and their hashes. Group 0 is an empty place. */
typedef struct lexicon_bucket {
    guint64 head[2];
    guint32 hash[2];
    guint16 group[2];
    guint32 more; /* words that had no room here stand in the next bucket */
} lexicon_bucket;

#include "lexicon_table.inc"

enum { PREFIX_LETTERS = 3 };

static inline guint group_in(const lexicon_bucket *b, guint64 head, guint32 hash)
{
    guint first = (b->head[0] == head) & (b->hash[0] == hash);
    guint second = (b->head[1] == head) & (b->hash[1] == hash);
    return (-first & b->group[0]) | (-second & b->group[1]);
}

#define FIRST(n) (G_MAXUINT64 >> (64 - 8 * (n)))
static const guint64 first_bytes[IM_CHUNK_BYTES + 1] = {
    0, FIRST(1), FIRST(2), FIRST(3), FIRST(4), FIRST(5), FIRST(6), FIRST(7), FIRST(8)};

/* Eight bytes of a word from `at` on, filled up with NUL. */
static inline guint64 chunk_at(const char *word, gsize len, gsize at)
{
    guint64 chunk;
    memcpy(&chunk, word + at, sizeof chunk);
    return chunk & first_bytes[MIN(len - MIN(len, at), (gsize)IM_CHUNK_BYTES)];
}

/* Whether the first word of the group goes on as `word` behind what was compared. */
static gboolean ends_so(guint group, const char *word, gsize len)
{
    const char *phrase = im_lexicon_entries[im_lexicon_groups[group].first].phrase;
    return strncmp(phrase + IM_LEXICON_AHEAD, word + IM_LEXICON_AHEAD, len - IM_LEXICON_AHEAD) ==
               0 &&
           (phrase[len] == ' ' || phrase[len] == '\0');
}

/* Nearly without branches: which word comes next is hard to foretell. */
static inline guint find(const lexicon_bucket *buckets, guint32 n_buckets, guint32 hash,
                         const char *word, gsize len)
{
    const guint64 head = chunk_at(word, len, 0);
    const lexicon_bucket *b = &buckets[hash & (n_buckets - 1)];
    guint group = group_in(b, head, hash);
    while (G_UNLIKELY(b->more) && !group) {
        b = b + 1 < buckets + n_buckets ? b + 1 : buckets;
        group = group_in(b, head, hash);
    }
    group = group_tails[group] == chunk_at(word, len, IM_CHUNK_BYTES) ? group : 0;
    return G_UNLIKELY(len > IM_LEXICON_AHEAD) && group && !ends_so(group, word, len) ? 0 : group;
}

guint im_lexicon_group(guint32 hash, const char *word, gsize len)
{
    return find(exact_buckets, G_N_ELEMENTS(exact_buckets), hash, word, len);
}

void im_lexicon_ahead(guint32 hash)
{
    __builtin_prefetch(&exact_buckets[hash & (G_N_ELEMENTS(exact_buckets) - 1)]);
}

guint im_lexicon_prefix_group(const char *word, gsize len)
{
    if (len < PREFIX_LETTERS || !im_lexicon_may_be_prefix(word))
        return 0;
    guint32 hash = im_hash_word(word, PREFIX_LETTERS);
    return find(prefix_buckets, G_N_ELEMENTS(prefix_buckets), hash, word, PREFIX_LETTERS);
}

const im_lexeme *im_lexicon_find(const char *word, gsize len, guint *n)
{
    char room[IM_LEXICON_AHEAD] = {0};
    if (len < IM_LEXICON_AHEAD)
        memcpy(room, word, len);
    guint group =
        im_lexicon_group(im_hash_word(word, len), len < IM_LEXICON_AHEAD ? room : word, len);
    *n = im_lexicon_groups[group].n;
    return &im_lexicon_entries[im_lexicon_groups[group].first];
}

const char *im_lexeme_country(const im_lexeme *actor)
{
    const char *word = strrchr(actor->extra, ' ');
    return word && g_ascii_isupper(word[1]) ? word + 1 : NULL;
}

const im_lexeme *im_lexicon_all(guint *n)
{
    *n = G_N_ELEMENTS(im_lexicon_entries);
    return im_lexicon_entries;
}
