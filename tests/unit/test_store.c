/* A store holds what a run over its reports finds: random histories against fresh runs, byte for byte; and what
 * is not a store. In files, or where the environment names a database (tests/postgis) in schemas of that. */
#include "output/priv.h"
#include "store/tables.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <incmap/pipeline.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static im_gazetteer *gazetteer;
static char *folder;
static const char *database; /* or NULL */
static GPtrArray *texts;     /* of char * */

/* Reports that hang on others for their year, and some that no SQL, JSON or path may take for its own. */
static const char *const more_texts[] = {
    "TAPALPA, Jalisco, Feb. 24 -- Gunmen burned three vehicles in Tapalpa, Jalisco, and blocked "
    "two roads "
    "in Zapopan.",
    "GUADALAJARA, Mexico, Feb. 26, 2026 (Agency) -- Gunmen burned three vehicles in Tapalpa, "
    "Jalisco, on "
    "Monday and blocked two roads in Zapopan, police said.",
    "date 2024-02-25\nGunmen burned three vehicles in Tapalpa, Jalisco, and blocked two roads in "
    "Zapopan.",
    "date 2026-02-25\nFive people were killed in '); DROP TABLE reports; -- and in Zapopan, "
    "Jalisco.",
    "date 2026-02-25\nTwo police officers were killed in \"Tapalpa\", Jalisco \\ "
    "{\"type\":\"Feature\"}\t.",
    "date 2026-02-25\nNothing happened in Qwertzuiopville, Jalisco, nor in Yxcvbnmtown.",
    "date 2026-02-25\n",
};

