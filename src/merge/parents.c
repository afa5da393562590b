/* Totals and their parts: nothing is counted twice when a part knows its total. */
#include "merge/priv.h"

#include <string.h>

static gboolean is_within(const im_incident *part, const im_incident *total)
{
    if (g_strcmp0(part->iso, total->iso) != 0 || part->geo_level >= total->geo_level)
        return FALSE;
    return total->geo_level == IM_LEVEL_COUNTRY ||
           (part->admin1_code && g_strcmp0(part->admin1_code, total->admin1_code) == 0);
}

static gboolean is_part_of(const im_incident *part, const im_incident *total)
{
    return part != total && part->type == total->type && total->count > 1 &&
           part->status != IM_STATUS_HISTORIC && total->status != IM_STATUS_HISTORIC &&
           is_within(part, total) && part->count <= total->count &&
           part->date_start <= total->date_end && total->date_start <= part->date_end;
}

void im_incidents_set_parents(GPtrArray *incidents)
{
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *part = incidents->pdata[i];
        const im_incident *best = NULL;
        for (guint j = 0; j < incidents->len; j++) {
            const im_incident *total = incidents->pdata[j];
            if (is_part_of(part, total) && (!best || total->geo_level < best->geo_level))
                best = total;
        }
        g_free(part->parent_id);
        part->parent_id = best ? g_strdup(best->id) : NULL;
    }
}
