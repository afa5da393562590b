/** @file
 *  The symbols of the types of incident: each has a shape and a colour of its own; a rim gives each a
 *  contrast of more than 3 : 1 to the ground. */
#ifndef IM_MAP_SYMBOLS_H
#define IM_MAP_SYMBOLS_H

#include "map/theme.h"
#include "map/tree.h"

/** How a symbol is drawn. */
typedef struct im_symbol {
    im_incident_type type;
    im_incident_status status; /**< cleared: hollow; ongoing: a second rim; planned: dashed */
    gboolean is_area; /**< stands for a state: in a dashed circle, without a point; of what counts:
                                    a sample of its shade */
    guint8 bin_level; /**< a hexagon that counts: its class from 1 on; 0 for an incident */
    const char *number; /**< inside it; NULL */
    double radius_px;   /**< of a circle of the same area */
} im_symbol;

/** Adds a symbol to a group. */
void im_symbol_draw(GPtrArray *items, const im_symbol *symbol, im_xy centre, const im_theme *theme);

/** The colour that fills it. */
im_colour im_symbol_fill(const im_symbol *symbol, const im_theme *theme);

/** Adds the number that stands in it alone. */
void im_symbol_draw_number(GPtrArray *items, const im_symbol *symbol, im_xy centre,
                           const im_theme *theme);

/** How far a symbol reaches from its centre, rims included. */
im_box im_symbol_box(const im_symbol *symbol);

/** Where its number stands, around its centre; empty where it has none. */
im_box im_symbol_number_box(const im_symbol *symbol, const im_theme *theme);

/** Whether a number of this many characters can be read inside the symbol. */
gboolean im_symbol_holds(const im_symbol *symbol, gsize n_characters, const im_theme *theme);

#endif