static char *path_of(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

/* The name of a store that is not there yet: of a database one that was not asked for before. */
static char *store_of(const char *name)
{
    static guint n;
    g_autofree char *file = g_strconcat(name, ".gpkg", NULL);
    return database ? g_strdup_printf("%s active_schema=%s%u", database, name, n++) : path_of(file);
}

/* Of a database its schema stays: the server goes with the test. */
static void remove_store(const char *store)
{
    if (!database)
        g_unlink(store);
}

/* The reports that there are. */
typedef struct desk {
    gboolean is_close; /* their texts tell of a few places and days: much hangs together */
    int one_in;        /* so many changes in a batch */
    char *path[40];
    gboolean there[40];
} desk;

static void desk_init(desk *d)
{
    d->is_close = FALSE;
    d->one_in = 12;
    for (guint i = 0; i < G_N_ELEMENTS(d->path); i++) {
        g_autofree char *name = g_strdup_printf(i % 7 ? "r%u.txt" : "r'%u\";--.txt", i);
        d->path[i] = path_of(name);
        d->there[i] = FALSE;
    }
}

static void desk_clear(desk *d)
{
    for (guint i = 0; i < G_N_ELEMENTS(d->path); i++) {
        g_unlink(d->path[i]);
        g_free(d->path[i]);
    }
}

/* What joins events and lets them come apart: days side by side, towns near each other, copies of a wire, roads that
 * are cleared, totals and their parts, months, no day at all, and datelines that others complete. %T is a town, %N a
 * number. */
static const char *const close_texts[] = {
    "Gunmen killed %N people in %T, Jalisco, on Tuesday.",
    "Gunmen killed %N people in %T, Jalisco, on Wednesday. Two vehicles burned in %T, Jalisco.",
    "An attack left %N dead in %T, Jalisco, on Tuesday. Soldiers arrested %N men in %T, Jalisco.",
    "Gunmen ambushed a police patrol on the road to %T, Jalisco, on Tuesday evening and killed "
    "three "
    "officers, the state prosecutor said.",
    "An explosion killed five people in Zapopan, Jalisco, on Tuesday. Gunmen killed two men in "
    "Zapopan, Jalisco, "
    "on Tuesday.", /* with the next two events of one id */
    "An explosion killed two men in Zapopan, Jalisco, on Tuesday.",
    "Gunmen blocked a road in %T, Jalisco, on Tuesday.",
    "The roadblock in %T, Jalisco, was cleared on Wednesday, the police said.",
    "There were %N roadblocks in Jalisco on Tuesday, and a blocked road in %T.",
    "There were 30 roadblocks in Mexico in March 2026.",
    "Protesters blocked a road in %T, Jalisco, in March 2026.",
};

static char *close_text(GRand *rand)
{
    static const char *const towns[] = {"Zapopan", "Guadalajara", "Tonalá", "Tapalpa"};
    static const char *const numbers[] = {"two", "three", "five", "12"};
    const int form = g_rand_int_range(rand, 0, 12);
    GString *text = g_string_new(close_texts[g_rand_int_range(rand, 0, G_N_ELEMENTS(close_texts))]);
    for (guint i = 0; i < 3; i++) {
        g_string_replace(text, "%T", towns[g_rand_int_range(rand, 0, G_N_ELEMENTS(towns))], 1);
        g_string_replace(text, "%N", numbers[g_rand_int_range(rand, 0, G_N_ELEMENTS(numbers))], 1);
    }
    g_autofree char *head =
        form == 0   ? g_strdup("")
        : form == 1 ? g_strdup("ZAPOPAN, Jalisco, March 5 -- ")
                    : g_strdup_printf("date 2026-03-%02d\n", g_rand_int_range(rand, 3, 12));
    g_string_prepend(text, head);
    return g_string_free(text, FALSE);
}

static void write_report(desk *d, guint i, GRand *rand)
{
    g_autofree char *close = d->is_close ? close_text(rand) : NULL;
    const char *text = close ? close : texts->pdata[g_rand_int_range(rand, 0, (gint32)texts->len)];
    g_assert_true(g_file_set_contents(d->path[i], text, -1, NULL));
    d->there[i] = TRUE;
}

static im_store *open_store(const char *path, im_store_mode mode)
{
    GError *error = NULL;
    im_store *store = im_store_open(path, mode, &error);
    g_assert_no_error(error);
    return store;
}

static void update(const char *path, const GPtrArray *inputs, const GPtrArray *withdrawn,
                   gboolean mirror, guint jobs)
{
    GError *error = NULL;
    g_autoptr(im_store) store = open_store(path, IM_STORE_WRITE);
    const im_run_options options = {.jobs = jobs};
    g_autoptr(im_update) done = im_update_store(
        store, gazetteer, (const char *const *)inputs->pdata,
        withdrawn ? (const char *const *)withdrawn->pdata : NULL, mirror, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(done->errors->len, ==, 0);
}

static GPtrArray *paths_new(void)
{
    return g_ptr_array_new();
}

/* Adds, replaces and withdraws some at once; and hands in some that are as they were. */
static void do_batch(desk *d, const char *store, GRand *rand)
{
    g_autoptr(GPtrArray) inputs = paths_new(), withdrawn = paths_new();
    const gboolean mirror = g_rand_int_range(rand, 0, 5) == 0;
    for (guint i = 0; i < G_N_ELEMENTS(d->path); i++) {
        const int what = g_rand_int_range(rand, 0, d->one_in);
        if (what == 0 && d->there[i]) {
            g_unlink(d->path[i]);
            d->there[i] = FALSE;
            if (!mirror)
                g_ptr_array_add(withdrawn, d->path[i]);
        } else if (what == 1 || what == 2) {
            write_report(d, i, rand);
        }
        if (d->there[i] && (mirror || what <= 3))
            g_ptr_array_add(inputs, d->path[i]);
    }
    g_ptr_array_add(inputs, NULL);
    g_ptr_array_add(withdrawn, NULL);
    update(store, inputs, withdrawn, mirror && inputs->len > 1,
           (guint)g_rand_int_range(rand, 1, 3));
    if (mirror && inputs->len == 1) /* none is left: then each is withdrawn by name */
        for (guint i = 0; i < G_N_ELEMENTS(d->path); i++)
            g_assert_false(d->there[i]);
}

static char *as_text(const im_run *run)
{
    GError *error = NULL;
    GString *out = g_string_new(NULL);
    const im_output_data data = {.incidents = run->incidents, .credit = "test"};
    im_output_append(im_output_format_find("geojson", NULL, NULL), &data, out, &error);
    g_assert_no_error(error);
    g_autoptr(GArray) names = im_missing_names(run->missing);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(out, "%" G_GUINT64_FORMAT " %s\n",
                               g_array_index(names, im_missing_name, i).n,
                               g_array_index(names, im_missing_name, i).name);
    for (guint i = 0; i < run->undated->len; i++)
        g_string_append_printf(out, "%s\n", (char *)run->undated->pdata[i]);
    g_string_append_printf(out, "%u\n", run->n_reports);
    return g_string_free(out, FALSE);
}

static char *of_store(const char *path, gboolean no_merge)
{
    GError *error = NULL;
    g_autoptr(im_store) store = open_store(path, IM_STORE_READ);
    const im_run_options options = {.no_merge = no_merge};
    g_autoptr(im_run) run = im_run_store(store, &options, NULL, &error);
    g_assert_no_error(error);
    return as_text(run);
}

static char *of_fresh_run(const desk *d, gboolean no_merge)
{
    g_autoptr(GPtrArray) inputs = paths_new();
    for (guint i = 0; i < G_N_ELEMENTS(d->path); i++)
        if (d->there[i])
            g_ptr_array_add(inputs, d->path[i]);
    g_ptr_array_add(inputs, NULL);
    const im_run_options options = {.no_merge = no_merge};
    g_autoptr(im_run) run = im_run_reports(gazetteer, (const char *const *)inputs->pdata, &options);
    return as_text(run);
}

/* @return what both give, owned by the caller */
static char *check_same(const desk *d, const char *store, gboolean no_merge)
{
    g_autofree char *kept = of_store(store, no_merge);
    char *fresh = of_fresh_run(d, no_merge);
    g_assert_cmpstr(kept, ==, fresh);
    return fresh;
}

/* 200 histories of some batches each, in 20 stores that grow old. */
static void test_histories(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260223);
    for (guint old = 0; old < 20; old++) {
        desk d;
        g_autofree char *store = store_of("store");
        desk_init(&d);
        for (guint history = 0; history < 10; history++) {
            for (int batches = g_rand_int_range(rand, 1, 4); batches > 0; batches--)
                do_batch(&d, store, rand);
            g_free(check_same(&d, store, g_rand_int_range(rand, 0, 4) == 0));
        }
        remove_store(store);
        desk_clear(&d);
    }
}

/* Reports of a few places and days: one or two come, change or go at a time, and reach others. */
static void test_close(void)
{
    static const char *const signs[] = {"\"status\":\"cleared\"", "\"parent_id\":\"",
                                        "\"number_of_sources\":1,\"number_of_articles\":2",
                                        "\"date_start\":null", "-2\""};
    guint n_seen[G_N_ELEMENTS(signs)] = {0};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260305);
    const guint n_stores = database ? 1 : 5; /* to connect takes longer than to open a file */
    for (guint old = 0; old < n_stores; old++) {
        desk d;
        g_autofree char *store = store_of("close");
        desk_init(&d);
        d.is_close = TRUE;
        d.one_in = 80;
        g_autoptr(GPtrArray) inputs = paths_new();
        for (guint i = 0; i < G_N_ELEMENTS(d.path); i++) {
            write_report(&d, i, rand);
            g_ptr_array_add(inputs, d.path[i]);
        }
        g_ptr_array_add(inputs, NULL);
        update(store, inputs, NULL, FALSE, 1);
        for (guint history = 0; history < 60; history++) {
            do_batch(&d, store, rand);
            g_autofree char *both = check_same(&d, store, FALSE);
            for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
                n_seen[i] += strstr(both, signs[i]) != NULL;
        }
        remove_store(store);
        desk_clear(&d);
    }
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
        g_assert_cmpuint(n_seen[i], >, 0);
}

