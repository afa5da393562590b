/** @file
 *  The colours of a map: those of three themes, or of a file of the user's. */
#ifndef IM_MAP_PALETTE_H
#define IM_MAP_PALETTE_H

#include "map/map.h"

/** Colours by their use; X(name, what for). The name is also the key in a theme file. */
#define IM_COLOURS(X)                                                                              \
    X(paper, "around the map")                                                                     \
    X(sea, "the sea")                                                                              \
    X(land, "countries that the map is not about")                                                 \
    X(focus, "countries that it is about")                                                         \
    X(near, "the rest of a country on a map of a part of it")                                      \
    X(affected, "a state that holds something of unknown place")                                   \
    X(hatch, "the hatching of that")                                                               \
    X(coast, "coasts")                                                                             \
    X(border, "borders between countries")                                                         \
    X(state_border, "borders between states")                                                      \
    X(graticule, "meridians and parallels")                                                        \
    X(ink, "titles, names of places with incidents")                                               \
    X(text, "other text")                                                                          \
    X(quiet, "sources and notes")                                                                  \
    X(state_name, "names of states")                                                               \
    X(country_name, "names of countries")                                                          \
    X(context, "places for orientation")                                                           \
    X(panel, "panels on the map")                                                                  \
    X(panel_edge, "their edges")                                                                   \
    X(rule, "lines inside of them")                                                                \
    X(rim, "around marks")                                                                         \
    X(casing, "around that, to part marks from what is below")                                     \
    X(hollow, "inside of marks of what is cleared or planned")                                     \
    X(leader, "lines from marks to their places")                                                  \
    X(accent, "what goes on, and the locator's frame")                                             \
    X(ring, "the circle in which a place lies")                                                    \
    X(ring_fill, "its inside")

/** Of a type of incident. */
typedef struct im_type_colours {
    im_colour fill;
    im_colour edge;   /**< the outline where it is hollow */
    im_colour ink;    /**< numbers and dots on the fill */
    im_colour detail; /**< what is drawn inside of its symbol */
} im_type_colours;

enum { IM_BIN_COLOURS = 5 };

typedef struct im_palette {
#define X(name, use) im_colour name;
    IM_COLOURS(X)
#undef X
    im_type_colours types[IM_INCIDENT_N_TYPES];
    im_colour bins[IM_BIN_COLOURS];   /**< of hexagons that count, from few to many */
    im_colour shades[IM_BIN_COLOURS]; /**< of states that count: names are written on them */
} im_palette;

/** The palette of that name: `light`, `dark` or `print` (black and white), or of a theme file.
 *  @param name    NULL: light
 *  @param faults  of char *: what a theme file makes hard to read is added; NULL
 *  @param error  IM_ERROR_USAGE for no such name or file, IM_ERROR_DATA naming file and key for what is no theme
 *  @return       FALSE on error */
gboolean im_palette_find(const char *name, im_palette *palette, GPtrArray *faults, GError **error);

/** As im_palette_find(), of the text of a theme file. @param name  for messages */
gboolean im_palette_read(const char *text, gsize len, const char *name, im_palette *palette,
                         GPtrArray *faults, GError **error);

/** That of the light theme. */
const im_palette *im_palette_light(void);

/** The ratio of contrast of two colours, 1 to 21, as if they were opaque (WCAG 2.1). */
double im_contrast(im_colour a, im_colour b);

/** White or dark, whichever is read better on a ground. */
im_colour im_readable_on(im_colour ground);

/** A colour with another opacity. */
static inline im_colour im_with_alpha(im_colour colour, guint8 alpha)
{
    return (colour & 0xFFFFFF00u) | alpha;
}

#endif
