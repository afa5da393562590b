/* What the compiler is made of: text pools, ids, features, rows of CSV, lines of any length. */
#include "gazetteer_mini.h"

#include "gazetteer/csv.h"
#include "gazetteer/features.h"
#include "gazetteer/idmap.h"
#include "gazetteer/pool.h"
#include "gazetteer/stream.h"

#include <string.h>

static void test_pool(void)
{
    g_autoptr(gaz_pool) pool = gaz_pool_new();
    g_autoptr(GArray) offsets = g_array_new(FALSE, FALSE, sizeof(guint32));
    char text[64];
    g_assert_cmpuint(gaz_pool_add(pool, "", 0), ==, 0);
    const char *first = gaz_pool_at(pool, gaz_pool_add(pool, "Tapalpa", 7));
    for (guint i = 0; i < 500000; i++) { /* more than one piece */
        guint32 offset =
            gaz_pool_add(pool, text, (gsize)g_snprintf(text, sizeof text, "name %u", i));
        g_array_append_val(offsets, offset);
        g_assert_cmpuint(gaz_pool_add(pool, text, strlen(text)), ==, offset);
    }
    for (guint i = 0; i < offsets->len; i++) {
        g_snprintf(text, sizeof text, "name %u", i);
        g_assert_cmpstr(gaz_pool_at(pool, g_array_index(offsets, guint32, i)), ==, text);
    }
    g_assert_cmpstr(first, ==, "Tapalpa"); /* has not moved */
    g_assert_false(gaz_pool_is_full(pool));
    g_assert_nonnull(gaz_pool_piece(pool, 1, &(gsize){0}));
}

static void test_ids(void)
{
    static const guint32 ids[] = {0, 1, 4095, 4096, 3982461, G_MAXUINT32};
    g_autoptr(gaz_idmap) map = gaz_idmap_new();
    g_autoptr(gaz_idset) set = gaz_idset_new();
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_assert_cmpuint(gaz_idmap_get(map, ids[i]), ==, IM_PLACE_NONE);
        gaz_idmap_set(map, ids[i], i);
        g_assert_true(gaz_idset_add(set, ids[i]));
        g_assert_false(gaz_idset_add(set, ids[i]));
    }
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        g_assert_cmpuint(gaz_idmap_get(map, ids[i]), ==, i);
    g_assert_cmpuint(gaz_idmap_get(map, 2), ==, IM_PLACE_NONE);
}

