/* Colours of the types are of Okabe and Ito's palette (Color Universal Design, 2008), those of hexagons of
 * ColorBrewer's YlOrBr: both keep apart for the colour-blind, the second also in grey. */
#include "map/palette.h"

#include <errno.h>
#include <incmap/error.h>
#include <math.h>
#include <string.h>

#define DARK_INK 0x222222FFu
#define WHITE    0xFFFFFFFFu

/* The same on light and on dark ground, but for the outlines of hollow marks. */
#define TYPES(edge_of)                                                                             \
    {                                                                                              \
        [IM_INCIDENT_NONE] = {0x999999FF, edge_of(0x666666FF, 0x999999FF), DARK_INK, DARK_INK},    \
        [IM_INCIDENT_ATTACK] = {0xD55E00FF, edge_of(0xB24E00FF, 0xF07D20FF), WHITE, WHITE},        \
        [IM_INCIDENT_ARMED_CLASH] = {0xCC79A7FF, edge_of(0x9C4A78FF, 0xCC79A7FF), DARK_INK,        \
                                     DARK_INK},                                                    \
        [IM_INCIDENT_KILLING] = {0x2B2B2BFF, edge_of(0x2B2B2BFF, 0xD0D0D0FF), WHITE, WHITE},       \
        [IM_INCIDENT_EXPLOSION] = {0xF0E442FF, edge_of(0x857900FF, 0xF0E442FF), DARK_INK,          \
                                   DARK_INK},                                                      \
        [IM_INCIDENT_KIDNAPPING] = {0x56B4E9FF, edge_of(0x1F78B4FF, 0x56B4E9FF), DARK_INK,         \
                                    DARK_INK},                                                     \
        [IM_INCIDENT_ARSON] = {0xE69F00FF, edge_of(0xA06E00FF, 0xE69F00FF), DARK_INK, 0xFFF6D8FF}, \
        [IM_INCIDENT_LOOTING] = {0xE69F00FF, edge_of(0xA06E00FF, 0xE69F00FF), DARK_INK, DARK_INK}, \
        [IM_INCIDENT_ROADBLOCK] = {0xF0E442FF, edge_of(0x6B6200FF, 0xF0E442FF), DARK_INK,          \
                                   DARK_INK},                                                      \
        [IM_INCIDENT_PROTEST] = {0x56B4E9FF, edge_of(0x1F78B4FF, 0x56B4E9FF), DARK_INK, DARK_INK}, \
        [IM_INCIDENT_DISRUPTION] = {0xB0B0B0FF, edge_of(0x666666FF, 0xB0B0B0FF), DARK_INK,         \
                                    DARK_INK},                                                     \
        [IM_INCIDENT_OPERATION] = {0x0072B2FF, edge_of(0x0072B2FF, 0x3FA2DAFF), WHITE, WHITE},     \
        [IM_INCIDENT_ARREST] = {0x009E73FF, edge_of(0x00785AFF, 0x1FC796FF), WHITE, WHITE},        \
        [IM_INCIDENT_DEPLOYMENT] = {0x009E73FF, edge_of(0x00785AFF, 0x1FC796FF), WHITE, WHITE},    \
    }
#define ON_LIGHT(light, dark) light
#define ON_DARK(light, dark)  dark
#define BINS                                                                                       \
    {                                                                                              \
        0xFEE391E6, 0xFEC44FE6, 0xFE9929E6, 0xC24802E6, 0x7A2604E6                                 \
    }

/* Three calm tones; text on them has a contrast of at least 4.5 : 1 (WCAG 1.4.3). */
static const im_palette light = {
    .paper = 0xFFFFFFFF,
    .sea = 0xD9E7EFFF,
    .land = 0xE9E7E1FF,
    .focus = 0xFCF9F2FF,
    .near = 0xF3F0E8FF,
    .affected = 0xF6E7CBFF,
    .hatch = 0xD8B27AFF,
    .coast = 0x86A3B5FF,
    .border = 0x77716AFF,
    .state_border = 0xB9B1A4FF,
    .graticule = 0x6F8796A0,
    .ink = 0x1C1C1CFF,
    .text = 0x3D3B38FF,
    .quiet = 0x625E57FF,
    .state_name = 0x6F6A5FFF,
    .country_name = 0x66645EFF,
    .context = 0x4F4C46FF,
    .panel = 0xFFFFFFFF,
    .panel_edge = 0xC6C2BAFF,
    .rule = 0xD5D2CBFF,
    .rim = 0x222222FF,
    .casing = 0xFFFFFFE6,
    .hollow = 0xFFFFFFFF,
    .leader = 0x4A4844FF,
    .accent = 0xC03A00FF,
    .ring = 0x5A554CFF,
    .ring_fill = 0x5A554C14,
    .types = TYPES(ON_LIGHT),
    .bins = BINS,
    .shades = {0xFDF1D6FF, 0xFBE0ADFF, 0xF8CB80FF, 0xF3B057FF, 0xE99540FF},
};

