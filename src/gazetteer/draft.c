/* What the compiler gathers: places by code, names by key. */
#include "gazetteer/compile.h"

#include "gazetteer/key.h"

#include <math.h>
#include <string.h>

static void free_detail(gpointer data)
{
    draft_detail *detail = data;
    g_free(detail->type);
    g_free(detail->city);
    g_free(detail);
}

static void clear_source(gpointer data)
{
    g_free(((draft_source *)data)->label);
}

draft *draft_new(void)
{
    draft *d = g_new0(draft, 1);
    d->texts = gaz_pool_new();
    d->keys = gaz_pool_new();
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        d->places[kind] = g_array_new(FALSE, FALSE, sizeof(gaz_place));
        d->own_keys[kind] = g_array_new(FALSE, FALSE, sizeof(guint32));
    }
    d->details = g_hash_table_new_full(NULL, NULL, NULL, free_detail);
    d->by_code = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    d->by_geonameid = gaz_idmap_new();
    d->features = g_ptr_array_new_with_free_func(g_free);
    d->feature_numbers = g_hash_table_new(g_str_hash, g_str_equal);
    d->names = g_array_new(FALSE, FALSE, sizeof(draft_name));
    d->heads = g_array_new(FALSE, FALSE, sizeof(draft_head));
    d->sources = g_array_new(FALSE, TRUE, sizeof(draft_source));
    g_array_set_clear_func(d->sources, clear_source);
    d->source_table = g_string_new(NULL);
    d->credits = g_ptr_array_new_with_free_func(g_free);
    return d;
}

void draft_free(draft *d)
{
    if (!d)
        return;
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        g_array_unref(d->places[kind]);
        g_array_unref(d->own_keys[kind]);
    }
    g_hash_table_unref(d->details);
    g_hash_table_unref(d->by_code);
    g_hash_table_unref(d->feature_numbers);
    g_ptr_array_unref(d->features);
    gaz_idmap_free(d->by_geonameid);
    gaz_pool_free(d->texts);
    gaz_pool_free(d->keys);
    g_array_unref(d->names);
    g_array_unref(d->heads);
    g_array_unref(d->sources);
    g_string_free(d->source_table, TRUE);
    g_ptr_array_unref(d->credits);
    g_free(d);
}

guint draft_begin_source(draft *d, const char *label)
{
    draft_source source = {.label = g_strdup(label)};
    g_array_append_val(d->sources, source);
    return d->sources->len - 1;
}

draft_source *draft_current_source(const draft *d)
{
    return &g_array_index(d->sources, draft_source, d->sources->len - 1);
}

im_place_id draft_by_code(const draft *d, const char *code)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(d->by_code, code));
    return found ? found - 1 : IM_PLACE_NONE;
}

draft_place draft_blank(im_place_kind kind, const char *feature)
{
    return (draft_place){.name = "",
                         .code = "",
                         .iso3166_2 = "",
                         .type = "",
                         .city = "",
                         .feature = feature,
                         .country = IM_PLACE_NONE,
                         .admin1 = IM_PLACE_NONE,
                         .admin2 = IM_PLACE_NONE,
                         .kind = kind};
}

draft_detail draft_detail_of(const draft *d, im_place_id id)
{
    const draft_detail *detail = g_hash_table_lookup(d->details, GUINT_TO_POINTER(id));
    return detail ? *detail : (draft_detail){(char *)"", (char *)""};
}

const char *draft_own_key(const draft *d, im_place_id id)
{
    if (id == IM_PLACE_NONE)
        return NULL;
    guint32 key = g_array_index(d->own_keys[draft_kind(id)], guint32, draft_index(id));
    return key ? draft_key(d, key) : NULL;
}

static guint16 feature_number(draft *d, const char *feature)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(d->feature_numbers, feature));
    if (found)
        return (guint16)(found - 1);
    if (d->features->len == GAZ_MAX_FEATURES)
        return 0;
    char *kept = g_strdup(feature);
    g_ptr_array_add(d->features, kept);
    g_hash_table_insert(d->feature_numbers, kept, GUINT_TO_POINTER(d->features->len));
    return (guint16)(d->features->len - 1);
}

static guint32 keep(draft *d, const char *text)
{
    return gaz_pool_add(d->texts, text, strlen(text));
}

static void enter_code(draft *d, const char *code, im_place_id id)
{
    if (*code && !g_hash_table_contains(d->by_code, code))
        g_hash_table_insert(d->by_code, g_strdup(code), GUINT_TO_POINTER(id + 1));
}

/* Towns come after the divisions and are more often meant by an id that both have. */
static void enter_geonameid(draft *d, const draft_place *p, im_place_id id)
{
    if (p->geonameid &&
        (p->kind == IM_PLACE_TOWN || gaz_idmap_get(d->by_geonameid, p->geonameid) == IM_PLACE_NONE))
        gaz_idmap_set(d->by_geonameid, p->geonameid, id);
}

