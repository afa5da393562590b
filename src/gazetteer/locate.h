/** @file
 *  Looking names up: what the parts of an im_locator share. */
#ifndef IM_GAZETTEER_LOCATE_H
#define IM_GAZETTEER_LOCATE_H

#include "gazetteer/priv.h"

/** What holds an answer: the places that `Jalisco` may mean. */
typedef struct im_container_set {
    guint first, n;    /* in im_conditions.places */
    gboolean or_be_it; /* an answer may be one of them itself */
} im_container_set;

/** Sets of containers; an answer must lie in one place of each. */
typedef struct im_conditions {
    const im_gazetteer *gazetteer;
    GArray *sets;   /* im_container_set */
    GArray *places; /* im_place_id */
} im_conditions;

void im_conditions_init(im_conditions *c, const im_gazetteer *gazetteer);
void im_conditions_clear(im_conditions *c);

/** Leaves the first `n` sets. */
void im_conditions_truncate(im_conditions *c, guint n);

/** Adds what was given beside the names: all places of a name or code, only those of this kind where
 *  there are any. An answer may be one of them. */
void im_conditions_add_given(im_conditions *c, im_name name, im_place_kind kind);

/** Adds what stands behind a comma: all places of a name or code, or, if `fuzzy` and there is none,
 *  of names that are nearly spelled so.
 *  @return how nearly, in edits */
guint im_conditions_add_container(im_conditions *c, im_name name, gboolean fuzzy);

gboolean im_conditions_meet(const im_conditions *c, im_place_id place);

/** The place of a code, or IM_PLACE_NONE; the code as it stands, or in capitals. */
im_place_id im_locate_code(const im_gazetteer *gazetteer, im_name code, gboolean in_capitals);

static inline im_lonlat gaz_position(const gaz_place *p)
{
    return (im_lonlat){p->lon_e5 / 1e5, p->lat_e5 / 1e5};
}

/** What the order of answers depends on. */
typedef struct im_ranking {
    gboolean has_near;
    im_lonlat near;
    guint32 capital; /* the feature PPLC */
} im_ranking;

void im_ranking_init(im_ranking *r, const im_gazetteer *gazetteer, const im_lonlat *near);

/** 0..1: by kind of place, population, kind of name, distance, and edits.
 *  @param likely  what was edited is what people do; of no meaning without edits */
double im_ranking_score(const im_ranking *r, const gaz_place *p, const im_reading *reading,
                        guint edits, gboolean likely);

/** The most that a reading of a name can score that comes after one of `p`: readings come largest
 *  first, and where the towns have begun, by population. */
double im_ranking_most(const im_ranking *r, const gaz_place *p, guint edits);

/** Best first; never 0 for two places. */
int im_located_order(const im_located *x, const im_located *y);

#endif
