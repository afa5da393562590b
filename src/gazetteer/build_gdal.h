/** @file
 *  What the compiler asks of GDAL, in the module: bytes of packed files, and features of layers. */
#ifndef IM_GAZETTEER_BUILD_GDAL_H
#define IM_GAZETTEER_BUILD_GDAL_H

#include "base/module.h"

#include <incmap/geo.h>

typedef struct gaz_vsi gaz_vsi;

/** A feature of a layer. */
typedef struct gaz_feature {
    gint64 fid;
    const char *name, *id; /* of the fields; "" where unset */
    im_lonlat position;    /* of the point, or on the surface, in WGS 84 */
    double radius_km;      /* of a circle as large as the polygon; 0 for others */
    const char *fault;     /* why there is no position; or NULL */
} gaz_feature;

/** Takes a feature. @return FALSE to end with `error` set */
typedef gboolean (*gaz_feature_func)(const gaz_feature *feature, gpointer data, GError **error);

/** A layer to be read. */
typedef struct gaz_layer {
    const char *path;
    const char *layer;                 /* its name; NULL for the first */
    const char *name_field, *id_field; /* the second may be NULL */
} gaz_layer;

typedef struct gaz_gdal {
    /** Opens a /vsi… path; of an archive the file `X.txt` of `X.zip`. NULL with IM_ERROR_DATA. */
    gaz_vsi *(*open)(const char *path, GError **error);

    /** Reads up to `room` bytes; 0 at the end. FALSE with IM_ERROR_DATA. */
    gboolean (*read)(gaz_vsi *vsi, void *out, gsize room, gsize *n, GError **error);
    void (*close)(gaz_vsi *vsi);

    /** Calls `f` for each feature of a layer, in its order. FALSE with IM_ERROR_DATA naming the file,
     *  the layer or the field that is not there. */
    gboolean (*each)(const gaz_layer *layer, gaz_feature_func f, gpointer data, GError **error);
} gaz_gdal;

extern const gaz_gdal im_gis_gazetteer IM_MODULE_TABLE;

#endif
