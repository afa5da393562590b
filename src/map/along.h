/** @file
 *  Names along the main axis of what they name, as atlases set those of long regions. */
#ifndef IM_MAP_ALONG_H
#define IM_MAP_ALONG_H

#include "map/cells.h"

/** The angle at which a name lies along an axis. What is nearly level is level, what is nearly upright is upright and
 *  read upwards; nothing stands on its head.
 *  @param axis_deg  of the axis, clockwise
 *  @return          whole degrees clockwise, [-90, 90); 0: level */
double im_along_angle(double axis_deg);

/** Finds where the first variant of a name lies wholly in an elongated region, along its main axis (im_ring_axis() of
 *  the largest part around its pole) or a little off it, where it bends.
 *  @param out     of im_name_spot: appended; none where the region is not elongated, or the axis level
 *  @param extent  px: of the name before it is turned
 *  @param clear   px: between its letters and the border, at the least: more than the halo */
void im_along_find(GArray *out, const im_bed *bed, im_xy extent, double clear);

#endif
