/* Date expressions → days. The rules are those of spec/incident.md, "Past, not future". */
#include "incident/priv.h"

#include <stdlib.h>
#include <string.h>

enum { SLACK_DAYS = 3 };

im_day im_day_complete_year(int month, int day, im_day published)
{
    int year, m, d;
    if (published == IM_DAY_NONE)
        return IM_DAY_NONE;
    im_day_to_ymd(published, &year, &m, &d);
    for (int y = year + 1; y >= year - 8; y--) {
        im_day found = im_day_from_ymd(y, month, day);
        if (found != IM_DAY_NONE && found <= published + SLACK_DAYS)
            return found;
    }
    return IM_DAY_NONE;
}

static int month_at(const im_text *text, guint32 token, guint32 end)
{
    if (token >= end)
        return 0;
    const im_tag *tag = im_text_tag_at(text, token, IM_LEX_MONTH);
    if (!tag)
        return 0;
    /* "may" and "march" are months only with a capital letter, in English */
    if (text->language == IM_LANGUAGE_EN && text->tokens[token].shape == IM_SHAPE_LOWER)
        return 0;
    return tag->lexeme->number;
}

static int small_number(const im_text *text, guint32 token, guint32 end, int low, int high)
{
    if (token >= end || text->tokens[token].kind != IM_TOKEN_NUMBER)
        return 0;
    const char *rest = im_token_fold(text, token);
    int value = 0;
    for (; g_ascii_isdigit(*rest) && value <= high; rest++)
        value = 10 * value + *rest - '0';
    gboolean plain = *rest == '\0' || strcmp(rest, "st") == 0 || strcmp(rest, "nd") == 0 ||
                     strcmp(rest, "rd") == 0 || strcmp(rest, "th") == 0 || strcmp(rest, "o") == 0;
    return plain && value >= low && value <= high ? value : 0;
}

static int year_at(const im_text *text, guint32 token, guint32 end)
{
    int year = small_number(text, token, end, 1900, 2100);
    if (year)
        return year;
    /* 9 JAN 90: wire style */
    if (token < end && text->tokens[token].fold_len == 2) {
        int two = small_number(text, token, end, 1, 99);
        return two ? (two < 70 ? 2000 + two : 1900 + two) : 0;
    }
    return 0;
}

G_ALWAYS_INLINE static inline guint32 skip_word(const im_text *text, guint32 token,
                                                const char *word)
{
    return im_token_is(text, token, word) ? token + 1 : token;
}

static guint32 skip_comma(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, ',') ? token + 1 : token;
}

static gboolean set_day(date_phrase *d, im_day day, im_date_basis basis)
{
    if (day == IM_DAY_NONE)
        return FALSE;
    d->start = d->stop = day;
    d->basis = basis;
    d->precision = 1;
    return TRUE;
}

static gboolean set_span(date_phrase *d, im_day start, im_day stop, im_date_basis basis,
                         int precision)
{
    if (start == IM_DAY_NONE || stop == IM_DAY_NONE)
        return FALSE;
    *d = (date_phrase){d->first, d->end, start, stop, basis, precision};
    return TRUE;
}

/* The year behind a day and month: ", 2026", " de 2026", " 90". Moves *at behind it. */
static int year_after(const im_text *text, guint32 *at, guint32 end)
{
    guint32 p = skip_comma(text, *at);
    p = skip_word(text, p, "de");
    p = skip_word(text, p, "del");
    int year = year_at(text, p, end);
    if (year && text->tokens[p].fold_len == 2 && p != *at)
        year = 0; /* two digits only directly behind the month */
    if (year)
        *at = p + 1;
    return year;
}

static gboolean day_month(const im_text *text, date_phrase *d, int day, int month, guint32 at,
                          guint32 end, im_day published)
{
    int year = year_after(text, &at, end);
    d->end = at;
    if (year)
        return set_day(d, im_day_from_ymd(year, month, day), IM_DATE_EXPLICIT);
    return set_day(d, im_day_complete_year(month, day, published), IM_DATE_MONTH_DAY);
}

static gboolean month_span(date_phrase *d, int year, int month, im_date_basis basis)
{
    return set_span(d, im_day_from_ymd(year, month, 1),
                    im_day_from_ymd(year, month, im_days_in_month(year, month)), basis, 3);
}

