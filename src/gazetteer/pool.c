#include "gazetteer/pool.h"

#include "gazetteer/format.h"

#include <string.h>

/* Pieces that never move, so that pointers into them stay good; no string lies across two. */
enum { PIECE_BITS = 22, PIECE = 1 << PIECE_BITS, MAX_PIECES = 1 << (32 - PIECE_BITS) };

/* Strings that were added lately, by hash: finds most of what repeats, at a fixed price. */
enum { RECENT_BITS = 20 };

struct gaz_pool {
    GPtrArray *pieces;
    guint32 used; /* of the last piece */
    guint32 *recent;
    gboolean is_full;
};

gaz_pool *gaz_pool_new(void)
{
    gaz_pool *pool = g_new0(gaz_pool, 1);
    pool->pieces = g_ptr_array_new_with_free_func(g_free);
    pool->recent = g_new0(guint32, 1 << RECENT_BITS);
    g_ptr_array_add(pool->pieces, g_malloc0(PIECE));
    pool->used = 1;
    return pool;
}

void gaz_pool_free(gaz_pool *pool)
{
    if (!pool)
        return;
    g_ptr_array_unref(pool->pieces);
    g_free(pool->recent);
    g_free(pool);
}

gboolean gaz_pool_is_full(const gaz_pool *pool)
{
    return pool->is_full;
}

const char *gaz_pool_at(const gaz_pool *pool, guint32 offset)
{
    const char *piece = g_ptr_array_index(pool->pieces, offset >> PIECE_BITS);
    return piece + (offset & (PIECE - 1));
}

static guint32 append(gaz_pool *pool, const char *text, gsize len)
{
    if (pool->used + len + 1 > PIECE) {
        if (pool->pieces->len == MAX_PIECES) {
            pool->is_full = TRUE;
            return 0;
        }
        g_ptr_array_add(pool->pieces, g_malloc0(PIECE));
        pool->used = 0;
    }
    char *piece = g_ptr_array_index(pool->pieces, pool->pieces->len - 1);
    guint32 offset = (pool->pieces->len - 1) << PIECE_BITS | pool->used;
    memcpy(piece + pool->used, text, len);
    piece[pool->used + len] = '\0';
    pool->used += (guint32)len + 1;
    return offset;
}

guint32 gaz_pool_add(gaz_pool *pool, const char *text, gsize len)
{
    if (len == 0)
        return 0;
    len = MIN(len, (gsize)GAZ_POOL_MAX_TEXT);
    guint32 *slot = &pool->recent[gaz_bucket(im_hash_word(text, len), RECENT_BITS)];
    const char *known = gaz_pool_at(pool, *slot);
    if (strncmp(known, text, len) == 0 && known[len] == '\0')
        return *slot;
    return *slot = append(pool, text, len);
}

const char *gaz_pool_piece(const gaz_pool *pool, guint i, gsize *len)
{
    if (i >= pool->pieces->len)
        return NULL;
    *len = i + 1 < pool->pieces->len ? PIECE : pool->used;
    return g_ptr_array_index(pool->pieces, i);
}
