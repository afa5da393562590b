/** @file
 *  Merging again what a change of some records reaches, and nothing else: the events that come of it are those of
 *  im_incidents_merge() over all records, byte for byte. Why that is so stands in regroup.c. */
#ifndef IM_MERGE_REGROUP_H
#define IM_MERGE_REGROUP_H

#include <incmap/merge.h>

/** Where a single record is looked for. */
typedef struct im_spot {
    guint64 block; /**< what may be linked is in the same, or in those around it */
    guint64 name;  /**< the block of records of this name without position; 0: there can be none */
    im_day start, end; /**< both IM_SPOT_UNDATED where the day is unknown */
} im_spot;

#define IM_SPOT_UNDATED G_MAXUINT32

im_spot im_spot_of(im_incident *single);

/** Which of the records of one report say the same as one before. @return of gboolean, to be freed */
gboolean *im_doubles_find(const GPtrArray *singles);

/** What is asked of whoever keeps the records: all that fit one of these. */
typedef struct im_wanted {
    GArray *
        near; /**< of im_spot: records of that block that start on one of these days, or before and end
                         on the first or later, or are undated */
    GArray *names;  /**< of guint64: records of that `name` */
    GArray *events; /**< of gint64: records of that event */
} im_wanted;

typedef struct im_regroup im_regroup;

/** Adds those that are wanted and are not there yet. */
typedef gboolean (*im_regroup_load)(const im_wanted *wanted, im_regroup *into, gpointer data,
                                    GError **error);

im_regroup *im_regroup_new(void);
void im_regroup_free(im_regroup *regroup);

/** Adds a single record. @param row     by which it is known
 *                         @param event   that it was of; 0: it is new
 *                         @param record  taken over */
void im_regroup_add(im_regroup *regroup, gint64 row, gint64 event, im_incident *record);
gboolean im_regroup_has(const im_regroup *regroup, gint64 row);

/** A record that is no more. */
void im_regroup_drop(im_regroup *regroup, im_spot spot, gint64 event);

/** Finds the events. @param load  NULL: all records that there are were added
 *                    @param error of `load` */
gboolean im_regroup_run(im_regroup *regroup, im_regroup_load load, gpointer data, GError **error);

/** A record and the event that it is of. */
typedef struct im_member {
    gint64 row;
    guint incident; /**< which of im_regrouped.incidents */
} im_member;

/** What is not as it was. */
typedef struct im_regrouped {
    GArray *ended;        /**< of gint64: events that are no more */
    GPtrArray *incidents; /**< of im_incident *: those in their place; their ids are not numbered */
    GArray *members;      /**< of im_member: the records of these */
} im_regrouped;

/** Takes the result out, once. */
im_regrouped im_regroup_take(im_regroup *regroup);
void im_regrouped_clear(im_regrouped *regrouped);

/** One record for the single ones of each event.
 *  @param singles  of im_incident *, taken over (not the array); those of one event stand anywhere
 *  @param event    of each of them the number of its event, less than n_events
 *  @param ids      of each event its id; where there is none, one that is numbered among these is put, owned by the
 *                  caller; NULL: nobody knows or asks
 *  @return         sorted, with parents among each other; owned by the caller */
GPtrArray *im_events_gather(const GPtrArray *singles, const guint *event, guint n_events,
                            char **ids);

/** The areas of which a record may be a part, from the smallest on. @return how many, at most IM_MOST_AREAS */
enum { IM_MOST_AREAS = 3 };
guint im_incident_areas(const im_incident *incident, guint64 *areas);

/** The area that a record is a total of; 0: it is none. */
guint64 im_incident_total_area(const im_incident *incident);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_regroup, im_regroup_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(im_regrouped, im_regrouped_clear)

#endif
