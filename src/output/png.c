/* PNG: drawn by Cairo, written by libpng (8 bit RGB, sRGB, with texts that say what is shown).
 * Cairo's own writer keeps an alpha channel that is always opaque and packs four times as long. */
#include "output/draw.h"
#include "output/on_demand.h"

#include <incmap/version.h>
#include <math.h>
#include <png.h>
#include <string.h>

/* Of a map of 1600 × 1200 (of all levels and filters): rows as they are, at level 3, take 24 ms for
 * 226 kB; level 1 takes 22 ms for 241 kB, 6 takes 50 ms for 198 kB; any filter takes longer and packs
 * worse, for a map is flat areas with sharp edges. */
enum { ZLIB_LEVEL = 3 };

static const double CSS_PX_PER_M = 96 / 0.0254;

/* What libpng's callbacks see. libpng reports errors by longjmp, so all that must survive one is
 * here and not in local variables. */
typedef struct writer {
    png_structp png;
    png_infop info;
    GString *out;
    guchar *row;
    char *message;
} writer;

static void append_bytes(png_structp png, png_bytep bytes, png_size_t len)
{
    writer *w = png_get_io_ptr(png);
    g_string_append_len(w->out, (const char *)bytes, (gssize)len);
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

static void on_error(png_structp png, png_const_charp message)
{
    writer *w = png_get_error_ptr(png);
    w->message = g_strdup(message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png, (void)message;
}

enum { MAX_TEXTS = 4 };

/* A PNG text is Latin-1 when plain and UTF-8 when international; ASCII is both. */
static void add_text(png_text texts[MAX_TEXTS], int *n, const char *key, const char *value)
{
    if (!value || !*value)
        return;
    png_text *text = &texts[(*n)++];
    *text = (png_text){.key = (char *)key, .text = (char *)value};
    text->compression =
        g_str_is_ascii(value) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    if (text->compression == PNG_TEXT_COMPRESSION_NONE)
        text->text_length = strlen(value);
    else
        text->itxt_length = strlen(value);
}

static void write_header(writer *w, const im_map *map, int width, int height)
{
    png_text texts[MAX_TEXTS];
    int n = 0;
    png_uint_32 per_metre = (png_uint_32)lround(CSS_PX_PER_M * map->scale);
    png_set_IHDR(w->png, w->info, (png_uint_32)width, (png_uint_32)height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(w->png, w->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(w->png, w->info, per_metre, per_metre, PNG_RESOLUTION_METER);
    add_text(texts, &n, "Title", map->title);
    add_text(texts, &n, "Description", map->alt_text);
    add_text(texts, &n, "Source", map->source_line);
    add_text(texts, &n, "Software", "incmap " INCMAP_VERSION);
    png_set_text(w->png, w->info, texts, n);
    png_write_info(w->png, w->info);
}

/* Cairo's RGB24 is one native 32-bit word a pixel, 0x00RRGGBB. */
static void convert_row(const guint32 *pixels, int width, guchar *row)
{
    for (int x = 0; x < width; x++) {
        guint32 p = pixels[x];
        *row++ = (guchar)(p >> 16);
        *row++ = (guchar)(p >> 8);
        *row++ = (guchar)p;
    }
}

static void write_rows(writer *w, cairo_surface_t *surface)
{
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const guchar *data = cairo_image_surface_get_data(surface);
    for (int y = 0; y < height; y++) {
        convert_row((const guint32 *)(const void *)(data + (gsize)y * (gsize)stride), width,
                    w->row);
        png_write_row(w->png, w->row);
    }
}

static gboolean encode_with(writer *w, const im_map *map, cairo_surface_t *surface)
{
    if (setjmp(png_jmpbuf(w->png)))
        return FALSE;
    png_set_write_fn(w->png, w, append_bytes, flush_nothing);
    png_set_compression_level(w->png, ZLIB_LEVEL);
    png_set_filter(w->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    write_header(w, map, cairo_image_surface_get_width(surface),
                 cairo_image_surface_get_height(surface));
    write_rows(w, surface);
    png_write_end(w->png, NULL);
    return TRUE;
}

static gboolean encode(const im_map *map, cairo_surface_t *surface, GString *out, GError **error)
{
    writer w = {.out = out};
    w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, on_error, on_warning);
    w.info = w.png ? png_create_info_struct(w.png) : NULL;
    w.row = g_new(guchar, 3 * (gsize)cairo_image_surface_get_width(surface));
    gboolean ok = w.info && encode_with(&w, map, surface);
    if (!ok)
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PNG: %s",
                    w.message ? w.message : "out of memory");
    png_destroy_write_struct(&w.png, &w.info);
    g_free(w.row);
    g_free(w.message);
    return ok;
}

static gboolean draw_and_encode(const im_map *map, cairo_surface_t *surface, GString *out,
                                GError **error)
{
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, map->scale, map->scale);
    gboolean ok = im_map_draw(map, cr, error);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    if (ok && status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PNG: cannot draw: %s",
                    cairo_status_to_string(status));
        return FALSE;
    }
    cairo_surface_flush(surface);
    return ok && encode(map, surface, out, error);
}

static gboolean write_png(const im_output_data *data, GString *out, GError **error)
{
    const im_map *map = data->map;
    int width = (int)lround(map->width_px * map->scale);
    int height = (int)lround(map->height_px * map->scale);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    gboolean ok = draw_and_encode(map, surface, out, error);
    cairo_surface_destroy(surface);
    return ok;
}

const im_writer im_draw_png = {write_png};
