#include "incident/priv.h"

#include <string.h>

/* All dates of a text as "start[/stop] basis", joined by "; ". */
static char *dates_of(const char *bytes, im_language language, const char *published)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), language);
    g_autoptr(GArray) dates = im_dates_find(text, 0, text->n_tokens,
                                            published ? im_day_parse_iso(published) : IM_DAY_NONE);
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
        {"on Sunday", NULL, ""},
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
        {"miércoles 28", "2026-01-28", "2026-01-28 weekday"},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_ES);
}

/* Every weekday against every weekday of publication: the latest not after it. */
static void test_all_weekdays(void)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    im_day monday = im_day_from_ymd(2026, 2, 23);
    for (guint published = 0; published < 7; published++)
        for (guint named = 0; named < 7; named++) {
            g_autofree char *words = g_strdup_printf("on %s", names[named]);
            char day[IM_DAY_ISO_SIZE];
            im_day expected = monday + named - (named > published ? 7 : 0);
            g_autofree char *want = g_strdup_printf("%s weekday", im_day_format_iso(expected, day));
            im_day_format_iso(monday + published, day);
            g_autofree char *got = dates_of(words, IM_LANGUAGE_EN, day);
            g_assert_cmpstr(got, ==, want);
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/when/english", test_english);
    g_test_add_func("/when/spanish", test_spanish);
    g_test_add_func("/when/all_weekdays", test_all_weekdays);
    return g_test_run();
}
