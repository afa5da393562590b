/* Drawings: the same small map as PNG and as SVG, read back with libpng and libxml2. */
#include "map/map.h"
#include "map/tree.h"
#include "output/priv.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <png.h>
#include <string.h>

enum { WIDTH = 400, HEIGHT = 300 };

static const im_text_style label = {.family = IM_FONT_FAMILY,
                                    .size_px = 16,
                                    .colour = 0x222222ff,
                                    .halo = 0xffffffff,
                                    .halo_px = 1.5F,
                                    .anchor = IM_ANCHOR_MIDDLE};

static void add_box(GPtrArray *items, const char *id, const im_box *box, im_style style)
{
    im_item *item = im_tree_path(items, "box", style);
    item->id = g_strdup(id);
    im_path_box(&item->path, box, 0);
}

/* A mark with all that a mark may have, and text that XML must not take literally. */
static void add_mark(GPtrArray *items)
{
    im_item *mark = im_tree_group(items, "mark attack");
    mark->id = g_strdup("incident-1");
    mark->title = g_strdup("Attack & fire <Tapalpa>");
    mark->desc = g_strdup("He said \"no\" \x01\x0b to it");
    im_item_add_data(mark, "type", "attack");
    im_item_add_data(mark, "note", "a < b & \"c\"");
    im_item *disc = im_tree_path(
        mark->items, "disc",
        (im_style){.fill = 0xd55e0080, .stroke = 0x000000ff, .stroke_px = 1, .dash_px = {4, 2}});
    im_path_circle(&disc->path, (im_xy){300, 100}, 20);
}

/* Background grey; red box 50..150 × 50..150; hatched box; a box that leaves the frame. */
static im_map *a_map(double scale)
{
    im_map *map = im_tree_new();
    map->width_px = WIDTH;
    map->height_px = HEIGHT;
    map->scale = scale;
    map->frame = (im_rect){20, 20, 360, 260};
    map->background = 0x808080ff;
    map->title = g_strdup("Attacks in México");
    map->alt_text = g_strdup("A map with 1 attack.");
    map->source_line = g_strdup("Reports: El Diario");
    GPtrArray *land = im_tree_layer(map, "land", "Land & sea", TRUE)->items;
    add_box(land, "red", &(im_box){50, 50, 150, 150}, (im_style){.fill = 0xff0000ff});
    add_box(land, "out", &(im_box){0, 200, 60, 240}, (im_style){.fill = 0x0000ffff});
    add_box(land, "hatched", &(im_box){200, 160, 300, 260},
            (im_style){.fill = 0xffffffff, .hatch = 0x000000ff, .hatch_gap_px = 8});
    add_box(land, "hatched-2", &(im_box){310, 160, 350, 260},
            (im_style){.hatch = 0x000000ff, .hatch_gap_px = 8});
    GPtrArray *marks = im_tree_layer(map, "marks", "Incidents", TRUE)->items;
    add_mark(marks);
    GPtrArray *labels = im_tree_layer(map, "labels", "Labels", FALSE)->items;
    im_item *text = im_tree_text(labels, "label", "Tlaquepaque & <co>", (im_xy){100, 180}, &label);
    text->angle_deg = -10;
    return map;
}

static GString *written(const char *name, const im_map *map)
{
    g_autoptr(GError) error = NULL;
    im_output_data data = {.map = map};
    const im_output_format *format = im_output_format_find(name, NULL, &error);
    GString *out = g_string_new(NULL);
    g_assert_true(im_output_append(format, &data, out, &error));
    g_assert_no_error(error);
    return out;
}

/* PNG */

typedef struct picture {
    png_image image;
    guint8 *rgb;
} picture;

static picture decoded(const GString *png)
{
    picture p = {.image = {.version = PNG_IMAGE_VERSION}};
    g_assert_true(png_image_begin_read_from_memory(&p.image, png->str, png->len));
    g_assert_cmpuint(p.image.format, ==, PNG_FORMAT_RGB); /* no alpha, no palette */
    p.rgb = g_malloc(PNG_IMAGE_SIZE(p.image));
    g_assert_true(png_image_finish_read(&p.image, NULL, p.rgb, 0, NULL));
    return p;
}

static guint32 pixel(const picture *p, guint x, guint y)
{
    const guint8 *c = p->rgb + 3 * ((gsize)y * p->image.width + x);
    return (guint32)c[0] << 16 | (guint32)c[1] << 8 | c[2];
}

static void test_png_pixels(void)
{
    g_autoptr(im_map) map = a_map(1);
    g_autoptr(GString) out = written("png", map);
    picture p = decoded(out);
    g_assert_cmpuint(p.image.width, ==, WIDTH);
    g_assert_cmpuint(p.image.height, ==, HEIGHT);
    g_assert_cmphex(pixel(&p, 5, 5), ==, 0x808080);
    g_assert_cmphex(pixel(&p, 100, 60), ==, 0xff0000);
    g_assert_cmphex(pixel(&p, 10, 220), ==, 0x808080); /* outside the frame: clipped */
    g_assert_cmphex(pixel(&p, 40, 220), ==, 0x0000ff);
    g_assert_cmphex(pixel(&p, 300, 100), ==, 0xab6f40); /* half of 0xd55e00 on grey */
    g_free(p.rgb);
}

