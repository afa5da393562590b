/* Items of feeds as reports; which addresses may be asked. What servers do is in tests/feeds. */
#include "feed/items.h"

#include <incmap/feed.h>
#include <string.h>

static char *items_of(const char *xml, GPtrArray *faults, GError **error)
{
    g_autoptr(GString) body = g_string_new(xml);
    static const im_read_options none = {0};
    return im_feed_items("https://a.example/x", body, &none, faults, error);
}

static void test_items(void)
{
    static const struct {
        const char *xml, *lines;
    } cases[] = {
        {"<rss><channel><title>P</title><item><guid>g 1</guid><title>T</title>"
         "<link>https://a.example/1</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>"
         "<description>&lt;p&gt;Two &amp;amp; "
         "three.&lt;/p&gt;</description></item></channel></rss>",
         "{\"id\":\"feed:https://a.example/x#g 1\",\"title\":\"T\",\"date\":\"2026-03-04\","
         "\"url\":\"https://a.example/1\",\"publisher\":\"P\",\"text\":\"Two & three.\"}\n"},
        {"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"es\"><entry><id>urn:1</id>"
         "<content type=\"text\">Dos.</content></entry></feed>\n<!-- cached -->",
         "{\"id\":\"feed:https://a.example/x#urn:1\",\"language\":\"es\",\"text\":\"Dos.\"}\n"},
        {"<rss><channel><item><link>https://a.example/2</link><title>T</title></item></channel></"
         "rss>",
         "{\"id\":\"feed:https://a.example/x#https://a.example/2\",\"title\":\"T\","
         "\"url\":\"https://a.example/2\",\"text\":\"T\"}\n"},
        {"<rss><channel></channel></rss>", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *lines = items_of(cases[i].xml, faults, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(lines, ==, cases[i].lines);
        g_assert_cmpuint(faults->len, ==, 0);
    }
}

/* An item without a name keeps the one that it is given, wherever it stands in the feed. */
static void test_nameless(void)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *one = items_of("<rss><channel><item><description>One.</description></item>"
                                    "</channel></rss>",
                                    faults, NULL);
    g_autofree char *two = items_of("<rss><channel><item><description>Two.</description></item>"
                                    "<item><description>One.</description></item></channel></rss>",
                                    faults, NULL);
    g_assert_nonnull(one);
    g_assert_true(g_str_has_suffix(two, one));
    g_assert_false(g_str_has_prefix(two, one));
}

static void test_faults(void)
{
    static const char *const none[] = {"", "<rss><channel><item><title>T</title></item>",
                                       "<html><body>Moved</body></html>",
                                       "<rss><channel><item><title>T</ti", "text </rss>"};
    for (guint i = 0; i < G_N_ELEMENTS(none); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_assert_null(items_of(none[i], faults, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_FORMAT);
        g_assert_true(g_str_has_prefix(error->message, "https://a.example/x"));
    }
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *lines =
        items_of("<rss><channel>\n<item><title>A & B</title></item></channel></rss>", faults, NULL);
    g_assert_nonnull(lines);
    g_assert_cmpuint(faults->len, ==, 1);
    g_assert_true(g_str_has_prefix(faults->pdata[0], "https://a.example/x:2: "));
}

static void test_addresses(void)
{
    static const char *const good[] = {"http://a.example/x", "HTTPS://a.example",
                                       "http://[::1]:8080/x?y#z"};
    static const char *const bad[] = {"",
                                      "a.example",
                                      "ftp://a.example/x",
                                      "file:///etc/passwd",
                                      "http:///x",
                                      "http://a:b@c.example/",
                                      "http://a.example/\n",
                                      "http://\xff.example/"};
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(im_feed_check(good[i], NULL));
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(im_feed_check(bad[i], &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/feed/items", test_items);
    g_test_add_func("/feed/nameless", test_nameless);
    g_test_add_func("/feed/faults", test_faults);
    g_test_add_func("/feed/addresses", test_addresses);
    return g_test_run();
}
