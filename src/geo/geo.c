#include <incmap/geo.h>

#include <math.h>

static double radians(double degrees)
{
    return degrees * (G_PI / 180.0);
}

gboolean im_lonlat_is_valid(im_lonlat p)
{
    return isfinite(p.lon_deg) && isfinite(p.lat_deg) && fabs(p.lon_deg) <= 180.0 &&
           fabs(p.lat_deg) <= 90.0;
}

double im_distance_km(im_lonlat a, im_lonlat b)
{
    double half_lat = sin(radians(b.lat_deg - a.lat_deg) / 2);
    double half_lon = sin(radians(b.lon_deg - a.lon_deg) / 2);
    double h = half_lat * half_lat +
               cos(radians(a.lat_deg)) * cos(radians(b.lat_deg)) * half_lon * half_lon;
    return 2 * IM_EARTH_RADIUS_KM * asin(sqrt(fmin(1.0, h)));
}

im_lonlat im_destination(im_lonlat from, double bearing_deg, double distance_km)
{
    double angle = distance_km / IM_EARTH_RADIUS_KM, bearing = radians(bearing_deg);
    double lat = radians(from.lat_deg);
    double sin_lat = sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(bearing);
    double turn = atan2(sin(bearing) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin_lat);
    double lon = from.lon_deg + turn * (180.0 / G_PI);
    return (im_lonlat){remainder(lon, 360.0), asin(fmax(-1, fmin(1, sin_lat))) * (180.0 / G_PI)};
}
