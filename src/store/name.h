/** @file
 *  What the name of a store says: which file, or which database. */
#ifndef IM_STORE_NAME_H
#define IM_STORE_NAME_H

#include <glib.h>

typedef struct im_store_name {
    char *shown;      /**< for messages: a connection without its passwords */
    char *connection; /**< for GDAL, without the schema; NULL of a file */
    char *schema;     /**< of a database: letters, digits and `_`; it stands in SQL */
} im_store_name;

/** Reads `FILE.gpkg`, or `PG:` and a connection string of libpq (key=value pairs, no address), in which `active_schema`
 *  is GDAL's for the schema, `incmap` when it is not given.
 *  @param name  out, to be cleared
 *  @return      FALSE with IM_ERROR_USAGE, which never shows a part of a string that is no such one: it may hold a
 *               password */
gboolean im_store_name_read(const char *text, im_store_name *name, GError **error);

void im_store_name_clear(im_store_name *name);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(im_store_name, im_store_name_clear)

#endif
