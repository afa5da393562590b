/* Merging again what a change of some records reaches.
 *
 * What decides whether two records are of one event? Links (links.c), a property of two records and, in a crowd,
 * of those between them; and the order of the links, the surest first, in which an event refuses one that tells
 * of the same report (merge.c). What an event says, its copies by shingles and the status `cleared` among it, comes of
 * its own records alone (fold.c); ids are numbered among those of one type, day and place, and parents are found
 * when records are read, so neither is kept here.
 *
 * Let all records be merged, and then some come and go. Be S the events whose records have gone, with all their
 * records, and the records that have come; in a crowd also those whose links change without their being changed.
 * Be N all other events that a link joins with a record of S. S and N are merged alone. When the events of N come
 * out as they were, they and those of S are what merging everything would give:
 *
 *   Go through all links, the surest first, and compare with how it was before. Claim: at each link the events so
 *   far are, within S, those of merging S and N alone, and outside of S those that they were before at this link.
 *   - A link within S is decided by the events of its ends so far, which are the same in both.
 *   - A link between S and N: merging S and N alone refused it, for no event of N got a record of S. It
 *     was refused because both ends' events, as they were at that link, share a report. The event of its end in N
 *     grew by links within itself only, of which none is missing and none was refused: it is the same in both.
 *   - Any other link has both ends outside of S, was there before and finds the events that it found then.
 *
 * Otherwise the events of N that changed become part of S, and all is done again, until none does: at the latest when S
 * is everything that a chain of links joins. What is loaded beyond S and N is there so that the links among these are
 * found as they are among all: a record has at most IM_MOST_CANDIDATES links with what follows it in a block.
 * Links change without a change of their ends only where that many stand behind a record that is near the change. */
#include "merge/regroup.h"

#include "base/hash.h"
#include "merge/priv.h"

typedef struct known {
    gint64 row, event;
    im_spot spot;
    gboolean is_surrounded; /* what is near was asked for */
} known;

struct im_regroup {
    GPtrArray *records; /* of im_incident * */
    GArray *known;      /* of each of them */
    GHashTable *rows;   /* theirs */
    GArray *dropped;    /* of im_spot */
    GHashTable *events; /* gint64 → fate */
    GHashTable *asked;  /* of guint64: hashes of what was asked for */
    gboolean has_all;
    guint *event; /* of each record, when found */
};

/* What is known of an event that was. */
typedef struct fate {
    gint64 event;
    gboolean is_touched; /* belongs to S */
    gboolean has_lost;   /* a record of it is no more */
    gboolean takes_part; /* to S or N */
    gboolean is_loaded;  /* with all of its records */
    gboolean is_kept;    /* came out as it was */
    guint n;             /* records, when loaded */
} fate;

im_spot im_spot_of(im_incident *single)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, single);
    g_autoptr(GArray) briefs = im_briefs_of(one);
    const im_brief *b = &g_array_index(briefs, im_brief, 0);
    const gboolean is_named = !im_brief_is_area(b) && !im_brief_is_nowhere(b);
    return (im_spot){b->block, is_named ? im_brief_name_block(b) : 0, b->start, b->end};
}

gboolean *im_doubles_find(const GPtrArray *singles)
{
    g_autoptr(GArray) briefs = im_briefs_of(singles);
    gboolean *doubles = g_new(gboolean, singles->len + 1);
    for (guint i = 0; i < singles->len; i++)
        doubles[i] = TRUE;
    for (guint i = 0; i < briefs->len; i++)
        doubles[g_array_index(briefs, im_brief, i).came] = FALSE;
    return doubles;
}

im_regroup *im_regroup_new(void)
{
    im_regroup *r = g_new0(im_regroup, 1);
    r->records = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    r->known = g_array_new(FALSE, FALSE, sizeof(known));
    r->rows = g_hash_table_new(NULL, NULL);
    r->dropped = g_array_new(FALSE, FALSE, sizeof(im_spot));
    r->events = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    r->asked = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return r;
}

void im_regroup_free(im_regroup *r)
{
    if (!r)
        return;
    g_ptr_array_unref(r->records);
    g_array_unref(r->known);
    g_hash_table_unref(r->rows);
    g_array_unref(r->dropped);
    g_hash_table_unref(r->events);
    g_hash_table_unref(r->asked);
    g_free(r->event);
    g_free(r);
}

