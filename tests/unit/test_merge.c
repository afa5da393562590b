/* Merging: neither order nor grouping matter, copies count once, parts know their totals. */
#include "shuffle.h"

#include <incmap/merge.h>
#include <string.h>

static im_source *source_of(const char *report, const char *publisher, const char *quote,
                            im_day date)
{
    im_source *s = im_source_new();
    s->report = g_strdup(report);
    s->publisher = g_strdup(publisher);
    s->quote = g_strdup(quote);
    s->date = date;
    return s;
}

static im_incident *single(const char *report, im_incident_type type, const char *town, double lon,
                           double lat, const char *date, int dead)
{
    im_incident *r = im_incident_new(type);
    r->location = g_strdup(town);
    r->admin1 = g_strdup("Jalisco");
    r->admin1_code = g_strdup("MX.14");
    r->country = g_strdup("Mexico");
    r->iso = g_strdup("MX");
    r->position = (im_lonlat){lon, lat};
    r->has_geometry = town != NULL;
    r->geo_level = town ? IM_LEVEL_MUNICIPALITY : IM_LEVEL_STATE;
    r->radius_km = 5;
    r->place_score = 0.9;
    r->status = IM_STATUS_OCCURRED;
    r->date_start = r->date_end = im_day_parse_iso(date);
    r->deaths_best = r->deaths_low = r->deaths_high = r->deaths_unknown = dead;
    r->count = 1;
    r->confidence = 0.8;
    r->number_of_sources = r->number_of_articles = 1;
    g_ptr_array_add(r->sources, source_of(report, report, "Somebody said so.", r->date_start));
    return r;
}

/* Reports of a few events in towns side by side, on days side by side, with tolls that change. */
static GPtrArray *make_singles(GRand *rand, guint n)
{
    static const struct {
        const char *name;
        double lon, lat;
    } towns[] = {{"Tapalpa", -103.76, 19.95},
                 {"Atemajac", -103.72, 20.13},
                 {"Chiquilistlán", -103.86, 20.09},
                 {NULL, -103.6, 20.6}};
    static const im_incident_type types[] = {IM_INCIDENT_ATTACK, IM_INCIDENT_KILLING,
                                             IM_INCIDENT_ROADBLOCK, IM_INCIDENT_OPERATION,
                                             IM_INCIDENT_ARREST};
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < n; i++) {
        guint town = (guint)g_rand_int_range(rand, 0, G_N_ELEMENTS(towns));
        g_autofree char *report = g_strdup_printf("r%d", g_rand_int_range(rand, 0, (gint32)n));
        g_autofree char *date = g_strdup_printf("2026-03-%02d", g_rand_int_range(rand, 8, 13));
        im_incident *r =
            single(report, types[g_rand_int_range(rand, 0, G_N_ELEMENTS(types))], towns[town].name,
                   towns[town].lon, towns[town].lat, g_rand_int_range(rand, 0, 9) ? date : "",
                   g_rand_int_range(rand, -1, 4));
        ((im_source *)r->sources->pdata[0])->char_start = (guint32)g_rand_int_range(rand, 0, 2);
        if (r->geo_level == IM_LEVEL_STATE)
            r->count = g_rand_int_range(rand, 1, 5);
        g_ptr_array_add(all, r);
    }
    return all;
}

/* All that a record says. */
static char *describe(const GPtrArray *incidents)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        g_string_append_printf(out, "%s %s %s %s %u-%u n%d k%d/%d/%d s%u/%u c%.6f:", r->id,
                               r->parent_id ? r->parent_id : "-", r->title,
                               r->location ? r->location : "-", r->date_start, r->date_end,
                               r->count, r->deaths_low, r->deaths_best, r->deaths_high,
                               r->number_of_sources, r->number_of_articles, r->confidence);
        for (guint k = 0; k < r->sources->len; k++) {
            const im_source *s = r->sources->pdata[k];
            g_string_append_printf(out, " %s@%u", s->report, s->char_start);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static GPtrArray *copy_of(const GPtrArray *from, guint first, guint end)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = first; i < end; i++)
        g_ptr_array_add(copy, im_incident_copy(from->pdata[i]));
    return copy;
}

/* Merges random groups, then random groups of what came of these, until one is left. */
static GPtrArray *merge_in_groups(GRand *rand, const GPtrArray *singles)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    for (guint at = 0; at < singles->len;) {
        guint size = (guint)g_rand_int_range(rand, 1, 9), end = MIN(singles->len, at + size);
        g_ptr_array_add(groups, im_incidents_merge(copy_of(singles, at, end), NULL));
        at = end;
    }
    while (groups->len > 1) {
        guint i = (guint)g_rand_int_range(rand, 1, (gint32)groups->len);
        GPtrArray *a = groups->pdata[0], *b = g_ptr_array_steal_index(groups, i);
        g_ptr_array_extend_and_steal(a, b);
        groups->pdata[0] = im_incidents_merge(a, NULL);
    }
    return groups->pdata[0];
}

