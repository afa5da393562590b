#include "geo/projection.h"

#include <incmap/error.h>

#include <geodesic.h>
#include <math.h>
#include <proj.h>

struct im_projection {
    PJ_CONTEXT *context;
    PJ *transformation;
    gboolean in_degrees; /* takes degrees, not radians */
    double unit_m;       /* metres to a unit of what it gives */
};

static void say_nothing(void *data, int level, const char *message)
{
    (void)data, (void)level, (void)message;
}

/* Definitions have all of their parameters: PROJ would look for nothing in its database, but opens it (8 ms). */
static PJ_CONTEXT *context_without_database(void)
{
    static const char *const nowhere[] = {"/nonexistent"};
    PJ_CONTEXT *context = proj_context_create();
    proj_log_func(context, NULL, say_nothing);
    proj_context_set_search_paths(context, 1, nowhere);
    return context;
}

im_projection *im_projection_new(const char *definition, GError **error)
{
    g_autoptr(im_projection) projection = g_new0(im_projection, 1);
    projection->context = context_without_database();
    projection->unit_m = 1;
    projection->transformation = proj_create(projection->context, definition);
    if (!projection->transformation) {
        int code = proj_context_errno(projection->context);
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", definition,
                    proj_context_errno_string(projection->context, code));
        return NULL;
    }
    return g_steal_pointer(&projection);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PJ, proj_destroy)

/* The system of a text; a `+proj=` alone would be an operation. NULL when it is no projected one. */
static PJ *projected_crs(PJ_CONTEXT *context, const char *text)
{
    g_autofree char *whole =
        g_str_has_prefix(text, "+") ? g_strconcat(text, " +type=crs", NULL) : NULL;
    g_autoptr(PJ) crs = proj_create(context, whole ? whole : text);
    const PJ_TYPE type = crs ? proj_get_type(crs) : PJ_TYPE_UNKNOWN;
    if (type == PJ_TYPE_BOUND_CRS) {
        PJ *base = proj_get_source_crs(context, crs);
        gboolean fine = base && proj_get_type(base) == PJ_TYPE_PROJECTED_CRS;
        proj_destroy(base);
        return fine ? g_steal_pointer(&crs) : NULL;
    }
    return type == PJ_TYPE_PROJECTED_CRS ? g_steal_pointer(&crs) : NULL;
}

/* Grids are used a little beyond what they are made for, on a map that shows neighbours. */
static gboolean is_made_for(PJ_CONTEXT *context, const PJ *crs, im_xy at, const char **area)
{
    static const double BEYOND_DEG = 3;
    double west, south, east, north;
    if (!proj_get_area_of_use(context, crs, &west, &south, &east, &north, area) || west < -180)
        return TRUE;
    const double middle = west <= east ? (west + east) / 2 : (west + east) / 2 + 180,
                 half = west <= east ? (east - west) / 2 : (east - west) / 2 + 180;
    return at.y >= south - BEYOND_DEG && at.y <= north + BEYOND_DEG &&
           fabs(remainder(at.x - middle, 360)) <= half + BEYOND_DEG;
}

static double unit_of(PJ_CONTEXT *context, const PJ *crs)
{
    double factor = 1;
    g_autoptr(PJ) system = proj_crs_get_coordinate_system(context, crs);
    if (system)
        proj_cs_get_axis_info(context, system, 0, NULL, NULL, NULL, &factor, NULL, NULL, NULL);
    return factor > 0 ? factor : 1;
}

im_projection *im_projection_of_crs(const char *crs, im_xy about, GError **error)
{
    g_autoptr(im_projection) projection = g_new0(im_projection, 1);
    projection->context = proj_context_create();
    proj_log_func(projection->context, NULL, say_nothing);
    g_autoptr(PJ) target = projected_crs(projection->context, crs);
    const char *area = NULL;
    if (!target) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: no projected coordinate reference system that PROJ knows", crs);
        return NULL;
    }
    if (!is_made_for(projection->context, target, about, &area)) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: is made for another part of the world%s%s", crs, area ? ": " : "",
                    area ? area : "");
        return NULL;
    }
    g_autoptr(PJ) degrees = proj_create(projection->context, "OGC:CRS84");
    g_autoptr(PJ) there =
        degrees ? proj_create_crs_to_crs_from_pj(projection->context, degrees, target, NULL, NULL)
                : NULL;
    projection->transformation =
        there ? proj_normalize_for_visualization(projection->context, there) : NULL;
    if (!projection->transformation) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: PROJ has no way to it from WGS 84", crs);
        return NULL;
    }
    projection->in_degrees = TRUE;
    projection->unit_m = unit_of(projection->context, target);
    return g_steal_pointer(&projection);
}

