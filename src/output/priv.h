/** @file
 *  The inside of output: what a backend is, and the record as a table of columns. */
#ifndef IM_OUTPUT_PRIV_H
#define IM_OUTPUT_PRIV_H

#include "base/json.h"
#include "report/stream.h"

#include <incmap/output.h>

/** A format that is written record by record: what was written can be handed on before the next. Each appends to
 *  `out`. */
typedef struct im_row_writer {
    void (*begin)(const im_output_data *data, GString *out);
    /** @param scratch  for im_column_get() */
    void (*row)(const im_output_data *data, guint i, GString *scratch, GString *out);
    void (*end)(const im_output_data *data, GString *out);
} im_row_writer;

/** A backend: a new format is one file with one of these and one line in registry.c. */
typedef struct im_backend {
    im_output_format format; /* first: a format is its backend */
    gboolean (*write)(const im_output_data *data, GString *out, GError **error);
    /** Of formats that a library writes to a file, instead of `write`: makes `path`. */
    gboolean (*make)(const char *path, const im_output_data *data, GError **error);
    const im_row_writer *rows; /* instead of both */
} im_backend;

extern const im_backend im_backend_png, im_backend_svg, im_backend_pdf, im_backend_geojson,
    im_backend_geojsonseq, im_backend_csv, im_backend_gpkg, im_backend_fgb, im_backend_kml,
    im_backend_html;

/** Appends the whole file of a format that no library writes.
 *  @return FALSE as im_output_write() does */
gboolean im_output_append(const im_output_format *format, const im_output_data *data, GString *out,
                          GError **error);

typedef enum im_value_kind {
    IM_VALUE_NULL = 0,
    IM_VALUE_STRING,
    IM_VALUE_INTEGER,
    IM_VALUE_NUMBER,
} im_value_kind;

typedef struct im_value {
    im_value_kind kind;
    const char *string; /**< borrowed: from the record, a table, or the scratch string */
    gint64 integer;
    double number;
    int decimals; /**< of a number, at most */
} im_value;

enum { IM_KEY_BYTES = 24 };

/** What stands at the offset of a column, for those that write many: its value needs no call. */
typedef enum im_column_field {
    IM_FIELD_OTHER = 0,
    IM_FIELD_COUNT,  /**< int, below 0 when it is not known */
    IM_FIELD_STRING, /**< char *, or NULL */
    IM_FIELD_NUMBER, /**< double, below 0 when it is not known */
    IM_FIELD_DAY,    /**< im_day */
    IM_FIELD_PLAIN   /**< what get() gives is a string that JSON has as it stands, or null */
} im_column_field;

/** A column of the record (spec/incident.md). */
typedef struct im_column im_column;
struct im_column {
    const char *name;
    char key[IM_KEY_BYTES]; /**< `"name":`, filled up with NUL */
    gsize key_len;
    im_value_kind kind; /**< the type in every record, when it is not null */
    im_value (*get)(const im_column *column, const im_incident *incident, GString *scratch);
    void (*set)(const im_column *column, im_incident *incident,
                const char *text); /**< NULL: follows from other columns */
    gsize offset;                  /**< of the field, for columns that are one */
    int decimals;
    gboolean is_day; /**< its string is a day, `YYYY-MM-DD` */
    im_column_field field;
};

/** All columns in the order of the specification. */
const im_column *im_columns(guint *n);

/** The column of that name, or NULL. */
const im_column *im_column_find(const char *name);

/** Its value; a string made for the occasion stands in `scratch` until the next call. */
im_value im_column_get(const im_column *column, const im_incident *incident, GString *scratch);

/** Writes a column as a member of a JSON object. */
void im_column_write(im_json *json, const im_column *column, const im_value *value);

/** Writes all columns of a record as members of a JSON object. */
void im_columns_write(im_json *json, const im_incident *incident, GString *scratch);

/** A source of the record, which gets as many as it takes. Borrowed from it. */
im_source *im_source_at(im_incident *incident, guint i);

/** Sets what every record must have and the file does not say.
 *  @param row  of the record in the file `path`: its id, where it has none */
void im_record_complete(im_incident *incident, const char *path, gint64 row);

/** Reads records that incmap wrote as GeoJSON, a line at a time (read_own.c): as im_incidents_read().
 *  @param foreign  set when the file is not of that kind or not there; then there is no error */
GPtrArray *im_own_records_read(im_stream *stream, gboolean *foreign, GError **error);

/** Reads records from GeoJSON that others wrote, a value at a time (read_geojson.c): as
 *  im_incidents_read_mapped().
 *  @param foreign  set when the file is something else, or holds more than points in degrees; then there is no
 *                  error */
GPtrArray *im_geojson_read(im_stream *stream, const char *path, const char *const *map,
                           gboolean *foreign, GError **error);

/** Days as tables have them: `2026-02-23`, with a time or not, or `23 February 2026` (ACLED).
 *  @return IM_DAY_NONE for anything else */
im_day im_day_parse_loose(const char *text);

#endif
