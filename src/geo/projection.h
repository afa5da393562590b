/** @file
 *  Map projections, by PROJ. */
#ifndef IM_GEO_PROJECTION_H
#define IM_GEO_PROJECTION_H

#include "geo/polygon.h"

typedef struct im_projection im_projection;

/** A projection from a definition as PROJ reads it (`+proj=lcc +lat_1=17 …`); its unit is metres.
 *  @return owned by the caller; NULL with IM_ERROR_DATA when PROJ does not know it */
im_projection *im_projection_new(const char *definition, GError **error);
void im_projection_free(im_projection *projection);

/** That of a projected coordinate reference system: `EPSG:6372`, `ESRI:102008`, `+proj=utm +zone=13`, WKT; of any
 *  unit, which becomes metres.
 *  @param about  degrees: what it is to be used for
 *  @param error  IM_ERROR_USAGE when PROJ knows no such system, or that it is not made for that place
 *  @return       owned by the caller */
im_projection *im_projection_of_crs(const char *crs, im_xy about, GError **error);

/** Projects degrees (x: longitude) to metres, in place; HUGE_VAL for what has no place in it. */
void im_projection_forward(const im_projection *projection, im_xy *points, gsize n);

/** From metres back to degrees. @return FALSE where there is no such position */
gboolean im_projection_inverse(const im_projection *projection, im_xy metres, im_xy *degrees);

/** What a projection was chosen for; decides whether a scale bar can be true. */
typedef enum im_projection_kind {
    IM_PROJECTION_NONE = 0,
    IM_PROJECTION_WORLD,       /**< the whole earth, equal area */
    IM_PROJECTION_CONTINENTAL, /**< a large part of it, equal area */
    IM_PROJECTION_REGIONAL,    /**< a country or less, conformal: one scale holds for all of it */
} im_projection_kind;

/** A projection that suits an extent, after Snyder (Map Projections: A Working Manual, 1987, table
 *  on page 34) and the Projection Wizard (Šavrič, Jenny and Jenny, 2016): for a country of middle
 *  latitude Lambert's conformal conic with standard parallels a sixth of the extent from its
 *  edges, transverse Mercator where it is tall, Mercator near the equator, azimuthal at the poles
 *  and for continents, Equal Earth for the world.
 *  @param extent  in degrees, min_x < max_x (beyond 180 when it spans the antimeridian)
 *  @return        a definition, owned by the caller */
char *im_projection_choose(const im_box *extent, im_projection_kind *kind);

/** Distance on the WGS 84 ellipsoid in kilometres (Karney, 2013), of points in degrees. */
double im_geodesic_km(im_xy a, im_xy b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_projection, im_projection_free)

#endif
