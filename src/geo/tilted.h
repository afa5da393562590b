/** @file
 *  Rectangles that are turned: what text takes that is not level. */
#ifndef IM_GEO_TILTED_H
#define IM_GEO_TILTED_H

#include "geo/polygon.h"

/** A rectangle in a plane, turned about its middle. */
typedef struct im_tilted {
    im_xy middle;
    im_xy half;  /**< half its width, half its height, before it is turned */
    im_xy along; /**< of length 1: which way its width runs; its height runs to (-y, x) of that */
} im_tilted;

/** The direction at an angle. @param angle_deg  from the x towards the y axis: clockwise where y runs down */
im_xy im_direction(double angle_deg);

/** A box as it is. */
im_tilted im_tilted_level(const im_box *box);

/** A box turned about a point. @param angle_deg  as of im_direction() */
im_tilted im_tilted_about(const im_box *box, im_xy pivot, double angle_deg);

/** Larger by so much on each side: at the ends of its width, and of its height. */
im_tilted im_tilted_grown(im_tilted t, double ends, double sides);

/** The upright box around it. */
im_box im_tilted_bounds(const im_tilted *t);

/** A point as seen from the middle, with the width as the x axis. */
im_xy im_tilted_local(const im_tilted *t, im_xy p);

gboolean im_tilted_holds(const im_tilted *t, im_xy p);

/** Whether two overlap: no line parts them (Gottschalk, Lin and Manocha, OBBTree, 1996). */
gboolean im_tilted_overlap(const im_tilted *a, const im_tilted *b);

/** Whether a line meets it. */
gboolean im_tilted_meets_line(const im_tilted *t, const im_xy line[2]);

#endif
