/* Records from GeoJSON that incmap wrote (geojson.c): one feature a line, so that a large file is read a line
 * at a time; and with what no column says, so that they are the records that were written. */
#include "base/digits.h"
#include "base/json.h"
#include "base/utf8.h"
#include "output/priv.h"
#include "output/records.h"
#include "report/stream.h"

#include <cjson/cJSON.h>
#include <incmap/error.h>
#include <math.h>
#include <string.h>

#define COLLECTION       "{\"type\":\"FeatureCollection\",\"generator\":\"incmap "
#define COLLECTION_OPENS "\"features\":["
#define FEATURE          "{\"type\":\"Feature\","
#define MEMBER           "\"incmap\":" /* in a string its quotes would be escaped */

/* A line of more bytes, or that may hold more values, would need a gigabyte or more. */
enum { MAX_LINE_BYTES = 1 << 29, MAX_LINE_VALUES = 1 << 22 };

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

typedef struct own_file {
    im_stream *stream;
    const char *name; /* what messages call it */
    GString *line;
    gint64 number; /* of the line */
    gboolean failed;
    GPtrArray *incidents;
} own_file;

static gboolean fail(own_file *f, im_error code, const char *what, GError **error)
{
    f->failed = TRUE;
    g_set_error(error, IM_ERROR, code, "%s:%" G_GINT64_FORMAT ": %s", f->name, f->number, what);
    return FALSE;
}

/* ---- lines ---- */

/* Whether there is a next line that can be read; FALSE at the end, too. */
static gboolean next_line(own_file *f, GError **error)
{
    gboolean too_long;
    gboolean there = im_stream_line(f->stream, f->line, MAX_LINE_BYTES, &too_long);
    const GError *broken = im_stream_error(f->stream);
    f->number++;
    if (broken) {
        f->failed = TRUE;
        g_propagate_error(error, g_error_copy(broken));
        return FALSE;
    }
    if (!there)
        return FALSE;
    if (too_long)
        return fail(f, IM_ERROR_LIMIT, "the line is too long", error);
    if (!im_utf8_is_valid(f->line->str, f->line->len))
        return fail(f, IM_ERROR_FORMAT, "not valid UTF-8", error);
    g_strchomp(f->line->str);
    f->line->len = strlen(f->line->str);
    return TRUE;
}

/* The values in a line are not more than that. */
static gsize count_values(const char *line)
{
    gsize n = 0;
    for (const char *p = line; *p; p++)
        n += *p == ',' || *p == '[' || *p == '{';
    return n;
}

/* The object that the line is; nesting is limited by cJSON. */
static cJSON *parse_line(own_file *f, GError **error)
{
    const char *end;
    if (count_values(f->line->str) > MAX_LINE_VALUES) {
        fail(f, IM_ERROR_LIMIT, "the line holds too many values", error);
        return NULL;
    }
    im_json_repair_escapes(f->line->str);
    cJSON *json = cJSON_ParseWithOpts(f->line->str, &end, TRUE);
    if (!json)
        fail(f, IM_ERROR_FORMAT, "not valid JSON", error);
    return json;
}

/* ---- values ---- */

/* Room for a number as text. */
typedef char number_text[MAX(G_ASCII_DTOSTR_BUF_SIZE, IM_DIGITS_MAX)];

/* The text of a string or number, in `room` or borrowed; empty for null; NULL for what is neither. */
static const char *text_of(const cJSON *item, number_text room)
{
    const double exact = 9007199254740992; /* 2^53 */
    if (!item || cJSON_IsNull(item))
        return "";
    if (cJSON_IsString(item))
        return item->valuestring;
    if (!cJSON_IsNumber(item))
        return NULL;
    double value = item->valuedouble;
    if (!(value >= 0 && value < exact && value == floor(value)))
        return g_ascii_dtostr(room, sizeof(number_text), value);
    *im_put_uint(room, (guint64)value) = '\0';
    return room;
}

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* Takes a text over into the record where the object has it, an empty one, too. */
static void take_text(const cJSON *object, const char *key, char **field)
{
    number_text room;
    const cJSON *item = member(object, key);
    const char *text = item && !cJSON_IsNull(item) ? text_of(item, room) : NULL;
    if (!text)
        return;
    g_free(*field);
    *field = g_strdup(text);
}

