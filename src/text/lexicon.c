#include "text/lexicon.h"

#include <string.h>

#include "lexicon_table.inc"

enum { PREFIX_LETTERS = 3 };

/* FNV-1a, 32 bit; the same in lexicon/lexc.c */
static guint32 hash(const char *s, gsize len)
{
    guint32 h = 2166136261u;
    for (gsize i = 0; i < len; i++)
        h = (h ^ (guchar)s[i]) * 16777619u;
    return h;
}

static gsize first_word_len(const im_lexeme *entry)
{
    return strcspn(entry->phrase, " *");
}

static gboolean in_group(const im_lexeme *entry, const char *word, gsize len, gboolean prefix)
{
    gsize first = first_word_len(entry);
    if ((entry->phrase[first] == '*') != prefix)
        return FALSE;
    return (prefix ? first >= len : first == len) && memcmp(entry->phrase, word, len) == 0;
}

static const im_lexeme *find(const guint32 *slots, guint32 n_slots, const char *word, gsize len,
                             gboolean prefix)
{
    for (guint32 at = hash(word, len) & (n_slots - 1); slots[at]; at = (at + 1) & (n_slots - 1))
        if (in_group(&lexemes[slots[at] - 1], word, len, prefix))
            return &lexemes[slots[at] - 1];
    return NULL;
}

const im_lexeme *im_lexicon_find(const char *word, gsize len, gboolean prefix, guint *n)
{
    *n = 0;
    if (prefix && len < PREFIX_LETTERS)
        return NULL;
    gsize key = prefix ? PREFIX_LETTERS : len;
    const im_lexeme *first = prefix
                                 ? find(prefix_slots, G_N_ELEMENTS(prefix_slots), word, key, TRUE)
                                 : find(exact_slots, G_N_ELEMENTS(exact_slots), word, key, FALSE);
    if (!first)
        return NULL;
    const im_lexeme *end = lexemes + G_N_ELEMENTS(lexemes);
    while (first + *n < end && in_group(first + *n, word, key, prefix))
        ++*n;
    return first;
}

const im_lexeme *im_lexicon_all(guint *n)
{
    *n = G_N_ELEMENTS(lexemes);
    return lexemes;
}
