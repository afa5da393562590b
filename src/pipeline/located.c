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

/* Of the gazetteer, which gives UTF-8 only. */
static char *put_text(char *at, im_name text)
{
    return text.len > 0 ? im_put_json_utf8(at, text.text, text.len) : PUT(at, "null");
}

static im_name text_of(const char *text)
{
    return (im_name){text, strlen(text)};
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
    im_name name = text_of(p.name), feature = text_of(p.feature_code);
    im_name admin1 = text_of(im_gazetteer_place_name(gazetteer, p.admin1));
    im_name admin2 = text_of(im_gazetteer_place_name(gazetteer, p.admin2));
    im_name country = text_of(p.country_code), kind = text_of(im_place_kind_name(p.kind));
    gsize text_bytes = name.len + feature.len + admin1.len + admin2.len + country.len + kind.len;
    char *at = reserve(out, FRAME_BYTES + IM_JSON_STRING_MAX(text_bytes));
    at = put_text(PUT(at, "{\"name\":"), name);
    at = put_text(PUT(at, ",\"kind\":"), kind);
    at = put_text(PUT(at, ",\"admin2\":"), admin2);
    at = put_text(PUT(at, ",\"admin1\":"), admin1);
    at = put_text(PUT(at, ",\"country\":"), country);
    at = put_number(PUT(at, ",\"lat\":"), p.position.lat_deg, 5);
    at = put_number(PUT(at, ",\"lon\":"), p.position.lon_deg, 5);
    at = put_text(PUT(at, ",\"feature_code\":"), feature);
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
