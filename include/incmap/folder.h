/** @file
 *  A folder that reports come into. */
#ifndef INCMAP_FOLDER_H
#define INCMAP_FOLDER_H

#include <glib.h>
#include <incmap/api.h>
#include <incmap/error.h>

G_BEGIN_DECLS

/** A folder that is watched, and those in it (links not followed). */
typedef struct im_folder im_folder;

/** Begins to watch; GLib's default main context does the rest.
 *  @param settled  called when something in the folder has changed and for 0.1 s nothing more; files that somebody
 *                  writes to are waited for until they are closed, or nothing happens for 2 s; all not longer than 5 s
 *  @return         owned by the caller, im_folder_free(); NULL with IM_ERROR_IO, naming the folder */
IM_API im_folder *im_folder_watch(const char *path, void (*settled)(gpointer data), gpointer data,
                                  GError **error);

/** Whether somebody seems to be writing to a file, so that it is to be left for the next call of `settled`. */
IM_API gboolean im_folder_is_unfinished(const im_folder *folder, const char *path);
IM_API void im_folder_free(im_folder *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_folder, im_folder_free)

G_END_DECLS

#endif
