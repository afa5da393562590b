#include "base/utf8.h"

#include "base/eight.h"

#include <string.h>

/* Letters without a canonical decomposition, as the field writes them in ASCII. */
static const struct {
    gunichar letter;
    const char *ascii;
} written_out[] = {
    {0x00C6, "ae"}, {0x00D0, "d"}, {0x00D8, "o"},  {0x00DE, "th"}, {0x00DF, "ss"}, {0x00E6, "ae"},
    {0x00F0, "d"},  {0x00F8, "o"}, {0x00FE, "th"}, {0x0110, "d"},  {0x0111, "d"},  {0x0126, "h"},
    {0x0127, "h"},  {0x0131, "i"}, {0x0141, "l"},  {0x0142, "l"},  {0x0152, "oe"}, {0x0153, "oe"},
    {0x0259, "e"},  {0x018F, "e"}, {0x0166, "t"},  {0x0167, "t"},  {0x1E9E, "ss"},
};

static gboolean is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB || c == 0x02B9 ||
           c == 0x0060 || c == 0x00B4;
}

static const char *written(gunichar c)
{
    for (gsize i = 0; i < G_N_ELEMENTS(written_out); i++)
        if (written_out[i].letter == c)
            return written_out[i].ascii;
    return NULL;
}

static gsize put(char *out, gsize used, gsize room, const char *bytes, gsize n)
{
    if (n > room - used)
        return used;
    memcpy(out + used, bytes, n);
    return used + n;
}

/* Of the letters from U+00C0 to U+00FF the ASCII letter that they are with a mark; else a space. */
static const char latin_1[] = "aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y";

char im_fold_latin_1(guchar second)
{
    return latin_1[second & 0x3F];
}

static gsize fold_char(gunichar c, char *out, gsize used, gsize room)
{
    if (c >= 0xC0 && c <= 0xFF && latin_1[c - 0xC0] != ' ')
        return put(out, used, room, &latin_1[c - 0xC0], 1);
    const char *ascii = written(c);
    if (ascii)
        return put(out, used, room, ascii, strlen(ascii));
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    gsize n = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));
    for (gsize i = 0; i < n; i++) {
        if (g_unichar_ismark(parts[i]) || is_apostrophe(parts[i]))
            continue;
        char utf8[6];
        gsize size = (gsize)g_unichar_to_utf8(g_unichar_tolower(parts[i]), utf8);
        used = put(out, used, room, utf8, size);
    }
    return used;
}

gsize im_fold(const char *text, gsize len, char *out, gsize room)
{
    gsize used = 0;
    const char *end = text + len;
    while (text < end) {
        guchar byte = (guchar)*text;
        if (byte < 0x80) {
            if (used < room && byte != '\'' && byte != '`')
                out[used++] = g_ascii_tolower((char)byte);
            text++;
            continue;
        }
        used = fold_char(g_utf8_get_char(text), out, used, room);
        text = g_utf8_next_char(text);
    }
    return used;
}

/* The first byte from `at` on that is not ASCII, or `end`. */
static inline const char *skip_ascii(const char *at, const char *end)
{
    for (; end - at >= (gssize)sizeof(im_sixteen); at += sizeof(im_sixteen)) {
        const im_sixteen other = im_sixteen_at(at) & 0x80;
        if (!im_sixteen_none(other))
            return at + im_sixteen_first(other);
    }
    const gsize left = (gsize)(end - at);
    guint64 other =
        (left < IM_EIGHT ? im_short_chunk(at, left) : im_eight_at(at)) & IM_EACH_BYTE(0x80);
    if (left > IM_EIGHT && other == 0) {
        at = end - IM_EIGHT; /* what was seen already is ASCII */
        other = im_eight_at(at) & IM_EACH_BYTE(0x80);
    }
    return other ? at + im_eight_first(other) : end;
}

static gboolean is_inner(char byte)
{
    return ((guchar)byte & 0xC0) == 0x80;
}