/* What is read the second time is nothing. */
static void test_unchanged(void)
{
    desk d;
    GError *error = NULL;
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    g_autofree char *path = store_of("unchanged");
    g_autoptr(GPtrArray) inputs = paths_new();
    desk_init(&d);
    for (guint i = 0; i < G_N_ELEMENTS(d.path); i++) {
        write_report(&d, i, rand);
        g_ptr_array_add(inputs, d.path[i]);
    }
    g_ptr_array_add(inputs, NULL);
    update(path, inputs, NULL, FALSE, 2);
    g_autoptr(im_store) store = open_store(path, IM_STORE_WRITE);
    const im_run_options options = {.country = NULL}, other = {.country = "MX"};
    static const char *const strangers[] = {"nobody", NULL};
    g_autoptr(im_update) again = im_update_store(
        store, gazetteer, (const char *const *)inputs->pdata, strangers, FALSE, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again->n_unchanged, ==, G_N_ELEMENTS(d.path));
    g_assert_cmpuint(again->n_added + again->n_replaced + again->n_withdrawn, ==, 0);
    g_assert_cmpuint(again->strangers->len, ==, 1);
    g_autoptr(im_update) otherwise = im_update_store(
        store, gazetteer, (const char *const *)inputs->pdata, NULL, FALSE, &other, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(otherwise->n_replaced, ==, G_N_ELEMENTS(d.path));
    remove_store(path);
    desk_clear(&d);
}

/* A report that cannot be read leaves the one that was kept, and withdraws nothing. */
static void test_unreadable(void)
{
    desk d;
    GError *error = NULL;
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    g_autofree char *path = store_of("unreadable"), *before = NULL, *after = NULL;
    desk_init(&d);
    write_report(&d, 1, rand);
    write_report(&d, 2, rand);
    const char *const inputs[] = {d.path[1], d.path[2], NULL};
    const im_run_options options = {.jobs = 1};
    g_autoptr(im_store) store = open_store(path, IM_STORE_WRITE);
    im_update_free(im_update_store(store, gazetteer, inputs, NULL, FALSE, &options, &error));
    g_assert_no_error(error);
    g_clear_pointer(&store, im_store_close);
    before = of_store(path, FALSE);
    g_assert_true(g_file_set_contents(d.path[1], "\x89PNG\r\n\x1a\n", 8, NULL));
    g_unlink(d.path[2]);
    store = open_store(path, IM_STORE_WRITE);
    g_autoptr(im_update) bad =
        im_update_store(store, gazetteer, inputs, NULL, TRUE, &options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(bad->errors->len, ==, 2);
    g_assert_cmpuint(bad->n_withdrawn, ==, 0);
    g_clear_pointer(&store, im_store_close);
    after = of_store(path, FALSE);
    g_assert_cmpstr(before, ==, after);
    remove_store(path);
    desk_clear(&d);
}

/* Not committed, so not there. */
static void test_not_committed(void)
{
    GError *error = NULL;
    g_autofree char *path = store_of("lost");
    g_autoptr(im_store) store = open_store(path, IM_STORE_WRITE);
    im_stored_report report = {.id = (char *)"one", .digest = (char *)"1"}, found;
    g_assert_true(im_store_put(store, &report, &error));
    g_assert_true(im_store_get(store, "one", &found, &error));
    g_assert_cmpstr(found.digest, ==, "1");
    im_stored_report_clear(&found);
    g_clear_pointer(&store, im_store_close);
    store = open_store(path, IM_STORE_READ);
    g_assert_true(im_store_get(store, "one", &found, &error));
    g_assert_null(found.id);
    remove_store(path);
}

/* Of a database: what came before a statement that failed is not there either, and nobody is told that it is. */
static void test_failed_statement(void)
{
    GError *error = NULL;
    g_autofree char *path = store_of("failed");
    g_autoptr(im_store) store = open_store(path, IM_STORE_WRITE);
    const im_stored_report report = {.id = (char *)"one", .digest = (char *)"1"};
    im_stored_report found;
    g_assert_true(im_store_put(store, &report, &error));
    im_tables_hush();
    g_assert_false(im_tables_run(im_tables_of(store), "SELECT nothing FROM nowhere", NULL));
    im_tables_speak();
    g_assert_false(im_store_commit(store, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
    g_clear_error(&error);
    g_clear_pointer(&store, im_store_close);
    store = open_store(path, IM_STORE_READ);
    g_assert_true(im_store_get(store, "one", &found, &error));
    g_assert_null(found.id);
}

/* Two processes at once: the second waits for the first. */
static void test_two_processes(void)
{
    g_autofree char *path = store_of("shared");
    GError *error = NULL;
    enum { PROCESSES = 4, ROUNDS = 10 };
    pid_t children[PROCESSES];
    for (guint i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        for (guint round = 0; round < ROUNDS; round++) {
            g_autofree char *id = g_strdup_printf("%u/%u", i, round);
            im_store *store = im_store_open(path, IM_STORE_WRITE, NULL);
            const im_stored_report report = {.id = id, .digest = id};
            if (!store || !im_store_put(store, &report, NULL) || !im_store_commit(store, NULL))
                _exit(1);
            im_store_close(store);
        }
        _exit(0);
    }
    for (guint i = 0; i < PROCESSES; i++) {
        int status;
        g_assert_cmpint(waitpid(children[i], &status, 0), ==, children[i]);
        g_assert_cmpint(status, ==, 0);
    }
    g_autoptr(im_store) store = open_store(path, IM_STORE_READ);
    for (guint i = 0; i < PROCESSES * ROUNDS; i++) {
        g_autofree char *id = g_strdup_printf("%u/%u", i / ROUNDS, i % ROUNDS);
        g_auto(im_stored_report) found = {0};
        g_assert_true(im_store_get(store, id, &found, &error));
        g_assert_cmpstr(found.id, ==, id);
    }
    remove_store(path);
}

static void check_refused(const char *path, int code)
{
    GError *error = NULL;
    g_assert_null(im_store_open(path, IM_STORE_READ, &error));
    g_assert_error(error, IM_ERROR, code);
    g_assert_nonnull(strstr(error->message, path));
    g_clear_error(&error);
}

static void test_no_stores(void)
{
    g_autofree char *none = path_of("none.gpkg"), *text = path_of("text.gpkg"),
                    *name = path_of("store.db"), *points = path_of("points.gpkg");
    check_refused(none, IM_ERROR_DATA);
    check_refused(name, IM_ERROR_USAGE);
    g_assert_true(g_file_set_contents(text, "no GeoPackage", -1, NULL));
    check_refused(text, IM_ERROR_DATA);
    g_autoptr(GPtrArray) incidents = g_ptr_array_new();
    const im_output_data data = {.incidents = incidents};
    g_assert_true(
        im_output_write(im_output_format_find("gpkg", NULL, NULL), &data, points, TRUE, NULL));
    check_refused(points, IM_ERROR_DATA);
    g_unlink(text);
    g_unlink(points);
}

static void load_texts(void)
{
    const char *const reports[] = {IM_TEST_DATA "/../eval/news/reports", NULL};
    g_autoptr(GPtrArray) paths = im_inputs_expand(reports, NULL);
    texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < paths->len; i++) {
        char *text;
        g_assert_true(g_file_get_contents(paths->pdata[i], &text, NULL, NULL));
        g_ptr_array_add(texts, text);
    }
    for (guint k = 0; k < 4; k++) /* as often as one in three */
        for (guint i = 0; i < G_N_ELEMENTS(more_texts); i++)
            g_ptr_array_add(texts, g_strdup(more_texts[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    g_autofree char *usual = im_gazetteer_default_path();
    gazetteer = im_gazetteer_open(usual, &error);
    g_assert_no_error(error);
    folder = g_dir_make_tmp("incmap-store-XXXXXX", NULL);
    database = g_getenv("INCMAP_TEST_PG");
    load_texts();
    g_test_add_func("/store/histories", test_histories);
    g_test_add_func("/store/close", test_close);
    g_test_add_func("/store/unchanged", test_unchanged);
    g_test_add_func("/store/unreadable", test_unreadable);
    g_test_add_func("/store/not_committed", test_not_committed);
    g_test_add_func("/store/two_processes", test_two_processes);
    if (database)
        g_test_add_func("/store/failed_statement", test_failed_statement);
    else
        g_test_add_func("/store/no_stores", test_no_stores);
    int code = g_test_run();
    g_rmdir(folder);
    g_free(folder);
    g_ptr_array_unref(texts);
    im_gazetteer_free(gazetteer);
    return code;
}
