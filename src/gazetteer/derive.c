/* Names that follow from other names by rule. GeoNames and the statistical offices behind it call
 * places by their long official names; reports do not. What is made here carries IM_NAME_DERIVED, so
 * that a reader of texts may ask more of it. All rules work on keys: folded words. */
#include "gazetteer/compile.h"

#include "text/lexicon.h"

#include <math.h>
#include <string.h>

/* Words that say what kind of unit a name names, before and after it, as GeoNames has them in
 * admin1 and admin2. */
static const char *const unit_prefixes[] = {
    "amphoe",
    "arrondissement de",
    "arrondissement of",
    "bashkia",
    "bezirk",
    "borough of",
    "canton",
    "canton de",
    "canton of",
    "cercle de",
    "city of",
    "commune de",
    "commune of",
    "comuna",
    "comuna de",
    "condado de",
    "county of",
    "daira de",
    "delegation de",
    "departamento de",
    "departamento del",
    "department of",
    "district of",
    "distrito de",
    "distrito del",
    "emirate of",
    "emirato de",
    "estado de",
    "gemeente",
    "gobernacion de",
    "governorate of",
    "grad",
    "huyen",
    "kabupaten",
    "komuna",
    "kota",
    "krong",
    "landkreis",
    "municipality of",
    "municipio",
    "municipio de",
    "municipio del",
    "municipiul",
    "nomos",
    "oblast de",
    "obshtina",
    "okres",
    "opcina",
    "oras",
    "partido de",
    "partido del",
    "politischer bezirk",
    "powiat",
    "prefectura de",
    "prefecture of",
    "province de",
    "province of",
    "provincia",
    "provincia de",
    "provincia del",
    "provincia di",
    "quan",
    "regierungsbezirk",
    "region de",
    "region of",
    "shahrestan e",
    "srok",
    "state of",
    "thanh pho",
    "thi xa",
    "ville de",
    "voivodato de",
};

static const char *const unit_suffixes[] = {
    "barrio",       "barrio pueblo", "borough",        "canton",    "county",      "department",
    "diqu",         "district",      "division",       "emirate",   "governorate", "gun",
    "ilcesi",       "jaras",         "kommun",         "kommune",   "krai",        "ku",
    "municipality", "oblast",        "okrug",          "pagasts",   "parish",      "prefecture",
    "province",     "raion",         "rayon",          "regency",   "region",      "shi",
    "stadt",        "state",         "sub prefecture", "subregion", "vald",        "voivodeship",
    "zizhizhou",
};

static const char *const town_prefixes[] = {
    "city of", "ciudad de", "heroica", "heroica ciudad de", "heroica villa de", "town of",
};

/* What joins the everyday name of a town to its honour: Zamora de Hidalgo, Santiago del Estero. */
static const char *const connectives[] = {"de", "del", "da", "das", "do", "dos", "di"};

/* First words that are no name by themselves: Villa de Cos, Puerto de la Cruz. */
static const char *const common_heads[] = {
    "bahia",  "barra",  "barrio",   "boca",   "bocas",  "campo",   "cerro",  "ciudad", "colonia",
    "cruz",   "ejido",  "estacion", "fray",   "fuente", "general", "isla",   "islas",  "lago",
    "laguna", "llano",  "minas",    "monte",  "nueva",  "nuevo",   "palmar", "parque", "paso",
    "playa",  "pueblo", "puente",   "puerto", "punta",  "rancho",  "rincon", "salto",  "santa",
    "santo",  "sierra", "torre",    "valle",  "venta",  "villa",   "villas", "vista",
};

static gboolean is_one_of(const char *word, gsize len, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return TRUE;
    return FALSE;
}

#define IS_ONE_OF(word, len, words) is_one_of((word), (len), (words), G_N_ELEMENTS(words))

/* The rest of `key` behind `prefix` and a space, or NULL. */
static const char *behind(const char *key, const char *prefix)
{
    gsize len = strlen(prefix);
    return strncmp(key, prefix, len) == 0 && key[len] == ' ' ? key + len + 1 : NULL;
}

/* Where ` suffix` begins at the end of `key`, or NULL. */
static const char *before(const char *key, const char *suffix)
{
    gsize len = strlen(key), n = strlen(suffix);
    if (len <= n + 1 || strcmp(key + len - n, suffix) != 0 || key[len - n - 1] != ' ')
        return NULL;
    return key + len - n - 1;
}

/* Words of the languages that are read are no names when all else was dropped: `Eastern` District.
 * Names of persons are. */
