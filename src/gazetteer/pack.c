/* Draft → file. Everything is in a total order: the same draft gives the same bytes. */
#include "gazetteer/pack.h"

#include <math.h>
#include <string.h>

static void pack_text(packer *p, gaz_section_id id, const gaz_pool *pool)
{
    gsize len;
    const char *piece;
    gaz_writer_begin(p->out, id);
    for (guint i = 0; (piece = gaz_pool_piece(pool, i, &len)) != NULL; i++)
        gaz_writer_add(p->out, piece, len);
}

static void pack_string(packer *p, gaz_section_id id, const char *text)
{
    gaz_writer_begin(p->out, id);
    gaz_writer_add(p->out, text, strlen(text) + 1);
}

/* @return a text's offset for each feature code; owned by the caller */
static guint32 *keep_features(draft *d)
{
    guint32 *offsets = g_new(guint32, d->features->len + 1);
    for (guint i = 0; i < d->features->len; i++) {
        const char *feature = g_ptr_array_index(d->features, i);
        offsets[i] = gaz_pool_add(d->texts, feature, strlen(feature));
    }
    return offsets;
}

enum { UNPLACED = G_MAXUINT32 };

static void put_place(packer *p, im_place_kind kind, guint32 index, guint32 *n)
{
    if (p->rank[kind][index] != UNPLACED)
        return;
    p->order[kind][n[kind]] = index;
    p->rank[kind][index] = n[kind]++;
}

/* Who asks for one place of a name asks for the others too: they are to lie side by side. So places are
 * in the order of their own names' readings, and behind them those that have no such name. */
static void order_places(packer *p)
{
    const draft *d = p->d;
    guint32 n[GAZ_N_KINDS] = {0};
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        guint32 len = d->places[kind]->len;
        p->first[kind + 1] = p->first[kind] + len;
        p->order[kind] = g_new(guint32, len + 1);
        p->rank[kind] = g_new(guint32, len + 1);
        memset(p->rank[kind], 0xFF, len * sizeof *p->rank[kind]);
    }
    for (guint i = 0; i < d->names->len; i++) {
        const draft_name *name = &g_array_index(d->names, draft_name, i);
        if (name->kind == IM_NAME_MAIN)
            put_place(p, draft_kind(name->place), draft_index(name->place), n);
    }
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++)
        for (guint32 i = 0; i < d->places[kind]->len; i++)
            put_place(p, (im_place_kind)kind, i, n);
}

/* What weighing readings asks of each, again and again; see im_place_record. */
static void prepare(gaz_place *place)
{
    const double radian = G_PI / 180, lon = place->lon_e5 / 1e5 * radian,
                 lat = place->lat_e5 / 1e5 * radian;
    gboolean area = place->kind == IM_PLACE_COUNTRY || place->kind == IM_PLACE_REGION;
    place->x = (float)(cos(lat) * cos(lon));
    place->y = (float)(cos(lat) * sin(lon));
    place->z = (float)sin(lat);
    place->magnitude = (float)log10(area ? (double)place->radius_km + 1 : place->population + 150.);
}

static void pack_places(packer *p)
{
    gaz_writer_begin(p->out, GAZ_PLACES);
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        for (guint32 i = 0; i < p->d->places[kind]->len; i++) {
            gaz_place place = *draft_at(p->d, draft_id((im_place_kind)kind, p->order[kind][i]));
            place.country = packer_id(p, place.country);
            place.admin1 = packer_id(p, place.admin1);
            place.admin2 = packer_id(p, place.admin2);
            prepare(&place);
            gaz_writer_add(p->out, &place, sizeof place);
        }
    }
}

static int code_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const draft *d = data;
    const gaz_place *x = draft_at(d, *(const im_place_id *)a);
    const gaz_place *y = draft_at(d, *(const im_place_id *)b);
    return strcmp(draft_text(d, x->code), draft_text(d, y->code));
}

/* Of two places that say the same code, the one that entered it. */
static void pack_codes(packer *p)
{
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(im_place_id));
    for (guint kind = 0; kind < IM_PLACE_AIRPORT; kind++) {
        for (guint32 i = 0; i < p->d->places[kind]->len; i++) {
            im_place_id id = draft_id((im_place_kind)kind, i);
            guint32 code = draft_at(p->d, id)->code;
            if (code && draft_by_code(p->d, draft_text(p->d, code)) == id)
                g_array_append_val(codes, id);
        }
    }
    g_array_sort_with_data(codes, code_order, p->d);
    gaz_writer_begin(p->out, GAZ_CODES);
    for (guint i = 0; i < codes->len; i++) {
        im_place_id id = packer_id(p, g_array_index(codes, im_place_id, i));
        gaz_writer_add(p->out, &id, sizeof id);
    }
}

/* What became of the rows of each source; labels are in the pool already. */
static GArray *count_rows(draft *d)
{
    GArray *all = g_array_new(FALSE, TRUE, sizeof(gaz_rows));
    for (guint i = 0; i < d->sources->len; i++) {
        const draft_source *s = &g_array_index(d->sources, draft_source, i);
        gaz_rows rows = {.label = gaz_pool_add(d->texts, s->label, strlen(s->label)),
                         .rows = s->rows,
                         .taken = s->taken,
                         .merged = s->merged,
                         .left_out = s->left_out,
                         .rejected = s->rejected};
        g_array_append_val(all, rows);
    }
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++)
        for (guint32 i = 0; i < d->places[kind]->len; i++) {
            const gaz_place *p = draft_at(d, draft_id((im_place_kind)kind, i));
            if (p->source < all->len)
                g_array_index(all, gaz_rows, p->source).places[kind]++;
        }
    return all;
}

static void pack_sources(packer *p, const GArray *rows)
{
    g_ptr_array_add(p->d->credits, NULL);
    g_autofree char *credit = g_strjoinv("; ", (char **)p->d->credits->pdata);
    pack_string(p, GAZ_SOURCES, p->d->source_table->str);
    pack_string(p, GAZ_CREDIT, credit);
    gaz_writer_begin(p->out, GAZ_ROWS);
    gaz_writer_add(p->out, rows->data, rows->len * sizeof(gaz_rows));
}

static void pack(packer *p)
{
    g_autofree guint32 *features = keep_features(p->d);
    g_autoptr(GArray) rows = count_rows(p->d);
    pack_sort_names(p);
    order_places(p);
    pack_text(p, GAZ_NAMES, p->d->texts);
    gaz_writer_begin(p->out, GAZ_FEATURES);
    gaz_writer_add(p->out, features, p->d->features->len * sizeof *features);
    gaz_writer_begin(p->out, GAZ_KINDS);
    gaz_writer_add(p->out, p->first, sizeof p->first);
    pack_places(p);
    pack_codes(p);
    pack_parts(p);
    pack_names(p);
    pack_sources(p, rows);
}

gboolean draft_write(draft *d, const char *path, GError **error)
{
    g_autoptr(gaz_writer) out = gaz_writer_new(path, error);
    if (!out)
        return FALSE;
    packer p = {.d = d, .out = out, .keys = g_array_new(FALSE, FALSE, sizeof(gaz_key))};
    pack(&p);
    g_array_unref(p.keys);
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        g_free(p.order[kind]);
        g_free(p.rank[kind]);
    }
    if (!gaz_pool_is_full(d->texts) && !gaz_pool_is_full(d->keys))
        return gaz_writer_end(out, error);
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: more names than a gazetteer holds", path);
    return FALSE;
}