static gboolean month_alone(const im_text *text, date_phrase *d, int month, guint32 at, guint32 end,
                            im_day published)
{
    int year = year_after(text, &at, end), m, day;
    d->end = at;
    if (year)
        return month_span(d, year, month, IM_DATE_EXPLICIT);
    if (published == IM_DAY_NONE ||
        (d->first > 0 && d->first + 1 < end && text->tokens[d->first].shape == IM_SHAPE_TITLE &&
         (text->tokens[d->first].flags & IM_TOKEN_FIRST)))
        return FALSE;
    im_day_to_ymd(published, &year, &m, &day);
    return month_span(d, month > m ? year - 1 : year, month, IM_DATE_MONTH_DAY);
}

/* "colonia 6 de Enero", "calle 20 de Noviembre": a name. */
static gboolean is_in_name(const im_text *text, guint32 t)
{
    const im_tag *road = t > 0 ? im_text_tag_at(text, t - 1, IM_LEX_OBJECT) : NULL;
    return t > 0 && (im_text_has_tag(text, t - 1, IM_LEX_PLACEHEAD) ||
                     (road && im_value_is(road->lexeme, "road")));
}

/* 22 March [2026], 22 de marzo [de 2026], 22 MAR [90] */
static gboolean read_day_first(const im_text *text, guint32 t, guint32 end, im_day published,
                               date_phrase *d)
{
    int day = small_number(text, t, end, 1, 31);
    guint32 p = skip_word(text, t + 1, "de");
    p = skip_word(text, p, "of");
    int month = day ? month_at(text, p, end) : 0;
    if (!month || is_in_name(text, t))
        return FALSE;
    return day_month(text, d, day, month, im_token_is_punct(text, p + 1, '.') ? p + 2 : p + 1, end,
                     published);
}

/* What stands between the ends of a range: "1 to 7", "del 16 al 18", "1–7". */
static gboolean joins_days(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("to", "and", "through", "al", "a", "y");
    if (token >= text->n_tokens)
        return FALSE;
    if (text->tokens[token].kind == IM_TOKEN_PUNCT)
        return im_token_is_punct(text, token, '-') ||
               g_utf8_get_char(text->bytes + text->tokens[token].span.start) == 0x2013;
    return im_token_is_any(text, token, &words);
}

/* between 1 and Sunday 7 December, del 16 al 18 de enero */
static gboolean read_day_range(const im_text *text, guint32 t, guint32 end, im_day published,
                               date_phrase *d)
{
    int from = small_number(text, t, end, 1, 31);
    if (!from || !joins_days(text, t + 1))
        return FALSE;
    guint32 p = skip_word(text, t + 2, "el");
    const im_tag *weekday = im_text_tag_at(text, p, IM_LEX_WEEKDAY);
    p = skip_word(text, weekday ? weekday->end : p, "the");
    int to = p < end ? small_number(text, p, end, 1, 31) : 0;
    if (to <= from)
        return FALSE;
    p = skip_word(text, p + 1, "de");
    p = skip_word(text, p, "of");
    int month = month_at(text, p, end);
    if (!month || !day_month(text, d, to, month, p + 1, end, published))
        return FALSE;
    d->start -= (guint)(to - from);
    d->precision = 2;
    return TRUE;
}

/* March 22[, 2026]; March 2026; in March */
static gboolean read_month_first(const im_text *text, guint32 t, guint32 end, im_day published,
                                 date_phrase *d)
{
    int month = month_at(text, t, end);
    if (!month || (t > 0 && small_number(text, t - 1, end, 1, 31)))
        return FALSE; /* behind a day that the month does not have: 31 November */
    guint32 p = t + 1;
    if (p < end && im_token_is_punct(text, p, '.') &&
        !(text->tokens[p].flags & IM_TOKEN_SPACE_BEFORE))
        p++;
    int day = small_number(text, p, end, 1, 31);
    if (day && text->language == IM_LANGUAGE_EN)
        return day_month(text, d, day, month, p + 1, end, published);
    return month_alone(text, d, month, p, end, published);
}

static gboolean read_iso(const im_text *text, guint32 t, guint32 end, date_phrase *d)
{
    if (t + 4 >= end || text->tokens[t].fold_len != 4)
        return FALSE;
    im_day day = im_day_parse_iso(text->bytes + text->tokens[t].span.start);
    d->end = t + 5;
    return set_day(d, day, IM_DATE_EXPLICIT);
}

