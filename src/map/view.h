/** @file
 *  From degrees to pixels: a projection, a scale and a frame. */
#ifndef IM_MAP_VIEW_H
#define IM_MAP_VIEW_H

#include "geo/projection.h"

typedef struct im_view {
    im_projection *projection;
    char *definition;
    im_projection_kind kind;
    gboolean is_grid; /**< of the user's choice, and so not centred on what is shown */
    im_box frame;     /**< px */
    im_box content;   /**< px: where the points of the fit lie, with their margin */
    im_box window;    /**< degrees: what may be seen in the frame, and a little more */
    double lon_0;     /**< degrees: in the middle, farthest from any seam */
    im_xy origin_m;   /**< metres at pixel 0, 0 */
    double px_per_m;
    double km_per_px; /**< on the ground at the centre of the frame */
} im_view;

/** What a frame has to show. */
typedef struct im_fit {
    const GArray *points; /**< of im_xy, degrees; at least one */
    im_box box;           /**< of the points */
    double margin;        /**< air around them, in parts of their extent */
    double least_km;      /**< least extent in either direction */
    const char *crs;      /**< that the map is to be in; NULL: a projection that suits the box */
} im_fit;

/** The view in which the points of `fit` fill a frame.
 *  @param frame  px
 *  @param room   px: the part of the frame that the points should fill
 *  @param align  where they go when there is room to spare, 0 left or top .. 1 right or bottom
 *  @param error  IM_ERROR_USAGE when there is nothing to see in it, or the `crs` of the fit cannot be used */
im_view *im_view_new(const im_fit *fit, const im_box *frame, const im_box *room, im_xy align,
                     GError **error);
void im_view_free(im_view *view);

/** Degrees to pixels, in place. */
void im_view_project(const im_view *view, im_xy *points, gsize n);

im_xy im_view_px(const im_view *view, im_lonlat at);

/** Pixels to degrees. @return FALSE where there is nothing */
gboolean im_view_degrees(const im_view *view, im_xy px, im_xy *degrees);

/** By how much north is right of straight up at the middle of the frame, in degrees; negative: left of it. */
double im_view_north(const im_view *view);

/** Whether a position has a place in the frame. @param px  its im_view_px() */
gboolean im_view_shows(const im_view *view, im_lonlat at, im_xy px);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_view, im_view_free)

#endif
