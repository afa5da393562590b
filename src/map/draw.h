/** @file
 *  The layers of the map itself, bottom first: sea, land, borders, marks, labels. */
#ifndef IM_MAP_DRAW_H
#define IM_MAP_DRAW_H

#include "map/gaps.h"
#include "map/graticule.h"
#include "map/naming.h"

/** Adds hexagons or states that count, which lie between land and borders; nothing without any. */
void im_draw_bins(im_map *map, const im_ground *ground, const im_marks *marks,
                  const im_theme *theme);

/** Adds sea, land, shaded states, hexagons and borders.
 *  @param graticule  its items move to the map; NULL: none
 *  @param gaps       where borders are not drawn */
void im_draw_ground(im_map *map, const im_ground *ground, const im_view *view,
                    const im_marks *marks, im_graticule *graticule, const im_gaps *gaps,
                    const im_theme *theme);

/** Adds rings, leaders, marks and labels; what was left out goes to map->dropped. */
void im_draw_marks(im_map *map, const im_marks *marks, const im_naming *naming,
                   const im_theme *theme);

#endif
