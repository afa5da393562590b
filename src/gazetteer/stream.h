/** @file
 *  Lines of a source, however large: plain files, and what GDAL's virtual file systems read. */
#ifndef IM_GAZETTEER_STREAM_H
#define IM_GAZETTEER_STREAM_H

#include <incmap/error.h>

typedef struct gaz_lines gaz_lines;

/** Opens a file. `X.zip` is the file `X.txt` in it, or the only one; `X.gz` is unpacked.
 *  @param error IM_ERROR_DATA naming the file */
gaz_lines *gaz_lines_open(const char *path, GError **error);
void gaz_lines_free(gaz_lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_lines, gaz_lines_free)

/** The next line without its end, NUL-terminated, to be changed at will until the next call. A byte
 *  order mark before the first is dropped.
 *  @param len  out; of a line that is longer than GAZ_LINE_MAX only the beginning is kept
 *  @return     NULL at the end, or with `error` set when reading fails */
char *gaz_lines_next(gaz_lines *lines, gsize *len, GError **error);

enum { GAZ_LINE_MAX = 1 << 20 };

#endif
