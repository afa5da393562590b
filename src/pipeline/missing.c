/* Names that the gazetteer lacks, counted over a run of any length in bounded memory. */
#include "pipeline/priv.h"

#include <string.h>

/* Some 6 MB of names; those that come later are only counted. */
enum { MOST_NAMES = 1 << 16 };

struct im_missing {
    GHashTable *counts; /* char * → guint64 * */
    guint64 n_mentions, n_later;
};

im_missing *im_missing_new(void)
{
    im_missing *missing = g_new0(im_missing, 1);
    missing->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return missing;
}

void im_missing_free(im_missing *missing)
{
    if (!missing)
        return;
    g_hash_table_unref(missing->counts);
    g_free(missing);
}

/* On one line, and nothing in it that would steer a terminal. */
static char *name_of(const char *text, gsize len)
{
    GString *name = g_string_sized_new(len);
    for (const char *p = text; p < text + len; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean space = g_unichar_isspace(c) || g_unichar_iscntrl(c);
        if (!space)
            g_string_append_unichar(name, c);
        else if (name->len && name->str[name->len - 1] != ' ')
            g_string_append_c(name, ' ');
    }
    return g_string_free(name, FALSE);
}

void im_missing_count(im_missing *missing, const char *name, guint64 n)
{
    guint64 *known = g_hash_table_lookup(missing->counts, name);
    missing->n_mentions += n;
    if (known)
        *known += n;
    else if (g_hash_table_size(missing->counts) < MOST_NAMES)
        g_hash_table_insert(missing->counts, g_strdup(name), g_memdup2(&n, sizeof n));
    else
        missing->n_later += n;
}

void im_missing_add(im_missing *missing, const im_report *report, const GArray *mentions)
{
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        if (m->status != IM_MENTION_NOT_FOUND)
            continue;
        g_autofree char *name = name_of(report->text + m->span.start, m->span.end - m->span.start);
        im_missing_count(missing, name, 1);
    }
}

guint64 im_missing_n_mentions(const im_missing *missing)
{
    return missing->n_mentions;
}

guint64 im_missing_n_later(const im_missing *missing)
{
    return missing->n_later;
}

static int most_first(const void *a, const void *b)
{
    const im_missing_name *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->name, y->name);
}

GArray *im_missing_names(const im_missing *missing)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(im_missing_name));
    GHashTableIter iter;
    gpointer name, n;
    g_hash_table_iter_init(&iter, missing->counts);
    while (g_hash_table_iter_next(&iter, &name, &n)) {
        im_missing_name entry = {name, *(guint64 *)n};
        g_array_append_val(names, entry);
    }
    g_array_sort(names, most_first);
    return names;
}
