/** @file
 *  Reads the tables of geodata: tab-separated, the first line names the columns. */
#ifndef IM_GAZETTEER_TSV_H
#define IM_GAZETTEER_TSV_H

#include <incmap/geo.h>

enum { TSV_MAX_COLUMNS = 12 };

/** A table under its reader. Fields are valid until the next row. */
typedef struct tsv {
    char *path;
    char *text, *next; /* all of the file; where the next line begins */
    guint64 line;      /* 1-based, of the current row */
    guint n_columns;
    gboolean failed; /* the rows did not end, a fault ended them */
    char *fields[TSV_MAX_COLUMNS];
} tsv;

/** Opens a file whose first line that is no comment must be `header`.
 *  @param error  IM_ERROR_DATA naming file and line
 *  @return       FALSE on error; tsv_close() in either case */
gboolean tsv_open(tsv *table, const char *path, const char *header, GError **error);
void tsv_close(tsv *table);

/** Goes to the next row. @return FALSE at the end, or with `error` and `failed` set at a row of
 *          another width */
gboolean tsv_next(tsv *table, GError **error);

/** Sets an IM_ERROR_DATA at the current row. @return FALSE */
gboolean tsv_fault(const tsv *table, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Reads fields of the current row. @return FALSE with `error` set */
gboolean tsv_number(const tsv *table, guint column, guint32 *value, GError **error);
gboolean tsv_real(const tsv *table, guint column, double min, double max, double *value,
                  GError **error);
gboolean tsv_position(const tsv *table, guint lon_column, im_lonlat *position, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(tsv, tsv_close)

#endif
