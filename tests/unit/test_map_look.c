/* Fonts, colours and symbols. */
#include "map/fonts.h"
#include "map/symbols.h"

#include <glib/gstdio.h>
#include <incmap/error.h>

#include <math.h>
#include <string.h>

static void check_contrast(const char *theme)
{
    im_palette p;
    g_assert_true(im_palette_find(theme, &p, NULL, NULL));
    const struct {
        const char *what;
        im_colour ink, ground;
        double least;
    } CASES[] = {
        {"place on focus", p.ink, p.focus, 7},
        {"place on sea", p.ink, p.sea, 7},
        {"place in a hatched state", p.ink, p.hatch, 4.5},
        {"state on focus", p.state_name, p.focus, 4.5},
        {"state beside", p.state_name, p.near, 4.5},
        {"country", p.country_name, p.land, 4.5},
        {"town on focus", p.context, p.focus, 4.5},
        {"town beside", p.context, p.near, 4.5},
        {"legend", p.ink, p.panel, 7},
        {"text in panels", p.text, p.panel, 4.5},
        {"sources", p.quiet, p.paper, 4.5},
        {"rim of a mark", p.rim, p.focus, 3},
        {"rim of a mark on sea", p.rim, p.sea, 3},
        {"leader", p.leader, p.focus, 3},
        {"ring", p.ring, p.focus, 3},
        {"accent", p.accent, p.focus, 3},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        if (im_contrast(CASES[i].ink, CASES[i].ground) < CASES[i].least)
            g_error("%s: %s: %.2f", theme, CASES[i].what,
                    im_contrast(CASES[i].ink, CASES[i].ground));
    for (guint type = 0; type < IM_INCIDENT_N_TYPES; type++) {
        const im_type_colours c = p.types[type];
        if (im_contrast(c.edge, p.hollow) < 3)
            g_error("%s: hollow %s: %.2f", theme, im_incident_type_name(type),
                    im_contrast(c.edge, p.hollow));
        g_assert_cmpfloat(im_contrast(c.ink, c.fill), >=, 3);
    }
    for (guint i = 0; i < IM_BIN_COLOURS; i++)
        g_assert_cmpfloat(im_contrast(im_readable_on(p.bins[i]), p.bins[i]), >=, 4.5);
}

static void test_contrast(void)
{
    check_contrast("light");
    check_contrast("dark");
    check_contrast("print");
}

static GError *theme_error(const char *text)
{
    im_palette p;
    GError *error = NULL;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "incmap-theme-test.ini", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(im_palette_find(path, &p, NULL, &error), ==, error == NULL);
    g_remove(path);
    return error;
}

/* A theme file changes what it names; what it cannot mean is named. */
static void test_theme_file(void)
{
    const struct {
        const char *text, *message;
    } FAULTS[] = {
        {"[colours]\nsae = #102030\n", "[colours] sae: no colour of a map; there are: paper sea"},
        {"[colours]\nsea = blue\n", "[colours] sea: a colour is #RRGGBB"},
        {"[colours]\nsea = #12345\n", "[colours] sea: a colour is #RRGGBB"},
        {"[types]\nrobbery = #102030\n", "[types] robbery: no type of incident"},
        {"[theme]\nbase = sepia\n", "[theme] base: light, dark or print"},
        {"[theme]\nbsae = dark\n", "[theme] bsae: not known"},
        {"[fonts]\nx = y\n", "[fonts]: not known"},
        {"sea = #102030\n", "no theme: "},
        {"\xff\xfe", "no theme: "},
    };
    for (guint i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autoptr(GError) error = theme_error(FAULTS[i].text);
        g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
        if (!strstr(error->message, FAULTS[i].message))
            g_error("%s", error->message);
    }
    im_palette p, dark;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "incmap-theme-test.ini", NULL);
    g_assert_true(g_file_set_contents(
        path, "[theme]\nbase=dark\n[colours]\nsea=#01020304\n[types]\nattack = #FFFF00\n", -1,
        NULL));
    g_assert_true(im_palette_find(path, &p, NULL, NULL));
    g_remove(path);
    g_assert_true(im_palette_find("dark", &dark, NULL, NULL));
    g_assert_cmphex(p.sea, ==, 0x01020304);
    g_assert_cmphex(p.land, ==, dark.land);
    g_assert_cmphex(p.types[IM_INCIDENT_ATTACK].fill, ==, 0xFFFF00FF);
    g_assert_cmphex(p.types[IM_INCIDENT_ATTACK].ink, ==, 0x222222FF);
    GError *error = NULL;
    g_assert_false(im_palette_find("/nowhere/theme.ini", &p, NULL, &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_USAGE);
    g_error_free(error);
}

/* The part of a symbol that shows its type. */
static const im_item *body_of(const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const im_item *item = g_ptr_array_index(items, i);
        if (strcmp(item->cls, "body") == 0)
            return item;
    }
    g_error("a symbol without a body");
}

