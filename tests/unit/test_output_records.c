/* Records written as GeoJSON, lines and tables, and read back by GDAL. */
#include "output/priv.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <incmap/output.h>
#include <string.h>
#include <unistd.h>

/* The columns of spec/incident.md, in its order. */
static const char spec_columns[] =
    "id parent_id type event_type sub_event_type status title count count_bound deaths_low "
    "deaths_best deaths_high deaths_security deaths_suspects deaths_civilians deaths_unknown "
    "injured arrested abducted fatalities date_start date_end time_precision date_basis date_text "
    "location place_text admin2 admin1 country iso longitude latitude geo_level geo_precision "
    "where_prec radius_km place_id place_score actor1 actor2 number_of_sources number_of_articles "
    "source source_date source_headline notes char_start char_end confidence";

static im_source *a_source(const char *publisher, int day, const char *quote)
{
    im_source *source = im_source_new();
    source->report = g_strdup("reports/a.txt");
    source->publisher = g_strdup(publisher);
    source->headline = g_strdup("Fuego; caos en la ciudad");
    source->date = im_day_from_ymd(2026, 2, day);
    source->quote = g_strdup(quote);
    source->char_start = 12;
    source->char_end = 47;
    return source;
}

static im_incident *full_record(void)
{
    im_incident *i = im_incident_new(IM_INCIDENT_ARMED_CLASH);
    i->id = g_strdup("c0ffee");
    i->parent_id = g_strdup("beef");
    i->status = IM_STATUS_OCCURRED;
    i->title = g_strdup("Armed clash near \"Tapalpa\", 3 dead");
    i->count = 1;
    i->count_bound = IM_BOUND_EXACT;
    i->deaths_low = 3;
    i->deaths_best = 4;
    i->deaths_high = 4;
    i->deaths_suspects = 4;
    i->injured = 0;
    i->date_start = i->date_end = im_day_from_ymd(2026, 2, 22);
    i->time_precision = 1;
    i->date_basis = IM_DATE_WEEKDAY;
    i->date_text = g_strdup("on Sunday");
    i->location = g_strdup("Tapalpa");
    i->admin1 = g_strdup("Jalisco");
    i->country = g_strdup("México");
    i->iso = g_strdup("MX");
    i->position = (im_lonlat){-103.758534, 19.9444449};
    i->has_geometry = TRUE;
    i->geo_level = IM_LEVEL_MUNICIPALITY;
    i->geo_precision = 1;
    i->where_prec = 1;
    i->radius_km = 5;
    i->place_id = 3982461;
    i->place_score = 0.97;
    i->number_of_sources = i->number_of_articles = 2;
    i->confidence = 0.8;
    g_ptr_array_add(i->sources, a_source("El Diario", 23, "Line one,\nline two."));
    g_ptr_array_add(i->sources, a_source(NULL, 24, "Four died."));
    return i;
}

static im_incident *bare_record(void)
{
    im_incident *i = im_incident_new(IM_INCIDENT_ROADBLOCK);
    i->id = g_strdup("d00d");
    i->status = IM_STATUS_CLEARED;
    i->geo_level = IM_LEVEL_COUNTRY;
    i->count = 250;
    i->count_bound = IM_BOUND_AT_LEAST;
    return i;
}

static GPtrArray *two_records(void)
{
    GPtrArray *records = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_ptr_array_add(records, full_record());
    g_ptr_array_add(records, bare_record());
    return records;
}

static GString *written(const char *format_name, const GPtrArray *records)
{
    g_autoptr(GError) error = NULL;
    im_output_data data = {.incidents = records, .credit = "Places: GeoNames (CC BY 4.0)"};
    const im_output_format *format = im_output_format_find(format_name, NULL, &error);
    g_assert_no_error(error);
    GString *out = g_string_new(NULL);
    g_assert_true(im_output_append(format, &data, out, &error));
    return out;
}

static void test_columns_are_the_specified(void)
{
    guint n;
    const im_column *columns = im_columns(&n);
    g_auto(GStrv) names = g_strsplit(spec_columns, " ", -1);
    g_assert_cmpuint(n, ==, g_strv_length(names));
    for (guint i = 0; i < n; i++) {
        g_assert_cmpstr(columns[i].name, ==, names[i]);
        g_assert_true(im_column_find(names[i]) == &columns[i]);
    }
    g_assert_null(im_column_find("geometry"));
}

static const char *string_of(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
}

