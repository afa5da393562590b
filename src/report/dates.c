#include "report/dates.h"

#include "report/priv.h"

#include <stdlib.h>
#include <string.h>

static int month_of(const im_text *text, guint32 token)
{
    guint n;
    if (token >= text->n_tokens || text->tokens[token].kind != IM_TOKEN_WORD)
        return 0;
    const im_lexeme *found = im_text_lexemes(text, token, &n);
    for (guint i = 0; i < n; i++)
        if (found[i].cls == IM_LEX_MONTH && found[i].n_words == 1)
            return found[i].number;
    return 0;
}

/* The number that the token is, when it has `min` to `max` digits and then only `suffix` or
 * nothing; -1 when not. */
static int number_of(const im_text *text, guint32 token, gsize min, gsize max, gboolean ordinal)
{
    static const char *const suffixes[] = {"", "st", "nd", "rd", "th", "o", "er", "ro"};
    if (token >= text->n_tokens || text->tokens[token].kind != IM_TOKEN_NUMBER)
        return -1;
    const char *fold = im_token_fold(text, token);
    gsize digits = strspn(fold, "0123456789");
    if (digits < min || digits > max)
        return -1;
    for (guint i = 0; i < (ordinal ? G_N_ELEMENTS(suffixes) : 1); i++)
        if (strcmp(fold + digits, suffixes[i]) == 0)
            return atoi(fold);
    return -1;
}

static int day_of(const im_text *text, guint32 token)
{
    int day = number_of(text, token, 1, 2, TRUE);
    return day >= 1 && day <= 31 ? day : 0;
}

static int year_of(const im_text *text, guint32 token)
{
    int year = number_of(text, token, 4, 4, FALSE);
    return year >= 1900 && year < 2100 ? year : 0;
}

static int short_year_of(const im_text *text, guint32 token)
{
    enum { PIVOT = 70 };
    int year = number_of(text, token, 2, 2, FALSE);
    return year < 0 ? 0 : year >= PIVOT ? 1900 + year : 2000 + year;
}

static guint32 skip_punct(const im_text *text, guint32 token, char c)
{
    return im_token_is_punct(text, token, c) ? token + 1 : token;
}

static guint32 skip_word(const im_text *text, guint32 token, const char *word)
{
    return im_token_is(text, token, word) ? token + 1 : token;
}

/* `Feb. 24, 2026`, `March 3`, `JUNE 11 89` */
static guint32 month_first(const im_text *text, guint32 token, im_date_parts *date)
{
    date->month = month_of(text, token);
    guint32 at = skip_punct(text, token + 1, '.');
    if (!date->month || !(date->day = day_of(text, at)))
        return token;
    guint32 end = at + 1, year = skip_punct(text, end, ',');
    date->year = year_of(text, year);
    if (!date->year && year == end)
        date->year = short_year_of(text, year);
    return date->year ? year + 1 : end;
}

/* `9 JAN 90`, `23 de febrero de 2026`, `1º de mayo`, `3rd of March, 2026` */
static guint32 day_first(const im_text *text, guint32 token, im_date_parts *date)
{
    date->day = day_of(text, token);
    guint32 at = token + 1;
    if (at < text->n_tokens && !(text->tokens[at].flags & IM_TOKEN_SPACE_BEFORE))
        at = skip_punct(text, skip_word(text, at, "o"), '.');
    at = skip_word(text, skip_word(text, at, "de"), "of");
    if (!date->day || !(date->month = month_of(text, at)))
        return token;
    guint32 end = at + 1;
    guint32 year = skip_punct(text, skip_punct(text, end, '.'), ',');
    year = skip_word(text, skip_word(text, year, "de"), "del");
    date->year = year_of(text, year);
    if (!date->year && year == end)
        date->year = short_year_of(text, year);
    return date->year ? year + 1 : end;
}

static guint32 iso(const im_text *text, guint32 token, im_date_parts *date)
{
    enum { ISO_BYTES = 10 };
    char head[ISO_BYTES + 2] = "";
    guint32 start = text->tokens[token].span.start;
    memcpy(head, text->bytes + start, MIN(text->len - start, ISO_BYTES + 1));
    im_day day = im_day_parse_iso(head);
    if (day == IM_DAY_NONE)
        return token;
    im_day_to_ymd(day, &date->year, &date->month, &date->day);
    return im_text_token_at(text, start + ISO_BYTES);
}

static gboolean exists(const im_date_parts *date)
{
    enum { SOME_LEAP_YEAR = 2000 };
    return date->day <= im_days_in_month(date->year ? date->year : SOME_LEAP_YEAR, date->month);
}

guint32 im_date_at(const im_text *text, guint32 token, im_date_parts *date)
{
    static guint32 (*const patterns[])(const im_text *, guint32,
                                       im_date_parts *) = {iso, month_first, day_first};
    for (guint i = 0; i < G_N_ELEMENTS(patterns) && token < text->n_tokens; i++) {
        *date = (im_date_parts){0, 0, 0};
        guint32 end = patterns[i](text, token, date);
        if (end > token && exists(date))
            return end;
    }
    *date = (im_date_parts){0, 0, 0};
    return token;
}

im_day im_date_read(const char *value)
{
    enum { LONGEST = 100 };
    im_day day = im_day_parse_iso(value);
    if (day != IM_DAY_NONE)
        return day;
    const char *end;
    g_utf8_validate_len(value, strnlen(value, LONGEST), &end);
    g_autoptr(im_text) text = im_text_new_words(value, (gsize)(end - value));
    for (guint32 i = 0; i < text->n_tokens; i++) {
        im_date_parts date;
        if (im_date_at(text, i, &date) > i && date.year)
            return im_day_from_ymd(date.year, date.month, date.day);
    }
    return IM_DAY_NONE;
}

im_day im_date_complete(int month, int day_of_month, im_day day)
{
    enum { SLACK_DAYS = 3, LEAP_CYCLE = 8 };
    int year, ignored;
    im_day_to_ymd(day + SLACK_DAYS, &year, &ignored, &ignored);
    for (int i = 0; i <= LEAP_CYCLE; i++) {
        im_day found = im_day_from_ymd(year - i, month, day_of_month);
        if (found != IM_DAY_NONE && found <= day + SLACK_DAYS)
            return found;
    }
    return IM_DAY_NONE;
}
