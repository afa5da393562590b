/* What links ask of the records, taken from them once in the order in which they came, and sorted so that
 * those that may be linked stand together. */
#include "merge/priv.h"

#include "base/hash.h"
#include "incident/content.h"
#include "incident/kinship.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

gboolean im_brief_is_area(const im_brief *brief)
{
    return brief->level == IM_LEVEL_STATE || brief->level == IM_LEVEL_COUNTRY;
}

gboolean im_brief_is_nowhere(const im_brief *brief)
{
    return !brief->has_geometry && !im_brief_is_area(brief);
}

/* What a record's kind may be told as: violence and raids are one family. */
static guint64 family_of(const im_brief *b)
{
    gboolean violent = im_incident_type_is_violent(b->type) || b->type == IM_INCIDENT_OPERATION;
    return im_hash_chunk(b->iso, violent ? 0 : (guint64)b->type);
}

guint64 im_brief_name_block(const im_brief *b)
{
    guint64 name = im_hash_chunk(family_of(b), b->location);
    return im_hash_chunk(name, im_brief_is_area(b) ? (guint64)b->level : b->admin1) | IM_NAME_BLOCK;
}

/* Cubes about the unit sphere as wide as the reach: what is near lies in the same or the next. */
static guint64 cell_along(double unit)
{
    const double width = IM_REACH_KM / IM_EARTH_RADIUS_KM * 1.001;
    return (guint64)floor(unit / width + (1 << (IM_CELL_BITS - 1)));
}

static guint64 cell_block(const im_brief *b)
{
    const double radian = G_PI / 180;
    const double lon = b->position.lon_deg * radian, lat = b->position.lat_deg * radian;
    const guint64 x = cell_along(cos(lat) * cos(lon)), y = cell_along(cos(lat) * sin(lon)),
                  z = cell_along(sin(lat));
    const guint64 cell = (x << IM_CELL_BITS | y) << IM_CELL_BITS | z;
    return (family_of(b) << 3 * IM_CELL_BITS | cell) & ~IM_NAME_BLOCK;
}

/* Records of other projects may name no source: then the record stands for it, under its id. */
static void complete_sources(im_incident *r)
{
    if (r->sources->len == 0)
        g_ptr_array_add(r->sources, im_source_new());
    for (guint i = 0; i < r->sources->len; i++) {
        im_source *s = r->sources->pdata[i];
        if (!s->report)
            s->report = g_strdup(r->id ? r->id : "");
    }
    r->number_of_articles = MAX(r->number_of_articles, 1);
    r->number_of_sources = MAX(r->number_of_sources, 1);
}

static im_brief brief_of(im_incident *r, guint came)
{
    im_brief b = {
        .record = r,
        .report = im_hash_text(((im_source *)r->sources->pdata[0])->report),
        .iso = im_hash_text(r->iso),
        .admin1 = im_hash_text(r->admin1),
        .location = im_hash_text(r->location),
        .position = r->position,
        .radius_km = r->radius_km,
        .start = r->date_start == IM_DAY_NONE ? IM_UNDATED : r->date_start,
        .end = r->date_start == IM_DAY_NONE ? IM_UNDATED : r->date_end,
        .type = r->type,
        .status = r->status,
        .level = r->geo_level,
        .has_geometry = r->has_geometry,
        .has_one_source = r->sources->len == 1,
        .deaths = r->deaths_best,
        .count = r->count,
        .arrested = r->arrested,
        .came = came,
    };
    b.block =
        im_brief_is_area(&b) || im_brief_is_nowhere(&b) ? im_brief_name_block(&b) : cell_block(&b);
    return b;
}

/* What decides most of the order, apart from the briefs: less is moved. */
typedef struct place_in_order {
    guint64 block;
    im_day start;
    guint came;
} place_in_order;

static int by_block(const void *x, const void *y)
{
    const place_in_order *a = x, *b = y;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

/* Order among those of one block and start. */
static int by_content(const void *x, const void *y)
{
    const im_brief *a = x, *b = y;
    if (a->report != b->report)
        return a->report < b->report ? -1 : 1;
    return im_incident_compare_content(a->record, b->record);
}

/* Sorts `n` briefs of one block and start by what their records say, of those that say the same keeps the first.
 * @return how many stay */
static guint settle(im_brief *run, guint n)
{
    guint kept = 1;
    if (n > 1)
        qsort(run, n, sizeof *run, by_content);
    for (guint i = 1; i < n; i++)
        if (by_content(&run[kept - 1], &run[i]) != 0)
            run[kept++] = run[i];
    return kept;
}

static guint settle_all(im_brief *briefs, guint n)
{
    guint kept = 0;
    for (guint i = 0, len; i < n; i += len) {
        im_brief *run = briefs + i;
        for (len = 1; i + len < n && run[len].block == run->block && run[len].start == run->start;)
            len++;
        guint stay = settle(run, len);
        memmove(briefs + kept, run, stay * sizeof *run);
        kept += stay;
    }
    return kept;
}

static GArray *sort_briefs(const GArray *briefs)
{
    const guint n = briefs->len;
    const im_brief *all = (const im_brief *)(const void *)briefs->data;
    g_autofree place_in_order *places = g_new(place_in_order, n);
    for (guint i = 0; i < n; i++)
        places[i] = (place_in_order){all[i].block, all[i].start, i};
    if (n > 1)
        qsort(places, n, sizeof *places, by_block);
    GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(im_brief), n);
    for (guint i = 0; i < n; i++)
        g_array_append_val(sorted, all[places[i].came]);
    g_array_set_size(sorted, settle_all((im_brief *)(void *)sorted->data, n));
    return sorted;
}

static void add_brief(GArray *briefs, im_incident *r)
{
    complete_sources(r);
    const im_brief b = brief_of(r, briefs->len);
    g_array_append_val(briefs, b);
}

static void add_single(GArray *briefs, GPtrArray *singles, im_incident *r)
{
    add_brief(briefs, r);
    g_ptr_array_add(singles, r);
}

GArray *im_briefs_of(const GPtrArray *singles)
{
    g_autoptr(GArray) briefs = g_array_sized_new(FALSE, FALSE, sizeof(im_brief), singles->len);
    for (guint i = 0; i < singles->len; i++)
        add_brief(briefs, singles->pdata[i]);
    return sort_briefs(briefs);
}

GArray *im_briefs_make(GPtrArray *incidents, GPtrArray **singles)
{
    g_autoptr(GArray) briefs = g_array_sized_new(FALSE, FALSE, sizeof(im_brief), incidents->len);
    *singles = g_ptr_array_sized_new(incidents->len);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        if (!r->parts) {
            add_single(briefs, *singles, r);
            continue;
        }
        for (guint k = 0; k < r->parts->len; k++)
            add_single(briefs, *singles, r->parts->pdata[k]);
        g_ptr_array_set_free_func(r->parts, NULL);
        im_incident_free(r);
    }
    g_ptr_array_set_free_func(incidents, NULL);
    g_ptr_array_unref(incidents);
    return sort_briefs(briefs);
}