/* Hatching covers its share of the area: lines of 1 px about every 8 px. */
static void test_png_hatch(void)
{
    g_autoptr(im_map) map = a_map(1);
    g_autoptr(GString) out = written("png", map);
    picture p = decoded(out);
    double dark = 0;
    for (guint y = 165; y < 255; y++)
        for (guint x = 205; x < 295; x++)
            dark += 1 - (pixel(&p, x, y) & 0xff) / 255.0;
    g_assert_cmpfloat_with_epsilon(dark / (90 * 90), 1 / 8.0, 0.01);
    g_free(p.rgb);
}

static void test_png_scale(void)
{
    g_autoptr(im_map) map = a_map(2);
    g_autoptr(GString) out = written("png", map);
    picture p = decoded(out);
    g_assert_cmpuint(p.image.width, ==, 2 * WIDTH);
    g_assert_cmphex(pixel(&p, 200, 120), ==, 0xff0000);
    g_assert_cmphex(pixel(&p, 90, 100), ==, 0x808080);
    g_free(p.rgb);
}

/* The body of the first chunk of that type whose body begins so, or NULL. */
static const char *find_chunk(const GString *png, const char *type, const char *begin, guint32 *len)
{
    for (gsize at = 8; at + 12 <= png->len; at += *len + 12) {
        guint32 size;
        memcpy(&size, png->str + at, 4);
        *len = GUINT32_FROM_BE(size);
        if (memcmp(png->str + at + 4, type, 4) == 0 &&
            strncmp(png->str + at + 8, begin, strlen(begin)) == 0)
            return png->str + at + 8;
    }
    return NULL;
}

static void test_png_metadata(void)
{
    guint32 len;
    g_autoptr(im_map) map = a_map(1);
    g_autoptr(GString) out = written("png", map);
    const char *title = find_chunk(out, "iTXt", "Title", &len);
    g_assert_nonnull(title); /* not ASCII, so international: keyword, 0, 0, 0, 0, 0, text */
    g_assert_cmpmem(title + 10, (int)len - 10, map->title, (int)strlen(map->title));
    const char *description = find_chunk(out, "tEXt", "Description", &len);
    g_assert_cmpmem(description + 12, (int)len - 12, map->alt_text, (int)strlen(map->alt_text));
    g_assert_nonnull(find_chunk(out, "tEXt", "Source", &len));
    g_assert_nonnull(find_chunk(out, "tEXt", "Software", &len));
    g_assert_nonnull(find_chunk(out, "sRGB", "", &len));
    const char *phys = find_chunk(out, "pHYs", "", &len);
    g_assert_cmpmem(phys, 9, "\0\0\x0e\xc4\0\0\x0e\xc4\1", 9); /* 3780 a metre: 96 dpi */
    g_assert_null(find_chunk(out, "tIME", "", &len));          /* never the clock */
}

/* SVG */

typedef struct drawing {
    xmlDoc *document;
    xmlXPathContext *context;
} drawing;

static drawing parsed(const GString *svg)
{
    drawing d = {.document =
                     xmlReadMemory(svg->str, (int)svg->len, "map.svg", NULL, XML_PARSE_NONET)};
    g_assert_nonnull(d.document);
    d.context = xmlXPathNewContext(d.document);
    xmlXPathRegisterNs(d.context, BAD_CAST "s", BAD_CAST "http://www.w3.org/2000/svg");
    xmlXPathRegisterNs(d.context, BAD_CAST "i",
                       BAD_CAST "http://www.inkscape.org/namespaces/inkscape");
    return d;
}

static void drawing_clear(drawing *d)
{
    xmlXPathFreeContext(d->context);
    xmlFreeDoc(d->document);
}

static char *evaluate(const drawing *d, const char *xpath)
{
    xmlXPathObject *object = xmlXPathEvalExpression(BAD_CAST xpath, d->context);
    g_assert_nonnull(object);
    xmlChar *text = xmlXPathCastToString(object);
    xmlXPathFreeObject(object);
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    return copy;
}

