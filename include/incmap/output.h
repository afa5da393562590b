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
    gboolean needs_map;   /**< draws the im_map; else writes the records */
    gboolean places_only; /**< records that have no position are left out: GDAL does so */
} im_output_format;

/** The formats in the order in which help lists them. @return NULL behind the last */
IM_API const im_output_format *im_output_format_at(guint i);

/** The format of a file by name (`-f`) or, when NULL, by the suffix of `path`; both in any case.
 *  @return NULL with IM_ERROR_USAGE, naming what is known */
IM_API const im_output_format *im_output_format_find(const char *name, const char *path,
                                                     GError **error);

/** What there is to write. */
typedef struct im_output_data {
    const im_map *map;          /**< may be NULL when the format needs none */
    const GPtrArray *incidents; /**< of im_incident *, sorted */
    const char *credit;         /**< data credit for files of records; NULL: none */
    gboolean simplestyle; /**< GeoJSON says how its points look (Mapbox's simplestyle-spec 1.1.0) */
} im_output_data;

/** Whether `path` may be written, without writing: what can fail should fail before the work. Devices
 *  and pipes may not, for a file is renamed to its name and would take their place.
 *  @return FALSE with IM_ERROR_USAGE (exists and not `overwrite`) or IM_ERROR_SYSTEM */
IM_API gboolean im_output_check(const char *path, gboolean overwrite, GError **error);

/** Writes one file, aside first and then renamed; `-` is standard output. The same data give the
 *  same bytes.
 *  @param error  IM_ERROR_SYSTEM, IM_ERROR_USAGE (exists and not `overwrite`) */
IM_API gboolean im_output_write(const im_output_format *format, const im_output_data *data,
                                const char *path, gboolean overwrite, GError **error);

/** What the page of a series tells of one period. Names of files are relative to the page, any bytes but NUL; NULL-terminated. */
typedef struct im_series_entry {
    char *name;           /**< `2026-02-20`, `2026-W08` */
    im_map_period period; /**< with the incidents that are counted */
    char *alt_text;       /**< of its map; NULL where there is none */
    char **files;         /**< one for each output */
} im_series_entry;

/** The page of a series. */
typedef struct im_series_page {
    const char *title;                      /**< NULL: a plain one */
    const GPtrArray *entries;               /**< of const im_series_entry *, in their order */
    const im_output_format *const *formats; /**< of the files of each entry, in their order */
    int width_px, height_px;                /**< of the maps */
    const char *const *notes;               /**< NULL-terminated: what is on no map */
} im_series_page;

/** Writes a page of HTML that shows the pictures of a series, a heading, counts and files for each period. It asks nothing of the
 *  network but these files, and has no script. As im_output_write(). */
IM_API gboolean im_series_page_write(const im_series_page *page, const char *path,
                                     gboolean overwrite, GError **error);

/** A file that grows line by line and appears under its name when it is whole. */
typedef struct im_output_stream im_output_stream;

/** Begins a file; `-` is standard output.
 *  @return owned by the caller, im_output_stream_free(); NULL as im_output_check() */
IM_API im_output_stream *im_output_stream_open(const char *path, gboolean overwrite,
                                               GError **error);
/** Hands the bytes to the system at once, so that much at a time is best; who reads standard output sees them.
 *  @return FALSE with IM_ERROR_SYSTEM */
IM_API gboolean im_output_stream_write(im_output_stream *stream, const char *bytes, gsize len,
                                       GError **error);

/** Ends the file and gives it its name. @return FALSE with IM_ERROR_SYSTEM */
IM_API gboolean im_output_stream_finish(im_output_stream *stream, GError **error);

/** Drops what was not finished. */
IM_API void im_output_stream_free(im_output_stream *stream);

/** Appends one JSON object with the properties of the record (spec/incident.md). */
IM_API void im_incident_to_json(const im_incident *incident, GString *out);

/** Reads incidents from GeoJSON that incmap wrote, a line at a time: with their parts, and as they were. And
 *  from any file that GDAL can read and whose fields carry the record's names (CSV …) or those of ACLED or
 *  UCDP GED. Records without an id get one of file and row; positions come from the geometry, else from
 *  `longitude` and `latitude`, which may be empty or say that they are unknown (`NA`, `NaN`, `null`, `-`); one that
 *  cannot be is an error.
 *  @param path  a file or a /vsi… path of GDAL; `-`, standard input, for own GeoJSON
 *  @return      GPtrArray of im_incident * (free function set), in the file's order, owned by the
 *               caller; NULL with IM_ERROR_IO, IM_ERROR_LIMIT, or IM_ERROR_FORMAT naming the row or line */
IM_API GPtrArray *im_incidents_read(const char *path, GError **error);

/** As im_incidents_read(), from fields with other names.
 *  @param map  `column=field`, NULL at the end: the column of the record, or one of `event_type`, `sub_event_type`
 *              and `type_of_violence`, which say the type as ACLED and UCDP do. NULL for none
 *  @return     NULL also with IM_ERROR_FORMAT when no layer of the file has one of the fields */
IM_API GPtrArray *im_incidents_read_mapped(const char *path, const char *const *map,
                                           GError **error);

/** Whether a text is of the form `column=field` and its column one that im_incidents_read_mapped() knows. */
IM_API gboolean im_column_map_is_valid(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_output_stream, im_output_stream_free)

G_END_DECLS

#endif
