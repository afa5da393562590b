/** @file
 *  Keys in halves and in thirds, for finding what is nearly spelled so. One edit leaves a half as it
 *  is, two edits leave a third (swapped neighbours on two sides of a border aside): what a misspelt
 *  name may mean shares a half or a third with it, at the same end or near the middle.
 *  After Li, Deng, Wang, Feng: Pass-Join (VLDB 2011). */
#ifndef IM_GAZETTEER_PARTS_H
#define IM_GAZETTEER_PARTS_H

#include "gazetteer/format.h"

typedef enum gaz_part {
    GAZ_FIRST_HALF,
    GAZ_SECOND_HALF,
    GAZ_FIRST_THIRD,
    GAZ_MIDDLE_THIRD,
    GAZ_LAST_THIRD,
    GAZ_N_PARTS
} gaz_part;

/** Letters (code points) of a key: where each begins, and where the last one ends. */
typedef struct gaz_letters {
    const char *bytes;
    guint n;
    guint16 at[IM_KEY_MAX_BYTES + 1];
} gaz_letters;

/** Finds the letters; of longer text than a key only so many. Never reads past the NUL. */
static inline void gaz_letters_of(gaz_letters *letters, const char *key)
{
    guint i = 0;
    *letters = (gaz_letters){.bytes = key};
    for (; key[i] && i < IM_KEY_MAX_BYTES; i++)
        if (((guchar)key[i] & 0xC0) != 0x80)
            letters->at[letters->n++] = (guint16)i;
    letters->at[letters->n] = (guint16)i;
}

/** Letters `begin` to `end` - 1. */
typedef struct gaz_part_span {
    guint begin, end;
} gaz_part_span;

/** Where a part is in a key of `n` letters. */
static inline gaz_part_span gaz_part_in(guint n, gaz_part part)
{
    guint of = part < GAZ_FIRST_THIRD ? 2 : 3, i = part < GAZ_FIRST_THIRD ? part : part - 2u;
    return (gaz_part_span){n * i / of, n * (i + 1) / of};
}

/** Hash of a part: of its bytes, of which part it is, and how many letters the key has. */
static inline guint32 gaz_part_hash(const char *bytes, gsize len, guint n, gaz_part part)
{
    guint32 h = im_hash_word(bytes, len) ^ (n * GAZ_N_PARTS + part) * 0x9e3779b1u;
    h ^= h >> 15;
    h *= 0x85ebca6bu;
    return h ^ h >> 13;
}

/** The same of a key that has this part. */
static inline guint32 gaz_part_of(const gaz_letters *letters, gaz_part part)
{
    gaz_part_span span = gaz_part_in(letters->n, part);
    guint begin = letters->at[span.begin], end = letters->at[span.end];
    return gaz_part_hash(letters->bytes + begin, end - begin, letters->n, part);
}

#endif
