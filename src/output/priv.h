/** @file
 *  The inside of output: what a backend is, and the record as a table of columns. */
#ifndef IM_OUTPUT_PRIV_H
#define IM_OUTPUT_PRIV_H

#include <incmap/output.h>

/** A backend: a new format is one file with one of these and one line in registry.c. */
typedef struct im_backend {
    im_output_format format; /* first: a format is its backend */
    gboolean (*write)(const im_output_data *data, GString *out, GError **error);
} im_backend;

extern const im_backend im_backend_png, im_backend_svg, im_backend_pdf, im_backend_geojson,
    im_backend_geojsonseq, im_backend_csv;

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

/** A column of the record (spec/incident.md). */
typedef struct im_column im_column;
struct im_column {
    const char *name;
    im_value_kind kind; /**< the type in every record, when it is not null */
    im_value (*get)(const im_column *column, const im_incident *incident, GString *scratch);
    void (*set)(const im_column *column, im_incident *incident,
                const char *text); /**< NULL: follows from other columns */
    gsize offset;                  /**< of the field, for columns that are one */
    int decimals;
};

/** All columns in the order of the specification. */
const im_column *im_columns(guint *n);

/** The column of that name, or NULL. */
const im_column *im_column_find(const char *name);

/** Its value; a string made for the occasion stands in `scratch` until the next call. */
im_value im_column_get(const im_column *column, const im_incident *incident, GString *scratch);

/** Days as tables have them: `2026-02-23`, with a time or not, or `23 February 2026` (ACLED).
 *  @return IM_DAY_NONE for anything else */
im_day im_day_parse_loose(const char *text);

#endif
