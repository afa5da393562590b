/* Records from GeoJSON of others, a value at a time: of a file of any size only the record at hand is in
 * memory. What is not points in degrees is left to GDAL. */
#include "base/digits.h"
#include "output/foreign.h"
#include "output/priv.h"
#include "report/stream.h"

#include <incmap/error.h>
#include <math.h>
#include <string.h>
#include <yajl/yajl_parse.h>

enum { CHUNK_BYTES = 1 << 16, MOST_NESTED = 64, MOST_KEY_BYTES = 200, MOST_VALUE_BYTES = 1 << 20 };

/* What an object or array is. A collection and a single feature may both stand at the top. */
typedef enum role {
    OTHER = 0,
    TOP,
    FEATURES,
    FEATURE,
    PROPERTIES,
    GEOMETRY,
    COORDINATES,
    CRS,
} role;

/* Keys that are asked for outside of properties. */
typedef enum key {
    KEY_OTHER = 0,
    KEY_TYPE,
    KEY_FEATURES,
    KEY_PROPERTIES,
    KEY_GEOMETRY,
    KEY_COORDINATES,
    KEY_CRS,
} key;

typedef struct geojson {
    const char *path;
    GPtrArray *incidents;
    im_foreign *foreign;
    role roles[MOST_NESTED];
    guint depth;
    key key;
    const im_field *field; /* of the property whose value comes next */
    GPtrArray *fields;     /* of field_name *, in the order of the first feature */
    guint expected;        /* which of them comes next, most likely */
    double coordinates[2];
    guint n_coordinates;
    gboolean is_point;   /* the geometry at hand says so */
    gboolean is_feature; /* what stands at the top */
    gboolean is_begun;   /* a feature that has not ended */
    gboolean is_geojson; /* something was found that only GeoJSON has */
    gboolean for_gdal;
    GString *text;
    GError *error;
} geojson;

typedef struct field_name {
    char *name;
    gsize len;
    const im_field *field;
} field_name;

static void field_name_free(gpointer data)
{
    field_name *f = data;
    g_free(f->name);
    g_free(f);
}

static role role_of(const geojson *g)
{
    return g->depth > 0 ? g->roles[g->depth - 1] : OTHER;
}

static gboolean is_feature_role(role r)
{
    return r == FEATURE || r == TOP;
}

/* Ends the parse: another reader is for it. */
static int leave_to_gdal(geojson *g)
{
    g->for_gdal = TRUE;
    return 0;
}

static int fail_as(geojson *g, im_error code, const char *what)
{
    g->error =
        g_error_new(IM_ERROR, code, "%s: record %u: %s", g->path, g->incidents->len + 1, what);
    return 0;
}

static int fail(geojson *g, const char *what)
{
    return fail_as(g, IM_ERROR_LIMIT, what);
}

/* Whether the value that comes stands where numbers of coordinates should. */
static gboolean is_for_coordinates(const geojson *g)
{
    return role_of(g) == COORDINATES || (role_of(g) == GEOMETRY && g->key == KEY_COORDINATES);
}

static int fail_coordinates(geojson *g)
{
    return fail_as(g, IM_ERROR_FORMAT, "coordinates: not a list of numbers");
}

static int enter(geojson *g, role r)
{
    if (g->depth == MOST_NESTED)
        return fail(g, "nested too deep");
    g->roles[g->depth++] = r;
    g->key = KEY_OTHER;
    return 1;
}

/* ---- features ---- */

static void begin_feature(geojson *g)
{
    im_foreign_begin(g->foreign);
    g->is_begun = TRUE;
    g->n_coordinates = 0;
    g->is_point = FALSE;
    g->expected = 0;
}

static int end_feature(geojson *g)
{
    if (!g->is_begun) /* "features" and a feature in one */
        return leave_to_gdal(g);
    g->is_begun = FALSE;
    if (g->n_coordinates == 1)
        return fail_as(g, IM_ERROR_FORMAT, "coordinates: one number where two are due");
    const im_lonlat position = {g->coordinates[0], g->coordinates[1]};
    im_incident *incident =
        im_foreign_end(g->foreign, g->n_coordinates >= 2 ? &position : NULL, &g->error);
    if (!incident)
        return 0;
    g_ptr_array_add(g->incidents, incident);
    return 1;
}