/* The column of that name; they come in their order, mostly. */
static const im_column *next_column(const char *name, guint *expected)
{
    guint n;
    const im_column *columns = im_columns(&n);
    for (guint k = 0; k < n; k++) {
        guint i = (*expected + k) % n;
        if (strcmp(columns[i].name, name) != 0)
            continue;
        *expected = i + 1;
        return &columns[i];
    }
    return NULL;
}

static gboolean set_columns(own_file *f, const cJSON *properties, im_incident *incident,
                            GError **error)
{
    guint expected = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, properties)
    {
        number_text room;
        const im_column *column = next_column(item->string, &expected);
        if (!column || !column->set)
            continue;
        const char *text = text_of(item, room);
        if (!text) {
            g_autofree char *what = g_strdup_printf("%s: neither text nor number", column->name);
            return fail(f, IM_ERROR_FORMAT, what, error);
        }
        if (*text)
            column->set(column, incident, text);
    }
    return TRUE;
}

static double number_of(const cJSON *item)
{
    number_text room;
    const char *text = text_of(item, room);
    char *end = NULL;
    double number = text ? im_get_number(text, &end) : NAN;
    return end == text ? NAN : number;
}

/* Where the incident is, if it is known. @param geometry  a point, or NULL: then the columns say where it is
 * @return  FALSE with an error for a position that is none */
static gboolean set_position(own_file *f, const cJSON *geometry, const cJSON *properties,
                             im_incident *incident, GError **error)
{
    const cJSON *both = member(geometry, "coordinates");
    im_lonlat position = {number_of(cJSON_GetArrayItem(both, 0)),
                          number_of(cJSON_GetArrayItem(both, 1))};
    if (!cJSON_IsObject(geometry))
        position = (im_lonlat){number_of(member(properties, "longitude")),
                               number_of(member(properties, "latitude"))};
    const gboolean unknown =
        !cJSON_IsObject(geometry) && isnan(position.lon_deg) && isnan(position.lat_deg);
    if (!unknown && !im_lonlat_is_valid(position))
        return fail(f, IM_ERROR_FORMAT, "its position is no longitude and latitude", error);
    incident->has_geometry = !unknown;
    if (incident->has_geometry)
        incident->position = position;
    return TRUE;
}

/* ---- records ---- */

/* A report that is known is known with its outlet; one that is not is called by its place in the file. */
static void set_source(own_file *f, const cJSON *from, im_source *source)
{
    if (cJSON_IsString(member(from, "report")))
        g_clear_pointer(&source->publisher, g_free);
    g_clear_pointer(&source->report, g_free);
    take_text(from, "report", &source->report);
    take_text(from, "publisher", &source->publisher);
    take_text(from, "headline", &source->headline);
    take_text(from, "url", &source->url);
    take_text(from, "quote", &source->quote);
    if (!source->report)
        source->report = g_strdup_printf("%s:%" G_GINT64_FORMAT, f->name, f->number);
}

/* The list of the sources says all of each, the quote too; without one there is a single source. */
static void set_sources(own_file *f, const cJSON *origin, im_incident *incident)
{
    const cJSON *list = member(origin, "sources"), *from = list ? list->child : origin;
    const guint n = list ? (guint)cJSON_GetArraySize(list) : member(origin, "report") != NULL;
    if (n > 0)
        im_source_at(incident, n - 1);
    for (guint i = 0; i < incident->sources->len; i++) {
        im_source *source = incident->sources->pdata[i];
        if (list)
            g_clear_pointer(&source->quote, g_free);
        set_source(f, from, source);
        from = list && from ? from->next : NULL;
    }
}

/* One record, without its parts. @param origin  the member `incmap`; of a part the part; or NULL */
static im_incident *read_record(own_file *f, const cJSON *geometry, const cJSON *properties,
                                const cJSON *origin, GError **error)
{
    g_autoptr(im_incident) incident = im_incident_new(IM_INCIDENT_NONE);
    if (!set_columns(f, properties, incident, error))
        return NULL;
    if (incident->type == IM_INCIDENT_NONE) {
        fail(f, IM_ERROR_FORMAT, "no known type of incident", error);
        return NULL;
    }
    if (!set_position(f, geometry, properties, incident, error))
        return NULL;
    set_sources(f, origin, incident);
    take_text(origin, "admin1_code", &incident->admin1_code);
    take_text(origin, "iso3166_2", &incident->iso3166_2);
    im_record_complete(incident, f->name, f->number);
    return g_steal_pointer(&incident);
}