static gboolean is_common_word(const char *key)
{
    guint n;
    const im_lexeme *entries = im_lexicon_find(key, strlen(key), &n);
    for (guint i = 0; i < n; i++)
        if (entries[i].n_words == 1 && entries[i].cls != IM_LEX_GIVEN &&
            entries[i].cls != IM_LEX_SURNAME)
            return TRUE;
    return FALSE;
}

/* Words that only lead up to a name. */
static const char *const leads[] = {"of",  "the", "de",  "del", "da",
                                    "das", "do",  "dos", "du",  "des"};

static gboolean is_name(const char *key)
{
    if (IS_ONE_OF(key, strcspn(key, " "), leads))
        return FALSE;
    return g_utf8_strlen(key, -1) >= 3 && !g_ascii_isdigit(*key) && !is_common_word(key);
}

/* The key of a place's own name, or NULL. */
static const char *own_key(const draft *d, im_place_id place)
{
    guint32 key = place == IM_PLACE_NONE ? G_MAXUINT32 : draft_at(d, place)->key;
    return key == G_MAXUINT32 ? NULL : g_ptr_array_index(d->keys, key);
}

/* But no town or state takes the name of its country: Ciudad de México. */
static void add(draft *d, im_place_id place, const char *key)
{
    const char *country = own_key(d, draft_at(d, place)->country);
    if (is_name(key) && g_strcmp0(key, country) != 0)
        draft_add_key(d, place, key, IM_NAME_OTHER, IM_NAME_DERIVED);
}

/* The rest of `key` behind the longest of the prefixes that it has, or NULL. */
static const char *behind_any(const char *key, const char *const *prefixes, gsize n)
{
    const char *rest = NULL;
    for (gsize i = 0; i < n; i++) {
        const char *found = behind(key, prefixes[i]);
        rest = found && (!rest || found > rest) ? found : rest;
    }
    return rest;
}

static void drop_prefix(draft *d, im_place_id place, const char *key, const char *const *prefixes,
                        gsize n)
{
    const char *rest = behind_any(key, prefixes, n);
    if (rest)
        add(d, place, rest);
}

/* `Idlib` of `Idlib Governorate`. */
static void name_without_unit(draft *d, im_place_id place, const char *key)
{
    drop_prefix(d, place, key, unit_prefixes, G_N_ELEMENTS(unit_prefixes));
    const char *end = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(unit_suffixes); i++) {
        const char *found = before(key, unit_suffixes[i]);
        end = found && (!end || found < end) ? found : end;
    }
    g_autofree char *rest = end ? g_strndup(key, (gsize)(end - key)) : NULL;
    if (rest)
        add(d, place, rest);
}

/* `Jalisco state`. */
static void name_with_unit(draft *d, im_place_id place, const char *key)
{
    const char *type = draft_at(d, place)->type;
    if (!*type || strstr(key, type))
        return;
    g_autofree char *composed = g_strconcat(key, " ", type, NULL);
    add(d, place, composed);
}

static void name_by_affixes(draft *d)
{
    for (guint i = 0, n = d->names->len; i < n; i++) {
        draft_name name = g_array_index(d->names, draft_name, i);
        if (name.kind > IM_NAME_OTHER || name.flags & IM_NAME_FOREIGN)
            continue;
        const char *key = g_ptr_array_index(d->keys, name.key);
        im_place_kind kind = draft_at(d, name.place)->kind;
        gboolean is_unit = kind == IM_PLACE_ADMIN1 || kind == IM_PLACE_ADMIN2;
        if (is_unit && name.kind == IM_NAME_MAIN)
            name_with_unit(d, name.place, key);
        if (is_unit)
            name_without_unit(d, name.place, key);
        else if (kind == IM_PLACE_TOWN)
            drop_prefix(d, name.place, key, town_prefixes, G_N_ELEMENTS(town_prefixes));
    }
}

/* Whether `part` is all of `whole` but an honour: `whole` is `part de …`, `… de part`, `ciudad part`. */
static gboolean is_core(const char *part, const char *whole)
{
    const char *rest = behind(whole, part);
    if (rest && IS_ONE_OF(rest, strcspn(rest, " "), connectives))
        return TRUE;
    const char *end = before(whole, part);
    if (!end)
        return FALSE;
    const char *word = end;
    while (word > whole && word[-1] != ' ')
        word--;
    gsize len = (gsize)(end - word);
    return IS_ONE_OF(word, len, connectives) || (len == 6 && memcmp(word, "ciudad", 6) == 0);
}