static const im_field *field_of(geojson *g, const char *name, gsize len)
{
    if (g->expected < g->fields->len) {
        const field_name *next = g->fields->pdata[g->expected];
        if (next->len == len && memcmp(next->name, name, len) == 0) {
            g->expected++;
            return next->field;
        }
    }
    g_autofree char *copy = g_strndup(name, len);
    for (guint i = 0; i < g->fields->len; i++)
        if (strcmp(((const field_name *)g->fields->pdata[i])->name, copy) == 0) {
            g->expected = i + 1;
            return ((const field_name *)g->fields->pdata[i])->field;
        }
    field_name *new = g_new(field_name, 1);
    *new = (field_name){g_steal_pointer(&copy), len, NULL};
    new->field = im_foreign_field(g->foreign, new->name);
    g_ptr_array_add(g->fields, new);
    g->expected = g->fields->len;
    return new->field;
}

static void set_property(geojson *g, const char *text, gsize len)
{
    if (len > MOST_VALUE_BYTES)
        return;
    g_string_truncate(g->text, 0); /* as a string with an end */
    g_string_append_len(g->text, text, (gssize)len);
    im_foreign_set(g->foreign, g->field, g->text->str, len);
}

/* ---- what the parser calls ---- */

static int on_null(void *data)
{
    geojson *g = data;
    return role_of(g) == COORDINATES ? fail_coordinates(g) : 1;
}

static int on_boolean(void *data, int value)
{
    geojson *g = data;
    if (role_of(g) == PROPERTIES)
        set_property(g, value ? "1" : "0", 1);
    return is_for_coordinates(g) ? fail_coordinates(g) : 1;
}

static int on_number(void *data, const char *text, size_t len)
{
    geojson *g = data;
    if (role_of(g) == PROPERTIES)
        set_property(g, text, len);
    if (role_of(g) != COORDINATES)
        return is_for_coordinates(g) ? fail_coordinates(g) : 1;
    if (g->n_coordinates < 2)
        g->coordinates[g->n_coordinates] = im_get_number(text, NULL);
    g->n_coordinates++;
    return 1;
}

static gboolean is_text(const unsigned char *bytes, size_t len, const char *text)
{
    return len == strlen(text) && memcmp(bytes, text, len) == 0;
}

/* A string of `crs`: its name among others. */
static gboolean is_in_degrees(const char *bytes, gsize len)
{
    return g_strstr_len(bytes, (gssize)len, "CRS84") || g_strstr_len(bytes, (gssize)len, "4326") ||
           is_text((const unsigned char *)bytes, len, "name");
}

static int on_type(geojson *g, const unsigned char *bytes, size_t len)
{
    if (role_of(g) == GEOMETRY)
        return (g->is_point = is_text(bytes, len, "Point")) ? 1 : leave_to_gdal(g);
    if (role_of(g) != TOP)
        return 1;
    g->is_feature = is_text(bytes, len, "Feature");
    g->is_geojson = g->is_geojson || g->is_feature;
    return g->is_feature || is_text(bytes, len, "FeatureCollection") ? 1 : leave_to_gdal(g);
}

static int on_string(void *data, const unsigned char *bytes, size_t len)
{
    geojson *g = data;
    const role r = role_of(g);
    if (r == PROPERTIES)
        set_property(g, (const char *)bytes, len);
    else if (r == CRS && !is_in_degrees((const char *)bytes, len))
        return leave_to_gdal(g);
    else if (g->key == KEY_TYPE)
        return on_type(g, bytes, len);
    else if (is_for_coordinates(g))
        return fail_coordinates(g);
    return 1;
}

static int on_key(void *data, const unsigned char *bytes, size_t len)
{
    static const char *const names[] = {
        [KEY_TYPE] = "type",
        [KEY_FEATURES] = "features",
        [KEY_PROPERTIES] = "properties",
        [KEY_GEOMETRY] = "geometry",
        [KEY_COORDINATES] = "coordinates",
        [KEY_CRS] = "crs",
    };
    geojson *g = data;
    g->key = KEY_OTHER;
    if (role_of(g) == PROPERTIES) {
        if (len > MOST_KEY_BYTES)
            return fail(g, "the name of a property is too long");
        g->field = field_of(g, (const char *)bytes, len);
        return 1;
    }
    for (guint i = KEY_TYPE; i < G_N_ELEMENTS(names); i++)
        if (is_text(bytes, len, names[i]))
            g->key = (key)i;
    return 1;
}