/* The parts know the sources better than the columns of the whole do, where they stand in lists. */
static void take_sources(im_incident *incident)
{
    g_ptr_array_set_size(incident->sources, 0);
    for (guint i = 0; i < incident->parts->len; i++) {
        const im_incident *part = incident->parts->pdata[i];
        for (guint k = 0; k < part->sources->len; k++)
            g_ptr_array_add(incident->sources, im_source_ref(part->sources->pdata[k]));
    }
}

static gboolean read_parts(own_file *f, const cJSON *list, im_incident *incident, GError **error)
{
    const cJSON *item;
    if (!cJSON_IsArray(list) || !list->child)
        return fail(f, IM_ERROR_FORMAT, "parts: not a list of records", error);
    incident->parts = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsObject(item))
            return fail(f, IM_ERROR_FORMAT, "parts: not a list of records", error);
        im_incident *part = read_record(f, NULL, item, item, error);
        if (!part)
            return FALSE;
        g_ptr_array_add(incident->parts, part);
    }
    take_sources(incident);
    return TRUE;
}

static gboolean read_feature(own_file *f, GError **error)
{
    g_autoptr(cJSON) feature = parse_line(f, error);
    if (!feature)
        return FALSE;
    const cJSON *type = member(feature, "type"), *properties = member(feature, "properties"),
                *origin = member(feature, "incmap"), *parts = member(origin, "parts");
    if (!cJSON_IsString(type) || strcmp(type->valuestring, "Feature") != 0 ||
        !cJSON_IsObject(properties))
        return fail(f, IM_ERROR_FORMAT, "not a feature with properties", error);
    if (origin && !cJSON_IsObject(origin))
        return fail(f, IM_ERROR_FORMAT, "incmap: not an object", error);
    g_autoptr(im_incident) incident =
        read_record(f, member(feature, "geometry"), properties, origin, error);
    if (!incident || (parts && !read_parts(f, parts, incident, error)))
        return FALSE;
    g_ptr_array_add(f->incidents, g_steal_pointer(&incident));
    return TRUE;
}

/* ---- files ---- */

/* One feature a line; the line at hand is the first. */
static gboolean read_sequence(own_file *f, GError **error)
{
    do
        if (f->line->len > 0 && !read_feature(f, error))
            return FALSE;
    while (next_line(f, error));
    return !f->failed;
}

/* The features behind the head, with commas between them, up to the line that ends the list. */
static gboolean read_collection(own_file *f, GError **error)
{
    gboolean closed = FALSE;
    while (next_line(f, error)) {
        if (f->line->len == 0)
            continue;
        if (closed)
            return fail(f, IM_ERROR_FORMAT, "more behind the end of the list", error);
        closed = strcmp(f->line->str, "]}") == 0;
        if (!closed && g_str_has_suffix(f->line->str, ","))
            g_string_truncate(f->line, f->line->len - 1);
        if (!closed && !read_feature(f, error))
            return FALSE;
    }
    return !f->failed &&
           (closed || fail(f, IM_ERROR_FORMAT, "the file ends within its list", error));
}

typedef gboolean (*lines_reader)(own_file *f, GError **error);

/* The function that reads the file, by its first line, which is at hand then; NULL when it is not of ours. */
static lines_reader reader_of(own_file *f, GError **error)
{
    gboolean collection = im_stream_begins(f->stream, COLLECTION);
    if (!collection && !im_stream_begins(f->stream, FEATURE))
        return NULL;
    if (!next_line(f, error))
        return NULL;
    if (collection)
        return g_str_has_suffix(f->line->str, COLLECTION_OPENS) ? read_collection : NULL;
    return strstr(f->line->str, MEMBER) ? read_sequence : NULL;
}

GPtrArray *im_own_records_read(im_stream *stream, gboolean *foreign, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(GPtrArray) incidents =
        g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    own_file f = {stream, im_stream_name(stream), line, 0, FALSE, incidents};
    lines_reader read = reader_of(&f, error);
    *foreign = !read && !f.failed;
    return read && read(&f, error) ? g_steal_pointer(&incidents) : NULL;
}

GPtrArray *im_records_read_lines(const char *name, const char *lines, GError **error)
{
    gboolean foreign = FALSE;
    g_autoptr(im_stream) stream = im_stream_of_bytes(name, lines, strlen(lines));
    if (*lines == '\0')
        return g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    GPtrArray *incidents = im_own_records_read(stream, &foreign, error);
    if (foreign)
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: not records of incmap", name);
    return incidents;
}
