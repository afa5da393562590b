/* `--country`, `--admin1`, and what stands behind the commas of a name. */
#include "gazetteer/locate.h"

#include "gazetteer/similar.h"

#include <string.h>

enum { MAX_CODE_BYTES = 40 };

void im_conditions_init(im_conditions *c, const im_gazetteer *gazetteer)
{
    c->gazetteer = gazetteer;
    c->sets = g_array_new(FALSE, FALSE, sizeof(im_container_set));
    c->places = g_array_new(FALSE, FALSE, sizeof(im_place_id));
}

void im_conditions_clear(im_conditions *c)
{
    g_array_unref(c->sets);
    g_array_unref(c->places);
}

void im_conditions_truncate(im_conditions *c, guint n)
{
    if (n >= c->sets->len)
        return;
    g_array_set_size(c->places, g_array_index(c->sets, im_container_set, n).first);
    g_array_set_size(c->sets, n);
}

/* `MX`, `MX.14`, `R:bajio`; spares most names a search. */
static gboolean may_be_code(im_name name)
{
    return name.len == 2 || (name.len > 2 && name.len <= MAX_CODE_BYTES &&
                             (name.text[2] == '.' || name.text[1] == ':'));
}

im_place_id im_locate_code(const im_gazetteer *gazetteer, im_name code, gboolean in_capitals)
{
    char bytes[MAX_CODE_BYTES + 1];
    if (!may_be_code(code))
        return IM_PLACE_NONE;
    for (gsize i = 0; i < code.len; i++)
        bytes[i] = in_capitals ? g_ascii_toupper(code.text[i]) : code.text[i];
    bytes[code.len] = '\0';
    return im_gazetteer_by_code(gazetteer, bytes);
}

/* Keeps the places of a kind behind the first `n`, if there are any. */
static void prefer_kind(im_conditions *c, guint n, im_place_kind kind)
{
    guint kept = n;
    for (guint i = n; i < c->places->len; i++) {
        im_place_id id = g_array_index(c->places, im_place_id, i);
        if (im_gazetteer_place(c->gazetteer, id).kind == kind)
            g_array_index(c->places, im_place_id, kept++) = id;
    }
    if (kept > n)
        g_array_set_size(c->places, kept);
}

static void add_readings(im_conditions *c, const im_reading *readings, guint n)
{
    for (guint i = 0; i < n; i++)
        if (readings[i].kind != IM_NAME_DEMONYM)
            g_array_append_val(c->places, readings[i].place);
}

static void add_exact(im_conditions *c, im_name name, const char *key, gsize key_len)
{
    guint n;
    im_place_id place = im_locate_code(c->gazetteer, name, TRUE);
    if (place != IM_PLACE_NONE)
        g_array_append_val(c->places, place);
    const im_reading *readings = im_gazetteer_readings(c->gazetteer, key, key_len, &n);
    add_readings(c, readings, n);
}

/* Places of the names that are nearest to the key. @return their edits; 0 when there is none */
static guint add_similar(im_conditions *c, const char *key)
{
    g_autoptr(GArray) similar = g_array_new(FALSE, FALSE, sizeof(gaz_similar));
    guint first = c->places->len, edits = 0;
    while (edits < gaz_most_edits(key) && c->places->len == first) {
        gaz_find_similar(c->gazetteer, key, ++edits, similar);
        for (guint i = 0; i < similar->len; i++) {
            guint n, at = g_array_index(similar, gaz_similar, i).key;
            const im_reading *readings = gaz_readings(c->gazetteer, at, &n);
            add_readings(c, readings, n);
        }
    }
    return c->places->len > first ? edits : 0;
}

static void end_set(im_conditions *c, guint first, gboolean or_be_it)
{
    im_container_set set = {.first = first, .n = c->places->len - first, .or_be_it = or_be_it};
    g_array_append_val(c->sets, set);
}

void im_conditions_add_given(im_conditions *c, im_name name, im_place_kind kind)
{
    char key[IM_KEY_MAX_BYTES + 1];
    guint first = c->places->len;
    gsize len = im_gazetteer_key(name.text, name.len, key);
    add_exact(c, name, key, len);
    prefer_kind(c, first, kind);
    end_set(c, first, TRUE);
}

guint im_conditions_add_container(im_conditions *c, im_name name, gboolean fuzzy)
{
    char key[IM_KEY_MAX_BYTES + 1];
    guint first = c->places->len, edits = 0;
    gsize len = im_gazetteer_key(name.text, name.len, key);
    add_exact(c, name, key, len);
    if (fuzzy && c->places->len == first)
        edits = add_similar(c, key);
    end_set(c, first, FALSE);
    return edits;
}

/* Regions have no list of what lies in them, only a reach. */
static gboolean lies_in(const im_gazetteer *g, const gaz_place *p, im_place_id container)
{
    if (p->country == container || p->admin1 == container || p->admin2 == container)
        return TRUE;
    const gaz_place *c = &g->places[container];
    return c->kind == IM_PLACE_REGION &&
           im_distance_km(gaz_position(c), gaz_position(p)) <= (double)c->radius_km;
}

static gboolean meets(const im_conditions *c, const im_container_set *set, im_place_id place)
{
    for (guint i = set->first; i < set->first + set->n; i++) {
        im_place_id container = g_array_index(c->places, im_place_id, i);
        if (container == place ? set->or_be_it
                               : lies_in(c->gazetteer, &c->gazetteer->places[place], container))
            return TRUE;
    }
    return FALSE;
}

gboolean im_conditions_meet(const im_conditions *c, im_place_id place)
{
    for (guint i = 0; i < c->sets->len; i++)
        if (!meets(c, &g_array_index(c->sets, im_container_set, i), place))
            return FALSE;
    return TRUE;
}
