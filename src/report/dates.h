/** @file
 *  Dates as news write them, in English and Spanish: `Feb. 24, 2026`, `9 JAN 90`,
 *  `23 de febrero de 2026`, `2026-02-23`. */
#ifndef IM_REPORT_DATES_H
#define IM_REPORT_DATES_H

#include "text/text.h"

#include <incmap/date.h>

/** A day; year 0 where it is not written. */
typedef struct im_date_parts {
    int year, month, day;
} im_date_parts;

/** Reads a date that begins at `token`; no weekday before it. Years of two digits stand only
 *  behind day and month, and mean 1970..2069. There is no 31 November.
 *  @return the token after the date, or `token` when there is none */
guint32 im_date_at(const im_text *text, guint32 token, im_date_parts *date);

/** The date in a field of metadata: ISO 8601, RFC 5322 (feeds) or written out with its year.
 *  The day is taken as written, in the zone of the writer.
 *  @return IM_DAY_NONE when there is none in the first 100 bytes */
im_day im_date_read(const char *value);

/** The latest date with this month and day that is not after `day` by more than three days, the
 *  slack of spec/incident.md. */
im_day im_date_complete(int month, int day_of_month, im_day day);

#endif
