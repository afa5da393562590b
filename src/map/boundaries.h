/** @file
 *  Countries, states and disputed borders by the part of the world that is needed, and boundaries of the user's own:
 *  municipalities, districts. */
#ifndef IM_MAP_BOUNDARIES_H
#define IM_MAP_BOUNDARIES_H

#include "base/module.h"
#include "geo/polygon.h"

#include <incmap/error.h>

/** A country or a part of one. Strings are never NULL. */
typedef struct im_unit {
    char iso[3];     /**< ISO 3166-1 alpha-2, "" where none */
    char *admin1;    /**< GeoNames code, `MX.14`; "" for a country */
    char *iso3166_2; /**< `MX-JAL`, or "" */
    char *name;
    gboolean is_part; /**< a part of its admin1: its name is not that of the admin1 */
    guint32 feature;  /**< of the user's file: which of its features, from 1; 0 in the atlas */
    im_rings *rings;  /**< degrees; outer rings counter-clockwise. Lines for disputed borders */
} im_unit;

/** Frees an im_unit. */
void im_unit_free(gpointer unit);

/** Boundaries of the user's own: any layer that GDAL reads, in any coordinate system. */
typedef struct im_own_source {
    const char *path;
    const char *layer;      /**< NULL where the file has one layer of areas only */
    const char *name_field; /**< NULL: the likeliest, else the first that holds text */
} im_own_source;

typedef struct im_boundary_reader {
    /** All of a layer of geodata/, as atlasc takes it. @return of im_unit *; NULL with IM_ERROR_DATA */
    GPtrArray *(*read)(const char *path, GError **error);
    /** All areas of the user's layer, in degrees, cut at the antimeridian (own_gdal.c).
     *  @param faults  of char *: what of it is not drawn, or not as it stands, is added
     *  @param error   IM_ERROR_USAGE for a layer or field that is not there, naming those that are; IM_ERROR_DATA
     *                 naming the file and the feature
     *  @return        of im_unit *, at least one; owned by the caller */
    GPtrArray *(*read_own)(const im_own_source *source, GPtrArray *faults, GError **error);
} im_boundary_reader;

extern const im_boundary_reader im_gis_boundaries IM_MODULE_TABLE;

typedef struct im_boundaries im_boundaries;

typedef enum im_boundary_layer {
    IM_BOUNDARY_COUNTRIES = 0,
    IM_BOUNDARY_STATES,
    IM_BOUNDARY_DISPUTED,
    IM_BOUNDARY_N
} im_boundary_layer;

/** Opens the atlas of a folder.
 *  @param folder  NULL: im_geodata_default_path()
 *  @param own     boundaries of the user's own beside it; NULL
 *  @param error   IM_ERROR_DATA naming the file; of `own` as of im_boundary_reader.read_own */
im_boundaries *im_boundaries_open(const char *folder, const im_own_source *own, GError **error);
void im_boundaries_free(im_boundaries *boundaries);

/** Reads what meets a window.
 *  @param window  degrees; may run beyond 180 to the east, by less than 360. Longitudes of the
 *                 result are shifted into it, and polygons are clipped to it
 *  @param snap    coordinates are rounded to multiples of this power of two, so that small things
 *                 vanish before they cost anything; 0: as they are
 *  @return        of im_unit *, in the order of the file; owned by the caller */
GPtrArray *im_boundaries_read(const im_boundaries *boundaries, im_boundary_layer layer,
                              const im_box *window, double snap);

/** The whole of each feature that meets a box in degrees (inside -180..180; NULL: of all), not
 *  clipped. */
GPtrArray *im_boundaries_read_whole(const im_boundaries *boundaries, im_boundary_layer layer,
                                    const im_box *box);

/** As im_boundaries_read(), of the user's own; empty where there are none. */
GPtrArray *im_boundaries_read_own(const im_boundaries *boundaries, const im_box *window,
                                  double snap);

/** All of the user's own, in the order of the file; NULL where there are none. Borrowed. */
const GPtrArray *im_boundaries_own(const im_boundaries *boundaries);

/** What of the user's own is not drawn, or not as it stands: of char *, borrowed. */
const GPtrArray *im_boundaries_faults(const im_boundaries *boundaries);

/** Names of all countries by ISO code. @return char * → char *, owned by the caller */
GHashTable *im_boundaries_country_names(const im_boundaries *boundaries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_boundaries, im_boundaries_free)

#endif
