/* Records from any table that GDAL reads. A column is known by the name that the record gives it,
 * or by the one that ACLED or UCDP GED does. */
#include "output/on_demand.h"
#include "output/priv.h"

#include <cpl_error.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>

/* Columns of others that mean the same (ACLED Codebook 2023; UCDP GED Codebook 23.1). A column of
 * ours in the same table comes first. */
static const struct {
    const char *theirs, *ours;
} aliases[] = {
    {"event_id_cnty", "id"},
    {"event_date", "date_start"},
    {"where_coordinates", "location"},
    {"adm_1", "admin1"},
    {"adm_2", "admin2"},
    {"side_a", "actor1"},
    {"side_b", "actor2"},
    {"best", "deaths_best"},
    {"low", "deaths_low"},
    {"high", "deaths_high"},
    {"fatalities", "deaths_best"},
    {"source_article", "source"},
    {"where_description", "place_text"},
};

typedef struct table {
    const char *path;
    const char *const *map; /* `column=field`; or NULL */
    OGRLayerH layer;
    int *fields; /* of each column of the record: index in the table, or -1 */
    int event_type, sub_event_type, type_of_violence;
} table;

static int field_index(OGRFeatureDefnH definition, const char *name)
{
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++)
        if (g_ascii_strcasecmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)), name) == 0)
            return i;
    return -1;
}

/* The field that the user says holds a column, or NULL. */
static const char *mapped_field(const char *const *map, const char *column)
{
    const gsize len = strlen(column);
    for (; map && *map; map++)
        if (strncmp(*map, column, len) == 0 && (*map)[len] == '=')
            return *map + len + 1;
    return NULL;
}

static int find_field(const table *t, OGRFeatureDefnH definition, const char *column)
{
    const char *mapped = mapped_field(t->map, column);
    int field = field_index(definition, mapped ? mapped : column);
    for (guint a = 0; field < 0 && !mapped && a < G_N_ELEMENTS(aliases); a++)
        if (strcmp(aliases[a].ours, column) == 0)
            field = field_index(definition, aliases[a].theirs);
    return field;
}

static void table_open(table *t, OGRLayerH layer)
{
    guint n;
    const im_column *columns = im_columns(&n);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    t->layer = layer;
    t->fields = g_new(int, n);
    for (guint i = 0; i < n; i++)
        t->fields[i] = find_field(t, definition, columns[i].name);
    t->event_type = find_field(t, definition, "event_type");
    t->sub_event_type = find_field(t, definition, "sub_event_type");
    t->type_of_violence = find_field(t, definition, "type_of_violence");
}

static const char *text_of(OGRFeatureH feature, int field)
{
    return field >= 0 && OGR_F_IsFieldSetAndNotNull(feature, field)
               ? OGR_F_GetFieldAsString(feature, field)
               : "";
}

static double number_of(OGRFeatureH feature, int field)
{
    char *end;
    const char *text = text_of(feature, field);
    double number = g_ascii_strtod(text, &end);
    return end == text ? NAN : number;
}

static void set_columns(const table *t, OGRFeatureH feature, im_incident *incident)
{
    guint n;
    const im_column *columns = im_columns(&n);
    for (guint i = 0; i < n; i++) {
        const char *text = text_of(feature, t->fields[i]);
        if (*text && columns[i].set && g_utf8_validate(text, -1, NULL))
            columns[i].set(&columns[i], incident, text);
    }
}

/* The plain type behind ACLED's; of what the table does not know, riots are protests. */
static im_incident_type type_from_acled(const char *event_type, const char *sub_event_type)
{
    im_incident_type type = im_acled_type(event_type, sub_event_type);
    gboolean riots = type == IM_INCIDENT_NONE && g_ascii_strcasecmp(event_type, "Riots") == 0;
    return riots ? IM_INCIDENT_PROTEST : type;
}

/* UCDP: 1 state-based, 2 non-state (two armed sides), 3 one-sided. */
static im_incident_type type_from_ucdp(const char *text)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "2") == 0)
        return IM_INCIDENT_ARMED_CLASH;
    return strcmp(text, "3") == 0 ? IM_INCIDENT_ATTACK : IM_INCIDENT_NONE;
}

static void complete_type(const table *t, OGRFeatureH feature, im_incident *incident)
{
    if (incident->type == IM_INCIDENT_NONE && t->event_type >= 0) {
        g_autofree char *event_type = g_strdup(text_of(feature, t->event_type));
        incident->type = type_from_acled(event_type, text_of(feature, t->sub_event_type));
    }
    if (incident->type == IM_INCIDENT_NONE)
        incident->type = type_from_ucdp(text_of(feature, t->type_of_violence));
}

static gboolean geometry_point(OGRGeometryH geometry, im_lonlat *position)
{
    if (!geometry || OGR_G_IsEmpty(geometry))
        return FALSE;
    gboolean is_point = wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPoint;
    OGRGeometryH point = is_point ? OGR_G_Clone(geometry) : OGR_G_PointOnSurface(geometry);
    if (!point)
        return FALSE;
    *position = (im_lonlat){OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)};
    OGR_G_DestroyGeometry(point);
    return im_lonlat_is_valid(*position);
}