static gboolean is_slash(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, '/') &&
           !(text->tokens[token].flags & IM_TOKEN_SPACE_BEFORE);
}

/* 27/02/2026, and 27/02 where a line begins with it; the month first where it cannot be the other way. */
static gboolean read_slashed(const im_text *text, guint32 t, guint32 end, im_day published,
                             date_phrase *d)
{
    if (!is_slash(text, t + 1) || (t > 0 && is_slash(text, t - 1)))
        return FALSE;
    int day = small_number(text, t, end, 1, 31), month = small_number(text, t + 2, end, 1, 31);
    const gboolean swap = month > 12;
    const int year = is_slash(text, t + 3) ? year_at(text, t + 4, end) : 0;
    const gboolean opens = t == 0 || (text->tokens[t].flags & IM_TOKEN_NEWLINE_BEFORE) ||
                           im_sentence_of(text, t)->first + 1 == t;
    const gboolean written_out = text->tokens[t].fold_len == 2 && text->tokens[t + 2].fold_len == 2;
    if (!day || !month || (!year && !(opens && written_out)))
        return FALSE;
    d->end = year ? t + 5 : t + 3;
    const int m = swap ? day : month, dd = swap ? month : day;
    return year ? set_day(d, im_day_from_ymd(year, m, dd), IM_DATE_EXPLICIT)
                : set_day(d, im_day_complete_year(m, dd, published), IM_DATE_MONTH_DAY);
}

/* Words that shift a bare weekday a week back or forth; "next" only for what is planned. */
static int weeks_off(const im_text *text, guint32 before)
{
    return before != IM_NO_TOKEN &&
                   (im_token_is(text, before, "next") || im_token_is(text, before, "proximo"))
               ? 1
               : 0;
}

/* "classes are suspended for Friday", "suspendió citas para este miércoles": a day to come. */
static gboolean is_to_come(const im_text *text, guint32 t)
{
    static im_words these = IM_WORDS("este", "el", "proximo", "del");
    static im_words to = IM_WORDS("for", "para", "starting", "partir");
    guint32 at = t;
    while (at > 0 && im_token_is_any(text, at - 1, &these))
        at--;
    return at > 0 && im_token_is_any(text, at - 1, &to) &&
           (t + 1 >= text->n_tokens || text->tokens[t + 1].kind != IM_TOKEN_POSSESSIVE);
}

/* The latest such weekday not after the publication date (spec/incident.md). */
static gboolean read_weekday(const im_text *text, guint32 t, im_day published, date_phrase *d)
{
    const im_tag *tag = im_text_tag_at(text, t, IM_LEX_WEEKDAY);
    if (!tag || published == IM_DAY_NONE)
        return FALSE;
    int back = (im_day_weekday(published) - tag->lexeme->number + 7) % 7;
    guint32 before = t > 0 ? t - 1 : IM_NO_TOKEN;
    gboolean last = before != IM_NO_TOKEN &&
                    (im_token_is(text, before, "last") || im_token_is(text, before, "pasado"));
    if (last && back == 0)
        back = 7;
    d->end = tag->end;
    int weeks = back > 0 && is_to_come(text, t) ? 1 : weeks_off(text, before);
    return set_day(d, published - (guint)back + (guint)(7 * weeks), IM_DATE_WEEKDAY);
}

static gboolean shift_months(int months, im_day published, date_phrase *d)
{
    int year, month, day;
    im_day_to_ymd(published, &year, &month, &day);
    int count = year * 12 + month - 1 + months;
    return month_span(d, count / 12, count % 12 + 1, IM_DATE_RELATIVE);
}

/* The latest Saturday and Sunday of which one is not after the publication date. */
static gboolean read_weekend(im_day published, date_phrase *d)
{
    enum { SATURDAY = 6, DAYS = 7 };
    im_day saturday = published - (guint)((im_day_weekday(published) + DAYS - SATURDAY) % DAYS);
    return set_span(d, saturday, MIN(saturday + 1, published), IM_DATE_RELATIVE, 2);
}

