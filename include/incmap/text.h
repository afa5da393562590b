/** @file
 *  A report's text, read once: words as byte spans, sentences, and what the lexicons know of them.
 *  All later stages look at the same im_text and never copy it. */
#ifndef INCMAP_TEXT_H
#define INCMAP_TEXT_H

#include <incmap/api.h>

G_BEGIN_DECLS

/** A stretch of the text in bytes, `start` included, `end` not. */
typedef struct im_span {
    guint32 start, end;
} im_span;

/** Language of a text, chosen by its function words. */
typedef enum im_language {
    IM_LANGUAGE_UNKNOWN = 0,
    IM_LANGUAGE_EN,
    IM_LANGUAGE_ES,
} im_language;

/** Longest text that is read, in bytes; more is IM_ERROR_LIMIT where reports are read. */
#define IM_TEXT_MAX_BYTES (64u * 1024 * 1024)

typedef struct im_text im_text;

/** Splits a text into tokens and sentences and tags what the lexicons know.
 *  @param bytes     valid UTF-8, at most IM_TEXT_MAX_BYTES; borrowed, must outlive the result
 *  @param language  IM_LANGUAGE_UNKNOWN to find out
 *  @return          owned by the caller, im_text_free() */
IM_API im_text *im_text_new(const char *bytes, gsize len, im_language language);
IM_API void im_text_free(im_text *text);

/** The language that was given or found; unknown when no function word is known. */
IM_API im_language im_text_language(const im_text *text);

/** `en`, `es` or NULL. */
IM_API const char *im_language_code(im_language language);

/** The language of a code or of a tag that begins with it (`es-MX`); unknown for anything else. */
IM_API im_language im_language_from_code(const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_text, im_text_free)

G_END_DECLS

#endif
