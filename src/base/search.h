/** @file
 *  Binary search among structs that stand in the order of a number in them. */
#ifndef IM_BASE_SEARCH_H
#define IM_BASE_SEARCH_H

#include <glib.h>

/** The index of the first of `n` structs whose key is `least` or more; `n` when none is.
 *  @param size    of a struct
 *  @param offset  of the key in it, a guint32 */
static inline guint im_lower_bound(const void *structs, gsize size, gsize offset, guint n,
                                   guint32 least)
{
    guint low = 0;
    for (guint half; n > 0; n -= half) { /* as many steps whatever is found: none to be foretold */
        half = (n + 1) / 2;
        const char *at = (const char *)structs + (low + half - 1) * size + offset;
        low += half * (*(const guint32 *)(const void *)at < least);
    }
    return low;
}

#endif
