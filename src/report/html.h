/** @file
 *  What the reader of HTML pages collects on its way through a page. */
#ifndef IM_REPORT_HTML_H
#define IM_REPORT_HTML_H

#include "report/priv.h"

/** Metadata as found, best source first; NULL where a page has none. */
typedef struct im_html_meta {
    char *title, *h1, *og_title;
    char *og_site, *og_url, *canonical;
    char *published; /**< of <meta>, the best name wins */
    guint published_rank;
    char *time; /**< <time datetime>, inside of the article when there is one there */
    gboolean time_in_article;
    char *language;
    GPtrArray *json_ld; /**< of char *, the scripts */
} im_html_meta;

void im_html_meta_init(im_html_meta *meta);
void im_html_meta_clear(im_html_meta *meta);

/** An attribute's value, or NULL. `attributes` as libxml2's SAX gives them: name, value, …, NULL. */
const char *im_html_attribute(const guchar **attributes, const char *name);

/** Looks at an element that opens. */
void im_html_meta_element(im_html_meta *meta, const char *name, const guchar **attributes,
                          gboolean in_article);

/** Puts what was found into the report, JSON-LD first. */
void im_html_meta_apply(const im_html_meta *meta, im_report *report);

/** Reads a page: text as a reader sees it, and its metadata. IM_ERROR_LIMIT when nested too deep. */
gboolean im_html_read(const char *bytes, gsize len, const im_read_options *options,
                      im_report *report, GError **error);

/** Whether a reader does not see the element, or sees it beside the report: navigation, share
 *  buttons, cookies, related links. `by_class` also judges by words in class, id and role. */
gboolean im_html_is_beside(const char *name, const guchar **attributes, gboolean by_class);

#endif
