/** @file
 *  Whether all rows of the sources are accounted for. */
#ifndef IM_GAZETTEER_ROWS_H
#define IM_GAZETTEER_ROWS_H

#include <incmap/gazetteer.h>

/** Whether the places are those that were declared when the file was compiled, by kind and source, and
 *  something became of every row. @return FALSE with IM_ERROR_DATA and the counts */
gboolean gaz_rows_add_up(const im_gazetteer *g, GError **error);

#endif
