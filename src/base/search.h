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
    guint low = 0, high = n;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const char *at = (const char *)structs + middle * size + offset;
        if (*(const guint32 *)(const void *)at < least)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
