/** @file
 *  Polygons in any plane: degrees, metres or pixels. Everything here is exact in the sense that
 *  the same edge gives the same result whichever way round it is walked, so that neighbours that
 *  share a border keep sharing it. */
#ifndef IM_GEO_POLYGON_H
#define IM_GEO_POLYGON_H

#include <incmap/geo.h>

/** A point in a plane; of degrees: x is the longitude. */
typedef struct im_xy {
    double x, y;
} im_xy;

/** A box in a plane; empty when min > max. */
typedef struct im_box {
    double min_x, min_y, max_x, max_y;
} im_box;

#define IM_BOX_EMPTY ((im_box){G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE})

void im_box_add(im_box *box, im_xy p);
gboolean im_box_is_empty(const im_box *box);
gboolean im_box_intersects(const im_box *a, const im_box *b);

/** Whether two lines, each given by its ends, cross inside both. */
gboolean im_segments_cross(const im_xy a[2], const im_xy b[2]);

/** Whether a line meets a box. */
gboolean im_segment_meets_box(const im_xy line[2], const im_box *box);

/** The rings of one or more polygons, outer and inner ones alike; the inside is what an odd number
 *  of them surrounds. Rings are closed without repeating their first point. Where the orientation
 *  is known, outer rings turn counter-clockwise (y up) and inner ones clockwise. */
typedef struct im_rings {
    GArray *points; /**< of im_xy */
    GArray *ends;   /**< of guint32: index behind the last point of each ring */
} im_rings;

im_rings *im_rings_new(void);
void im_rings_free(im_rings *rings);

/** Appends a point to the ring that is being built. */
void im_rings_add(im_rings *rings, im_xy p);

/** Ends the ring; one of fewer than three points is dropped. */
void im_rings_close(im_rings *rings);

guint im_rings_n(const im_rings *rings);

/** The points of ring `i`, `*n` of them; borrowed. */
im_xy *im_rings_get(const im_rings *rings, guint i, guint *n);

/** Signed area of a ring: positive when it turns counter-clockwise (y up). */
double im_ring_area(const im_xy *points, guint n);

/** Area of correctly turned rings: outer less inner ones. */
double im_rings_area(const im_rings *rings);

/** The main axis of a ring: along it its area has the larger of its principal second moments (the integrals that
 *  Green's theorem makes of edges: Steger, On the Calculation of Moments of Polygons, 1996).
 *  @param elongation  how many times as long as it is broad an ellipse with these moments is; at least 1; 1 for a
 *                     ring without area
 *  @return            degrees from the x towards the y axis, [-90, 90); 0 where there is none */
double im_ring_axis(const im_xy *points, guint n, double *elongation);

im_box im_ring_box(const im_xy *points, guint n);
im_box im_rings_box(const im_rings *rings);

/** Whether `p` is inside (even-odd). */
gboolean im_ring_contains(const im_xy *points, guint n, im_xy p);
gboolean im_rings_contain(const im_rings *rings, im_xy p);

/** Distance of `p` to the nearest edge, positive inside, negative outside. */
double im_rings_distance(const im_rings *rings, im_xy p);

/** The pole of inaccessibility: the inside point farthest from all edges, found by quartering
 *  cells (Agafonkin, polylabel, 2016).
 *  @param precision  how far from the best the distance may be
 *  @param distance   how far the point is from the nearest edge; NULL allowed */
im_xy im_rings_pole(const im_rings *rings, double precision, double *distance);

/** The part inside a box (Sutherland and Hodgman, 1974, ring by ring): concave rings stay one ring
 *  with edges that run along the box. */
im_rings *im_rings_clip(const im_rings *rings, const im_box *box);

/** Drops points of a line that are closer than `tolerance` to what is left (Douglas and Peucker,
 *  1973); both ends stay. In place. @return points left */
guint im_line_simplify(im_xy *points, guint n, double tolerance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_rings, im_rings_free)

#endif
