/* Bytes of unknown origin → UTF-8. */
#include "report/priv.h"

#include "base/digits.h"
#include "base/utf8.h"

#include <string.h>

/* As much of a file as tells whether it is text (git looks at as much). */
enum { HEAD_BYTES = 8000 };

static const struct {
    const char *bytes;
    gsize len;
    const char *what;
} magics[] = {
    {"\x89PNG", 4, "a PNG image"},
    {"\xFF\xD8\xFF", 3, "a JPEG image"},
    {"GIF8", 4, "a GIF image"},
    {"%PDF-", 5, "a PDF"},
    {"PK\x03\x04", 4, "a ZIP archive or office document; try /vsizip/"},
    {"\x1F\x8B", 2, "gzip; try /vsigzip/"},
    {"\177ELF", 4, "a program"},
    {"\3757zXZ", 5, "an xz archive"},
    {"7z\xBC\xAF", 4, "a 7z archive"},
    {"\xD0\xCF\x11\xE0", 4, "an old office document"},
    {"SQLite format 3", 15, "a database"},
    {"{\\rtf", 5, "an RTF document"},
};

const char *im_bytes_magic(const char *bytes, gsize len)
{
    for (gsize i = 0; i < G_N_ELEMENTS(magics); i++)
        if (len >= magics[i].len && memcmp(bytes, magics[i].bytes, magics[i].len) == 0)
            return magics[i].what;
    return NULL;
}

static gboolean is_utf16(const char *bytes, gsize len)
{
    return len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

gboolean im_bytes_are_binary(const char *bytes, gsize len)
{
    gsize head = MIN(len, HEAD_BYTES), controls = 0;
    if (is_utf16(bytes, len))
        return FALSE;
    if (im_bytes_magic(bytes, len) || memchr(bytes, '\0', head))
        return TRUE;
    for (gsize i = 0; i < head; i++)
        controls += g_ascii_iscntrl(bytes[i]) && !g_ascii_isspace(bytes[i]);
    return controls * 10 > head;
}

/* Code points of Windows-1252 from 0x80 to 0x9F (Unicode's CP1252.TXT); 0 where there is none. */
static const guint16 cp1252_high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static gunichar cp1252_char(guchar byte)
{
    return byte >= 0x80 && byte < 0xA0 ? cp1252_high[byte - 0x80] : byte;
}

/* All high bytes are characters of Windows-1252, none a letter that only junk has (0xFE, 0xFF),
 * and no two of them make a character of UTF-8. */
static gboolean is_cp1252(const char *bytes, gsize len)
{
    for (gsize i = 0; i < len; i++) {
        guchar byte = (guchar)bytes[i];
        if (byte == 0 || byte >= 0xFE || cp1252_char(byte) == 0)
            return FALSE;
        if (byte >= 0xC2 && g_utf8_get_char_validated(bytes + i, (gssize)(len - i)) < 0x110000)
            return FALSE;
    }
    return TRUE;
}

static char *from_cp1252(const char *bytes, gsize len, gsize *len_out)
{
    GString *out = g_string_sized_new(len + len / 8);
    for (gsize i = 0; i < len; i++)
        g_string_append_unichar(out, cp1252_char((guchar)bytes[i]));
    *len_out = out->len;
    return g_string_free(out, FALSE);
}

static char *from_utf16(const char *bytes, gsize len, gsize *len_out)
{
    const char *charset = (guchar)bytes[0] == 0xFF ? "UTF-16LE" : "UTF-16BE";
    g_autofree char *text = g_convert_with_fallback(bytes + 2, (gssize)((len - 2) & ~(gsize)1),
                                                    "UTF-8", charset, "?", NULL, len_out, NULL);
    /* half a surrogate pair: what stands is still better read with holes than not at all */
    return text ? im_utf8_repair(text, *len_out, len_out, NULL)
                : im_utf8_repair(bytes, len, len_out, NULL);
}

char *im_decode(char *bytes, gsize len, gsize *len_out)
{
    g_autofree char *owned = bytes;
    *len_out = len;
    if (is_utf16(bytes, len))
        return from_utf16(bytes, len, len_out);
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        memmove(bytes, bytes + 3, len - 3 + 1);
        *len_out = len -= 3;
    }
    if (g_utf8_validate_len(bytes, len, NULL))
        return g_steal_pointer(&owned);
    return is_cp1252(bytes, len) ? from_cp1252(bytes, len, len_out)
                                 : im_utf8_repair(bytes, len, len_out, NULL);
}

gboolean im_is_blank(const char *text, gsize len)
{
    for (gsize i = 0; i < len; i++)
        if (!g_ascii_isspace(text[i]))
            return FALSE;
    return TRUE;
}

char *im_squeeze(char *text)
{
    const char *words = g_strstrip(text);
    *im_put_words(text, words, strlen(words)) = '\0';
    return text;
}
