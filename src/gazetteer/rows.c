/* What became of the rows of the sources, and whether they are all there. */
#include "gazetteer/rows.h"
#include "gazetteer/priv.h"

#include <string.h>

guint im_gazetteer_n_sources(const im_gazetteer *gazetteer)
{
    return gazetteer->n_rows;
}

im_gazetteer_source im_gazetteer_source_at(const im_gazetteer *gazetteer, guint i)
{
    g_assert(i < gazetteer->n_rows);
    const gaz_rows *r = &gazetteer->rows[i];
    im_gazetteer_source source = {.name = gaz_name(gazetteer, r->label),
                                  .rows = r->rows,
                                  .taken = r->taken,
                                  .merged = r->merged,
                                  .left_out = r->left_out,
                                  .rejected = r->rejected};
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++)
        source.n_places += r->places[kind];
    return source;
}

static gboolean missing(GError **error, const char *name, guint64 found, guint64 due,
                        const char *what)
{
    g_set_error(error, IM_ERROR, IM_ERROR_DATA,
                "gazetteer: %s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " %s are there", name,
                found, due, what);
    return FALSE;
}

/* Places by source and kind, as they are; owned by the caller. */
static guint32 *count_places(const im_gazetteer *g)
{
    guint32 *counts = g_new0(guint32, 256 * GAZ_N_KINDS);
    for (guint32 id = 0; id < g->n_places; id++) {
        const gaz_place *p = &g->places[id];
        if (p->kind < GAZ_N_KINDS)
            counts[p->source * GAZ_N_KINDS + p->kind]++;
    }
    return counts;
}

gboolean gaz_rows_add_up(const im_gazetteer *g, GError **error)
{
    g_autofree guint32 *counts = count_places(g);
    guint64 accounted = 0;
    for (guint i = 0; i < g->n_rows; i++) {
        im_gazetteer_source s = im_gazetteer_source_at(g, i);
        guint64 sum = s.taken + s.merged + s.left_out + s.rejected;
        if (sum != s.rows)
            return missing(error, s.name, sum, s.rows, "rows");
        for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
            guint32 due = g->rows[i].places[kind], found = counts[i * GAZ_N_KINDS + kind];
            if (found != due)
                return missing(error, s.name, found, due, "places");
            accounted += found;
        }
    }
    return accounted == g->n_places ||
           missing(error, "all sources", accounted, g->n_places, "places");
}
