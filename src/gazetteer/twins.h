/** @file
 *  Which place of an earlier source a row is, when no id tells: a place of its kind and name close by. */
#ifndef IM_GAZETTEER_TWINS_H
#define IM_GAZETTEER_TWINS_H

#include "gazetteer/compile.h"

typedef struct gaz_twins gaz_twins;

/** Gathers the places of the draft that may turn out to be a row's.
 *  @param only_without_id  only those without a GeoNames id, for rows that have one */
gaz_twins *gaz_twins_new(const draft *d, gboolean only_without_id);
void gaz_twins_free(gaz_twins *twins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_twins, gaz_twins_free)

/** Finds the nearest place of the same kind, of no other country, that has the key of `p`'s name and
 *  lies within 5 km (of regions: within their reach); an airport whatever its name, within 4 km. Each
 *  place is found once.
 *  @return its id, or IM_PLACE_NONE */
im_place_id gaz_twins_take(gaz_twins *twins, const draft_place *p);

#endif
