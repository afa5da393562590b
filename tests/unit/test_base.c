#include "base/arena.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/search.h"
#include "base/utf8.h"

#include <glib/gstdio.h>
#include <incmap/date.h>
#include <incmap/error.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static void test_days(void)
{
    static const struct {
        int year, month, day, weekday;
        const char *iso;
    } cases[] = {
        {1, 1, 1, 1, "0001-01-01"},      {1970, 1, 1, 4, "1970-01-01"},
        {2000, 2, 29, 2, "2000-02-29"},  {2026, 2, 22, 7, "2026-02-22"},
        {2026, 2, 23, 1, "2026-02-23"},  {2024, 12, 31, 2, "2024-12-31"},
        {9999, 12, 31, 5, "9999-12-31"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char iso[IM_DAY_ISO_SIZE];
        int year, month, day;
        im_day d = im_day_from_ymd(cases[i].year, cases[i].month, cases[i].day);
        g_assert_cmpstr(im_day_format_iso(d, iso), ==, cases[i].iso);
        g_assert_cmpuint(im_day_parse_iso(cases[i].iso), ==, d);
        g_assert_cmpint(im_day_weekday(d), ==, cases[i].weekday);
        im_day_to_ymd(d, &year, &month, &day);
        g_assert_cmpint(year, ==, cases[i].year);
        g_assert_cmpint(month, ==, cases[i].month);
        g_assert_cmpint(day, ==, cases[i].day);
    }
    g_assert_cmpuint(im_day_from_ymd(2026, 3, 1) - im_day_from_ymd(2026, 2, 28), ==, 1);
    g_assert_cmpuint(im_day_from_ymd(2024, 3, 1) - im_day_from_ymd(2024, 2, 28), ==, 2);
}

/* Around new year, as ISO 8601 and the calendars have them; 2026 has 53 weeks. */
static void test_weeks(void)
{
    static const struct {
        const char *day;
        int year, week;
    } cases[] = {
        {"2026-02-20", 2026, 8},  {"2026-02-22", 2026, 8},  {"2026-02-23", 2026, 9},
        {"2025-12-28", 2025, 52}, {"2025-12-29", 2026, 1},  {"2026-01-01", 2026, 1},
        {"2026-12-31", 2026, 53}, {"2027-01-03", 2026, 53}, {"2027-01-04", 2027, 1},
        {"2021-01-01", 2020, 53}, {"2024-12-30", 2025, 1},  {"0001-01-01", 1, 1},
        {"9999-12-31", 9999, 52},
    };
    int year, week;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        im_day_to_iso_week(im_day_parse_iso(cases[i].day), &year, &week);
        g_assert_cmpint(year, ==, cases[i].year);
        g_assert_cmpint(week, ==, cases[i].week);
    }
    im_day_to_iso_week(IM_DAY_NONE, &year, &week);
    g_assert_cmpint(year + week, ==, 0);
}

static void test_no_days(void)
{
    static const int cases[][3] = {{2026, 11, 31}, {2026, 2, 29}, {1900, 2, 29}, {0, 1, 1},
                                   {10000, 1, 1},  {2026, 0, 1},  {2026, 13, 1}, {2026, 1, 0},
                                   {2026, 1, 32},  {-1, -1, -1}};
    char iso[IM_DAY_ISO_SIZE];
    int year, month, day;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(im_day_from_ymd(cases[i][0], cases[i][1], cases[i][2]), ==, IM_DAY_NONE);
    g_assert_cmpstr(im_day_format_iso(IM_DAY_NONE, iso), ==, "");
    g_assert_cmpint(im_day_weekday(IM_DAY_NONE), ==, 0);
    im_day_to_ymd(IM_DAY_NONE, &year, &month, &day);
    g_assert_cmpint(year + month + day, ==, 0);
}

static void test_parse_iso(void)
{
    static const struct {
        const char *text;
        gboolean valid;
    } cases[] = {
        {"2026-02-23", TRUE},
        {"2026-02-23T10:00Z", TRUE},
        {"2026-02-23 and on", TRUE},
        {"2026-02-230", FALSE},
        {"2026-2-23", FALSE},
        {"2026-02-2", FALSE},
        {"2026-02-30", FALSE},
        {"26-02-23", FALSE},
        {" 2026-02-23", FALSE},
        {"2026/02/23", FALSE},
        {"", FALSE},
        {"2026-02-", FALSE},
        {"\u0662026-02-23", FALSE},
    };
    g_assert_cmpuint(im_day_parse_iso(NULL), ==, IM_DAY_NONE);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(im_day_parse_iso(cases[i].text), ==,
                         cases[i].valid ? im_day_from_ymd(2026, 2, 23) : IM_DAY_NONE);
}

