/** @file
 *  Datelines: where a report was filed, when, and by which agency. */
#ifndef IM_REPORT_DATELINE_H
#define IM_REPORT_DATELINE_H

#include "report/dates.h"

/** A dateline; month 0 when it has no date, agency empty when it names none. */
typedef struct im_dateline {
    im_span span;   /**< the whole of it, with the mark that ends it */
    im_span place;  /**< the words of the place */
    im_span agency; /**< inside its parentheses */
    im_date_parts date;
} im_dateline;

/** Finds the dateline at the head of a text: at the beginning of one of its first lines, a short
 *  run of capitalised words, a date, and `:`, `--`, a dash, `.-` or an agency in parentheses:
 *
 *      Mexico City, February 24: …             GUADALAJARA, Mexico, Feb 23 (Reuters) - …
 *      SAN SALVADOR, 9 JAN 90 (DPA) -- …       Celaya, Gto., a 14 de noviembre de 2025.- …
 *
 *  A line that holds nothing else may end in a date with its year. Without a date it must end in a
 *  dash (`TOLUCA —`, `MORELIA, Mexico (AP) —`). One with a date is preferred.
 *  @param text  valid UTF-8; lines that begin in its first 2,000 bytes are looked at */
gboolean im_dateline_find(const char *text, im_dateline *dateline);

#endif
