/** @file
 *  Feeds of the web that reports come from: RSS and Atom, asked for again and again. */
#ifndef INCMAP_FEED_H
#define INCMAP_FEED_H

#include <incmap/api.h>
#include <incmap/error.h>

G_BEGIN_DECLS

/** How the ids of reports that come from feeds begin: `feed:URL#` and the item's `guid` or `id`, else its link, else a hash of what
 *  it says. No file's report has such an id, unless its path were one. */
#define IM_FEED_ID "feed:"

enum {
    IM_FEED_EVERY_S = 300, /**< between two times that a feed is asked for, if not said otherwise */
    IM_FEED_MOST_EVERY_S =
        24 * 60 * 60, /**< the longest that may be said, and that a server may ask for */
    IM_FEED_BACK_OFF_S =
        60 * 60, /**< the longest wait after errors, unless the usual one is longer */
    IM_FEED_MAX_BYTES = 16 * 1024 * 1024, /**< of a feed, unpacked */
    IM_FEED_CONNECT_S = 15,
    IM_FEED_TIME_S = 60, /**< until a server answers; until all is here */
};

/** Feeds that are asked for. What a server says of the version of a feed (ETag, Last-Modified: RFC 9110, 8.8) goes back to
 *  it, so that it need not send what has not changed. After an error the wait doubles each time; `Retry-After` is
 *  honoured. Only http and https are spoken, also where a server points elsewhere, and never http behind https. */
typedef struct im_feeds im_feeds;

typedef struct im_feeds_options {
    guint every_s;     /**< 0: IM_FEED_EVERY_S */
    gsize max_bytes;   /**< largest feed, unpacked; 0, or at most, IM_FEED_MAX_BYTES */
    guint max_nesting; /**< as of im_read_options */
    const char *
        state; /**< file that keeps the versions from one run to the next; copied; NULL: none does */
    /** Takes the reports of a feed, as JSON Lines. @return whether they are kept; else they come again */
    gboolean (*arrived)(const char *url, const char *reports, gpointer data);
    /** Is told of an error. @param again_s  until the next try; 0: there is none */
    void (*failed)(const char *message, guint again_s, gpointer data);
    gpointer data;
} im_feeds_options;

/** Whether a feed may be asked for: http or https, a host, neither name nor password.
 *  @return FALSE with IM_ERROR_USAGE */
IM_API gboolean im_feed_check(const char *url, GError **error);

/** @param urls   NULL-terminated, each of them checked; copied
 *  @param error  IM_ERROR_SYSTEM
 *  @return       owned by the caller, im_feeds_free(); NULL on error */
IM_API im_feeds *im_feeds_new(const char *const *urls, const im_feeds_options *options,
                              GError **error);

/** Forgets the version of a feed: all of it is asked for. */
IM_API void im_feeds_forget(im_feeds *feeds, const char *url);

/** Begins to ask for all of them; GLib's default main context does the rest. */
IM_API void im_feeds_start(im_feeds *feeds);

/** Asks once for each, and waits until all have answered. @return how many failed */
IM_API guint im_feeds_once(im_feeds *feeds);

/** Ends at once what is on its way. */
IM_API void im_feeds_free(im_feeds *feeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_feeds, im_feeds_free)

G_END_DECLS

#endif
