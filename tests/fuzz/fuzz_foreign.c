/* Any bytes as GeoJSON of others give records, an error, or are left to GDAL; and a record has no position that is none. */
#include "fuzz.h"
#include "output/priv.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const map[] = {"type=kind", "longitude=x", "latitude=y", NULL};
    for (int mapped = 0; mapped < 2; mapped++) {
        gboolean foreign;
        g_autoptr(GError) error = NULL;
        g_autoptr(im_stream) stream = im_stream_of_bytes("input", data, size);
        g_autoptr(GPtrArray) incidents =
            im_geojson_read(stream, "input", mapped ? map : NULL, &foreign, &error);
        g_assert((incidents != NULL) + foreign + (error != NULL) == 1);
        for (guint i = 0; incidents && i < incidents->len; i++) {
            const im_incident *incident = incidents->pdata[i];
            g_assert(!incident->has_geometry || im_lonlat_is_valid(incident->position));
        }
        g_assert(!error || g_str_has_prefix(error->message, "input"));
    }
    return 0;
}
