#include "base/json.h"

#include <math.h>
#include <string.h>

im_json im_json_to(GString *out)
{
    return (im_json){.out = out, .comma = FALSE};
}

static void separate(im_json *json)
{
    if (json->comma)
        g_string_append_c(json->out, ',');
    json->comma = TRUE;
}

void im_json_open(im_json *json, char bracket)
{
    separate(json);
    g_string_append_c(json->out, bracket);
    json->comma = FALSE;
}

void im_json_close(im_json *json, char bracket)
{
    g_string_append_c(json->out, bracket);
    json->comma = TRUE;
}

static void append_escaped(GString *out, guchar c)
{
    switch (c) {
    case '"':
        g_string_append(out, "\\\"");
        break;
    case '\\':
        g_string_append(out, "\\\\");
        break;
    case '\n':
        g_string_append(out, "\\n");
        break;
    case '\r':
        g_string_append(out, "\\r");
        break;
    case '\t':
        g_string_append(out, "\\t");
        break;
    default:
        g_string_append_printf(out, "\\u%04x", c);
    }
}

/* Whether a byte stands for itself within quotes. */
static gboolean is_plain(guchar c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void append_quoted(GString *out, const char *value, gsize len)
{
    const char *end = value + len, *run = value;
    g_string_append_c(out, '"');
    for (const char *p = value; p < end; p++) {
        if (is_plain((guchar)*p))
            continue;
        g_string_append_len(out, run, p - run);
        append_escaped(out, (guchar)*p);
        run = p + 1;
    }
    g_string_append_len(out, run, end - run);
    g_string_append_c(out, '"');
}

static gboolean is_ascii(const char *value, gsize len)
{
    guchar all = 0;
    for (gsize i = 0; i < len; i++)
        all |= (guchar)value[i];
    return all < 0x80;
}

static void append_string(GString *out, const char *value, gsize len)
{
    if (is_ascii(value, len) || g_utf8_validate_len(value, len, NULL)) {
        append_quoted(out, value, len);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(value, (gssize)len);
    append_quoted(out, valid, strlen(valid));
}

void im_json_key(im_json *json, const char *key)
{
    separate(json);
    append_quoted(json->out, key, strlen(key));
    g_string_append_c(json->out, ':');
    json->comma = FALSE;
}

void im_json_string(im_json *json, const char *value)
{
    if (value)
        im_json_string_len(json, value, strlen(value));
    else
        im_json_null(json);
}

void im_json_string_len(im_json *json, const char *value, gsize len)
{
    separate(json);
    append_string(json->out, value, len);
}

/* Writes the digits of `n` so that they end before `end`, at least `least` of them.
 * @return where they begin */
static char *put_digits(char *end, guint64 n, int least)
{
    for (; n > 0 || least > 0; n /= 10, least--)
        *--end = (char)('0' + n % 10);
    return end;
}

void im_json_int(im_json *json, gint64 value)
{
    char digits[24], *end = digits + sizeof digits;
    char *start = put_digits(end, value < 0 ? -(guint64)value : (guint64)value, 1);
    if (value < 0)
        *--start = '-';
    separate(json);
    g_string_append_len(json->out, start, end - start);
}

void im_json_null(im_json *json)
{
    separate(json);
    g_string_append(json->out, "null");
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

/* A number of few digits, where multiplying by a power of ten cannot change how it rounds.
 * @return FALSE for any other: it is left to printf */
static gboolean append_short(GString *out, double value, int decimals)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    static const double MOST = 1e10, NEAR_HALF = 1e-4;
    if (decimals < 0 || decimals >= (int)G_N_ELEMENTS(scales))
        return FALSE;
    double scaled = fabs(value) * scales[decimals], whole = floor(scaled);
    if (scaled > MOST || fabs(scaled - whole - 0.5) < NEAR_HALF)
        return FALSE;
    guint64 n = (guint64)whole + (scaled - whole > 0.5);
    for (; decimals > 0 && n % 10 == 0; decimals--)
        n /= 10;
    char digits[32], *end = digits + sizeof digits, *start = end;
    guint64 scale = (guint64)scales[decimals];
    if (decimals > 0) {
        start = put_digits(start, n % scale, decimals);
        *--start = '.';
    }
    start = put_digits(start, n / scale, 1);
    if (value < 0 && n > 0)
        *--start = '-';
    g_string_append_len(out, start, end - start);
    return TRUE;
}

void im_json_number(im_json *json, double value, int decimals)
{
    char digits[400], format[16];
    if (!isfinite(value)) {
        im_json_null(json);
        return;
    }
    separate(json);
    if (append_short(json->out, value, decimals))
        return;
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(digits, sizeof digits, format, value);
    trim_zeros(digits);
    g_string_append(json->out, strcmp(digits, "-0") == 0 ? "0" : digits);
}
