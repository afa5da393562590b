#include "map/graticule.h"

#include <math.h>

/* A line is drawn through so many points. */
enum { SAMPLES = 160 };

/* From the edge of the map to its degrees. */
static const double INSET_PX = 6;

static double step_of(double least_deg)
{
    static const double STEPS[] = {1 / 60.0, 2 / 60.0, 5 / 60.0, 10 / 60.0, 0.5, 1, 2, 5, 10, 15};
    for (guint i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (STEPS[i] >= least_deg)
            return STEPS[i];
    return 30;
}

static void choose_steps(im_graticule *g, const im_view *view, const im_theme *theme)
{
    static const double KM_PER_DEG = 111.2;
    g->lon_step = g->lat_step = 30;
    if (view->kind == IM_PROJECTION_WORLD)
        return;
    const double lat = (view->window.min_y + view->window.max_y) / 2,
                 across = MAX(cos(lat * G_PI / 180), 0.1),
                 least_km = 170 * theme->unit * view->km_per_px;
    g->lat_step = step_of(least_km / KM_PER_DEG);
    g->lon_step = step_of(least_km / KM_PER_DEG / across);
}

/* `99° 30′ W`. */
static char *degrees_text(double degrees, char positive, char negative)
{
    const long minutes = lround(fabs(degrees) * 60), whole = minutes / 60, rest = minutes % 60;
    g_autofree char *part = rest ? g_strdup_printf(" %ld′", rest) : g_strdup("");
    if (minutes == 0 || (positive == 'E' && minutes == 180L * 60))
        return g_strdup_printf("%ld°", whole);
    return g_strdup_printf("%ld°%s %c", whole, part, degrees > 0 ? positive : negative);
}

/* One line of the net, sampled. */
typedef struct net_line {
    gboolean is_meridian;
    double degrees;
    im_xy points[SAMPLES + 1]; /* px */
} net_line;

static void sample(net_line *line, const im_view *view)
{
    const im_box *w = &view->window;
    for (int i = 0; i <= SAMPLES; i++) {
        const double t = (double)i / SAMPLES;
        line->points[i] = line->is_meridian
                              ? (im_xy){line->degrees, w->min_y + t * (w->max_y - w->min_y)}
                              : (im_xy){w->min_x + t * (w->max_x - w->min_x), line->degrees};
    }
    im_view_project(view, line->points, SAMPLES + 1);
}

/* Whether the line runs from a point to the next: not over a seam, not from where nothing is. */
static gboolean runs(const net_line *line, int i, const im_box *frame)
{
    const im_xy a = line->points[i], b = line->points[i + 1];
    return isfinite(a.x) && isfinite(a.y) && isfinite(b.x) && isfinite(b.y) &&
           hypot(b.x - a.x, b.y - a.y) < (frame->max_x - frame->min_x) / 2;
}

static void draw_line(im_path *path, const net_line *line, const im_box *frame)
{
    gboolean open = FALSE;
    for (int i = 0; i < SAMPLES; i++) {
        const im_xy a = line->points[i], b = line->points[i + 1];
        const gboolean seen = runs(line, i, frame) && MAX(a.x, b.x) >= frame->min_x &&
                              MIN(a.x, b.x) <= frame->max_x && MAX(a.y, b.y) >= frame->min_y &&
                              MIN(a.y, b.y) <= frame->max_y;
        if (seen && !open)
            im_path_move(path, a.x, a.y);
        if (seen)
            im_path_line(path, b.x, b.y);
        open = seen;
    }
}

/* Where a meridian meets the lower edge of the frame, and a parallel the left one. */
static gboolean find_edge(const net_line *line, const im_box *frame, im_xy *at)
{
    for (int i = 0; i < SAMPLES; i++) {
        const im_xy a = line->points[i], b = line->points[i + 1];
        const double from = line->is_meridian ? a.y - frame->max_y : a.x - frame->min_x,
                     to = line->is_meridian ? b.y - frame->max_y : b.x - frame->min_x;
        if (!runs(line, i, frame) || from * to > 0 || from == to)
            continue;
        const double t = from / (from - to);
        *at = (im_xy){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        return TRUE;
    }
    return FALSE;
}

/* On a map of the world there is no frame to meet, but the edge of the earth. */
static gboolean find_end(const net_line *line, const im_view *view, im_xy *at)
{
    if (view->kind != IM_PROJECTION_WORLD)
        return find_edge(line, &view->frame, at);
    *at = line->points[0];
    return isfinite(at->x) && isfinite(at->y);
}

static gboolean is_free(const im_graticule *g, const im_box *box, const im_box *frame,
                        const GArray *taken)
{
    gboolean fine = box->min_x >= frame->min_x && box->max_x <= frame->max_x &&
                    box->min_y >= frame->min_y && box->max_y <= frame->max_y;
    for (guint i = 0; fine && i < taken->len; i++)
        fine = !im_box_intersects(box, &g_array_index(taken, im_box, i));
    for (guint i = 0; fine && i < g->labels->len; i++) {
        const im_box other = im_box_of(((const im_item *)g->labels->pdata[i])->box);
        fine = !im_box_intersects(box, &other);
    }
    return fine;
}

static void name_line(im_graticule *g, const net_line *line, const im_view *view,
                      const GArray *taken, const im_theme *theme)
{
    im_xy at;
    if (!find_end(line, view, &at))
        return;
    const double size = (double)theme->source_px;
    const gboolean is_world = view->kind == IM_PROJECTION_WORLD;
    im_text_style style = {
        .family = IM_FONT_FAMILY,
        .size_px = theme->source_px,
        .colour = theme->colours.context,
        .halo = im_with_alpha(is_world ? theme->colours.paper : theme->colours.sea, 0xC0),
        .halo_px = (float)(1.7 * theme->unit),
        .anchor = line->is_meridian ? IM_ANCHOR_MIDDLE
                  : is_world        ? IM_ANCHOR_END
                                    : IM_ANCHOR_START};
    if (line->is_meridian)
        at.y += is_world ? size + INSET_PX : -INSET_PX;
    else
        at =
            (im_xy){at.x + (is_world ? -INSET_PX : INSET_PX), at.y + (is_world ? 0.36 * size : -4)};
    g_autofree char *text = line->is_meridian ? degrees_text(line->degrees, 'E', 'W')
                                              : degrees_text(line->degrees, 'N', 'S');
    g_autoptr(GPtrArray) made = im_tree_list();
    im_item *group = im_tree_group(made, "label degrees");
    im_tree_text(group->items, "label degrees", text, at, &style);
    im_item_fit_box(group);
    const im_box box = im_box_of(group->box);
    if (is_free(g, &box, &view->frame, taken))
        g_ptr_array_extend_and_steal(g->labels, g_steal_pointer(&made));
}

/* Lines at the multiples of a step between two bounds. */
static void add_lines(im_graticule *g, gboolean is_meridian, double step, const im_view *view,
                      const GArray *taken, const im_theme *theme)
{
    const im_box *w = &view->window;
    const double low = is_meridian ? w->min_x : w->min_y, high = is_meridian ? w->max_x : w->max_y;
    const int last = (int)floor(high / step);
    for (int k = (int)ceil(low / step); k <= last; k++) {
        net_line line = {is_meridian, k * step, {{0, 0}}};
        if (!is_meridian && fabs(line.degrees) >= 90)
            continue;
        sample(&line, view);
        draw_line(&((im_item *)g->items->pdata[0])->path, &line, &view->frame);
        line.degrees = is_meridian ? remainder(line.degrees, 360) : line.degrees;
        name_line(g, &line, view, taken, theme);
    }
}

im_graticule *im_graticule_new(const im_view *view, const GArray *taken, const im_theme *theme)
{
    im_graticule *g = g_new0(im_graticule, 1);
    g->items = im_tree_list();
    g->labels = im_tree_list();
    im_item *lines = im_tree_path(
        g->items, "graticule",
        (im_style){.stroke = theme->colours.graticule, .stroke_px = (float)(0.7 * theme->unit)});
    choose_steps(g, view, theme);
    add_lines(g, TRUE, g->lon_step, view, taken, theme);
    add_lines(g, FALSE, g->lat_step, view, taken, theme);
    im_item_fit_box(lines);
    return g;
}

void im_graticule_free(im_graticule *g)
{
    if (!g)
        return;
    g_ptr_array_unref(g->items);
    g_ptr_array_unref(g->labels);
    g_free(g);
}
