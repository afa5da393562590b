/* Which formats there are, and how a file is written. */
#include "output/priv.h"

#include "base/files.h"

#include <string.h>

static const im_backend *const backends[] = {
    &im_backend_png,     &im_backend_svg,        &im_backend_pdf, &im_backend_html,
    &im_backend_geojson, &im_backend_geojsonseq, &im_backend_csv, &im_backend_gpkg,
    &im_backend_fgb,     &im_backend_kml,
};

const im_output_format *im_output_format_at(guint i)
{
    return i < G_N_ELEMENTS(backends) ? &backends[i]->format : NULL;
}

static const im_output_format *find_by_name(const char *name, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const im_output_format *format;
    for (guint i = 0; (format = im_output_format_at(i)); i++) {
        if (g_ascii_strcasecmp(format->name, name) == 0)
            return format;
        g_string_append_printf(known, " %s", format->name);
    }
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "unknown format '%s'; known:%s", name, known->str);
    return NULL;
}

static gboolean has_suffix(const char *path, const char *suffix)
{
    gsize path_len = strlen(path), len = strlen(suffix);
    return path_len > len && g_ascii_strcasecmp(path + path_len - len, suffix) == 0;
}

static const im_output_format *find_by_suffix(const char *path, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const im_output_format *format;
    for (guint i = 0; (format = im_output_format_at(i)); i++) {
        if (has_suffix(path, format->suffix))
            return format;
        g_string_append_printf(known, " %s", format->suffix);
    }
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                "%s: no format known by this suffix; give one with -f, or one of%s", path,
                known->str);
    return NULL;
}

const im_output_format *im_output_format_find(const char *name, const char *path, GError **error)
{
    return name ? find_by_name(name, error) : find_by_suffix(path, error);
}

gboolean im_output_check(const char *path, gboolean overwrite, GError **error)
{
    return im_file_may_write(path, overwrite, error);
}

typedef struct making {
    const im_backend *backend;
    const im_output_data *data;
} making;

static gboolean make_file(const char *path, gconstpointer data, GError **error)
{
    const making *m = data;
    return m->backend->make(path, m->data, error);
}

/* Hands on what was written once it is as much as one call is good for. */
static gboolean spill(im_output_stream *stream, GString *out, gsize most, GError **error)
{
    if (out->len < most)
        return TRUE;
    const gboolean ok = im_output_stream_write(stream, out->str, out->len, error);
    g_string_truncate(out, 0);
    return ok;
}

static gboolean write_rows(const im_row_writer *rows, const im_output_data *data, const char *path,
                           gboolean overwrite, GError **error)
{
    enum { SPILL_BYTES = 1 << 18 };
    g_autoptr(im_output_stream) stream = im_output_stream_open(path, overwrite, error);
    g_autoptr(GString) out = g_string_sized_new(2 * SPILL_BYTES), scratch = g_string_new(NULL);
    gboolean ok = stream != NULL;
    if (ok)
        rows->begin(data, out);
    for (guint i = 0; ok && i < data->incidents->len; i++) {
        rows->row(data, i, scratch, out);
        ok = spill(stream, out, SPILL_BYTES, error);
    }
    if (ok)
        rows->end(data, out);
    return ok && spill(stream, out, 1, error) && im_output_stream_finish(stream, error);
}

gboolean im_output_append(const im_output_format *format, const im_output_data *data, GString *out,
                          GError **error)
{
    const im_backend *backend = (const im_backend *)format;
    if (!backend->rows)
        return backend->write(data, out, error);
    g_autoptr(GString) scratch = g_string_new(NULL);
    backend->rows->begin(data, out);
    for (guint i = 0; i < data->incidents->len; i++)
        backend->rows->row(data, i, scratch, out);
    backend->rows->end(data, out);
    return TRUE;
}

gboolean im_output_write(const im_output_format *format, const im_output_data *data,
                         const char *path, gboolean overwrite, GError **error)
{
    const im_backend *backend = (const im_backend *)format;
    g_assert(data->map || !format->needs_map);
    if (backend->make)
        return im_file_make(path, format->suffix, overwrite, make_file, &(making){backend, data},
                            error);
    if (backend->rows)
        return write_rows(backend->rows, data, path, overwrite, error);
    g_autoptr(GString) out = g_string_sized_new(1 << 16);
    return backend->write(data, out, error) &&
           im_file_write(path, out->str, out->len, overwrite, error);
}
