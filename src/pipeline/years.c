/* A dateline often has no year (`MEXICO CITY, February 24:`). When reports of the same run tell of
 * the same events and are dated, their year is the year. */
#include "pipeline/priv.h"

#include <stdlib.h>

/* Reports that share less than this speak of different things; an incident in common counts
 * twice, as its place is one as well. */
enum { MIN_SHARED = 2 };

/* Reports of the same events appear within a month. */
enum { MAX_DAYS_APART = 31 };

/* Marks the key of a place that GeoNames does not have. */
static const guint64 NAMELESS = G_GUINT64_CONSTANT(1) << 63;

static int compare_keys(gconstpointer a, gconstpointer b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

static void drop_repeated(GArray *keys)
{
    guint n = 0;
    guint64 *key = (guint64 *)(void *)keys->data;
    for (guint i = 0; i < keys->len; i++)
        if (n == 0 || key[i] != key[n - 1])
            key[n++] = key[i];
    g_array_set_size(keys, n);
}

static void add_places(GArray *keys, const im_gazetteer *gazetteer, const GArray *mentions)
{
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *mention = &g_array_index(mentions, im_mention, i);
        if (mention->status != IM_MENTION_RESOLVED)
            continue;
        const im_place place = im_gazetteer_place(gazetteer, mention->place);
        const guint64 key = place.geonameid ? place.geonameid : NAMELESS | mention->place;
        if (place.kind != IM_PLACE_COUNTRY &&
            place.kind != IM_PLACE_REGION) /* the whole world names those */
            g_array_append_val(keys, key);
    }
}

static void add_incidents(GArray *keys, const GPtrArray *incidents)
{
    for (guint i = 0; incidents && i < incidents->len; i++) {
        const im_incident *incident = incidents->pdata[i];
        guint64 key = (guint64)incident->type << 32 | incident->place_id;
        if (incident->place_id && incident->geo_level != IM_LEVEL_COUNTRY)
            g_array_append_val(keys, key);
    }
}

im_gist *im_gist_new(const im_gazetteer *gazetteer, const im_analysis *analysis)
{
    im_gist *gist = g_new0(im_gist, 1);
    gist->published = analysis->report->published;
    gist->keys = g_array_new(FALSE, FALSE, sizeof(guint64));
    add_places(gist->keys, gazetteer, analysis->mentions);
    add_incidents(gist->keys, analysis->incidents);
    g_array_sort(gist->keys, compare_keys);
    drop_repeated(gist->keys);
    return gist;
}

void im_gist_free(im_gist *gist)
{
    if (!gist)
        return;
    g_array_unref(gist->keys);
    g_free(gist);
}

static guint count_shared(const GArray *a, const GArray *b)
{
    guint shared = 0, i = 0, j = 0;
    while (i < a->len && j < b->len) {
        guint64 x = g_array_index(a, guint64, i), y = g_array_index(b, guint64, j);
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

static guint days_between(im_day a, im_day b)
{
    return a > b ? a - b : b - a;
}

/* The day of that name which lies nearest to `day`, the one before winning a tie. */
static im_day nearest_day(im_day near, int month, int day)
{
    int year, near_month, near_day;
    im_day best = IM_DAY_NONE;
    im_day_to_ymd(near, &year, &near_month, &near_day);
    for (int y = year - 1; y <= year + 1; y++) {
        im_day candidate = im_day_from_ymd(y, month, day);
        if (candidate != IM_DAY_NONE &&
            (best == IM_DAY_NONE || days_between(candidate, near) < days_between(best, near)))
            best = candidate;
    }
    return best;
}

static gboolean is_better(const im_year_choice *a, const im_year_choice *b)
{
    if (a->shared != b->shared)
        return a->shared > b->shared;
    return a->apart != b->apart ? a->apart < b->apart : a->day > b->day;
}

void im_year_consider(im_year_choice *best, int month, int day, guint shared, im_day published)
{
    im_year_choice c = {.shared = shared, .day = nearest_day(published, month, day)};
    c.apart = days_between(c.day, published);
    if (c.day != IM_DAY_NONE && shared >= MIN_SHARED && c.apart <= MAX_DAYS_APART &&
        (best->day == IM_DAY_NONE || is_better(&c, best)))
        *best = c;
}

im_day im_day_from_company(const im_gist *undated, int month, int day, const GPtrArray *dated)
{
    im_year_choice best = {.day = IM_DAY_NONE};
    for (guint i = 0; i < dated->len; i++) {
        const im_gist *other = dated->pdata[i];
        im_year_consider(&best, month, day, count_shared(undated->keys, other->keys),
                         other->published);
    }
    return best.day;
}
