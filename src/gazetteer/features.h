/** @file
 *  GeoNames' feature codes: which are taken, and as what. */
#ifndef IM_GAZETTEER_FEATURES_H
#define IM_GAZETTEER_FEATURES_H

#include <incmap/gazetteer.h>

/** A choice of features. */
typedef struct gaz_features gaz_features;

/** Reads a choice.
 *  @param list  classes and codes with commas between them, `P,A,H.LK,PRK`; `default` stands for what
 *               is taken by default, `all` for everything that is not historical; NULL for `default`
 *  @param error IM_ERROR_USAGE naming what is neither */
gaz_features *gaz_features_new(const char *list, GError **error);
void gaz_features_free(gaz_features *features);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_features, gaz_features_free)

/** Whether a feature is chosen, of what kind it is then, and how far it reaches (0: see
 *  draft_measure()). */
gboolean gaz_features_take(const gaz_features *features, char cls, const char *code,
                           im_place_kind *kind, double *radius_km);

#endif
