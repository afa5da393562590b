/* A store that grows with the news: 370 events a day in real towns of the gazetteer, each fifth told by two reports,
 * until it holds 10,000, then 100,000, then 1,000,000. At each of these sizes: what one report more takes, and the map
 * of the last seven days; neither is to grow with the store. Run by tests/postgis/cluster.py it does so in a database. */
#include "bench.h"

#include "base/json.h"

#include <glib/gstdio.h>
#include <incmap/date.h>
#include <incmap/gazetteer.h>

enum { A_DAY = 370, TOLD_TWICE = 5, SEED = 11, SMALLEST_TOWN = 20000, CHUNK = 100000 };

typedef struct town {
    const char *name, *state, *country;
} town;

typedef struct news {
    GArray *towns; /* of town */
    GRand *rand;
    const char *inputs, *store, *png;
    guint n_events, n_reports;
} news;

static GArray *towns_of(const im_gazetteer *g)
{
    GArray *towns = g_array_new(FALSE, FALSE, sizeof(town));
    for (im_place_id id = 0; id < im_gazetteer_n_places(g); id++) {
        const im_place p = im_gazetteer_place(g, id);
        if (p.kind != IM_PLACE_TOWN || p.population < SMALLEST_TOWN || p.admin1 == IM_PLACE_NONE)
            continue;
        const town t = {p.name, im_gazetteer_place(g, p.admin1).name,
                        im_gazetteer_place_name(g, p.country)};
        g_array_append_val(towns, t);
    }
    return towns;
}

static void write_report(news *n, const char *text, im_day day, GString *lines)
{
    char date[IM_DAY_ISO_SIZE];
    g_autofree char *id = g_strdup_printf("report-%u", n->n_reports++);
    im_json json = im_json_to(lines);
    im_json_open(&json, '{');
    im_json_text(&json, "id", id);
    im_json_text(&json, "date", im_day_format_iso(day, date));
    im_json_text(&json, "text", text);
    im_json_close(&json, '}');
    g_string_append_c(lines, '\n');
}

/* An event of the day that it is by then, told by so many reports. */
static void write_event(news *n, guint reports, GString *lines)
{
    static const struct {
        const char *act, *whom;
    } acts[] = {{"killed", "people"},
                {"burned", "vehicles"},
                {"kidnapped", "people"},
                {"blocked", "roads"}};
    static const char *const numbers[] = {"two", "three", "four", "five", "six", "seven", "eight"};
    const guint act = (guint)g_rand_int_range(n->rand, 0, G_N_ELEMENTS(acts));
    const town *t =
        &g_array_index(n->towns, town, g_rand_int_range(n->rand, 0, (gint32)n->towns->len));
    g_autofree char *text =
        g_strdup_printf("Gunmen %s %s %s in %s, %s, %s, yesterday.", acts[act].act,
                        numbers[g_rand_int_range(n->rand, 0, G_N_ELEMENTS(numbers))],
                        acts[act].whom, t->name, t->state, t->country);
    for (guint i = 0; i < reports; i++)
        write_report(n, text, im_day_from_ymd(2016, 1, 1) + n->n_events / A_DAY, lines);
    n->n_events++;
}

static void write_inputs(const news *n, const GString *lines)
{
    if (!g_file_set_contents(n->inputs, lines->str, (gssize)lines->len, NULL))
        g_error("%s: cannot be written", n->inputs);
}

static bench_usage update(const news *n)
{
    return bench_once((const char *[]){IM_PROGRAM, "update", n->store, n->inputs, "--quiet", NULL});
}

static void grow(news *n, guint events)
{
    while (n->n_events < events) {
        g_autoptr(GString) lines = g_string_new(NULL);
        const guint until = MIN(n->n_events + CHUNK, events);
        while (n->n_events < until)
            write_event(n, n->n_events % TOLD_TWICE ? 1 : 2, lines);
        write_inputs(n, lines);
        const bench_usage u = update(n);
        g_printerr("%u events after %.1f s in %.0f MB\n", until, u.wall_ms / 1000, u.max_rss_mb);
    }
}

static void measure(news *n, guint events)
{
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
    double peak_mb = 0;
    grow(n, events);
    for (guint i = bench_is_quick() ? 1 : 11; i > 0; i--) {
        g_autoptr(GString) line = g_string_new(NULL);
        write_event(n, 1, line);
        write_inputs(n, line);
        const bench_usage u = update(n);
        g_array_append_val(times, u.wall_ms);
        peak_mb = MAX(peak_mb, u.max_rss_mb);
    }
    g_autofree char *one = g_strdup_printf("store/one more in %u", events),
                    *map = g_strdup_printf("store/map of 7 days of %u", events);
    bench_print(one, times, 0, peak_mb);
    bench_command(map,
                  (const char *[]){IM_PROGRAM, "map", "--store", n->store, "--last", "7d", "-o",
                                   n->png, "--overwrite", "--quiet", NULL},
                  bench_is_quick() ? 1 : 11, 0);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autofree char *path = im_gazetteer_default_path(),
                    *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    g_autoptr(im_gazetteer) g = im_gazetteer_open(path, NULL);
    g_assert_nonnull(g);
    g_autoptr(GArray) towns = towns_of(g);
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    g_autofree char *inputs = g_build_filename(folder, "news.jsonl", NULL),
                    *file = g_build_filename(folder, "store.gpkg", NULL),
                    *png = g_build_filename(folder, "map.png", NULL);
    const char *database = g_getenv("INCMAP_TEST_PG"), *store = database ? database : file;
    news n = {towns, rand, inputs, store, png, 0, 0};
    measure(&n, bench_is_quick() ? 500 : 10000);
    for (guint events = 100000; !bench_is_quick() && events <= 1000000; events *= 10)
        measure(&n, events);
    g_remove(inputs);
    g_remove(file);
    g_remove(png);
    return g_rmdir(folder) == 0 ? 0 : 1;
}
