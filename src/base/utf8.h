/** @file
 *  Folding of words, so that `Tlaquepaque`, `TLAQUEPAQUE` and a decomposed `Querétaro` compare
 *  equal, and conversion between byte and code-point offsets. */
#ifndef IM_BASE_UTF8_H
#define IM_BASE_UTF8_H

#include <glib.h>

/** Folds one run of UTF-8: compatibility decomposition, combining marks and apostrophes dropped,
 *  lower case, a few letters that do not decompose (ß ł ø đ ı æ œ) written out.
 *  Writes at most `room` bytes (never half a character) and no NUL; allocates nothing for ASCII
 *  and Latin-1. Input must be valid UTF-8.
 *  @return bytes written */
gsize im_fold(const char *text, gsize len, char *out, gsize room);

/** What a letter from U+00C0 to U+00FF is folded to, by the second of its two bytes, where that is one ASCII
 *  letter; a space where it is not. */
char im_fold_latin_1(guchar second);

/** How many bytes from the start are valid UTF-8; NUL is. */
gsize im_utf8_valid_bytes(const char *text, gsize len);

/** As g_utf8_validate_len(), faster where most is ASCII: NUL is not valid. */
gboolean im_utf8_is_valid(const char *text, gsize len);

/** A copy with each byte that is not part of valid UTF-8 replaced by U+FFFD; NUL bytes too.
 *  `*replaced` (NULL allowed) is how many were. Owned by the caller. */
char *im_utf8_repair(const char *text, gsize len, gsize *len_out, gsize *replaced);

/** Code points in `len` bytes of valid UTF-8. */
gsize im_utf8_length(const char *text, gsize len);

/** Byte offsets to code points, counted on from the last one: for offsets that come in order. Begins
 *  as {.text = …}; the text is valid UTF-8 and borrowed. */
typedef struct im_utf8_counter {
    const char *text;
    gsize bytes, characters;
} im_utf8_counter;

gsize im_utf8_count_to(im_utf8_counter *counter, gsize offset);

/** Byte offset of code point `n`, at most `len`. */
gsize im_utf8_offset(const char *text, gsize len, gsize n);

#endif
