/** @file
 *  Records inside of other JSON. */
#ifndef IM_OUTPUT_RECORDS_H
#define IM_OUTPUT_RECORDS_H

#include "base/json.h"

/** Writes `"incidents": [...]` with what im_incident_to_json() makes of each.
 *  @param incidents  of im_incident * */
void im_incidents_to_json(im_json *json, const GPtrArray *incidents);

#endif
