/* The formats, and how one is chosen. */
#include "explain/priv.h"

static const struct {
    const char *name;
    im_explain_format format;
    const char *suffixes[3];
} FORMATS[] = {
    {"text", IM_EXPLAIN_TEXT, {".txt", NULL}},
    {"html", IM_EXPLAIN_HTML, {".html", ".htm", NULL}},
    {"json", IM_EXPLAIN_JSON, {".json", ".jsonl", NULL}},
};

static im_explain_format find_by_name(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        if (g_ascii_strcasecmp(FORMATS[i].name, name) == 0)
            return FORMATS[i].format;
    return IM_EXPLAIN_NONE;
}

static im_explain_format find_by_suffix(const char *path)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        for (const char *const *suffix = FORMATS[i].suffixes; *suffix; suffix++)
            if (g_str_has_suffix(lower, *suffix))
                return FORMATS[i].format;
    return IM_EXPLAIN_NONE;
}

im_explain_format im_explain_format_find(const char *name, const char *path, GError **error)
{
    im_explain_format format = name ? find_by_name(name) : find_by_suffix(path);
    if (format)
        return format;
    if (name)
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "unknown format '%s'; known: text html json",
                    name);
    else
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: no format known by this suffix; give one with -f, or one of .txt .html "
                    ".json",
                    path);
    return IM_EXPLAIN_NONE;
}

void im_explain_begin(const im_explain_options *options, GString *out)
{
    if (options->format == IM_EXPLAIN_HTML)
        im_explain_html_begin(out);
}

void im_explain_report(const im_gazetteer *gazetteer, const im_explained *explained, guint number,
                       const im_explain_options *options, GString *out)
{
    if (options->format == IM_EXPLAIN_JSON) {
        im_explain_json(gazetteer, explained, out);
        return;
    }
    g_autoptr(story) s = im_story_new(gazetteer, explained);
    if (options->format == IM_EXPLAIN_HTML) {
        im_explain_html(s, number, out);
        return;
    }
    if (number > 1)
        g_string_append_c(out, '\n');
    im_explain_text(s, options, out);
}

void im_explain_end(const im_explain_options *options, GString *out)
{
    if (options->format == IM_EXPLAIN_HTML)
        im_explain_html_end(out);
}
