#include "geo/projection.h"

#include <incmap/error.h>

#include <geodesic.h>
#include <math.h>
#include <proj.h>

struct im_projection {
    PJ_CONTEXT *context;
    PJ *transformation;
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
    projection->transformation = proj_create(projection->context, definition);
    if (!projection->transformation) {
        int code = proj_context_errno(projection->context);
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", definition,
                    proj_context_errno_string(projection->context, code));
        return NULL;
    }
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
    for (gsize i = 0; i < n; i++) {
        PJ_COORD at = proj_coord(proj_torad(points[i].x), proj_torad(points[i].y), 0, 0);
        at = proj_trans(projection->transformation, PJ_FWD, at);
        points[i] = (im_xy){at.xy.x, at.xy.y};
    }
}

gboolean im_projection_inverse(const im_projection *projection, im_xy metres, im_xy *degrees)
{
    PJ_COORD at =
        proj_trans(projection->transformation, PJ_INV, proj_coord(metres.x, metres.y, 0, 0));
    *degrees = (im_xy){proj_todeg(at.lp.lam), proj_todeg(at.lp.phi)};
    return isfinite(at.lp.lam) && isfinite(at.lp.phi) && at.lp.lam != HUGE_VAL;
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
