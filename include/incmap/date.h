/** @file
 *  Calendar days without a time zone, as news reports use them. */
#ifndef INCMAP_DATE_H
#define INCMAP_DATE_H

#include <incmap/api.h>

G_BEGIN_DECLS

/** A day of the proleptic Gregorian calendar, counted as GDate counts Julian days (1 = 1 January of
 *  the year 1); IM_DAY_NONE where unknown. Days can be compared and subtracted. */
typedef guint32 im_day;
#define IM_DAY_NONE ((im_day)0)

/** Room for an ISO 8601 date and its NUL. */
#define IM_DAY_ISO_SIZE 11

/** @return the day, or IM_DAY_NONE when there is no such date (31 November, year 10000) */
IM_API im_day im_day_from_ymd(int year, int month, int day);

/** Splits a day; all three are 0 for IM_DAY_NONE. */
IM_API void im_day_to_ymd(im_day day, int *year, int *month, int *day_of_month);

/** Reads `YYYY-MM-DD`, alone or followed by anything that is not a digit (`2026-02-23T10:00Z`).
 *  @return IM_DAY_NONE when `text` does not begin with a valid date */
IM_API im_day im_day_parse_iso(const char *text);

/** Writes `YYYY-MM-DD`, or the empty string for IM_DAY_NONE. @return `out` */
IM_API char *im_day_format_iso(im_day day, char out[IM_DAY_ISO_SIZE]);

/** ISO weekday, 1 Monday .. 7 Sunday; 0 for IM_DAY_NONE. */
IM_API int im_day_weekday(im_day day);

/** The week of ISO 8601 that a day is in: weeks begin with Monday, and the first of a year is the one that holds its 4 January.
 *  Both are 0 for IM_DAY_NONE. */
IM_API void im_day_to_iso_week(im_day day, int *year, int *week);

/** Days of a month, 28..31; 0 when there is no such month. */
IM_API int im_days_in_month(int year, int month);

G_END_DECLS

#endif
