/* The compiler's errors, and files that are not what it wrote. */
#include "gazetteer_mini.h"

#include "../fuzz/gazetteer_walk.h"

static char *mini;
static gsize mini_len;

/* Whether these bytes are accepted; refusal must be IM_ERROR_DATA. All that is accepted is read. */
static gboolean accepts(const char *bytes, gsize len, char **message)
{
    g_autoptr(GBytes) copy = g_bytes_new(bytes, len);
    g_autoptr(GError) error = NULL;
    g_autoptr(im_gazetteer) g = im_gazetteer_open_bytes(copy, "x", &error);
    if (message)
        *message = error ? g_strdup(error->message) : NULL;
    if (!g) {
        g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
        return FALSE;
    }
    gazetteer_walk(g);
    return TRUE;
}

static void test_truncated(void)
{
    for (gsize len = 0; len < mini_len; len++)
        g_assert_false(accepts(mini, len, NULL));
    g_assert_true(accepts(mini, mini_len, NULL));
    g_autofree char *longer = g_malloc0(mini_len + 8);
    memcpy(longer, mini, mini_len);
    g_assert_false(accepts(longer, mini_len + 8, NULL));
}

/* Cut where a section begins or ends, with a header that agrees. */
static void test_truncated_in_agreement(void)
{
    g_autofree char *bytes = g_memdup2(mini, mini_len);
    gaz_header *header = (gaz_header *)(void *)bytes;
    for (guint i = 0; i < GAZ_N_SECTIONS; i++) {
        header->file_size = header->sections[i].offset;
        g_assert_false(accepts(bytes, header->file_size, NULL));
    }
}

