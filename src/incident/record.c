/* The incident record: its life, its order and the names of its codes. */
#include "incident/content.h"

#include <math.h>
#include <string.h>

/* The first of the strings are made of the rest. */
enum { MADE_STRINGS = 3 };

/* The strings a record owns, so that copying and freeing cannot forget one. */
static const gsize string_offsets[] = {
    G_STRUCT_OFFSET(im_incident, id),          G_STRUCT_OFFSET(im_incident, parent_id),
    G_STRUCT_OFFSET(im_incident, title),       G_STRUCT_OFFSET(im_incident, date_text),
    G_STRUCT_OFFSET(im_incident, location),    G_STRUCT_OFFSET(im_incident, place_text),
    G_STRUCT_OFFSET(im_incident, admin2),      G_STRUCT_OFFSET(im_incident, admin1),
    G_STRUCT_OFFSET(im_incident, country),     G_STRUCT_OFFSET(im_incident, iso),
    G_STRUCT_OFFSET(im_incident, admin1_code), G_STRUCT_OFFSET(im_incident, iso3166_2),
    G_STRUCT_OFFSET(im_incident, actor1),      G_STRUCT_OFFSET(im_incident, actor2),
};

static const gsize number_offsets[] = {
    G_STRUCT_OFFSET(im_incident, count),
    G_STRUCT_OFFSET(im_incident, deaths_low),
    G_STRUCT_OFFSET(im_incident, deaths_best),
    G_STRUCT_OFFSET(im_incident, deaths_high),
    G_STRUCT_OFFSET(im_incident, deaths_security),
    G_STRUCT_OFFSET(im_incident, deaths_suspects),
    G_STRUCT_OFFSET(im_incident, deaths_civilians),
    G_STRUCT_OFFSET(im_incident, deaths_unknown),
    G_STRUCT_OFFSET(im_incident, injured),
    G_STRUCT_OFFSET(im_incident, arrested),
    G_STRUCT_OFFSET(im_incident, abducted),
    G_STRUCT_OFFSET(im_incident, time_precision),
    G_STRUCT_OFFSET(im_incident, geo_precision),
    G_STRUCT_OFFSET(im_incident, where_prec),
};

static char **string_at(im_incident *incident, guint i)
{
    return &G_STRUCT_MEMBER(char *, incident, string_offsets[i]);
}

im_source *im_source_new(void)
{
    return g_atomic_rc_box_new0(im_source);
}

im_source *im_source_ref(im_source *source)
{
    return g_atomic_rc_box_acquire(source);
}

static void source_clear(gpointer data)
{
    im_source *source = data;
    g_free(source->report);
    g_free(source->publisher);
    g_free(source->headline);
    g_free(source->url);
    g_free(source->quote);
}

void im_source_unref(im_source *source)
{
    g_atomic_rc_box_release_full(source, source_clear);
}

static gpointer source_ref(gconstpointer source, gpointer data)
{
    (void)data;
    return im_source_ref((gpointer)source);
}

const char *im_source_name(const im_source *source)
{
    if (source->publisher && *source->publisher)
        return source->publisher;
    const char *slash = source->report ? strrchr(source->report, '/') : NULL;
    return slash && slash[1] ? slash + 1 : source->report;
}

im_incident *im_incident_new(im_incident_type type)
{
    im_incident *incident = g_new0(im_incident, 1);
    incident->type = type;
    for (guint i = 0; i < G_N_ELEMENTS(number_offsets); i++)
        G_STRUCT_MEMBER(int, incident, number_offsets[i]) = IM_UNKNOWN;
    incident->radius_km = incident->place_score = IM_UNKNOWN;
    incident->sources = g_ptr_array_new_with_free_func((GDestroyNotify)im_source_unref);
    return incident;
}

void im_incident_free(im_incident *incident)
{
    if (!incident)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(string_offsets); i++)
        if (*string_at(incident,
                       i)) /* most are not there: half of all calls of free() were for these */
            g_free(*string_at(incident, i));
    g_ptr_array_unref(incident->sources);
    if (incident->parts)
        g_ptr_array_unref(incident->parts);
    g_free(incident);
}

