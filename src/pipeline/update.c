/* A store brought up to date: only new and changed reports are read, and those whose year hangs on them. */
#include "pipeline/kept.h"

#include <incmap/feed.h>
#include <string.h>

/* The calls of im_run_each() come from several threads; a store is for one at a time. */
typedef struct updater {
    im_store *store;
    const im_gazetteer *gazetteer;
    const im_run_options *options;
    im_update *update;
    char *reading;    /* im_kept_reading() */
    GHashTable *seen; /* id of each report of the inputs → its digest */
    GMutex lock;      /* of all of it */
    GError *error;    /* of the store */
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
    im_run_free(update->run);
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

/* The lock is held. */
static gboolean keep(updater *u, const im_analysis *analysis)
{
    g_auto(im_stored_report) kept = {0}, before = {0};
    im_kept_of(u->gazetteer, u->reading, analysis, &kept);
    if (!im_store_get(u->store, kept.id, &before, &u->error) ||
        !im_store_put(u->store, &kept, &u->error))
        return FALSE;
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
    if (!im_store_remove(u->store, id, &found, &u->error))
        return FALSE;
    u->update->n_withdrawn += found;
    if (!found)
        g_ptr_array_add(u->update->strangers, g_strdup(id));
    return TRUE;
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
    if (u->update->errors->len > 0)
        return TRUE;
    if (!im_store_each(u->store, IM_STORE_IDS, add_unseen, &(unseen){u->seen, ids}, &u->error))
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        if (!withdraw(u, ids->pdata[i]))
            return FALSE;
    return TRUE;
}

/* ---- all reports ---- */

/* What all reports of a store come to. */
typedef struct sum {
    im_run *run;
    GPtrArray *dated;        /* of im_gist * */
    GPtrArray *without_year; /* of im_stored_report *: those whose dateline lacks it */
    GError *error;
} sum;

static void stored_free(gpointer data)
{
    im_stored_report_clear(data);
    g_free(data);
}

static void sum_init(sum *s)
{
    *s = (sum){im_run_new(), g_ptr_array_new_with_free_func((GDestroyNotify)im_gist_free),
               g_ptr_array_new_with_free_func(stored_free), NULL};
}

static void sum_clear(sum *s)
{
    im_run_free(s->run);
    g_ptr_array_unref(s->dated);
    g_ptr_array_unref(s->without_year);
    g_clear_error(&s->error);
}

static gboolean add_gist(const im_stored_report *kept, gpointer data)
{
    sum *s = data;
    if (!kept->dateline && kept->published != IM_DAY_NONE)
        g_ptr_array_add(s->dated, im_kept_gist(kept));
    return TRUE;
}

static gboolean add_undated(const im_stored_report *kept, gpointer data)
{
    g_ptr_array_add(((sum *)data)->without_year, im_stored_report_copy(kept));
    return TRUE;
}

/* The records of a report hang on its day, so it is read again when that is another one now; not when it was read otherwise
 * than now: then all of its records are of another time, until it is given again. */
static gboolean date_again(updater *u, im_stored_report *kept, const GPtrArray *dated)
{
    g_autoptr(im_gist) gist = im_kept_gist(kept);
    g_autoptr(im_report) report = im_kept_report(kept);
    g_autoptr(GArray) mentions = NULL;
    g_autoptr(GPtrArray) incidents = NULL;
    report->published =
        im_day_from_company(gist, report->dateline_month, report->dateline_day, dated);
    if (report->published == kept->published || g_strcmp0(kept->reading, u->reading) != 0)
        return TRUE;
    if (report->published != IM_DAY_NONE)
        report->published_basis = IM_PUBLISHED_RUN;
    im_analyse_report(u->gazetteer, report, u->options, &mentions, &incidents);
    kept->published = report->published;
    g_free(kept->records);
    kept->records = im_kept_records(incidents);
    return im_store_put(u->store, kept, &u->error);
}

static gboolean complete_years(updater *u)
{
    sum s;
    sum_init(&s);
    gboolean ok = im_store_each(u->store, IM_STORE_UNDATED, add_undated, &s, &u->error);
    if (s.without_year->len > 0)
        ok = ok && im_store_each(u->store, IM_STORE_GISTS, add_gist, &s, &u->error);
    for (guint i = 0; ok && i < s.without_year->len; i++)
        ok = date_again(u, s.without_year->pdata[i], s.dated);
    sum_clear(&s);
    return ok;
}

static gboolean add_records(const im_stored_report *kept, gpointer data)
{
    sum *s = data;
    s->run->n_reports++;
    if (kept->published == IM_DAY_NONE)
        g_ptr_array_add(s->run->undated, g_strdup(kept->id));
    im_kept_count_missing(kept, s->run->missing);
    return im_kept_read(kept, s->run->incidents, &s->error);
}

im_run *im_run_store(im_store *store, const im_run_options *options, GError **error)
{
    im_run *run = NULL;
    sum s;
    sum_init(&s);
    if (im_store_each(store, IM_STORE_ALL, add_records, &s, error) && !s.error) {
        run = g_steal_pointer(&s.run);
        im_run_finish(run, options);
    } else if (s.error) {
        g_propagate_error(error, g_steal_pointer(&s.error));
    }
    sum_clear(&s);
    return run;
}

/* Puts into the layer what comes of the reports now. */
static gboolean renew_incidents(updater *u)
{
    static const im_run_options merged = {0};
    if (im_store_is_whole(u->store))
        return TRUE;
    u->update->run = im_run_store(u->store, &merged, &u->error);
    return u->update->run && im_store_set_incidents(u->store, u->update->run->incidents, &u->error);
}

static gboolean bring_up_to_date(updater *u, const char *const *inputs,
                                 const char *const *withdrawn, gboolean mirror)
{
    im_run_options options = *u->options;
    options.wanted = is_wanted;
    options.wanted_data = u;
    for (guint i = 0; withdrawn && withdrawn[i]; i++)
        if (!withdraw(u, withdrawn[i]))
            return FALSE;
    im_run_each(u->gazetteer, inputs, &options, take, u, NULL);
    return !u->error && (!mirror || withdraw_unseen(u)) &&
           (im_store_is_whole(u->store) || complete_years(u)) && renew_incidents(u) &&
           im_store_commit(u->store, &u->error);
}

im_update *im_update_store(im_store *store, const im_gazetteer *gazetteer,
                           const char *const *inputs, const char *const *withdrawn, gboolean mirror,
                           const im_run_options *options, GError **error)
{
    g_autoptr(im_update) update = update_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *reading = im_kept_reading(gazetteer, options);
    updater u = {.store = store,
                 .gazetteer = gazetteer,
                 .options = options,
                 .update = update,
                 .reading = reading,
                 .seen = seen};
    g_mutex_init(&u.lock);
    const gboolean ok = bring_up_to_date(&u, inputs, withdrawn, mirror);
    g_mutex_clear(&u.lock);
    if (ok)
        return g_steal_pointer(&update);
    g_propagate_error(error, u.error);
    return NULL;
}