static void test_svg_structure(void)
{
    static const struct {
        const char *xpath, *value;
    } rows[] = {
        {"string(/s:svg/@viewBox)", "0 0 400 300"},
        {"string(/s:svg/@width)", "400"},
        {"string(/s:svg/@role)", "img"},
        {"string(/s:svg/s:title)", "Attacks in México"},
        {"string(/s:svg/s:desc)", "A map with 1 attack."},
        {"count(/s:svg/s:g[@i:groupmode='layer'])", "3"},
        {"string(/s:svg/s:g[1]/@id)", "land"},
        {"string(/s:svg/s:g[1]/@data-name)", "Land & sea"},
        {"string(/s:svg/s:g[1]/@i:label)", "Land & sea"},
        {"count(//s:g[@id='land'][@clip-path='url(#map-frame)'])", "1"},
        {"count(//s:g[@id='labels']/@clip-path)", "0"},
        {"string(//s:clipPath[@id='map-frame']/s:rect/@height)", "260"},
        {"count(//s:pattern)", "1"},
        {"count(//s:path[@fill='url(#hatch-1)'])", "2"},
        {"string(//s:g[@id='incident-1']/s:title)", "Attack & fire <Tapalpa>"},
        {"string(//s:g[@id='incident-1']/s:desc)", "He said \"no\"  to it"},
        {"string(//s:g[@id='incident-1']/@data-note)", "a < b & \"c\""},
        {"string(//s:g[@id='incident-1']/@class)", "mark attack"},
        {"string(//s:path[@class='disc']/@stroke-dasharray)", "4 2"},
        {"string(//s:path[@class='disc']/@fill)", "#d55e00"},
        {"string(//s:path[@class='disc']/@fill-opacity)", "0.5"},
        {"string(//s:text)", "Tlaquepaque & <co>"},
        {"string(//s:text/@paint-order)", "stroke"},
        {"string(//s:text/@transform)", "rotate(-10 100 180)"},
        {"string(//s:path[@id='red']/@d)", "M50,50l100,0 0,100-100,0 0-100z"},
        {"count(//@*[contains(., 'http')])", "0"},
        {"count(//s:script | //s:image | //s:style)", "0"},
    };
    g_autoptr(im_map) map = a_map(1);
    g_autoptr(GString) out = written("svg", map);
    drawing d = parsed(out);
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *value = evaluate(&d, rows[i].xpath);
        g_test_message("%s", rows[i].xpath);
        g_assert_cmpstr(value, ==, rows[i].value);
    }
    drawing_clear(&d);
}

/* Relative steps lead to the rounded positions, however many there are. */
static void test_svg_no_drift(void)
{
    g_autoptr(im_map) map = a_map(1);
    GPtrArray *items = ((im_layer *)map->layers->pdata[0])->items;
    im_item *line = im_tree_path(items, "line", (im_style){.stroke = 0xff, .stroke_px = 1});
    line->id = g_strdup("line");
    im_path_move(&line->path, 10.004, 10.004);
    for (int i = 1; i <= 1000; i++)
        im_path_line(&line->path, 10.004 + i * 0.1234, 10.004 + i * 0.0666);
    g_autoptr(GString) out = written("svg", map);
    drawing d = parsed(out);
    g_autofree char *path = evaluate(&d, "string(//s:path[@id='line']/@d)");
    double x = 0, y = 0;
    for (char *p = path; *p;) {
        p += *p == 'M' || *p == 'l' || *p == ' ' || *p == ',';
        x += g_ascii_strtod(p, &p);
        p += *p == ',';
        y += g_ascii_strtod(p, &p);
    }
    g_assert_cmpfloat_with_epsilon(x, 10.004 + 123.4, 0.0051);
    g_assert_cmpfloat_with_epsilon(y, 10.004 + 66.6, 0.0051);
    drawing_clear(&d);
}

/* PDF: fonts inside, text with the characters it stands for, a date that is not the clock's. */
static void test_pdf(void)
{
    static const char *const holds[] = {"/FontFile",
                                        "/ToUnicode",
                                        "SourceSans3",
                                        "/Title",
                                        "/CreationDate (20260311",
                                        "/MediaBox [ 0 0 300 225 ]"};
    g_autoptr(im_map) map = a_map(1);
    map->data_date = im_day_from_ymd(2026, 3, 11);
    g_autoptr(GString) out = written("pdf", map);
    g_assert_true(g_str_has_prefix(out->str, "%PDF-1."));
    for (guint i = 0; i < G_N_ELEMENTS(holds); i++)
        g_assert_nonnull(memmem(out->str, out->len, holds[i], strlen(holds[i])));
    map->data_date = IM_DAY_NONE;
    g_autoptr(GString) undated = written("pdf", map);
    g_assert_null(memmem(undated->str, undated->len, "/CreationDate", 13));
}

static void test_same_bytes(gconstpointer name)
{
    g_autoptr(im_map) map = a_map(1.5);
    g_autoptr(GString) a = written(name, map);
    g_autoptr(GString) b = written(name, map);
    g_assert_cmpmem(a->str, (int)a->len, b->str, (int)b->len);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_true(im_fonts_load(NULL));
    g_test_add_func("/drawing/png-pixels", test_png_pixels);
    g_test_add_func("/drawing/png-hatch", test_png_hatch);
    g_test_add_func("/drawing/png-scale", test_png_scale);
    g_test_add_func("/drawing/png-metadata", test_png_metadata);
    g_test_add_func("/drawing/svg-structure", test_svg_structure);
    g_test_add_func("/drawing/svg-no-drift", test_svg_no_drift);
    g_test_add_func("/drawing/pdf", test_pdf);
    g_test_add_data_func("/drawing/same-bytes/pdf", "pdf", test_same_bytes);
    g_test_add_data_func("/drawing/same-bytes/png", "png", test_same_bytes);
    g_test_add_data_func("/drawing/same-bytes/svg", "svg", test_same_bytes);
    return g_test_run();
}
