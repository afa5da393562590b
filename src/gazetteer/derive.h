/** @file
 *  What the rules share that make names from names. */
#ifndef IM_GAZETTEER_DERIVE_H
#define IM_GAZETTEER_DERIVE_H

#include "gazetteer/compile.h"

/** Adds a key that follows by rule from another, unless it is no name by itself or the country's. */
void draft_add_derived(draft *d, im_place_id place, const char *key);

/** Where ` suffix` begins at the end of `key`, or NULL. */
const char *derive_before(const char *key, const char *suffix);

/** What is left of the key of a town without `city of` and the like: part of `key`. */
const char *derive_town_core(const char *key);

/** Names airports after their towns. */
void draft_name_airports(draft *d);

#endif