static void test_features(void)
{
    static const struct {
        const char *list;
        char cls;
        const char *code;
        int kind; /* -1: left out */
    } cases[] = {
        {NULL, 'P', "PPLA2", IM_PLACE_TOWN},
        {NULL, 'P', "PPLH", -1},
        {NULL, 'A', "ADM1", IM_PLACE_ADMIN1},
        {NULL, 'A', "ADM3", IM_PLACE_ADMIN2},
        {NULL, 'A', "ADM2H", -1},
        {NULL, 'A', "PCLI", IM_PLACE_COUNTRY},
        {NULL, 'H', "LK", IM_PLACE_REGION},
        {NULL, 'H', "WLL", -1},
        {NULL, 'S', "AIRP", IM_PLACE_AIRPORT},
        {NULL, 'S', "HSP", -1},
        {"default,S.HSP", 'S', "HSP", IM_PLACE_REGION},
        {"default,HSP", 'P', "PPL", IM_PLACE_TOWN},
        {"H", 'H', "WLL", IM_PLACE_REGION},
        {"H", 'P', "PPL", -1},
        {"all", 'S', "SCH", IM_PLACE_REGION},
        {"all", 'P', "PPLQ", -1},
        {"all", '\0', "", -1},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(gaz_features) f = gaz_features_new(cases[i].list, NULL);
        im_place_kind kind;
        double radius_km;
        gboolean taken = gaz_features_take(f, cases[i].cls, cases[i].code, &kind, &radius_km);
        g_assert_cmpint(taken ? (int)kind : -1, ==, cases[i].kind);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(gaz_features_new("P,,H", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
}

static void test_csv(void)
{
    static const struct {
        const char *line, *fields; /* joined by | */
    } cases[] = {
        {"a,b,c", "a|b|c"},     {"", ""},           {",", "|"},
        {"\"a,b\",c", "a,b|c"}, {"\"\",x", "|x"},   {"\"say \"\"hi\"\"\",x", "say \"hi\"|x"},
        {"a,\"b", "a|b"},       {"a\"b\"c", "abc"}, {"a,b,", "a|b|"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *fields[4] = {0};
        g_autofree char *line = g_strdup(cases[i].line);
        guint n = gaz_csv_split(line, fields, 3);
        g_autofree char *joined = g_strjoinv("|", fields);
        g_assert_cmpstr(joined, ==, cases[i].fields);
        g_assert_cmpuint(n, ==, g_strv_length(fields));
    }
    char more[] = "a,b,c,d", *fields[2];
    g_assert_cmpuint(gaz_csv_split(more, fields, 2), ==, 4);
    g_assert_cmpstr(fields[1], ==, "b");
}

/* Byte order mark, CR LF, an empty line, one of more than there is room for, and no last line feed. */
static void test_lines(void)
{
    g_autoptr(GString) text = g_string_new("\xEF\xBB\xBF"
                                           "first\r\n\n");
    gsize before = text->len, len;
    g_string_set_size(text, before + 5 * GAZ_LINE_MAX);
    memset(text->str + before, 'x', 5 * GAZ_LINE_MAX);
    g_string_append(text, "\nlast");
    char path[] = "/tmp/incmap-lines-XXXXXX";
    int fd = g_mkstemp(path);
    g_assert_true(g_close(fd, NULL) && g_file_set_contents(path, text->str, text->len, NULL));
    g_autoptr(GError) error = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(path, &error);
    g_assert_cmpstr(gaz_lines_next(lines, &len, &error), ==, "first");
    g_assert_cmpstr(gaz_lines_next(lines, &len, &error), ==, "");
    const char *line = gaz_lines_next(lines, &len, &error);
    g_assert_cmpuint(strlen(line), ==, len);
    g_assert_true(len >= GAZ_LINE_MAX && len < 3 * GAZ_LINE_MAX && line[len - 1] == 'x');
    g_assert_cmpstr(gaz_lines_next(lines, &len, &error), ==, "last");
    g_assert_null(gaz_lines_next(lines, &len, &error));
    g_assert_no_error(error);
    g_assert_cmpint(g_unlink(path), ==, 0);
}

static void test_too_many_sources(void)
{
    const char *sources[40] = {0};
    for (guint i = 0; i + 1 < G_N_ELEMENTS(sources); i++)
        sources[i] = MINI_FOLDER;
    g_autoptr(GError) error = NULL;
    g_assert_false(im_gazetteer_build(sources, NULL, "/tmp/never.imgz", NULL, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
}

/* What became of the rows of each source. */
static void test_rows(void)
{
    g_autoptr(im_gazetteer) g = gazetteer_of(MINI_FOLDER);
    guint64 n_places = 0;
    g_assert_cmpuint(im_gazetteer_n_sources(g), ==, 8);
    for (guint i = 0; i < im_gazetteer_n_sources(g); i++) {
        im_gazetteer_source s = im_gazetteer_source_at(g, i);
        g_assert_cmpuint(s.rows, ==, s.taken + s.merged + s.left_out + s.rejected);
        n_places += s.n_places;
    }
    g_assert_cmpuint(n_places, ==, im_gazetteer_n_places(g));
    g_assert_true(im_gazetteer_check(g, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gazetteer_build/pool", test_pool);
    g_test_add_func("/gazetteer_build/ids", test_ids);
    g_test_add_func("/gazetteer_build/features", test_features);
    g_test_add_func("/gazetteer_build/csv", test_csv);
    g_test_add_func("/gazetteer_build/lines", test_lines);
    g_test_add_func("/gazetteer_build/too_many_sources", test_too_many_sources);
    g_test_add_func("/gazetteer_build/rows", test_rows);
    return g_test_run();
}
