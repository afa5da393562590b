/* JSON Lines: one object a line (spec/cli.md). Read line by line; a bad line is a bad report. */
#include "report/priv.h"

#include "base/json.h"
#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

/* Only this much of a line that cannot be parsed is searched for its id. */
enum { ID_BYTES = 4096 };

G_STATIC_ASSERT(IM_MOST_NESTING <= CJSON_NESTING_LIMIT);

typedef struct lines {
    im_stream *source;
    GString *line;
    gsize max_bytes;
    guint max_nesting;
    guint64 number;
    im_field_keys keys;
    gboolean spans;
} lines;

static gpointer open_lines(im_stream *source, const im_read_options *options, GError **error)
{
    im_field_keys keys;
    if (!im_field_keys_init(&keys, options->fields, error))
        return NULL;
    lines *self = g_new0(lines, 1);
    self->source = source;
    self->line = g_string_new(NULL);
    self->max_bytes = options->max_bytes;
    self->max_nesting = options->max_nesting;
    self->keys = keys;
    self->spans = options->spans;
    return self;
}

static void close_lines(gpointer state)
{
    lines *self = state;
    g_string_free(self->line, TRUE);
    g_free(self);
}

/* The id as it is written near the head of the line, NULL when there is none. For lines that are
 * no JSON, and for numbers that a double does not hold. */
static char *raw_id(const lines *self)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", self->keys.keys[IM_FIELD_ID][0]);
    const char *p = g_strstr_len(self->line->str, (gssize)MIN(self->line->len, ID_BYTES), quoted);
    if (!p)
        return NULL;
    p += strlen(quoted);
    p += strspn(p, " \t");
    if (*p++ != ':')
        return NULL;
    p += strspn(p, " \t");
    gsize n = *p == '"' ? strcspn(p + 1, "\"\\") : strspn(p, "+-.0123456789eE");
    if (*p == '"')
        return p[n + 1] == '"' && n > 0 ? g_strndup(p + 1, n) : NULL;
    return n > 0 ? g_strndup(p, n) : NULL;
}

/* The items of an object by field, NULL where there is none. */
typedef struct items {
    const cJSON *of[IM_FIELD_N];
    guint key[IM_FIELD_N]; /* which of the field's keys it stands under: earlier ones come first */
} items;

static void sort_in(const lines *self, const cJSON *item, items *found)
{
    for (guint field = 0; field < IM_FIELD_N; field++) {
        const char *const *keys = self->keys.keys[field];
        guint end = found->of[field] ? found->key[field] : IM_FIELD_MAX_KEYS;
        for (guint k = 0; k < end && keys[k]; k++)
            if (keys[k][0] == item->string[0] && strcmp(keys[k], item->string) == 0) {
                found->of[field] = item;
                found->key[field] = k;
                break;
            }
    }
}

static items find_items(const lines *self, const cJSON *object)
{
    items found = {0};
    const cJSON *item;
    cJSON_ArrayForEach(item, object)
    {
        if (!cJSON_IsNull(item))
            sort_in(self, item, &found);
    }
    return found;
}

static char *id_text(const lines *self, const cJSON *item)
{
    enum { EXACT_DOUBLE = 53 };
    double value = item->valuedouble;
    if (value == floor(value) && fabs(value) < (double)(G_GINT64_CONSTANT(1) << EXACT_DOUBLE))
        return g_strdup_printf("%" G_GINT64_FORMAT, (gint64)value);
    char *raw = raw_id(self);
    if (raw)
        return raw;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_dtostr(digits, sizeof digits, value));
}

static void set_field(const lines *self, const cJSON *item, im_field field, im_report *report)
{
    if (cJSON_IsObject(item)) /* schema.org: {"publisher": {"name": …}} */
        item = cJSON_GetObjectItemCaseSensitive(item, "name");
    if (cJSON_IsString(item))
        im_report_set(report, field, g_strdup(item->valuestring));
    else if (cJSON_IsNumber(item) && field == IM_FIELD_ID)
        im_report_set(report, field, id_text(self, item));
}

static void set_text(const lines *self, const cJSON *text, im_report *report)
{
    const char *name = im_stream_name(self->source);
    if (!text)
        im_report_fail(report, IM_ERROR_FORMAT, name, "has no \"%s\"",
                       self->keys.keys[IM_FIELD_TEXT][0]);
    else if (!cJSON_IsString(text))
        im_report_fail(report, IM_ERROR_FORMAT, name, "\"%s\" is not a string", text->string);
    else
        report->text = g_strdup(text->valuestring);
    report->text_len = report->text ? strlen(report->text) : 0;
}

/* Every thousandth code point's byte, so that spans in any order are found quickly. */
enum { STRIDE = 1024 };

