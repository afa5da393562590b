/* The tree of a map as text: one line an item, indented by depth. */
#include "map/map.h"

#include <math.h>

static void add_number(GString *out, double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    double rounded = round(value * 10) / 10 + 0.0; /* no -0.0 */
    g_string_append_c(out, ' ');
    g_string_append(out, g_ascii_formatd(number, sizeof number, "%.1f", rounded));
}

static void add_string(GString *out, const char *key, const char *value)
{
    if (!value)
        return;
    g_string_append_printf(out, " %s=\"", key);
    for (const char *p = value; *p; p++) {
        if (*p == '"' || *p == '\\')
            g_string_append_c(out, '\\');
        if (*p == '\n')
            g_string_append(out, "\\n");
        else
            g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static void add_rect(GString *out, im_rect rect)
{
    add_number(out, (double)rect.x_px);
    add_number(out, (double)rect.y_px);
    add_number(out, (double)rect.width_px);
    add_number(out, (double)rect.height_px);
}

static void add_path(GString *out, const im_path *path, const im_style *style)
{
    g_string_append_printf(out, " fill=%08X stroke=%08X", style->fill, style->stroke);
    if (style->hatch)
        g_string_append_printf(out, " hatch=%08X", style->hatch);
    add_number(out, (double)style->stroke_px);
    if (style->dash_px[0] > 0) {
        g_string_append(out, " dash");
        add_number(out, (double)style->dash_px[0]);
        add_number(out, (double)style->dash_px[1]);
    }
    g_string_append(out, " :");
    for (guint v = 0, p = 0; v < path->verbs->len; v++) {
        char verb = (char)path->verbs->data[v];
        g_string_append_printf(out, " %c", verb);
        for (int n = verb == 'C' ? 3 : verb == 'Z' ? 0 : 1; n > 0; n--, p++) {
            im_point at = g_array_index(path->points, im_point, p);
            add_number(out, (double)at.x_px);
            add_number(out, (double)at.y_px);
        }
    }
}

static void add_text(GString *out, const im_item *item)
{
    const im_text_style *style = &item->text_style;
    static const char *const ANCHORS[] = {"start", "middle", "end"};
    add_string(out, "text", item->text);
    g_string_append(out, " at");
    add_number(out, (double)item->at.x_px);
    add_number(out, (double)item->at.y_px);
    g_string_append_printf(out, " %s%s%s colour=%08X size", ANCHORS[style->anchor],
                           style->bold ? " bold" : "", style->italic ? " italic" : "",
                           style->colour);
    add_number(out, (double)style->size_px);
    if (item->angle_deg != 0) {
        g_string_append(out, " angle");
        add_number(out, (double)item->angle_deg);
    }
}

static void add_item(GString *out, const im_item *item, int depth)
{
    static const char *const KINDS[] = {"none", "path", "text", "group"};
    g_string_append_printf(out, "%*s%s %s", 2 * depth, "", KINDS[item->kind],
                           item->cls ? item->cls : "-");
    add_string(out, "id", item->id);
    add_string(out, "title", item->title);
    add_string(out, "desc", item->desc);
    for (guint i = 0; item->data && i + 1 < item->data->len; i += 2)
        add_string(out, g_ptr_array_index(item->data, i), g_ptr_array_index(item->data, i + 1));
    if (item->kind != IM_ITEM_PATH) {
        g_string_append(out, " box");
        add_rect(out, item->box);
    }
    if (item->kind == IM_ITEM_PATH)
        add_path(out, &item->path, &item->style);
    if (item->kind == IM_ITEM_TEXT)
        add_text(out, item);
    g_string_append_c(out, '\n');
    for (guint i = 0; item->items && i < item->items->len; i++)
        add_item(out, g_ptr_array_index(item->items, i), depth + 1);
}

char *im_map_dump(const im_map *map)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "map %d %d", map->width_px, map->height_px);
    add_string(out, "projection", map->projection);
    add_string(out, "title", map->title);
    add_string(out, "subtitle", map->subtitle);
    add_string(out, "alt", map->alt_text);
    add_string(out, "sources", map->source_line);
    g_string_append(out, " frame");
    add_rect(out, map->frame);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < map->dropped->len; i++)
        g_string_append_printf(out, "dropped %s\n",
                               (const char *)g_ptr_array_index(map->dropped, i));
    for (guint i = 0; i < map->layers->len; i++) {
        const im_layer *layer = g_ptr_array_index(map->layers, i);
        g_string_append_printf(out, "layer %s\n", layer->id);
        for (guint k = 0; k < layer->items->len; k++)
            add_item(out, g_ptr_array_index(layer->items, k), 1);
    }
    return g_string_free(out, FALSE);
}
