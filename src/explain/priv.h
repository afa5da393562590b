/** @file
 *  The inside of explain: what there is to say of a report, as rows of words (story.c), which each
 *  format lays out in its own way. */
#ifndef IM_EXPLAIN_PRIV_H
#define IM_EXPLAIN_PRIV_H

#include <incmap/explain.h>

/** A place in words. Strings are clean (see im_explain_clean()). */
typedef struct place_words {
    char *name;     /**< with its containers: `Tapalpa, Jalisco, Mexico` */
    char *kind;     /**< `town`, `state or province` */
    char *position; /**< `19.9457° N, 103.7593° W` */
} place_words;

/** A mention in words. */
typedef struct mention_words {
    guint number; /**< from 1 */
    im_span span;
    im_mention_status status;
    char *surface;                /**< on one line */
    char *verdict;                /**< the place's name, or that there is none */
    place_words place, runner_up; /**< name NULL where there is none */
    char *score, *runner_up_score;
    char *reason;   /**< NULL where nothing was chosen */
    char *relation; /**< how the place is meant, or NULL */
} mention_words;

/** An incident in words. */
typedef struct incident_words {
    char *title, *what, *where, *when, *quote;
    char *who;        /**< who did it to whom; empty where nobody is named */
    im_span sentence; /**< the first that carries it, bytes; empty where unknown */
} incident_words;

/** A name that is no mention, in words. */
typedef struct rejected_words {
    char *surface;
    const char *why;
} rejected_words;

/** A report in words. */
typedef struct story {
    const im_report *report;
    im_span body;         /**< of the report's text: without blanks around it */
    char *title, *origin; /**< headline or id; date, outlet and id on a line */
    GArray *mentions;     /**< of mention_words, in the order of the text */
    GArray *incidents;    /**< of incident_words */
    GArray *rejected;     /**< of rejected_words */
} story;

story *im_story_new(const im_gazetteer *gazetteer, const im_explained *explained);
void im_story_free(story *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(story, im_story_free)

/** Appends text for display: tabs and line breaks as they are, other control characters as their
 *  symbols (U+2400 …), embeddings and overrides of direction dropped, which could make what follows
 *  look different from what it is. */
void im_explain_clean(const char *text, gsize len, GString *out);

/** The same on one line: runs of white space become a space. Owned by the caller. */
char *im_explain_clean_line(const char *text, gsize len);

/** Layouts of a report. */
void im_explain_text(const story *s, const im_explain_options *options, GString *out);
void im_explain_html(const story *s, guint number, GString *out);
void im_explain_json(const im_gazetteer *gazetteer, const im_explained *e, GString *out);

/** What stands around the reports of a page. */
void im_explain_html_begin(GString *out);
void im_explain_html_end(GString *out);

#endif
