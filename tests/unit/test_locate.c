/* Looking up many names, in the gazetteer of the committed tables. */
#include "gazetteer/key.h"
#include "gazetteer/priv.h"
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
    for (guint32 i = 0; i < 40000; i++) {
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
    for (guint32 i = 0; i < real->n_places; i++) {
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
    g_test_add_func("/locate/long_names", test_long_names);
    return g_test_run();
}
