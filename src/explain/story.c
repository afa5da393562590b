/* A report, its names and its incidents in words. */
#include "explain/priv.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

static char *number_words(double value, const char *format)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(digits, sizeof digits, format, value));
}

static char *position_words(im_lonlat p)
{
    g_autofree char *lat = number_words(fabs(p.lat_deg), "%.4f");
    g_autofree char *lon = number_words(fabs(p.lon_deg), "%.4f");
    /* with spaces at which no line ends */
    return g_strdup_printf("%s°\u00A0%c,\u00A0%s°\u00A0%c", lat, p.lat_deg < 0 ? 'S' : 'N', lon,
                           p.lon_deg < 0 ? 'W' : 'E');
}

static const char *kind_words(im_place_kind kind)
{
    static const char *const words[] = {
        [IM_PLACE_UNKNOWN] = "place",
        [IM_PLACE_COUNTRY] = "country",
        [IM_PLACE_ADMIN1] = "state or province",
        [IM_PLACE_ADMIN2] = "municipality or county",
        [IM_PLACE_TOWN] = "town",
        [IM_PLACE_REGION] = "region",
        [IM_PLACE_AIRPORT] = "airport",
    };
    return (guint)kind < G_N_ELEMENTS(words) ? words[kind] : words[0];
}

/* `Tapalpa, Jalisco, Mexico`; a container of the same name as what it holds is not told again. */
static char *name_with_containers(const im_gazetteer *gazetteer, const im_place *place)
{
    const im_place_id outer[] = {place->admin2, place->admin1, place->country};
    GString *words = g_string_new(place->name);
    const char *last = place->name;
    for (guint i = 0; i < G_N_ELEMENTS(outer); i++) {
        if (outer[i] == IM_PLACE_NONE || outer[i] == place->id)
            continue;
        const char *name = im_gazetteer_place(gazetteer, outer[i]).name;
        if (strcmp(name, last) != 0)
            g_string_append_printf(words, ", %s", name);
        last = name;
    }
    char *clean = im_explain_clean_line(words->str, words->len);
    g_string_free(words, TRUE);
    return clean;
}

static place_words words_of_place(const im_gazetteer *gazetteer, im_place_id id)
{
    if (id == IM_PLACE_NONE)
        return (place_words){0};
    im_place place = im_gazetteer_place(gazetteer, id);
    return (place_words){name_with_containers(gazetteer, &place), g_strdup(kind_words(place.kind)),
                         position_words(place.position)};
}

static const char *bearing_words(double bearing_deg)
{
    static const char *const words[] = {"north", "north-east", "east", "south-east",
                                        "south", "south-west", "west", "north-west"};
    return words[(guint)lround(bearing_deg / 45) % G_N_ELEMENTS(words)];
}

static void add_part(GString *words, const char *part)
{
    g_string_append_printf(words, "%s%s", words->len ? "; " : "", part);
}

/* `30 km south of it`, `north of it`, `30 km from it`, `near it`. */
static void add_offset(GString *words, const im_mention *m)
{
    g_autofree char *distance = number_words(m->distance_km, "%.4g");
    if (m->distance_km > 0)
        g_string_append_printf(words, "%s km ", distance);
    if (m->bearing_deg >= 0)
        g_string_append_printf(words, "%s of it", bearing_words(m->bearing_deg));
    else
        g_string_append(words, m->distance_km > 0 ? "from it" : "near it");
}

static void add_relation(GString *words, const im_mention *m)
{
    if (m->relation == IM_RELATION_NEAR || m->relation == IM_RELATION_OFFSET)
        add_offset(words, m);
    else if (m->relation == IM_RELATION_BETWEEN)
        g_string_append_printf(words, "between it and [%u]", m->other + 1);
    else if (m->relation == IM_RELATION_PART)
        g_string_append(words, "only a part of it");
}

/* How the place is meant, and what the name does in the text. NULL: nothing to say. */
static char *relation_words(const im_mention *m)
{
    GString *words = g_string_new(NULL);
    add_relation(words, m);
    if (m->flags & IM_MENTION_DATELINE)
        add_part(words, "in the dateline");
    if (m->flags & IM_MENTION_AS_CONTAINER)
        add_part(words, "says where another place is");
    if (m->flags & IM_MENTION_ACTOR)
        add_part(words, "a government or body rather than a place");
    gboolean empty = words->len == 0;
    return g_string_free(words, empty);
}

static char *reason_words(const im_mention *m)
{
    if (m->status == IM_MENTION_NOT_FOUND)
        return g_strdup("the words around it tell of a place");
    if (m->status == IM_MENTION_AMBIGUOUS)
        return g_strdup("several places have this name and the text does not tell which");
    if (m->container != G_MAXUINT32)
        return g_strdup_printf("%s: [%u]", im_reason_text(m->reason), m->container + 1);
    return g_strdup(im_reason_text(m->reason));
}

