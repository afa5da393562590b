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

/** Whether `path` may be written: as im_file_write() would say, without writing. For work that
 *  should fail before it begins. */
gboolean im_file_may_write(const char *path, gboolean overwrite, GError **error);

#endif
