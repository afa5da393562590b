/** @file
 *  The inside of the report module: where bytes come from, what a format is, and the helpers that
 *  formats share. A new format is one file with a `const im_report_format` and one line in
 *  report.c. */
#ifndef IM_REPORT_PRIV_H
#define IM_REPORT_PRIV_H

#include "report/stream.h"

#include <incmap/error.h>
#include <incmap/report.h>

/* ---- decode.c: bytes to UTF-8 ---- */

/** Name of the kind of file that begins with these bytes (`a PNG image`), NULL when not known. */
const char *im_bytes_magic(const char *bytes, gsize len);

/** Whether no reader could read them: a known magic number, NUL bytes or many control characters
 *  at the head. UTF-16 with a byte order mark is not binary. */
gboolean im_bytes_are_binary(const char *bytes, gsize len);

/** Makes valid UTF-8 without a byte order mark: UTF-16 by its mark; Windows-1252 when the bytes
 *  look like it; else what is invalid becomes U+FFFD.
 *  @param bytes  taken over; @return owned by the caller */
char *im_decode(char *bytes, gsize len, gsize *len_out);

/** Whether there is nothing but white space. */
gboolean im_is_blank(const char *text, gsize len);

/** Joins runs of white space to single spaces and trims, in place. @return text */
char *im_squeeze(char *text);

/* ---- fields.c: keys of JSON objects and columns of CSV ---- */

typedef enum im_field {
    IM_FIELD_ID = 0,
    IM_FIELD_TEXT,
    IM_FIELD_TITLE,
    IM_FIELD_DATE,
    IM_FIELD_URL,
    IM_FIELD_PUBLISHER,
    IM_FIELD_LANGUAGE,
    IM_FIELD_N
} im_field;

enum { IM_FIELD_MAX_KEYS = 4 };

/** The keys under which each field is looked for, in order; NULL-terminated; borrowed. */
typedef struct im_field_keys {
    const char *keys[IM_FIELD_N][IM_FIELD_MAX_KEYS];
} im_field_keys;

/** The usual keys, and those of `fields` (im_read_options). IM_ERROR_USAGE. */
gboolean im_field_keys_init(im_field_keys *keys, const char *const *fields, GError **error);

/** Puts a value in its place in the report. Takes `value` over; NULL and blank ones are dropped,
 *  also dates and languages that cannot be read. Not for IM_FIELD_TEXT. */
void im_report_set(im_report *report, im_field field, char *value);

/* ---- head.c ---- */

/** What the head of a text tells: a date line (blanked out in the text), a dateline, a headline. */
void im_report_read_head(im_report *report, im_day option_date);

/* ---- html_text.c, html_meta.c ---- */

/** Only the text of a page or fragment, owned by the caller; NULL with IM_ERROR_LIMIT when its elements are
 *  nested deeper than `max_nesting`. */
char *im_html_to_text(const char *bytes, gsize len, guint max_nesting, GError **error);

/* ---- formats ---- */

/** A format is either a document (`parse`) or a stream of reports (`open`, `next`, `close`). The limits of the
 *  options that it is given are set. */
typedef struct im_report_format {
    const char *name;
    im_input_format id;
    const char *suffixes[4]; /**< lower case, NULL-terminated */

    /** Reads one document, which is neither empty nor binary. @param text  UTF-8, borrowed */
    gboolean (*parse)(const char *text, gsize len, const im_read_options *options,
                      im_report *report, GError **error);

    /** @param options  outlive the state; @return the state, NULL with IM_ERROR_FORMAT, _LIMIT or _USAGE */
    gpointer (*open)(im_stream *source, const im_read_options *options, GError **error);
    /** Fills a report whose fields are all unknown; a fault goes into its `error`.
     *  @return FALSE at the end */
    gboolean (*next)(gpointer state, im_report *report);
    void (*close)(gpointer state);
} im_report_format;

extern const im_report_format im_format_txt, im_format_markdown, im_format_html, im_format_jsonl,
    im_format_rss, im_format_csv;

/** The format whose suffix the path ends with (a `.gz` behind it is passed over), or NULL. */
const im_report_format *im_format_of_path(const char *path);

/** Makes the report one that could not be read: `NAME:LINE: …`, or `NAME: …` when line is 0. */
void im_report_fail(im_report *report, im_error code, const char *name, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
