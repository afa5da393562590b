/** @file
 *  How unlike two keys are. */
#ifndef IM_GAZETTEER_EDITS_H
#define IM_GAZETTEER_EDITS_H

#include <glib.h>

/** A key that others are compared with, prepared once. */
typedef struct edit_pattern edit_pattern;

edit_pattern *edit_pattern_new(const char *key);
void edit_pattern_free(edit_pattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(edit_pattern, edit_pattern_free)

/** Letters inserted, deleted, replaced or swapped with their neighbour to get from the pattern to
 *  `key`, no letter touched twice (optimal string alignment, the restricted Damerau–Levenshtein
 *  distance).
 *  Keys of which neither of the first two letters is one of the pattern's first two are taken for
 *  too far.
 *  @param most  larger distances need not be told apart
 *  @return      the distance, or `most` + 1 */
guint edit_distance(edit_pattern *pattern, const char *key, guint most);

#endif
