/* Records of several reports → records of events.
 *
 * A merged record keeps the records that it was made from; merging it again begins with those. So the result
 * is a function of the set of single records alone: neither order nor grouping matter, nor how often one is
 * given.
 *
 * Records are linked when type, place, date and numbers agree; a cluster of linked records
 * holds at most one record of each report. Links are made in a fixed order (the surest first), and
 * a cluster is folded in the order of its reports. */
#include "merge/priv.h"

#include "incident/content.h"

#include <stdlib.h>
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
    order = order ? order : compare_numbers(a, b);
    return order ? order : im_incident_compare_content(a, b);
}

/* What decides most comparisons, beside the record: those of a million records are all over the memory. */
typedef struct place_in_order {
    im_day date; /* IM_DAY_NONE, the undated, is put last */
    guint64 country, admin1;
    im_incident *record;
} place_in_order;

/* The first bytes of a string as a number that is ordered as the strings are. */
static guint64 first_bytes(const char *text)
{
    guint64 bytes = 0;
    memcpy(&bytes, text ? text : "", text ? MIN(strlen(text), sizeof bytes) : 0);
    return GUINT64_FROM_BE(bytes);
}

static int by_order(const void *x, const void *y)
{
    const place_in_order *a = x, *b = y;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    if (a->country != b->country)
        return a->country < b->country ? -1 : 1;
    if (strcmp(a->record->country ? a->record->country : "",
               b->record->country ? b->record->country : "") == 0 &&
        a->admin1 != b->admin1)
        return a->admin1 < b->admin1 ? -1 : 1;
    return im_incident_by_content(&a->record, &b->record);
}

static void sort_by_content(GPtrArray *singles)
{
    place_in_order *places = g_new(place_in_order, singles->len + 1);
    for (guint i = 0; i < singles->len; i++) {
        im_incident *r = singles->pdata[i];
        im_day date = r->date_start == IM_DAY_NONE ? G_MAXUINT32 : r->date_start;
        places[i] = (place_in_order){date, first_bytes(r->country), first_bytes(r->admin1), r};
    }
    qsort(places, singles->len, sizeof *places, by_order);
    for (guint i = 0; i < singles->len; i++)
        singles->pdata[i] = places[i].record;
    g_free(places);
}

/* Records of other projects may name no source: then the record stands for it, under its id. */
static void complete_sources(im_incident *r)
{
    if (r->sources->len == 0)
        g_ptr_array_add(r->sources, g_new0(im_source, 1));
    for (guint i = 0; i < r->sources->len; i++) {
        im_source *s = r->sources->pdata[i];
        if (!s->report)
            s->report = g_strdup(r->id ? r->id : "");
    }
    r->number_of_articles = MAX(r->number_of_articles, 1);
    r->number_of_sources = MAX(r->number_of_sources, 1);
}

/* A record that came in twice counts once; the sorted ones that say the same stand side by side. */
static void drop_doubles(GPtrArray *singles)
{
    guint kept = 0;
    for (guint i = 0; i < singles->len; i++) {
        im_incident *r = singles->pdata[i];
        if (kept > 0 && im_incident_compare_content(singles->pdata[kept - 1], r) == 0)
            im_incident_free(r);
        else
            singles->pdata[kept++] = r;
    }
    singles->len = kept;
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
    for (guint i = 0; i < singles->len; i++)
        complete_sources(singles->pdata[i]);
    sort_by_content(singles);
    drop_doubles(singles);
    return singles;
}

/* Records that tell of one event: a chain for each cluster, through the array of all. */
typedef struct clusters {
    const GPtrArray *singles;
    guint *head; /* of each record, the first of its cluster */
    guint *next; /* the one behind it in its cluster; of the last NONE */
    guint *last; /* of a head, the last of its cluster */
    guint *len;  /* of a head */
} clusters;

enum { NONE = G_MAXUINT32 };

static clusters begin_clusters(const GPtrArray *singles)
{
    const guint n = singles->len;
    clusters c = {singles, g_new(guint, n), g_new(guint, n), g_new(guint, n), g_new(guint, n)};
    for (guint i = 0; i < n; i++) {
        c.head[i] = c.last[i] = i;
        c.next[i] = NONE;
        c.len[i] = 1;
    }
    return c;
}

static void end_clusters(clusters *c)
{
    g_free(c->head);
    g_free(c->next);
    g_free(c->last);
    g_free(c->len);
}

static gboolean clusters_share_report(const clusters *c, guint x, guint y)
{
    for (guint i = x; i != NONE; i = c->next[i])
        for (guint j = y; j != NONE; j = c->next[j])
            if (im_share_report(c->singles->pdata[i], c->singles->pdata[j]))
                return TRUE;
    return FALSE;
}

/* Joins the clusters of two heads: the smaller goes behind the larger. */
static void join(clusters *c, guint x, guint y)
{
    const guint into = c->len[x] >= c->len[y] ? x : y, from = into == x ? y : x;
    for (guint i = from; i != NONE; i = c->next[i])
        c->head[i] = into;
    c->next[c->last[into]] = from;
    c->last[into] = c->last[from];
    c->len[into] += c->len[from];
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
        const guint a = c->head[l->a], b = c->head[l->b];
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
static im_incident *fold(const clusters *c, guint head)
{
    if (c->len[head] == 1)
        return c->singles->pdata[head];
    GPtrArray *parts = g_ptr_array_new_full(c->len[head], (GDestroyNotify)im_incident_free);
    for (guint i = head; i != NONE; i = c->next[i])
        g_ptr_array_add(parts, c->singles->pdata[i]);
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
    for (guint i = 0; i < singles->len; i++)
        if (c.head[i] == i)
            g_ptr_array_add(merged, fold(&c, i));
    end_clusters(&c);
    im_incidents_finish(merged);
    im_incidents_set_parents(merged);
    return merged;
}
