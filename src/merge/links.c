/* Which records may tell of one event, and how surely: pairs that are near each other in place, date and
 * kind, found without looking at all pairs. */
#include "merge/priv.h"

#include "base/hash.h"
#include "incident/kinship.h"

#include <math.h>
#include <string.h>

enum { DATE_SLACK_DAYS = 1, TOWN_KM = 12, REACH_KM = 30 };

/* Of one place and day more are not looked at: keeps the cost linear when a thousand copies of one
 * story come in. */
enum { MOST_CANDIDATES = 256 };

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
    double reach = MAX(TOWN_KM, MIN(MAX(a->radius_km, b->radius_km), REACH_KM));
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

im_link_score im_link_scores(const im_incident *a, const im_incident *b)
{
    im_link_score s = {0};
    if ((a->status == IM_STATUS_HISTORIC) != (b->status == IM_STATUS_HISTORIC))
        return s;
    s.type = type_score(a, b);
    s.place = s.type > 0 ? place_score(a, b) : 0;
    s.date = s.place > 0 ? date_score(a, b) : 0;
    s.numbers = s.date > 0 ? number_score(a, b) : 0;
    s.all = s.type * s.place * s.date * s.numbers;
    return s;
}

gboolean im_share_report(const im_incident *a, const im_incident *b)
{
    for (guint i = 0; i < a->sources->len; i++)
        for (guint j = 0; j < b->sources->len; j++)
            if (strcmp(((im_source *)a->sources->pdata[i])->report,
                       ((im_source *)b->sources->pdata[j])->report) == 0)
                return TRUE;
    return FALSE;
}

/* ---- blocks ---- */

/* Cells of the unit sphere as wide as the reach: what is near lies in the same or the next. */
typedef struct cell {
    gint64 x, y, z;
} cell;

/* A record in a block: those of one key may tell of one event. Two blocks may have one key by chance,
 * which costs time only. */
typedef struct member {
    guint64 key;
    guint record;
    im_day date; /* the first of the record */
    gboolean by_name;
} member;

static guint64 mix_text(guint64 key, const char *text)
{
    return im_hash_chunk(key, text ? im_hash_word(text, strlen(text)) + 1u : 0);
}

/* What a record's kind may be told as: violence and raids are one family. */
static guint64 family_key(const im_incident *r)
{
    gboolean violent = im_incident_type_is_violent(r->type) || r->type == IM_INCIDENT_OPERATION;
    return mix_text(im_hash_chunk(1, violent ? 0 : (guint64)r->type), r->iso);
}

static guint64 name_key(const im_incident *r)
{
    guint64 key = mix_text(im_hash_chunk(family_key(r), 2), r->location);
    return is_area(r) ? im_hash_chunk(key, (guint64)r->geo_level) : mix_text(key, r->admin1);
}

static cell cell_of(im_lonlat p)
{
    const double width = REACH_KM / 6371.0088 * 1.001, radian = G_PI / 180;
    double lon = p.lon_deg * radian, lat = p.lat_deg * radian;
    return (cell){(gint64)floor(cos(lat) * cos(lon) / width),
                  (gint64)floor(cos(lat) * sin(lon) / width), (gint64)floor(sin(lat) / width)};
}

static guint64 cell_key(guint64 family, cell c)
{
    guint64 key = im_hash_chunk(im_hash_chunk(family, 3), (guint64)c.x);
    return im_hash_chunk(im_hash_chunk(key, (guint64)c.y), (guint64)c.z);
}

static int by_key(const void *x, const void *y)
{
    const member *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->record < b->record ? -1 : a->record > b->record;
}

/* The blocks of all records: each by its name where names decide, else by its cell. GArray of member,
 * sorted. */
static GArray *make_blocks(const GPtrArray *sorted)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(member));
    gboolean any_nowhere = FALSE;
    for (guint i = 0; i < sorted->len; i++) {
        const im_incident *r = sorted->pdata[i];
        any_nowhere = any_nowhere || (!is_area(r) && !r->has_geometry);
    }
    for (guint i = 0; i < sorted->len; i++) {
        const im_incident *r = sorted->pdata[i];
        member m = {.record = i, .date = r->date_start};
        if (is_area(r) || any_nowhere) {
            m.key = name_key(r);
            m.by_name = TRUE;
            g_array_append_val(members, m);
        }
        if (is_area(r) || !r->has_geometry)
            continue;
        m.key = cell_key(family_key(r), cell_of(r->position));
        m.by_name = FALSE;
        g_array_append_val(members, m);
    }
    g_array_sort(members, by_key);
    return members;
}

/* Where each block begins, by its key: an open-addressing table, for most neighbours of a cell are empty. */
typedef struct block_index {
    guint32 *slots; /* 1 + the first member; 0 for none */
    guint32 mask;
} block_index;

static block_index index_blocks(const GArray *members)
{
    guint32 size = 16;
    while (size < 2 * members->len)
        size *= 2;
    block_index index = {g_new0(guint32, size), size - 1};
    for (guint i = 0; i < members->len; i++) {
        const guint64 key = g_array_index(members, member, i).key;
        if (i > 0 && key == g_array_index(members, member, i - 1).key)
            continue;
        guint32 at = (guint32)(key >> 32) & index.mask;
        while (index.slots[at])
            at = (at + 1) & index.mask;
        index.slots[at] = i + 1;
    }
    return index;
}

