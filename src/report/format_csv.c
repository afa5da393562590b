/* CSV (RFC 4180), a report a row; the first row names the columns. Comma, semicolon or tab. */
#include "report/priv.h"

#include <string.h>

typedef struct table {
    im_stream *source;
    gsize max_bytes;
    char separator;
    guint64 line;     /* line of the input that the next record begins on */
    GPtrArray *cells; /* of GString *; `n_cells` are in use */
    guint n_cells;
    int columns[IM_FIELD_N]; /* -1 where there is none */
} table;

typedef struct record {
    guint64 line; /* that it begins on */
    gsize bytes;
    gboolean too_large, unclosed, any;
} record;

static void free_cell(gpointer cell)
{
    g_string_free(cell, TRUE);
}

static GString *begin_cell(table *self)
{
    if (self->n_cells == self->cells->len)
        g_ptr_array_add(self->cells, g_string_new(NULL));
    GString *cell = self->cells->pdata[self->n_cells++];
    return g_string_truncate(cell, 0);
}

static void put(table *self, record *r, GString *cell, char c)
{
    r->too_large |= ++r->bytes > self->max_bytes;
    if (!r->too_large)
        g_string_append_c(cell, c);
}

/* Reads the inside of a quoted cell; `""` is a quote. */
static void read_quoted(table *self, record *r, GString *cell)
{
    int c;
    while ((c = im_stream_byte(self->source)) >= 0) {
        if (c == '"' && im_stream_peek(self->source) != '"')
            return;
        if (c == '"')
            im_stream_byte(self->source);
        self->line += c == '\n';
        put(self, r, cell, (char)c);
    }
    r->unclosed = TRUE;
}

/* Reads a record into the cells. @return FALSE at the end */
static gboolean read_record(table *self, record *r)
{
    *r = (record){.line = self->line};
    self->n_cells = 0;
    int c = im_stream_byte(self->source);
    if (c < 0)
        return FALSE;
    GString *cell = begin_cell(self);
    for (; c >= 0 && c != '\n'; c = im_stream_byte(self->source)) {
        if (c == self->separator) {
            cell = begin_cell(self);
        } else if (c == '"' && cell->len == 0) {
            read_quoted(self, r, cell);
        } else if (c != '\r' || im_stream_peek(self->source) != '\n') {
            put(self, r, cell, (char)c);
        }
        r->any |= !g_ascii_isspace(c) && c != self->separator;
    }
    self->line++;
    return TRUE;
}

/* A cell as valid UTF-8, owned by the caller; NULL when the row has no such column. */
static char *cell_text(const table *self, int column, gsize *len)
{
    if (column < 0 || (guint)column >= self->n_cells)
        return NULL;
    const GString *cell = self->cells->pdata[column];
    return im_decode(g_strndup(cell->str, cell->len), cell->len, len);
}

/* The separator that the head uses most. */
static char find_separator(const GString *head)
{
    static const char separators[] = ",;\t";
    guint counts[3] = {0, 0, 0}, best = 0;
    for (gsize i = 0; i < head->len; i++)
        for (guint s = 0; s < 3; s++)
            counts[s] += head->str[i] == separators[s];
    for (guint s = 1; s < 3; s++)
        if (counts[s] > counts[best])
            best = s;
    return separators[best];
}

static int find_column(const table *self, const char *const *keys)
{
    for (guint k = 0; k < IM_FIELD_MAX_KEYS && keys[k]; k++) {
        for (guint i = 0; i < self->n_cells; i++) {
            gsize len;
            g_autofree char *name = im_squeeze(cell_text(self, (int)i, &len));
            if (g_ascii_strcasecmp(name, keys[k]) == 0)
                return (int)i;
        }
    }
    return -1;
}

/* Reads the first line that is not blank, as the row of names. FALSE when there is none. */
static gboolean read_head_row(table *self, record *r)
{
    g_autoptr(GString) head = g_string_new(NULL);
    gboolean too_long;
    do {
        if (!im_stream_line(self->source, head, self->max_bytes, &too_long))
            return FALSE;
        self->line++;
    } while (im_is_blank(head->str, head->len));
    self->separator = find_separator(head);
    im_stream *rest = self->source;
    g_autoptr(im_stream) line = im_stream_of_bytes(im_stream_name(rest), head->str, head->len);
    self->source = line;
    read_record(self, r);
    self->source = rest;
    self->line = r->line; /* the record has counted the line again */
    return TRUE;
}

static gboolean read_names(table *self, const im_field_keys *keys, GError **error)
{
    record r;
    if (!read_head_row(self, &r))
        return TRUE;
    for (guint field = 0; field < IM_FIELD_N; field++)
        self->columns[field] = find_column(self, keys->keys[field]);
    if (self->columns[IM_FIELD_TEXT] >= 0)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s:%" G_GUINT64_FORMAT ": no column \"%s\"",
                im_stream_name(self->source), r.line - 1, keys->keys[IM_FIELD_TEXT][0]);
    return FALSE;
}

static void close_table(gpointer state)
{
    table *self = state;
    g_ptr_array_unref(self->cells);
    g_free(self);
}

static gpointer open_table(im_stream *source, const im_read_options *options, GError **error)
{
    im_field_keys keys;
    if (!im_field_keys_init(&keys, options->fields, error))
        return NULL;
    table *self = g_new0(table, 1);
    self->source = source;
    self->max_bytes = options->max_bytes;
    self->line = 1;
    self->cells = g_ptr_array_new_with_free_func(free_cell);
    if (read_names(self, &keys, error))
        return self;
    close_table(self);
    return NULL;
}

static void read_row(const table *self, const record *r, im_report *report)
{
    const char *name = im_stream_name(self->source);
    gsize len;
    for (guint field = 0; field < IM_FIELD_N; field++)
        if (field != IM_FIELD_TEXT)
            im_report_set(report, (im_field)field, cell_text(self, self->columns[field], &len));
    report->text = cell_text(self, self->columns[IM_FIELD_TEXT], &report->text_len);
    if (r->too_large)
        im_report_fail(report, IM_ERROR_LIMIT, name,
                       "the row is larger than %" G_GSIZE_FORMAT " bytes", self->max_bytes);
    else if (r->unclosed)
        im_report_fail(report, IM_ERROR_FORMAT, name, "a quoted cell is not closed");
    else if (!report->text || im_is_blank(report->text, report->text_len))
        im_report_fail(report, IM_ERROR_FORMAT, name, "the row has no text");
}

static gboolean next_row(gpointer state, im_report *report)
{
    table *self = state;
    record r;
    do {
        if (!read_record(self, &r))
            return FALSE;
    } while (!r.any);
    report->line = r.line;
    read_row(self, &r, report);
    return TRUE;
}

const im_report_format im_format_csv = {.name = "csv",
                                        .id = IM_INPUT_CSV,
                                        .suffixes = {".csv"},
                                        .open = open_table,
                                        .next = next_row,
                                        .close = close_table};
