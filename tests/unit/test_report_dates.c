/* Dates, datelines, and what else the head of a report tells. */
#include "report/dateline.h"
#include "report/priv.h"

#include <string.h>

static char *iso(im_day day)
{
    char out[IM_DAY_ISO_SIZE];
    return g_strdup(im_day_format_iso(day, out));
}

static void test_fields(void)
{
    static const struct {
        const char *value, *day;
    } cases[] = {
        {"2026-02-23", "2026-02-23"},
        {"2026-02-23T10:00:00-06:00", "2026-02-23"},
        {"2026-02-23T23:59Z", "2026-02-23"},
        {"Mon, 23 Feb 2026 10:00:00 GMT", "2026-02-23"},
        {"23 Feb 2026", "2026-02-23"},
        {"Sunday, 06-Nov-94 08:49:37 GMT", ""}, /* RFC 850: nobody writes it any more */
        {"February 23, 2026 10:30 a.m.", "2026-02-23"},
        {"Published: Feb. 23, 2026", "2026-02-23"},
        {"lunes, 23 de febrero de 2026", "2026-02-23"},
        {"23 febrero, 2026", "2026-02-23"},
        {"1o. de mayo de 2026", "2026-05-01"},
        {"1º de mayo del 2026", "2026-05-01"},
        {"3rd of March, 2026", "2026-03-03"},
        {"9 JAN 90", "1990-01-09"},
        {"9 JAN 70", "1970-01-09"},
        {"9 JAN 69", "2069-01-09"},
        {"29 February 2024", "2024-02-29"},
        {"29 February 2026", ""},
        {"2026-02-29", ""},
        {"31 November 2025", ""},
        {"November 31, 2025", ""},
        {"32 May 2025", ""},
        {"0 May 2025", ""},
        {"May 2025", ""},
        {"February 23", ""},
        {"23/02/2026", ""}, /* or 2 March: the field does not tell */
        {"1771840800", ""},
        {"yesterday", ""},
        {"", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *day = iso(im_date_read(cases[i].value));
        g_test_message("%s", cases[i].value);
        g_assert_cmpstr(day, ==, cases[i].day);
    }
}

static void test_complete(void)
{
    static const struct {
        int month, day;
        const char *published, *completed;
    } cases[] = {
        {2, 24, "2026-02-25", "2026-02-24"}, {2, 24, "2026-02-24", "2026-02-24"},
        {2, 24, "2026-02-21", "2026-02-24"}, /* three days' slack */
        {2, 24, "2026-02-20", "2025-02-24"}, {12, 31, "2026-01-01", "2025-12-31"},
        {1, 1, "2025-12-30", "2026-01-01"},  {2, 29, "2026-03-01", "2024-02-29"},
        {2, 29, "2103-06-01", "2096-02-29"}, /* 2100 is no leap year */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        im_day published = im_day_parse_iso(cases[i].published);
        g_autofree char *day = iso(im_date_complete(cases[i].month, cases[i].day, published));
        g_assert_cmpstr(day, ==, cases[i].completed);
    }
}

/* `place|year-month-day|agency`, or the empty string. */
static char *outline(const char *text)
{
    im_dateline line;
    if (!im_dateline_find(text, &line))
        return g_strdup("");
    return g_strdup_printf("%.*s|%d-%d-%d|%.*s", (int)(line.place.end - line.place.start),
                           text + line.place.start, line.date.year, line.date.month, line.date.day,
                           (int)(line.agency.end - line.agency.start), text + line.agency.start);
}

static void test_datelines(void)
{
    static const struct {
        const char *text, *outline;
    } cases[] = {
        {"Mexico City, February 24: The number", "Mexico City|0-2-24|"},
        {"MEXICO CITY (AP) \u2014 Gunmen", "MEXICO CITY|0-0-0|AP"},
        {"CULIAC\u00C1N, Sinaloa, March 3, 2026 -- Soldiers", "CULIAC\u00C1N, Sinaloa|2026-3-3|"},
        {"   SAN SALVADOR, 9 JAN 90 (DPA) -- [TEXT] THE", "SAN SALVADOR|1990-1-9|DPA"},
        {"ROME (ITALY), 11 JAN 90 -- [INTERVIEW]", "ROME (ITALY)|1990-1-11|"},
        {"PERTH (AUSTRALIA), JUNE 11 89 (AFP) -- [TEXT]", "PERTH (AUSTRALIA)|1989-6-11|AFP"},
        {"Guadalajara, Jal., 23 de febrero de 2026.- La", "Guadalajara, Jal.|2026-2-23|"},
        {"Morelia, Mich., 3 marzo (Agencia) \u2013 Un", "Morelia, Mich.|0-3-3|Agencia"},
        {"Celaya, Gto., a 14 de noviembre.- Suman", "Celaya, Gto.|0-11-14|"},
        {"GUADALAJARA, Mexico, Feb 23 (Reuters) - Gunmen", "GUADALAJARA, Mexico|0-2-23|Reuters"},
        {"BOGOTA, 1 DEC 89 (CADENA 2) -- [TEXT]", "BOGOTA|1989-12-1|CADENA 2"},
        {"M\u00C9XICO, 23 Feb. (EFE).- El", "M\u00C9XICO|0-2-23|EFE"},
        {"PORT-AU-PRINCE, Nov 18 (Meridian) - Gang", "PORT-AU-PRINCE|0-11-18|Meridian"},
        {"Port-au-Prince, Nov. 18 \u2014 Gang", "Port-au-Prince|0-11-18|"},
        {"Ciudad de M\u00E9xico, 23 de febrero de 2026. La Secretar\u00EDa",
         "Ciudad de M\u00E9xico|2026-2-23|"},
        {"GUADALAJARA, Mexico, Monday, Feb. 23 \u2014 Gunmen", "GUADALAJARA, Mexico|0-2-23|"},
        {"Guadalajara, lunes 23 de febrero de 2026.- La", "Guadalajara|2026-2-23|"},
        {"GUADALAJARA 2026-02-23 \u2014 Gunmen", "GUADALAJARA|2026-2-23|"},
        {"A headline\n\nTOLUCA, 3 March \u2014 Six", "TOLUCA|0-3-3|"},
        {"TOLUCA \u2014 Six people", "TOLUCA|0-0-0|"},
        {"LIMA.- Transportistas", "LIMA|0-0-0|"},
        {"CORDOBA, Mexico (Northline) - Farmers", "CORDOBA, Mexico|0-0-0|Northline"},
        {"TOLUCA \u2014 Six\n\nLERMA, 3 March \u2014 Two", "LERMA|0-3-3|"},
        {"Title\n23 February 2026\n\nText", "|2026-2-23|"},
        {"Title\n\nMonday, February 23, 2026\nText", "|2026-2-23|"},
        /* not datelines */
        {"", ""},
        {"On February 24: all was quiet", ""},
        {"In Mexico City, February 24: all", ""},
        {"The army said on March 3 - as before - that", ""},
        {"Gunmen attacked Celaya on February 24: two died", ""},
        {"Mexico City, 40 roadblocks: a count", ""},
        {"Mexico City, November 31: The number", ""},
        {"February 24 was quiet", ""},
        {"Cordoba (Argentina) \u2014 Farmers", "Cordoba (Argentina)|0-0-0|"},
        {"Soldiers (Photo/Reuters) - in Celaya", ""},
        {"Well-known for its port", ""},
        {"QUETTA: A train", ""},
        {"Jalisco - a state - burns", ""},
        {"May 5", ""},
        {"Guadalajara,\n23 February \u2014 text", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = outline(cases[i].text);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].outline);
    }
}

