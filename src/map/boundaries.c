#include "map/boundaries.h"

#include <incmap/map.h>

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

/* Of libgdal, declared for C++ only. Registering all drivers would take longer than a map does. */
void RegisterOGRFlatGeobuf(void);

static const char *const FILES[IM_BOUNDARY_N] = {"countries.fgb", "states.fgb", "disputed.fgb"};

struct im_boundaries {
    GDALDatasetH datasets[IM_BOUNDARY_N];
    char *paths[IM_BOUNDARY_N];
    gboolean user_states;
    char *name_field;                      /* of the user's states; NULL for the first string */
    OGRCoordinateTransformationH to_wgs84; /* of the user's states; NULL when they are in degrees */
};

static void unit_free(gpointer data)
{
    im_unit *unit = data;
    if (!unit)
        return;
    g_free(unit->admin1);
    g_free(unit->iso3166_2);
    g_free(unit->name);
    im_rings_free(unit->rings);
    g_free(unit);
}

static gboolean open_dataset(im_boundaries *b, im_boundary_layer layer, const char *driver,
                             GError **error)
{
    const char *const drivers[] = {driver, NULL};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    b->datasets[layer] = GDALOpenEx(b->paths[layer], GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                    driver ? drivers : NULL, NULL, NULL);
    CPLPopErrorHandler();
    if (b->datasets[layer] && GDALDatasetGetLayerCount(b->datasets[layer]) > 0)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: boundaries are missing or unreadable",
                b->paths[layer]);
    return FALSE;
}

/* Sets up how the user's layer becomes degrees. */
static gboolean prepare_user_states(im_boundaries *b, GError **error)
{
    OGRLayerH layer = GDALDatasetGetLayer(b->datasets[IM_BOUNDARY_STATES], 0);
    OGRSpatialReferenceH from = OGR_L_GetSpatialRef(layer);
    if (!from)
        return TRUE;
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(wgs84, 4326);
    OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    if (!OSRIsSame(from, wgs84)) {
        b->to_wgs84 = OCTNewCoordinateTransformation(from, wgs84);
        if (!b->to_wgs84)
            g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: unknown coordinate system",
                        b->paths[IM_BOUNDARY_STATES]);
    }
    gboolean fine = OSRIsSame(from, wgs84) || b->to_wgs84;
    OSRRelease(wgs84);
    return fine;
}

im_boundaries *im_boundaries_open(const char *folder, const char *user_path, const char *name_field,
                                  GError **error)
{
    RegisterOGRFlatGeobuf();
    if (user_path)
        GDALAllRegister();
    g_autofree char *standard = folder ? NULL : im_geodata_default_path();
    g_autoptr(im_boundaries) b = g_new0(im_boundaries, 1);
    b->user_states = user_path != NULL;
    b->name_field = g_strdup(name_field);
    for (int i = 0; i < IM_BOUNDARY_N; i++) {
        gboolean user = user_path && i == IM_BOUNDARY_STATES;
        b->paths[i] = user ? g_strdup(user_path)
                           : g_build_filename(folder ? folder : standard, FILES[i], NULL);
        if (!open_dataset(b, i, user ? NULL : "FlatGeobuf", error))
            return NULL;
    }
    if (user_path && !prepare_user_states(b, error))
        return NULL;
    return g_steal_pointer(&b);
}

void im_boundaries_free(im_boundaries *b)
{
    if (!b)
        return;
    if (b->to_wgs84)
        OCTDestroyCoordinateTransformation(b->to_wgs84);
    for (int i = 0; i < IM_BOUNDARY_N; i++) {
        if (b->datasets[i])
            GDALClose(b->datasets[i]);
        g_free(b->paths[i]);
    }
    g_free(b->name_field);
    g_free(b);
}

static char *string_field(OGRFeatureH feature, const char *name)
{
    int field = OGR_F_GetFieldIndex(feature, name);
    return g_strdup(field >= 0 ? OGR_F_GetFieldAsString(feature, field) : "");
}

static char *user_name(const im_boundaries *b, OGRFeatureH feature)
{
    if (b->name_field)
        return string_field(feature, b->name_field);
    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++)
        if (OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i)) == OFTString)
            return g_strdup(OGR_F_GetFieldAsString(feature, i));
    return g_strdup("");
}

static im_unit *unit_new(const im_boundaries *b, im_boundary_layer layer, OGRFeatureH feature)
{
    im_unit *unit = g_new0(im_unit, 1);
    unit->rings = im_rings_new();
    g_autofree char *iso = string_field(feature, "iso_a2");
    g_strlcpy(unit->iso, iso, sizeof unit->iso);
    unit->admin1 = string_field(feature, "admin1");
    unit->iso3166_2 = string_field(feature, "iso_3166_2");
    gboolean user = b->user_states && layer == IM_BOUNDARY_STATES;
    unit->name = user ? user_name(b, feature) : string_field(feature, "name");
    int level = OGR_F_GetFieldIndex(feature, "level");
    unit->is_part = level >= 0 && OGR_F_GetFieldAsInteger(feature, level) == 2;
    return unit;
}

/* Appends a ring or line, turned as im_rings wants it. */
static void append_ring(im_rings *rings, OGRGeometryH geometry, gboolean inner)
{
    guint start = rings->points->len;
    int n = OGR_G_GetPointCount(geometry);
    g_array_set_size(rings->points, start + (guint)n);
    im_xy *points = &g_array_index(rings->points, im_xy, start);
    OGR_G_GetPoints(geometry, &points->x, sizeof *points, &points->y, sizeof *points, NULL, 0);
    if ((im_ring_area(points, (guint)n) < 0) != inner)
        for (int i = 0, j = n - 1; i < j; i++, j--) {
            im_xy swap = points[i];
            points[i] = points[j];
            points[j] = swap;
        }
    im_rings_close(rings);
}

