/** @file
 *  Why each mark is where it is: a report with its place names and incidents pointed out, the reading
 *  of each name, its reason and its runner-up, for a person (terminal, HTML) or a program (JSON). */
#ifndef INCMAP_EXPLAIN_H
#define INCMAP_EXPLAIN_H

#include <incmap/error.h>
#include <incmap/incident.h>

G_BEGIN_DECLS

typedef enum im_explain_format {
    IM_EXPLAIN_NONE = 0,
    IM_EXPLAIN_TEXT, /**< for a terminal or a file of plain text */
    IM_EXPLAIN_HTML, /**< one page, without scripts or anything from elsewhere */
    IM_EXPLAIN_JSON, /**< one line a report */
} im_explain_format;

/** A format by name (`text`, `html`, `json`) or, when NULL, by the suffix of `path` (.txt, .html, .htm,
 *  .json, .jsonl). @return IM_EXPLAIN_NONE with IM_ERROR_USAGE, naming what is known */
IM_API im_explain_format im_explain_format_find(const char *name, const char *path, GError **error);

typedef struct im_explain_options {
    im_explain_format format;
    guint columns;   /**< of text: width of the terminal; 0: 80; at least 40 */
    gboolean colour; /**< of text: mark names by colour, too (SGR sequences) */
} im_explain_options;

/** One report to explain; all borrowed. */
typedef struct im_explained {
    const im_report *report;    /**< read without error */
    const GArray *mentions;     /**< of im_mention */
    const GArray *rejected;     /**< of im_rejected; NULL: nothing is said of them */
    const GPtrArray *incidents; /**< of im_incident *; NULL as well */
} im_explained;

/** Appends what stands before the first report. */
IM_API void im_explain_begin(const im_explain_options *options, GString *out);

/** Appends a report. Control characters of its text are shown as symbols, never passed on.
 *  @param number  of the report in this output, from 1: tells its anchors from those of others */
IM_API void im_explain_report(const im_gazetteer *gazetteer, const im_explained *explained,
                              guint number, const im_explain_options *options, GString *out);

/** Appends what stands behind the last report. */
IM_API void im_explain_end(const im_explain_options *options, GString *out);

G_END_DECLS

#endif
