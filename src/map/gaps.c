#include "map/gaps.h"

/* Side of a cell of the raster that says where there is text at all. */
enum { CELL_PX = 16 };

struct im_gaps {
    const GArray *texts;
    im_box *bounds; /* of each of them */
    im_box frame;
    int columns, rows;
    guint8 *has_text; /* of each cell */
};

static int cell_of(double at, double least, int n)
{
    return (int)CLAMP((at - least) / CELL_PX, 0, n - 1);
}

static void mark_cells(im_gaps *gaps, const im_box *box)
{
    const int right = cell_of(box->max_x, gaps->frame.min_x, gaps->columns),
              bottom = cell_of(box->max_y, gaps->frame.min_y, gaps->rows);
    for (int y = cell_of(box->min_y, gaps->frame.min_y, gaps->rows); y <= bottom; y++)
        for (int x = cell_of(box->min_x, gaps->frame.min_x, gaps->columns); x <= right; x++)
            gaps->has_text[y * gaps->columns + x] = 1;
}

im_gaps *im_gaps_new(const GArray *texts, const im_box *frame)
{
    im_gaps *gaps = g_new(im_gaps, 1);
    *gaps = (im_gaps){texts,
                      g_new(im_box, texts->len),
                      *frame,
                      1 + (int)((frame->max_x - frame->min_x) / CELL_PX),
                      1 + (int)((frame->max_y - frame->min_y) / CELL_PX),
                      NULL};
    gaps->has_text = g_new0(guint8, (gsize)gaps->columns * (gsize)gaps->rows);
    for (guint i = 0; i < texts->len; i++) {
        gaps->bounds[i] = im_tilted_bounds(&g_array_index(texts, im_tilted, i));
        mark_cells(gaps, &gaps->bounds[i]);
    }
    return gaps;
}

void im_gaps_free(im_gaps *gaps)
{
    if (!gaps)
        return;
    g_free(gaps->has_text);
    g_free(gaps->bounds);
    g_free(gaps);
}

/* Whether there may be text around an edge: a quick no for nearly all of them. */
static gboolean may_meet_text(const im_gaps *gaps, const im_box *around)
{
    const int right = cell_of(around->max_x, gaps->frame.min_x, gaps->columns),
              bottom = cell_of(around->max_y, gaps->frame.min_y, gaps->rows);
    for (int y = cell_of(around->min_y, gaps->frame.min_y, gaps->rows); y <= bottom; y++)
        for (int x = cell_of(around->min_x, gaps->frame.min_x, gaps->columns); x <= right; x++)
            if (gaps->has_text[y * gaps->columns + x])
                return TRUE;
    return FALSE;
}

/* Cuts a part of a line down to what lies between two bounds of one coordinate (Liang and Barsky, 1984). */
static gboolean cut_down(double at, double along, double least, double most, im_gap *part)
{
    if (along == 0)
        return at >= least && at <= most;
    const double enter = ((along > 0 ? least : most) - at) / along,
                 leave = ((along > 0 ? most : least) - at) / along;
    part->from = MAX(part->from, enter);
    part->to = MIN(part->to, leave);
    return part->from < part->to;
}

/* Puts a gap in its place among those found, as one with those that it meets. @return how many there are */
static guint add_gap(im_gap found[IM_MOST_GAPS], guint n, im_gap gap)
{
    guint kept = 0, before = 0;
    for (guint i = 0; i < n; i++) {
        if (found[i].to >= gap.from && found[i].from <= gap.to) {
            gap.from = MIN(gap.from, found[i].from);
            gap.to = MAX(gap.to, found[i].to);
            continue;
        }
        before += found[i].from < gap.from;
        found[kept++] = found[i];
    }
    if (kept == IM_MOST_GAPS)
        return kept;
    for (guint i = kept; i > before; i--)
        found[i] = found[i - 1];
    found[before] = gap;
    return kept + 1;
}

/* The part of an edge that a text stands on. @return FALSE where there is none */
static gboolean gap_of(const im_tilted *text, const im_xy edge[2], im_gap *gap)
{
    const im_xy a = im_tilted_local(text, edge[0]), b = im_tilted_local(text, edge[1]);
    *gap = (im_gap){0, 1};
    return cut_down(a.x, b.x - a.x, -text->half.x, text->half.x, gap) &&
           cut_down(a.y, b.y - a.y, -text->half.y, text->half.y, gap);
}

guint im_gaps_on(const im_gaps *gaps, const im_xy edge[2], im_gap found[IM_MOST_GAPS])
{
    const im_xy a = edge[0], b = edge[1];
    const im_box around = {MIN(a.x, b.x), MIN(a.y, b.y), MAX(a.x, b.x), MAX(a.y, b.y)};
    guint n = 0;
    if (gaps->texts->len == 0 || !may_meet_text(gaps, &around))
        return 0;
    for (guint i = 0; i < gaps->texts->len; i++) {
        im_gap gap;
        if (im_box_intersects(&around, &gaps->bounds[i]) &&
            gap_of(&g_array_index(gaps->texts, im_tilted, i), edge, &gap))
            n = add_gap(found, n, gap);
    }
    return n;
}
