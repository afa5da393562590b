/** @file
 *  What asks the web for files, in the module: libcurl comes with GDAL, and is in no other command's way. */
#ifndef IM_FEED_FETCH_H
#define IM_FEED_FETCH_H

#include "base/module.h"

typedef struct im_fetch im_fetch;

typedef struct im_fetch_request {
    const char *url;
    const char *etag, *modified; /**< of the version that is here; NULL */
} im_fetch_request;

typedef struct im_fetch_answer {
    const char *fault;           /**< NULL: the file is here, or has not changed */
    gboolean is_unchanged;       /**< 304 */
    const GString *body;         /**< what came */
    const char *etag, *modified; /**< of this version; NULL where the server does not say */
    guint retry_after_s;         /**< that the server asks for; 0: it does not */
} im_fetch_answer;

typedef struct im_fetcher {
    /** Begins; GLib's default main context does the rest. @param done  called once, not from inside of this; the
     *  transfer is gone then */
    im_fetch *(*start)(const im_fetch_request *request,
                       void (*done)(const im_fetch_answer *answer, gpointer data), gpointer data);
    /** Ends it at once; `done` is not called. */
    void (*cancel)(im_fetch *fetch);
} im_fetcher;

extern const im_fetcher im_gis_fetcher IM_MODULE_TABLE;

#endif
