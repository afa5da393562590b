/* Answers of the gazetteer as JSON, for programs that ask. */
#include "base/json.h"

#include <incmap/pipeline.h>

static void write_string(im_json *json, const char *key, const char *value)
{
    im_json_key(json, key);
    im_json_string(json, value && *value ? value : NULL);
}

static void write_integer(im_json *json, const char *key, guint32 value)
{
    im_json_key(json, key);
    if (value)
        im_json_int(json, value);
    else
        im_json_null(json);
}

static void write_number(im_json *json, const char *key, double value, int decimals)
{
    im_json_key(json, key);
    im_json_number(json, value, decimals);
}

static const char *name_of(const im_gazetteer *gazetteer, im_place_id id)
{
    return id == IM_PLACE_NONE ? NULL : im_gazetteer_place(gazetteer, id).name;
}

static void write_located(im_json *json, const im_gazetteer *gazetteer, const im_located *located)
{
    im_place place = im_gazetteer_place(gazetteer, located->place);
    im_json_open(json, '{');
    write_string(json, "name", place.name);
    write_string(json, "kind", im_place_kind_name(place.kind));
    write_string(json, "admin2", name_of(gazetteer, place.admin2));
    write_string(json, "admin1", name_of(gazetteer, place.admin1));
    write_string(json, "country", place.country_code);
    write_number(json, "lat", place.position.lat_deg, 5);
    write_number(json, "lon", place.position.lon_deg, 5);
    write_string(json, "feature_code", place.feature_code);
    write_integer(json, "population", place.population);
    write_integer(json, "geonameid", place.geonameid);
    im_json_key(json, "edits");
    im_json_int(json, located->edits);
    write_number(json, "score", located->score, 3);
    im_json_close(json, '}');
}

void im_located_to_json_line(const im_gazetteer *gazetteer, const char *name, const GArray *answers,
                             GString *out)
{
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "query");
    im_json_string(&json, name);
    im_json_key(&json, "places");
    im_json_open(&json, '[');
    for (guint i = 0; i < answers->len; i++)
        write_located(&json, gazetteer, &g_array_index(answers, im_located, i));
    im_json_close(&json, ']');
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
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
