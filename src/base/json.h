/** @file
 *  Writes JSON as a stream of bytes: same values, same bytes, in any locale. Commas are placed by
 *  the writer; the caller opens and closes objects and arrays in pairs. */
#ifndef IM_BASE_JSON_H
#define IM_BASE_JSON_H

#include <glib.h>

typedef struct im_json {
    GString *out;   /**< borrowed */
    gboolean comma; /**< the next value or key needs one */
} im_json;

/** A writer that appends to `out`. */
im_json im_json_to(GString *out);

void im_json_open(im_json *json, char bracket);  /**< `{` or `[` */
void im_json_close(im_json *json, char bracket); /**< `}` or `]` */

/** Writes the key of the next value as it stands: only for names of our own, which need no escape. */
void im_json_key(im_json *json, const char *key);

/** Writes a string, or null for NULL. Escapes per RFC 8259; invalid UTF-8 becomes U+FFFD. */
void im_json_string(im_json *json, const char *value);
void im_json_string_len(im_json *json, const char *value, gsize len);
void im_json_int(im_json *json, gint64 value);
void im_json_null(im_json *json);

/** Writes with at most `decimals` digits after the point, trailing zeros dropped, null when not
 *  finite; never an exponent or `-0`. */
void im_json_number(im_json *json, double value, int decimals);

/** Writes a key and a string, null for the empty one, too. */
void im_json_text(im_json *json, const char *key, const char *value);

/** Writes a key and a number, as im_json_number(). */
void im_json_real(im_json *json, const char *key, double value, int decimals);

/** Before cJSON reads it: that ends a string at \u0000 and refuses half a surrogate pair. Both become
 *  \ufffd, which has the same length, so that neither offsets nor the rest of the line are lost. */
void im_json_repair_escapes(char *line);

/** Whether arrays and objects lie deeper in each other than `levels`, as far as their brackets tell: also of
 *  what is no JSON. */
gboolean im_json_is_deeper(const char *json, guint levels);

#endif
