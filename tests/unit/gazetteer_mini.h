/** @file
 *  The gazetteer that the tests are made with: a dozen real places of tests/data/geodata-mini. */
#ifndef IM_TESTS_GAZETTEER_MINI_H
#define IM_TESTS_GAZETTEER_MINI_H

#include <glib/gstdio.h>
#include <incmap/gazetteer.h>

/** Compiles a folder. @return path of the file, owned by the caller, who removes it */
static inline char *gazetteer_compile(const char *folder)
{
    g_autoptr(GError) error = NULL;
    char *path;
    int fd = g_file_open_tmp("incmap-XXXXXX.imgz", &path, &error);
    g_assert_no_error(error);
    g_assert_true(g_close(fd, NULL));
    im_gazetteer_build((const char *const[]){folder, NULL}, NULL, path, NULL, &error);
    g_assert_no_error(error);
    return path;
}

/** Compiles a folder and opens what came out; owned by the caller. */
static inline im_gazetteer *gazetteer_of(const char *folder)
{
    g_autofree char *path = gazetteer_compile(folder);
    g_autoptr(GError) error = NULL;
    im_gazetteer *g = im_gazetteer_open(path, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_unlink(path), ==, 0);
    return g;
}

#define MINI_FOLDER IM_TEST_DATA "/geodata-mini"

#endif
