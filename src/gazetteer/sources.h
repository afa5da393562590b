/** @file
 *  What the sources on a command line are. */
#ifndef IM_GAZETTEER_SOURCES_H
#define IM_GAZETTEER_SOURCES_H

#include <incmap/gazetteer.h>

/* In the order in which they are read: what others refer to first. */
typedef enum gaz_source_format {
    GAZ_FROM_FOLDER,
    GAZ_FROM_DUMP,
    GAZ_FROM_CODES,
    GAZ_FROM_COUNTRY_INFO,
    GAZ_FROM_AGEEML,
    GAZ_FROM_LAYER,
    GAZ_FROM_HIERARCHY,
    GAZ_FROM_ALTERNATES,
    GAZ_FROM_N
} gaz_source_format;

typedef struct gaz_source {
    char *path;
    gaz_source_format format;
} gaz_source;

/** Tells sources by their names or first lines; a folder of GeoNames' tables is its files.
 *  @param has_name_field  whether what is nothing else may be a layer
 *  @return                GArray of gaz_source in the order given; owned by the caller */
GArray *gaz_find_sources(const char *const *paths, gboolean has_name_field, GError **error);

#endif
