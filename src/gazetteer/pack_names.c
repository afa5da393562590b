/* Names of the draft → keys, readings and first words, sorted so that the same draft gives the same
 * bytes. */
#include "gazetteer/compile.h"

#include <string.h>

/* Buckets are made so many that no more entries than this fall into one on average. */
enum { ENTRIES_PER_BUCKET = 4 };

/* Countries, states and regions before what lies in them; a capital before other towns; then by
 * population, airports last. */
static guint size_tier(const draft_place *p)
{
    switch (p->kind) {
    case IM_PLACE_COUNTRY:
        return 0;
    case IM_PLACE_ADMIN1:
        return 1;
    case IM_PLACE_REGION:
        return 2;
    case IM_PLACE_AIRPORT:
        return strcmp(p->type, "large") == 0 ? 5 : 6;
    default:
        return strcmp(p->feature, "PPLC") == 0 ? 3 : 4;
    }
}

static int compare(guint64 a, guint64 b)
{
    return a < b ? -1 : a > b;
}

static int size_order(const draft_place *a, const draft_place *b)
{
    int order = compare(size_tier(a), size_tier(b));
    if (order == 0)
        order = -compare(a->population, b->population);
    return order ? order : compare(a->kind, b->kind);
}

static int name_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const draft_name *x = a, *y = b;
    const draft *d = data;
    if (x->key != y->key)
        return compare(x->key, y->key);
    int order = compare(x->kind == IM_NAME_DEMONYM, y->kind == IM_NAME_DEMONYM);
    if (order == 0)
        order = size_order(draft_at(d, x->place), draft_at(d, y->place));
    if (order == 0)
        order = compare(x->place, y->place);
    return order ? order : compare(x->kind, y->kind);
}

/* What both say; but a name of ours stands as it is, whatever it may be in other languages. */
static guint8 merge_flags(guint8 a, guint8 b)
{
    if ((a ^ b) & IM_NAME_FOREIGN)
        return a & IM_NAME_FOREIGN ? b : a;
    return a & b;
}

/* One name a place and key: of the strongest kind, with the flags that all of them have. */
static void merge_names(GArray *names)
{
    guint kept = 0;
    for (guint i = 0; i < names->len; i++) {
        const draft_name *next = &g_array_index(names, draft_name, i);
        draft_name *last = &g_array_index(names, draft_name, kept ? kept - 1 : 0);
        gboolean same = kept && last->key == next->key && last->place == next->place;
        if (same && next->kind == IM_NAME_DEMONYM && (last->flags & IM_NAME_FOREIGN))
            *last =
                *next; /* "Iraqi" is no name of Iraq here, though it is one in other languages */
        else if (same)
            last->flags = merge_flags(last->flags, next->flags);
        else
            g_array_index(names, draft_name, kept++) = *next;
    }
    g_array_set_size(names, kept);
}

typedef struct hashed {
    guint32 hash, number;
    const char *text;
} hashed;

static int hash_order(const void *a, const void *b)
{
    const hashed *x = a, *y = b;
    int order = compare(x->hash, y->hash);
    return order ? order : strcmp(x->text, y->text);
}

static void pack_buckets(GByteArray *out, const hashed *entries, guint n)
{
    guint bits = 0;
    while (bits < 28 && n >> bits > ENTRIES_PER_BUCKET)
        bits++;
    guint at = 0;
    for (guint32 bucket = 0; bucket <= 1u << bits; bucket++) {
        while (at < n && (bucket == 1u << bits || gaz_bucket(entries[at].hash, bits) < bucket))
            at++;
        g_byte_array_append(out, (const guint8 *)&at, sizeof at);
    }
}

static hashed *sorted_keys(const draft *d)
{
    guint n = d->keys->len;
    hashed *keys = g_new(hashed, n + 1);
    for (guint i = 0; i < n; i++) {
        const char *text = g_ptr_array_index(d->keys, i);
        keys[i] = (hashed){gaz_hash(text, strlen(text)), i, text};
    }
    qsort(keys, n, sizeof *keys, hash_order);
    return keys;
}

/* Gives the names the ranks of their keys for numbers, and sorts them. */
static void sort_names(draft *d, const hashed *keys)
{
    g_autofree guint32 *rank = g_new(guint32, d->keys->len + 1);
    for (guint i = 0; i < d->keys->len; i++)
        rank[keys[i].number] = i;
    for (guint i = 0; i < d->names->len; i++) {
        draft_name *name = &g_array_index(d->names, draft_name, i);
        name->key = rank[name->key];
    }
    g_array_sort_with_data(d->names, name_order, d);
    merge_names(d->names);
}

/* The readings of key `rank`, of the sorted names from `at` on. @return where the next key's begin */
static guint pack_readings(const draft *d, guint rank, guint at, GByteArray *out)
{
    for (; at < d->names->len; at++) {
        const draft_name *name = &g_array_index(d->names, draft_name, at);
        if (name->key != rank)
            break;
        im_reading reading = {.place = name->place, .kind = name->kind, .flags = name->flags};
        g_byte_array_append(out, (const guint8 *)&reading, sizeof reading);
    }
    return at;
}

/* @return offsets of the keys' texts by number */
static guint32 *pack_keys(draft *d, GByteArray **sections)
{
    guint n = d->keys->len, at = 0;
    g_autofree hashed *keys = sorted_keys(d);
    guint32 *offsets = g_new(guint32, n + 1);
    sort_names(d, keys);
    for (guint i = 0; i < n; i++) {
        gaz_key key = {.hash = keys[i].hash, .text = sections[GAZ_KEY_TEXT]->len, .first = at};
        offsets[keys[i].number] = key.text;
        g_byte_array_append(sections[GAZ_KEYS], (const guint8 *)&key, sizeof key);
        g_byte_array_append(sections[GAZ_KEY_TEXT], (const guint8 *)keys[i].text,
                            (guint)strlen(keys[i].text) + 1);
        at = pack_readings(d, i, at, sections[GAZ_READINGS]);
    }
    gaz_key end = {.first = at};
    g_byte_array_append(sections[GAZ_KEYS], (const guint8 *)&end, sizeof end);
    pack_buckets(sections[GAZ_KEY_BUCKETS], keys, n);
    return offsets;
}

static void pack_heads(const draft *d, const guint32 *key_offsets, GByteArray **sections)
{
    guint n = d->heads->len;
    g_autofree hashed *sorted = g_new(hashed, n + 1);
    for (guint i = 0; i < n; i++) {
        const draft_head *head = &g_array_index(d->heads, draft_head, i);
        sorted[i] = (hashed){gaz_hash(head->word, strlen(head->word)), i, head->word};
    }
    qsort(sorted, n, sizeof *sorted, hash_order);
    for (guint i = 0; i < n; i++) {
        const draft_head *head = &g_array_index(d->heads, draft_head, sorted[i].number);
        gaz_head packed = {.hash = sorted[i].hash,
                           .text = key_offsets[head->key],
                           .len = (guint8)strlen(head->word),
                           .words = (guint8)head->words};
        g_byte_array_append(sections[GAZ_HEADS], (const guint8 *)&packed, sizeof packed);
    }
    pack_buckets(sections[GAZ_HEAD_BUCKETS], sorted, n);
}

void draft_pack_names(draft *d, GByteArray **sections)
{
    static const guint8 nul;
    g_byte_array_append(sections[GAZ_KEY_TEXT], &nul, 1); /* text without an end is refused */
    g_autofree guint32 *offsets = pack_keys(d, sections);
    pack_heads(d, offsets, sections);
}
