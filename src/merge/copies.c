/* Sources that print one text are one source: wire copies share most of their shingles, runs of a few words
 * (Broder 1997). */
#include "base/hash.h"
#include "base/utf8.h"
#include "merge/priv.h"

#include <stdlib.h>
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

/* The shingles of one text, among those of all. */
typedef struct text {
    guint first, n;
} text;

struct im_copies {
    GHashTable *outlets; /* of const char *, borrowed from the sources */
    GString *folded;     /* the text that is read */
    GArray *shingles;    /* of guint32; of each text sorted */
    GArray *texts;       /* of text */
};

im_copies *im_copies_new(void)
{
    im_copies *c = g_new(im_copies, 1);
    *c = (im_copies){g_hash_table_new(g_str_hash, g_str_equal), g_string_new(NULL),
                     g_array_new(FALSE, FALSE, sizeof(guint32)),
                     g_array_new(FALSE, FALSE, sizeof(text))};
    return c;
}

void im_copies_free(im_copies *c)
{
    if (!c)
        return;
    g_hash_table_unref(c->outlets);
    g_string_free(c->folded, TRUE);
    g_array_unref(c->shingles);
    g_array_unref(c->texts);
    g_free(c);
}

static gboolean is_word_char(const char *p)
{
    return (guchar)*p < 0x80 ? g_ascii_isalnum(*p) : g_unichar_isalnum(g_utf8_get_char(p));
}

/* Hashes of all runs of words, folded, sorted. */
static text add_shingles(im_copies *c, const char *quote)
{
    const gsize len = quote ? strlen(quote) : 0;
    text t = {.first = c->shingles->len};
    g_string_set_size(c->folded, 4 * len);
    g_string_truncate(c->folded, im_fold(quote ? quote : "", len, c->folded->str, 4 * len));
    guint32 last[SHINGLE_WORDS] = {0};
    guint words = 0;
    for (const char *p = c->folded->str, *end; *p; p = end) {
        for (end = p; is_word_char(end); end = g_utf8_next_char(end))
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
            g_array_append_val(c->shingles, all);
    }
    t.n = c->shingles->len - t.first;
    if (t.n > 1)
        qsort(&g_array_index(c->shingles, guint32, t.first), t.n, sizeof(guint32), by_value);
    return t;
}

static gboolean are_copies(const im_copies *c, text a, text b)
{
    const guint least = MIN(a.n, b.n);
    if (least < FEWEST_SHINGLES)
        return FALSE;
    const guint32 *x = (const guint32 *)c->shingles->data + a.first,
                  *y = (const guint32 *)c->shingles->data + b.first;
    guint shared = 0;
    for (guint i = 0, j = 0; i < a.n && j < b.n;) {
        guint32 p = x[i], q = y[j];
        shared += p == q;
        i += p <= q;
        j += q <= p;
    }
    return shared >= COPY_SHARE * least;
}

static const char *outlet_of(const im_source *s)
{
    return s->publisher ? s->publisher : s->report;
}

/* Whether a source prints a text that was told before; if not, its text is kept. */
static gboolean is_copy(im_copies *c, const im_source *s)
{
    const text t = add_shingles(c, s->quote);
    gboolean copied = FALSE;
    for (guint i = 0; i < c->texts->len && !copied; i++)
        copied = are_copies(c, g_array_index(c->texts, text, i), t);
    if (!copied && c->texts->len < MOST_SOURCES)
        g_array_append_val(c->texts, t);
    else
        g_array_set_size(c->shingles, t.first);
    return copied;
}

guint im_sources_count(im_copies *c, const GPtrArray *sources)
{
    guint n = 0;
    g_hash_table_remove_all(c->outlets);
    g_array_set_size(c->shingles, 0);
    g_array_set_size(c->texts, 0);
    for (guint i = 0; i < sources->len; i++) {
        const im_source *s = sources->pdata[i];
        n += g_hash_table_add(c->outlets, (gpointer)outlet_of(s)) && !is_copy(c, s);
    }
    return n;
}
