/* Too many marks for a page: those that crowd are counted in hexagonal bins, so that they make no
 * blot (Carr, Littlefield, Nicholson and Littlefield, 1987). What stands alone stays as it is. */
#include "map/marks.h"

#include "map/words.h"

#include <math.h>
#include <string.h>

/* Up to so many sites are shown singly; from so many in a bin on they are counted. */
enum { MOST_SINGLE = 300, LEAST_IN_BIN = 3 };

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

static guint key_hash(gconstpointer data)
{
    const bin_key *key = data;
    return (guint)key->column * 73856093u ^ (guint)key->row * 19349663u;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(bin_key)) == 0;
}

static guint n_incidents(const im_site *site)
{
    guint n = 0;
    for (guint i = 0; i < site->marks->len; i++)
        n += ((const im_mark *)g_ptr_array_index(site->marks, i))->n_incidents;
    return n;
}

/* Turns the first site of a bin into one that stands for all of `n` incidents. */
static void become_bin(im_site *site, bin_key key, guint n, double side, const im_scale *scale,
                       const im_theme *theme)
{
    im_mark *mark = g_ptr_array_index(site->marks, 0);
    g_ptr_array_set_size(site->marks, 1);
    g_clear_pointer(&mark->number, g_free);
    g_clear_pointer(&mark->tag, g_free);
    mark->n_incidents = n;
    mark->is_bin = TRUE;
    /* From two figures on the disc grows with its number, but never into its neighbours. */
    double radius = MIN(side * 0.46, MAX(scale->least_px, 0.6 * (double)theme->number_px) +
                                         1.6 * theme->unit * log2(n));
    mark->number = im_words_number((int)MIN(n, G_MAXINT));
    mark->symbol = (im_symbol){.type = IM_INCIDENT_NONE,
                               .status = IM_STATUS_OCCURRED,
                               .number = mark->number,
                               .radius_px = radius};
    mark->box = im_symbol_box(&mark->symbol);
    site->is_bin = TRUE;
    site->point = centre_of(key, side);
    site->radius_km = 0;
    g_clear_pointer(&site->ring, im_rings_free);
}

static GHashTable *count_bins(const GPtrArray *sites, double side)
{
    GHashTable *counts = g_hash_table_new_full(key_hash, key_equal, g_free, NULL);
    for (guint i = 0; i < sites->len; i++) {
        const im_site *site = g_ptr_array_index(sites, i);
        if (site->is_area)
            continue;
        bin_key key = bin_of(site->point, side);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, &key)) + n_incidents(site);
        g_hash_table_insert(counts, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(n));
    }
    return counts;
}

void im_marks_bin(im_marks *marks, const im_theme *theme)
{
    if (marks->sites->len <= MOST_SINGLE)
        return;
    double side = BIN_PX * theme->unit;
    g_autoptr(GHashTable) counts = count_bins(marks->sites, side);
    g_autoptr(GHashTable) made = g_hash_table_new_full(key_hash, key_equal, g_free, NULL);
    GPtrArray *kept = g_ptr_array_new_with_free_func(im_site_free);
    for (guint i = 0; i < marks->sites->len; i++) {
        im_site *site = g_ptr_array_index(marks->sites, i);
        bin_key key = bin_of(site->point, side);
        guint n = site->is_area ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(counts, &key));
        if (n >= LEAST_IN_BIN && !g_hash_table_add(made, g_memdup2(&key, sizeof key))) {
            im_site_free(site);
            continue;
        }
        if (n >= LEAST_IN_BIN)
            become_bin(site, key, n, side, &marks->scale, theme);
        g_ptr_array_add(kept, site);
    }
    g_ptr_array_set_free_func(marks->sites, NULL);
    g_ptr_array_unref(marks->sites);
    marks->sites = kept;
}
