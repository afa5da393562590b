/* Tokens → sentences. */
#include "text/priv.h"

#include <string.h>

enum { HEADING_WORDS = 16 };

static gboolean is_terminator(const im_text *text, guint32 token)
{
    char c = text->bytes[text->tokens[token].span.start];
    return text->tokens[token].kind == IM_TOKEN_PUNCT && (c == '.' || c == '!' || c == '?');
}

static gboolean is_closer(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    if (t->kind != IM_TOKEN_PUNCT || (t->flags & IM_TOKEN_SPACE_BEFORE))
        return FALSE;
    gunichar c = g_utf8_get_char(text->bytes + t->span.start);
    return c == '"' || c == ')' || c == ']' || c == '\'' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

static gboolean starts_sentence(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    if (t->kind == IM_TOKEN_WORD)
        return t->shape != IM_SHAPE_LOWER;
    if (t->kind == IM_TOKEN_NUMBER)
        return TRUE;
    gunichar c = g_utf8_get_char(text->bytes + t->span.start);
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x201C || c == 0x2018 ||
           c == 0xAB || c == 0xBF || c == 0xA1 || c == 0x2014 || c == 0x2013 || c == '-';
}

/* Whether the word before a full stop is one that is written with it. */
static gboolean is_abbreviated(const im_text *text, guint32 dot)
{
    if (dot == 0 || !im_token_is_punct(text, dot, '.'))
        return FALSE;
    const im_token *word = &text->tokens[dot - 1];
    if (word->kind != IM_TOKEN_WORD || (text->tokens[dot].flags & IM_TOKEN_SPACE_BEFORE))
        return FALSE;
    gboolean initial = word->span.end - word->span.start == 1 && word->shape == IM_SHAPE_TITLE;
    return initial || im_token_in_class(text, dot - 1, IM_LEX_ABBREVIATION);
}

static guint newlines_before(const im_text *text, guint32 token)
{
    guint n = 0;
    for (guint32 at = text->tokens[token].span.start; at > 0; at--) {
        char c = text->bytes[at - 1];
        if (c == '\n')
            n++;
        else if (!g_ascii_isspace(c))
            break;
    }
    return n;
}

static gboolean is_bullet(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    gboolean at_line = token == 0 || (t->flags & IM_TOKEN_NEWLINE_BEFORE);
    if (!at_line || token + 1 >= text->n_tokens)
        return FALSE;
    gboolean space_after = text->tokens[token + 1].flags & IM_TOKEN_SPACE_BEFORE;
    if (t->kind == IM_TOKEN_PUNCT && space_after) {
        gunichar c = g_utf8_get_char(text->bytes + t->span.start);
        return c == '-' || c == '*' || c == '+' || c == 0x2022 || c == 0x2013 || c == 0x2014 ||
               c == 0x25AA || c == 0x25CF || c == 0xB7;
    }
    return t->kind == IM_TOKEN_NUMBER && t->span.end - t->span.start <= 2 && !space_after &&
           (im_token_is_punct(text, token + 1, ')') ||
            (im_token_is_punct(text, token + 1, '.') && token + 2 < text->n_tokens &&
             (text->tokens[token + 2].flags & IM_TOKEN_SPACE_BEFORE)));
}

static gboolean breaks_at_line(const im_text *text, guint32 token)
{
    if (!(text->tokens[token].flags & IM_TOKEN_NEWLINE_BEFORE))
        return FALSE;
    return !text->hard_wrapped || newlines_before(text, token) > 1 || is_bullet(text, token);
}

static gboolean breaks_at_stop(const im_text *text, guint32 token)
{
    guint32 last = token - 1;
    const im_token *before = &text->tokens[last];
    if ((before->kind != IM_TOKEN_PUNCT && !(before->flags & IM_TOKEN_DOTTED)) ||
        !(text->tokens[token].flags & IM_TOKEN_SPACE_BEFORE) || !starts_sentence(text, token))
        return FALSE;
    while (last > 0 && is_closer(text, last) && !is_terminator(text, last))
        last--;
    if (text->tokens[last].flags & IM_TOKEN_DOTTED)
        return text->tokens[token].kind == IM_TOKEN_WORD &&
               im_token_in_class(text, token, IM_LEX_FUNCTION) && !text->upper_case;
    return is_terminator(text, last) && !is_abbreviated(text, last);
}

static void mark_first_word(im_text *text, const im_sentence *s)
{
    for (guint32 i = s->first; i < s->end; i++) {
        if (text->tokens[i].kind != IM_TOKEN_WORD)
            continue;
        text->tokens[i].flags |= IM_TOKEN_FIRST;
        return;
    }
}

/* "Flights Cancelled Amid Violence After Killing of Leader": the headline of another story that
 * stands among the sentences of this one. */
static gboolean is_title_case(const im_text *text, const im_sentence *s)
{
    enum { LEAST_WORDS = 6 };
    guint32 capitals = s->n_long - s->n_lower - s->n_caseless;
    return !text->upper_case && s->n_long >= LEAST_WORDS && capitals * 10 >= s->n_long * 9;
}

static im_sentence_kind kind_of(const im_text *text, const im_sentence *s)
{
    if (is_bullet(text, s->first))
        return IM_SENTENCE_BULLET;
    gboolean own_line = (s->first == 0 || breaks_at_line(text, s->first)) &&
                        (s->end == text->n_tokens || breaks_at_line(text, s->end));
    gboolean heading = own_line && s->end - s->first <= HEADING_WORDS &&
                       !is_terminator(text, s->end - 1) &&
                       !im_token_is_punct(text, s->end - 1, ':');
    return heading || is_title_case(text, s) ? IM_SENTENCE_HEADING : IM_SENTENCE_PROSE;
}

static void count_word(im_sentence *s, const im_token *t)
{
    const guint32 is_long = (t->kind == IM_TOKEN_WORD) & (t->fold_len >= IM_LONG_WORD);
    s->n_long += is_long;
    s->n_lower += is_long & (t->shape == IM_SHAPE_LOWER);
    s->n_upper += is_long & (t->shape == IM_SHAPE_UPPER);
    s->n_caseless += is_long & (t->shape == IM_SHAPE_NONE);
}

static void add_sentence(im_text *text, guint32 *room, im_sentence s)
{
    if (text->n_sentences == *room) {
        *room *= 2;
        text->sentences =
            im_arena_grow(text->arena, text->sentences, sizeof(im_sentence) * text->n_sentences,
                          sizeof(im_sentence) * *room);
    }
    text->sentences[text->n_sentences++] = s;
}

void im_text_split_sentences(im_text *text)
{
    guint32 room = 64;
    im_sentence s = {0};
    text->sentences = im_arena_room(text->arena, im_sentence, room);
    for (guint32 i = 0; i < text->n_tokens; i++) {
        gboolean at_line = i > 0 && breaks_at_line(text, i);
        if (i > 0 && (at_line || breaks_at_stop(text, i))) {
            s.end = i;
            add_sentence(text, &room, s);
            s = (im_sentence){.first = i, .paragraph = s.paragraph + (guint32)at_line};
        }
        text->tokens[i].sentence = text->n_sentences;
        count_word(&s, &text->tokens[i]);
    }
    s.end = text->n_tokens;
    if (s.end > s.first)
        add_sentence(text, &room, s);
    for (guint32 i = 0; i < text->n_sentences; i++) {
        text->sentences[i].kind = (guint8)kind_of(text, &text->sentences[i]);
        mark_first_word(text, &text->sentences[i]);
    }
}
