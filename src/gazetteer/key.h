/** @file
 *  Keys of names, built token by token, so that a text's words and a gazetteer's names meet. */
#ifndef IM_GAZETTEER_KEY_H
#define IM_GAZETTEER_KEY_H

#include "text/text.h"

#include <incmap/gazetteer.h>

/** A key in the making: words joined by single spaces, NUL-terminated. */
typedef struct im_key {
    char bytes[IM_KEY_MAX_BYTES + 1];
    guint16 len, last; /**< last: where the last word begins */
    guint8 words;
    guint32 hash, before; /**< im_hash_name() of all of it; of the words before the last */
} im_key;

static inline void im_key_clear(im_key *key)
{
    key->bytes[0] = '\0';
    key->len = key->last = 0;
    key->words = 0;
    key->hash = key->before = 0;
}

/** Appends a token: a word or number as a word in its canonical form, a possessive as the `s` of the
 *  word before (`Land's End` is `lands end`), punctuation not at all. Allocates nothing.
 *  @return FALSE when the key would get too long; it is unchanged then */
gboolean im_key_push(im_key *key, const im_text *text, guint32 token);

/** As im_gazetteer_readings(), without hashing again. */
const im_reading *im_key_readings(const im_gazetteer *gazetteer, const im_key *key, guint *n);

/** The most words of a name that begins with this one in its form for keys; 0 when none does.
 *  @param hash  im_hash_word() of it */
guint im_key_longest(const im_gazetteer *gazetteer, guint32 hash, const char *word, gsize len);

/** The form in which a folded word stands in keys: `st` is `saint`, most others are themselves.
 *  @param hash  of `fold`, im_hash_word(); that of the result on return
 *  @return      `*out_len` bytes, either constant or `fold` itself */
const char *im_gazetteer_key_word(const char *fold, gsize len, guint32 *hash, gsize *out_len);

#endif