static void test_days_in_month(void)
{
    static const int cases[][3] = {{2026, 2, 28}, {2024, 2, 29},  {1900, 2, 28}, {2000, 2, 29},
                                   {2026, 4, 30}, {2026, 12, 31}, {2026, 0, 0},  {2026, 13, 0},
                                   {0, 1, 0},     {10000, 1, 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(im_days_in_month(cases[i][0], cases[i][1]), ==, cases[i][2]);
}

static void test_fold(void)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"Tlaquepaque", "tlaquepaque"},
        {"TLAQUEPAQUE", "tlaquepaque"},
        {"Querétaro", "queretaro"},
        {"Quere\xCC\x81taro", "queretaro"},
        {"Łódź", "lodz"},
        {"Straße", "strasse"},
        {"Diyarbakır", "diyarbakir"},
        {"İstanbul", "istanbul"},
        {"Æbeltoft Øst Þórshöfn", "aebeltoft ost thorshofn"},
        {"N’Djamena", "ndjamena"},
        {"O'Higgins", "ohiggins"},
        {"Nukuʻalofa", "nukualofa"},
        {"Ａｃａｐｕｌｃｏ", "acapulco"},
        {"Київ", "киів"},
        {"東京", "東京"},
        {"ﬁn", "fin"},
        {"a.m. 2,500", "a.m. 2,500"},
        {"", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char out[64];
        gsize n = im_fold(cases[i].text, strlen(cases[i].text), out, sizeof out - 1);
        out[n] = '\0';
        g_assert_cmpstr(out, ==, cases[i].folded);
    }
}

/* Whatever the room: no byte behind it, never half a character, always a prefix of the whole. */
static void test_fold_room(void)
{
    const char *text = "Ærø Łódź 東京 Київ ﬁn";
    char whole[64];
    gsize len = im_fold(text, strlen(text), whole, sizeof whole);
    for (gsize room = 0; room <= len; room++) {
        char out[64];
        memset(out, '#', sizeof out);
        gsize n = im_fold(text, strlen(text), out, room);
        g_assert_cmpuint(n, <=, room);
        g_assert_true(g_utf8_validate(out, (gssize)n, NULL));
        for (gsize i = n; i < sizeof out; i++)
            g_assert_cmpint(out[i], ==, '#');
    }
}

static void test_repair(void)
{
    static const struct {
        const char *bytes;
        gsize len, replaced;
        const char *repaired;
    } cases[] = {
        {"abc", 3, 0, "abc"},
        {"", 0, 0, ""},
        {"a\xFFz", 3, 1, "a\xEF\xBF\xBDz"},
        {"a\0z", 3, 1, "a\xEF\xBF\xBDz"},
        {"\xC3\xA9\xC3", 3, 1, "é\xEF\xBF\xBD"},
        {"\xED\xA0\x80", 3, 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize len, replaced;
        g_autofree char *got = im_utf8_repair(cases[i].bytes, cases[i].len, &len, &replaced);
        g_assert_cmpstr(got, ==, cases[i].repaired);
        g_assert_cmpuint(len, ==, strlen(cases[i].repaired));
        g_assert_cmpuint(replaced, ==, cases[i].replaced);
    }
}

static void test_offsets(void)
{
    const char *text = "é東a𝄞z";
    static const gsize offsets[] = {0, 2, 5, 6, 10, 11, 11};
    gsize len = strlen(text);
    g_assert_cmpuint(im_utf8_length(text, len), ==, 5);
    g_assert_cmpuint(im_utf8_length(text, 0), ==, 0);
    for (gsize n = 0; n < G_N_ELEMENTS(offsets); n++)
        g_assert_cmpuint(im_utf8_offset(text, len, n), ==, offsets[n]);
}

/* A character of one to three bytes, or one that is cut, at each place of a text of each length. */
static void test_utf8_everywhere(void)
{
    static const char *const pieces[] = {"a", "é", "“", "\xC3", "\xE2\x80", "\x80", "\xED\xA0\x80"};
    for (gsize p = 0; p < G_N_ELEMENTS(pieces); p++)
        for (gsize before = 0; before < 36; before++)
            for (gsize behind = 0; behind < 36; behind++) {
                const gsize size = strlen(pieces[p]), len = before + size + behind;
                g_autofree char *text = g_malloc(len); /* no byte behind it is to be read */
                const char *end;
                memset(text, 'a', len);
                memcpy(text + before, pieces[p], size);
                const gboolean valid = g_utf8_validate_len(text, len, &end);
                g_assert_cmpuint(im_utf8_valid_bytes(text, len), ==, (gsize)(end - text));
                if (valid)
                    g_assert_cmpuint(im_utf8_length(text, len), ==, before + 1 + behind);
            }
}

/* Every key in every table of up to 40 structs. */
static void test_lower_bound(void)
{
    typedef struct thing {
        char other;
        guint32 key;
    } thing;
    for (guint n = 0; n <= 40; n++) {
        g_autofree thing *things = g_new0(thing, n);
        for (guint i = 0; i < n; i++)
            things[i].key = 2 * i + 1;
        for (guint32 least = 0; least < 90; least++)
            g_assert_cmpuint(
                im_lower_bound(things, sizeof(thing), G_STRUCT_OFFSET(thing, key), n, least), ==,
                MIN(least / 2, n));
    }
}

static void test_json(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "text");
    im_json_string(&json, "a\"b\\c\n\t\x01\x7f é \xFF");
    im_json_key(&json, "none");
    im_json_string(&json, NULL);
    im_json_key(&json, "list");
    im_json_open(&json, '[');
    im_json_int(&json, G_MININT64);
    im_json_int(&json, 1);
    im_json_open(&json, '{');
    im_json_close(&json, '}');
    im_json_null(&json);
    im_json_close(&json, ']');
    im_json_key(&json, "last");
    im_json_int(&json, 0);
    im_json_close(&json, '}');
    g_assert_cmpstr(out->str, ==,
                    "{\"text\":\"a\\\"b\\\\c\\n\\t\\u0001\\u007f é \xEF\xBF\xBD\",\"none\":null,"
                    "\"list\":[-9223372036854775808,1,{},null],\"last\":0}");
}

