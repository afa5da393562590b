#include "map/labels.h"

#include <math.h>
#include <string.h>

static const double LINE_HEIGHT = 1.08, FACT_HEIGHT = 1.2; /* of the size */

static const double BREAK_COST = 0.6;

/* Between labels; beside each other they would read as one. */
static const double LABEL_GAP_PX = 2, WORD_GAP_PX = 5;

enum { ROUNDS = 12 };

static void variant_clear(gpointer data)
{
    im_variant *variant = data;
    for (guint i = 0; i < variant->n_lines; i++)
        g_free(variant->lines[i]);
}

/* @param n_facts  of the `n` lines, the last ones */
static void add_variant(im_label *label, char **lines, guint n, guint n_facts)
{
    im_variant variant = {.n_lines = (guint8)n, .n_facts = (guint8)n_facts};
    for (guint i = 0; i < n; i++) {
        variant.lines[i] = g_strdup(lines[i]);
        im_text_size size =
            im_fonts_measure(lines[i], i + n_facts < n ? &label->style : &label->fact_style);
        if (i == 0)
            variant.size = size;
        variant.size.width_px = MAX(variant.size.width_px, size.width_px);
    }
    g_array_append_val(label->variants, variant);
}

im_label *im_label_new(const char *cls, const char *text, const im_text_style *style,
                       double priority)
{
    im_label *label = g_new0(im_label, 1);
    label->cls = cls;
    label->style = *style;
    label->priority = priority;
    label->chosen = -1;
    label->variants = g_array_new(FALSE, FALSE, sizeof(im_variant));
    g_array_set_clear_func(label->variants, variant_clear);
    label->candidates = g_array_new(FALSE, FALSE, sizeof(im_candidate));
    char *line = (char *)text;
    add_variant(label, &line, 1, 0);
    return label;
}

void im_label_free(im_label *label)
{
    if (!label)
        return;
    g_array_unref(label->variants);
    g_array_unref(label->candidates);
    g_free(label);
}

const char *im_label_text(const im_label *label)
{
    return g_array_index(label->variants, im_variant, 0).lines[0];
}

/* Joins words to `n` lines whose longest is as short as can be; FALSE when there are too few. */
static gboolean break_words(char **words, guint n_words, guint n, char *lines[])
{
    if (n_words < n)
        return FALSE;
    gsize best = G_MAXSIZE;
    guint cuts = n == 2 ? n_words : n_words * n_words;
    guint best_cut = 0;
    for (guint c = 0; c < cuts; c++) {
        guint a = c % n_words, b = n == 2 ? n_words : c / n_words;
        if (a == 0 || (n == 3 && (b <= a || b == n_words)))
            continue;
        gsize lengths[3] = {0};
        for (guint w = 0; w < n_words; w++)
            lengths[w < a ? 0 : w < b ? 1 : 2] += (gsize)g_utf8_strlen(words[w], -1) + 1;
        gsize longest = MAX(MAX(lengths[0], lengths[1]), lengths[2]);
        if (longest < best) {
            best = longest;
            best_cut = c;
        }
    }
    guint a = best_cut % n_words, b = n == 2 ? n_words : best_cut / n_words;
    guint ends[] = {a, b, n_words};
    for (guint i = 0, w = 0; i < n; i++) {
        GString *line = g_string_new(NULL);
        for (; w < ends[i]; w++)
            g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", words[w]);
        lines[i] = g_string_free(line, FALSE);
    }
    return TRUE;
}

void im_label_break(im_label *label)
{
    enum {
        MOST_WORDS = 24
    }; /* three lines of more have no room anywhere, and trying all takes long */
    g_auto(GStrv) words = g_strsplit(im_label_text(label), " ", -1);
    guint n_words = g_strv_length(words);
    for (guint n = 2; n <= IM_LABEL_MOST_LINES && n_words <= MOST_WORDS; n++) {
        char *lines[IM_LABEL_MOST_LINES] = {NULL};
        if (!break_words(words, n_words, n, lines))
            break;
        add_variant(label, lines, n, 0);
        for (guint i = 0; i < n; i++)
            g_free(lines[i]);
    }
}

