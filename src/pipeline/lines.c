/* The JSON Lines contract of spec/cli.md: one line a report. */
#include "base/json.h"
#include "base/utf8.h"
#include "output/records.h"

#include <incmap/pipeline.h>
#include <math.h>

static const char *error_code(const GError *error)
{
    static const char *const codes[] = {
        [IM_ERROR_IO] = "io",       [IM_ERROR_FORMAT] = "format", [IM_ERROR_LIMIT] = "limit",
        [IM_ERROR_USAGE] = "usage", [IM_ERROR_DATA] = "data",     [IM_ERROR_SYSTEM] = "system",
    };
    gboolean known =
        error->domain == IM_ERROR && error->code > 0 && error->code < (int)G_N_ELEMENTS(codes);
    return known ? codes[error->code] : "system";
}

static void write_error(im_json *json, const GError *error)
{
    im_json_key(json, "error");
    im_json_open(json, '{');
    im_json_key(json, "code");
    im_json_string(json, error_code(error));
    im_json_key(json, "message");
    im_json_string(json, error->message);
    im_json_close(json, '}');
}

static const char *container_name(const im_gazetteer *gazetteer, im_place_id id)
{
    return id == IM_PLACE_NONE ? NULL : im_gazetteer_place_name(gazetteer, id);
}

/* All keys in every mention, null where the place is not known. */
static void write_place(im_json *json, const im_gazetteer *gazetteer, const im_mention *mention)
{
    im_place place = {.position = {NAN, NAN}, .admin1 = IM_PLACE_NONE};
    gboolean resolved = mention->status == IM_MENTION_RESOLVED && mention->place != IM_PLACE_NONE;
    if (resolved)
        place = im_gazetteer_place(gazetteer, mention->place);
    im_json_real(json, "lat", place.position.lat_deg, 5);
    im_json_real(json, "lon", place.position.lon_deg, 5);
    im_json_key(json, "geonameid");
    if (place.geonameid)
        im_json_int(json, place.geonameid);
    else
        im_json_null(json);
    im_json_text(json, "name", place.name);
    im_json_text(json, "admin1", container_name(gazetteer, place.admin1));
    im_json_text(json, "country", place.country_code);
    im_json_text(json, "feature_code", place.feature_code);
    im_json_real(json, "score", resolved ? mention->score : NAN, 3);
}

/* How the place is meant, when not simply as itself. */
static void write_relation(im_json *json, const im_mention *mention)
{
    if (!im_relation_name(mention->relation))
        return;
    im_json_text(json, "relation", im_relation_name(mention->relation));
    if (mention->distance_km > 0)
        im_json_real(json, "distance_km", mention->distance_km, 3);
    if (mention->bearing_deg >= 0)
        im_json_real(json, "bearing_deg", mention->bearing_deg, 1);
    if (mention->relation == IM_RELATION_BETWEEN) {
        im_json_key(json, "other");
        im_json_int(json, mention->other);
    }
    if (mention->radius_km > 0)
        im_json_real(json, "radius_km", mention->radius_km, 1);
}

static void write_mention(im_json *json, const im_gazetteer *gazetteer, im_utf8_counter *at,
                          const im_mention *mention)
{
    im_span span = mention->span;
    im_json_open(json, '{');
    im_json_key(json, "start");
    im_json_int(json, (gint64)im_utf8_count_to(at, span.start));
    im_json_key(json, "end");
    im_json_int(json, (gint64)im_utf8_count_to(at, span.end));
    im_json_key(json, "surface");
    im_json_string_len(json, at->text + span.start, span.end - span.start);
    im_json_text(json, "status", im_mention_status_name(mention->status));
    write_place(json, gazetteer, mention);
    write_relation(json, mention);
    im_json_close(json, '}');
}

static void write_mentions(im_json *json, const im_gazetteer *gazetteer, const im_report *report,
                           const GArray *mentions)
{
    im_utf8_counter at = {.text = report->text};
    im_json_key(json, "toponyms");
    im_json_open(json, '[');
    for (guint i = 0; i < mentions->len; i++)
        write_mention(json, gazetteer, &at, &g_array_index(mentions, im_mention, i));
    im_json_close(json, ']');
}

void im_report_to_json_line(const im_gazetteer *gazetteer, const im_report *report,
                            const GArray *mentions, const GPtrArray *incidents, GString *out)
{
    im_json json = im_json_to(out);
    im_json_open(&json, '{');
    im_json_key(&json, "id");
    im_json_string(&json, report->id);
    if (report->error) {
        write_error(&json, report->error);
    } else {
        write_mentions(&json, gazetteer, report, mentions);
        if (incidents)
            im_incidents_to_json(&json, incidents);
    }
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
}
