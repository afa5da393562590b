/* PDF: the same drawing on a page of vectors, with its fonts inside and text that can be selected.
 * A map pixel is 1/96 inch, as in CSS. */
#include "output/draw.h"
#include "output/on_demand.h"

#include <cairo-pdf.h>
#include <incmap/version.h>

static const double PT_PER_PX = 72.0 / 96.0;

static cairo_status_t append_bytes(void *out, const unsigned char *bytes, unsigned int len)
{
    g_string_append_len(out, (const char *)bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

/* The day of the data for a date, for the clock would make each file another one. */
static void set_metadata(cairo_surface_t *surface, const im_map *map)
{
    char iso[IM_DAY_ISO_SIZE];
    im_day_format_iso(map->data_date, iso);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, map->title ? map->title : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                   map->alt_text ? map->alt_text : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "incmap " INCMAP_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, *iso ? iso : NULL);
}

static gboolean write_pdf(const im_output_data *data, GString *out, GError **error)
{
    const im_map *map = data->map;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append_bytes, out, map->width_px * PT_PER_PX, map->height_px * PT_PER_PX);
    set_metadata(surface, map);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, PT_PER_PX, PT_PER_PX);
    gboolean ok = im_map_draw(map, cr, error);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (ok && status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PDF: %s", cairo_status_to_string(status));
        return FALSE;
    }
    return ok;
}

const im_writer im_draw_pdf = {write_pdf};
