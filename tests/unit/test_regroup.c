/* Merging again what a change reaches gives what merging everything gives: random histories of records that come and
 * go, in towns side by side, in crowds, without day, without position, over many days. */
#include "merge/regroup.h"

#include <string.h>

/* What a store would keep. */
typedef struct kept {
    im_incident *record;
    gint64 row, event;
} kept;

typedef struct keeper {
    GArray *kept;
    gint64 last_row;
    GArray *n_of; /* of guint: of each event, by its number - 1, how many records it was made of */
} keeper;

/* What the records of a history are like. */
typedef struct kind {
    const char *name;
    guint n_towns, n_days, n_reports;
    guint undated, nameless, area, lasting; /* one in so many; 0: none */
    guint first, batch, batches;            /* records that come, as many go by and by */
} kind;

static gboolean one_in(GRand *rand, guint n)
{
    return n && g_rand_int_range(rand, 0, (gint32)n) == 0;
}

static im_incident *record_of(GRand *rand, const kind *k)
{
    static const im_incident_type types[] = {IM_INCIDENT_ATTACK, IM_INCIDENT_KILLING,
                                             IM_INCIDENT_ROADBLOCK, IM_INCIDENT_OPERATION,
                                             IM_INCIDENT_ARREST};
    im_incident *r = im_incident_new(types[g_rand_int_range(rand, 0, G_N_ELEMENTS(types))]);
    const int town = g_rand_int_range(rand, 0, (gint32)k->n_towns);
    const gboolean area = one_in(rand, k->area);
    im_source *s = im_source_new();
    s->report = g_strdup_printf("r%d", g_rand_int_range(rand, 0, (gint32)k->n_reports));
    s->quote = g_strdup_printf(
        "%s, said number %d.",
        one_in(rand, 2) ? "Gunmen blocked the road to the town on Monday evening, police"
                        : "Neighbours heard shots for an hour before the patrol came, somebody",
        g_rand_int_range(rand, 0, 3));
    s->char_start = (guint32)g_rand_int_range(rand, 0, 2);
    r->location = area ? g_strdup("Jalisco") : g_strdup_printf("Town %d", town);
    r->admin1 = g_strdup("Jalisco");
    r->admin1_code = g_strdup("MX.14");
    r->iso = g_strdup("MX");
    r->position = (im_lonlat){-103.5 + 0.07 * town, 20.0 + 0.05 * (town % 3)};
    r->has_geometry = !one_in(rand, k->nameless);
    r->geo_level = area ? IM_LEVEL_STATE : IM_LEVEL_MUNICIPALITY;
    r->radius_km = 5;
    r->status = one_in(rand, 5) ? IM_STATUS_CLEARED : IM_STATUS_OCCURRED;
    if (!one_in(rand, k->undated)) {
        r->date_start =
            im_day_from_ymd(2026, 1, 1) + (im_day)g_rand_int_range(rand, 0, (gint32)k->n_days);
        r->date_end =
            r->date_start + (one_in(rand, k->lasting) ? (im_day)g_rand_int_range(rand, 1, 40) : 0);
    }
    s->date = r->date_end;
    r->deaths_low = r->deaths_best = r->deaths_high = g_rand_int_range(rand, -1, 4);
    r->count = g_rand_int_range(rand, 1, 4);
    r->confidence = 0.8;
    g_ptr_array_add(r->sources, s);
    return r;
}

