#include "map/panels.h"

#include <math.h>
#include <string.h>

im_panel *im_panel_new(const char *layer, const char *name)
{
    im_panel *panel = g_new0(im_panel, 1);
    panel->layer = layer;
    panel->name = name;
    panel->items = im_tree_list();
    panel->box = IM_BOX_EMPTY;
    return panel;
}

void im_panel_free(im_panel *panel)
{
    if (!panel)
        return;
    g_ptr_array_unref(panel->items);
    g_free(panel);
}

void im_panel_put(im_panel *panel, im_xy corner)
{
    im_items_move(panel->items, corner);
    panel->box = (im_box){corner.x, corner.y, corner.x + panel->width, corner.y + panel->height};
}

void im_panel_frame(im_panel *panel, const im_theme *theme)
{
    double pad = (double)theme->padding_px;
    im_items_move(panel->items, (im_xy){pad, pad});
    panel->width += 2 * pad;
    panel->height += 2 * pad;
    GPtrArray *items = im_tree_list();
    im_item *ground = im_tree_path(items, "panel",
                                   (im_style){.fill = theme->colours.panel,
                                              .stroke = theme->colours.panel_edge,
                                              .stroke_px = 1});
    const im_box box = {0, 0, panel->width, panel->height};
    im_path_box(&ground->path, &box, 5 * theme->unit);
    im_item_fit_box(ground);
    g_ptr_array_extend_and_steal(items, panel->items);
    panel->items = items;
}

static double width_of(const char *text, const im_text_style *style)
{
    return (double)im_fonts_measure(text, style).width_px;
}

/* How many bytes of a word that is too wide fit; at least a letter, and none without its marks. */
static gsize fitting_bytes(const char *word, double word_width, double width,
                           const im_text_style *style)
{
    const glong n = g_utf8_strlen(word, -1);
    glong fit = MIN(n - 1, (glong)((double)n * width / word_width) + 1);
    for (; fit > 1; fit--) {
        const char *end = g_utf8_offset_to_pointer(word, fit);
        g_autofree char *part = g_strndup(word, (gsize)(end - word));
        if (!g_unichar_ismark(g_utf8_get_char(end)) && width_of(part, style) <= width)
            break;
    }
    return (gsize)(g_utf8_offset_to_pointer(word, MAX(fit, 1)) - word);
}

/* The words of a text, those that are wider than a line in parts. No more than the lines can hold are parted. */
static GPtrArray *words_of(const char *text, double width, guint most_lines,
                           const im_text_style *style)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint parts = 0;
    for (guint i = 0; words[i]; i++) {
        const char *word = words[i];
        double word_width = width_of(word, style);
        while (word_width > width && parts++ <= most_lines && g_utf8_strlen(word, 2) == 2) {
            const gsize len = fitting_bytes(word, word_width, width, style);
            g_ptr_array_add(out, g_strndup(word, len));
            word += len;
            word_width = width_of(word, style);
        }
        g_ptr_array_add(out, g_strdup(word));
    }
    return out;
}

/* Lets a line that goes on end in an ellipsis, inside of the width. */
static void end_line(GString *line, double width, const im_text_style *style)
{
    for (;;) {
        g_autofree char *whole = g_strconcat(line->str, " …", NULL);
        const char *space = strrchr(line->str, ' ');
        if (width_of(whole, style) <= width || line->len == 0)
            break;
        const char *cut = space ? space : g_utf8_prev_char(line->str + line->len);
        g_string_truncate(line, (gsize)(cut - line->str));
    }
    g_string_append(line, " …");
}

/* Breaks text to lines no wider than `width`; the last one ends in an ellipsis when there is more. */
static GPtrArray *wrap(const char *text, double width, guint most_lines, const im_text_style *style)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) words = words_of(text, width, most_lines, style);
    double space = width_of(" ", style), used = 0;
    GString *line = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++) {
        double word = width_of(words->pdata[i], style);
        if (line->len > 0 && used + space + word > width) {
            if (lines->len + 1 == most_lines) {
                end_line(line, width, style);
                break;
            }
            g_ptr_array_add(lines, g_strdup(line->str));
            g_string_truncate(line, 0);
        }
        used = line->len > 0 ? used + space + word : word;
        g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "",
                               (const char *)words->pdata[i]);
    }
    g_ptr_array_add(lines, g_string_free(line, FALSE));
    return lines;
}

