/** @file
 *  Text of the compiler: millions of strings that are found by a 32-bit offset and never move. */
#ifndef IM_GAZETTEER_POOL_H
#define IM_GAZETTEER_POOL_H

#include <glib.h>

typedef struct gaz_pool gaz_pool;

/** A pool that begins with the empty string; gaz_pool_free(). */
gaz_pool *gaz_pool_new(void);
void gaz_pool_free(gaz_pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_pool, gaz_pool_free)

/** Longer text is cut; far more than any name has. */
enum { GAZ_POOL_MAX_TEXT = 4000 };

/** Adds `len` bytes without NUL. What was added lately is found again and not added twice.
 *  @return offset of the NUL-terminated copy; 0, the empty string, when the pool is full */
guint32 gaz_pool_add(gaz_pool *pool, const char *text, gsize len);

/** Whether something did not fit: 4 GB are in it. */
gboolean gaz_pool_is_full(const gaz_pool *pool);

/** The string at an offset; it stays where it is. */
const char *gaz_pool_at(const gaz_pool *pool, guint32 offset);

/** The pool as pieces that follow each other, for writing: offsets stay true.
 *  @return piece `i`, `*len` bytes; NULL behind the last */
const char *gaz_pool_piece(const gaz_pool *pool, guint i, gsize *len);

#endif
