/* The spatial index of a GeoPackage, built at once from all points instead of row by row, which takes half of
 * the time that the file takes (GDAL does so itself from 3.7 on). It is an R*Tree of SQLite, whose nodes are rows
 * of three tables (https://www.sqlite.org/rtree.html, 7): big-endian, a node is its depth, which only the root's
 * is read of, the number of its cells, and cells of an id and the box in 32-bit floats. Points are packed by
 * sort-tile-recursive (Leutenegger, Lopez and Edgington, 1997). */
#include "output/layers.h"

#include <math.h>
#include <ogr_api.h>
#include <stdlib.h>
#include <string.h>

#define TREE    "rtree_" IM_LAYER_NAME "_geom"
#define TRIGGER TREE "_insert"

enum { HEAD_BYTES = 4, CELL_BYTES = 24, ROOT = 1 };

/* A point with the id of its row, or a node with its number; and the box of it. */
typedef struct cell {
    gint64 id;
    double lon, lat;
    float box[4]; /* least and most longitude, least and most latitude */
} cell;

/* The tree in the making. */
typedef struct builder {
    GDALDatasetH dataset;
    guint node_bytes, most_cells;
    gint64 last_node;
    GString *nodes, *parents; /* rows to be inserted */
    gint64 *node_of;          /* of each row, by its id; 0 where it has no point */
    gsize n_rows;
} builder;

static gboolean run(GDALDatasetH dataset, const char *sql)
{
    CPLErrorReset();
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, NULL, "SQLite");
    if (result)
        GDALDatasetReleaseResultSet(dataset, result);
    return CPLGetLastErrorType() < CE_Failure;
}

/* The one value that a query gives; owned by the caller. NULL when there is none. */
static char *ask(GDALDatasetH dataset, const char *sql)
{
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, NULL, "SQLite");
    OGRFeatureH row = result ? OGR_L_GetNextFeature(result) : NULL;
    char *value = row ? g_strdup(OGR_F_GetFieldAsString(row, 0)) : NULL;
    if (row)
        OGR_F_Destroy(row);
    if (result)
        GDALDatasetReleaseResultSet(dataset, result);
    return value;
}

/* The nearest 32-bit float that is not more, or not less: boxes never lose what is in them. */
static float float_below(double value)
{
    const float f = (float)value;
    return (double)f > value ? nextafterf(f, -INFINITY) : f;
}

static float float_above(double value)
{
    const float f = (float)value;
    return (double)f < value ? nextafterf(f, INFINITY) : f;
}

static GArray *points_of(const GPtrArray *incidents)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(cell));
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        if (!r->has_geometry)
            continue;
        const double lon = r->position.lon_deg, lat = r->position.lat_deg;
        const cell c = {i + 1,
                        lon,
                        lat,
                        {float_below(lon), float_above(lon), float_below(lat), float_above(lat)}};
        g_array_append_val(cells, c);
    }
    return cells;
}

static int by_lon(const void *a, const void *b)
{
    const cell *p = a, *q = b;
    return p->lon != q->lon ? (p->lon > q->lon) - (p->lon < q->lon)
                            : (p->id > q->id) - (p->id < q->id);
}

static int by_lat(const void *a, const void *b)
{
    const cell *p = a, *q = b;
    return p->lat != q->lat ? (p->lat > q->lat) - (p->lat < q->lat)
                            : (p->id > q->id) - (p->id < q->id);
}

/* Slices of the map from west to east, each from south to north: neighbours come to stand beside each other. */
static void tile(GArray *cells, guint a_node)
{
    if (cells->len == 0)
        return;
    cell *all = (cell *)(void *)cells->data;
    const guint slices = (guint)ceil(sqrt(ceil((double)cells->len / a_node))),
                a_slice = (cells->len + slices - 1) / slices;
    qsort(all, cells->len, sizeof *all, by_lon);
    for (guint at = 0; at < cells->len; at += a_slice)
        qsort(all + at, MIN(a_slice, cells->len - at), sizeof *all, by_lat);
}

/* ---- nodes ---- */

static void append_hex(GString *out, const void *bytes, gsize len)
{
    static const char digits[] = "0123456789ABCDEF";
    const guchar *from = bytes;
    for (gsize i = 0; i < len; i++) {
        const char pair[] = {digits[from[i] >> 4], digits[from[i] & 15]};
        g_string_append_len(out, pair, 2);
    }
}

/* A node as a literal of SQL. */
static void append_node(GString *out, const builder *b, guint depth, const cell *cells, guint n)
{
    const guint16 head[] = {GUINT16_TO_BE((guint16)depth), GUINT16_TO_BE((guint16)n)};
    g_string_append(out, "X'");
    append_hex(out, head, sizeof head);
    for (guint i = 0; i < n; i++) {
        const gint64 id = GINT64_TO_BE(cells[i].id);
        append_hex(out, &id, sizeof id);
        for (guint k = 0; k < G_N_ELEMENTS(cells[i].box); k++) {
            guint32 bits;
            memcpy(&bits, &cells[i].box[k], sizeof bits);
            bits = GUINT32_TO_BE(bits);
            append_hex(out, &bits, sizeof bits);
        }
    }
    for (guint at = HEAD_BYTES + CELL_BYTES * n; at < b->node_bytes; at++)
        g_string_append(out, "00");
    g_string_append_c(out, '\'');
}

