/** @file
 *  The same event told by several reports becomes one record with all its sources. */
#ifndef INCMAP_MERGE_H
#define INCMAP_MERGE_H

#include <incmap/incident.h>

G_BEGIN_DECLS

/** Merges incidents. The result does not depend on the order of the input.
 *  @param incidents  GPtrArray of im_incident *; taken over (the array and its records)
 *  @return           sorted by im_incident_compare(), owned by the caller */
IM_API GPtrArray *im_incidents_merge(GPtrArray *incidents);

G_END_DECLS

#endif
