/* What a store comes to: all of it, or a period. */
#include "pipeline/kept.h"

#include <incmap/error.h>

/* ---- what reports say apart from incidents ---- */

static gboolean add_undated(const im_stored_report *kept, gpointer data)
{
    g_ptr_array_add(((im_run *)data)->undated, g_strdup(kept->id));
    return TRUE;
}

static void add_name(const char *name, guint64 n, gpointer data)
{
    im_missing_count(((im_run *)data)->missing, name, n);
}

static gboolean read_reports(im_store *store, im_run *run, GError **error)
{
    run->n_reports = im_store_n_reports(store);
    return im_store_each(store, IM_STORE_UNDATED, add_undated, run, error) &&
           im_store_each_name(store, add_name, run, error);
}

/* ---- all records, to be merged otherwise than they were, or not at all ---- */

typedef struct reading {
    im_run *run;
    GError *error;
} reading;

static gboolean add_record(const im_stored_record *record, gpointer data)
{
    reading *r = data;
    im_incident *single = im_kept_read(record, &r->error);
    if (single)
        g_ptr_array_add(r->run->incidents, single);
    return single != NULL;
}

static gboolean read_records(im_store *store, im_run *run, GError **error)
{
    const im_record_query all = {.all = TRUE};
    reading r = {run, NULL};
    if (!im_store_find_records(store, &all, add_record, &r, error))
        return FALSE;
    if (!r.error)
        return TRUE;
    g_propagate_error(error, r.error);
    return FALSE;
}

/* ---- events ---- */

/* The areas of which the records may be parts, each with all days of these. GArray of im_area_days. */
static GArray *areas_of(const GPtrArray *incidents)
{
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(im_area_days));
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        guint64 inside[IM_MOST_AREAS];
        const guint n = r->date_start == IM_DAY_NONE ? 0 : im_incident_areas(r, inside);
        for (guint k = 0; k < n; k++) {
            guint at = GPOINTER_TO_UINT(g_hash_table_lookup(known, &inside[k]));
            if (at == 0) {
                const im_area_days fresh = {inside[k], r->date_start, r->date_end};
                g_array_append_val(areas, fresh);
                at = areas->len;
                g_hash_table_insert(known, g_memdup2(&inside[k], sizeof inside[k]),
                                    GUINT_TO_POINTER(at));
            }
            im_area_days *days = &g_array_index(areas, im_area_days, at - 1);
            days->start = MIN(days->start, r->date_start);
            days->end = MAX(days->end, MAX(r->date_start, r->date_end));
        }
    }
    return areas;
}

/* Leaves of incidents with parents those of a period; parents may lie outside of it. */
static void leave_period(GPtrArray *incidents, im_day since, im_day until)
{
    guint n = 0;
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        if (r->date_start <= until && MAX(r->date_start, r->date_end) >= since)
            incidents->pdata[n++] = r;
        else
            im_incident_free(r);
    }
    for (guint i = n; i < incidents->len; i++)
        incidents->pdata[i] = NULL;
    g_ptr_array_set_size(incidents, (gint)n);
}

/* Reads what happened from one day to another one, with the totals that it may be a part of. */
static GPtrArray *read_days(im_store *store, im_day since, im_day until, GError **error)
{
    g_autoptr(GArray) events = im_stored_events_new();
    im_event_query query = {.since = since, .until = until};
    if (!im_store_find_events(store, &query, events, error))
        return NULL;
    g_autoptr(GPtrArray) found = im_kept_events(store, events, error);
    if (!found)
        return NULL;
    g_autoptr(GArray) areas = areas_of(found);
    const guint n = events->len;
    query.totals_of = areas;
    g_array_set_size(events, 0);
    if (!im_store_find_events(store, &query, events, error))
        return NULL;
    if (events->len == n)
        return g_steal_pointer(&found);
    GPtrArray *all = im_kept_events(store, events, error);
    if (all)
        leave_period(all, since, until);
    return all;
}

static GPtrArray *read_period(im_store *store, const im_period *period, guint *n_undated,
                              GError **error)
{
    im_day since = period->since, until = period->until;
    if (!im_store_n_undated(store, n_undated, error))
        return NULL;
    if (period->n_days) {
        if (!im_store_newest_day(store, period->until, &until, error))
            return NULL;
        since = until > period->n_days ? until - period->n_days + 1 : 0;
    }
    return until == IM_DAY_NONE ? g_ptr_array_new() : read_days(store, since, until, error);
}

static GPtrArray *read_all(im_store *store, GError **error)
{
    g_autoptr(GArray) events = im_stored_events_new();
    const im_event_query query = {.all = TRUE};
    return im_store_find_events(store, &query, events, error) ? im_kept_events(store, events, error)
                                                              : NULL;
}

static gboolean read_events(im_store *store, const im_period *period, im_run *run, GError **error)
{
    GPtrArray *events =
        period ? read_period(store, period, &run->n_without_day, error) : read_all(store, error);
    if (!events)
        return FALSE;
    g_ptr_array_unref(run->incidents);
    run->incidents = events;
    return TRUE;
}

im_run *im_run_store(im_store *store, const im_run_options *options, const im_period *period,
                     GError **error)
{
    g_autoptr(im_run) run = im_run_new();
    const gboolean as_kept = !options->no_merge && !options->merge_explanation;
    if (im_store_is_old(store)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "the store is to be brought up to date first");
        return NULL;
    }
    if (!read_reports(store, run, error) ||
        !(as_kept ? read_events(store, period, run, error) : read_records(store, run, error)))
        return NULL;
    if (!as_kept)
        im_run_finish(run, options);
    else
        im_run_sort_undated(run);
    return g_steal_pointer(&run);
}
