#include "gazetteer/key.h"

#include <string.h>

/* Abbreviations that begin names of places all over a language area; sankt and sint because `St.`
 * stands for them too. */
static const struct {
    const char *word, *canonical;
} written_out[] = {
    {"st", "saint"},  {"sankt", "saint"},  {"sint", "saint"}, {"ste", "sainte"},
    {"sta", "santa"}, {"sto", "santo"},    {"cd", "ciudad"},  {"mt", "mount"},
    {"ft", "fort"},   {"gral", "general"}, {"pto", "puerto"},
};

const char *im_gazetteer_key_word(const char *fold, gsize len, gsize *out_len)
{
    *out_len = len;
    if (len > 5 || len < 2 || !strchr("scmfgp", fold[0]))
        return fold;
    for (gsize i = 0; i < G_N_ELEMENTS(written_out); i++) {
        if (strlen(written_out[i].word) == len && memcmp(written_out[i].word, fold, len) == 0) {
            *out_len = strlen(written_out[i].canonical);
            return written_out[i].canonical;
        }
    }
    return fold;
}

static gboolean push(im_key *key, const char *bytes, gsize len, gboolean new_word)
{
    gboolean space = new_word && key->len > 0;
    if (key->len + space + len > IM_KEY_MAX_BYTES || key->words + new_word > IM_KEY_MAX_WORDS)
        return FALSE;
    if (space)
        key->bytes[key->len++] = ' ';
    memcpy(key->bytes + key->len, bytes, len);
    key->len = (guint16)(key->len + len);
    key->words = (guint8)(key->words + new_word);
    key->bytes[key->len] = '\0';
    return TRUE;
}

/* `D.F` is `D.F.` at the end of a sentence whose full stop went astray. */
static gboolean push_dotted(im_key *key, const char *fold, gsize len)
{
    char whole[32];
    if (len == 0 || fold[len - 1] == '.' || len + 1 > sizeof whole)
        return push(key, fold, len, TRUE);
    memcpy(whole, fold, len);
    whole[len] = '.';
    return push(key, whole, len + 1, TRUE);
}

gboolean im_key_push(im_key *key, const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    const char *fold = im_token_fold(text, token);
    if (t->kind == IM_TOKEN_POSSESSIVE)
        return key->len == 0 || push(key, "s", 1, FALSE);
    if (t->kind == IM_TOKEN_PUNCT || t->fold_len == 0)
        return TRUE;
    if (t->flags & IM_TOKEN_DOTTED)
        return push_dotted(key, fold, t->fold_len);
    gsize len;
    const char *word = im_gazetteer_key_word(fold, t->fold_len, &len);
    return push(key, word, len, TRUE);
}

/* What is longer is no name, whatever of it a key would keep. */
enum { MAX_NAME_BYTES = 4 * IM_KEY_MAX_BYTES };

gsize im_gazetteer_key(const char *name, gsize len, char *out)
{
    out[0] = '\0';
    if (len > MAX_NAME_BYTES || !g_utf8_validate_len(name, len, NULL))
        return 0;
    g_autoptr(im_text) text = im_text_new(name, len, IM_LANGUAGE_EN);
    im_key key;
    im_key_clear(&key);
    for (guint32 i = 0; i < text->n_tokens; i++)
        if (!im_key_push(&key, text, i))
            return 0;
    memcpy(out, key.bytes, key.len + 1u);
    return key.len;
}
