#include "map/view.h"

#include <incmap/error.h>

#include <math.h>

/* Just inside the seam of a projection, lest its two sides be taken for each other. */
static const double HALF_TURN_DEG = 179.9999;

static double central_meridian(const im_projection *projection)
{
    im_xy at;
    return im_projection_inverse(projection, (im_xy){0, 0}, &at) ? at.x : 0;
}

static im_box projected_box(const im_projection *projection, const im_fit *fit)
{
    g_autofree im_xy *points = g_memdup2(fit->points->data, sizeof(im_xy) * fit->points->len);
    im_projection_forward(projection, points, fit->points->len);
    im_box box = IM_BOX_EMPTY;
    for (guint i = 0; i < fit->points->len; i++)
        if (isfinite(points[i].x) && isfinite(points[i].y))
            im_box_add(&box, points[i]);
    return box;
}

static void widen(double *low, double *high, double margin, double least)
{
    double middle = (*low + *high) / 2, half = (*high - *low) / 2 * (1 + 2 * margin);
    half = MAX(half, least / 2);
    *low = middle - half;
    *high = middle + half;
}

/* Puts the box into the room of the frame. */
static void place(im_view *view, const im_box *metres, const im_box *room, im_xy align)
{
    double width = metres->max_x - metres->min_x, height = metres->max_y - metres->min_y;
    double room_width = room->max_x - room->min_x, room_height = room->max_y - room->min_y;
    view->px_per_m = MIN(room_width / width, room_height / height);
    double left = room->min_x + (room_width - width * view->px_per_m) * align.x;
    double top = room->min_y + (room_height - height * view->px_per_m) * align.y;
    view->origin_m =
        (im_xy){metres->min_x - left / view->px_per_m, metres->max_y + top / view->px_per_m};
    view->content =
        (im_box){left, top, left + width * view->px_per_m, top + height * view->px_per_m};
}

gboolean im_view_degrees(const im_view *view, im_xy px, im_xy *degrees)
{
    im_xy metres = {view->origin_m.x + px.x / view->px_per_m,
                    view->origin_m.y - px.y / view->px_per_m};
    return im_projection_inverse(view->projection, metres, degrees);
}

static gboolean frame_holds_pole(const im_view *view, double lat)
{
    im_xy pole = {view->lon_0, lat};
    im_view_project(view, &pole, 1);
    return view->kind != IM_PROJECTION_WORLD && pole.x >= view->frame.min_x &&
           pole.x <= view->frame.max_x && pole.y >= view->frame.min_y &&
           pole.y <= view->frame.max_y;
}

/* Looks back from a grid of points in the frame. Where one of them is off the earth, all of it may
 * be in sight. */
static void find_window(im_view *view)
{
    enum { STEPS = 24 };
    const double lon_0 = view->lon_0;
    im_box seen = IM_BOX_EMPTY;
    const im_box *frame = &view->frame;
    gboolean all = view->kind == IM_PROJECTION_WORLD;
    for (int i = 0; i <= STEPS && !all; i++)
        for (int k = 0; k <= STEPS; k++) {
            im_xy px = {frame->min_x + (frame->max_x - frame->min_x) * i / STEPS,
                        frame->min_y + (frame->max_y - frame->min_y) * k / STEPS},
                  at;
            if (!im_view_degrees(view, px, &at)) {
                all = TRUE;
                break;
            }
            at.x = lon_0 + remainder(at.x - lon_0, 360);
            im_box_add(&seen, at);
        }
    double margin = 0.02 + 0.03 * MAX(seen.max_x - seen.min_x, seen.max_y - seen.min_y);
    gboolean north = frame_holds_pole(view, 90), south = frame_holds_pole(view, -90);
    gboolean round = all || north || south;
    view->window = (im_box){
        round ? lon_0 - HALF_TURN_DEG : MAX(seen.min_x - margin, lon_0 - HALF_TURN_DEG),
        all || south ? -90 : MAX(seen.min_y - margin, -90),
        round ? lon_0 + HALF_TURN_DEG : MIN(seen.max_x + margin, lon_0 + HALF_TURN_DEG),
        all || north ? 90 : MIN(seen.max_y + margin, 90),
    };
}

