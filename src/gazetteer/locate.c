/* Names as people type them → places, best first. */
#include "gazetteer/edits.h"
#include "gazetteer/priv.h"

#include <math.h>
#include <string.h>

enum { DEFAULT_LIMIT = 10 };

/* The answers must lie in one of these places: what `Jalisco` may mean. */
typedef struct condition {
    GArray *places;    /* im_place_id */
    gboolean or_be_it; /* or be one of them */
} condition;

typedef struct query {
    const im_gazetteer *g;
    const im_lonlat *near;
    GPtrArray *conditions; /* condition * */
    gboolean capitals;     /* no letter of the name is lower case */
    GArray *found;         /* im_located */
    GHashTable *index;     /* place → index in found + 1 */
} query;

static gboolean has_lower_case(const char *name)
{
    for (; *name; name = g_utf8_next_char(name))
        if (g_unichar_islower(g_utf8_get_char(name)))
            return TRUE;
    return FALSE;
}

static const im_reading *readings_of(const im_gazetteer *g, const char *name, guint *n)
{
    char key[IM_KEY_MAX_BYTES + 1];
    return im_gazetteer_readings(g, key, im_gazetteer_key(name, strlen(name), key), n);
}

static void condition_free(gpointer data)
{
    condition *c = data;
    g_array_unref(c->places);
    g_free(c);
}

/* All places of a name or code. */
static void add_condition(query *q, const char *name, gboolean or_be_it)
{
    condition *c = g_new0(condition, 1);
    c->places = g_array_new(FALSE, FALSE, sizeof(im_place_id));
    c->or_be_it = or_be_it;
    g_ptr_array_add(q->conditions, c);

    g_autofree char *code = g_ascii_strup(name, -1);
    im_place_id place = im_gazetteer_by_code(q->g, g_strstrip(code));
    if (place != IM_PLACE_NONE)
        g_array_append_val(c->places, place);
    guint n;
    const im_reading *readings = readings_of(q->g, name, &n);
    for (guint i = 0; i < n; i++)
        if (readings[i].kind != IM_NAME_DEMONYM)
            g_array_append_val(c->places, readings[i].place);
}

/* Regions have no list of what lies in them, only a reach. */
static gboolean lies_in(const im_gazetteer *g, const im_place *p, im_place_id container)
{
    if (p->country == container || p->admin1 == container || p->admin2 == container)
        return TRUE;
    im_place c = im_gazetteer_place(g, container);
    return c.kind == IM_PLACE_REGION && im_distance_km(c.position, p->position) <= c.radius_km;
}

static gboolean meets(const im_gazetteer *g, const im_place *p, const condition *c)
{
    for (guint i = 0; i < c->places->len; i++) {
        im_place_id container = g_array_index(c->places, im_place_id, i);
        if (container == p->id ? c->or_be_it : lies_in(g, p, container))
            return TRUE;
    }
    return FALSE;
}

static gboolean meets_all(const query *q, const im_place *p)
{
    for (guint i = 0; i < q->conditions->len; i++)
        if (!meets(q->g, p, g_ptr_array_index(q->conditions, i)))
            return FALSE;
    return TRUE;
}

/* 0..1 by kind, then by population on a logarithmic scale; a seat before the municipality around it,
 * which has its name and more people. */
static double importance(const im_place *p)
{
    double size = fmin(1, log10(p->population + 1.0) / 7.5);
    double of_town = 0.2 + 0.4 * size * size;
    switch (p->kind) {
    case IM_PLACE_COUNTRY:
        return 0.95 + 0.05 * size;
    case IM_PLACE_ADMIN1:
        return 0.85 + 0.05 * size;
    case IM_PLACE_REGION:
        return 0.8;
    case IM_PLACE_TOWN:
        return strcmp(p->feature_code, "PPLC") == 0 ? 0.25 + of_town : of_town;
    case IM_PLACE_ADMIN2:
        return 0.9 * of_town;
    default:
        return 0.15;
    }
}

/* How freely a name of this kind is used for the place. */
static double weight_of_name(const im_reading *r)
{
    if (r->flags & IM_NAME_FOREIGN)
        return 0.8;
    if (r->flags & IM_NAME_DERIVED)
        return 0.9;
    return r->kind == IM_NAME_POSTAL ? 0.6 : 1;
}

/* Half as near counts at this distance. */
static const double NEAR_KM = 100;

