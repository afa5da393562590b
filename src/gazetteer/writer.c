#include "gazetteer/writer.h"

#include "gazetteer/checksum.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Bytes that wait to be written; a multiple of 8, so that the checksum never splits a word. */
enum { ROOM = 1 << 20 };

struct gaz_writer {
    char *path, *aside;
    int fd, fault; /* errno of the first fault */
    gaz_header header;
    gint section; /* the one at hand, -1 before the first */
    guint64 at;   /* bytes behind the header, those that wait included */
    gsize waiting;
    char room[ROOM];
};

static gboolean fail(const char *path, int fault, GError **error)
{
    g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s", path, g_strerror(fault));
    return FALSE;
}

static void write_all(gaz_writer *w, const char *bytes, gsize len, guint64 offset)
{
    while (len > 0 && !w->fault) {
        gssize n = pwrite(w->fd, bytes, len, (off_t)offset);
        if (n < 0 && errno != EINTR)
            w->fault = errno;
        if (n <= 0)
            continue;
        bytes += n;
        len -= (gsize)n;
        offset += (guint64)n;
    }
}

static void flush(gaz_writer *w)
{
    w->header.checksum = gaz_checksum(w->header.checksum, w->room, w->waiting);
    write_all(w, w->room, w->waiting, sizeof w->header + w->at - w->waiting);
    w->waiting = 0;
}

gaz_writer *gaz_writer_new(const char *path, GError **error)
{
    g_autoptr(gaz_writer) w = g_new0(gaz_writer, 1);
    w->path = g_strdup(path);
    w->aside = g_strconcat(path, ".XXXXXX", NULL);
    w->section = -1;
    w->fd = g_mkstemp_full(w->aside, O_RDWR | O_CLOEXEC, 0644);
    if (w->fd < 0) {
        fail(path, errno, error);
        return NULL;
    }
    w->header =
        (gaz_header){.magic = GAZ_MAGIC, .version = GAZ_VERSION, .byte_order = GAZ_BYTE_ORDER};
    return g_steal_pointer(&w);
}

static void append(gaz_writer *w, const char *from, gsize len)
{
    while (len > 0) {
        gsize n = MIN(len, ROOM - w->waiting);
        memcpy(w->room + w->waiting, from, n);
        w->waiting += n;
        w->at += n;
        from += n;
        len -= n;
        if (w->waiting == ROOM)
            flush(w);
    }
}

/* Up to where a section may begin; part of none. */
static void pad(gaz_writer *w)
{
    static const char zeros[GAZ_ALIGNMENT];
    append(w, zeros, (GAZ_ALIGNMENT - (sizeof w->header + w->at) % GAZ_ALIGNMENT) % GAZ_ALIGNMENT);
}

void gaz_writer_begin(gaz_writer *w, gaz_section_id id)
{
    g_assert((gint)id > w->section);
    pad(w);
    while (w->section < (gint)id)
        w->header.sections[++w->section] = (gaz_section){sizeof w->header + w->at, 0};
}

void gaz_writer_add(gaz_writer *w, const void *bytes, gsize len)
{
    append(w, bytes, len);
    w->header.sections[w->section].size += len;
}

gboolean gaz_writer_end(gaz_writer *w, GError **error)
{
    pad(w);
    while (w->section + 1 < GAZ_N_SECTIONS)
        w->header.sections[++w->section] = (gaz_section){sizeof w->header + w->at, 0};
    flush(w);
    w->header.file_size = sizeof w->header + w->at;
    write_all(w, (const char *)&w->header, sizeof w->header, 0);
    if (!w->fault && fsync(w->fd) != 0)
        w->fault = errno;
    if (!w->fault && g_rename(w->aside, w->path) != 0)
        w->fault = errno;
    if (w->fault)
        return fail(w->path, w->fault, error);
    g_clear_pointer(&w->aside, g_free);
    return TRUE;
}

void gaz_writer_free(gaz_writer *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    if (w->fd >= 0 && w->aside)
        g_unlink(w->aside);
    g_free(w->aside);
    g_free(w->path);
    g_free(w);
}
