#include "gazetteer/key.h"

#include "base/eight.h"
#include "base/hash.h"
#include "base/utf8.h"

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

#define LETTER(c) (1u << ((c) - 'a'))

/* Whether a word may be one of them, by its first two letters. */
static gboolean may_be_written_out(const char *fold, gsize len)
{
    static const guint32 seconds[32] = {
        ['s' - 'a'] = LETTER('t') | LETTER('a') | LETTER('i'),
        ['c' - 'a'] = LETTER('d'),
        ['m' - 'a'] = LETTER('t'),
        ['f' - 'a'] = LETTER('t'),
        ['g' - 'a'] = LETTER('r'),
        ['p' - 'a'] = LETTER('t'),
    };
    return len >= 2 && (seconds[(fold[0] - 'a') & 31] >> ((fold[1] - 'a') & 31) & 1) && len <= 5;
}

const char *im_gazetteer_key_word(const char *fold, gsize len, guint32 *hash, gsize *out_len)
{
    *out_len = len;
    if (!may_be_written_out(fold, len))
        return fold;
    for (gsize i = 0; i < G_N_ELEMENTS(written_out); i++) {
        if (strlen(written_out[i].word) == len && memcmp(written_out[i].word, fold, len) == 0) {
            *out_len = strlen(written_out[i].canonical);
            *hash = im_hash_word(written_out[i].canonical, *out_len);
            return written_out[i].canonical;
        }
    }
    return fold;
}

/* The last word's hash has come: that of the whole key. */
static void set_hash(im_key *key, guint32 word)
{
    key->end.hash = key->end.words > 1 ? im_hash_join(key->end.before, word) : word;
}

static gboolean push(im_key *key, const char *word, gsize len, guint32 hash)
{
    gboolean space = key->end.words > 0;
    if (key->end.len + space + len > IM_KEY_MAX_BYTES || key->end.words == IM_KEY_MAX_WORDS)
        return FALSE;
    if (space)
        key->bytes[key->end.len++] = ' ';
    im_eight_copy(key->bytes + key->end.len, word, len);
    key->end.last = key->end.len;
    key->end.len = (guint16)(key->end.len + len);
    key->bytes[key->end.len] = '\0';
    key->end.words++;
    key->end.before = key->end.hash;
    set_hash(key, hash);
    return TRUE;
}

gboolean im_key_push_word(im_key *key, const char *word)
{
    gsize len = strlen(word);
    return push(key, word, len, im_hash_word(word, len));
}

/* The `s` of a possessive, at the end of the last word. */
static gboolean push_s(im_key *key)
{
    if (key->end.len == IM_KEY_MAX_BYTES)
        return FALSE;
    key->bytes[key->end.len++] = 's';
    key->bytes[key->end.len] = '\0';
    set_hash(key, im_hash_word(key->bytes + key->end.last, (gsize)(key->end.len - key->end.last)));
    return TRUE;
}

/* `D.F` is `D.F.` at the end of a sentence whose full stop went astray. */
static gboolean push_dotted(im_key *key, const char *fold, gsize len)
{
    char whole[32];
    if (len == 0 || fold[len - 1] == '.' || len + 1 > sizeof whole)
        return push(key, fold, len, im_hash_word(fold, len));
    memcpy(whole, fold, len);
    whole[len] = '.';
    return push(key, whole, len + 1, im_hash_word(whole, len + 1));
}

gboolean im_key_push(im_key *key, const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    const char *fold = im_token_fold(text, token);
    if (t->kind == IM_TOKEN_POSSESSIVE)
        return key->end.words == 0 || push_s(key);
    if (t->kind == IM_TOKEN_PUNCT || t->fold_len == 0)
        return TRUE;
    if (t->flags & IM_TOKEN_DOTTED)
        return push_dotted(key, fold, t->fold_len);
    gsize len;
    guint32 hash = t->hash;
    const char *word = im_gazetteer_key_word(fold, t->fold_len, &hash, &len);
    return push(key, word, len, hash);
}

/* Room for a folded word, as the tokens of a text have it. */
enum { MAX_WORD_BYTES = 120 };

static gboolean is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* Apostrophes of all sorts and NUL: what they do to a word only its token knows. */
static gboolean is_intricate(gunichar c)
{
    return c == 0 || c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 ||
           (c >= 0x2B9 && c <= 0x2BC);
}

static gunichar char_at(const char *at)
{
    return (guchar)*at < 0x80 ? (guchar)*at : g_utf8_get_char(at);
}

/* The end of the letters and digits at `at`; `*ascii` when they are all ASCII. */
static const char *word_end(const char *at, const char *end, gboolean *ascii)
{
    const char *p = at;
    while (p < end && g_ascii_isalnum(*p))
        p++;
    *ascii = p == end || (guchar)*p < 0x80;
    while (!*ascii && p < end && (g_ascii_isalnum(*p) || is_letter(char_at(p))))
        p = g_utf8_next_char(p);
    return p;
}

/* `D.F.`, `EE.UU.` */
static gboolean may_be_dotted(const char *word, const char *end)
{
    return end - word == 1 || (end - word == 2 && word[0] == word[1]);
}

static gboolean push_word(im_key *key, const char *word, const char *end, gboolean ascii)
{
    char fold[MAX_WORD_BYTES];
    gsize n = MIN((gsize)(end - word), sizeof fold), len;
    for (gsize i = 0; ascii && i < n; i++)
        fold[i] = (char)(word[i] | (g_ascii_isupper(word[i]) ? 0x20 : 0));
    if (!ascii)
        n = im_fold(word, (gsize)(end - word), fold, sizeof fold);
    guint32 hash = im_hash_word(fold, n);
    const char *canonical = im_gazetteer_key_word(fold, n, &hash, &len);
    return n == 0 || push(key, canonical, len, hash);
}

/* Most names are words of letters and need no text made of them.
 * @return FALSE when this one may, with `key` in an unknown state */
static gboolean key_of_plain(const char *name, gsize len, im_key *key)
{
    gboolean ascii;
    const char *end = name + len;
    for (const char *at = name; at < end;) {
        const char *stop = word_end(at, end, &ascii);
        gunichar next = stop < end ? char_at(stop) : ' ';
        if (is_intricate(next) || (stop > at && g_ascii_isdigit(*at)) ||
            (next == '.' && stop > at && may_be_dotted(at, stop)))
            return FALSE;
        if (stop > at && !push_word(key, at, stop, ascii))
            return FALSE;
        at = stop < end ? g_utf8_next_char(stop) : end;
    }
    return TRUE;
}

static gboolean key_of_tokens(const char *name, gsize len, im_key *key)
{
    g_autoptr(im_text) text = im_text_new(name, len, IM_LANGUAGE_EN);
    for (guint32 i = 0; i < text->n_tokens; i++)
        if (!im_key_push(key, text, i))
            return FALSE;
    return TRUE;
}

gsize im_gazetteer_key(const char *name, gsize len, char *out)
{
    out[0] = '\0';
    if (len > IM_NAME_MAX_BYTES || !im_utf8_is_valid(name, len))
        return 0;
    im_key key;
    im_key_clear(&key);
    if (!key_of_plain(name, len, &key)) {
        im_key_clear(&key);
        if (!key_of_tokens(name, len, &key))
            return 0;
    }
    memcpy(out, key.bytes, key.end.len + 1u);
    return key.end.len;
}
