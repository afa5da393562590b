/* Merging 10,000, 100,000 and 1,000,000 single records: real towns of the gazetteer, two years, an event
 * told by two and a half reports on average. The time by n is to grow no faster than n log n. */
#include "bench.h"

#include <incmap/gazetteer.h>
#include <incmap/merge.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DAYS = 730, SEED = 7, SMALLEST_TOWN = 20000 };

typedef struct town {
    const char *name, *admin1, *admin1_code, *country, *iso;
    im_lonlat position;
} town;

static GArray *towns_of(const im_gazetteer *g)
{
    GArray *towns = g_array_new(FALSE, FALSE, sizeof(town));
    for (im_place_id id = 0; id < im_gazetteer_n_places(g); id++) {
        im_place p = im_gazetteer_place(g, id);
        if (p.kind != IM_PLACE_TOWN || p.population < SMALLEST_TOWN || p.admin1 == IM_PLACE_NONE)
            continue;
        im_place state = im_gazetteer_place(g, p.admin1);
        town t = {p.name,         state.name, state.code, im_gazetteer_place_name(g, p.country),
                  p.country_code, p.position};
        g_array_append_val(towns, t);
    }
    return towns;
}

static im_incident *tell(const town *t, im_incident_type type, im_day day, int dead, guint report)
{
    im_incident *r = im_incident_new(type);
    im_source *source = im_source_new();
    source->report = g_strdup_printf("report-%u", report);
    source->publisher = g_strdup_printf("outlet-%u", report % 400);
    source->quote =
        g_strdup_printf("In %s, report %u says, %d people died.", t->name, report, dead);
    source->date = day;
    g_ptr_array_add(r->sources, source);
    r->location = g_strdup(t->name);
    r->admin1 = g_strdup(t->admin1);
    r->admin1_code = g_strdup(t->admin1_code);
    r->country = g_strdup(t->country);
    r->iso = g_strdup(t->iso);
    r->position = t->position;
    r->has_geometry = TRUE;
    r->geo_level = IM_LEVEL_MUNICIPALITY;
    r->radius_km = 6;
    r->place_score = 0.9;
    r->status = IM_STATUS_OCCURRED;
    r->date_start = r->date_end = day;
    r->deaths_low = r->deaths_best = r->deaths_high = r->deaths_unknown = dead;
    r->count = 1;
    r->confidence = 0.7;
    r->number_of_sources = r->number_of_articles = 1;
    return r;
}

static GPtrArray *make_singles(const GArray *towns, guint n)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    GPtrArray *all = g_ptr_array_new_full(n, (GDestroyNotify)im_incident_free);
    im_day first = im_day_from_ymd(2024, 1, 1);
    while (all->len < n) {
        const town *t = &g_array_index(towns, town, g_rand_int_range(rand, 0, (gint32)towns->len));
        im_incident_type type = (im_incident_type)g_rand_int_range(rand, 1, IM_INCIDENT_N_TYPES);
        im_day day = first + (im_day)g_rand_int_range(rand, 0, DAYS);
        gint32 reports = g_rand_int_range(rand, 1, 5), dead = g_rand_int_range(rand, -1, 6);
        for (gint32 k = 0; k < reports && all->len < n; k++)
            g_ptr_array_add(all,
                            tell(t, type, day, dead, (guint)g_rand_int_range(rand, 0, 1 << 30)));
    }
    return all;
}

/* What a run tells: milliseconds, and the most memory that its process had. */
typedef struct result {
    double ms, peak_mb;
} result;

static result merge_once(const GArray *towns, guint n)
{
    GPtrArray *singles = make_singles(towns, n);
    gint64 begin = g_get_monotonic_time();
    g_autoptr(GPtrArray) merged = im_incidents_merge(singles, NULL);
    result r = {.ms = (double)(g_get_monotonic_time() - begin) / 1000};
    g_assert_cmpuint(merged->len, <, n);
    g_assert_cmpuint(merged->len, >, n / 5);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    r.peak_mb = (double)usage.ru_maxrss / 1024;
    return r;
}

/* In a process of its own, as a merge is: memory that another run has warmed would flatter the small ones. */
static result merge_apart(const GArray *towns, guint n)
{
    int ends[2];
    result r = {0};
    g_assert_cmpint(pipe(ends), ==, 0);
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        r = merge_once(towns, n);
        _exit(write(ends[1], &r, sizeof r) == (ssize_t)sizeof r ? 0 : 1);
    }
    close(ends[1]);
    g_assert_cmpint(read(ends[0], &r, sizeof r), ==, sizeof r);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return r;
}

static void measure(const GArray *towns, guint n, guint runs)
{
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
    double peak_mb = 0;
    for (guint run = 0; run < runs; run++) {
        result r = merge_apart(towns, n);
        g_array_append_val(times, r.ms);
        peak_mb = MAX(peak_mb, r.peak_mb);
    }
    g_autofree char *name = g_strdup_printf("merge/%u", n);
    bench_print(name, times, 0, peak_mb);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) g = im_gazetteer_open(path, NULL);
    g_assert_nonnull(g);
    g_autoptr(GArray) towns = towns_of(g);
    measure(towns, 10000, bench_is_quick() ? 1 : 25);
    if (bench_is_quick())
        return 0;
    measure(towns, 100000, 9);
    measure(towns, 1000000, 3);
    return 0;
}