static char *verdict_words(const im_mention *m, const place_words *place)
{
    if (m->status == IM_MENTION_NOT_FOUND)
        return g_strdup("not in the gazetteer");
    return g_strdup(place->name ? place->name : "ambiguous");
}

static mention_words words_of_mention(const im_gazetteer *gazetteer, const im_report *report,
                                      const im_mention *m, guint number)
{
    mention_words w = {.number = number, .span = m->span, .status = m->status};
    w.surface = im_explain_clean_line(report->text + m->span.start, m->span.end - m->span.start);
    if (m->status == IM_MENTION_RESOLVED)
        w.place = words_of_place(gazetteer, m->place);
    w.verdict = verdict_words(m, &w.place);
    w.runner_up = words_of_place(gazetteer, m->runner_up);
    w.score = number_words(m->score, "%.2f");
    w.runner_up_score = number_words(m->runner_up_score, "%.2f");
    w.reason = reason_words(m);
    w.relation = relation_words(m);
    return w;
}

static void add_figure(GString *words, int n, const char *what)
{
    if (n > 0)
        g_string_append_printf(words, "; %d %s", n, what);
}

static char *what_words(const im_incident *r)
{
    const char *type = im_incident_type_name(r->type);
    const char *status = im_incident_status_name(r->status);
    const char *bound = NULL;
    if (r->count_bound != IM_BOUND_EXACT)
        bound = im_count_bound_name(r->count_bound);
    GString *words = g_string_new(type ? type : "incident");
    if (status)
        g_string_append_printf(words, ", %s", status);
    if (r->count > 1)
        g_string_append_printf(words, "; count %s%s%d", bound ? bound : "", bound ? " " : "",
                               r->count);
    if (r->deaths_low >= 0 && r->deaths_low < r->deaths_high)
        g_string_append_printf(words, "; %d to %d dead", r->deaths_low, r->deaths_high);
    else
        add_figure(words, r->deaths_best, "dead");
    add_figure(words, r->injured, "injured");
    add_figure(words, r->arrested, "arrested");
    add_figure(words, r->abducted, "abducted");
    g_strdelimit(words->str, "_", ' ');
    return g_string_free(words, FALSE);
}

static char *where_words(const im_incident *r)
{
    const char *const parts[] = {r->location, r->admin1, r->country};
    const char *level = im_geo_level_name(r->geo_level), *last = NULL;
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!parts[i] || (last && strcmp(last, parts[i]) == 0))
            continue;
        g_string_append_printf(words, "%s%s", words->len ? ", " : "", parts[i]);
        last = parts[i];
    }
    if (words->len == 0)
        return g_strdup("no place");
    if (level)
        g_string_append_printf(words, " (%s)", level);
    if (!r->has_geometry)
        g_string_append(words, ", not on the map");
    if (r->place_text && r->location && strcmp(r->place_text, r->location) != 0)
        g_string_append_printf(words, ", from “%s”", r->place_text);
    return im_explain_clean_line(words->str, words->len);
}

static char *when_words(const im_incident *r)
{
    static const char *const basis[] = {
        [IM_DATE_NONE] = NULL,
        [IM_DATE_EXPLICIT] = "a full date",
        [IM_DATE_WEEKDAY] = "the day of the week",
        [IM_DATE_MONTH_DAY] = "a date without its year",
        [IM_DATE_RELATIVE] = "a day told from another one",
        [IM_DATE_DATELINE] = "the dateline",
        [IM_DATE_PUBLISHED] = "the date of the report",
    };
    char from[IM_DAY_ISO_SIZE], to[IM_DAY_ISO_SIZE];
    if (r->date_start == IM_DAY_NONE)
        return g_strdup("no date");
    g_autoptr(GString) words = g_string_new(im_day_format_iso(r->date_start, from));
    if (r->date_end != IM_DAY_NONE && r->date_end != r->date_start)
        g_string_append_printf(words, " to %s", im_day_format_iso(r->date_end, to));
    if ((guint)r->date_basis < G_N_ELEMENTS(basis) && basis[r->date_basis])
        g_string_append_printf(words, ", from %s", basis[r->date_basis]);
    if (r->date_text)
        g_string_append_printf(words, " (“%s”)", r->date_text);
    return im_explain_clean_line(words->str, words->len);
}

static char *clean_or_empty(const char *text)
{
    return text ? im_explain_clean_line(text, strlen(text)) : g_strdup("");
}

static char *who_words(const im_incident *r)
{
    g_autofree char *words = r->actor1 && r->actor2
                                 ? g_strdup_printf("%s against %s", r->actor1, r->actor2)
                             : r->actor2 ? g_strdup_printf("against %s", r->actor2)
                                         : g_strdup(r->actor1);
    return clean_or_empty(words);
}

