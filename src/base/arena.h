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

#define im_arena_array(arena, type, n) ((type *)im_arena_alloc((arena), sizeof(type) * (gsize)(n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_arena, im_arena_free)

#endif
