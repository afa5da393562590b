#include "base/digits.h"

#include <incmap/date.h>
#include <string.h>

im_day im_day_from_ymd(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return IM_DAY_NONE;
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return IM_DAY_NONE;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return g_date_get_julian(&date);
}

/* After H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: records are written with
 * five days each, so no library is asked. Years begin with March, that of 1 BC with day -305. */
void im_day_to_ymd(im_day day, int *year, int *month, int *day_of_month)
{
    *year = *month = *day_of_month = 0;
    if (day == IM_DAY_NONE)
        return;
    enum { DAYS_BEFORE = 305, DAYS_400_YEARS = 146097 };
    const guint32 shifted = day + DAYS_BEFORE, era = shifted / DAYS_400_YEARS,
                  of_era = shifted % DAYS_400_YEARS;
    const guint32 y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const guint32 of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    *day_of_month = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(era * 400 + y + (m >= 10));
}

static gboolean read_digits(const char **text, int n, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++, (*text)++) {
        if (!g_ascii_isdigit(**text))
            return FALSE;
        *value = *value * 10 + (**text - '0');
    }
    return TRUE;
}

im_day im_day_parse_iso(const char *text)
{
    int year, month, day;
    if (!text || !read_digits(&text, 4, &year) || *text++ != '-' ||
        !read_digits(&text, 2, &month) || *text++ != '-' || !read_digits(&text, 2, &day) ||
        g_ascii_isdigit(*text))
        return IM_DAY_NONE;
    return im_day_from_ymd(year, month, day);
}

char *im_day_format_iso(im_day day, char out[IM_DAY_ISO_SIZE])
{
    int year, month, dom;
    im_day_to_ymd(day, &year, &month, &dom);
    im_put_pair(out, (guint32)year / 100 % 100);
    im_put_pair(out + 2, (guint32)year % 100);
    out[4] = out[7] = '-';
    im_put_pair(out + 5, (guint32)month);
    im_put_pair(out + 8, (guint32)dom);
    out[day == IM_DAY_NONE ? 0 : IM_DAY_ISO_SIZE - 1] = '\0';
    return out;
}

int im_day_weekday(im_day day)
{
    /* Julian day 1 (0001-01-01) is a Monday in the proleptic Gregorian calendar */
    return day == IM_DAY_NONE ? 0 : (int)((day - 1) % 7) + 1;
}

void im_day_to_iso_week(im_day day, int *year, int *week)
{
    enum { THURSDAY = 4, DAYS_A_WEEK = 7 };
    *year = *week = 0;
    if (day == IM_DAY_NONE)
        return;
    /* a week is of the year that its Thursday is in */
    const im_day thursday = day + THURSDAY - (im_day)im_day_weekday(day);
    int month, day_of_month;
    im_day_to_ymd(thursday, year, &month, &day_of_month);
    *week = (int)(thursday - im_day_from_ymd(*year, 1, 1)) / DAYS_A_WEEK + 1;
}

int im_days_in_month(int year, int month)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return 0;
    return g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}
