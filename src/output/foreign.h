/** @file
 *  How the fields of another project's table become columns of the record: by the names that the record
 *  gives them, by those of ACLED or UCDP GED, or as the user says. */
#ifndef IM_OUTPUT_FOREIGN_H
#define IM_OUTPUT_FOREIGN_H

#include <incmap/output.h>

typedef struct im_foreign im_foreign;

/** What a field sets: nothing, or one column and more. */
typedef struct im_field im_field;

/** @param path  for messages and ids; borrowed
 *  @param map   as of im_incidents_read_mapped(); borrowed, may be NULL */
im_foreign *im_foreign_new(const char *path, const char *const *map);
void im_foreign_free(im_foreign *foreign);

/** The field of that name; the same each time. Owned by `foreign`. */
const im_field *im_foreign_field(im_foreign *foreign, const char *name);

/** Forgets the values of the record before. */
void im_foreign_begin(im_foreign *foreign);

/** Takes a value of the record; one that is empty or not UTF-8 says nothing. */
void im_foreign_set(im_foreign *foreign, const im_field *field, const char *text, gsize len);

/** The record of the values since im_foreign_begin().
 *  @param position  of its geometry, or NULL: then `longitude` and `latitude` say where it is
 *  @return          NULL with IM_ERROR_FORMAT naming the record when no field says of which type it is, or where
 *                   it is said to be is nowhere */
im_incident *im_foreign_end(im_foreign *foreign, const im_lonlat *position, GError **error);

/** A field that the user names and the table does not have is a slip of the pen, not a column without values.
 *  To be asked when all fields are known. @return FALSE with IM_ERROR_FORMAT naming those that there are */
gboolean im_foreign_check(const im_foreign *foreign, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_foreign, im_foreign_free)

#endif
