/** @file
 *  Watching folders, which is loaded on demand with GIO. */
#ifndef IM_REPORT_FOLDER_H
#define IM_REPORT_FOLDER_H

#include "base/module.h"

#include <incmap/folder.h>

/** The functions of incmap/folder.h. */
typedef struct im_folder_watcher {
    im_folder *(*watch)(const char *path, void (*settled)(gpointer data), gpointer data,
                        GError **error);
    gboolean (*is_unfinished)(const im_folder *folder, const char *path);
    void (*free)(im_folder *folder);
} im_folder_watcher;

extern const im_folder_watcher im_gis_folder IM_MODULE_TABLE;

#endif
