/* `incmap` beside others that do a part of the same, each as a whole process: Mapnik that draws a bare
 * map of the same points (mapnik_map.py; Debian's python3-mapnik), ogr2ogr that writes them into
 * other formats (gdal-bin). Who is not there is left out. The points are made here, the same each time. */
#include "bench.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static const char PYTHON[] = "/usr/bin/python3", MAPNIK[] = IM_BENCH_FOLDER "/mapnik_map.py";

typedef struct files {
    char *points; /* GeoJSON */
    char *out;
} files;

static guint runs(void)
{
    return bench_is_quick() ? 1 : 9;
}

static void append_point(GString *out, guint i, GRand *random)
{
    static const char *const types[] = {"killing", "roadblock", "arson",   "armed_clash",
                                        "attack",  "arrest",    "protest", "explosion"};
    static const double towns[][2] = {{-103.35, 20.67}, {-107.39, 24.80}, {-99.88, 16.85},
                                      {-100.31, 25.67}, {-117.03, 32.53}, {-89.62, 20.97},
                                      {-101.19, 19.70}};
    char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
    double east = g_rand_double(random) - 0.5, north = g_rand_double(random) - 0.5;
    const double *town = towns[g_rand_int_range(random, 0, G_N_ELEMENTS(towns))];
    gboolean near = g_rand_boolean(random);
    g_ascii_formatd(x, sizeof x, "%.5f", near ? town[0] + 2 * east : -101.5 + 9 * east);
    g_ascii_formatd(y, sizeof y, "%.5f", near ? town[1] + 2 * north : 22.25 + 9 * north);
    g_string_append_printf(
        out,
        "%s{\"type\":\"Feature\",\"properties\":{\"id\":\"E%06u\",\"type\":\"%s\",\"date_start\":"
        "\"2026-%02d-%02d\",\"location\":\"Place %u\",\"deaths_best\":%d},\"geometry\":{\"type\":"
        "\"Point\",\"coordinates\":[%s,%s]}}",
        i ? ",\n" : "", i, types[g_rand_int_range(random, 0, G_N_ELEMENTS(types))],
        g_rand_int_range(random, 1, 13), g_rand_int_range(random, 1, 29), i % 5000,
        g_rand_int_range(random, 0, 4), x, y);
}

/* Half of them within a degree of seven towns, the others all over Mexico. @return bytes */
static gsize write_points(const files *f, guint n)
{
    g_autoptr(GString) out = g_string_new("{\"type\":\"FeatureCollection\",\"features\":[\n");
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (guint i = 0; i < n; i++)
        append_point(out, i, random);
    g_string_append(out, "\n]}\n");
    if (!g_file_set_contents(f->points, out->str, (gssize)out->len, NULL))
        g_error("%s: cannot be written", f->points);
    return out->len;
}

/* Whether a command can be run; says so when not. */
static gboolean is_there(const char *command, const char *package)
{
    int status = 0;
    g_autofree char *said = NULL, *wrong = NULL;
    if (g_spawn_command_line_sync(command, &said, &wrong, &status, NULL) && status == 0)
        return TRUE;
    fprintf(stderr, "left out: %s (%s)\n", command, package);
    return FALSE;
}

static void measure_maps(const files *f, guint n, gboolean with_mapnik)
{
    gsize bytes = write_points(f, n);
    g_autofree char *ours = g_strdup_printf("peers/map of %u, incmap", n);
    g_autofree char *theirs = g_strdup_printf("peers/map of %u, Mapnik, bare", n);
    g_autofree char *png = g_strconcat(f->out, ".png", NULL);
    const bench_rival rivals[] = {
        {ours, (const char *[]){IM_PROGRAM, "render", f->points, "--size", "1600x1200", "--quiet",
                                "--overwrite", "-o", png, NULL}},
        {theirs, (const char *[]){PYTHON, MAPNIK, IM_GEODATA "/states.fgb", f->points, png, NULL}}};
    bench_turns(rivals, with_mapnik ? 2 : 1, runs(), bytes);
    g_remove(png);
}

static void measure_files(const files *f, guint n, gboolean with_ogr)
{
    static const char *const formats[][3] = {{".geojson", "GeoJSON", "-lco RFC7946=YES"},
                                             {".gpkg", "GPKG", ""},
                                             {".fgb", "FlatGeobuf", ""}};
    static const char convert[] = "rm -f \"$2\" && exec ogr2ogr -f \"$1\" $4 \"$2\" \"$3\"";
    gsize bytes = write_points(f, n);
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const char *suffix = formats[i][0], *format = formats[i][1];
        g_autofree char *ours = g_strdup_printf("peers/%u to %s, incmap", n, format);
        g_autofree char *theirs = g_strdup_printf("peers/%u to %s, ogr2ogr", n, format);
        g_autofree char *out = g_strconcat(f->out, suffix, NULL);
        const bench_rival rivals[] = {
            {ours, (const char *[]){IM_PROGRAM, "render", f->points, "--quiet", "--overwrite", "-o",
                                    out, NULL}},
            {theirs, (const char *[]){"/bin/sh", "-c", convert, "sh", format, out, f->points,
                                      formats[i][2], NULL}}};
        bench_turns(rivals, with_ogr ? 2 : 1, runs(), bytes);
        g_remove(out);
    }
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autofree char *folder = g_dir_make_tmp("incmap-bench-XXXXXX", NULL);
    files f = {.points = g_build_filename(folder, "points.geojson", NULL),
               .out = g_build_filename(folder, "out", NULL)};
    g_autofree char *start = g_strdup_printf("%s %s", PYTHON, MAPNIK);
    gboolean mapnik = is_there(start, "python3-mapnik"),
             ogr = is_there("ogr2ogr --version", "gdal-bin");
    if (mapnik)
        bench_command("peers/start, Mapnik", (const char *[]){PYTHON, MAPNIK, NULL}, runs(), 0);
    measure_maps(&f, 50, mapnik);
    measure_maps(&f, 5000, mapnik);
    if (!bench_is_quick())
        measure_maps(&f, 500000, mapnik);
    measure_files(&f, bench_is_quick() ? 5000 : 500000, ogr);
    g_remove(f.points);
    g_free(f.points);
    g_free(f.out);
    return g_rmdir(folder) == 0 ? 0 : 1;
}
