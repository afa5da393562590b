/* Names of the draft → keys, readings and first words, sorted so that the same draft gives the same
 * bytes. */
#include "gazetteer/pack.h"

#include <string.h>

/* Buckets are made so many that no more entries than this fall into one on average. */
enum { ENTRIES_PER_BUCKET = 4 };

/* Countries, states and the regions that we list before what lies in them; a capital before other
 * towns; then by population; then features of the ground, of which the sources have no size; airports
 * last. */
static guint size_tier(const draft *d, im_place_id id)
{
    const gaz_place *p = draft_at(d, id);
    switch (p->kind) {
    case IM_PLACE_COUNTRY:
        return 0;
    case IM_PLACE_ADMIN1:
        return 1;
    case IM_PLACE_REGION:
        return p->code ? 2 : 5;
    case IM_PLACE_AIRPORT:
        return strcmp(draft_detail_of(d, id).type, "large") == 0 ? 6 : 7;
    default:
        return strcmp(draft_feature(d, p), "PPLC") == 0 ? 3 : 4;
    }
}

static int compare(guint64 a, guint64 b)
{
    return a < b ? -1 : a > b;
}

static int size_order(const draft *d, im_place_id a, im_place_id b)
{
    int order = compare(size_tier(d, a), size_tier(d, b));
    return order ? order : -compare(draft_at(d, a)->population, draft_at(d, b)->population);
}

static int key_order(const draft *d, const draft_name *a, const draft_name *b)
{
    if (a->hash != b->hash)
        return compare(a->hash, b->hash);
    return a->key == b->key ? 0 : strcmp(draft_key(d, a->key), draft_key(d, b->key));
}

/* Ids of a draft are in the order of the kinds. */
static int name_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const draft_name *x = a, *y = b;
    const draft *d = data;
    int order = key_order(d, x, y);
    if (order == 0)
        order = compare(x->kind == IM_NAME_DEMONYM, y->kind == IM_NAME_DEMONYM);
    if (order == 0 && x->place != y->place)
        order = size_order(d, x->place, y->place);
    if (order == 0)
        order = compare(x->place, y->place);
    if (order == 0)
        order = compare(x->kind, y->kind);
    return order ? order : compare(x->flags, y->flags);
}

/* Chunks by the first bits of the hash, sorted one by one: no memory beside the names'. */
enum { CHUNK_BITS = 12, CHUNKS = 1 << CHUNK_BITS };

/* Brings each name into its chunk (American flag sort). @param ends  out: where each chunk ends */
static void spread_names(draft_name *names, guint n, guint *ends)
{
    guint next[CHUNKS], at = 0;
    memset(ends, 0, CHUNKS * sizeof *ends);
    for (guint i = 0; i < n; i++)
        ends[gaz_bucket(names[i].hash, CHUNK_BITS)]++;
    for (guint c = 0; c < CHUNKS; c++) {
        next[c] = at;
        at = ends[c] += at;
    }
    for (guint c = 0; c < CHUNKS; c++) {
        while (next[c] < ends[c]) {
            draft_name name = names[next[c]];
            for (guint to = gaz_bucket(name.hash, CHUNK_BITS); to != c;
                 to = gaz_bucket(name.hash, CHUNK_BITS)) {
                draft_name other = names[next[to]];
                names[next[to]++] = name;
                name = other;
            }
            names[next[c]++] = name;
        }
    }
}

static void sort_names(draft *d)
{
    g_autofree guint *ends = g_new(guint, CHUNKS);
    draft_name *names = (draft_name *)(void *)d->names->data;
    spread_names(names, d->names->len, ends);
    for (guint c = 0, at = 0; c < CHUNKS; at = ends[c++])
        g_qsort_with_data(names + at, (gint)(ends[c] - at), sizeof *names, name_order, d);
}

