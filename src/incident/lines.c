/* What the lines of a report say about places: headings of sections, items of lists and bulletins. */
#include "gazetteer/record.h"
#include "incident/priv.h"

/* A dash between spaces: what is behind it is about the name before it. */
static gboolean is_dash(const im_text *text, guint32 token)
{
    enum { EN_DASH = 0x2013, EM_DASH = 0x2014 };
    if (token + 1 >= text->n_tokens || text->tokens[token].kind != IM_TOKEN_PUNCT)
        return FALSE;
    gunichar c = g_utf8_get_char(text->bytes + text->tokens[token].span.start);
    return (c == '-' || c == EN_DASH || c == EM_DASH) &&
           (text->tokens[token].flags & text->tokens[token + 1].flags & IM_TOKEN_SPACE_BEFORE);
}

/* Where the words of a line begin, behind its bullet and its day. */
static guint32 line_first(const im_text *text, guint32 first, guint32 name)
{
    guint32 t = first;
    while (t < name && im_token_is_of_day(text, t))
        t++;
    return t;
}

/* Whether a colon stands behind a name, or behind a day that does: "Kaya:", "Kaya, 6 May:". */
static gboolean is_before_colon(const im_text *text, guint32 end)
{
    enum { LONGEST_DAY = 7 };
    guint32 t = end;
    while (t < end + LONGEST_DAY && im_token_is_of_day(text, t))
        t++;
    return im_token_is_punct(text, t, ':') && (t == end || im_token_is_punct(text, end, ','));
}

/* "Zamora: calm", "REYNOSA. Two men", "27/02 Nampula city - traders", "6 May, Kaya: a convoy" */
gboolean im_heads_line(const story *s, const im_mention *m, guint32 first)
{
    const im_text *text = s->text;
    const im_tag *head = im_text_tag_at(text, m->end, IM_LEX_PLACEHEAD);
    const guint32 end = head ? head->end : m->end;
    return (m->first <= first + 2 &&
            (im_token_is_punct(text, m->end, ':') || im_token_is_punct(text, m->end, '.'))) ||
           (m->first == line_first(text, first, m->first) &&
            ((is_dash(text, end) && s->mention_at[end + 1] == IM_NO_MENTION) ||
             is_before_colon(text, end)));
}

/* Whether a place of which the event's sentence says nothing may be its place: one abroad is hardly. */
gboolean im_is_at_home(const story *s, guint32 mention)
{
    return s->country == IM_PLACE_NONE || s->mentions[mention].status != IM_MENTION_RESOLVED ||
           s->strays[mention] ||
           im_gazetteer_place(s->gazetteer, s->mentions[mention].place).country == s->country;
}

/* A line that is nothing but the name of a place, above what was there: "REYNOSA". The mention of the last
 * such line before a sentence, unless other prose stands between. */
guint32 im_place_of_section(const story *s, guint32 sentence)
{
    enum { REACH_SECTION = 24 };
    const im_text *text = s->text;
    for (guint32 back = 1; back <= REACH_SECTION && back < sentence && !text->upper_case; back++) {
        const im_sentence *line = &text->sentences[sentence - back];
        guint32 end = line->end;
        while (end > line->first && text->tokens[end - 1].kind == IM_TOKEN_PUNCT)
            end--;
        if (line->kind == IM_SENTENCE_BULLET || end == line->first)
            continue;
        const guint32 m = s->mention_at[line->first];
        const gboolean alone =
            m != IM_NO_MENTION && s->mentions[m].first == line->first && s->mentions[m].end == end;
        if (alone && (text->tokens[line->first].flags & IM_TOKEN_NEWLINE_BEFORE))
            return im_is_at_home(s, m) ? m : IM_NO_MENTION;
        if (line->kind == IM_SENTENCE_HEADING)
            return IM_NO_MENTION;
    }
    return IM_NO_MENTION;
}

/* "• Suárez: a car bomb exploded": an item of a list that is about a name of its own, known or not. */
gboolean im_has_own_head(const story *s, const event *e)
{
    enum { LONGEST_HEAD = 5 };
    const im_sentence *item = im_sentence_of(s->text, e->first);
    if (item->kind != IM_SENTENCE_BULLET)
        return FALSE;
    guint32 t = item->first + 1;
    while (t < item->end && t <= item->first + LONGEST_HEAD &&
           (s->text->tokens[t].flags & IM_TOKEN_CAPITAL))
        t++;
    return t > item->first + 1 && im_token_is_punct(s->text, t, ':');
}
