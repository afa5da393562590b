/* Looking up many names, in the gazetteer of the committed tables. */
#include "gazetteer/edits.h"
#include "gazetteer/key.h"
#include "gazetteer/similar.h"
#include "gazetteer_mini.h"

#include <string.h>

static im_gazetteer *real;

/* Names from all over the file. */
static im_name name_of_place(guint32 i)
{
    const char *name = im_gazetteer_place(real, (im_place_id)(i * 7919ull % real->n_places)).name;
    return (im_name){name, strlen(name)};
}

static void check_key(const char *name)
{
    char key[IM_KEY_MAX_BYTES + 1];
    im_key of_tokens;
    im_key_clear(&of_tokens);
    g_autoptr(im_text) text = im_text_new(name, strlen(name), IM_LANGUAGE_EN);
    for (guint32 i = 0; i < text->n_tokens; i++)
        if (!im_key_push(&of_tokens, text, i))
            return;
    im_gazetteer_key(name, strlen(name), key);
    g_assert_cmpstr(key, ==, of_tokens.bytes);
}

/* Keys made the short way are the keys of the tokens. */
static void test_keys(void)
{
    static const char *const inserted[] = {"'",      "’", ".", "-",  " ",      "5", "S.",
                                           "'s",     "`", "´", ",",  "\u00A0", "ʻ", "ª",
                                           "\u0301", "İ", "–", "中", "EE."};
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (guint32 i = 0; i < 20000; i++) {
        im_name name = name_of_place(i);
        check_key(name.text);
        g_autoptr(GString) changed = g_string_new(name.text);
        for (guint n = 0; n < 2; n++) {
            glong at = g_rand_int_range(random, 0, (gint32)g_utf8_strlen(changed->str, -1) + 1);
            const char *what = inserted[g_rand_int_range(random, 0, G_N_ELEMENTS(inserted))];
            g_string_insert(changed, g_utf8_offset_to_pointer(changed->str, at) - changed->str,
                            what);
        }
        check_key(changed->str);
    }
}

static void assert_same(const im_located *a, const im_located *b, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_assert_cmpuint(a[i].place, ==, b[i].place);
        g_assert_cmpfloat(a[i].score, ==, b[i].score);
        g_assert_cmpuint(a[i].edits, ==, b[i].edits);
    }
}

/* All at once gives what one by one does. */
static void test_batch(void)
{
    enum { N = 500 };
    im_name names[N];
    im_answers answers[N];
    for (guint i = 0; i < N; i++)
        names[i] = i % 5 == 4 ? (im_name){"Tapalpa, Jalisco", 16} : name_of_place(i);
    names[7] = (im_name){"", 0};
    names[8] = (im_name){"Kabul\0", 6};
    g_autoptr(im_locator) locator = im_locator_new(real, NULL);
    im_locator_find(locator, names, N, answers);
    for (guint i = 0; i < N; i++) {
        if (i == 7 || i == 8) {
            g_assert_cmpuint(answers[i].n, ==, 0);
            continue;
        }
        g_autofree char *name = g_strndup(names[i].text, names[i].len);
        g_autoptr(GArray) alone = im_gazetteer_locate(real, name, NULL);
        g_assert_cmpuint(answers[i].n, ==, alone->len);
        g_assert_cmpuint(answers[i].n, >, 0);
        assert_same(answers[i].places, &g_array_index(alone, im_located, 0), alone->len);
    }
}

/* The search that ends early because readings come largest first misses none of the best. */
static void test_limit(void)
{
    const im_locate_options one = {.limit = 1}, three = {.limit = 3}, all = {.limit = G_MAXUINT};
    g_autoptr(im_locator) first = im_locator_new(real, &one), some = im_locator_new(real, &three),
                          every = im_locator_new(real, &all);
    guint most = 0;
    for (guint32 i = 0; i < 50000; i++) {
        im_name name = name_of_place(i);
        im_answers a, b, c;
        im_locator_find(first, &name, 1, &a);
        im_locator_find(some, &name, 1, &b);
        im_locator_find(every, &name, 1, &c);
        g_assert_cmpuint(a.n, ==, MIN(1, c.n));
        g_assert_cmpuint(b.n, ==, MIN(3, c.n));
        assert_same(a.places, c.places, a.n);
        assert_same(b.places, c.places, b.n);
        most = MAX(most, c.n);
    }
    g_assert_cmpuint(most, >, 50);
}

