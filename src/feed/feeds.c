/* Which feed is asked for when, and what is remembered of it. */
#include "base/files.h"
#include "feed/fetch.h"
#include "feed/items.h"

#include <incmap/feed.h>
#include <string.h>

typedef struct feed {
    im_feeds *all;
    char *url;
    char *etag, *modified; /* of the version whose reports are kept; NULL */
    guint n_failures;      /* since it was read last */
    guint timer;
    im_fetch *fetch; /* on its way */
    gboolean has_failed;
} feed;

struct im_feeds {
    GPtrArray *feeds; /* of feed * */
    im_feeds_options options;
    char *state;
    const im_fetcher *fetcher;
    GMainLoop *once; /* while it runs; else NULL */
    guint n_running;
};

/* Of the characters that are written as they are. */
static gboolean is_printable(const char *url)
{
    for (; *url; url++)
        if (!g_ascii_isgraph(*url))
            return FALSE;
    return TRUE;
}

gboolean im_feed_check(const char *url, GError **error)
{
    g_autoptr(GUri) uri = is_printable(url) ? g_uri_parse(url, G_URI_FLAGS_NONE, NULL) : NULL;
    const char *fault = NULL, *scheme = uri ? g_uri_get_scheme(uri) : NULL;
    if (!uri)
        fault = "no address of the web";
    else if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)
        fault = "neither http nor https";
    else if (!g_uri_get_host(uri) || !*g_uri_get_host(uri))
        fault = "no host";
    else if (g_uri_get_userinfo(uri))
        fault = "a name or password in the address would be in the store";
    if (fault)
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: %s", is_printable(url) ? url : "feed",
                    fault);
    return !fault;
}

/* ---- what is remembered ---- */

/* Names of groups may hold no brackets. */
static char *group_of(const feed *f)
{
    return g_uri_escape_string(f->url, ":/?&=#@", FALSE);
}

/* What cannot be read is only asked for again. */
static void read_state(im_feeds *feeds)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    if (!feeds->state || !g_file_test(feeds->state, G_FILE_TEST_EXISTS))
        return;
    if (!g_key_file_load_from_file(file, feeds->state, G_KEY_FILE_NONE, &cause)) {
        g_autofree char *message = g_strdup_printf("%s: %s", feeds->state, cause->message);
        if (feeds->options.failed)
            feeds->options.failed(message, 0, feeds->options.data);
        return;
    }
    for (guint i = 0; i < feeds->feeds->len; i++) {
        feed *f = feeds->feeds->pdata[i];
        g_autofree char *group = group_of(f);
        f->etag = g_key_file_get_string(file, group, "etag", NULL);
        f->modified = g_key_file_get_string(file, group, "modified", NULL);
    }
}

static void set_string(GKeyFile *file, const char *group, const char *key, const char *value)
{
    if (value)
        g_key_file_set_string(file, group, key, value);
    else
        g_key_file_remove_key(file, group, key, NULL);
}

/* What is not written is only asked for again. */
static void write_state(const feed *f)
{
    const char *path = f->all->state;
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *group = group_of(f);
    gsize len;
    if (!path)
        return;
    g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL);
    set_string(file, group, "etag", f->etag);
    set_string(file, group, "modified", f->modified);
    g_autofree char *text = g_key_file_to_data(file, &len, NULL);
    if (!im_file_write(path, text, len, TRUE, &error) && f->all->options.failed)
        f->all->options.failed(error->message, 0, f->all->options.data);
}

static void remember(feed *f, const im_fetch_answer *answer)
{
    if (g_strcmp0(f->etag, answer->etag) == 0 && g_strcmp0(f->modified, answer->modified) == 0)
        return;
    g_free(f->etag);
    g_free(f->modified);
    f->etag = g_strdup(answer->etag);
    f->modified = g_strdup(answer->modified);
    write_state(f);
}

/* ---- when ---- */

static gboolean on_time(gpointer data);

/* The wait doubles with each failure. @return seconds */
static guint next_wait(const feed *f, guint asked_for_s)
{
    const guint every_s = f->all->options.every_s, most_s = MAX(every_s, IM_FEED_BACK_OFF_S);
    guint wait_s = every_s;
    for (guint i = 0; i < f->n_failures && wait_s < most_s; i++)
        wait_s *= 2;
    return MAX(MIN(wait_s, most_s), asked_for_s);
}

static void end_one(im_feeds *feeds)
{
    if (--feeds->n_running == 0 && feeds->once)
        g_main_loop_quit(feeds->once);
}

