/* Metadata of a page: JSON-LD, Open Graph, and what HTML has itself. */
#include "report/html.h"

#include "report/dates.h"

#include <cjson/cJSON.h>
#include <string.h>

void im_html_meta_init(im_html_meta *meta)
{
    *meta = (im_html_meta){0};
    meta->json_ld = g_ptr_array_new_with_free_func(g_free);
}

void im_html_meta_clear(im_html_meta *meta)
{
    g_free(meta->title);
    g_free(meta->h1);
    g_free(meta->og_title);
    g_free(meta->og_site);
    g_free(meta->og_url);
    g_free(meta->canonical);
    g_free(meta->published);
    g_free(meta->time);
    g_free(meta->language);
    g_ptr_array_unref(meta->json_ld);
}

const char *im_html_attribute(const guchar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (g_ascii_strcasecmp((const char *)attributes[0], name) == 0)
            return (const char *)attributes[1];
    return NULL;
}

static void keep_first(char **where, const char *value)
{
    if (!*where && value && *value)
        *where = g_strdup(value);
}

/* Names under which pages give the time of publication, best first. */
static const char *const published_names[] = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
};

static void read_published(im_html_meta *meta, const char *name, const char *content)
{
    guint n = G_N_ELEMENTS(published_names);
    for (guint i = 0; i < n; i++) {
        if (g_ascii_strcasecmp(name, published_names[i]) != 0 || n - i <= meta->published_rank ||
            im_date_read(content) == IM_DAY_NONE)
            continue;
        g_free(meta->published);
        meta->published = g_strdup(content);
        meta->published_rank = n - i;
    }
}

static void read_meta(im_html_meta *meta, const guchar **attributes)
{
    const char *content = im_html_attribute(attributes, "content");
    const char *names[] = {im_html_attribute(attributes, "property"),
                           im_html_attribute(attributes, "name"),
                           im_html_attribute(attributes, "itemprop")};
    for (gsize i = 0; content && i < G_N_ELEMENTS(names); i++) {
        if (!names[i])
            continue;
        read_published(meta, names[i], content);
        if (g_ascii_strcasecmp(names[i], "og:title") == 0)
            keep_first(&meta->og_title, content);
        else if (g_ascii_strcasecmp(names[i], "og:site_name") == 0)
            keep_first(&meta->og_site, content);
        else if (g_ascii_strcasecmp(names[i], "og:url") == 0)
            keep_first(&meta->og_url, content);
        else if (g_ascii_strcasecmp(names[i], "og:locale") == 0)
            keep_first(&meta->language, content);
    }
}

static void read_time(im_html_meta *meta, const char *datetime, gboolean in_article)
{
    if (!datetime || im_date_read(datetime) == IM_DAY_NONE ||
        (meta->time && (meta->time_in_article || !in_article)))
        return;
    g_free(meta->time);
    meta->time = g_strdup(datetime);
    meta->time_in_article = in_article;
}

static gboolean is_absolute(const char *url)
{
    return url && (g_str_has_prefix(url, "http://") || g_str_has_prefix(url, "https://"));
}

void im_html_meta_element(im_html_meta *meta, const char *name, const guchar **attributes,
                          gboolean in_article)
{
    if (strcmp(name, "meta") == 0) {
        read_meta(meta, attributes);
    } else if (strcmp(name, "time") == 0) {
        read_time(meta, im_html_attribute(attributes, "datetime"), in_article);
    } else if (strcmp(name, "html") == 0) {
        keep_first(&meta->language, im_html_attribute(attributes, "lang"));
    } else if (strcmp(name, "link") == 0) {
        const char *rel = im_html_attribute(attributes, "rel");
        const char *href = im_html_attribute(attributes, "href");
        if (rel && g_ascii_strcasecmp(rel, "canonical") == 0 && is_absolute(href))
            keep_first(&meta->canonical, href);
    }
}

/* ---- JSON-LD (schema.org NewsArticle) ---- */

static gboolean has_article_type(const cJSON *type)
{
    return cJSON_IsString(type) && (g_str_has_suffix(type->valuestring, "Article") ||
                                    g_str_has_suffix(type->valuestring, "BlogPosting"));
}

/* `@type` is a string or an array of strings. */
static gboolean is_article(const cJSON *node)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(node, "@type");
    if (!cJSON_IsArray(type))
        return has_article_type(type);
    for (const cJSON *item = type->child; item; item = item->next)
        if (has_article_type(item))
            return TRUE;
    return FALSE;
}

