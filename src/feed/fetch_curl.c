/* Files of the web, with libcurl. A transfer is looked after by a timer while it lasts, so that nothing waits in the
 * main loop: a signal ends the program at once. */
#include "feed/fetch.h"

#include <curl/curl.h>
#include <incmap/feed.h>
#include <incmap/version.h>
#include <string.h>

enum { TICK_MS = 20, MOST_REDIRECTS = 5, MOST_HEADER_BYTES = 1000 };

struct im_fetch {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    guint timer;
    GString *body;
    char *etag, *modified;
    gboolean is_too_large;
    char words[CURL_ERROR_SIZE];
    void (*done)(const im_fetch_answer *answer, gpointer data);
    gpointer data;
};

static void fetch_free(im_fetch *f)
{
    if (f->timer)
        g_source_remove(f->timer);
    if (f->multi && f->easy)
        curl_multi_remove_handle(f->multi, f->easy);
    curl_easy_cleanup(f->easy);
    curl_multi_cleanup(f->multi);
    curl_slist_free_all(f->headers);
    g_string_free(f->body, TRUE);
    g_free(f->etag);
    g_free(f->modified);
    g_free(f);
}

static size_t on_body(char *bytes, size_t size, size_t n, void *data)
{
    im_fetch *f = data;
    f->is_too_large = f->body->len + size * n > IM_FEED_MAX_BYTES;
    if (f->is_too_large)
        return 0;
    g_string_append_len(f->body, bytes, (gssize)(size * n));
    return size * n;
}

/* The value of a header of that name, if it can be sent back as it is. */
static char *value_of(const char *line, gsize len, const char *name)
{
    const gsize name_len = strlen(name);
    if (len <= name_len || len > MOST_HEADER_BYTES ||
        g_ascii_strncasecmp(line, name, name_len) != 0)
        return NULL;
    char *value = g_strstrip(g_strndup(line + name_len, len - name_len));
    for (const char *p = value; *p; p++)
        if (!g_ascii_isprint(*p)) {
            g_free(value);
            return NULL;
        }
    return value;
}

/* Of several answers, for a server may point elsewhere, the last counts. */
static size_t on_header(char *bytes, size_t size, size_t n, void *data)
{
    im_fetch *f = data;
    const gsize len = size * n;
    if (len >= 5 && strncmp(bytes, "HTTP/", 5) == 0) {
        g_clear_pointer(&f->etag, g_free);
        g_clear_pointer(&f->modified, g_free);
        g_string_truncate(f->body, 0);
    }
    char *etag = value_of(bytes, len, "ETag:"), *modified = value_of(bytes, len, "Last-Modified:");
    if (etag) {
        g_free(f->etag);
        f->etag = etag;
    }
    if (modified) {
        g_free(f->modified);
        f->modified = modified;
    }
    return len;
}

static void add_header(im_fetch *f, const char *name, const char *value)
{
    g_autofree char *line = value ? g_strdup_printf("%s: %s", name, value) : NULL;
    if (line)
        f->headers = curl_slist_append(f->headers, line);
}

static void set_options(im_fetch *f, const im_fetch_request *request)
{
    const gboolean is_secret = g_ascii_strncasecmp(request->url, "https:", 6) == 0;
    const char *protocols = is_secret ? "https" : "http,https";
    CURL *e = f->easy;
    add_header(f, "If-None-Match", request->etag);
    add_header(f, "If-Modified-Since", request->modified);
    add_header(f, "Accept",
               "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1");
    curl_easy_setopt(e, CURLOPT_URL, request->url);
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, f->headers);
    curl_easy_setopt(e, CURLOPT_USERAGENT, "incmap/" INCMAP_VERSION);
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(e, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)IM_FEED_CONNECT_S);
    curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)IM_FEED_TIME_S);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L); /* a name that is looked up is not waited for */
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, f);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, f);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, f->words);
}

/* What was wrong with an answer, or NULL. */
static char *fault_of(const im_fetch *f, CURLcode code, long status)
{
    if (f->is_too_large)
        return g_strdup_printf("is larger than %d bytes", IM_FEED_MAX_BYTES);
    if (code != CURLE_OK)
        return g_strdup(*f->words ? f->words : curl_easy_strerror(code));
    return status == 200 || status == 304 ? NULL : g_strdup_printf("HTTP status %ld", status);
}

static void finish(im_fetch *f, CURLcode code)
{
    long status = 0;
    curl_off_t wait_s = 0;
    curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(f->easy, CURLINFO_RETRY_AFTER, &wait_s);
    g_autofree char *fault = fault_of(f, code, status);
    const im_fetch_answer answer = {.fault = fault,
                                    .is_unchanged = status == 304,
                                    .body = f->body,
                                    .etag = f->etag,
                                    .modified = f->modified,
                                    .retry_after_s = (guint)CLAMP(wait_s, 0, IM_FEED_MOST_EVERY_S)};
    f->done(&answer, f->data);
    fetch_free(f);
}

static gboolean on_tick(gpointer data)
{
    im_fetch *f = data;
    int n_running = 0, n_left;
    const CURLMcode code = curl_multi_perform(f->multi, &n_running);
    const CURLMsg *message = code == CURLM_OK ? curl_multi_info_read(f->multi, &n_left) : NULL;
    if (code == CURLM_OK && !message)
        return G_SOURCE_CONTINUE;
    f->timer = 0;
    finish(f, message ? message->data.result : CURLE_FAILED_INIT);
    return G_SOURCE_REMOVE;
}

static im_fetch *start(const im_fetch_request *request,
                       void (*done)(const im_fetch_answer *answer, gpointer data), gpointer data)
{
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&once, 1);
    }
    im_fetch *f = g_new0(im_fetch, 1);
    f->body = g_string_new(NULL);
    f->done = done;
    f->data = data;
    f->multi = curl_multi_init();
    f->easy = curl_easy_init();
    set_options(f, request);
    curl_multi_add_handle(f->multi, f->easy);
    f->timer = g_timeout_add(TICK_MS, on_tick, f);
    return f;
}

const im_fetcher im_gis_fetcher = {start, fetch_free};
