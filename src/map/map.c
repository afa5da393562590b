/* How a map begins, what it tells, how it ends. */
#include "map/map.h"

#include "base/json.h"

static void item_free(gpointer data)
{
    im_item *item = data;
    g_free(item->id);
    g_free(item->title);
    g_free(item->desc);
    g_free(item->text);
    g_clear_pointer(&item->data, g_ptr_array_unref);
    g_clear_pointer(&item->items, g_ptr_array_unref);
    g_clear_pointer(&item->path.verbs, g_byte_array_unref);
    g_clear_pointer(&item->path.points, g_array_unref);
    g_free(item);
}

GPtrArray *im_tree_list(void)
{
    return g_ptr_array_new_with_free_func(item_free);
}

static void layer_free(gpointer data)
{
    im_layer *layer = data;
    g_ptr_array_unref(layer->items);
    g_free(layer);
}

im_map *im_tree_new(void)
{
    im_map *map = g_new0(im_map, 1);
    map->layers = g_ptr_array_new_with_free_func(layer_free);
    map->dropped = g_ptr_array_new_with_free_func(g_free);
    map->faults = g_ptr_array_new_with_free_func(g_free);
    map->shown_by = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return map;
}

void im_map_free(im_map *map)
{
    if (!map)
        return;
    g_free(map->title);
    g_free(map->subtitle);
    g_free(map->alt_text);
    g_free(map->source_line);
    g_free(map->projection);
    g_ptr_array_unref(map->layers);
    g_ptr_array_unref(map->dropped);
    g_ptr_array_unref(map->faults);
    g_hash_table_unref(map->shown_by);
    g_free(map);
}

const char *im_map_title(const im_map *map)
{
    return map->title;
}

const char *im_map_subtitle(const im_map *map)
{
    return map->subtitle;
}

const char *im_map_alt_text(const im_map *map)
{
    return map->alt_text;
}

const GPtrArray *im_map_dropped(const im_map *map)
{
    return map->dropped;
}

const GPtrArray *im_map_faults(const im_map *map)
{
    return map->faults;
}

static void write_lines(im_json *json, const char *key, const GPtrArray *lines)
{
    im_json_key(json, key);
    im_json_open(json, '[');
    for (guint i = 0; i < lines->len; i++)
        im_json_string(json, lines->pdata[i]);
    im_json_close(json, ']');
}

char *im_map_to_json(const im_map *map)
{
    char day[IM_DAY_ISO_SIZE];
    GString *out = g_string_new(NULL);
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_text(&json, "title", map->title);
    im_json_text(&json, "subtitle", map->subtitle);
    im_json_text(&json, "alt_text", map->alt_text);
    im_json_key(&json, "width");
    im_json_int(&json, map->width_px);
    im_json_key(&json, "height");
    im_json_int(&json, map->height_px);
    im_json_real(&json, "scale", map->scale, 3);
    im_json_text(&json, "projection", map->projection);
    im_json_text(&json, "data_date",
                 map->data_date == IM_DAY_NONE ? NULL : im_day_format_iso(map->data_date, day));
    write_lines(&json, "dropped", map->dropped);
    write_lines(&json, "faults", map->faults);
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}
