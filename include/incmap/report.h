/** @file
 *  News reports as they are read: text with what is known of its origin. */
#ifndef INCMAP_REPORT_H
#define INCMAP_REPORT_H

#include <incmap/date.h>
#include <incmap/text.h>

G_BEGIN_DECLS

/** How the publication date of a report is known. */
typedef enum im_published_basis {
    IM_PUBLISHED_UNKNOWN = 0,
    IM_PUBLISHED_LINE,     /**< a line `date YYYY-MM-DD` at its head */
    IM_PUBLISHED_METADATA, /**< HTML metadata, a JSON or feed field */
    IM_PUBLISHED_DATELINE, /**< `MEXICO CITY, Feb. 24, 2026 --`; or one without a year, completed */
    IM_PUBLISHED_OPTION,   /**< --date */
    IM_PUBLISHED_RUN,      /**< a dateline without a year, completed from the run */
} im_published_basis;

/** One report. All strings are valid UTF-8, NULL where unknown, and owned by the report. */
typedef struct im_report {
    char *id;       /**< the input's `id`; else the file's path as given, for one of many in a file
                         `PATH:LINE`, of standard input `line LINE`, of a feed its link or `PATH#N`;
                         never NULL */
    char *file;     /**< the file that it was read from, `-` for standard input */
    guint64 line;   /**< 1-based line that it begins on in JSON Lines, CSV and feeds, else 0 */
    char *text;     /**< as it stood (text, JSON, CSV) or as a reader sees it (HTML, Markdown,
                         feeds); only a first line's `date YYYY-MM-DD` becomes as many blanks */
    gsize text_len; /**< bytes */
    char *headline, *url, *publisher;
    im_language language; /**< stated by the input or the options; unknown: found from the text */
    im_day published;     /**< as written, in the writer's zone; IM_DAY_NONE where unknown */
    im_published_basis published_basis;
    guint8 dateline_month, dateline_day; /**< of a dateline that has no year; else 0 */
    im_span *spans; /**< given toponyms for `resolve`, in bytes of `text`; NULL when none are given,
                         which is not the same as an empty list */
    guint n_spans;
    GError *error; /**< set when the report could not be read; `text` is then empty */
} im_report;

/** Frees a report; NULL is allowed. */
IM_API void im_report_free(im_report *report);

typedef enum im_input_format {
    IM_INPUT_AUTO = 0, /**< by suffix; text when there is none */
    IM_INPUT_TXT,
    IM_INPUT_MARKDOWN,
    IM_INPUT_HTML,
    IM_INPUT_JSONL,
    IM_INPUT_RSS,
    IM_INPUT_CSV,
} im_input_format;

/** `txt`, `md`, `html`, `jsonl`, `rss`, `csv`; auto for NULL or `auto`.
 *  @return FALSE with IM_ERROR_USAGE for any other name */
IM_API gboolean im_input_format_parse(const char *name, im_input_format *format, GError **error);

enum {
    IM_USUAL_NESTING = 512, /**< levels; browsers nest elements no deeper (Blink) */
    IM_MOST_NESTING = 1000, /**< levels; cJSON reads no more */
};

typedef struct im_read_options {
    im_input_format format;
    im_day date;               /**< publication date where the report has none, and what completes
                                    a dateline without a year; IM_DAY_NONE */
    im_language language;      /**< unknown: found out for each report */
    const char *const *fields; /**< NULL-terminated `name=KEY` pairs for JSON and CSV, name one of
                                    id text title date url publisher language; copied; or NULL */
    gsize max_bytes; /**< largest document, line, row or feed; 0, or at most, IM_TEXT_MAX_BYTES */
    /** Deepest level of elements in HTML and of an item in a feed, the document's own being the first, and of
     *  values in JSON; 0: IM_USUAL_NESTING; at most IM_MOST_NESTING. Of feeds libxml2 reads 256, whatever is said */
    guint max_nesting;
    gboolean spans; /**< JSON Lines: read `toponyms` as spans to resolve; else it is ignored */
} im_read_options;

/** Expands inputs to files: folders are walked (hidden files left out, links not followed into
 *  folders), files of kinds that are not read are left out of folders but not of `inputs`.
 *  Sorted by path within each input. `-` and /vsi… paths stay as they are.
 *  @return GPtrArray of char *, owned by the caller; NULL with IM_ERROR_IO when an input does not
 *          exist, IM_ERROR_FORMAT when a folder holds no report (names it); inputs that did expand
 *          are lost then: call with one input at a time to go on */
IM_API GPtrArray *im_inputs_expand(const char *const *inputs, GError **error);

typedef struct im_reader im_reader;

/** Opens one file for reading report by report.
 *  @param path  a file, `-` for standard input, or a /vsi… path of GDAL
 *  @return      owned by the caller, im_reader_free(); NULL with IM_ERROR_IO, _FORMAT (binary,
 *               empty) or _LIMIT, naming the file */
IM_API im_reader *im_reader_open(const char *path, const im_read_options *options, GError **error);

/** As im_reader_open(), from memory.
 *  @param name   in the place of the path
 *  @param bytes  must outlive the reader */
IM_API im_reader *im_reader_of_bytes(const char *name, const void *bytes, gsize len,
                                     const im_read_options *options, GError **error);
IM_API void im_reader_free(im_reader *reader);

/** The next report, owned by the caller; NULL at the end. A report that cannot be read has its
 *  `error` set (IM_ERROR_FORMAT, _LIMIT; _IO when the input broke off), and reading goes on behind
 *  it. JSON Lines and CSV are read record by record: memory is bounded by the largest, and a line
 *  that comes through a pipe is returned before the next one is waited for. */
IM_API im_report *im_reader_next(im_reader *reader);

/** Whether the next report, or the end, can be told without waiting for who writes the input. */
IM_API gboolean im_reader_at_hand(const im_reader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_report, im_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_reader, im_reader_free)

G_END_DECLS

#endif
