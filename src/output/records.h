/** @file
 *  Records inside of other JSON, and as text that is kept. */
#ifndef IM_OUTPUT_RECORDS_H
#define IM_OUTPUT_RECORDS_H

#include "base/json.h"

/** Writes `"incidents": [...]` with what im_incident_to_json() makes of each.
 *  @param incidents  of im_incident * */
void im_incidents_to_json(im_json *json, const GPtrArray *incidents);

/** Appends records as `-f geojsonseq` writes them: a line each, with all that is known of them. */
void im_records_write_lines(const GPtrArray *incidents, GString *out);

/** Reads such lines.
 *  @param name   what messages call them
 *  @param error  IM_ERROR_FORMAT: they are none, or damaged
 *  @return       GPtrArray of im_incident *, owned by the caller; NULL on error */
GPtrArray *im_records_read_lines(const char *name, const char *lines, GError **error);

#endif
