/** @file
 *  Made-up incidents at real places, for tests and benchmarks of maps. */
#ifndef IM_TESTS_MAP_SCENES_H
#define IM_TESTS_MAP_SCENES_H

#include "map/map.h"

#include <string.h>

typedef struct scene_row {
    im_incident_type type;
    im_incident_status status;
    const char *place, *admin1, *admin1_code, *country, *iso;
    double lon_deg, lat_deg;
    im_geo_level level;
    int precision;
    double radius_km;
    int count, deaths;
    int day; /* of March 2026 */
} scene_row;

#define MX    "Mexico", "MX"
#define TOWN  IM_LEVEL_MUNICIPALITY, 1, 10
#define STATE IM_LEVEL_STATE, 3, 150

static const scene_row SCENE_MEXICO[] = {
    {IM_INCIDENT_ARMED_CLASH, IM_STATUS_OCCURRED, "Tapalpa", "Jalisco", "MX.14", MX, -103.75853,
     19.94445, TOWN, -1, 8, 1},
    {IM_INCIDENT_OPERATION, IM_STATUS_OCCURRED, "Tapalpa", "Jalisco", "MX.14", MX, -103.75853,
     19.94445, TOWN, 1, -1, 1},
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Guadalajara", "Jalisco", "MX.14", MX, -103.39182,
     20.66682, TOWN, 6, 25, 2},
    {IM_INCIDENT_ARSON, IM_STATUS_OCCURRED, "Guadalajara", "Jalisco", "MX.14", MX, -103.39182,
     20.66682, TOWN, 18, -1, 2},
    {IM_INCIDENT_DISRUPTION, IM_STATUS_ONGOING, "Guadalajara", "Jalisco", "MX.14", MX, -103.39182,
     20.66682, TOWN, -1, -1, 2},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, "Zapopan", "Jalisco", "MX.14", MX, -103.38479,
     20.72356, TOWN, 3, -1, 2},
    {IM_INCIDENT_LOOTING, IM_STATUS_OCCURRED, "Puerto Vallarta", "Jalisco", "MX.14", MX, -105.22533,
     20.65334, TOWN, 4, -1, 2},
    {IM_INCIDENT_ARSON, IM_STATUS_OCCURRED, "Puerto Vallarta", "Jalisco", "MX.14", MX, -105.22533,
     20.65334, TOWN, 5, -1, 2},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, "Lagos de Moreno", "Jalisco", "MX.14", MX,
     -101.92905, 21.35642, TOWN, 1, -1, 2},
    {IM_INCIDENT_KILLING, IM_STATUS_OCCURRED, "Apatzingán", "Michoacán", "MX.16", MX, -102.35048,
     19.08861, TOWN, -1, 4, 2},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_ONGOING, "Uruapan", "Michoacán", "MX.16", MX, -102.06,
     19.41333, TOWN, 2, -1, 3},
    {IM_INCIDENT_EXPLOSION, IM_STATUS_OCCURRED, "Culiacán", "Sinaloa", "MX.25", MX, -107.39421,
     24.79032, TOWN, 1, 2, 3},
    {IM_INCIDENT_KIDNAPPING, IM_STATUS_OCCURRED, "Mazatlán", "Sinaloa", "MX.25", MX, -106.4206,
     23.2329, TOWN, 10, -1, 4},
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Reynosa", "Tamaulipas", "MX.28", MX, -98.27778,
     26.08061, TOWN, 1, 6, 4},
    {IM_INCIDENT_PROTEST, IM_STATUS_PLANNED, "Mexico City", "Ciudad de México", "MX.09", MX,
     -99.12766, 19.42847, TOWN, 1, -1, 5},
    {IM_INCIDENT_ARREST, IM_STATUS_OCCURRED, "Toluca", "México", "MX.15", MX, -99.65324, 19.28786,
     TOWN, -1, -1, 5},
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Acapulco", "Guerrero", "MX.12", MX, -99.90891,
     16.84942, IM_LEVEL_MUNICIPALITY, 2, 40, 1, 1, 5},
    {IM_INCIDENT_DEPLOYMENT, IM_STATUS_OCCURRED, NULL, "Guerrero", "MX.12", MX, -100, 17.6, STATE,
     2000, -1, 5},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, NULL, "Colima", "MX.08", MX, -103.9, 19.1, STATE, 12,
     -1, 2},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_CLEARED, NULL, NULL, NULL, MX, 0, 0, IM_LEVEL_COUNTRY, 3, -1,
     250, -1, 2},
};

static const scene_row SCENE_CHILE[] = {
    {IM_INCIDENT_PROTEST, IM_STATUS_OCCURRED, "Santiago", NULL, "CL.12", "Chile", "CL", -70.64827,
     -33.45694, TOWN, 1, -1, 2},
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Arica", NULL, "CL.16", "Chile", "CL", -70.3, -18.47,
     TOWN, 1, 2, 2},
    {IM_INCIDENT_PROTEST, IM_STATUS_OCCURRED, "Punta Arenas", NULL, "CL.10", "Chile", "CL", -70.91,
     -53.15, TOWN, 1, -1, 2},
};

static const scene_row SCENE_FIJI[] = {
    {IM_INCIDENT_PROTEST, IM_STATUS_OCCURRED, "Suva", NULL, NULL, "Fiji", "FJ", 178.4415, -18.1416,
     TOWN, 1, -1, 2},
    {IM_INCIDENT_ARSON, IM_STATUS_OCCURRED, "Waiyevo", NULL, NULL, "Fiji", "FJ", -179.98, -16.79,
     TOWN, 3, -1, 2},
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Lomaloma", NULL, NULL, "Fiji", "FJ", -178.99, -17.29,
     TOWN, 1, 1, 2},
};

