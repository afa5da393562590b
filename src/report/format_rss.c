/* Feeds: RSS 2.0 (and 0.9x, 1.0) and Atom. Read item by item from a stream. What is broken in a
 * feed is told once, behind the items that could be read. */
#include "report/priv.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <string.h>

typedef struct feed {
    im_stream *source;
    xmlTextReaderPtr reader;
    gsize max_bytes, item_bytes; /* bytes read since the last item */
    gboolean too_large, started, is_feed, done;
    char *publisher; /* the feed's title */
    im_language language;
    char *fault;
    int fault_line;
} feed;

static int read_bytes(void *context, char *out, int room)
{
    feed *self = context;
    gsize n = im_stream_read(self->source, out, (gsize)room);
    self->item_bytes += n;
    self->too_large |= self->item_bytes > self->max_bytes;
    return self->too_large ? -1 : (int)n;
}

static void on_error(void *context, xmlErrorPtr error)
{
    feed *self = context;
    /* HTML's names for characters are common in feeds; append_tree() knows them */
    if (self->fault || error->level < XML_ERR_ERROR || error->code == XML_ERR_UNDECLARED_ENTITY ||
        error->code == XML_WAR_UNDECLARED_ENTITY || error->domain == XML_FROM_NAMESPACE)
        return;
    self->fault = g_strstrip(g_strdup(error->message ? error->message : "malformed XML"));
    self->fault_line = error->line;
}

