/* Totals and their parts: nothing is counted twice when a part knows its total. */
#include "base/search.h"
#include "merge/priv.h"

#include <string.h>

/* Totals of one type and area, in the order of their dates. */
typedef struct totals {
    GPtrArray *records; /* of im_incident *, borrowed */
    GArray *latest;     /* im_day: the latest end of these up to each */
} totals;

static void totals_free(gpointer data)
{
    totals *t = data;
    g_ptr_array_unref(t->records);
    g_array_unref(t->latest);
    g_free(t);
}

/* The area of a record as of the given level; NULL where it lies in none. Owned by the caller. */
static char *area_key(const im_incident *r, im_geo_level level)
{
    const char *type = im_incident_type_name(r->type), *iso = r->iso ? r->iso : "";
    if (level == IM_LEVEL_COUNTRY)
        return g_strdup_printf("%s|%s", type, iso);
    if (!r->admin1_code)
        return NULL;
    if (level == IM_LEVEL_STATE)
        return g_strdup_printf("%s|%s|%s", type, iso, r->admin1_code);
    return r->admin2 ? g_strdup_printf("%s|%s|%s|%s", type, iso, r->admin1_code, r->admin2) : NULL;
}

static gboolean is_total(const im_incident *r)
{
    return r->count > 1 && r->status != IM_STATUS_HISTORIC && r->geo_level >= IM_LEVEL_MUNICIPALITY;
}

/* All totals by their areas. */
static GHashTable *find_totals(const GPtrArray *incidents)
{
    GHashTable *all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, totals_free);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        char *key = is_total(r) ? area_key(r, r->geo_level) : NULL;
        if (!key)
            continue;
        totals *t = g_hash_table_lookup(all, key);
        if (!t) {
            t = g_new0(totals, 1);
            t->records = g_ptr_array_new();
            t->latest = g_array_new(FALSE, FALSE, sizeof(im_day));
            g_hash_table_insert(all, g_strdup(key), t);
        }
        im_day before = t->latest->len ? g_array_index(t->latest, im_day, t->latest->len - 1) : 0;
        im_day latest = MAX(before, r->date_end);
        g_ptr_array_add(t->records, r);
        g_array_append_val(t->latest, latest);
        g_free(key);
    }
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
    if (part->status == IM_STATUS_HISTORIC)
        return NULL;
    for (im_geo_level level = part->geo_level + 1; level <= IM_LEVEL_COUNTRY; level++) {
        g_autofree char *key = area_key(part, level);
        const totals *t = key ? g_hash_table_lookup(all, key) : NULL;
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
