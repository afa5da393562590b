/** @file
 *  Rings of others that run over the antimeridian. */
#ifndef IM_GEO_WRAP_H
#define IM_GEO_WRAP_H

#include "geo/polygon.h"

/** Cuts rings at the antimeridian (RFC 7946, 3.1.9), whether they jump there from 179 to -179 or run on to 181. An edge
 *  over more than half of the world is taken for such a jump, unless its ring surrounds a pole.
 *  @param rings  degrees, longitudes from -360 to 360; freed
 *  @return       longitudes from -180 to 180; owned by the caller */
im_rings *im_rings_wrap(im_rings *rings);

#endif
