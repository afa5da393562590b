/* The locator: a small outline of the country with the frame of the map in it. */
#include "map/panels.h"

#include <math.h>

static const double TOLERANCE_PX = 0.6, LEAST_PART_PX = 3;

static im_view *country_view(const im_extent *extent, double width, double height)
{
    g_autoptr(GArray) points = im_extent_mainland(extent->outline, extent->fit.points);
    if (points->len == 0)
        return NULL;
    im_fit fit = {.points = points};
    fit.box = im_ring_box((const im_xy *)(const void *)points->data, points->len);
    im_box frame = {0, 0, width, height};
    return im_view_new(&fit, &frame, &frame, (im_xy){0, 0}, NULL);
}

static void add_outline(im_panel *panel, const im_extent *extent, const im_view *view,
                        const im_theme *theme)
{
    im_item *country = im_tree_path(panel->items, "locator",
                                    (im_style){.fill = theme->colours.land,
                                               .stroke = theme->colours.border,
                                               .stroke_px = 0.7F,
                                               .even_odd = TRUE});
    for (guint r = 0, n; r < im_rings_n(extent->outline); r++) {
        const im_xy *ring = im_rings_get(extent->outline, r, &n);
        g_autofree im_xy *points = g_memdup2(ring, sizeof(im_xy) * n);
        im_view_project(view, points, n);
        im_box box = im_ring_box(points, n);
        gboolean is_seen = im_box_intersects(&box, &view->content) &&
                           box.max_x - box.min_x + box.max_y - box.min_y > LEAST_PART_PX;
        n = is_seen ? im_line_simplify(points, n, TOLERANCE_PX) : 0;
        if (n < 3)
            continue;
        im_path_polyline(&country->path, points, n);
        im_path_close(&country->path);
    }
    im_item_fit_box(country);
}

/* The frame of the map as its meridians and parallels lie in the locator. */
static void add_frame(im_panel *panel, const im_view *map, const im_view *view,
                      const im_theme *theme)
{
    const im_box *f = &map->frame;
    im_xy corners[] = {
        {f->min_x, f->min_y}, {f->max_x, f->min_y}, {f->max_x, f->max_y}, {f->min_x, f->max_y}};
    im_item *item = im_tree_path(panel->items, "locator-frame",
                                 (im_style){.fill = im_with_alpha(theme->colours.accent, 0x30),
                                            .stroke = theme->colours.accent,
                                            .stroke_px = (float)(1.6 * theme->unit)});
    for (guint i = 0; i < G_N_ELEMENTS(corners); i++) {
        im_xy at;
        if (!im_view_degrees(map, corners[i], &at))
            return;
        im_view_project(view, &at, 1);
        (i == 0 ? im_path_move : im_path_line)(&item->path, at.x, at.y);
    }
    im_path_close(&item->path);
    im_item_fit_box(item);
}

im_panel *im_panel_locator(const im_extent *extent, const im_view *view, const im_theme *theme)
{
    im_panel *panel = im_panel_new("locator", "Where the map is");
    if (!extent->is_part || !extent->outline)
        return panel;
    g_autoptr(im_view) small = country_view(extent, 190 * theme->unit, 140 * theme->unit);
    if (!small)
        return panel;
    add_outline(panel, extent, small, theme);
    add_frame(panel, view, small, theme);
    panel->width = small->content.max_x;
    panel->height = small->content.max_y;
    return panel;
}
