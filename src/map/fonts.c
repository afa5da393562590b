#include "map/fonts.h"

#include "base/beside.h"

#include <incmap/error.h>

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

static const char *const FILES[] = {"SourceSans3-Regular.ttf", "SourceSans3-Bold.ttf",
                                    "SourceSans3-It.ttf"};
static const char BUNDLED_FAMILY[] = "Source Sans 3";

/* Height of a capital in Source Sans, in parts of its size (OS/2 sCapHeight, 660 of 1000). */
static const double CAP_HEIGHT = 0.66;

/* Fonts, and what they have glyphs for. Fontconfig's part of them is for all threads, and read once. */
typedef enum choice {
    BUNDLED = 0,
    WORLD,  /* with the fonts of all scripts that incmap brings */
    SYSTEM, /* with what the machine has */
    N_CHOICES,
} choice;

static struct {
    GMutex lock;
    FcConfig *configs[N_CHOICES]; /* NULL until asked for */
    FcCharSet *covered[SYSTEM];
} shared;

/* Pango's font maps are not for sharing between threads. */
typedef struct thread_fonts {
    PangoContext *contexts[N_CHOICES]; /* NULL until asked for */
    GHashTable *measured;              /* a set of measured *: a map asks for most texts again */
} thread_fonts;

/* What a text of a style takes; its length hangs on these of the style only. */
typedef struct measured {
    char *text;
    float size_px, spacing_px;
    gboolean bold, italic;
    im_text_size size;
} measured;

static guint hash_of(gconstpointer key)
{
    const measured *m = key;
    const guint style =
        (guint)lround(1000 * (double)m->size_px) * 4 + (guint)m->bold * 2 + (guint)m->italic;
    return g_str_hash(m->text) * 31 + style;
}

static gboolean is_same(gconstpointer a, gconstpointer b)
{
    const measured *m = a, *n = b;
    return m->size_px == n->size_px && m->spacing_px == n->spacing_px && m->bold == n->bold &&
           m->italic == n->italic && strcmp(m->text, n->text) == 0;
}

static void measured_free(gpointer data)
{
    g_free(((measured *)data)->text);
    g_free(data);
}

static void thread_fonts_free(gpointer data)
{
    thread_fonts *fonts = data;
    for (guint i = 0; i < N_CHOICES; i++)
        g_clear_object(&fonts->contexts[i]);
    g_hash_table_unref(fonts->measured);
    g_free(fonts);
}

static GPrivate THREAD_FONTS = G_PRIVATE_INIT(thread_fonts_free);

static thread_fonts *fonts_of_thread(void)
{
    thread_fonts *fonts = g_private_get(&THREAD_FONTS);
    if (!fonts) {
        fonts = g_new0(thread_fonts, 1);
        fonts->measured = g_hash_table_new_full(hash_of, is_same, measured_free, NULL);
        g_private_set(&THREAD_FONTS, fonts);
    }
    return fonts;
}

static PangoContext *context_new(FcConfig *config)
{
    g_autoptr(PangoFontMap) map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
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

/* Reading what the system has takes some 20 ms. */
static FcConfig *config_new(choice which, GError **error)
{
    FcConfig *config = which == SYSTEM ? FcInitLoadConfigAndFonts() : FcConfigCreate();
    if (!add_files(config, fonts_folder(), which == SYSTEM ? NULL : error) && which != SYSTEM) {
        FcConfigDestroy(config);
        return NULL;
    }
    if (which == WORLD)
        add_more(config, fonts_folder());
    if (which != SYSTEM)
        shared.covered[which] = coverage(config, which == BUNDLED ? 1 : G_MAXINT);
    return config;
}

/* Fontconfig takes the bundled fonts for what the machine has: else Pango has it look, and that takes as long as a
 * third of the map. @return NULL with an error when a font is missing */
static FcConfig *find_config(choice which, GError **error)
{
    g_mutex_lock(&shared.lock);
    FcConfig *config = shared.configs[which];
    if (!config) {
        config = shared.configs[which] = config_new(which, error);
        if (config && which == BUNDLED)
            FcConfigSetCurrent(config);
    }
    g_mutex_unlock(&shared.lock);
    return config;
}

static PangoContext *find_context(choice which, GError **error)
{
    thread_fonts *fonts = fonts_of_thread();
    FcConfig *config = fonts->contexts[which] ? NULL : find_config(which, error);
    if (config)
        fonts->contexts[which] = context_new(config);
    return fonts->contexts[which];
}

static gpointer read_fonts(gpointer data)
{
    (void)data;
    find_config(BUNDLED, NULL); /* im_fonts_load() says what is wrong */
    return NULL;
}

GThread *im_fonts_read_ahead(void)
{
    return im_beside("fonts", read_fonts, NULL);
}

gboolean im_fonts_load(GError **error)
{
    return find_context(BUNDLED, error) != NULL;
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

/* The fewest fonts that have all of the text; what incmap brings comes before what the system has. */
static PangoContext *context_for(const char *text)
{
    for (choice which = BUNDLED; which < SYSTEM; which++) {
        PangoContext *context = find_context(which, NULL);
        if (context && is_covered(shared.covered[which], text))
            return context;
    }
    return find_context(SYSTEM, NULL);
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

static im_text_size measure(const char *text, const im_text_style *style)
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

im_text_size im_fonts_measure(const char *text, const im_text_style *style)
{
    enum { MOST_KEPT = 20000 };
    GHashTable *known = fonts_of_thread()->measured;
    measured key = {.text = (char *)text,
                    .size_px = style->size_px,
                    .spacing_px = style->spacing_px,
                    .bold = style->bold,
                    .italic = style->italic};
    const measured *found = g_hash_table_lookup(known, &key);
    if (found)
        return found->size;
    if (g_hash_table_size(known) >= MOST_KEPT)
        g_hash_table_remove_all(known);
    key.size = measure(text, style);
    key.text = g_strdup(text);
    g_hash_table_add(known, g_memdup2(&key, sizeof key));
    return key.size;
}
