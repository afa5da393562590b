#include "base/search.h"
#include "text/priv.h"

#include <string.h>

static im_text *begin(const char *bytes, gsize len, im_language language, guint64 classes)
{
    g_assert(len <= IM_TEXT_MAX_BYTES);
    im_arena *arena = im_arena_new();
    im_text *text = im_arena_array(arena, im_text, 1);
    text->arena = arena;
    text->bytes = bytes;
    text->len = len;
    text->language = language;
    text->classes = classes;
    return text;
}

im_text *im_text_new_with(const char *bytes, gsize len, im_language language, guint64 classes)
{
    im_text *text = begin(bytes, len, language, classes);
    im_text_tokenise(text);
    im_text_find_layout(text);
    im_text_find_language(text);
    im_text_split_sentences(text);
    im_text_tag(text);
    return text;
}

im_text *im_text_new_words(const char *bytes, gsize len)
{
    im_text *text = begin(bytes, len, IM_LANGUAGE_UNKNOWN, 0);
    im_text_tokenise(text);
    return text;
}

im_text *im_text_new(const char *bytes, gsize len, im_language language)
{
    return im_text_new_with(bytes, len, language, IM_ALL_CLASSES);
}

void im_text_free(im_text *text)
{
    if (text)
        im_arena_free(text->arena);
}

im_language im_text_language(const im_text *text)
{
    return text->language;
}

static const char *const language_codes[] = {NULL, "en", "es"};

const char *im_language_code(im_language language)
{
    return (guint)language < G_N_ELEMENTS(language_codes) ? language_codes[language] : NULL;
}

im_language im_language_from_code(const char *code)
{
    for (guint i = 1; code && i < G_N_ELEMENTS(language_codes); i++)
        if (g_ascii_strncasecmp(code, language_codes[i], 2) == 0 && !g_ascii_isalpha(code[2]))
            return (im_language)i;
    return IM_LANGUAGE_UNKNOWN;
}

static void set_hashes(im_words *words)
{
    static GMutex lock;
    guint64 bits = 0, more = 0;
    g_mutex_lock(&lock);
    if (!__atomic_load_n(&words->bits[0],
                         __ATOMIC_RELAXED)) { /* else another thread was here first */
        guint n = 0;
        for (; words->words[n]; n++) {
            const guint32 hash = im_hash_word(words->words[n], strlen(words->words[n]));
            bits |= G_GUINT64_CONSTANT(1) << (hash >> 26);
            more |= G_GUINT64_CONSTANT(1) << (hash >> 20 & 63);
            words->hashes[n] = hash;
        }
        for (; n <= IM_MOST_WORDS; n++)
            words->hashes[n] = words->hashes[0];
        __atomic_store_n(&words->bits[1], more, __ATOMIC_RELAXED);
        __atomic_store_n(&words->bits[0], bits, __ATOMIC_RELEASE);
    }
    g_mutex_unlock(&lock);
}

gboolean im_words_have(im_words *words, guint32 hash)
{
    guint found = 0;
    if (!__atomic_load_n(&words->bits[0], __ATOMIC_ACQUIRE))
        set_hashes(words);
    for (guint i = 0; i <= IM_MOST_WORDS; i++) /* all of them, four at a time */
        found |= words->hashes[i] == hash;
    return found != 0;
}

gboolean im_token_in_class(const im_text *text, guint32 token, im_lexeme_class cls)
{
    guint n;
    const im_lexeme *found = im_text_lexemes(text, token, &n);
    for (guint i = 0; i < n; i++)
        if (found[i].cls == cls && found[i].n_words == 1)
            return TRUE;
    return FALSE;
}

const im_tag *im_text_find_tag(const im_text *text, guint32 token, im_lexeme_class cls)
{
    for (guint32 i = text->tokens[token].first_tag;
         i < text->n_tags && text->tags[i].first == token; i++)
        if (text->tags[i].cls == cls)
            return &text->tags[i];
    return NULL;
}

guint im_text_count_tags(const im_text *text, im_lexeme_class cls)
{
    guint n = 0;
    for (const im_tag *tag = im_text_first_tag(text, cls); tag; tag = im_text_next_tag(text, tag))
        n++;
    return n;
}

im_span im_text_span(const im_text *text, guint32 first, guint32 end)
{
    g_assert(first < end && end <= text->n_tokens);
    return (im_span){text->tokens[first].span.start, text->tokens[end - 1].span.end};
}

guint32 im_text_token_at(const im_text *text, guint32 offset)
{
    return im_lower_bound(text->tokens, sizeof(im_token), G_STRUCT_OFFSET(im_token, span.start),
                          text->n_tokens, offset);
}
