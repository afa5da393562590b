/** @file
 *  Colours and sizes of a map. */
#ifndef IM_MAP_THEME_H
#define IM_MAP_THEME_H

#include "map/palette.h"

/** Colours, and sizes at the size of the page. Text is never below 8 px. */
typedef struct im_theme {
    im_palette colours;
    double unit; /**< 1 for 1600 × 1200 px; grows slower than the page */
    float title_px, subtitle_px, label_px, context_px, state_px, country_px, legend_px, note_px,
        source_px, number_px;
    float margin_px;                      /**< of the page */
    float padding_px;                     /**< inside panels */
    float base_radius_px, most_radius_px; /**< of marks */
} im_theme;

/** With the colours of the light theme. */
im_theme im_theme_new(int width_px, int height_px);

#endif