static void test_bit_flips(void)
{
    g_autofree char *bytes = g_memdup2(mini, mini_len);
    guint accepted = 0;
    for (gsize i = 0; i < mini_len; i++) {
        for (guint bit = 0; bit < 8; bit++) {
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            accepted += accepts(bytes, mini_len, NULL);
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
    }
    g_assert_cmpuint(accepted, <, mini_len * 8); /* much is only data, but not all of it */
}

static void test_check_sees_flips(void)
{
    for (gsize i = sizeof(gaz_header); i < mini_len; i += 7) {
        g_autofree char *bytes = g_memdup2(mini, mini_len);
        bytes[i] = (char)(bytes[i] ^ 1);
        g_autoptr(GBytes) copy = g_bytes_new(bytes, mini_len);
        g_autoptr(im_gazetteer) g = im_gazetteer_open_bytes(copy, "x", NULL);
        g_autoptr(GError) error = NULL;
        if (!g)
            continue;
        g_assert_false(im_gazetteer_check(g, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    }
    g_autoptr(GBytes) whole = g_bytes_new(mini, mini_len);
    g_autoptr(im_gazetteer) g = im_gazetteer_open_bytes(whole, "x", NULL);
    g_assert_true(im_gazetteer_check(g, NULL));
}

/* A sound file of which each word in turn points to nowhere is opened or refused, and read. */
static void test_wild_words(void)
{
    static const guint32 wild[] = {0xFFFFFFFFu, 0x7FFFFFFFu, 0x00010000u};
    g_autofree char *bytes = g_memdup2(mini, mini_len);
    for (gsize i = sizeof(gaz_header); i + 4 <= mini_len; i += 4) {
        for (guint w = 0; w < G_N_ELEMENTS(wild); w++) {
            memcpy(bytes + i, &wild[w], sizeof wild[w]);
            accepts(bytes, mini_len, NULL);
        }
        memcpy(bytes + i, mini + i, 4);
    }
    g_assert_true(memcmp(bytes, mini, mini_len) == 0 && accepts(bytes, mini_len, NULL));
}

/* What a message says of files that are something else. */
static void test_foreign(void)
{
    static const struct {
        gsize at;
        const char *bytes; /* put there */
        gsize n;
        const char *message;
    } cases[] = {
        {0, "PK\x03\x04", 4, "x: byte 0: not a compiled gazetteer"},
        {G_STRUCT_OFFSET(gaz_header, version), "\x01\x00", 2,
         "x: byte 8: made by another version of incmap; build it again"},
        {G_STRUCT_OFFSET(gaz_header, byte_order), "\x01\x02\x03\x04", 4,
         "x: byte 12: other byte order"},
        {G_STRUCT_OFFSET(gaz_header, sections[1].offset), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8,
         "x: byte 48: a section lies outside of the file"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *bytes = g_memdup2(mini, mini_len);
        g_autofree char *message = NULL;
        memcpy(bytes + cases[i].at, cases[i].bytes, cases[i].n);
        g_assert_false(accepts(bytes, mini_len, &message));
        g_assert_cmpstr(message, ==, cases[i].message);
    }
}

/* The fuzzer begins with a file of this version; after a change of format:
 * incmap gazetteer build tests/data/geodata-mini -o tests/fuzz/corpus/gazetteer/mini.imgz --overwrite */
static void test_seed_of_fuzzer(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(im_gazetteer) g =
        im_gazetteer_open(IM_TEST_DATA "/../fuzz/corpus/gazetteer/mini.imgz", &error);
    g_assert_no_error(error);
    g_assert_nonnull(g);
}

static void test_missing(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(im_gazetteer_open("/nonexistent/gazetteer.imgz", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    g_clear_error(&error);
    g_assert_null(im_gazetteer_open("/dev/null", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
}

static void test_default_path(void)
{
    g_setenv("INCMAP_GAZETTEER", "/some/where.imgz", TRUE);
    g_autofree char *set = im_gazetteer_default_path();
    g_assert_cmpstr(set, ==, "/some/where.imgz");
    g_unsetenv("INCMAP_GAZETTEER");
    g_autofree char *found = im_gazetteer_default_path();
    g_assert_true(g_str_has_suffix(found, "gazetteer.imgz"));
}

static void test_same_bytes(void)
{
    g_autofree char *path = gazetteer_compile(MINI_FOLDER);
    g_autofree char *bytes = NULL;
    gsize len;
    g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    g_assert_cmpuint(len, ==, mini_len);
    g_assert_true(memcmp(bytes, mini, len) == 0);
    g_assert_cmpint(g_unlink(path), ==, 0);
}

static const char *const tables[] = {
    "admin1.tsv", "admin2.tsv", "airports.tsv", "aliases.tsv", "countries.tsv",
    "names.tsv",  "places.tsv", "regions.tsv",  "sources.csv",
};

/* Writes the small tables to `folder`, in `table` the first `old` replaced by `new`; without that
 * table when `old` is NULL. */
static void write_tables(const char *folder, const char *table, const char *old, const char *new)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *from = g_build_filename(MINI_FOLDER, tables[i], NULL);
        g_autofree char *to = g_build_filename(folder, tables[i], NULL);
        g_autofree char *bytes = NULL;
        g_assert_true(g_file_get_contents(from, &bytes, NULL, NULL));
        g_unlink(to);
        g_autoptr(GString) text = g_string_new(bytes);
        if (strcmp(tables[i], table) == 0) {
            if (!old)
                continue;
            g_assert_cmpuint(g_string_replace(text, old, new, 1), ==, 1);
        }
        g_assert_true(g_file_set_contents(to, text->str, (gssize)text->len, NULL));
    }
}

static void remove_tables(const char *folder)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *path = g_build_filename(folder, tables[i], NULL);
        g_unlink(path);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void test_bad_tables(void)
{
    static const struct {
        const char *table, *old, *new, *message; /* message: behind the folder */
    } cases[] = {
        {"countries.tsv", NULL, NULL, "/countries.tsv: Failed to open file"},
        {"sources.csv", NULL, NULL, "/sources.csv: Failed to open file"},
        {"sources.csv", "file,", "files,", "/sources.csv:1: the columns should be: file,origin"},
        {"admin1.tsv", "code\t", "codes\t", "/admin1.tsv:1: the columns should be: code\tiso"},
        {"admin1.tsv", "MX.09\t", "ZZ.09\t", "/admin1.tsv:4: no place has the code \"ZZ\""},
        {"admin1.tsv", "MX.09\t", "MX.10\t", "/admin1.tsv:5: MX.10 stands here twice"},
        {"admin1.tsv", "MX-CMX", "MX-DUR", "/admin1.tsv:5: MX-DUR stands here twice"},
        {"admin2.tsv", "-103.76", "-203.76",
         "/admin2.tsv:4: \"-203.76\" is no number from -180 to 180"},
        {"admin2.tsv", "\t19.95", "", "/admin2.tsv:4: 5 fields where 6 are due"},
        {"places.tsv", "19.95", "nan", "/places.tsv:9: \"nan\" is no number from -90 to 90"},
        {"places.tsv", "\t5782", "\t-1", "/places.tsv:9: \"-1\" is no number from 0 to"},
        {"places.tsv", "\tTapalpa\t", "\t\t", "/places.tsv:9: a place without a name"},
        {"places.tsv", "3982461", "4005539", "/places.tsv:9: 4005539 stands here twice"},
        {"places.tsv", "14\t086", "14\t087", "/places.tsv:9: no place has the code \"MX.14.087\""},
        {"regions.tsv", "\tMX\n", "\tXX\n", "/regions.tsv:2: no place has the code \"XX\""},
        {"airports.tsv", "\tUS\tUS-GA", "\tUX\tUX-GA",
         "/airports.tsv:2: no place has the code \"UX\""},
        {"names.tsv", "G2867714", "G999", "/names.tsv:5: no place is \"G999\""},
        {"names.tsv", "Bayern", "B\xFF", "/names.tsv:4: invalid UTF-8"},
        {"aliases.tsv", "\talias\t", "\tnick\t", "/aliases.tsv:2: \"nick\" is no kind of name"},
        {"aliases.tsv", "CDMX\tMX.09", "CDMX\tMX.99", "/aliases.tsv:2: no place is \"MX.99\""},
    };
    g_autofree char *folder = g_dir_make_tmp("incmap-XXXXXX", NULL);
    g_autofree char *out = g_build_filename(folder, "out.imgz", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *expected = g_strconcat(folder, cases[i].message, NULL);
        write_tables(folder, cases[i].table, cases[i].old, cases[i].new);
        g_assert_false(
            im_gazetteer_build((const char *const[]){folder, NULL}, NULL, out, NULL, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
        g_test_message("%s", error->message);
        g_assert_true(g_str_has_prefix(error->message, expected) ||
                      strstr(error->message, cases[i].message));
        g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
    }
    remove_tables(folder);
}

/* CR LF, comments, blank lines and a missing last line feed are read as what they are. */
static void test_lenient_lines(void)
{
    g_autofree char *folder = g_dir_make_tmp("incmap-XXXXXX", NULL);
    write_tables(folder, "regions.tsv", "parent\n", "parent\r\n\n# a comment\n");
    g_autoptr(im_gazetteer) g = gazetteer_of(folder);
    g_assert_cmpuint(im_gazetteer_by_code(g, "R:bajio"), !=, IM_PLACE_NONE);
    remove_tables(folder);
}

static void test_cannot_write(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(im_gazetteer_build((const char *const[]){MINI_FOLDER, NULL}, NULL,
                                      "/nonexistent/x.imgz", NULL, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *path = gazetteer_compile(MINI_FOLDER);
    g_assert_true(g_file_get_contents(path, &mini, &mini_len, NULL));
    g_unlink(path);
    g_test_add_func("/gazetteer_file/truncated", test_truncated);
    g_test_add_func("/gazetteer_file/truncated_in_agreement", test_truncated_in_agreement);
    g_test_add_func("/gazetteer_file/bit_flips", test_bit_flips);
    g_test_add_func("/gazetteer_file/wild_words", test_wild_words);
    g_test_add_func("/gazetteer_file/check_sees_flips", test_check_sees_flips);
    g_test_add_func("/gazetteer_file/foreign", test_foreign);
    g_test_add_func("/gazetteer_file/seed_of_fuzzer", test_seed_of_fuzzer);
    g_test_add_func("/gazetteer_file/missing", test_missing);
    g_test_add_func("/gazetteer_file/default_path", test_default_path);
    g_test_add_func("/gazetteer_file/same_bytes", test_same_bytes);
    g_test_add_func("/gazetteer_file/bad_tables", test_bad_tables);
    g_test_add_func("/gazetteer_file/lenient_lines", test_lenient_lines);
    g_test_add_func("/gazetteer_file/cannot_write", test_cannot_write);
    int failed = g_test_run();
    g_free(mini);
    return failed;
}
