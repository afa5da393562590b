/** @file
 *  Meridians and parallels at round degrees, named where they meet the frame. */
#ifndef IM_MAP_GRATICULE_H
#define IM_MAP_GRATICULE_H

#include "map/theme.h"
#include "map/tree.h"
#include "map/view.h"

typedef struct im_graticule {
    double lon_step, lat_step; /**< degrees */
    GPtrArray *items;          /**< of im_item *: the lines */
    GPtrArray *labels;         /**< of im_item *: groups of a text each */
} im_graticule;

/** Lines about a sixth of the frame apart.
 *  @param taken  of im_box, px: where no degrees may stand */
im_graticule *im_graticule_new(const im_view *view, const GArray *taken, const im_theme *theme);
void im_graticule_free(im_graticule *graticule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_graticule, im_graticule_free)

#endif
