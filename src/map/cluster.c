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

static const bin *bin_at(const im_bins *bins, gint32 column, gint32 row)
{
    const bin_key key = {column, row};
    return g_hash_table_lookup(bins->bins, &key);
}

/* Whether one of the six hexagons around has enough: over its edge a single mark would lie. */
static gboolean is_beside_crowd(const im_bins *bins, bin_key key)
{
    const gint32 left = key.column - (key.row & 1 ? 0 : 1);
    const bin *const around[] = {
        bin_at(bins, key.column - 1, key.row), bin_at(bins, key.column + 1, key.row),
        bin_at(bins, left, key.row - 1),       bin_at(bins, left + 1, key.row - 1),
        bin_at(bins, left, key.row + 1),       bin_at(bins, left + 1, key.row + 1)};
    for (guint i = 0; i < G_N_ELEMENTS(around); i++)
        if (around[i] && around[i]->n >= bins->least)
            return TRUE;
    return FALSE;
}

static gboolean is_shown(const im_bins *bins, const bin *b)
{
    return b->n >= bins->least || (!bins->by_state && is_beside_crowd(bins, b->key));
}

guint im_bins_count(const im_bins *bins, im_xy point, guint32 state, const im_incident **first)
{
    bin_key key = key_for(bins, point, state);
    const bin *b = g_hash_table_lookup(bins->bins, &key);
    if (!b || !is_shown(bins, b))
        return 0;
    *first = b->first;
    return b->n;
}

/* The nearest number that is easily read: 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. */
static guint round_number(double x)
{
    static const double ROUND[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    const double power = pow(10, floor(log10(x))), first = x / power;
    guint best = 0;
    for (guint i = 1; i < G_N_ELEMENTS(ROUND); i++)
        if (fabs(first - ROUND[i]) < fabs(first - ROUND[best]))
            best = i;
    return (guint)(power * ROUND[best]);
}

static gint compare_counts(gconstpointer a, gconstpointer b)
{
    const guint p = *(const guint *)a, q = *(const guint *)b;
    return p < q ? -1 : p > q;
}

void im_bins_count_each(const im_bins *bins, GArray *counts)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, bins->bins);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (is_shown(bins, value))
            g_array_append_val(counts, ((const bin *)value)->n);
}

im_classes im_bins_classes(const im_bins *bins, GArray *counts)
{
    g_array_sort(counts, compare_counts);
    const guint least = counts->len > 0 ? g_array_index(counts, guint, 0) : bins->least;
    im_classes c = {.n = 1, .least = {least}, .by_state = bins->by_state, .side_px = bins->side};
    c.most = counts->len > 0 ? g_array_index(counts, guint, counts->len - 1) : 0;
    if (c.most < least + IM_MOST_CLASSES) { /* a class for each number */
        for (; c.n <= c.most - least && c.most > least; c.n++)
            c.least[c.n] = least + c.n;
        return c;
    }
    /* Between steps of the same factor, for counts are spread that way, and as many in each: else most are in one. */
    for (guint i = 1; i < IM_MOST_CLASSES; i++) {
        const double share = (double)i / IM_MOST_CLASSES,
                     by_factor = least * pow((double)c.most / least, share);
        const guint by_number = g_array_index(counts, guint, counts->len * i / IM_MOST_CLASSES);
        const guint bound = round_number(cbrt(by_factor * by_number * by_number));
        if (bound > c.least[c.n - 1] && bound <= c.most)
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
