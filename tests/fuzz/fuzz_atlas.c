/* A compiled file of boundaries of any bytes is refused, or all of it can be read. */
#include "fuzz.h"
#include "map/atlas.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(im_atlas) atlas = im_atlas_open_bytes(bytes, "input", &error);
    g_assert(!atlas == (error != NULL));
    if (!atlas)
        return 0;
    const im_box some = {-10, -10, 10, 10};
    for (im_boundary_layer layer = 0; layer < IM_BOUNDARY_N; layer++) {
        g_autoptr(GPtrArray) all = im_atlas_read(atlas, layer, NULL);
        g_autoptr(GPtrArray) part = im_atlas_read(atlas, layer, &some);
        g_assert(part->len <= all->len);
    }
    g_autoptr(GHashTable) names = im_atlas_country_names(atlas);
    g_assert(names);
    return 0;
}
