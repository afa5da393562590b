/* Totals and their parts: nothing is counted twice when a part knows its total. */
#include "base/hash.h"
#include "base/search.h"
#include "merge/priv.h"
#include "merge/regroup.h"

#include <string.h>

/* Totals of one type and area, in the order in which they are listed. */
typedef struct totals {
    guint64 area;
    GPtrArray *records; /* of im_incident *, borrowed */
    GArray *latest;     /* im_day: the latest end of these up to each */
} totals;

static totals *totals_new(guint64 area)
{
    totals *t = g_new(totals, 1);
    *t = (totals){area, g_ptr_array_new(), g_array_new(FALSE, FALSE, sizeof(im_day))};
    return t;
}

static void totals_free(gpointer data)
{
    totals *t = data;
    g_ptr_array_unref(t->records);
    g_array_unref(t->latest);
    g_free(t);
}

/* The type and area of a record as of the given level, known by a hash of 64 bits as in briefs; 0 where it
 * lies in none. */
static guint64 area_of(const im_incident *r, im_geo_level level)
{
    const char *const inside = level == IM_LEVEL_MUNICIPALITY ? r->admin2 : r->admin1_code;
    if (level != IM_LEVEL_COUNTRY && (!r->admin1_code || !inside))
        return 0;
    guint64 area = im_hash_chunk(im_hash_text(r->iso), (guint64)r->type);
    area = im_hash_chunk(area, (guint64)level);
    if (level < IM_LEVEL_COUNTRY)
        area = im_hash_chunk(area, im_hash_text(r->admin1_code));
    return level < IM_LEVEL_STATE ? im_hash_chunk(area, im_hash_text(r->admin2)) : area;
}

static gboolean is_total(const im_incident *r)
{
    return r->count > 1 && r->status != IM_STATUS_HISTORIC && r->geo_level >= IM_LEVEL_MUNICIPALITY;
}

guint64 im_incident_total_area(const im_incident *r)
{
    return is_total(r) ? area_of(r, r->geo_level) : 0;
}

guint im_incident_areas(const im_incident *r, guint64 *areas)
{
    guint n = 0;
    if (r->status == IM_STATUS_HISTORIC)
        return 0;
    for (im_geo_level level = r->geo_level + 1; level <= IM_LEVEL_COUNTRY; level++)
        if (level >= IM_LEVEL_MUNICIPALITY && (areas[n] = area_of(r, level)) != 0)
            n++;
    return n;
}

static void sort_totals(totals *t)
{
    im_day latest = 0;
    im_incidents_sort(t->records);
    for (guint i = 0; i < t->records->len; i++) {
        latest = MAX(latest, ((im_incident *)t->records->pdata[i])->date_end);
        g_array_append_val(t->latest, latest);
    }
}

/* All totals by their areas. */
static GHashTable *find_totals(const GPtrArray *incidents)
{
    GHashTable *all = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, totals_free);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        const guint64 area = im_incident_total_area(r);
        if (area == 0)
            continue;
        totals *t = g_hash_table_lookup(all, &area);
        if (!t) {
            t = totals_new(area);
            g_hash_table_insert(all, &t->area, t);
        }
        g_ptr_array_add(t->records, r);
    }
    GHashTableIter iter;
    gpointer t;
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &t))
        sort_totals(t);
    return all;
}

/* The first of the totals that may end on that day or later. */
static guint first_until(const totals *t, im_day day)
{
    return im_lower_bound(t->latest->data, sizeof(im_day), 0, t->latest->len, day);
}

static const im_incident *total_among(const totals *t, const im_incident *part)
{
    for (guint i = first_until(t, part->date_start); i < t->records->len; i++) {
        const im_incident *total = t->records->pdata[i];
        if (total->date_start > part->date_end)
            return NULL;
        if (part->count <= total->count && part->date_start <= total->date_end)
            return total;
    }
    return NULL;
}

/* The total of the smallest area around a record that counts it. */
static const im_incident *total_of(GHashTable *all, const im_incident *part)
{
    guint64 areas[IM_MOST_AREAS];
    const guint n = g_hash_table_size(all) ? im_incident_areas(part, areas) : 0;
    for (guint i = 0; i < n; i++) {
        const totals *t = g_hash_table_lookup(all, &areas[i]);
        const im_incident *total = t ? total_among(t, part) : NULL;
        if (total)
            return total;
    }
    return NULL;
}

void im_incidents_set_parents(GPtrArray *incidents)
{
    g_autoptr(GHashTable) all = find_totals(incidents);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *part = incidents->pdata[i];
        const im_incident *total = total_of(all, part);
        g_free(part->parent_id);
        part->parent_id = total ? g_strdup(total->id) : NULL;
    }
}
