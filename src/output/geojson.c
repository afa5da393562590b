/* Records as GeoJSON (RFC 7946) and as GeoJSON text sequences without the separator (one feature a
 * line, as GDAL writes them). One feature a line in both, so that versions can be compared.
 *
 * Each feature has a foreign member (RFC 7946, 6.1), `incmap`: what is no column, and of a merged record the
 * single ones. read_own.c makes the same records of it, so that files can be merged. */
#include "base/digits.h"
#include "base/eight.h"
#include "incident/content.h"
#include "map/palette.h"
#include "output/priv.h"
#include "output/records.h"

#include <incmap/version.h>
#include <string.h>

static void write_properties(im_json *json, const im_incident *incident, GString *scratch)
{
    im_json_open(json, '{');
    im_columns_write(json, incident, scratch);
    im_json_close(json, '}');
}

/* Maki's icons that come nearest, as the specification asks for. */
static const char *const symbols[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_NONE] = "marker",         [IM_INCIDENT_ATTACK] = "danger",
    [IM_INCIDENT_ARMED_CLASH] = "cross",   [IM_INCIDENT_KILLING] = "cemetery",
    [IM_INCIDENT_EXPLOSION] = "volcano",   [IM_INCIDENT_KIDNAPPING] = "prison",
    [IM_INCIDENT_ARSON] = "fire-station",  [IM_INCIDENT_LOOTING] = "shop",
    [IM_INCIDENT_ROADBLOCK] = "roadblock", [IM_INCIDENT_PROTEST] = "town-hall",
    [IM_INCIDENT_DISRUPTION] = "barrier",  [IM_INCIDENT_OPERATION] = "police",
    [IM_INCIDENT_ARREST] = "police",       [IM_INCIDENT_DEPLOYMENT] = "triangle",
};

/* How the point looks; its title is the record's, its description the sentences. */
static void write_style(im_json *json, const im_incident *incident, const im_palette *palette,
                        GString *scratch)
{
    enum { MANY_DEAD = 10 };
    char colour[8];
    const im_incident_type type =
        incident->type < IM_INCIDENT_N_TYPES ? incident->type : IM_INCIDENT_NONE;
    const im_value notes = im_column_get(im_column_find("notes"), incident, scratch);
    if (notes.kind == IM_VALUE_STRING) {
        im_json_key(json, "description");
        im_json_string(json, notes.string);
    }
    g_snprintf(colour, sizeof colour, "#%06x", (guint)(palette->types[type].fill >> 8));
    im_json_key(json, "marker-color");
    im_json_string(json, colour);
    im_json_key(json, "marker-size");
    im_json_string(json, incident->deaths_best >= MANY_DEAD ? "large"
                         : incident->deaths_best > 0        ? "medium"
                                                            : "small");
    im_json_key(json, "marker-symbol");
    im_json_string(json, symbols[type]);
}

void im_incident_to_json(const im_incident *incident, GString *out)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    im_json json = im_json_to(out);
    write_properties(&json, incident, scratch);
}

void im_incidents_to_json(im_json *json, const GPtrArray *incidents)
{
    enum { USUAL_NOTES = 1024 };
    g_autoptr(GString) scratch = g_string_sized_new(USUAL_NOTES);
    im_json_key(json, "incidents");
    im_json_open(json, '[');
    for (guint i = 0; i < incidents->len; i++)
        write_properties(json, incidents->pdata[i], scratch);
    im_json_close(json, ']');
}

static void write_geometry(im_json *json, const im_incident *incident)
{
    if (!incident->has_geometry) {
        im_json_null(json);
        return;
    }
    im_json_open(json, '{');
    im_json_key(json, "type");
    im_json_string(json, "Point");
    im_json_key(json, "coordinates");
    im_json_open(json, '[');
    im_json_number(json, incident->position.lon_deg, 5);
    im_json_number(json, incident->position.lat_deg, 5);
    im_json_close(json, ']');
    im_json_close(json, '}');
}

static void write_member(im_json *json, const char *key, const char *value)
{
    if (!value)
        return;
    im_json_key(json, key);
    im_json_string(json, value);
}

/* Whether the column says something else: it is a list. */
static gboolean is_changed_by_list(const char *entry)
{
    return entry && (*entry == '\0' || strstr(entry, "; "));
}

static void write_source(im_json *json, const im_source *source)
{
    write_member(json, "report", source->report);
    write_member(json, "publisher", source->publisher);
    if (is_changed_by_list(source->headline))
        write_member(json, "headline", source->headline);
    write_member(json, "url", source->url);
}

