#include "base/arena.h"

#include <stddef.h>
#include <string.h>

enum { ARENA_BLOCK_BYTES = 64 * 1024, MOST_SPARE = 4 };

typedef struct block {
    struct block *next;
    gsize size, used;
    max_align_t data[];
} block;

struct im_arena {
    block *head;
};

/* Blocks that this thread has used: who reads reports one by one takes the same again and again. */
typedef struct spares {
    block *blocks[MOST_SPARE];
    guint n;
} spares;

static void spares_free(gpointer data)
{
    spares *s = data;
    while (s->n > 0)
        g_free(s->blocks[--s->n]);
    g_free(s);
}

static GPrivate spares_key = G_PRIVATE_INIT(spares_free);

static spares *my_spares(void)
{
    spares *s = g_private_get(&spares_key);
    if (!s)
        g_private_set(&spares_key, s = g_new0(spares, 1));
    return s;
}

im_arena *im_arena_new(void)
{
    return g_new0(im_arena, 1);
}

static void block_free(block *b)
{
    spares *s = my_spares();
    if (b->size == ARENA_BLOCK_BYTES && s->n < MOST_SPARE)
        s->blocks[s->n++] = b;
    else
        g_free(b);
}

void im_arena_free(im_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->head, *next; b; b = next) {
        next = b->next;
        block_free(b);
    }
    g_free(arena);
}

static block *block_new(gsize size)
{
    spares *s = my_spares();
    gboolean known = size == ARENA_BLOCK_BYTES && s->n > 0;
    block *b = known ? s->blocks[--s->n] : g_malloc(sizeof(block) + size);
    b->next = NULL;
    b->size = size;
    b->used = 0;
    return b;
}

void *im_arena_take(im_arena *arena, gsize size)
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
    return p;
}

void *im_arena_alloc(im_arena *arena, gsize size)
{
    return memset(im_arena_take(arena, size), 0, size);
}

void *im_arena_grow(im_arena *arena, const void *old, gsize used, gsize size)
{
    return memcpy(im_arena_take(arena, size), old, used);
}