static double number_of(const cJSON *object, const char *key)
{
    g_assert_true(cJSON_IsNumber(cJSON_GetObjectItem(object, key)));
    return cJSON_GetNumberValue(cJSON_GetObjectItem(object, key));
}

static void test_geojson_head(void)
{
    g_autoptr(GPtrArray) records = two_records();
    g_autoptr(GString) out = written("geojson", records);
    cJSON *json = cJSON_Parse(out->str);
    g_assert_nonnull(json);
    g_assert_cmpstr(string_of(json, "type"), ==, "FeatureCollection");
    g_assert_cmpstr(string_of(json, "credit"), ==, "Places: GeoNames (CC BY 4.0)");
    g_assert_true(g_str_has_prefix(string_of(json, "generator"), "incmap "));
    g_assert_false(cJSON_HasObjectItem(json, "crs")); /* RFC 7946, 4 */
    g_assert_cmpint(cJSON_GetArraySize(cJSON_GetObjectItem(json, "features")), ==, 2);
    cJSON_Delete(json);
}

static void check_full_feature(const cJSON *feature)
{
    const cJSON *geometry = cJSON_GetObjectItem(feature, "geometry");
    const cJSON *position = cJSON_GetObjectItem(geometry, "coordinates");
    const cJSON *p = cJSON_GetObjectItem(feature, "properties");
    g_assert_cmpstr(string_of(feature, "id"), ==, "c0ffee");
    g_assert_cmpstr(string_of(geometry, "type"), ==, "Point");
    g_assert_cmpfloat(cJSON_GetArrayItem(position, 0)->valuedouble, ==, -103.75853);
    g_assert_cmpfloat(cJSON_GetArrayItem(position, 1)->valuedouble, ==, 19.94444);
    g_assert_cmpstr(string_of(p, "type"), ==, "armed_clash");
    g_assert_cmpstr(string_of(p, "event_type"), ==, "Battles");
    g_assert_cmpfloat(number_of(p, "fatalities"), ==, 3);
    g_assert_cmpfloat(number_of(p, "longitude"), ==, -103.75853);
    g_assert_cmpfloat(number_of(p, "injured"), ==, 0);
    g_assert_cmpfloat(number_of(p, "char_end"), ==, 47);
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(p, "arrested")));
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(p, "actor1")));
    g_assert_cmpstr(string_of(p, "date_start"), ==, "2026-02-22");
    g_assert_cmpstr(string_of(p, "title"), ==, "Armed clash near \"Tapalpa\", 3 dead");
    g_assert_cmpstr(string_of(p, "source"), ==, "El Diario; a.txt");
    g_assert_cmpstr(string_of(p, "source_date"), ==, "2026-02-23; 2026-02-24");
    g_assert_cmpstr(string_of(p, "source_headline"), ==,
                    "Fuego, caos en la ciudad; Fuego, caos en la ciudad");
    g_assert_cmpstr(string_of(p, "notes"), ==, "“Line one,\nline two.”; “Four died.”");
}

static void test_geojson_features(void)
{
    g_autoptr(GPtrArray) records = two_records();
    g_autoptr(GString) out = written("geojson", records);
    cJSON *json = cJSON_Parse(out->str);
    const cJSON *features = cJSON_GetObjectItem(json, "features");
    check_full_feature(cJSON_GetArrayItem(features, 0));
    const cJSON *bare = cJSON_GetArrayItem(features, 1);
    const cJSON *p = cJSON_GetObjectItem(bare, "properties");
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(bare, "geometry")));
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(p, "longitude")));
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(p, "place_id")));
    g_assert_true(cJSON_IsNull(cJSON_GetObjectItem(p, "char_start")));
    g_assert_cmpfloat(number_of(p, "count"), ==, 250);
    g_assert_cmpfloat(number_of(p, "fatalities"), ==, 0);
    cJSON_Delete(json);
}

/* Every property is in every record, in the order of the specification. */
static void test_properties_complete(void)
{
    g_autoptr(im_incident) incident = bare_record();
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(GStrv) names = g_strsplit(spec_columns, " ", -1);
    im_incident_to_json(incident, out);
    cJSON *json = cJSON_Parse(out->str);
    const cJSON *property = json->child;
    for (guint i = 0; names[i]; i++, property = property->next)
        g_assert_cmpstr(property->string, ==, names[i]);
    g_assert_null(property);
    cJSON_Delete(json);
}

