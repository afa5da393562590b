#include "map/symbols.h"

#include <math.h>
#include <string.h>

/* A symbol as outlines in the notation of SVG, for a radius of 1 (an area of about pi). */
typedef struct shape {
    double half_width, top, bottom; /* how far the outline reaches */
    gboolean holds_number;
    const char *outline;
    const char *filled; /* details in their colour, or NULL */
    const char *lines;  /* details as lines, or NULL */
} shape;

#define DISC                                                                                       \
    "M1,0C1,.5523 .5523,1 0,1C-.5523,1 -1,.5523 -1,0"                                              \
    "C-1,-.5523 -.5523,-1 0,-1C.5523,-1 1,-.5523 1,0Z"

static const shape SHAPES[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_NONE] = {1, 1, 1, TRUE, DISC, NULL, NULL},
    [IM_INCIDENT_ATTACK] = {1, 1, 1, TRUE, DISC, NULL, NULL},
    /* A lozenge: two sides that meet. */
    [IM_INCIDENT_ARMED_CLASH] = {1.25, 1.25, 1.25, TRUE, "M0,-1.25L1.25,0L0,1.25L-1.25,0Z", NULL,
                                 NULL},
    [IM_INCIDENT_KILLING] = {.89, .89, .89, TRUE, "M-.89,-.89L.89,-.89L.89,.89L-.89,.89Z", NULL,
                             NULL},
    /* A burst. */
    [IM_INCIDENT_EXPLOSION] = {1.36, 1.4, 1.2, TRUE,
                               "M0,-1.4L.32,-.75L.95,-1.05L.8,-.38L1.36,-.1L.85,.3L1.05,.95"
                               "L.36,.75L0,1.3L-.36,.75L-1.05,.95L-.85,.3L-1.36,-.1L-.8,-.38"
                               "L-.95,-1.05L-.32,-.75Z",
                               NULL, NULL},
    [IM_INCIDENT_KIDNAPPING] = {1.1, .96, .96, TRUE,
                                "M-.55,-.96L.55,-.96L1.1,0L.55,.96L-.55,.96L-1.1,0Z", NULL, NULL},
    /* A flame. */
    [IM_INCIDENT_ARSON] = {1.02, 1.45, 1.2, FALSE,
                           "M.08,-1.45C.3,-.85 1.02,-.45 1.02,.3C1.02,.85 .57,1.2 0,1.2"
                           "C-.57,1.2 -1.02,.85 -1.02,.3C-1.02,-.1 -.82,-.4 -.6,-.65"
                           "C-.55,-.35 -.45,-.2 -.25,-.15C-.38,-.65 -.28,-1.1 .08,-1.45Z",
                           "M.05,-.1C.15,.15 .48,.3 .48,.62C.48,.88 .26,1 0,1"
                           "C-.26,1 -.48,.88 -.48,.62C-.48,.4 -.1,.25 .05,-.1Z",
                           NULL},
    /* A bag with its handle. */
    [IM_INCIDENT_LOOTING] = {1, 1.15, 1, FALSE,
                             "M-.8,-.45L-.45,-.45C-.45,-1.35 .45,-1.35 .45,-.45L.8,-.45L1,1L-1,1Z",
                             NULL, "M-.45,-.45C-.45,.15 .45,.15 .45,-.45"},
    /* A barrier: a board with slanting stripes on two legs. */
    [IM_INCIDENT_ROADBLOCK] =
        {1.4, .85, .95, FALSE,
         "M-1.4,-.85L1.4,-.85L1.4,.3L1,.3L1,.95L.66,.95L.66,.3L-.66,.3"
         "L-.66,.95L-1,.95L-1,.3L-1.4,.3Z",
         "M-1.3,.3L-.85,-.85L-.35,-.85L-.8,.3ZM-.35,.3L.1,-.85L.6,-.85L.15,.3Z"
         "M.6,.3L1.05,-.85L1.4,-.85L1.4,-.5L1.1,.3Z",
         NULL},
    /* A placard that speaks. */
    [IM_INCIDENT_PROTEST] =
        {1.1, 1, 1.15, FALSE, "M-1.1,-1L1.1,-1L1.1,.5L.15,.5L-.5,1.15L-.5,.5L-1.1,.5Z",
         "M-.16,-.8L.16,-.8L.1,-.05L-.1,-.05ZM-.13,.08L.13,.08L.13,.32L-.13,.32Z", NULL},
    /* No entry. */
    [IM_INCIDENT_DISRUPTION] = {1, 1, 1, FALSE,
                                "M-.42,-1L.42,-1L1,-.42L1,.42L.42,1L-.42,1L-1,.42L-1,-.42Z",
                                "M-.62,-.2L.62,-.2L.62,.2L-.62,.2Z", NULL},
    /* A shield. */
    [IM_INCIDENT_OPERATION] = {1, 1.15, 1.25, TRUE,
                               "M0,-1.15L1,-.85L1,.1C1,.7 .5,1.1 0,1.25C-.5,1.1 -1,.7 -1,.1"
                               "L-1,-.85Z",
                               NULL, NULL},
    /* Two rings: handcuffs. */
    [IM_INCIDENT_ARREST] = {1.1, .8, .8, FALSE,
                            "M-.8,-.8L.8,-.8C1.1,-.8 1.1,-.8 1.1,-.5L1.1,.5C1.1,.8 1.1,.8 .8,.8"
                            "L-.8,.8C-1.1,.8 -1.1,.8 -1.1,.5L-1.1,-.5C-1.1,-.8 -1.1,-.8 -.8,-.8Z",
                            NULL,
                            "M-.08,0C-.08,.48 -.78,.48 -.78,0C-.78,-.48 -.08,-.48 -.08,0Z"
                            "M.78,0C.78,.48 .08,.48 .08,0C.08,-.48 .78,-.48 .78,0Z"},
    /* A chevron, as of a rank. */
    [IM_INCIDENT_DEPLOYMENT] = {1.05, 1.15, 1.05, FALSE,
                                "M0,-1.15L1.05,-.25L1.05,1.05L0,.15L-1.05,1.05L-1.05,-.25Z", NULL,
                                NULL},
};