guint im_label_shorten(im_label *label, const char *text)
{
    char *line = (char *)text;
    add_variant(label, &line, 1, 0);
    return label->variants->len - 1;
}

guint im_label_add_fact(im_label *label, const char *fact, const im_text_style *style, double worth,
                        double width)
{
    g_auto(GStrv) words = g_strsplit(fact, " ", -1);
    const guint n_words = g_strv_length(words);
    label->fact_style = *style;
    for (guint n = 1; n < IM_LABEL_MOST_LINES; n++) {
        char *lines[IM_LABEL_MOST_LINES] = {(char *)im_label_text(label)};
        gboolean fits = n == 1 || break_words(words, n_words, n, lines + 1);
        if (n == 1)
            lines[1] = g_strdup(fact);
        for (guint i = 1; i <= n && fits; i++)
            fits = (double)im_fonts_measure(lines[i], style).width_px <= width;
        if (fits) {
            label->fact_worth = worth;
            add_variant(label, lines, n + 1, n);
        }
        for (guint i = 1; i <= n; i++)
            g_free(lines[i]);
        if (fits)
            return label->variants->len - 1;
    }
    return 0;
}

static const im_text_style *style_of_line(const im_label *label, const im_variant *v, guint line)
{
    return line + v->n_facts < v->n_lines ? &label->style : &label->fact_style;
}

/* From the top of a variant to the baseline of one of its lines. */
static double baseline_of(const im_label *label, const im_variant *v, guint line)
{
    double y = (double)v->size.cap_px;
    for (guint i = 1; i <= line; i++)
        y += (i + v->n_facts < v->n_lines ? LINE_HEIGHT * (double)label->style.size_px
                                          : FACT_HEIGHT * (double)label->fact_style.size_px);
    return y;
}

im_xy im_variant_extent(const im_label *label, guint variant)
{
    const im_variant *v = &g_array_index(label->variants, im_variant, variant);
    const guint last = v->n_lines - 1u;
    return (im_xy){(double)v->size.width_px + 2,
                   baseline_of(label, v, last) +
                       0.22 * (double)style_of_line(label, v, last)->size_px};
}

im_candidate *im_label_add(im_label *label, guint variant, im_xy corner, im_anchor anchor,
                           double cost)
{
    im_xy extent = im_variant_extent(label, variant);
    const im_variant *v = &g_array_index(label->variants, im_variant, variant);
    im_candidate c = {.box = {corner.x, corner.y, corner.x + extent.x, corner.y + extent.y},
                      .n_lines = v->n_lines,
                      .anchor = anchor,
                      .cost = cost + (v->n_facts ? 0 : BREAK_COST * variant + label->fact_worth),
                      .variant = (guint8)variant};
    g_array_append_val(label->candidates, c);
    return &g_array_index(label->candidates, im_candidate, label->candidates->len - 1);
}

void im_label_add_turned(im_label *label, guint variant, im_xy middle, double angle_deg,
                         double cost)
{
    const im_xy extent = im_variant_extent(label, variant),
                corner = {middle.x - extent.x / 2, middle.y - extent.y / 2};
    im_candidate *c = im_label_add(label, variant, corner, IM_ANCHOR_MIDDLE, cost);
    if (angle_deg == 0)
        return;
    const im_tilted shape = im_tilted_about(&c->box, middle, angle_deg);
    c->angle_deg = (float)angle_deg;
    c->length_px = (float)extent.x;
    c->height_px = (float)extent.y;
    c->box = im_tilted_bounds(&shape);
}

im_tilted im_candidate_shape(const im_candidate *c)
{
    im_tilted shape = im_tilted_level(&c->box);
    if (c->angle_deg != 0) {
        shape.half = (im_xy){(double)c->length_px / 2, (double)c->height_px / 2};
        shape.along = im_direction((double)c->angle_deg);
    }
    return shape;
}

