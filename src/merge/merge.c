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

/* Records that tell of one event: a chain for each cluster, through the array of all. */
typedef struct clusters {
    const GArray *briefs;
    guint *head; /* of each record, the first of its cluster */
    guint *next; /* the one behind it in its cluster; of the last NONE */
    guint *last; /* of a head, the last of its cluster */
    guint *len;  /* of a head */
} clusters;

enum { NONE = G_MAXUINT32 };

static const im_brief *brief_at(const clusters *c, guint at)
{
    return &g_array_index(c->briefs, im_brief, at);
}

static clusters begin_clusters(const GArray *briefs)
{
    const guint n = briefs->len;
    clusters c = {briefs, g_new(guint, n), g_new(guint, n), g_new(guint, n), g_new(guint, n)};
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
            if (im_share_report(brief_at(c, i), brief_at(c, j)))
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

static void explain(GString *out, const im_brief *a, const im_brief *b, const char *verdict)
{
    const im_link_score s = im_link_scores(a, b);
    const im_incident *r = a->record;
    char day[IM_DAY_ISO_SIZE];
    g_string_append_printf(
        out, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%s\t%s\t%s\t%s\t%s\n", verdict, s.all, s.type,
        s.place, s.date, s.numbers, im_incident_type_name(r->type), r->location ? r->location : "",
        im_day_format_iso(r->date_start, day), ((im_source *)r->sources->pdata[0])->report,
        ((im_source *)b->record->sources->pdata[0])->report);
}

/* Joins by the surest links first. @param takes_part  of each record as it came; NULL: all do */
static void join_all(clusters *c, const guint8 *takes_part, GString *explanation)
{
    g_autoptr(GArray) links = im_links_find(c->briefs);
    for (guint i = 0; i < links->len; i++) {
        const im_link *l = &g_array_index(links, im_link, i);
        const guint a = c->head[l->a], b = c->head[l->b];
        if (a == b ||
            (takes_part && !(takes_part[brief_at(c, a)->came] && takes_part[brief_at(c, b)->came])))
            continue;
        gboolean apart = clusters_share_report(c, a, b);
        if (explanation)
            explain(explanation, brief_at(c, l->a), brief_at(c, l->b), apart ? "apart" : "joined");
        if (!apart)
            join(c, a, b);
    }
}

/* Events as chains through the array in which the records came: they lie so in memory, and their records are made
 * in that order. */
typedef struct chains {
    const guint *event; /* of each record the number of its event, or IM_NO_EVENT */
    guint *next;        /* of each record the one behind it in its event; of the last NONE */
    guint *first;       /* of an event the first record */
} chains;

static chains begin_chains(const guint *event, guint n, guint n_events)
{
    chains s = {event, g_new(guint, n), g_new(guint, n_events)};
    for (guint i = 0; i < n_events; i++)
        s.first[i] = NONE;
    for (guint i = n; i-- > 0;) {
        if (event[i] == IM_NO_EVENT)
            continue;
        s.next[i] = s.first[event[i]];
        s.first[event[i]] = i;
    }
    return s;
}

static void end_chains(chains *s)
{
    g_free(s->next);
    g_free(s->first);
}

/* The record of an event, which takes the single records over. */
static im_incident *fold(const GPtrArray *singles, const chains *s, guint first, im_copies *copies)
{
    if (s->next[first] == NONE)
        return singles->pdata[first];
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = first; i != NONE; i = s->next[i])
        g_ptr_array_add(parts, singles->pdata[i]);
    im_incident *folded = im_cluster_fold(parts, copies);
    folded->parts = parts;
    return folded;
}

GPtrArray *im_events_fold(const GPtrArray *singles, const guint *event, guint n_events,
                          im_finishing *finishing, GArray *numbers)
{
    GPtrArray *events = g_ptr_array_new();
    g_autoptr(im_copies) copies = im_copies_new();
    chains s = begin_chains(event, singles->len, n_events);
    for (guint i = 0; i < singles->len; i++) {
        if (event[i] == IM_NO_EVENT || s.first[event[i]] != i)
            continue;
        im_incident *r = fold(singles, &s, i, copies);
        im_finishing_add(finishing, r);
        g_ptr_array_add(events, r);
        if (numbers)
            g_array_append_val(numbers, event[i]);
    }
    end_chains(&s);
    return events;
}

guint *im_events_find(const GArray *briefs, guint n_came, const guint8 *takes_part,
                      GString *explanation)
{
    guint *event = g_new(guint, n_came);
    clusters c = begin_clusters(briefs);
    join_all(&c, takes_part, explanation);
    for (guint i = 0; i < n_came; i++)
        event[i] = IM_NO_EVENT;
    for (guint i = 0; i < briefs->len; i++)
        event[brief_at(&c, i)->came] = brief_at(&c, c.head[i])->came;
    end_clusters(&c);
    return event;
}

GPtrArray *im_incidents_merge(GPtrArray *incidents, GString *explanation)
{
    g_autoptr(GPtrArray) singles = NULL;
    g_autoptr(GArray) briefs = im_briefs_make(incidents, &singles);
    g_autofree guint *event = im_events_find(briefs, singles->len, NULL, explanation);
    im_finishing *finishing = im_finishing_begin();
    g_autoptr(GPtrArray) as_made = im_events_fold(singles, event, singles->len, finishing, NULL);
    for (guint i = 0; i < singles->len; i++)
        if (event[i] == IM_NO_EVENT)
            im_incident_free(singles->pdata[i]);
    GPtrArray *merged = g_ptr_array_copy(as_made, NULL, NULL);
    g_ptr_array_set_free_func(merged, (GDestroyNotify)im_incident_free);
    im_finishing_end(finishing, merged);
    im_incidents_set_parents(as_made);
    return merged;
}
