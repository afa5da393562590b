#include "base/json.h"

#include "base/digits.h"

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

/* Room at the end of `out`, to be written to and then taken with take_room(). */
static char *room(GString *out, gsize n)
{
    gsize len = out->len;
    g_string_set_size(out, len + n);
    return out->str + len;
}

static void take_room(GString *out, const char *end)
{
    g_string_set_size(out, (gsize)(end - out->str));
}

void im_json_key(im_json *json, const char *key)
{
    separate(json);
    gsize len = strlen(key);
    char *at = room(json->out, IM_JSON_STRING_MAX(len));
    take_room(json->out, im_put_json_utf8(at, key, len));
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
    char *at = room(json->out, IM_JSON_STRING_MAX(len));
    take_room(json->out, im_put_json_string(at, value, len));
}

void im_json_int(im_json *json, gint64 value)
{
    char digits[IM_DIGITS_MAX], *at = digits;
    if (value < 0)
        *at++ = '-';
    at = im_put_uint(at, value < 0 ? -(guint64)value : (guint64)value);
    separate(json);
    g_string_append_len(json->out, digits, at - digits);
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

/* The long way, for numbers that im_put_fixed() leaves to printf. */
static void append_formatted(GString *out, double value, int decimals)
{
    char digits[400], format[16];
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(digits, sizeof digits, format, value);
    trim_zeros(digits);
    g_string_append(out, strcmp(digits, "-0") == 0 ? "0" : digits);
}

void im_json_number(im_json *json, double value, int decimals)
{
    char digits[IM_DIGITS_MAX];
    if (!isfinite(value)) {
        im_json_null(json);
        return;
    }
    separate(json);
    char *end = decimals >= 0 && decimals <= 6 ? im_put_fixed(digits, value, decimals) : NULL;
    if (end)
        g_string_append_len(json->out, digits, end - digits);
    else
        append_formatted(json->out, value, decimals);
}

void im_json_text(im_json *json, const char *key, const char *value)
{
    im_json_key(json, key);
    im_json_string(json, value && *value ? value : NULL);
}

void im_json_real(im_json *json, const char *key, double value, int decimals)
{
    im_json_key(json, key);
    im_json_number(json, value, decimals);
}
