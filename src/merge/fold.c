/* A cluster of records of one event → one record: the latest word, the range over all. */
#include "merge/priv.h"

#include "incident/content.h"
#include "incident/kinship.h"

#include <string.h>

/* However many tell it, a reading can be wrong. */
static const double SUREST = 0.99;

static const im_source *first_source(const im_incident *r)
{
    return r->sources->pdata[0];
}

/* Order of publication; undated first, so that the dated have the last word. */
static int by_publication(const void *x, const void *y)
{
    const im_incident *a = *(im_incident *const *)x, *b = *(im_incident *const *)y;
    im_day p = first_source(a)->date, q = first_source(b)->date;
    if (p != q)
        return p < q ? -1 : 1;
    int order = strcmp(first_source(a)->report, first_source(b)->report);
    return order ? order : im_incident_compare_content(a, b);
}

/* How well a record knows its place: the finer and surer, the better. */
static double place_rank(const im_incident *r)
{
    double level = r->geo_level == IM_LEVEL_POINT          ? 3
                   : r->geo_level == IM_LEVEL_MUNICIPALITY ? 2
                   : r->geo_level == IM_LEVEL_STATE        ? 1
                                                           : 0;
    return level + (r->geo_precision == 1 ? 0.5 : 0) + r->place_score / 10;
}

static void swap_text(char **into, const char *from)
{
    char *copy = g_strdup(from);
    g_free(*into);
    *into = copy;
}

static void take_place(im_incident *into, const im_incident *from)
{
    swap_text(&into->location, from->location);
    swap_text(&into->place_text, from->place_text);
    swap_text(&into->admin2, from->admin2);
    swap_text(&into->admin1, from->admin1);
    swap_text(&into->country, from->country);
    swap_text(&into->iso, from->iso);
    swap_text(&into->admin1_code, from->admin1_code);
    swap_text(&into->iso3166_2, from->iso3166_2);
    into->position = from->position;
    into->has_geometry = from->has_geometry;
    into->geo_level = from->geo_level;
    into->geo_precision = from->geo_precision;
    into->where_prec = from->where_prec;
    into->radius_km = from->radius_km;
    into->place_id = from->place_id;
    into->place_score = from->place_score;
}

static int date_rank(im_date_basis basis)
{
    switch (basis) {
    case IM_DATE_EXPLICIT:
        return 5;
    case IM_DATE_MONTH_DAY:
        return 4;
    case IM_DATE_WEEKDAY:
        return 3;
    case IM_DATE_RELATIVE:
        return 2;
    default:
        return 1;
    }
}

static void take_date(im_incident *into, const im_incident *from)
{
    swap_text(&into->date_text, from->date_text);
    into->date_start = from->date_start;
    into->date_end = from->date_end;
    into->date_basis = from->date_basis;
    into->time_precision = from->time_precision;
}

static gboolean knows_date_better(const im_incident *r, const im_incident *than)
{
    if (r->date_start == IM_DAY_NONE || than->date_start == IM_DAY_NONE)
        return r->date_start != IM_DAY_NONE;
    if (r->date_end - r->date_start != than->date_end - than->date_start)
        return r->date_end - r->date_start < than->date_end - than->date_start;
    if (date_rank(r->date_basis) != date_rank(than->date_basis))
        return date_rank(r->date_basis) > date_rank(than->date_basis);
    return r->date_start < than->date_start;
}

static int lower(int a, int b)
{
    return a == IM_UNKNOWN ? b : b == IM_UNKNOWN ? a : MIN(a, b);
}

static void take_deaths(im_incident *into, const im_incident *later)
{
    into->deaths_low = lower(into->deaths_low, later->deaths_low);
    into->deaths_high = MAX(into->deaths_high, later->deaths_high);
    if (later->deaths_best == IM_UNKNOWN)
        return;
    gboolean poorer =
        later->deaths_best == into->deaths_best && later->deaths_unknown == later->deaths_best;
    into->deaths_best = later->deaths_best;
    if (poorer)
        return; /* the same number with less said of who they were */
    into->deaths_security = later->deaths_security;
    into->deaths_suspects = later->deaths_suspects;
    into->deaths_civilians = later->deaths_civilians;
    into->deaths_unknown = later->deaths_unknown;
}

static void take_numbers(im_incident *into, const im_incident *later)
{
    if (later->count != IM_UNKNOWN && (later->count > 1 || into->count == IM_UNKNOWN)) {
        into->count = later->count;
        into->count_bound = later->count_bound;
    }
    if (later->injured != IM_UNKNOWN)
        into->injured = later->injured;
    if (later->arrested != IM_UNKNOWN)
        into->arrested = later->arrested;
    if (later->abducted != IM_UNKNOWN)
        into->abducted = later->abducted;
    take_deaths(into, later);
}

static void fold_in(im_incident *into, const im_incident *later)
{
    if (im_incident_type_force(later->type) > im_incident_type_force(into->type))
        into->type = later->type;
    if (later->status != IM_STATUS_OCCURRED && later->status != IM_STATUS_NONE)
        into->status = later->status;
    take_numbers(into, later);
    if (place_rank(later) > place_rank(into))
        take_place(into, later);
    if (knows_date_better(later, into))
        take_date(into, later);
    if (!into->actor1)
        into->actor1 = g_strdup(later->actor1);
    if (!into->actor2)
        into->actor2 = g_strdup(later->actor2);
    into->confidence = MIN(1 - (1 - into->confidence) * (1 - later->confidence), SUREST);
    for (guint i = 0; i < later->sources->len; i++)
        g_ptr_array_add(into->sources, im_source_ref(later->sources->pdata[i]));
}

im_incident *im_cluster_fold(GPtrArray *cluster, im_copies *copies)
{
    g_ptr_array_sort(cluster, by_publication);
    im_incident *folded = im_incident_copy(cluster->pdata[0]);
    for (guint i = 1; i < cluster->len; i++)
        fold_in(folded, cluster->pdata[i]);
    folded->number_of_articles = folded->sources->len;
    folded->number_of_sources = im_sources_count(copies, folded->sources);
    return folded;
}

void im_incident_take_event(im_incident *into, const im_incident *from)
{
    into->type = from->type;
    take_place(into, from);
    take_date(into, from);
}
