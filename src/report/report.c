/* Readers: one input, report by report. */
#include "report/priv.h"
#include "report/refuse.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <string.h>

static const im_report_format *const formats[] = {
    &im_format_txt,   &im_format_markdown, &im_format_html,
    &im_format_jsonl, &im_format_rss,      &im_format_csv,
};

struct im_reader {
    char *path;
    char **fields;
    im_read_options options; /* with limits; fields are the reader's own copy */
    const im_report_format *format;
    im_stream *source;
    gpointer state; /* of a stream */
    char *document; /* the whole text of a document */
    gsize document_len;
    gboolean done;
};

void im_report_free(im_report *report)
{
    if (!report)
        return;
    g_free(report->id);
    g_free(report->file);
    g_free(report->text);
    g_free(report->headline);
    g_free(report->url);
    g_free(report->publisher);
    g_free(report->spans);
    g_clear_error(&report->error);
    g_free(report);
}

void im_report_fail(im_report *report, im_error code, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_clear_error(&report->error);
    if (report->line)
        g_set_error(&report->error, IM_ERROR, code, "%s:%" G_GUINT64_FORMAT ": %s", name,
                    report->line, what);
    else
        g_set_error(&report->error, IM_ERROR, code, "%s: %s", name, what);
}

gboolean im_input_format_parse(const char *name, im_input_format *format, GError **error)
{
    *format = IM_INPUT_AUTO;
    if (!name || strcmp(name, "auto") == 0)
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (strcmp(name, formats[i]->name) == 0) {
            *format = formats[i]->id;
            return TRUE;
        }
    }
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                "input format \"%s\": not one of auto, txt, md, html, jsonl, rss, csv", name);
    return FALSE;
}

static gboolean has_suffix(const im_report_format *format, const char *lower)
{
    for (const char *const *suffix = format->suffixes; *suffix; suffix++)
        if (g_str_has_suffix(lower, *suffix))
            return TRUE;
    return FALSE;
}

const im_report_format *im_format_of_path(const char *path)
{
    g_autofree char *lower = g_ascii_strdown(path, -1);
    if (g_str_has_suffix(lower, ".gz"))
        lower[strlen(lower) - 3] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
        if (has_suffix(formats[i], lower))
            return formats[i];
    return NULL;
}

static const im_report_format *choose_format(const char *path, im_input_format id)
{
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
        if (formats[i]->id == id)
            return formats[i];
    const im_report_format *format = im_format_of_path(path);
    return format ? format : &im_format_txt;
}

static gboolean read_document(im_reader *reader, GError **error)
{
    const char *name = im_stream_name(reader->source);
    gsize len;
    char *bytes = im_stream_all(reader->source, reader->options.max_bytes, &len, error);
    if (!bytes)
        return FALSE;
    if (im_bytes_are_binary(bytes, len)) {
        const char *magic = im_bytes_magic(bytes, len);
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: looks binary%s%s", name,
                    magic ? ": " : "", magic ? magic : "");
        g_free(bytes);
        return FALSE;
    }
    reader->document = im_decode(bytes, len, &reader->document_len);
    if (!im_is_blank(reader->document, reader->document_len))
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: is empty", name);
    return FALSE;
}

/* What stands for the limits that were not given, or lie beyond what can be read. */
static void set_limits(im_read_options *options)
{
    if (options->max_bytes == 0 || options->max_bytes > IM_TEXT_MAX_BYTES)
        options->max_bytes = IM_TEXT_MAX_BYTES;
    if (options->max_nesting == 0)
        options->max_nesting = IM_USUAL_NESTING;
    options->max_nesting = MIN(options->max_nesting, (guint)IM_MOST_NESTING);
}

/* Takes `source` over. */
static im_reader *open_source(im_stream *source, const char *path, const im_read_options *options,
                              GError **error)
{
    g_autoptr(im_reader) reader = g_new0(im_reader, 1);
    reader->path = g_strdup(path);
    reader->source = source;
    reader->options = *options;
    reader->fields = g_strdupv((char **)options->fields);
    reader->options.fields = (const char *const *)reader->fields;
    set_limits(&reader->options);
    reader->format = choose_format(path, options->format);
    if (reader->format->parse)
        return read_document(reader, error) ? g_steal_pointer(&reader) : NULL;
    if (!im_stream_check(source, error))
        return NULL;
    reader->state = reader->format->open(source, &reader->options, error);
    return reader->state ? g_steal_pointer(&reader) : NULL;
}

