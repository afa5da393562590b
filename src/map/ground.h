/** @file
 *  The ground that a map stands on: countries and states in pixels, and a coarse raster of them
 *  that tells what is where on the page. */
#ifndef IM_MAP_GROUND_H
#define IM_MAP_GROUND_H

#include "geo/topology.h"
#include "map/boundaries.h"
#include "map/view.h"

/** No region: sea. */
#define IM_REGION_NONE G_MAXUINT32

/** A country or a state as it is seen in the frame. */
typedef struct im_region {
    char *code;      /**< `MX`, `MX.14`; unique among its kind */
    char *iso3166_2; /**< of a state, or "" */
    char *name;      /**< "" when only its parts have names */
    guint32 country; /**< of a state: index of its country; IM_REGION_NONE when in none */
    gboolean focus;  /**< belongs to what the map is about */
    gboolean near;   /**< of a country in focus, on a map of a part of it, without an incident */
    gboolean
        covered; /**< most of it lies under boundaries of the user's own: it has no name here */
    im_rings *outline; /**< px, clipped to the frame */
    im_xy pole;        /**< px: its pole of inaccessibility */
    double pole_px;    /**< how far that is from its edge; negative when not worked out */
} im_region;

typedef struct im_ground {
    gboolean has_states;   /**< FALSE on a map of the world: states are the countries again */
    GPtrArray *units;      /**< of im_unit *; degrees */
    im_topology *topology; /**< px */
    GArray *country_of, *state_of; /**< of guint32: index of the region of each unit */
    GPtrArray *countries, *states; /**< of im_region * */
    guint32 first_own;    /**< states from here on are the user's own, and lie over the others */
    GPtrArray *own_units; /**< of im_unit *; of those */
    im_topology *own_topology; /**< px */
    GArray *own_of;            /**< of guint32: index of the state of each own unit */
    GPtrArray *disputed;       /**< of im_rings *: lines, px */
    im_box frame;
    int columns, rows; /**< of the raster */
    guint32 *raster;   /**< index of the state + 1 of each cell; 0 for sea */
    guint32 *below;    /**< the same without the user's own */
} im_ground;

/** Side of a cell of the raster, px. */
enum { IM_CELL_PX = 4 };

/** Reads and projects what is in sight.
 *  @param focus  ISO codes of the countries that the map is about */
im_ground *im_ground_new(const im_boundaries *boundaries, const im_view *view,
                         const GPtrArray *focus);
void im_ground_free(im_ground *ground);

/** The state at a point of the frame; IM_REGION_NONE for sea and what is outside. */
guint32 im_ground_state_at(const im_ground *ground, im_xy px);

/** Whether a state is one of the user's own. */
static inline gboolean im_ground_is_own(const im_ground *ground, guint32 state)
{
    return state != IM_REGION_NONE && state >= ground->first_own;
}

/** As im_ground_state_at(), below the user's own. */
guint32 im_ground_state_below(const im_ground *ground, im_xy px);

/** The user's own area around a point, to the pixel; IM_REGION_NONE where there is none. */
guint32 im_ground_own_at(const im_ground *ground, im_xy px);

/** The state that an incident names or, failing that, the one at a point. */
guint32 im_ground_find_state(const im_ground *ground, const char *admin1_code,
                             const char *iso3166_2, im_xy px);

/** Works out the pole of inaccessibility of a region, once. */
void im_region_find_pole(im_region *region);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_ground, im_ground_free)

#endif