/* What both say; but a name of ours stands as it is, whatever it may be in other languages. */
static guint8 merge_flags(guint8 a, guint8 b)
{
    if ((a ^ b) & IM_NAME_FOREIGN)
        return a & IM_NAME_FOREIGN ? b : a;
    return a & b;
}

/* One name a place and key: of the strongest kind, with the flags that all of them have. */
static void merge_names(const draft *d)
{
    GArray *names = d->names;
    guint kept = 0;
    for (guint i = 0; i < names->len; i++) {
        const draft_name *next = &g_array_index(names, draft_name, i);
        draft_name *last = &g_array_index(names, draft_name, kept ? kept - 1 : 0);
        gboolean same = kept && last->place == next->place && key_order(d, last, next) == 0;
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

void pack_sort_names(packer *p)
{
    const draft *d = p->d;
    sort_names(p->d);
    merge_names(d);
    for (guint i = 0; i < d->names->len; i++) {
        const draft_name *name = &g_array_index(d->names, draft_name, i);
        if (i == 0 || key_order(d, name - 1, name) != 0) {
            gaz_key key = {.hash = name->hash, .text = name->key, .first = i};
            g_array_append_val(p->keys, key);
        }
    }
    gaz_key end = {.first = d->names->len};
    g_array_append_val(p->keys, end);
}

static guint32 hash_at(const void *entries, guint32 i, gsize stride)
{
    guint32 hash;
    memcpy(&hash, (const char *)entries + i * stride, sizeof hash);
    return hash;
}

void pack_buckets(packer *p, gaz_section_id id, const void *entries, guint32 n, gsize stride)
{
    guint bits = 0;
    while (bits < 28 && n >> bits > ENTRIES_PER_BUCKET)
        bits++;
    gaz_writer_begin(p->out, id);
    guint32 at = 0;
    for (guint32 bucket = 0; bucket <= 1u << bits; bucket++) {
        while (at < n &&
               (bucket == 1u << bits || gaz_bucket(hash_at(entries, at, stride), bits) < bucket))
            at++;
        gaz_writer_add(p->out, &at, sizeof at);
    }
}

static void pack_readings(packer *p)
{
    gaz_writer_begin(p->out, GAZ_READINGS);
    for (guint i = 0; i < p->d->names->len; i++) {
        const draft_name *name = &g_array_index(p->d->names, draft_name, i);
        const gaz_place *place = draft_at(p->d, name->place);
        im_reading reading = {
            .place = packer_id(p, name->place),
            .kind = name->kind,
            .flags = name->flags,
            .area = gaz_area(packer_id(p, place->admin1), packer_id(p, place->country))};
        gaz_writer_add(p->out, &reading, sizeof reading);
    }
}

/* The first word of names. */
typedef struct first_word {
    guint32 hash, key; /* key: offset in the draft's keys of a text that begins with it */
    guint32 text;      /* offset in the file's */
    guint8 len, words;
} first_word;

static guint count_words(const char *key)
{
    guint n = 1;
    for (; *key; key++)
        n += *key == ' ';
    return n;
}

static void gather_word(const draft *d, GArray *words, guint32 key, guint32 text,
                        const draft_head *h)
{
    const char *bytes = draft_key(d, key);
    gsize len = h ? h->len : strcspn(bytes, " ");
    first_word word = {.hash = im_hash_word(bytes, len),
                       .key = key,
                       .text = text,
                       .len = (guint8)len,
                       .words = (guint8)(h ? h->words : count_words(bytes))};
    g_array_append_val(words, word);
}

/* Writes the text of the keys, in their order, behind the empty string, and behind them the first words
 * that no key begins with. @return first_word, unsorted */
static GArray *pack_key_text(packer *p)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(first_word));
    guint32 at = 1;
    gaz_writer_begin(p->out, GAZ_KEY_TEXT);
    gaz_writer_add(p->out, "", 1);
    for (guint i = 0; i + 1 < p->keys->len; i++) {
        gaz_key *key = &g_array_index(p->keys, gaz_key, i);
        const char *text = draft_key(p->d, key->text);
        gsize len = strlen(text);
        gaz_writer_add(p->out, text, len + 1);
        gather_word(p->d, words, key->text, at, NULL);
        key->text = at;
        at += (guint32)len + 1;
    }
    for (guint i = 0; i < p->d->heads->len; i++) {
        const draft_head *head = &g_array_index(p->d->heads, draft_head, i);
        gaz_writer_add(p->out, draft_key(p->d, head->key), head->len);
        gaz_writer_add(p->out, "", 1);
        gather_word(p->d, words, head->key, at, head);
        at += head->len + 1u;
    }
    return words;
}

