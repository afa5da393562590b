/* SVG 1.1 with paint-order from SVG 2: layers as groups (which Inkscape shows as layers), text as
 * text, a title and a description for the map and for each mark, no reference to anything outside
 * the file. */
#include "output/draw.h"
#include "output/on_demand.h"

#include "base/xml.h"
#include "map/fonts.h"

#include <math.h>
#include <string.h>

typedef struct writer {
    GString *out;
    GPtrArray *hatches; /* of const im_style *, one a pattern */
} writer;

/* Text and numbers */

static void append_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, " %s=\"", name);
    im_xml_append(out, value);
    g_string_append_c(out, '"');
}

static gint64 hundredths(float value)
{
    return llroundf(value * 100);
}

/* A number of hundredths as short as it goes: -1250 is `-12.5`. */
static void append_hundredths(GString *out, gint64 n)
{
    guint64 size = (guint64)(n < 0 ? -n : n);
    g_string_append_printf(out, "%s%" G_GUINT64_FORMAT, n < 0 ? "-" : "", size / 100);
    if (size % 100)
        g_string_append_printf(out, size % 10 ? ".%02u" : ".%u",
                               (guint)(size % 10 ? size % 100 : size % 100 / 10));
}

static void append_number(GString *out, const char *name, float value)
{
    g_string_append_printf(out, " %s=\"", name);
    append_hundredths(out, hundredths(value));
    g_string_append_c(out, '"');
}

/* Colours are names of attributes `fill`, `stroke`; opacity only where there is some. */
static void append_colour(GString *out, const char *name, im_colour colour)
{
    guint alpha = colour & 0xff;
    if (alpha == 0) {
        g_string_append_printf(out, " %s=\"none\"", name);
        return;
    }
    g_string_append_printf(out, " %s=\"#%06x\"", name, (guint)(colour >> 8));
    if (alpha < 0xff) {
        g_autofree char *opacity = g_strconcat(name, "-opacity", NULL);
        append_number(out, opacity, (float)alpha / 255);
    }
}

/* Paths: relative steps between rounded positions, so that rounding does not add up. */

typedef struct pen {
    GString *out;
    const im_point *next;
    gint64 x, y;             /* where it is, in hundredths */
    gint64 start_x, start_y; /* where a Z goes back to */
    char last;
} pen;

static void append_step(pen *p, gint64 x, gint64 y, gboolean first)
{
    if (!first && x >= 0)
        g_string_append_c(p->out, ' ');
    append_hundredths(p->out, x);
    if (y >= 0)
        g_string_append_c(p->out, ',');
    append_hundredths(p->out, y);
}

static void draw_verb(pen *p, char verb)
{
    guint n = verb == 'C' ? 3 : verb == 'Z' ? 0 : 1;
    gboolean repeated = verb == p->last && verb != 'M' && verb != 'Z';
    if (!repeated)
        g_string_append_c(p->out, verb == 'M' ? 'M' : g_ascii_tolower(verb));
    gint64 from_x = verb == 'M' ? 0 : p->x, from_y = verb == 'M' ? 0 : p->y;
    for (guint i = 0; i < n; i++, p->next++) {
        p->x = hundredths(p->next->x_px);
        p->y = hundredths(p->next->y_px);
        append_step(p, p->x - from_x, p->y - from_y, i == 0 && !repeated);
    }
    if (verb == 'M') {
        p->start_x = p->x;
        p->start_y = p->y;
    } else if (verb == 'Z') {
        p->x = p->start_x;
        p->y = p->start_y;
    }
    p->last = verb;
}

static void append_path(GString *out, const im_path *path)
{
    pen p = {.out = out};
    p.next = path->points ? (const im_point *)(void *)path->points->data : NULL;
    g_string_append(out, " d=\"");
    for (guint i = 0; path->verbs && i < path->verbs->len; i++)
        draw_verb(&p, (char)path->verbs->data[i]);
    g_string_append_c(out, '"');
}

/* Styles */

static void append_stroke(GString *out, const im_style *style)
{
    if ((style->stroke & 0xff) == 0 || style->stroke_px <= 0)
        return;
    append_colour(out, "stroke", style->stroke);
    append_number(out, "stroke-width", style->stroke_px);
    g_string_append(out, " stroke-linejoin=\"round\"");
    if (style->dash_px[0] <= 0 || style->dash_px[1] <= 0)
        return;
    g_string_append(out, " stroke-dasharray=\"");
    append_hundredths(out, hundredths(style->dash_px[0]));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(style->dash_px[1]));
    g_string_append_c(out, '"');
}

