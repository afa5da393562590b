#include "map/boundaries.h"

#include "map/atlas.h"

#include <incmap/map.h>
#include <math.h>
#include <string.h>

struct im_boundaries {
    im_atlas *atlas;
    GPtrArray *own;    /* of im_unit *: the user's; or NULL */
    GPtrArray *faults; /* of char * */
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

im_boundaries *im_boundaries_open(const char *folder, const im_own_source *own, GError **error)
{
    g_autofree char *standard = folder ? NULL : im_geodata_default_path();
    g_autofree char *path = g_build_filename(folder ? folder : standard, IM_ATLAS_FILE, NULL);
    g_autoptr(im_boundaries) b = g_new0(im_boundaries, 1);
    b->faults = g_ptr_array_new_with_free_func(g_free);
    b->atlas = im_atlas_open(path, error);
    if (!b->atlas || !own)
        return b->atlas ? g_steal_pointer(&b) : NULL;
    const im_boundary_reader *reader = im_module_table(im_gis_boundaries, error);
    b->own = reader ? reader->read_own(own, b->faults, error) : NULL;
    return b->own ? g_steal_pointer(&b) : NULL;
}

void im_boundaries_free(im_boundaries *b)
{
    if (!b)
        return;
    g_clear_pointer(&b->own, g_ptr_array_unref);
    g_clear_pointer(&b->faults, g_ptr_array_unref);
    im_atlas_free(b->atlas);
    g_free(b);
}

const GPtrArray *im_boundaries_own(const im_boundaries *b)
{
    return b->own;
}

const GPtrArray *im_boundaries_faults(const im_boundaries *b)
{
    return b->faults;
}

GPtrArray *im_boundaries_read_whole(const im_boundaries *b, im_boundary_layer layer,
                                    const im_box *box)
{
    return im_atlas_read(b->atlas, layer, box);
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

/* The part of the world that a window sees when it is moved by `shift`. @return FALSE when it sees none of it */
static gboolean part_of(const im_box *window, double shift, im_box *part)
{
    *part = (im_box){MAX(window->min_x - shift, -180), window->min_y,
                     MIN(window->max_x - shift, 180), window->max_y};
    return part->min_x < part->max_x;
}

GPtrArray *im_boundaries_read(const im_boundaries *b, im_boundary_layer layer, const im_box *window,
                              double snap)
{
    im_box part;
    GPtrArray *out = g_ptr_array_new_with_free_func(im_unit_free);
    for (double shift = -360; shift <= 360; shift += 360)
        if (part_of(window, shift, &part)) {
            g_autoptr(GPtrArray) units = im_boundaries_read_whole(b, layer, &part);
            take_units(out, units, layer, window, shift, snap);
        }
    return out;
}

static im_unit *copy_unit(const im_unit *unit)
{
    im_unit *copy = g_memdup2(unit, sizeof *unit);
    copy->admin1 = g_strdup(unit->admin1);
    copy->iso3166_2 = g_strdup(unit->iso3166_2);
    copy->name = g_strdup(unit->name);
    copy->rings = im_rings_new();
    g_array_append_vals(copy->rings->points, unit->rings->points->data, unit->rings->points->len);
    g_array_append_vals(copy->rings->ends, unit->rings->ends->data, unit->rings->ends->len);
    return copy;
}

static GPtrArray *own_that_meet(const im_boundaries *b, const im_box *part)
{
    GPtrArray *units = g_ptr_array_new_with_free_func(im_unit_free);
    for (guint i = 0; b->own && i < b->own->len; i++) {
        const im_unit *unit = b->own->pdata[i];
        const im_box box = im_rings_box(unit->rings);
        if (im_box_intersects(&box, part))
            g_ptr_array_add(units, copy_unit(unit));
    }
    return units;
}

GPtrArray *im_boundaries_read_own(const im_boundaries *b, const im_box *window, double snap)
{
    im_box part;
    GPtrArray *out = g_ptr_array_new_with_free_func(im_unit_free);
    for (double shift = -360; shift <= 360; shift += 360)
        if (part_of(window, shift, &part)) {
            g_autoptr(GPtrArray) units = own_that_meet(b, &part);
            take_units(out, units, IM_BOUNDARY_STATES, window, shift, snap);
        }
    return out;
}

GHashTable *im_boundaries_country_names(const im_boundaries *b)
{
    return im_atlas_country_names(b->atlas);
}
