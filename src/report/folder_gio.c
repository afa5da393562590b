/* A folder that reports come into: when it has changed, and the changes are whole. */
#include "report/folder.h"

#include <gio/gio.h>
#include <string.h>

/* After the last change so long passes in peace; a file that somebody has open is waited for longer; and all of it not
 * longer than that. */
enum { SETTLE_MS = 100, UNFINISHED_MS = 2000, LATEST_MS = 5000 };

struct im_folder {
    GHashTable *monitors;   /* path of a folder → GFileMonitor * */
    GHashTable *unfinished; /* paths of files that are written to */
    guint timer;
    gint64 since_us;      /* of the first change that nobody was told of; 0: there is none */
    gboolean is_deadline; /* what the timer waits for is not peace */
    void (*settled)(gpointer data);
    gpointer data;
};

static void wait_in_peace(im_folder *f);

static gboolean on_timer(gpointer data)
{
    im_folder *f = data;
    f->timer = 0;
    f->since_us = 0;
    if (!f->is_deadline)
        g_hash_table_remove_all(f->unfinished);
    f->settled(f->data);
    if (g_hash_table_size(f->unfinished) > 0 && !f->timer)
        wait_in_peace(f);
    return G_SOURCE_REMOVE;
}

static void wait_in_peace(im_folder *f)
{
    const gint64 now_us = g_get_monotonic_time();
    if (!f->since_us)
        f->since_us = now_us;
    const gint64 left_ms = LATEST_MS - (now_us - f->since_us) / 1000,
                 peace_ms = g_hash_table_size(f->unfinished) > 0 ? UNFINISHED_MS : SETTLE_MS;
    if (f->timer)
        g_source_remove(f->timer);
    f->is_deadline = left_ms < peace_ms;
    f->timer = g_timeout_add((guint)MAX(MIN(peace_ms, left_ms), 1), on_timer, f);
}

static gboolean add_folder(im_folder *f, const char *path, GError **error);

static gboolean is_below(gpointer path, gpointer monitor, gpointer folder)
{
    const gsize len = strlen(folder);
    (void)monitor;
    return strncmp(path, folder, len) == 0 &&
           (((const char *)path)[len] == '\0' || ((const char *)path)[len] == '/');
}

/* A folder that is here no more, and those in it. */
static void forget_folder(im_folder *f, char *path)
{
    g_hash_table_foreach_remove(f->monitors, is_below, path);
    g_hash_table_remove(f->unfinished, path);
}

static void add_if_folder(im_folder *f, const char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        add_folder(f, path, NULL);
}

static void on_change(GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                      gpointer data)
{
    im_folder *f = data;
    g_autofree char *path = g_file_get_path(file), *to = other ? g_file_get_path(other) : NULL;
    (void)monitor;
    switch (event) {
    case G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED:
    case G_FILE_MONITOR_EVENT_PRE_UNMOUNT:
        return;
    case G_FILE_MONITOR_EVENT_CREATED:
    case G_FILE_MONITOR_EVENT_MOVED_IN:
        add_if_folder(f, path);
        break;
    case G_FILE_MONITOR_EVENT_CHANGED:
        g_hash_table_add(f->unfinished, g_steal_pointer(&path));
        break;
    case G_FILE_MONITOR_EVENT_DELETED:
    case G_FILE_MONITOR_EVENT_MOVED_OUT:
        forget_folder(f, path);
        break;
    case G_FILE_MONITOR_EVENT_RENAMED:
        forget_folder(f, path);
        add_if_folder(f, to);
        break;
    default: /* closed */
        g_hash_table_remove(f->unfinished, path);
    }
    wait_in_peace(f);
}

static void monitor_free(gpointer data)
{
    g_file_monitor_cancel(data);
    g_object_unref(data);
}

static void add_folders_below(im_folder *f, const char *path)
{
    const char *name;
    GDir *dir = g_dir_open(path, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *below = g_build_filename(path, name, NULL);
        if (*name != '.')
            add_if_folder(f, below);
    }
    if (dir)
        g_dir_close(dir);
}

static gboolean add_folder(im_folder *f, const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GFile) file = g_file_new_for_path(path);
    GFileMonitor *monitor =
        g_file_monitor_directory(file, G_FILE_MONITOR_WATCH_MOVES, NULL, &cause);
    if (!monitor) {
        g_set_error(error, IM_ERROR, IM_ERROR_IO, "%s: %s", path, cause->message);
        return FALSE;
    }
    g_file_monitor_set_rate_limit(monitor, SETTLE_MS / 2);
    g_signal_connect(monitor, "changed", G_CALLBACK(on_change), f);
    g_hash_table_replace(f->monitors, g_file_get_path(file), monitor);
    add_folders_below(f, path);
    return TRUE;
}

static void folder_free(im_folder *f)
{
    if (!f)
        return;
    if (f->timer)
        g_source_remove(f->timer);
    g_hash_table_unref(f->monitors);
    g_hash_table_unref(f->unfinished);
    g_free(f);
}

static im_folder *watch(const char *path, void (*settled)(gpointer data), gpointer data,
                        GError **error)
{
    im_folder *f = g_new0(im_folder, 1);
    f->monitors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, monitor_free);
    f->unfinished = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    f->settled = settled;
    f->data = data;
    if (add_folder(f, path, error))
        return f;
    folder_free(f);
    return NULL;
}

static gboolean is_unfinished(const im_folder *f, const char *path)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    return g_hash_table_contains(f->unfinished, absolute);
}

const im_folder_watcher im_gis_folder = {watch, is_unfinished, folder_free};
