/** @file
 *  Where around a mark its name may stand. */
#ifndef IM_MAP_AROUND_H
#define IM_MAP_AROUND_H

#include "map/labels.h"
#include "map/marks.h"

/** Adds candidates right beside a body (Imhof 1962; Yoeli 1972), of each variant of the label.
 *  @param base    added to the cost of each
 *  @param weight  what the preference among them is multiplied with
 *  @param state   that the place is in, or IM_REGION_NONE */
void im_around_add(im_label *label, const im_box *body, double base, double weight,
                   const im_ground *ground, guint32 state);

/** How far off, and what for. */
typedef struct im_leading {
    guint variant;
    gboolean only_sea; /**< the label has to lie in the sea */
    double cost;
    double unit;         /**< of the theme */
    const im_site *from; /**< whose mark the leader begins at; NULL: at the body */
} im_leading;

/** Adds candidates farther off, all around, with a line back to the body. */
void im_around_add_led(im_label *label, const im_box *body, const im_ground *ground, guint32 state,
                       const im_leading *how);

#endif
