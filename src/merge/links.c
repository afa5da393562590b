/* Which records may tell of one event: pairs that are near each other in place, date and kind, found
 * without looking at all pairs. */
#include "merge/priv.h"

/* The last bit of the block of a name, of records at a position. */
static const guint64 POSITIONED = 1;

/* A record in a block: those of one block may tell of one event. */
typedef struct member {
    guint64 block;
    im_day start;
    guint brief;
} member;

/* Where the members of a block are. */
typedef struct block {
    guint64 key;
    guint first, undated, end;
} block;

/* What is needed to look for links. */
typedef struct search {
    const GArray *briefs;
    const GArray *members; /* sorted */
    GArray *links;
} search;

static const im_brief *brief_at(const search *s, guint at)
{
    return &g_array_index(s->briefs, im_brief, at);
}

static const member *member_at(const search *s, guint at)
{
    return &g_array_index(s->members, member, at);
}

/* Order within a block. */
static int by_start(const member *a, const member *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->brief < b->brief ? -1 : a->brief > b->brief;
}

static int by_block(const void *x, const void *y)
{
    const member *a = x, *b = y;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    return by_start(a, b);
}

/* GArray of block, sorted by their keys. */
static GArray *find_blocks(const search *s)
{
    GArray *blocks = g_array_new(FALSE, FALSE, sizeof(block));
    for (guint i = 0; i < s->members->len;) {
        block b = {member_at(s, i)->block, i, i, i};
        for (; b.end < s->members->len && member_at(s, b.end)->block == b.key; b.end++)
            b.undated += member_at(s, b.end)->start != IM_UNDATED;
        g_array_append_val(blocks, b);
        i = b.end;
    }
    return blocks;
}

/* Links a record with those of a block from `from` on, as long as they are near in time. */
static void link_record(const search *s, const member *m, guint from, guint end)
{
    const im_brief *a = brief_at(s, m->brief);
    end = MIN(end, from + IM_MOST_CANDIDATES);
    for (guint at = from; at < end; at++) {
        const member *later = member_at(s, at);
        if (a->start != IM_UNDATED && later->start > a->end + IM_DATE_SLACK_DAYS)
            return;
        const im_brief *b = brief_at(s, later->brief);
        im_link found = {m->brief, later->brief, im_link_scores(a, b).all};
        if (found.score >= IM_LEAST_LINK && !im_share_report(a, b))
            g_array_append_val(s->links, found);
    }
}

/* Links the records of a block with the later ones of another, or of the same. */
static void link_blocks(const search *s, const block *of, const block *with)
{
    guint later = with->first;
    for (guint at = of->first; at < of->end; at++) {
        const member *m = member_at(s, at);
        while (later < with->end && by_start(member_at(s, later), m) <= 0)
            later++;
        link_record(s, m, later, with->end);
        if (m->start != IM_UNDATED)
            link_record(s, m, with->undated, with->end);
    }
}

/* Cells are sorted by column, row and layer: those upon each other stand side by side. Of the nine columns about
 * a cell four are behind it; those before it have met it already. */
static const gint64 ROW = (gint64)1 << IM_CELL_BITS, COLUMN = (gint64)1 << 2 * IM_CELL_BITS;
static const gint64 columns_behind[] = {ROW, COLUMN - ROW, COLUMN, COLUMN + ROW};

static const block *block_at(const GArray *blocks, guint at)
{
    return at < blocks->len ? &g_array_index(blocks, block, at) : NULL;
}

static void link_both_ways(const search *s, const block *a, const block *b)
{
    link_blocks(s, a, b);
    link_blocks(s, b, a);
}

/* Links a cell with those behind it. In each column a finger goes along the array, always forward, as the
 * cell does. */
static void link_around(const search *s, const GArray *blocks, guint cell, guint *fingers)
{
    const block *c = block_at(blocks, cell), *above = block_at(blocks, cell + 1), *b;
    if (above && above->key == c->key + 1)
        link_both_ways(s, c, above);
    for (guint i = 0; i < G_N_ELEMENTS(columns_behind); i++) {
        const guint64 middle = c->key + (guint64)columns_behind[i];
        while ((b = block_at(blocks, fingers[i])) && b->key < middle - 1)
            fingers[i]++;
        for (guint at = fingers[i]; (b = block_at(blocks, at)) && b->key <= middle + 1; at++)
            link_both_ways(s, c, b);
    }
}

static void link_all(const search *s)
{
    g_autoptr(GArray) blocks = find_blocks(s);
    guint fingers[G_N_ELEMENTS(columns_behind)] = {0};
    for (guint i = 0; i < blocks->len; i++) {
        const block *b = block_at(blocks, i);
        link_blocks(s, b, b);
        if (!(b->key & IM_NAME_BLOCK))
            link_around(s, blocks, i, fingers);
    }
}

/* Links records within their blocks and with those of the cells around. */
static void link_by_block(const GArray *briefs, GArray *links)
{
    g_autoptr(GArray) members = g_array_sized_new(FALSE, FALSE, sizeof(member), briefs->len);
    for (guint i = 0; i < briefs->len; i++) {
        const im_brief *b = &g_array_index(briefs, im_brief, i);
        const member m = {b->block, b->start, i};
        g_array_append_val(members, m);
    }
    link_all(&(search){briefs, members, links});
}

/* Records with a name and no position may tell what one at a position of that name does. The blocks of a name
 * are two that follow each other: those without, which have met among themselves, and those with a position. */
static void link_by_name(const GArray *briefs, GArray *links)
{
    gboolean any_nowhere = FALSE;
    for (guint i = 0; i < briefs->len && !any_nowhere; i++)
        any_nowhere = im_brief_is_nowhere(&g_array_index(briefs, im_brief, i));
    if (!any_nowhere)
        return;
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(member));
    for (guint i = 0; i < briefs->len; i++) {
        const im_brief *b = &g_array_index(briefs, im_brief, i);
        const member m = {(im_brief_name_block(b) & ~POSITIONED) |
                              (b->has_geometry ? POSITIONED : 0),
                          b->start, i};
        if (!im_brief_is_area(b))
            g_array_append_val(members, m);
    }
    g_array_sort(members, by_block);
    const search s = {briefs, members, links};
    g_autoptr(GArray) blocks = find_blocks(&s);
    for (guint i = 0; i + 1 < blocks->len; i++) {
        const block *b = block_at(blocks, i), *next = block_at(blocks, i + 1);
        if (!(b->key & POSITIONED) && next->key == (b->key | POSITIONED))
            link_both_ways(&s, b, next);
    }
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

GArray *im_links_find(const GArray *briefs)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(im_link));
    link_by_block(briefs, links);
    link_by_name(briefs, links);
    g_array_sort(links, surest_first);
    return links;
}