/* All that a list of records says, their parts by the reports. */
static char *describe(const GPtrArray *incidents)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        g_string_append_printf(out, "%s %s %s %u-%u n%d k%d/%d/%d s%u/%u %d:", r->id,
                               r->parent_id ? r->parent_id : "-", r->title, r->date_start,
                               r->date_end, r->count, r->deaths_low, r->deaths_best, r->deaths_high,
                               r->number_of_sources, r->number_of_articles, (int)r->status);
        for (guint k = 0; k < r->sources->len; k++) {
            const im_source *s = r->sources->pdata[k];
            g_string_append_printf(out, " %s@%u", s->report, s->char_start);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static gboolean fits(const im_wanted *wanted, const im_spot *spot, gint64 event)
{
    for (guint i = 0; i < wanted->near->len; i++) {
        const im_spot *near = &g_array_index(wanted->near, im_spot, i);
        if (spot->block == near->block && (spot->start == IM_SPOT_UNDATED ||
                                           (spot->start <= near->end && spot->end >= near->start)))
            return TRUE;
    }
    for (guint i = 0; i < wanted->names->len; i++)
        if (spot->name == g_array_index(wanted->names, guint64, i))
            return TRUE;
    for (guint i = 0; i < wanted->events->len; i++)
        if (event == g_array_index(wanted->events, gint64, i))
            return TRUE;
    return FALSE;
}

static gboolean load(const im_wanted *wanted, im_regroup *into, gpointer data, GError **error)
{
    keeper *keep = data;
    (void)error;
    for (guint i = 0; i < keep->kept->len; i++) {
        const kept *k = &g_array_index(keep->kept, kept, i);
        const im_spot spot = im_spot_of(k->record);
        if (im_regroup_has(into, k->row) || !fits(wanted, &spot, k->event))
            continue;
        im_regroup_add(into, k->row, k->event, im_incident_copy(k->record));
    }
    return TRUE;
}

static kept *find(const keeper *keep, gint64 row)
{
    for (guint i = 0; i < keep->kept->len; i++)
        if (g_array_index(keep->kept, kept, i).row == row)
            return &g_array_index(keep->kept, kept, i);
    g_assert_not_reached();
}

static gboolean is_there(const keeper *keep, im_incident *record)
{
    for (guint i = 0; i < keep->kept->len; i++) {
        g_autoptr(GPtrArray) both = g_ptr_array_new();
        g_ptr_array_add(both, g_array_index(keep->kept, kept, i).record);
        g_ptr_array_add(both, record);
        g_autofree gboolean *doubles = im_doubles_find(both);
        if (doubles[0] || doubles[1])
            return TRUE;
    }
    return FALSE;
}

static void change(keeper *keep, const kind *k, guint n, GRand *rand, im_regroup *regroup)
{
    for (guint i = 0; i < n && keep->kept->len > 0; i++) {
        if (!one_in(rand, 3))
            continue;
        const guint at = (guint)g_rand_int_range(rand, 0, (gint32)keep->kept->len);
        const kept gone = g_array_index(keep->kept, kept, at);
        im_regroup_drop(regroup, im_spot_of(gone.record), gone.event);
        im_incident_free(gone.record);
        g_array_remove_index_fast(keep->kept, at);
    }
    for (guint i = 0; i < n; i++) {
        const kept come = {record_of(rand, k), ++keep->last_row, 0};
        if (is_there(keep, come.record)) {
            im_incident_free(come.record);
            continue;
        }
        g_array_append_val(keep->kept, come);
        im_regroup_add(regroup, come.row, 0, im_incident_copy(come.record));
    }
}

/* Takes the result over, as a store does. */
static void apply(keeper *keep, im_regroup *regroup)
{
    g_auto(im_regrouped) result = im_regroup_take(regroup);
    const guint before = keep->n_of->len;
    g_array_set_size(keep->n_of, before + result.incidents->len);
    for (guint i = 0; i < result.members->len; i++) {
        const im_member *m = &g_array_index(result.members, im_member, i);
        find(keep, m->row)->event = before + m->incident + 1;
        g_array_index(keep->n_of, guint, before + m->incident)++;
    }
    for (guint i = 0; i < result.ended->len; i++)
        for (guint k = 0; k < keep->kept->len; k++)
            g_assert_cmpint(g_array_index(keep->kept, kept, k).event, !=,
                            g_array_index(result.ended, gint64, i));
}

/* Who keeps what an event came to must be told when other records make it. */
static void check_told(const keeper *keep)
{
    g_autofree guint *n_of = g_new0(guint, keep->n_of->len + 1);
    for (guint i = 0; i < keep->kept->len; i++)
        n_of[g_array_index(keep->kept, kept, i).event - 1]++;
    for (guint i = 0; i < keep->n_of->len; i++)
        g_assert_true(n_of[i] == 0 || n_of[i] == g_array_index(keep->n_of, guint, i));
}

static GPtrArray *copies(const keeper *keep)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < keep->kept->len; i++)
        g_ptr_array_add(all, im_incident_copy(g_array_index(keep->kept, kept, i).record));
    return all;
}

static void check(const keeper *keep)
{
    g_autoptr(GPtrArray) all = copies(keep);
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    g_autofree guint *event = g_new(guint, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        gpointer key = GSIZE_TO_POINTER((gsize)g_array_index(keep->kept, kept, i).event), number;
        g_assert_nonnull(key);
        if (!g_hash_table_lookup_extended(numbers, key, NULL, &number))
            g_hash_table_insert(numbers, key,
                                number = GUINT_TO_POINTER(g_hash_table_size(numbers)));
        event[i] = GPOINTER_TO_UINT(number);
    }
    g_ptr_array_set_free_func(all, NULL);
    g_autoptr(GPtrArray) gathered = im_events_gather(all, event, g_hash_table_size(numbers), NULL);
    g_autoptr(GPtrArray) merged = im_incidents_merge(copies(keep), NULL);
    g_autofree char *got = describe(gathered), *expected = describe(merged);
    g_assert_cmpstr(got, ==, expected);
    check_told(keep);
}

