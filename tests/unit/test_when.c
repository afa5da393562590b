#include "incident/priv.h"

#include <string.h>

/* All dates of a text as "start[/stop] basis", joined by "; ". */
static char *dates_of(const char *bytes, im_language language, const char *published)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), language);
    g_autoptr(GArray) dates = g_array_new(FALSE, FALSE, sizeof(date_phrase));
    im_dates_find(text, 0, text->n_tokens, published ? im_day_parse_iso(published) : IM_DAY_NONE,
                  dates);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < dates->len; i++) {
        const date_phrase *d = &g_array_index(dates, date_phrase, i);
        char day[IM_DAY_ISO_SIZE];
        g_string_append_printf(out, "%s%s", out->len ? "; " : "", im_day_format_iso(d->start, day));
        if (d->stop != d->start)
            g_string_append_printf(out, "/%s", im_day_format_iso(d->stop, day));
        g_string_append_printf(out, " %s", im_date_basis_name(d->basis));
    }
    return g_string_free(out, FALSE);
}

typedef struct date_case {
    const char *text, *published, *dates;
} date_case;

static void check(const date_case *cases, gsize n, im_language language)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = dates_of(cases[i].text, language, cases[i].published);
        if (strcmp(got, cases[i].dates) != 0)
            g_error("\"%s\" (%s): expected \"%s\", got \"%s\"", cases[i].text, cases[i].published,
                    cases[i].dates, got);
    }
}

static void test_english(void)
{
    static const date_case cases[] = {
        {"on Sunday", "2026-02-24", "2026-02-22 weekday"},
        {"on Tuesday", "2026-02-24", "2026-02-24 weekday"},
        {"last Tuesday", "2026-02-24", "2026-02-17 weekday"},
        {"since Sunday 22 March", "2026-03-25", "2026-03-22 month_day"},
        {"on March 22, 2026", "2026-03-25", "2026-03-22 explicit"},
        {"on 9 JAN 90", "1990-01-10", "1990-01-09 explicit"},
        {"in December 2009", "2026-03-01", "2009-12-01/2009-12-31 explicit"},
        {"in March", "2025-11-25", "2025-03-01/2025-03-31 month_day"},
        {"in December", "2025-11-25", "2024-12-01/2024-12-31 month_day"},
        {"on 30 December", "2026-01-02", "2025-12-30 month_day"},
        {"on 29 February", "2026-01-02", "2024-02-29 month_day"},
        {"in 2020", "2026-02-23", "2020-01-01/2020-12-31 explicit"},
        {"yesterday and overnight", "2026-01-01", "2025-12-31 relative; 2026-01-01 relative"},
        {"last week", "2025-08-20", "2025-08-11/2025-08-17 relative"},
        {"last month", "2026-01-20", "2025-12-01/2025-12-31 relative"},
        {"three days ago", "2026-03-02", "2026-02-27 relative"},
        {"in the last 3 years", "2026-03-02", "2023-03-03/2026-03-02 relative"},
        {"it may march on", "2026-03-02", ""},
        {"31 November 2026", "2026-03-02", ""},
        {"between Monday 1 and Sunday 7 December", "2025-12-08", "2025-12-01/2025-12-07 month_day"},
        {"from 28 to 30 March 2026", "2026-04-02", "2026-03-28/2026-03-30 explicit"},
        {"on 22 and 23 March", "2026-03-25", "2026-03-22/2026-03-23 month_day"},
        {"on Sunday", NULL, ""},
        {"27/02/2026: two shot", "2026-03-02", "2026-02-27 explicit"},
        {"27/02 Zamora - two shot", "2026-03-02", "2026-02-27 month_day"},
        {"on 02/27/2026", "2026-03-02", "2026-02-27 explicit"},
        {"open 24/7 since 9/11", "2026-03-02", ""},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_EN);
}

