/** @file
 *  Keys of names, built token by token, so that a text's words and a gazetteer's names meet. */
#ifndef IM_GAZETTEER_KEY_H
#define IM_GAZETTEER_KEY_H

#include "text/text.h"

#include <incmap/gazetteer.h>

/** A key in the making: words joined by single spaces, NUL-terminated. */
typedef struct im_key {
    char bytes[IM_KEY_MAX_BYTES + 1];
    guint16 len;
    guint8 words;
} im_key;

static inline void im_key_clear(im_key *key)
{
    key->bytes[0] = '\0';
    key->len = 0;
    key->words = 0;
}

/** Appends a token: a word or number as a word in its canonical form, a possessive as the `s` of the
 *  word before (`Land's End` is `lands end`), punctuation not at all. Allocates nothing.
 *  @return FALSE when the key would get too long; it is unchanged then */
gboolean im_key_push(im_key *key, const im_text *text, guint32 token);

/** The form in which a folded word stands in keys: `st` is `saint`, most others are themselves.
 *  @return `*out_len` bytes, either constant or `fold` itself */
const char *im_gazetteer_key_word(const char *fold, gsize len, gsize *out_len);

#endif
