/* Laying a map out, for maps of different kinds and sizes, and the stages that it is made of. */
#include "../unit/map_scenes.h"
#include "bench.h"

#include "map/draw.h"
#include "map/extent.h"

typedef struct layout_job {
    const GPtrArray *incidents;
    im_map_options options;
} layout_job;

static void lay_out(void *data)
{
    const layout_job *job = data;
    GError *error = NULL;
    im_map *map = im_map_new(job->incidents, NULL, &job->options, &error);
    g_assert_no_error(error);
    im_map_free(map);
}

/* Takes over the incidents. */
static void bench_layout(const char *name, GPtrArray *incidents)
{
    layout_job job = {incidents, {.boundaries = IM_BUILD_DATADIR}};
    bench_run(name, lay_out, &job, 0);
    g_ptr_array_unref(incidents);
}

/* What each stage of a map of Mexico needs; each is given what those before it made. */
typedef struct stages {
    GPtrArray *drawn;
    im_map_options options;
    im_theme theme;
    im_boundaries *boundaries;
    im_extent *extent;
    im_view *view;
    im_ground *ground;
    im_marks *marks;
    GArray *panels;
} stages;

static void open_boundaries(void *data)
{
    stages *s = data;
    im_boundaries_free(s->boundaries);
    s->boundaries = im_boundaries_open(IM_BUILD_DATADIR, NULL, NULL);
}

static void choose_extent(void *data)
{
    stages *s = data;
    im_extent_free(s->extent);
    s->extent = im_extent_new(s->drawn, s->drawn, s->boundaries, &s->options, NULL);
}

static void make_view(void *data)
{
    stages *s = data;
    const im_box frame = {26, 110, 1574, 1150};
    im_view_free(s->view);
    s->view = im_view_new(&s->extent->fit, &frame, &frame, (im_xy){0.5, 0.5}, NULL);
}

static void make_ground(void *data)
{
    stages *s = data;
    im_ground_free(s->ground);
    s->ground = im_ground_new(s->boundaries, s->view, s->extent->countries);
}

static void make_marks(void *data)
{
    stages *s = data;
    im_marks_free(s->marks);
    s->marks = im_marks_new(s->drawn, s->ground, s->view, IM_MAP_AUTO, NULL, &s->theme);
    im_marks_place(s->marks, s->ground, &s->theme);
}

static void place_labels(void *data)
{
    stages *s = data;
    im_naming_free(im_naming_new(s->marks, s->ground, s->view, NULL, s->panels, 3, &s->theme));
}

static void bench_stages(void)
{
    stages s = {.drawn = SCENE(SCENE_MEXICO),
                .theme = im_theme_new(1600, 1200),
                .panels = g_array_new(FALSE, FALSE, sizeof(im_box))};
    /* The total of the country is no mark. */
    g_ptr_array_remove_index(s.drawn, s.drawn->len - 1);
    g_assert_true(im_fonts_load(NULL));
    const struct {
        const char *name;
        bench_body body;
    } all[] = {{"map.stage.boundaries", open_boundaries},
               {"map.stage.extent", choose_extent},
               {"map.stage.view", make_view},
               {"map.stage.ground", make_ground},
               {"map.stage.marks", make_marks},
               {"map.stage.labels", place_labels}};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        bench_run(all[i].name, all[i].body, &s, 0);
    im_marks_free(s.marks);
    im_ground_free(s.ground);
    im_view_free(s.view);
    im_extent_free(s.extent);
    im_boundaries_free(s.boundaries);
    g_array_unref(s.panels);
    g_ptr_array_unref(s.drawn);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    bench_layout("map.mexico", SCENE(SCENE_MEXICO));
    bench_layout("map.haiti", SCENE(SCENE_HAITI));
    bench_layout("map.world", SCENE(SCENE_WORLD));
    bench_layout("map.incidents.50", scene_many(50));
    bench_layout("map.incidents.500", scene_many(500));
    bench_layout("map.incidents.5000", scene_many(5000));
    bench_stages();
    return 0;
}
