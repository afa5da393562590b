/** @file
 *  A place as numbers only, for those who weigh many: none of its strings is looked at. */
#ifndef IM_GAZETTEER_RECORD_H
#define IM_GAZETTEER_RECORD_H

#include <incmap/gazetteer.h>

typedef struct im_place_record {
    im_place_kind kind;
    double radius_km;
    guint32 population;
    im_place_id country, admin1, admin2;
    float x, y, z;   /**< position on the unit sphere: x to 0° E, y to 90° E, z to the north */
    float magnitude; /**< log10(radius_km + 1) of countries and regions, log10(population + 150)
                          of all others */
    guint8 seat;     /**< of a country 2, of a first-order division 1, else 0 */
    const char *country_code; /**< as in im_place */
} im_place_record;

/** The numbers of the place `id`; of one that is not there: nowhere, and of unknown kind. */
im_place_record im_gazetteer_record(const im_gazetteer *gazetteer, im_place_id id);

/** The country that holds the place `id`, itself where it is one, and its first-order division; or IM_PLACE_NONE. */
im_place_id im_gazetteer_country(const im_gazetteer *gazetteer, im_place_id id);
im_place_id im_gazetteer_admin1(const im_gazetteer *gazetteer, im_place_id id);

/** The country of a reading's area (im_reading), which may be that country itself; or IM_PLACE_NONE. */
im_place_id im_gazetteer_country_of(const im_gazetteer *gazetteer, guint16 area);

/** The id of the first place of a kind; those of the kind follow, then those of the next. So countries,
 *  states and counties have ids below that of IM_PLACE_TOWN. */
im_place_id im_gazetteer_first(const im_gazetteer *gazetteer, im_place_kind kind);

/** The first town from `id` on that has so many people, or is the capital of a country; IM_PLACE_NONE when there is
 *  none. Without a look at its names. */
im_place_id im_gazetteer_town_from(const im_gazetteer *gazetteer, im_place_id id,
                                   guint32 population);

/** The kind of that place. */
im_place_kind im_gazetteer_kind(const im_gazetteer *gazetteer, im_place_id id);

#endif
