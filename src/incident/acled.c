/* ACLED's words for the plain types (ACLED Codebook, 2023, event types and sub-event types). Where
 * a plain type is wider than theirs, the sub-event that fits most of what is found: to map
 * otherwise, edit the table. */
#include <incmap/incident.h>

typedef struct acled_name {
    const char *event_type, *sub_event_type;
} acled_name;

static const acled_name names[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_ATTACK] = {"Violence against civilians", "Attack"},
    [IM_INCIDENT_ARMED_CLASH] = {"Battles", "Armed clash"},
    [IM_INCIDENT_KILLING] = {"Violence against civilians", "Attack"},
    [IM_INCIDENT_EXPLOSION] = {"Explosions/Remote violence", "Remote explosive/landmine/IED"},
    [IM_INCIDENT_KIDNAPPING] = {"Violence against civilians", "Abduction/forced disappearance"},
    [IM_INCIDENT_ARSON] = {"Strategic developments", "Looting/property destruction"},
    [IM_INCIDENT_LOOTING] = {"Strategic developments", "Looting/property destruction"},
    [IM_INCIDENT_ROADBLOCK] = {"Strategic developments", "Other"},
    [IM_INCIDENT_PROTEST] = {"Protests", "Peaceful protest"},
    [IM_INCIDENT_DISRUPTION] = {"Strategic developments", "Other"},
    [IM_INCIDENT_OPERATION] = {"Strategic developments", "Other"},
    [IM_INCIDENT_ARREST] = {"Strategic developments", "Arrests"},
    [IM_INCIDENT_DEPLOYMENT] = {"Strategic developments", "Change to group/activity"},
};

const char *im_incident_acled_event_type(im_incident_type type)
{
    return (guint)type < G_N_ELEMENTS(names) ? names[type].event_type : NULL;
}

const char *im_incident_acled_sub_event_type(im_incident_type type)
{
    return (guint)type < G_N_ELEMENTS(names) ? names[type].sub_event_type : NULL;
}
