/** @file
 *  Towns that orient the reader: few, well apart, and none that tells of an incident. */
#ifndef IM_MAP_CONTEXT_H
#define IM_MAP_CONTEXT_H

#include "map/marks.h"

#include <incmap/gazetteer.h>

typedef struct im_context_place {
    char *name;
    im_xy at; /**< px */
    gboolean is_capital;
} im_context_place;

/** Chooses capitals, seats and large towns in the countries that the map is about.
 *  @param gazetteer  NULL: none
 *  @return           of im_context_place, most important first; owned by the caller */
GArray *im_context_new(const im_gazetteer *gazetteer, const im_marks *marks,
                       const im_ground *ground, const im_view *view, const im_theme *theme);

#endif
