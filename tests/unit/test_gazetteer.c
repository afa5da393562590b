/* Keys, look-ups and locating, on a gazetteer of a dozen places. */
#include "base/hash.h"
#include "gazetteer_mini.h"

#include "gazetteer/edits.h"
#include "gazetteer/key.h"

#include <string.h>

static im_gazetteer *mini;

static void test_key(void)
{
    static const struct {
        const char *name, *key;
    } cases[] = {
        {"Tapalpa", "tapalpa"},
        {"TEPATITLÁN DE MORELOS", "tepatitlan de morelos"},
        {"San Luis Potosi\xCC\x81", "san luis potosi"},
        {"St. Louis", "saint louis"},
        {"Saint-Louis", "saint louis"},
        {"St Pölten", "saint polten"},
        {"Sankt Pölten", "saint polten"},
        {"Ste. Foy", "sainte foy"},
        {"Cd. Juárez", "ciudad juarez"},
        {"Sta. María", "santa maria"},
        {"Ft. Worth", "fort worth"},
        {"Mt. Kenya", "mount kenya"},
        {"Jal.", "jal"},
        {"D.F.", "d.f."},
        {"D.F", "d.f."},
        {"EE.UU.", "ee.uu."},
        {"Washington, D.C.", "washington d.c."},
        {"Land's End", "lands end"},
        {"Land’s End", "lands end"},
        {"N'Djamena", "ndjamena"},
        {"Ixtlán (Los Hervores)", "ixtlan los hervores"},
        {"Colonia 28 de Mayo", "colonia 28 de mayo"},
        {"Łódź", "lodz"},
        {"Киев", "киев"},
        {"", ""},
        {" - ", ""},
        {"a b c d e f g h i j k", ""},
        {"\xFF", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char key[IM_KEY_MAX_BYTES + 1];
        gsize len = im_gazetteer_key(cases[i].name, strlen(cases[i].name), key);
        g_assert_cmpstr(key, ==, cases[i].key);
        g_assert_cmpuint(len, ==, strlen(key));
    }
}

static void test_key_too_long(void)
{
    char key[IM_KEY_MAX_BYTES + 1];
    g_autofree char *name = g_strnfill(IM_KEY_MAX_BYTES * 4, 'a');
    for (gsize i = 100; i < IM_KEY_MAX_BYTES * 4; i += 101)
        name[i] = ' ';
    g_assert_cmpuint(im_gazetteer_key(name, 100, key), ==, 100);
    g_assert_cmpuint(im_gazetteer_key(name, 201, key), ==, 0);
    g_assert_cmpstr(key, ==, "");
    g_assert_cmpuint(im_gazetteer_key(name, strlen(name), key), ==, 0);
}

/* Tokens of a text make the same keys as names do. */
static void test_key_of_tokens(void)
{
    const char *bytes = "At Land's End, St. Louis' (D.F.) rain";
    static const char *const keys[] = {"at",           "at land",      "at lands",
                                       "at lands end", "at lands end", "at lands end saint"};
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
    im_key key;
    im_key_clear(&key);
    for (guint32 i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_assert_true(im_key_push(&key, text, i));
        g_assert_cmpstr(key.bytes, ==, keys[i]);
        g_assert_cmpuint(key.end.len, ==, strlen(keys[i]));
        g_assert_cmpuint(key.end.hash, ==, im_hash_name(keys[i], strlen(keys[i])));
    }
    g_assert_cmpuint(key.end.words, ==, 4);
    const im_key_end end = key.end;
    g_assert_true(im_key_push_word(&key, "county"));
    g_assert_cmpstr(key.bytes, ==, "at lands end saint county");
    im_key_cut(&key, end);
    g_assert_cmpstr(key.bytes, ==, "at lands end saint");
}

/* Readings as `name/kind/flags`, joined by spaces; kind is that of the name. */
static char *readings(const im_gazetteer *g, const char *name)
{
    static const char *const kinds[] = {"", "main", "other", "alias", "abbr", "postal", "demonym"};
    char key[IM_KEY_MAX_BYTES + 1];
    guint n;
    const im_reading *r =
        im_gazetteer_readings(g, key, im_gazetteer_key(name, strlen(name), key), &n);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        im_place p = im_gazetteer_place(g, r[i].place);
        g_string_append_printf(out, "%s%s:%s/%s%s%s%s%s", i ? " " : "", p.feature_code,
                               *p.code ? p.code : p.name, kinds[r[i].kind],
                               r[i].flags & IM_NAME_CASE_SENSITIVE ? "/case" : "",
                               r[i].flags & IM_NAME_DOTTED ? "/dot" : "",
                               r[i].flags & IM_NAME_DERIVED ? "/derived" : "",
                               r[i].flags & IM_NAME_FOREIGN ? "/foreign" : "");
    }
    return g_string_free(out, FALSE);
}

