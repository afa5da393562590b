/* Text → tokens. */
#include "text/priv.h"

#include "base/utf8.h"

#include <string.h>

enum { MAX_FOLD_BYTES = 120 };

typedef struct scan {
    const char *bytes;
    guint32 len, at;
    GArray *tokens;
    GString *folds;
    guint8 space; /* IM_TOKEN_SPACE_BEFORE | IM_TOKEN_NEWLINE_BEFORE seen since the last token */
} scan;

static gunichar char_at(const scan *s, guint32 at, guint32 *next)
{
    if (at >= s->len) {
        *next = at;
        return 0;
    }
    guchar c = (guchar)s->bytes[at];
    if (c < 0x80) {
        *next = at + 1;
        return c;
    }
    *next = (guint32)(g_utf8_next_char(s->bytes + at) - s->bytes);
    return g_utf8_get_char(s->bytes + at);
}

static gboolean is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static gboolean is_digit(gunichar c)
{
    return c < 0x80 && g_ascii_isdigit((char)c);
}

static gboolean is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC;
}

static gboolean letter_at(const scan *s, guint32 at, guint32 *next)
{
    return is_letter(char_at(s, at, next));
}

static gunichar peek(const scan *s, guint32 at)
{
    guint32 next;
    return char_at(s, at, &next);
}

/* The end of an abbreviation like `U.S.`, `EE.UU.`, `a.m.`; `at` when there is none. */
static guint32 dotted_end(const scan *s, guint32 at)
{
    guint32 p = at, groups = 0;
    gboolean upper = g_ascii_isupper(s->bytes[at]);
    while (p + 1 < s->len && g_ascii_isalpha(s->bytes[p]) &&
           (gboolean)g_ascii_isupper(s->bytes[p]) == upper) {
        guint32 letters = 1;
        if (upper && s->bytes[p + 1] == s->bytes[p])
            letters = 2; /* Spanish doubles the letters of a plural: EE.UU., FF.AA. */
        if (p + letters >= s->len || s->bytes[p + letters] != '.')
            break;
        p += letters + 1;
        groups++;
    }
    if (groups >= 1 && p < s->len && g_ascii_isalpha(s->bytes[p]) &&
        (gboolean)g_ascii_isupper(s->bytes[p]) == upper && !is_letter(peek(s, p + 1)) && groups++)
        p++; /* the last full stop may be missing: `U.S` */
    return groups >= 2 && !is_letter(peek(s, p)) ? p : at;
}

static gboolean is_possessive(const scan *s, guint32 at)
{
    guint32 next, after, end;
    if (!is_apostrophe(char_at(s, at, &next)))
        return FALSE;
    gunichar c = char_at(s, next, &after);
    return (c == 's' || c == 'S') && !is_letter(char_at(s, after, &end));
}

static guint32 word_end(const scan *s, guint32 at)
{
    guint32 next, after;
    while (at < s->len) {
        gunichar c = char_at(s, at, &next);
        gboolean inside = is_letter(c) || is_digit(c) ||
                          (is_apostrophe(c) && !is_possessive(s, at) && letter_at(s, next, &after));
        if (!inside)
            break;
        at = next;
    }
    return at;
}

static guint32 number_end(const scan *s, guint32 at)
{
    while (at < s->len) {
        if (g_ascii_isalnum(s->bytes[at]))
            at++;
        else if (strchr(".,:", s->bytes[at]) && at + 1 < s->len &&
                 g_ascii_isdigit(s->bytes[at + 1]) && g_ascii_isdigit(s->bytes[at - 1]))
            at++;
        else
            break;
    }
    return at;
}

static im_shape shape_of(const scan *s, guint32 start, guint32 end)
{
    guint upper = 0, lower = 0;
    gboolean first_upper = FALSE, first = TRUE;
    for (guint32 at = start, next; at < end; at = next) {
        gunichar c = char_at(s, at, &next);
        gboolean up = c < 0x80 ? g_ascii_isupper((char)c) : g_unichar_isupper(c);
        gboolean low = c < 0x80 ? g_ascii_islower((char)c) : g_unichar_islower(c);
        upper += up;
        lower += low;
        if (first && (up || low)) {
            first_upper = up;
            first = FALSE;
        }
    }
    if (!upper && !lower)
        return IM_SHAPE_NONE;
    if (!upper)
        return IM_SHAPE_LOWER;
    if (!lower)
        return upper > 1 ? IM_SHAPE_UPPER : IM_SHAPE_TITLE;
    return first_upper && upper == 1 ? IM_SHAPE_TITLE : IM_SHAPE_MIXED;
}

static void push(scan *s, im_token_kind kind, guint32 end, guint8 flags)
{
    char folded[MAX_FOLD_BYTES];
    gsize n = im_fold(s->bytes + s->at, end - s->at, folded, sizeof folded);
    im_token token = {.span = {s->at, end},
                      .fold = (guint32)s->folds->len,
                      .fold_len = (guint16)n,
                      .kind = (guint8)kind,
                      .shape = (guint8)shape_of(s, s->at, end),
                      .flags = (guint8)(flags | s->space)};
    g_string_append_len(s->folds, folded, (gssize)n);
    g_string_append_c(s->folds, '\0');
    g_array_append_val(s->tokens, token);
    s->at = end;
    s->space = 0;
}

static void scan_token(scan *s)
{
    guint32 next;
    gunichar c = char_at(s, s->at, &next);
    if (g_unichar_isspace(c) || c == 0xFEFF || c == 0x200B || c < 0x20) {
        s->space |= IM_TOKEN_SPACE_BEFORE;
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
            s->space |= IM_TOKEN_NEWLINE_BEFORE;
        s->at = next;
    } else if (is_letter(c)) {
        guint32 dotted = c < 0x80 ? dotted_end(s, s->at) : s->at;
        if (dotted > s->at)
            push(s, IM_TOKEN_WORD, dotted, IM_TOKEN_DOTTED);
        else
            push(s, IM_TOKEN_WORD, word_end(s, s->at), 0);
    } else if (is_digit(c)) {
        push(s, IM_TOKEN_NUMBER, number_end(s, s->at), 0);
    } else if (is_possessive(s, s->at) && s->tokens->len && !s->space) {
        char_at(s, next, &next);
        push(s, IM_TOKEN_POSSESSIVE, next, 0);
    } else {
        push(s, IM_TOKEN_PUNCT, next, 0);
    }
}

void im_text_tokenise(im_text *text)
{
    scan s = {.bytes = text->bytes,
              .len = (guint32)text->len,
              .tokens =
                  g_array_sized_new(FALSE, FALSE, sizeof(im_token), (guint)(text->len / 5 + 8)),
              .folds = g_string_sized_new(text->len + text->len / 4 + 16)};
    while (s.at < s.len)
        scan_token(&s);
    text->n_tokens = s.tokens->len;
    text->tokens = (im_token *)(void *)g_array_free(s.tokens, FALSE);
    text->folds = g_string_free(s.folds, FALSE);
}
