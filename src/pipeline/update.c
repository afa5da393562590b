/* A store brought up to date: only what is new or has changed is read, and what hangs on it.
 *
 * What does one report do to others? It may give the year to datelines that have none, whose reports then are read again
 * (complete_years()); that does not go on, for only reports with a day of their own give years. Its records may
 * be merged with those of others, and set free what they were merged with (merge/regroup.c); ids are numbered among events of one
 * type, day and place, which are asked for by their id (events.c). Totals know their parts when they are read (stored.c).
 * Names that are missing are counted up and down (store). Nothing else of a report depends on another one. */
#include "output/records.h"
#include "pipeline/kept.h"

#include <incmap/feed.h>
#include <string.h>

/* The calls of im_run_each() come from several threads; a store is for one at a time. */
typedef struct updater {
    im_store *store;
    const im_gazetteer *gazetteer;
    const im_run_options *options;
    im_update *update;
    char *reading;        /* im_kept_reading() */
    GHashTable *seen;     /* id of each report of the inputs → its digest */
    im_regroup *regroup;  /* knows the records that went */
    GHashTable *yearless; /* of char *: ids of reports whose year may be another one now */
    GPtrArray *gists; /* of GBytes *: of dated reports that came or went: years may hang on them */
    gboolean is_changed;
    GMutex lock;   /* of all of it */
    GError *error; /* of the store */
} updater;

static im_update *update_new(void)
{
    im_update *update = g_new0(im_update, 1);
    update->strangers = g_ptr_array_new_with_free_func(g_free);
    update->errors = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
    return update;
}

void im_update_free(im_update *update)
{
    if (!update)
        return;
    g_ptr_array_unref(update->strangers);
    g_ptr_array_unref(update->errors);
    g_free(update);
}

/* ---- reports ---- */

/* Whether a report is the first of its id in the inputs; another one that is not the same is an error. */
static gboolean is_first(updater *u, const im_report *report, const char *digest)
{
    const char *before = g_hash_table_lookup(u->seen, report->id);
    if (!before)
        return g_hash_table_insert(u->seen, g_strdup(report->id), g_strdup(digest));
    if (strcmp(before, digest) != 0)
        g_ptr_array_add(u->update->errors,
                        g_error_new(IM_ERROR, IM_ERROR_FORMAT,
                                    "%s: another report of this id came before; it was left out",
                                    report->id));
    return FALSE;
}

static gboolean is_kept(updater *u, const im_report *report, const char *digest)
{
    g_auto(im_stored_report) kept = {0};
    return !u->error && im_store_get(u->store, report->id, &kept, &u->error) && kept.id &&
           g_strcmp0(kept.digest, digest) == 0 && g_strcmp0(kept.reading, u->reading) == 0;
}

/* Whether a report is to be read: not when it is kept as it is. */
static gboolean is_wanted(const im_report *report, gpointer data)
{
    updater *u = data;
    g_autofree char *digest = im_kept_digest(report);
    g_mutex_lock(&u->lock);
    const gboolean first = is_first(u, report, digest), kept = first && is_kept(u, report, digest);
    u->update->n_unchanged += kept;
    g_mutex_unlock(&u->lock);
    return first && !kept;
}

static gboolean drop_record(const im_stored_record *record, gpointer data)
{
    if (record->event)
        im_regroup_drop(data, record->spot, record->event);
    return TRUE;
}

/* The records of a report go. */
static gboolean drop_records(updater *u, const char *id)
{
    const im_record_query query = {.report = id};
    u->is_changed = TRUE;
    return im_store_find_records(u->store, &query, drop_record, u->regroup, &u->error) &&
           im_store_remove_records(u->store, id, &u->error);
}

/* Notes that the year of a report may be another one now, or that of others that hang on it. */
static void note_years(updater *u, const im_stored_report *kept)
{
    if (kept->dateline)
        g_hash_table_add(u->yearless, g_strdup(kept->id));
    else if (kept->published != IM_DAY_NONE && kept->gist)
        g_ptr_array_add(u->gists, g_bytes_ref(kept->gist));
}

