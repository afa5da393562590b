#include "report/dateline.h"

#include <string.h>

enum {
    HEAD_BYTES = 2000,
    LINE_BYTES = 120,
    MAX_LINES = 6,
    MAX_PLACE_TOKENS = 16,
    MAX_AGENCY_BYTES = 40
};

/* The run of place words that is being read, from token 0 on. */
typedef struct run {
    const im_text *text;
    guint32 at;
    guint names;        /* capitalised words that may be a place */
    gboolean all_upper; /* all of them in capitals */
    gboolean comma;
} run;

static gboolean is_punct(const run *r, guint32 token, const char *mark)
{
    if (token >= r->text->n_tokens || r->text->tokens[token].kind != IM_TOKEN_PUNCT)
        return FALSE;
    im_span span = r->text->tokens[token].span;
    gsize len = strlen(mark);
    return span.end - span.start == len && memcmp(r->text->bytes + span.start, mark, len) == 0;
}

static gboolean has_flag(const run *r, guint32 token, guint8 flag)
{
    return token >= r->text->n_tokens || (r->text->tokens[token].flags & flag);
}

/* A small word inside of a name (Los Reyes, Coatzacoalcos de la Paz, Bay of Pigs), or the `a` of
 * `León, a 3 de marzo`. */
static gboolean is_connector(const run *r, guint32 token)
{
    static im_words words = IM_WORDS("de", "del", "la", "las", "los", "el", "y", "e", "al", "a",
                                     "of", "the", "and", "do", "da", "dos");
    return im_token_is_any(r->text, token, &words) ||
           (token > 0 && is_punct(r, token - 1, "-") &&
            !has_flag(r, token, IM_TOKEN_SPACE_BEFORE)); /* Port-au-Prince */
}

static gboolean take_word(run *r)
{
    const im_token *t = &r->text->tokens[r->at];
    if (is_connector(r, r->at) || im_token_in_class(r->text, r->at, IM_LEX_WEEKDAY))
        return TRUE;
    if (t->shape == IM_SHAPE_LOWER || t->shape == IM_SHAPE_NONE ||
        im_token_in_class(r->text, r->at, IM_LEX_FUNCTION))
        return FALSE;
    r->names++;
    r->all_upper &= t->shape == IM_SHAPE_UPPER || (t->flags & IM_TOKEN_DOTTED);
    return TRUE;
}

static gboolean take_punct(run *r)
{
    if (is_punct(r, r->at, ","))
        r->comma = TRUE;
    else if (is_punct(r, r->at, "-"))
        return !has_flag(r, r->at, IM_TOKEN_SPACE_BEFORE) &&
               !has_flag(r, r->at + 1, IM_TOKEN_SPACE_BEFORE);
    else
        return is_punct(r, r->at, ".") || is_punct(r, r->at, "(") || is_punct(r, r->at, ")") ||
               is_punct(r, r->at, "/");
    return TRUE;
}

/* The token after a dash that ends a dateline; `token` when there is none. A plain hyphen must be
 * doubled, follow a full stop (`.-`) or, where `loose`, stand apart. */
