/** @file
 *  Building the tree of a map. Items are appended to a list (of a layer or a group), which owns
 *  them; what is returned is borrowed. */
#ifndef IM_MAP_TREE_H
#define IM_MAP_TREE_H

#include "geo/tilted.h"
#include "map/fonts.h"

/** A layer on top of those that are there. `id` and `name` are static. */
im_layer *im_tree_layer(im_map *map, const char *id, const char *name, gboolean clip);

im_item *im_tree_group(GPtrArray *items, const char *cls);
im_item *im_tree_path(GPtrArray *items, const char *cls, im_style style);

/** A line of text at its baseline; its box is measured. */
im_item *im_tree_text(GPtrArray *items, const char *cls, const char *text, im_xy at,
                      const im_text_style *style);

/** Adds a name and a value to the data of an item; a NULL value adds nothing. */
void im_item_add_data(im_item *item, const char *name, const char *value);

/** Outlines. All in pixels. */
void im_path_move(im_path *path, double x, double y);
void im_path_line(im_path *path, double x, double y);
void im_path_curve(im_path *path, const im_xy points[3]);
void im_path_close(im_path *path);
void im_path_circle(im_path *path, im_xy centre, double radius);
void im_path_box(im_path *path, const im_box *box, double corner_radius);
void im_path_rings(im_path *path, const im_rings *rings);
void im_path_polyline(im_path *path, const im_xy *points, guint n);

/** Appends an outline in the notation of SVG (absolute M, L, C, Z), scaled and moved; for tables
 *  of shapes: it must be correct. */
void im_path_svg(im_path *path, const char *svg, im_xy origin, double scale);

/** What an item takes: its box, turned with its text. */
im_tilted im_item_shape(const im_item *item);

/** Sets the box of a path or group from what it holds. */
void im_item_fit_box(im_item *item);

/** Moves items and all that they hold. */
void im_items_move(GPtrArray *items, im_xy by);

im_rect im_rect_of(const im_box *box);
im_box im_box_of(im_rect rect);

#endif
