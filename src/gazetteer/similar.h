/** @file
 *  Keys that are nearly spelled so. */
#ifndef IM_GAZETTEER_SIMILAR_H
#define IM_GAZETTEER_SIMILAR_H

#include "gazetteer/priv.h"

/** A key at some distance from the one that was asked for. */
typedef struct gaz_similar {
    guint32 key;
    guint16 edits;   /**< 0 to 2 */
    gboolean likely; /**< a letter was lost or doubled, or two changed places: there are far fewer
                          ways to do that than to hit a wrong letter */
} gaz_similar;

/** How many edits a name may have: short ones have too many neighbours. */
guint gaz_most_edits(const char *key);

/** Finds all keys within a distance (edits.h), each once, in the order of their numbers. The time
 *  that it takes grows with the keys that share a half or a third with the name.
 *  @param most     1 or 2
 *  @param similar  out: gaz_similar, appended */
void gaz_find_similar(const im_gazetteer *g, const char *key, guint most, GArray *similar);

#endif