static void append_text_style(GString *out, const im_text_style *style)
{
    append_number(out, "font-size", style->size_px);
    if (style->bold)
        g_string_append(out, " font-weight=\"bold\"");
    if (style->italic)
        g_string_append(out, " font-style=\"italic\"");
    if (style->spacing_px > 0)
        append_number(out, "letter-spacing", style->spacing_px);
    append_colour(out, "fill", style->colour);
    if ((style->halo & 0xff) == 0 || style->halo_px <= 0)
        return;
    append_colour(out, "stroke", style->halo);
    append_number(out, "stroke-width", 2 * style->halo_px);
    g_string_append(out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
}

/* Hatching: one pattern for each colour and gap, found again by comparing. */

static gboolean is_hatched(const im_style *style)
{
    return (style->hatch & 0xff) != 0 && style->hatch_gap_px > 0;
}

static guint hatch_number(writer *w, const im_style *style)
{
    for (guint i = 0; i < w->hatches->len; i++) {
        const im_style *known = w->hatches->pdata[i];
        if (known->hatch == style->hatch &&
            hundredths(known->hatch_gap_px) == hundredths(style->hatch_gap_px))
            return i + 1;
    }
    g_ptr_array_add(w->hatches, (gpointer)style);
    return w->hatches->len;
}

/* A square of whole pixels with a diagonal, and what its neighbours' diagonals leave in the
 * corners: turned or broken squares would be drawn blurred. */
static void append_pattern(writer *w, guint number, const im_style *style)
{
    GString *out = w->out;
    guint side = im_hatch_side_px(style);
    g_string_append_printf(out,
                           "<pattern id=\"hatch-%u\" patternUnits=\"userSpaceOnUse\" width=\"%u\""
                           " height=\"%u\"><path d=\"M-1,1l2-2M0,%ul%u-%uM%u,%ul2-2\"",
                           number, side, side, side, side, side, side - 1, side + 1);
    append_colour(out, "stroke", style->hatch);
    append_number(out, "stroke-width", IM_HATCH_LINE_PX);
    g_string_append(out, "/></pattern>\n");
}

static void collect_hatches(writer *w, const GPtrArray *items)
{
    for (guint i = 0; items && i < items->len; i++) {
        const im_item *item = items->pdata[i];
        if (item->kind == IM_ITEM_GROUP)
            collect_hatches(w, item->items);
        else if (item->kind == IM_ITEM_PATH && is_hatched(&item->style))
            hatch_number(w, &item->style);
    }
}

/* Elements */

static void append_data(GString *out, const GPtrArray *data)
{
    for (guint i = 0; data && i + 1 < data->len; i += 2) {
        g_autofree char *name = g_strconcat("data-", data->pdata[i], NULL);
        append_attribute(out, name, data->pdata[i + 1]);
    }
}

static void open_element(GString *out, const char *name, const im_item *item)
{
    g_string_append_printf(out, "<%s", name);
    if (item->id)
        append_attribute(out, "id", item->id);
    if (item->cls)
        append_attribute(out, "class", item->cls);
    append_data(out, item->data);
}

static void append_child(GString *out, const char *name, const char *text)
{
    if (!text)
        return;
    g_string_append_printf(out, "<%s>", name);
    im_xml_append(out, text);
    g_string_append_printf(out, "</%s>", name);
}

static gboolean has_children(const im_item *item)
{
    return item->title || item->desc;
}

static void append_children(GString *out, const im_item *item)
{
    append_child(out, "title", item->title);
    append_child(out, "desc", item->desc);
}

/* The filled outline; with hatching, the same outline once more, filled with the pattern. */
static void append_hatching(writer *w, const im_item *item)
{
    g_string_append(w->out, "<path");
    append_path(w->out, &item->path);
    if (item->style.even_odd)
        g_string_append(w->out, " fill-rule=\"evenodd\"");
    g_string_append_printf(w->out, " fill=\"url(#hatch-%u)\"/>\n", hatch_number(w, &item->style));
}

static void append_path_item(writer *w, const im_item *item)
{
    GString *out = w->out;
    open_element(out, "path", item);
    append_path(out, &item->path);
    if (item->style.even_odd)
        g_string_append(out, " fill-rule=\"evenodd\"");
    append_colour(out, "fill", item->style.fill);
    append_stroke(out, &item->style);
    if (item->hidden)
        g_string_append(out, " visibility=\"hidden\"");
    g_string_append(out, has_children(item) ? ">" : "/>\n");
    if (has_children(item)) {
        append_children(out, item);
        g_string_append(out, "</path>\n");
    }
    if (is_hatched(&item->style))
        append_hatching(w, item);
}

/* A line of text as viewers will set it. */
typedef struct line {
    float width_px;     /* of what is seen */
    float x_px;         /* where its anchor is */
    float trailing_px;  /* space that CSS adds behind the last letter, which nobody sees */
    const char *anchor; /* NULL: the start */
    gboolean rtl;
    char *family; /* NULL: what the whole drawing has */
} line;

/* The families that it was laid out in, behind the first of the style: a browser that looks for a
 * font for Arabic letters by itself may miss the bold one. */
static char *family_of(PangoLayoutLine *laid_out, const im_text_style *style)
{
    g_autoptr(GString) family = g_string_new(style->family);
    gssize at = (gssize)strcspn(style->family, ",");
    for (GSList *run = laid_out->runs; run; run = run->next) {
        PangoFont *font = ((PangoGlyphItem *)run->data)->item->analysis.font;
        PangoFontDescription *described = pango_font_describe(font);
        const char *name = pango_font_description_get_family(described);
        if (name && !strstr(family->str, name)) {
            g_autofree char *one = g_strdup_printf(", '%s'", name);
            g_string_insert(family, at, one);
            at += (gssize)strlen(one);
        }
        pango_font_description_free(described);
    }
    return strcmp(family->str, IM_FONT_FAMILY) != 0 ? g_strdup(family->str) : NULL;
}

/* What is letter-spaced is set from where it begins: CSS and Pango disagree whether the space behind
 * the last letter counts, which would move the middle and the end. */
static void place_line(line *l, const im_item *item)
{
    static const char *const anchors[] = {NULL, "middle", "end"};
    static const float before[] = {0, 0.5F, 1};
    const im_text_style *style = &item->text_style;
    im_anchor anchor = style->anchor;
    l->x_px = item->at.x_px;
    if (style->spacing_px > 0) {
        l->trailing_px = style->spacing_px;
        l->x_px -= before[anchor] * l->width_px;
        anchor = IM_ANCHOR_START;
    }
    l->anchor = anchors[l->rtl ? IM_ANCHOR_END - anchor : anchor]; /* it starts on the right */
}

static line measure_line(const im_item *item)
{
    g_autoptr(PangoLayout) layout = im_fonts_layout(item->text, &item->text_style);
    PangoLayoutLine *laid_out = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle logical;
    pango_layout_line_get_extents(laid_out, NULL, &logical);
    line l = {.width_px = (float)logical.width / PANGO_SCALE};
    l.rtl = pango_layout_line_get_resolved_direction(laid_out) == PANGO_DIRECTION_RTL;
    l.family = family_of(laid_out, &item->text_style);
    place_line(&l, item);
    return l;
}

/* Spaces that viewers would make one, or none at the ends. */
static gboolean has_odd_spaces(const char *text)
{
    return g_str_has_prefix(text, " ") || g_str_has_suffix(text, " ") || strstr(text, "  ");
}

static void append_rotation(GString *out, const im_item *item)
{
    if (item->angle_deg == 0)
        return;
    g_string_append(out, " transform=\"rotate(");
    append_hundredths(out, hundredths(item->angle_deg));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(item->at.x_px));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(item->at.y_px));
    g_string_append(out, ")\"");
}

