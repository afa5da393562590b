/** @file
 *  Positions on the earth. Longitude always comes first; both in degrees, WGS 84. */
#ifndef INCMAP_GEO_H
#define INCMAP_GEO_H

#include <incmap/api.h>

G_BEGIN_DECLS

/** A position. */
typedef struct im_lonlat {
    double lon_deg; /**< east positive, -180..180 */
    double lat_deg; /**< north positive, -90..90 */
} im_lonlat;

/** A box in degrees; west > east when it spans the antimeridian. */
typedef struct im_bbox {
    double west_deg, south_deg, east_deg, north_deg;
} im_bbox;

/** Whether both parts are finite and in range. */
IM_API gboolean im_lonlat_is_valid(im_lonlat p);

/** Mean radius of the earth in kilometres (IUGG). */
#define IM_EARTH_RADIUS_KM 6371.0088

/** Great-circle distance in kilometres on the mean sphere (haversine, R = 6371.0088 km, IUGG mean
 *  radius R1); error against the ellipsoid is below 0.6 %. */
IM_API double im_distance_km(im_lonlat a, im_lonlat b);

/** The point reached from `from` after `distance_km` on the initial bearing `bearing_deg`
 *  (clockwise from north), on the same sphere. */
IM_API im_lonlat im_destination(im_lonlat from, double bearing_deg, double distance_km);

G_END_DECLS

#endif
