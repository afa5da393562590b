/* Sources that print one text are one source: wire copies share most of their shingles, runs of a few words
 * (Broder 1997). */
#include "base/hash.h"
#include "base/utf8.h"
#include "merge/priv.h"

#include <string.h>

enum {
    SHINGLE_WORDS = 4,
    FEWEST_SHINGLES = 6, /* a shorter quote may be alike by chance */
    MOST_SOURCES =
        64, /* that are compared with each other; of an event that more tell they are enough */
};

/* Shared shingles, of those of the shorter text. */
static const double COPY_SHARE = 0.8;

static int by_value(const void *x, const void *y)
{
    guint32 a = *(const guint32 *)x, b = *(const guint32 *)y;
    return a < b ? -1 : a > b;
}

/* Hashes of all runs of words, folded, sorted; GArray of guint32. */
static GArray *shingles_of(const char *quote)
{
    GArray *shingles = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 last[SHINGLE_WORDS] = {0};
    gsize room = quote ? 4 * strlen(quote) + 1 : 1;
    g_autofree char *folded = g_malloc0(room);
    im_fold(quote ? quote : "", quote ? strlen(quote) : 0, folded, room - 1);
    guint words = 0;
    for (const char *p = folded, *end; *p; p = end) {
        for (end = p; g_unichar_isalnum(g_utf8_get_char(end)); end = g_utf8_next_char(end))
            ;
        if (end == p) {
            end = g_utf8_next_char(p);
            continue;
        }
        memmove(last, last + 1, sizeof last - sizeof *last);
        last[SHINGLE_WORDS - 1] = im_hash_word(p, (gsize)(end - p));
        guint32 all = last[0];
        for (guint i = 1; i < SHINGLE_WORDS; i++)
            all = im_hash_join(all, last[i]);
        if (++words >= SHINGLE_WORDS)
            g_array_append_val(shingles, all);
    }
    g_array_sort(shingles, by_value);
    return shingles;
}

static gboolean are_copies(const GArray *a, const GArray *b)
{
    guint shared = 0, least = MIN(a->len, b->len);
    for (guint i = 0, j = 0; i < a->len && j < b->len;) {
        guint32 x = g_array_index(a, guint32, i), y = g_array_index(b, guint32, j);
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return least >= FEWEST_SHINGLES && shared >= COPY_SHARE * least;
}

static const char *outlet_of(const im_source *s)
{
    return s->publisher ? s->publisher : s->report;
}

guint im_sources_count(const GPtrArray *sources)
{
    g_autoptr(GHashTable) outlets = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    guint n = 0;
    for (guint i = 0; i < sources->len; i++) {
        const im_source *s = sources->pdata[i];
        if (!g_hash_table_add(outlets, (gpointer)outlet_of(s)))
            continue;
        gboolean copied = FALSE;
        g_autoptr(GArray) shingles = shingles_of(s->quote);
        for (guint k = 0; k < told->len && !copied; k++)
            copied = are_copies(told->pdata[k], shingles);
        n += !copied;
        if (!copied && told->len < MOST_SOURCES)
            g_ptr_array_add(told, g_steal_pointer(&shingles));
    }
    return n;
}