static known *known_at(const im_regroup *r, guint i)
{
    return &g_array_index(r->known, known, i);
}

static fate *fate_of(im_regroup *r, gint64 event)
{
    fate *f = g_hash_table_lookup(r->events, &event);
    if (!f) {
        f = g_new0(fate, 1);
        f->event = event;
        g_hash_table_insert(r->events, &f->event, f);
    }
    return f;
}

void im_regroup_add(im_regroup *r, gint64 row, gint64 event, im_incident *record)
{
    const known k = {row, event, im_spot_of(record), FALSE};
    g_hash_table_add(r->rows, GSIZE_TO_POINTER((gsize)row));
    g_ptr_array_add(r->records, record);
    g_array_append_val(r->known, k);
    if (event)
        fate_of(r, event)->n++;
}

gboolean im_regroup_has(const im_regroup *r, gint64 row)
{
    return g_hash_table_contains(r->rows, GSIZE_TO_POINTER((gsize)row));
}

void im_regroup_drop(im_regroup *r, im_spot spot, gint64 event)
{
    g_array_append_val(r->dropped, spot);
    fate_of(r, event)->is_touched = fate_of(r, event)->has_lost = TRUE;
}

/* ---- what is wanted ---- */

static gboolean is_first(im_regroup *r, guint64 question)
{
    return g_hash_table_add(r->asked, g_memdup2(&question, sizeof question));
}

static void want_block(im_regroup *r, guint64 block, im_spot days, im_wanted *wanted)
{
    days.block = block;
    if (is_first(r, im_hash_chunk(block, (guint64)days.start << 32 | days.end)))
        g_array_append_val(wanted->near, days);
}

/* Whatever may be linked with a record of that spot, from one day before to one day behind it. */
static void want_near(im_regroup *r, const im_spot *spot, im_wanted *wanted)
{
    im_spot days = {0, 0, 0, IM_SPOT_UNDATED};
    if (spot->start != IM_SPOT_UNDATED) {
        days.start = MAX(spot->start, IM_DATE_SLACK_DAYS) - IM_DATE_SLACK_DAYS;
        days.end = spot->end + IM_DATE_SLACK_DAYS;
    }
    if (spot->block & IM_NAME_BLOCK) {
        want_block(r, spot->block, days, wanted);
        if (is_first(r, spot->block))
            g_array_append_val(wanted->names, spot->block);
        return;
    }
    want_block(r, spot->name, days, wanted);
    for (gint64 x = -1; x <= 1; x++)
        for (gint64 y = -1; y <= 1; y++)
            for (gint64 z = -1; z <= 1; z++)
                want_block(r,
                           spot->block +
                               (guint64)((x * (1 << IM_CELL_BITS) + y) * (1 << IM_CELL_BITS) + z),
                           days, wanted);
}

static im_wanted wanted_new(void)
{
    return (im_wanted){g_array_new(FALSE, FALSE, sizeof(im_spot)),
                       g_array_new(FALSE, FALSE, sizeof(guint64)),
                       g_array_new(FALSE, FALSE, sizeof(gint64))};
}

static void wanted_clear(im_wanted *wanted)
{
    g_array_unref(wanted->near);
    g_array_unref(wanted->names);
    g_array_unref(wanted->events);
}

typedef struct loader {
    im_regroup_load load;
    gpointer data;
    GError **error;
} loader;

static gboolean ask(im_regroup *r, im_wanted *wanted, const loader *l)
{
    const gboolean any = wanted->near->len + wanted->names->len + wanted->events->len > 0;
    const gboolean ok = !any || l->load(wanted, r, l->data, l->error);
    wanted_clear(wanted);
    return ok;
}

static gboolean is_touched(im_regroup *r, const known *k)
{
    return r->has_all || k->event == 0 || fate_of(r, k->event)->is_touched;
}

static gboolean takes_part(im_regroup *r, const known *k)
{
    return is_touched(r, k) || fate_of(r, k->event)->takes_part;
}

static gboolean any_record(im_regroup *r, const known *k)
{
    (void)r;
    (void)k;
    return TRUE;
}

