/** @file
 *  The error domain. An error belongs to the call that found the fault; its message names the file
 *  and, where there is one, the position (line, byte or code point). */
#ifndef INCMAP_ERROR_H
#define INCMAP_ERROR_H

#include <incmap/api.h>

G_BEGIN_DECLS

/** Domain of all errors of this library. Errors of GLib (GFileError, GOptionError) are never
 *  passed through: they are wrapped. */
#define IM_ERROR (im_error_quark())
IM_API GQuark im_error_quark(void);

/** What went wrong; in brackets the exit code that the program maps it to. */
typedef enum im_error {
    IM_ERROR_NONE = 0,
    IM_ERROR_IO,     /**< an input cannot be read: missing, no permission, a directory (1) */
    IM_ERROR_FORMAT, /**< an input is not what it should be: binary, malformed, empty (1) */
    IM_ERROR_LIMIT,  /**< an input is beyond a documented limit: size, depth, count (1) */
    IM_ERROR_USAGE,  /**< an option or argument that cannot be meant (2) */
    IM_ERROR_DATA,   /**< gazetteer or boundaries missing, foreign, truncated or corrupt (3) */
    IM_ERROR_SYSTEM, /**< an output cannot be written, memory or another resource is short (4) */
} im_error;

/** Exit code of spec/cli.md for an error; 4 for a foreign domain, 0 for NULL. */
IM_API int im_error_exit_code(const GError *error);

G_END_DECLS

#endif
