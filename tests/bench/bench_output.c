/* Drawing and writing apart, on a map of few marks and on one of many. */
#include "bench.h"

#include "output/draw.h"

#include <glib/gstdio.h>
#include <incmap/output.h>
#include <incmap/pipeline.h>

enum { MANY = 2000 };

typedef struct output_data {
    GPtrArray *incidents;
    im_map *map;
    cairo_surface_t *surface;
    const im_output_format *format;
    char *path;
} output_data;

/* Incidents all over the country of the samples, none random: steps by the golden ratio. */
static GPtrArray *many_incidents(void)
{
    GPtrArray *incidents = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; i < MANY; i++) {
        double a = i * 0.6180339887, b = i * 0.7548776662;
        im_incident *incident =
            im_incident_new((im_incident_type)(1 + i % (IM_INCIDENT_N_TYPES - 1)));
        incident->id = g_strdup_printf("%04u", i);
        incident->status = IM_STATUS_OCCURRED;
        incident->title = g_strdup("An incident");
        incident->location = g_strdup_printf("Place %u", i % 200);
        incident->iso = g_strdup("MX");
        incident->country = g_strdup("Mexico");
        incident->date_start = incident->date_end = im_day_from_ymd(2026, 2, 1 + (int)(i % 28));
        incident->position = (im_lonlat){-106 + 8 * (a - (guint)a), 17 + 9 * (b - (guint)b)};
        incident->has_geometry = TRUE;
        incident->geo_level = IM_LEVEL_MUNICIPALITY;
        incident->deaths_low = incident->deaths_best = incident->deaths_high = (int)(i % 12);
        incident->number_of_articles = incident->number_of_sources = 1;
        g_ptr_array_add(incidents, incident);
    }
    im_incidents_sort(incidents);
    return incidents;
}

static GPtrArray *sample_incidents(const im_gazetteer *gazetteer)
{
    const char *const inputs[] = {IM_TEST_DATA "/reports", NULL};
    im_run_options options = {0};
    g_autoptr(im_run) run = im_run_reports(gazetteer, inputs, &options);
    return g_ptr_array_ref(run->incidents);
}

static void draw(void *data)
{
    output_data *d = data;
    cairo_t *cr = cairo_create(d->surface);
    g_assert_true(im_map_draw(d->map, cr, NULL));
    cairo_destroy(cr);
}

static void write_file(void *data)
{
    output_data *d = data;
    im_output_data output = {.map = d->map, .incidents = d->incidents};
    g_assert_true(im_output_write(d->format, &output, d->path, TRUE, NULL));
}

static void measure(const char *what, const im_gazetteer *gazetteer, GPtrArray *incidents)
{
    im_map_options options = {0};
    output_data d = {.incidents = incidents};
    g_autofree char *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    d.map = im_map_new(incidents, gazetteer, &options, NULL);
    g_assert_nonnull(d.map);
    d.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, d.map->width_px, d.map->height_px);
    d.path = g_build_filename(folder, "out", NULL);
    g_autofree char *draw_name = g_strdup_printf("output/draw, %s", what);
    bench_run(draw_name, draw, &d, 0);
    for (guint i = 0; (d.format = im_output_format_at(i)); i++) {
        g_autofree char *name = g_strdup_printf("output/%s, %s", d.format->name, what);
        bench_run(name, write_file, &d, 0);
    }
    g_remove(d.path);
    g_rmdir(folder);
    g_free(d.path);
    cairo_surface_destroy(d.surface);
    im_map_free(d.map);
    g_ptr_array_unref(incidents);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autofree char *path = im_gazetteer_default_path();
    g_autoptr(im_gazetteer) gazetteer = im_gazetteer_open(path, NULL);
    g_assert_nonnull(gazetteer);
    measure("sample reports", gazetteer, sample_incidents(gazetteer));
    g_autofree char *many = g_strdup_printf("%d incidents", MANY);
    measure(many, gazetteer, many_incidents());
    return 0;
}