/* Loads what is near the records that `chosen` says, as far as they are there now. */
static gboolean load_around(im_regroup *r, gboolean (*chosen)(im_regroup *r, const known *k),
                            const loader *l)
{
    im_wanted wanted = wanted_new();
    for (guint i = 0; i < r->known->len; i++) {
        known *k = known_at(r, i);
        if (k->is_surrounded || !chosen(r, k))
            continue;
        k->is_surrounded = TRUE;
        want_near(r, &k->spot, &wanted);
    }
    return ask(r, &wanted, l);
}

/* Loads the events that take part, with all of their records, and what is near these. */
static gboolean load_events(im_regroup *r, const loader *l)
{
    im_wanted wanted = wanted_new();
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, r->events);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        fate *f = value;
        if (f->is_loaded || !(f->is_touched || f->takes_part))
            continue;
        f->is_loaded = TRUE;
        g_array_append_val(wanted.events, f->event);
    }
    return ask(r, &wanted, l) && load_around(r, takes_part, l);
}

/* ---- crowds ---- */

/* Whether so many records stand in a block that not all links are looked at. */
static gboolean is_crowded(const im_regroup *r)
{
    g_autoptr(GHashTable) n_in = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < r->known->len; i++) {
        const im_spot *spot = &known_at(r, i)->spot;
        const guint64 *const blocks[] = {&spot->block, &spot->name};
        for (guint k = 0; k < G_N_ELEMENTS(blocks); k++) {
            const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(n_in, blocks[k])) + 1;
            g_hash_table_insert(n_in, (gpointer)blocks[k], GUINT_TO_POINTER(n));
            if (*blocks[k] && n + r->dropped->len > IM_MOST_CANDIDATES)
                return TRUE;
        }
    }
    return FALSE;
}

/* Loads what is near the change; in a crowd all of that is taken for changed. */
static gboolean load_change(im_regroup *r, const loader *l)
{
    im_wanted wanted = wanted_new();
    for (guint i = 0; i < r->dropped->len; i++)
        want_near(r, &g_array_index(r->dropped, im_spot, i), &wanted);
    if (!ask(r, &wanted, l) || !load_around(r, is_touched, l))
        return FALSE;
    const guint n_near = r->known->len;
    if (!load_around(r, any_record, l))
        return FALSE;
    const gboolean crowded = is_crowded(r);
    for (guint i = 0; crowded && i < n_near; i++)
        if (known_at(r, i)->event)
            fate_of(r, known_at(r, i)->event)->is_touched = TRUE;
    return load_events(r, l);
}

/* ---- the events ---- */

/* Lets the events take part that a link joins with what is touched. @return whether there was another one */
static gboolean reach_out(im_regroup *r)
{
    g_autoptr(GArray) briefs = im_briefs_of(r->records);
    g_autoptr(GArray) links = im_links_find(briefs);
    gboolean any = FALSE;
    for (guint i = 0; i < links->len; i++) {
        const im_link *l = &g_array_index(links, im_link, i);
        const known *ends[] = {known_at(r, g_array_index(briefs, im_brief, l->a).came),
                               known_at(r, g_array_index(briefs, im_brief, l->b).came)};
        for (guint k = 0; k < G_N_ELEMENTS(ends); k++)
            if (is_touched(r, ends[k]) && !takes_part(r, ends[!k]))
                any = fate_of(r, ends[!k]->event)->takes_part = TRUE;
    }
    return any;
}

/* What came out of the records that take part. */
typedef struct outcome {
    gint64 event; /* that they were of; 0: there are some of others, or new ones */
    guint n;
} outcome;

static outcome *outcomes_of(const im_regroup *r)
{
    outcome *outcomes = g_new0(outcome, r->known->len + 1);
    for (guint i = 0; i < r->known->len; i++) {
        if (r->event[i] == IM_NO_EVENT)
            continue;
        outcome *o = &outcomes[r->event[i]];
        const gint64 event = known_at(r, i)->event;
        o->event = o->n == 0 || o->event == event ? event : 0;
        o->n++;
    }
    return outcomes;
}

static gboolean is_as_before(im_regroup *r, const outcome *o)
{
    const fate *f = o->event ? fate_of(r, o->event) : NULL;
    return f && !f->has_lost && o->n == f->n;
}

/* Finds the events of what takes part. */
static void find_events(im_regroup *r)
{
    g_autoptr(GArray) briefs = im_briefs_of(r->records);
    g_autofree guint8 *part = g_new(guint8, r->known->len + 1);
    for (guint i = 0; i < r->known->len; i++)
        part[i] = r->has_all || takes_part(r, known_at(r, i));
    g_free(r->event);
    r->event = im_events_find(briefs, r->known->len, part, NULL);
    for (guint i = 0; i < r->known->len; i++)
        if (!part[i])
            r->event[i] = IM_NO_EVENT;
}

