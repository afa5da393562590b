/** @file
 *  What no printed map may have: labels over labels, over marks or cut by the frame. For tests. */
#ifndef IM_MAP_CHECK_H
#define IM_MAP_CHECK_H

#include "map/map.h"

/** Looks for faults.
 *  @param report  one line a fault is appended; NULL allowed
 *  @return        how many there are */
guint im_map_check(const im_map *map, GString *report);

#endif