/* For screens in the dark: the same tones turned over; marks have a light rim. */
static const im_palette dark = {
    .paper = 0x14181CFF,
    .sea = 0x182430FF,
    .land = 0x23272CFF,
    .focus = 0x33383EFF,
    .near = 0x2B3035FF,
    .affected = 0x4A4030FF,
    .hatch = 0x7A6238FF,
    .coast = 0x55707FFF,
    .border = 0xA3A9AEFF,
    .state_border = 0x656D75FF,
    .graticule = 0x6D8291A0,
    .ink = 0xF7F6F3FF,
    .text = 0xDDDCD8FF,
    .quiet = 0xB5B6B3FF,
    .state_name = 0xB9BEC2FF,
    .country_name = 0xA9AFB4FF,
    .context = 0xD2D5D7FF,
    .panel = 0x1D2227FF,
    .panel_edge = 0x4A525AFF,
    .rule = 0x4A525AFF,
    .rim = 0xF2F2F2FF,
    .casing = 0x14181CE6,
    .hollow = 0x1D2227FF,
    .leader = 0xC9CCCEFF,
    .accent = 0xFF8A50FF,
    .ring = 0xB8BCBFFF,
    .ring_fill = 0xFFFFFF14,
    .types = TYPES(ON_DARK),
    .bins = BINS,
    .shades = {0x403B31FF, 0x544832FF, 0x6A5633FF, 0x816434FF, 0x967236FF},
};

/* Without colours: shapes and shades tell types apart. */
static const im_palette print = {
    .paper = 0xFFFFFFFF,
    .sea = 0xE9E9E9FF,
    .land = 0xF6F6F6FF,
    .focus = 0xFFFFFFFF,
    .near = 0xFAFAFAFF,
    .affected = 0xFFFFFFFF,
    .hatch = 0xA8A8A8FF,
    .coast = 0x8A8A8AFF,
    .border = 0x4A4A4AFF,
    .state_border = 0xA6A6A6FF,
    .graticule = 0x00000059,
    .ink = 0x000000FF,
    .text = 0x222222FF,
    .quiet = 0x444444FF,
    .state_name = 0x606060FF,
    .country_name = 0x505050FF,
    .context = 0x3C3C3CFF,
    .panel = 0xFFFFFFFF,
    .panel_edge = 0x8A8A8AFF,
    .rule = 0xB8B8B8FF,
    .rim = 0x000000FF,
    .casing = 0xFFFFFFF2,
    .hollow = 0xFFFFFFFF,
    .leader = 0x333333FF,
    .accent = 0x000000FF,
    .ring = 0x444444FF,
    .ring_fill = 0x00000010,
    .types =
        {
            [IM_INCIDENT_NONE] = {0x9A9A9AFF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_ATTACK] = {0x3A3A3AFF, 0x222222FF, WHITE, WHITE},
            [IM_INCIDENT_ARMED_CLASH] = {0x6A6A6AFF, 0x333333FF, WHITE, WHITE},
            [IM_INCIDENT_KILLING] = {0x000000FF, 0x000000FF, WHITE, WHITE},
            [IM_INCIDENT_EXPLOSION] = {0xFFFFFFFF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_KIDNAPPING] = {0xBDBDBDFF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_ARSON] = {0x787878FF, 0x444444FF, WHITE, WHITE},
            [IM_INCIDENT_LOOTING] = {0xD8D8D8FF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_ROADBLOCK] = {0xFFFFFFFF, 0x333333FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_PROTEST] = {0xE4E4E4FF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_DISRUPTION] = {0xB0B0B0FF, 0x555555FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_OPERATION] = {0x505050FF, 0x333333FF, WHITE, WHITE},
            [IM_INCIDENT_ARREST] = {0xF2F2F2FF, 0x444444FF, 0x000000FF, 0x000000FF},
            [IM_INCIDENT_DEPLOYMENT] = {0xCCCCCCFF, 0x444444FF, 0x000000FF, 0x000000FF},
        },
    .bins = {0xF0F0F0F2, 0xD2D2D2F2, 0xA6A6A6F2, 0x6C6C6CF2, 0x303030F2},
    .shades = {0xF2F2F2FF, 0xE2E2E2FF, 0xD0D0D0FF, 0xBCBCBCFF, 0xA6A6A6FF},
};

