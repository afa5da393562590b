/* A stranger's program: only public headers, only the installed library. Prints where a town is and
 * what a map of nothing shows. */
#include <incmap/map.h>
#include <incmap/version.h>
#include <stdio.h>

int main(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, &error);
    if (!gazetteer) {
        fprintf(stderr, "%s\n", error->message);
        return im_error_exit_code(error);
    }
    im_locate_options options = {.country = "MX", .limit = 1};
    g_autoptr(GArray) found = im_gazetteer_locate(gazetteer, "Tapalpa", &options);
    if (found->len != 1)
        return 1;
    im_place place = im_gazetteer_place(gazetteer, g_array_index(found, im_located, 0).place);
    printf("incmap %s: %s %.2f %.2f\n", INCMAP_VERSION, place.name, place.position.lon_deg,
           place.position.lat_deg);

    g_autoptr(GPtrArray) incidents = g_ptr_array_new();
    g_autoptr(im_map) map = im_map_new(incidents, gazetteer, NULL, &error);
    if (!map) {
        fprintf(stderr, "%s\n", error->message);
        return im_error_exit_code(error);
    }
    puts(im_map_alt_text(map));
    return 0;
}