/* @param gap  what has to be between them */
static gboolean overlaps(const im_box *a, const im_box *b, double gap)
{
    return a->min_x < b->max_x + gap && b->min_x < a->max_x + gap && a->min_y < b->max_y + gap &&
           b->min_y < a->max_y + gap;
}

static gboolean are_close(const im_box *a, const im_box *b)
{
    return a->min_x < b->max_x + WORD_GAP_PX && b->min_x < a->max_x + WORD_GAP_PX &&
           a->min_y < b->max_y + LABEL_GAP_PX && b->min_y < a->max_y + LABEL_GAP_PX;
}

static gboolean leader_meets(const im_candidate *c, const im_box *box)
{
    im_box wider = {box->min_x - 1, box->min_y - 1, box->max_x + 1, box->max_y + 1};
    return c->is_led && im_segment_meets_box(c->leader, &wider);
}

/* Of two of which at least one is not level. Each keeps its half of the gap, along its own lines. */
static gboolean turned_conflict(const im_candidate *a, const im_candidate *b)
{
    const im_tilted s = im_candidate_shape(a), t = im_candidate_shape(b),
                    wide_s = im_tilted_grown(s, WORD_GAP_PX / 2, LABEL_GAP_PX / 2),
                    wide_t = im_tilted_grown(t, WORD_GAP_PX / 2, LABEL_GAP_PX / 2),
                    near_s = im_tilted_grown(s, 1, 1), near_t = im_tilted_grown(t, 1, 1);
    return im_tilted_overlap(&wide_s, &wide_t) ||
           (a->is_led && im_tilted_meets_line(&near_t, a->leader)) ||
           (b->is_led && im_tilted_meets_line(&near_s, b->leader));
}

static gboolean conflict(const im_candidate *a, const im_candidate *b)
{
    if (!overlaps(&a->reach, &b->reach, WORD_GAP_PX))
        return FALSE;
    if (a->angle_deg != 0 || b->angle_deg != 0)
        return turned_conflict(a, b);
    return are_close(&a->box, &b->box) || leader_meets(a, &b->box) || leader_meets(b, &a->box) ||
           (a->is_led && b->is_led && im_segments_cross(a->leader, b->leader));
}

static gboolean text_overlaps(const im_candidate *c, const im_box *box)
{
    if (!overlaps(&c->box, box, 0) || c->angle_deg == 0)
        return overlaps(&c->box, box, 0);
    const im_tilted text = im_candidate_shape(c), other = im_tilted_level(box);
    return im_tilted_overlap(&text, &other);
}

static gboolean is_possible(const im_candidate *c, const GArray *obstacles, const im_box *bounds)
{
    if (c->box.min_x < bounds->min_x || c->box.max_x > bounds->max_x ||
        c->box.min_y < bounds->min_y || c->box.max_y > bounds->max_y)
        return FALSE;
    for (guint i = 0; i < obstacles->len; i++) {
        const im_box *box = &g_array_index(obstacles, im_box, i);
        if (!overlaps(&c->reach, box, 1))
            continue;
        if (text_overlaps(c, box))
            return FALSE;
        /* A leader begins inside the body that it belongs to. */
        static const double ROUNDING_PX = 0.01;
        gboolean own = c->leader[0].x >= box->min_x - ROUNDING_PX &&
                       c->leader[0].x <= box->max_x + ROUNDING_PX &&
                       c->leader[0].y >= box->min_y - ROUNDING_PX &&
                       c->leader[0].y <= box->max_y + ROUNDING_PX;
        if (c->is_led && !own && leader_meets(c, box))
            return FALSE;
    }
    return TRUE;
}

static im_box joined(im_box a, const im_box *b)
{
    return (im_box){MIN(a.min_x, b->min_x), MIN(a.min_y, b->min_y), MAX(a.max_x, b->max_x),
                    MAX(a.max_y, b->max_y)};
}

