/* Records of several reports → records of events.
 *
 * A merged record keeps the records that it was made from; merging it again begins with those. So the result
 * is a function of the set of single records alone: neither order nor grouping matter.
 *
 * Records are linked when type, place, date and numbers agree; a cluster of linked records
 * holds at most one record of each report. Links are made in a fixed order (the surest first), and
 * a cluster is folded in the order of its reports. */
#include "merge/priv.h"

#include <string.h>

static int compare_numbers(const im_incident *a, const im_incident *b)
{
    const int x[] = {a->count,    a->deaths_best, a->injured,
                     a->arrested, a->abducted,    (int)a->status};
    const int y[] = {b->count,    b->deaths_best, b->injured,
                     b->arrested, b->abducted,    (int)b->status};
    for (guint i = 0; i < G_N_ELEMENTS(x); i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

int im_incident_by_content(const void *x, const void *y)
{
    const im_incident *a = *(im_incident *const *)x, *b = *(im_incident *const *)y;
    const im_source *p = a->sources->pdata[0], *q = b->sources->pdata[0];
    gboolean dated = a->date_start != IM_DAY_NONE;
    if (dated != (b->date_start != IM_DAY_NONE))
        return dated ? -1 : 1; /* undated last */
    if (a->date_start != b->date_start)
        return a->date_start < b->date_start ? -1 : 1;
    int order = g_strcmp0(a->country, b->country);
    order = order ? order : g_strcmp0(a->admin1, b->admin1);
    order = order ? order : g_strcmp0(a->location, b->location);
    order = order ? order : (a->type > b->type) - (a->type < b->type);
    order = order ? order : strcmp(p->report, q->report);
    order = order ? order : (p->char_start > q->char_start) - (p->char_start < q->char_start);
    return order ? order : compare_numbers(a, b);
}

/* The single records that the given ones were made from; takes them over. */
static GPtrArray *take_apart(GPtrArray *incidents)
{
    GPtrArray *singles = g_ptr_array_new_full(incidents->len, (GDestroyNotify)im_incident_free);
    g_ptr_array_set_free_func(incidents, NULL);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        GPtrArray *parts = g_steal_pointer(&r->parts);
        if (!parts) {
            g_ptr_array_add(singles, r);
            continue;
        }
        g_ptr_array_extend_and_steal(singles, parts);
        im_incident_free(r);
    }
    g_ptr_array_unref(incidents);
    g_ptr_array_sort(singles, im_incident_by_content);
    return singles;
}

/* Records that tell of one event: which, in the array of all. */
typedef struct clusters {
    const GPtrArray *singles;
    GArray **of; /* of guint; several records share one */
} clusters;

static clusters begin_clusters(const GPtrArray *singles)
{
    clusters c = {singles, g_new(GArray *, singles->len)};
    for (guint i = 0; i < singles->len; i++) {
        c.of[i] = g_array_new(FALSE, FALSE, sizeof i);
        g_array_append_val(c.of[i], i);
    }
    return c;
}

static gboolean clusters_share_report(const clusters *c, const GArray *x, const GArray *y)
{
    for (guint i = 0; i < x->len; i++)
        for (guint j = 0; j < y->len; j++)
            if (im_share_report(c->singles->pdata[g_array_index(x, guint, i)],
                                c->singles->pdata[g_array_index(y, guint, j)]))
                return TRUE;
    return FALSE;
}

static void join(clusters *c, GArray *x, GArray *y)
{
    GArray *into = x->len >= y->len ? x : y, *from = into == x ? y : x;
    g_array_append_vals(into, from->data, from->len);
    for (guint i = 0; i < from->len; i++)
        c->of[g_array_index(from, guint, i)] = into;
    g_array_unref(from);
}

static void explain(GString *out, const im_incident *a, const im_incident *b, const char *verdict)
{
    const im_link_score s = im_link_scores(a, b);
    char day[IM_DAY_ISO_SIZE];
    g_string_append_printf(
        out, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%s\t%s\t%s\t%s\t%s\n", verdict, s.all, s.type,
        s.place, s.date, s.numbers, im_incident_type_name(a->type), a->location ? a->location : "",
        im_day_format_iso(a->date_start, day), ((im_source *)a->sources->pdata[0])->report,
        ((im_source *)b->sources->pdata[0])->report);
}

/* Joins by the surest links first. */
static void join_all(clusters *c, GString *explanation)
{
    g_autoptr(GArray) links = im_links_find(c->singles);
    for (guint i = 0; i < links->len; i++) {
        const im_link *l = &g_array_index(links, im_link, i);
        GArray *a = c->of[l->a], *b = c->of[l->b];
        if (a == b)
            continue;
        gboolean apart = clusters_share_report(c, a, b);
        if (explanation)
            explain(explanation, c->singles->pdata[l->a], c->singles->pdata[l->b],
                    apart ? "apart" : "joined");
        if (!apart)
            join(c, a, b);
    }
}

/* The record of a cluster, which takes the single records over. */
static im_incident *fold(const clusters *c, const GArray *cluster)
{
    if (cluster->len == 1)
        return c->singles->pdata[g_array_index(cluster, guint, 0)];
    GPtrArray *parts = g_ptr_array_new_full(cluster->len, (GDestroyNotify)im_incident_free);
    for (guint i = 0; i < cluster->len; i++)
        g_ptr_array_add(parts, c->singles->pdata[g_array_index(cluster, guint, i)]);
    im_incident *folded = im_cluster_fold(parts);
    folded->parts = parts;
    return folded;
}

GPtrArray *im_incidents_merge(GPtrArray *incidents, GString *explanation)
{
    g_autoptr(GPtrArray) singles = take_apart(incidents);
    clusters c = begin_clusters(singles);
    join_all(&c, explanation);
    g_ptr_array_set_free_func(singles, NULL);
    GPtrArray *merged = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < singles->len; i++) {
        GArray *cluster = c.of[i];
        if (!cluster)
            continue;
        g_ptr_array_add(merged, fold(&c, cluster));
        for (guint k = 0; k < cluster->len; k++)
            c.of[g_array_index(cluster, guint, k)] = NULL;
        g_array_unref(cluster);
    }
    g_free(c.of);
    im_incidents_finish(merged);
    im_incidents_set_parents(merged);
    return merged;
}
