/* Watching folders; what does it is in folder_gio.c. */
#include "report/folder.h"

im_folder *im_folder_watch(const char *path, void (*settled)(gpointer data), gpointer data,
                           GError **error)
{
    const im_folder_watcher *watcher = im_module_table(im_gis_folder, error);
    return watcher ? watcher->watch(path, settled, data, error) : NULL;
}

gboolean im_folder_is_unfinished(const im_folder *folder, const char *path)
{
    const im_folder_watcher *watcher = im_module_table(im_gis_folder, NULL);
    return watcher && watcher->is_unfinished(folder, path);
}

void im_folder_free(im_folder *folder)
{
    const im_folder_watcher *watcher = folder ? im_module_table(im_gis_folder, NULL) : NULL;
    if (watcher)
        watcher->free(folder);
}
