/* The index of the keys by their parts: buckets of key numbers, filled by counting, so that it takes
 * no more memory than it takes room in the file. */
#include "gazetteer/pack.h"
#include "gazetteer/parts.h"

#include <string.h>

enum { ENTRIES_PER_BUCKET = 4, MAX_BITS = 28 };

/* Whether a key has any name that may be meant by itself. */
static gboolean is_sought(const packer *p, guint i)
{
    const gaz_key *key = &g_array_index(p->keys, gaz_key, i);
    for (guint r = key[0].first; r < key[1].first; r++) {
        const draft_name *name = &g_array_index(p->d->names, draft_name, r);
        if (name->kind != IM_NAME_DEMONYM && name->kind != IM_NAME_POSTAL)
            return TRUE;
    }
    return FALSE;
}

typedef void (*part_func)(guint32 key, guint32 bucket, guint32 *data, guint32 *buckets);

static void each_part(const packer *p, guint bits, part_func func, guint32 *data, guint32 *buckets)
{
    for (guint32 i = 0; i + 1 < p->keys->len; i++) {
        gaz_letters letters;
        if (!is_sought(p, i))
            continue;
        gaz_letters_of(&letters, draft_key(p->d, g_array_index(p->keys, gaz_key, i).text));
        for (guint part = 0; part < GAZ_N_PARTS; part++)
            func(i, gaz_bucket(gaz_part_of(&letters, (gaz_part)part), bits), data, buckets);
    }
}

static void count(guint32 key, guint32 bucket, guint32 *data, guint32 *buckets)
{
    (void)key, (void)data;
    buckets[bucket + 1]++;
}

/* Moves the beginning of the bucket; when all is entered it stands at its end. */
static void enter(guint32 key, guint32 bucket, guint32 *entries, guint32 *buckets)
{
    entries[buckets[bucket]++] = key;
}

void pack_parts(packer *p)
{
    guint bits = 0;
    guint64 most = (guint64)(p->keys->len - 1) * GAZ_N_PARTS;
    while (bits < MAX_BITS && most >> bits > ENTRIES_PER_BUCKET)
        bits++;
    gsize n_buckets = (gsize)1 << bits;
    g_autofree guint32 *buckets = g_new0(guint32, n_buckets + 1);
    each_part(p, bits, count, NULL, buckets);
    for (gsize i = 0; i < n_buckets; i++)
        buckets[i + 1] += buckets[i];
    guint32 n = buckets[n_buckets];
    g_autofree guint32 *entries = g_new(guint32, n + 1);
    each_part(p, bits, enter, entries, buckets);
    memmove(buckets + 1, buckets, n_buckets * sizeof *buckets);
    buckets[0] = 0;
    gaz_writer_begin(p->out, GAZ_PARTS);
    gaz_writer_add(p->out, entries, n * sizeof *entries);
    gaz_writer_begin(p->out, GAZ_PART_BUCKETS);
    gaz_writer_add(p->out, buckets, (n_buckets + 1) * sizeof *buckets);
}
