#include "gazetteer/edits.h"

#include <incmap/gazetteer.h>

/* Room for the letters of the longest key. */
enum { ROW = IM_KEY_MAX_BYTES + 2 };

/* What can be told of a key without comparing it. */
typedef struct outline {
    guint64 bytes; /* which occur, modulo 64 */
    gsize len;
    gboolean ascii;
} outline;

struct edit_pattern {
    gunichar letters[ROW];
    guint n;
    char first, second; /* bytes; NUL where there is none */
    outline outline;
    gunichar other[ROW]; /* the key at hand */
    guint rows[3][ROW];
};

static outline outline_of(const char *key)
{
    outline o = {0};
    guchar all = 0;
    for (; key[o.len]; o.len++) {
        o.bytes |= G_GUINT64_CONSTANT(1) << ((guchar)key[o.len] & 63);
        all |= (guchar)key[o.len];
    }
    o.ascii = all < 0x80;
    return o;
}

/* Never reads past the NUL, whatever the bytes: a file's keys need not be UTF-8. */
static guint decode(const char *key, gunichar *letters)
{
    guint n = 0;
    while (*key && n < ROW - 1) {
        gunichar c = (guchar)*key++;
        while (((guchar)*key & 0xC0) == 0x80)
            c = c << 6 | ((guchar)*key++ & 0x3F);
        letters[n++] = c;
    }
    return n;
}

edit_pattern *edit_pattern_new(const char *key)
{
    edit_pattern *p = g_new0(edit_pattern, 1);
    p->n = decode(key, p->letters);
    p->first = key[0];
    p->second = key[0] ? key[1] : '\0';
    p->outline = outline_of(key);
    return p;
}

void edit_pattern_free(edit_pattern *pattern)
{
    g_free(pattern);
}

/* One of the first two letters stays among the first two, whatever one edit does; people hardly ever
 * get both wrong. Spares a look at most keys. */
static gboolean begins_alike(const edit_pattern *p, const char *key)
{
    return *key &&
           (key[0] == p->first || key[0] == p->second || key[1] == p->first || key[1] == p->second);
}

/* One edit adds or takes away one byte of ASCII, or puts one for another; of other scripts, four. */
static gboolean may_be_close(const outline *a, const outline *b, guint most)
{
    gsize longer = MAX(a->len, b->len) - MIN(a->len, b->len);
    guint differ = (guint)__builtin_popcountll(a->bytes ^ b->bytes);
    guint bytes = a->ascii && b->ascii ? 1 : 4;
    return longer <= most * bytes && differ <= most * bytes * 2;
}

/* Fills row i of the table of distances between beginnings. @return the least value in it */
static guint fill_row(edit_pattern *p, guint i, guint n)
{
    guint *row = p->rows[i % 3], *above = p->rows[(i + 2) % 3], *two_above = p->rows[(i + 1) % 3];
    const gunichar *a = p->letters, *b = p->other;
    guint least = row[0] = i;
    for (guint j = 1; j <= n; j++) {
        guint best = above[j - 1] + (a[i - 1] != b[j - 1]);
        best = MIN(best, MIN(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN(best, two_above[j - 2] + 1);
        row[j] = best;
        least = MIN(least, best);
    }
    return least;
}

guint edit_distance(edit_pattern *pattern, const char *key, guint most)
{
    if (!begins_alike(pattern, key))
        return most + 1;
    outline o = outline_of(key);
    if (!may_be_close(&pattern->outline, &o, most))
        return most + 1;
    guint n = decode(key, pattern->other);
    if (MAX(n, pattern->n) - MIN(n, pattern->n) > most)
        return most + 1;
    for (guint j = 0; j <= n; j++)
        pattern->rows[0][j] = j;
    /* A swap reaches two rows back: only two hopeless rows in a row settle it. */
    guint before = 0;
    for (guint i = 1; i <= pattern->n; i++) {
        guint least = fill_row(pattern, i, n);
        if (MIN(least, before) > most)
            return most + 1;
        before = least;
    }
    return MIN(pattern->rows[pattern->n % 3][n], most + 1);
}
