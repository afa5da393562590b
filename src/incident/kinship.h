/** @file
 *  How types of incidents are related: what joins two tellings of one event. */
#ifndef IM_INCIDENT_KINSHIP_H
#define IM_INCIDENT_KINSHIP_H

#include <incmap/incident.h>

/** Attack, armed clash, killing, explosion: one event may be told as any of them. */
gboolean im_incident_type_is_violent(im_incident_type type);

/** Of two types told of one event the one with more force names it: an operation before an
 *  explosion before an attack before a clash before the rest. */
int im_incident_type_force(im_incident_type type);

#endif
