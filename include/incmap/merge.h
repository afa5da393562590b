/** @file
 *  The same event told by several reports becomes one record with all its sources. */
#ifndef INCMAP_MERGE_H
#define INCMAP_MERGE_H

#include <incmap/incident.h>

G_BEGIN_DECLS

/** Merges incidents, which may be merged ones: the result depends on the reports' single records alone, not
 *  on their order nor on what was merged before; a record that is there twice counts once. A record without a
 *  source becomes its own, under its id. Cost: n log n.
 *  @param incidents    GPtrArray of im_incident *; taken over (the array and its records)
 *  @param explanation  one line for each link that joined two records, or would have but that one report
 *                      tells both, is appended; tab-separated: joined or apart, score, the scores of type,
 *                      place, date and numbers that it is the product of, type, place, date, two reports;
 *                      or NULL
 *  @return             sorted by im_incident_compare(), owned by the caller */
IM_API GPtrArray *im_incidents_merge(GPtrArray *incidents, GString *explanation);

G_END_DECLS

#endif