im_place_id draft_add_place(draft *d, const draft_place *p)
{
    static const guint32 no_key = 0;
    im_place_id id = draft_id(p->kind, d->places[p->kind]->len);
    gaz_place place = {
        .name = keep(d, p->name),
        .code = keep(d, p->code),
        .iso3166_2 = keep(d, p->iso3166_2),
        .lon_e5 = (gint32)lround(p->position.lon_deg * 1e5),
        .lat_e5 = (gint32)lround(p->position.lat_deg * 1e5),
        .radius_km = (float)p->radius_km,
        .geonameid = p->geonameid,
        .population = p->population,
        .country = p->kind == IM_PLACE_COUNTRY ? id : p->country,
        .admin1 = p->kind == IM_PLACE_ADMIN1 ? id : p->admin1,
        .admin2 = p->kind == IM_PLACE_ADMIN2 && p->admin2 == IM_PLACE_NONE ? id : p->admin2,
        .feature = feature_number(d, p->feature),
        .kind = (guint8)p->kind,
        .source = (guint8)(d->sources->len ? d->sources->len - 1 : 0),
    };
    g_array_append_val(d->places[p->kind], place);
    g_array_append_val(d->own_keys[p->kind], no_key);
    if (*p->type || *p->city) {
        draft_detail *detail = g_new(draft_detail, 1);
        *detail = (draft_detail){g_strdup(p->type), g_strdup(p->city)};
        g_hash_table_insert(d->details, GUINT_TO_POINTER(id), detail);
    }
    if (p->kind != IM_PLACE_AIRPORT)
        enter_code(d, p->code, id);
    enter_code(d, p->iso3166_2, id);
    enter_geonameid(d, p, id);
    draft_add_own_name(d, id);
    return id;
}

static guint count_words(const char *key)
{
    guint n = 1;
    for (; *key; key++)
        n += *key == ' ';
    return n;
}

guint32 draft_add_key(draft *d, im_place_id place, const char *key, im_name_kind kind, guint flags)
{
    gsize len = strlen(key);
    if (len == 0 || len > IM_KEY_MAX_BYTES || count_words(key) > IM_KEY_MAX_WORDS)
        return 0;
    draft_name name = {.hash = im_hash_name(key, len),
                       .key = gaz_pool_add(d->keys, key, len),
                       .place = place,
                       .kind = (guint8)kind,
                       .flags = (guint8)flags};
    g_array_append_val(d->names, name);
    return name.key;
}

/* `US` is a country and `us` is not: short and all capitals. */
static gboolean is_acronym(const im_text *text)
{
    if (text->n_tokens != 1 || text->tokens[0].flags & IM_TOKEN_DOTTED)
        return FALSE;
    return text->tokens[0].shape == IM_SHAPE_UPPER && text->tokens[0].fold_len <= 4;
}

/* `Jal.`, but neither `D.F.` nor a full stop within. */
static gboolean ends_in_stop(const im_text *text)
{
    return text->n_tokens > 1 && im_token_is_punct(text, text->n_tokens - 1, '.');
}

/* `D.F.` is also written DF. */
static void add_undotted(draft *d, im_place_id place, const char *key, im_name_kind kind,
                         guint flags)
{
    char plain[IM_KEY_MAX_BYTES + 1];
    gsize len = 0;
    for (; *key; key++)
        if (*key != '.')
            plain[len++] = *key;
    plain[len] = '\0';
    draft_add_key(d, place, plain, kind, flags | (len <= 4 ? IM_NAME_CASE_SENSITIVE : 0));
}

/* @param bare_head  bytes of the `Land` of `Land's End`, what a reader of tokens looks up first;
 *                   0 where there is no such thing */
static gboolean make_key(const im_text *text, im_key *key, gsize *bare_head)
{
    im_key_clear(key);
    *bare_head = 0;
    for (guint32 i = 0; i < text->n_tokens; i++) {
        if (text->tokens[i].kind == IM_TOKEN_POSSESSIVE && key->end.words == 1)
            *bare_head = key->end.len;
        if (!im_key_push(key, text, i))
            return FALSE;
    }
    return key->end.len > 0;
}

guint32 draft_add_name(draft *d, im_place_id place, const char *name, im_name_kind kind,
                       guint flags)
{
    gsize len = strlen(name), bare_head;
    if (len > GAZ_POOL_MAX_TEXT)
        return 0;
    g_autoptr(im_text) text = im_text_new(name, len, IM_LANGUAGE_EN);
    im_key key;
    if (!make_key(text, &key, &bare_head))
        return 0;
    flags |= is_acronym(text) ? IM_NAME_CASE_SENSITIVE : 0;
    flags |= ends_in_stop(text) ? IM_NAME_DOTTED : 0;
    guint32 offset = draft_add_key(d, place, key.bytes, kind, flags);
    draft_head head = {.key = offset, .len = (guint8)bare_head, .words = key.end.words};
    if (bare_head && offset)
        g_array_append_val(d->heads, head);
    if (key.end.words == 1 && text->tokens[0].flags & IM_TOKEN_DOTTED)
        add_undotted(d, place, key.bytes, kind, flags);
    return offset;
}
