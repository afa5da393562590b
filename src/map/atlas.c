#include "map/atlas.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* The file: a header, then units, rings, points and strings, each as many as the header says. Numbers are
 * little-endian, as on every machine that this runs on. */

static const char MAGIC[8] = "IMATLAS1";

static const double UNITS_A_DEGREE = 1e7;

typedef struct header {
    char magic[8];
    guint32 n_units[IM_BOUNDARY_N]; /* of each layer, one after the other */
    guint32 n_rings, n_points, text_size;
} header;

typedef struct point {
    gint32 x, y; /* ten-millionths of a degree */
} point;

typedef struct unit {
    point least, most;                    /* its box */
    guint32 iso, admin1, iso3166_2, name; /* offsets of strings */
    guint32 first_ring, n_rings, is_part;
} unit;

typedef struct ring {
    guint32 first_point, n_points;
} ring;

struct im_atlas {
    GBytes *bytes;
    const header *header;
    const unit *units;
    const ring *rings;
    const point *points;
    const char *text;
};

/* ---- reading ---- */

static guint32 n_all_units(const header *h)
{
    guint32 n = 0;
    for (guint i = 0; i < IM_BOUNDARY_N; i++)
        n += h->n_units[i];
    return n;
}

/* How large the file is that the header tells of; numbers of the file are not trusted. */
static guint64 size_of(const header *h)
{
    guint64 units = 0;
    for (guint i = 0; i < IM_BOUNDARY_N; i++)
        units += h->n_units[i];
    return sizeof *h + units * sizeof(unit) + (guint64)h->n_rings * sizeof(ring) +
           (guint64)h->n_points * sizeof(point) + h->text_size;
}

/* Whether a run of `n` begins where the one before ended; so none is in two, and what is read is no more than there is.
 * @param end  of the one before; moved on */
static gboolean is_next_run(guint32 first, guint32 n, guint32 all, guint32 *end)
{
    if (first != *end || n > all - first)
        return FALSE;
    *end += n;
    return TRUE;
}

/* @return what is wrong, or NULL */
static const char *find_fault(im_atlas *a, gsize size)
{
    const header *h = a->header;
    if (size < sizeof *h || memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
        return "no boundaries of this version";
    if (size_of(h) != size)
        return "the file is cut, or longer than it says";
    const guint32 n_units = n_all_units(h);
    a->units = (const unit *)(const void *)(h + 1);
    a->rings = (const ring *)(const void *)(a->units + n_units);
    a->points = (const point *)(const void *)(a->rings + h->n_rings);
    a->text = (const char *)(a->points + h->n_points);
    if (h->text_size == 0 || a->text[h->text_size - 1] != '\0')
        return "the strings have no end";
    guint32 end_ring = 0, end_point = 0;
    for (guint32 i = 0; i < n_units; i++) {
        const unit *u = &a->units[i];
        if (!is_next_run(u->first_ring, u->n_rings, h->n_rings, &end_ring))
            return "a unit has rings that are not there, or another's";
        if (MAX(MAX(u->iso, u->admin1), MAX(u->iso3166_2, u->name)) >= h->text_size)
            return "a unit has strings that are not there";
    }
    for (guint32 i = 0; i < h->n_rings; i++)
        if (!is_next_run(a->rings[i].first_point, a->rings[i].n_points, h->n_points, &end_point))
            return "a ring has points that are not there, or another's";
    return im_utf8_valid_bytes(a->text, h->text_size) == h->text_size ? NULL
                                                                      : "the strings are not UTF-8";
}

im_atlas *im_atlas_open_bytes(GBytes *bytes, const char *name, GError **error)
{
    gsize size;
    g_autoptr(im_atlas) a = g_new0(im_atlas, 1);
    a->bytes = g_bytes_ref(bytes);
    a->header = (const header *)g_bytes_get_data(bytes, &size);
    const char *fault = a->header ? find_fault(a, size) : "empty";
    if (fault) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", name, fault);
        return NULL;
    }
    return g_steal_pointer(&a);
}

im_atlas *im_atlas_open(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
    if (!file) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: boundaries are missing or unreadable",
                    path);
        return NULL;
    }
    g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
    return im_atlas_open_bytes(bytes, path, error);
}

void im_atlas_free(im_atlas *a)
{
    if (!a)
        return;
    g_clear_pointer(&a->bytes, g_bytes_unref);
    g_free(a);
}

static double degrees(gint32 value)
{
    return value / UNITS_A_DEGREE;
}

static void append_ring(const im_atlas *a, const ring *r, im_rings *rings)
{
    const guint first = rings->points->len;
    const point *from = a->points + r->first_point;
    if (r->n_points == 0)
        return;
    g_array_set_size(rings->points, first + r->n_points);
    im_xy *to = &g_array_index(rings->points, im_xy, first);
    for (guint32 i = 0; i < r->n_points; i++)
        to[i] = (im_xy){degrees(from[i].x), degrees(from[i].y)};
    g_array_append_val(rings->ends, rings->points->len);
}

