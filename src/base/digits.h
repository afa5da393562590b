/** @file
 *  Numbers and strings as JSON, written straight into memory: no locale, no allocation. Each
 *  function returns the end of what it wrote, without a NUL. */
#ifndef IM_BASE_DIGITS_H
#define IM_BASE_DIGITS_H

#include <glib.h>

/** Room that any number here takes at most. */
enum { IM_DIGITS_MAX = 32 };

char *im_put_uint(char *at, guint64 value);

/** Writes a number with at most `decimals` (0 to 6) digits after the point, rounded as printf does,
 *  trailing zeros dropped; never `-0`.
 *  @return NULL when it cannot tell the last digit (too near the middle for a double) or the number is
 *          not below 1e9: then printf must write it */
char *im_put_fixed(char *at, double value, int decimals);

/** Room that a string of `len` bytes takes at most. */
#define IM_JSON_STRING_MAX(len) (6 * (gsize)(len) + 16)

/** Writes valid UTF-8 in quotes, escaped per RFC 8259. */
char *im_put_json_utf8(char *at, const char *value, gsize len);

/** Writes any string in quotes. Escapes per RFC 8259; NUL and what is no UTF-8 become U+FFFD. */
char *im_put_json_string(char *at, const char *value, gsize len);

#endif
