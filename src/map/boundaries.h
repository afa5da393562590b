/** @file
 *  Countries, states and disputed borders by the part of the world that is needed: those of the atlas, or states of
 *  the user's own. */
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
    im_rings *rings;  /**< degrees; outer rings counter-clockwise. Lines for disputed borders */
} im_unit;

/** Frees an im_unit. */
void im_unit_free(gpointer unit);

/** A layer that GDAL reads (boundaries_gdal.c). */
typedef struct im_boundary_file im_boundary_file;

typedef struct im_boundary_reader {
    /** @param is_users  names are those of `name_field`, or of the first field that holds text when it is NULL;
     *                   else those of the field `name` */
    im_boundary_file *(*open)(const char *path, const char *name_field, gboolean is_users,
                              GError **error);
    /** As im_boundaries_read_whole(). */
    GPtrArray *(*read)(im_boundary_file *file, const im_box *box, GError **error);
    void (*close)(im_boundary_file *file);
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
 *  @param folder      NULL: im_geodata_default_path()
 *  @param user_path   a GDAL layer to use as states; NULL. Any driver, any coordinate system
 *  @param name_field  field with the names in it; NULL: the first of type string
 *  @param error       IM_ERROR_DATA naming the file */
im_boundaries *im_boundaries_open(const char *folder, const char *user_path, const char *name_field,
                                  GError **error);
void im_boundaries_free(im_boundaries *boundaries);

/** Reads what meets a window.
 *  @param window  degrees; may run beyond 180 to the east, by less than 360. Longitudes of the
 *                 result are shifted into it, and polygons are clipped to it
 *  @param snap    coordinates are rounded to multiples of this power of two, so that small things
 *                 vanish before they cost anything; 0: as they are
 *  @return        of im_unit *, in the order of the file; owned by the caller. NULL with
 *                 IM_ERROR_DATA when the file is corrupt */
GPtrArray *im_boundaries_read(im_boundaries *boundaries, im_boundary_layer layer,
                              const im_box *window, double snap, GError **error);

/** The whole of each feature that meets a box in degrees (inside -180..180; NULL: of all), not
 *  clipped. */
GPtrArray *im_boundaries_read_whole(im_boundaries *boundaries, im_boundary_layer layer,
                                    const im_box *box, GError **error);

/** Names of all countries by ISO code. @return char * → char *, owned by the caller */
GHashTable *im_boundaries_country_names(im_boundaries *boundaries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_boundaries, im_boundaries_free)

#endif
