/** @file
 *  How unlike two keys are. */
#ifndef IM_GAZETTEER_EDITS_H
#define IM_GAZETTEER_EDITS_H

#include <incmap/gazetteer.h>

/** A key that others are compared with, prepared once. */
typedef struct edit_pattern {
    gunichar letters[IM_KEY_MAX_BYTES];
    guint n;
    guint64 ascii[128]; /**< bit i: the letter stands at i, as far as there are bits */
    guint others[64];   /**< where letters that are not ASCII stand */
    guint n_others;
} edit_pattern;

void edit_pattern_init(edit_pattern *pattern, const char *key);

/** Letters inserted, deleted, replaced or swapped with their neighbour to get from the pattern to
 *  `key`, no letter touched twice (optimal string alignment, the restricted Damerau–Levenshtein
 *  distance). Never reads past the NUL, whatever the bytes.
 *  @param most  larger distances need not be told apart
 *  @return      the distance, or `most` + 1 */
guint edit_distance(const edit_pattern *pattern, const char *key, guint most);

#endif