static gboolean is_seat(const draft_place *p)
{
    return p->kind == IM_PLACE_TOWN && g_str_has_prefix(p->feature, "PPL") &&
           (p->feature[3] == 'A' || p->feature[3] == 'C');
}

/* A seat and its unit share the shorter of their names: the town of Zamora de Hidalgo lies in the
 * municipality of Zamora. */
static void share_with_unit(draft *d, im_place_id town, im_place_id unit)
{
    const char *of_town = own_key(d, town), *of_unit = own_key(d, unit);
    if (!of_town || !of_unit)
        return;
    if (is_core(of_unit, of_town))
        add(d, town, of_unit);
    else if (is_core(of_town, of_unit))
        add(d, unit, of_town);
}

/* `X` of `X de Y`; NULL when it is no name by itself. */
static char *everyday_name(const char *key)
{
    gsize len = strcspn(key, " ");
    if (len < 5 || key[len] == '\0' || IS_ONE_OF(key, len, common_heads))
        return NULL;
    const char *rest = key + len + 1;
    return IS_ONE_OF(rest, strcspn(rest, " "), connectives) ? g_strndup(key, len) : NULL;
}

static char *name_in(im_place_id admin1, const char *name)
{
    return g_strdup_printf("%u %s", admin1, name);
}

/* How many places of a state go by a name, in full or before their `de`; of a seat and its unit of
 * one name only one counts. */
static GHashTable *count_everyday_names(const draft *d)
{
    GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (im_place_id i = 0; i < d->places->len; i++) {
        const draft_place *p = draft_at(d, i);
        const char *key = own_key(d, i);
        if (!key || (p->kind != IM_PLACE_TOWN && p->kind != IM_PLACE_ADMIN2))
            continue;
        g_autofree char *everyday = everyday_name(key);
        const char *unit = p->kind == IM_PLACE_TOWN && is_seat(p) ? own_key(d, p->admin2) : NULL;
        g_autofree char *of_unit = unit ? everyday_name(unit) : NULL;
        if (unit && strcmp(of_unit ? of_unit : unit, everyday ? everyday : key) == 0)
            continue;
        char *name = name_in(p->admin1, everyday ? everyday : key);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name));
        g_hash_table_replace(counts, name, GUINT_TO_POINTER(n + 1));
    }
    return counts;
}

/* Tepatitlán de Morelos is Tepatitlán wherever its state has no other. */
static void name_everyday(draft *d)
{
    g_autoptr(GHashTable) counts = count_everyday_names(d);
    for (im_place_id i = 0; i < d->places->len; i++) {
        const draft_place *p = draft_at(d, i);
        const char *key = own_key(d, i);
        if (!key || (!is_seat(p) && p->kind != IM_PLACE_ADMIN2))
            continue;
        g_autofree char *everyday = everyday_name(key);
        g_autofree char *name = everyday ? name_in(p->admin1, everyday) : NULL;
        if (name && GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) == 1)
            add(d, i, everyday);
    }
}

static void name_seats(draft *d)
{
    for (im_place_id i = 0; i < d->places->len; i++) {
        draft_place p = *draft_at(d, i);
        if (!is_seat(&p))
            continue;
        share_with_unit(d, i, p.admin2);
        const char *state = own_key(d, p.admin1), *key = own_key(d, i);
        if (strcmp(p.feature, "PPLA") == 0 && state && key && is_core(state, key))
            add(d, i, state);
    }
}

static void add_composed(draft *d, im_place_id place, const char *prefix, const char *name,
                         const char *suffix)
{
    g_autofree char *composed = g_strconcat(prefix, name, suffix, NULL);
    add(d, place, composed);
}

static void name_after_town(draft *d, im_place_id airport, const char *town)
{
    if (!town)
        return;
    add_composed(d, airport, "", town, " airport");
    add_composed(d, airport, "", town, " international airport");
    add_composed(d, airport, "aeropuerto de ", town, "");
    add_composed(d, airport, "aeropuerto internacional de ", town, "");
}

/* An airport may be said to be a town's so far from it, as most of the largest are. */
static const double AIRPORT_REACH_KM = 30;

