/** @file
 *  The bytes of one input, piece by piece: a file, standard input, one of GDAL's virtual files, memory. */
#ifndef IM_REPORT_STREAM_H
#define IM_REPORT_STREAM_H

#include <glib.h>

typedef struct im_stream im_stream;

/** Opens a file, a /vsi… path of GDAL, or `-`. Standard input is read as it arrives, so that a
 *  line written to a pipe is seen before the next one. IM_ERROR_IO. */
im_stream *im_stream_open(const char *path, GError **error);

/** Bytes in memory, borrowed. */
im_stream *im_stream_of_bytes(const char *name, const void *bytes, gsize len);
void im_stream_free(im_stream *source);

/** What messages call an input: its path, or `standard input`. */
const char *im_stream_name_of(const char *path);
const char *im_stream_name(const im_stream *source);

/** Reads at most `room` bytes; 0 at the end and after an error, see im_stream_error(). */
gsize im_stream_read(im_stream *source, void *out, gsize room);

/** Whether a line can be read without waiting for who writes the input. */
gboolean im_stream_at_hand(const im_stream *source);

/** The next byte, or -1. */
int im_stream_byte(im_stream *source);

/** The next byte without taking it, or -1. */
int im_stream_peek(im_stream *source);

/** Whether the next bytes are those of `text`, without taking them. */
gboolean im_stream_begins(im_stream *source, const char *text);

/** Reads a line without its newline into `line`; what is more than `max` bytes is passed over and
 *  `*too_long` set. @return FALSE at the end */
gboolean im_stream_line(im_stream *source, GString *line, gsize max, gboolean *too_long);

/** Reads to the end. IM_ERROR_IO; IM_ERROR_LIMIT when there are more than `max` bytes.
 *  @return owned by the caller, NUL-terminated */
char *im_stream_all(im_stream *source, gsize max, gsize *len, GError **error);

/** For formats that are read as a stream: IM_ERROR_FORMAT when the first bytes are those of an
 *  image, an archive, a program or UTF-16. Takes a UTF-8 byte order mark. */
gboolean im_stream_check(im_stream *source, GError **error);

/** What ended the input early, or NULL; borrowed. */
const GError *im_stream_error(const im_stream *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_stream, im_stream_free)

#endif
