/** @file
 *  Marks: what stands for an incident, how large, where. Incidents of one place are one site. */
#ifndef IM_MAP_MARKS_H
#define IM_MAP_MARKS_H

#include "map/ground.h"
#include "map/symbols.h"

/** What the size of marks tells: people killed, where any were; else how many of the thing. */
typedef struct im_scale {
    gboolean by_deaths;
    int most;         /**< largest value; at most 1 when sizes tell nothing */
    double factor_px; /**< radius of a value v is factor × √v (area grows with the value) … */
    double least_px;  /**< … but not below this */
} im_scale;

/** The radius of a value; the least one for what is not known. */
double im_scale_radius(const im_scale *scale, int value);

/** The value of an incident on the scale; 0 where it has none. */
int im_scale_value(const im_scale *scale, const im_incident *incident);

/** @param n_together  as many marks are on one map */
im_scale im_scale_new(const GPtrArray *drawn, guint n_together, const im_theme *theme);

/** Classes of the hexagons that count: round lower bounds, ascending. */
enum { IM_MOST_CLASSES = 5 };

typedef struct im_classes {
    guint n; /**< 0 where nothing is counted */
    guint least[IM_MOST_CLASSES], most;
    gboolean by_state; /**< states are shaded, not hexagons drawn */
    gboolean own;      /**< areas of the user's own, too */
    double side_px;    /**< of a hexagon, from centre to centre */
} im_classes;

/** What the maps of a series have in common, whatever is on each of them. */
typedef struct im_common {
    im_scale scale;
    gboolean crowded;   /**< on one there are too many to show each */
    im_classes classes; /**< of what all maps count */
} im_common;

typedef struct im_mark {
    const im_incident *incident; /**< borrowed; the first of those that it stands for */
    guint n_incidents;           /**< more than 1 where a place has too many to show each */
    gboolean is_bin;             /**< counts incidents of all types around its place */
    im_symbol symbol;
    char *number; /**< inside the symbol, or NULL */
    char *tag;    /**< beside it: `×3`, or NULL */
    im_box box;   /**< around its centre, with its tag */
    im_xy centre; /**< px, in the frame */
} im_mark;

typedef struct im_site {
    GPtrArray *marks; /**< of im_mark *, by type */
    const char *name; /**< borrowed from an incident */
    gboolean is_area; /**< a fact about a state */
    gboolean is_bin;  /**< stands for all places of a hexagon or state: has no name */
    guint32 state;    /**< index of the state it lies in, or IM_REGION_NONE */
    im_lonlat position;
    im_xy point;       /**< px: where it is */
    im_box body;       /**< px: around all of its marks */
    gboolean is_moved; /**< a leader runs from the point to the body */
    gboolean is_under; /**< the point lies under a large mark of another site */
    im_xy leader[2];   /**< px: its ends: the point, and the middle of the nearest mark */
    double radius_km;  /**< the truth lies within; 0 for an exact place */
    im_rings *ring;    /**< px: that circle, or NULL */
    double weight;     /**< for the order of labels */
} im_site;

typedef struct im_marks {
    im_scale scale;
    im_classes classes;
    GPtrArray *sites;   /**< of im_site *, most important first */
    GPtrArray *outside; /**< of im_incident *: not in the frame; borrowed */
    GHashTable *
        shown_by; /**< of incidents that others stand for: im_incident * → the one whose mark it is */
} im_marks;

/** Groups incidents to sites, with marks in their right sizes, not yet placed.
 *  @param drawn   of im_incident *; borrowed
 *  @param common  of the series that it is one of; NULL: it is none */
im_marks *im_marks_new(const GPtrArray *drawn, const im_ground *ground, const im_view *view,
                       im_map_style style, const im_common *common, const im_theme *theme);

/** @param all    of im_incident *: of all maps of a series
 *  @param maps   of GPtrArray *: those of each of them */
im_common im_common_new(const GPtrArray *all, const GPtrArray *maps, const im_ground *ground,
                        const im_view *view, im_map_style style, const im_theme *theme);
void im_marks_free(im_marks *marks);

/** Hexagons, or states, that count the incidents in them. */
typedef struct im_bins im_bins;

/** @param by_state  states, not hexagons
 *  @param least     from so many incidents on they are counted */
im_bins *im_bins_new(const im_theme *theme, gboolean by_state, guint least);
void im_bins_free(im_bins *bins);

/** Counts an incident, which is borrowed.
 *  @param point   on the page
 *  @param state   that it is in, or IM_REGION_NONE: then it is in no bin of states
 *  @param weight  how important it is */
void im_bins_add(im_bins *bins, im_xy point, guint32 state, const im_incident *incident,
                 double weight);

/** How many are in the bin of the point, and the most important of them; 0 where they are few enough to be shown
 *  singly. */
guint im_bins_count(const im_bins *bins, im_xy point, guint32 state, const im_incident **first);

/** Adds how many are in each bin that is shown. @param counts  of guint */
void im_bins_count_each(const im_bins *bins, GArray *counts);

/** Classes that suit what was counted, in these bins and others like them. @param counts  of guint; will be sorted */
im_classes im_bins_classes(const im_bins *bins, GArray *counts);

/** Makes the site of one incident stand for all `n` of its bin. */
void im_site_become_bin(im_site *site, const im_classes *classes, guint n, const im_ground *ground,
                        const im_theme *theme);

/** The symbol of a class, without its number. */
im_symbol im_bin_symbol(const im_classes *classes, guint level);

/** For lists that own sites: frees an im_site. */
void im_site_free(gpointer site);

/** Places the marks: on their points where they have room, else beside them on a leader; those of
 *  areas inside them. In the same way every time. */
void im_marks_place(im_marks *marks, const im_ground *ground, const im_theme *theme);

/** The mark that stands on the point of a site: a large one, or the only one. NULL where all are
 *  small: then they stand in a row beside it. */
im_mark *im_site_hub(const im_site *site);

/** A mark's box on the page. */
im_box im_mark_box(const im_mark *mark);

/** Whether a leader runs over a tag of its own site. @param by  how far the marks will move */
gboolean im_site_tag_meets(const im_site *site, im_xy by, const im_xy leader[2]);

/** Where the leader of a site meets the edge of its body. */
im_xy im_site_edge(const im_site *site);

/** Between the box of a symbol and its tag: what is dashed or rimmed needs more, so that they do not touch. */
double im_mark_tag_gap(const im_mark *mark);

/** A dot at the place of a mark that stands beside it reaches so far. */
static const double IM_DOT_PX = 3.2;

/** Whether a mark is so large that the dot of another place can be seen on it, beside its number. */
gboolean im_mark_bears_dots(const im_mark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_marks, im_marks_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_bins, im_bins_free)

#endif
