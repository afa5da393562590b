/** @file
 *  Memory that is freed at once: one arena a report for tokens, mentions and candidates. */
#ifndef IM_BASE_ARENA_H
#define IM_BASE_ARENA_H

#include <glib.h>

typedef struct im_arena im_arena;

/** An empty arena; im_arena_free(). Not for sharing between threads. */
im_arena *im_arena_new(void);
void im_arena_free(im_arena *arena);

/** `size` zeroed bytes, aligned for any type, valid until the arena is freed. Never NULL. */
void *im_arena_alloc(im_arena *arena, gsize size);

/** The same, but what stands there is not set. */
void *im_arena_take(im_arena *arena, gsize size);

/** Room for `size` bytes, of which the first `used` are copied from `old`. */
void *im_arena_grow(im_arena *arena, const void *old, gsize used, gsize size);

/** Zeroed; and not set. */
#define im_arena_array(arena, type, n) ((type *)im_arena_alloc((arena), sizeof(type) * (gsize)(n)))
#define im_arena_room(arena, type, n)  ((type *)im_arena_take((arena), sizeof(type) * (gsize)(n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_arena, im_arena_free)

#endif