static gpointer open_feed(im_stream *source, const im_read_options *options G_GNUC_UNUSED,
                          gsize max_bytes, GError **error G_GNUC_UNUSED)
{
    feed *self = g_new0(feed, 1);
    self->source = source;
    self->max_bytes = max_bytes;
    while (g_ascii_isspace(im_stream_peek(source)))
        im_stream_byte(source);
    if (im_stream_peek(source) < 0) {
        self->done = TRUE;
        return self;
    }
    xmlInitParser();
    self->reader = xmlReaderForIO(read_bytes, NULL, self, NULL, NULL,
                                  XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                      XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlTextReaderSetStructuredErrorHandler(self->reader, on_error, self);
    return self;
}

static void close_feed(gpointer state)
{
    feed *self = state;
    xmlFreeTextReader(self->reader);
    g_free(self->publisher);
    g_free(self->fault);
    g_free(self);
}

/* ---- an item's tree ---- */

static const xmlNode *next_node(const xmlNode *node, const xmlNode *root)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* Appends the text of a tree; of elements inside (Atom's xhtml) also the tags, when `markup`. */
static void append_tree(const xmlNode *root, gboolean markup, GString *out)
{
    for (const xmlNode *node = next_node(root, root); node; node = next_node(node, root)) {
        if (node->type == XML_ENTITY_REF_NODE) {
            const htmlEntityDesc *known = htmlEntityLookup(node->name);
            g_string_append_unichar(out, known ? known->value : 0xFFFD);
        } else if (node->type == XML_ELEMENT_NODE && markup) {
            g_string_append_printf(out, "<%s>", (const char *)node->name);
        } else if (node->content &&
                   (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)) {
            g_string_append(out, (const char *)node->content);
        }
    }
}

static char *text_of(const xmlNode *node)
{
    GString *out = g_string_new(NULL);
    append_tree(node, FALSE, out);
    return g_string_free(out, FALSE);
}

static char *attribute_of(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    char *copy = g_strdup((const char *)value);
    xmlFree(value);
    return copy;
}

/* The body of an item, from HTML (RSS: always; Atom: by `type`) or plain text. */
static char *body_of(const xmlNode *node)
{
    g_autofree char *type = attribute_of(node, "type");
    if (g_strcmp0(type, "text") == 0)
        return text_of(node);
    GString *html = g_string_new(NULL);
    append_tree(node, g_strcmp0(type, "xhtml") == 0, html);
    char *text = im_html_to_text(html->str, html->len);
    g_string_free(html, TRUE);
    return text;
}

/* Where the value of an item's child goes; of several the one with the highest rank. */
static const struct child {
    const char *name; /* without its prefix */
    im_field field;
    guint rank;
} children[] = {
    {"title", IM_FIELD_TITLE, 1},      {"link", IM_FIELD_URL, 1},
    {"pubDate", IM_FIELD_DATE, 3},     {"published", IM_FIELD_DATE, 3},
    {"date", IM_FIELD_DATE, 2},        {"updated", IM_FIELD_DATE, 1},
    {"guid", IM_FIELD_ID, 1},          {"id", IM_FIELD_ID, 1},
    {"source", IM_FIELD_PUBLISHER, 1}, {"encoded", IM_FIELD_TEXT, 3},
    {"content", IM_FIELD_TEXT, 2},     {"description", IM_FIELD_TEXT, 1},
    {"summary", IM_FIELD_TEXT, 1},
};

static const struct child *child_of(const xmlNode *node)
{
    /* Media RSS has a title, description and content of its own: those of pictures */
    if (node->ns && node->ns->href && strstr((const char *)node->ns->href, "search.yahoo.com/mrss"))
        return NULL;
    for (gsize i = 0; node->type == XML_ELEMENT_NODE && i < G_N_ELEMENTS(children); i++)
        if (strcmp((const char *)node->name, children[i].name) == 0)
            return &children[i];
    return NULL;
}

static char *value_of(const xmlNode *node, im_field field)
{
    if (field == IM_FIELD_TEXT)
        return body_of(node);
    if (field == IM_FIELD_TITLE) /* may hold HTML, escaped twice */
        return body_of(node);
    char *text = text_of(node);
    if (field != IM_FIELD_URL || *g_strstrip(text))
        return text;
    g_autofree char *rel = attribute_of(node, "rel"); /* Atom: <link rel="alternate" href="…"/> */
    g_free(text);
    return !rel || strcmp(rel, "alternate") == 0 ? attribute_of(node, "href") : NULL;
}

static void read_item(const xmlNode *item, im_report *report)
{
    guint ranks[IM_FIELD_N] = {0};
    for (const xmlNode *node = item->children; node; node = node->next) {
        const struct child *child = child_of(node);
        if (!child || child->rank <= ranks[child->field])
            continue;
        char *value = value_of(node, child->field);
        if (!value || im_is_blank(value, strlen(value))) {
            g_free(value);
            continue;
        }
        ranks[child->field] = child->rank;
        if (child->field != IM_FIELD_TEXT) {
            im_report_set(report, child->field, value);
            continue;
        }
        g_free(report->text);
        report->text = value;
    }
    if (!report->text)
        report->text = g_strdup(report->headline);
    report->text_len = report->text ? strlen(report->text) : 0;
}

/* ---- the feed ---- */

static gboolean is_element(const feed *self, const char *name)
{
    return xmlTextReaderNodeType(self->reader) == XML_READER_TYPE_ELEMENT &&
           strcmp((const char *)xmlTextReaderConstLocalName(self->reader), name) == 0;
}

static void read_head(feed *self)
{
    static const char *const roots[] = {"rss", "feed", "RDF", NULL};
    if (!self->started && xmlTextReaderNodeType(self->reader) == XML_READER_TYPE_ELEMENT) {
        self->started = TRUE;
        self->is_feed =
            g_strv_contains(roots, (const char *)xmlTextReaderConstLocalName(self->reader));
        xmlChar *language = xmlTextReaderGetAttribute(self->reader, (const xmlChar *)"xml:lang");
        self->language = im_language_from_code((const char *)language);
        xmlFree(language);
    }
    xmlNode *node = NULL;
    if (is_element(self, "title") || is_element(self, "language"))
        node = xmlTextReaderExpand(self->reader);
    if (!node)
        return;
    g_autofree char *value = im_squeeze(text_of(node));
    if (is_element(self, "language"))
        self->language = im_language_from_code(value);
    else if (!self->publisher && *value)
        self->publisher = g_steal_pointer(&value);
}

static gboolean fail_at_end(feed *self, im_report *report)
{
    const char *name = im_stream_name(self->source);
    self->done = TRUE;
    report->line = self->fault_line > 0 ? (guint64)self->fault_line : 0;
    if (im_stream_error(self->source))
        return FALSE; /* the reader tells of it */
    if (self->too_large)
        im_report_fail(report, IM_ERROR_LIMIT, name,
                       "an item is larger than %" G_GSIZE_FORMAT " bytes", self->max_bytes);
    else if (self->fault)
        im_report_fail(report, IM_ERROR_FORMAT, name, "%s", self->fault);
    else if (!self->is_feed)
        im_report_fail(report, IM_ERROR_FORMAT, name, "is neither RSS nor Atom");
    return report->error != NULL;
}

static gboolean take_item(feed *self, im_report *report)
{
    xmlNode *item = xmlTextReaderExpand(self->reader);
    report->line = (guint64)MAX(xmlTextReaderGetParserLineNumber(self->reader), 1);
    if (!item)
        return FALSE;
    report->line = (guint64)MAX(xmlGetLineNo(item), 1);
    self->item_bytes = 0;
    report->language = self->language;
    read_item(item, report);
    if (!report->publisher)
        report->publisher = g_strdup(self->publisher);
    return TRUE;
}

static gboolean next_item(gpointer state, im_report *report)
{
    feed *self = state;
    if (self->done)
        return FALSE;
    int more = xmlTextReaderRead(self->reader);
    while (more == 1) {
        if (is_element(self, "item") || is_element(self, "entry"))
            break;
        read_head(self);
        more = xmlTextReaderRead(self->reader);
    }
    if (more == 1 && take_item(self, report))
        return TRUE;
    return fail_at_end(self, report);
}

const im_report_format im_format_rss = {.name = "rss",
                                        .id = IM_INPUT_RSS,
                                        .suffixes = {".rss", ".atom", ".xml"},
                                        .open = open_feed,
                                        .next = next_item,
                                        .close = close_feed};
