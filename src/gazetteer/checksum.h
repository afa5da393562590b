/** @file
 *  The checksum of a compiled gazetteer, taken in pieces as it is written. */
#ifndef IM_GAZETTEER_CHECKSUM_H
#define IM_GAZETTEER_CHECKSUM_H

#include <glib.h>
#include <string.h>

/** Goes on with the checksum `h` (0 at first) over `len` bytes, a multiple of 8: FNV-1a of 64 bits over
 *  words of eight bytes, whose high bits are turned to the low ones so that they spread, too. */
static inline guint64 gaz_checksum(guint64 h, const char *bytes, gsize len)
{
    h = h ? h : G_GUINT64_CONSTANT(14695981039346656037);
    for (gsize i = 0; i + 8 <= len; i += 8) {
        guint64 word;
        memcpy(&word, bytes + i, sizeof word);
        h = (h ^ word) * G_GUINT64_CONSTANT(1099511628211);
        h ^= h >> 32;
    }
    return h;
}

#endif
