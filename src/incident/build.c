/* Event → record. */
#include "incident/content.h"
#include "incident/priv.h"

#include "base/digits.h"
#include "base/utf8.h"

#include <string.h>

enum { QUOTE_BYTES = 1200 };

static char *text_of(const im_text *text, im_span span)
{
    char *out = g_malloc(span.end - span.start + 1);
    *im_put_words(out, text->bytes + span.start, span.end - span.start) = '\0';
    return out;
}

static im_geo_level level_of(const im_place *p, const im_gazetteer *gazetteer)
{
    switch (p->kind) {
    case IM_PLACE_COUNTRY:
        return IM_LEVEL_COUNTRY;
    case IM_PLACE_ADMIN1:
    case IM_PLACE_REGION:
        return IM_LEVEL_STATE;
    case IM_PLACE_ADMIN2:
        return IM_LEVEL_MUNICIPALITY;
    default:
        break;
    }
    enum { CITY_POPULATION = 15000 };
    gboolean seat =
        g_str_has_prefix(p->feature_code, "PPLA") || strcmp(p->feature_code, "PPLC") == 0;
    gboolean namesake = p->admin2 != IM_PLACE_NONE &&
                        strcmp(im_gazetteer_place_name(gazetteer, p->admin2), p->name) == 0;
    return p->kind == IM_PLACE_TOWN && (seat || namesake || p->population >= CITY_POPULATION)
               ? IM_LEVEL_MUNICIPALITY
               : IM_LEVEL_POINT;
}

static char *name_of(const im_gazetteer *gazetteer, im_place_id id)
{
    return id == IM_PLACE_NONE ? NULL : g_strdup(im_gazetteer_place_name(gazetteer, id));
}

static void set_containers(im_incident *r, const im_gazetteer *gazetteer, const im_place *p)
{
    r->admin2 = name_of(gazetteer, p->admin2);
    r->admin1 = name_of(gazetteer, p->admin1);
    r->country = name_of(gazetteer, p->country);
    r->iso = *p->country_code ? g_strdup(p->country_code) : NULL;
    if (p->admin1 == IM_PLACE_NONE)
        return;
    im_place state = im_gazetteer_place(gazetteer, p->admin1);
    r->admin1_code = g_strdup(state.code);
    r->iso3166_2 = *state.iso3166_2 ? g_strdup(state.iso3166_2) : NULL;
}

/* ACLED's and UCDP's precision codes, from their codebooks. */
static void set_precision(im_incident *r, const im_place *p, gboolean near)
{
    switch (r->geo_level) {
    case IM_LEVEL_COUNTRY:
        r->geo_precision = 3, r->where_prec = 6;
        break;
    case IM_LEVEL_STATE:
        r->geo_precision = 3, r->where_prec = 4;
        break;
    default:
        r->geo_precision = near ? 2 : 1;
        r->where_prec = near ? 2 : p->kind == IM_PLACE_ADMIN2 ? 3 : 1;
    }
}

static void set_position(im_incident *r, const im_mention *m, const im_place *p)
{
    r->position = p->position;
    r->radius_km = p->radius_km;
    r->has_geometry = r->geo_level != IM_LEVEL_COUNTRY && im_lonlat_is_valid(p->position);
    if (m->relation == IM_RELATION_OFFSET && m->distance_km > 0) {
        r->position = im_destination(p->position, m->bearing_deg, m->distance_km);
        r->radius_km = MAX(r->radius_km, m->distance_km / 3);
    }
}

/* The words for the place with the relation before them: "near Tapalpa". */
static char *place_text(const im_text *text, const im_mention *m)
{
    guint32 first = m->first, start = im_sentence_of(text, m->first)->first;
    for (guint32 back = 1; m->relation != IM_RELATION_NONE && back <= 5 && m->first >= start + back;
         back++)
        if (im_text_tag_at(text, m->first - back, IM_LEX_PREPOSITION) ||
            im_text_tag_at(text, m->first - back, IM_LEX_DIRECTION))
            first = m->first - back;
    return text_of(text, im_text_span(text, first, m->end));
}

static void set_resolved_place(const story *s, im_incident *r, const event *e)
{
    const im_mention *m = &s->mentions[e->mention];
    im_place p = im_gazetteer_place(s->gazetteer, m->place);
    r->location = g_strdup(p.name);
    r->place_text = place_text(s->text, m);
    set_containers(r, s->gazetteer, &p);
    r->geo_level = level_of(&p, s->gazetteer);
    set_precision(r, &p, e->near);
    set_position(r, m, &p);
    r->place_id = p.geonameid;
    r->place_score = m->score;
}