/* The lock is held. */
static gboolean keep(updater *u, const im_analysis *analysis)
{
    g_auto(im_stored_report) kept = {0}, before = {0};
    im_kept_of(u->gazetteer, u->reading, analysis, &kept);
    if (!im_store_get(u->store, kept.id, &before, &u->error) ||
        (before.id && !drop_records(u, kept.id)) || !im_store_put(u->store, &kept, &u->error) ||
        !im_kept_add_records(u->store, kept.id, analysis->incidents, &u->error))
        return FALSE;
    note_years(u, &before);
    note_years(u, &kept);
    u->is_changed = TRUE;
    u->update->n_added += before.id == NULL;
    u->update->n_replaced += before.id != NULL;
    return TRUE;
}

static gboolean take(im_analysis *analysis, gpointer data, GError **error)
{
    updater *u = data;
    g_mutex_lock(&u->lock);
    if (analysis->report->error)
        g_ptr_array_add(u->update->errors, g_error_copy(analysis->report->error));
    else if (!u->error)
        keep(u, analysis);
    const gboolean ok = u->error == NULL;
    if (!ok)
        g_propagate_error(error, g_error_copy(u->error));
    g_mutex_unlock(&u->lock);
    return ok;
}

static gboolean withdraw(updater *u, const char *id)
{
    gboolean found;
    g_auto(im_stored_report) before = {0};
    if (!im_store_get(u->store, id, &before, &u->error))
        return FALSE;
    if (!before.id) {
        g_ptr_array_add(u->update->strangers, g_strdup(id));
        return TRUE;
    }
    u->update->n_withdrawn++;
    note_years(u, &before);
    return drop_records(u, id) && im_store_remove(u->store, id, &found, &u->error);
}

typedef struct unseen {
    GHashTable *seen;
    GPtrArray *ids;
} unseen;

static gboolean add_unseen(const im_stored_report *kept, gpointer data)
{
    unseen *u = data;
    if (!g_hash_table_contains(u->seen, kept->id) && !g_str_has_prefix(kept->id, IM_FEED_ID))
        g_ptr_array_add(u->ids, g_strdup(kept->id));
    return TRUE;
}

