/** @file
 *  The furniture of a map: legend, notes, scale bar, locator, title, sources. Each is built at the
 *  origin as a panel, then put where there is room. */
#ifndef IM_MAP_PANELS_H
#define IM_MAP_PANELS_H

#include "map/extent.h"
#include "map/marks.h"
#include "map/words.h"

typedef struct im_panel {
    const char *layer, *name; /**< of the layer that it becomes */
    GPtrArray *items;
    double width, height;
    im_box box; /**< px: where it was put; empty as long as it was not */
} im_panel;

im_panel *im_panel_new(const char *layer, const char *name);
void im_panel_free(im_panel *panel);

/** Puts the panel's upper left corner on a point. */
void im_panel_put(im_panel *panel, im_xy corner);

/** Adds a light ground and a thin edge below what a panel holds, with the theme's padding. */
void im_panel_frame(im_panel *panel, const im_theme *theme);

/** Adds text broken to a width. @return the baseline below the last line */
double im_panel_text(im_panel *panel, const char *cls, const char *text, double x, double y,
                     double width, guint most_lines, const im_text_style *style);

/** Types, sizes and signs that occur among the marks; without a frame. Empty (height 0) when there
 *  are none.
 *  @param maps  of im_marks *: those of one map, or of all of a series, which have one scale
 *  @param ground  its disputed borders are explained where some are in the frame
 *  @param wide  types in one column, the rest in a second one */
im_panel *im_panel_legend(const GPtrArray *maps, const im_ground *ground, gboolean wide,
                          const im_theme *theme);

/** "Not on the map": one paragraph a note. Height 0 when there are none.
 *  @param width  px of the text */
im_panel *im_panel_notes(const GPtrArray *notes, double width, const im_theme *theme);

/** A bar of a round length in kilometres and one in miles, true at the centre of the map; height 0
 *  where no one scale holds. */
im_panel *im_panel_scale(const im_view *view, const im_theme *theme);

/** An arrow to the north, on a grid where that is not straight up; height 0 elsewhere. Not on our own projections:
 *  there it is up in the middle, and elsewhere meridians converge. */
im_panel *im_panel_north(const im_view *view, const im_theme *theme);

/** Where in its country the map is; height 0 when it shows no part of one. */
im_panel *im_panel_locator(const im_extent *extent, const im_view *view, const im_theme *theme);

/** Says of a map of a series that nothing happened. */
im_panel *im_panel_empty(const char *period, const im_theme *theme);

/** Title and subtitle in a column of a width. */
im_panel *im_panel_title(const im_words *words, double width, double title_size_px,
                         const im_theme *theme);

/** Sources, data credits, and the disclaimer where one is asked for. */
im_panel *im_panel_sources(const im_words *words, const im_map_options *options, double width,
                           const im_theme *theme, char **line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_panel, im_panel_free)

#endif
