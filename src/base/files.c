#include "base/files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <incmap/error.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static gboolean write_stdout(const void *bytes, gsize len, GError **error)
{
    if (fwrite(bytes, 1, len, stdout) == len && fflush(stdout) == 0)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "standard output: %s", g_strerror(errno));
    return FALSE;
}

gboolean im_file_may_write(const char *path, gboolean overwrite, GError **error)
{
    if (strcmp(path, "-") == 0)
        return TRUE;
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: is a directory", path);
        return FALSE;
    }
    gboolean exists = g_file_test(path, G_FILE_TEST_EXISTS);
    if (exists && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) { /* a rename would replace it */
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM,
                    "%s: is a device or pipe; use - and send standard output there", path);
        return FALSE;
    }
    if (!overwrite && exists) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: exists; use --overwrite to replace it",
                    path);
        return FALSE;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_access(folder, W_OK | X_OK) != 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: cannot write to folder %s: %s", path,
                    folder, g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

gboolean im_file_write(const char *path, const void *bytes, gsize len, gboolean overwrite,
                       GError **error)
{
    if (strcmp(path, "-") == 0)
        return write_stdout(bytes, len, error);
    if (!im_file_may_write(path, overwrite, error))
        return FALSE;
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                 &cause))
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s", path, cause->message);
    return FALSE;
}