/* A hexagon that counts, for a circle of radius 1 around it. */
static const shape BIN = {.866, 1,   1, TRUE, "M0,-1L.866,-.5L.866,.5L0,1L-.866,.5L-.866,-.5Z",
                          NULL, NULL};

/* The shade of a state, in the legend. */
static const shape SHADE = {.9, .75, .75, TRUE, "M-.9,-.75L.9,-.75L.9,.75L-.9,.75Z", NULL, NULL};

static const double RIM_PX = 1.3, CASING_PX = 1.4, ONGOING_GAP_PX = 3.2, ONGOING_PX = 2,
                    AREA_GAP_PX = 4;

static im_incident_type known_type(const im_symbol *symbol)
{
    const im_incident_type type = symbol->type;
    return type > IM_INCIDENT_NONE && type < IM_INCIDENT_N_TYPES ? type : IM_INCIDENT_NONE;
}

static const shape *shape_of(const im_symbol *symbol)
{
    if (symbol->bin_level > 0)
        return symbol->is_area ? &SHADE : &BIN;
    return &SHAPES[known_type(symbol)];
}

static im_type_colours colours_of(const im_symbol *symbol, const im_theme *theme)
{
    if (symbol->bin_level == 0)
        return theme->colours.types[known_type(symbol)];
    const guint level = MIN(symbol->bin_level, IM_BIN_COLOURS) - 1;
    const im_colour fill =
        symbol->is_area ? theme->colours.shades[level] : theme->colours.bins[level];
    return (im_type_colours){fill, theme->colours.rim, im_readable_on(fill), 0};
}

/* The radius of the circle around all of a shape. */
static double reach(const shape *s)
{
    double down = MAX(s->top, s->bottom);
    return hypot(s->half_width, down) * 0.86;
}

static double area_circle_px(const im_symbol *symbol)
{
    return symbol->radius_px * reach(shape_of(symbol)) + AREA_GAP_PX;
}

im_box im_symbol_box(const im_symbol *symbol)
{
    const shape *s = shape_of(symbol);
    double r = symbol->radius_px, rim = symbol->bin_level > 0 ? 0 : RIM_PX / 2 + CASING_PX;
    if (symbol->is_area && symbol->bin_level == 0) {
        double c = area_circle_px(symbol) + 1;
        return (im_box){-c, -c, c, c};
    }
    if (symbol->status == IM_STATUS_ONGOING)
        rim = ONGOING_GAP_PX + ONGOING_PX / 2 + RIM_PX / 2;
    return (im_box){-s->half_width * r - rim, -s->top * r - rim, s->half_width * r + rim,
                    s->bottom * r + rim};
}

static void add_path(GPtrArray *items, const char *cls, const char *svg, im_xy at, double r,
                     im_style style)
{
    im_item *item = im_tree_path(items, cls, style);
    im_path_svg(&item->path, svg, at, r);
    im_item_fit_box(item);
}

static void draw_area_circle(GPtrArray *items, const im_symbol *symbol, im_xy at,
                             const im_theme *theme)
{
    im_item *circle = im_tree_path(items, "area",
                                   (im_style){.fill = im_with_alpha(theme->colours.hollow, 0xC0),
                                              .stroke = theme->colours.rim,
                                              .stroke_px = 1.4F,
                                              .dash_px = {4, 3}});
    im_path_circle(&circle->path, at, area_circle_px(symbol));
    im_item_fit_box(circle);
}

/* The outline three times over: a light casing that parts it from what is below, the accent of
 * what goes on, the body itself. */