static int word_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const first_word *x = a, *y = b;
    const draft *d = data;
    if (x->hash != y->hash)
        return compare(x->hash, y->hash);
    int order = compare(x->len, y->len);
    if (order == 0)
        order = memcmp(draft_key(d, x->key), draft_key(d, y->key), x->len);
    return order ? order : compare(x->text, y->text);
}

static gboolean same_word(const draft *d, const first_word *a, const first_word *b)
{
    return a->hash == b->hash && a->len == b->len &&
           memcmp(draft_key(d, a->key), draft_key(d, b->key), a->len) == 0;
}

/* @return gaz_head, each first word once with the most words of its names */
static GArray *merge_words(const draft *d, const GArray *words)
{
    GArray *heads = g_array_new(FALSE, FALSE, sizeof(gaz_head));
    for (guint i = 0; i < words->len; i++) {
        const first_word *w = &g_array_index(words, first_word, i);
        gaz_head head = {.hash = w->hash, .text = w->text, .len = w->len, .words = w->words};
        if (i == 0 || !same_word(d, w - 1, w)) {
            g_array_append_val(heads, head);
            continue;
        }
        gaz_head *known = &g_array_index(heads, gaz_head, heads->len - 1);
        known->words = MAX(known->words, w->words);
    }
    return heads;
}

/* Of all keys, and of the first words that are none. */
static void pack_filter(packer *p, const GArray *heads)
{
    enum { KEYS_PER_WORD = 8 };
    guint bits = 0, n = p->keys->len - 1;
    while (bits < 28 && n >> bits > KEYS_PER_WORD)
        bits++;
    g_autofree guint64 *filter = g_new0(guint64, (gsize)1 << bits);
    for (guint i = 0; i < n + heads->len; i++) {
        guint32 hash = i < n ? g_array_index(p->keys, gaz_key, i).hash
                             : g_array_index(heads, gaz_head, i - n).hash;
        filter[gaz_bucket(hash, bits)] |= gaz_filter_bits(hash);
    }
    gaz_writer_begin(p->out, GAZ_FILTER);
    gaz_writer_add(p->out, filter, sizeof *filter << bits);
}

static void pack_heads(packer *p, GArray *words)
{
    g_array_sort_with_data(words, word_order, p->d);
    g_autoptr(GArray) heads = merge_words(p->d, words);
    gaz_writer_begin(p->out, GAZ_HEADS);
    gaz_writer_add(p->out, heads->data, heads->len * sizeof(gaz_head));
    pack_buckets(p, GAZ_HEAD_BUCKETS, heads->data, heads->len, sizeof(gaz_head));
    pack_filter(p, heads);
}

void pack_names(packer *p)
{
    pack_readings(p);
    g_array_set_size(p->d->names, 0);
    g_autoptr(GArray) words = pack_key_text(p);
    gaz_writer_begin(p->out, GAZ_KEYS);
    gaz_writer_add(p->out, p->keys->data, p->keys->len * sizeof(gaz_key));
    pack_buckets(p, GAZ_KEY_BUCKETS, p->keys->data, p->keys->len - 1, sizeof(gaz_key));
    pack_heads(p, words);
}