/* "en la mañana", "de la mañana": the morning; "marcharán mañana" is tomorrow. */
static gboolean is_morning(const im_text *text, guint32 t)
{
    static im_words before = IM_WORDS("la", "una", "esta", "cada", "media", "de", "toda");
    return im_token_is(text, t, "manana") && t > 0 && im_token_is_any(text, t - 1, &before);
}

/* yesterday, last week, esta madrugada */
static gboolean read_relative(const im_text *text, guint32 t, im_day published, date_phrase *d)
{
    const im_tag *tag = im_text_tag_at(text, t, IM_LEX_TIME);
    if (!tag || published == IM_DAY_NONE || is_morning(text, t))
        return FALSE;
    int n = tag->lexeme->number, year, m, day;
    d->end = tag->end;
    if (im_extra_is(tag->lexeme, "weekend"))
        return read_weekend(published, d);
    switch (tag->lexeme->extra[0]) {
    case 'd':
        return set_day(d, published + (guint)n, IM_DATE_RELATIVE);
    case 'w': {
        im_day monday = published - (guint)(im_day_weekday(published) - 1) + (guint)(7 * n);
        im_day sunday = n == 0 ? MAX(published, monday) : monday + 6;
        return set_span(d, monday, sunday, IM_DATE_RELATIVE, 2);
    }
    case 'm':
        return shift_months(n, published, d);
    default:
        im_day_to_ymd(published, &year, &m, &day);
        return set_span(d, im_day_from_ymd(year + n, 1, 1), im_day_from_ymd(year + n, 12, 31),
                        IM_DATE_RELATIVE, 3);
    }
}

/* Days of a unit of time; 0 when the word is none. */
static guint unit_days(const char *word)
{
    static const struct {
        const char *stem;
        guint days;
    } units[] = {{"day", 1},  {"dia", 1},    {"week", 7},  {"semana", 7},    {"month", 30},
                 {"mes", 30}, {"year", 365}, {"ano", 365}, {"decade", 3652}, {"decada", 3652}};
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(word, units[i].stem))
            return units[i].days;
    return 0;
}

/* "three days ago", "hace dos semanas" */
static gboolean read_ago(const im_text *text, guint32 t, guint32 end, im_day published,
                         date_phrase *d)
{
    gboolean spanish = im_token_is(text, t, "hace");
    guint32 at = spanish ? t + 1 : t;
    const im_tag *tag = at < end ? im_text_tag_at(text, at, IM_LEX_NUMBER) : NULL;
    int n = tag ? tag->lexeme->number : small_number(text, at, end, 1, 99);
    guint32 unit = tag ? tag->end : at + 1;
    if (n <= 0 || published == IM_DAY_NONE || unit >= end ||
        (!spanish && !im_token_is(text, unit + 1, "ago")))
        return FALSE;
    const char *word = im_token_fold(text, unit);
    d->end = spanish ? unit + 1 : unit + 2;
    if (g_str_has_prefix(word, "hour") || g_str_has_prefix(word, "hora"))
        return set_day(d, published - (guint)(n / 24), IM_DATE_RELATIVE);
    if (g_str_has_prefix(word, "day") || g_str_has_prefix(word, "dia"))
        return set_day(d, published - (guint)n, IM_DATE_RELATIVE);
    if (g_str_has_prefix(word, "week") || g_str_has_prefix(word, "semana"))
        return set_span(d, published - (guint)(7 * n + 3), published - (guint)(7 * n - 3),
                        IM_DATE_RELATIVE, 2);
    if (g_str_has_prefix(word, "month") || g_str_has_prefix(word, "mes"))
        return shift_months(-n, published, d);
    if (!g_str_has_prefix(word, "year") && !g_str_has_prefix(word, "ano"))
        return FALSE;
    return shift_months(-12 * n, published, d);
}

/* "in the last 3 years", "en los últimos diez meses": up to the day of publication. */
static gboolean read_last_span(const im_text *text, guint32 t, guint32 end, im_day published,
                               date_phrase *d)
{
    static im_words words = IM_WORDS("last", "past", "ultimos", "ultimas");
    if (!im_token_is_any(text, t, &words) || published == IM_DAY_NONE || t + 2 >= end)
        return FALSE;
    const im_tag *tag = im_text_tag_at(text, t + 1, IM_LEX_NUMBER);
    int n = tag ? tag->lexeme->number : small_number(text, t + 1, end, 1, 99);
    guint32 unit = tag ? tag->end : t + 2;
    guint days = n > 0 && unit < end ? unit_days(im_token_fold(text, unit)) : 0;
    if (!days)
        return FALSE;
    d->end = unit + 1;
    return set_span(d, published - MIN((guint)n * days, published - 1), published, IM_DATE_RELATIVE,
                    3);
}