static const struct {
    const char *name;
    const im_palette *palette;
} themes[] = {{"light", &light}, {"dark", &dark}, {"print", &print}};

static const struct {
    const char *name;
    gsize offset;
} colours[] = {
#define X(name, use) {#name, G_STRUCT_OFFSET(im_palette, name)},
    IM_COLOURS(X)
#undef X
};

/* ---- colours ---- */

static double channel(im_colour colour, int shift)
{
    double c = ((colour >> shift) & 0xFF) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(im_colour c)
{
    return 0.2126 * channel(c, 24) + 0.7152 * channel(c, 16) + 0.0722 * channel(c, 8);
}

double im_contrast(im_colour a, im_colour b)
{
    const double la = luminance(a), lb = luminance(b);
    return (MAX(la, lb) + 0.05) / (MIN(la, lb) + 0.05);
}

/* `#RRGGBB` or `#RRGGBBAA`. */
static gboolean parse_colour(const char *text, im_colour *colour)
{
    const gsize len = strlen(text);
    if (text[0] != '#' || (len != 7 && len != 9) ||
        strspn(text + 1, "0123456789abcdefABCDEF") != len - 1)
        return FALSE;
    const guint64 value = g_ascii_strtoull(text + 1, NULL, 16);
    *colour = (im_colour)(len == 7 ? value << 8 | 0xFF : value);
    return TRUE;
}

im_colour im_readable_on(im_colour ground)
{
    return im_contrast(WHITE, ground) >= im_contrast(DARK_INK, ground) ? WHITE : DARK_INK;
}

/* ---- theme files ---- */

#define GROUP_THEME   "theme"
#define GROUP_COLOURS "colours"
#define GROUP_TYPES   "types"

static gboolean fail(const char *path, const char *group, const char *key, const char *what,
                     GError **error)
{
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: [%s] %s: %s", path, group, key, what);
    return FALSE;
}

static gboolean set_colour(im_palette *p, const char *path, const char *key, im_colour colour,
                           GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(colours); i++)
        if (strcmp(colours[i].name, key) == 0) {
            G_STRUCT_MEMBER(im_colour, p, colours[i].offset) = colour;
            return TRUE;
        }
    g_autoptr(GString) known = g_string_new("no colour of a map; there are:");
    for (guint i = 0; i < G_N_ELEMENTS(colours); i++)
        g_string_append_printf(known, " %s", colours[i].name);
    return fail(path, GROUP_COLOURS, key, known->str, error);
}

static gboolean set_type(im_palette *p, const char *path, const char *key, im_colour colour,
                         GError **error)
{
    const im_incident_type type = im_incident_type_parse(key);
    if (type == IM_INCIDENT_NONE)
        return fail(path, GROUP_TYPES, key, "no type of incident", error);
    const im_colour ink = im_readable_on(colour);
    const gboolean shows = im_contrast(colour, p->hollow) >= 3;
    p->types[type] = (im_type_colours){colour, shows ? colour : p->rim, ink, ink};
    return TRUE;
}

typedef gboolean (*colour_setter)(im_palette *p, const char *path, const char *key,
                                  im_colour colour, GError **error);

static gboolean read_group(im_palette *p, const char *path, GKeyFile *file, const char *group,
                           colour_setter set, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (guint i = 0; keys && keys[i]; i++) {
        im_colour colour;
        g_autofree char *text = g_key_file_get_string(file, group, keys[i], NULL);
        if (!text || !parse_colour(g_strstrip(text), &colour))
            return fail(path, group, keys[i], "a colour is #RRGGBB or #RRGGBBAA", error);
        if (!set(p, path, keys[i], colour, error))
            return FALSE;
    }
    return TRUE;
}

static const im_palette *built_in(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(themes); i++)
        if (strcmp(themes[i].name, name) == 0)
            return themes[i].palette;
    return NULL;
}