static incident_words words_of_incident(const im_report *report, const im_incident *r)
{
    incident_words w = {.title = clean_or_empty(r->title),
                        .what = what_words(r),
                        .where = where_words(r),
                        .when = when_words(r),
                        .who = who_words(r)};
    const im_source *source = r->sources->len ? r->sources->pdata[0] : NULL;
    w.quote = clean_or_empty(source ? source->quote : NULL);
    if (source && source->char_end > source->char_start) {
        gsize len = report->text_len;
        w.sentence.start = (guint32)im_utf8_offset(report->text, len, source->char_start);
        w.sentence.end = (guint32)im_utf8_offset(report->text, len, source->char_end);
    }
    return w;
}

static char *title_words(const im_report *report)
{
    if (report->headline)
        return clean_or_empty(report->headline);
    return clean_or_empty(strcmp(report->id, "-") == 0 ? "standard input" : report->id);
}

static char *origin_words(const im_report *report)
{
    char day[IM_DAY_ISO_SIZE];
    gboolean dated = report->published != IM_DAY_NONE;
    g_autoptr(GString) words = g_string_new(dated ? im_day_format_iso(report->published, day)
                                                  : "publication date unknown");
    if (report->publisher)
        g_string_append_printf(words, " · %s", report->publisher);
    if (report->headline) /* else it is the title */
        g_string_append_printf(words, " · %s", report->id);
    return im_explain_clean_line(words->str, words->len);
}

static void place_clear(place_words *w)
{
    g_free(w->name);
    g_free(w->kind);
    g_free(w->position);
}

static void mention_clear(gpointer data)
{
    mention_words *w = data;
    place_clear(&w->place);
    place_clear(&w->runner_up);
    g_free(w->surface);
    g_free(w->verdict);
    g_free(w->score);
    g_free(w->runner_up_score);
    g_free(w->reason);
    g_free(w->relation);
}

static void incident_clear(gpointer data)
{
    incident_words *w = data;
    g_free(w->title);
    g_free(w->what);
    g_free(w->where);
    g_free(w->when);
    g_free(w->who);
    g_free(w->quote);
}

static void rejected_clear(gpointer data)
{
    g_free(((rejected_words *)data)->surface);
}

static GArray *rows_new(guint size, GDestroyNotify clear)
{
    GArray *rows = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(rows, clear);
    return rows;
}

static gboolean is_told(const GArray *rejected, const rejected_words *w)
{
    for (guint i = 0; i < rejected->len; i++) {
        const rejected_words *other = &g_array_index(rejected, rejected_words, i);
        if (other->why == w->why && strcmp(other->surface, w->surface) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Each word and reason once, the first so many. */
static void add_rejected(story *s, const GArray *rejected)
{
    enum { MOST = 60 };
    for (guint i = 0; rejected && i < rejected->len && s->rejected->len < MOST; i++) {
        const im_rejected *r = &g_array_index(rejected, im_rejected, i);
        const char *surface = s->report->text + r->span.start;
        rejected_words w = {im_explain_clean_line(surface, r->span.end - r->span.start),
                            im_rejection_text(r->why)};
        if (is_told(s->rejected, &w))
            rejected_clear(&w);
        else
            g_array_append_val(s->rejected, w);
    }
}

/* The text without what is blank around it, such as a date line. */
static im_span body_of(const im_report *report)
{
    im_span body = {0, (guint32)report->text_len};
    while (body.start < body.end && g_ascii_isspace(report->text[body.start]))
        body.start++;
    while (body.end > body.start && g_ascii_isspace(report->text[body.end - 1]))
        body.end--;
    return body;
}

story *im_story_new(const im_gazetteer *gazetteer, const im_explained *e)
{
    story *s = g_new0(story, 1);
    s->report = e->report;
    s->title = title_words(e->report);
    s->origin = origin_words(e->report);
    s->body = body_of(e->report);
    s->mentions = rows_new(sizeof(mention_words), mention_clear);
    s->incidents = rows_new(sizeof(incident_words), incident_clear);
    s->rejected = rows_new(sizeof(rejected_words), rejected_clear);
    for (guint i = 0; i < e->mentions->len; i++) {
        const im_mention *m = &g_array_index(e->mentions, im_mention, i);
        mention_words w = words_of_mention(gazetteer, e->report, m, i + 1);
        g_array_append_val(s->mentions, w);
    }
    for (guint i = 0; e->incidents && i < e->incidents->len; i++) {
        incident_words w = words_of_incident(e->report, e->incidents->pdata[i]);
        g_array_append_val(s->incidents, w);
    }
    add_rejected(s, e->rejected);
    return s;
}

void im_story_free(story *s)
{
    if (!s)
        return;
    g_array_unref(s->mentions);
    g_array_unref(s->incidents);
    g_array_unref(s->rejected);
    g_free(s->title);
    g_free(s->origin);
    g_free(s);
}
