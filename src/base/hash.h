/** @file
 *  The hash of words and names: FNV-1a of 32 bits (Fowler, Noll and Vo). It grows byte by byte, so
 *  that a token's hash is found while it is folded, and that of a name from those of its words. */
#ifndef IM_BASE_HASH_H
#define IM_BASE_HASH_H

#include <glib.h>

#define IM_HASH_START 2166136261u

static inline guint32 im_hash_byte(guint32 hash, guchar byte)
{
    return (hash ^ byte) * 16777619u;
}

/** The hash of what `hash` was made of and of these bytes behind it. */
static inline guint32 im_hash_bytes(guint32 hash, const char *bytes, gsize len)
{
    for (gsize i = 0; i < len; i++)
        hash = im_hash_byte(hash, (guchar)bytes[i]);
    return hash;
}

#endif
