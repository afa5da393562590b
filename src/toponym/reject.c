/* Names of the gazetteer that stand in the text and are no mention, and what they are instead. */
#include "toponym/priv.h"

const char *im_rejection_text(im_rejection why)
{
    static const char *const texts[] = {
        [IM_REJECTED_NONE] = "a place",
        [IM_REJECTED_DEMONYM] = "people or things of a place: a hint for its country only",
        [IM_REJECTED_ORGANISATION] = "part of the name of an organisation",
        [IM_REJECTED_PERSON] = "a person's name",
        [IM_REJECTED_WORD] = "an ordinary word or part of another name",
        [IM_REJECTED_DOUBT] = "too little around it speaks for a place",
    };
    return (guint)why < G_N_ELEMENTS(texts) ? texts[why] : texts[0];
}

static im_rejection reason_of(const im_topo *topo, const topo_candidate *c)
{
    static const guint64 person = TOPO_BIT(TOPO_F_SURNAME_SEEN) | TOPO_BIT(TOPO_F_PREV_GIVEN) |
                                  TOPO_BIT(TOPO_F_NEXT_SURNAME) | TOPO_BIT(TOPO_F_GIVEN) |
                                  TOPO_BIT(TOPO_F_SURNAME);
    static const guint64 word =
        TOPO_BIT(TOPO_F_COMMON) | TOPO_BIT(TOPO_F_COMMON_FIRST) | TOPO_BIT(TOPO_F_LOWER_SEEN);
    if (c->out == TOPO_OUT_DEMONYM)
        return IM_REJECTED_DEMONYM;
    if (c->out == TOPO_OUT_ORG)
        return IM_REJECTED_ORGANISATION;
    if (topo->marks[c->first] & TOPO_PERSON)
        return IM_REJECTED_PERSON;
    if (c->out == TOPO_OUT_WORD || c->features & word)
        return IM_REJECTED_WORD;
    return c->features & person ? IM_REJECTED_PERSON : IM_REJECTED_DOUBT;
}

static gboolean is_covered(const GArray *mentions, guint *at, const topo_candidate *c)
{
    while (*at < mentions->len && g_array_index(mentions, im_mention, *at).end <= c->first)
        (*at)++;
    return *at < mentions->len && g_array_index(mentions, im_mention, *at).first < c->end;
}

void topo_tell_rejected(const im_topo *topo, const GArray *mentions, GArray *rejected)
{
    guint at = 0;
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (c->given || c->name == TOPO_NONE || !topo_is_capital(topo, c->first) ||
            is_covered(mentions, &at, c))
            continue;
        im_rejected r = {im_text_span(topo->text, c->first, c->end), reason_of(topo, c)};
        g_array_append_val(rejected, r);
    }
}
