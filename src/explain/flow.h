/** @file
 *  Lines of a terminal: words run into lines of a width, with a hanging indent. Columns are counted
 *  as terminals do: wide characters (Chinese …) take two, combining marks none. */
#ifndef IM_EXPLAIN_FLOW_H
#define IM_EXPLAIN_FLOW_H

#include <glib.h>

typedef struct flow {
    GString *out;         /**< borrowed */
    guint columns;        /**< of a line */
    guint indent;         /**< of the lines to come */
    guint at;             /**< columns taken on this line */
    gboolean behind_word; /**< the next word needs a space */
    GString *word;        /**< begun and not yet out */
    guint word_columns;
} flow;

void im_flow_init(flow *f, GString *out, guint columns);
void im_flow_clear(flow *f);

/** Adds text that is clean (im_explain_clean()); its white space may become a line's end, its line
 *  breaks are kept. */
void im_flow_text(flow *f, const char *text);

/** Adds what takes no room: a change of colour. */
void im_flow_unseen(flow *f, const char *bytes);

/** Ends the line, if anything stands on it. */
void im_flow_end_line(flow *f);

/** Goes on at a column: on this line, or on the next when it is past. Sets the indent to it. */
void im_flow_column(flow *f, guint column);

/** Columns that text takes on one line. */
guint im_flow_width(const char *text);

#endif
