/* Feeds: RSS 2.0 (and 0.9x, 1.0) and Atom. What is broken in a feed is told once, behind
 * the items that could be read. */
#include "report/priv.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <string.h>

/* libxml2's own limit; it cannot be raised alone. */
enum { XML_LEVELS = 256 };

typedef struct feed {
    im_stream *source;
    guint max_nesting;
    xmlDoc *doc;       /* NULL when there is nothing to read */
    const xmlNode *at; /* the last item that was read, or the root */
    guint n_items;
    gboolean done;
    char *publisher; /* the feed's title */
    im_language language;
    char *fault; /* the first, of which kind it is, and its line */
    im_error fault_code;
    guint64 fault_line;
    xmlEntity named; /* the character that HTML calls by a name, see get_entity() */
    xmlChar character[8];
} feed;

static void on_error(void *context, xmlErrorPtr error)
{
    const xmlParserCtxt *parser = context;
    feed *self = parser->_private;
    if (self->fault || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    const gboolean is_deep = parser->nameNr > XML_LEVELS;
    self->fault = is_deep ? g_strdup_printf("elements are nested deeper than %d", XML_LEVELS)
                          : im_squeeze(g_strdup(error->message ? error->message : "malformed XML"));
    self->fault_code = is_deep ? IM_ERROR_LIMIT : IM_ERROR_FORMAT;
    self->fault_line = error->line > 0 ? (guint64)error->line : 1;
}

/* HTML's names for characters (&nbsp; &eacute;) are no XML, but common in feeds. */
static xmlEntity *get_entity(void *context, const xmlChar *name)
{
    feed *self = ((xmlParserCtxt *)context)->_private;
    xmlEntity *declared = xmlSAX2GetEntity(context, name);
    const htmlEntityDesc *known = declared ? NULL : htmlEntityLookup(name);
    if (!known)
        return declared;
    int len = g_unichar_to_utf8(known->value, (char *)self->character);
    self->character[len] = '\0';
    self->named = (xmlEntity){.type = XML_ENTITY_DECL,
                              .name = name,
                              .content = self->character,
                              .length = len,
                              .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    return &self->named;
}

static xmlDoc *parse_xml(feed *self, const char *bytes, gsize len)
{
    xmlInitParser();
    xmlParserCtxt *parser = xmlNewParserCtxt();
    parser->_private = self;
    parser->sax->getEntity = get_entity;
    parser->sax->serror = on_error;
    xmlDoc *doc = xmlCtxtReadMemory(parser, bytes, (int)len, NULL, NULL,
                                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                        XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlFreeParserCtxt(parser);
    return doc;
}

/* Whether the XML declaration names an encoding other than UTF-8. */
static gboolean is_encoded(const char *bytes, gsize len)
{
    g_autofree char *head = g_ascii_strdown(bytes, (gssize)MIN(len, 120));
    char *end = strstr(head, "?>");
    const char *encoding = strstr(head, "encoding=");
    if (!g_str_has_prefix(head, "<?xml") || !end || !encoding || encoding > end)
        return FALSE;
    *end = '\0';
    return strstr(encoding, "utf-8") == NULL;
}

/* libxml2 converts what the feed names; bytes that are not the UTF-8 they claim to be are made so. */
static char *decode(char *bytes, gsize *len)
{
    return is_encoded(bytes, *len) ? bytes : im_decode(bytes, *len, len);
}

/* A parser that recovers lets through what it could not convert. Takes `text` over. */
static char *make_valid(char *text)
{
    g_autofree char *owned = text;
    return !text || g_utf8_validate(text, -1, NULL) ? g_steal_pointer(&owned)
                                                    : g_utf8_make_valid(text, -1);
}

static void close_feed(gpointer state)
{
    feed *self = state;
    xmlFreeDoc(self->doc);
    g_free(self->publisher);
    g_free(self->fault);
    g_free(self);
}

static gpointer open_feed(im_stream *source, const im_read_options *options, GError **error)
{
    gsize len;
    char *bytes = im_stream_all(source, options->max_bytes, &len, error);
    if (!bytes)
        return NULL;
    g_autofree char *text = decode(bytes, &len);
    gsize blank = strspn(text, " \t\r\n");
    feed *self = g_new0(feed, 1);
    self->source = source;
    self->max_nesting = options->max_nesting;
    self->done = blank >= len;
    if (!self->done)
        self->doc = parse_xml(self, text + blank, len - blank);
    return self;
}

/* ---- an item's tree ---- */

/* The node behind the end of this one; NULL behind the root. */
static const xmlNode *node_behind(const xmlNode *node, const xmlNode *root)
{
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The next node in the order of the document. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *root)
{
    return node->type == XML_ELEMENT_NODE && node->children ? node->children
                                                            : node_behind(node, root);
}

static void append_start(const xmlNode *node, gboolean markup, GString *out)
{
    if (node->type == XML_ELEMENT_NODE && markup)
        g_string_append_printf(out, "<%s>", (const char *)node->name);
    else if (node->type == XML_TEXT_NODE && node->content)
        g_string_append(out, (const char *)node->content);
}

/* HTML knows no end of <br>. */
static void append_end(const xmlNode *node, gboolean markup, GString *out)
{
    if (node->type != XML_ELEMENT_NODE || !markup)
        return;
    const htmlElemDesc *known = htmlTagLookup(node->name);
    if (!known || !known->empty)
        g_string_append_printf(out, "</%s>", (const char *)node->name);
}

/* Appends the text of a tree; of elements inside (Atom's xhtml) also the tags, when `markup`. */
static void append_tree(const xmlNode *root, gboolean markup, GString *out)
{
    for (const xmlNode *node = root->children; node; node = node->next) {
        append_start(node, markup, out);
        while (node->type == XML_ELEMENT_NODE && node->children)
            append_start(node = node->children, markup, out);
        append_end(node, markup, out);
        for (; !node->next && node->parent != root; append_end(node, markup, out))
            node = node->parent;
    }
}

static char *text_of(const xmlNode *node)
{
    GString *out = g_string_new(NULL);
    append_tree(node, FALSE, out);
    return make_valid(g_string_free(out, FALSE));
}

static char *attribute_of(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    char *copy = g_strdup((const char *)value);
    xmlFree(value);
    return make_valid(copy);
}

/* Whether elements of a tree lie deeper in the document than `levels`. */
static gboolean is_deeper(const xmlNode *root, guint levels)
{
    guint depth = 0;
    for (const xmlNode *node = root; node; node = node->parent)
        depth += node->type == XML_ELEMENT_NODE;
    const xmlNode *node = root;
    while (node->type != XML_ELEMENT_NODE || depth <= levels) {
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            depth++;
            continue;
        }
        for (; node != root && !node->next; node = node->parent)
            depth--;
        if (node == root)
            return FALSE;
        node = node->next;
    }
    return TRUE;
}

/* The body of an item, from HTML (RSS: always; Atom: by `type`) or plain text; NULL with an error when that is nested too
 * deep. */
static char *body_of(const xmlNode *node, guint max_nesting, GError **error)
{
    g_autofree char *type = attribute_of(node, "type");
    if (g_strcmp0(type, "text") == 0)
        return text_of(node);
    GString *html = g_string_new(NULL);
    append_tree(node, g_strcmp0(type, "xhtml") == 0, html);
    g_autofree char *valid = make_valid(g_string_free(html, FALSE));
    return im_html_to_text(valid, strlen(valid), max_nesting, error);
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

static char *value_of(const feed *self, const xmlNode *node, im_field field, GError **error)
{
    if (field == IM_FIELD_TEXT || field == IM_FIELD_TITLE) /* titles may hold HTML, escaped twice */
        return body_of(node, self->max_nesting, error);
    char *text = text_of(node);
    if (field != IM_FIELD_URL || *g_strstrip(text))
        return text;
    g_autofree char *rel = attribute_of(node, "rel"); /* Atom: <link rel="alternate" href="…"/> */
    g_free(text);
    return !rel || strcmp(rel, "alternate") == 0 ? attribute_of(node, "href") : NULL;
}

static gboolean read_children(const feed *self, const xmlNode *item, im_report *report,
                              GError **error)
{
    guint ranks[IM_FIELD_N] = {0};
    for (const xmlNode *node = item->children; node; node = node->next) {
        GError *fault = NULL;
        const struct child *child = child_of(node);
        if (!child || child->rank <= ranks[child->field])
            continue;
        char *value = value_of(self, node, child->field, &fault);
        if (fault) {
            g_propagate_error(error, fault);
            return FALSE;
        }
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
    return TRUE;
}

static void read_item(const feed *self, const xmlNode *item, im_report *report)
{
    const char *name = im_stream_name(self->source);
    g_autoptr(GError) error = NULL;
    if (is_deeper(item, self->max_nesting))
        im_report_fail(report, IM_ERROR_LIMIT, name, "elements are nested deeper than %u",
                       self->max_nesting);
    else if (!read_children(self, item, report, &error))
        im_report_fail(report, error->code, name, "%s", error->message);
    if (!report->text)
        report->text = g_strdup(report->headline);
    report->text_len = report->text ? strlen(report->text) : 0;
}

/* ---- the feed ---- */

static gboolean is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static gboolean is_item(const xmlNode *node)
{
    return is_named(node, "item") || is_named(node, "entry");
}

/* Title and language of the feed stand before its items. */
static void read_head(feed *self, const xmlNode *node)
{
    if (is_named(node, "title") && !self->publisher)
        self->publisher = im_squeeze(text_of(node));
    if (!is_named(node, "language") || self->language)
        return;
    g_autofree char *code = im_squeeze(text_of(node));
    self->language = im_language_from_code(code);
}

static gboolean begin(feed *self)
{
    const xmlNode *root = self->doc ? xmlDocGetRootElement(self->doc) : NULL;
    if (!root || !(is_named(root, "rss") || is_named(root, "feed") || is_named(root, "RDF")))
        return FALSE;
    xmlChar *language = xmlNodeGetLang(root);
    self->language = im_language_from_code((const char *)language);
    xmlFree(language);
    self->at = root;
    return TRUE;
}

/* The next item behind `at`, whose own inside is passed over. */
static const xmlNode *find_item(feed *self)
{
    const xmlNode *root = xmlDocGetRootElement(self->doc);
    const xmlNode *node = is_item(self->at) ? node_behind(self->at, root) : self->at;
    for (; node && !is_item(node); node = next_node(node, root))
        read_head(self, node);
    return node;
}

static gboolean fail_at_end(feed *self, im_report *report)
{
    const char *name = im_stream_name(self->source);
    self->done = TRUE;
    if (self->fault) {
        report->line = self->fault_line;
        self->fault = make_valid(self->fault);
        im_report_fail(report, self->fault_code, name, "%s", self->fault);
    } else if (!self->at) {
        im_report_fail(report, IM_ERROR_FORMAT, name, "is neither RSS nor Atom");
    }
    return report->error != NULL;
}

static gboolean next_item(gpointer state, im_report *report)
{
    feed *self = state;
    if (self->done)
        return FALSE;
    const xmlNode *item = self->at || begin(self) ? find_item(self) : NULL;
    if (!item)
        return fail_at_end(self, report);
    self->at = item;
    report->line = (guint64)MAX(xmlGetLineNo(item), 1);
    report->language = self->language;
    read_item(self, item, report);
    self->n_items++;
    if (!report->id) /* not by line: whole feeds stand on one */
        report->id = report->url
                         ? g_strdup(report->url)
                         : g_strdup_printf("%s#%u", im_stream_name(self->source), self->n_items);
    if (!report->publisher)
        report->publisher = g_strdup(self->publisher);
    return TRUE;
}

const im_report_format im_format_rss = {.name = "rss",
                                        .id = IM_INPUT_RSS,
                                        .suffixes = {".rss", ".atom", ".xml"},
                                        .open = open_feed,
                                        .next = next_item,
                                        .close = close_feed};
