/* Records as KML 2.2 (OGC 07-147r2): a placemark each, the colour that of its type on our maps, its days, its
 * sentences, and all columns as data of a schema. What has no position has no point. */
#include "output/on_demand.h"
#include "output/priv.h"

#include "base/digits.h"
#include "base/xml.h"
#include "map/palette.h"

static void append_element(GString *out, const char *name, const char *text)
{
    g_string_append_printf(out, "<%s>", name);
    im_xml_append(out, text);
    g_string_append_printf(out, "</%s>", name);
}

/* KML has its colours from the last byte on: alpha, blue, green, red. */
static void append_styles(GString *out)
{
    const im_palette *palette = im_palette_light();
    for (guint type = 1; type < IM_INCIDENT_N_TYPES; type++) {
        const im_colour c = palette->types[type].fill;
        g_string_append_printf(
            out,
            "<Style id=\"%s\"><IconStyle><color>%02x%02x%02x%02x</color></IconStyle>"
            "<LabelStyle><scale>0.8</scale></LabelStyle></Style>\n",
            im_incident_type_name(type), c & 0xFF, c >> 8 & 0xFF, c >> 16 & 0xFF, c >> 24);
    }
}

static const char *type_of(const im_column *column)
{
    return column->kind == IM_VALUE_INTEGER  ? "int"
           : column->kind == IM_VALUE_NUMBER ? "double"
                                             : "string";
}

static void append_schema(GString *out)
{
    guint n;
    const im_column *columns = im_columns(&n);
    g_string_append(out, "<Schema id=\"incidents\" name=\"incidents\">");
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "<SimpleField name=\"%s\" type=\"%s\"/>", columns[i].name,
                               type_of(&columns[i]));
    g_string_append(out, "</Schema>\n");
}

/* Viewers take a description for HTML: so it is that, escaped twice. */
static void append_description(GString *out, const im_incident *incident, GString *scratch)
{
    const im_value notes = im_column_get(im_column_find("notes"), incident, scratch);
    if (notes.kind != IM_VALUE_STRING)
        return;
    g_autoptr(GString) html = g_string_new(NULL);
    im_xml_append(html, notes.string);
    append_element(out, "description", html->str);
}

static void append_days(GString *out, const im_incident *incident)
{
    char begin[IM_DAY_ISO_SIZE], end[IM_DAY_ISO_SIZE];
    if (incident->date_start == IM_DAY_NONE)
        return;
    g_string_append_printf(out, "<TimeSpan><begin>%s</begin><end>%s</end></TimeSpan>",
                           im_day_format_iso(incident->date_start, begin),
                           im_day_format_iso(incident->date_end, end));
}

static void append_value(GString *out, const im_value *value)
{
    char *at;
    if (value->kind == IM_VALUE_STRING) {
        im_xml_append(out, value->string);
        return;
    }
    at = im_room(out, IM_NUMBER_MAX);
    at = value->kind == IM_VALUE_INTEGER ? im_put_int(at, value->integer)
                                         : im_put_number(at, value->number, value->decimals);
    im_take_room(out, at);
}

static void append_data(GString *out, const im_incident *incident, GString *scratch)
{
    guint n;
    const im_column *columns = im_columns(&n);
    g_string_append(out, "<ExtendedData><SchemaData schemaUrl=\"#incidents\">");
    for (guint i = 0; i < n; i++) {
        const im_value value = im_column_get(&columns[i], incident, scratch);
        if (value.kind == IM_VALUE_NULL)
            continue;
        g_string_append_printf(out, "<SimpleData name=\"%s\">", columns[i].name);
        append_value(out, &value);
        g_string_append(out, "</SimpleData>");
    }
    g_string_append(out, "</SchemaData></ExtendedData>");
}

static void append_point(GString *out, const im_incident *incident)
{
    static const char *const names[] = {"longitude", "latitude"};
    if (!incident->has_geometry)
        return;
    g_string_append(out, "<Point><coordinates>");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const im_value value = im_column_get(im_column_find(names[i]), incident, NULL);
        g_string_append(out, i ? "," : "");
        append_value(out, &value);
    }
    g_string_append(out, "</coordinates></Point>");
}

static void append_placemark(GString *out, const im_incident *incident, GString *scratch)
{
    g_string_append(out, "<Placemark>");
    append_element(out, "name", incident->title ? incident->title : "");
    append_description(out, incident, scratch);
    append_days(out, incident);
    g_string_append_printf(out, "<styleUrl>#%s</styleUrl>", im_incident_type_name(incident->type));
    append_data(out, incident, scratch);
    append_point(out, incident);
    g_string_append(out, "</Placemark>\n");
}

static gboolean write_kml(const im_output_data *data, GString *out, GError **error)
{
    (void)error;
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"
                         "<name>Incidents</name>");
    append_element(out, "description", data->credit ? data->credit : "");
    g_string_append_c(out, '\n');
    append_styles(out);
    append_schema(out);
    for (guint i = 0; i < data->incidents->len; i++)
        append_placemark(out, data->incidents->pdata[i], scratch);
    g_string_append(out, "</Document></kml>\n");
    return TRUE;
}

const im_writer im_draw_kml = {write_kml};
