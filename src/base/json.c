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

static void append_quoted(GString *out, const char *value)
{
    g_string_append_c(out, '"');
    const char *run = value;
    const char *p = value;
    for (; *p; p++) {
        guchar c = (guchar)*p;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        g_string_append_len(out, run, p - run);
        append_escaped(out, c);
        run = p + 1;
    }
    g_string_append_len(out, run, p - run);
    g_string_append_c(out, '"');
}

static void append_string(GString *out, const char *value)
{
    if (g_utf8_validate(value, -1, NULL)) {
        append_quoted(out, value);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    append_quoted(out, valid);
}

void im_json_key(im_json *json, const char *key)
{
    separate(json);
    append_string(json->out, key);
    g_string_append_c(json->out, ':');
    json->comma = FALSE;
}

void im_json_string(im_json *json, const char *value)
{
    if (!value) {
        im_json_null(json);
        return;
    }
    separate(json);
    append_string(json->out, value);
}

void im_json_int(im_json *json, gint64 value)
{
    separate(json);
    g_string_append_printf(json->out, "%" G_GINT64_FORMAT, value);
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

void im_json_number(im_json *json, double value, int decimals)
{
    char digits[400], format[16];
    if (!isfinite(value)) {
        im_json_null(json);
        return;
    }
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(digits, sizeof digits, format, value);
    trim_zeros(digits);
    separate(json);
    g_string_append(json->out, strcmp(digits, "-0") == 0 ? "0" : digits);
}
