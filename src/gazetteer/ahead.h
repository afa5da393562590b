/** @file
 *  Sending for memory before it is needed: looking a name up is a chain of reads far apart, each of
 *  which waits for the one before. Of many names the chains can be walked side by side. */
#ifndef IM_GAZETTEER_AHEAD_H
#define IM_GAZETTEER_AHEAD_H

#include <incmap/gazetteer.h>

/** Steps of a look-up: of all words the first step, then of all the second, and so on. */
enum { IM_AHEAD_STEPS = 3 };

/** Walks one step of looking up a word as im_gazetteer_longest() and im_gazetteer_readings() will.
 *  It changes nothing but what is in the caches.
 *  @param hash  im_hash_word() of it as it stands in keys */
void im_gazetteer_ahead(const im_gazetteer *gazetteer, guint32 hash, guint step);

/** Sends for the record of a place; any id will do. */
void im_gazetteer_place_ahead(const im_gazetteer *gazetteer, im_place_id id);

#endif
