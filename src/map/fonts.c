#include "map/fonts.h"

#include <incmap/error.h>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

static const char *const FILES[] = {"SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf",
                                    "SourceSans3-It.ttf"};
static const char BUNDLED_FAMILY[] = "Source Sans 3";

/* Height of a capital in Source Sans, in parts of its size (OS/2 sCapHeight, 660 of 1000). */
static const double CAP_HEIGHT = 0.66;

/* Pango's font maps are not for sharing between threads. */
typedef struct thread_fonts {
    FcCharSet *covered;      /* by the regular style */
    PangoContext *bundled;   /* NULL until loaded */
    FcCharSet *world_covers; /* with the fonts of all scripts; NULL until text needs them */
    PangoContext *world;
    PangoContext *system; /* NULL until text needs it */
} thread_fonts;

static void thread_fonts_free(gpointer data)
{
    thread_fonts *fonts = data;
    g_clear_pointer(&fonts->covered, FcCharSetDestroy);
    g_clear_object(&fonts->bundled);
    g_clear_pointer(&fonts->world_covers, FcCharSetDestroy);
    g_clear_object(&fonts->world);
    g_clear_object(&fonts->system);
    g_free(fonts);
}

static GPrivate THREAD_FONTS = G_PRIVATE_INIT(thread_fonts_free);

static thread_fonts *fonts_of_thread(void)
{
    thread_fonts *fonts = g_private_get(&THREAD_FONTS);
    if (!fonts) {
        fonts = g_new0(thread_fonts, 1);
        g_private_set(&THREAD_FONTS, fonts);
    }
    return fonts;
}

/* Takes over `config`. */
static PangoContext *context_new(FcConfig *config)
{
    g_autoptr(PangoFontMap) map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 96);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));
    return context;
}

static gboolean add_files(FcConfig *config, const char *folder, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *path = g_build_filename(folder, FILES[i], NULL);
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
            g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: font is missing or unreadable", path);
            return FALSE;
        }
    }
    return TRUE;
}

static const char *fonts_folder(void)
{
    const char *chosen = g_getenv("INCMAP_FONTS");
    if (chosen && *chosen)
        return chosen;
    static const char beside_build[] = IM_BUILD_DATADIR "/fonts";
    return g_file_test(beside_build, G_FILE_TEST_IS_DIR) ? beside_build : IM_DATADIR "/fonts";
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The fonts of other scripts, in the order of their names so that the same is taken each time. */
static void add_more(FcConfig *config, const char *folder)
{
    g_autofree char *more = g_build_filename(folder, "more", NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(more, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".ttf"))
            g_ptr_array_add(paths, g_build_filename(more, name, NULL));
    if (dir)
        g_dir_close(dir);
    g_ptr_array_sort(paths, compare_paths);
    for (guint i = 0; i < paths->len; i++)
        FcConfigAppFontAddFile(config, paths->pdata[i]);
}

/* What the first `most` fonts have glyphs for. */
static FcCharSet *coverage(FcConfig *config, int most)
{
    FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
    FcCharSet *all = FcCharSetCreate(), *one;
    for (int i = 0; set && i < MIN(set->nfont, most); i++)
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &one) == FcResultMatch)
            FcCharSetMerge(all, one, NULL);
    return all;
}

gboolean im_fonts_load(GError **error)
{
    thread_fonts *fonts = fonts_of_thread();
    if (fonts->bundled)
        return TRUE;
    FcConfig *config = FcConfigCreate();
    if (!add_files(config, fonts_folder(), error)) {
        FcConfigDestroy(config);
        return FALSE;
    }
    fonts->covered = coverage(config, 1);
    fonts->bundled = context_new(config);
    return TRUE;
}

static gboolean is_covered(const FcCharSet *covered, const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c >= ' ' && !FcCharSetHasChar(covered, c))
            return FALSE;
    }
    return TRUE;
}

/* The system's fonts with the bundled ones among them; scanning them takes some 20 ms. */
static PangoContext *system_context(thread_fonts *fonts)
{
    if (!fonts->system) {
        FcConfig *config = FcInitLoadConfigAndFonts();
        add_files(config, fonts_folder(), NULL);
        fonts->system = context_new(config);
    }
    return fonts->system;
}

static void load_world(thread_fonts *fonts)
{
    FcConfig *config = FcConfigCreate();
    add_files(config, fonts_folder(), NULL);
    add_more(config, fonts_folder());
    fonts->world_covers = coverage(config, G_MAXINT);
    fonts->world = context_new(config);
}

/* The fewest fonts that have all of the text; what incmap brings comes before what the system has. */
static PangoContext *context_for(const char *text)
{
    thread_fonts *fonts = fonts_of_thread();
    if (fonts->bundled && is_covered(fonts->covered, text))
        return fonts->bundled;
    if (!fonts->world)
        load_world(fonts);
    return is_covered(fonts->world_covers, text) ? fonts->world : system_context(fonts);
}

static PangoFontDescription *describe(const im_text_style *style)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, BUNDLED_FAMILY);
    pango_font_description_set_absolute_size(font, (double)style->size_px * PANGO_SCALE);
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

PangoLayout *im_fonts_layout(const char *text, const im_text_style *style)
{
    PangoLayout *layout = pango_layout_new(context_for(text));
    PangoFontDescription *font = describe(style);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_auto_dir(layout, TRUE);
    pango_layout_set_text(layout, text, -1);
    if (style->spacing_px > 0) {
        PangoAttrList *attributes = pango_attr_list_new();
        pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(
                                               (int)((double)style->spacing_px * PANGO_SCALE)));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
    }
    return layout;
}

im_text_size im_fonts_measure(const char *text, const im_text_style *style)
{
    g_autoptr(PangoLayout) layout = im_fonts_layout(text, style);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    double baseline = pango_layout_get_baseline(layout);
    return (im_text_size){
        .width_px = (float)(logical.width / (double)PANGO_SCALE),
        .ascent_px = (float)(baseline / PANGO_SCALE),
        .descent_px = (float)((logical.height - baseline) / PANGO_SCALE),
        .cap_px = (float)(CAP_HEIGHT * (double)style->size_px),
    };
}
