/* Any bytes as a theme file give a palette, or an error that names the file. */
#include "fuzz.h"
#include "map/palette.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    im_palette palette;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *text = g_strndup((const char *)data, size);
    const gboolean ok = im_palette_read(text, size, "input", &palette, faults, &error);
    g_assert(ok == (error == NULL));
    g_assert(ok || g_str_has_prefix(error->message, "input: "));
    g_assert(ok || g_utf8_validate(error->message, -1, NULL));
    return 0;
}