/* Around all of a label's candidates and their leaders. */
static im_box reach_of(const im_label *label)
{
    im_box reach = IM_BOX_EMPTY;
    for (guint i = 0; i < label->candidates->len; i++)
        reach = joined(reach, &g_array_index(label->candidates, im_candidate, i).reach);
    return reach;
}

static void find_reaches(im_label *label)
{
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate *c = &g_array_index(label->candidates, im_candidate, i);
        c->reach = c->box;
        for (guint k = 0; k < 2 && c->is_led; k++)
            im_box_add(&c->reach, c->leader[k]);
    }
}

static void drop_impossible(im_label *label, const GArray *obstacles, const im_box *bounds)
{
    find_reaches(label);
    im_box reach = reach_of(label);
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(im_box));
    for (guint i = 0; i < obstacles->len; i++) {
        im_box box = g_array_index(obstacles, im_box, i);
        if (im_box_intersects(&box, &reach))
            g_array_append_val(near, box);
    }
    guint kept = 0;
    for (guint i = 0; i < label->candidates->len; i++) {
        im_candidate c = g_array_index(label->candidates, im_candidate, i);
        if (is_possible(&c, near, bounds))
            g_array_index(label->candidates, im_candidate, kept++) = c;
    }
    g_array_set_size(label->candidates, kept);
}

static const im_candidate *candidate(const im_label *label, int i)
{
    return &g_array_index(label->candidates, im_candidate, i);
}

static double current_cost(const im_label *label)
{
    return label->chosen < 0 ? label->priority : candidate(label, label->chosen)->cost;
}

/* The labels whose candidates may meet those of a label. */
typedef struct neighbours {
    im_box *reach;  /* of each label: around all of its candidates */
    double *floors; /* of each label: what its cheapest candidate costs, or to leave it out */
    GArray **lists; /* of guint, for each label */
    guint n;
} neighbours;

static double floor_of(const im_label *label)
{
    double least = label->priority;
    for (guint c = 0; c < label->candidates->len; c++)
        least = MIN(least, candidate(label, (int)c)->cost);
    return least;
}

static void neighbours_init(neighbours *near, const GPtrArray *labels)
{
    near->n = labels->len;
    near->reach = g_new(im_box, labels->len + 1);
    near->floors = g_new(double, labels->len + 1);
    near->lists = g_new(GArray *, labels->len + 1);
    for (guint i = 0; i < labels->len; i++) {
        const im_box reach = reach_of(g_ptr_array_index(labels, i));
        near->reach[i] = (im_box){reach.min_x - WORD_GAP_PX, reach.min_y - LABEL_GAP_PX,
                                  reach.max_x + WORD_GAP_PX, reach.max_y + LABEL_GAP_PX};
        near->floors[i] = floor_of(g_ptr_array_index(labels, i));
        near->lists[i] = g_array_new(FALSE, FALSE, sizeof(guint));
    }
    for (guint i = 0; i < labels->len; i++)
        for (guint k = 0; k < labels->len; k++)
            if (i != k && im_box_intersects(&near->reach[i], &near->reach[k]))
                g_array_append_val(near->lists[i], k);
}

static void neighbours_clear(neighbours *near)
{
    for (guint i = 0; i < near->n; i++)
        g_array_unref(near->lists[i]);
    g_free(near->lists);
    g_free(near->floors);
    g_free(near->reach);
}

/* The cheapest candidate of label `i` that conflicts with no chosen one but that of `except`, and
 * not with `against`; -1 when there is none cheaper than leaving it out. */
