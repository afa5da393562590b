#include "output/on_demand.h"
#include "output/priv.h"

#include "base/files.h"

#include <string.h>

/* The functions of a format, each that of the table of its name. */
#define WRITE(format)                                                                              \
    static gboolean write_##format(const im_output_data *data, GString *out, GError **error)       \
    {                                                                                              \
        const im_writer *writer = im_module_table(im_draw_##format, error);                        \
        return writer && writer->write(data, out, error);                                          \
    }
#define MAKE(format)                                                                               \
    static gboolean make_##format(const char *path, const im_output_data *data, GError **error)    \
    {                                                                                              \
        const im_maker *maker = im_module_table(im_gis_##format, error);                           \
        return maker && maker->make(path, data, error);                                            \
    }

WRITE(png)
WRITE(svg)
WRITE(pdf)
WRITE(kml)
WRITE(html)
MAKE(gpkg)
MAKE(fgb)

const im_backend im_backend_png = {
    {"png", ".png", "map as a picture", TRUE, FALSE}, write_png, NULL, NULL};
const im_backend im_backend_svg = {
    {"svg", ".svg", "map as a drawing to edit", TRUE, FALSE}, write_svg, NULL, NULL};
const im_backend im_backend_pdf = {
    {"pdf", ".pdf", "map for print", TRUE, FALSE}, write_pdf, NULL, NULL};
const im_backend im_backend_html = {
    {"html", ".html", "map to explore, a page of its own", TRUE, FALSE}, write_html, NULL, NULL};
const im_backend im_backend_kml = {
    {"kml", ".kml", "records for Google Earth and its like", FALSE, FALSE}, write_kml, NULL, NULL};
const im_backend im_backend_gpkg = {
    {"gpkg", ".gpkg", "records as a GeoPackage, styled for QGIS", FALSE, FALSE},
    NULL,
    make_gpkg,
    NULL};
const im_backend im_backend_fgb = {
    {"fgb", ".fgb", "records with a position as a FlatGeobuf, indexed", FALSE, TRUE},
    NULL,
    make_fgb,
    NULL};

gboolean im_series_page_write(const im_series_page *page, const char *path, gboolean overwrite,
                              GError **error)
{
    const im_series_writer *writer = im_module_table(im_draw_series, error);
    if (!writer)
        return FALSE;
    g_autoptr(GString) out = g_string_new(NULL);
    writer->write(page, out);
    return im_file_write(path, out->str, out->len, overwrite, error);
}

GPtrArray *im_incidents_read(const char *path, GError **error)
{
    return im_incidents_read_mapped(path, NULL, error);
}

/* A sequence of no records; and nothing from a command that found none. */
static gboolean is_empty_sequence(im_stream *stream, const char *path)
{
    return im_stream_peek(stream) < 0 && !im_stream_error(stream) &&
           (strcmp(path, "-") == 0 || g_str_has_suffix(path, ".geojsonl"));
}

/* Reads GeoJSON without GDAL. @param foreign  set when that cannot be; then there is no error */
static GPtrArray *read_stream(const char *path, const char *const *map, gboolean *foreign,
                              GError **error)
{
    const gboolean is_once = strcmp(path, "-") == 0;
    g_autoptr(im_stream) stream =
        g_str_has_prefix(path, "/vsistdin") ? NULL : im_stream_open(path, NULL);
    *foreign = TRUE;
    if (!stream)
        return NULL;
    if (!map && is_empty_sequence(stream, path))
        return *foreign = FALSE, g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    GPtrArray *own = map ? NULL : im_own_records_read(stream, foreign, error);
    if (!*foreign)
        return own;
    g_autoptr(im_stream) again = is_once ? NULL : im_stream_open(path, NULL);
    im_stream *from = is_once ? stream : again;
    return from && im_stream_peek(from) == '{' ? im_geojson_read(from, path, map, foreign, error)
                                               : NULL;
}

GPtrArray *im_incidents_read_mapped(const char *path, const char *const *map, GError **error)
{
    gboolean foreign;
    GPtrArray *read = read_stream(path, map, &foreign, error);
    if (!foreign)
        return read;
    if (strcmp(path, "-") == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT,
                    "standard input: no incidents as points in GeoJSON; other formats are read "
                    "from files");
        return NULL;
    }
    const im_record_reader *records = im_module_table(im_gis_records, error);
    return records ? records->read(path, map, error) : NULL;
}