static void draw_body(GPtrArray *items, const im_symbol *symbol, im_xy at, const im_theme *theme)
{
    const shape *s = shape_of(symbol);
    const im_type_colours c = colours_of(symbol, theme);
    gboolean hollow = symbol->status == IM_STATUS_CLEARED || symbol->status == IM_STATUS_PLANNED;
    double casing = RIM_PX + 2 * CASING_PX;
    if (symbol->status == IM_STATUS_ONGOING) {
        double accent = RIM_PX + 2 * ONGOING_GAP_PX;
        add_path(
            items, "ongoing", s->outline, at, symbol->radius_px,
            (im_style){.stroke = theme->colours.accent, .stroke_px = (float)(accent + ONGOING_PX)});
        casing = accent - ONGOING_PX / 2;
    }
    add_path(items, "casing", s->outline, at, symbol->radius_px,
             (im_style){.stroke = symbol->status == IM_STATUS_ONGOING
                                      ? im_with_alpha(theme->colours.casing, 0xFF)
                                      : theme->colours.casing,
                        .stroke_px = (float)casing});
    im_style body = {.fill = hollow ? theme->colours.hollow : c.fill,
                     .stroke = hollow ? c.edge : theme->colours.rim,
                     .stroke_px = (float)(hollow ? RIM_PX * 1.6 : RIM_PX)};
    if (symbol->status == IM_STATUS_PLANNED) {
        body.dash_px[0] = 3;
        body.dash_px[1] = 2.5F;
    }
    add_path(items, "body", s->outline, at, symbol->radius_px, body);
}

static void draw_details(GPtrArray *items, const im_symbol *symbol, im_xy at, const im_theme *theme)
{
    const shape *s = shape_of(symbol);
    const im_type_colours c = colours_of(symbol, theme);
    gboolean hollow = symbol->status == IM_STATUS_CLEARED || symbol->status == IM_STATUS_PLANNED;
    im_colour colour = hollow ? im_with_alpha(c.edge, 0x80) : c.detail;
    if (s->filled)
        add_path(items, "detail", s->filled, at, symbol->radius_px, (im_style){.fill = colour});
    if (s->lines)
        add_path(items, "detail", s->lines, at, symbol->radius_px,
                 (im_style){.stroke = colour, .stroke_px = (float)(0.2 * symbol->radius_px)});
    if (!s->filled && !s->lines && !symbol->number && !symbol->is_area) {
        im_item *dot = im_tree_path(items, "point", (im_style){.fill = hollow ? c.edge : c.ink});
        im_path_circle(&dot->path, at, MAX(1.4, 0.2 * MIN(symbol->radius_px, 10)));
        im_item_fit_box(dot);
    }
}

static float number_size_px(const im_symbol *symbol, const im_theme *theme)
{
    if (symbol->bin_level > 0)
        return theme->number_px;
    return (float)CLAMP(symbol->radius_px * 0.95, (double)theme->number_px,
                        MAX(26 * theme->unit, (double)theme->number_px));
}

void im_symbol_draw_number(GPtrArray *items, const im_symbol *symbol, im_xy at,
                           const im_theme *theme)
{
    gboolean hollow = symbol->status == IM_STATUS_CLEARED || symbol->status == IM_STATUS_PLANNED;
    im_text_style style = {.family = IM_FONT_FAMILY,
                           .size_px = number_size_px(symbol, theme),
                           .bold = TRUE,
                           .colour = hollow ? theme->colours.ink : colours_of(symbol, theme).ink,
                           .anchor = IM_ANCHOR_MIDDLE};
    if (symbol->bin_level > 0) { /* borders run over what counts */
        style.halo = im_with_alpha(colours_of(symbol, theme).fill, 0xFF);
        style.halo_px = 2.5F;
    }
    double cap = 0.66 * (double)style.size_px;
    im_tree_text(items, "number", symbol->number, (im_xy){at.x, at.y + cap / 2}, &style);
}

im_colour im_symbol_fill(const im_symbol *symbol, const im_theme *theme)
{
    return colours_of(symbol, theme).fill;
}

void im_symbol_draw(GPtrArray *items, const im_symbol *symbol, im_xy at, const im_theme *theme)
{
    if (symbol->is_area && symbol->bin_level == 0)
        draw_area_circle(items, symbol, at, theme);
    if (symbol->bin_level > 0) {
        add_path(items, "body", shape_of(symbol)->outline, at, symbol->radius_px,
                 (im_style){.fill = colours_of(symbol, theme).fill,
                            .stroke = im_with_alpha(theme->colours.hollow, 0xFF),
                            .stroke_px = 1});
    } else {
        draw_body(items, symbol, at, theme);
        draw_details(items, symbol, at, theme);
    }
    if (symbol->number)
        im_symbol_draw_number(items, symbol, at, theme);
}

static const double DIGIT_WIDTH = 0.53; /* of the size, in the bold style */

im_box im_symbol_number_box(const im_symbol *symbol, const im_theme *theme)
{
    if (!symbol->number)
        return (im_box){0, 0, 0, 0};
    const double size = (double)number_size_px(symbol, theme), half_height = 0.35 * size,
                 half_width = 0.5 * DIGIT_WIDTH * size * (double)strlen(symbol->number);
    return (im_box){-half_width, -half_height, half_width, half_height};
}

gboolean im_symbol_holds(const im_symbol *symbol, gsize n_characters, const im_theme *theme)
{
    if (!shape_of(symbol)->holds_number)
        return FALSE;
    double size = (double)number_size_px(symbol, theme);
    return hypot((double)n_characters * DIGIT_WIDTH * size, 0.66 * size) < 1.75 * symbol->radius_px;
}