static role role_of_map(const geojson *g)
{
    const role parent = role_of(g);
    if (g->depth == 0)
        return TOP;
    if (parent == FEATURES)
        return FEATURE;
    if (is_feature_role(parent))
        return g->key == KEY_PROPERTIES ? PROPERTIES
               : g->key == KEY_GEOMETRY ? GEOMETRY
               : g->key == KEY_CRS      ? CRS
                                        : OTHER;
    return parent == CRS ? CRS : OTHER;
}

static int on_map(void *data)
{
    geojson *g = data;
    const role r = role_of_map(g);
    if (is_for_coordinates(g))
        return fail_coordinates(g);
    if (r == PROPERTIES && !g->is_begun)
        return leave_to_gdal(g);
    if (is_feature_role(r))
        begin_feature(g);
    if (r == TOP)
        g->is_feature = FALSE;
    return enter(g, r);
}

static int on_map_end(void *data)
{
    geojson *g = data;
    const role r = g->roles[--g->depth];
    g->key = KEY_OTHER;
    return r == FEATURE || (r == TOP && g->is_feature) ? end_feature(g) : 1;
}

static int on_array(void *data)
{
    geojson *g = data;
    const role parent = role_of(g);
    role r = OTHER;
    if (parent == TOP && g->key == KEY_FEATURES) {
        g->is_geojson = TRUE;
        r = FEATURES;
    } else if (parent == GEOMETRY && g->key == KEY_COORDINATES) {
        r = COORDINATES;
    } else if (parent == COORDINATES && g->is_point) {
        return fail_coordinates(g);
    } else if (parent == COORDINATES || g->depth == 0) {
        return leave_to_gdal(g); /* lines and areas; no GeoJSON at all */
    }
    return enter(g, r);
}

static int on_array_end(void *data)
{
    geojson *g = data;
    g->depth--;
    g->key = KEY_OTHER;
    return 1;
}

/* ---- files ---- */

static guint64 count_lines(const char *bytes, gsize len)
{
    guint64 n = 0;
    for (const char *p = bytes; (p = memchr(p, '\n', len - (gsize)(p - bytes))); p++)
        n++;
    return n;
}

/* @return FALSE when the parse ended early; then there may be an error */
static gboolean parse(geojson *g, im_stream *stream, yajl_handle handle)
{
    g_autofree char *chunk = g_malloc(CHUNK_BYTES);
    guint64 line = 1;
    yajl_status status = yajl_status_ok;
    gsize n = 0;
    while (status == yajl_status_ok && (n = im_stream_read(stream, chunk, CHUNK_BYTES)) > 0) {
        status = yajl_parse(handle, (const unsigned char *)chunk, n);
        line += count_lines(chunk, status == yajl_status_ok ? n : yajl_get_bytes_consumed(handle));
    }
    if (status == yajl_status_ok)
        status = yajl_complete_parse(handle);
    if (im_stream_error(stream) && !g->error)
        g->error = g_error_copy(im_stream_error(stream));
    if (status == yajl_status_error && !g->error)
        g->error = g_error_new(IM_ERROR, IM_ERROR_FORMAT,
                               "%s:%" G_GUINT64_FORMAT ": record %u: not valid JSON", g->path, line,
                               g->incidents->len + 1);
    return status == yajl_status_ok && !g->error;
}

GPtrArray *im_geojson_read(im_stream *stream, const char *path, const char *const *map,
                           gboolean *foreign, GError **error)
{
    static const yajl_callbacks callbacks = {on_null,    on_boolean, NULL,        NULL,
                                             on_number,  on_string,  on_map,      on_key,
                                             on_map_end, on_array,   on_array_end};
    g_autoptr(im_foreign) fields = im_foreign_new(path, map);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(field_name_free);
    g_autoptr(GPtrArray) incidents =
        g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_autoptr(GString) text = g_string_new(NULL);
    geojson g = {
        .path = path, .incidents = incidents, .foreign = fields, .fields = names, .text = text};
    yajl_handle handle = yajl_alloc(&callbacks, NULL, &g);
    yajl_config(handle, yajl_allow_multiple_values, 1);
    yajl_config(handle, yajl_dont_validate_strings, 1); /* a value that is not UTF-8 says nothing */
    const gboolean whole = parse(&g, stream, handle);
    yajl_free(handle);
    *foreign = g.for_gdal || (!g.is_geojson && !im_stream_error(stream));
    if (*foreign)
        g_clear_error(&g.error);
    else if (g.error)
        g_propagate_error(error, g.error);
    return whole && !*foreign && im_foreign_check(fields, error) ? g_steal_pointer(&incidents)
                                                                 : NULL;
}
