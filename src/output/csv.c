/* Records as a table: RFC 4180, UTF-8, one header line, an empty field for what is unknown. */
#include "incident/content.h"
#include "output/priv.h"

#include "base/json.h"

#include <string.h>

static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static void append_text(GString *out, const char *text)
{
    gsize len = strlen(text);
    gboolean plain =
        len == strcspn(text, "\",\r\n") && len > 0 && text[0] != ' ' && text[len - 1] != ' ';
    if (plain)
        g_string_append(out, text);
    else
        append_quoted(out, text);
}

static void append_value(GString *out, const im_value *value)
{
    im_json json = im_json_to(out); /* numbers as in JSON: same digits in every format */
    switch (value->kind) {
    case IM_VALUE_NULL:
        break;
    case IM_VALUE_STRING:
        append_text(out, value->string);
        break;
    case IM_VALUE_INTEGER:
        im_json_int(&json, value->integer);
        break;
    case IM_VALUE_NUMBER:
        im_json_number(&json, value->number, value->decimals);
        break;
    }
}

static void write_names(const im_output_data *data, GString *out)
{
    guint n;
    const im_column *columns = im_columns(&n);
    (void)data;
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", columns[i].name);
    g_string_append(out, "\r\n");
}

static void write_row(const im_output_data *data, guint row, GString *scratch, GString *out)
{
    guint n;
    const im_column *columns = im_columns(&n);
    const im_incident *incident = im_incident_whole_at(data->incidents, row);
    for (guint i = 0; i < n; i++) {
        im_value value = im_column_get(&columns[i], incident, scratch);
        g_string_append(out, i ? "," : "");
        append_value(out, &value);
    }
    g_string_append(out, "\r\n");
}

static void end_table(const im_output_data *data, GString *out)
{
    (void)data, (void)out;
}

static const im_row_writer table = {write_names, write_row, end_table};

const im_backend im_backend_csv = {
    {"csv", ".csv", "records as a table (RFC 4180)", FALSE, FALSE}, NULL, NULL, &table};