/* The theme that a file changes, in its [theme] group. */
static gboolean read_base(im_palette *p, const char *path, GKeyFile *file, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, GROUP_THEME, NULL, NULL);
    for (guint i = 0; keys && keys[i]; i++) {
        if (strcmp(keys[i], "base") != 0)
            return fail(path, GROUP_THEME, keys[i], "not known; there is: base", error);
        g_autofree char *name = g_key_file_get_string(file, GROUP_THEME, "base", NULL);
        const im_palette *base = name ? built_in(g_strstrip(name)) : NULL;
        if (!base)
            return fail(path, GROUP_THEME, "base", "light, dark or print", error);
        *p = *base;
    }
    return TRUE;
}

static gboolean check_groups(const char *path, GKeyFile *file, GError **error)
{
    static const char *const known[] = {GROUP_THEME, GROUP_COLOURS, GROUP_TYPES, NULL};
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (guint i = 0; groups[i]; i++)
        if (!g_strv_contains(known, groups[i])) {
            g_set_error(error, IM_ERROR, IM_ERROR_DATA,
                        "%s: [%s]: not known; there are: theme, colours, types", path, groups[i]);
            return FALSE;
        }
    return TRUE;
}

/* What is to be told apart from what: text from its ground, and the rims of marks. */
static const struct {
    const char *what, *ground;
    double least; /* WCAG 2.1, 1.4.3 and 1.4.11 */
} pairs[] = {
    {"ink", "paper", 4.5},        {"quiet", "paper", 4.5},       {"ink", "panel", 4.5},
    {"text", "panel", 4.5},       {"ink", "focus", 4.5},         {"ink", "near", 4.5},
    {"state_name", "focus", 4.5}, {"state_name", "near", 4.5},   {"context", "focus", 4.5},
    {"context", "near", 4.5},     {"country_name", "land", 4.5}, {"rim", "focus", 3},
};

static im_colour colour_of(const im_palette *p, const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(colours); i++)
        if (strcmp(colours[i].name, name) == 0)
            return G_STRUCT_MEMBER(im_colour, p, colours[i].offset);
    g_assert_not_reached();
}

/* What a file has made hard to read. */
static void find_faults(const im_palette *p, const im_palette *base, const char *name,
                        GPtrArray *faults)
{
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const char *what = pairs[i].what, *ground = pairs[i].ground;
        const double is = im_contrast(colour_of(p, what), colour_of(p, ground)),
                     was = im_contrast(colour_of(base, what), colour_of(base, ground));
        if (is < MIN(was, pairs[i].least))
            g_ptr_array_add(faults, g_strdup_printf("%s: %s on %s: a contrast of %.1f, %.1f is "
                                                    "needed to read it",
                                                    name, what, ground, is, pairs[i].least));
    }
}

gboolean im_palette_read(const char *text, gsize len, const char *name, im_palette *p,
                         GPtrArray *faults, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    if (memchr(text, '\0', len) || !g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: no theme: not a text in UTF-8", name);
        return FALSE;
    }
    if (!g_key_file_load_from_data(file, text, len, G_KEY_FILE_NONE, &cause)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: no theme: %s", name, cause->message);
        return FALSE;
    }
    *p = light;
    if (!check_groups(name, file, error) || !read_base(p, name, file, error))
        return FALSE;
    const im_palette base = *p;
    if (!read_group(p, name, file, GROUP_COLOURS, set_colour, error) ||
        !read_group(p, name, file, GROUP_TYPES, set_type, error))
        return FALSE;
    if (faults)
        find_faults(p, &base, name, faults);
    return TRUE;
}

static gboolean read_file(im_palette *p, const char *path, GPtrArray *faults, GError **error)
{
    g_autofree char *text = NULL;
    gsize len;
    if (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: no theme: not a regular file", path);
        return FALSE;
    }
    errno = 0;
    if (g_file_get_contents(path, &text, &len, NULL))
        return im_palette_read(text, len, path, p, faults, error);
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                "%s: no theme (light, dark, print) and no file of one: %s", path,
                g_strerror(errno));
    return FALSE;
}

const im_palette *im_palette_light(void)
{
    return &light;
}

gboolean im_palette_find(const char *name, im_palette *palette, GPtrArray *faults, GError **error)
{
    const im_palette *known = built_in(name ? name : "light");
    if (!known)
        return read_file(palette, name, faults, error);
    *palette = *known;
    return TRUE;
}