static im_report *read_text(const char *text, const char *option_date)
{
    im_read_options options = {.format = IM_INPUT_TXT, .date = im_day_parse_iso(option_date)};
    g_autoptr(GError) error = NULL;
    g_autoptr(im_reader) reader = im_reader_of_bytes("t.txt", text, strlen(text), &options, &error);
    g_assert_no_error(error);
    im_report *report = im_reader_next(reader);
    g_assert_nonnull(report);
    g_assert_no_error(report->error);
    g_assert_cmpuint(report->text_len, ==, strlen(report->text));
    return report;
}

static void test_published(void)
{
    enum {
        NONE,
        LINE = IM_PUBLISHED_LINE,
        DATELINE = IM_PUBLISHED_DATELINE,
        OPTION = IM_PUBLISHED_OPTION
    };
    static const struct {
        const char *text, *option, *published;
        int basis, month, day;
    } cases[] = {
        {"date 2026-02-23 Twenty-five men", NULL, "2026-02-23", LINE, 0, 0},
        {" date 2026-02-23\n\nMen", "2026-03-01", "2026-02-23", LINE, 0, 0},
        {"Date: 2026-02-23\nMen", NULL, "2026-02-23", LINE, 0, 0},
        {"fecha 2026-02-23\nHombres", NULL, "2026-02-23", LINE, 0, 0},
        {"date 2026-02-30\nMen", NULL, "", NONE, 0, 0},
        {"dates 2026-02-23\nMen", NULL, "", NONE, 0, 0},
        {"Men", "2026-03-01", "2026-03-01", OPTION, 0, 0},
        {"TOLUCA, 3 March 2026 \u2014 Men", "2026-03-10", "2026-03-03", DATELINE, 0, 0},
        {"TOLUCA, 3 March \u2014 Men", NULL, "", NONE, 3, 3},
        {"TOLUCA, 3 March \u2014 Men", "2026-03-10", "2026-03-03", DATELINE, 3, 3},
        {"TOLUCA, 3 March \u2014 Men", "2026-02-27", "2025-03-03", DATELINE, 3, 3},
        {"date 2026-03-04\n\nTOLUCA, 3 March \u2014 Men", NULL, "2026-03-04", LINE, 3, 3},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].text);
        g_autoptr(im_report) report = read_text(cases[i].text, cases[i].option);
        g_autofree char *day = iso(report->published);
        g_assert_cmpstr(day, ==, cases[i].published);
        g_assert_cmpint(report->published_basis, ==, cases[i].basis);
        g_assert_cmpint(report->dateline_month, ==, cases[i].month);
        g_assert_cmpint(report->dateline_day, ==, cases[i].day);
    }
}

