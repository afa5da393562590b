/** @file
 *  Gaps in lines where text stands on them: scraps of a border between letters read as punctuation. */
#ifndef IM_MAP_GAPS_H
#define IM_MAP_GAPS_H

#include "geo/tilted.h"

typedef struct im_gaps im_gaps;

/** @param texts  of im_tilted, px: lines of text; borrowed
 *  @param frame  all that is drawn */
im_gaps *im_gaps_new(const GArray *texts, const im_box *frame);
void im_gaps_free(im_gaps *gaps);

/** A part of an edge, as shares of its length. */
typedef struct im_gap {
    double from, to;
} im_gap;

enum { IM_MOST_GAPS = 8 };

/** Where text stands on an edge, in order, apart from each other.
 *  @return how many; rarely, of very many, only the first */
guint im_gaps_on(const im_gaps *gaps, const im_xy edge[2], im_gap found[IM_MOST_GAPS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_gaps, im_gaps_free)

#endif
