/* PNG: drawn by Cairo, packed by libdeflate, put together by libpng (8 bit RGB, sRGB, with texts that say
 * what is shown). Cairo's own writer keeps an alpha channel that is always opaque and packs ten times as long. */
#include "base/beside.h"
#include "output/draw.h"
#include "output/on_demand.h"

#include <incmap/error.h>
#include <incmap/version.h>
#include <libdeflate.h>
#include <math.h>
#include <png.h>
#include <string.h>

/* Of the map of 50 places at 1600 × 1200: level 1 takes 11.5 ms for 391 kB, 4 takes 14.5 ms for 374 kB, 6 takes
 * 19.3 ms for 363 kB; zlib's 3 takes 21.0 ms for 391 kB, its 6 41.4 ms for 370 kB. */
enum { PACKING_LEVEL = 1 };

static const double CSS_PX_PER_M = 96 / 0.0254;

/* What libpng's callbacks see. libpng reports errors by longjmp, so all that must survive one is
 * here and not in local variables. */
typedef struct writer {
    png_structp png;
    png_infop info;
    GString *out;
    guchar *packed; /* the rows as a stream of zlib's format */
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

/* A picture of Cairo's RGB24, a native 32-bit word a pixel, 0x00RRGGBB, and the same as rows of PNG. */
typedef struct picture {
    int width, height;
    gsize stride, row; /* bytes */
    guchar *data, *rows;
} picture;

/* Each row begins with its filter, which is none, for a map is flat areas with sharp edges, of which a filter makes
 * worse ones. */
static void make_rows(const picture *p, int top, int bottom)
{
    guchar *at = p->rows + (gsize)top * p->row;
    for (int y = top; y < bottom; y++) {
        const guchar *row = p->data + (gsize)y * p->stride;
        *at++ = PNG_FILTER_VALUE_NONE;
        for (int x = 0; x < p->width; x++) {
            guint32 pixel;
            memcpy(&pixel, row + 4 * (gsize)x, sizeof pixel);
            *at++ = (guchar)(pixel >> 16);
            *at++ = (guchar)(pixel >> 8);
            *at++ = (guchar)pixel;
        }
    }
}

/* Chunks hold less than 2^31 bytes. */
static void write_packed(writer *w, gsize len)
{
    static const gsize MOST = 1 << 30;
    for (gsize at = 0; at < len; at += MOST)
        png_write_chunk(w->png, (png_const_bytep) "IDAT", w->packed + at, MIN(MOST, len - at));
    png_write_chunk(w->png, (png_const_bytep) "IEND", NULL, 0);
}

static gboolean write_rows(writer *w, const picture *p)
{
    const gsize len = (gsize)p->height * p->row;
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(PACKING_LEVEL);
    const gsize room = packer ? libdeflate_zlib_compress_bound(packer, len) : 0;
    w->packed = g_try_malloc(room);
    const gsize packed =
        w->packed ? libdeflate_zlib_compress(packer, p->rows, len, w->packed, room) : 0;
    libdeflate_free_compressor(packer);
    if (packed > 0)
        write_packed(w, packed);
    return packed > 0;
}

static gboolean encode_with(writer *w, const im_map *map, const picture *p)
{
    if (setjmp(png_jmpbuf(w->png)))
        return FALSE;
    png_set_write_fn(w->png, w, append_bytes, flush_nothing);
    write_header(w, map, p->width, p->height);
    return write_rows(w, p);
}

static gboolean encode(const im_map *map, const picture *p, GString *out, GError **error)
{
    writer w = {.out = out};
    w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, on_error, on_warning);
    w.info = w.png ? png_create_info_struct(w.png) : NULL;
    gboolean ok = w.info && encode_with(&w, map, p);
    if (!ok)
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PNG: %s",
                    w.message ? w.message : "out of memory");
    png_destroy_write_struct(&w.png, &w.info);
    g_free(w.packed);
    g_free(w.message);
    return ok;
}

/* Bands of a picture, the same on all machines: where an edge is cut between rows, its pixel may be a shade off. */
enum { N_BANDS = 6 };

/* What those who draw a picture share. */
typedef struct drawing {
    const im_map *map;
    const picture *picture;
    int next; /* band that nobody has begun */
    GError *errors[N_BANDS];
} drawing;

static gboolean draw_band(const drawing *d, int top, int bottom, GError **error)
{
    const picture *p = d->picture;
    const gsize len = (gsize)(bottom - top) * p->stride;
    guchar *rows = memset(p->data + (gsize)top * p->stride, 0, len); /* paper may be translucent */
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        rows, CAIRO_FORMAT_RGB24, p->width, bottom - top, (int)p->stride);
    cairo_surface_set_device_offset(surface, 0, -top);
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, d->map->scale, d->map->scale);
    const gboolean ok = im_map_draw(d->map, cr, error);
    const cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    if (ok && status != CAIRO_STATUS_SUCCESS)
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PNG: cannot draw: %s",
                    cairo_status_to_string(status));
    make_rows(p, top, bottom);
    return ok && status == CAIRO_STATUS_SUCCESS;
}

static gpointer draw_bands(gpointer data)
{
    drawing *d = data;
    const int height = d->picture->height;
    int i;
    while ((i = g_atomic_int_add(&d->next, 1)) < N_BANDS)
        draw_band(d, height * i / N_BANDS, height * (i + 1) / N_BANDS, &d->errors[i]);
    return NULL;
}

static gboolean draw_picture(const im_map *map, const picture *p, GError **error)
{
    drawing d = {.map = map, .picture = p};
    GThread *thread = im_beside("bands", draw_bands, &d);
    draw_bands(&d);
    im_beside_join(thread, draw_bands, &d);
    GError *first = NULL;
    for (guint i = 0; i < N_BANDS; i++)
        if (first)
            g_clear_error(&d.errors[i]);
        else
            first = d.errors[i];
    if (first)
        g_propagate_error(error, first);
    return first == NULL;
}

static gboolean write_png(const im_output_data *data, GString *out, GError **error)
{
    const im_map *map = data->map;
    picture p = {.width = (int)lround(map->width_px * map->scale),
                 .height = (int)lround(map->height_px * map->scale)};
    const int stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, p.width);
    p.stride = (gsize)MAX(stride, 0);
    p.row = 1 + 3 * (gsize)p.width;
    p.data = stride > 0 ? g_try_malloc_n((gsize)p.height, p.stride) : NULL;
    p.rows = p.data ? g_try_malloc_n((gsize)p.height, p.row) : NULL;
    if (!p.rows)
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "PNG: out of memory");
    const gboolean ok = p.rows && draw_picture(map, &p, error) && encode(map, &p, out, error);
    g_free(p.rows);
    g_free(p.data);
    return ok;
}

const im_writer im_draw_png = {write_png};
