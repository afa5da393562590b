/* How surely two records tell of one event: as far as kind, place, date and numbers agree. */
#include "merge/priv.h"

#include "incident/kinship.h"

#include <string.h>

enum { TOWN_KM = 12 };

static double type_score(const im_brief *a, const im_brief *b)
{
    if (a->type == b->type)
        return 1.0;
    gboolean raid = (a->type == IM_INCIDENT_OPERATION && im_incident_type_is_violent(b->type)) ||
                    (b->type == IM_INCIDENT_OPERATION && im_incident_type_is_violent(a->type));
    if (im_incident_type_is_violent(a->type) && im_incident_type_is_violent(b->type))
        return 0.8;
    return raid ? 0.5 : 0.0;
}

static double place_score(const im_brief *a, const im_brief *b)
{
    if (a->iso != b->iso)
        return 0.0;
    if (im_brief_is_area(a) || im_brief_is_area(b))
        return a->level == b->level && a->location == b->location ? 1.0 : 0.0;
    if (!a->has_geometry || !b->has_geometry)
        return a->location == b->location && a->admin1 == b->admin1 ? 0.9 : 0.0;
    double reach = MAX(TOWN_KM, MIN(MAX(a->radius_km, b->radius_km), IM_REACH_KM));
    double apart = im_distance_km(a->position, b->position);
    return apart <= reach ? 1.0 - 0.4 * apart / reach : 0.0;
}

static double date_score(const im_brief *a, const im_brief *b)
{
    if (a->start == IM_UNDATED || b->start == IM_UNDATED)
        return 0.5;
    if (a->start <= b->end && b->start <= a->end)
        return 1.0;
    return a->start <= b->end + IM_DATE_SLACK_DAYS && b->start <= a->end + IM_DATE_SLACK_DAYS ? 0.6
                                                                                              : 0.0;
}

/* Within one town an event's toll may change from report to report; two sums of a whole state are
 * the same only when they are the same number. */
static double number_score(const im_brief *a, const im_brief *b)
{
    if (im_incident_type_is_violent(a->type) || im_incident_type_is_violent(b->type)) {
        if (a->deaths == b->deaths)
            return a->deaths == IM_UNKNOWN && im_brief_is_area(a) && a->count != b->count ? 0.0
                                                                                          : 1.0;
        if (im_brief_is_area(a))
            return 0.0;
        return a->deaths == IM_UNKNOWN || b->deaths == IM_UNKNOWN ? 0.8 : 0.5;
    }
    if (a->type == IM_INCIDENT_ARREST && im_brief_is_area(a))
        return a->arrested == b->arrested ? 1.0 : 0.0;
    if (a->count == b->count)
        return 1.0;
    return a->count == IM_UNKNOWN || b->count == IM_UNKNOWN ? 0.8 : 0.6;
}

im_link_score im_link_scores(const im_brief *a, const im_brief *b)
{
    im_link_score s = {0};
    if ((a->status == IM_STATUS_HISTORIC) != (b->status == IM_STATUS_HISTORIC))
        return s;
    s.type = type_score(a, b);
    s.place = s.type > 0 ? place_score(a, b) : 0;
    s.date = s.place > 0 ? date_score(a, b) : 0;
    s.numbers = s.date > 0 ? number_score(a, b) : 0;
    s.all = s.type * s.place * s.date * s.numbers;
    return s;
}

static gboolean share_source(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < a->len; i++)
        for (guint j = 0; j < b->len; j++)
            if (strcmp(((im_source *)a->pdata[i])->report, ((im_source *)b->pdata[j])->report) == 0)
                return TRUE;
    return FALSE;
}

gboolean im_share_report(const im_brief *a, const im_brief *b)
{
    if (a->has_one_source && b->has_one_source)
        return a->report == b->report;
    return share_source(a->record->sources, b->record->sources);
}
