/** @file
 *  Where on a map there is room for its furniture: over sea and neighbours, along the frame. */
#ifndef IM_MAP_ROOM_H
#define IM_MAP_ROOM_H

#include "map/marks.h"

typedef struct im_room im_room;

/** Weighs every cell of the frame: sea is free, neighbours nearly, the land that the map is about
 *  costs, and marks are never to be covered. */
im_room *im_room_new(const im_ground *ground, const im_marks *marks, const im_theme *theme);
void im_room_free(im_room *room);

/** Finds the best place along the frame for a box.
 *  @param wanted   corner of the frame to be near to, all else being equal: 0 or 1 for x and y
 *  @param corner   its upper left corner
 *  @return         what part of it covers what it should not, 0..1; more than 1 when it covers
 *                  marks or other furniture, or does not fit at all */
double im_room_find(const im_room *room, double width, double height, im_xy wanted, im_xy *corner);

/** Makes a part of the map dearer to cover: an even ground that has to be seen. */
void im_room_spare(im_room *room, const im_box *box);

/** Keeps other furniture away from a box. */
void im_room_take(im_room *room, const im_box *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_room, im_room_free)

#endif
