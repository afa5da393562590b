/* Too many marks for a page: those that crowd are counted in hexagonal bins, so that they make no
 * blot (Carr, Littlefield, Nicholson and Littlefield, 1987). What stands alone stays as it is. */
#include "map/marks.h"

#include "map/words.h"

#include <math.h>
#include <string.h>

static const double BIN_PX = 36;

/* The hexagons whose centres are next to each other by `side`, in rows. */
typedef struct bin_key {
    gint32 column, row;
} bin_key;

static im_xy centre_of(bin_key key, double side)
{
    double shift = key.row & 1 ? 0.5 : 0;
    return (im_xy){(key.column + shift) * side, key.row * side * sqrt(0.75)};
}

/* The hexagon that a point is in: that with the nearest centre, which is in the row above or below. */
static bin_key bin_of(im_xy p, double side)
{
    bin_key best = {0, 0};
    double least = G_MAXDOUBLE;
    gint32 above = (gint32)floor(p.y / (side * sqrt(0.75)));
    for (gint32 row = above; row <= above + 1; row++) {
        double shift = row & 1 ? 0.5 : 0;
        bin_key key = {(gint32)lround(p.x / side - shift), row};
        im_xy centre = centre_of(key, side);
        double d = hypot(p.x - centre.x, p.y - centre.y);
        if (d < least) {
            least = d;
            best = key;
        }
    }
    return best;
}

/* In the column of a hexagon's key its state, in a row where no hexagon is. */
static bin_key key_of_state(guint32 state)
{
    return (bin_key){(gint32)state, G_MININT32};
}

/* A hexagon or state and what is in it. */
typedef struct bin {
    bin_key key;
    guint n;
    const im_incident *first; /* the most important */
    double weight;            /* of that */
} bin;

struct im_bins {
    double side;
    gboolean by_state;
    guint least;
    GHashTable *bins; /* of bin, by its key */
};

static guint key_hash(gconstpointer data)
{
    const bin_key *key = data;
    return (guint)key->column * 73856093u ^ (guint)key->row * 19349663u;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(bin_key)) == 0;
}

im_bins *im_bins_new(const im_theme *theme, gboolean by_state, guint least)
{
    im_bins *bins = g_new(im_bins, 1);
    *bins = (im_bins){BIN_PX * theme->unit, by_state, least,
                      g_hash_table_new_full(key_hash, key_equal, g_free, NULL)};
    return bins;
}

void im_bins_free(im_bins *bins)
{
    if (!bins)
        return;
    g_hash_table_unref(bins->bins);
    g_free(bins);
}

static bin_key key_for(const im_bins *bins, im_xy point, guint32 state)
{
    return bins->by_state ? key_of_state(state) : bin_of(point, bins->side);
}

void im_bins_add(im_bins *bins, im_xy point, guint32 state, const im_incident *incident,
                 double weight)
{
    bin_key key = key_for(bins, point, state);
    bin *b = g_hash_table_lookup(bins->bins, &key);
    if (bins->by_state && state == IM_REGION_NONE)
        return;
    if (!b) {
        b = g_new(bin, 1);
        *b = (bin){.key = key, .first = incident, .weight = weight};
        g_hash_table_add(bins->bins, b);
    }
    b->n++;
    if (weight > b->weight || (weight == b->weight && g_strcmp0(incident->id, b->first->id) < 0)) {
        b->weight = weight;
        b->first = incident;
    }
}

guint im_bins_count(const im_bins *bins, im_xy point, guint32 state, const im_incident **first)
{
    bin_key key = key_for(bins, point, state);
    const bin *b = g_hash_table_lookup(bins->bins, &key);
    if (!b || b->n < bins->least)
        return 0;
    *first = b->first;
    return b->n;
}

/* The nearest of 1, 2 and 5 times a power of ten. */
static guint round_number(double x)
{
    const double power = pow(10, floor(log10(x))), first = x / power;
    return (guint)(power * (first < 1.42 ? 1 : first < 3.17 ? 2 : first < 7.08 ? 5 : 10));
}

im_classes im_bins_classes(const im_bins *bins, guint most)
{
    GHashTableIter iter;
    gpointer value;
    im_classes c = {.n = 1,
                    .least = {bins->least},
                    .most = most,
                    .by_state = bins->by_state,
                    .side_px = bins->side};
    g_hash_table_iter_init(&iter, bins->bins);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        c.most = MAX(c.most, ((const bin *)value)->n);
    if (c.most - c.least[0] < IM_MOST_CLASSES) { /* a class for each number */
        for (; c.n <= c.most - c.least[0]; c.n++)
            c.least[c.n] = c.least[0] + c.n;
        return c;
    }
    /* Steps of the same factor, for counts are spread that way. */
    for (guint i = 1; i < IM_MOST_CLASSES; i++) {
        const double share = (double)i / IM_MOST_CLASSES;
        const guint bound = round_number(bins->least * pow((double)c.most / bins->least, share));
        if (c.most > bins->least && bound > c.least[c.n - 1] && bound <= c.most)
            c.least[c.n++] = bound;
    }
    return c;
}

static guint level_of(const im_classes *classes, guint n)
{
    guint level = 1;
    while (level < classes->n && n >= classes->least[level])
        level++;
    return level;
}

im_symbol im_bin_symbol(const im_classes *classes, guint level)
{
    /* Few classes take darker colours, too, but two not the darkest. */
    const guint darkest = MIN(IM_MOST_CLASSES - 1, 2 * (classes->n - 1));
    const guint spread = classes->n > 1 ? (level - 1) * darkest / (classes->n - 1) : 0;
    return (im_symbol){.status = IM_STATUS_OCCURRED,
                       .bin_level = (guint8)(spread + 1),
                       .is_area = classes->by_state,
                       .radius_px = classes->side_px / sqrt(3)};
}

/* Whether a number has room in the middle of a state. */
static gboolean has_room(const im_region *state, const char *number, const im_theme *theme)
{
    const double size = (double)theme->number_px, width = 0.55 * size * (double)strlen(number);
    return hypot(width, size) / 2 < state->pole_px;
}

void im_site_become_bin(im_site *site, const im_classes *classes, guint n, const im_ground *ground,
                        const im_theme *theme)
{
    im_mark *mark = g_ptr_array_index(site->marks, 0);
    im_region *state = classes->by_state ? g_ptr_array_index(ground->states, site->state) : NULL;
    g_clear_pointer(&mark->number, g_free);
    g_clear_pointer(&mark->tag, g_free);
    mark->n_incidents = n;
    mark->is_bin = TRUE;
    mark->symbol = im_bin_symbol(classes, level_of(classes, n));
    mark->number = im_words_short_number(n);
    if (state) {
        im_region_find_pole(state);
        mark->symbol.radius_px = MIN(state->pole_px, (double)theme->number_px);
    }
    if (!(state ? has_room(state, mark->number, theme)
                : im_symbol_holds(&mark->symbol, strlen(mark->number), theme)))
        g_clear_pointer(&mark->number, g_free);
    mark->symbol.number = mark->number;
    mark->box = im_symbol_box(&mark->symbol);
    site->is_bin = TRUE;
    site->is_area = FALSE;
    site->point =
        state ? state->pole : centre_of(bin_of(site->point, classes->side_px), classes->side_px);
    site->radius_km = 0;
}
