#include "base/digits.h"

#include "base/eight.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* All pairs of digits, and what stands for no number. */
static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899null";

void im_put_pair(char *at, guint32 pair)
{
    memcpy(at, pairs + 2 * (gsize)pair, 2);
}

/* Both the digits as a whole number and the power of ten are exact, so their quotient is the nearest double. */
double im_get_number(const char *text, char **end)
{
    enum { MOST_DIGITS = 15 };
    static const double powers[MOST_DIGITS + 1] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *at = text + (*text == '-');
    guint n = 0, decimals = 0;
    gint64 digits = 0;
    for (; n < MOST_DIGITS && g_ascii_isdigit(*at); n++)
        digits = 10 * digits + *at++ - '0';
    if (n > 0 && *at == '.')
        for (at++; n < MOST_DIGITS && g_ascii_isdigit(*at); n++, decimals++)
            digits = 10 * digits + *at++ - '0';
    if (n == 0 || g_ascii_isalnum(*at)) /* more digits, an exponent, what is no decimal number */
        return g_ascii_strtod(text, end);
    if (end)
        *end = (char *)(gsize)at;
    const double value = (double)digits / powers[decimals];
    return *text == '-' ? -value : value;
}

/* Two digits as a number, the first lowest: what is put together so need not be read again in other pieces, for which
 * the processor waits. */
static inline guint32 pair_of(guint32 pair)
{
    guint16 digits;
    memcpy(&digits, pairs + 2 * (gsize)pair, sizeof digits);
    return GUINT16_FROM_LE(digits);
}

/* Up to four digits, as most are: how many is not foretold, so all are made. */
static inline char *put_four(char *at, guint32 value)
{
    const guint zeros = (value < 1000) + (value < 100) + (value < 10);
    const guint32 digits =
        GUINT32_TO_LE((pair_of(value / 100) | pair_of(value % 100) << 16) >> 8 * zeros);
    memcpy(at, &digits, sizeof digits);
    return at + 4 - zeros;
}

char *im_put_uint(char *at, guint64 value)
{
    enum { MOST = 20 };
    if (value < 10000)
        return put_four(at, (guint32)value);
    char digits[2 * MOST];
    char *p = digits + MOST;
    for (; value >= 100; value /= 100)
        im_put_pair(p -= 2, (guint32)(value % 100));
    im_put_pair(p -= 2, (guint32)value);
    p += value < 10;
    memcpy(at, p, MOST); /* with what lies behind them: a length known here costs no call */
    return at + (digits + MOST - p);
}

char *im_put_int(char *at, gint64 value)
{
    if (value < 0)
        *at++ = '-';
    return im_put_uint(at, value < 0 ? -(guint64)value : (guint64)value);
}

char *im_put_count(char *at, gint64 value)
{
    enum { NONE = 200 }; /* where `null` stands */
    if (value >= 100)
        return im_put_uint(at, (guint64)value);
    const gint64 from = value < 0 ? NONE : 2 * value + (value < 10);
    memcpy(at, pairs + from, 4);
    return at + (value < 0 ? 4 : 1 + (value >= 10));
}

enum { MAX_DECIMALS = 6 };

static const guint32 powers_of_ten[MAX_DECIMALS + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/* A number of units of 10^-n, without the zeros at its end. */
static char *put_units(char *at, guint64 units, int n)
{
    guint32 fraction = (guint32)(units % powers_of_ten[n]) * powers_of_ten[MAX_DECIMALS - n];
    at = im_put_uint(at, units / powers_of_ten[n]);
    if (fraction == 0)
        return at;
    const guint64 digits = pair_of(fraction / 10000) |
                           (guint64)pair_of(fraction / 100 % 100) << 16 |
                           (guint64)pair_of(fraction % 100) << 32;
    const guint64 point_and_digits = GUINT64_TO_LE('.' | digits << 8);
    memcpy(at, &point_and_digits, sizeof point_and_digits);
    const guint64 others = digits ^ (IM_EACH_BYTE('0') >> 16); /* than zeros: there is one */
    return at + 1 + IM_EIGHT - __builtin_clzll(others) / 8;
}

char *im_put_fixed(char *at, double value, int decimals)
{
    g_assert(decimals >= 0 && decimals <= MAX_DECIMALS);
    if (!(fabs(value) < 1e9))
        return NULL;
    double scaled = fabs(value) * powers_of_ten[decimals];
    guint64 units = (guint64)scaled;
    double rest = scaled - (double)units;
    if (fabs(rest - 0.5) < 1e-9 * (scaled + 1))
        return NULL;
    units += rest > 0.5;
    if (value < 0 && units > 0)
        *at++ = '-';
    return put_units(at, units, decimals);
}

static void trim_zeros(char *digits)
{
    if (!strchr(digits, '.'))
        return;
    char *end = digits + strlen(digits);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        *--end = '\0';
}

/* The long way, for numbers that im_put_fixed() leaves to printf. */
static char *put_formatted(char *at, double value, int decimals)
{
    char digits[IM_NUMBER_MAX], format[16];
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(digits, sizeof digits, format, value);
    trim_zeros(digits);
    return strcmp(digits, "-0") == 0 ? IM_PUT(at, "0") : im_put_bytes(at, digits, strlen(digits));
}

char *im_put_number(char *at, double value, int decimals)
{
    if (!isfinite(value))
        return IM_PUT(at, "null");
    char *end =
        decimals >= 0 && decimals <= MAX_DECIMALS ? im_put_fixed(at, value, decimals) : NULL;
    return end ? end : put_formatted(at, value, decimals);
}

static char *put_escaped(char *at, guchar c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '\0':
        return IM_PUT(at, "\xEF\xBF\xBD");
    case '"':
        return IM_PUT(at, "\\\"");
    case '\\':
        return IM_PUT(at, "\\\\");
    case '\n':
        return IM_PUT(at, "\\n");
    case '\r':
        return IM_PUT(at, "\\r");
    case '\t':
        return IM_PUT(at, "\\t");
    default:
        at = IM_PUT(at, "\\u00");
        *at++ = hex[c >> 4];
        *at++ = hex[c & 15];
        return at;
    }
}

