/* Tolls that rose, and figures that a toll is put at. */
#include "incident/priv.h"

/* "raising the number of dead to six", "bringing the toll to 12" */
static gboolean is_raised_to(const im_text *text, const amount *a)
{
    enum { REACH_RAISED = 8 };
    static im_words verbs = IM_WORDS("raising", "bringing", "raised", "brought", "brings", "raises",
                                     "eleva", "elevando");
    for (guint32 back = 3; back <= REACH_RAISED && back <= a->first; back++)
        if (im_token_is_any(text, a->first - back, &verbs))
            return TRUE;
    return FALSE;
}

/* "puts the number of dead at nine", "the toll stood at 25" */
static gboolean is_put_at(const im_text *text, const amount *a)
{
    enum { REACH_PUT = 12 };
    static im_words verbs =
        IM_WORDS("put", "puts", "putting", "stood", "stands", "toll", "situa", "ubica", "ubico");
    if (!im_token_is(text, a->first - 1, "at") && !im_token_is(text, a->first - 1, "en"))
        return FALSE;
    for (guint32 back = 2; back <= REACH_PUT && back <= a->first; back++)
        if (im_token_is_any(text, a->first - back, &verbs))
            return TRUE;
    return FALSE;
}

/* Whether a verb of rising stands among the few tokens before one. */
static gboolean has_risen_before(const im_text *text, guint32 token)
{
    enum { REACH_ROSE = 4 };
    static im_words verbs =
        IM_WORDS("rose", "risen", "rising", "rises", "climbed", "climbs", "increased", "up", "went",
                 "jumped", "grew", "subio", "sube", "aumento", "aumenta", "ascendio", "asciende",
                 "elevo", "paso", "pasado", "crecio");
    for (guint32 back = 1; back <= REACH_ROSE && back <= token; back++)
        if (im_token_is_any(text, token - back, &verbs))
            return TRUE;
    return FALSE;
}

gboolean im_amount_is_from_to(const im_text *text, const amount *a)
{
    return a->high > a->value && a->first > 0 &&
           (im_token_is(text, a->first - 1, "from") || im_token_is(text, a->first - 1, "de")) &&
           has_risen_before(text, a->first - 1);
}

/* "rose to seven", "subió a siete" */
amount *im_amount_risen_to(const im_text *text, GArray *amounts, guint32 token)
{
    for (guint i = im_amounts_from(amounts, token + 1); i < amounts->len; i++) {
        amount *a = &g_array_index(amounts, amount, i);
        if (a->first - token > IM_REACH_TOKENS)
            return NULL;
        if (a->used || a->value <= 0 || a->noun)
            continue;
        if (a->risen || is_put_at(text, a))
            return a;
        if (!im_token_is(text, a->first - 1, "to") && !im_token_is(text, a->first - 1, "a"))
            continue;
        if (has_risen_before(text, a->first - 1) || is_raised_to(text, a))
            return a;
    }
    return NULL;
}

/* "an earlier report said that 64" */
static gboolean is_in_earlier_report(const im_text *text, guint32 token)
{
    enum { REACH_REPORT = 14 };
    static im_words earlier = IM_WORDS("earlier", "previous", "anterior");
    static im_words reports = IM_WORDS("report", "version", "story", "toll", "figure", "count",
                                       "reporte", "nota", "informe", "cifra", "balance", "conteo");
    const guint32 first = im_sentence_of(text, token)->first;
    for (guint32 back = 2; back <= REACH_REPORT && token >= first + back; back++)
        if (im_token_is_any(text, token - back, &earlier) &&
            (im_token_is_any(text, token - back + 1, &reports) ||
             (token > first + back && im_token_is_any(text, token - back - 1, &reports))))
            return TRUE;
    return FALSE;
}

gboolean im_is_earlier_figure(const im_text *text, guint32 token)
{
    static im_words had = IM_WORDS("had", "habian", "habia", "initially", "inicialmente");
    static im_words told = IM_WORDS("reported", "given", "put", "reportado", "informado", "said",
                                    "contabilizado", "confirmado");
    for (guint32 back = 2; back <= 3 && back <= token; back++)
        if (im_token_is_any(text, token - back, &had) &&
            im_token_is_any(text, token - back + 1, &told))
            return TRUE;
    return is_in_earlier_report(text, token);
}
