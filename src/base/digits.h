/** @file
 *  Numbers and strings as JSON, written straight into memory: no locale, no allocation. Each
 *  function that writes returns the end of what it wrote, without a NUL. */
#ifndef IM_BASE_DIGITS_H
#define IM_BASE_DIGITS_H

#include <glib.h>
#include <string.h>

/** Room for `n` bytes at the end of `out`, to be written to and then taken; until it is, `out` is as
 *  it was. */
static inline char *im_room(GString *out, gsize n)
{
    gsize len = out->len;
    if (G_UNLIKELY(out->allocated_len - len <= n)) {
        g_string_set_size(out, len + n);
        g_string_set_size(out, len);
    }
    return out->str + len;
}

/** Takes what was written, up to `end`. */
static inline void im_take_room(GString *out, char *end)
{
    *end = '\0';
    out->len = (gsize)(end - out->str);
}

static inline char *im_put_bytes(char *at, const char *bytes, gsize n)
{
    memcpy(at, bytes, n);
    return at + n;
}

/** For literals: their length is known. */
#define IM_PUT(at, literal) im_put_bytes((at), (literal), sizeof(literal) - 1)

/** Room that an integer, or a number below 1e9, takes at most; and any number. */
enum { IM_DIGITS_MAX = 32, IM_NUMBER_MAX = 400 };

/** As g_ascii_strtod(), sooner for decimal numbers of up to 15 digits. */
double im_get_number(const char *text, char **end);

/** Writes a number of 0 to 99 with two digits. */
void im_put_pair(char *at, guint32 pair);

/** As all that write numbers, it may leave bytes behind the digits, within IM_DIGITS_MAX. */
char *im_put_uint(char *at, guint64 value);
char *im_put_int(char *at, gint64 value);

/** Writes a whole number, `null` for one below 0. As im_put_uint(), it may leave bytes behind. */
char *im_put_count(char *at, gint64 value);

/** Writes a number with at most `decimals` (0 to 17) digits after the point, trailing zeros dropped;
 *  never an exponent or `-0`; `null` when it is not finite. */
char *im_put_number(char *at, double value, int decimals);

/** Writes a number with at most `decimals` (0 to 6) digits after the point, rounded as printf does,
 *  trailing zeros dropped; never `-0`.
 *  @return NULL when it cannot tell the last digit (too near the middle for a double) or the number is
 *          not below 1e9: then printf must write it */
char *im_put_fixed(char *at, double value, int decimals);

/** Room that a string of `len` bytes takes at most. */
#define IM_JSON_STRING_MAX(len) (6 * (gsize)(len) + 16)

/** Writes valid UTF-8 in quotes, escaped per RFC 8259. */
char *im_put_json_utf8(char *at, const char *value, gsize len);

/** Writes the words of a text with one space between them: white space at the beginning is left out, at
 *  the end it is one space. `at` may be `text`, or before it. */
char *im_put_words(char *at, const char *text, gsize len);

/** Writes UTF-8 in quotes, and `null` for the empty string. */
char *im_put_text(char *at, const char *text, gsize len);

/** Writes any string in quotes. Escapes per RFC 8259; NUL and what is no UTF-8 become U+FFFD. */
char *im_put_json_string(char *at, const char *value, gsize len);

#endif
