/** @file
 *  What no printed map may have: labels over labels, over marks or cut by the frame. For tests. */
#ifndef IM_MAP_CHECK_H
#define IM_MAP_CHECK_H

#include "map/map.h"

/** Looks for faults. Where incidents are counted, single marks may lie over each other.
 *  @param may_crowd  so they may where there are too many for the page
 *  @param report  one line a fault is appended; NULL allowed
 *  @return        how many there are */
guint im_map_check(const im_map *map, gboolean may_crowd, GString *report);

#endif
