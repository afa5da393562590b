/* Misspelt → spelt: look up the parts that are still whole, then compare (parts.h). */
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
        found.edits = edit_distance(&s->pattern, gaz_key_text(g, found.key), s->most);
        if (found.edits <= s->most)
            g_array_append_val(s->similar, found);
    }
}

/* Looks for keys of `n` letters whose part is what the name asked for has at letter `at`. */
static void seek(search *s, guint n, guint part, gint at)
{
    const gaz_letters *l = &s->letters;
    gint end = at + (gint)(gaz_part_begin(n, part + 1) - gaz_part_begin(n, part));
    if (at < 0 || end > (gint)l->n)
        return;
    compare_all(s, gaz_part_hash(l->bytes + l->at[at], (gsize)(l->at[end] - l->at[at]), n, part));
}

/* The same where the letters `a` and `a` + 1 changed places: `a` ends or `a` + 1 begins the part, which
 * begins at letter `at` and has its other letters from there. */
static void seek_swapped(search *s, guint n, guint part, gint at)
{
    char bytes[IM_KEY_MAX_BYTES + 8];
    const gaz_letters *l = &s->letters;
    gint end = at + (gint)(gaz_part_begin(n, part + 1) - gaz_part_begin(n, part));
    gboolean first = part == 0; /* the last letter of the first part, the first one of the last */
    gint out = first ? end - 1 : at, in = first ? end : at - 1;
    if (at < 0 || end > (gint)l->n || end == at || in < 0 || in >= (gint)l->n)
        return;
    gsize len = 0;
    for (gint i = at; i < end; i++) {
        gint from = i == out ? in : i;
        gsize size = (gsize)(l->at[from + 1] - l->at[from]);
        memcpy(bytes + len, l->bytes + l->at[from], size);
        len += size;
    }
    compare_all(s, gaz_part_hash(bytes, len, n, part));
}

/* Keys of `n` letters. Edits before a part move it, by one at most when both ends have one. */
static void seek_length(search *s, guint n)
{
    gint longer = (gint)s->letters.n - (gint)n;
    gint begin[GAZ_PARTS_OF_KEY];
    for (guint part = 0; part < GAZ_PARTS_OF_KEY; part++)
        begin[part] = (gint)gaz_part_begin(n, part);
    seek(s, n, 0, 0);
    seek(s, n, 2, begin[2] + longer);
    if (s->most < 2)
        return;
    for (gint moved = MAX(-1, longer - 1); moved <= MIN(1, longer + 1); moved++)
        seek(s, n, 1, begin[1] + moved);
    seek_swapped(s, n, 0, 0);
    seek_swapped(s, n, 2, begin[2] + longer);
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const gaz_similar *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void leave_each_once(GArray *similar, guint first)
{
    guint kept = first;
    gaz_similar *all = &g_array_index(similar, gaz_similar, 0);
    if (similar->len == first)
        return;
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
        seek_length(&s, n);
    leave_each_once(similar, first);
}
