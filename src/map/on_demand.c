/* Maps are laid out by the module that draws. */
#include "map/map.h"

im_map *im_map_new(const GPtrArray *incidents, const im_gazetteer *gazetteer,
                   const im_map_options *options, GError **error)
{
    const im_map_maker *maker = im_module_table(im_draw_map, error);
    return maker ? maker->lay_out(incidents, gazetteer, options, error) : NULL;
}

gboolean im_map_series(const GArray *periods, const im_gazetteer *gazetteer,
                       const im_map_options *options, im_map_func func, gpointer data,
                       GError **error)
{
    const im_map_maker *maker = im_module_table(im_draw_map, error);
    return maker && maker->lay_out_series(periods, gazetteer, options, func, data, error);
}

char *im_geodata_default_path(void)
{
    const char *chosen = g_getenv("INCMAP_GEODATA");
    if (chosen && *chosen)
        return g_strdup(chosen);
    gboolean beside_build = g_file_test(IM_BUILD_DATADIR "/boundaries.atlas", G_FILE_TEST_EXISTS);
    return g_strdup(beside_build ? IM_BUILD_DATADIR : IM_DATADIR);
}