static im_unit *read_unit(const im_atlas *a, const unit *u)
{
    im_unit *out = g_new0(im_unit, 1);
    g_strlcpy(out->iso, a->text + u->iso, sizeof out->iso);
    out->admin1 = g_strdup(a->text + u->admin1);
    out->iso3166_2 = g_strdup(a->text + u->iso3166_2);
    out->name = g_strdup(a->text + u->name);
    out->is_part = u->is_part != 0;
    out->rings = im_rings_new();
    for (guint32 i = 0; i < u->n_rings; i++)
        append_ring(a, &a->rings[u->first_ring + i], out->rings);
    return out;
}

static const unit *layer_of(const im_atlas *a, im_boundary_layer layer)
{
    const unit *units = a->units;
    for (guint i = 0; i < (guint)layer; i++)
        units += a->header->n_units[i];
    return units;
}

GPtrArray *im_atlas_read(const im_atlas *a, im_boundary_layer layer, const im_box *box)
{
    GPtrArray *out = g_ptr_array_new_with_free_func(im_unit_free);
    const unit *units = layer_of(a, layer);
    for (guint32 i = 0; i < a->header->n_units[layer]; i++) {
        const unit *u = &units[i];
        const im_box own = {degrees(u->least.x), degrees(u->least.y), degrees(u->most.x),
                            degrees(u->most.y)};
        if (!box || im_box_intersects(&own, box))
            g_ptr_array_add(out, read_unit(a, u));
    }
    return out;
}

GHashTable *im_atlas_country_names(const im_atlas *a)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const unit *units = layer_of(a, IM_BOUNDARY_COUNTRIES);
    for (guint32 i = 0; i < a->header->n_units[IM_BOUNDARY_COUNTRIES]; i++)
        g_hash_table_insert(names, g_strdup(a->text + units[i].iso),
                            g_strdup(a->text + units[i].name));
    return names;
}

/* ---- writing ---- */

typedef struct maker {
    GArray *units, *rings, *points;
    GString *text;
    GHashTable *offsets; /* of strings in the text, each once */
} maker;

static guint32 add_text(maker *m, const char *string)
{
    gpointer known;
    if (g_hash_table_lookup_extended(m->offsets, string, NULL, &known))
        return GPOINTER_TO_UINT(known);
    const guint32 at = (guint32)m->text->len;
    g_string_append_len(m->text, string, (gssize)strlen(string) + 1);
    g_hash_table_insert(m->offsets, g_strdup(string), GUINT_TO_POINTER(at));
    return at;
}

static point rounded(im_xy p)
{
    return (point){(gint32)lround(p.x * UNITS_A_DEGREE), (gint32)lround(p.y * UNITS_A_DEGREE)};
}

static void add_ring(maker *m, const im_xy *points, guint n)
{
    const ring r = {m->points->len, n};
    for (guint i = 0; i < n; i++) {
        const point p = rounded(points[i]);
        g_array_append_val(m->points, p);
    }
    g_array_append_val(m->rings, r);
}

static void add_unit(maker *m, const im_unit *from)
{
    const im_box box = im_rings_box(from->rings);
    const unit u = {rounded((im_xy){box.min_x, box.min_y}),
                    rounded((im_xy){box.max_x, box.max_y}),
                    add_text(m, from->iso),
                    add_text(m, from->admin1),
                    add_text(m, from->iso3166_2),
                    add_text(m, from->name),
                    m->rings->len,
                    im_rings_n(from->rings),
                    from->is_part != 0};
    for (guint r = 0, n; r < u.n_rings; r++) {
        const im_xy *points = im_rings_get(from->rings, r, &n);
        add_ring(m, points, n);
    }
    g_array_append_val(m->units, u);
}

static void append_all(GByteArray *out, const GArray *array, gsize size)
{
    g_byte_array_append(out, (const guint8 *)array->data, (guint)(array->len * size));
}

GByteArray *im_atlas_make(GPtrArray *const layers[IM_BOUNDARY_N])
{
    maker m = {g_array_new(FALSE, FALSE, sizeof(unit)), g_array_new(FALSE, FALSE, sizeof(ring)),
               g_array_new(FALSE, FALSE, sizeof(point)), g_string_new(NULL),
               g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    header h = {.n_rings = 0};
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    add_text(&m, "");
    for (guint i = 0; i < IM_BOUNDARY_N; i++) {
        h.n_units[i] = layers[i]->len;
        for (guint k = 0; k < layers[i]->len; k++)
            add_unit(&m, layers[i]->pdata[k]);
    }
    h.n_rings = m.rings->len;
    h.n_points = m.points->len;
    h.text_size = (guint32)m.text->len;
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)&h, sizeof h);
    append_all(out, m.units, sizeof(unit));
    append_all(out, m.rings, sizeof(ring));
    append_all(out, m.points, sizeof(point));
    g_byte_array_append(out, (const guint8 *)m.text->str, h.text_size);
    g_array_unref(m.units);
    g_array_unref(m.rings);
    g_array_unref(m.points);
    g_string_free(m.text, TRUE);
    g_hash_table_unref(m.offsets);
    return out;
}
