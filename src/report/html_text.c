/* A page of HTML → text as a reader sees it, in one pass over libxml2's SAX events: no tree is
 * built, so that neither depth nor size of a page costs more than its text. */
#include "report/html.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { SHORT_REGION_BYTES = 400 };

/* Parts of a page that hold the report, the surest last. */
typedef enum region_kind {
    REGION_NONE = 0,
    REGION_MAIN,
    REGION_ARTICLE,
    REGION_ARTICLE_BODY, /* itemprop="articleBody" */
} region_kind;

typedef struct region {
    region_kind kind;
    guint depth; /* of its element while that is open, 0 when closed */
    gsize start, end;
} region;

typedef struct page {
    htmlParserCtxtPtr parser;
    im_html_meta *meta; /* NULL: only text is wanted */
    gboolean by_class;
    guint max_nesting; /* libxml2's time grows with the depth */
    GString *text;
    GArray *regions;
    guint depth, open_regions;
    guint beside;   /* depth of the outermost element that is left out; 0 none */
    guint breaks;   /* line breaks before the next text */
    gboolean space; /* white space before the next text */
    gboolean bullet;
    gboolean too_deep;
    GString *capture;    /* title, h1 or JSON-LD being read */
    guint capture_depth; /* 0 none */
} page;

static const char *const block_elements[] = {
    "address", "article", "aside",    "blockquote", "body",    "center",  "dd",
    "details", "div",     "dl",       "dt",         "figure",  "footer",  "h1",
    "h2",      "h3",      "h4",       "h5",         "h6",      "header",  "hr",
    "main",    "ol",      "p",        "pre",        "section", "summary", "table",
    "tbody",   "ul",      "fieldset", "caption",    "thead",   "tfoot",   NULL,
};

/* Line breaks around an element: 2 a paragraph, 1 a line, 0 it stands in the line. */
static guint breaks_of(const char *name)
{
    if (g_strv_contains(block_elements, name))
        return 2;
    return strcmp(name, "li") == 0 || strcmp(name, "tr") == 0;
}

static void break_line(page *p, guint n)
{
    p->breaks = MAX(p->breaks, n);
    p->space &= p->breaks == 0;
}

/* Writes the white space that is due before a character. */
static void begin_text(page *p)
{
    if (p->breaks) {
        for (guint i = 0; p->text->len && i < p->breaks; i++)
            g_string_append_c(p->text, '\n');
        if (p->bullet)
            g_string_append(p->text, "- ");
        p->bullet = FALSE;
    } else if (p->space && p->text->len) {
        g_string_append_c(p->text, ' ');
    }
    p->breaks = 0;
    p->space = FALSE;
}

/* Bytes of a character that is white space on a page; 0 when it is none. No-break spaces count. */
static gsize space_len(const char *text, gsize len)
{
    if (strchr(" \t\r\n\f", *text))
        return 1;
    return len >= 2 && memcmp(text, "\u00A0", 2) == 0 ? 2 : 0;
}

/* Bytes of a character that is not seen: soft hyphen, zero-width space, byte order mark. */
static gsize unseen_len(const char *text, gsize len)
{
    if (len >= 2 && memcmp(text, "\u00AD", 2) == 0)
        return 2;
    if (len >= 3 && (memcmp(text, "\u200B", 3) == 0 || memcmp(text, "\uFEFF", 3) == 0))
        return 3;
    return 0;
}

/* Bytes before the next character of either kind. */
static gsize run_len(const char *text, gsize len)
{
    /* white space, and the first bytes of what is longer */
    static const guint8 stops[256] = {[' '] = 1,  ['\t'] = 1, ['\r'] = 1, ['\n'] = 1,
                                      ['\f'] = 1, [0xC2] = 1, [0xE2] = 1, [0xEF] = 1};
    gsize n = 0;
    while (n < len && (!stops[(guchar)text[n]] ||
                       (!space_len(text + n, len - n) && !unseen_len(text + n, len - n))))
        n++;
    return n;
}

