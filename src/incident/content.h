/** @file
 *  What a record says, apart from what is made of it: its id, its parent and its title. */
#ifndef IM_INCIDENT_CONTENT_H
#define IM_INCIDENT_CONTENT_H

#include <incmap/incident.h>

/** Rounds position, radius, score and confidence to the decimals that files have, so that a record that
 *  was written and read again is the one that it was. */
void im_incident_round(im_incident *incident);

/** An order of all that two records say, their sources with it; 0 when they say the same. */
int im_incident_compare_content(const im_incident *a, const im_incident *b);

#endif
