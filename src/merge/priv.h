/** @file
 *  The inside of the merge.
 *
 *  links (links.c)      which records may tell of one event, and how surely
 *  clusters (merge.c)   the surest links first, no two records of one report in a cluster
 *  one record (fold.c)  the latest word, the range over all
 *  copies (copies.c)    sources that print one text
 *  totals (parents.c)   parts know the total that counts them */
#ifndef IM_MERGE_PRIV_H
#define IM_MERGE_PRIV_H

#include <incmap/merge.h>

/* How alike two records are, each 0..1; `all` is their product. */
typedef struct im_link_score {
    double type, place, date, numbers, all;
} im_link_score;

/* Two records that may tell of one event, by their places in the array; a < b. */
typedef struct im_link {
    guint a, b;
    double score;
} im_link;

/* Below this two records are two events. */
#define IM_LEAST_LINK 0.2

im_link_score im_link_scores(const im_incident *a, const im_incident *b);

/* Whether one report tells both: then they are two events. */
gboolean im_share_report(const im_incident *a, const im_incident *b);

/* All links among records sorted by date, undated last; the surest first. GArray of im_link, owned by the
 * caller. Cost: n log n, for no more than MOST_CANDIDATES records of a place and day are looked at. */
GArray *im_links_find(const GPtrArray *sorted);

/* Order by what a record says, not by its id: the same whatever it was merged with before. */
int im_incident_by_content(const void *x, const void *y);

/* One record for a cluster of records of the same event (fold.c). The cluster is borrowed and may
 * be sorted. */
im_incident *im_cluster_fold(GPtrArray *cluster);

/* How many independent ones there are among sources (im_source *): those of one outlet are one, and so
 * are those that print one text (copies.c). */
guint im_sources_count(const GPtrArray *sources);

/* Gives the parts of a told total its id as `parent_id`; the incidents sorted by date (parents.c). */
void im_incidents_set_parents(GPtrArray *incidents);

#endif