static guint32 dash_end(const run *r, guint32 token, gboolean loose)
{
    static const char *const dashes[] = {"\u2014", "\u2013", "\u2015", "\u2212"};
    guint32 at = is_punct(r, token, ".") ? token + 1 : token;
    for (guint i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (is_punct(r, at, dashes[i]))
            return at + 1;
    if (!is_punct(r, at, "-"))
        return token;
    if (is_punct(r, at + 1, "-"))
        return at + 2;
    gboolean apart =
        has_flag(r, at, IM_TOKEN_SPACE_BEFORE) || has_flag(r, at + 1, IM_TOKEN_SPACE_BEFORE);
    return at > token || (loose && apart) ? at + 1 : token;
}

/* The token after `(Reuters)`, and the words inside; `token` when there is none. A caption's
 * `(Photo/Reuters)` is no agency, nor is a year; a channel has a number. */
static guint32 agency_end(const run *r, guint32 token, im_span *agency)
{
    static im_words captions = IM_WORDS("photo", "foto", "file", "archivo", "image", "imagen",
                                        "video", "courtesy", "cortesia");
    const im_token *tokens = r->text->tokens;
    guint32 at = token + 1;
    if (!is_punct(r, token, "(") || at >= r->text->n_tokens ||
        im_token_is_any(r->text, at, &captions))
        return token;
    for (; at < r->text->n_tokens && !is_punct(r, at, ")"); at++)
        if ((tokens[at].kind == IM_TOKEN_NUMBER && tokens[at].fold_len > 2) ||
            tokens[at].span.end - tokens[token].span.end > MAX_AGENCY_BYTES)
            return token;
    if (at >= r->text->n_tokens || at == token + 1 || tokens[token + 1].kind != IM_TOKEN_WORD ||
        tokens[token + 1].shape == IM_SHAPE_LOWER)
        return token;
    *agency = (im_span){tokens[token + 1].span.start, tokens[at - 1].span.end};
    return at + 1;
}

static gboolean at_line_end(const run *r, guint32 token)
{
    return has_flag(r, token, IM_TOKEN_NEWLINE_BEFORE);
}

static gboolean belongs_to_date(const run *r, guint32 token)
{
    return is_punct(r, token, ",") || im_token_is(r->text, token, "a") ||
           im_token_in_class(r->text, token, IM_LEX_WEEKDAY);
}

/* Fills in the spans of a dateline whose place ends before `place_end`. */
static void finish(const run *r, guint32 place_end, guint32 end, im_dateline *line)
{
    const im_token *tokens = r->text->tokens;
    guint32 start = tokens[0].span.start;
    while (place_end > 0 && belongs_to_date(r, place_end - 1))
        place_end--;
    line->span = (im_span){start, tokens[end - 1].span.end};
    line->place = (im_span){start, place_end > 0 ? tokens[place_end - 1].span.end : start};
}

/* Whether the run may be followed by a date here: behind a comma or parenthesis, a weekday, the
 * `a` of Spanish, or place words all in capitals. */
static gboolean is_separated(const run *r)
{
    guint32 before = r->at - 1;
    return r->all_upper || is_punct(r, before, ",") || is_punct(r, before, ")") ||
           is_punct(r, before, ".") || im_token_in_class(r->text, before, IM_LEX_WEEKDAY) ||
           (im_token_is(r->text, before, "a") && is_punct(r, before - 1, ","));
}

static gboolean ends_sentence(const run *r, guint32 token)
{
    return is_punct(r, token, ".") && token + 1 < r->text->n_tokens &&
           has_flag(r, token + 1, IM_TOKEN_SPACE_BEFORE) &&
           r->text->tokens[token + 1].shape == IM_SHAPE_TITLE;
}

/* Reads what follows the date that ends before `at`. */
static gboolean dated_end(run *r, guint32 at, im_dateline *line)
{
    guint32 end = at;
    guint32 paren = is_punct(r, at, ".") || is_punct(r, at, ",") ? at + 1 : at;
    if (r->names > 0 && (end = agency_end(r, paren, &line->agency)) > paren)
        end = is_punct(r, end, ":") ? end + 1 : dash_end(r, end, TRUE);
    else if (r->names > 0 && (end = dash_end(r, at, TRUE)) > at)
        ;
    else if (r->names > 0 && is_punct(r, paren, ":"))
        end = paren + 1;
    else if (r->names > 0 && line->date.year && r->comma && ends_sentence(r, at))
        end = at + 1;
    else if (line->date.year && at_line_end(r, at))
        end = at;
    else
        return FALSE;
    finish(r, r->at, end, line);
    return TRUE;
}

/* Whether parentheses behind a place without a date hold an agency rather than a country: `(AP)`,
 * `MEXICO CITY (Reuters)`, `Oaxaca, Mexico (Meridian)`, but `Cordoba (Argentina)`. */
static gboolean is_agency(const run *r, im_span span)
{
    gboolean capitals = span.end - span.start <= 6;
    for (guint32 i = span.start; i < span.end; i++)
        capitals &= g_ascii_isupper(r->text->bytes[i]);
    return capitals || r->comma || r->all_upper;
}

static gboolean undated_end(run *r, im_dateline *line)
{
    im_span agency = {0, 0};
    guint32 at = agency_end(r, r->at, &agency), end;
    gboolean named = at > r->at && is_agency(r, agency);
    if (at > r->at && !named)
        return FALSE;
    if ((end = dash_end(r, at, named)) == at)
        return FALSE;
    line->agency = agency;
    finish(r, r->at, end, line);
    return TRUE;
}

static gboolean dateline_at(const im_text *text, im_dateline *line)
{
    run r = {.text = text, .all_upper = TRUE};
    for (; r.at < MIN(text->n_tokens, MAX_PLACE_TOKENS); r.at++) {
        *line = (im_dateline){0};
        guint32 end = im_date_at(text, r.at, &line->date);
        if (end > r.at && (r.names == 0 || is_separated(&r)))
            return dated_end(&r, end, line);
        if (r.names > 0 && undated_end(&r, line))
            return TRUE;
        gboolean goes_on = text->tokens[r.at].kind == IM_TOKEN_WORD    ? take_word(&r)
                           : text->tokens[r.at].kind == IM_TOKEN_PUNCT ? r.at > 0 && take_punct(&r)
                                                                       : FALSE;
        if (!goes_on)
            return FALSE;
    }
    return FALSE;
}

/* Whether a long word in small letters may be a weekday or month, by its first three: others no dateline has. */
static gboolean may_be_day(const char *word)
{
    static const char begins[][4] = {"lun", "mar", "jue", "vie", "dom", "ene", "feb",
                                     "abr", "may", "jun", "jul", "ago", "sep", "set",
                                     "oct", "nov", "dic", "mon", "tue", "wed", "thu",
                                     "fri", "sat", "sun", "jan", "apr", "aug", "dec"};
    for (guint i = 0; i < G_N_ELEMENTS(begins); i++)
        if (memcmp(word, begins[i], 3) == 0)
            return TRUE;
    return FALSE;
}

/* Most first lines are sentences or headlines: a long word in small letters before any digit, dash, colon or
 * parenthesis that is no weekday, two of them, or none of these at all, tell them from datelines without a look at
 * the words. */
static gboolean may_be_dateline(const char *line, gsize len)
{
    enum { LONG_WORD = 4, MAX_LONG_WORDS = 1 };
    guint small = 0, words = 0;
    for (gsize i = 0; i < len; i++) {
        const char c = line[i];
        if (g_ascii_isdigit(c) || c == '-' || c == ':' || c == '(' || c == '\xE2')
            return TRUE;
        small = g_ascii_islower(c) && (small || i == 0 || line[i - 1] == ' ') ? small + 1 : 0;
        words += small == LONG_WORD;
        if (words > MAX_LONG_WORDS || (small == LONG_WORD && !may_be_day(line + i + 1 - LONG_WORD)))
            return FALSE;
    }
    return FALSE;
}

/* The dateline at the beginning of the line of `len` bytes, spans counted from there. */
static gboolean read_line(const char *line, gsize len, im_dateline *dateline)
{
    const char *end = line + MIN(len, LINE_BYTES);
    while (end > line && end < line + len && ((guchar)*end & 0xC0) == 0x80)
        end--;
    if (!may_be_dateline(line, (gsize)(end - line)))
        return FALSE;
    g_autoptr(im_text) text = im_text_new_words(line, (gsize)(end - line));
    return dateline_at(text, dateline);
}

static void shift(im_span *span, guint32 by)
{
    span->start += by;
    span->end += by;
}

static void take(const im_dateline *line, guint32 at, im_dateline *dateline)
{
    *dateline = *line;
    shift(&dateline->span, at);
    shift(&dateline->place, at);
    shift(&dateline->agency, at);
}

gboolean im_dateline_find(const char *bytes, im_dateline *dateline)
{
    gboolean found = FALSE;
    guint lines = 0;
    *dateline = (im_dateline){0};
    for (gsize at = 0; at < HEAD_BYTES && lines < MAX_LINES && bytes[at]; at += bytes[at] != '\0') {
        im_dateline line;
        at += strspn(bytes + at, " \t\r\n\f\v");
        gsize size = strcspn(bytes + at, "\r\n");
        lines++;
        if (read_line(bytes + at, size, &line) && (!found || line.date.month)) {
            take(&line, (guint32)at, dateline);
            found = TRUE;
        }
        if (dateline->date.month)
            break;
        at += size;
    }
    return found;
}
