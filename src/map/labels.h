/** @file
 *  Placing labels: each has candidate positions with a cost; what is chosen never overlaps anything,
 *  and costs as little as a greedy start and rounds of swaps can make it (Imhof, Die Anordnung der
 *  Namen in der Karte, 1962; Christensen, Marks and Shieber, 1995). The same result every time. */
#ifndef IM_MAP_LABELS_H
#define IM_MAP_LABELS_H

#include "geo/tilted.h"
#include "map/tree.h"

enum { IM_LABEL_MOST_LINES = 3 };

/** One way to set a label. */
typedef struct im_candidate {
    im_box box;                 /**< upright, around the text */
    float angle_deg;            /**< of the text about the middle of the box, clockwise */
    float length_px, height_px; /**< of text that is not level */
    guint8 n_lines;
    im_anchor anchor;
    gboolean is_led; /**< a leader runs from `leader[0]` to the label */
    im_xy leader[2];
    im_box reach; /**< around the box and the leader; known when the labels are placed */
    double cost;
    guint8 variant; /**< index into the label's variants */
} im_candidate;

/** A label's text broken to lines. */
typedef struct im_variant {
    char *lines[IM_LABEL_MOST_LINES];
    guint8 n_lines;
    guint8 n_facts;    /**< how many of them, the last ones, are in the style of facts */
    im_text_size size; /**< width of the widest line, height of capitals of the first */
} im_variant;

typedef struct im_label {
    const char *cls;
    im_text_style style, fact_style;
    double priority;    /**< the cost of leaving it out */
    double fact_worth;  /**< the cost of a variant without the fact; 0 when there is no fact */
    GArray *variants;   /**< of im_variant */
    GArray *candidates; /**< of im_candidate */
    int chosen;         /**< index of a candidate; -1 when left out */
    im_colour halo_sea; /**< colour of the halo over the sea; 0: the same as over land */
} im_label;

/** A label set in one line; im_label_break() adds more variants.
 *  @param cls  static */
im_label *im_label_new(const char *cls, const char *text, const im_text_style *style,
                       double priority);
void im_label_free(im_label *label);

/** Adds variants in two and three lines where the text has spaces to break at. */
void im_label_break(im_label *label);

/** Adds a shorter text as the last variant. @return its index */
guint im_label_shorten(im_label *label, const char *text);

/** Adds a variant with a fact below the text, in one or two lines: a callout.
 *  @param worth  the cost of the other variants
 *  @param width  px: of the fact at the most
 *  @return       its index; 0 when the fact is too long, and nothing was added */
guint im_label_add_fact(im_label *label, const char *fact, const im_text_style *style, double worth,
                        double width);

/** Whether the label has a fact, but was placed without. */
gboolean im_label_lacks_fact(const im_label *label);

/** The text in one line; borrowed. */
const char *im_label_text(const im_label *label);

/** Width and height of a variant. Capitals only: without room for descenders. */
im_xy im_variant_extent(const im_label *label, guint variant);

/** Adds a candidate with its upper left corner at `corner`. @return borrowed, until the next */
im_candidate *im_label_add(im_label *label, guint variant, im_xy corner, im_anchor anchor,
                           double cost);

/** Adds a candidate of one line with its middle at `middle`; what is level, of any number of lines.
 *  @param angle_deg  clockwise */
void im_label_add_turned(im_label *label, guint variant, im_xy middle, double angle_deg,
                         double cost);

/** What the text of a candidate takes. */
im_tilted im_candidate_shape(const im_candidate *candidate);

/** Chooses candidates.
 *  @param labels     of im_label *
 *  @param obstacles  of im_box: what no label may overlap
 *  @param bounds     what no label may leave */
void im_labels_place(GPtrArray *labels, const GArray *obstacles, const im_box *bounds);

/** Appends what the lines of a placed label take, with a little air, to `lines`, of im_tilted. */
void im_label_add_lines(const im_label *label, GArray *lines);

/** Adds the text of a placed label to a list of items: a group of its lines. Its box is the
 *  candidate's. */
im_item *im_label_draw(const im_label *label, GPtrArray *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_label, im_label_free)

#endif