static gpointer incident_copy(gconstpointer original, gpointer data)
{
    (void)data;
    return im_incident_copy(original);
}

im_incident *im_incident_copy(const im_incident *incident)
{
    im_incident *copy = g_memdup2(incident, sizeof *copy);
    for (guint i = 0; i < G_N_ELEMENTS(string_offsets); i++)
        *string_at(copy, i) = g_strdup(*string_at(copy, i));
    copy->sources = g_ptr_array_copy(incident->sources, source_ref, NULL);
    g_ptr_array_set_free_func(copy->sources, (GDestroyNotify)im_source_unref);
    if (incident->parts) {
        copy->parts = g_ptr_array_copy(incident->parts, incident_copy, NULL);
        g_ptr_array_set_free_func(copy->parts, (GDestroyNotify)im_incident_free);
    }
    return copy;
}

/* Rounded to the double that is nearest to the decimal number, which is what reading it gives. */
static double rounded(double value, double factor)
{
    return round(value * factor) / factor;
}

void im_incident_round(im_incident *r)
{
    r->position.lon_deg = rounded(r->position.lon_deg, 1e5);
    r->position.lat_deg = rounded(r->position.lat_deg, 1e5);
    r->radius_km = rounded(r->radius_km, 1e1);
    r->place_score = rounded(r->place_score, 1e3);
    r->confidence = rounded(r->confidence, 1e3);
}

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_sources(const im_source *a, const im_source *b)
{
    int order = g_strcmp0(a->report, b->report);
    order = order ? order : compare_numbers(a->char_start, b->char_start);
    order = order ? order : compare_numbers(a->char_end, b->char_end);
    order = order ? order : compare_numbers(a->date, b->date);
    order = order ? order : g_strcmp0(a->publisher, b->publisher);
    order = order ? order : g_strcmp0(a->headline, b->headline);
    order = order ? order : g_strcmp0(a->url, b->url);
    return order ? order : g_strcmp0(a->quote, b->quote);
}

static int compare_all_sources(const im_incident *a, const im_incident *b)
{
    int order = compare_numbers(a->sources->len, b->sources->len);
    for (guint i = 0; i < a->sources->len && !order; i++)
        order = compare_sources(a->sources->pdata[i], b->sources->pdata[i]);
    return order;
}

static int compare_strings(const im_incident *a, const im_incident *b)
{
    int order = 0;
    for (guint i = MADE_STRINGS; i < G_N_ELEMENTS(string_offsets) && !order; i++)
        order = g_strcmp0(*string_at((im_incident *)a, i), *string_at((im_incident *)b, i));
    return order;
}

int im_incident_compare_content(const im_incident *a, const im_incident *b)
{
    int order = 0;
    for (guint i = 0; i < G_N_ELEMENTS(number_offsets) && !order; i++)
        order = compare_numbers(G_STRUCT_MEMBER(int, a, number_offsets[i]),
                                G_STRUCT_MEMBER(int, b, number_offsets[i]));
    const gboolean placed = a->has_geometry && b->has_geometry;
    const double of[][2] = {
        {a->type, b->type},
        {a->status, b->status},
        {a->count_bound, b->count_bound},
        {a->date_basis, b->date_basis},
        {a->geo_level, b->geo_level},
        {a->date_start, b->date_start},
        {a->date_end, b->date_end},
        {a->has_geometry, b->has_geometry},
        {placed ? a->position.lon_deg : 0, placed ? b->position.lon_deg : 0},
        {placed ? a->position.lat_deg : 0, placed ? b->position.lat_deg : 0},
        {a->radius_km, b->radius_km},
        {a->place_id, b->place_id},
        {a->place_score, b->place_score},
        {a->number_of_sources, b->number_of_sources},
        {a->number_of_articles, b->number_of_articles},
        {a->confidence, b->confidence},
    };
    for (guint i = 0; i < G_N_ELEMENTS(of) && !order; i++)
        order = compare_numbers(of[i][0], of[i][1]);
    order = order ? order : compare_strings(a, b);
    return order ? order : compare_all_sources(a, b);
}

