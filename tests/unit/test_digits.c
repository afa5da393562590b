/* Numbers and strings of JSON against printf and by hand. */
#include "base/digits.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static void check_fixed(double value, int decimals)
{
    char fast[IM_DIGITS_MAX + 1], slow[64], format[8];
    char *end = im_put_fixed(fast, value, decimals);
    if (!end) /* it may pass, but only on what it may */
        return;
    *end = '\0';
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(slow, sizeof slow, format, value);
    if (strchr(slow, '.')) {
        char *last = slow + strlen(slow) - 1;
        while (*last == '0')
            *last-- = '\0';
        if (*last == '.')
            *last = '\0';
    }
    g_assert_cmpstr(fast, ==, strcmp(slow, "-0") == 0 ? "0" : slow);
}

/* Every hundred-thousandth of a degree in places, and scores. */
static void test_fixed(void)
{
    for (int e5 = -18000000; e5 <= 18000000; e5 += 997)
        check_fixed(e5 / 1e5, 5);
    for (int i = 0; i <= 1000000; i++)
        check_fixed(i / 999983.0, 3);
    for (int decimals = 0; decimals <= 6; decimals++)
        for (double value = 1e-7; value < 1e10; value *= 1.37)
            check_fixed(-value, decimals);
}

/* Coordinates are what it is for: there it must not pass. */
static void test_fixed_writes(void)
{
    char digits[IM_DIGITS_MAX];
    for (int e5 = -18000000; e5 <= 18000000; e5 += 101)
        g_assert_nonnull(im_put_fixed(digits, e5 / 1e5, 5));
    g_assert_null(im_put_fixed(digits, 0.0005, 3));
    g_assert_null(im_put_fixed(digits, 1e9, 0));
    g_assert_null(im_put_fixed(digits, NAN, 0));
    g_assert_null(im_put_fixed(digits, -INFINITY, 0));
}

static void test_uint(void)
{
    static const guint64 values[] = {0,   9,     10,      99,          100,
                                     101, 12345, 1000000, G_MAXUINT32, G_MAXUINT64};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        char digits[IM_DIGITS_MAX];
        g_autofree char *expected = g_strdup_printf("%" G_GUINT64_FORMAT, values[i]);
        *im_put_uint(digits, values[i]) = '\0';
        g_assert_cmpstr(digits, ==, expected);
    }
}

static void check_get(const char *text)
{
    char *end, *end_of_slow;
    const double fast = im_get_number(text, &end), slow = g_ascii_strtod(text, &end_of_slow);
    g_assert_cmpmem(&fast, sizeof fast, &slow, sizeof slow);
    g_assert_true(end == end_of_slow);
}

/* Random strings of what numbers are made of, and what stands behind them: the same bits, the same end. */
static void test_get(void)
{
    static const char *const cases[] = {"",       "-",      ".5",   "1.",  "-0",     "-0.0",
                                        "+1",     " 1",     "0x1A", "1e5", "1.5e-3", "inf",
                                        "-103.5", "4.0 km", "5km",  "1,5", "1.5.3"};
    static const char letters[] = "0123456789012345678901234567890123456789.-e x,";
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        check_get(cases[i]);
    for (guint round = 0; round < 200000; round++) {
        char text[24] = "";
        const gsize len = (gsize)g_rand_int_range(rand, 0, sizeof text);
        for (gsize i = 0; i < len; i++)
            text[i] = letters[g_rand_int_range(rand, 0, sizeof letters - 1)];
        check_get(text);
    }
    for (int e5 = -18000000; e5 <= 18000000; e5 += 997) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        check_get(g_ascii_formatd(text, sizeof text, "%.5f", e5 / 1e5));
    }
}

#define BAD "\xEF\xBF\xBD"