/* Where the bundled font is missing another one is taken; its text is set to the width that was
 * laid out, so that labels never run into each other. */
static void append_text_item(writer *w, const im_item *item)
{
    GString *out = w->out;
    line l = measure_line(item);
    open_element(out, "text", item);
    append_number(out, "x", l.x_px);
    append_number(out, "y", item->at.y_px);
    append_rotation(out, item);
    if (l.family)
        append_attribute(out, "font-family", l.family);
    append_text_style(out, &item->text_style);
    if (l.rtl)
        g_string_append(out, " direction=\"rtl\"");
    if (l.anchor)
        append_attribute(out, "text-anchor", l.anchor);
    if (has_odd_spaces(item->text))
        g_string_append(out, " xml:space=\"preserve\"");
    if (l.width_px > 0) {
        append_number(out, "textLength", l.width_px + l.trailing_px);
        g_string_append(out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    g_string_append_c(out, '>');
    append_children(out, item);
    im_xml_append(out, item->text);
    g_string_append(out, "</text>\n");
    g_free(l.family);
}

static void append_items(writer *w, const GPtrArray *items);

static void append_item(writer *w, const im_item *item)
{
    if (item->kind == IM_ITEM_PATH)
        append_path_item(w, item);
    else if (item->kind == IM_ITEM_TEXT)
        append_text_item(w, item);
    else if (item->kind == IM_ITEM_GROUP) {
        open_element(w->out, "g", item);
        g_string_append(w->out, item->title ? " role=\"img\">" : ">");
        append_children(w->out, item);
        g_string_append_c(w->out, '\n');
        append_items(w, item->items);
        g_string_append(w->out, "</g>\n");
    }
}

static void append_items(writer *w, const GPtrArray *items)
{
    for (guint i = 0; items && i < items->len; i++)
        append_item(w, items->pdata[i]);
}

static void append_layer(writer *w, const im_layer *layer)
{
    g_string_append(w->out, "<g");
    append_attribute(w->out, "id", layer->id);
    append_attribute(w->out, "data-name", layer->name);
    g_string_append(w->out, " inkscape:groupmode=\"layer\"");
    append_attribute(w->out, "inkscape:label", layer->name);
    if (layer->clip)
        g_string_append(w->out, " clip-path=\"url(#map-frame)\"");
    g_string_append(w->out, ">\n");
    append_items(w, layer->items);
    g_string_append(w->out, "</g>\n");
}

/* Without geometricPrecision browsers set letters on whole pixels. */
static void append_head(GString *out, const im_map *map, const char *attributes)
{
    int width = map->width_px, height = map->height_px;
    g_string_append_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\""
        " xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" version=\"1.1\""
        " width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
        " aria-labelledby=\"map-title map-desc\" font-family=\"" IM_FONT_FAMILY "\""
        " text-rendering=\"geometricPrecision\"%s>\n<title id=\"map-title\">",
        width, height, width, height, attributes);
    im_xml_append(out, map->title ? map->title : "");
    g_string_append(out, "</title>\n<desc id=\"map-desc\">");
    im_xml_append(out, map->alt_text ? map->alt_text : "");
    g_string_append(out, "</desc>\n");
}

static void append_rect(GString *out, const im_rect *rect)
{
    g_string_append(out, "<rect");
    append_number(out, "x", rect->x_px);
    append_number(out, "y", rect->y_px);
    append_number(out, "width", rect->width_px);
    append_number(out, "height", rect->height_px);
}

static void append_definitions(writer *w, const im_map *map)
{
    for (guint i = 0; i < map->layers->len; i++)
        collect_hatches(w, ((const im_layer *)map->layers->pdata[i])->items);
    g_string_append(w->out, "<defs>\n<clipPath id=\"map-frame\">");
    append_rect(w->out, &map->frame);
    g_string_append(w->out, "/></clipPath>\n");
    for (guint i = 0; i < w->hatches->len; i++)
        append_pattern(w, i + 1, w->hatches->pdata[i]);
    g_string_append(w->out, "</defs>\n");
}

static gboolean append_drawing(const im_map *map, const char *attributes, GString *out,
                               GError **error)
{
    g_autoptr(GPtrArray) hatches = g_ptr_array_new();
    writer w = {.out = out, .hatches = hatches};
    im_rect page = {0, 0, (float)map->width_px, (float)map->height_px};
    if (!im_fonts_load(error))
        return FALSE;
    append_head(out, map, attributes);
    append_definitions(&w, map);
    append_rect(out, &page);
    append_colour(out, "fill", map->background);
    g_string_append(out, "/>\n");
    for (guint i = 0; i < map->layers->len; i++)
        append_layer(&w, map->layers->pdata[i]);
    g_string_append(out, "</svg>\n");
    return TRUE;
}

gboolean im_map_to_svg(const im_map *map, GString *out, GError **error)
{
    return append_drawing(map, "", out, error);
}

/* A bold that a browser smears out of a font that has none is hard to read; on the page, whose policy
 * allows no such attribute, its style sheet says the same. */
static gboolean write_svg(const im_output_data *data, GString *out, GError **error)
{
    g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return append_drawing(data->map, " style=\"font-synthesis:none\"", out, error);
}

char *im_items_to_svg(const GPtrArray *items, double reach_px)
{
    GString *out = g_string_new("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    g_autoptr(GPtrArray) hatches = g_ptr_array_new();
    const float reach = (float)reach_px, side = 2 * reach;
    append_number(out, "width", side);
    append_number(out, "height", side);
    g_string_append(out, " viewBox=\"");
    append_hundredths(out, hundredths(-reach));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(-reach));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(side));
    g_string_append_c(out, ' ');
    append_hundredths(out, hundredths(side));
    g_string_append(out, "\">\n");
    append_items(&(writer){.out = out, .hatches = hatches}, items);
    g_string_append(out, "</svg>\n");
    return g_string_free(out, FALSE);
}

const im_writer im_draw_svg = {write_svg};
