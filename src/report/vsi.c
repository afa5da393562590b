#include "report/vsi.h"

#include <cpl_error.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <incmap/error.h>

struct im_vsi_file {
    VSILFILE *file;
    char *path;
};

/* @param usual  what is said where GDAL says nothing */
static void set_error(GError **error, const char *path, const char *usual)
{
    const char *detail = CPLGetLastErrorMsg();
    g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", path, *detail ? detail : usual);
}

static im_vsi_file *vsi_open(const char *path, GError **error)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    errno = 0;
    VSILFILE *opened = VSIFOpenL(path, "rb");
    if (!opened)
        set_error(error, path, errno ? g_strerror(errno) : "cannot be opened");
    CPLPopErrorHandler();
    if (!opened)
        return NULL;
    im_vsi_file *file = g_new(im_vsi_file, 1);
    *file = (im_vsi_file){opened, g_strdup(path)};
    return file;
}

static gsize vsi_read(im_vsi_file *file, char *out, gsize room, GError **error)
{
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    gsize n = VSIFReadL(out, 1, room, file->file);
    gboolean failed = n < room && CPLGetLastErrorType() >= CE_Failure;
    if (failed || (n == 0 && !VSIFEofL(file->file))) /* a directory, a bad disk: GDAL is silent */
        set_error(error, file->path, "cannot be read");
    CPLPopErrorHandler();
    return n;
}

static void vsi_close(im_vsi_file *file)
{
    VSIFCloseL(file->file);
    g_free(file->path);
    g_free(file);
}

const im_vsi im_gis_vsi = {vsi_open, vsi_read, vsi_close};
