/* Places that the gazetteer lacks, known by what stands before them: `in the village of X`,
 * `comunidad de X`, `in X, Ohio`. */
#include "toponym/priv.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_UNKNOWN = 5 };

static gboolean is_taken(const im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (c->first < end && first < c->end)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_particle(const im_text *text, guint32 token)
{
    return im_token_is(text, token, "de") || im_token_is(text, token, "del") ||
           im_token_is(text, token, "la") || im_token_is(text, token, "las") ||
           im_token_is(text, token, "los") || im_token_is(text, token, "el");
}

/* The end of the run of capitals that begins at `token`, `token` when there is none. */
static guint32 capitals_end(const im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    guint32 end = token;
    for (guint32 i = token; i < text->n_tokens && i < token + LONGEST_UNKNOWN; i++) {
        if (!topo_same_sentence(text, token, i))
            break;
        if (topo_is_capital(topo, i))
            end = i + 1;
        else if (end == token || !is_particle(text, i))
            break;
    }
    return end;
}

/* A head that asks for the name of a settlement, not of a street or a building. */
static gboolean names_settlement(const im_lexeme *head)
{
    static const char *const values[] = {"city",     "town",         "village",
                                         "district", "municipality", "county"};
    if (strcmp(head->extra, "before") != 0)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (strcmp(head->value, values[i]) == 0)
            return TRUE;
    return FALSE;
}

static int by_first(const void *a, const void *b)
{
    const topo_candidate *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

static void add_unknown(im_topo *topo, guint32 first, guint32 end)
{
    topo_candidate c = {.first = first,
                        .end = end,
                        .name = TOPO_NONE,
                        .container = TOPO_NONE,
                        .contains = TOPO_NONE,
                        .features =
                            TOPO_BIT(TOPO_F_BIAS) | TOPO_BIT(TOPO_F_HEAD) | TOPO_BIT(TOPO_F_IN)};
    g_array_append_val(topo->candidates, c);
}

void topo_add_unknown(im_topo *topo)
{
    const im_text *text = topo->text;
    guint32 known = topo->candidates->len;
    if (text->upper_case)
        return;
    for (guint32 i = 0; i < text->n_tags; i++) {
        const im_tag *tag = &text->tags[i];
        if (tag->lexeme->cls != IM_LEX_PLACEHEAD || !names_settlement(tag->lexeme) ||
            !topo_same_sentence(text, tag->first, tag->end))
            continue;
        guint32 first = tag->end;
        while (first < text->n_tokens && is_particle(text, first) && !topo_is_capital(topo, first))
            first++;
        guint32 end = capitals_end(topo, first);
        if (end > first && topo_same_sentence(text, tag->first, first) &&
            !is_taken(topo, first, end) && !topo_has_tag(text, first, IM_LEX_ORG))
            add_unknown(topo, first, end);
    }
    if (topo->candidates->len > known)
        qsort(topo->candidates->data, topo->candidates->len, sizeof(topo_candidate), by_first);
}
