/* The store for those who use it; what it does is in tables.c, which is loaded with GDAL. */
#include "store/priv.h"

/* Where its texts are. */
static const gsize texts[] = {
    G_STRUCT_OFFSET(im_stored_report, id),       G_STRUCT_OFFSET(im_stored_report, digest),
    G_STRUCT_OFFSET(im_stored_report, reading),  G_STRUCT_OFFSET(im_stored_report, records),
    G_STRUCT_OFFSET(im_stored_report, missing),  G_STRUCT_OFFSET(im_stored_report, dateline),
    G_STRUCT_OFFSET(im_stored_report, text),     G_STRUCT_OFFSET(im_stored_report, headline),
    G_STRUCT_OFFSET(im_stored_report, url),      G_STRUCT_OFFSET(im_stored_report, publisher),
    G_STRUCT_OFFSET(im_stored_report, language), G_STRUCT_OFFSET(im_stored_report, file),
};

static char **text_at(im_stored_report *report, guint i)
{
    return &G_STRUCT_MEMBER(char *, report, texts[i]);
}

void im_stored_report_clear(im_stored_report *report)
{
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(text_at(report, i), g_free);
    g_clear_pointer(&report->gist, g_bytes_unref);
}

im_stored_report *im_stored_report_copy(const im_stored_report *report)
{
    im_stored_report *copy = g_memdup2(report, sizeof *report);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        *text_at(copy, i) = g_strdup(*text_at(copy, i));
    if (copy->gist)
        g_bytes_ref(copy->gist);
    return copy;
}

im_store *im_store_open(const char *path, im_store_mode mode, GError **error)
{
    const im_store_driver *driver = im_module_table(im_gis_store, error);
    im_store *store = driver ? driver->open(path, mode, error) : NULL;
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
