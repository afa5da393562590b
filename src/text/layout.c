/* What the text looks like as a whole: lines broken at a width, language. */
#include "text/priv.h"

#include <string.h>

typedef struct line {
    const char *start, *end;
} line;

static gboolean next_line(const im_text *text, line *l)
{
    const char *stop = text->bytes + text->len;
    l->start = l->end ? l->end + 1 : text->bytes;
    if (l->start >= stop)
        return FALSE;
    l->end = memchr(l->start, '\n', (gsize)(stop - l->start));
    if (!l->end)
        l->end = stop;
    return TRUE;
}

static gboolean ends_open(const line *l)
{
    const char *p = l->end;
    while (p > l->start && g_ascii_isspace(p[-1]))
        p--;
    return p > l->start && (g_ascii_isalpha(p[-1]) || p[-1] == ',' || (guchar)p[-1] >= 0x80);
}

/* Hard-wrapped: among lines that another line follows at once, most end in the middle of a
 * sentence and few are longer than a typewriter's or mail program's line. */
static gboolean is_hard_wrapped(const im_text *text)
{
    enum { LONGEST_WRAPPED = 100, SHORTEST_WRAPPED = 40 };
    guint followed = 0, open = 0, too_long = 0;
    line l = {NULL, NULL};
    while (next_line(text, &l)) {
        gsize size = (gsize)(l.end - l.start);
        too_long += size > LONGEST_WRAPPED;
        if (size < SHORTEST_WRAPPED || l.end + 1 >= text->bytes + text->len || l.end[1] == '\n' ||
            l.end[1] == '\r')
            continue;
        followed++;
        open += ends_open(&l);
    }
    return followed >= 2 && open * 2 > followed && too_long * 10 <= followed;
}

void im_text_find_layout(im_text *text)
{
    text->hard_wrapped = is_hard_wrapped(text);
}

/* Words that the lexicons have in one language alone. */
static guint count_own_words(const im_text *text, im_language own, im_language other)
{
    enum { ENOUGH_TOKENS = 400 };
    guint n = 0;
    for (guint32 i = 0; i < MIN(text->n_tokens, ENOUGH_TOKENS); i++) {
        const guint64 *classes = im_lexicon_groups[text->tokens[i].group].classes;
        n += classes[own] != 0 && classes[other] == 0;
    }
    return n;
}

void im_text_find_language(im_text *text)
{
    enum { ENOUGH_TOKENS = 4000, CLEAR_LEAD = 60, UNCLEAR_LEAD = 2 };
    const guint64 FUNCTION = IM_CLASS_BIT(IM_LEX_FUNCTION);
    guint votes[3] = {0, 0, 0};
    if (text->language != IM_LANGUAGE_UNKNOWN)
        return;
    for (guint32 i = 0; i < MIN(text->n_tokens, ENOUGH_TOKENS); i++) {
        const guint64 *classes = im_lexicon_groups[text->tokens[i].group].classes;
        votes[IM_LANGUAGE_EN] += (classes[IM_LANGUAGE_EN] & FUNCTION) != 0;
        votes[IM_LANGUAGE_ES] += (classes[IM_LANGUAGE_ES] & FUNCTION) != 0;
        if (ABS((int)votes[IM_LANGUAGE_ES] - (int)votes[IM_LANGUAGE_EN]) >= CLEAR_LEAD)
            break;
    }
    if (ABS((int)votes[IM_LANGUAGE_ES] - (int)votes[IM_LANGUAGE_EN]) <= UNCLEAR_LEAD) {
        /* "Secuestran a tres ingenieros en Reynosa": `a` is English, too */
        votes[IM_LANGUAGE_ES] += count_own_words(text, IM_LANGUAGE_ES, IM_LANGUAGE_EN);
        votes[IM_LANGUAGE_EN] += count_own_words(text, IM_LANGUAGE_EN, IM_LANGUAGE_ES);
    }
    if (votes[IM_LANGUAGE_ES] > votes[IM_LANGUAGE_EN])
        text->language = IM_LANGUAGE_ES;
    else
        text->language = IM_LANGUAGE_EN;
}
