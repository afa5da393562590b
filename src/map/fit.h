/** @file
 *  Where in a region a name has room. */
#ifndef IM_MAP_FIT_H
#define IM_MAP_FIT_H

#include "map/ground.h"
#include "map/labels.h"

/** Adds candidates to a label wherever one of its variants lies wholly within a region or, where it
 *  has no room there, half in the sea before its coast; the nearer to its pole of inaccessibility,
 *  the cheaper.
 *  @param region      index among the ground's states, or its countries
 *  @param n_variants  how many of the label's, from the first on
 *  @param cost        of the best one
 *  @return            how many were added */
guint im_fit_in_region(im_label *label, const im_ground *ground, guint32 region,
                       gboolean is_country, guint n_variants, double cost);

/** As im_fit_in_region(); where the first variant has no room level and the region is elongated, it also lies along
 *  the region's main axis, wholly within it.
 *  @return  how many of those that were added are level */
guint im_fit_along_region(im_label *label, const im_ground *ground, guint32 region,
                          gboolean is_country, guint n_variants, double cost);

/** The same as im_fit_in_region() for one variant in a state. */
guint im_fit_variant(im_label *label, const im_ground *ground, guint32 state, guint variant,
                     double cost);

#endif