/* The nearest resolved mention to one that the gazetteer lacks: it says roughly where it is. */
static guint32 nearest_resolved(const story *s, guint32 mention)
{
    guint32 best = IM_NO_MENTION, best_gap = 60;
    guint32 first = mention > IM_REACH_MENTIONS ? mention - IM_REACH_MENTIONS : 0;
    guint32 end = MIN(s->n_mentions, mention + IM_REACH_MENTIONS);
    for (guint32 i = first; i < end; i++) {
        const im_mention *m = &s->mentions[i];
        if (m->status != IM_MENTION_RESOLVED || (m->flags & IM_MENTION_ACTOR) || s->strays[i])
            continue;
        im_place p = im_gazetteer_place(s->gazetteer, m->place);
        gboolean abroad = s->country != IM_PLACE_NONE && p.country != s->country;
        if ((s->strays[mention] && abroad) ||
            (p.kind == IM_PLACE_COUNTRY && im_says_whose(s->text, m)))
            continue;
        guint32 at = s->mentions[mention].first;
        guint32 gap = m->first > at ? m->first - at : at - m->first;
        if (gap < best_gap) {
            best = i;
            best_gap = gap;
        }
    }
    return best;
}

/* A place by the text that is in no gazetteer: named as written, placed only as its surroundings, else as
 * the report's country. */
static gboolean set_unknown_place(const story *s, im_incident *r, const event *e)
{
    const im_mention *m = &s->mentions[e->mention];
    guint32 near = nearest_resolved(s, e->mention);
    im_place_id around = near == IM_NO_MENTION ? s->country : s->mentions[near].place;
    if (around == IM_PLACE_NONE)
        return FALSE;
    im_place p = im_gazetteer_place(s->gazetteer, around);
    r->location = text_of(s->text, m->span);
    r->place_text = g_strdup(r->location);
    set_containers(r, s->gazetteer, &p);
    r->geo_level = IM_LEVEL_POINT;
    r->geo_precision = 2;
    r->where_prec = p.kind == IM_PLACE_ADMIN1 ? 4 : p.kind == IM_PLACE_COUNTRY ? 6 : 3;
    r->radius_km = MAX(p.radius_km, 10);
    r->place_score = near == IM_NO_MENTION ? 0.3 : s->mentions[near].score / 2;
    r->position = p.position;
    r->has_geometry = p.kind == IM_PLACE_TOWN || p.kind == IM_PLACE_ADMIN2;
    return TRUE;
}

static gboolean set_country(const story *s, im_incident *r, const event *e)
{
    im_place_id country = e->country != IM_PLACE_NONE ? e->country : s->country;
    if (country == IM_PLACE_NONE)
        return FALSE;
    im_place p = im_gazetteer_place(s->gazetteer, country);
    r->location = g_strdup(p.name);
    set_containers(r, s->gazetteer, &p);
    r->geo_level = IM_LEVEL_COUNTRY;
    set_precision(r, &p, FALSE);
    r->radius_km = p.radius_km;
    r->place_id = p.geonameid;
    r->place_score = 0.9;
    return TRUE;
}

static gboolean set_place(const story *s, im_incident *r, const event *e)
{
    if (e->country_wide || e->mention == IM_NO_MENTION)
        return set_country(s, r, e);
    if (s->mentions[e->mention].status != IM_MENTION_RESOLVED || s->strays[e->mention])
        return set_unknown_place(s, r, e);
    set_resolved_place(s, r, e);
    return TRUE;
}

static void set_deaths(im_incident *r, const event *e)
{
    int dead = im_event_dead(e);
    if (dead == IM_UNKNOWN)
        return;
    r->deaths_best = dead;
    r->deaths_low = e->dead_bound == IM_BOUND_AT_MOST ? 0 : dead;
    r->deaths_high = MAX(dead, e->dead_high);
    r->deaths_security = e->dead[ROLE_SECURITY];
    r->deaths_suspects = e->dead[ROLE_SUSPECTS];
    r->deaths_civilians = e->dead[ROLE_CIVILIANS];
    r->deaths_unknown = e->dead[ROLE_PEOPLE];
}