/* Offsets must stay true: the date line becomes blanks, no byte moves. */
static void test_date_line_is_blanked(void)
{
    static const struct {
        const char *text, *blanked;
    } cases[] = {
        {" date 2026-02-23 Men died.", "                 Men died."},
        {"date 2026-02-23\r\n\r\nMen died.", "               \r\n\r\nMen died."},
        {"DATE: 2026-02-23T10:00 Men", "                       Men"},
        {"No date 2026-02-23 here", "No date 2026-02-23 here"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(im_report) report = read_text(cases[i].text, NULL);
        g_assert_cmpstr(report->text, ==, cases[i].blanked);
    }
}

static void test_headline(void)
{
    static const struct {
        const char *text, *headline;
    } cases[] = {
        {"Six dead in Tlajomulco\n\nMen with rifles attacked.", "Six dead in Tlajomulco"},
        {"date 2026-02-23\n\nSix dead\n\nMen attacked.", "Six dead"},
        {"date 2026-02-23 Six dead\r\n\r\nMen attacked.", "Six dead"},
        {"What next for Jalisco?\n\nNobody knows.", "What next for Jalisco?"},
        {"Six people died.\n\nMen attacked.", NULL},
        {"Six dead\nMen attacked.", NULL},
        {"Six dead", NULL},
        {"Six dead\n\n  \n", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(im_report) report = read_text(cases[i].text, NULL);
        g_assert_cmpstr(report->headline, ==, cases[i].headline);
    }
    g_autofree char *filler = g_strnfill(200, 'x');
    g_autofree char *wordy = g_strconcat(filler, "\n\nText.", NULL);
    g_autoptr(im_report) report = read_text(wordy, NULL);
    g_assert_null(report->headline);
}

static void test_publisher(void)
{
    static const struct {
        const char *text, *publisher;
    } cases[] = {
        {"CELAYA, Mexico, March 3 (Meridian) - Men", "Meridian"},
        {"CELAYA, Mexico (Meridian) \u2014 Men", "Meridian"},
        {"CELAYA, Mexico, March 3 - Men (Photo/Reuters)", NULL},
        {"Meridian reported on Monday that men", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(im_report) report = read_text(cases[i].text, NULL);
        g_assert_cmpstr(report->publisher, ==, cases[i].publisher);
    }
}

/* Only so much of a line is looked at: it must not be cut in the middle of a character. */
static void test_long_line(void)
{
    for (gsize before = 230; before < 250; before++) {
        g_autofree char *filler = g_strnfill(before, 'X');
        g_autofree char *text = g_strconcat(filler, "\u2014\u2014\u2014", NULL);
        im_dateline line;
        g_assert_cmpint(im_dateline_find(text, &line), ==, before + 3 <= 160);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/dates/fields", test_fields);
    g_test_add_func("/report/dates/complete", test_complete);
    g_test_add_func("/report/dateline", test_datelines);
    g_test_add_func("/report/dateline/long-line", test_long_line);
    g_test_add_func("/report/head/published", test_published);
    g_test_add_func("/report/head/date-line", test_date_line_is_blanked);
    g_test_add_func("/report/head/headline", test_headline);
    g_test_add_func("/report/head/publisher", test_publisher);
    return g_test_run();
}
