/* The store for those who use it; what it does is in tables.c, which is loaded with GDAL. */
#include "store/priv.h"

void im_stored_report_clear(im_stored_report *report)
{
    char **const texts[] = {&report->id,       &report->digest,   &report->records,
                            &report->missing,  &report->dateline, &report->text,
                            &report->headline, &report->url,      &report->publisher,
                            &report->language, &report->file};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
    g_clear_pointer(&report->gist, g_bytes_unref);
}

im_store *im_store_open(const char *path, gboolean create, GError **error)
{
    const im_store_driver *driver = im_module_table(im_gis_store, error);
    im_store *store = driver ? driver->open(path, create, error) : NULL;
    if (store)
        store->driver = driver;
    return store;
}

void im_store_close(im_store *store)
{
    if (store)
        store->driver->close(store);
}

gboolean im_store_commit(im_store *store, GError **error)
{
    return store->driver->commit(store, error);
}

gboolean im_store_get(im_store *store, const char *id, im_stored_report *report, GError **error)
{
    return store->driver->get(store, id, report, error);
}

gboolean im_store_put(im_store *store, const im_stored_report *report, GError **error)
{
    return store->driver->put(store, report, error);
}

gboolean im_store_remove(im_store *store, const char *id, gboolean *found, GError **error)
{
    return store->driver->remove(store, id, found, error);
}

gboolean im_store_each(im_store *store, im_store_part part, im_stored_report_func func,
                       gpointer data, GError **error)
{
    return store->driver->each(store, part, func, data, error);
}

gboolean im_store_set_incidents(im_store *store, const GPtrArray *incidents, GError **error)
{
    return store->driver->set_incidents(store, incidents, error);
}

gboolean im_store_is_whole(const im_store *store)
{
    return store->is_whole;
}