static double measure_centre(const im_view *view)
{
    static const double HALF_PX = 50;
    const im_box *frame = &view->frame;
    double x = (frame->min_x + frame->max_x) / 2, y = (frame->min_y + frame->max_y) / 2;
    im_xy a, b;
    if (!im_view_degrees(view, (im_xy){x - HALF_PX, y}, &a) ||
        !im_view_degrees(view, (im_xy){x + HALF_PX, y}, &b))
        return 0.001 / view->px_per_m;
    return im_geodesic_km(a, b) / (2 * HALF_PX);
}

/* A grid that was asked for, else what suits. No grid is drawn as a globe. */
static gboolean project(im_view *view, const im_fit *fit, GError **error)
{
    view->definition = im_projection_choose(&fit->box, &view->kind);
    if (!fit->crs) {
        view->projection = im_projection_new(view->definition, error);
        view->lon_0 = view->projection ? central_meridian(view->projection) : 0;
        return view->projection != NULL;
    }
    g_free(view->definition);
    view->definition = g_strdup(fit->crs);
    view->is_grid = TRUE;
    if (view->kind == IM_PROJECTION_WORLD)
        view->kind = IM_PROJECTION_CONTINENTAL;
    const im_xy middle = {(fit->box.min_x + fit->box.max_x) / 2,
                          (fit->box.min_y + fit->box.max_y) / 2};
    view->lon_0 = remainder(middle.x, 360);
    view->projection = im_projection_of_crs(fit->crs, middle, error);
    return view->projection != NULL;
}

im_view *im_view_new(const im_fit *fit, const im_box *frame, const im_box *room, im_xy align,
                     GError **error)
{
    g_autoptr(im_view) view = g_new0(im_view, 1);
    view->frame = *frame;
    if (!project(view, fit, error))
        return NULL;
    im_box metres = projected_box(view->projection, fit);
    if (im_box_is_empty(&metres)) {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "the extent cannot be projected (%s)",
                    view->definition);
        return NULL;
    }
    widen(&metres.min_x, &metres.max_x, fit->margin, fit->least_km * 1000);
    widen(&metres.min_y, &metres.max_y, fit->margin, fit->least_km * 1000);
    place(view, &metres, room, align);
    find_window(view);
    view->km_per_px = measure_centre(view);
    return g_steal_pointer(&view);
}

void im_view_free(im_view *view)
{
    if (!view)
        return;
    im_projection_free(view->projection);
    g_free(view->definition);
    g_free(view);
}

void im_view_project(const im_view *view, im_xy *points, gsize n)
{
    im_projection_forward(view->projection, points, n);
    for (gsize i = 0; i < n; i++) {
        points[i].x = (points[i].x - view->origin_m.x) * view->px_per_m;
        points[i].y = (view->origin_m.y - points[i].y) * view->px_per_m;
    }
}

im_xy im_view_px(const im_view *view, im_lonlat at)
{
    im_xy p = {at.lon_deg, at.lat_deg};
    im_view_project(view, &p, 1);
    return p;
}

double im_view_north(const im_view *view)
{
    static const double STEP_DEG = 0.01;
    const im_box *frame = &view->frame;
    const im_xy middle = {(frame->min_x + frame->max_x) / 2, (frame->min_y + frame->max_y) / 2};
    im_xy at;
    if (!im_view_degrees(view, middle, &at))
        return 0;
    at.y += STEP_DEG;
    im_view_project(view, &at, 1);
    return atan2(at.x - middle.x, middle.y - at.y) * 180 / G_PI;
}

gboolean im_view_shows(const im_view *view, im_lonlat at, im_xy px)
{
    double middle = (view->window.min_x + view->window.max_x) / 2;
    double lon = middle + remainder(at.lon_deg - middle, 360);
    if (lon < view->window.min_x || lon > view->window.max_x || at.lat_deg < view->window.min_y ||
        at.lat_deg > view->window.max_y)
        return FALSE;
    return px.x >= view->frame.min_x && px.x <= view->frame.max_x && px.y >= view->frame.min_y &&
           px.y <= view->frame.max_y;
}
