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
    return im_file_may_write(out_path, TRUE, error) && draft_write(d, out_path, error);
}