gsize im_utf8_valid_bytes(const char *text, gsize len)
{
    const char *end = text + len, *at;
    for (at = skip_ascii(text, end); at < end; at = skip_ascii(at, end)) {
        const guchar lead = (guchar)*at;
        if (lead >= 0xC2 && lead <= 0xDF && end - at >= 2 && is_inner(at[1])) {
            at += 2; /* é and ñ, as most are */
            continue;
        }
        if (lead == 0xE2 && end - at >= 3 && is_inner(at[1]) && is_inner(at[2])) {
            at += 3; /* quotes and dashes */
            continue;
        }
        gunichar c = g_utf8_get_char_validated(at, end - at);
        if (c == (gunichar)-1 || c == (gunichar)-2)
            break;
        at = g_utf8_next_char(at);
    }
    return (gsize)(at - text);
}

gboolean im_utf8_is_valid(const char *text, gsize len)
{
    return len == 0 || (im_utf8_valid_bytes(text, len) == len && !memchr(text, '\0', len));
}

char *im_utf8_repair(const char *text, gsize len, gsize *len_out, gsize *replaced)
{
    GString *out = g_string_sized_new(len + 1);
    gsize bad = 0;
    while (len > 0) {
        const char *end;
        g_utf8_validate_len(text, len, &end);
        g_string_append_len(out, text, end - text);
        len -= (gsize)(end - text);
        text = end;
        if (len > 0) {
            g_string_append(out, "\xEF\xBF\xBD");
            text++, len--, bad++;
        }
    }
    *len_out = out->len;
    if (replaced)
        *replaced = bad;
    return g_string_free(out, FALSE);
}

/* 1 for each byte that is an inner one of a character. */
static inline im_sixteen find_inner(im_sixteen c)
{
    return (im_sixteen)((c & 0xC0) == 0x80) & 1;
}

static inline gsize add_up(im_sixteen ones)
{
    guint64 halves[2];
    memcpy(halves, &ones, sizeof halves);
    return (IM_EACH_BYTE(1) * (halves[0] + halves[1])) >> 56; /* at most sixteen times 15 */
}

/* @param len  at most fifteen */
static inline im_sixteen short_sixteen(const char *text, gsize len)
{
    guint64 pieces[2] = {0};
    if (len < IM_EIGHT) {
        pieces[0] = im_short_chunk(text, len);
    } else {
        pieces[0] = im_eight_at(text);
        pieces[1] = GUINT64_FROM_LE(im_eight_at(text + len - IM_EIGHT)) >> 8 * (15 - len) >> 8;
    }
    return im_sixteen_at((const char *)pieces);
}

gsize im_utf8_length(const char *text, gsize len)
{
    enum { MOST_SIXTEENS = 15 }; /* whose sum is a byte */
    static const im_sixteen ordinals = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    gsize n = len, i = 0;
    if (len < sizeof(im_sixteen))
        return len - add_up(find_inner(short_sixteen(text, len)));
    while (i + sizeof(im_sixteen) <= len) {
        im_sixteen sum = {0};
        for (guint k = 0; k < MOST_SIXTEENS && i + sizeof(im_sixteen) <= len; k++) {
            sum += find_inner(im_sixteen_at(text + i));
            i += sizeof(im_sixteen);
        }
        n -= add_up(sum);
    }
    /* the last sixteen, without those that were counted */
    const im_sixteen left = (im_sixteen)(ordinals >= (guint8)(sizeof(im_sixteen) - (len - i)));
    return n - add_up(find_inner(im_sixteen_at(text + len - sizeof(im_sixteen))) & left);
}

gsize im_utf8_count_to(im_utf8_counter *c, gsize offset)
{
    if (offset < c->bytes)
        c->bytes = c->characters = 0;
    c->characters += im_utf8_length(c->text + c->bytes, offset - c->bytes);
    c->bytes = offset;
    return c->characters;
}

gsize im_utf8_offset(const char *text, gsize len, gsize n)
{
    gsize i = 0;
    while (i < len && n > 0) {
        i++;
        while (i < len && is_inner(text[i]))
            i++;
        n--;
    }
    return i;
}
