#include "gazetteer/tsv.h"

#include <incmap/error.h>
#include <string.h>

gboolean tsv_fault(const tsv *table, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s:%" G_GUINT64_FORMAT ": %s", table->path,
                table->line, what);
    return FALSE;
}

/* The next line that is no comment, without its end; NULL at the end of the file. */
static char *next_line(tsv *table)
{
    while (*table->next) {
        char *line = table->next;
        gsize len = strcspn(line, "\n");
        table->next = line + len + (line[len] == '\n');
        table->line++;
        if (len > 0 && line[len - 1] == '\r')
            len--;
        line[len] = '\0';
        if (len > 0 && line[0] != '#')
            return line;
    }
    return NULL;
}

static guint count_columns(const char *header)
{
    guint n = 1;
    for (; *header; header++)
        n += *header == '\t';
    return n;
}

static gboolean is_utf8(tsv *table, gsize len, GError **error)
{
    const char *bad;
    if (g_utf8_validate(table->text, (gssize)len, &bad))
        return TRUE;
    table->line = 1;
    for (const char *at = table->text; at < bad; at++)
        table->line += *at == '\n';
    return tsv_fault(table, error, *bad ? "invalid UTF-8" : "a NUL byte");
}

gboolean tsv_open(tsv *table, const char *path, const char *header, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gsize len;
    *table = (tsv){.path = g_strdup(path)};
    if (!g_file_get_contents(table->path, &table->text, &len, &cause)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", table->path, cause->message);
        return FALSE;
    }
    table->next = table->text;
    table->n_columns = count_columns(header);
    g_assert(table->n_columns <= TSV_MAX_COLUMNS);
    if (!is_utf8(table, len, error))
        return FALSE;
    const char *line = next_line(table);
    if (!line || strcmp(line, header) != 0)
        return tsv_fault(table, error, "the columns should be: %s", header);
    return TRUE;
}

void tsv_close(tsv *table)
{
    g_free(table->path);
    g_free(table->text);
    *table = (tsv){0};
}

gboolean tsv_next(tsv *table, GError **error)
{
    char *at = next_line(table);
    if (!at)
        return FALSE;
    guint n = 0;
    for (;;) {
        if (n < TSV_MAX_COLUMNS)
            table->fields[n] = at;
        n++;
        at = strchr(at, '\t');
        if (!at)
            break;
        *at++ = '\0';
    }
    table->failed = n != table->n_columns;
    return !table->failed ||
           tsv_fault(table, error, "%u fields where %u are due", n, table->n_columns);
}

gboolean tsv_number(const tsv *table, guint column, guint32 *value, GError **error)
{
    guint64 n;
    if (!g_ascii_string_to_unsigned(table->fields[column], 10, 0, G_MAXUINT32, &n, NULL))
        return tsv_fault(table, error, "\"%s\" is no number from 0 to %u", table->fields[column],
                         G_MAXUINT32);
    *value = (guint32)n;
    return TRUE;
}

gboolean tsv_real(const tsv *table, guint column, double min, double max, double *value,
                  GError **error)
{
    const char *field = table->fields[column];
    char *end;
    *value = g_ascii_strtod(field, &end);
    if (end == field || *end || !(*value >= min && *value <= max))
        return tsv_fault(table, error, "\"%s\" is no number from %g to %g", field, min, max);
    return TRUE;
}

gboolean tsv_position(const tsv *table, guint lon_column, im_lonlat *position, GError **error)
{
    return tsv_real(table, lon_column, -180, 180, &position->lon_deg, error) &&
           tsv_real(table, lon_column + 1, -90, 90, &position->lat_deg, error);
}
