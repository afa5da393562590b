/** @file
 *  Outputs that are whole or not there: written aside, then renamed. */
#ifndef IM_BASE_FILES_H
#define IM_BASE_FILES_H

#include <glib.h>

/** Writes `bytes` to `path` by way of a temporary file beside it and a rename; `-` is standard
 *  output. On error an older file stays as it was.
 *  @param overwrite  FALSE: an existing file is IM_ERROR_USAGE
 *  @param error      IM_ERROR_SYSTEM or IM_ERROR_USAGE, naming the path
 *  @return           FALSE on error */
gboolean im_file_write(const char *path, const void *bytes, gsize len, gboolean overwrite,
                       GError **error);

/** Makes the file `path`, which is not there. @return FALSE with an error */
typedef gboolean (*im_file_maker)(const char *path, gconstpointer data, GError **error);

/** As im_file_write() for what a library writes by itself: it is made in a folder beside `path` and renamed. For standard output it is made among the temporary files, and copied.
 *  @param suffix  of the name that it has there; libraries tell formats by it
 *  @param error   that of `make` too */
gboolean im_file_make(const char *path, const char *suffix, gboolean overwrite, im_file_maker make,
                      gconstpointer data, GError **error);

/** Whether `path` may be written: as im_file_write() would say, without writing. For work that
 *  should fail before it begins. */
gboolean im_file_may_write(const char *path, gboolean overwrite, GError **error);

#endif