static gboolean same_outline(const im_item *a, const im_item *b)
{
    const GByteArray *v = a->path.verbs, *w = b->path.verbs;
    return v->len == w->len && memcmp(v->data, w->data, v->len) == 0 &&
           memcmp(a->path.points->data, b->path.points->data,
                  sizeof(im_point) * a->path.points->len) == 0;
}

/* Types are told apart without colour. */
static void test_shapes(void)
{
    im_theme theme = im_theme_new(1600, 1200);
    GPtrArray *drawn[IM_INCIDENT_N_TYPES];
    for (im_incident_type t = 1; t < IM_INCIDENT_N_TYPES; t++) {
        drawn[t] = im_tree_list();
        im_symbol symbol = {.type = t, .status = IM_STATUS_OCCURRED, .radius_px = 10};
        im_symbol_draw(drawn[t], &symbol, (im_xy){50, 50}, &theme);
        im_box box = im_symbol_box(&symbol);
        im_box body = im_box_of(body_of(drawn[t])->box);
        g_assert_cmpfloat(body.min_x, >=, 50 + box.min_x);
        g_assert_cmpfloat(body.max_x, <=, 50 + box.max_x);
        g_assert_cmpfloat(body.min_y, >=, 50 + box.min_y);
        g_assert_cmpfloat(body.max_y, <=, 50 + box.max_y);
        for (im_incident_type u = 1; u < t; u++)
            g_assert_false(same_outline(body_of(drawn[t]), body_of(drawn[u])));
    }
    for (im_incident_type t = 1; t < IM_INCIDENT_N_TYPES; t++)
        g_ptr_array_unref(drawn[t]);
}

static void test_theme(void)
{
    static const int PAGES[][2] = {{200, 200}, {800, 600}, {1600, 1200}, {10000, 10000}};
    for (guint i = 0; i < G_N_ELEMENTS(PAGES); i++) {
        im_theme t = im_theme_new(PAGES[i][0], PAGES[i][1]);
        const float sizes[] = {t.title_px,   t.subtitle_px, t.label_px, t.context_px, t.state_px,
                               t.country_px, t.legend_px,   t.note_px,  t.source_px,  t.number_px};
        for (guint k = 0; k < G_N_ELEMENTS(sizes); k++)
            g_assert_cmpfloat(sizes[k], >=, 8);
    }
}

static void test_measure(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(im_fonts_load(&error));
    g_assert_no_error(error);
    im_text_style style = {.family = IM_FONT_FAMILY, .size_px = 20};
    im_text_size plain = im_fonts_measure("Querétaro", &style);
    style.size_px = 40;
    im_text_size twice = im_fonts_measure("Querétaro", &style);
    g_assert_cmpfloat_with_epsilon((double)twice.width_px, 2 * (double)plain.width_px, 0.05);
    style.spacing_px = 3;
    im_text_size spaced = im_fonts_measure("Querétaro", &style);
    g_assert_cmpfloat_with_epsilon((double)spaced.width_px, (double)twice.width_px + 8 * 3, 0.1);
    g_assert_cmpfloat(im_fonts_measure("", &style).width_px, ==, 0);
    /* What the bundled fonts lack is set with others, not left out. */
    g_assert_cmpfloat(im_fonts_measure("北京", &style).width_px, >, 0);
}

/* Who has none yet fails without the folder, and is told where they were looked for. */
static void test_missing(void)
{
    GError *error = NULL;
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
        g_test_trap_assert_passed();
        return;
    }
    g_setenv("INCMAP_FONTS", "/nonexistent", TRUE);
    g_assert_false(im_fonts_load(&error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "/nonexistent"));
    g_clear_error(&error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/look/contrast", test_contrast);
    g_test_add_func("/map/look/theme_file", test_theme_file);
    g_test_add_func("/map/look/shapes", test_shapes);
    g_test_add_func("/map/look/theme", test_theme);
    g_test_add_func("/map/look/measure", test_measure);
    g_test_add_func("/map/look/missing-fonts", test_missing);
    return g_test_run();
}