static void append_text(page *p, const char *text, gsize len)
{
    while (len > 0) {
        gsize n = space_len(text, len);
        if (n) {
            p->space = TRUE;
        } else if (!(n = unseen_len(text, len))) {
            n = run_len(text, len);
            begin_text(p);
            g_string_append_len(p->text, text, (gssize)n);
        }
        text += n;
        len -= n;
    }
}

static region_kind region_of(const char *name, const guchar **attributes)
{
    const char *itemprop = im_html_attribute(attributes, "itemprop");
    const char *role = im_html_attribute(attributes, "role");
    if (itemprop && g_ascii_strcasecmp(itemprop, "articleBody") == 0)
        return REGION_ARTICLE_BODY;
    if (strcmp(name, "article") == 0)
        return REGION_ARTICLE;
    return strcmp(name, "main") == 0 || (role && g_ascii_strcasecmp(role, "main") == 0)
               ? REGION_MAIN
               : REGION_NONE;
}

static void open_region(page *p, region_kind kind)
{
    region opened = {.kind = kind, .depth = p->depth, .start = p->text->len};
    g_array_append_val(p->regions, opened);
    p->open_regions++;
}

static void close_regions(page *p)
{
    for (guint i = p->regions->len; i > 0 && p->open_regions; i--) {
        region *r = &g_array_index(p->regions, region, i - 1);
        if (r->depth != p->depth)
            continue;
        r->depth = 0;
        r->end = p->text->len;
        p->open_regions--;
    }
}

static gboolean is_json_ld(const char *name, const guchar **attributes)
{
    const char *type = im_html_attribute(attributes, "type");
    return strcmp(name, "script") == 0 && type &&
           g_ascii_strncasecmp(type, "application/ld+json", 19) == 0;
}

static void begin_capture(page *p, const char *name, const guchar **attributes)
{
    if (!p->meta || p->capture_depth)
        return;
    if (strcmp(name, "title") == 0 || strcmp(name, "h1") == 0 || is_json_ld(name, attributes)) {
        g_string_truncate(p->capture, 0);
        p->capture_depth = p->depth;
    }
}

static void end_capture(page *p, const char *name)
{
    if (p->capture_depth != p->depth)
        return;
    p->capture_depth = 0;
    char **where = strcmp(name, "title") == 0 ? &p->meta->title : &p->meta->h1;
    if (strcmp(name, "script") == 0)
        g_ptr_array_add(p->meta->json_ld, g_strdup(p->capture->str));
    else if (!*where)
        *where = im_squeeze(g_strdup(p->capture->str));
}

static void start_element(void *user, const xmlChar *raw_name, const xmlChar **attributes)
{
    page *p = user;
    const char *name = (const char *)raw_name;
    if (++p->depth > p->max_nesting) {
        p->too_deep = TRUE;
        xmlStopParser(p->parser);
        return;
    }
    if (p->meta)
        im_html_meta_element(p->meta, name, attributes, p->open_regions > 0 && !p->beside);
    begin_capture(p, name, attributes);
    if (!p->beside && im_html_is_beside(name, attributes, p->by_class))
        p->beside = p->depth;
    if (p->beside)
        return;
    if (strcmp(name, "br") == 0)
        break_line(p, p->breaks + 1 < 2 ? p->breaks + 1 : 2);
    else if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
        append_text(p, p->breaks ? "" : " | ", p->breaks ? 0 : 3);
    else
        break_line(p, breaks_of(name));
    if (strcmp(name, "li") == 0)
        p->bullet = TRUE;
    region_kind kind = region_of(name, attributes);
    if (kind)
        open_region(p, kind);
}

static void end_element(void *user, const xmlChar *raw_name)
{
    page *p = user;
    const char *name = (const char *)raw_name;
    if (p->too_deep || p->depth == 0)
        return;
    end_capture(p, name);
    if (!p->beside) {
        break_line(p, breaks_of(name));
        close_regions(p);
        if (strcmp(name, "li") == 0)
            p->bullet = FALSE;
    }
    if (p->beside == p->depth)
        p->beside = 0;
    p->depth--;
}

