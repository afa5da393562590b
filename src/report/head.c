/* What the head of a text tells: publication date, dateline, agency, headline. */
#include "report/priv.h"

#include "base/utf8.h"
#include "report/dateline.h"

#include <string.h>

/* A line of its own is a headline up to this length. */
enum { LONGEST_HEADLINE = 160 };

/* Takes a first line `date 2026-02-23`. What follows on that line is text; the words before it
 * become spaces, so that no quoted sentence begins with them and all offsets stay true. */
static void read_date_line(im_report *report)
{
    static const char *const words[] = {"date", "fecha"};
    char *start = report->text + strspn(report->text, " \t\r\n\f\v");
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        gsize len = strlen(words[i]);
        if (g_ascii_strncasecmp(start, words[i], len) != 0 || !strchr(" \t:", start[len]))
            continue;
        char *value = start + len + strspn(start + len, " \t:");
        im_day day = im_day_parse_iso(value);
        if (day == IM_DAY_NONE)
            return;
        if (report->published == IM_DAY_NONE) {
            report->published = day;
            report->published_basis = IM_PUBLISHED_LINE;
        }
        memset(start, ' ', (gsize)(value - start) + strcspn(value, " \t\r\n"));
        return;
    }
}

static void publish(im_report *report, im_day day, im_published_basis basis)
{
    if (report->published != IM_DAY_NONE || day == IM_DAY_NONE)
        return;
    report->published = day;
    report->published_basis = basis;
}

static void read_dateline(im_report *report, im_day option_date)
{
    im_dateline line;
    if (!im_dateline_find(report->text, &line))
        return;
    im_span agency = line.agency;
    if (agency.end > agency.start && !report->publisher)
        report->publisher =
            im_squeeze(g_strndup(report->text + agency.start, agency.end - agency.start));
    if (!line.date.month)
        return;
    if (line.date.year) {
        publish(report, im_day_from_ymd(line.date.year, line.date.month, line.date.day),
                IM_PUBLISHED_DATELINE);
        return;
    }
    report->dateline_month = (guint8)line.date.month;
    report->dateline_day = (guint8)line.date.day;
    if (option_date != IM_DAY_NONE)
        publish(report, im_date_complete(line.date.month, line.date.day, option_date),
                IM_PUBLISHED_DATELINE);
}

static const char *line_end(const char *line)
{
    return line + strcspn(line, "\r\n");
}

static gboolean is_blank_line(const char *line)
{
    return im_is_blank(line, (gsize)(line_end(line) - line));
}

static const char *next_line(const char *line)
{
    const char *end = line_end(line);
    if (end[0] == '\r' && end[1] == '\n')
        return end + 2;
    return *end ? end + 1 : end;
}

/* The first line, when it is short, does not end as a sentence does, and stands apart from a text
 * below it. */
static char *find_headline(const char *text)
{
    const char *line = text;
    while (*line && is_blank_line(line))
        line = next_line(line);
    const char *below = next_line(line);
    if (!*line || !is_blank_line(below) || im_is_blank(below, strlen(below)))
        return NULL;
    g_autofree char *headline = im_squeeze(g_strndup(line, (gsize)(line_end(line) - line)));
    gsize len = strlen(headline);
    if (strchr(".,;:-", headline[len - 1]) || im_utf8_length(headline, len) > LONGEST_HEADLINE)
        return NULL;
    return g_steal_pointer(&headline);
}

void im_report_read_head(im_report *report, im_day option_date)
{
    read_date_line(report);
    read_dateline(report, option_date);
    publish(report, option_date, IM_PUBLISHED_OPTION);
    if (!report->headline)
        report->headline = find_headline(report->text);
}
