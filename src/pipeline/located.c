/* Answers of locate as JSON. Written straight into memory: a batch has a million of them. */
#include "base/digits.h"
#include "base/json.h"

#include <incmap/pipeline.h>
#include <string.h>

/* What the keys, the brackets and the numbers of one place take at most. */
enum { FRAME_BYTES = 512 };

static char *put(char *at, const char *bytes, gsize n)
{
    memcpy(at, bytes, n);
    return at + n;
}

/* For literals: their length is known. */
#define PUT(at, literal) put((at), (literal), sizeof(literal) - 1)

static char *put_text(char *at, const char *value)
{
    gsize len = strlen(value);
    return len > 0 ? im_put_json_string(at, value, len) : PUT(at, "null");
}

static char *put_count(char *at, guint32 value)
{
    return value > 0 ? im_put_uint(at, value) : PUT(at, "null");
}

static char *put_number(char *at, double value, int decimals)
{
    char *end = im_put_fixed(at, value, decimals);
    if (end)
        return end;
    g_autoptr(GString) digits = g_string_new(NULL);
    im_json json = im_json_to(digits);
    im_json_number(&json, value, decimals);
    return put(at, digits->str, digits->len);
}

static const char *name_of(const im_gazetteer *gazetteer, im_place_id id)
{
    return id == IM_PLACE_NONE ? "" : im_gazetteer_place(gazetteer, id).name;
}

/* Room at the end of `out`. */
static char *reserve(GString *out, gsize n)
{
    gsize len = out->len;
    g_string_set_size(out, len + n);
    out->len = len;
    return out->str + len;
}

static void write_located(GString *out, const im_gazetteer *gazetteer, const im_located *located)
{
    im_place p = im_gazetteer_place(gazetteer, located->place);
    const char *admin1 = name_of(gazetteer, p.admin1), *admin2 = name_of(gazetteer, p.admin2);
    gsize text_bytes = strlen(p.name) + strlen(admin1) + strlen(admin2) + strlen(p.country_code) +
                       strlen(p.feature_code);
    char *at = reserve(out, FRAME_BYTES + IM_JSON_STRING_MAX(text_bytes));
    at = put_text(PUT(at, "{\"name\":"), p.name);
    at = put_text(PUT(at, ",\"kind\":"), im_place_kind_name(p.kind));
    at = put_text(PUT(at, ",\"admin2\":"), admin2);
    at = put_text(PUT(at, ",\"admin1\":"), admin1);
    at = put_text(PUT(at, ",\"country\":"), p.country_code);
    at = put_number(PUT(at, ",\"lat\":"), p.position.lat_deg, 5);
    at = put_number(PUT(at, ",\"lon\":"), p.position.lon_deg, 5);
    at = put_text(PUT(at, ",\"feature_code\":"), p.feature_code);
    at = put_count(PUT(at, ",\"population\":"), p.population);
    at = put_count(PUT(at, ",\"geonameid\":"), p.geonameid);
    at = im_put_uint(PUT(at, ",\"edits\":"), located->edits);
    at = put_number(PUT(at, ",\"score\":"), located->score, 3);
    *at++ = '}';
    out->len = (gsize)(at - out->str);
}

void im_answers_to_json_line(const im_gazetteer *gazetteer, im_name name, im_answers answers,
                             GString *out)
{
    char *at = reserve(out, FRAME_BYTES + IM_JSON_STRING_MAX(name.len));
    at = im_put_json_string(PUT(at, "{\"query\":"), name.text, name.len);
    at = PUT(at, ",\"places\":[");
    out->len = (gsize)(at - out->str);
    for (guint i = 0; i < answers.n; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        write_located(out, gazetteer, &answers.places[i]);
    }
    g_string_append_len(out, "]}\n", 3);
}