static guint count_lines(const char *text)
{
    guint n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void test_one_feature_a_line(void)
{
    g_autoptr(GPtrArray) records = two_records();
    g_autoptr(GString) collection = written("geojson", records);
    g_autoptr(GString) sequence = written("geojsonseq", records);
    g_assert_cmpuint(count_lines(collection->str), ==, 4);
    g_assert_cmpuint(count_lines(sequence->str), ==, 2);
    g_assert_cmpint(strncmp(sequence->str, "{\"type\":\"Feature\"", 17), ==, 0);
}

static void test_empty(void)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GString) out = written("geojson", none);
    cJSON *json = cJSON_Parse(out->str);
    g_assert_cmpint(cJSON_GetArraySize(cJSON_GetObjectItem(json, "features")), ==, 0);
    cJSON_Delete(json);
}

static void test_csv_quotes(void)
{
    g_autoptr(GPtrArray) records = two_records();
    g_autoptr(GString) out = written("csv", records);
    g_assert_true(g_str_has_prefix(out->str, "id,parent_id,type,"));
    g_assert_nonnull(strstr(out->str, ",\"Armed clash near \"\"Tapalpa\"\", 3 dead\","));
    g_assert_nonnull(strstr(out->str, "“Line one,\nline two.”"));
    g_assert_nonnull(strstr(out->str, "\r\nd00d,,roadblock,"));
}

static GPtrArray *read_text(const char *suffix, const char *text, gssize len, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    g_autofree char *name = g_strconcat("t", suffix, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, len, NULL));
    GPtrArray *records = im_incidents_read(path, error);
    g_unlink(path);
    g_rmdir(folder);
    return records;
}