static void test_json_numbers(void)
{
    static const struct {
        double value;
        int decimals;
        const char *written;
    } cases[] = {
        {0, 5, "0"},
        {-0.0, 5, "0"},
        {-0.000001, 5, "0"},
        {19.94445, 5, "19.94445"},
        {-103.758530, 5, "-103.75853"},
        {1.5, 0, "2"},
        {100, 2, "100"},
        {1e20, 1, "100000000000000000000"},
        {0.1, 17, "0.10000000000000001"},
        {1.0 / 3, 3, "0.333"},
        {NAN, 2, "null"},
        {INFINITY, 2, "null"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        im_json json = im_json_to(out);
        im_json_number(&json, cases[i].value, cases[i].decimals);
        g_assert_cmpstr(out->str, ==, cases[i].written);
    }
}

/* The quick way to write a short number gives what printf gives. */
static void test_json_short_numbers(void)
{
    for (guint i = 0; i < 200000; i++) {
        double value = g_test_rand_double_range(-200, 200);
        int decimals = g_test_rand_int_range(0, 7);
        if (i % 4 == 0) /* on and beside halves */
            value = (floor(value * 1e5) + 0.5) / 1e5;
        g_autofree char *printed = g_strdup_printf("%.*f", decimals, value);
        double back = g_ascii_strtod(printed, NULL);
        g_autoptr(GString) out = g_string_new(NULL);
        im_json json = im_json_to(out);
        im_json_number(&json, value, decimals);
        g_assert_cmpfloat(g_ascii_strtod(out->str, NULL), ==, back);
        g_assert_true(g_str_has_prefix(printed, out->str) || back == 0);
    }
}

/* A decimal comma of the user's locale must not reach a file. */
static void test_json_locale(void)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
        g_test_skip("no locale with a decimal comma");
        return;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    im_json json = im_json_to(out);
    im_json_number(&json, 1.5, 2);
    setlocale(LC_ALL, "C");
    g_assert_cmpstr(out->str, ==, "1.5");
}

static void test_arena(void)
{
    g_autoptr(im_arena) arena = im_arena_new();
    static const gsize sizes[] = {0, 1, 7, 16, 17, 4096, 200000, 3};
    guint8 *blocks[G_N_ELEMENTS(sizes)];
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        blocks[i] = im_arena_alloc(arena, sizes[i]);
        g_assert_nonnull(blocks[i]);
        g_assert_cmpuint((uintptr_t)blocks[i] % _Alignof(max_align_t), ==, 0);
        for (gsize k = 0; k < sizes[i]; k++)
            g_assert_cmpuint(blocks[i][k], ==, 0);
        memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (gsize k = 0; k < sizes[i]; k++)
            g_assert_cmpuint(blocks[i][k], ==, i + 1);
    im_arena_free(NULL);
}

static void test_arena_grow(void)
{
    for (guint run = 0; run < 3; run++) { /* blocks are used again */
        g_autoptr(im_arena) arena = im_arena_new();
        guint32 *numbers = im_arena_room(arena, guint32, 1);
        for (guint32 n = 1, room = 1; n <= 100000; n++) {
            if (n > room) {
                room *= 2;
                numbers = im_arena_grow(arena, numbers, sizeof *numbers * (n - 1),
                                        sizeof *numbers * room);
            }
            numbers[n - 1] = n;
        }
        for (guint32 i = 0; i < 100000; i++)
            g_assert_cmpuint(numbers[i], ==, i + 1);
        const guint8 *zeros = im_arena_alloc(arena, 1000);
        for (guint i = 0; i < 1000; i++)
            g_assert_cmpuint(zeros[i], ==, 0);
    }
}