static void wait_for_next(feed *f, guint wait_s)
{
    if (!f->all->once)
        f->timer = g_timeout_add_seconds(wait_s, on_time, f);
    end_one(f->all);
}

static void fail(feed *f, const char *message, guint asked_for_s)
{
    const im_feeds_options *o = &f->all->options;
    f->n_failures++;
    f->has_failed = TRUE;
    const guint wait_s = next_wait(f, asked_for_s);
    if (o->failed)
        o->failed(message, f->all->once ? 0 : wait_s, o->data);
    wait_for_next(f, wait_s);
}

/* Hands on what came. @return FALSE with an error; without one when it was said already */
static gboolean take(feed *f, const im_fetch_answer *answer, GError **error)
{
    const im_feeds_options *o = &f->all->options;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    const im_read_options limits = {.max_bytes = o->max_bytes, .max_nesting = o->max_nesting};
    g_autofree char *reports = im_feed_items(f->url, answer->body, &limits, faults, error);
    for (guint i = 0; reports && o->failed && i < faults->len; i++)
        o->failed(faults->pdata[i], 0, o->data);
    if (!reports || (*reports && !o->arrived(f->url, reports, o->data)))
        return FALSE;
    remember(f, answer);
    return TRUE;
}

static void on_answer(const im_fetch_answer *answer, gpointer data)
{
    feed *f = data;
    g_autoptr(GError) error = NULL;
    f->fetch = NULL;
    if (answer->fault) {
        g_autofree char *message = g_strdup_printf("%s: %s", f->url, answer->fault);
        fail(f, message, answer->retry_after_s);
        return;
    }
    if (!answer->is_unchanged && !take(f, answer, &error)) {
        g_autofree char *message = g_strdup_printf("%s: its reports are not kept", f->url);
        fail(f, error ? error->message : message, 0);
        return;
    }
    f->n_failures = 0;
    wait_for_next(f, next_wait(f, 0));
}

static gboolean on_time(gpointer data)
{
    feed *f = data;
    const im_fetch_request request = {f->url, f->etag, f->modified};
    f->timer = 0;
    f->all->n_running++;
    f->fetch = f->all->fetcher->start(&request, on_answer, f);
    return G_SOURCE_REMOVE;
}

/* ---- all of them ---- */

static void feed_free(gpointer data)
{
    feed *f = data;
    if (f->timer)
        g_source_remove(f->timer);
    if (f->fetch)
        f->all->fetcher->cancel(f->fetch);
    g_free(f->url);
    g_free(f->etag);
    g_free(f->modified);
    g_free(f);
}

im_feeds *im_feeds_new(const char *const *urls, const im_feeds_options *options, GError **error)
{
    g_autoptr(im_feeds) feeds = g_new0(im_feeds, 1);
    feeds->options = *options;
    feeds->options.every_s = options->every_s ? options->every_s : IM_FEED_EVERY_S;
    feeds->state = g_strdup(options->state);
    feeds->feeds = g_ptr_array_new_with_free_func(feed_free);
    for (; *urls; urls++) {
        feed *f = g_new0(feed, 1);
        f->all = feeds;
        f->url = g_strdup(*urls);
        g_ptr_array_add(feeds->feeds, f);
    }
    feeds->fetcher = im_module_table(im_gis_fetcher, error);
    if (!feeds->fetcher)
        return NULL;
    read_state(feeds);
    return g_steal_pointer(&feeds);
}

void im_feeds_free(im_feeds *feeds)
{
    if (!feeds)
        return;
    g_ptr_array_unref(feeds->feeds);
    g_free(feeds->state);
    g_free(feeds);
}

void im_feeds_forget(im_feeds *feeds, const char *url)
{
    for (guint i = 0; i < feeds->feeds->len; i++) {
        feed *f = feeds->feeds->pdata[i];
        if (strcmp(f->url, url) != 0)
            continue;
        g_clear_pointer(&f->etag, g_free);
        g_clear_pointer(&f->modified, g_free);
    }
}

void im_feeds_start(im_feeds *feeds)
{
    for (guint i = 0; i < feeds->feeds->len; i++)
        on_time(feeds->feeds->pdata[i]);
}

guint im_feeds_once(im_feeds *feeds)
{
    guint n_failed = 0;
    feeds->once = g_main_loop_new(NULL, FALSE);
    im_feeds_start(feeds);
    if (feeds->n_running > 0)
        g_main_loop_run(feeds->once);
    for (guint i = 0; i < feeds->feeds->len; i++)
        n_failed += ((const feed *)feeds->feeds->pdata[i])->has_failed;
    g_clear_pointer(&feeds->once, g_main_loop_unref);
    return n_failed;
}