/* Inserts rows that were gathered, when there are `least` bytes of them. */
static gboolean flush(const builder *b, GString *rows, const char *table, gsize least)
{
    if (rows->len == 0 || rows->len < least)
        return TRUE;
    g_autofree char *sql = g_strdup_printf("INSERT INTO " TREE "_%s VALUES %s", table, rows->str);
    g_string_truncate(rows, 0);
    return run(b->dataset, sql);
}

static void append_pair(GString *rows, gint64 a, gint64 b)
{
    g_string_append_printf(rows, "%s(%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ")",
                           rows->len ? "," : "", a, b);
}

static const gsize A_STATEMENT = 1 << 17; /* bytes */

static void hang_below(const builder *b, const cell *cells, guint n, gboolean is_leaf, gint64 node)
{
    for (guint i = 0; i < n; i++)
        if (is_leaf)
            b->node_of[cells[i].id] = node;
        else
            append_pair(b->parents, cells[i].id, node);
}

static cell around(const cell *cells, guint n, gint64 id)
{
    cell all = cells[0];
    all.id = id;
    for (guint i = 1; i < n; i++)
        for (guint k = 0; k < 4; k += 2) {
            all.box[k] = MIN(all.box[k], cells[i].box[k]);
            all.box[k + 1] = MAX(all.box[k + 1], cells[i].box[k + 1]);
        }
    return all;
}

/* Makes nodes of a level's cells. @return the cells of the level above; NULL on failure */
static GArray *add_level(builder *b, const GArray *level, gboolean is_leaf)
{
    g_autoptr(GArray) above = g_array_new(FALSE, FALSE, sizeof(cell));
    for (guint at = 0; at < level->len; at += b->most_cells) {
        const cell *cells = &g_array_index(level, cell, at);
        const guint n = MIN(b->most_cells, level->len - at);
        const cell node = around(cells, n, ++b->last_node);
        g_string_append_printf(b->nodes, "%s(%" G_GINT64_FORMAT ",", b->nodes->len ? "," : "",
                               node.id);
        append_node(b->nodes, b, 0, cells, n);
        g_string_append_c(b->nodes, ')');
        hang_below(b, cells, n, is_leaf, node.id);
        g_array_append_val(above, node);
        if (!flush(b, b->nodes, "node", A_STATEMENT) ||
            !flush(b, b->parents, "parent", A_STATEMENT))
            return NULL;
    }
    return g_steal_pointer(&above);
}

static gboolean set_root(builder *b, const GArray *level, guint depth)
{
    GString *sql = g_string_new("UPDATE " TREE "_node SET data = ");
    append_node(sql, b, depth, (const cell *)(const void *)level->data, level->len);
    g_string_append_printf(sql, " WHERE nodeno = %d", ROOT);
    hang_below(b, (const cell *)(const void *)level->data, level->len, depth == 0, ROOT);
    g_autofree char *text = g_string_free(sql, FALSE);
    return run(b->dataset, text);
}

static gboolean add_rows(const builder *b)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    for (gsize i = 1; i <= b->n_rows; i++) {
        if (b->node_of[i])
            append_pair(rows, (gint64)i, b->node_of[i]);
        if (!flush(b, rows, "rowid", A_STATEMENT))
            return FALSE;
    }
    return flush(b, rows, "rowid", 0);
}

static gboolean build(builder *b, GArray *cells)
{
    guint depth = 0;
    tile(cells, b->most_cells);
    g_autoptr(GArray) level = g_array_ref(cells);
    for (; level->len > b->most_cells; depth++) {
        GArray *above = add_level(b, level, depth == 0);
        if (!above)
            return FALSE;
        g_array_unref(level);
        level = above;
    }
    return set_root(b, level, depth) && flush(b, b->nodes, "node", 0) &&
           flush(b, b->parents, "parent", 0) && add_rows(b);
}

/* ---- */

char *im_rtree_begin(GDALDatasetH dataset)
{
    if (!run(dataset, "SELECT CreateSpatialIndex('" IM_LAYER_NAME "', 'geom')"))
        return NULL;
    g_autofree char *trigger = ask(
        dataset, "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '" TRIGGER "'");
    return trigger && run(dataset, "DROP TRIGGER " TRIGGER) ? g_steal_pointer(&trigger) : NULL;
}

gboolean im_rtree_end(GDALDatasetH dataset, const char *trigger, const GPtrArray *incidents)
{
    g_autofree char *bytes =
        ask(dataset, "SELECT length(data) FROM " TREE "_node WHERE nodeno = 1");
    const guint node_bytes = bytes ? (guint)g_ascii_strtoull(bytes, NULL, 10) : 0;
    if (node_bytes < HEAD_BYTES + 2 * CELL_BYTES)
        return FALSE;
    g_autoptr(GArray) cells = points_of(incidents);
    builder b = {.dataset = dataset,
                 .node_bytes = node_bytes,
                 .most_cells = (node_bytes - HEAD_BYTES) / CELL_BYTES,
                 .last_node = ROOT,
                 .nodes = g_string_new(NULL),
                 .parents = g_string_new(NULL),
                 .node_of = g_new0(gint64, incidents->len + 1),
                 .n_rows = incidents->len};
    const gboolean ok = build(&b, cells) && run(dataset, trigger);
    g_string_free(b.nodes, TRUE);
    g_string_free(b.parents, TRUE);
    g_free(b.node_of);
    return ok;
}
