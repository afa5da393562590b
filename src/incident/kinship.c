#include "incident/kinship.h"

gboolean im_incident_type_is_violent(im_incident_type type)
{
    return type == IM_INCIDENT_ATTACK || type == IM_INCIDENT_ARMED_CLASH ||
           type == IM_INCIDENT_KILLING || type == IM_INCIDENT_EXPLOSION;
}

int im_incident_type_force(im_incident_type type)
{
    switch (type) {
    case IM_INCIDENT_OPERATION:
        return 5;
    case IM_INCIDENT_EXPLOSION:
        return 4;
    case IM_INCIDENT_ATTACK:
        return 3;
    case IM_INCIDENT_ARMED_CLASH:
        return 2;
    default:
        return 1;
    }
}
