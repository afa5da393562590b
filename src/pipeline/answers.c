/* What a gazetteer holds, as JSON. */
#include "base/json.h"

#include <incmap/pipeline.h>

static void write_string(im_json *json, const char *key, const char *value)
{
    im_json_key(json, key);
    im_json_string(json, value && *value ? value : NULL);
}

void im_gazetteer_to_json(const im_gazetteer *gazetteer, const char *path, GString *out)
{
    guint n;
    const im_gazetteer_count *counts = im_gazetteer_counts(gazetteer, &n);
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    write_string(&json, "path", path);
    write_string(&json, "credit", im_gazetteer_credit(gazetteer));
    im_json_key(&json, "counts");
    im_json_open(&json, '{');
    for (guint i = 0; i < n; i++) {
        im_json_key(&json, counts[i].what);
        im_json_int(&json, (gint64)counts[i].n);
    }
    im_json_close(&json, '}');
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
