/* Any bytes as a file of incidents that incmap wrote give records or an error; and what is merged, written, read
 * and merged again is written the same. */
#include "fuzz.h"
#include "output/priv.h"

#include <incmap/merge.h>
#include <string.h>

static GString *written(const GPtrArray *incidents)
{
    GString *out = g_string_new(NULL);
    const im_output_data data = {.incidents = incidents};
    g_assert(im_output_append(&im_backend_geojson.format, &data, out, NULL));
    return out;
}

static GPtrArray *read_bytes(const void *bytes, gsize len)
{
    gboolean foreign;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_stream) stream = im_stream_of_bytes("input", bytes, len);
    GPtrArray *incidents = im_own_records_read(stream, &foreign, &error);
    g_assert((incidents != NULL) + foreign + (error != NULL) == 1);
    return incidents;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GPtrArray) incidents = read_bytes(data, size);
    if (!incidents)
        return 0;
    incidents = im_incidents_merge(incidents, NULL);
    g_autoptr(GString) once = written(incidents);
    g_autoptr(GPtrArray) again = read_bytes(once->str, once->len);
    g_assert(again);
    again = im_incidents_merge(again, NULL);
    g_autoptr(GString) twice = written(again);
    g_assert(strcmp(once->str, twice->str) == 0);
    return 0;
}
