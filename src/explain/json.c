/* For programs: what the other layouts say, as one line of JSON a report. */
#include "explain/priv.h"

#include "base/json.h"
#include "base/utf8.h"
#include "output/records.h"

#include <math.h>

static void add_index(im_json *json, const char *key, guint32 index)
{
    im_json_key(json, key);
    if (index == G_MAXUINT32)
        im_json_null(json);
    else
        im_json_int(json, index);
}

/* Offsets are code points of the text. */
static void add_span(im_json *json, im_utf8_counter *at, im_span span)
{
    im_json_key(json, "start");
    im_json_int(json, (gint64)im_utf8_count_to(at, span.start));
    im_json_key(json, "end");
    im_json_int(json, (gint64)im_utf8_count_to(at, span.end));
    im_json_key(json, "surface");
    im_json_string_len(json, at->text + span.start, span.end - span.start);
}

static const char *name_of(const im_gazetteer *gazetteer, im_place_id id)
{
    return id == IM_PLACE_NONE ? NULL : im_gazetteer_place_name(gazetteer, id);
}

static void add_place(im_json *json, const char *key, const im_gazetteer *gazetteer, im_place_id id,
                      double score)
{
    im_json_key(json, key);
    if (id == IM_PLACE_NONE) {
        im_json_null(json);
        return;
    }
    im_place place = im_gazetteer_place(gazetteer, id);
    im_json_open(json, '{');
    im_json_text(json, "name", place.name);
    im_json_text(json, "admin2", name_of(gazetteer, place.admin2));
    im_json_text(json, "admin1", name_of(gazetteer, place.admin1));
    im_json_text(json, "country", place.country_code);
    im_json_text(json, "feature_code", place.feature_code);
    im_json_key(json, "geonameid");
    if (place.geonameid)
        im_json_int(json, place.geonameid);
    else
        im_json_null(json);
    im_json_real(json, "lat", place.position.lat_deg, 5);
    im_json_real(json, "lon", place.position.lon_deg, 5);
    im_json_real(json, "score", score, 3);
    im_json_close(json, '}');
}

static void add_relation(im_json *json, const im_mention *m)
{
    im_json_key(json, "relation");
    if (m->relation == IM_RELATION_NONE) {
        im_json_null(json);
        return;
    }
    im_json_open(json, '{');
    im_json_text(json, "kind", im_relation_name(m->relation));
    im_json_real(json, "distance_km", m->distance_km > 0 ? m->distance_km : NAN, 3);
    im_json_real(json, "bearing_deg", m->bearing_deg >= 0 ? m->bearing_deg : NAN, 1);
    im_json_real(json, "radius_km", m->radius_km, 3);
    add_index(json, "other", m->relation == IM_RELATION_BETWEEN ? m->other : G_MAXUINT32);
    im_json_close(json, '}');
}

static void add_mention(im_json *json, const im_gazetteer *gazetteer, im_utf8_counter *at,
                        const im_mention *m)
{
    gboolean resolved = m->status == IM_MENTION_RESOLVED;
    im_json_open(json, '{');
    add_span(json, at, m->span);
    im_json_text(json, "status", im_mention_status_name(m->status));
    add_place(json, "place", gazetteer, resolved ? m->place : IM_PLACE_NONE, m->score);
    im_json_text(json, "reason", m->reason ? im_reason_text(m->reason) : NULL);
    add_index(json, "container", m->container);
    add_relation(json, m);
    add_place(json, "runner_up", gazetteer, m->runner_up, m->runner_up_score);
    im_json_close(json, '}');
}

static void add_rejected(im_json *json, const im_report *report, const GArray *rejected)
{
    im_utf8_counter at = {.text = report->text};
    im_json_key(json, "rejected");
    im_json_open(json, '[');
    for (guint i = 0; i < rejected->len; i++) {
        const im_rejected *r = &g_array_index(rejected, im_rejected, i);
        im_json_open(json, '{');
        add_span(json, &at, r->span);
        im_json_text(json, "why", im_rejection_text(r->why));
        im_json_close(json, '}');
    }
    im_json_close(json, ']');
}

void im_explain_json(const im_gazetteer *gazetteer, const im_explained *e, GString *out)
{
    im_json json = im_json_to(out);
    im_utf8_counter at = {.text = e->report->text};
    im_json_open(&json, '{');
    im_json_text(&json, "id", e->report->id);
    im_json_key(&json, "toponyms");
    im_json_open(&json, '[');
    for (guint i = 0; i < e->mentions->len; i++)
        add_mention(&json, gazetteer, &at, &g_array_index(e->mentions, im_mention, i));
    im_json_close(&json, ']');
    if (e->incidents)
        im_incidents_to_json(&json, e->incidents);
    if (e->rejected)
        add_rejected(&json, e->report, e->rejected);
    im_json_close(&json, '}');
    g_string_append_c(out, '\n');
}
