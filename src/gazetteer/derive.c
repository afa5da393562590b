/* Names that follow from other names by rule. GeoNames and the statistical offices behind it call
 * places by their long official names; reports do not. What is made here carries IM_NAME_DERIVED, so
 * that a reader of texts may ask more of it. All rules work on keys: folded words. */
#include "gazetteer/derive.h"

#include "text/lexicon.h"

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
const char *derive_before(const char *key, const char *suffix)
{
    gsize len = strlen(key), n = strlen(suffix);
    if (len <= n + 1 || strcmp(key + len - n, suffix) != 0 || key[len - n - 1] != ' ')
        return NULL;
    return key + len - n - 1;
}

/* Words of the languages that are read are no names when all else was dropped: `Eastern` District.
 * Names of persons are, and so are words of topics: Marathon, Derby. */
static gboolean is_common_word(const char *key)
{
    guint n;
    const im_lexeme *entries = im_lexicon_find(key, strlen(key), &n);
    for (guint i = 0; i < n; i++)
        if (entries[i].n_words == 1 && entries[i].cls != IM_LEX_GIVEN &&
            entries[i].cls != IM_LEX_SURNAME && entries[i].cls != IM_LEX_TOPIC)
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

/* But no town or state takes the name of its country: Ciudad de México. */
void draft_add_derived(draft *d, im_place_id place, const char *key)
{
    const char *country = draft_own_key(d, draft_at(d, place)->country);
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

const char *derive_town_core(const char *key)
{
    const char *core = behind_any(key, town_prefixes, G_N_ELEMENTS(town_prefixes));
    return core ? core : key;
}

static void drop_prefix(draft *d, im_place_id place, const char *key, const char *const *prefixes,
                        gsize n)
{
    const char *rest = behind_any(key, prefixes, n);
    if (rest)
        draft_add_derived(d, place, rest);
}

/* `Idlib` of `Idlib Governorate`. */
static void name_without_unit(draft *d, im_place_id place, const char *key)
{
    drop_prefix(d, place, key, unit_prefixes, G_N_ELEMENTS(unit_prefixes));
    const char *end = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(unit_suffixes); i++) {
        const char *found = derive_before(key, unit_suffixes[i]);
        end = found && (!end || found < end) ? found : end;
    }
    g_autofree char *rest = end ? g_strndup(key, (gsize)(end - key)) : NULL;
    if (rest)
        draft_add_derived(d, place, rest);
}

/* `Jalisco state`. */
static void name_with_unit(draft *d, im_place_id place, const char *key)
{
    const char *type = draft_detail_of(d, place).type;
    if (!*type || strstr(key, type))
        return;
    g_autofree char *composed = g_strconcat(key, " ", type, NULL);
    draft_add_derived(d, place, composed);
}

static void name_by_affixes(draft *d)
{
    for (guint i = 0, n = d->names->len; i < n; i++) {
        draft_name name = g_array_index(d->names, draft_name, i);
        if (name.kind > IM_NAME_OTHER || name.flags & IM_NAME_FOREIGN)
            continue;
        const char *key = draft_key(d, name.key);
        im_place_kind kind = draft_kind(name.place);
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
    const char *end = derive_before(whole, part);
    if (!end)
        return FALSE;
    const char *word = end;
    while (word > whole && word[-1] != ' ')
        word--;
    gsize len = (gsize)(end - word);
    return IS_ONE_OF(word, len, connectives) || (len == 6 && memcmp(word, "ciudad", 6) == 0);
}

static gboolean is_seat(const draft *d, const gaz_place *p)
{
    const char *feature = draft_feature(d, p);
    return p->kind == IM_PLACE_TOWN && g_str_has_prefix(feature, "PPL") &&
           (feature[3] == 'A' || feature[3] == 'C');
}

/* A seat and its unit share the shorter of their names: the town of Zamora de Hidalgo lies in the
 * municipality of Zamora. */
static void share_with_unit(draft *d, im_place_id town, im_place_id unit)
{
    const char *of_town = draft_own_key(d, town), *of_unit = draft_own_key(d, unit);
    if (!of_town || !of_unit)
        return;
    if (is_core(of_unit, of_town))
        draft_add_derived(d, town, of_unit);
    else if (is_core(of_town, of_unit))
        draft_add_derived(d, unit, of_town);
}

/* Bytes of the `X` of `X de Y`; 0 when it is no name by itself. */
static gsize everyday_name(const char *key)
{
    gsize len = strcspn(key, " ");
    if (len < 5 || key[len] == '\0' || IS_ONE_OF(key, len, common_heads))
        return 0;
    const char *rest = key + len + 1;
    return IS_ONE_OF(rest, strcspn(rest, " "), connectives) ? len : 0;
}

/* A name within a state, told by its hash: a collision costs one name that nobody misses. */
static gpointer name_in(im_place_id admin1, const char *name, gsize len)
{
    return GSIZE_TO_POINTER((gsize)im_hash_name(name, len) << 20 ^ draft_index(admin1));
}

/* Calls `f` for the places among which an everyday name must be the only one. */
static void each_town_or_unit(draft *d, void (*f)(draft *, im_place_id, GHashTable *),
                              GHashTable *counts)
{
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_ADMIN2); i++)
        f(d, draft_id(IM_PLACE_ADMIN2, i), counts);
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_TOWN); i++)
        f(d, draft_id(IM_PLACE_TOWN, i), counts);
}

