/** @file
 *  The fonts of a map. Text is measured here and drawn by the backends with the same three bundled
 *  files (Source Sans 3.052, unchanged, in src/map/fonts/), never with what a machine happens to
 *  have, so that the same map is the same picture everywhere. Only text with characters that they
 *  lack (Arabic, Chinese …) is set with the system's fonts; such a picture is equal on equal
 *  machines only. */
#ifndef IM_MAP_FONTS_H
#define IM_MAP_FONTS_H

#include "map/map.h"

#include <pango/pango.h>

/** What im_text_style.family says: the bundled family first, then its like for viewers of SVG. */
#define IM_FONT_FAMILY                                                                             \
    "'Source Sans 3', 'Source Sans Pro', 'Open Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"

/** Loads the bundled fonts, which all threads share; later calls do nothing. Looks in
 *  $INCMAP_FONTS, beside the build, then where they are installed.
 *  @param error  IM_ERROR_DATA naming the folder in which a file is missing */
gboolean im_fonts_load(GError **error);

/** Has another thread read the bundled fonts, which takes some ms. @return to be joined; NULL: not done */
GThread *im_fonts_read_ahead(void);

/** A layout of one line of text in a style, ready to be measured or drawn (with
 *  pango_cairo_show_layout_line() or pango_cairo_layout_line_path()): hinting off, grey
 *  anti-aliasing, glyph positions not rounded, so that its extents hold at any scale. The halo,
 *  colour and anchor are the caller's. Where the bundled fonts are missing the system's are used.
 *  Not for other threads. Owned by the caller, g_object_unref(). */
PangoLayout *im_fonts_layout(const char *text, const im_text_style *style);

/** Extents of a line of text, in pixels. */
typedef struct im_text_size {
    float width_px;
    float ascent_px;  /**< of the font, above the baseline */
    float descent_px; /**< of the font, below it */
    float cap_px;     /**< height of the capitals */
} im_text_size;

im_text_size im_fonts_measure(const char *text, const im_text_style *style);

#endif
