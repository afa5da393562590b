/** @file
 *  Which part of the world a map shows. */
#ifndef IM_MAP_EXTENT_H
#define IM_MAP_EXTENT_H

#include "map/boundaries.h"
#include "map/view.h"

#include <incmap/map.h>

typedef struct im_extent {
    im_fit fit;               /**< its points are owned here */
    gboolean is_part;         /**< shows less than a country: a locator helps */
    im_rings *outline;        /**< degrees: of the country that it is a part of; NULL */
    GPtrArray *countries;     /**< of char *: ISO codes that the map is about, sorted */
    GPtrArray *country_names; /**< of char *: in the same order */
} im_extent;

/** Chooses an extent: what the options ask for, else what fits the incidents, snapped to their
 *  states or countries when it covers a good part of them anyway.
 *  @param drawn  incidents that will be marks
 *  @param all    all incidents: they say which country the map is about when none can be drawn
 *  @param error  IM_ERROR_USAGE for an extent that is nowhere; IM_ERROR_DATA */
im_extent *im_extent_new(const GPtrArray *drawn, const GPtrArray *all,
                         const im_boundaries *boundaries, const im_map_options *options,
                         GError **error);
void im_extent_free(im_extent *extent);

/** The points of those parts of a country that belong on its map: the largest, and others that are
 *  large for the room that they ask for (Tasmania, not Alaska or the Galápagos).
 *  @param points  a part that holds one of them always belongs; NULL
 *  @return        of im_xy, owned by the caller */
GArray *im_extent_mainland(const im_rings *rings, const GArray *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_extent, im_extent_free)

#endif