void im_projection_free(im_projection *projection)
{
    if (!projection)
        return;
    proj_destroy(projection->transformation);
    proj_context_destroy(projection->context);
    g_free(projection);
}

void im_projection_forward(const im_projection *projection, im_xy *points, gsize n)
{
    const double angle = projection->in_degrees ? 1 : proj_torad(1), unit = projection->unit_m;
    for (gsize i = 0; i < n; i++) {
        PJ_COORD at = proj_coord(points[i].x * angle, points[i].y * angle, 0, 0);
        at = proj_trans(projection->transformation, PJ_FWD, at);
        points[i] = (im_xy){at.xy.x * unit, at.xy.y * unit};
    }
}

gboolean im_projection_inverse(const im_projection *projection, im_xy metres, im_xy *degrees)
{
    const double angle = projection->in_degrees ? 1 : proj_todeg(1), unit = projection->unit_m;
    PJ_COORD at = proj_trans(projection->transformation, PJ_INV,
                             proj_coord(metres.x / unit, metres.y / unit, 0, 0));
    *degrees = (im_xy){at.xy.x * angle, at.xy.y * angle};
    return isfinite(at.xy.x) && isfinite(at.xy.y);
}

/* Parameters of a definition in degrees with two decimals, in any locale. */
static void add_degrees(GString *definition, const char *parameter, double degrees)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.2f", round(degrees * 100) / 100 + 0.0);
    g_string_append_printf(definition, " +%s=%s", parameter, number);
}

static void regional(GString *definition, const im_box *extent, double lon, double lat)
{
    double height = extent->max_y - extent->min_y;
    double width = (extent->max_x - extent->min_x) * cos(proj_torad(lat));
    if (height > 1.6 * width && height > 6) {
        g_string_append(definition, "+proj=tmerc");
        add_degrees(definition, "lat_0", lat);
    } else if (extent->min_y < 0 && extent->max_y > 0 && height > 25) {
        g_string_append(definition, "+proj=laea"); /* Brazil: Mercator would stretch its south */
        add_degrees(definition, "lat_0", lat);
    } else if (fabs(lat) < 10 || (extent->min_y < 0 && extent->max_y > 0)) {
        g_string_append(definition, "+proj=merc");
        add_degrees(definition, "lat_ts", lat);
    } else {
        g_string_append(definition, "+proj=lcc");
        add_degrees(definition, "lat_1", extent->min_y + height / 6);
        add_degrees(definition, "lat_2", extent->max_y - height / 6);
        add_degrees(definition, "lat_0", lat);
    }
    add_degrees(definition, "lon_0", lon);
}

static void azimuthal(GString *definition, const char *name, double lon, double lat)
{
    g_string_append_printf(definition, "+proj=%s", name);
    add_degrees(definition, "lat_0", lat);
    add_degrees(definition, "lon_0", lon);
}

char *im_projection_choose(const im_box *extent, im_projection_kind *kind)
{
    double width = extent->max_x - extent->min_x, height = extent->max_y - extent->min_y;
    double lon = remainder((extent->min_x + extent->max_x) / 2, 360);
    double lat = (extent->min_y + extent->max_y) / 2;
    GString *definition = g_string_new(NULL);
    double across = width * cos(proj_torad(lat));
    if (across > 150 || height > 110 || (width > 200 && fabs(lat) <= 72)) {
        *kind = IM_PROJECTION_WORLD;
        g_string_append(definition, "+proj=eqearth");
        add_degrees(definition, "lon_0", width > 330 ? 0 : lon);
    } else if (fabs(lat) > 72 || across > 60 || height > 50) {
        *kind = IM_PROJECTION_CONTINENTAL;
        azimuthal(definition, "laea", lon, fabs(lat) > 78 ? copysign(90, lat) : lat);
    } else {
        *kind = IM_PROJECTION_REGIONAL;
        regional(definition, extent, lon, lat);
    }
    g_string_append(definition, " +ellps=WGS84 +units=m");
    return g_string_free(definition, FALSE);
}

double im_geodesic_km(im_xy a, im_xy b)
{
    static const double WGS84_AXIS_M = 6378137, WGS84_FLATTENING = 1 / 298.257223563;
    struct geod_geodesic geodesic;
    geod_init(&geodesic, WGS84_AXIS_M, WGS84_FLATTENING);
    double metres;
    geod_inverse(&geodesic, a.y, a.x, b.y, b.x, &metres, NULL, NULL);
    return metres / 1000;
}
