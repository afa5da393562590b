/** @file
 *  Lines of comma-separated values (RFC 4180, but for line breaks within fields). */
#ifndef IM_GAZETTEER_CSV_H
#define IM_GAZETTEER_CSV_H

#include <glib.h>

/** Splits a line in place. @return how many fields it has; the first `room` are set */
guint gaz_csv_split(char *line, char **fields, guint room);

#endif