static void set_numbers(im_incident *r, const event *e)
{
    r->count = e->count;
    if (e->count != IM_UNKNOWN)
        r->count_bound = e->bound;
    r->injured = e->injured;
    r->arrested = e->arrested;
    r->abducted = e->abducted;
    if (e->type == IM_INCIDENT_KIDNAPPING) {
        r->count = e->abducted;
        r->count_bound = e->abducted == IM_UNKNOWN ? IM_BOUND_NONE : IM_BOUND_EXACT;
    }
    if (e->type == IM_INCIDENT_KILLING || e->type == IM_INCIDENT_ARREST) {
        r->count = IM_UNKNOWN;
        r->count_bound = IM_BOUND_NONE;
    }
    set_deaths(r, e);
}

static void set_date(const story *s, im_incident *r, const event *e)
{
    r->date_start = e->start;
    r->date_end = e->stop;
    r->date_basis = e->basis;
    r->time_precision = e->time_precision;
    if (e->date_span.end > 0)
        r->date_text = text_of(s->text, e->date_span);
}

/* Crowds that are attacked are civilians, and so are the dead of whom no group is named (ACLED
 * Codebook 2023, "Civilians"). */
static void set_actors(const story *s, im_incident *r, const event *e)
{
    gboolean attacked = im_event_is_violent(e) || e->type == IM_INCIDENT_KIDNAPPING;
    gboolean crowd = e->target && im_lexeme_has(e->target->lexeme, IM_EXTRA_PROTESTERS);
    gboolean civilians = e->target ? crowd : e->dead[ROLE_CIVILIANS] > 0;
    r->actor1 = im_story_actor_name(s, e->agent, r->country);
    if (attacked && civilians && r->country)
        r->actor2 = g_strdup_printf("Civilians (%s)", r->country);
    else
        r->actor2 = im_story_actor_name(s, e->target, r->country);
}

/* Code points before a byte; the events come in order, so each stretch is counted once. */
static guint32 count_points(story *s, guint32 byte)
{
    if (byte < s->counted_bytes)
        s->counted_bytes = s->counted_points = 0;
    s->counted_points +=
        (guint32)im_utf8_length(s->text->bytes + s->counted_bytes, byte - s->counted_bytes);
    s->counted_bytes = byte;
    return s->counted_points;
}

/* The sentences that carry the event, one line. */
static char *quote_of(story *s, const event *e)
{
    static const char gap[] = " […] ";
    GString *quote = s->quote;
    g_string_truncate(quote, 0);
    for (guint i = 0; i < e->n_quotes && quote->len < QUOTE_BYTES; i++) {
        const im_sentence *sentence = &s->text->sentences[e->quotes[i]];
        const im_span span = im_text_span(s->text, sentence->first, sentence->end);
        const gsize len = span.end - span.start;
        char *at = im_room(quote, sizeof gap + len);
        at = quote->len > 0 ? stpcpy(at, gap) : at;
        im_take_room(quote, im_put_words(at, s->text->bytes + span.start, len));
    }
    return g_strndup(quote->str, quote->len);
}

static im_source *source_of(story *s, const event *e)
{
    const im_report *report = s->report;
    im_source *source = im_source_new();
    source->report = g_strdup(report->id);
    source->publisher = g_strdup(report->publisher);
    source->headline = g_strdup(report->headline);
    source->url = g_strdup(report->url);
    source->date = report->published;
    if (e->n_quotes > 0) {
        const im_sentence *sentence = &s->text->sentences[e->quotes[0]];
        const im_span span = im_text_span(s->text, sentence->first, sentence->end);
        source->char_start = count_points(s, span.start);
        source->char_end = count_points(s, span.end);
    }
    source->quote = quote_of(s, e);
    return source;
}

static double confidence_of(const event *e, const im_incident *r)
{
    double trigger = e->implied ? 0.75 : e->weak ? 0.7 : e->noun ? 0.85 : 0.95;
    double place = e->place_weight >= IM_WEIGHT_SURE      ? 1.0
                   : e->place_weight >= IM_WEIGHT_ANAPHOR ? 0.9
                   : e->place_weight >= IM_WEIGHT_CARRIED ? 0.75
                                                          : 0.5;
    double score = r->place_score < 0 ? 0.5 : r->place_score;
    return trigger * place * (0.5 + 0.5 * score);
}

im_incident *im_event_record(story *s, const event *e)
{
    g_autoptr(im_incident) r = im_incident_new(e->type);
    if (!set_place(s, r, e))
        return NULL;
    r->status = e->status;
    set_numbers(r, e);
    set_date(s, r, e);
    set_actors(s, r, e);
    g_ptr_array_add(r->sources, source_of(s, e));
    r->number_of_sources = r->number_of_articles = 1;
    r->confidence = confidence_of(e, r);
    im_incident_round(r);
    return g_steal_pointer(&r);
}
