/* Areas as users' files have them, whatever crosses, touches or repeats itself: they are cut at the antimeridian, taken
 * apart into borders, simplified and put together again. Each byte pair is a point of a coarse grid, so that borders are
 * shared; 0xFF ends a ring, 0xFE an area. */
#include "fuzz.h"
#include "geo/topology.h"
#include "geo/wrap.h"

#include <math.h>

enum { END_RING = 0xFF, END_AREA = 0xFE, MOST_BYTES = 4096 };

static void rings_free(gpointer rings)
{
    im_rings_free(rings);
}

static GPtrArray *areas_of(const uint8_t *data, size_t size)
{
    GPtrArray *areas = g_ptr_array_new_with_free_func(rings_free);
    im_rings *rings = im_rings_new();
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= END_AREA)
            im_rings_close(rings);
        if (data[i] == END_AREA) {
            g_ptr_array_add(areas, im_rings_wrap(rings));
            rings = im_rings_new();
        } else if (data[i] != END_RING && i + 1 < size) {
            const double x = (data[i] % 25 - 12) * 30, y = (data[i + 1] % 13 - 6) * 15;
            im_rings_add(rings, (im_xy){x, y});
            i++;
        }
    }
    im_rings_close(rings);
    g_ptr_array_add(areas, im_rings_wrap(rings));
    return areas;
}

static void check_outlines(const im_topology *topology, guint n)
{
    g_autofree guint32 *groups = g_new(guint32, n);
    for (guint i = 0; i < n; i++)
        groups[i] = i / 2;
    g_autoptr(GPtrArray) outlines = im_topology_outlines(topology, groups, n / 2 + 1);
    for (guint i = 0; i < outlines->len; i++) {
        const im_rings *rings = outlines->pdata[i];
        const im_box box = im_rings_box(rings);
        double distance = 0;
        g_assert(im_box_is_empty(&box) || (box.min_x >= -180 && box.max_x <= 180));
        if (im_rings_n(rings) > 0)
            im_rings_pole(rings, 1, &distance);
        g_assert(isfinite(distance));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const im_box window = {-180, -90, 180, 90};
    if (size > MOST_BYTES)
        return 0;
    g_autoptr(GPtrArray) areas = areas_of(data, size);
    g_autoptr(im_topology) topology =
        im_topology_new((const im_rings *const *)(void *)areas->pdata, areas->len, &window);
    im_topology_densify(topology, 20);
    check_outlines(topology, areas->len);
    im_topology_simplify(topology, 3);
    check_outlines(topology, areas->len);
    return 0;
}