/* A code of a country is that country, not a state that is abbreviated so. */
static void test_given_country(void)
{
    const im_locate_options colombia = {.country = "CO"}, georgia = {.country = "GA"};
    g_autoptr(GArray) denver = im_gazetteer_locate(real, "Denver", &colombia);
    for (guint i = 0; i < denver->len; i++) {
        im_place p = im_gazetteer_place(real, g_array_index(denver, im_located, i).place);
        g_assert_cmpstr(p.country_code, ==, "CO");
    }
    g_autoptr(GArray) atlanta = im_gazetteer_locate(real, "Atlanta", &georgia);
    g_assert_cmpuint(atlanta->len, ==, 0);
    g_autoptr(GArray) denver_co = im_gazetteer_locate(real, "Denver, CO", NULL);
    g_assert_cmpuint(denver_co->len, >, 0);
}

/* One edit of letters of the same script. @return the letters that are left */
static guint edit(GRand *random, gunichar *letters, guint n)
{
    guint at = (guint)g_rand_int_range(random, 0, (gint32)n);
    gunichar other = letters[g_rand_int_range(random, 0, (gint32)n)], next;
    switch (g_rand_int_range(random, 0, 4)) {
    case 0:
        memmove(letters + at + 1, letters + at, (n - at) * sizeof *letters);
        letters[at] = other;
        return n + 1;
    case 1:
        memmove(letters + at, letters + at + 1, (n - at - 1) * sizeof *letters);
        return n - 1;
    case 2:
        letters[at] = other;
        return n;
    default:
        at = MIN(at, n - 2);
        next = letters[at + 1];
        letters[at + 1] = letters[at];
        letters[at] = next;
        return n;
    }
}

static char *edited(GRand *random, const char *key, guint edits)
{
    gunichar letters[IM_KEY_MAX_BYTES + 8];
    glong n;
    g_autofree gunichar *decoded = g_utf8_to_ucs4_fast(key, -1, &n);
    memcpy(letters, decoded, (gsize)n * sizeof *letters);
    for (guint i = 0; i < edits; i++)
        n = edit(random, letters, (guint)n);
    return g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
}

static guint edits_of(const GArray *similar, guint32 key)
{
    for (guint i = 0; i < similar->len; i++)
        if (g_array_index(similar, gaz_similar, i).key == key)
            return g_array_index(similar, gaz_similar, i).edits;
    return G_MAXUINT;
}

/* Whether somebody may look for a place by this key. */
static gboolean is_sought(guint32 key)
{
    guint n;
    const im_reading *readings = gaz_readings(real, key, &n);
    for (guint i = 0; i < n; i++)
        if (readings[i].kind != IM_NAME_DEMONYM && readings[i].kind != IM_NAME_POSTAL)
            return TRUE;
    return FALSE;
}

/* Whatever is edited, and wherever, the key is found again. */
static void test_similar_finds(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    g_autoptr(GArray) similar = g_array_new(FALSE, FALSE, sizeof(gaz_similar));
    for (guint i = 0; i < 10000; i++) {
        guint32 key = (guint32)g_rand_int_range(random, 0, (gint32)real->n_keys);
        const char *text = gaz_key_text(real, key);
        guint edits = 1 + i % 2;
        if (g_utf8_strlen(text, -1) < 2 + 2 * (glong)edits || !is_sought(key))
            continue;
        g_autofree char *typed = edited(random, text, edits);
        edit_pattern pattern;
        edit_pattern_init(&pattern, typed);
        guint distance = edit_distance(&pattern, text, edits);
        if (distance > edits || gaz_most_edits(typed) < edits) /* a letter was touched twice */
            continue;
        g_array_set_size(similar, 0);
        gaz_find_similar(real, typed, edits, similar);
        g_test_message("%s: %s", typed, text);
        g_assert_cmpuint(edits_of(similar, key), ==, distance);
    }
}

/* Nothing is missing, and nothing too much, in all that is compared one by one. */
static void test_similar_is_complete(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (guint i = 0; i < 24; i++) {
        g_autoptr(GArray) similar = g_array_new(FALSE, FALSE, sizeof(gaz_similar));
        guint most = 1 + i % 2, n = 0;
        g_autofree char *typed = NULL;
        do {
            g_free(typed);
            guint32 key = (guint32)g_rand_int_range(random, 0, (gint32)real->n_keys);
            typed = edited(random, gaz_key_text(real, key), 1);
        } while (gaz_most_edits(typed) < most);
        gaz_find_similar(real, typed, most, similar);
        edit_pattern pattern;
        edit_pattern_init(&pattern, typed);
        for (guint32 key = 0; key < real->n_keys; key++) {
            if (edit_distance(&pattern, gaz_key_text(real, key), most) > most || !is_sought(key))
                continue;
            g_test_message("%s: %s", typed, gaz_key_text(real, key));
            g_assert_cmpuint(edits_of(similar, key), <=, most);
            n++;
        }
        g_assert_cmpuint(similar->len, ==, n);
    }
}

