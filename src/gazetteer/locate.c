/* Names as people type them → places, best first. */
#include "gazetteer/locate.h"

#include "gazetteer/ahead.h"
#include "gazetteer/similar.h"

#include <string.h>

enum { DEFAULT_LIMIT = 10, AT_ONCE = 32, FETCHED = 4 };

/* A name, and what its key alone gives. */
typedef struct query {
    im_name name;
    gsize key_len;
    guint32 hash;
    gaz_run run; /* of keys, in which it is if anywhere */
    const im_reading *readings;
    guint n_readings;
    char key[IM_KEY_MAX_BYTES + 1];
} query;

struct im_locator {
    const im_gazetteer *g;
    im_ranking ranking;
    gboolean fuzzy;
    guint limit;
    im_conditions conditions;
    guint container_edits; /* of the names of those that are not given */
    guint n_given;         /* conditions that hold for every name */
    GArray *found;         /* im_located, of all names so far */
    guint first;           /* where the answers for the name at hand begin */
    guint room;            /* how many are kept while they come */
    GArray *similar;       /* gaz_similar */
    query queries[AT_ONCE];
};

static im_name name_of(const char *text)
{
    return (im_name){text, strlen(text)};
}

/* Whether no letter of the name is lower case. */
static gboolean is_capitals(const query *q)
{
    const char *end = q->name.text + q->name.len;
    for (const char *p = q->name.text; p < end; p = g_utf8_next_char(p))
        if (g_unichar_islower(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

/* Puts an answer where it belongs among those for the name at hand, once a place. Answers come
 * nearly in order, so that its place is near the end. */
static void keep(im_locator *l, const im_located *answer)
{
    im_located *all = &g_array_index(l->found, im_located, 0);
    guint at = l->found->len;
    for (guint i = l->first; i < at; i++)
        if (all[i].place == answer->place) {
            if (im_located_order(&all[i], answer) <= 0)
                return;
            g_array_remove_index(l->found, i);
            at--;
            break;
        }
    while (at > l->first && im_located_order(answer, &all[at - 1]) < 0)
        at--;
    if (at - l->first >= l->room)
        return;
    g_array_insert_val(l->found, at, *answer);
    if (l->found->len - l->first > l->room)
        g_array_set_size(l->found, l->first + l->room);
}

/* Whether no reading from this one of `p` on can be among the answers any more. */
static gboolean is_full(const im_locator *l, im_place_id id, const gaz_place *p, guint edits)
{
    if (l->found->len - l->first < l->room)
        return FALSE;
    im_located best = {
        .place = id, .edits = (guint8)edits, .score = im_ranking_most(&l->ranking, p, edits)};
    return im_located_order(&g_array_index(l->found, im_located, l->found->len - 1), &best) < 0;
}

/* @param edits  of the name alone */
static void add_readings(im_locator *l, const query *q, const im_reading *readings, guint n,
                         guint edits, gboolean likely)
{
    edits += l->container_edits;
    for (guint i = 0; i < n; i++) {
        const im_reading *r = &readings[i];
        if (r->kind == IM_NAME_DEMONYM || (r->flags & IM_NAME_CASE_SENSITIVE && !is_capitals(q)))
            continue;
        const gaz_place *p = &l->g->places[r->place];
        if (is_full(l, r->place, p, edits))
            return;
        if (!im_conditions_meet(&l->conditions, r->place))
            continue;
        im_located answer = {.place = r->place,
                             .name_kind = r->kind,
                             .edits = (guint8)edits,
                             .score = im_ranking_score(&l->ranking, p, r, edits, likely)};
        keep(l, &answer);
    }
}

/* The code first: no name weighs more, and what is kept once is not replaced. */
static void find_exact(im_locator *l, const query *q)
{
    im_place_id place = im_locate_code(l->g, q->name, FALSE);
    if (place != IM_PLACE_NONE)
        add_readings(l, q, &(im_reading){.place = place, .kind = IM_NAME_ABBR}, 1, 0, TRUE);
    add_readings(l, q, q->readings, q->n_readings, 0, TRUE);
}

/* The nearest names only: one edit, and where nothing is so near, two. */
static void find_similar(im_locator *l, const query *q)
{
    guint most = gaz_most_edits(q->key);
    l->room = G_MAXUINT;
    for (guint edits = 1; edits <= most && l->found->len == l->first; edits++) {
        g_array_set_size(l->similar, 0);
        gaz_find_similar(l->g, q->key, edits, l->similar);
        for (guint i = 0; i < l->similar->len; i++) {
            const gaz_similar *s = &g_array_index(l->similar, gaz_similar, i);
            guint n;
            const im_reading *readings = gaz_readings(l->g, s->key, &n);
            add_readings(l, q, readings, n, s->edits, s->likely);
        }
    }
}

/* A look-up in three steps; each asks memory for what the next one needs. */
static void begin_look_up(const im_gazetteer *g, im_name name, query *q)
{
    q->name = name;
    q->readings = NULL;
    q->n_readings = 0;
    q->key_len = im_gazetteer_key(name.text, name.len, q->key);
    q->hash = im_hash_name(q->key, q->key_len);
    __builtin_prefetch(g->key_index.buckets + gaz_bucket(q->hash, g->key_index.bits));
}

static void find_run(const im_gazetteer *g, query *q)
{
    q->run = gaz_run_of(&g->key_index, q->hash);
    __builtin_prefetch(g->keys + q->run.at);
    __builtin_prefetch(g->keys + q->run.end);
}

/* Keys of one hash are hardly ever two. */
static void find_candidate(const im_gazetteer *g, query *q)
{
    while (q->run.at < q->run.end && g->keys[q->run.at].hash != q->hash)
        q->run.at++;
    if (q->run.at == q->run.end)
        return;
    const gaz_key *key = &g->keys[q->run.at];
    __builtin_prefetch(gaz_text_at(g, key->text));
    __builtin_prefetch(g->readings + MIN(key->first, g->n_readings));
}

static void end_look_up(const im_gazetteer *g, query *q)
{
    for (guint32 key = q->run.at; key < q->run.end && !q->readings; key++)
        if (g->keys[key].hash == q->hash && strcmp(gaz_key_text(g, key), q->key) == 0)
            q->readings = gaz_readings(g, key, &q->n_readings);
    for (guint i = 0; i < MIN(q->n_readings, FETCHED); i++)
        im_gazetteer_place_ahead(g, q->readings[i].place);
}

static void look_up(const im_gazetteer *g, im_name name, query *q)
{
    begin_look_up(g, name, q);
    find_run(g, q);
    end_look_up(g, q);
}

static im_name trimmed(const char *text, const char *end)
{
    while (text < end && g_ascii_isspace(*text))
        text++;
    while (text < end && g_ascii_isspace(end[-1]))
        end--;
    return (im_name){text, (gsize)(end - text)};
}

/* `Tapalpa, Jalisco`: what stands behind the commas must hold it. @return the name before them */
static im_name split_name(im_locator *l, im_name name)
{
    const char *end = name.text + name.len, *comma = memchr(name.text, ',', name.len);
    im_name head = {name.text, comma ? (gsize)(comma - name.text) : name.len};
    while (comma) {
        const char *from = comma + 1;
        comma = memchr(from, ',', (gsize)(end - from));
        im_name container = trimmed(from, comma ? comma : end);
        if (container.len > 0)
            l->container_edits += im_conditions_add_container(&l->conditions, container, l->fuzzy);
    }
    return head;
}

static void find_parts(im_locator *l, const query *whole)
{
    query q;
    im_name head = split_name(l, whole->name);
    if (head.len < whole->name.len)
        look_up(l->g, head, &q);
    const query *first = head.len < whole->name.len ? &q : whole;
    find_exact(l, first);
    if (l->found->len == l->first && l->fuzzy)
        find_similar(l, first);
    im_conditions_truncate(&l->conditions, l->n_given);
    l->container_edits = 0;
}

static void find(im_locator *l, const query *q)
{
    l->first = l->found->len;
    l->room = l->limit;
    find_exact(l, q);
    if (l->found->len == l->first && q->name.len > 0 && q->name.len <= IM_NAME_MAX_BYTES &&
        (l->fuzzy || memchr(q->name.text, ',', q->name.len)))
        find_parts(l, q);
    if (l->found->len - l->first > l->limit)
        g_array_set_size(l->found, l->first + l->limit);
}

/* Step by step for all, so that what one step needs from memory comes while others are busy. */
static void find_some(im_locator *l, const im_name *names, guint n, im_answers *answers)
{
    for (guint i = 0; i < n; i++)
        begin_look_up(l->g, names[i], &l->queries[i]);
    for (guint i = 0; i < n; i++)
        find_run(l->g, &l->queries[i]);
    for (guint i = 0; i < n; i++)
        find_candidate(l->g, &l->queries[i]);
    for (guint i = 0; i < n; i++)
        end_look_up(l->g, &l->queries[i]);
    for (guint i = 0; i < n; i++) {
        find(l, &l->queries[i]);
        answers[i].n = l->found->len - l->first;
    }
}

void im_locator_find(im_locator *locator, const im_name *names, guint n, im_answers *answers)
{
    g_array_set_size(locator->found, 0);
    for (guint i = 0; i < n; i += AT_ONCE)
        find_some(locator, names + i, MIN(n - i, AT_ONCE), answers + i);
    const im_located *at = &g_array_index(locator->found, im_located, 0);
    for (guint i = 0; i < n; at += answers[i++].n)
        answers[i].places = at;
}

im_locator *im_locator_new(const im_gazetteer *gazetteer, const im_locate_options *options)
{
    static const im_locate_options none;
    options = options ? options : &none;
    im_locator *l = g_new0(im_locator, 1);
    l->g = gazetteer;
    l->fuzzy = options->fuzzy;
    l->limit = options->limit ? options->limit : DEFAULT_LIMIT;
    l->found = g_array_sized_new(FALSE, FALSE, sizeof(im_located), DEFAULT_LIMIT); /* never NULL */
    l->similar = g_array_new(FALSE, FALSE, sizeof(gaz_similar));
    im_ranking_init(&l->ranking, gazetteer, options->near);
    im_conditions_init(&l->conditions, gazetteer);
    if (options->country)
        im_conditions_add_given(&l->conditions, name_of(options->country), IM_PLACE_COUNTRY);
    if (options->admin1)
        im_conditions_add_given(&l->conditions, name_of(options->admin1), IM_PLACE_ADMIN1);
    l->n_given = l->conditions.sets->len;
    return l;
}

void im_locator_free(im_locator *locator)
{
    if (!locator)
        return;
    im_conditions_clear(&locator->conditions);
    g_array_unref(locator->found);
    g_array_unref(locator->similar);
    g_free(locator);
}

GArray *im_gazetteer_locate(const im_gazetteer *gazetteer, const char *name,
                            const im_locate_options *options)
{
    g_autoptr(im_locator) locator = im_locator_new(gazetteer, options);
    im_name asked = name_of(name);
    im_answers answers;
    im_locator_find(locator, &asked, 1, &answers);
    return g_array_ref(locator->found);
}
