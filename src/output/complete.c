/* What every record must have, where the table of another project says it otherwise. */
#include "incident/content.h"
#include "output/priv.h"

#include <string.h>

/* ACLED's precision 3 and UCDP's 4 and 5 name a province only, UCDP's 6 a country. */
static im_geo_level level_from_precision(const im_incident *incident)
{
    if (incident->where_prec >= 6)
        return IM_LEVEL_COUNTRY;
    if (incident->geo_precision == 3 || incident->where_prec >= 4)
        return IM_LEVEL_STATE;
    return IM_LEVEL_MUNICIPALITY;
}

void im_record_complete(im_incident *incident, const char *path, gint64 row)
{
    if (!incident->id) {
        g_autofree char *name = g_path_get_basename(path);
        incident->id = g_strdup_printf("%s:%" G_GINT64_FORMAT, name, row);
    }
    if (incident->status == IM_STATUS_NONE)
        incident->status = IM_STATUS_OCCURRED;
    if (incident->geo_level == IM_LEVEL_NONE)
        incident->geo_level = level_from_precision(incident);
    if (incident->deaths_best >= 0 && incident->deaths_low < 0)
        incident->deaths_low = incident->deaths_best;
    if (incident->deaths_best >= 0 && incident->deaths_high < 0)
        incident->deaths_high = incident->deaths_best;
    if (incident->date_end == IM_DAY_NONE)
        incident->date_end = incident->date_start;
    if (incident->iso && strlen(incident->iso) != 2) /* ACLED's is the numeric code */
        g_clear_pointer(&incident->iso, g_free);
    if (incident->number_of_articles == 0)
        incident->number_of_articles = incident->sources->len;
    if (incident->number_of_sources == 0)
        incident->number_of_sources = incident->number_of_articles;
    if (!incident->title)
        incident->title = im_incident_make_title(incident);
    im_incident_round(incident);
}
