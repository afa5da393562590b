#include "gazetteer/features.h"

#include <incmap/error.h>
#include <string.h>

struct gaz_features {
    gboolean by_default, all;
    guint32 classes;   /* bit of each class, from A on */
    GHashTable *codes; /* set of char * */
};

/* Features of the ground that reports speak of, and about how far one reaches: set by hand, for the
 * dumps do not tell. The small ones (wells, ponds, hills, sections of streams) are left out by default:
 * their names are those of men and farms. */
static const struct {
    char cls;
    const char *code;
    float radius_km;
} grounds[] = {
    {'H', "BAY", 10},   {'H', "BAYS", 20},  {'H', "CHN", 10},   {'H', "CNL", 20},
    {'H', "ESTY", 10},  {'H', "FJD", 15},   {'H', "GLCR", 10},  {'H', "GULF", 100},
    {'H', "LGN", 8},    {'H', "LK", 8},     {'H', "LKS", 15},   {'H', "OCN", 3000},
    {'H', "RSV", 8},    {'H', "SD", 20},    {'H', "SEA", 400},  {'H', "STM", 30},
    {'H', "STRT", 30},  {'H', "FLLS", 2},   {'H', "WTLD", 15},  {'L', "CONT", 3000},
    {'L', "CST", 60},   {'L', "PRK", 15},   {'L', "RESN", 15},  {'L', "RESV", 20},
    {'L', "RGN", 60},   {'L', "RGNL", 40},  {'T', "ATOL", 10},  {'T', "CAPE", 5},
    {'T', "DSRT", 150}, {'T', "HLLS", 15},  {'T', "ISL", 10},   {'T', "ISLS", 30},
    {'T', "MT", 6},     {'T', "MTS", 50},   {'T', "PASS", 3},   {'T', "PEN", 40},
    {'T', "PLAT", 60},  {'T', "PLN", 50},   {'T', "VAL", 20},   {'T', "VLC", 8},
    {'V', "FRST", 20},  {'U', "RDGU", 100}, {'U', "TRNU", 200},
};

/* Places that are no more. */
static gboolean is_historical(const char *code)
{
    static const char *const codes[] = {"PPLH",  "PPLCH", "PPLQ",  "PPLW",  "PCLH", "ADM1H",
                                        "ADM2H", "ADM3H", "ADM4H", "ADM5H", "ADMDH"};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
        if (strcmp(codes[i], code) == 0)
            return TRUE;
    return FALSE;
}

static float ground_radius_km(char cls, const char *code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(grounds); i++)
        if (grounds[i].cls == cls && strcmp(grounds[i].code, code) == 0)
            return grounds[i].radius_km;
    return 0;
}

static gboolean is_division(const char *code)
{
    return g_str_has_prefix(code, "ADM") && code[3] >= '1' && code[3] <= '4' && !code[4];
}

static gboolean is_default(char cls, const char *code)
{
    if (cls == 'P')
        return TRUE;
    if (cls == 'A')
        return g_str_has_prefix(code, "PCL") || is_division(code) || strcmp(code, "TERR") == 0;
    return cls == 'S' ? strcmp(code, "AIRP") == 0 : ground_radius_km(cls, code) > 0;
}

static im_place_kind kind_of(char cls, const char *code)
{
    if (cls == 'P')
        return IM_PLACE_TOWN;
    if (cls == 'A' && g_str_has_prefix(code, "PCL"))
        return IM_PLACE_COUNTRY;
    if (cls == 'A' && is_division(code))
        return code[3] == '1' ? IM_PLACE_ADMIN1 : IM_PLACE_ADMIN2;
    return cls == 'S' && strcmp(code, "AIRP") == 0 ? IM_PLACE_AIRPORT : IM_PLACE_REGION;
}

static gboolean is_class(const char *word)
{
    return word[0] && strchr("AHLPRSTUV", word[0]) && !word[1];
}

static gboolean add_word(gaz_features *f, const char *word, GError **error)
{
    const char *code = word[0] && word[1] == '.' ? word + 2 : word;
    if (strcmp(word, "default") == 0)
        f->by_default = TRUE;
    else if (strcmp(word, "all") == 0)
        f->all = TRUE;
    else if (is_class(word))
        f->classes |= 1u << (word[0] - 'A');
    else if (g_ascii_isupper(code[0]) && strlen(code) <= 10)
        g_hash_table_add(f->codes, g_strdup(code));
    else {
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "'%s' is neither a class nor a code of features", word);
        return FALSE;
    }
    return TRUE;
}

gaz_features *gaz_features_new(const char *list, GError **error)
{
    g_autoptr(gaz_features) f = g_new0(gaz_features, 1);
    f->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) words = g_strsplit(list ? list : "default", ",", -1);
    for (char **word = words; *word; word++)
        if (!add_word(f, *word, error))
            return NULL;
    return g_steal_pointer(&f);
}

void gaz_features_free(gaz_features *features)
{
    if (!features)
        return;
    g_hash_table_unref(features->codes);
    g_free(features);
}

gboolean gaz_features_take(const gaz_features *features, char cls, const char *code,
                           im_place_kind *kind, double *radius_km)
{
    if (cls < 'A' || cls > 'Z' || is_historical(code))
        return FALSE;
    gboolean taken = features->all || features->classes >> (cls - 'A') & 1 ||
                     (features->by_default && is_default(cls, code)) ||
                     g_hash_table_contains(features->codes, code);
    *kind = kind_of(cls, code);
    double ground_km = (double)ground_radius_km(cls, code);
    *radius_km = *kind == IM_PLACE_AIRPORT ? 3 : *kind == IM_PLACE_REGION ? MAX(ground_km, 1) : 0;
    return taken;
}
