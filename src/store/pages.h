/** @file
 *  Whether all of a store's file is there. */
#ifndef IM_STORE_PAGES_H
#define IM_STORE_PAGES_H

#include <glib.h>

/** Whether a file of SQLite is as long as its header says. One that was cut off opens as if nothing had happened, until a
 *  page is asked for that is not there; and what is written to it then takes the place of what was lost.
 *  @return TRUE also where the header does not say (https://www.sqlite.org/fileformat.html, 1.3.8) */
gboolean im_store_has_all_pages(const char *path);

#endif
