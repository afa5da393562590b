/* GeoPackage, FlatGeobuf and KML: read back with equal values, styled, the same bytes twice, nothing half made. */
#include "folder.h"

#include "output/layers.h"

#include <gdal.h>
#include <glib/gstdio.h>
#include <incmap/output.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

typedef struct fixture {
    char *folder, *path;
    GPtrArray *records;
} fixture;

static im_incident *record(im_incident_type type, const char *id, const char *title, double lon_deg,
                           double lat_deg)
{
    im_incident *r = im_incident_new(type);
    im_source *source = im_source_new();
    source->report = g_strdup("a.txt");
    source->quote = g_strdup("He said: \"'; DROP TABLE incidents; --\" </notes><script>");
    source->date = im_day_from_ymd(2026, 2, 24);
    g_ptr_array_add(r->sources, source);
    r->id = g_strdup(id);
    r->title = g_strdup(title);
    r->status = IM_STATUS_OCCURRED;
    r->date_start = r->date_end = im_day_from_ymd(2026, 2, 22);
    r->position = (im_lonlat){lon_deg, lat_deg};
    r->has_geometry = TRUE;
    r->geo_level = IM_LEVEL_MUNICIPALITY;
    r->deaths_low = r->deaths_best = r->deaths_high = 4;
    r->number_of_sources = r->number_of_articles = 1;
    r->confidence = 0.8;
    return r;
}

static void set_up(fixture *f, gconstpointer suffix)
{
    f->folder = g_dir_make_tmp("incmap-test-XXXXXX", NULL);
    g_autofree char *name = g_strconcat("out", suffix, NULL);
    f->path = g_build_filename(f->folder, name, NULL);
    f->records = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    g_ptr_array_add(f->records, record(IM_INCIDENT_ATTACK, "a", "Ataque en \"Tapalpa\" ' ; & <b>",
                                       -103.75853, 19.94445));
    g_ptr_array_add(f->records,
                    record(IM_INCIDENT_ROADBLOCK, "b", "Ťažký kříž 封鎖", 179.9, -18.1));
}

static void tear_down(fixture *f, gconstpointer suffix)
{
    (void)suffix;
    g_unlink(f->path);
    g_assert_cmpint(g_rmdir(f->folder), ==, 0); /* nothing else was left behind */
    g_ptr_array_unref(f->records);
    g_free(f->path);
    g_free(f->folder);
}

static gboolean write_file(const fixture *f, gboolean overwrite, GError **error)
{
    const im_output_data data = {.incidents = f->records, .credit = "Places: GeoNames (CC BY 4.0)"};
    return im_output_write(im_output_format_find(NULL, f->path, NULL), &data, f->path, overwrite,
                           error);
}

static GString *as_lines(const GPtrArray *records)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < records->len; i++) {
        im_incident_to_json(records->pdata[i], out);
        g_string_append_c(out, '\n');
    }
    return out;
}

static int by_id(const void *x, const void *y)
{
    const im_incident *a = *(im_incident *const *)x, *b = *(im_incident *const *)y;
    return strcmp(a->id, b->id);
}

static void test_read_back(fixture *f, gconstpointer suffix)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(write_file(f, FALSE, &error));
    g_autoptr(GPtrArray) again = im_incidents_read(f->path, &error);
    g_assert_no_error(error);
    g_ptr_array_sort(again, by_id); /* the index of a FlatGeobuf has an order of its own */
    g_autoptr(GString) expected = as_lines(f->records);
    g_autoptr(GString) got = as_lines(again);
    g_assert_cmpstr(got->str, ==, expected->str);
    g_assert_cmpuint(folder_n_files(f->folder), ==, 1);
    (void)suffix;
}