static void test_any_order_and_grouping(void)
{
    enum { RUNS = 60, PERMUTATIONS = 6 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(20260311);
    for (guint run = 0; run < RUNS; run++) {
        g_autoptr(GPtrArray) singles = make_singles(rand, 2 + run);
        g_autoptr(GPtrArray) at_once = im_incidents_merge(copy_of(singles, 0, singles->len), NULL);
        g_autofree char *expected = describe(at_once);
        if (run > 20)
            g_assert_cmpuint(at_once->len, <, singles->len);
        for (guint p = 0; p < PERMUTATIONS; p++) {
            shuffle(rand, singles);
            g_autoptr(GPtrArray) grouped = merge_in_groups(rand, singles);
            g_autofree char *got = describe(grouped);
            g_assert_cmpstr(got, ==, expected);
        }
    }
}

static GPtrArray *merge_two(im_incident *a, im_incident *b, GString *explanation)
{
    GPtrArray *both = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_ptr_array_add(both, a);
    g_ptr_array_add(both, b);
    return im_incidents_merge(both, explanation);
}

static void set_quote(im_incident *r, const char *quote)
{
    im_source *s = r->sources->pdata[0];
    g_free(s->quote);
    s->quote = g_strdup(quote);
}

static void test_copies(void)
{
    static const char wire[] =
        "Gunmen ambushed a police patrol on the road to Tapalpa on Sunday and "
        "killed three officers, the state prosecutor said.";
    static const char own[] = "Three officers died when their truck came under fire near Tapalpa, "
                              "neighbours who heard the shots told this newspaper on Monday.";
    for (guint copied = 0; copied < 2; copied++) {
        im_incident *a =
            single("a", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 3);
        im_incident *b =
            single("b", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 3);
        set_quote(a, wire);
        set_quote(b, copied ? wire : own);
        g_autoptr(GPtrArray) merged = merge_two(a, b, NULL);
        g_assert_cmpuint(merged->len, ==, 1);
        const im_incident *r = merged->pdata[0];
        g_assert_cmpuint(r->number_of_articles, ==, 2);
        g_assert_cmpuint(r->number_of_sources, ==, copied ? 1 : 2);
    }
}

static void test_toll(void)
{
    im_incident *a = single("a", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 7);
    im_incident *b = single("b", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 9);
    ((im_source *)b->sources->pdata[0])->date++;
    g_autoptr(GString) explanation = g_string_new(NULL);
    g_autoptr(GPtrArray) merged = merge_two(a, b, explanation);
    g_assert_cmpuint(merged->len, ==, 1);
    const im_incident *r = merged->pdata[0];
    g_assert_cmpint(r->deaths_low, ==, 7);
    g_assert_cmpint(r->deaths_best, ==, 9);
    g_assert_cmpint(r->deaths_high, ==, 9);
    g_assert_cmpstr(explanation->str, ==,
                    "joined\t0.50\t1.00\t1.00\t1.00\t0.50\tattack\tTapalpa\t2026-03-08\ta\tb\n");
}

static void test_one_report_tells_two(void)
{
    im_incident *a = single("a", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 7);
    im_incident *b = single("a", IM_INCIDENT_ATTACK, "Tapalpa", -103.76, 19.95, "2026-03-08", 9);
    ((im_source *)b->sources->pdata[0])->char_start = 400;
    g_autoptr(GPtrArray) merged = merge_two(a, b, NULL);
    g_assert_cmpuint(merged->len, ==, 2);
    g_assert_cmpstr(((im_incident *)merged->pdata[0])->id, !=,
                    ((im_incident *)merged->pdata[1])->id);
}

static void test_parents(void)
{
    im_incident *total = single("a", IM_INCIDENT_ROADBLOCK, NULL, 0, 0, "2026-03-08", IM_UNKNOWN);
    im_incident *part =
        single("a", IM_INCIDENT_ROADBLOCK, "Tapalpa", -103.76, 19.95, "2026-03-08", IM_UNKNOWN);
    total->count = 12;
    g_free(total->location);
    total->location = g_strdup("Jalisco");
    g_autoptr(GPtrArray) merged = merge_two(total, part, NULL);
    g_assert_cmpuint(merged->len, ==, 2);
    const im_incident *x = merged->pdata[0], *y = merged->pdata[1];
    const im_incident *sum = x->count == 12 ? x : y, *one = x->count == 12 ? y : x;
    g_assert_null(sum->parent_id);
    g_assert_cmpstr(one->parent_id, ==, sum->id);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/merge/any_order_and_grouping", test_any_order_and_grouping);
    g_test_add_func("/merge/copies", test_copies);
    g_test_add_func("/merge/toll", test_toll);
    g_test_add_func("/merge/one_report_tells_two", test_one_report_tells_two);
    g_test_add_func("/merge/parents", test_parents);
    return g_test_run();
}
