/* The JSON Lines contract of spec/cli.md: one line a report. */
#include "base/digits.h"
#include "base/json.h"
#include "base/utf8.h"
#include "gazetteer/key.h"
#include "output/records.h"
#include "pipeline/priv.h"

#include <math.h>

enum { KNOWN_PLACES = 512, KNOWN_BYTES = 248 };

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

static char *put_name(char *at, im_name name)
{
    return im_put_text(at, name.text, name.len);
}

/* The keys of a place that hang on it alone, which the same thread writes again and again: a report names few
 * places many times, and reports that follow each other are of one country. */
typedef struct known_place {
    im_place_id place; /* IM_PLACE_NONE: none yet */
    guint32 len;
    char json[KNOWN_BYTES];
} known_place;

typedef struct known_places {
    guint64 gazetteer; /* its im_gazetteer_serial() */
    known_place places[KNOWN_PLACES];
} known_places;

static known_places *places_of(const im_gazetteer *gazetteer)
{
    static GPrivate own = G_PRIVATE_INIT(g_free);
    known_places *known = g_private_get(&own);
    const guint64 serial = im_gazetteer_serial(gazetteer);
    if (!known) {
        known = g_new0(known_places, 1);
        g_private_set(&own, known);
    }
    if (known->gazetteer != serial)
        for (guint i = 0; i < KNOWN_PLACES; i++)
            known->places[i].place = IM_PLACE_NONE;
    known->gazetteer = serial;
    return known;
}

/* Its strings are of the gazetteer and so UTF-8. */
static void append_keys_of(GString *out, const im_gazetteer *gazetteer, im_place_id id)
{
    enum { FRAME_BYTES = 128 };
    const im_place place = im_gazetteer_place(gazetteer, id);
    const im_name name = pipe_name(place.name),
                  admin1 = pipe_name(im_gazetteer_place_name(gazetteer, place.admin1)),
                  country = pipe_name(place.country_code), feature = pipe_name(place.feature_code);
    const gsize bytes = name.len + admin1.len + country.len + feature.len;
    char *at = im_room(out, FRAME_BYTES + 3 * IM_NUMBER_MAX + IM_JSON_STRING_MAX(bytes));
    at = im_put_number(IM_PUT(at, ",\"lat\":"), place.position.lat_deg, 5);
    at = im_put_number(IM_PUT(at, ",\"lon\":"), place.position.lon_deg, 5);
    at = IM_PUT(at, ",\"geonameid\":");
    at = place.geonameid ? im_put_uint(at, place.geonameid) : IM_PUT(at, "null");
    at = put_name(IM_PUT(at, ",\"name\":"), name);
    at = put_name(IM_PUT(at, ",\"admin1\":"), admin1);
    at = put_name(IM_PUT(at, ",\"country\":"), country);
    im_take_room(out, put_name(IM_PUT(at, ",\"feature_code\":"), feature));
}

static void append_known(GString *out, known_places *known, const im_gazetteer *gazetteer,
                         im_place_id id)
{
    known_place *k = &known->places[id % KNOWN_PLACES];
    if (k->place != id) {
        const gsize before = out->len;
        append_keys_of(out, gazetteer, id);
        if (out->len - before > KNOWN_BYTES)
            return;
        k->place = id;
        k->len = (guint32)(out->len - before);
        memcpy(k->json, out->str + before, k->len);
        return;
    }
    char *at = im_room(out, KNOWN_BYTES);
    memcpy(at, k->json, KNOWN_BYTES); /* all of it: a length known here costs no call */
    im_take_room(out, at + k->len);
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
static void write_mention(im_json *json, const im_gazetteer *gazetteer, known_places *known,
                          im_utf8_counter *from, const im_mention *mention)
{
    enum { FRAME_BYTES = 384, NUMBERS = 6 };
    const im_span span = mention->span;
    const gboolean resolved =
        mention->status == IM_MENTION_RESOLVED && mention->place != IM_PLACE_NONE;
    const gsize bytes = span.end - span.start;
    GString *out = json->out;
    char *at = im_room(out, FRAME_BYTES + 2 * IM_DIGITS_MAX + IM_JSON_STRING_MAX(bytes));
    if (json->comma)
        *at++ = ',';
    at = im_put_uint(IM_PUT(at, "{\"start\":"), im_utf8_count_to(from, span.start));
    at = im_put_uint(IM_PUT(at, ",\"end\":"), im_utf8_count_to(from, span.end));
    at = im_put_json_string(IM_PUT(at, ",\"surface\":"), from->text + span.start, bytes);
    at = put_name(IM_PUT(at, ",\"status\":"), pipe_name(im_mention_status_name(mention->status)));
    if (!resolved)
        at = IM_PUT(at, ",\"lat\":null,\"lon\":null,\"geonameid\":null,\"name\":null,"
                        "\"admin1\":null,\"country\":null,\"feature_code\":null");
    im_take_room(out, at);
    if (resolved)
        append_known(out, known, gazetteer, mention->place);
    at = im_room(out, FRAME_BYTES + NUMBERS * IM_NUMBER_MAX);
    at = im_put_number(IM_PUT(at, ",\"score\":"), resolved ? mention->score : NAN, 3);
    im_take_room(out, IM_PUT(put_relation(at, mention), "}"));
    json->comma = TRUE;
}

static void write_mentions(im_json *json, const im_gazetteer *gazetteer, const im_report *report,
                           const GArray *mentions)
{
    known_places *known = places_of(gazetteer);
    im_utf8_counter at = {.text = report->text};
    im_json_key(json, "toponyms");
    im_json_open(json, '[');
    for (guint i = 0; i < mentions->len; i++)
        write_mention(json, gazetteer, known, &at, &g_array_index(mentions, im_mention, i));
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
