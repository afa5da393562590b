#include "base/arena.h"

#include <stddef.h>
#include <string.h>

enum { ARENA_BLOCK_BYTES = 64 * 1024 };

typedef struct block {
    struct block *next;
    gsize size, used;
    max_align_t data[];
} block;

struct im_arena {
    block *head;
};

im_arena *im_arena_new(void)
{
    return g_new0(im_arena, 1);
}

void im_arena_free(im_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->head, *next; b; b = next) {
        next = b->next;
        g_free(b);
    }
    g_free(arena);
}

static block *block_new(gsize size)
{
    block *b = g_malloc(sizeof(block) + size);
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

void *im_arena_alloc(im_arena *arena, gsize size)
{
    const gsize unit = sizeof(max_align_t);
    const gsize room = (size + unit - 1) / unit * unit;
    block *b = arena->head;
    if (!b || b->size - b->used < room) {
        b = block_new(MAX(room, (gsize)ARENA_BLOCK_BYTES));
        b->next = arena->head;
        arena->head = b;
    }
    void *p = (char *)b->data + b->used;
    b->used += room;
    return memset(p, 0, room);
}
