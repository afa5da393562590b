/* Text → tokens. */
#include "text/priv.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_FOLD_BYTES = 120, AHEAD = 8 };

typedef struct scan {
    const char *bytes;
    guint32 len, at;
    im_token *tokens;
    guint32 n_tokens, tokens_room;
    char *folds;
    gsize n_folds, folds_room;
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

/* The letters of a token that have case. */
typedef struct cases {
    guint upper, lower;
    gboolean first_upper;
} cases;

static im_shape shape_of(cases c)
{
    if (!c.upper && !c.lower)
        return IM_SHAPE_NONE;
    if (!c.upper)
        return IM_SHAPE_LOWER;
    if (!c.lower)
        return c.upper > 1 ? IM_SHAPE_UPPER : IM_SHAPE_TITLE;
    return c.first_upper && c.upper == 1 ? IM_SHAPE_TITLE : IM_SHAPE_MIXED;
}

static cases count_cases(const scan *s, guint32 start, guint32 end)
{
    cases n = {0, 0, FALSE};
    for (guint32 at = start, next; at < end; at = next) {
        gunichar c = char_at(s, at, &next);
        gboolean up = c < 0x80 ? g_ascii_isupper((char)c) : g_unichar_isupper(c);
        gboolean low = c < 0x80 ? g_ascii_islower((char)c) : g_unichar_islower(c);
        if (n.upper + n.lower == 0)
            n.first_upper = up;
        n.upper += up;
        n.lower += low;
    }
    return n;
}

/* ---- tokens ---- */

/* Room for one more token and the sentinel behind it, and for its folded form. Of ASCII each byte gives
 * two of folds at most, itself and a NUL; other letters may be written out. */
static void grow(scan *s)
{
    if (s->n_tokens + 2 > s->tokens_room) {
        s->tokens_room *= 2;
        s->tokens = g_renew(im_token, s->tokens, s->tokens_room);
    }
    gsize needed = s->n_folds + 2 * (gsize)(s->len - s->at) + 2 * MAX_FOLD_BYTES;
    if (needed > s->folds_room) {
        s->folds_room = 2 * needed;
        s->folds = g_renew(char, s->folds, s->folds_room);
    }
}

/* Takes the token up to `end`; its folded form stands at the end of the folds. */
static inline void push_folded(scan *s, im_token_kind kind, guint32 end, gsize fold_len,
                               guint32 hash, cases n)
{
    gboolean capital = kind == IM_TOKEN_WORD && n.first_upper;
    if (G_UNLIKELY(s->n_tokens + 2 > s->tokens_room))
        grow(s);
    s->tokens[s->n_tokens++] =
        (im_token){.span = {s->at, end},
                   .fold = (guint32)s->n_folds,
                   .hash = hash,
                   .fold_len = (guint16)fold_len,
                   .kind = (guint8)kind,
                   .shape = (guint8)shape_of(n),
                   .flags = (guint8)(s->space | (capital ? IM_TOKEN_CAPITAL : 0))};
    s->n_folds += fold_len;
    s->folds[s->n_folds++] = '\0';
    im_lexicon_ahead(hash); /* for find_groups() */
    s->at = end;
    s->space = 0;
}

static void push(scan *s, im_token_kind kind, guint32 end)
{
    grow(s);
    char *fold = s->folds + s->n_folds;
    gsize n = im_fold(s->bytes + s->at, end - s->at, fold, MAX_FOLD_BYTES);
    push_folded(s, kind, end, n, im_hash_bytes(IM_HASH_START, fold, n), count_cases(s, s->at, end));
}

/* What an ASCII letter or digit is folded to; 0 for everything else. */
static const guint8 plain_fold[256] = {
    ['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c',
    'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
    'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', ['a'] = 'a', 'b', 'c',
    'd',         'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n',         'o', 'p',
    'q',         'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

static guint count_digits(const char *fold, guint n)
{
    guint digits = 0;
    for (guint i = 0; i < n; i++)
        digits += g_ascii_isdigit(fold[i]) != 0;
    return digits;
}

/* Takes a word of ASCII letters and digits, as most are, in one pass.
 * @return FALSE when it holds anything else, or is too long */
static inline gboolean push_plain_word(scan *s)
{
    const guchar *bytes = (const guchar *)s->bytes + s->at;
    char *fold = s->folds + s->n_folds;
    const guint32 most = MIN(s->len - s->at, MAX_FOLD_BYTES);
    guint32 n = 0, hash = IM_HASH_START, upper = 0;
    guchar folded, all = 0xFF;
    for (; n < most && (folded = plain_fold[bytes[n]]) != 0; n++) {
        upper += folded != bytes[n];
        all &= folded;
        fold[n] = (char)folded;
        hash = im_hash_byte(hash, folded);
    }
    gboolean may_go_on =
        n == MAX_FOLD_BYTES || (n < most && (bytes[n] >= 0x80 || bytes[n] == '\''));
    if (may_go_on && word_end(s, s->at + n) > s->at + n)
        return FALSE;
    guint digits = all & 0x40 ? 0 : count_digits(fold, n); /* a bit of all letters, of no digit */
    push_folded(s, IM_TOKEN_WORD, s->at + n, n, hash,
                (cases){upper, n - upper - digits, (guchar)fold[0] != bytes[0]});
    return TRUE;
}

static void push_word(scan *s, gunichar c)
{
    const char *p = s->bytes + s->at;
    gboolean may_be_dotted =
        c < 0x80 && s->at + 2 < s->len && (p[1] == '.' || (p[1] == p[0] && p[2] == '.'));
    guint32 dotted = may_be_dotted ? dotted_end(s, s->at) : s->at;
    if (dotted > s->at) {
        push(s, IM_TOKEN_WORD, dotted);
        s->tokens[s->n_tokens - 1].flags |= IM_TOKEN_DOTTED;
    } else if (c >= 0x80 || !push_plain_word(s)) {
        push(s, IM_TOKEN_WORD, word_end(s, s->at));
    }
}

/* ASCII punctuation that folds to itself. */
static void push_plain_punct(scan *s, char c)
{
    s->folds[s->n_folds] = c;
    push_folded(s, IM_TOKEN_PUNCT, s->at + 1, 1, im_hash_byte(IM_HASH_START, (guchar)c),
                (cases){0, 0, FALSE});
}

static gboolean is_space(gunichar c)
{
    return c < 0x80 ? c <= 0x20 : g_unichar_isspace(c) || c == 0xFEFF || c == 0x200B;
}

static void scan_token(scan *s)
{
    guint32 next;
    gunichar c = char_at(s, s->at, &next);
    if (is_space(c)) {
        s->space |= IM_TOKEN_SPACE_BEFORE;
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
            s->space |= IM_TOKEN_NEWLINE_BEFORE;
        s->at = next;
    } else if (is_letter(c)) {
        push_word(s, c);
    } else if (is_digit(c)) {
        push(s, IM_TOKEN_NUMBER, number_end(s, s->at));
    } else if (c < 0x80 && c != '\'' && c != '`') {
        push_plain_punct(s, (char)c);
    } else if (is_possessive(s, s->at) && s->n_tokens && !s->space) {
        char_at(s, next, &next);
        push(s, IM_TOKEN_POSSESSIVE, next);
    } else {
        push(s, IM_TOKEN_PUNCT, next);
    }
}

/* The lexicon is looked up some tokens behind the scan: by then its memory has come. */
static guint32 find_groups(scan *s, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++) {
        im_token *t = &s->tokens[i];
        if (t->fold_len)
            t->group = (guint16)im_lexicon_group(t->hash, s->folds + t->fold, t->fold_len);
    }
    return end;
}

void im_text_tokenise(im_text *text)
{
    enum { TOKEN_BYTES = 5 }; /* of prose, with the space */
    scan s = {.bytes = text->bytes,
              .len = (guint32)text->len,
              .tokens_room = (guint32)(text->len / TOKEN_BYTES + 8),
              .folds_room = 2 * text->len + 2 * MAX_FOLD_BYTES};
    s.tokens = g_new(im_token, s.tokens_room);
    s.folds = g_new(char, s.folds_room);
    guint32 grouped = 0;
    while (s.at < s.len) {
        if (s.bytes[s.at] == ' ') {
            s.space |= IM_TOKEN_SPACE_BEFORE;
            s.at++;
        } else {
            scan_token(&s);
        }
        if (s.n_tokens - grouped >= 2 * AHEAD)
            grouped = find_groups(&s, grouped, s.n_tokens - AHEAD);
    }
    find_groups(&s, grouped, s.n_tokens);
    s.folds[s.n_folds] = '\0';
    s.tokens[s.n_tokens] = (im_token){.span = {s.len, s.len}, .fold = (guint32)s.n_folds};
    text->n_tokens = s.n_tokens;
    text->tokens = s.tokens;
    text->folds = s.folds;
}
