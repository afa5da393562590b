#include "gazetteer/edits.h"

#include <string.h>

enum { WORD_BITS = 64 };

/* The letter at `*key`, which goes on behind it. A file's keys need not be UTF-8. */
static gunichar next_letter(const char **key)
{
    gunichar c = (guchar) * (*key)++;
    while (((guchar) * *key & 0xC0) == 0x80)
        c = c << 6 | ((guchar) * (*key)++ & 0x3F);
    return c;
}

static guint decode(const char *key, gunichar *letters)
{
    guint n = 0;
    while (*key && n < IM_KEY_MAX_BYTES)
        letters[n++] = next_letter(&key);
    return n;
}

void edit_pattern_init(edit_pattern *pattern, const char *key)
{
    memset(pattern->ascii, 0, sizeof pattern->ascii);
    pattern->n_others = 0;
    pattern->n = decode(key, pattern->letters);
    for (guint i = 0; i < MIN(pattern->n, WORD_BITS); i++) {
        if (pattern->letters[i] < G_N_ELEMENTS(pattern->ascii))
            pattern->ascii[pattern->letters[i]] |= G_GUINT64_CONSTANT(1) << i;
        else
            pattern->others[pattern->n_others++] = i;
    }
}

/* Where the letter stands in the pattern. */
static guint64 places_of(const edit_pattern *p, gunichar letter)
{
    if (letter < G_N_ELEMENTS(p->ascii))
        return p->ascii[letter];
    guint64 places = 0;
    for (guint i = 0; i < p->n_others; i++)
        if (p->letters[p->others[i]] == letter)
            places |= G_GUINT64_CONSTANT(1) << p->others[i];
    return places;
}

/* A column of the table of distances in a word or two: where it goes up by one from one row to the
 * next, and where down (Hyyrö: A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances, 2003). */
static guint distance_in_bits(const edit_pattern *p, const char *key, guint most)
{
    guint64 up = ~G_GUINT64_CONSTANT(0), down = 0, diagonal = 0, before = 0;
    guint64 last = G_GUINT64_CONSTANT(1) << (p->n - 1);
    guint distance = p->n, letters = 0;
    while (*key && letters++ < p->n + most) {
        guint64 same = places_of(p, next_letter(&key));
        guint64 swapped = ((~diagonal & same) << 1) & before;
        diagonal = (((same & up) + up) ^ up) | same | down | swapped;
        guint64 right_up = down | ~(diagonal | up), right_down = diagonal & up;
        distance += (right_up & last) != 0;
        distance -= (right_down & last) != 0;
        right_up = right_up << 1 | 1;
        right_down <<= 1;
        up = right_down | ~(diagonal | right_up);
        down = right_up & diagonal;
        before = same;
    }
    return *key ? most + 1 : MIN(distance, most + 1);
}

/* The same in a table, three rows of it at a time. */
static guint distance_in_table(const edit_pattern *p, const char *key, guint most)
{
    gunichar b[IM_KEY_MAX_BYTES];
    guint rows[3][IM_KEY_MAX_BYTES + 1];
    const gunichar *a = p->letters;
    guint n = decode(key, b);
    for (guint j = 0; j <= n; j++)
        rows[0][j] = j;
    for (guint i = 1; i <= p->n; i++) {
        guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (guint j = 1; j <= n; j++) {
            guint best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = MIN(best, MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, two_above[j - 2] + 1);
            row[j] = best;
        }
    }
    return MIN(rows[p->n % 3][n], most + 1);
}

guint edit_distance(const edit_pattern *pattern, const char *key, guint most)
{
    if (pattern->n >= 1 && pattern->n <= WORD_BITS)
        return distance_in_bits(pattern, key, most);
    return distance_in_table(pattern, key, most);
}
