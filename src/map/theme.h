/** @file
 *  Colours and sizes of a map. */
#ifndef IM_MAP_THEME_H
#define IM_MAP_THEME_H

#include "map/map.h"

/* Ground: three calm tones. Text on them has a contrast of at least 4.5 : 1 (WCAG 1.4.3). */
#define IM_COLOUR_PAPER        0xFFFFFFFFu
#define IM_COLOUR_SEA          0xD9E7EFFFu
#define IM_COLOUR_LAND         0xE9E7E1FFu /* of others */
#define IM_COLOUR_FOCUS        0xFCF9F2FFu /* of the countries that the map is about */
#define IM_COLOUR_NEAR         0xF3F0E8FFu /* the rest of a country on a map of a part of it */
#define IM_COLOUR_AFFECTED     0xF6E7CBFFu /* a state that holds something of unknown place */
#define IM_COLOUR_HATCH        0xD8B27AFFu
#define IM_COLOUR_COAST        0x86A3B5FFu
#define IM_COLOUR_BORDER       0x77716AFFu /* between countries */
#define IM_COLOUR_STATE_BORDER 0xB9B1A4FFu

#define IM_COLOUR_INK          0x1C1C1CFFu
#define IM_COLOUR_TEXT         0x3D3B38FFu
#define IM_COLOUR_QUIET        0x625E57FFu
#define IM_COLOUR_STATE_NAME   0x6F6A5FFFu
#define IM_COLOUR_COUNTRY_NAME 0x66645EFFu
#define IM_COLOUR_CONTEXT      0x4F4C46FFu
#define IM_COLOUR_PANEL        0xFFFFFFFFu
#define IM_COLOUR_PANEL_EDGE   0xC6C2BAFFu
#define IM_COLOUR_RULE         0xD5D2CBFFu

/* Marks. */
#define IM_COLOUR_RIM       0x222222FFu
#define IM_COLOUR_CASING    0xFFFFFFE6u
#define IM_COLOUR_LEADER    0x4A4844FFu
#define IM_COLOUR_ACCENT    0xC03A00FFu
#define IM_COLOUR_RING      0x5A554CFFu
#define IM_COLOUR_RING_FILL 0x5A554C14u

/** Sizes at the size of the page. Text is never below 8 px. */
typedef struct im_theme {
    double unit; /**< 1 for 1600 × 1200 px; grows slower than the page */
    float title_px, subtitle_px, label_px, context_px, state_px, country_px, legend_px, note_px,
        source_px, number_px;
    float margin_px;                      /**< of the page */
    float padding_px;                     /**< inside panels */
    float base_radius_px, most_radius_px; /**< of marks */
} im_theme;

im_theme im_theme_new(int width_px, int height_px);

#endif
