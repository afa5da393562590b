#include "map/theme.h"

#include <math.h>

static float text_px(double size, double unit)
{
    return (float)MAX(8.0, round(size * unit * 10) / 10);
}

im_theme im_theme_new(int width_px, int height_px)
{
    /* A page of half the width is read from nearer: sizes shrink with the power 0.7 of its side. */
    double unit = pow((double)width_px * height_px / (1600.0 * 1200.0), 0.35);
    im_theme theme = {
        .unit = unit,
        .title_px = text_px(40, unit),
        .subtitle_px = text_px(22, unit),
        .label_px = text_px(18, unit),
        .context_px = text_px(14.5, unit),
        .state_px = text_px(13.5, unit),
        .country_px = text_px(17, unit),
        .legend_px = text_px(17, unit),
        .note_px = text_px(16, unit),
        .source_px = text_px(14, unit),
        .number_px = text_px(13, unit),
        .margin_px = (float)round(26 * unit),
        .padding_px = (float)round(14 * unit),
        .base_radius_px = (float)(9.5 * unit),
        .most_radius_px = (float)(29 * unit),
    };
    theme.colours = *im_palette_light();
    return theme;
}
