/** @file
 *  Keys in three parts, for finding what is nearly spelled so. Who changes a key in one place leaves
 *  two parts as they are, in two places at least one (swapped neighbours on two sides of a border
 *  aside): what a misspelt name may mean shares a part with it at the same end or near the middle.
 *  After Li, Deng, Wang, Feng: Pass-Join (VLDB 2011). */
#ifndef IM_GAZETTEER_PARTS_H
#define IM_GAZETTEER_PARTS_H

#include "gazetteer/format.h"

enum { GAZ_PARTS_OF_KEY = 3 };

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

/** The letter with which part `part` of a key of `n` letters begins; the end of the part before it. */
static inline guint gaz_part_begin(guint n, guint part)
{
    return n * part / GAZ_PARTS_OF_KEY;
}

/** Hash of a part: of its bytes, of which part it is, and how many letters the key has. */
static inline guint32 gaz_part_hash(const char *bytes, gsize len, guint n, guint part)
{
    guint32 h = gaz_hash(bytes, len) ^ (n * GAZ_PARTS_OF_KEY + part) * 0x9e3779b1u;
    h ^= h >> 15;
    h *= 0x85ebca6bu;
    return h ^ h >> 13;
}

/** The same of a key that has this part. */
static inline guint32 gaz_part_of(const gaz_letters *letters, guint part)
{
    guint begin = letters->at[gaz_part_begin(letters->n, part)];
    guint end = letters->at[gaz_part_begin(letters->n, part + 1)];
    return gaz_part_hash(letters->bytes + begin, end - begin, letters->n, part);
}

#endif
