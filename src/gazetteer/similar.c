/* Misspelt → spelt: keys that share a half or a third with the name, compared one by one (parts.h). */
#include "gazetteer/similar.h"

#include "gazetteer/edits.h"
#include "gazetteer/parts.h"

#include <string.h>

typedef struct search {
    const im_gazetteer *g;
    gaz_letters letters; /* of the key that was asked for */
    edit_pattern pattern;
    guint most;
    GArray *similar;
} search;

guint gaz_most_edits(const char *key)
{
    gaz_letters letters;
    gaz_letters_of(&letters, key);
    if (letters.n < 3)
        return 0;
    return letters.n <= 5 ? 1 : 2;
}

/* Candidates whose text is sent for while others are compared. */
enum { AHEAD = 6 };

static void fetch(const im_gazetteer *g, gaz_run run, guint32 i)
{
    if (i + AHEAD < run.end && g->parts[i + AHEAD] < g->n_keys)
        __builtin_prefetch(gaz_key_text(g, g->parts[i + AHEAD]));
    if (i + 2 * AHEAD < run.end && g->parts[i + 2 * AHEAD] < g->n_keys)
        __builtin_prefetch(&g->keys[g->parts[i + 2 * AHEAD]]);
}

/* Of a key that is near the one that was asked for. */
static gboolean is_likely(const search *s, const char *key)
{
    const char *typed = s->letters.bytes;
    gsize n = strlen(typed), len = strlen(key), same = 0;
    while (same < n && typed[same] == key[same])
        same++;
    if (len != n)
        return len > n || (same > 0 && typed[same] == typed[same - 1]);
    return same + 1 < n && typed[same] == key[same + 1] && typed[same + 1] == key[same];
}

/* Compares all keys that may have such a part. */
static void compare_all(search *s, guint32 hash)
{
    const im_gazetteer *g = s->g;
    gaz_run run = gaz_run_of(&g->part_index, hash);
    for (guint32 i = run.at; i < run.end; i++) {
        fetch(g, run, i);
        gaz_similar found = {.key = g->parts[i]};
        if (found.key >= g->n_keys)
            continue;
        const char *text = gaz_key_text(g, found.key);
        found.edits = (guint16)edit_distance(&s->pattern, text, s->most);
        if (found.edits > s->most)
            continue;
        found.likely = is_likely(s, text);
        g_array_append_val(s->similar, found);
    }
}

/* Looks for keys of `n` letters whose part is what the name asked for has, but `moved` letters on. */
static void seek(search *s, guint n, gaz_part part, gint moved)
{
    const gaz_letters *l = &s->letters;
    gaz_part_span span = gaz_part_in(n, part);
    gint begin = (gint)span.begin + moved, end = (gint)span.end + moved;
    if (begin >= 0 && end <= (gint)l->n)
        compare_all(
            s, gaz_part_hash(l->bytes + l->at[begin], (gsize)(l->at[end] - l->at[begin]), n, part));
}

/* The same when the letters on both sides of the part's inner border changed places: those at its end,
 * or at its beginning if it is the last third. */
static void seek_swapped(search *s, guint n, gaz_part part, gint moved)
{
    char bytes[IM_KEY_MAX_BYTES + 8];
    const gaz_letters *l = &s->letters;
    gaz_part_span span = gaz_part_in(n, part);
    gint begin = (gint)span.begin + moved, end = (gint)span.end + moved;
    gint gone = part == GAZ_LAST_THIRD ? begin : end - 1;
    gint come = part == GAZ_LAST_THIRD ? begin - 1 : end;
    if (begin < 0 || end > (gint)l->n || begin == end || come < 0 || come >= (gint)l->n)
        return;
    gsize len = 0;
    for (gint i = begin; i < end; i++) {
        gint from = i == gone ? come : i;
        gsize size = (gsize)(l->at[from + 1] - l->at[from]);
        memcpy(bytes + len, l->bytes + l->at[from], size);
        len += size;
    }
    compare_all(s, gaz_part_hash(bytes, len, n, part));
}

/* Keys of `n` letters with one edit. What stands behind it has moved by what it made longer. */
static void seek_one(search *s, guint n)
{
    gint longer = (gint)s->letters.n - (gint)n;
    seek(s, n, GAZ_FIRST_HALF, 0);
    seek(s, n, GAZ_SECOND_HALF, longer);
    if (longer == 0)
        seek_swapped(s, n, GAZ_FIRST_HALF, 0);
}

/* Keys of `n` letters with two edits. Only the middle may have one on either side. */
static void seek_two(search *s, guint n)
{
    gint longer = (gint)s->letters.n - (gint)n;
    seek(s, n, GAZ_FIRST_THIRD, 0);
    seek(s, n, GAZ_LAST_THIRD, longer);
    for (gint moved = MAX(-1, longer - 1); moved <= MIN(1, longer + 1); moved++)
        seek(s, n, GAZ_MIDDLE_THIRD, moved);
    seek_swapped(s, n, GAZ_FIRST_THIRD, 0);
    seek_swapped(s, n, GAZ_LAST_THIRD, longer);
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const gaz_similar *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void leave_each_once(GArray *similar, guint first)
{
    guint kept = first;
    if (similar->len == first)
        return;
    gaz_similar *all = &g_array_index(similar, gaz_similar, 0);
    qsort(all + first, similar->len - first, sizeof *all, by_key);
    for (guint i = first; i < similar->len; i++)
        if (i == first || all[i].key != all[kept - 1].key)
            all[kept++] = all[i];
    g_array_set_size(similar, kept);
}

void gaz_find_similar(const im_gazetteer *g, const char *key, guint most, GArray *similar)
{
    search s = {.g = g, .most = most, .similar = similar};
    guint first = similar->len;
    gaz_letters_of(&s.letters, key);
    edit_pattern_init(&s.pattern, key);
    for (guint n = MAX(s.letters.n, most + 1) - most; n <= s.letters.n + most; n++)
        if (most == 1)
            seek_one(&s, n);
        else
            seek_two(&s, n);
    leave_each_once(similar, first);
}
