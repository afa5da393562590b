/** @file
 *  The inside of the merge.
 *
 *  briefs (brief.c)     what links ask of the records, those that may be alike beside each other
 *  scores (scores.c)    how surely two records tell of one event
 *  links (links.c)      which records may do so
 *  clusters (merge.c)   the surest links first, no two records of one report in a cluster
 *  regroup.c            only those that a change reaches
 *  one record (fold.c)  the latest word, the range over all
 *  copies (copies.c)    sources that print one text
 *  totals (parents.c)   parts know the total that counts them */
#ifndef IM_MERGE_PRIV_H
#define IM_MERGE_PRIV_H

#include "incident/content.h"

#include <incmap/merge.h>

/* What links and clusters ask of a record. The records of a million with their strings are all over the
 * memory; these stand beside each other, those of a block together. A string is known by a hash of 64 bits:
 * that two have the same by chance is not reckoned with. */
typedef struct im_brief {
    im_incident *record; /* borrowed */
    guint64 block;       /* of its cell; of one that has no position im_brief_name_block() */
    guint64 report;      /* of its first source */
    guint64 iso, admin1, location;
    im_lonlat position;
    double radius_km;
    im_day start, end; /* of an undated one IM_UNDATED */
    im_incident_type type;
    im_incident_status status;
    im_geo_level level;
    gboolean has_geometry, has_one_source;
    int deaths, count, arrested;
    guint came; /* where it stands in the array of single records */
} im_brief;

/* The start of an undated record, which so is the last of its block. */
#define IM_UNDATED G_MAXUINT32

/* Takes records apart into the single ones that they were made from, and makes the briefs of these, sorted by
 * block, start and report, the rest of what they say last: the order is the same whatever they were merged
 * with before.
 * @param incidents  taken over
 * @param singles    of im_incident *, in the order in which they came; NULL where one that says the same is
 *                   kept. The array is owned by the caller, what is in it by nobody yet
 * @return           GArray of im_brief, owned by the caller */
GArray *im_briefs_make(GPtrArray *incidents, GPtrArray **singles);

/* The same of single records that stay where they are. */
GArray *im_briefs_of(const GPtrArray *singles);

/* A country or a state, whose name is its place. */
gboolean im_brief_is_area(const im_brief *brief);

/* It has a name and no position. */
gboolean im_brief_is_nowhere(const im_brief *brief);

/* What those of one name and kind share, so that they may be linked. */
guint64 im_brief_name_block(const im_brief *brief);

/* How many of the last bits of a cell's block are its column, row and layer; a block of a name has the first
 * bit set, that of a cell has not. */
enum { IM_CELL_BITS = 10 };
#define IM_NAME_BLOCK (G_GUINT64_CONSTANT(1) << 63)

/* What is near is at most so far apart: the width of a cell. */
enum { IM_REACH_KM = 30 };

/* How alike two records are, each 0..1; `all` is their product. */
typedef struct im_link_score {
    double type, place, date, numbers, all;
} im_link_score;

/* Dates so far apart may be one. */
enum { IM_DATE_SLACK_DAYS = 1 };

/* Below this two records are two events. */
#define IM_LEAST_LINK 0.2

im_link_score im_link_scores(const im_brief *a, const im_brief *b);

/* Whether one report tells both: then they are two events. */
gboolean im_share_report(const im_brief *a, const im_brief *b);

/* Of one place and day a record is linked with so many at most that come behind it: keeps the cost linear when a
 * thousand copies of one story come in. */
enum { IM_MOST_CANDIDATES = 256 };

/* Two records that may tell of one event, by their places in the array; a != b. */
typedef struct im_link {
    guint a, b;
    double score;
} im_link;

/* All links among records, the surest first. GArray of im_link, owned by the caller. Cost: n log n, for no more
 * than IM_MOST_CANDIDATES records of a place and day are looked at.
 * @param briefs  of im_brief, from im_briefs_make() */
GArray *im_links_find(const GArray *briefs);

/* Of a record that says what another one does, and is left out. */
#define IM_NO_EVENT G_MAXUINT

/* Which records tell of one event, by the surest links.
 * @param n_came       single records that the briefs were made of
 * @param takes_part   of each single record whether its links count; NULL: all do
 * @param explanation  as of im_incidents_merge()
 * @return             of each single record the number of its event, which is that of one of its records, or
 *                     IM_NO_EVENT; owned by the caller */
guint *im_events_find(const GArray *briefs, guint n_came, const guint8 *takes_part,
                      GString *explanation);

/* Makes one record of those of each event, which it takes over, with its title, id and parts.
 * @param event    of each single record the number of its event, less than n_events, or IM_NO_EVENT
 * @param numbers  the numbers of these events are appended in the order of the result; or NULL
 * @return         of im_incident *, as they follow in `singles`; the array is owned by the caller, what is in it by
 *                 nobody yet */
GPtrArray *im_events_fold(const GPtrArray *singles, const guint *event, guint n_events,
                          im_finishing *finishing, GArray *numbers);

/* Counts sources that are no copies of each other; what it needs for that it keeps from count to count
 * (copies.c). */
typedef struct im_copies im_copies;
im_copies *im_copies_new(void);
void im_copies_free(im_copies *copies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_copies, im_copies_free)

/* How many independent ones there are among sources (im_source *): those of one outlet are one, and so
 * are those that print one text. */
guint im_sources_count(im_copies *copies, const GPtrArray *sources);

/* One record for a cluster of records of the same event (fold.c). The cluster is borrowed and may
 * be sorted. */
im_incident *im_cluster_fold(GPtrArray *cluster, im_copies *copies);

/* Says of a record what it is, where and when, as another has it. */
void im_incident_take_event(im_incident *into, const im_incident *from);

/* Gives the parts of a told total its id as `parent_id` (parents.c). */
void im_incidents_set_parents(GPtrArray *incidents);

#endif
