/* The incident record: codes and names, copies, order, ACLED's columns. */
#include <glib/gstdio.h>
#include <incmap/incident.h>

#include <string.h>

static im_source *a_source(const char *report, guint32 start)
{
    im_source *source = im_source_new();
    source->report = g_strdup(report);
    source->quote = g_strdup("Gunmen attacked.");
    source->char_start = start;
    return source;
}

static im_incident *an_incident(im_day day, const char *admin1, const char *id)
{
    im_incident *incident = im_incident_new(IM_INCIDENT_ATTACK);
    incident->id = g_strdup(id);
    incident->date_start = day;
    incident->country = g_strdup("Mexico");
    incident->admin1 = g_strdup(admin1);
    g_ptr_array_add(incident->sources, a_source("a.txt", 0));
    return incident;
}

/* Every code but 0 has a name of its own, which reads back as the code. */
static void test_names(void)
{
    for (guint i = 1; i < IM_INCIDENT_N_TYPES; i++) {
        g_assert_nonnull(im_incident_type_name((im_incident_type)i));
        g_assert_cmpuint(im_incident_type_parse(im_incident_type_name((im_incident_type)i)), ==, i);
        g_autoptr(im_incident) record = im_incident_new((im_incident_type)i);
        g_assert_nonnull(im_incident_acled_event_type(record));
        g_assert_nonnull(im_incident_acled_sub_event_type(record));
    }
    for (guint i = IM_STATUS_OCCURRED; i <= IM_STATUS_HISTORIC; i++)
        g_assert_cmpuint(im_incident_status_parse(im_incident_status_name((im_incident_status)i)),
                         ==, i);
    for (guint i = IM_BOUND_EXACT; i <= IM_BOUND_AT_MOST; i++)
        g_assert_cmpuint(im_count_bound_parse(im_count_bound_name((im_count_bound)i)), ==, i);
    for (guint i = IM_DATE_EXPLICIT; i <= IM_DATE_PUBLISHED; i++)
        g_assert_cmpuint(im_date_basis_parse(im_date_basis_name((im_date_basis)i)), ==, i);
    for (guint i = IM_LEVEL_POINT; i <= IM_LEVEL_COUNTRY; i++)
        g_assert_cmpuint(im_geo_level_parse(im_geo_level_name((im_geo_level)i)), ==, i);
}

static void assert_acled(const char *actor2, const char *event_type, const char *sub_event_type)
{
    g_autoptr(im_incident) r = im_incident_new(IM_INCIDENT_ATTACK);
    r->actor2 = g_strdup(actor2);
    g_assert_cmpstr(im_incident_acled_event_type(r), ==, event_type);
    g_assert_cmpstr(im_incident_acled_sub_event_type(r), ==, sub_event_type);
}

static gboolean use_table(const char *rows, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "incmap-test-acled.tsv", NULL);
    g_autofree char *table =
        g_strconcat("# ours\ntype\ttarget\tevent_type\tsub_event_type\n", rows, NULL);
    g_assert_true(g_file_set_contents(path, table, -1, NULL));
    gboolean used = im_acled_use(path, error);
    g_unlink(path);
    return used;
}

static void assert_refused(const char *rows, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(use_table(rows, &error));
    g_assert_nonnull(strstr(error->message, what));
}

static void test_acled(void)
{
    assert_acled(NULL, "Violence against civilians", "Attack");
    assert_acled("Civilians (Mexico)", "Violence against civilians", "Attack");
    assert_acled("Police Forces of Mexico", "Battles", "Armed clash");
    g_assert_cmpint(im_acled_type("battles", "Armed clash"), ==, IM_INCIDENT_ARMED_CLASH);
    g_assert_cmpint(im_acled_type("Battles", "Government regains territory"), ==,
                    IM_INCIDENT_ARMED_CLASH);
    g_assert_cmpint(im_acled_type("Weather", "Rain"), ==, IM_INCIDENT_NONE);
    assert_refused("atack\tany\tA\tB\n", ":3: \"atack\" is no type");
    assert_refused("attack\tcats\tA\tB\n", ":3: \"cats\" is no target");
    assert_refused("attack\tany\t\tB\n", ":3: an empty name");
    g_assert_true(use_table("attack\tany\tTheirs\tOurs\n", NULL));
    assert_acled("Police Forces of Mexico", "Theirs", "Ours");
    g_autoptr(im_incident) arson = im_incident_new(IM_INCIDENT_ARSON);
    g_assert_null(im_incident_acled_event_type(arson));
}