im_reader *im_reader_open(const char *path, const im_read_options *options, GError **error)
{
    im_stream *source = im_stream_open(path, error);
    return source ? open_source(source, path, options, error) : NULL;
}

im_reader *im_reader_of_bytes(const char *name, const void *bytes, gsize len,
                              const im_read_options *options, GError **error)
{
    return open_source(im_stream_of_bytes(name, bytes, len), name, options, error);
}

void im_reader_free(im_reader *reader)
{
    if (!reader)
        return;
    if (reader->state)
        reader->format->close(reader->state);
    im_stream_free(reader->source);
    g_strfreev(reader->fields);
    g_free(reader->document);
    g_free(reader->path);
    g_free(reader);
}

static gboolean next_document(im_reader *reader, im_report *report)
{
    if (reader->done)
        return FALSE;
    reader->done = TRUE;
    g_autoptr(GError) error = NULL;
    if (!reader->format->parse(reader->document, reader->document_len, &reader->options, report,
                               &error))
        im_report_fail(report, error->code, im_stream_name(reader->source), "%s", error->message);
    return TRUE;
}

/* At the end of a stream that broke off, one more report says so. */
static gboolean next_of_stream(im_reader *reader, im_report *report)
{
    if (reader->done)
        return FALSE;
    if (reader->format->next(reader->state, report))
        return TRUE;
    reader->done = TRUE;
    const GError *broken = im_stream_error(reader->source);
    if (broken)
        report->error = g_error_copy(broken);
    return broken != NULL;
}

static char *default_id(const im_reader *reader, const im_report *report)
{
    if (!report->line)
        return g_strdup(reader->path);
    if (strcmp(reader->path, "-") == 0)
        return g_strdup_printf("line %" G_GUINT64_FORMAT, report->line);
    return g_strdup_printf("%s:%" G_GUINT64_FORMAT, reader->path, report->line);
}

static void check_text(const im_reader *reader, im_report *report)
{
    const char *name = im_stream_name(reader->source);
    if (report->error)
        return;
    gboolean document = reader->format->parse != NULL;
    if (!report->text || (document && im_is_blank(report->text, report->text_len)))
        im_report_fail(report, IM_ERROR_FORMAT, name, "holds no text");
    else if (report->text_len > IM_TEXT_MAX_BYTES)
        im_report_fail(report, IM_ERROR_LIMIT, name, "is larger than %u bytes", IM_TEXT_MAX_BYTES);
}

static void clear_text(im_report *report)
{
    g_free(report->text);
    report->text = g_strdup("");
    report->text_len = 0;
    g_clear_pointer(&report->spans, g_free);
    report->n_spans = 0;
}

void im_report_refuse(im_report *report, im_error code, const char *what)
{
    im_report_fail(report, code, im_stream_name_of(report->file), "%s", what);
    clear_text(report);
}

static void finish(const im_reader *reader, im_report *report)
{
    if (!report->id)
        report->id = default_id(reader, report);
    if (!g_utf8_validate(report->id, -1, NULL)) { /* a file's name may be any bytes */
        char *name = g_steal_pointer(&report->id);
        report->id = g_strescape(name, NULL);
        g_free(name);
    }
    if (reader->options.language != IM_LANGUAGE_UNKNOWN)
        report->language = reader->options.language;
    check_text(reader, report);
    if (report->error)
        clear_text(report);
    else
        im_report_read_head(report, reader->options.date);
}

gboolean im_reader_at_hand(const im_reader *reader)
{
    return reader->format->parse || im_stream_at_hand(reader->source);
}

im_report *im_reader_next(im_reader *reader)
{
    g_autoptr(im_report) report = g_new0(im_report, 1);
    report->file = g_strdup(reader->path);
    gboolean any =
        reader->format->parse ? next_document(reader, report) : next_of_stream(reader, report);
    if (!any)
        return NULL;
    finish(reader, report);
    return g_steal_pointer(&report);
}