static void test_hash(void)
{
    static const char word[] = "guadalajara de buga";
    guint32 seen[sizeof word];
    for (gsize n = 0; n < sizeof word; n++) {
        g_autofree char *alone = g_strndup(word, n); /* so that no byte behind is read */
        seen[n] = im_hash_word(alone, n);
        for (gsize i = 0; i < n; i++)
            g_assert_cmpuint(seen[i], !=, seen[n]);
    }
    g_assert_cmpuint(im_hash_name("tapalpa", 7), ==, im_hash_word("tapalpa", 7));
    g_assert_cmpuint(im_hash_name("san blas", 8), ==,
                     im_hash_join(im_hash_word("san", 3), im_hash_word("blas", 4)));
    g_assert_cmpuint(im_hash_name("blas san", 8), !=, im_hash_name("san blas", 8));
}

static void assert_contents(const char *path, const char *expected)
{
    g_autofree char *bytes = NULL;
    g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    g_assert_cmpstr(bytes, ==, expected);
}

static void test_files(void)
{
    g_autofree char *folder = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.txt", NULL);
    g_autofree char *missing = g_build_filename(folder, "no", "a.txt", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(im_file_may_write(path, FALSE, &error));
    g_assert_true(im_file_write(path, "one", 3, FALSE, &error));
    assert_contents(path, "one");

    g_assert_false(im_file_write(path, "two", 3, FALSE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, path));
    g_clear_error(&error);
    assert_contents(path, "one");
    g_assert_true(im_file_write(path, "three", 5, TRUE, &error));
    assert_contents(path, "three");

    g_assert_false(im_file_write(missing, "x", 1, TRUE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);
    g_assert_nonnull(strstr(error->message, missing));
    g_clear_error(&error);
    g_assert_false(im_file_may_write(folder, TRUE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_SYSTEM);

    g_assert_cmpint(g_remove(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing was left beside it */
}

static void test_exit_codes(void)
{
    static const struct {
        im_error code;
        int exit_code;
    } cases[] = {
        {IM_ERROR_IO, 1},    {IM_ERROR_FORMAT, 1}, {IM_ERROR_LIMIT, 1},
        {IM_ERROR_USAGE, 2}, {IM_ERROR_DATA, 3},   {IM_ERROR_SYSTEM, 4},
    };
    g_assert_cmpint(im_error_exit_code(NULL), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = g_error_new_literal(IM_ERROR, (int)cases[i].code, "x");
        g_assert_cmpint(im_error_exit_code(error), ==, cases[i].exit_code);
    }
    g_autoptr(GError) foreign = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "x");
    g_assert_cmpint(im_error_exit_code(foreign), ==, 4);
}

/* Split by arithmetic, put together by GLib: the same for each day of the calendar. */
static void test_all_days(void)
{
    const im_day last = im_day_from_ymd(9999, 12, 31);
    g_assert_cmpuint(last, ==, 3652059);
    for (im_day d = 1; d <= last; d++) {
        int year, month, day;
        im_day_to_ymd(d, &year, &month, &day);
        g_assert_cmpuint(im_day_from_ymd(year, month, day), ==, d);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/days", test_days);
    g_test_add_func("/base/all_days", test_all_days);
    g_test_add_func("/base/no_days", test_no_days);
    g_test_add_func("/base/weeks", test_weeks);
    g_test_add_func("/base/parse_iso", test_parse_iso);
    g_test_add_func("/base/days_in_month", test_days_in_month);
    g_test_add_func("/base/fold", test_fold);
    g_test_add_func("/base/fold_room", test_fold_room);
    g_test_add_func("/base/repair", test_repair);
    g_test_add_func("/base/offsets", test_offsets);
    g_test_add_func("/base/utf8-everywhere", test_utf8_everywhere);
    g_test_add_func("/base/lower-bound", test_lower_bound);
    g_test_add_func("/base/json", test_json);
    g_test_add_func("/base/json_numbers", test_json_numbers);
    g_test_add_func("/base/json_short_numbers", test_json_short_numbers);
    g_test_add_func("/base/json_locale", test_json_locale);
    g_test_add_func("/base/arena", test_arena);
    g_test_add_func("/base/arena_grow", test_arena_grow);
    g_test_add_func("/base/hash", test_hash);
    g_test_add_func("/base/files", test_files);
    g_test_add_func("/base/exit_codes", test_exit_codes);
    return g_test_run();
}
