/* What is in a folder that a test made. */
#ifndef IM_TEST_FOLDER_H
#define IM_TEST_FOLDER_H

#include <glib.h>

static inline guint folder_n_files(const char *path)
{
    guint n = 0;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    while (g_dir_read_name(dir))
        n++;
    return n;
}

#endif