/* The names that seats and units could take. */
static void note_everyday_name(draft *d, im_place_id place, GHashTable *counts)
{
    const char *key = draft_own_key(d, place);
    const gaz_place *p = draft_at(d, place);
    gsize len = key && (p->kind == IM_PLACE_ADMIN2 || is_seat(d, p)) ? everyday_name(key) : 0;
    if (len)
        g_hash_table_insert(counts, name_in(p->admin1, key, len), NULL);
}

/* How many places of a state go by such a name, in full or before their `de`; of a seat and its unit
 * of one name only one counts. */
static void count_everyday_name(draft *d, im_place_id place, GHashTable *counts)
{
    const char *key = draft_own_key(d, place);
    if (!key)
        return;
    const gaz_place *p = draft_at(d, place);
    gsize len = everyday_name(key);
    len = len ? len : strlen(key);
    const char *unit = is_seat(d, p) ? draft_own_key(d, p->admin2) : NULL;
    gsize of_unit = unit ? everyday_name(unit) : 0;
    of_unit = unit && !of_unit ? strlen(unit) : of_unit;
    if (unit && of_unit == len && memcmp(unit, key, len) == 0)
        return;
    gpointer name = name_in(p->admin1, key, len), n;
    if (g_hash_table_lookup_extended(counts, name, NULL, &n))
        g_hash_table_insert(counts, name, GUINT_TO_POINTER(GPOINTER_TO_UINT(n) + 1));
}

/* Tepatitlán de Morelos is Tepatitlán wherever its state has no other. */
static void take_everyday_name(draft *d, im_place_id place, GHashTable *counts)
{
    const char *key = draft_own_key(d, place);
    const gaz_place *p = draft_at(d, place);
    gsize len = key && (p->kind == IM_PLACE_ADMIN2 || is_seat(d, p)) ? everyday_name(key) : 0;
    if (len == 0 ||
        GPOINTER_TO_UINT(g_hash_table_lookup(counts, name_in(p->admin1, key, len))) != 1)
        return;
    g_autofree char *everyday = g_strndup(key, len);
    draft_add_derived(d, place, everyday);
}

static void name_everyday(draft *d)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    each_town_or_unit(d, note_everyday_name, counts);
    each_town_or_unit(d, count_everyday_name, counts);
    each_town_or_unit(d, take_everyday_name, counts);
}

static void name_seats(draft *d)
{
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_TOWN); i++) {
        im_place_id town = draft_id(IM_PLACE_TOWN, i);
        gaz_place p = *draft_at(d, town);
        if (!is_seat(d, &p))
            continue;
        share_with_unit(d, town, p.admin2);
        const char *state = draft_own_key(d, p.admin1), *key = draft_own_key(d, town);
        if (strcmp(draft_feature(d, &p), "PPLA") == 0 && state && key && is_core(state, key))
            draft_add_derived(d, town, state);
    }
}

static void add_part(draft *d, im_place_id place, const char *part, gsize len)
{
    char key[IM_KEY_MAX_BYTES + 1];
    if (im_gazetteer_key(part, len, key) >= 4)
        draft_add_derived(d, place, key);
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

void draft_add_own_name(draft *d, im_place_id place)
{
    const char *name = draft_text(d, draft_at(d, place)->name);
    guint32 key = draft_add_name(d, place, name, IM_NAME_MAIN, 0);
    g_array_index(d->own_keys[draft_kind(place)], guint32, draft_index(place)) = key;
    name_alternatives(d, place, name);
}

void draft_derive_names(draft *d)
{
    draft_name_airports(d);
    name_by_affixes(d);
    name_seats(d);
    name_everyday(d);
}