/* A single record of several sources is one of another project's table. */
static void write_sources(im_json *json, const GPtrArray *sources)
{
    if (sources->len == 1)
        write_source(json, sources->pdata[0]);
    if (sources->len <= 1)
        return;
    im_json_key(json, "sources");
    im_json_open(json, '[');
    for (guint i = 0; i < sources->len; i++) {
        const im_source *source = sources->pdata[i];
        im_json_open(json, '{');
        write_source(json, source);
        write_member(json, "quote", source->quote);
        im_json_close(json, '}');
    }
    im_json_close(json, ']');
}

static void write_codes(im_json *json, const im_incident *incident)
{
    write_member(json, "admin1_code", incident->admin1_code);
    write_member(json, "iso3166_2", incident->iso3166_2);
}

/* Whether a column is made of the others when records are merged. */
static gboolean is_made(const char *column)
{
    static const char *const made[] = {"id",         "parent_id",      "title",
                                       "event_type", "sub_event_type", "fatalities"};
    for (guint i = 0; i < G_N_ELEMENTS(made); i++)
        if (strcmp(made[i], column) == 0)
            return TRUE;
    return FALSE;
}

static void write_part(im_json *json, const im_incident *part, GString *scratch)
{
    guint n;
    const im_column *columns = im_columns(&n);
    im_json_open(json, '{');
    for (guint i = 0; i < n; i++) {
        im_value value = im_column_get(&columns[i], part, scratch);
        if (value.kind == IM_VALUE_NULL || is_made(columns[i].name))
            continue;
        im_column_write(json, &columns[i], &value);
    }
    write_sources(json, part->sources);
    write_codes(json, part);
    im_json_close(json, '}');
}

static void write_origin(im_json *json, const im_incident *incident, GString *scratch)
{
    im_json_key(json, "incmap");
    im_json_open(json, '{');
    if (!incident->parts)
        write_sources(json, incident->sources);
    write_codes(json, incident);
    if (incident->parts) {
        im_json_key(json, "parts");
        im_json_open(json, '[');
        for (guint i = 0; i < incident->parts->len; i++)
            write_part(json, incident->parts->pdata[i], scratch);
        im_json_close(json, ']');
    }
    im_json_close(json, '}');
}

/* @param palette  for simplestyle, or NULL */
static void write_feature(const im_incident *incident, const im_palette *palette, GString *scratch,
                          GString *out)
{
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "type");
    im_json_string(&json, "Feature");
    if (incident->id) { /* RFC 7946, 3.2: a string or a number, or not there */
        im_json_key(&json, "id");
        im_json_string(&json, incident->id);
    }
    im_json_key(&json, "geometry");
    write_geometry(&json, incident);
    im_json_key(&json, "properties");
    im_json_open(&json, '{');
    im_columns_write(&json, incident, scratch);
    if (palette)
        write_style(&json, incident, palette, scratch);
    im_json_close(&json, '}');
    write_origin(&json, incident, scratch);
    im_json_close(&json, '}');
}

/* Foreign members (RFC 7946, 6.1): who made it, and the credit that the licences ask for. */
static void write_head(const im_output_data *data, GString *out)
{
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "type");
    im_json_string(&json, "FeatureCollection");
    im_json_key(&json, "generator");
    im_json_string(&json, "incmap " INCMAP_VERSION);
    if (data->credit) {
        im_json_key(&json, "credit");
        im_json_string(&json, data->credit);
    }
    im_json_key(&json, "features");
    im_json_open(&json, '[');
}

static const im_palette *palette_of(const im_output_data *data)
{
    return data->simplestyle ? im_palette_light() : NULL;
}

static void write_member_of(const im_output_data *data, guint i, GString *scratch, GString *out)
{
    g_string_append(out, i ? ",\n" : "\n");
    write_feature(im_incident_whole_at(data->incidents, i), palette_of(data), scratch, out);
}

static void write_tail(const im_output_data *data, GString *out)
{
    (void)data;
    g_string_append(out, "\n]}\n");
}

static void write_line(const im_output_data *data, guint i, GString *scratch, GString *out)
{
    write_feature(im_incident_whole_at(data->incidents, i), palette_of(data), scratch, out);
    g_string_append_c(out, '\n');
}

void im_records_write_lines(const GPtrArray *incidents, GString *out)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    const im_output_data data = {.incidents = incidents};
    for (guint i = 0; i < incidents->len; i++)
        write_line(&data, i, scratch, out);
}

static void write_nothing(const im_output_data *data, GString *out)
{
    (void)data, (void)out;
}

static const im_row_writer collection = {write_head, write_member_of, write_tail},
                           sequence = {write_nothing, write_line, write_nothing};

const im_backend im_backend_geojson = {
    {"geojson", ".geojson", "records as GeoJSON (RFC 7946)", FALSE, FALSE},
    NULL,
    NULL,
    &collection};

const im_backend im_backend_geojsonseq = {
    {"geojsonseq", ".geojsonl", "records as GeoJSON, one feature a line", FALSE, FALSE},
    NULL,
    NULL,
    &sequence};