double im_panel_text(im_panel *panel, const char *cls, const char *text, double x, double y,
                     double width, guint most_lines, const im_text_style *style)
{
    static const double LINE_HEIGHT = 1.25;
    g_autoptr(GPtrArray) lines = wrap(text, width, most_lines, style);
    double size = (double)style->size_px, baseline = y + 0.76 * size;
    for (guint i = 0; i < lines->len; i++, baseline += LINE_HEIGHT * size) {
        im_item *item = im_tree_text(panel->items, cls, g_ptr_array_index(lines, i),
                                     (im_xy){x, baseline}, style);
        panel->width = MAX(panel->width, x + (double)item->box.width_px);
    }
    panel->height = MAX(panel->height, baseline - LINE_HEIGHT * size + 0.24 * size);
    return baseline - 0.76 * size;
}

static im_text_style plain(float size_px, im_colour colour, gboolean bold)
{
    return (im_text_style){
        .family = IM_FONT_FAMILY, .size_px = size_px, .colour = colour, .bold = bold};
}

im_panel *im_panel_title(const im_words *words, double width, double title_size_px,
                         const im_theme *theme)
{
    im_panel *panel = im_panel_new("title", "Title");
    im_text_style title = plain((float)title_size_px, theme->colours.ink, TRUE);
    im_text_style subtitle = plain(theme->subtitle_px, theme->colours.quiet, FALSE);
    double y = im_panel_text(panel, "title", words->title, 0, 0, width, 6, &title);
    if (*words->subtitle)
        im_panel_text(panel, "subtitle", words->subtitle, 0, y, width, 4, &subtitle);
    return panel;
}

im_panel *im_panel_sources(const im_words *words, const im_map_options *options, double width,
                           const im_theme *theme, char **line)
{
    im_panel *panel = im_panel_new("sources", "Sources");
    GString *text = g_string_new(NULL);
    if (*words->sources)
        g_string_append_printf(text, "Reports: %s. ", words->sources);
    if (options->credit)
        g_string_append_printf(text, "%s%s", options->credit,
                               g_str_has_suffix(options->credit, ".") ? "" : ".");
    if (!options->credit || !strstr(options->credit, "Natural Earth"))
        g_string_append_printf(text, "%sBoundaries: Natural Earth.", options->credit ? " " : "");
    /* The wording of ST/AI/189/Add.25/Rev.1 for maps of the United Nations. */
    if (options->disclaimer)
        g_string_append_printf(
            text,
            " The boundaries and names shown and the designations used on this map do "
            "not imply official endorsement or acceptance by %s.",
            options->disclaimer);
    im_text_style style = plain(theme->source_px, theme->colours.quiet, FALSE);
    im_panel_text(panel, "sources", text->str, 0, 0, width, 8, &style);
    *line = g_string_free(text, FALSE);
    return panel;
}

im_panel *im_panel_notes(const GPtrArray *notes, double width, const im_theme *theme)
{
    im_panel *panel = im_panel_new("notes", "Not on the map");
    if (notes->len == 0)
        return panel;
    im_text_style head = plain(theme->note_px, theme->colours.ink, TRUE);
    im_text_style body = plain(theme->note_px, theme->colours.text, FALSE);
    double y = im_panel_text(panel, "note-head", "Not on the map", 0, 0, width, 1, &head);
    y += 2 * theme->unit;
    for (guint i = 0; i < notes->len; i++) {
        y = im_panel_text(panel, "note", g_ptr_array_index(notes, i), 0, y, width, 5, &body);
        y += 5 * theme->unit;
    }
    return panel;
}

im_panel *im_panel_empty(const char *period, const im_theme *theme)
{
    im_panel *panel = im_panel_new("empty", "Nothing to show");
    im_text_style head = plain(theme->title_px * 0.75F, theme->colours.ink, TRUE);
    im_text_style body = plain(theme->subtitle_px, theme->colours.text, FALSE);
    const double most = 16 * (double)theme->title_px;
    const double y = im_panel_text(panel, "empty", "No incidents", 0, 0, most, 1, &head);
    im_panel_text(panel, "empty", period, 0, y + 2 * theme->unit, most, 2, &body);
    return panel;
}

/* The largest of 1, 2, 5 × 10ⁿ that is not more. */
static double round_down(double value)
{
    double power = pow(10, floor(log10(value)));
    double digit = value / power;
    return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

static char *length_words(double length, const char *unit)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, length < 1 ? "%g" : "%.0f", length);
    return g_strdup_printf("%s %s", number, unit);
}

