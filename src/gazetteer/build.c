/* The compiler's one way through. */
#include "base/files.h"
#include "gazetteer/compile.h"

gboolean im_gazetteer_build(const char *folder, const char *out_path, GError **error)
{
    g_autoptr(draft) d = draft_new();
    if (!draft_read_places(d, folder, error) || !draft_read_names(d, folder, error) ||
        !draft_read_sources(d, folder, error))
        return FALSE;
    draft_measure(d);
    draft_derive_names(d);
    g_autoptr(GByteArray) file = draft_pack(d);
    return im_file_write(out_path, file->data, file->len, TRUE, error);
}