static const char *string_of(const cJSON *node, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(node, key);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* The nodes of a script: a single object, an array, or the array under @graph. */
static const cJSON *first_node(const cJSON *root)
{
    const cJSON *graph = cJSON_GetObjectItemCaseSensitive(root, "@graph");
    if (cJSON_IsArray(graph))
        return graph->child;
    return cJSON_IsArray(root) ? root->child : root;
}

/* The publisher's name stands in place, or in the node that `{"@id": …}` points at. */
static const char *publisher_of(const cJSON *article, const cJSON *nodes)
{
    const cJSON *publisher = cJSON_GetObjectItemCaseSensitive(article, "publisher");
    if (cJSON_IsArray(publisher))
        publisher = publisher->child;
    const char *name = string_of(publisher, "name"), *id = string_of(publisher, "@id");
    for (const cJSON *node = nodes; !name && id && node; node = node->next)
        if (g_strcmp0(string_of(node, "@id"), id) == 0)
            name = string_of(node, "name");
    return name;
}

static gboolean apply_json_ld(const char *script, im_report *report)
{
    cJSON *root = cJSON_Parse(script);
    const cJSON *nodes = first_node(root), *article = nodes;
    while (article && !is_article(article))
        article = article->next;
    if (article) {
        im_report_set(report, IM_FIELD_TITLE, g_strdup(string_of(article, "headline")));
        im_report_set(report, IM_FIELD_DATE, g_strdup(string_of(article, "datePublished")));
        im_report_set(report, IM_FIELD_LANGUAGE, g_strdup(string_of(article, "inLanguage")));
        im_report_set(report, IM_FIELD_PUBLISHER, g_strdup(publisher_of(article, nodes)));
        if (is_absolute(string_of(article, "url")))
            im_report_set(report, IM_FIELD_URL, g_strdup(string_of(article, "url")));
    }
    cJSON_Delete(root);
    return article != NULL;
}

/* Sets a field that has no value yet. */
static void fill(im_report *report, im_field field, gboolean known, const char *value)
{
    if (!known)
        im_report_set(report, field, g_strdup(value));
}

void im_html_meta_apply(const im_html_meta *meta, im_report *report)
{
    for (guint i = 0; i < meta->json_ld->len; i++)
        if (apply_json_ld(meta->json_ld->pdata[i], report))
            break;
    im_report_set(report, IM_FIELD_URL, g_strdup(meta->canonical));
    fill(report, IM_FIELD_TITLE, report->headline != NULL, meta->og_title);
    fill(report, IM_FIELD_TITLE, report->headline != NULL, meta->h1);
    fill(report, IM_FIELD_TITLE, report->headline != NULL, meta->title);
    fill(report, IM_FIELD_DATE, report->published != IM_DAY_NONE, meta->published);
    fill(report, IM_FIELD_DATE, report->published != IM_DAY_NONE, meta->time);
    fill(report, IM_FIELD_PUBLISHER, report->publisher != NULL, meta->og_site);
    fill(report, IM_FIELD_URL, report->url != NULL, meta->og_url);
    fill(report, IM_FIELD_LANGUAGE, report->language != IM_LANGUAGE_UNKNOWN, meta->language);
}

/* ---- what stands beside the report ---- */

static const char *const unseen_elements[] = {
    "script", "style",  "noscript", "template", "nav",   "header",     "footer",   "aside", "form",
    "button", "select", "textarea", "iframe",   "svg",   "figcaption", "object",   "video", "audio",
    "canvas", "dialog", "menu",     "head",     "title", "map",        "datalist", "math",  NULL,
};

static const char *const unseen_roles[] = {"navigation", "banner", "contentinfo", "complementary",
                                           "search",     "dialog", NULL};

/* Words that mark page furniture when a class or id begins with one (`share-buttons`). */
static const char *const beside_words[] = {
    "share",        "sharing",    "social",        "cookie",      "cookies",
    "consent",      "gdpr",       "related",       "newsletter",  "subscribe",
    "subscription", "breadcrumb", "breadcrumbs",   "promo",       "promoted",
    "advert",       "adverts",    "advertisement", "ads",         "ad",
    "sponsor",      "sponsored",  "comments",      "sidebar",     "widget",
    "popup",        "modal",      "navigation",    "navbar",      "banner",
    "footer",       "masthead",   "caption",       "recommended", "recommendations",
    "trending",     "mostread",   "outbrain",      "taboola",     "paywall",
    "skip",         "sr",         "tags",          "toolbar",     NULL,
};

static gboolean is_one_of(const char *word, gsize len, const char *const *words)
{
    for (; *words; words++)
        if (strlen(*words) == len && g_ascii_strncasecmp(*words, word, len) == 0)
            return TRUE;
    return FALSE;
}

static gboolean names_furniture(const char *names)
{
    static const char gap[] = " \t\r\n";
    for (const char *p = names; p && *p; p += strcspn(p, gap)) {
        p += strspn(p, gap);
        if (is_one_of(p, strcspn(p, " \t\r\n-_"), beside_words))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_hidden(const guchar **attributes)
{
    const char *aria = im_html_attribute(attributes, "aria-hidden");
    const char *style = im_html_attribute(attributes, "style");
    for (const guchar **a = attributes; a && a[0]; a += 2)
        if (g_ascii_strcasecmp((const char *)a[0], "hidden") == 0)
            return TRUE;
    return (aria && g_ascii_strcasecmp(aria, "true") == 0) ||
           (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

static gboolean is_frame(const char *name)
{
    static const char *const frames[] = {"html", "body", "main", "article", NULL};
    return g_strv_contains(frames, name);
}

gboolean im_html_is_beside(const char *name, const guchar **attributes, gboolean by_class)
{
    if (g_strv_contains(unseen_elements, name) || is_hidden(attributes))
        return TRUE;
    const char *role = im_html_attribute(attributes, "role");
    if (!by_class || is_frame(name))
        return FALSE;
    return (role && is_one_of(role, strlen(role), unseen_roles)) ||
           names_furniture(im_html_attribute(attributes, "class")) ||
           names_furniture(im_html_attribute(attributes, "id"));
}
