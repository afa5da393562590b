/* eval_groups FOLDER PRECISION RECALL  Reads the groups of reports of a folder (news: six events, each told by
 * two or three reports; fresh: each report by itself), merges them and holds the records against the hand-made
 * ones of groups.jsonl. Prints precision, recall and what was missed or made up; ends with 1 when a figure is
 * under its floor. */
#include <cjson/cJSON.h>
#include <incmap/pipeline.h>
#include <stdio.h>
#include <string.h>

static const double SAME_PLACE_KM = 30;

typedef struct tally {
    guint wanted, found, matched;
} tally;

static const char *string_of(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

/* Reports differ on whether an ambush is an attack or a clash: violent types count as one. */
static int class_of(im_incident_type type)
{
    switch (type) {
    case IM_INCIDENT_ARMED_CLASH:
    case IM_INCIDENT_KILLING:
    case IM_INCIDENT_EXPLOSION:
        return IM_INCIDENT_ATTACK;
    default:
        return (int)type;
    }
}

static gboolean is_background(const cJSON *wanted)
{
    return g_strcmp0(string_of(wanted, "status"), "historic") == 0 ||
           cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(wanted, "optional"));
}

static gboolean same_place(const cJSON *wanted, const im_incident *found)
{
    im_geo_level level = im_geo_level_parse(string_of(wanted, "geo_level"));
    const cJSON *lon = cJSON_GetObjectItemCaseSensitive(wanted, "lon");
    const cJSON *lat = cJSON_GetObjectItemCaseSensitive(wanted, "lat");
    if (g_strcmp0(string_of(wanted, "country"), found->iso) != 0)
        return FALSE;
    if (level == IM_LEVEL_COUNTRY || level == IM_LEVEL_STATE)
        return level == found->geo_level &&
               (level == IM_LEVEL_COUNTRY ||
                g_strcmp0(string_of(wanted, "admin1"), found->admin1) == 0);
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(wanted, "accept_admin1")) &&
        g_strcmp0(string_of(wanted, "admin1"), found->admin1) == 0)
        return TRUE; /* a hamlet that no gazetteer need have */
    im_lonlat position = {cJSON_GetNumberValue(lon), cJSON_GetNumberValue(lat)};
    return found->has_geometry && im_lonlat_is_valid(position) &&
           im_distance_km(position, found->position) <= SAME_PLACE_KM;
}

static gboolean agrees(const cJSON *wanted, const im_incident *found)
{
    im_incident_type type = im_incident_type_parse(string_of(wanted, "event_type"));
    return class_of(type) == class_of(found->type) && same_place(wanted, found);
}

/* Takes the first free record that agrees, exact type first. @return index or -1 */
static int take(const cJSON *wanted, const GPtrArray *found, const gboolean *taken)
{
    int loose = -1;
    im_incident_type type = im_incident_type_parse(string_of(wanted, "event_type"));
    for (guint i = 0; i < found->len; i++) {
        const im_incident *incident = found->pdata[i];
        if (taken[i] || !agrees(wanted, incident))
            continue;
        if (incident->type == type)
            return (int)i;
        if (loose < 0)
            loose = (int)i;
    }
    return loose;
}

static void match(tally *sum, const cJSON *gold, const GPtrArray *found)
{
    g_autofree gboolean *taken = g_new0(gboolean, found->len + 1);
    const cJSON *wanted;
    for (int background = 0; background <= 1; background++) {
        cJSON_ArrayForEach(wanted, gold)
        {
            if (is_background(wanted) != background)
                continue;
            int at = take(wanted, found, taken);
            if (at >= 0)
                taken[at] = TRUE;
            if (!background) {
                sum->wanted++;
                sum->matched += at >= 0;
                sum->found += at >= 0;
                if (at < 0)
                    printf("  missed   %s, %s\n", string_of(wanted, "event_type"),
                           string_of(wanted, "place"));
            }
        }
    }
    for (guint i = 0; i < found->len; i++) {
        const im_incident *incident = found->pdata[i];
        if (taken[i] || incident->status == IM_STATUS_HISTORIC)
            continue;
        sum->found++;
        printf("  extra    %s, %s: %s\n", im_incident_type_name(incident->type),
               incident->location ? incident->location : "-", incident->title);
    }
}

/* The newest day that the group tells of stands for the day of publication. */
static im_day newest(const cJSON *gold)
{
    im_day day = IM_DAY_NONE;
    const cJSON *wanted;
    cJSON_ArrayForEach(wanted, gold)
    {
        const char *status = string_of(wanted, "status");
        if (g_strcmp0(status, "planned") != 0)
            day = MAX(day, im_day_parse_iso(string_of(wanted, "date")));
    }
    return day;
}

static void run_group(tally *sum, const im_gazetteer *gazetteer, const char *folder,
                      const cJSON *group)
{
    const cJSON *gold = cJSON_GetObjectItemCaseSensitive(group, "merged"), *report;
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
    cJSON_ArrayForEach(report, cJSON_GetObjectItemCaseSensitive(group, "reports")) g_ptr_array_add(
        inputs, g_strdup_printf("%s/reports/%s.txt", folder, cJSON_GetStringValue(report)));
    g_ptr_array_add(inputs, NULL);
    const char *date = string_of(group, "date");
    im_run_options options = {.read.date = date ? im_day_parse_iso(date) : newest(gold)};
    g_autoptr(im_run) run = im_run_reports(gazetteer, (const char *const *)inputs->pdata, &options);
    printf("%s: %u reports, %u records\n", string_of(group, "group"), run->n_reports,
           run->incidents->len);
    match(sum, gold, run->incidents);
}

static gboolean run_groups(tally *sum, const im_gazetteer *gazetteer, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "groups.jsonl", NULL);
    g_autofree char *bytes = NULL;
    if (!g_file_get_contents(path, &bytes, NULL, NULL))
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (char **line = lines; *line; line++) {
        cJSON *group = cJSON_Parse(*line);
        if (group)
            run_group(sum, gazetteer, folder, group);
        cJSON_Delete(group);
    }
    return TRUE;
}

int main(int argc, char **argv)
{
    tally sum = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, &error);
    if (argc != 4 || !gazetteer || !run_groups(&sum, gazetteer, argv[1])) {
        fprintf(stderr, "%s\n",
                error ? error->message : "usage: eval_groups FOLDER PRECISION RECALL");
        return 2;
    }
    const double least_precision = g_ascii_strtod(argv[2], NULL),
                 least_recall = g_ascii_strtod(argv[3], NULL);
    double precision = sum.found ? (double)sum.matched / sum.found : 0;
    double recall = sum.wanted ? (double)sum.matched / sum.wanted : 0;
    printf("%u wanted, %u found, %u agree: precision %.3f (floor %.3f), recall %.3f (floor %.3f)\n",
           sum.wanted, sum.found, sum.matched, precision, least_precision, recall, least_recall);
    return precision >= least_precision && recall >= least_recall ? 0 : 1;
}