static void run_history(const kind *k, guint32 seed)
{
    GError *error = NULL;
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    keeper keep = {g_array_new(FALSE, FALSE, sizeof(kept)), 0,
                   g_array_new(FALSE, TRUE, sizeof(guint))};
    for (guint batch = 0; batch < k->batches; batch++) {
        g_autoptr(im_regroup) regroup = im_regroup_new();
        change(&keep, k, batch == 0 ? k->first : k->batch, rand, regroup);
        g_assert_true(im_regroup_run(regroup, load, &keep, &error));
        apply(&keep, regroup);
        check(&keep);
    }
    for (guint i = 0; i < keep.kept->len; i++)
        im_incident_free(g_array_index(keep.kept, kept, i).record);
    g_array_unref(keep.kept);
    g_array_unref(keep.n_of);
}

static const kind kinds[] = {
    {"sparse", 40, 60, 5000, 0, 0, 30, 0, 80, 3, 40},
    {"chains", 4, 30, 200, 0, 0, 20, 0, 60, 3, 40},
    {"few_reports", 4, 10, 12, 0, 0, 10, 0, 60, 3, 40},
    {"undated", 6, 20, 100, 6, 0, 10, 0, 60, 3, 40},
    {"nameless", 5, 15, 100, 12, 3, 10, 0, 60, 3, 40},
    {"lasting", 8, 60, 100, 0, 8, 10, 4, 60, 3, 40},
    {"all", 8, 40, 60, 12, 8, 8, 8, 80, 4, 40},
    {"crowd", 3, 2, 4000, 0, 0, 0, 10, 400, 2, 8},
};

static void test_kind(gconstpointer data)
{
    for (guint32 seed = 0; seed < 6; seed++)
        run_history(data, 20260301 + seed);
}

static im_incident *told_by(const char *report, double lon)
{
    im_incident *r = im_incident_new(IM_INCIDENT_ATTACK);
    im_source *s = im_source_new();
    s->report = g_strdup(report);
    g_ptr_array_add(r->sources, s);
    r->iso = g_strdup("MX");
    r->admin1 = g_strdup("Jalisco");
    r->location = g_strdup("Tapalpa");
    r->position = (im_lonlat){lon, 20};
    r->has_geometry = TRUE;
    r->geo_level = IM_LEVEL_MUNICIPALITY;
    r->date_start = r->date_end = 20000;
    return r;
}

static void come(keeper *keep, im_regroup *regroup, im_incident *record)
{
    const kept k = {record, ++keep->last_row, 0};
    g_array_append_val(keep->kept, k);
    im_regroup_add(regroup, k.row, 0, im_incident_copy(record));
}

static void go_last(keeper *keep, im_regroup *regroup)
{
    const kept k = g_array_index(keep->kept, kept, keep->kept->len - 1);
    im_regroup_drop(regroup, im_spot_of(k.record), k.event);
    im_incident_free(k.record);
    g_array_set_size(keep->kept, keep->kept->len - 1);
}

/* Two tell of one event in a town, in a cell with a crowd of another town between them: when it gets too large, their
 * link is not looked at any more, though nothing that comes is linked with either. */
static void test_crowd_between(void)
{
    enum { BEFORE = 250, STEPS = 12 };
    keeper keep = {g_array_new(FALSE, FALSE, sizeof(kept)), 0,
                   g_array_new(FALSE, TRUE, sizeof(guint))};
    GError *error = NULL;
    guint n_joined = 0;
    for (guint step = 0; step < 2 * STEPS; step++) {
        g_autoptr(im_regroup) regroup = im_regroup_new();
        if (step == 0) { /* reports whose hashes are the first and the last of many */
            come(&keep, regroup, told_by("told-0", -103.5));
            come(&keep, regroup, told_by("told-1179", -103.5));
        }
        for (guint i = step ? BEFORE + step : 0; step < STEPS && i <= BEFORE + step; i++) {
            g_autofree char *report = g_strdup_printf("crowd-%u", i);
            come(&keep, regroup, told_by(report, -103.36));
        }
        if (step >= STEPS)
            go_last(&keep, regroup);
        g_assert_true(im_regroup_run(regroup, load, &keep, &error));
        apply(&keep, regroup);
        check(&keep);
        n_joined += find(&keep, 1)->event == find(&keep, 2)->event;
    }
    g_assert_cmpuint(n_joined, >, 0);
    g_assert_cmpuint(n_joined, <, 2 * STEPS);
    for (guint i = 0; i < keep.kept->len; i++)
        im_incident_free(g_array_index(keep.kept, kept, i).record);
    g_array_unref(keep.kept);
    g_array_unref(keep.n_of);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *path = g_strconcat("/regroup/", kinds[i].name, NULL);
        g_test_add_data_func(path, &kinds[i], test_kind);
    }
    g_test_add_func("/regroup/crowd_between", test_crowd_between);
    return g_test_run();
}