static int by_latitude(gconstpointer a, gconstpointer b, gpointer data)
{
    im_place_id x = *(const im_place_id *)a, y = *(const im_place_id *)b;
    double north = draft_at(data, x)->position.lat_deg - draft_at(data, y)->position.lat_deg;
    if (north != 0)
        return north < 0 ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* All towns (im_place_id) from south to north. */
static GArray *towns_by_latitude(draft *d)
{
    GArray *towns = g_array_new(FALSE, FALSE, sizeof(im_place_id));
    for (im_place_id i = 0; i < d->places->len; i++)
        if (draft_at(d, i)->kind == IM_PLACE_TOWN)
            g_array_append_val(towns, i);
    g_array_sort_with_data(towns, by_latitude, d);
    return towns;
}

/* The first of the towns that does not lie south of `lat_deg`. */
static guint first_north_of(const draft *d, const GArray *towns, double lat_deg)
{
    guint low = 0, high = towns->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (draft_at(d, g_array_index(towns, im_place_id, middle))->position.lat_deg < lat_deg)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The most populous town in reach, or IM_PLACE_NONE. */
static im_place_id town_of_airport(const draft *d, const GArray *towns, const draft_place *airport)
{
    const double reach_deg = AIRPORT_REACH_KM / 111.0, lat_deg = airport->position.lat_deg;
    im_place_id best = IM_PLACE_NONE;
    for (guint i = first_north_of(d, towns, lat_deg - reach_deg); i < towns->len; i++) {
        im_place_id town = g_array_index(towns, im_place_id, i);
        const draft_place *p = draft_at(d, town);
        if (p->position.lat_deg > lat_deg + reach_deg)
            break;
        if (p->country == airport->country &&
            (best == IM_PLACE_NONE || p->population > draft_at(d, best)->population) &&
            im_distance_km(p->position, airport->position) <= AIRPORT_REACH_KM)
            best = town;
    }
    return best;
}

/* By the town that it serves, by the city that it stands at, and without `international`. */
static void name_airport(draft *d, const GArray *towns, im_place_id airport)
{
    const char *key = own_key(d, airport);
    const char *end = key ? before(key, "international airport") : NULL;
    g_autofree char *short_name = end ? g_strndup(key, (gsize)(end - key)) : NULL;
    if (short_name)
        add_composed(d, airport, "", short_name, " airport");
    const draft_place *p = draft_at(d, airport);
    char town[IM_KEY_MAX_BYTES + 1];
    if (im_gazetteer_key(p->city, strcspn(p->city, "(/,"), town) > 0) {
        const char *core = behind_any(town, town_prefixes, G_N_ELEMENTS(town_prefixes));
        name_after_town(d, airport, core ? core : town);
    }
    if (strcmp(p->type, "large") == 0)
        name_after_town(d, airport, own_key(d, town_of_airport(d, towns, p)));
}

static void name_airports(draft *d)
{
    g_autoptr(GArray) towns = towns_by_latitude(d);
    for (im_place_id i = 0; i < d->places->len; i++)
        if (draft_at(d, i)->kind == IM_PLACE_AIRPORT)
            name_airport(d, towns, i);
}

static void add_part(draft *d, im_place_id place, const char *part, gsize len)
{
    char key[IM_KEY_MAX_BYTES + 1];
    if (im_gazetteer_key(part, len, key) >= 4)
        add(d, place, key);
}

/* `Juan Escutia (Borbollón)`, `Saguenay/Lac-Saint-Jean`. What stands in brackets is another name when
 * it begins with a capital and is no number, `(city)` and `(Kreis 1)` are not. */
static void name_alternatives(draft *d, im_place_id place, const char *name)
{
    const char *open = strchr(name, '('), *close = open ? strchr(open, ')') : NULL;
    if (close) {
        add_part(d, place, name, (gsize)(open - name));
        gsize len = (gsize)(close - open - 1);
        gboolean is_alternative = len >= 5 && g_unichar_isupper(g_utf8_get_char(open + 1)) &&
                                  !strpbrk(open, "0123456789");
        if (is_alternative)
            add_part(d, place, open + 1, len);
        return;
    }
    const char *slash = strchr(name, '/');
    if (slash) {
        add_part(d, place, name, (gsize)(slash - name));
        add_part(d, place, slash + 1, strlen(slash + 1));
    }
}

void draft_derive_names(draft *d)
{
    for (im_place_id i = 0; i < d->places->len; i++) {
        draft_place *p = draft_at(d, i);
        p->key = draft_add_name(d, i, p->name, IM_NAME_MAIN, 0);
        name_alternatives(d, i, p->name);
    }
    name_airports(d);
    name_by_affixes(d);
    name_seats(d);
    name_everyday(d);
}
