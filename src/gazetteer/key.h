/** @file
 *  Keys of names, built token by token, so that a text's words and a gazetteer's names meet. */
#ifndef IM_GAZETTEER_KEY_H
#define IM_GAZETTEER_KEY_H

#include "text/text.h"

#include <incmap/gazetteer.h>

/** How far a key goes. */
typedef struct im_key_end {
    guint16 len, last; /**< last: where the last word begins */
    guint8 words;
    guint32 hash, before; /**< im_hash_name() of all of it; of the words before the last */
} im_key_end;

/** Bytes behind a key that may be written to. */
enum { IM_KEY_SLACK = 8 };

/** A key in the making: words joined by single spaces, NUL-terminated. */
typedef struct im_key {
    im_key_end end;
    char bytes[IM_KEY_MAX_BYTES + 1 + IM_KEY_SLACK];
} im_key;

/** Takes away what was appended since the key went as far as `end`. */
static inline void im_key_cut(im_key *key, im_key_end end)
{
    key->end = end;
    key->bytes[end.len] = '\0';
}

static inline void im_key_clear(im_key *key)
{
    im_key_cut(key, (im_key_end){0});
}

/** Appends a token: a word or number as a word in its canonical form, a possessive as the `s` of the
 *  word before (`Land's End` is `lands end`), punctuation not at all. Allocates nothing.
 *  @return FALSE when the key would get too long; it is unchanged then */
gboolean im_key_push(im_key *key, const im_text *text, guint32 token);

/** Appends a word in its form for keys. @return FALSE when the key would get too long */
gboolean im_key_push_word(im_key *key, const char *word);

/** As im_gazetteer_readings(), of a key that is hashed already; but nobody has looked whether there are
 *  such places: a name may have thousands, of which few are asked for. */
const im_reading *im_key_find(const im_gazetteer *gazetteer, guint32 hash, const char *key,
                              gsize key_len, guint *n);

/** As im_key_find(), of a key that was built. */
const im_reading *im_key_readings(const im_gazetteer *gazetteer, const im_key *key, guint *n);

/** A number that no other gazetteer of this process has or had: for what is kept of its answers. */
guint64 im_gazetteer_serial(const im_gazetteer *gazetteer);

/** FALSE when no key and no first word of one has this hash. */
gboolean im_key_may_exist(const im_gazetteer *gazetteer, guint32 hash);

/** The most words of a name that begins with the word of this hash, in its form for keys; 0 when none
 *  does. The word itself is not compared: of two words in 2^32 one may be taken for the other. */
guint im_key_longest(const im_gazetteer *gazetteer, guint32 hash);

/** The form in which a folded word stands in keys: `st` is `saint`, most others are themselves.
 *  @param hash  of `fold`, im_hash_word(); that of the result on return
 *  @return      `*out_len` bytes, either constant or `fold` itself */
const char *im_gazetteer_key_word(const char *fold, gsize len, guint32 *hash, gsize *out_len);

#endif
