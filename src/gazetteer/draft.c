/* What the compiler gathers: places by code, names by key. */
#include "gazetteer/compile.h"

#include "gazetteer/key.h"

#include <string.h>

draft *draft_new(void)
{
    draft *d = g_new0(draft, 1);
    d->strings = g_string_chunk_new(1 << 16);
    d->places = g_array_new(FALSE, TRUE, sizeof(draft_place));
    d->by_code = g_hash_table_new(g_str_hash, g_str_equal);
    d->by_geonameid = g_hash_table_new(NULL, NULL);
    d->key_numbers = g_hash_table_new(g_str_hash, g_str_equal);
    d->keys = g_ptr_array_new();
    d->names = g_array_new(FALSE, FALSE, sizeof(draft_name));
    d->heads = g_array_new(FALSE, FALSE, sizeof(draft_head));
    d->head_numbers = g_hash_table_new(g_str_hash, g_str_equal);
    return d;
}

void draft_free(draft *d)
{
    if (!d)
        return;
    g_hash_table_unref(d->by_code);
    g_hash_table_unref(d->by_geonameid);
    g_hash_table_unref(d->key_numbers);
    g_hash_table_unref(d->head_numbers);
    g_array_unref(d->heads);
    g_ptr_array_unref(d->keys);
    g_array_unref(d->names);
    g_array_unref(d->places);
    g_string_chunk_free(d->strings);
    g_free(d->sources);
    g_free(d->credit);
    g_free(d);
}

im_place_id draft_by_code(const draft *d, const char *code)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(d->by_code, code));
    return found ? found - 1 : IM_PLACE_NONE;
}

static guint32 key_number(draft *d, const char *key)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(d->key_numbers, key));
    if (found)
        return found - 1;
    const char *kept = g_string_chunk_insert(d->strings, key);
    g_ptr_array_add(d->keys, (gpointer)kept);
    g_hash_table_insert(d->key_numbers, (gpointer)kept, GUINT_TO_POINTER(d->keys->len));
    return d->keys->len - 1;
}

static void add_head(draft *d, guint32 key, gsize len, guint words)
{
    char word[IM_KEY_MAX_BYTES + 1];
    memcpy(word, g_ptr_array_index(d->keys, key), len);
    word[len] = '\0';
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(d->head_numbers, word));
    if (number == 0) {
        draft_head head = {g_string_chunk_insert(d->strings, word), key, words};
        g_array_append_val(d->heads, head);
        g_hash_table_insert(d->head_numbers, (gpointer)head.word, GUINT_TO_POINTER(d->heads->len));
        return;
    }
    draft_head *known = &g_array_index(d->heads, draft_head, number - 1);
    known->words = MAX(known->words, words);
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
    guint words = count_words(key);
    if (words > IM_KEY_MAX_WORDS || strlen(key) > IM_KEY_MAX_BYTES)
        return G_MAXUINT32;
    draft_name name = {
        .key = key_number(d, key), .place = place, .kind = (guint8)kind, .flags = (guint8)flags};
    g_array_append_val(d->names, name);
    add_head(d, name.key, strcspn(key, " "), words);
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
        if (text->tokens[i].kind == IM_TOKEN_POSSESSIVE && key->words == 1)
            *bare_head = key->len;
        if (!im_key_push(key, text, i))
            return FALSE;
    }
    return key->len > 0;
}

guint32 draft_add_name(draft *d, im_place_id place, const char *name, im_name_kind kind,
                       guint flags)
{
    gsize len = strlen(name), bare_head;
    g_autoptr(im_text) text = im_text_new(name, len, IM_LANGUAGE_EN);
    im_key key;
    if (!make_key(text, &key, &bare_head))
        return G_MAXUINT32;
    flags |= is_acronym(text) ? IM_NAME_CASE_SENSITIVE : 0;
    flags |= ends_in_stop(text) ? IM_NAME_DOTTED : 0;
    guint32 number = draft_add_key(d, place, key.bytes, kind, flags);
    if (bare_head)
        add_head(d, number, bare_head, key.words);
    if (key.words == 1 && text->tokens[0].flags & IM_TOKEN_DOTTED)
        add_undotted(d, place, key.bytes, kind, flags);
    return number;
}
