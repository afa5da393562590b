/* Names of stores: what is a database, which schema, and that no password is shown. */
#include "store/name.h"

#include <glib/gstdio.h>
#include <incmap/error.h>
#include <incmap/store.h>
#include <string.h>

static void test_names(void)
{
    static const struct {
        const char *text, *connection, *schema, *shown;
    } cases[] = {
        {"a.gpkg", NULL, NULL, "a.gpkg"},
        {"PG/a.GPKG", NULL, NULL, "PG/a.GPKG"},
        {"PG:", "PG:", "incmap", "PG:"},
        {"pg:dbname=news", "PG:dbname=news", "incmap", "PG:dbname=news"},
        {"PG: dbname = news  active_schema=a_1 port=5", "PG:dbname = news port=5", "a_1",
         "PG:dbname = news active_schema=a_1 port=5"},
        {"PG:active_schema='b' user='a b'", "PG:user='a b'", "b",
         "PG:active_schema='b' user='a b'"},
        {"PG:active_schema=a active_schema=b", "PG:", "b", "PG:active_schema=a active_schema=b"},
        {"PG:password=x dbname=news", "PG:password=x dbname=news", "incmap", "PG:dbname=news"},
        {"PG:dbname=news sslpassword = 'a \\' b' password=c\\ d", NULL, "incmap", "PG:dbname=news"},
        {"PG:dbname='password=x'", "PG:dbname='password=x'", "incmap", "PG:dbname='password=x'"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_auto(im_store_name) name = {0};
        g_assert_true(im_store_name_read(cases[i].text, &name, &error));
        g_assert_no_error(error);
        g_assert_cmpstr(name.schema, ==, cases[i].schema);
        g_assert_cmpstr(name.shown, ==, cases[i].shown);
        if (cases[i].connection)
            g_assert_cmpstr(name.connection, ==, cases[i].connection);
    }
}

static void test_no_names(void)
{
    static const char *const texts[] = {
        "",
        "a.db",
        "gpkg",
        "PG:secret",
        "PG:=secret",
        "PG:password=a secret",
        "PG:password='secret",
        "PG:user= password=secret",
        "PG:postgresql://user:secret@localhost/news",
        "PG:postgresql://user:secret@localhost/news?sslmode=require",
        "PG:active_schema=",
        "PG:active_schema=News password=secret",
        "PG:active_schema='a\"; DROP' password=secret",
        "PG:active_schema=1a",
        ("PG:active_schema="
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        GError *error = NULL;
        g_auto(im_store_name) name = {0};
        g_assert_false(im_store_name_read(texts[i], &name, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
        g_assert_null(strstr(error->message, "secret"));
        g_clear_error(&error);
    }
}

static void test_beside(void)
{
    g_autofree char *of_file = im_store_beside("a/b.gpkg", "feeds"),
                    *one = im_store_beside("PG:dbname=a password=b", "feeds"),
                    *same = im_store_beside("PG:dbname=a password=c", "feeds"),
                    *other = im_store_beside("PG:dbname=a active_schema=b", "feeds");
    g_assert_cmpstr(of_file, ==, "a/b.gpkg.feeds");
    g_assert_cmpstr(one, ==, same);
    g_assert_cmpstr(one, !=, other);
    g_assert_true(g_str_has_suffix(one, ".feeds"));
    g_autofree char *folder = g_path_get_dirname(one);
    g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = g_dir_make_tmp("incmap-state-XXXXXX", NULL);
    g_setenv("XDG_STATE_HOME", folder, TRUE);
    g_test_add_func("/store_name/names", test_names);
    g_test_add_func("/store_name/no_names", test_no_names);
    g_test_add_func("/store_name/beside", test_beside);
    const int code = g_test_run();
    g_rmdir(folder);
    return code;
}
