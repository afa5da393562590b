/** @file
 *  The items of a feed as reports. */
#ifndef IM_FEED_ITEMS_H
#define IM_FEED_ITEMS_H

#include <incmap/error.h>
#include <incmap/report.h>

/** Reads a feed that was fetched. One that is cut off counts for nothing, for half a report is not what was written.
 *  @param limits  of these options the limits
 *  @param faults  char *: what could not be read of a feed that otherwise could, one line each; appended
 *  @return        JSON Lines, a report an item, with ids as IM_FEED_ID says; owned by the caller; NULL with IM_ERROR_FORMAT or _LIMIT */
char *im_feed_items(const char *url, const GString *body, const im_read_options *limits,
                    GPtrArray *faults, GError **error);

#endif
