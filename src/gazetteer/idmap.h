/** @file
 *  GeoNames ids → places of the draft: a table of two levels, for ids lie close together. */
#ifndef IM_GAZETTEER_IDMAP_H
#define IM_GAZETTEER_IDMAP_H

#include <incmap/gazetteer.h>

typedef struct gaz_idmap gaz_idmap;

gaz_idmap *gaz_idmap_new(void);
void gaz_idmap_free(gaz_idmap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_idmap, gaz_idmap_free)

/** The place of an id, or IM_PLACE_NONE. */
im_place_id gaz_idmap_get(const gaz_idmap *map, guint32 geonameid);
void gaz_idmap_set(gaz_idmap *map, guint32 geonameid, im_place_id place);

/** A set of ids. */
typedef struct gaz_idset gaz_idset;

gaz_idset *gaz_idset_new(void);
void gaz_idset_free(gaz_idset *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_idset, gaz_idset_free)

/** @return whether it was not there before */
gboolean gaz_idset_add(gaz_idset *set, guint32 geonameid);

#endif
