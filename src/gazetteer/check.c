/* Whether a gazetteer is whole, and whether it knows what it should. */
#include "gazetteer/checksum.h"
#include "gazetteer/priv.h"
#include "gazetteer/rows.h"
#include "gazetteer/tsv.h"

#include <string.h>

static gboolean fail(GError **error, const char *what)
{
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "gazetteer: %s", what);
    return FALSE;
}

gboolean im_gazetteer_check(const im_gazetteer *gazetteer, GError **error)
{
    gsize size;
    gaz_fault f;
    const char *bytes = g_bytes_get_data(gazetteer->bytes, &size);
    if (gaz_checksum(0, bytes + sizeof(gaz_header), size - sizeof(gaz_header)) !=
        gazetteer->header->checksum)
        return fail(error, "the checksum is wrong");
    if (gaz_prove(gazetteer, &f))
        return gaz_rows_add_up(gazetteer, error);
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "gazetteer: byte %" G_GUINT64_FORMAT ": %s", f.at,
                f.what);
    return FALSE;
}

/* A row of must_resolve.tsv. */
typedef struct expectation {
    const char *name, *country, *admin1; /* codes; "" for any */
    im_lonlat position;
    double tolerance_km;
} expectation;

static gboolean is_there(const im_gazetteer *g, im_place_id place, const expectation *e)
{
    return im_distance_km(im_gazetteer_place(g, place).position, e->position) <= e->tolerance_km;
}

/* The best answer must be there, or the best of the towns: a name alone does not tell a state from
 * the city in it. A demonym stands for its place. */
static gboolean resolves(const im_gazetteer *g, const expectation *e, const GArray *found)
{
    char key[IM_KEY_MAX_BYTES + 1];
    guint n;
    for (guint i = 0; i < found->len; i++) {
        im_place_id id = g_array_index(found, im_located, i).place;
        gboolean is_town = im_gazetteer_place(g, id).kind == IM_PLACE_TOWN;
        if ((i == 0 || is_town) && is_there(g, id, e))
            return TRUE;
        if (is_town)
            return FALSE;
    }
    const im_reading *readings =
        im_gazetteer_readings(g, key, im_gazetteer_key(e->name, strlen(e->name), key), &n);
    return found->len == 0 && n > 0 && is_there(g, readings[0].place, e);
}

/* What is wrong, or NULL; owned by the caller. */
static char *failure(const im_gazetteer *g, const expectation *e)
{
    const im_locate_options options = {.country = *e->country ? e->country : NULL,
                                       .admin1 = *e->admin1 ? e->admin1 : NULL,
                                       .limit = G_MAXUINT};
    g_autoptr(GArray) found = im_gazetteer_locate(g, e->name, &options);
    if (resolves(g, e, found))
        return NULL;
    if (found->len == 0)
        return g_strdup_printf("%s: not found", e->name);
    im_place p = im_gazetteer_place(g, g_array_index(found, im_located, 0).place);
    return g_strdup_printf("%s: resolves to %s (%s%s%s), %d km away", e->name, p.name,
                           p.feature_code, *p.country_code ? ", " : "", p.country_code,
                           (int)im_distance_km(p.position, e->position));
}

static gboolean read_expectation(const tsv *t, expectation *e, GError **error)
{
    e->name = t->fields[0];
    e->country = t->fields[1];
    e->admin1 = t->fields[2];
    return tsv_position(t, 3, &e->position, error) &&
           tsv_real(t, 5, 0, 20000, &e->tolerance_km, error);
}

gboolean im_gazetteer_check_names(const im_gazetteer *gazetteer, const char *list_path,
                                  guint *n_rows, GPtrArray **failures, GError **error)
{
    g_autoptr(GPtrArray) failed = g_ptr_array_new_with_free_func(g_free);
    g_auto(tsv) t = {0};
    *n_rows = 0;
    if (!tsv_open(&t, list_path, "name\tcountry\tadmin1\tlon\tlat\ttolerance_km", error))
        return FALSE;
    for (; tsv_next(&t, error); (*n_rows)++) {
        expectation e;
        if (!read_expectation(&t, &e, error))
            return FALSE;
        char *line = failure(gazetteer, &e);
        if (line)
            g_ptr_array_add(failed, line);
    }
    if (t.failed)
        return FALSE;
    *failures = g_steal_pointer(&failed);
    return TRUE;
}
