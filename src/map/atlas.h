/** @file
 *  The boundaries of the world in one file that is mapped into memory: made at build time of the .fgb files of geodata/ by atlasc,
 *  read without GDAL. */
#ifndef IM_MAP_ATLAS_H
#define IM_MAP_ATLAS_H

#include "map/boundaries.h"

/** Name of the file in the folder of the data. */
#define IM_ATLAS_FILE "boundaries.atlas"

typedef struct im_atlas im_atlas;

/** @param error  IM_ERROR_DATA naming the file, and the byte where it is damaged */
im_atlas *im_atlas_open(const char *path, GError **error);

/** The same of bytes that are in memory, at an address that is a multiple of four. @param name  for messages */
im_atlas *im_atlas_open_bytes(GBytes *bytes, const char *name, GError **error);
void im_atlas_free(im_atlas *atlas);

/** The units whose boxes meet a box in degrees (NULL: all), in the order of the file.
 *  @return  of im_unit *, owned by the caller */
GPtrArray *im_atlas_read(const im_atlas *atlas, im_boundary_layer layer, const im_box *box);

/** Names of all countries by ISO code. @return char * → char *, owned by the caller */
GHashTable *im_atlas_country_names(const im_atlas *atlas);

/** The bytes of an atlas: coordinates are kept to a ten-millionth of a degree, about a centimetre.
 *  @param layers  of im_unit *, by im_boundary_layer */
GByteArray *im_atlas_make(GPtrArray *const layers[IM_BOUNDARY_N]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_atlas, im_atlas_free)

#endif