static void test_string(void)
{
    static const struct {
        const char *value;
        gsize len;
        const char *json;
    } cases[] = {
        {"", 0, "\"\""},
        {"Tapalpa", 7, "\"Tapalpa\""},
        {"Tlajomulco de Zúñiga", 22, "\"Tlajomulco de Zúñiga\""},
        {"12345678", 8, "\"12345678\""},
        {"1234567\"", 8, "\"1234567\\\"\""},
        {"123456789\\", 10, "\"123456789\\\\\""},
        {"\t\r\n\x01\x1f\x7f/", 7, "\"\\t\\r\\n\\u0001\\u001f\\u007f/\""},
        {"a\0b", 3, "\"a" BAD "b\""},
        {"12345678\0", 9, "\"12345678" BAD "\""},
        {"\xC3(", 2, "\"" BAD "(\""},
        {"Zamora\xFF\"", 8, "\"Zamora" BAD "\\\"\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *json = g_malloc(IM_JSON_STRING_MAX(cases[i].len));
        *im_put_json_string(json, cases[i].value, cases[i].len) = '\0';
        g_assert_cmpstr(json, ==, cases[i].json);
    }
}

static void check_escape(guint c, gsize at, gsize len)
{
    g_autofree char *value = g_malloc(len), *json = g_malloc(IM_JSON_STRING_MAX(len));
    memset(value, 'a', len); /* no byte behind it is to be read */
    value[at] = (char)c;
    char *end = im_put_json_string(json, value, len);
    const gboolean plain = c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
    const gboolean is_short = c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t';
    g_assert_cmpuint((gsize)(end - json), ==, len + (plain ? 2 : is_short ? 3 : 7));
    g_assert_cmpint(json[1 + at], ==, plain ? (int)c : '\\');
    for (gsize i = 0; i < len; i++)
        g_assert_true(i == at || json[1 + i + (i > at ? (gsize)(end - json) - 2 - len : 0)] == 'a');
    g_assert_cmpint(end[-1], ==, '"');
}

/* Each byte at each place of a string of each length, whatever the pieces that are looked at at once. */
static void test_escapes_everywhere(void)
{
    for (guint c = 1; c < 0x80; c++)
        for (gsize len = 1; len <= 35; len++)
            for (gsize at = 0; at < len; at++)
                check_escape(c, at, len);
}

static void test_count(void)
{
    char digits[IM_DIGITS_MAX];
    for (gint64 value = -2; value < 20000; value++) {
        g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, value);
        *im_put_count(digits, value) = '\0';
        g_assert_cmpstr(digits, ==, value < 0 ? "null" : expected);
    }
}

/* im_put_words() a byte at a time. */
static char *slow_words(const char *text, gsize len)
{
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < len; i++)
        if (!g_ascii_isspace(text[i]))
            g_string_append_c(out, text[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    return g_string_free(out, FALSE);
}

/* Random strings of few letters, so that spaces meet at every place of eight; in place, too. */
static void test_words(void)
{
    static const char letters[] = "a!\xC3  \n\t\x01z";
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (guint round = 0; round < 20000; round++) {
        char text[40], out[sizeof text + 1];
        const gsize len = (gsize)g_rand_int_range(rand, 0, sizeof text);
        const int rare =
            g_rand_int_range(rand, 1, 12); /* most are letters: eights without a stop */
        for (gsize i = 0; i < len; i++)
            text[i] = g_rand_int_range(rand, 0, rare)
                          ? 'a'
                          : letters[g_rand_int_range(rand, 0, sizeof letters - 1)];
        g_autofree char *expected = slow_words(text, len);
        *im_put_words(out, text, len) = '\0';
        g_assert_cmpstr(out, ==, expected);
        memcpy(out, text, len);
        *im_put_words(out, out, len) = '\0';
        g_assert_cmpstr(out, ==, expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digits/fixed", test_fixed);
    g_test_add_func("/digits/fixed_writes", test_fixed_writes);
    g_test_add_func("/digits/uint", test_uint);
    g_test_add_func("/digits/count", test_count);
    g_test_add_func("/digits/string", test_string);
    g_test_add_func("/digits/escapes_everywhere", test_escapes_everywhere);
    g_test_add_func("/digits/words", test_words);
    g_test_add_func("/digits/get", test_get);
    return g_test_run();
}