static void characters(void *user, const xmlChar *text, int len)
{
    page *p = user;
    if (p->capture_depth)
        g_string_append_len(p->capture, (const char *)text, len);
    if (!p->beside)
        append_text(p, (const char *)text, (gsize)len);
}

/* FALSE when nested too deep. */
static gboolean read_page(page *p, const char *bytes, gsize len)
{
    static const char charset[] = "UTF-8";
    xmlInitParser();
    p->parser = htmlNewParserCtxt();
    xmlSAXHandler *sax = p->parser->sax;
    memset(sax, 0, sizeof *sax);
    sax->startElement = start_element;
    sax->endElement = end_element;
    sax->characters = sax->ignorableWhitespace = sax->cdataBlock = characters;
    p->parser->userData = p;
    htmlCtxtReadMemory(p->parser, bytes, (int)len, NULL, charset,
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    htmlFreeParserCtxt(p->parser);
    return !p->too_deep;
}

/* The region that holds the report: of the surest kind that has one which is long, or has a good
 * part of the page's text, the longest. The whole page when there is none. */
static region report_region(const page *p)
{
    region best = {.kind = REGION_NONE, .start = 0, .end = p->text->len};
    for (guint i = 0; i < p->regions->len; i++) {
        const region *r = &g_array_index(p->regions, region, i);
        gsize size = r->depth ? p->text->len - r->start : r->end - r->start;
        if (size < SHORT_REGION_BYTES && size * 4 < p->text->len)
            continue;
        if (r->kind > best.kind || (r->kind == best.kind && size > best.end - best.start))
            best = (region){.kind = r->kind, .start = r->start, .end = r->start + size};
    }
    return best;
}

static char *take_text(const page *p)
{
    region best = report_region(p);
    char *text = g_strndup(p->text->str + best.start, best.end - best.start);
    return g_strstrip(text);
}

/* The text, NULL when nested too deep. */
static char *extract(const char *bytes, gsize len, guint max_nesting, im_html_meta *meta,
                     gboolean by_class)
{
    page p = {.meta = meta,
              .by_class = by_class,
              .max_nesting = max_nesting,
              .text = g_string_new(NULL),
              .regions = g_array_new(FALSE, FALSE, sizeof(region)),
              .capture = g_string_new(NULL)};
    char *text = read_page(&p, bytes, len) ? take_text(&p) : NULL;
    g_string_free(p.text, TRUE);
    g_string_free(p.capture, TRUE);
    g_array_free(p.regions, TRUE);
    return text;
}

/* Some pages wrap all they have in a class that looks like furniture: then judge by elements only. */
static char *extract_some(const char *bytes, gsize len, guint max_nesting, im_html_meta *meta,
                          GError **error)
{
    g_autofree char *text = extract(bytes, len, max_nesting, meta, TRUE);
    if (!text)
        g_set_error(error, IM_ERROR, IM_ERROR_LIMIT, "elements are nested deeper than %u",
                    max_nesting);
    return !text || *text ? g_steal_pointer(&text) : extract(bytes, len, max_nesting, NULL, FALSE);
}

char *im_html_to_text(const char *bytes, gsize len, guint max_nesting, GError **error)
{
    return extract_some(bytes, len, max_nesting, NULL, error);
}

gboolean im_html_read(const char *bytes, gsize len, const im_read_options *options,
                      im_report *report, GError **error)
{
    im_html_meta meta;
    im_html_meta_init(&meta);
    report->text = extract_some(bytes, len, options->max_nesting, &meta, error);
    if (report->text) {
        report->text_len = strlen(report->text);
        im_html_meta_apply(&meta, report);
    }
    im_html_meta_clear(&meta);
    return report->text != NULL;
}