/* What is needed to look for the links of records. */
typedef struct search {
    const GPtrArray *sorted; /* by date, undated last */
    const GArray *members;
    block_index index;
    guint first_undated;
    GArray *links;
} search;

/* The blocks around that of a record: its own and its neighbours that are not empty. The records of a block
 * stand together and share them. */
typedef struct around {
    guint64 family;
    cell centre;
    guint n, starts[27];
} around;

static const member *member_at(const search *s, guint at)
{
    return &g_array_index(s->members, member, at);
}

/* The first member of a block; the number of all where there is none. */
static guint block_start(const search *s, guint64 key)
{
    for (guint32 at = (guint32)(key >> 32) & s->index.mask; s->index.slots[at];
         at = (at + 1) & s->index.mask)
        if (member_at(s, s->index.slots[at] - 1)->key == key)
            return s->index.slots[at] - 1;
    return s->members->len;
}

static void look_around(const search *s, around *a)
{
    const cell c = a->centre;
    a->n = 0;
    for (gint64 x = c.x - 1; x <= c.x + 1; x++)
        for (gint64 y = c.y - 1; y <= c.y + 1; y++)
            for (gint64 z = c.z - 1; z <= c.z + 1; z++) {
                guint start = block_start(s, cell_key(a->family, (cell){x, y, z}));
                if (start < s->members->len)
                    a->starts[a->n++] = start;
            }
}

/* The first member from `low` on that is not before (key, record). */
static guint first_from(const GArray *members, guint low, guint64 key, guint record)
{
    const member least = {.key = key, .record = record};
    guint step = 1, high = low;
    while (high < members->len && by_key(&g_array_index(members, member, high), &least) < 0) {
        low = high + 1; /* gallops: blocks are short */
        high += step;
        step *= 2;
    }
    high = MIN(high, members->len);
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (by_key(&g_array_index(members, member, middle), &least) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Links record `i` with the later ones of a block, from `from` on, as long as they are near in time. */
static void link_from(const search *s, guint i, guint64 key, guint from)
{
    const im_incident *a = s->sorted->pdata[i];
    guint end = MIN(s->members->len, from + MOST_CANDIDATES);
    for (guint at = from; at < end; at++) {
        const member *m = member_at(s, at);
        if (m->key != key || (a->date_start != IM_DAY_NONE && m->date != IM_DAY_NONE &&
                              m->date > a->date_end + DATE_SLACK_DAYS))
            return;
        const im_incident *b = s->sorted->pdata[m->record];
        im_link found = {i, m->record, im_link_scores(a, b).all};
        if (found.score >= IM_LEAST_LINK && !im_share_report(a, b))
            g_array_append_val(s->links, found);
    }
}

static void link_in_block(const search *s, guint i, guint start)
{
    const guint64 key = member_at(s, start)->key;
    link_from(s, i, key, first_from(s->members, start, key, i + 1));
    if (i + 1 < s->first_undated && s->first_undated < s->sorted->len)
        link_from(s, i, key,
                  first_from(s->members, start, key, s->first_undated)); /* those stand last */
}

static gboolean is_same_cell(cell a, cell b)
{
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/* Links a member with the later ones of its block and, when that is a cell, of the cells around. */
static void link_member(const search *s, guint at, around *near)
{
    const member *m = member_at(s, at);
    if (m->by_name) {
        link_in_block(s, m->record, at);
        return;
    }
    const im_incident *r = s->sorted->pdata[m->record];
    const guint64 family = family_key(r);
    const cell c = cell_of(r->position);
    if (near->n == 0 || near->family != family || !is_same_cell(near->centre, c)) {
        near->family = family;
        near->centre = c;
        look_around(s, near);
    }
    for (guint k = 0; k < near->n; k++)
        link_in_block(s, m->record, near->starts[k]);
}

static int surest_first(const void *x, const void *y)
{
    const im_link *a = x, *b = y;
    if (a->score > b->score || a->score < b->score)
        return a->score > b->score ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* A pair that was found in two blocks, or twice in one, is one link. */
static void drop_doubles(GArray *links)
{
    guint kept = 0;
    for (guint i = 0; i < links->len; i++) {
        const im_link *l = &g_array_index(links, im_link, i);
        const im_link *last = kept ? &g_array_index(links, im_link, kept - 1) : NULL;
        if (!last || last->a != l->a || last->b != l->b)
            g_array_index(links, im_link, kept++) = *l;
    }
    g_array_set_size(links, kept);
}

GArray *im_links_find(const GPtrArray *sorted)
{
    g_autoptr(GArray) members = make_blocks(sorted);
    search s = {sorted, members, index_blocks(members), sorted->len,
                g_array_new(FALSE, FALSE, sizeof(im_link))};
    around near = {0};
    while (s.first_undated > 0 &&
           ((im_incident *)sorted->pdata[s.first_undated - 1])->date_start == IM_DAY_NONE)
        s.first_undated--;
    for (guint at = 0; at < members->len; at++)
        link_member(&s, at, &near);
    g_free(s.index.slots);
    g_array_sort(s.links, surest_first);
    drop_doubles(s.links);
    return s.links;
}
