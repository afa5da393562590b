/* Records of several reports → records of events.
 *
 * Two records are linked when type, place, date and numbers agree; a cluster of linked records
 * holds at most one record of each report. Links are made in a fixed order (the surest first), and
 * a cluster is folded in the order of its reports, so the order of the input never matters. */
#include "merge/priv.h"

#include "incident/kinship.h"

#include <string.h>

enum { DATE_SLACK_DAYS = 1, TOWN_KM = 12 };

typedef struct pair {
    guint a, b;
    double score;
} pair;

static double type_score(const im_incident *a, const im_incident *b)
{
    if (a->type == b->type)
        return 1.0;
    gboolean raid = (a->type == IM_INCIDENT_OPERATION && im_incident_type_is_violent(b->type)) ||
                    (b->type == IM_INCIDENT_OPERATION && im_incident_type_is_violent(a->type));
    if (im_incident_type_is_violent(a->type) && im_incident_type_is_violent(b->type))
        return 0.8;
    return raid ? 0.5 : 0.0;
}

static gboolean is_area(const im_incident *r)
{
    return r->geo_level == IM_LEVEL_STATE || r->geo_level == IM_LEVEL_COUNTRY;
}

static double place_score(const im_incident *a, const im_incident *b)
{
    if (g_strcmp0(a->iso, b->iso) != 0)
        return 0.0;
    if (is_area(a) || is_area(b))
        return a->geo_level == b->geo_level && g_strcmp0(a->location, b->location) == 0 ? 1.0 : 0.0;
    if (!a->has_geometry || !b->has_geometry)
        return g_strcmp0(a->location, b->location) == 0 && g_strcmp0(a->admin1, b->admin1) == 0
                   ? 0.9
                   : 0.0;
    double reach = MAX(TOWN_KM, MIN(MAX(a->radius_km, b->radius_km), 30));
    double apart = im_distance_km(a->position, b->position);
    return apart <= reach ? 1.0 - 0.4 * apart / reach : 0.0;
}

static double date_score(const im_incident *a, const im_incident *b)
{
    if (a->date_start == IM_DAY_NONE || b->date_start == IM_DAY_NONE)
        return 0.5;
    if (a->date_start <= b->date_end && b->date_start <= a->date_end)
        return 1.0;
    return a->date_start <= b->date_end + DATE_SLACK_DAYS &&
                   b->date_start <= a->date_end + DATE_SLACK_DAYS
               ? 0.6
               : 0.0;
}

/* Within one town an event's toll may change from report to report; two sums of a whole state are
 * the same only when they are the same number. */
static double number_score(const im_incident *a, const im_incident *b)
{
    if (im_incident_type_is_violent(a->type) || im_incident_type_is_violent(b->type)) {
        if (a->deaths_best == b->deaths_best)
            return a->deaths_best == IM_UNKNOWN && is_area(a) && a->count != b->count ? 0.0 : 1.0;
        if (is_area(a))
            return 0.0;
        return a->deaths_best == IM_UNKNOWN || b->deaths_best == IM_UNKNOWN ? 0.8 : 0.5;
    }
    if (a->type == IM_INCIDENT_ARREST && is_area(a))
        return a->arrested == b->arrested ? 1.0 : 0.0;
    if (a->count == b->count)
        return 1.0;
    return a->count == IM_UNKNOWN || b->count == IM_UNKNOWN ? 0.8 : 0.6;
}

static gboolean share_report(const im_incident *a, const im_incident *b)
{
    for (guint i = 0; i < a->sources->len; i++)
        for (guint j = 0; j < b->sources->len; j++)
            if (strcmp(((im_source *)a->sources->pdata[i])->report,
                       ((im_source *)b->sources->pdata[j])->report) == 0)
                return TRUE;
    return FALSE;
}

static double link_score(const im_incident *a, const im_incident *b)
{
    if ((a->status == IM_STATUS_HISTORIC) != (b->status == IM_STATUS_HISTORIC) ||
        share_report(a, b))
        return 0.0;
    return type_score(a, b) * place_score(a, b) * date_score(a, b) * number_score(a, b);
}

/* Records whose links are looked for: of one country, their dates no more than a slack apart.
 * `sorted` is by date, so the inner loop ends early. */
static GArray *find_links(const GPtrArray *sorted)
{
    const double LEAST_SCORE = 0.2;
    GArray *links = g_array_new(FALSE, FALSE, sizeof(pair));
    for (guint i = 0; i < sorted->len; i++) {
        const im_incident *a = sorted->pdata[i];
        for (guint j = i + 1; j < sorted->len; j++) {
            const im_incident *b = sorted->pdata[j];
            if (a->date_start != IM_DAY_NONE && b->date_start > a->date_end + DATE_SLACK_DAYS)
                break;
            pair found = {i, j, link_score(a, b)};
            if (found.score >= LEAST_SCORE)
                g_array_append_val(links, found);
        }
    }
    return links;
}

static int surest_first(const void *x, const void *y)
{
    const pair *a = x, *b = y;
    if (a->score > b->score || a->score < b->score)
        return a->score > b->score ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static gboolean clusters_share_report(const GPtrArray *x, const GPtrArray *y)
{
    for (guint i = 0; i < x->len; i++)
        for (guint j = 0; j < y->len; j++)
            if (share_report(x->pdata[i], y->pdata[j]))
                return TRUE;
    return FALSE;
}

static void join_clusters(GPtrArray **cluster_of, guint n, GPtrArray *into, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(into, from->pdata[i]);
    for (guint i = 0; i < n; i++)
        if (cluster_of[i] == from)
            cluster_of[i] = into;
    g_ptr_array_unref(from);
}

static int by_content(const void *x, const void *y)
{
    int order = im_incident_compare(x, y);
    if (order)
        return order;
    const im_source *a = (*(im_incident *const *)x)->sources->pdata[0];
    const im_source *b = (*(im_incident *const *)y)->sources->pdata[0];
    order = strcmp(a->report, b->report);
    return order ? order : (a->char_start > b->char_start) - (a->char_start < b->char_start);
}

GPtrArray *im_incidents_merge(GPtrArray *incidents)
{
    guint n = incidents->len;
    g_ptr_array_sort(incidents, by_content);
    g_autofree GPtrArray **cluster_of = g_new(GPtrArray *, n + 1);
    for (guint i = 0; i < n; i++) {
        cluster_of[i] = g_ptr_array_new();
        g_ptr_array_add(cluster_of[i], incidents->pdata[i]);
    }
    g_autoptr(GArray) links = find_links(incidents);
    g_array_sort(links, surest_first);
    for (guint i = 0; i < links->len; i++) {
        const pair *l = &g_array_index(links, pair, i);
        GPtrArray *a = cluster_of[l->a], *b = cluster_of[l->b];
        if (a != b && !clusters_share_report(a, b))
            join_clusters(cluster_of, n, a, b);
    }
    GPtrArray *merged = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < n; i++) {
        if (!g_hash_table_add(done, cluster_of[i]))
            continue;
        g_ptr_array_add(merged, im_cluster_fold(cluster_of[i]));
        g_ptr_array_unref(cluster_of[i]);
    }
    g_ptr_array_unref(incidents);
    im_incidents_finish(merged);
    im_incidents_set_parents(merged);
    return merged;
}
