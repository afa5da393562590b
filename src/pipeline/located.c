/* Answers of locate as JSON. Written straight into memory: a batch has a million of them. */
#include "base/digits.h"
#include "pipeline/priv.h"

#include <string.h>

/* What the keys, the brackets and the numbers of one place take at most. */
enum { FRAME_BYTES = 512 };

static char *put_count(char *at, guint32 value)
{
    return value > 0 ? im_put_uint(at, value) : IM_PUT(at, "null");
}

/* What a place's JSON says whatever it was asked by. */
static void append_place(GString *out, const im_gazetteer *gazetteer, im_place_id id)
{
    im_place p = im_gazetteer_place(gazetteer, id);
    im_name name = pipe_name(p.name), feature = pipe_name(p.feature_code);
    im_name admin1 = pipe_name(im_gazetteer_place_name(gazetteer, p.admin1));
    im_name admin2 = pipe_name(im_gazetteer_place_name(gazetteer, p.admin2));
    im_name country = pipe_name(p.country_code), kind = pipe_name(im_place_kind_name(p.kind));
    gsize text_bytes = name.len + feature.len + admin1.len + admin2.len + country.len + kind.len;
    char *at = im_room(out, FRAME_BYTES + IM_JSON_STRING_MAX(text_bytes));
    at = im_put_text(IM_PUT(at, "{\"name\":"), name.text, name.len);
    at = im_put_text(IM_PUT(at, ",\"kind\":"), kind.text, kind.len);
    at = im_put_text(IM_PUT(at, ",\"admin2\":"), admin2.text, admin2.len);
    at = im_put_text(IM_PUT(at, ",\"admin1\":"), admin1.text, admin1.len);
    at = im_put_text(IM_PUT(at, ",\"country\":"), country.text, country.len);
    at = im_put_number(IM_PUT(at, ",\"lat\":"), p.position.lat_deg, 5);
    at = im_put_number(IM_PUT(at, ",\"lon\":"), p.position.lon_deg, 5);
    at = im_put_text(IM_PUT(at, ",\"feature_code\":"), feature.text, feature.len);
    at = put_count(IM_PUT(at, ",\"population\":"), p.population);
    at = put_count(IM_PUT(at, ",\"geonameid\":"), p.geonameid);
    im_take_room(out, at);
}

enum {
    MEMORY_SLOTS = 1 << 18,
    MEMORY_BYTES = 1 << 26,
    LINE_BYTES = 64, /* of the processor's cache */
};

/* A place that was written before: where its JSON stands in the memory. */
typedef struct slot {
    im_place_id place;
    guint32 at, len; /* len 0: none yet */
} slot;

struct im_answer_writer {
    const im_gazetteer *gazetteer;
    slot *slots;
    GString *text;
};

im_answer_writer *im_answer_writer_new(const im_gazetteer *gazetteer)
{
    im_answer_writer *w = g_new0(im_answer_writer, 1);
    w->gazetteer = gazetteer;
    w->slots = g_new0(slot, MEMORY_SLOTS);
    w->text = g_string_new(NULL);
    return w;
}

void im_answer_writer_free(im_answer_writer *writer)
{
    g_free(writer->slots);
    g_string_free(writer->text, TRUE);
    g_free(writer);
}

static slot *slot_of(const im_answer_writer *w, im_place_id place)
{
    return &w->slots[place % MEMORY_SLOTS];
}

/* As append_place(), from memory if it is there. First come, first kept. */
static void recall_place(im_answer_writer *w, GString *out, im_place_id place)
{
    slot *s = slot_of(w, place);
    if (s->len > 0 && s->place == place) {
        im_take_room(out, im_put_bytes(im_room(out, s->len), w->text->str + s->at, s->len));
        return;
    }
    gsize from = out->len;
    append_place(out, w->gazetteer, place);
    gsize len = out->len - from;
    if (s->len > 0 || w->text->len + len > MEMORY_BYTES)
        return;
    *s = (slot){place, (guint32)w->text->len, (guint32)len};
    g_string_append_len(w->text, out->str + from, (gssize)len);
}

static void append_match(GString *out, const im_located *located)
{
    char *at = im_room(out, FRAME_BYTES);
    at = im_put_uint(IM_PUT(at, ",\"edits\":"), located->edits);
    at = im_put_number(IM_PUT(at, ",\"score\":"), located->score, 3);
    *at++ = '}';
    im_take_room(out, at);
}

static void begin_line(GString *out, im_name name)
{
    char *at = im_room(out, FRAME_BYTES + IM_JSON_STRING_MAX(name.len));
    at = im_put_json_string(IM_PUT(at, "{\"query\":"), name.text, name.len);
    at = IM_PUT(at, ",\"places\":[");
    im_take_room(out, at);
}

static void end_line(GString *out)
{
    char *at = IM_PUT(im_room(out, FRAME_BYTES), "]}\n");
    im_take_room(out, at);
}

/* Sends for what will be needed, in two steps. */
static void fetch(const im_answer_writer *w, const im_answers *answers, guint n)
{
    for (guint i = 0; i < n; i++)
        for (guint j = 0; j < answers[i].n; j++)
            __builtin_prefetch(slot_of(w, answers[i].places[j].place));
    for (guint i = 0; i < n; i++)
        for (guint j = 0; j < answers[i].n; j++) {
            const slot *s = slot_of(w, answers[i].places[j].place);
            for (guint32 byte = 0; byte < s->len; byte += LINE_BYTES)
                __builtin_prefetch(w->text->str + s->at + byte);
        }
}

void im_answer_writer_add(im_answer_writer *w, const im_name *names, const im_answers *answers,
                          guint n, GString *out)
{
    fetch(w, answers, n);
    for (guint i = 0; i < n; i++) {
        begin_line(out, names[i]);
        for (guint j = 0; j < answers[i].n; j++) {
            if (j > 0)
                g_string_append_c(out, ',');
            recall_place(w, out, answers[i].places[j].place);
            append_match(out, &answers[i].places[j]);
        }
        end_line(out);
    }
}

void im_answers_to_json_line(const im_gazetteer *gazetteer, im_name name, im_answers answers,
                             GString *out)
{
    begin_line(out, name);
    for (guint i = 0; i < answers.n; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_place(out, gazetteer, answers.places[i].place);
        append_match(out, &answers.places[i]);
    }
    end_line(out);
}
