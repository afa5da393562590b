/* Whether sources have rows that a gazetteer was compiled without. */
#include "gazetteer/sources.h"
#include "gazetteer/stream.h"

#include <incmap/error.h>
#include <string.h>

/* Rows of a table of lines: those that are neither empty nor, but in dumps, comments; less its head. */
static gboolean count_rows(const char *path, gaz_source_format format, guint64 *n, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(path, error);
    gboolean has_head = format == GAZ_FROM_FOLDER || format == GAZ_FROM_AGEEML;
    gboolean has_comments = format != GAZ_FROM_DUMP && format != GAZ_FROM_AGEEML;
    gsize len;
    if (!lines)
        return FALSE;
    *n = 0;
    for (const char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;)
        *n += len > 0 && !(has_comments && *line == '#');
    *n -= has_head && *n > 0;
    if (fault)
        g_propagate_error(error, g_error_copy(fault));
    return fault == NULL;
}

/* @return the rows that a source of that name had, or -1 */
static gint64 rows_known(const im_gazetteer *g, const char *name)
{
    for (guint i = 0; i < im_gazetteer_n_sources(g); i++) {
        im_gazetteer_source s = im_gazetteer_source_at(g, i);
        if (strcmp(s.name, name) == 0)
            return (gint64)s.rows;
    }
    return -1;
}

static gboolean compare(const im_gazetteer *g, const char *path, gaz_source_format format,
                        GPtrArray *failures, GError **error)
{
    guint64 n;
    g_autofree char *name = g_path_get_basename(path);
    gint64 known = rows_known(g, name);
    if (!count_rows(path, format, &n, error))
        return FALSE;
    if (known < 0)
        g_ptr_array_add(failures, g_strdup_printf("%s: is not in the gazetteer", path));
    else if ((guint64)known != n)
        g_ptr_array_add(failures, g_strdup_printf("%s: has %" G_GUINT64_FORMAT
                                                  " rows, the gazetteer knows %" G_GINT64_FORMAT,
                                                  path, n, known));
    return TRUE;
}

static gboolean compare_folder(const im_gazetteer *g, const char *folder, GPtrArray *failures,
                               GError **error)
{
    static const char *const tables[] = {"countries.tsv", "admin1.tsv",   "admin2.tsv",
                                         "places.tsv",    "quarters.tsv", "regions.tsv",
                                         "airports.tsv",  "names.tsv",    "aliases.tsv"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *path = g_build_filename(folder, tables[i], NULL);
        if (rows_known(g, tables[i]) < 0 && !g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        if (!compare(g, path, GAZ_FROM_FOLDER, failures, error))
            return FALSE;
    }
    return TRUE;
}

gboolean im_gazetteer_check_sources(const im_gazetteer *gazetteer, const char *const *paths,
                                    GPtrArray **failures, GError **error)
{
    g_autoptr(GPtrArray) failed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) sources = gaz_find_sources(paths, FALSE, error);
    for (guint i = 0; sources && i < sources->len; i++) {
        const gaz_source *s = &g_array_index(sources, gaz_source, i);
        if (s->format == GAZ_FROM_FOLDER ? !compare_folder(gazetteer, s->path, failed, error)
                                         : !compare(gazetteer, s->path, s->format, failed, error))
            return FALSE;
    }
    *failures = sources ? g_steal_pointer(&failed) : NULL;
    return sources != NULL;
}
