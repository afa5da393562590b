/** @file
 *  A place as numbers only, for those who weigh many: none of its strings is looked at. */
#ifndef IM_GAZETTEER_RECORD_H
#define IM_GAZETTEER_RECORD_H

#include <incmap/gazetteer.h>

typedef struct im_place_record {
    im_place_kind kind;
    im_lonlat position;
    double radius_km;
    guint32 population;
    im_place_id country, admin1, admin2;
    const char *feature_code, *country_code; /**< as in im_place */
} im_place_record;

/** The numbers of the place `id`, which must be below im_gazetteer_n_places(). */
im_place_record im_gazetteer_record(const im_gazetteer *gazetteer, im_place_id id);

/** The kind of that place. */
im_place_kind im_gazetteer_kind(const im_gazetteer *gazetteer, im_place_id id);

#endif