int im_incident_fatalities(const im_incident *incident)
{
    if (incident->deaths_low >= 0)
        return incident->deaths_low;
    return MAX(incident->deaths_best, 0);
}

static const char *name_of(const char *const *names, guint n, guint code)
{
    return code < n ? names[code] : NULL;
}

static guint code_of(const char *const *names, guint n, const char *name)
{
    for (guint i = 1; name && i < n; i++)
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
            return i;
    return 0;
}

/* The table of a code's names and the two functions that read it; entry 0 is NULL. */
#define NAMES(code, prefix, ...)                                                                   \
    static const char *const prefix##_names[] = {__VA_ARGS__};                                     \
    const char *im_##prefix##_name(code value)                                                     \
    {                                                                                              \
        return name_of(prefix##_names, G_N_ELEMENTS(prefix##_names), (guint)value);                \
    }                                                                                              \
    code im_##prefix##_parse(const char *name)                                                     \
    {                                                                                              \
        return (code)code_of(prefix##_names, G_N_ELEMENTS(prefix##_names), name);                  \
    }

NAMES(im_incident_type, incident_type, [IM_INCIDENT_ATTACK] = "attack",
      [IM_INCIDENT_ARMED_CLASH] = "armed_clash", [IM_INCIDENT_KILLING] = "killing",
      [IM_INCIDENT_EXPLOSION] = "explosion", [IM_INCIDENT_KIDNAPPING] = "kidnapping",
      [IM_INCIDENT_ARSON] = "arson", [IM_INCIDENT_LOOTING] = "looting",
      [IM_INCIDENT_ROADBLOCK] = "roadblock", [IM_INCIDENT_PROTEST] = "protest",
      [IM_INCIDENT_DISRUPTION] = "disruption", [IM_INCIDENT_OPERATION] = "operation",
      [IM_INCIDENT_ARREST] = "arrest", [IM_INCIDENT_DEPLOYMENT] = "deployment")

NAMES(im_incident_status, incident_status, [IM_STATUS_OCCURRED] = "occurred",
      [IM_STATUS_ONGOING] = "ongoing", [IM_STATUS_CLEARED] = "cleared",
      [IM_STATUS_PLANNED] = "planned", [IM_STATUS_HISTORIC] = "historic")

NAMES(im_count_bound, count_bound, [IM_BOUND_EXACT] = "exact", [IM_BOUND_AT_LEAST] = "at_least",
      [IM_BOUND_ABOUT] = "about", [IM_BOUND_AT_MOST] = "at_most")

NAMES(im_date_basis, date_basis, [IM_DATE_EXPLICIT] = "explicit", [IM_DATE_WEEKDAY] = "weekday",
      [IM_DATE_MONTH_DAY] = "month_day", [IM_DATE_RELATIVE] = "relative",
      [IM_DATE_DATELINE] = "dateline", [IM_DATE_PUBLISHED] = "published")

NAMES(im_geo_level, geo_level, [IM_LEVEL_POINT] = "point", [IM_LEVEL_MUNICIPALITY] = "municipality",
      [IM_LEVEL_STATE] = "state", [IM_LEVEL_COUNTRY] = "country")

static im_day newest_source(const im_incident *incident)
{
    im_day newest = IM_DAY_NONE;
    for (guint i = 0; i < incident->sources->len; i++)
        newest = MAX(newest, ((const im_source *)incident->sources->pdata[i])->date);
    return newest;
}

im_day im_incident_last_day(const im_incident *incident)
{
    if (incident->status == IM_STATUS_PLANNED || incident->date_start == IM_DAY_NONE)
        return IM_DAY_NONE;
    return MAX(incident->date_start, MIN(incident->date_end, newest_source(incident)));
}