/* Takes out what no input has any more. */
static gboolean withdraw_unseen(updater *u)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    if (u->update->errors->len > 0 || im_store_n_reports(u->store) == g_hash_table_size(u->seen))
        return TRUE; /* all that was seen is kept */
    if (!im_store_each(u->store, IM_STORE_IDS, add_unseen, &(unseen){u->seen, ids}, &u->error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        if (!withdraw(u, ids->pdata[i]))
            return FALSE;
    return TRUE;
}

/* ---- years ---- */

/* The day that the company of a report gives its dateline. */
static gboolean find_day(updater *u, const im_stored_report *kept, im_day *found)
{
    int month, day;
    im_year_choice best = {.day = IM_DAY_NONE};
    g_autoptr(GArray) company = g_array_new(FALSE, FALSE, sizeof(im_company));
    if (!im_store_company(u->store, kept->gist, company, &u->error))
        return FALSE;
    for (guint i = 0; im_kept_dateline(kept, &month, &day) && i < company->len; i++) {
        const im_company *c = &g_array_index(company, im_company, i);
        im_year_consider(&best, month, day, c->shared, c->published);
    }
    *found = best.day;
    return TRUE;
}

/* The records of a report hang on its day, so it is read again when that is another one now; not when it was read otherwise
 * than now: then all of its records are of another time, until it is given again. */
static gboolean date_again(updater *u, const char *id)
{
    im_day day;
    g_auto(im_stored_report) kept = {0};
    g_autoptr(GArray) mentions = NULL;
    g_autoptr(GPtrArray) incidents = NULL;
    if (!im_store_get(u->store, id, &kept, &u->error) ||
        (kept.dateline && !find_day(u, &kept, &day)))
        return FALSE;
    if (!kept.dateline || day == kept.published || g_strcmp0(kept.reading, u->reading) != 0)
        return TRUE;
    g_autoptr(im_report) report = im_kept_report(&kept);
    report->published = kept.published = day;
    if (day != IM_DAY_NONE)
        report->published_basis = IM_PUBLISHED_RUN;
    im_analyse_report(u->gazetteer, report, u->options, &mentions, &incidents);
    return drop_records(u, id) && im_store_put(u->store, &kept, &u->error) &&
           im_kept_add_records(u->store, id, incidents, &u->error);
}

static gboolean add_yearless(const im_stored_report *kept, gpointer data)
{
    g_hash_table_add(data, g_strdup(kept->id));
    return TRUE;
}

static gboolean has_found(const im_stored_report *kept, gpointer data)
{
    (void)kept;
    *(gboolean *)data = TRUE;
    return FALSE;
}

/* Notes the reports whose year may hang on one that came or went: of many all that have none of their own. */
static gboolean find_yearless(updater *u)
{
    enum { MANY = 1000 };
    gboolean any = FALSE,
             ok = im_store_each(u->store, IM_STORE_YEARLESS, has_found, &any, &u->error);
    if (any && u->gists->len > MANY)
        return im_store_each(u->store, IM_STORE_YEARLESS, add_yearless, u->yearless, &u->error);
    for (guint i = 0; ok && any && i < u->gists->len; i++)
        ok = im_store_yearless(u->store, u->gists->pdata[i], u->yearless, &u->error);
    return ok;
}

static gboolean complete_years(updater *u)
{
    GHashTableIter iter;
    gpointer id;
    if (!find_yearless(u))
        return FALSE;
    g_hash_table_iter_init(&iter, u->yearless);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (!date_again(u, id))
            return FALSE;
    return TRUE;
}

/* ---- the store ---- */

/* An im_old_report_func. */
static gboolean renew_report(const im_stored_report *report, const char *records, gpointer data)
{
    updater *u = data;
    g_autoptr(GPtrArray) incidents = im_records_read_lines(report->id, records, &u->error);
    return incidents && im_store_put(u->store, report, &u->error) &&
           im_kept_add_records(u->store, report->id, incidents, &u->error);
}

static gboolean count(const im_stored_report *report, gpointer data)
{
    (void)report;
    ++*(guint *)data;
    return TRUE;
}

static gboolean count_undated(updater *u)
{
    return im_store_each(u->store, IM_STORE_UNDATED, count, &u->update->n_undated, &u->error);
}

/* Brings a store of the version before to this one. */
static gboolean renew(updater *u)
{
    u->is_changed = im_store_is_old(u->store);
    return !u->is_changed || im_store_renew(u->store, renew_report, u, &u->error);
}

static gboolean bring_up_to_date(updater *u, const char *const *inputs,
                                 const char *const *withdrawn, gboolean mirror)
{
    im_run_options options = *u->options;
    options.wanted = is_wanted;
    options.wanted_data = u;
    if (!renew(u))
        return FALSE;
    for (guint i = 0; withdrawn && withdrawn[i]; i++)
        if (!withdraw(u, withdrawn[i]))
            return FALSE;
    im_run_each(u->gazetteer, inputs, &options, take, u, NULL);
    if (u->error || (mirror && !withdraw_unseen(u)))
        return FALSE;
    u->update->is_changed = u->is_changed;
    return !u->is_changed || (complete_years(u) && count_undated(u) &&
                              im_kept_regroup(u->store, u->regroup, &u->error) &&
                              im_store_commit(u->store, &u->error));
}

im_update *im_update_store(im_store *store, const im_gazetteer *gazetteer,
                           const char *const *inputs, const char *const *withdrawn, gboolean mirror,
                           const im_run_options *options, GError **error)
{
    g_autoptr(im_update) update = update_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                          yearless = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) gists = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(im_regroup) regroup = im_regroup_new();
    g_autofree char *reading = im_kept_reading(gazetteer, options);
    updater u = {.store = store,
                 .gazetteer = gazetteer,
                 .options = options,
                 .update = update,
                 .reading = reading,
                 .seen = seen,
                 .regroup = regroup,
                 .yearless = yearless,
                 .gists = gists};
    g_mutex_init(&u.lock);
    const gboolean ok = bring_up_to_date(&u, inputs, withdrawn, mirror);
    g_mutex_clear(&u.lock);
    if (ok)
        return g_steal_pointer(&update);
    g_propagate_error(error, u.error);
    return NULL;
}