/* Touches the events that did not come out as they were. @return whether there was another one */
static gboolean touch_changed(im_regroup *r)
{
    g_autofree outcome *outcomes = outcomes_of(r);
    gboolean any = FALSE;
    for (guint i = 0; i < r->known->len; i++) {
        const known *k = known_at(r, i);
        if (r->event[i] == IM_NO_EVENT || is_touched(r, k) ||
            is_as_before(r, &outcomes[r->event[i]]))
            continue;
        any = fate_of(r, k->event)->is_touched = TRUE;
    }
    return any;
}

gboolean im_regroup_run(im_regroup *r, im_regroup_load load, gpointer data, GError **error)
{
    const loader l = {load, data, error};
    r->has_all = load == NULL;
    if (load && (!load_events(r, &l) || !load_change(r, &l)))
        return FALSE;
    do {
        if (load && reach_out(r) && !load_events(r, &l))
            return FALSE;
        find_events(r);
    } while (load && touch_changed(r));
    return TRUE;
}

/* ---- the result ---- */

static void list_ended(im_regroup *r, GArray *ended)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, r->events);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const fate *f = value;
        if ((f->is_touched || r->has_all) && !f->is_kept)
            g_array_append_val(ended, f->event);
    }
}

/* Leaves of the events those that are new. @return how many records are of one */
static guint leave_new(im_regroup *r)
{
    g_autofree outcome *outcomes = outcomes_of(r);
    guint n = 0;
    for (guint i = 0; i < r->known->len; i++) {
        if (r->event[i] == IM_NO_EVENT)
            continue;
        const outcome *o = &outcomes[r->event[i]];
        if (!is_as_before(r, o)) {
            n++;
            continue;
        }
        fate_of(r, o->event)->is_kept = TRUE;
        r->event[i] = IM_NO_EVENT;
    }
    return n;
}

im_regrouped im_regroup_take(im_regroup *r)
{
    const guint n = leave_new(r), n_records = r->records->len;
    im_regrouped out = {g_array_new(FALSE, FALSE, sizeof(gint64)), NULL,
                        g_array_sized_new(FALSE, FALSE, sizeof(im_member), n)};
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    list_ended(r, out.ended);
    im_finishing *finishing = im_finishing_begin();
    out.incidents = im_events_fold(r->records, r->event, n_records, finishing, numbers);
    im_finishing_drop(finishing);
    g_ptr_array_set_free_func(out.incidents, (GDestroyNotify)im_incident_free);
    g_autofree guint *place = g_new(guint, n_records + 1);
    for (guint i = 0; i < numbers->len; i++)
        place[g_array_index(numbers, guint, i)] = i;
    for (guint i = 0; i < n_records; i++) {
        if (r->event[i] == IM_NO_EVENT)
            continue;
        const im_member m = {known_at(r, i)->row, place[r->event[i]]};
        g_array_append_val(out.members, m);
        r->records->pdata[i] = NULL; /* the incident has it */
    }
    return out;
}

void im_regrouped_clear(im_regrouped *regrouped)
{
    g_array_unref(regrouped->ended);
    g_ptr_array_unref(regrouped->incidents);
    g_array_unref(regrouped->members);
}

GPtrArray *im_events_gather(const GPtrArray *singles, const guint *event, guint n_events,
                            char **ids)
{
    im_finishing *finishing = im_finishing_begin();
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GPtrArray) made = im_events_fold(singles, event, n_events, finishing, numbers);
    GPtrArray *sorted = g_ptr_array_copy(made, NULL, NULL);
    g_ptr_array_set_free_func(sorted, (GDestroyNotify)im_incident_free);
    im_finishing_end(finishing, sorted);
    for (guint i = 0; ids && i < made->len; i++) {
        im_incident *r = made->pdata[i];
        char **id = &ids[g_array_index(numbers, guint, i)];
        if (!*id) {
            *id = g_strdup(r->id);
            continue;
        }
        g_free(r->id);
        r->id = g_strdup(*id);
    }
    im_incidents_set_parents(made);
    return sorted;
}
