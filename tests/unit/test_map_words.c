/* Titles, periods, notes and sources, all made from incidents. */
#include "map/words.h"
#include "map_scenes.h"

static const im_map_options OPTIONS = {0};

static void test_period(void)
{
    static const struct {
        int from[3], to[3];
        const char *words;
    } CASES[] = {
        {{2026, 2, 22}, {2026, 2, 22}, "22 February 2026"},
        {{2026, 2, 20}, {2026, 2, 24}, "20–24 February 2026"},
        {{2026, 2, 28}, {2026, 3, 3}, "28 February – 3 March 2026"},
        {{2025, 12, 30}, {2026, 1, 2}, "30 December 2025 – 2 January 2026"},
        {{0, 0, 0}, {2026, 1, 2}, "2 January 2026"},
        {{0, 0, 0}, {0, 0, 0}, ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const int *a = CASES[i].from, *b = CASES[i].to;
        g_autofree char *words =
            im_words_period(im_day_from_ymd(a[0], a[1], a[2]), im_day_from_ymd(b[0], b[1], b[2]));
        g_assert_cmpstr(words, ==, CASES[i].words);
    }
}

static void test_number(void)
{
    static const struct {
        int number;
        const char *words;
    } CASES[] = {
        {0, "0"}, {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}, {-1000, "-1,000"}};
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *words = im_words_number(CASES[i].number);
        g_assert_cmpstr(words, ==, CASES[i].words);
    }
}

static im_incident *incident_at(GPtrArray *incidents, guint i)
{
    return g_ptr_array_index(incidents, i);
}

static im_words *words_of(const GPtrArray *drawn, const GPtrArray *unplaced)
{
    g_autoptr(GPtrArray) countries = g_ptr_array_new();
    return im_words_new(drawn, unplaced, countries, &OPTIONS);
}

static void test_titles(void)
{
    g_autoptr(GPtrArray) none = scene_empty();
    g_autoptr(GPtrArray) two = scene_new(&SCENE_MEXICO[6], 2);
    g_autoptr(im_words) words = words_of(two, none);
    g_assert_cmpstr(words->title, ==, "Arson attacks and looting in Puerto Vallarta, Mexico");
    g_autoptr(GPtrArray) one = scene_new(&SCENE_MEXICO[11], 1);
    g_autoptr(im_words) single = words_of(one, none);
    g_assert_cmpstr(single->title, ==, "Something happened, Culiacán");
    g_assert_cmpstr(single->subtitle, ==, "Sinaloa, Mexico · 3 March 2026");
    g_autoptr(im_words) nothing = words_of(none, none);
    g_assert_cmpstr(nothing->title, ==, "No incidents");
    g_assert_cmpstr(nothing->subtitle, ==, "");
    g_assert_cmpstr(nothing->sources, ==, "");
    im_map_options given = {.title = "Mine", .subtitle = ""};
    g_autoptr(GPtrArray) countries = g_ptr_array_new();
    g_autoptr(im_words) own = im_words_new(two, none, countries, &given);
    g_assert_cmpstr(own->title, ==, "Mine");
    g_assert_cmpstr(own->subtitle, ==, "");
}

static void test_countries(void)
{
    static const scene_row ROWS[] = {
        {IM_INCIDENT_PROTEST, IM_STATUS_OCCURRED, "A", NULL, NULL, "Haiti", "HT", 0, 0,
         IM_LEVEL_POINT, 1, 1, 1, -1, 1},
        {IM_INCIDENT_PROTEST, IM_STATUS_OCCURRED, "B", NULL, NULL, "Dominican Republic", "DO", 1, 0,
         IM_LEVEL_POINT, 1, 1, 1, -1, 1},
    };
    g_autoptr(GPtrArray) none = scene_empty(), drawn = SCENE(ROWS), names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "Dominican Republic");
    g_ptr_array_add(names, (gpointer) "Haiti");
    g_autoptr(im_words) words = im_words_new(drawn, none, names, &OPTIONS);
    g_assert_cmpstr(words->title, ==, "Protests in the Dominican Republic and Haiti");
    g_ptr_array_add(names, (gpointer) "Cuba");
    g_autoptr(im_words) three = im_words_new(drawn, none, names, &OPTIONS);
    g_assert_cmpstr(three->title, ==, "Protests in 3 countries");
}