static void append_line(im_rings *lines, OGRGeometryH geometry)
{
    for (int i = 0; i < OGR_G_GetPointCount(geometry); i++)
        im_rings_add(lines, (im_xy){OGR_G_GetX(geometry, i), OGR_G_GetY(geometry, i)});
    g_array_append_val(lines->ends, lines->points->len);
}

static void append_geometry(im_rings *rings, OGRGeometryH geometry)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    int n = OGR_G_GetGeometryCount(geometry);
    if (type == wkbLineString)
        append_line(rings, geometry);
    else if (type == wkbPolygon)
        for (int i = 0; i < n; i++)
            append_ring(rings, OGR_G_GetGeometryRef(geometry, i), i > 0);
    else
        for (int i = 0; i < n; i++)
            append_geometry(rings, OGR_G_GetGeometryRef(geometry, i));
}

static im_unit *read_unit(const im_boundaries *b, im_boundary_layer layer, OGRFeatureH feature)
{
    im_unit *unit = unit_new(b, layer, feature);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (!geometry)
        return unit;
    if (b->user_states && layer == IM_BOUNDARY_STATES && b->to_wgs84)
        OGR_G_Transform(geometry, b->to_wgs84);
    append_geometry(unit->rings, geometry);
    return unit;
}

static void set_filter(const im_boundaries *b, im_boundary_layer layer, OGRLayerH ogr,
                       const im_box *box)
{
    gboolean in_degrees = !(b->user_states && layer == IM_BOUNDARY_STATES && b->to_wgs84);
    if (box && in_degrees)
        OGR_L_SetSpatialFilterRect(ogr, box->min_x, box->min_y, box->max_x, box->max_y);
    else
        OGR_L_SetSpatialFilter(ogr, NULL);
}

GPtrArray *im_boundaries_read_whole(im_boundaries *b, im_boundary_layer layer, const im_box *box,
                                    GError **error)
{
    OGRLayerH ogr = GDALDatasetGetLayer(b->datasets[layer], 0);
    set_filter(b, layer, ogr, box);
    OGR_L_ResetReading(ogr);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    g_autoptr(GPtrArray) units = g_ptr_array_new_with_free_func(unit_free);
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(ogr))) {
        g_ptr_array_add(units, read_unit(b, layer, feature));
        OGR_F_Destroy(feature);
    }
    CPLPopErrorHandler();
    if (CPLGetLastErrorType() >= CE_Failure) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", b->paths[layer],
                    CPLGetLastErrorMsg());
        return NULL;
    }
    return g_steal_pointer(&units);
}

static void shift_and_snap(im_rings *rings, double shift, double snap)
{
    im_xy *points = (im_xy *)(void *)rings->points->data;
    for (guint i = 0; i < rings->points->len; i++) {
        if (snap > 0) {
            points[i].x = round(points[i].x / snap) * snap;
            points[i].y = round(points[i].y / snap) * snap;
        }
        points[i].x += shift;
    }
}

/* Without the rings that are nothing but a speck. */
static im_rings *without_specks(im_rings *rings, double snap)
{
    im_rings *kept = im_rings_new();
    for (guint r = 0, n; r < im_rings_n(rings); r++) {
        const im_xy *points = im_rings_get(rings, r, &n);
        im_box box = im_ring_box(points, n);
        if (box.max_x - box.min_x + box.max_y - box.min_y <= 3 * snap)
            continue;
        g_array_append_vals(kept->points, points, n);
        im_rings_close(kept);
    }
    im_rings_free(rings);
    return kept;
}

/* Lines are not clipped: they would be closed. */
static void take_units(GPtrArray *out, GPtrArray *units, im_boundary_layer layer,
                       const im_box *window, double shift, double snap)
{
    for (guint i = 0; i < units->len; i++) {
        im_unit *unit = g_ptr_array_index(units, i);
        shift_and_snap(unit->rings, shift, snap);
        if (layer != IM_BOUNDARY_DISPUTED) {
            if (snap > 0)
                unit->rings = without_specks(unit->rings, snap);
            im_rings *clipped = im_rings_clip(unit->rings, window);
            im_rings_free(unit->rings);
            unit->rings = clipped;
        }
        if (im_rings_n(unit->rings) > 0)
            g_ptr_array_add(out, g_steal_pointer(&g_ptr_array_index(units, i)));
    }
}

GPtrArray *im_boundaries_read(im_boundaries *b, im_boundary_layer layer, const im_box *window,
                              double snap, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(unit_free);
    for (double shift = -360; shift <= 360; shift += 360) {
        im_box part = {MAX(window->min_x - shift, -180), window->min_y,
                       MIN(window->max_x - shift, 180), window->max_y};
        if (part.min_x >= part.max_x)
            continue;
        g_autoptr(GPtrArray) units = im_boundaries_read_whole(b, layer, &part, error);
        if (!units)
            return NULL;
        take_units(out, units, layer, window, shift, snap);
    }
    return g_steal_pointer(&out);
}

GHashTable *im_boundaries_country_names(im_boundaries *b)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    OGRLayerH ogr = GDALDatasetGetLayer(b->datasets[IM_BOUNDARY_COUNTRIES], 0);
    const char *ignored[] = {"OGR_GEOMETRY", NULL};
    OGR_L_SetSpatialFilter(ogr, NULL);
    OGR_L_SetIgnoredFields(ogr, ignored);
    OGR_L_ResetReading(ogr);
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(ogr))) {
        g_hash_table_insert(names, string_field(feature, "iso_a2"), string_field(feature, "name"));
        OGR_F_Destroy(feature);
    }
    OGR_L_SetIgnoredFields(ogr, NULL);
    return names;
}