static GArray *index_code_points(const char *text, gsize len, gsize *n)
{
    GArray *index = g_array_new(FALSE, FALSE, sizeof(guint32));
    *n = 0;
    for (guint32 at = 0; at < len; at++) {
        if (((guchar)text[at] & 0xC0) == 0x80)
            continue;
        if (*n % STRIDE == 0)
            g_array_append_val(index, at);
        ++*n;
    }
    return index;
}

static guint32 byte_of(const GArray *index, const char *text, gsize len, gsize code_point)
{
    if (code_point / STRIDE >= index->len)
        return (guint32)len;
    guint32 at = g_array_index(index, guint32, code_point / STRIDE);
    return at + (guint32)im_utf8_offset(text + at, len - at, code_point % STRIDE);
}

static gboolean read_offset(const cJSON *object, const char *key, gsize max, gsize *value)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble > (double)max ||
        item->valuedouble != floor(item->valuedouble))
        return FALSE;
    *value = (gsize)item->valuedouble;
    return TRUE;
}

static void set_spans(const lines *self, const cJSON *object, im_report *report)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "toponyms"), *item;
    const char *name = im_stream_name(self->source);
    if (report->error || !list || cJSON_IsNull(list))
        return;
    if (!cJSON_IsArray(list)) {
        im_report_fail(report, IM_ERROR_FORMAT, name, "\"toponyms\" is not an array");
        return;
    }
    gsize n_points, start, end;
    g_autoptr(GArray) index = index_code_points(report->text, report->text_len, &n_points);
    report->spans = g_new0(im_span, (gsize)cJSON_GetArraySize(list) + 1);
    cJSON_ArrayForEach(item, list)
    {
        if (!read_offset(item, "start", n_points, &start) ||
            !read_offset(item, "end", n_points, &end) || start >= end) {
            im_report_fail(report, IM_ERROR_FORMAT, name,
                           "toponym %u is no span of the text, which has %" G_GSIZE_FORMAT
                           " code points",
                           report->n_spans + 1, n_points);
            return;
        }
        report->spans[report->n_spans++] =
            (im_span){byte_of(index, report->text, report->text_len, start),
                      byte_of(index, report->text, report->text_len, end)};
    }
}

static void read_object(const lines *self, const cJSON *object, im_report *report)
{
    const items found = find_items(self, object);
    for (guint field = 0; field < IM_FIELD_N; field++)
        if (field != IM_FIELD_TEXT)
            set_field(self, found.of[field], (im_field)field, report);
    set_text(self, found.of[IM_FIELD_TEXT], report);
    if (self->spans)
        set_spans(self, object, report);
}

static void read_line(lines *self, im_report *report)
{
    const char *name = im_stream_name(self->source);
    if (im_json_is_deeper(self->line->str, self->max_nesting)) {
        im_report_set(report, IM_FIELD_ID, raw_id(self));
        im_report_fail(report, IM_ERROR_LIMIT, name, "values are nested deeper than %u",
                       self->max_nesting);
        return;
    }
    im_json_repair_escapes(self->line->str);
    const char *stop = self->line->str;
    cJSON *object = cJSON_ParseWithLengthOpts(self->line->str, self->line->len + 1, &stop, TRUE);
    if (cJSON_IsObject(object)) {
        read_object(self, object, report);
    } else {
        im_report_set(report, IM_FIELD_ID, raw_id(self));
        if (object)
            im_report_fail(report, IM_ERROR_FORMAT, name, "not a JSON object");
        else
            im_report_fail(report, IM_ERROR_FORMAT, name, "not JSON, at byte %" G_GSIZE_FORMAT,
                           (gsize)(stop - self->line->str) + 1);
    }
    cJSON_Delete(object);
}

static void repair_line(GString *line)
{
    if (im_utf8_is_valid(line->str, line->len))
        return;
    gsize len;
    g_autofree char *repaired = im_utf8_repair(line->str, line->len, &len, NULL);
    g_string_truncate(line, 0);
    g_string_append_len(line, repaired, (gssize)len);
}

static gboolean next_line(gpointer state, im_report *report)
{
    lines *self = state;
    gboolean too_long;
    do {
        if (!im_stream_line(self->source, self->line, self->max_bytes, &too_long))
            return FALSE;
        self->number++;
    } while (!too_long && im_is_blank(self->line->str, self->line->len));
    report->line = self->number;
    repair_line(self->line);
    if (!too_long) {
        read_line(self, report);
        return TRUE;
    }
    im_report_set(report, IM_FIELD_ID, raw_id(self));
    im_report_fail(report, IM_ERROR_LIMIT, im_stream_name(self->source),
                   "the line is longer than %" G_GSIZE_FORMAT " bytes", self->max_bytes);
    return TRUE;
}

const im_report_format im_format_jsonl = {.name = "jsonl",
                                          .id = IM_INPUT_JSONL,
                                          .suffixes = {".jsonl", ".ndjson"},
                                          .open = open_lines,
                                          .next = next_line,
                                          .close = close_lines};
