/* The events of a store: those that a change reaches are found again and written, all others stay. */
#include "pipeline/kept.h"

#include <string.h>

/* ---- reading ---- */

/* Single records, each with the number of its event. */
typedef struct gathering {
    GHashTable *numbers; /* row of the event → its place in the list, + 1 */
    GPtrArray *singles;
    GArray *event; /* of guint */
    GError *error;
} gathering;

static gboolean gather(const im_stored_record *record, gpointer data)
{
    gathering *g = data;
    const guint number =
        GPOINTER_TO_UINT(g_hash_table_lookup(g->numbers, GSIZE_TO_POINTER((gsize)record->event)));
    if (number == 0)
        return TRUE;
    const guint event = number - 1;
    im_incident *single = im_kept_read(record, &g->error);
    if (!single)
        return FALSE;
    g_ptr_array_add(g->singles, single);
    g_array_append_val(g->event, event);
    return TRUE;
}

/* A list of so many events asks for the records of all of them by going through all records. */
static gboolean is_most(im_store *store, const GArray *events)
{
    return events->len > im_store_n_records(store) / 4;
}

/* @param ids  as of im_events_gather() */
static GPtrArray *read_events(im_store *store, const GArray *events, char **ids, GError **error)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) singles = g_ptr_array_new();
    g_autoptr(GArray) event = g_array_new(FALSE, FALSE, sizeof(guint)),
                      nothing = g_array_new(FALSE, FALSE, sizeof(gint64)),
                      rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    gathering g = {numbers, singles, event, NULL};
    for (guint i = 0; i < events->len; i++) {
        const gint64 row = g_array_index(events, im_stored_event, i).event;
        g_array_append_val(rows, row);
        g_hash_table_insert(numbers, GSIZE_TO_POINTER((gsize)row), GUINT_TO_POINTER(i + 1));
    }
    const im_wanted wanted = {nothing, nothing, rows};
    const gboolean most = is_most(store, events);
    const im_record_query query = {.all = most, .wanted = most ? NULL : &wanted};
    if (im_store_find_records(store, &query, gather, &g, error) && !g.error)
        return im_events_gather(singles, (const guint *)(const void *)event->data, events->len,
                                ids);
    g_ptr_array_set_free_func(singles, (GDestroyNotify)im_incident_free);
    if (g.error)
        g_propagate_error(error, g.error);
    return NULL;
}

GPtrArray *im_kept_events(im_store *store, const GArray *events, GError **error)
{
    g_autofree char **ids = g_new0(char *, events->len + 1);
    for (guint i = 0; i < events->len; i++)
        ids[i] = g_array_index(events, im_stored_event, i).id;
    return read_events(store, events, ids, error);
}

/* ---- ids ---- */

/* The id without the number that tells it apart. */
static char *base_of(const char *id)
{
    const char *minus = strchr(id, '-');
    return minus ? g_strndup(id, (gsize)(minus - id)) : g_strdup(id);
}

static guint common_end(const GArray *events, guint from)
{
    guint end = from + 1;
    g_autofree char *base = base_of(g_array_index(events, im_stored_event, from).id);
    while (end < events->len) {
        g_autofree char *other = base_of(g_array_index(events, im_stored_event, end).id);
        if (strcmp(base, other) != 0)
            break;
        end++;
    }
    return end;
}

/* Numbers the events of one id, as they are numbered among all: in the order in which they are listed. */
static gboolean number_events(im_store *store, const im_stored_event *first, guint n,
                              GError **error)
{
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(im_stored_event));
    g_array_append_vals(events, first, n);
    g_autofree char **ids = g_new0(char *, n + 1);
    g_autoptr(GPtrArray) read = n > 1 ? read_events(store, events, ids, error) : NULL;
    gboolean ok = read || n == 1;
    if (n == 1)
        ids[0] = base_of(first->id);
    for (guint i = 0; ok && i < n; i++)
        if (ids[i] && strcmp(ids[i], first[i].id) != 0)
            ok = im_store_rename_event(store, first[i].event, ids[i], error);
    for (guint i = 0; i < n; i++)
        g_free(ids[i]);
    return ok;
}

