/* Inputs → files. */
#include "report/priv.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static gboolean walk(const char *folder, GPtrArray *files, GError **error);

static gboolean add_entry(const char *path, GPtrArray *files, GError **error)
{
    GStatBuf link, target;
    if (g_lstat(path, &link) != 0)
        return TRUE; /* gone since the folder was listed */
    if (S_ISDIR(link.st_mode))
        return walk(path, files, error);
    if (g_stat(path, &target) == 0 && S_ISREG(target.st_mode) && im_format_of_path(path))
        g_ptr_array_add(files, g_strdup(path));
    return TRUE;
}

static gboolean walk(const char *folder, GPtrArray *files, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
    if (!dir) {
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", folder, cause->message);
        return FALSE;
    }
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (name[0] == '.')
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!add_entry(path, files, error))
            return FALSE;
    }
    return TRUE;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean expand_folder(const char *folder, GPtrArray *files, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    if (!walk(folder, found, error))
        return FALSE;
    if (found->len == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "no reports in %s", folder);
        return FALSE;
    }
    g_ptr_array_sort(found, by_bytes);
    g_ptr_array_extend_and_steal(files, g_steal_pointer(&found));
    return TRUE;
}

static gboolean expand(const char *input, GPtrArray *files, GError **error)
{
    GStatBuf info;
    gboolean as_it_is = strcmp(input, "-") == 0 || g_str_has_prefix(input, "/vsi");
    if (!as_it_is && g_stat(input, &info) != 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", input, g_strerror(errno));
        return FALSE;
    }
    if (!as_it_is && S_ISDIR(info.st_mode))
        return expand_folder(input, files, error);
    g_ptr_array_add(files, g_strdup(input));
    return TRUE;
}

GPtrArray *im_inputs_expand(const char *const *inputs, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (; *inputs; inputs++)
        if (!expand(*inputs, files, error))
            return NULL;
    return g_steal_pointer(&files);
}
