/** @file
 *  Where incidents are, as the choice of the extent looks at it: of very many points those that count. Longitudes run
 *  on beyond 180 where the points do. */
#ifndef IM_MAP_SPREAD_H
#define IM_MAP_SPREAD_H

#include "geo/polygon.h"

#include <incmap/incident.h>

typedef struct im_spread {
    GArray *points;    /**< of im_xy: where the incidents are, then how far they reach */
    GArray *centres;   /**< of im_xy: of where they are as many as tell which units they touch */
    GArray *stateless; /**< of im_xy: of those that do not say which country they are in */
} im_spread;

/** @param drawn  of im_incident * */
im_spread im_spread_new(const GPtrArray *drawn);
void im_spread_clear(im_spread *spread);

/** The meridian after the widest gap between longitudes: from there on they are together. Gaps of less than a
 *  degree are no seam. */
double im_spread_first_meridian(const GArray *points);

/** Moves points before that meridian once around the earth. */
void im_spread_unwrap(GArray *points, double first);

#endif
