/* Bytes of an input: a file, standard input, one of GDAL's virtual files, memory. */
#include "report/priv.h"
#include "report/vsi.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 16, HEAD_BYTES = 8 };

struct im_stream {
    char *name;
    int fd;            /* -1: virtual or memory */
    const im_vsi *vsi; /* of a virtual file */
    im_vsi_file *file; /* NULL: none */
    char *buffer;      /* owned unless in memory */
    gsize at, end;     /* what is left of the buffer */
    gboolean in_memory, finished;
    gboolean waits; /* reading may wait for who writes it: no regular file */
    GError *error;
};

static gboolean is_virtual(const char *path)
{
    return g_str_has_prefix(path, "/vsi");
}

static gboolean open_virtual(im_stream *source, const char *path, GError **error)
{
    source->vsi = im_module_table(im_gis_vsi, error);
    source->file = source->vsi ? source->vsi->open(path, error) : NULL;
    source->waits = TRUE;
    return source->file != NULL;
}

static gboolean open_file(im_stream *source, const char *path, GError **error)
{
    source->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat is;
    if (source->fd < 0)
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", path, g_strerror(errno));
    else
        source->waits = fstat(source->fd, &is) != 0 || !S_ISREG(is.st_mode);
    return source->fd >= 0;
}

im_stream *im_stream_open(const char *path, GError **error)
{
    g_autoptr(im_stream) source = g_new0(im_stream, 1);
    source->fd = -1;
    if (!(is_virtual(path) ? open_virtual : open_file)(source, path, error))
        return NULL;
    source->name = g_strdup(im_stream_name_of(path));
    source->buffer = g_malloc(BUFFER_BYTES);
    return g_steal_pointer(&source);
}

im_stream *im_stream_of_bytes(const char *name, const void *bytes, gsize len)
{
    im_stream *source = g_new0(im_stream, 1);
    source->fd = -1;
    source->name = g_strdup(name);
    source->buffer = (char *)bytes;
    source->end = len;
    source->in_memory = source->finished = TRUE;
    return source;
}

void im_stream_free(im_stream *source)
{
    if (!source)
        return;
    if (source->file)
        source->vsi->close(source->file);
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    if (!source->in_memory)
        g_free(source->buffer);
    g_clear_error(&source->error);
    g_free(source->name);
    g_free(source);
}

const char *im_stream_name_of(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

const char *im_stream_name(const im_stream *source)
{
    return source->name;
}

const GError *im_stream_error(const im_stream *source)
{
    return source->error;
}

static gsize read_fd(const im_stream *source, char *out, gsize room, GError **error)
{
    ssize_t n;
    do
        n = read(source->fd, out, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", source->name, g_strerror(errno));
    return n > 0 ? (gsize)n : 0;
}

/* Gets more bytes behind those that are left. */
static gboolean fill(im_stream *source)
{
    if (source->finished)
        return FALSE;
    memmove(source->buffer, source->buffer + source->at, source->end - source->at);
    source->end -= source->at;
    source->at = 0;
    char *out = source->buffer + source->end;
    gsize room = BUFFER_BYTES - source->end;
    gsize n = source->file ? source->vsi->read(source->file, out, room, &source->error)
                           : read_fd(source, out, room, &source->error);
    source->end += n;
    source->finished = n == 0 || source->error;
    return n > 0;
}

static gboolean has_bytes(im_stream *source)
{
    return source->at < source->end || fill(source);
}

gsize im_stream_read(im_stream *source, void *out, gsize room)
{
    if (!has_bytes(source))
        return 0;
    gsize n = MIN(room, source->end - source->at);
    memcpy(out, source->buffer + source->at, n);
    source->at += n;
    return n;
}

gboolean im_stream_at_hand(const im_stream *source)
{
    gsize left = source->end - source->at;
    return !source->waits || source->finished || memchr(source->buffer + source->at, '\n', left);
}

int im_stream_byte(im_stream *source)
{
    return has_bytes(source) ? (guchar)source->buffer[source->at++] : -1;
}

int im_stream_peek(im_stream *source)
{
    return has_bytes(source) ? (guchar)source->buffer[source->at] : -1;
}

gboolean im_stream_begins(im_stream *source, const char *text)
{
    const gsize len = strlen(text);
    while (source->end - source->at < len && fill(source))
        ;
    return source->end - source->at >= len && memcmp(source->buffer + source->at, text, len) == 0;
}

gboolean im_stream_line(im_stream *source, GString *line, gsize max, gboolean *too_long)
{
    g_string_truncate(line, 0);
    *too_long = FALSE;
    if (!has_bytes(source))
        return FALSE;
    do {
        const char *start = source->buffer + source->at;
        gsize left = source->end - source->at;
        const char *newline = memchr(start, '\n', left);
        gsize n = newline ? (gsize)(newline - start) : left;
        gsize room = max - line->len;
        *too_long |= n > room;
        g_string_append_len(line, start, (gssize)MIN(n, room));
        source->at += newline ? n + 1 : n;
        if (newline)
            return TRUE;
    } while (has_bytes(source));
    return TRUE;
}

char *im_stream_all(im_stream *source, gsize max, gsize *len, GError **error)
{
    GString *all = g_string_new(NULL);
    while (all->len <= max && has_bytes(source)) {
        g_string_append_len(all, source->buffer + source->at, (gssize)(source->end - source->at));
        source->at = source->end;
    }
    *len = all->len;
    if (!source->error && all->len <= max)
        return g_string_free(all, FALSE);
    if (source->error)
        g_propagate_error(error, g_error_copy(source->error));
    else
        g_set_error(error, IM_ERROR, IM_ERROR_LIMIT, "%s: is larger than %" G_GSIZE_FORMAT " bytes",
                    source->name, max);
    g_string_free(all, TRUE);
    return NULL;
}

gboolean im_stream_check(im_stream *source, GError **error)
{
    while (source->end - source->at < HEAD_BYTES && fill(source))
        if (memchr(source->buffer + source->at, '\n', source->end - source->at))
            break;
    const char *head = source->buffer + source->at;
    gsize left = source->end - source->at;
    const char *magic = im_bytes_magic(head, left);
    if (!magic && left >= 2 &&
        (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0))
        magic = "UTF-16 text";
    if (magic) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: looks binary: %s", source->name, magic);
        return FALSE;
    }
    if (left >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        source->at += 3;
    return TRUE;
}
