/* The store for those who use it; what it does is in tables*.c, which are loaded with GDAL. */
#include "store/priv.h"

/* Where its texts are. */
static const gsize texts[] = {
    G_STRUCT_OFFSET(im_stored_report, id),        G_STRUCT_OFFSET(im_stored_report, digest),
    G_STRUCT_OFFSET(im_stored_report, reading),   G_STRUCT_OFFSET(im_stored_report, missing),
    G_STRUCT_OFFSET(im_stored_report, dateline),  G_STRUCT_OFFSET(im_stored_report, text),
    G_STRUCT_OFFSET(im_stored_report, headline),  G_STRUCT_OFFSET(im_stored_report, url),
    G_STRUCT_OFFSET(im_stored_report, publisher), G_STRUCT_OFFSET(im_stored_report, language),
    G_STRUCT_OFFSET(im_stored_report, file),
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

static void clear_event(gpointer event)
{
    g_free(((im_stored_event *)event)->id);
}

GArray *im_stored_events_new(void)
{
    GArray *events = g_array_new(FALSE, FALSE, sizeof(im_stored_event));
    g_array_set_clear_func(events, clear_event);
    return events;
}

im_store *im_store_open(const char *name, im_store_mode mode, GError **error)
{
    const im_store_driver *driver = im_module_table(im_gis_store, error);
    im_store *store = driver ? driver->open(name, mode, error) : NULL;
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

typedef struct beginning {
    const char *text;
    gboolean found;
} beginning;

static gboolean look_at(const im_stored_report *report, gpointer data)
{
    beginning *begin = data;
    begin->found = g_str_has_prefix(report->id, begin->text);
    return !begin->found;
}

gboolean im_store_has_begin(im_store *store, const char *begin)
{
    beginning asked = {begin, FALSE};
    return im_store_each(store, IM_STORE_IDS, look_at, &asked, NULL) && asked.found;
}

guint im_store_n_reports(im_store *store)
{
    return store->driver->n_reports(store);
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

gboolean im_store_yearless(im_store *store, GBytes *gist, GHashTable *ids, GError **error)
{
    return store->driver->yearless(store, gist, ids, error);
}

gboolean im_store_company(im_store *store, GBytes *gist, GArray *company, GError **error)
{
    return store->driver->company(store, gist, company, error);
}

gboolean im_store_is_old(const im_store *store)
{
    return store->is_old;
}

gboolean im_store_renew(im_store *store, im_old_report_func func, gpointer data, GError **error)
{
    return store->driver->renew(store, func, data, error);
}

gboolean im_store_each_name(im_store *store, im_stored_name_func func, gpointer data,
                            GError **error)
{
    return store->driver->each_name(store, func, data, error);
}

gboolean im_store_add_record(im_store *store, const char *report, const im_stored_record *record,
                             GError **error)
{
    return store->driver->add_record(store, report, record, error);
}

gboolean im_store_remove_records(im_store *store, const char *report, GError **error)
{
    return store->driver->remove_records(store, report, error);
}

gboolean im_store_find_records(im_store *store, const im_record_query *query,
                               im_stored_record_func func, gpointer data, GError **error)
{
    return store->driver->find_records(store, query, func, data, error);
}

guint im_store_n_records(im_store *store)
{
    return store->driver->n_records(store);
}

gboolean im_store_join(im_store *store, const GArray *members, const GArray *events, GError **error)
{
    return store->driver->join(store, members, events, error);
}

gboolean im_store_add_event(im_store *store, const im_incident *incident, gint64 *event,
                            GError **error)
{
    return store->driver->add_event(store, incident, event, error);
}

gboolean im_store_remove_event(im_store *store, gint64 event, GError **error)
{
    return store->driver->remove_event(store, event, error);
}

gboolean im_store_rename_event(im_store *store, gint64 event, const char *id, GError **error)
{
    return store->driver->rename_event(store, event, id, error);
}

gboolean im_store_find_events(im_store *store, const im_event_query *query, GArray *events,
                              GError **error)
{
    return store->driver->find_events(store, query, events, error);
}

gboolean im_store_newest_day(im_store *store, im_day until, im_day *newest, GError **error)
{
    return store->driver->newest_day(store, until, newest, error);
}

gboolean im_store_n_undated(im_store *store, guint *n, GError **error)
{
    return store->driver->n_undated(store, n, error);
}