static void test_unknown_names(void)
{
    g_assert_null(im_incident_type_name(IM_INCIDENT_NONE));
    g_assert_null(im_incident_type_name(IM_INCIDENT_N_TYPES));
    g_assert_cmpint(im_incident_type_parse("Attack"), ==, IM_INCIDENT_NONE);
    g_assert_cmpint(im_incident_type_parse(""), ==, IM_INCIDENT_NONE);
    g_assert_cmpint(im_incident_status_parse(NULL), ==, IM_STATUS_NONE);
}

static void test_new_is_unknown(void)
{
    g_autoptr(im_incident) incident = im_incident_new(IM_INCIDENT_ARSON);
    g_assert_cmpint(incident->count, ==, IM_UNKNOWN);
    g_assert_cmpint(incident->deaths_unknown, ==, IM_UNKNOWN);
    g_assert_cmpint(incident->where_prec, ==, IM_UNKNOWN);
    g_assert_cmpfloat(incident->radius_km, <, 0);
    g_assert_cmpuint(incident->sources->len, ==, 0);
    im_incident_free(NULL);
}

static void test_copy_outlives(void)
{
    im_incident *original = an_incident(10, "Jalisco", "i1");
    original->iso3166_2 = g_strdup("MX-JAL");
    g_autoptr(im_incident) copy = im_incident_copy(original);
    im_incident_free(original);
    g_assert_cmpstr(copy->admin1, ==, "Jalisco");
    g_assert_cmpstr(copy->iso3166_2, ==, "MX-JAL");
    g_assert_cmpuint(copy->sources->len, ==, 1);
    const im_source *source = copy->sources->pdata[0];
    g_assert_cmpstr(source->quote, ==, "Gunmen attacked.");
}

static int compare(const im_incident *a, const im_incident *b)
{
    return im_incident_compare(&a, &b);
}

static void test_order(void)
{
    g_autoptr(im_incident) first = an_incident(10, "Jalisco", "i1");
    g_autoptr(im_incident) later = an_incident(11, "Jalisco", "i1");
    g_autoptr(im_incident) state = an_incident(10, "Sonora", "i1");
    g_autoptr(im_incident) other = an_incident(10, "Jalisco", "i2");
    g_autoptr(im_incident) undated = an_incident(IM_DAY_NONE, "Jalisco", "i1");
    g_assert_cmpint(compare(first, first), ==, 0);
    const im_incident *ascending[] = {first, other, state, later, undated};
    for (guint i = 0; i + 1 < G_N_ELEMENTS(ascending); i++) {
        g_assert_cmpint(compare(ascending[i], ascending[i + 1]), <, 0);
        g_assert_cmpint(compare(ascending[i + 1], ascending[i]), >, 0);
    }
}

static void test_order_is_total(void)
{
    g_autoptr(im_incident) a = an_incident(10, "Jalisco", "i1");
    g_autoptr(im_incident) b = an_incident(10, "Jalisco", "i1");
    ((im_source *)b->sources->pdata[0])->char_start = 7;
    g_assert_cmpint(compare(a, b), <, 0);
    g_ptr_array_set_size(b->sources, 0);
    g_assert_cmpint(compare(a, b), >, 0);
}

static void test_fatalities(void)
{
    static const struct {
        int low, best, fatalities;
    } rows[] = {{IM_UNKNOWN, IM_UNKNOWN, 0}, {5, 8, 5}, {IM_UNKNOWN, 8, 8}, {0, 3, 0}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(im_incident) incident = im_incident_new(IM_INCIDENT_KILLING);
        incident->deaths_low = rows[i].low;
        incident->deaths_best = rows[i].best;
        g_assert_cmpint(im_incident_fatalities(incident), ==, rows[i].fatalities);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/record/names", test_names);
    g_test_add_func("/record/unknown-names", test_unknown_names);
    g_test_add_func("/record/acled", test_acled);
    g_test_add_func("/record/new-is-unknown", test_new_is_unknown);
    g_test_add_func("/record/copy-outlives", test_copy_outlives);
    g_test_add_func("/record/order", test_order);
    g_test_add_func("/record/order-is-total", test_order_is_total);
    g_test_add_func("/record/fatalities", test_fatalities);
    return g_test_run();
}
