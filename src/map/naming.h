/** @file
 *  What a map writes beside things: places of incidents, states, neighbours, towns for orientation. */
#ifndef IM_MAP_NAMING_H
#define IM_MAP_NAMING_H

#include "map/context.h"
#include "map/labels.h"

typedef struct im_naming {
    GPtrArray *labels;  /**< of im_label *: sites in their order, then states, countries, context */
    guint n_unlabelled; /**< how many sites more were not even tried */
    guint n_sites;      /**< how many of them are of sites */
    guint first_context; /**< index of the first that is of a context place */
    GArray *context;     /**< of im_context_place, in the order of their labels */
} im_naming;

/** Makes the labels of a map and places them.
 *  @param gazetteer  for context places; NULL: none
 *  @param panels     of im_box: where no label may be
 *  @param callouts   how many places, of the most important, tell a fact */
im_naming *im_naming_new(const im_marks *marks, const im_ground *ground, const im_view *view,
                         const im_gazetteer *gazetteer, const GArray *panels, guint callouts,
                         const im_theme *theme);
/** Where text stands. @return of im_tilted, px; owned by the caller */
GArray *im_naming_lines(const im_naming *naming);
void im_naming_free(im_naming *naming);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_naming, im_naming_free)

#endif