/* "the 1999 shooting" */
static gboolean is_year_of_event(const im_text *text, guint32 t)
{
    return t > 0 && im_token_is(text, t - 1, "the") &&
           (im_text_has_tag(text, t + 1, IM_LEX_TRIGGER) ||
            im_text_has_tag(text, t + 2, IM_LEX_TRIGGER));
}

/* "in 2020", "en 2011": a year alone. */
static gboolean read_year(const im_text *text, guint32 t, guint32 end, date_phrase *d)
{
    int year = text->tokens[t].fold_len == 4 ? small_number(text, t, end, 1900, 2100) : 0;
    static im_words before = IM_WORDS("in", "en", "since", "desde", "of", "de", "late", "early",
                                      "by", "mid", "christmas", "easter", "summer", "winter",
                                      "spring", "autumn", "navidad", "verano");
    if (!year || t == 0 || !(is_year_of_event(text, t) || im_token_is_any(text, t - 1, &before)))
        return FALSE;
    d->end = t + 1;
    return set_span(d, im_day_from_ymd(year, 1, 1), im_day_from_ymd(year, 12, 31), IM_DATE_EXPLICIT,
                    3);
}

static gboolean date_at(const im_text *text, guint32 t, guint32 end, im_day published,
                        date_phrase *d)
{
    *d = (date_phrase){.first = t};
    return read_iso(text, t, end, d) || read_slashed(text, t, end, published, d) ||
           read_ago(text, t, end, published, d) || read_day_range(text, t, end, published, d) ||
           read_day_first(text, t, end, published, d) ||
           read_month_first(text, t, end, published, d) ||
           read_last_span(text, t, end, published, d) || read_relative(text, t, published, d) ||
           read_weekday(text, t, published, d) || read_year(text, t, end, d);
}

/* "Sunday 22 March", "miércoles 28": the day says more than the weekday before it. */
static gboolean refines(const im_text *text, const date_phrase *weekday, const date_phrase *next)
{
    guint32 at = skip_comma(text, weekday->end);
    at = skip_word(text, at, "the");
    return weekday->basis == IM_DATE_WEEKDAY && next->first == at &&
           (next->basis == IM_DATE_EXPLICIT || next->basis == IM_DATE_MONTH_DAY);
}

/* Whether a date expression may begin with the token; most words are settled by what they are. */
static gboolean may_begin(const im_text *text, guint32 t)
{
    enum { SHORTEST = 4, LONGEST = 7 };
    static im_words words = IM_WORDS("hace", "last", "past", "ultimos", "ultimas");
    static const guint64 classes = IM_CLASS_BIT(IM_LEX_MONTH) | IM_CLASS_BIT(IM_LEX_WEEKDAY) |
                                   IM_CLASS_BIT(IM_LEX_TIME) | IM_CLASS_BIT(IM_LEX_NUMBER);
    const im_token *token = &text->tokens[t];
    const gboolean is_word = (token->kind == IM_TOKEN_WORD) & (token->fold_len >= SHORTEST) &
                             (token->fold_len <= LONGEST);
    return ((token->kind == IM_TOKEN_NUMBER) | ((token->begins & classes) != 0) |
            (is_word & im_words_may_have(&words, token->hash))) &&
           ((token->kind == IM_TOKEN_NUMBER) | ((token->begins & classes) != 0) ||
            im_words_have(&words, token->hash));
}

void im_dates_find(const im_text *text, guint32 first, guint32 end, im_day published, GArray *dates)
{
    const guint before = dates->len;
    for (guint32 t = first; t < end; t++) {
        date_phrase d;
        if (!may_begin(text, t))
            continue;
        if (!date_at(text, t, end, published, &d) || d.end > end)
            continue;
        date_phrase *last =
            dates->len > before ? &g_array_index(dates, date_phrase, dates->len - 1) : NULL;
        if (last && refines(text, last, &d)) {
            d.first = last->first;
            *last = d;
        } else {
            g_array_append_val(dates, d);
        }
        t = d.end - 1;
    }
}
