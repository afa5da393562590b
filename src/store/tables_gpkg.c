/* A store in a GeoPackage. */
#include "store/tables.h"

#include "base/files.h"
#include "store/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <incmap/error.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Of libgdal, declared for C++ only. */
void RegisterOGRGeoPackage(void);

/* An im_file_maker: an empty store. */
static gboolean make_store(const char *path, gconstpointer data, GError **error)
{
    (void)data;
    tables *t = im_tables_new(&im_tables_gpkg, "new store");
    im_tables_hush();
    t->dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    const gboolean ok = t->dataset && im_tables_begin(t, NULL) && im_tables_create(t) &&
                        im_tables_commit(&t->store, NULL);
    if (!ok)
        im_tables_broken(t, error);
    im_tables_speak();
    im_tables_close(&t->store);
    return ok;
}

/* Makes a store where there is none; whoever was first made it. */
static gboolean create(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS) ||
        im_file_make(path, ".gpkg", FALSE, make_store, NULL, &cause) ||
        g_error_matches(cause, IM_ERROR, IM_ERROR_USAGE))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean lock(tables *t, im_store_mode mode, GError **error)
{
    t->lock = open(t->name, (mode == IM_STORE_WRITE ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    int code = t->lock < 0 ? -1 : 0;
    while (t->lock >= 0 &&
           (code = flock(t->lock, mode == IM_STORE_WRITE ? LOCK_EX : LOCK_SH)) != 0 &&
           errno == EINTR)
        continue;
    if (code == 0)
        return TRUE;
    g_set_error(error, IM_ERROR, errno == ENOENT ? IM_ERROR_DATA : IM_ERROR_SYSTEM, "%s: %s",
                t->name, g_strerror(errno));
    return FALSE;
}

/* Who may write opens it so for reading, too: SQLite puts right what a killed process left. */
static gboolean open_file(tables *t, im_store_mode mode, GError **error)
{
    static const char *const drivers[] = {"GPKG", NULL};
    const gboolean may_write = mode == IM_STORE_WRITE || g_access(t->name, W_OK) == 0;
    if (!lock(t, mode, error))
        return FALSE;
    t->dataset =
        GDALOpenEx(t->name, GDAL_OF_VECTOR | (may_write ? GDAL_OF_UPDATE : GDAL_OF_READONLY),
                   drivers, NULL, NULL);
    if (!t->dataset)
        return im_tables_fail(t, IM_ERROR_DATA, "no store of incmap", error);
    if (!im_store_has_all_pages(t->name)) /* a journal that was left is done with by now */
        return im_tables_fail(t, IM_ERROR_DATA, "a part of the file is missing", error);
    /* 64 MB at most, for where many reports come at once */
    return im_tables_run(t, "PRAGMA cache_size = -65536", error) &&
           im_tables_find(t, mode, error) && (mode == IM_STORE_READ || im_tables_begin(t, error));
}

static gboolean open_store(tables *t, const im_store_name *name, im_store_mode mode, GError **error)
{
    (void)name;
    RegisterOGRGeoPackage();
    return (mode == IM_STORE_READ || create(t->name, error)) && open_file(t, mode, error);
}

/* The file is closed last, for that would end SQLite's locks. */
static void close_store(tables *t)
{
    if (t->dataset)
        GDALClose(t->dataset);
    if (t->lock >= 0)
        close(t->lock);
}

const im_dialect im_tables_gpkg = {.open = open_store,
                                   .close = close_store,
                                   .oldest = IM_SCHEMA_OLD,
                                   .get = OGR_L_GetFeature,
                                   .put = OGR_L_UpsertFeature,
                                   .day = "",
                                   .by_row = "",
                                   .by_key = " WITHOUT ROWID",
                                   .undated = "id",
                                   .uncommitted = "the update cannot be kept"};