static gboolean is_plain(guchar c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* Which bytes need an escape or are above `most`. */
static inline im_sixteen find_special(im_sixteen c, guchar most)
{
    return (im_sixteen)((c < 0x20) | (c == '"') | (c == '\\') | (c == 0x7f) | (c > most));
}

/* Copies up to fifteen bytes by two pieces that overlap: how many is not foretold, so there is no loop. Up to
 * fifteen more may be written behind them.
 * @return whether find_special() finds any */
static inline gboolean copy_short(char *at, const char *value, gsize len, guchar most)
{
    guint64 pieces[2];
    if (len >= IM_EIGHT) {
        pieces[0] = im_eight_at(value);
        pieces[1] = im_eight_at(value + len - IM_EIGHT);
        memcpy(at, &pieces[0], IM_EIGHT);
        memcpy(at + len - IM_EIGHT, &pieces[1], IM_EIGHT);
    } else {
        pieces[0] = pieces[1] = im_short_chunk(value, len) | IM_EACH_BYTE(' ') << 8 * len;
        memcpy(at, &pieces[0], IM_EIGHT);
    }
    return !im_sixteen_none(find_special(im_sixteen_at((const char *)pieces), most));
}

/* Copies bytes that need no escape and are not above `most`, by sixteens as long as there are so many; up to
 * fifteen more may be written behind them.
 * @return how many come before the first that is none */
static inline gsize copy_plain(char *at, const char *value, gsize len, guchar most)
{
    gsize i = 0;
    while (len >= sizeof(im_sixteen) && i < len) {
        i = MIN(i, len - sizeof(im_sixteen)); /* the last may overlap the ones before */
        const im_sixteen c = im_sixteen_at(value + i);
        memcpy(at + i, &c, sizeof c);
        const im_sixteen found = find_special(c, most);
        if (!im_sixteen_none(found))
            return i + im_sixteen_first(found);
        i += sizeof(im_sixteen);
    }
    if (i == len || !copy_short(at, value, len, most))
        return len;
    while (is_plain((guchar)value[i]) && (guchar)value[i] <= most) /* one is special */
        i++;
    return i;
}

/* @param is_known  that it is UTF-8; else what is not ASCII is looked at first
 * @return          NULL when it is not */
static inline char *put_json(char *at, const char *value, gsize len, gboolean is_known)
{
    const char *const end = value + len;
    *at++ = '"';
    for (;;) {
        const gsize plain = copy_plain(at, value, (gsize)(end - value), is_known ? 0xFF : 0x7F);
        at += plain;
        value += plain;
        if (value == end)
            break;
        if ((guchar)*value < 0x80)
            at = put_escaped(at, (guchar)*value++);
        else if (im_utf8_valid_bytes(value, (gsize)(end - value)) < (gsize)(end - value))
            return NULL;
        else
            is_known = TRUE;
    }
    *at++ = '"';
    return at;
}

char *im_put_json_utf8(char *at, const char *value, gsize len)
{
    return put_json(at, value, len, TRUE);
}

/* Whether eight bytes are words with one space between them, the first not after `before`. */
static gboolean are_words(guint64 eight, char before)
{
    const guint64 spaces = im_eight_equal(eight, ' ');
    return im_eight_controls(eight) == 0 &&
           (spaces & (spaces << 8 | (before == ' ' ? 0x80 : 0))) == 0;
}

char *im_put_words(char *at, const char *text, gsize len)
{
    const char *const begin = at, *const end = text + len;
    char before = ' ';
    while (text < end) {
        if (end - text >= IM_EIGHT && are_words(im_eight_at(text), before)) {
            memmove(at, text, IM_EIGHT);
            text += IM_EIGHT, at += IM_EIGHT;
        } else if ((guchar)*text > ' ' || !g_ascii_isspace(*text)) {
            *at++ = *text++;
        } else {
            text++;
            if (before != ' ')
                *at++ = ' ';
        }
        before = at > begin ? at[-1] : ' ';
    }
    return at;
}

char *im_put_text(char *at, const char *text, gsize len)
{
    return len > 0 ? im_put_json_utf8(at, text, len) : IM_PUT(at, "null");
}

char *im_put_json_string(char *at, const char *value, gsize len)
{
    char *end = put_json(at, value, len, FALSE);
    if (end)
        return end;
    g_autofree char *repaired = im_utf8_repair(value, len, &len, NULL);
    return im_put_json_utf8(at, repaired, len);
}