static int column_field(const table *t, const char *name)
{
    guint n;
    return t->fields[im_column_find(name) - im_columns(&n)];
}

static void complete_position(const table *t, OGRFeatureH feature, im_incident *incident)
{
    if (geometry_point(OGR_F_GetGeometryRef(feature), &incident->position)) {
        incident->has_geometry = TRUE;
        return;
    }
    im_lonlat position = {number_of(feature, column_field(t, "longitude")),
                          number_of(feature, column_field(t, "latitude"))};
    incident->has_geometry = im_lonlat_is_valid(position);
    if (incident->has_geometry)
        incident->position = position;
}

static im_incident *read_row(const table *t, OGRFeatureH feature, gint64 row, GError **error)
{
    g_autoptr(im_incident) incident = im_incident_new(IM_INCIDENT_NONE);
    set_columns(t, feature, incident);
    complete_type(t, feature, incident);
    if (incident->type == IM_INCIDENT_NONE) {
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT,
                    "%s: record %" G_GINT64_FORMAT
                    ": no known type of incident in the fields type, "
                    "event_type or type_of_violence",
                    t->path, row);
        return NULL;
    }
    complete_position(t, feature, incident);
    im_record_complete(incident, t->path, row);
    return g_steal_pointer(&incident);
}

static gboolean read_layer(table *t, GPtrArray *incidents, GError **error)
{
    OGRFeatureH feature;
    CPLErrorReset();
    OGR_L_ResetReading(t->layer);
    for (gint64 row = 1; (feature = OGR_L_GetNextFeature(t->layer)); row++) {
        im_incident *incident = read_row(t, feature, row, error);
        OGR_F_Destroy(feature);
        if (!incident)
            return FALSE;
        g_ptr_array_add(incidents, incident);
    }
    if (CPLGetLastErrorType() != CE_Failure)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: %s", t->path, CPLGetLastErrorMsg());
    return FALSE;
}

static gboolean any_layer_has(GDALDatasetH dataset, const char *field)
{
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); i++)
        if (field_index(OGR_L_GetLayerDefn(GDALDatasetGetLayer(dataset, i)), field) >= 0)
            return TRUE;
    return FALSE;
}

/* A field that is not there is a slip of the pen, not a column without values. */
static gboolean check_map(const char *path, GDALDatasetH dataset, const char *const *map,
                          GError **error)
{
    for (; map && *map; map++) {
        const char *field = strchr(*map, '=') + 1;
        if (any_layer_has(dataset, field))
            continue;
        g_autoptr(GString) known = g_string_new(NULL);
        OGRFeatureDefnH first = OGR_L_GetLayerDefn(GDALDatasetGetLayer(dataset, 0));
        for (int i = 0; first && i < OGR_FD_GetFieldCount(first); i++)
            g_string_append_printf(known, " %s", OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(first, i)));
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: no field '%s'; there are:%s", path,
                    field, known->str);
        return FALSE;
    }
    return TRUE;
}

static gboolean read_dataset(const char *path, GDALDatasetH dataset, const char *const *map,
                             GPtrArray *incidents, GError **error)
{
    if (!check_map(path, dataset, map, error))
        return FALSE;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        if (strcmp(OGR_L_GetName(layer), "layer_styles") == 0)
            continue; /* QGIS's, in GeoPackages */
        table t = {.path = path, .map = map};
        table_open(&t, layer);
        gboolean ok = read_layer(&t, incidents, error);
        g_free(t.fields);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}

static GDALDatasetH open_dataset(const char *path, GError **error)
{
    static gsize registered;
    if (g_once_init_enter(&registered)) {
        GDALAllRegister();
        g_once_init_leave(&registered, 1);
    }
    CPLErrorReset();
    GDALDatasetH dataset = GDALOpenEx(
        path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    if (!dataset) {
        gboolean there = g_str_has_prefix(path, "/vsi") || g_file_test(path, G_FILE_TEST_EXISTS);
        const char *reason = CPLGetLastErrorMsg();
        g_set_error(error, IM_ERROR, there ? IM_ERROR_FORMAT : IM_ERROR_IO, "%s: %s", path,
                    !there    ? "no such file"
                    : *reason ? reason
                              : "no table of records");
    }
    return dataset;
}

static GPtrArray *read_records(const char *path, const char *const *map, GError **error)
{
    g_autoptr(GPtrArray) incidents =
        g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH dataset = open_dataset(path, error);
    gboolean ok = dataset && read_dataset(path, dataset, map, incidents, error);
    if (dataset)
        GDALClose(dataset);
    CPLPopErrorHandler();
    return ok ? g_steal_pointer(&incidents) : NULL;
}

const im_record_reader im_gis_records = {read_records};