static const scene_row SCENE_HAITI[] = {
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Port-au-Prince", NULL, NULL, "Haiti", "HT", -72.335,
     18.54349, TOWN, 3, 40, 3},
    {IM_INCIDENT_KIDNAPPING, IM_STATUS_OCCURRED, "Pétion-Ville", NULL, NULL, "Haiti", "HT",
     -72.28533, 18.51247, TOWN, 5, -1, 3},
    {IM_INCIDENT_ROADBLOCK, IM_STATUS_ONGOING, "Gonaïves", NULL, NULL, "Haiti", "HT", -72.68899,
     19.4475, TOWN, 2, -1, 3},
    {IM_INCIDENT_OPERATION, IM_STATUS_OCCURRED, "Les Cayes", NULL, NULL, "Haiti", "HT", -73.75,
     18.2, IM_LEVEL_MUNICIPALITY, 2, 20, -1, -1, 4},
};

static const scene_row SCENE_WORLD[] = {
    {IM_INCIDENT_ATTACK, IM_STATUS_OCCURRED, "Guadalajara", "Jalisco", "MX.14", MX, -103.39182,
     20.66682, TOWN, 6, 25, 2},
    {IM_INCIDENT_EXPLOSION, IM_STATUS_OCCURRED, "Kharkiv", NULL, NULL, "Ukraine", "UA", 36.25272,
     49.98081, TOWN, 3, 14, 3},
    {IM_INCIDENT_PROTEST, IM_STATUS_ONGOING, "Manila", NULL, NULL, "Philippines", "PH", 120.9822,
     14.6042, TOWN, 1, -1, 5},
    {IM_INCIDENT_KIDNAPPING, IM_STATUS_OCCURRED, "Kaduna", NULL, NULL, "Nigeria", "NG", 7.43879,
     10.52641, TOWN, 38, -1, 4},
};

#undef MX
#undef TOWN
#undef STATE

static inline im_incident *scene_incident(const scene_row *row, guint number)
{
    im_incident *incident = im_incident_new(row->type);
    incident->id = g_strdup_printf("%08x", number);
    incident->status = row->status;
    incident->title = g_strdup("Something happened");
    incident->location = g_strdup(row->place);
    incident->admin1 = g_strdup(row->admin1);
    incident->admin1_code = g_strdup(row->admin1_code);
    incident->country = g_strdup(row->country);
    incident->iso = g_strdup(row->iso);
    incident->has_geometry = row->level != IM_LEVEL_COUNTRY;
    incident->position = (im_lonlat){row->lon_deg, row->lat_deg};
    incident->geo_level = row->level;
    incident->geo_precision = row->precision;
    incident->radius_km = row->radius_km;
    incident->count = row->count;
    incident->count_bound = IM_BOUND_AT_LEAST;
    incident->deaths_best = row->deaths;
    incident->date_start = incident->date_end = im_day_from_ymd(2026, 3, row->day);
    im_source *source = im_source_new();
    source->report = g_strdup("reports/001.txt");
    source->publisher = g_strdup("The Paper");
    source->url = g_strdup("https://example.org/1");
    source->quote = g_strdup("Something happened here.");
    source->date = incident->date_start + 1;
    g_ptr_array_add(incident->sources, source);
    return incident;
}

static inline GPtrArray *scene_empty(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
}

static inline GPtrArray *scene_new(const scene_row *rows, guint n)
{
    GPtrArray *incidents = scene_empty();
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(incidents, scene_incident(&rows[i], i + 1));
    return incidents;
}

#define SCENE(rows) scene_new(rows, G_N_ELEMENTS(rows))

/* `n` incidents spread over Mexico, the same every time. */
static inline GPtrArray *scene_many(guint n)
{
    GPtrArray *incidents = scene_empty();
    guint32 state = 12345;
    for (guint i = 0; i < n; i++) {
        guint32 r[4];
        for (int k = 0; k < 4; k++)
            r[k] = (state = state * 1664525u + 1013904223u) >> 8;
        /* Along the country's axis, more of them in its middle. */
        double along = r[0] / 16777216.0, across = r[1] / 16777216.0 - 0.5;
        scene_row row = {.type = (im_incident_type)(1 + r[2] % (IM_INCIDENT_N_TYPES - 1)),
                         .status = r[3] % 5 == 0 ? IM_STATUS_CLEARED : IM_STATUS_OCCURRED,
                         .place = "Some Town",
                         .country = "Mexico",
                         .iso = "MX",
                         .lon_deg = -109 + 13 * along + 3 * across,
                         .lat_deg = 28 - 10.5 * along + 3 * across,
                         .level = IM_LEVEL_MUNICIPALITY,
                         .precision = 1,
                         .radius_km = 10,
                         .count = (int)(r[3] % 7),
                         .deaths = r[2] % 3 == 0 ? (int)(r[3] % 12) : -1,
                         .day = (int)(1 + i % 28)};
        g_ptr_array_add(incidents, scene_incident(&row, i + 1));
    }
    return incidents;
}

/* The layer of a map with an id; NULL where it has none. */
static inline im_layer *scene_layer(const im_map *map, const char *id)
{
    for (guint i = 0; i < map->layers->len; i++) {
        im_layer *layer = g_ptr_array_index(map->layers, i);
        if (strcmp(layer->id, id) == 0)
            return layer;
    }
    return NULL;
}

#endif
