/** @file
 *  im_map: the drawing as a tree that every backend walks (as one document tree feeds many
 *  renderers in cmark). Everything is in map pixels, y down, origin top left; nothing is left to
 *  decide for a backend: what to draw, where, in which order and style stands here. */
#ifndef IM_MAP_MAP_H
#define IM_MAP_MAP_H

#include "base/module.h"

#include <incmap/map.h>

typedef struct im_point {
    float x_px, y_px;
} im_point;

typedef struct im_rect {
    float x_px, y_px, width_px, height_px;
} im_rect;

/** A colour, 0xRRGGBBAA. 0 (fully transparent) means: not drawn. */
typedef guint32 im_colour;

/** Outlines: verbs with their points, as in SVG: M and L take one point, C three, Z none. */
typedef struct im_path {
    GByteArray *verbs; /**< 'M' 'L' 'C' 'Z' */
    GArray *points;    /**< of im_point */
} im_path;

typedef struct im_style {
    im_colour fill, stroke;
    float stroke_px;
    float dash_px[2];  /**< on, off; 0 for a solid line */
    gboolean even_odd; /**< fill rule of polygons with holes; else non-zero */
    im_colour hatch;   /**< hatching at 45 degrees inside the fill; 0 for none */
    float hatch_gap_px;
} im_style;

typedef enum im_anchor {
    IM_ANCHOR_START = 0,
    IM_ANCHOR_MIDDLE,
    IM_ANCHOR_END,
} im_anchor;

/** A line of text at its baseline. */
typedef struct im_text_style {
    const char *family; /**< CSS-like list, static; the first is what was measured with */
    float size_px;
    gboolean bold, italic;
    float spacing_px; /**< between letters */
    im_colour colour, halo;
    float halo_px; /**< width of the halo to each side */
    im_anchor anchor;
} im_text_style;

typedef enum im_item_kind {
    IM_ITEM_NONE = 0,
    IM_ITEM_PATH,
    IM_ITEM_TEXT,
    IM_ITEM_GROUP, /**< items drawn together: one mark with its symbol, number and ring */
} im_item_kind;

typedef struct im_item im_item;
struct im_item {
    im_item_kind kind;
    char *id;        /**< unique in the map, or NULL */
    const char *cls; /**< short static class for SVG and the dump: `state`, `mark attack` */
    char *title;     /**< tooltip and accessible name, or NULL */
    char *desc;      /**< longer: the sentence behind a mark, or NULL */
    GPtrArray *data; /**< name, value, name, value … for data-* attributes; or NULL */
    im_rect box;     /**< bounds, for tests on overlap; of a text as it is before it is turned */
    gboolean
        hidden; /**< a path that is not drawn: parts of borders under text, for who magnifies the map */
    im_path path;
    im_style style;
    char *text;      /**< valid UTF-8 */
    im_point at;     /**< baseline point of the text */
    float angle_deg; /**< of the text around `at`, clockwise */
    im_text_style text_style;
    GPtrArray *items; /**< of im_item *, for a group */
};

/** A layer: one group in the SVG. */
typedef struct im_layer {
    const char *id; /**< `sea`, `countries`, `states`, `disputed`, `places`, `marks`, `labels` … */
    const char *name; /**< for a person: "State boundaries" */
    gboolean clip;    /**< drawn inside the map frame only */
    GPtrArray *items; /**< of im_item * */
} im_layer;

struct im_map {
    int width_px, height_px;
    double scale;  /**< device pixels a map pixel, for raster backends */
    im_rect frame; /**< where the map itself is; furniture may be outside */
    im_colour background;
    char *title, *subtitle, *alt_text, *source_line;
    char *projection;   /**< PROJ string, for the curious */
    GPtrArray *layers;  /**< of im_layer *, bottom first */
    GPtrArray *dropped; /**< of char * */
    GPtrArray *faults;  /**< of char * */
    GHashTable *
        shown_by; /**< id of an incident → id of the mark that stands for it and others; not of each
                               where there are very many */
    im_day data_date; /**< newest publication date, IM_DAY_NONE where unknown */
};

/** An empty map, and an empty list of items of its own, to be filled (map/tree.h). */
im_map *im_tree_new(void);
GPtrArray *im_tree_list(void);

/** What lays out maps, in the module. */
typedef struct im_map_maker {
    /** As im_map_new(). */
    im_map *(*lay_out)(const GPtrArray *incidents, const im_gazetteer *gazetteer,
                       const im_map_options *options, GError **error);
    /** As im_map_series(). */
    gboolean (*lay_out_series)(const GArray *periods, const im_gazetteer *gazetteer,
                               const im_map_options *options, im_map_func func, gpointer data,
                               GError **error);
} im_map_maker;

extern const im_map_maker im_draw_map IM_MODULE_TABLE;

#endif
