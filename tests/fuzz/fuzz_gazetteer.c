/* A compiled gazetteer of any bytes is refused, or all of it can be read: opening proves little, so
 * that every look-up must look where it steps. */
#include "fuzz.h"
#include "gazetteer_walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(im_gazetteer) g = im_gazetteer_open_bytes(bytes, "input", &error);
    g_assert(!g == (error != NULL));
    if (g)
        gazetteer_walk(g);
    return 0;
}
