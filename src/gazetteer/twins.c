#include "gazetteer/twins.h"

#include <math.h>
#include <string.h>

static const double TOWN_KM = 5, AIRPORT_KM = 4, REGION_KM = 50;

/* Cells of a tenth of a degree for towns and airports; a region's is the hash of its name, for it may lie
 * anywhere within its reach. */
typedef struct node {
    guint32 cell;
    im_place_id place; /* IM_PLACE_NONE once taken */
    guint32 next;      /* index + 1 */
} node;

struct gaz_twins {
    const draft *d;
    GArray *nodes;
    guint32 *heads; /* index + 1, by hash of the cell */
    guint bits;
};

enum { CELLS_PER_DEG = 10, ROW = 360 * CELLS_PER_DEG };

static guint32 cell_at(int row, int column)
{
    return (guint32)(row * ROW + (column % ROW + ROW) % ROW);
}

static int row_of(im_lonlat position)
{
    return (int)floor((position.lat_deg + 90) * CELLS_PER_DEG);
}

static int column_of(im_lonlat position)
{
    return (int)floor((position.lon_deg + 180) * CELLS_PER_DEG);
}

static guint32 slot_of(const gaz_twins *t, guint32 cell)
{
    return gaz_bucket(cell * 2654435769u, t->bits);
}

static void add(gaz_twins *t, im_place_id id)
{
    im_lonlat position = draft_position(draft_at(t->d, id));
    const char *key = draft_own_key(t->d, id);
    guint32 cell = draft_kind(id) == IM_PLACE_REGION && key
                       ? im_hash_name(key, strlen(key))
                       : cell_at(row_of(position), column_of(position));
    node n = {.cell = cell, .place = id, .next = t->heads[slot_of(t, cell)]};
    g_array_append_val(t->nodes, n);
    t->heads[slot_of(t, cell)] = t->nodes->len;
}

gaz_twins *gaz_twins_new(const draft *d, gboolean only_without_id)
{
    static const im_place_kind kinds[] = {IM_PLACE_TOWN, IM_PLACE_REGION, IM_PLACE_AIRPORT};
    gaz_twins *t = g_new0(gaz_twins, 1);
    t->d = d;
    t->nodes = g_array_new(FALSE, FALSE, sizeof(node));
    t->bits = only_without_id ? 18 : 22;
    t->heads = g_new0(guint32, 1u << t->bits);
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (guint32 i = 0; i < draft_count(d, kinds[k]); i++) {
            im_place_id id = draft_id(kinds[k], i);
            const gaz_place *p = draft_at(d, id);
            gboolean is_listed_region = kinds[k] == IM_PLACE_REGION && p->code;
            if (kinds[k] == IM_PLACE_REGION ? is_listed_region : !only_without_id || !p->geonameid)
                add(t, id);
        }
    }
    return t;
}

void gaz_twins_free(gaz_twins *twins)
{
    if (!twins)
        return;
    g_array_unref(twins->nodes);
    g_free(twins->heads);
    g_free(twins);
}

/* A row under comparison; its key is made when the first place lies close enough. */
typedef struct row {
    const draft_place *p;
    gboolean has_key;
    char key[IM_KEY_MAX_BYTES + 1];
    guint best; /* index + 1 of the node */
    double best_km;
} row;

static const char *key_of(row *r)
{
    if (!r->has_key)
        im_gazetteer_key(r->p->name, strlen(r->p->name), r->key);
    r->has_key = TRUE;
    return r->key;
}

static gboolean same_name(const draft *d, row *r, im_place_id id)
{
    return *key_of(r) && g_strcmp0(key_of(r), draft_own_key(d, id)) == 0;
}

static double reach_km(const gaz_place *place)
{
    if (place->kind == IM_PLACE_REGION)
        return (double)place->radius_km + REGION_KM;
    return place->kind == IM_PLACE_AIRPORT ? AIRPORT_KM : TOWN_KM;
}

static void compare(const gaz_twins *t, guint index, row *r)
{
    im_place_id id = g_array_index(t->nodes, node, index).place;
    if (id == IM_PLACE_NONE || draft_kind(id) != r->p->kind)
        return;
    const gaz_place *place = draft_at(t->d, id);
    gboolean elsewhere = place->country != r->p->country && place->country != IM_PLACE_NONE &&
                         r->p->country != IM_PLACE_NONE && place->kind != IM_PLACE_REGION;
    double km = elsewhere ? G_MAXDOUBLE : im_distance_km(draft_position(place), r->p->position);
    gboolean is_nearer = r->best == 0 || km < r->best_km;
    if (km <= reach_km(place) && is_nearer &&
        (place->kind == IM_PLACE_AIRPORT || same_name(t->d, r, id))) {
        r->best = index + 1;
        r->best_km = km;
    }
}

static void look_into(const gaz_twins *t, guint32 cell, row *r)
{
    for (guint i = t->heads[slot_of(t, cell)]; i; i = g_array_index(t->nodes, node, i - 1).next)
        if (g_array_index(t->nodes, node, i - 1).cell == cell)
            compare(t, i - 1, r);
}

im_place_id gaz_twins_take(gaz_twins *twins, const draft_place *p)
{
    row r = {.p = p};
    int y = row_of(p->position), x = column_of(p->position);
    /* degrees of longitude shorten towards the poles: there a cell is looked for further away */
    int wide = fabs(p->position.lat_deg) > 60 ? 3 : 1;
    if (p->kind == IM_PLACE_REGION)
        look_into(twins, im_hash_name(key_of(&r), strlen(key_of(&r))), &r);
    for (int dy = -1; p->kind != IM_PLACE_REGION && dy <= 1; dy++)
        for (int dx = -wide; dx <= wide; dx++)
            look_into(twins, cell_at(y + dy, x + dx), &r);
    if (!r.best)
        return IM_PLACE_NONE;
    node *found = &g_array_index(twins->nodes, node, r.best - 1);
    im_place_id id = found->place;
    found->place = IM_PLACE_NONE;
    return id;
}