static int cheapest_free(const GPtrArray *labels, const neighbours *near, guint i, guint except,
                         const im_candidate *against, double *cost)
{
    const im_label *label = g_ptr_array_index(labels, i);
    int best = -1;
    *cost = label->priority;
    for (guint c = 0; c < label->candidates->len; c++) {
        const im_candidate *mine = candidate(label, (int)c);
        if (mine->cost >= *cost || (against && conflict(mine, against)))
            continue;
        gboolean fine = TRUE;
        for (guint k = 0; fine && k < near->lists[i]->len; k++) {
            guint other = g_array_index(near->lists[i], guint, k);
            const im_label *o = g_ptr_array_index(labels, other);
            fine = other == except || o->chosen < 0 || !conflict(mine, candidate(o, o->chosen));
        }
        if (fine) {
            best = (int)c;
            *cost = mine->cost;
        }
    }
    return best;
}

/* What a label would gain at its cheapest place. */
static double slack_of(const neighbours *near, const GPtrArray *labels, guint i)
{
    return current_cost(g_ptr_array_index(labels, i)) - near->floors[i];
}

/* The most that a label which makes room for `i` would gain. */
static double most_slack(const GPtrArray *labels, const neighbours *near, guint i)
{
    double most = 0;
    for (guint k = 0; k < near->lists[i]->len; k++)
        most = MAX(most, slack_of(near, labels, g_array_index(near->lists[i], guint, k)));
    return most;
}

/* What it would cost to give label `i` its candidate `c`: the labels in its way move aside or go.
 * Only one may have to, lest moves chase each other.
 * @param best  less than this gain need not be known exactly
 * @return      the gain; `*moved`, `*to` say who */
static double gain_of(GPtrArray *labels, const neighbours *near, guint i, int c, double best,
                      guint *moved, int *to)
{
    const im_label *label = g_ptr_array_index(labels, i);
    const im_candidate *mine = candidate(label, c);
    *moved = G_MAXUINT;
    for (guint k = 0; k < near->lists[i]->len; k++) {
        guint other = g_array_index(near->lists[i], guint, k);
        const im_label *o = g_ptr_array_index(labels, other);
        if (o->chosen < 0 || !conflict(mine, candidate(o, o->chosen)))
            continue;
        if (*moved != G_MAXUINT)
            return -1;
        *moved = other;
    }
    const double gain = current_cost(label) - mine->cost;
    if (*moved == G_MAXUINT)
        return gain;
    if (gain + slack_of(near, labels, *moved) <= best)
        return -1;
    double cost;
    *to = cheapest_free(labels, near, *moved, i, mine, &cost);
    return gain + (current_cost(g_ptr_array_index(labels, *moved)) - cost);
}

static gboolean improve(GPtrArray *labels, const neighbours *near, guint i)
{
    im_label *label = g_ptr_array_index(labels, i);
    double best = 1e-9;
    int best_candidate = -1, best_to = -1;
    guint best_moved = G_MAXUINT;
    const double now = current_cost(label), slack = most_slack(labels, near, i);
    for (int c = 0; c < (int)label->candidates->len; c++) {
        guint moved;
        int to = -1;
        if (c == label->chosen || now - candidate(label, c)->cost + slack <= best)
            continue;
        const double gain = gain_of(labels, near, i, c, best, &moved, &to);
        if (gain > best) {
            best = gain;
            best_candidate = c;
            best_moved = moved;
            best_to = to;
        }
    }
    if (best_candidate < 0)
        return FALSE;
    label->chosen = best_candidate;
    if (best_moved != G_MAXUINT)
        ((im_label *)g_ptr_array_index(labels, best_moved))->chosen = best_to;
    return TRUE;
}

static gint compare_priority(gconstpointer a, gconstpointer b, gpointer data)
{
    const GPtrArray *labels = data;
    guint i = *(const guint *)a, k = *(const guint *)b;
    double p = ((const im_label *)g_ptr_array_index(labels, i))->priority;
    double q = ((const im_label *)g_ptr_array_index(labels, k))->priority;
    if (p != q)
        return p > q ? -1 : 1;
    return i < k ? -1 : i > k;
}

