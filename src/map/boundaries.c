#include "map/boundaries.h"

#include "map/atlas.h"

#include <incmap/map.h>
#include <math.h>
#include <string.h>

struct im_boundaries {
    im_atlas *atlas;
    im_boundary_file *states; /* the user's, instead of those of the atlas; or NULL */
    const im_boundary_reader *reader;
};

void im_unit_free(gpointer data)
{
    im_unit *unit = data;
    if (!unit)
        return;
    g_free(unit->admin1);
    g_free(unit->iso3166_2);
    g_free(unit->name);
    im_rings_free(unit->rings);
    g_free(unit);
}

im_boundaries *im_boundaries_open(const char *folder, const char *user_path, const char *name_field,
                                  GError **error)
{
    g_autofree char *standard = folder ? NULL : im_geodata_default_path();
    g_autofree char *path = g_build_filename(folder ? folder : standard, IM_ATLAS_FILE, NULL);
    g_autoptr(im_boundaries) b = g_new0(im_boundaries, 1);
    b->atlas = im_atlas_open(path, error);
    if (!b->atlas || !user_path)
        return b->atlas ? g_steal_pointer(&b) : NULL;
    b->reader = im_module_table(im_gis_boundaries, error);
    b->states = b->reader ? b->reader->open(user_path, name_field, TRUE, error) : NULL;
    return b->states ? g_steal_pointer(&b) : NULL;
}

void im_boundaries_free(im_boundaries *b)
{
    if (!b)
        return;
    if (b->states)
        b->reader->close(b->states);
    im_atlas_free(b->atlas);
    g_free(b);
}

GPtrArray *im_boundaries_read_whole(im_boundaries *b, im_boundary_layer layer, const im_box *box,
                                    GError **error)
{
    return b->states && layer == IM_BOUNDARY_STATES ? b->reader->read(b->states, box, error)
                                                    : im_atlas_read(b->atlas, layer, box);
}

static void shift_and_snap(im_rings *rings, double shift, double snap)
{
    im_xy *points = (im_xy *)(void *)rings->points->data;
    for (guint i = 0; i < rings->points->len; i++) {
        if (snap > 0) {
            points[i].x = round(points[i].x / snap) * snap;
            points[i].y = round(points[i].y / snap) * snap;
        }
        points[i].x += shift;
    }
}

/* Without the rings that are nothing but a speck. */
static im_rings *without_specks(im_rings *rings, double snap)
{
    im_rings *kept = im_rings_new();
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        im_box box = im_ring_box(points, n);
        if (box.max_x - box.min_x + box.max_y - box.min_y <= 3 * snap)
            continue;
        g_array_append_vals(kept->points, points, n);
        im_rings_close(kept);
    }
    im_rings_free(rings);
    return kept;
}

/* Lines are not clipped: they would be closed. */
static void take_units(GPtrArray *out, GPtrArray *units, im_boundary_layer layer,
                       const im_box *window, double shift, double snap)
{
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        shift_and_snap(unit->rings, shift, snap);
        if (layer != IM_BOUNDARY_DISPUTED) {
            if (snap > 0)
                unit->rings = without_specks(unit->rings, snap);
            im_rings *clipped = im_rings_clip(unit->rings, window);
            im_rings_free(unit->rings);
            unit->rings = clipped;
        }
        if (im_rings_n(unit->rings) > 0)
            g_ptr_array_add(out, g_steal_pointer(&g_ptr_array_index(units, i)));
    }
}

GPtrArray *im_boundaries_read(im_boundaries *b, im_boundary_layer layer, const im_box *window,
                              double snap, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(im_unit_free);
    for (double shift = -360; shift <= 360; shift += 360) {
        im_box part = {MAX(window->min_x - shift, -180), window->min_y,
                       MIN(window->max_x - shift, 180), window->max_y};
        if (part.min_x >= part.max_x)
            continue;
        g_autoptr(GPtrArray) units = im_boundaries_read_whole(b, layer, &part, error);
        if (!units)
            return NULL;
        take_units(out, units, layer, window, shift, snap);
    }
    return g_steal_pointer(&out);
}

GHashTable *im_boundaries_country_names(im_boundaries *b)
{
    return im_atlas_country_names(b->atlas);
}
