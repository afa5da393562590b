/* Markdown, read by libcmark (CommonMark): what a reader sees, a paragraph or list item a line.
 * Front matter between lines of `---` may tell title, date, url, publisher and language. */
#include "report/priv.h"

#include <cmark.h>
#include <string.h>

static im_field field_of(const char *key)
{
    static const struct {
        const char *key;
        im_field field;
    } keys[] = {
        {"title", IM_FIELD_TITLE},
        {"headline", IM_FIELD_TITLE},
        {"date", IM_FIELD_DATE},
        {"published", IM_FIELD_DATE},
        {"url", IM_FIELD_URL},
        {"link", IM_FIELD_URL},
        {"publisher", IM_FIELD_PUBLISHER},
        {"source", IM_FIELD_PUBLISHER},
        {"language", IM_FIELD_LANGUAGE},
        {"lang", IM_FIELD_LANGUAGE},
        {"id", IM_FIELD_ID},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (g_ascii_strcasecmp(key, keys[i].key) == 0)
            return keys[i].field;
    return IM_FIELD_N;
}

static void read_front_line(char *line, im_report *report)
{
    char *colon = strchr(line, ':');
    if (!colon)
        return;
    *colon = '\0';
    im_field field = field_of(g_strstrip(line));
    char *value = g_strstrip(colon + 1);
    gsize len = strlen(value);
    if (len >= 2 && strchr("\"'", value[0]) && value[len - 1] == value[0]) {
        value[len - 1] = '\0';
        value++;
    }
    if (field != IM_FIELD_N)
        im_report_set(report, field, g_strdup(value));
}

static gboolean is_fence(const char *line, gsize len)
{
    return len >= 3 && memcmp(line, "---", 3) == 0 && im_is_blank(line + 3, len - 3);
}

/* The bytes of the front matter; 0 when there is none. */
static gsize read_front_matter(const char *text, im_report *report)
{
    gsize at = strcspn(text, "\n");
    if (!is_fence(text, at) || !text[at])
        return 0;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (at++; text[at];) {
        gsize len = strcspn(text + at, "\n");
        if (is_fence(text + at, len)) {
            for (guint i = 0; i < lines->len; i++)
                read_front_line(lines->pdata[i], report);
            return at + len;
        }
        g_ptr_array_add(lines, g_strndup(text + at, len));
        at += len + (text[at + len] == '\n');
    }
    return 0;
}

/* Begins a new block: `n` line breaks at the end of `out`, unless it is empty. */
static void break_lines(GString *out, guint n)
{
    while (out->len && g_ascii_isspace(out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    for (guint i = 0; out->len && i < n; i++)
        g_string_append_c(out, '\n');
}

static gboolean after_bullet(const GString *out)
{
    return out->len >= 2 && out->str[out->len - 1] == ' ' &&
           (out->str[out->len - 2] == '-' || out->str[out->len - 2] == '.');
}

static void begin_item(GString *out, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    gboolean first = cmark_node_previous(item) == NULL;
    break_lines(out, first ? 2 : 1);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
        g_string_append(out, "- ");
        return;
    }
    int number = cmark_node_get_list_start(list);
    if (cmark_node_get_user_data(list))
        number = GPOINTER_TO_INT(cmark_node_get_user_data(list));
    g_string_append_printf(out, "%d. ", number);
    cmark_node_set_user_data(list, GINT_TO_POINTER(number + 1));
}

/* The text of a document as it grows. */
typedef struct writing {
    GString *out;
    guint max_nesting;
    GError *error; /* of HTML within, the first */
} writing;

static void append_html_block(writing *w, const char *html)
{
    if (w->error)
        return;
    g_autofree char *text = im_html_to_text(html, strlen(html), w->max_nesting, &w->error);
    break_lines(w->out, 2);
    if (text)
        g_string_append(w->out, text);
}

static void enter(cmark_node *node, writing *w)
{
    GString *out = w->out;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_ITEM:
        begin_item(out, node);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        if (!(cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM &&
              cmark_node_previous(node) == NULL && after_bullet(out)))
            break_lines(out, 2);
        break;
    case CMARK_NODE_CODE_BLOCK:
        break_lines(out, 2);
        g_string_append(out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_BLOCK:
        append_html_block(w, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        g_string_append(out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        g_string_append_c(out, ' ');
        break;
    case CMARK_NODE_LINEBREAK:
        g_string_append_c(out, '\n');
        break;
    default:
        break;
    }
}

/* Walks the tree; what stands in an image (its alternative text) is passed over. */
static void write_text(cmark_node *root, writing *w, char **headline)
{
    const GString *out = w->out;
    cmark_iter *iter = cmark_iter_new(root);
    gsize heading = 0;
    guint images = 0;
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_IMAGE)
            images += event == CMARK_EVENT_ENTER ? 1u : -1u;
        else if (event == CMARK_EVENT_ENTER && !images)
            enter(node, w);
        if (type != CMARK_NODE_HEADING || *headline)
            continue;
        if (event == CMARK_EVENT_ENTER)
            heading = out->len;
        else if (out->len > heading)
            *headline = im_squeeze(g_strdup(out->str + heading));
    }
    cmark_iter_free(iter);
    break_lines(w->out, 1);
}

/* cmark's time grows with the square of the links that a text pretends to begin (up to 0.30.2,
 * CVE-2023-22486). */
static gboolean has_few_brackets(const char *text, GError **error)
{
    enum { MAX_BRACKETS = 50000 };
    guint n = 0;
    for (const char *p = strchr(text, '['); p && n <= MAX_BRACKETS; p = strchr(p + 1, '['))
        n++;
    if (n > MAX_BRACKETS)
        g_set_error(error, IM_ERROR, IM_ERROR_LIMIT, "has more than %d brackets", MAX_BRACKETS);
    return n <= MAX_BRACKETS;
}

static gboolean parse(const char *text, gsize len, const im_read_options *options,
                      im_report *report, GError **error)
{
    if (!has_few_brackets(text, error))
        return FALSE;
    gsize skipped = read_front_matter(text, report);
    cmark_node *root = cmark_parse_document(text + skipped, len - skipped, CMARK_OPT_VALIDATE_UTF8);
    g_autofree char *headline = NULL;
    writing w = {g_string_new(NULL), options->max_nesting, NULL};
    write_text(root, &w, &headline);
    cmark_node_free(root);
    if (!report->headline)
        report->headline = g_steal_pointer(&headline);
    report->text_len = w.out->len;
    report->text = g_string_free(w.out, FALSE);
    if (w.error)
        g_propagate_error(error, w.error);
    return w.error == NULL;
}

const im_report_format im_format_markdown = {
    .name = "md", .id = IM_INPUT_MARKDOWN, .suffixes = {".md", ".markdown"}, .parse = parse};
