#include "output/on_demand.h"
#include "output/priv.h"

#include <string.h>

static gboolean write_png(const im_output_data *data, GString *out, GError **error)
{
    const im_writer *png = im_module_table(im_gis_png, error);
    return png && png->write(data, out, error);
}

static gboolean write_svg(const im_output_data *data, GString *out, GError **error)
{
    const im_writer *svg = im_module_table(im_gis_svg, error);
    return svg && svg->write(data, out, error);
}

static gboolean write_pdf(const im_output_data *data, GString *out, GError **error)
{
    const im_writer *pdf = im_module_table(im_gis_pdf, error);
    return pdf && pdf->write(data, out, error);
}

const im_backend im_backend_png = {
    {"png", ".png", "map as a picture", TRUE, FALSE}, write_png, NULL};
const im_backend im_backend_svg = {
    {"svg", ".svg", "map as a drawing to edit", TRUE, FALSE}, write_svg, NULL};
const im_backend im_backend_pdf = {{"pdf", ".pdf", "map for print", TRUE, FALSE}, write_pdf, NULL};

static gboolean write_kml(const im_output_data *data, GString *out, GError **error)
{
    const im_writer *kml = im_module_table(im_gis_kml, error);
    return kml && kml->write(data, out, error);
}

static gboolean make_gpkg(const char *path, const im_output_data *data, GError **error)
{
    const im_layer_format *gpkg = im_module_table(im_gis_gpkg, error);
    return gpkg && gpkg->make(path, data, error);
}

static gboolean make_fgb(const char *path, const im_output_data *data, GError **error)
{
    const im_layer_format *fgb = im_module_table(im_gis_fgb, error);
    return fgb && fgb->make(path, data, error);
}

const im_backend im_backend_kml = {
    {"kml", ".kml", "records for Google Earth and its like", FALSE, FALSE}, write_kml, NULL};
const im_backend im_backend_gpkg = {
    {"gpkg", ".gpkg", "records as a GeoPackage, styled for QGIS", FALSE, FALSE}, NULL, make_gpkg};
const im_backend im_backend_fgb = {
    {"fgb", ".fgb", "records with a position as a FlatGeobuf, indexed", FALSE, TRUE},
    NULL,
    make_fgb};

GPtrArray *im_incidents_read(const char *path, GError **error)
{
    gboolean foreign = FALSE;
    GPtrArray *own = im_own_records_read(path, &foreign, error);
    if (!foreign)
        return own;
    return im_incidents_read_mapped(path, NULL, error);
}

GPtrArray *im_incidents_read_mapped(const char *path, const char *const *map, GError **error)
{
    if (strcmp(path, "-") == 0) {
        g_set_error(
            error, IM_ERROR, IM_ERROR_FORMAT,
            "standard input: no incidents as incmap writes them in GeoJSON; other formats are "
            "read from files");
        return NULL;
    }
    const im_record_reader *records = im_module_table(im_gis_records, error);
    return records ? records->read(path, map, error) : NULL;
}
