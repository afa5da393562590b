/* Output that grows line by line: standard output as it comes, a file aside and renamed when whole. */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <incmap/output.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How far a reader at the other end of a pipe may be behind before it is waited for; Linux gives 64 KB. */
enum { PIPE_BYTES = 1 << 19 };

/* After how much the disk is told to write. */
enum { WINDOW_BYTES = 1 << 23 };

struct im_output_stream {
    FILE *file; /* without a buffer: what comes is much at once, and has one already */
    char *path;
    char *aside;            /* NULL for standard output */
    gsize written, started; /* bytes; what of them the disk has been told to write */
};

static gboolean fail(const im_output_stream *stream, GError **error)
{
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s",
                stream->aside ? stream->path : "standard output", g_strerror(errno));
    return FALSE;
}

static void open_stdout(im_output_stream *stream)
{
    stream->file = stdout;
    /* no pipe, or more than is allowed: it stays as it is */
    fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES);
}

static gboolean open_aside(im_output_stream *stream)
{
    stream->aside = g_strconcat(stream->path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(stream->aside, O_RDWR | O_CLOEXEC, 0666);
    if (fd < 0)
        return FALSE;
    stream->file = fdopen(fd, "w");
    return stream->file != NULL;
}

im_output_stream *im_output_stream_open(const char *path, gboolean overwrite, GError **error)
{
    if (!im_output_check(path, overwrite, error))
        return NULL;
    g_autoptr(im_output_stream) stream = g_new0(im_output_stream, 1);
    stream->path = g_strdup(path);
    if (strcmp(path, "-") == 0)
        open_stdout(stream);
    else if (!open_aside(stream) && !fail(stream, error))
        return NULL;
    setvbuf(stream->file, NULL, _IONBF, 0);
    return g_steal_pointer(&stream);
}

/* Has the disk write what came since the last time, so that fsync() has less to wait for at the end. Advice only: what
 * fails here fails at the end, too. */
static void start_writing(im_output_stream *stream)
{
    sync_file_range(fileno(stream->file), (off64_t)stream->started,
                    (off64_t)(stream->written - stream->started), SYNC_FILE_RANGE_WRITE);
    stream->started = stream->written;
}

gboolean im_output_stream_write(im_output_stream *stream, const char *bytes, gsize len,
                                GError **error)
{
    if (fwrite(bytes, 1, len, stream->file) != len)
        return fail(stream, error);
    stream->written += len;
    if (stream->aside && stream->written - stream->started >= WINDOW_BYTES)
        start_writing(stream);
    return TRUE;
}

gboolean im_output_stream_finish(im_output_stream *stream, GError **error)
{
    if (fflush(stream->file) != 0)
        return fail(stream, error);
    if (!stream->aside)
        return TRUE;
    FILE *file = g_steal_pointer(&stream->file);
    gboolean written = fsync(fileno(file)) == 0;
    if (fclose(file) != 0 || !written || g_rename(stream->aside, stream->path) != 0)
        return fail(stream, error);
    g_clear_pointer(&stream->aside, g_free);
    return TRUE;
}

void im_output_stream_free(im_output_stream *stream)
{
    if (!stream)
        return;
    if (stream->file && stream->file != stdout)
        fclose(stream->file);
    if (stream->aside)
        g_unlink(stream->aside);
    g_free(stream->aside);
    g_free(stream->path);
    g_free(stream);
}