static void test_readings(void)
{
    static const struct {
        const char *name, *readings;
    } cases[] = {
        {"Tapalpa", "ADM2:MX.14.086/main PPLA2:Tapalpa/main"},
        {"georgia", "PCLI:GE/main ADM1:US.GA/main"},
        {"Mexico", "PCLI:MX/main"},
        {"México", "PCLI:MX/main"},
        {"Ciudad de México", "ADM1:MX.09/other PPLC:Mexico City/other"},
        {"CDMX", "ADM1:MX.09/alias/case"},
        {"D.F.", "ADM1:MX.09/abbr"},
        {"DF", "ADM1:MX.09/abbr/case"},
        {"US", "PCLI:US/abbr/case"},
        {"U.S.", "PCLI:US/abbr"},
        {"EE.UU.", "PCLI:US/abbr"},
        {"Jal.", "ADM1:MX.14/abbr/dot"},
        {"GA", "ADM1:US.GA/postal/case"},
        {"Mexican", "PCLI:MX/demonym"},
        {"Allemagne", "PCLI:DE/other/foreign"},
        {"Alemania", "PCLI:DE/other"},
        {"St Louis", "ADM2:US.MO.510/other/derived PPLA2:St. Louis/main"},
        {"Zamora", "ADM2:MX.16.108/main PPLA2:Zamora de Hidalgo/other/derived"},
        {"Tepatitlán", "ADM2:MX.14.093/other/derived PPLA2:Tepatitlán de Morelos/other/derived"},
        {"Durango", "ADM1:MX.10/main ADM2:MX.10.005/main "
                    "PPLA:Victoria de Durango/other/derived"},
        {"Ixtlán", "PPLA2:Ixtlán de los Hervores (Ixtlán)/other/derived"},
        {"Fulton", "ADM2:US.GA.121/other/derived"},
        {"Jalisco state", "ADM1:MX.14/other/derived"},
        {"Guadalajara airport", "AIRP:GDL/other/derived"},
        {"aeropuerto de Tlajomulco", "AIRP:GDL/other/derived"},
        {"Atlanta International Airport", "AIRP:ATL/other/derived"},
        {"Lands End", "PPL:Land's End/main"},
        {"Ciudad", ""},
        {"Nowhere", ""},
        {"", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = readings(mini, cases[i].name);
        g_assert_cmpstr(got, ==, cases[i].readings);
    }
}

static void test_longest(void)
{
    static const struct {
        const char *word;
        guint words;
    } cases[] = {{"land", 2},    {"lands", 2}, {"saint", 2}, {"aeropuerto", 4},
                 {"tapalpa", 1}, {"lan", 0},   {"", 0},      {"tapalpas", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(im_gazetteer_longest(mini, cases[i].word, strlen(cases[i].word)), ==,
                         cases[i].words);
}

static void test_place(void)
{
    im_place_id id = im_gazetteer_by_code(mini, "MX.14.086");
    im_place p = im_gazetteer_place(mini, id);
    g_assert_cmpint(p.kind, ==, IM_PLACE_ADMIN2);
    g_assert_cmpstr(p.name, ==, "Tapalpa");
    g_assert_cmpfloat_with_epsilon(p.position.lon_deg, -103.76, 1e-9);
    g_assert_cmpfloat_with_epsilon(p.position.lat_deg, 19.95, 1e-9);
    g_assert_cmpstr(p.country_code, ==, "MX");
    g_assert_cmpuint(p.country, ==, im_gazetteer_by_code(mini, "MX"));
    g_assert_cmpuint(p.admin1, ==, im_gazetteer_by_code(mini, "MX.14"));
    g_assert_cmpuint(p.admin2, ==, id);
    g_assert_cmpuint(p.population, ==, 21245);
    im_place state = im_gazetteer_place(mini, p.admin1);
    g_assert_cmpstr(state.iso3166_2, ==, "MX-JAL");
    g_assert_cmpuint(state.admin2, ==, IM_PLACE_NONE);
    im_place ocean = im_gazetteer_place(mini, im_gazetteer_by_code(mini, "R:pacific-ocean"));
    g_assert_cmpstr(ocean.feature_code, ==, "OCN");
    g_assert_cmpstr(ocean.country_code, ==, "");
    g_assert_cmpfloat(ocean.radius_km, ==, 6000);
    g_assert_cmpuint(im_gazetteer_by_code(mini, "MX.99"), ==, IM_PLACE_NONE);
    g_assert_cmpuint(im_gazetteer_by_code(mini, ""), ==, IM_PLACE_NONE);
}

/* Radii: of a circle of a country's area, as far as the towns of a unit, over the antimeridian. */
static void test_radius(void)
{
    static const struct {
        const char *code;
        double least_km, most_km;
    } cases[] = {{"MX", 790, 792}, {"MX.14", 120, 320}, {"MX.14.086", 8, 300}, {"FJ.02", 100, 180}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        im_place p = im_gazetteer_place(mini, im_gazetteer_by_code(mini, cases[i].code));
        g_assert_cmpfloat(p.radius_km, >=, cases[i].least_km);
        g_assert_cmpfloat(p.radius_km, <=, cases[i].most_km);
    }
}

/* The answers' feature codes and codes or names, with their edits. */
static char *located(const char *name, const im_locate_options *options)
{
    g_autoptr(GArray) found = im_gazetteer_locate(mini, name, options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const im_located *l = &g_array_index(found, im_located, i);
        im_place p = im_gazetteer_place(mini, l->place);
        g_string_append_printf(out, "%s%s:%s", i ? " " : "", p.feature_code,
                               *p.code ? p.code : p.name);
        if (l->edits)
            g_string_append_printf(out, "~%u", l->edits);
        g_assert_true(l->score > 0 && l->score <= 1);
    }
    return g_string_free(out, FALSE);
}

static void test_edits(void)
{
    static const struct {
        const char *a, *b;
        guint most, edits;
    } cases[] = {
        {"tapalpa", "tapalpa", 2, 0},  {"tapalpa", "tapalpo", 2, 1},
        {"tapalpa", "taplapa", 2, 1}, /* swapped */
        {"tapalpa", "atpalpa", 2, 1},  {"tapalpa", "apalpa", 2, 1},
        {"tapalpa", "ttapalpa", 2, 1}, {"tapalpa", "tapalpaxy", 2, 2},
        {"tapalpa", "tpalap", 2, 2},   {"tapalpa", "tapxyza", 2, 3},
        {"tapalpa", "tapalpo", 0, 1},  {"tapalpa", "tonala", 2, 3},
        {"abc", "ca", 2, 3}, /* two edits could, were a swapped letter touched again */
        {"киев", "киеф", 1, 1},        {"киев", "кіев", 1, 1},
        {"kiev", "киев", 2, 3},        {"tapalpa", "", 2, 3},
        {"tapalpa", "\xFF\xF0", 2, 3},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        edit_pattern pattern;
        edit_pattern_init(&pattern, cases[i].a);
        g_test_message("%s %s", cases[i].a, cases[i].b);
        g_assert_cmpuint(edit_distance(&pattern, cases[i].b, cases[i].most), ==, cases[i].edits);
    }
}

static void test_locate(void)
{
    static const im_lonlat atlanta = {-84.4, 33.7};
    static const struct {
        const char *name;
        im_locate_options options;
        const char *found;
    } cases[] = {
        {"Tapalpa", {0}, "PPLA2:Tapalpa ADM2:MX.14.086"},
        {"TAPALPA", {.limit = 1}, "PPLA2:Tapalpa"},
        {"Tapalpa, Jalisco", {0}, "PPLA2:Tapalpa ADM2:MX.14.086"},
        {"Tapalpa, Jal., México", {0}, "PPLA2:Tapalpa ADM2:MX.14.086"},
        {"Tapalpa, Michoacán", {0}, ""},
        {"Tapalpa, Nowhere", {0}, ""},
        {"Zamora, Bajío", {0}, ""},
        {"Tepatitlán de Morelos, Jalisco, Bajío", {0}, ""},
        {"Georgia", {0}, "PCLI:GE ADM1:US.GA"},
        {"Georgia", {.country = "US"}, "ADM1:US.GA"},
        {"Georgia", {.country = "us"}, "ADM1:US.GA"},
        {"Georgia", {.country = "Estados Unidos"}, "ADM1:US.GA"},
        {"Georgia", {.near = &atlanta}, "ADM1:US.GA PCLI:GE"},
        {"Mexico", {.country = "MX"}, "PCLI:MX"},
        {"Guadalajara", {.admin1 = "Jalisco"}, "PPLA:Guadalajara ADM2:MX.14.039"},
        {"Guadalajara", {.admin1 = "MX.16"}, ""},
        {"Tapalpo", {0}, ""},
        {"Tapalpo", {.fuzzy = TRUE}, "PPLA2:Tapalpa~1 ADM2:MX.14.086~1"},
        {"Tapaalpo", {.fuzzy = TRUE}, "PPLA2:Tapalpa~2 ADM2:MX.14.086~2"},
        {"Guadalajraa, Jalisco", {.fuzzy = TRUE}, "PPLA:Guadalajara~1 ADM2:MX.14.039~1"},
        {"Suvo", {.fuzzy = TRUE}, "PPLC:Suva~1"},
        {"Subo", {.fuzzy = TRUE}, ""},
        {"Munchen", {0}, "PPLA:Munich"},
        {"MX.14", {0}, "ADM1:MX.14"},
        {"us", {0}, ""},
        {"US", {0}, "PCLI:US"},
        {"Mexican", {0}, ""},
        {"", {.fuzzy = TRUE}, ""},
        {",", {.fuzzy = TRUE}, ""},
        {"\xC3(", {.fuzzy = TRUE}, ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = located(cases[i].name, &cases[i].options);
        g_test_message("%s", cases[i].name);
        g_assert_cmpstr(found, ==, cases[i].found);
    }
}

static void test_about(void)
{
    guint n;
    const im_gazetteer_count *counts = im_gazetteer_counts(mini, &n);
    g_assert_cmpuint(n, ==, 9);
    g_assert_cmpstr(counts[0].what, ==, "countries");
    g_assert_cmpuint(counts[0].n, ==, 5);
    g_assert_cmpstr(counts[6].what, ==, "places");
    g_assert_cmpuint(counts[6].n, ==, im_gazetteer_n_places(mini));
    g_assert_cmpstr(im_gazetteer_credit(mini), ==, "Places, after GeoNames (CC BY 4.0)");
    g_assert_true(g_str_has_prefix(im_gazetteer_sources(mini), "file,origin,package,"));
}

static void test_check_names(void)
{
    g_autoptr(GError) error = NULL;
    guint n;
    GPtrArray *failures = NULL;
    g_assert_true(
        im_gazetteer_check_names(mini, MINI_FOLDER "/must_resolve.tsv", &n, &failures, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, ==, 4);
    g_assert_cmpuint(failures->len, ==, 0);
    g_ptr_array_unref(failures);
    g_assert_false(im_gazetteer_check_names(mini, MINI_FOLDER "/names.tsv", &n, &failures, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
}

static void test_check_names_fails(void)
{
    static const char list[] = "name\tcountry\tadmin1\tlon\tlat\ttolerance_km\n"
                               "Tapalpa\t\t\t-103\t19.95\t10\n"
                               "Nowhere\t\t\t0\t0\t10\n";
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("incmap-XXXXXX.tsv", &path, &error);
    g_assert_no_error(error);
    g_assert_true(g_close(fd, NULL));
    g_assert_true(g_file_set_contents(path, list, -1, NULL));
    guint n;
    g_autoptr(GPtrArray) failures = NULL;
    g_assert_true(im_gazetteer_check_names(mini, path, &n, &failures, &error));
    g_assert_cmpuint(failures->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(failures, 0), ==,
                    "Tapalpa: resolves to Tapalpa (PPLA2, MX), 79 km away");
    g_assert_cmpstr(g_ptr_array_index(failures, 1), ==, "Nowhere: not found");
    g_assert_cmpint(g_unlink(path), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    mini = gazetteer_of(MINI_FOLDER);
    g_test_add_func("/gazetteer/key", test_key);
    g_test_add_func("/gazetteer/key_too_long", test_key_too_long);
    g_test_add_func("/gazetteer/key_of_tokens", test_key_of_tokens);
    g_test_add_func("/gazetteer/readings", test_readings);
    g_test_add_func("/gazetteer/longest", test_longest);
    g_test_add_func("/gazetteer/place", test_place);
    g_test_add_func("/gazetteer/radius", test_radius);
    g_test_add_func("/gazetteer/edits", test_edits);
    g_test_add_func("/gazetteer/locate", test_locate);
    g_test_add_func("/gazetteer/about", test_about);
    g_test_add_func("/gazetteer/check_names", test_check_names);
    g_test_add_func("/gazetteer/check_names_fails", test_check_names_fails);
    int failed = g_test_run();
    im_gazetteer_free(mini);
    return failed;
}
