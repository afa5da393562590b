/** @file
 *  Polygons that share borders, taken apart into arcs: each stretch of border is there once,
 *  however many polygons it bounds. So neighbours stay shut when borders are simplified, every
 *  border is drawn once, and polygons can be joined by leaving out the arcs between them. After
 *  Bostock's TopoJSON (2013). */
#ifndef IM_GEO_TOPOLOGY_H
#define IM_GEO_TOPOLOGY_H

#include "geo/polygon.h"

/** No unit: sea, or what was not read. */
#define IM_UNIT_NONE G_MAXUINT32

/** A stretch of border between two meetings of borders, or one closed ring (its last point then
 *  equals its first). */
typedef struct im_arc {
    guint32 first, n; /**< its points in im_topology.points */
    guint32 forward;  /**< the unit whose ring runs along it as it stands, or IM_UNIT_NONE */
    guint32 backward; /**< the unit whose ring runs the other way, or IM_UNIT_NONE */
    gboolean cut;     /**< made by clipping or the antimeridian: no border of the world's */
} im_arc;

/** That a ring of a unit runs along an arc. */
typedef struct im_use {
    guint32 arc, unit;
    gboolean backward;
} im_use;

typedef struct im_topology {
    GArray *points; /**< of im_xy, arc after arc */
    GArray *arcs;   /**< of im_arc */
    GArray *uses;   /**< of im_use, sorted by arc, then unit */
} im_topology;

/** Takes polygons in degrees apart.
 *  @param units   n_units of them, outer rings counter-clockwise; points that are the same place
 *                 must be the same numbers
 *  @param window  the box that they were clipped to: edges along it are cuts */
im_topology *im_topology_new(const im_rings *const *units, guint n_units, const im_box *window);
void im_topology_free(im_topology *topology);

/** Adds points to edges longer than `longest` (in either direction), so that they bend when they
 *  are projected. */
void im_topology_densify(im_topology *topology, double longest);

/** Simplifies every arc by im_line_simplify(); what is smaller than the tolerance in both
 *  directions and bounds nothing else goes. */
void im_topology_simplify(im_topology *topology, double tolerance);

/** The outlines of groups of units: borders within a group are left out.
 *  @param groups    group of each unit, below n_groups
 *  @return          n_groups of im_rings *; owned by the caller */
GPtrArray *im_topology_outlines(const im_topology *topology, const guint32 *groups, guint n_groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_topology, im_topology_free)

#endif
