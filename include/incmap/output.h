/** @file
 *  Writing maps and incidents to files. */
#ifndef INCMAP_OUTPUT_H
#define INCMAP_OUTPUT_H

#include <incmap/map.h>

G_BEGIN_DECLS

/** One output format. */
typedef struct im_output_format {
    const char *name;   /**< `png`; what -f takes */
    const char *suffix; /**< `.png` */
    const char *description;
    gboolean needs_map; /**< draws the im_map; else writes the records */
} im_output_format;

/** All formats, in the order in which help lists them. */
IM_API const im_output_format *im_output_formats(guint *n);

/** The format of a file by name (`-f`) or, when NULL, by the suffix of `path`.
 *  @return NULL with IM_ERROR_USAGE, naming what is known */
IM_API const im_output_format *im_output_format_find(const char *name, const char *path,
                                                     GError **error);

/** Writes one file, aside first and then renamed; `-` is standard output.
 *  @param map        may be NULL when !format->needs_map
 *  @param incidents  of im_incident *, sorted
 *  @param error      IM_ERROR_SYSTEM, IM_ERROR_USAGE (exists and not `overwrite`) */
IM_API gboolean im_output_write(const im_output_format *format, const im_map *map,
                                const GPtrArray *incidents, const char *path, gboolean overwrite,
                                GError **error);

/** Appends one JSON object with the properties of the record (spec/incident.md). */
IM_API void im_incident_to_json(const im_incident *incident, GString *out);

/** Reads incidents from any file that GDAL can read and whose fields carry the record's names
 *  (own GeoJSON, CSV …).
 *  @return GPtrArray of im_incident *, owned by the caller; NULL with IM_ERROR_IO or _FORMAT */
IM_API GPtrArray *im_incidents_read(const char *path, GError **error);

G_END_DECLS

#endif
