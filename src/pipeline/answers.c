/* What a gazetteer holds, as JSON. */
#include "base/json.h"

#include <incmap/pipeline.h>

static void write_tables(im_json *json, const im_gazetteer *gazetteer)
{
    im_json_key(json, "tables");
    im_json_open(json, '[');
    for (guint i = 0; i < im_gazetteer_n_sources(gazetteer); i++) {
        im_gazetteer_source s = im_gazetteer_source_at(gazetteer, i);
        const struct {
            const char *key;
            guint64 n;
        } counts[] = {{"rows", s.rows},
                      {"taken", s.taken},
                      {"merged", s.merged},
                      {"left_out", s.left_out},
                      {"rejected", s.rejected}};
        im_json_open(json, '{');
        im_json_text(json, "name", s.name);
        for (guint k = 0; k < G_N_ELEMENTS(counts); k++) {
            im_json_key(json, counts[k].key);
            im_json_int(json, (gint64)counts[k].n);
        }
        im_json_close(json, '}');
    }
    im_json_close(json, ']');
}

void im_gazetteer_to_json(const im_gazetteer *gazetteer, const char *path, GString *out)
{
    guint n;
    const im_gazetteer_count *counts = im_gazetteer_counts(gazetteer, &n);
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_text(&json, "path", path);
    im_json_text(&json, "credit", im_gazetteer_credit(gazetteer));
    im_json_key(&json, "counts");
    im_json_open(&json, '{');
    for (guint i = 0; i < n; i++) {
        im_json_key(&json, counts[i].what);
        im_json_int(&json, (gint64)counts[i].n);
    }
    im_json_close(&json, '}');
    write_tables(&json, gazetteer);
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
}

const char *im_place_kind_name(im_place_kind kind)
{
    static const char *const names[] = {
        [IM_PLACE_UNKNOWN] = "place",   [IM_PLACE_COUNTRY] = "country",
        [IM_PLACE_ADMIN1] = "admin1",   [IM_PLACE_ADMIN2] = "admin2",
        [IM_PLACE_TOWN] = "town",       [IM_PLACE_REGION] = "region",
        [IM_PLACE_AIRPORT] = "airport",
    };
    return (guint)kind < G_N_ELEMENTS(names) ? names[kind] : names[0];
}