static void test_same_bytes(fixture *f, gconstpointer suffix)
{
    g_autofree char *first = NULL, *second = NULL;
    gsize first_len, second_len;
    g_assert_true(write_file(f, FALSE, NULL));
    g_assert_true(g_file_get_contents(f->path, &first, &first_len, NULL));
    g_usleep(1100 * 1000); /* a clock of whole seconds goes on */
    g_assert_true(write_file(f, TRUE, NULL));
    g_assert_true(g_file_get_contents(f->path, &second, &second_len, NULL));
    g_assert_cmpuint(first_len, ==, second_len);
    g_assert_true(memcmp(first, second, first_len) == 0);
    (void)suffix;
}

static void test_kept(fixture *f, gconstpointer suffix)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    g_assert_true(g_file_set_contents(f->path, "older", -1, NULL));
    g_assert_false(write_file(f, FALSE, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_assert_true(g_file_get_contents(f->path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "older");
    g_assert_cmpuint(folder_n_files(f->folder), ==, 1);
    (void)suffix;
}

static void test_without_place(fixture *f, gconstpointer suffix)
{
    ((im_incident *)f->records->pdata[1])->has_geometry = FALSE;
    g_assert_true(write_file(f, FALSE, NULL));
    g_autoptr(GPtrArray) again = im_incidents_read(f->path, NULL);
    const im_output_format *format = im_output_format_find(NULL, f->path, NULL);
    g_assert_cmpuint(again->len, ==, format->places_only ? 1 : 2);
    (void)suffix;
}

static void test_none(fixture *f, gconstpointer suffix)
{
    g_ptr_array_set_size(f->records, 0);
    g_assert_true(write_file(f, FALSE, NULL));
    g_autoptr(GPtrArray) again = im_incidents_read(f->path, NULL);
    g_assert_cmpuint(again->len, ==, 0);
    (void)suffix;
}

static guint n_found(xmlXPathContextPtr context, const char *path)
{
    xmlXPathObjectPtr found = xmlXPathEval((const xmlChar *)path, context);
    guint n = found && found->nodesetval ? (guint)found->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(found);
    return n;
}

/* QGIS takes the style that is the default of the table: one category and one symbol a type. */
static void test_style(fixture *f, gconstpointer suffix)
{
    g_assert_true(write_file(f, FALSE, NULL));
    GDALDatasetH dataset = GDALOpenEx(f->path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH styles = GDALDatasetGetLayerByName(dataset, "layer_styles");
    g_assert_nonnull(styles);
    OGRFeatureH style = OGR_L_GetNextFeature(styles);
    const struct {
        const char *field, *value;
    } rows[] = {{"f_table_name", IM_LAYER_NAME},
                {"f_geometry_column", "geom"},
                {"styleName", "incmap"},
                {"useAsDefault", "1"}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpstr(OGR_F_GetFieldAsString(style, OGR_F_GetFieldIndex(style, rows[i].field)),
                        ==, rows[i].value);
    const char *qml = OGR_F_GetFieldAsString(style, OGR_F_GetFieldIndex(style, "styleQML"));
    xmlDocPtr doc = xmlReadMemory(qml, (int)strlen(qml), "qml", NULL, XML_PARSE_NONET);
    g_assert_nonnull(doc);
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    g_assert_cmpuint(n_found(context, "//category[@value='roadblock']"), ==, 1);
    g_assert_cmpuint(n_found(context, "//category"), ==, IM_INCIDENT_N_TYPES - 1);
    g_assert_cmpuint(n_found(context, "//symbol[@name = //category/@symbol]"), ==,
                     IM_INCIDENT_N_TYPES - 1);
    xmlXPathFreeContext(context);
    xmlFreeDoc(doc);
    OGR_F_Destroy(style);
    GDALClose(dataset);
    (void)suffix;
}

static char *ask(GDALDatasetH dataset, const char *sql)
{
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    OGRFeatureH row = result ? OGR_L_GetNextFeature(result) : NULL;
    char *value = row ? g_strdup(OGR_F_GetFieldAsString(row, 0)) : NULL;
    OGR_F_Destroy(row);
    GDALDatasetReleaseResultSet(dataset, result);
    return value;
}

/* Whether the index finds what lies in a box: all that a look at each finds, and nothing else. */
static void assert_found(const fixture *f, GDALDatasetH dataset, const double box[4])
{
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, IM_LAYER_NAME);
    guint n = 0;
    for (guint i = 0; i < f->records->len; i++) {
        const im_incident *r = f->records->pdata[i];
        n += r->has_geometry && r->position.lon_deg >= box[0] && r->position.lon_deg <= box[2] &&
             r->position.lat_deg >= box[1] && r->position.lat_deg <= box[3];
    }
    OGR_L_SetSpatialFilterRect(layer, box[0], box[1], box[2], box[3]);
    g_assert_cmpint(OGR_L_GetFeatureCount(layer, TRUE), ==, n);
    OGR_L_SetSpatialFilter(layer, NULL);
}

/* The index that is built at once is sound by SQLite's own check, whatever its depth, and is kept up by whoever
 * adds a row later. */
static void test_index(fixture *f, gconstpointer suffix)
{
    static const guint SIZES[] = {0, 1, 51, 52, 51 * 51, 51 * 51 + 1};
    guint32 state = 7;
    g_ptr_array_set_size(f->records, 0);
    for (guint k = 0; k < G_N_ELEMENTS(SIZES); k++) {
        while (f->records->len < SIZES[k]) {
            const double lon = (state = state * 1664525u + 1013904223u) / 4294967296.0 * 360 - 180,
                         lat = (state = state * 1664525u + 1013904223u) / 4294967296.0 * 180 - 90;
            g_autofree char *id = g_strdup_printf("r%u", f->records->len);
            g_ptr_array_add(f->records, record(IM_INCIDENT_ATTACK, id, "t", lon, lat));
            im_incident *last = f->records->pdata[f->records->len - 1];
            last->has_geometry =
                f->records->len % 10 != 7; /* a row without a place is in no index */
        }
        g_assert_true(write_file(f, TRUE, NULL));
        GDALDatasetH dataset =
            GDALOpenEx(f->path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
        g_autofree char *sound = ask(dataset, "SELECT rtreecheck('rtree_incidents_geom')");
        g_assert_cmpstr(sound, ==, "ok");
        assert_found(f, dataset, (const double[]){-180, -90, 180, 90});
        assert_found(f, dataset, (const double[]){-20, 10, 3.5, 33.3});
        assert_found(f, dataset, (const double[]){170, -90, 180, 0});
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset, IM_LAYER_NAME);
        OGRFeatureH more = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, 1, 2);
        OGR_F_SetGeometryDirectly(more, point);
        g_assert_cmpint(OGR_L_CreateFeature(layer, more), ==, OGRERR_NONE);
        OGR_F_Destroy(more);
        g_autofree char *n = ask(
            dataset, "SELECT count(*) FROM rtree_incidents_geom WHERE minx BETWEEN 0.9999 AND 1 "
                     "AND miny BETWEEN 1.9999 AND 2");
        g_assert_cmpstr(n, ==, "1");
        GDALClose(dataset);
    }
    (void)suffix;
}

typedef void (*test)(fixture *f, gconstpointer suffix);

static void add(const char *name, const char *suffix, test run)
{
    g_autofree char *path = g_strdup_printf("/layers/%s/%s", name, suffix + 1);
    g_test_add(path, fixture, suffix, set_up, run, tear_down);
}

int main(int argc, char **argv)
{
    static const char *const suffixes[] = {".gpkg", ".fgb", ".kml"};
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        add("read-back", suffixes[i], test_read_back);
        add("same-bytes", suffixes[i], test_same_bytes);
        add("kept", suffixes[i], test_kept);
        add("without-place", suffixes[i], test_without_place);
        add("none", suffixes[i], test_none);
    }
    add("style", ".gpkg", test_style);
    add("index", ".gpkg", test_index);
    return g_test_run();
}