/* The distance in bits is the one in a table: patterns of more than 64 letters are the others. */
static void test_distances(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    g_autofree char *longer = g_strnfill(60, 'x');
    for (guint i = 0; i < 20000; i++) {
        char a[12] = {0}, b[12] = {0};
        for (gint j = g_rand_int_range(random, 1, 11); j > 0; j--)
            a[j - 1] = (char)g_rand_int_range(random, 'a', 'd');
        for (gint j = g_rand_int_range(random, 0, 11); j > 0; j--)
            b[j - 1] = (char)g_rand_int_range(random, 'a', 'd');
        g_autofree char *long_a = g_strconcat(longer, a, longer, NULL);
        g_autofree char *long_b = g_strconcat(longer, b, longer, NULL);
        edit_pattern in_bits, in_table;
        edit_pattern_init(&in_bits, a);
        edit_pattern_init(&in_table, long_a);
        guint most = (guint)g_rand_int_range(random, 0, 12);
        g_assert_cmpuint(edit_distance(&in_bits, b, most), ==,
                         edit_distance(&in_table, long_b, most));
    }
}

static char *first_answer(const char *name, const im_locate_options *options)
{
    g_autoptr(GArray) found = im_gazetteer_locate(real, name, options);
    if (found->len == 0)
        return g_strdup("");
    const im_located *l = &g_array_index(found, im_located, 0);
    im_place p = im_gazetteer_place(real, l->place);
    return g_strdup_printf("%s, %s, %s ~%u", p.name, im_gazetteer_place_name(real, p.admin1),
                           p.country_code, l->edits);
}

static void test_misspelt(void)
{
    static const im_lonlat massachusetts = {-72.6, 42.1};
    static const struct {
        const char *name;
        im_locate_options options;
        const char *first;
    } cases[] = {
        {"Guadalahara", {0}, "Guadalajara, Jalisco, MX ~1"},
        {"Guadalahara", {.country = "ES"}, "Guadalajara, Castille-La Mancha, ES ~1"},
        {"Taplapa, Jalisco", {0}, "Tapalpa, Jalisco, MX ~1"},
        {"Tapalpa, Jalsico", {0}, "Tapalpa, Jalisco, MX ~1"},
        {"Taplapa, Jalsico, Mexcio", {0}, "Tapalpa, Jalisco, MX ~3"},
        {"Taplapa", {.admin1 = "Jalisco"}, "Tapalpa, Jalisco, MX ~1"},
        {"Tapalpa", {.country = "ES"}, "Tafalla, Navarre, ES ~2"},
        {"Sprinfgield", {.near = &massachusetts}, "Springfield, Massachusetts, US ~1"},
        {"Sao Paullo", {0}, "São Paulo, São Paulo, BR ~1"},
        {"Saint Petresburg", {.country = "US"}, "St. Petersburg, Florida, US ~1"},
        {"Kabull", {0}, "Kabul, Kabul, AF ~1"},
        {"Tegucigapla", {0}, "Tegucigalpa, Francisco Morazán, HN ~1"},
        {"Tegucgapla", {0}, "Tegucigalpa, Francisco Morazán, HN ~2"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        im_locate_options options = cases[i].options;
        options.fuzzy = TRUE;
        g_autofree char *first = first_answer(cases[i].name, &options);
        g_test_message("%s", cases[i].name);
        g_assert_cmpstr(first, ==, cases[i].first);
    }
}

static void test_long_names(void)
{
    g_autoptr(GString) name = g_string_new("Tapalpa");
    for (guint i = 0; i < 1000000; i++)
        g_string_append_c(name, ',');
    const im_locate_options options = {.fuzzy = TRUE};
    g_autoptr(GArray) found = im_gazetteer_locate(real, name->str, &options);
    g_assert_cmpuint(found->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(im_gazetteer) gazetteer = gazetteer_of(IM_GEODATA);
    real = gazetteer;
    g_test_add_func("/locate/keys", test_keys);
    g_test_add_func("/locate/batch", test_batch);
    g_test_add_func("/locate/limit", test_limit);
    g_test_add_func("/locate/given_country", test_given_country);
    g_test_add_func("/locate/similar_finds", test_similar_finds);
    g_test_add_func("/locate/similar_is_complete", test_similar_is_complete);
    g_test_add_func("/locate/distances", test_distances);
    g_test_add_func("/locate/misspelt", test_misspelt);
    g_test_add_func("/locate/long_names", test_long_names);
    return g_test_run();
}