static double score_of(const query *q, const im_place *p, const im_reading *r, guint edits)
{
    double score = importance(p) * weight_of_name(r);
    if (q->near) {
        double far = im_distance_km(*q->near, p->position) / NEAR_KM;
        score = 0.3 * score + 0.7 / (1 + far);
    }
    return score / (1 + edits);
}

static void add_reading(query *q, const im_reading *r, guint edits)
{
    if (r->kind == IM_NAME_DEMONYM || (r->flags & IM_NAME_CASE_SENSITIVE && !q->capitals))
        return;
    im_place p = im_gazetteer_place(q->g, r->place);
    if (!meets_all(q, &p))
        return;
    im_located found = {.place = r->place,
                        .name_kind = r->kind,
                        .edits = (guint8)edits,
                        .score = score_of(q, &p, r, edits)};
    gpointer place = GUINT_TO_POINTER(r->place);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(q->index, place));
    if (!known) {
        g_array_append_val(q->found, found);
        g_hash_table_insert(q->index, place, GUINT_TO_POINTER(q->found->len));
    } else if (g_array_index(q->found, im_located, known - 1).score < found.score) {
        g_array_index(q->found, im_located, known - 1) = found;
    }
}

static void find_exact(query *q, const char *name)
{
    guint n;
    const im_reading *readings = readings_of(q->g, name, &n);
    for (guint i = 0; i < n; i++)
        add_reading(q, &readings[i], 0);
    im_place_id place = im_gazetteer_by_code(q->g, name);
    if (place != IM_PLACE_NONE)
        add_reading(q, &(im_reading){.place = place, .kind = IM_NAME_ABBR}, 0);
}

/* Short names have too many neighbours. */
static guint most_edits(const char *key)
{
    gsize letters = (gsize)g_utf8_strlen(key, -1);
    if (letters < 3)
        return 0;
    return letters <= 5 ? 1 : 2;
}

static void find_similar(query *q, const char *name)
{
    char key[IM_KEY_MAX_BYTES + 1];
    if (im_gazetteer_key(name, strlen(name), key) == 0)
        return;
    guint most = most_edits(key);
    g_autoptr(edit_pattern) pattern = edit_pattern_new(key);
    for (guint32 i = 0; most > 0 && i < q->g->n_keys; i++) {
        guint n, edits = edit_distance(pattern, gaz_key_text(q->g, i), most);
        const im_reading *readings = edits <= most ? gaz_readings(q->g, i, &n) : NULL;
        for (guint r = 0; readings && r < n; r++)
            add_reading(q, &readings[r], edits);
    }
}

/* `Tapalpa, Jalisco`: what stands behind the commas must hold it. @return the name before them */
static char *split_name(query *q, const char *name)
{
    gsize len = strcspn(name, ",");
    g_auto(GStrv) containers = g_strsplit(name + len, ",", -1);
    for (char **container = containers; *container; container++)
        if (*g_strstrip(*container))
            add_condition(q, *container, FALSE);
    return g_strndup(name, len);
}

static int best_first(gconstpointer a, gconstpointer b)
{
    const im_located *x = a, *y = b;
    if (x->edits != y->edits)
        return x->edits < y->edits ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void find(query *q, const char *name, gboolean fuzzy)
{
    find_exact(q, name);
    if (q->found->len > 0)
        return;
    g_autofree char *head = split_name(q, name);
    find_exact(q, head);
    if (q->found->len == 0 && fuzzy)
        find_similar(q, head);
}

GArray *im_gazetteer_locate(const im_gazetteer *gazetteer, const char *name,
                            const im_locate_options *options)
{
    static const im_locate_options none;
    options = options ? options : &none;
    GArray *found = g_array_new(FALSE, FALSE, sizeof(im_located));
    if (!g_utf8_validate(name, -1, NULL))
        return found;
    query q = {.g = gazetteer,
               .near = options->near,
               .conditions = g_ptr_array_new_with_free_func(condition_free),
               .capitals = !has_lower_case(name),
               .found = found,
               .index = g_hash_table_new(NULL, NULL)};
    if (options->country)
        add_condition(&q, options->country, TRUE);
    if (options->admin1)
        add_condition(&q, options->admin1, TRUE);
    find(&q, name, options->fuzzy);
    g_array_sort(found, best_first);
    guint limit = options->limit ? options->limit : DEFAULT_LIMIT;
    if (found->len > limit)
        g_array_set_size(found, limit);
    g_ptr_array_unref(q.conditions);
    g_hash_table_unref(q.index);
    return found;
}