void im_labels_place(GPtrArray *labels, const GArray *obstacles, const im_box *bounds)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < labels->len; i++) {
        drop_impossible(g_ptr_array_index(labels, i), obstacles, bounds);
        g_array_append_val(order, i);
    }
    g_array_sort_with_data(order, compare_priority, labels);
    neighbours near;
    neighbours_init(&near, labels);
    for (guint i = 0; i < order->len; i++) {
        guint at = g_array_index(order, guint, i);
        double cost;
        im_label *label = g_ptr_array_index(labels, at);
        label->chosen = cheapest_free(labels, &near, at, G_MAXUINT, NULL, &cost);
    }
    gboolean changed = TRUE;
    for (int round = 0; changed && round < ROUNDS; round++) {
        changed = FALSE;
        for (guint i = 0; i < order->len; i++)
            changed |= improve(labels, &near, g_array_index(order, guint, i));
    }
    neighbours_clear(&near);
}

gboolean im_label_lacks_fact(const im_label *label)
{
    if (label->fact_worth <= 0 || label->chosen < 0)
        return FALSE;
    const guint variant = candidate(label, label->chosen)->variant;
    return g_array_index(label->variants, im_variant, variant).n_facts == 0;
}

/* From the left edge of a candidate's box to where its lines are anchored. */
static double anchor_of(const im_candidate *c)
{
    return c->anchor == IM_ANCHOR_START    ? c->box.min_x + 1
           : c->anchor == IM_ANCHOR_MIDDLE ? (c->box.min_x + c->box.max_x) / 2
                                           : c->box.max_x - 1;
}

/* Where the anchor of a line is, on its baseline. */
static im_xy foot_of(const im_label *label, const im_candidate *c, guint line)
{
    const im_variant *v = &g_array_index(label->variants, im_variant, c->variant);
    if (c->angle_deg == 0)
        return (im_xy){anchor_of(c), c->box.min_y + baseline_of(label, v, line)};
    const im_tilted shape = im_candidate_shape(c);
    const double down = baseline_of(label, v, line) - shape.half.y;
    return (im_xy){shape.middle.x - down * shape.along.y, shape.middle.y + down * shape.along.x};
}

void im_label_add_lines(const im_label *label, GArray *lines)
{
    static const double AIR_PX = 2, ASIDE_PX = 3.5; /* beside a word a scrap is a stroke of it */
    if (label->chosen < 0)
        return;
    const im_candidate *c = candidate(label, label->chosen);
    const im_variant *v = &g_array_index(label->variants, im_variant, c->variant);
    for (guint i = 0; i < v->n_lines; i++) {
        const im_text_style *style = style_of_line(label, v, i);
        const im_text_size size = im_fonts_measure(v->lines[i], style);
        const double width = (double)size.width_px, shift = c->anchor == IM_ANCHOR_MIDDLE
                                                                ? width / 2
                                                            : c->anchor == IM_ANCHOR_END ? width
                                                                                         : 0;
        const im_xy foot = foot_of(label, c, i);
        const im_box box = {foot.x - shift - ASIDE_PX, foot.y - (double)size.cap_px - AIR_PX,
                            foot.x - shift + width + ASIDE_PX,
                            foot.y + 0.22 * (double)style->size_px + AIR_PX};
        const im_tilted line = im_tilted_about(&box, foot, (double)c->angle_deg);
        g_array_append_val(lines, line);
    }
}

im_item *im_label_draw(const im_label *label, GPtrArray *items)
{
    const im_candidate *c = candidate(label, label->chosen);
    const im_variant *v = &g_array_index(label->variants, im_variant, c->variant);
    im_item *group = im_tree_group(items, label->cls);
    for (guint i = 0; i < v->n_lines; i++) {
        im_text_style style = *style_of_line(label, v, i);
        style.anchor = c->anchor;
        const im_xy foot = foot_of(label, c, i);
        im_item *text = im_tree_text(group->items, label->cls, v->lines[i], foot, &style);
        text->angle_deg = c->angle_deg;
    }
    group->box = im_rect_of(&c->box);
    return group;
}
