/* The JSON Lines contract of spec/cli.md: one line a report. */
#include "base/digits.h"
#include "base/json.h"
#include "base/utf8.h"
#include "output/records.h"
#include "pipeline/priv.h"

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

/* The strings of a place, of the gazetteer and so UTF-8. */
typedef struct place_texts {
    im_name name, admin1, country, feature_code;
} place_texts;

static char *put_name(char *at, im_name name)
{
    return im_put_text(at, name.text, name.len);
}

/* Its keys, null where the place is not known. */
static char *put_place(char *at, const im_place *place, const place_texts *texts, double score)
{
    at = im_put_number(IM_PUT(at, ",\"lat\":"), place->position.lat_deg, 5);
    at = im_put_number(IM_PUT(at, ",\"lon\":"), place->position.lon_deg, 5);
    at = IM_PUT(at, ",\"geonameid\":");
    at = place->geonameid ? im_put_uint(at, place->geonameid) : IM_PUT(at, "null");
    at = put_name(IM_PUT(at, ",\"name\":"), texts->name);
    at = put_name(IM_PUT(at, ",\"admin1\":"), texts->admin1);
    at = put_name(IM_PUT(at, ",\"country\":"), texts->country);
    at = put_name(IM_PUT(at, ",\"feature_code\":"), texts->feature_code);
    return im_put_number(IM_PUT(at, ",\"score\":"), score, 3);
}

/* How the place is meant, when not simply as itself. */
static char *put_relation(char *at, const im_mention *mention)
{
    const char *relation = im_relation_name(mention->relation);
    if (!relation)
        return at;
    at = put_name(IM_PUT(at, ",\"relation\":"), pipe_name(relation));
    if (mention->distance_km > 0)
        at = im_put_number(IM_PUT(at, ",\"distance_km\":"), mention->distance_km, 3);
    if (mention->bearing_deg >= 0)
        at = im_put_number(IM_PUT(at, ",\"bearing_deg\":"), mention->bearing_deg, 1);
    if (mention->relation == IM_RELATION_BETWEEN)
        at = im_put_uint(IM_PUT(at, ",\"other\":"), mention->other);
    if (mention->radius_km > 0)
        at = im_put_number(IM_PUT(at, ",\"radius_km\":"), mention->radius_km, 1);
    return at;
}

/* Straight into memory: of a long run most lines are mentions. */
static void write_mention(im_json *json, const im_gazetteer *gazetteer, im_utf8_counter *from,
                          const im_mention *mention)
{
    enum { FRAME_BYTES = 512, NUMBERS = 7 };
    const im_span span = mention->span;
    const gboolean resolved =
        mention->status == IM_MENTION_RESOLVED && mention->place != IM_PLACE_NONE;
    im_place place = {.position = {NAN, NAN}};
    place_texts texts = {{"", 0}, {"", 0}, {"", 0}, {"", 0}};
    if (resolved) {
        place = im_gazetteer_place(gazetteer, mention->place);
        texts = (place_texts){pipe_name(place.name),
                              pipe_name(im_gazetteer_place_name(gazetteer, place.admin1)),
                              pipe_name(place.country_code), pipe_name(place.feature_code)};
    }
    gsize bytes = span.end - span.start + texts.name.len + texts.admin1.len + texts.country.len +
                  texts.feature_code.len;
    GString *out = json->out;
    char *at = im_room(out, FRAME_BYTES + NUMBERS * IM_NUMBER_MAX + IM_JSON_STRING_MAX(bytes));
    if (json->comma)
        *at++ = ',';
    at = im_put_uint(IM_PUT(at, "{\"start\":"), im_utf8_count_to(from, span.start));
    at = im_put_uint(IM_PUT(at, ",\"end\":"), im_utf8_count_to(from, span.end));
    at = im_put_json_string(IM_PUT(at, ",\"surface\":"), from->text + span.start,
                            span.end - span.start);
    at = put_name(IM_PUT(at, ",\"status\":"), pipe_name(im_mention_status_name(mention->status)));
    at = put_place(at, &place, &texts, resolved ? mention->score : NAN);
    at = IM_PUT(put_relation(at, mention), "}");
    im_take_room(out, at);
    json->comma = TRUE;
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
