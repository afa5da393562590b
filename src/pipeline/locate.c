/* Names in, one a line, and their places out in the same order, on one thread or several. */
#include "base/utf8.h"
#include "pipeline/priv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 14,    /* what comes of it stays in the cache until it is written */
    MAX_LINE_BYTES = 1 << 24, /* what is longer is not kept */
    NAMES_AT_ONCE = 32,
    BLOCKS_AHEAD = 2, /* for each thread, so that none waits for another's output */
};

typedef enum block_state { BLOCK_FREE = 0, BLOCK_BUSY, BLOCK_DONE } block_state;

/* Some lines, and what comes of them. */
typedef struct block {
    char *bytes;
    gsize len, room;
    GString *out;
    guint64 n_names, n_missing;
    GPtrArray *missing;
    block_state state; /* under the lock of the crew */
} block;

/* What a thread works with, and warms up. */
typedef struct kit {
    im_locator *locator;
    im_answer_writer *writer;
} kit;

typedef struct crew {
    const im_gazetteer *gazetteer;
    int output;
    im_locate_tally *tally;
    GThreadPool *pool; /* NULL: this thread does it all */
    guint n_blocks;
    block *blocks; /* a ring */
    GMutex lock;   /* of all below, and of the states */
    GCond change;
    GPtrArray *kits;   /* not in use; as many as threads */
    guint64 n_written; /* blocks so far */
    GError *error;
} crew;

static void note_missing(block *b, im_name name)
{
    b->n_missing++;
    if (b->missing->len >= IM_LOCATE_LISTED)
        return;
    gsize len, shown = MIN(name.len, IM_NAME_MAX_BYTES);
    g_ptr_array_add(b->missing, im_utf8_repair(name.text, shown, &len, NULL));
}

static const char too_long[] = "{\"query\":null,\"places\":[],\"error\":{\"code\":\"limit\","
                               "\"message\":\"a line of more than 16 MB\"}}\n";

static void answer_names(const kit *k, block *b, const im_name *names, guint n)
{
    im_answers answers[NAMES_AT_ONCE];
    im_locator_find(k->locator, names, n, answers);
    im_answer_writer_add(k->writer, names, answers, n, b->out);
    for (guint i = 0; i < n; i++)
        if (answers[i].n == 0)
            note_missing(b, names[i]);
    b->n_names += n;
}

static void refuse_name(block *b, im_name name)
{
    g_string_append(b->out, too_long);
    note_missing(b, name);
    b->n_names++;
}

static im_name name_in(const char *line, const char *end)
{
    while (line < end && g_ascii_isspace(*line))
        line++;
    while (line < end && g_ascii_isspace(end[-1]))
        end--;
    if (end - line >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) /* byte order mark */
        line += 3;
    return (im_name){line, (gsize)(end - line)};
}

/* Looks up the lines of a block. */
static void answer(const kit *k, block *b)
{
    im_name names[NAMES_AT_ONCE];
    guint n = 0;
    const char *end = b->bytes + b->len;
    for (const char *line = b->bytes, *next; line < end; line = next) {
        const char *stop = memchr(line, '\n', (gsize)(end - line));
        next = stop ? stop + 1 : end;
        im_name name = name_in(line, stop ? stop : end);
        gboolean is_too_long = name.len > MAX_LINE_BYTES;
        if (name.len > 0 && !is_too_long)
            names[n++] = name;
        if (n == NAMES_AT_ONCE || is_too_long) {
            answer_names(k, b, names, n);
            n = 0;
        }
        if (is_too_long)
            refuse_name(b, name);
    }
    answer_names(k, b, names, n);
}

static gboolean write_all(int output, const char *bytes, gsize len, GError **error)
{
    while (len > 0) {
        gssize n = write(output, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "standard output: %s", g_strerror(errno));
            return FALSE;
        }
        bytes += n;
        len -= (gsize)n;
    }
    return TRUE;
}

/* Writes what came of a block and makes it free. The lock is held. */
static void hand_on(crew *c, block *b)
{
    if (!c->error)
        write_all(c->output, b->out->str, b->out->len, &c->error);
    c->tally->n_names += b->n_names;
    c->tally->n_missing += b->n_missing;
    for (guint i = 0; i < b->missing->len && c->tally->missing->len < IM_LOCATE_LISTED; i++)
        g_ptr_array_add(c->tally->missing, g_strdup(b->missing->pdata[i]));
    g_string_truncate(b->out, 0);
    g_ptr_array_set_size(b->missing, 0);
    b->n_names = b->n_missing = 0;
    b->state = BLOCK_FREE;
    c->n_written++;
}

static void work(gpointer item, gpointer data)
{
    block *b = item, *next;
    crew *c = data;
    g_mutex_lock(&c->lock);
    kit *k = g_ptr_array_steal_index_fast(c->kits, c->kits->len - 1);
    g_mutex_unlock(&c->lock);
    answer(k, b);
    g_mutex_lock(&c->lock);
    g_ptr_array_add(c->kits, k);
    b->state = BLOCK_DONE;
    while ((next = &c->blocks[c->n_written % c->n_blocks])->state == BLOCK_DONE)
        hand_on(c, next);
    g_cond_signal(&c->change);
    g_mutex_unlock(&c->lock);
}

