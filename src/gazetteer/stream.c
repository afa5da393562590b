#include "gazetteer/stream.h"

#include "gazetteer/build_gdal.h"

#include <errno.h>
#include <incmap/error.h>
#include <stdio.h>
#include <string.h>

struct gaz_lines {
    char *path;
    FILE *file; /* one of the two */
    gaz_vsi *vsi;
    const gaz_gdal *gdal;
    gboolean at_end, is_later; /* nothing more to read; a line was read already */
    gsize from, to;            /* what of the room is read and not yet used */
    char room[2 * GAZ_LINE_MAX + 1];
};

static gboolean is_virtual(const char *path)
{
    return g_str_has_prefix(path, "/vsi") || g_str_has_suffix(path, ".zip") ||
           g_str_has_suffix(path, ".gz");
}

gaz_lines *gaz_lines_open(const char *path, GError **error)
{
    g_autoptr(gaz_lines) lines = g_malloc(sizeof *lines);
    memset(lines, 0, G_STRUCT_OFFSET(gaz_lines, room));
    lines->path = g_strdup(path);
    if (is_virtual(path)) {
        lines->gdal = im_module_table(im_gis_gazetteer, error);
        lines->vsi = lines->gdal ? lines->gdal->open(path, error) : NULL;
        return lines->vsi ? g_steal_pointer(&lines) : NULL;
    }
    lines->file = fopen(path, "rbe");
    if (!lines->file) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    return g_steal_pointer(&lines);
}

void gaz_lines_free(gaz_lines *lines)
{
    if (!lines)
        return;
    if (lines->file)
        fclose(lines->file);
    if (lines->vsi)
        lines->gdal->close(lines->vsi);
    g_free(lines->path);
    g_free(lines);
}

static gboolean read_more(gaz_lines *l, gsize *n, GError **error)
{
    gsize space = sizeof l->room - 1 - l->to;
    if (l->vsi)
        return l->gdal->read(l->vsi, l->room + l->to, space, n, error);
    *n = fread(l->room + l->to, 1, space, l->file);
    if (*n > 0 || !ferror(l->file))
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", l->path, g_strerror(errno));
    return FALSE;
}

/* Moves what is left to the front and fills the room. */
static gboolean fill(gaz_lines *l, GError **error)
{
    gsize n = 0;
    memmove(l->room, l->room + l->from, l->to - l->from);
    l->to -= l->from;
    l->from = 0;
    if (!read_more(l, &n, error))
        return FALSE;
    l->at_end = n == 0;
    l->to += n;
    return TRUE;
}

/* Where the line at hand ends: at its line feed, or at the end of the file; reads on until then, and
 * forgets what a line has too much. @return NULL with `error` set, or when there is none */
static char *find_end(gaz_lines *l, GError **error)
{
    gsize looked = 0;
    for (;;) {
        char *line = l->room + l->from;
        char *end = memchr(line + looked, '\n', l->to - l->from - looked);
        if (end)
            return end;
        looked = l->to - l->from;
        if (l->at_end)
            return looked ? l->room + l->to : NULL;
        if (looked > GAZ_LINE_MAX) {
            looked = GAZ_LINE_MAX;
            l->to = l->from + looked;
        }
        if (!fill(l, error))
            return NULL;
    }
}

char *gaz_lines_next(gaz_lines *lines, gsize *len, GError **error)
{
    char *end = find_end(lines, error);
    if (!end)
        return NULL;
    char *line = lines->room + lines->from;
    lines->from = MIN((gsize)(end - lines->room) + 1, lines->to);
    if (!lines->is_later && g_str_has_prefix(line, "\xEF\xBB\xBF"))
        line += 3;
    lines->is_later = TRUE;
    *len = (gsize)(end - line);
    if (*len > 0 && line[*len - 1] == '\r')
        (*len)--;
    line[*len] = '\0';
    return line;
}
