/** @file
 *  What a person has set right: incidents that are one, or two, or elsewhere, or none. */
#ifndef INCMAP_CORRECTIONS_H
#define INCMAP_CORRECTIONS_H

#include <incmap/incident.h>

G_BEGIN_DECLS

/** Corrections of merged incidents, from a table, a row each, which are made in their order. They name incidents by their
 *  ids, which hang on type, date and place alone: so they hold as long as these do, whatever else is told. An incident keeps
 *  its id when it is corrected.
 *
 *  | action   | id | value                   | what is done |
 *  |----------|----|-------------------------|--------------|
 *  | `reject` | ID |                         | it is none, and goes |
 *  | `move`   | ID | `LON LAT` in degrees    | it is there, exactly; country and state stay as they were told |
 *  | `merge`  | ID | another ID              | it is that other one, which has the sources of both and keeps its id |
 *  | `split`  | ID | id of a report          | what that report tells of it is another one: `ID~` and a hash of the report's id |
 */
typedef struct im_corrections im_corrections;

/** Reads a table in CSV or TSV (RFC 4180; by tabs when its first line has one), whose first line names its columns: `action`, `id`
 *  and `value`; others are for notes.
 *  @return  owned by the caller, im_corrections_free(); NULL with IM_ERROR_DATA naming file and line */
IM_API im_corrections *im_corrections_read(const char *path, GError **error);
IM_API void im_corrections_free(im_corrections *corrections);

/** Makes the corrections.
 *  @param incidents  of im_incident *, with a free function, as im_incidents_merge() gives them; changed, and sorted again
 *  @param missed     out: of char *, a line for each correction that meets no incident, or no report in it; appended */
IM_API void im_corrections_apply(const im_corrections *corrections, GPtrArray *incidents,
                                 GPtrArray *missed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_corrections, im_corrections_free)

G_END_DECLS

#endif
