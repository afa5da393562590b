/** @file
 *  From incidents to a drawing: projected boundaries, marks, labels, legend. */
#ifndef INCMAP_MAP_H
#define INCMAP_MAP_H

#include <incmap/error.h>
#include <incmap/incident.h>

G_BEGIN_DECLS

typedef struct im_map im_map;

/** How incidents are shown. */
typedef enum im_map_style {
    IM_MAP_AUTO = 0, /**< marks, and hexagons that count where they crowd */
    IM_MAP_MARKS,    /**< a mark for each place, however many there are */
    IM_MAP_HEXAGONS, /**< all are counted in hexagons */
    IM_MAP_STATES,   /**< states shaded by how many are in them */
} im_map_style;

typedef struct im_map_options {
    int width_px, height_px; /**< 0: 1600 × 1200; 200..10000 */
    double scale;            /**< device pixels a map pixel, for PNG; 0: 1; 0.1..8 */
    const im_bbox *bbox;     /**< fixed extent; NULL to fit the incidents */
    const char *extent;      /**< `MX`, `MX.14`, `MX-JAL`: to show whole; NULL */
    const char
        *crs; /**< projected reference system, as PROJ knows it: `EPSG:6372`; NULL: what suits */
    gboolean graticule; /**< meridians and parallels, on maps of less than a continent, too */
    const char *title, *subtitle; /**< NULL: made from the data */
    int callouts; /**< how many places, of the most important, tell a short fact; 0: 3; negative: none */
    const char *disclaimer; /**< whose endorsement boundaries do not imply; NULL: not said */
    const char *boundaries; /**< folder of boundaries.atlas; NULL: im_geodata_default_path() */
    const char
        *user_boundaries; /**< areas in the place of the states: a file that GDAL reads; NULL */
    const char *boundaries_layer; /**< its layer; NULL where one only holds areas */
    const char *name_field;       /**< its field with their names; NULL: the likeliest */
    im_map_style style;
    const char *theme;        /**< `light`, `dark`, `print`, or a theme file; NULL: light */
    gboolean historic;        /**< draw historic incidents too */
    const char *credit;       /**< data credit of the gazetteer; NULL: none */
    const char *const *notes; /**< further notes, NULL-terminated (names not found …); NULL */
} im_map_options;

/** Lays out a map.
 *  @param incidents  of im_incident *, sorted; borrowed during the call only
 *  @param error      IM_ERROR_DATA when boundaries are missing or corrupt (of the user's own it names the feature),
 *                    IM_ERROR_USAGE for an extent, size, reference system, layer or field that cannot be
 *  @return           owned by the caller, im_map_free() */
IM_API im_map *im_map_new(const GPtrArray *incidents, const im_gazetteer *gazetteer,
                          const im_map_options *options, GError **error);

/** One map of a series. */
typedef struct im_map_period {
    im_day first, last; /**< days that it is about, as its subtitle says */
    const GPtrArray
        *incidents; /**< of im_incident *, sorted; may be empty, and the same in several */
} im_map_period;

/** Takes one map, borrowed. @return FALSE with an error, to end */
typedef gboolean (*im_map_func)(const im_map *map, guint period, gpointer data, GError **error);

/** Lays out a map for each of several periods, so that they can be compared: the extent, the title and the legend are those of all
 *  incidents, a size or a colour stands for the same number on each. A period without incidents has a map that says so.
 *  @param periods  of im_map_period; at least one
 *  @param func     called for each map in their order
 *  @param error    as im_map_new(), or that of `func` */
IM_API gboolean im_map_series(const GArray *periods, const im_gazetteer *gazetteer,
                              const im_map_options *options, im_map_func func, gpointer data,
                              GError **error);
IM_API void im_map_free(im_map *map);

/** Title and subtitle as the map has them, borrowed. */
IM_API const char *im_map_title(const im_map *map);
IM_API const char *im_map_subtitle(const im_map *map);

/** One sentence that says what the map shows. */
IM_API const char *im_map_alt_text(const im_map *map);

/** What was left off for want of room (labels), one line each. GPtrArray of char *, borrowed. */
IM_API const GPtrArray *im_map_dropped(const im_map *map);

/** What a theme file makes hard to read, what of the user's own boundaries is not drawn, or not as it stands; one line each.
 *  GPtrArray of char *, borrowed. */
IM_API const GPtrArray *im_map_faults(const im_map *map);

/** What the map is, as one line of JSON: title, subtitle, alt_text, size, scale, projection, day of the newest source,
 *  what was dropped and what is at fault; with a newline. Owned by the caller. */
IM_API char *im_map_to_json(const im_map *map);

/** The whole tree as text, coordinates rounded to 0.1 px: for tests and for the curious. Owned by
 *  the caller. */
IM_API char *im_map_dump(const im_map *map);

/** Folder of the boundary files: $INCMAP_GEODATA, else beside the build, else installed. Owned. */
IM_API char *im_geodata_default_path(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_map, im_map_free)

G_END_DECLS

#endif