static void test_spanish(void)
{
    static const date_case cases[] = {
        {"el 22 de marzo de 2026", "2026-03-25", "2026-03-22 explicit"},
        {"el pasado 20 de febrero", "2026-03-04", "2026-02-20 month_day"},
        {"la tarde de este miércoles", "2026-03-04", "2026-03-04 weekday"},
        {"el pasado domingo", "2026-03-04", "2026-03-01 weekday"},
        {"anoche y hoy", "2026-03-04", "2026-03-03 relative; 2026-03-04 relative"},
        {"en marzo de 2011", "2026-03-04", "2011-03-01/2011-03-31 explicit"},
        {"hace dos semanas", "2026-03-15", "2026-02-26/2026-03-04 relative"},
        {"del 16 al 18 de enero", "2026-01-19", "2026-01-16/2026-01-18 month_day"},
        {"el 03/01/26 en Zamora", "2026-01-28", "2026-01-03 explicit"},
        {"miércoles 28", "2026-01-28", "2026-01-28 weekday"},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_ES);
}

static void check_weekday(const char *words, im_language language, im_day published,
                          im_day expected)
{
    char day[IM_DAY_ISO_SIZE];
    g_autofree char *want = g_strdup_printf("%s weekday", im_day_format_iso(expected, day));
    g_autofree char *got = dates_of(words, language, im_day_format_iso(published, day));
    g_test_message("%s, %s", words, day);
    g_assert_cmpstr(got, ==, want);
}

/* Every weekday against every weekday of publication, in a common week, over a new year and over a leap day:
 * the latest not after it. */
static void test_all_weekdays(void)
{
    static const char *const english[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday"};
    static const char *const spanish[] = {"lunes",   "martes", "miércoles", "jueves",
                                          "viernes", "sábado", "domingo"};
    const im_day mondays[] = {im_day_from_ymd(2026, 2, 23), im_day_from_ymd(2025, 12, 29),
                              im_day_from_ymd(2024, 2, 26)};
    for (gsize week = 0; week < G_N_ELEMENTS(mondays); week++)
        for (guint published = 0; published < 7; published++)
            for (guint named = 0; named < 7; named++) {
                const im_day at = mondays[week] + published;
                const im_day day = mondays[week] + named - (named > published ? 7 : 0);
                g_autofree char *on = g_strdup_printf("on %s", english[named]);
                g_autofree char *el = g_strdup_printf("el %s", spanish[named]);
                g_autofree char *dawn = g_strdup_printf("la madrugada del %s", spanish[named]);
                check_weekday(on, IM_LANGUAGE_EN, at, day);
                check_weekday(el, IM_LANGUAGE_ES, at, day);
                check_weekday(dawn, IM_LANGUAGE_ES, at, day);
            }
}

/* The year of a day and month: the latest not more than three days after the report. */
static void test_years_completed(void)
{
    static const date_case cases[] = {
        {"on 1 January", "2026-01-01", "2026-01-01 month_day"},
        {"on 31 December", "2026-01-01", "2025-12-31 month_day"},
        {"on 4 January", "2026-01-01", "2026-01-04 month_day"},
        {"on 5 January", "2026-01-01", "2025-01-05 month_day"},
        {"on 1 January", "2025-12-31", "2026-01-01 month_day"},
        {"on 29 February", "2024-02-29", "2024-02-29 month_day"},
        {"on 29 February", "2024-02-25", "2020-02-29 month_day"},
        {"on 29 February", "2024-02-26", "2024-02-29 month_day"},
        {"on 29 February", "2025-03-01", "2024-02-29 month_day"},
        {"on February 29, 2023", "2024-03-01", ""},
        {"yesterday", "2024-03-01", "2024-02-29 relative"},
        {"yesterday", "2026-01-01", "2025-12-31 relative"},
        {"over the weekend", "2026-02-23", "2026-02-21/2026-02-22 relative"},
        {"over the weekend", "2026-02-22", "2026-02-21/2026-02-22 relative"},
        {"this weekend", "2026-02-21", "2026-02-21 relative"},
        {"last weekend", "2026-01-01", "2025-12-27/2025-12-28 relative"},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_EN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/when/english", test_english);
    g_test_add_func("/when/spanish", test_spanish);
    g_test_add_func("/when/all_weekdays", test_all_weekdays);
    g_test_add_func("/when/years_completed", test_years_completed);
    return g_test_run();
}