/* Numbers all events of these ids. @param bases  a set of char * */
static gboolean number_all(im_store *store, GHashTable *bases, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    g_autoptr(GArray) events = im_stored_events_new();
    GHashTableIter iter;
    gpointer base;
    g_hash_table_iter_init(&iter, bases);
    while (g_hash_table_iter_next(&iter, &base, NULL))
        g_ptr_array_add(ids, base);
    const im_event_query query = {.ids = ids};
    gboolean ok = im_store_find_events(store, &query, events, error);
    for (guint i = 0, end; ok && i < events->len; i = end) {
        end = common_end(events, i);
        ok = number_events(store, &g_array_index(events, im_stored_event, i), end - i, error);
    }
    return ok;
}

/* ---- writing ---- */

/* Takes the events out that are no more, and notes their ids. */
static gboolean end_events(im_store *store, const GArray *ended, GHashTable *bases, GError **error)
{
    g_autoptr(GArray) events = im_stored_events_new();
    const im_event_query query = {.events = ended};
    gboolean ok = im_store_find_events(store, &query, events, error);
    for (guint i = 0; ok && i < events->len; i++) {
        const im_stored_event *e = &g_array_index(events, im_stored_event, i);
        g_hash_table_add(bases, base_of(e->id));
        ok = im_store_remove_event(store, e->event, error);
    }
    return ok;
}

static gboolean begin_events(im_store *store, const im_regrouped *regrouped, GHashTable *bases,
                             GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < regrouped->incidents->len; i++) {
        const im_incident *incident = regrouped->incidents->pdata[i];
        gint64 row;
        g_hash_table_add(bases, g_strdup(incident->id));
        ok = im_store_add_event(store, incident, &row, error);
        g_array_append_val(rows, row);
    }
    return ok && im_store_join(store, regrouped->members, rows, error);
}

static gboolean write_events(im_store *store, im_regroup *regroup, GError **error)
{
    g_auto(im_regrouped) regrouped = im_regroup_take(regroup);
    g_autoptr(GHashTable) bases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return end_events(store, regrouped.ended, bases, error) &&
           begin_events(store, &regrouped, bases, error) && number_all(store, bases, error);
}

/* ---- finding ---- */

typedef struct adding {
    im_regroup *regroup;
    GError *error;
    guint n;
} adding;

static gboolean add(const im_stored_record *record, gpointer data)
{
    adding *a = data;
    if (record->is_double || im_regroup_has(a->regroup, record->row))
        return TRUE;
    im_incident *single = im_kept_read(record, &a->error);
    if (single)
        im_regroup_add(a->regroup, record->row, record->event, single);
    a->n += single != NULL;
    return single != NULL;
}

static gboolean add_all(im_store *store, const im_record_query *query, adding *a, GError **error)
{
    if (!im_store_find_records(store, query, add, a, error))
        return FALSE;
    if (!a->error)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&a->error));
    return FALSE;
}

/* An im_regroup_load. */
static gboolean load(const im_wanted *wanted, im_regroup *into, gpointer data, GError **error)
{
    const im_record_query query = {.wanted = wanted};
    return add_all(data, &query, &(adding){.regroup = into}, error);
}

gboolean im_kept_regroup(im_store *store, im_regroup *regroup, GError **error)
{
    const im_record_query pending = {.pending = TRUE}, all = {.all = TRUE};
    adding a = {.regroup = regroup};
    if (!add_all(store, &pending, &a, error))
        return FALSE;
    /* when it reaches most of them, what is near is not asked for */
    const gboolean most = a.n > im_store_n_records(store) / 4;
    if (most && !add_all(store, &all, &a, error))
        return FALSE;
    return im_regroup_run(regroup, most ? NULL : load, store, error) &&
           write_events(store, regroup, error);
}
