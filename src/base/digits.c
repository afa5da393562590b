#include "base/digits.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

char *im_put_uint(char *at, guint64 value)
{
    char digits[IM_DIGITS_MAX];
    guint n = 0;
    do
        digits[n++] = (char)('0' + value % 10);
    while (value /= 10);
    while (n > 0)
        *at++ = digits[--n];
    return at;
}

static const guint32 powers_of_ten[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/* Behind the point, `n` digits wide, without the zeros at its end. */
static char *put_fraction(char *at, guint32 fraction, int n)
{
    if (fraction == 0)
        return at;
    for (; fraction % 10 == 0; n--)
        fraction /= 10;
    *at = '.';
    for (int i = n; i > 0; i--, fraction /= 10)
        at[i] = (char)('0' + fraction % 10);
    return at + n + 1;
}

char *im_put_fixed(char *at, double value, int decimals)
{
    g_assert(decimals >= 0 && decimals < (int)G_N_ELEMENTS(powers_of_ten));
    if (!(fabs(value) < 1e9))
        return NULL;
    guint32 unit = powers_of_ten[decimals];
    double scaled = fabs(value) * unit;
    guint64 units = (guint64)(scaled + 0.5);
    if (fabs(scaled - floor(scaled) - 0.5) < 1e-9 * (scaled + 1))
        return NULL;
    if (value < 0 && units > 0)
        *at++ = '-';
    at = im_put_uint(at, units / unit);
    return put_fraction(at, (guint32)(units % unit), decimals);
}

static char *put(char *at, const char *bytes)
{
    gsize n = strlen(bytes);
    memcpy(at, bytes, n);
    return at + n;
}

static char *put_escaped(char *at, guchar c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '\0':
        return put(at, "\xEF\xBF\xBD");
    case '"':
        return put(at, "\\\"");
    case '\\':
        return put(at, "\\\\");
    case '\n':
        return put(at, "\\n");
    case '\r':
        return put(at, "\\r");
    case '\t':
        return put(at, "\\t");
    default:
        at = put(at, "\\u00");
        *at++ = hex[c >> 4];
        *at++ = hex[c & 15];
        return at;
    }
}

static char *put_valid(char *at, const char *value, gsize len)
{
    for (gsize i = 0; i < len; i++) {
        guchar c = (guchar)value[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            *at++ = (char)c;
        else
            at = put_escaped(at, c);
    }
    return at;
}

static gboolean is_ascii(const char *text, gsize len)
{
    guchar all = 0;
    for (gsize i = 0; i < len; i++)
        all |= (guchar)text[i];
    return all < 0x80;
}

char *im_put_json_string(char *at, const char *value, gsize len)
{
    *at++ = '"';
    if (is_ascii(value, len) || g_utf8_validate_len(value, len, NULL)) {
        at = put_valid(at, value, len);
    } else {
        g_autofree char *repaired = im_utf8_repair(value, len, &len, NULL);
        at = put_valid(at, repaired, len);
    }
    *at++ = '"';
    return at;
}