/* Waits until a block may be filled again. @return FALSE when the run is to end */
static gboolean is_free(crew *c, const block *b)
{
    g_mutex_lock(&c->lock);
    while (b->state != BLOCK_FREE)
        g_cond_wait(&c->change, &c->lock);
    gboolean go_on = !c->error;
    g_mutex_unlock(&c->lock);
    return go_on;
}

static void give(crew *c, block *b)
{
    g_mutex_lock(&c->lock);
    b->state = BLOCK_BUSY;
    g_mutex_unlock(&c->lock);
    if (!c->pool || !g_thread_pool_push(c->pool, b, NULL))
        work(b, c);
}

/* Reads more behind what a block has. @return bytes; 0 at the end; -1 with an error */
static gssize read_more(block *b, int input, GError **error)
{
    gssize n;
    if (b->room - b->len < BLOCK_BYTES) {
        b->room = 2 * b->room + BLOCK_BYTES;
        b->bytes = g_realloc(b->bytes, b->room);
    }
    do
        n = read(input, b->bytes + b->len, BLOCK_BYTES);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "standard input: %s", g_strerror(errno));
    return n;
}

/* Fills a block, which has the beginning of a line, up to the end of a line or of the input.
 * @return FALSE when there is no more; `*rest` bytes behind the last line end */
static gboolean fill(block *b, int input, gsize *rest, GError **error)
{
    gssize n;
    *rest = 0;
    while ((n = read_more(b, input, error)) > 0) {
        const char *new = b->bytes + b->len, *end = memrchr(new, '\n', (gsize)n);
        b->len += (gsize)n;
        if (end) {
            *rest = (gsize)(b->bytes + b->len - (end + 1));
            return TRUE;
        }
        b->len = MIN(b->len, MAX_LINE_BYTES + 1); /* enough to see that it is too long */
    }
    return FALSE;
}

/* Hands the end of block `b` on to the block that is filled next. */
static void carry_over(block *b, block *next, gsize rest)
{
    if (next->room < rest) {
        next->room = rest;
        next->bytes = g_realloc(next->bytes, rest);
    }
    b->len -= rest;
    if (rest > 0)
        memcpy(next->bytes, b->bytes + b->len, rest);
    next->len = rest;
}

/* Gives block after block, until the input or the patience of the output ends. */
static gboolean give_all(crew *c, int input, GError **error)
{
    gboolean more = TRUE, sound = TRUE;
    for (guint64 i = 0; more; i++) {
        block *b = &c->blocks[i % c->n_blocks], *next = &c->blocks[(i + 1) % c->n_blocks];
        gsize rest;
        GError *fault = NULL;
        more = fill(b, input, &rest, &fault);
        if (fault) {
            g_propagate_error(error, fault);
            sound = FALSE;
        }
        if (more) {
            more = is_free(c, next);
            carry_over(b, next, rest);
        }
        give(c, b);
    }
    return sound;
}

static kit *kit_new(const im_gazetteer *gazetteer, const im_locate_options *options)
{
    kit *k = g_new0(kit, 1);
    k->locator = im_locator_new(gazetteer, options);
    k->writer = im_answer_writer_new(gazetteer);
    return k;
}

static void kit_free(gpointer data)
{
    kit *k = data;
    im_locator_free(k->locator);
    im_answer_writer_free(k->writer);
    g_free(k);
}

static void crew_init(crew *c, const im_locate_options *options, guint jobs)
{
    g_mutex_init(&c->lock);
    g_cond_init(&c->change);
    c->n_blocks = jobs * BLOCKS_AHEAD;
    c->blocks = g_new0(block, c->n_blocks);
    for (guint i = 0; i < c->n_blocks; i++) {
        c->blocks[i].out = g_string_new(NULL);
        c->blocks[i].missing = g_ptr_array_new_with_free_func(g_free);
    }
    c->kits = g_ptr_array_new_with_free_func(kit_free);
    for (guint i = 0; i < jobs; i++)
        g_ptr_array_add(c->kits, kit_new(c->gazetteer, options));
    if (jobs > 1) /* without threads the work is done all the same */
        c->pool = g_thread_pool_new(work, c, (gint)jobs, TRUE, NULL);
}

static void crew_clear(crew *c)
{
    for (guint i = 0; i < c->n_blocks; i++) {
        g_free(c->blocks[i].bytes);
        g_string_free(c->blocks[i].out, TRUE);
        g_ptr_array_unref(c->blocks[i].missing);
    }
    g_free(c->blocks);
    g_ptr_array_unref(c->kits);
    g_cond_clear(&c->change);
    g_mutex_clear(&c->lock);
}

gboolean im_locate_stream(const im_gazetteer *gazetteer, const im_locate_options *options,
                          guint jobs, int input, int output, im_locate_tally *tally, GError **error)
{
    *tally = (im_locate_tally){.missing = g_ptr_array_new_with_free_func(g_free)};
    crew c = {.gazetteer = gazetteer, .output = output, .tally = tally};
    crew_init(&c, options, MAX(jobs, 1));
    gboolean read_all = give_all(&c, input, error);
    if (c.pool)
        g_thread_pool_free(c.pool, FALSE, TRUE);
    gboolean wrote_all = !c.error;
    if (c.error && read_all)
        g_propagate_error(error, c.error);
    else
        g_clear_error(&c.error);
    crew_clear(&c);
    return read_all && wrote_all;
}
