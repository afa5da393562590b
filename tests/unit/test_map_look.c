/* Fonts, colours and symbols. */
#include "map/fonts.h"
#include "map/symbols.h"

#include <incmap/error.h>

#include <math.h>
#include <string.h>

static double channel(im_colour colour, int shift)
{
    double c = ((colour >> shift) & 0xFF) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Contrast of two colours after WCAG 2.1. */
static double contrast(im_colour a, im_colour b)
{
    double la = 0.2126 * channel(a, 24) + 0.7152 * channel(a, 16) + 0.0722 * channel(a, 8);
    double lb = 0.2126 * channel(b, 24) + 0.7152 * channel(b, 16) + 0.0722 * channel(b, 8);
    return (MAX(la, lb) + 0.05) / (MIN(la, lb) + 0.05);
}

static void test_contrast(void)
{
    const struct {
        const char *what;
        im_colour ink, ground;
        double least;
    } CASES[] = {
        {"place on focus", IM_COLOUR_INK, IM_COLOUR_FOCUS, 7},
        {"place on sea", IM_COLOUR_INK, IM_COLOUR_SEA, 7},
        {"place in a hatched state", IM_COLOUR_INK, IM_COLOUR_HATCH, 4.5},
        {"state on focus", IM_COLOUR_STATE_NAME, IM_COLOUR_FOCUS, 4.5},
        {"state beside", IM_COLOUR_STATE_NAME, IM_COLOUR_NEAR, 4.5},
        {"country", IM_COLOUR_COUNTRY_NAME, IM_COLOUR_LAND, 4.5},
        {"town on focus", IM_COLOUR_CONTEXT, IM_COLOUR_FOCUS, 4.5},
        {"town beside", IM_COLOUR_CONTEXT, IM_COLOUR_NEAR, 4.5},
        {"sources", IM_COLOUR_QUIET, IM_COLOUR_PAPER, 4.5},
        {"rim of a mark", IM_COLOUR_RIM, IM_COLOUR_FOCUS, 3},
        {"rim of a mark on sea", IM_COLOUR_RIM, IM_COLOUR_SEA, 3},
        {"leader", IM_COLOUR_LEADER, IM_COLOUR_FOCUS, 3},
        {"ring", IM_COLOUR_RING, IM_COLOUR_FOCUS, 3},
        {"accent", IM_COLOUR_ACCENT, IM_COLOUR_FOCUS, 3},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        if (contrast(CASES[i].ink, CASES[i].ground) < CASES[i].least)
            g_error("%s: %.2f", CASES[i].what, contrast(CASES[i].ink, CASES[i].ground));
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

static gpointer load_without_fonts(gpointer data)
{
    return im_fonts_load(data) ? data : NULL;
}

/* Fonts belong to a thread: another one without the folder fails, and says where it looked. */
static void test_missing(void)
{
    GError *error = NULL;
    g_setenv("INCMAP_FONTS", "/nonexistent", TRUE);
    GThread *thread = g_thread_new("fonts", load_without_fonts, &error);
    g_assert_null(g_thread_join(thread));
    g_unsetenv("INCMAP_FONTS");
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, "/nonexistent"));
    g_clear_error(&error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map/look/contrast", test_contrast);
    g_test_add_func("/map/look/shapes", test_shapes);
    g_test_add_func("/map/look/theme", test_theme);
    g_test_add_func("/map/look/measure", test_measure);
    g_test_add_func("/map/look/missing-fonts", test_missing);
    return g_test_run();
}
