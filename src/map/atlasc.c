/* atlasc FOLDER OUT   compiles countries.fgb, states.fgb and disputed.fgb of a folder into the atlas.
 * A build tool: prints what is wrong and ends with 1. */
#include "map/atlas.h"

#include <stdio.h>

static GPtrArray *read_layer(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return im_gis_boundaries.read(path, error);
}

int main(int argc, char **argv)
{
    static const char *const files[IM_BOUNDARY_N] = {"countries.fgb", "states.fgb", "disputed.fgb"};
    g_autoptr(GError) error = NULL;
    GPtrArray *layers[IM_BOUNDARY_N] = {NULL};
    if (argc != 3) {
        fputs("usage: atlasc FOLDER OUT\n", stderr);
        return 2;
    }
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < IM_BOUNDARY_N; i++)
        ok = (layers[i] = read_layer(argv[1], files[i], &error)) != NULL;
    if (ok) {
        g_autoptr(GByteArray) bytes = im_atlas_make(layers);
        ok = g_file_set_contents(argv[2], (const char *)bytes->data, bytes->len, &error);
    }
    for (guint i = 0; i < IM_BOUNDARY_N; i++)
        g_clear_pointer(&layers[i], g_ptr_array_unref);
    if (!ok)
        fprintf(stderr, "atlasc: %s\n", error->message);
    return ok ? 0 : 1;
}
