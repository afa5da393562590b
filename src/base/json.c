#include "base/json.h"

#include "base/digits.h"

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

void im_json_key(im_json *json, const char *key)
{
    gsize len = strlen(key);
    char *at = im_room(json->out, len + 4);
    if (json->comma)
        *at++ = ',';
    *at++ = '"';
    at = im_put_bytes(at, key, len);
    im_take_room(json->out, IM_PUT(at, "\":"));
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
    char *at = im_room(json->out, IM_JSON_STRING_MAX(len));
    im_take_room(json->out, im_put_json_string(at, value, len));
}

void im_json_int(im_json *json, gint64 value)
{
    separate(json);
    im_take_room(json->out, im_put_int(im_room(json->out, IM_DIGITS_MAX), value));
}

void im_json_null(im_json *json)
{
    separate(json);
    im_take_room(json->out, IM_PUT(im_room(json->out, 4), "null"));
}

void im_json_number(im_json *json, double value, int decimals)
{
    separate(json);
    im_take_room(json->out, im_put_number(im_room(json->out, IM_NUMBER_MAX), value, decimals));
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

static int hex4(const char *digits)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        if (!g_ascii_isxdigit(digits[i]))
            return -1;
        value = value * 16 + g_ascii_xdigit_value(digits[i]);
    }
    return value;
}

void im_json_repair_escapes(char *line)
{
    for (char *p = strchr(line, '\\'); p && p[1]; p = strchr(p, '\\')) {
        int unit = p[1] == 'u' ? hex4(p + 2) : -1;
        gboolean high = unit >= 0xD800 && unit < 0xDC00;
        int low = high && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
        if (high && low >= 0xDC00 && low < 0xE000) {
            p += 12;
            continue;
        }
        if (unit == 0 || (unit >= 0xD800 && unit < 0xE000))
            memcpy(p + 2, "fffd", 4);
        p += unit >= 0 ? 6 : 2;
    }
}

/* Whether a character stands there `*n` times and more; takes off `*n` what it finds. */
static gboolean has_more(const char *text, char what, guint *n)
{
    for (const char *p = strchr(text, what); p && *n > 0; p = strchr(p + 1, what))
        --*n;
    return *n == 0;
}

gboolean im_json_is_deeper(const char *json, guint levels)
{
    guint left = levels + 1, depth = 0;
    if (!has_more(json, '[', &left) && !has_more(json, '{', &left))
        return FALSE; /* of lines of news all: to search for two characters costs next to nothing */
    gboolean quoted = FALSE;
    for (const char *p = json; *p && depth <= levels; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (quoted)
            p += *p == '\\' && p[1];
        else if (*p == '[' || *p == '{')
            depth++;
        else if ((*p == ']' || *p == '}') && depth > 0)
            depth--;
    }
    return depth > levels;
}
