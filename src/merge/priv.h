/** @file
 *  The inside of the merge. */
#ifndef IM_MERGE_PRIV_H
#define IM_MERGE_PRIV_H

#include <incmap/merge.h>

/* One record for a cluster of records of the same event (fold.c). The cluster is borrowed and may
 * be sorted. */
im_incident *im_cluster_fold(GPtrArray *cluster);

/* Gives the parts of a told total its id as `parent_id` (parents.c). */
void im_incidents_set_parents(GPtrArray *incidents);

#endif