/* Where a total comes with its parts, nobody is counted twice. */
static void test_deaths(void)
{
    g_autoptr(GPtrArray) none = scene_empty(), drawn = scene_new(SCENE_MEXICO, 3);
    incident_at(drawn, 0)->parent_id = g_strdup("00000003");
    g_autoptr(im_words) words = words_of(drawn, none);
    g_assert_nonnull(strstr(words->subtitle, "25\u00A0dead"));
    incident_at(drawn, 0)->deaths_best = 30;
    g_autoptr(im_words) more = words_of(drawn, none);
    g_assert_nonnull(strstr(more->subtitle, "30\u00A0dead"));
    g_clear_pointer(&incident_at(drawn, 0)->parent_id, g_free);
    g_autoptr(im_words) apart = words_of(drawn, none);
    g_assert_nonnull(strstr(apart->subtitle, "55\u00A0dead"));
    /* A ring of parents is a fault elsewhere, but no endless loop here. */
    incident_at(drawn, 0)->parent_id = g_strdup("00000002");
    incident_at(drawn, 1)->parent_id = g_strdup("00000001");
    g_autoptr(im_words) ring = words_of(drawn, none);
    g_assert_nonnull(ring->subtitle);
}

static void test_notes(void)
{
    g_autoptr(GPtrArray) none = scene_empty();
    g_autoptr(GPtrArray) unplaced = scene_new(&SCENE_MEXICO[G_N_ELEMENTS(SCENE_MEXICO) - 1], 1);
    im_incident *total = incident_at(unplaced, 0);
    total->place_text = g_strdup("20 states");
    g_autoptr(im_words) words = words_of(none, unplaced);
    g_assert_cmpuint(words->notes->len, ==, 1);
    g_assert_cmpstr(g_ptr_array_index(words->notes, 0), ==,
                    "At least 250 roadblocks in 20 states of Mexico, since cleared");
    total->type = IM_INCIDENT_KILLING;
    total->status = IM_STATUS_OCCURRED;
    total->count = IM_UNKNOWN;
    total->deaths_best = 1070;
    g_autoptr(im_words) killed = words_of(none, unplaced);
    g_assert_cmpstr(g_ptr_array_index(killed->notes, 0), ==, "1,070 killed in 20 states of Mexico");
    /* More than fit are counted; notes that are given come last. */
    g_autoptr(GPtrArray) many = scene_many(20);
    for (guint i = 0; i < many->len; i++) {
        g_free(incident_at(many, i)->title);
        incident_at(many, i)->title = g_strdup_printf("Thing %u", i);
        incident_at(many, i)->count = IM_UNKNOWN;
        incident_at(many, i)->type = IM_INCIDENT_PROTEST;
    }
    const char *const own[] = {"Not found: X", NULL};
    const im_map_options options = {.notes = own};
    g_autoptr(GPtrArray) countries = g_ptr_array_new();
    g_autoptr(im_words) full = im_words_new(none, many, countries, &options);
    g_assert_cmpuint(full->notes->len, ==, 8);
    g_assert_cmpstr(g_ptr_array_index(full->notes, 6), ==, "and 14 more");
    g_assert_cmpstr(g_ptr_array_index(full->notes, 7), ==, "Not found: X");
}

static void test_sources(void)
{
    g_autoptr(GPtrArray) none = scene_empty(), drawn = scene_new(SCENE_MEXICO, 3);
    im_source *source = g_ptr_array_index(incident_at(drawn, 0)->sources, 0);
    g_clear_pointer(&source->publisher, g_free);
    g_autoptr(im_words) words = words_of(drawn, none);
    g_assert_cmpstr(words->sources, ==, "The Paper, 2–3 March 2026; 001.txt, 2 March 2026");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/words/period", test_period);
    g_test_add_func("/map/words/number", test_number);
    g_test_add_func("/map/words/titles", test_titles);
    g_test_add_func("/map/words/countries", test_countries);
    g_test_add_func("/map/words/deaths", test_deaths);
    g_test_add_func("/map/words/notes", test_notes);
    g_test_add_func("/map/words/sources", test_sources);
    return g_test_run();
}
