/** @file
 *  The hash of words and names. A word is taken eight bytes at a time, multiplied and folded (after
 *  Yi's wyhash), so that a token's hash is found while it is folded; that of a name is joined from
 *  those of its words. The same on every machine whose bytes are in little-endian order. */
#ifndef IM_BASE_HASH_H
#define IM_BASE_HASH_H

#include "base/eight.h"

#define IM_HASH_START  G_GUINT64_CONSTANT(0xA0761D6478BD642F)
#define IM_HASH_FACTOR G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)

enum { IM_CHUNK_BYTES = 8 };

/** The first eight bytes of a word as a number, filled up with NUL. */
static inline guint64 im_first_chunk(const char *bytes, gsize len)
{
    guint64 chunk;
    if (len < IM_CHUNK_BYTES)
        return im_short_chunk(bytes, len);
    memcpy(&chunk, bytes, sizeof chunk);
    return chunk;
}

/** Takes up the next chunk of a word; the last has 1 to 8 bytes. */
static inline guint64 im_hash_chunk(guint64 hash, guint64 chunk)
{
    hash = (hash ^ chunk) * IM_HASH_FACTOR;
    return hash ^ hash >> 32;
}

/** The hash of the word whose chunks were taken. */
static inline guint32 im_hash_end(guint64 hash)
{
    return (guint32)(hash * IM_HASH_FACTOR >> 32);
}

/** A hash of 64 bits of any bytes. */
static inline guint64 im_hash_bytes(const char *bytes, gsize len)
{
    guint64 hash = IM_HASH_START;
    for (; len > IM_CHUNK_BYTES; bytes += IM_CHUNK_BYTES, len -= IM_CHUNK_BYTES)
        hash = im_hash_chunk(hash, im_first_chunk(bytes, IM_CHUNK_BYTES));
    return len ? im_hash_chunk(hash, im_first_chunk(bytes, len)) : hash;
}

/** That of a string; 0 where there is none. */
static inline guint64 im_hash_text(const char *text)
{
    return text ? im_hash_bytes(text, strlen(text)) : 0;
}

static inline guint32 im_hash_word(const char *bytes, gsize len)
{
    return im_hash_end(im_hash_bytes(bytes, len));
}

/** The hash of a name from that of its words so far and that of the next. */
static inline guint32 im_hash_join(guint32 name, guint32 word)
{
    return im_hash_end(im_hash_chunk(IM_HASH_START, (guint64)name << 32 | word));
}

/** The hash of words that single spaces part: of one word its own. */
static inline guint32 im_hash_name(const char *bytes, gsize len)
{
    const char *space = memchr(bytes, ' ', len), *end = bytes + len;
    guint32 hash = im_hash_word(bytes, space ? (gsize)(space - bytes) : len);
    while (space) {
        const char *word = space + 1;
        space = memchr(word, ' ', (gsize)(end - word));
        hash = im_hash_join(hash, im_hash_word(word, (gsize)((space ? space : end) - word)));
    }
    return hash;
}

#endif
