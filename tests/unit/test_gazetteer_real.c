/* What the committed tables must give, whatever else changes in them. */
#include "gazetteer_mini.h"

#include <string.h>

static im_gazetteer *real;

/* The first reading's feature code, country and today's name; the number of readings is left out. */
static char *first_reading(const char *name)
{
    char key[IM_KEY_MAX_BYTES + 1];
    guint n;
    const im_reading *r =
        im_gazetteer_readings(real, key, im_gazetteer_key(name, strlen(name), key), &n);
    if (!n)
        return g_strdup("");
    im_place p = im_gazetteer_place(real, r[0].place);
    return g_strdup_printf("%s %s %s", p.feature_code, p.country_code, p.name);
}

static void test_first_readings(void)
{
    static const struct {
        const char *name, *reading;
    } cases[] = {
        {"Mexico", "PCLI MX Mexico"},
        {"Jalisco", "ADM1 MX Jalisco"},
        {"CDMX", "ADM1 MX Mexico City"},
        {"Jal.", "ADM1 MX Jalisco"},
        {"U.S.", "PCLI US United States"},
        {"US", "PCLI US United States"},
        {"EE.UU.", "PCLI US United States"},
        {"Georgia", "PCLI GE Georgia"},
        {"Tepatitlán", "ADM2 MX Tepatitlán de Morelos"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = first_reading(cases[i].name);
        g_assert_cmpstr(got, ==, cases[i].reading);
    }
}

/* Whether some reading of the name is a town of that country near there. */
static gboolean has_town(const char *name, const char *country, im_lonlat near)
{
    char key[IM_KEY_MAX_BYTES + 1];
    guint n;
    const im_reading *r =
        im_gazetteer_readings(real, key, im_gazetteer_key(name, strlen(name), key), &n);
    for (guint i = 0; i < n; i++) {
        im_place p = im_gazetteer_place(real, r[i].place);
        if (p.kind == IM_PLACE_TOWN && strcmp(p.country_code, country) == 0 &&
            im_distance_km(p.position, near) < 10)
            return TRUE;
    }
    return FALSE;
}

static void test_towns(void)
{
    static const struct {
        const char *name, *country;
        im_lonlat near;
    } cases[] = {
        {"Tapalpa", "MX", {-103.76, 19.95}},    {"St. Louis", "US", {-90.2, 38.63}},
        {"Saint-Louis", "SN", {-16.49, 16.02}}, {"Zamora", "MX", {-102.28, 19.98}},
        {"Cd. Juárez", "MX", {-106.48, 31.72}}, {"München", "DE", {11.58, 48.14}},
        {"Kiev", "UA", {30.52, 50.45}},         {"Киев", "UA", {30.52, 50.45}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].name);
        g_assert_true(has_town(cases[i].name, cases[i].country, cases[i].near));
    }
}

/* Each place is found by its own name, and lies in what holds it. */
static void test_every_place(void)
{
    guint nameless = 0;
    for (im_place_id id = 0; id < im_gazetteer_n_places(real); id++) {
        im_place p = im_gazetteer_place(real, id);
        char key[IM_KEY_MAX_BYTES + 1];
        guint n, found = 0;
        gsize len = im_gazetteer_key(p.name, strlen(p.name), key);
        const im_reading *r = im_gazetteer_readings(real, key, len, &n);
        for (guint i = 0; i < n; i++)
            found += r[i].place == id;
        nameless += found == 0;
        g_assert_cmpuint(found, <=, 1);
        g_assert_cmpuint(im_gazetteer_longest(real, key, strcspn(key, " ")), >=, found);
        if (p.admin1 != IM_PLACE_NONE)
            g_assert_cmpuint(im_gazetteer_place(real, p.admin1).country, ==, p.country);
        if (p.admin2 != IM_PLACE_NONE)
            g_assert_cmpuint(im_gazetteer_place(real, p.admin2).admin1, ==, p.admin1);
    }
    /* A handful have more words than any reader would write. */
    g_assert_cmpuint(nameless, <, im_gazetteer_n_places(real) / 10000);
}

static void test_must_resolve(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) failures = NULL;
    guint n;
    im_gazetteer_check_names(real, IM_GEODATA "/must_resolve.tsv", &n, &failures, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < failures->len; i++)
        g_printerr("%s\n", (const char *)g_ptr_array_index(failures, i));
    g_assert_cmpuint(failures->len, ==, 0);
}

static void test_sound(void)
{
    g_autoptr(GError) error = NULL;
    im_gazetteer_check(real, &error);
    g_assert_no_error(error);
    g_assert_nonnull(strstr(im_gazetteer_credit(real), "GeoNames"));
    g_assert_nonnull(strstr(im_gazetteer_credit(real), "CC BY 4.0"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    real = gazetteer_of(IM_GEODATA);
    g_test_add_func("/gazetteer_real/first_readings", test_first_readings);
    g_test_add_func("/gazetteer_real/towns", test_towns);
    g_test_add_func("/gazetteer_real/every_place", test_every_place);
    g_test_add_func("/gazetteer_real/must_resolve", test_must_resolve);
    g_test_add_func("/gazetteer_real/sound", test_sound);
    int failed = g_test_run();
    im_gazetteer_free(real);
    return failed;
}