/* One side of the bar, above or below its line. */
static void add_bar(im_panel *panel, double length_px, double y, double tick, const char *text,
                    const im_text_style *style, const im_theme *theme)
{
    for (int casing = 1; casing >= 0; casing--) {
        im_item *item =
            im_tree_path(panel->items, casing ? "scale casing" : "scale",
                         (im_style){.stroke = casing ? im_with_alpha(theme->colours.sea, 0xC0)
                                                     : theme->colours.text,
                                    .stroke_px = casing ? 4 : 1.4F});
        im_path_move(&item->path, 1, y + tick);
        im_path_line(&item->path, 1, y);
        im_path_line(&item->path, 1 + length_px, y);
        im_path_line(&item->path, 1 + length_px, y + tick);
        im_item_fit_box(item);
    }
    double baseline = tick < 0 ? y - 4 : y + 0.66 * (double)style->size_px + 4;
    im_item *label = im_tree_text(panel->items, "scale", text, (im_xy){6, baseline}, style);
    panel->width = MAX(MAX(panel->width, length_px + 2), 6 + (double)label->box.width_px);
}

im_panel *im_panel_scale(const im_view *view, const im_theme *theme)
{
    static const double KM_PER_MILE = 1.609344;
    im_panel *panel = im_panel_new("scale", "Scale");
    if (view->kind != IM_PROJECTION_REGIONAL)
        return panel;
    double most_km = 170 * theme->unit * view->km_per_px;
    double km = round_down(most_km), miles = round_down(most_km / KM_PER_MILE);
    im_text_style style = plain(theme->source_px, theme->colours.text, FALSE);
    style.halo = im_with_alpha(theme->colours.sea, 0xB0);
    style.halo_px = (float)(2 * theme->unit);
    double size = (double)theme->source_px, y = size + 6;
    g_autofree char *km_text = length_words(km, "km");
    g_autofree char *mile_text = length_words(miles, miles == 1 ? "mile" : "miles");
    add_bar(panel, km / view->km_per_px, y, -6, km_text, &style, theme);
    add_bar(panel, miles * KM_PER_MILE / view->km_per_px, y, 6, mile_text, &style, theme);
    panel->height = y + size + 8;
    return panel;
}

im_panel *im_panel_north(const im_view *view, const im_theme *theme)
{
    static const double LEAST_DEG = 3;
    im_panel *panel = im_panel_new("north", "North");
    const double degrees = im_view_north(view);
    if (!view->is_grid || view->kind != IM_PROJECTION_REGIONAL || fabs(degrees) < LEAST_DEG)
        return panel;
    const double side = 64 * theme->unit, angle = degrees * G_PI / 180;
    const im_xy up = {sin(angle), -cos(angle)}, aside = {cos(angle), sin(angle)},
                middle = {side / 2, side / 2};
    /* Along `up` and `aside`, in halves of the side: a slim head with a notch, from tip to tip. */
    static const im_xy HEAD[] = {{0, 0.55}, {0.3, -0.75}, {0, -0.5}, {-0.3, -0.75}};
    im_item *arrow = im_tree_path(panel->items, "north",
                                  (im_style){.fill = theme->colours.text,
                                             .stroke = im_with_alpha(theme->colours.sea, 0xC0),
                                             .stroke_px = (float)(1.5 * theme->unit)});
    for (guint i = 0; i < G_N_ELEMENTS(HEAD); i++) {
        const double x = HEAD[i].x * side / 2, y = HEAD[i].y * side / 2;
        const im_xy at = {middle.x + x * aside.x + y * up.x, middle.y + x * aside.y + y * up.y};
        if (i == 0)
            im_path_move(&arrow->path, at.x, at.y);
        else
            im_path_line(&arrow->path, at.x, at.y);
    }
    im_path_close(&arrow->path);
    im_item_fit_box(arrow);
    im_text_style style = plain(theme->source_px, theme->colours.text, TRUE);
    style.anchor = IM_ANCHOR_MIDDLE;
    style.halo = im_with_alpha(theme->colours.sea, 0xB0);
    style.halo_px = (float)(2 * theme->unit);
    const double out = side / 2 - 0.5 * (double)theme->source_px;
    im_tree_text(
        panel->items, "north", "N",
        (im_xy){middle.x + out * up.x, middle.y + out * up.y + 0.36 * (double)theme->source_px},
        &style);
    panel->width = panel->height = side;
    return panel;
}
