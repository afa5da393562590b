#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
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

static gboolean exists_already(const char *path, GError **error)
{
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: exists; use --overwrite to replace it", path);
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
    if (!overwrite && exists)
        return exists_already(path, error);
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

static gboolean fail(const char *path, GError **error)
{
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s", path, g_strerror(errno));
    return FALSE;
}

/* Has the bytes of a file on the disk before it is renamed, as g_file_set_contents_full() does. */
static gboolean sync_file(const char *path)
{
    int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return FALSE;
    gboolean synced = fsync(fd) == 0;
    return g_close(fd, NULL) && synced;
}

static gboolean print_file(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    return file ? write_stdout(g_mapped_file_get_contents(file), g_mapped_file_get_length(file),
                               error)
                : fail(path, error);
}

/* Without `overwrite` a file that came meanwhile stays; where a file system knows no such rename, it does not. */
static gboolean deliver(const char *made, const char *path, gboolean overwrite, GError **error)
{
    if (strcmp(path, "-") == 0)
        return print_file(made, error);
    if (!sync_file(made))
        return fail(path, error);
    if (!overwrite && renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (!overwrite && errno == EEXIST)
        return exists_already(path, error);
    return g_rename(made, path) == 0 || fail(path, error);
}

/* Libraries leave journals and the like behind when they fail. */
static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

static char *make_folder(const char *path)
{
    if (strcmp(path, "-") == 0)
        return g_dir_make_tmp("incmap-XXXXXX", NULL);
    char *folder = g_strconcat(path, ".XXXXXX", NULL);
    return g_mkdtemp_full(folder, 0755) ? folder : (g_free(folder), NULL);
}

gboolean im_file_make(const char *path, const char *suffix, gboolean overwrite, im_file_maker make,
                      gconstpointer data, GError **error)
{
    if (!im_file_may_write(path, overwrite, error))
        return FALSE;
    g_autofree char *folder = make_folder(path);
    if (!folder)
        return fail(path, error);
    g_autofree char *name = g_strconcat("made", suffix, NULL),
                    *made = g_build_filename(folder, name, NULL);
    gboolean ok = make(made, data, error);
    if (ok)
        ok = deliver(made, path, overwrite, error);
    else
        g_prefix_error(error, "%s: ", path);
    remove_folder(folder);
    return ok;
}