/* What was written and read again is written the same. */
static void test_round_trip(gconstpointer suffix_and_format)
{
    const char *const *pair = suffix_and_format;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = two_records();
    g_autoptr(GString) once = written(pair[1], records);
    g_autoptr(GPtrArray) again = read_text(pair[0], once->str, (gssize)once->len, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(again->len, ==, 2);
    const im_incident *first = again->pdata[0];
    g_assert_cmpint(first->type, ==, IM_INCIDENT_ARMED_CLASH);
    g_assert_cmpuint(first->date_start, ==, im_day_from_ymd(2026, 2, 22));
    g_assert_cmpuint(first->sources->len, ==, 2);
    g_assert_cmpuint(((const im_source *)first->sources->pdata[1])->date, ==,
                     im_day_from_ymd(2026, 2, 24));
    g_assert_false(((const im_incident *)again->pdata[1])->has_geometry);
    g_autoptr(GString) twice = written(pair[1], again);
    g_assert_nonnull(strstr(twice->str, "“Line one,"));
    g_autofree char *head =
        g_strndup(once->str, (gsize)(strstr(once->str, "El Diario") - once->str));
    g_assert_true(g_str_has_prefix(twice->str, head));
}

static void test_read_acled(void)
{
    static const char table[] =
        "event_id_cnty,event_date,event_type,sub_event_type,actor1,iso,country,admin1,location,"
        "latitude,longitude,geo_precision,source,notes,fatalities\n"
        "MEX1,22 February 2026,Battles,Armed clash,Police,484,Mexico,Jalisco,Tapalpa,19.94,-103.76,"
        "1,El Diario,\"Fought, hard\",7\n"
        "MEX2,2026-02-23,Riots,Mob violence,,484,Mexico,Jalisco,Jalisco,20.6,-103.6,3,X,Y,0\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = read_text(".csv", table, -1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(records->len, ==, 2);
    const im_incident *a = records->pdata[0], *b = records->pdata[1];
    g_assert_cmpstr(a->id, ==, "MEX1");
    g_assert_cmpint(a->type, ==, IM_INCIDENT_ARMED_CLASH);
    g_assert_cmpuint(a->date_start, ==, im_day_from_ymd(2026, 2, 22));
    g_assert_cmpint(a->deaths_best, ==, 7);
    g_assert_cmpint(a->deaths_low, ==, 7);
    g_assert_true(a->has_geometry);
    g_assert_cmpfloat(a->position.lon_deg, ==, -103.76);
    g_assert_null(a->iso);
    g_assert_cmpint(b->type, ==, IM_INCIDENT_PROTEST);
    g_assert_cmpint(b->geo_level, ==, IM_LEVEL_STATE);
}

static void test_read_ucdp(void)
{
    static const char table[] =
        "id,type_of_violence,where_prec,where_coordinates,adm_1,country,latitude,longitude,"
        "date_start,date_end,side_a,side_b,best,high,low\n"
        "9,3,1,Goma city,Nord-Kivu,DR Congo,-1.68,29.22,2024-03-01 00:00:00.000,2024-03-02 "
        "00:00:00.000,M23,Civilians,5,9,4\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = read_text(".csv", table, -1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(records->len, ==, 1);
    const im_incident *a = records->pdata[0];
    g_assert_cmpint(a->type, ==, IM_INCIDENT_ATTACK);
    g_assert_cmpint(a->deaths_low, ==, 4);
    g_assert_cmpint(a->deaths_best, ==, 5);
    g_assert_cmpint(a->deaths_high, ==, 9);
    g_assert_cmpstr(a->actor2, ==, "Civilians");
    g_assert_cmpstr(a->admin1, ==, "Nord-Kivu");
    g_assert_cmpuint(a->date_end, ==, im_day_from_ymd(2024, 3, 2));
}

static void test_read_faults(void)
{
    static const struct {
        const char *suffix, *text;
        im_error code;
        const char *says;
    } rows[] = {
        {".csv", "type,latitude,longitude\nattack,1,2\ndance,1,2\n", IM_ERROR_FORMAT, "record 2"},
        {".csv", "a,b\n1,2\n", IM_ERROR_FORMAT, "record 1"},
        {".geojson", "{\"type\":\"FeatureCollection\",\"features\":[{]}", IM_ERROR_FORMAT,
         ".geojson"},
        {".txt", "Not a table.", IM_ERROR_FORMAT, ".txt"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read_text(rows[i].suffix, rows[i].text, -1, &error));
        g_assert_error(error, IM_ERROR, (int)rows[i].code);
        g_assert_nonnull(strstr(error->message, rows[i].says));
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(im_incidents_read("/nowhere/at/all.geojson", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_IO);
}

/* Values that cannot be meant are unknown. */
static void test_read_odd_values(void)
{
    static const char table[] = "type,latitude,longitude,count,deaths_best,date_start,radius_km\n"
                                "attack,n/a,NaN,-3,99999999999999,soon,x\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) records = read_text(".csv", table, -1, &error);
    g_assert_no_error(error);
    const im_incident *a = records->pdata[0];
    g_assert_false(a->has_geometry);
    g_assert_cmpint(a->count, ==, IM_UNKNOWN);
    g_assert_cmpint(a->deaths_best, ==, IM_UNKNOWN);
    g_assert_cmpuint(a->date_start, ==, IM_DAY_NONE);
    g_assert_cmpfloat(a->radius_km, <, 0);
    g_assert_cmpstr(a->id, ==, "t.csv:1");
}

static void test_days(void)
{
    static const struct {
        const char *text;
        int year, month, day;
    } rows[] = {
        {"2026-02-23", 2026, 2, 23},        {"2026/02/23", 2026, 2, 23},
        {"2026-02-23T10:00Z", 2026, 2, 23}, {"23 February 2026", 2026, 2, 23},
        {"1 May 2020", 2020, 5, 1},         {"31 February 2026", 0, 0, 0},
        {"23 Foo 2026", 0, 0, 0},           {"", 0, 0, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(im_day_parse_loose(rows[i].text), ==,
                         im_day_from_ymd(rows[i].year, rows[i].month, rows[i].day));
}

int main(int argc, char **argv)
{
    static const char *const geojson[] = {".geojson", "geojson"};
    static const char *const csv[] = {".csv", "csv"};
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/records/columns-are-the-specified", test_columns_are_the_specified);
    g_test_add_func("/records/geojson-head", test_geojson_head);
    g_test_add_func("/records/geojson-features", test_geojson_features);
    g_test_add_func("/records/properties-complete", test_properties_complete);
    g_test_add_func("/records/one-feature-a-line", test_one_feature_a_line);
    g_test_add_func("/records/empty", test_empty);
    g_test_add_func("/records/csv-quotes", test_csv_quotes);
    g_test_add_data_func("/records/round-trip/geojson", geojson, test_round_trip);
    g_test_add_data_func("/records/round-trip/csv", csv, test_round_trip);
    g_test_add_func("/records/read-acled", test_read_acled);
    g_test_add_func("/records/read-ucdp", test_read_ucdp);
    g_test_add_func("/records/read-faults", test_read_faults);
    g_test_add_func("/records/read-odd-values", test_read_odd_values);
    g_test_add_func("/records/days", test_days);
    return g_test_run();
}
