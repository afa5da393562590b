/* Text → tokens. */
#include "text/priv.h"

#include "base/eight.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { MAX_FOLD_BYTES = 120, TOKENS_BEHIND = 2 };

/* A text is taken for upper case from this share of words without a lower-case letter on. */
static const double UPPER_CASE_SHARE = 0.7;

typedef struct scan {
    im_arena *arena;
    const char *bytes;
    guint32 len, at;
    im_token *tokens;
    guint32 n_tokens, tokens_room;
    char *folds;
    gsize n_folds, folds_room;
    guint32 n_shaped[IM_SHAPE_MIXED + 1]; /* words of two bytes and more by their shape */
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

/* A table and no conditions: capitals are hard to foretell. */
static inline im_shape shape_of(cases c)
{
    enum { ONE = 1, MORE = 2, LOWER = 4, FIRST = 8 };
    static const guint8 shapes[16] = {
        [LOWER] = IM_SHAPE_LOWER,
        [ONE] = IM_SHAPE_TITLE,
        [ONE | FIRST] = IM_SHAPE_TITLE,
        [MORE] = IM_SHAPE_UPPER,
        [MORE | FIRST] = IM_SHAPE_UPPER,
        [ONE | LOWER] = IM_SHAPE_MIXED,
        [ONE | LOWER | FIRST] = IM_SHAPE_TITLE,
        [MORE | LOWER] = IM_SHAPE_MIXED,
        [MORE | LOWER | FIRST] = IM_SHAPE_MIXED,
    };
    guint upper = (c.upper > 0) + (c.upper > 1);
    return shapes[upper | (guint)(c.lower > 0) * LOWER | (guint)(c.first_upper != 0) * FIRST];
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
    if (s->n_tokens + 1 + TOKENS_BEHIND > s->tokens_room) {
        s->tokens_room *= 2;
        s->tokens = im_arena_grow(s->arena, s->tokens, sizeof(im_token) * s->n_tokens,
                                  sizeof(im_token) * s->tokens_room);
    }
    gsize needed = s->n_folds + 2 * (gsize)(s->len - s->at) + 2 * MAX_FOLD_BYTES;
    if (needed > s->folds_room) {
        s->folds_room = 2 * needed;
        s->folds = im_arena_grow(s->arena, s->folds, s->n_folds, s->folds_room);
    }
}

/* Takes the token up to `end`; its folded form stands at the end of the folds. */
static inline void push_folded(scan *s, im_token_kind kind, guint32 end, gsize fold_len,
                               guint32 hash, cases n)
{
    const im_shape shape = shape_of(n);
    const guint capital = (kind == IM_TOKEN_WORD) & (n.first_upper != 0);
    s->n_shaped[(guint)shape * (fold_len > 1)]++; /* 0 is no shape */
    if (G_UNLIKELY(s->n_tokens + 1 + TOKENS_BEHIND > s->tokens_room))
        grow(s);
    s->tokens[s->n_tokens++] = (im_token){.span = {s->at, end},
                                          .fold = (guint32)s->n_folds,
                                          .hash = hash,
                                          .fold_len = (guint16)fold_len,
                                          .kind = (guint8)kind,
                                          .shape = (guint8)shape,
                                          .flags = (guint8)(s->space | capital * IM_TOKEN_CAPITAL)};
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
    push_folded(s, kind, end, n, im_hash_word(fold, n), count_cases(s, s->at, end));
}

/* ---- words of ASCII letters, by chunks of eight bytes ---- */

/* Of eight bytes those that are letters, as the highest bit of each. */
static inline guint64 letters_of(guint64 bytes)
{
    guint64 low = (bytes & IM_EACH_BYTE(0x7F)) | IM_EACH_BYTE(0x20);
    guint64 from_a = low + IM_EACH_BYTE(0x80 - 'a'), above_z = low + IM_EACH_BYTE(0x7F - 'z');
    return from_a & ~above_z & ~bytes & IM_EACH_BYTE(0x80);
}

static inline guint count_bytes(guint64 high_bits)
{
    return (guint)((high_bits >> 7) * IM_EACH_BYTE(1) >> 56);
}

/* What may go on a word that ASCII letters begin. */
static inline gboolean may_go_on(char c)
{
    return ((guchar)c >= 0x80) | (c == '\'') | ((guint)(c - '0') < 10);
}

/* The first `n` of eight bytes, 1 to 8. */
static inline guint64 first_of(guint n)
{
    return ~G_GUINT64_CONSTANT(0) >> (64 - 8 * n);
}

/* What the letters of eight bytes are folded to, where `own` has bits. */
static inline guint64 fold_letters(guint64 bytes, guint64 own)
{
    return (bytes | IM_EACH_BYTE(0x20)) & own;
}

static inline guint64 capitals_of(guint64 bytes, guint64 letters, guint64 own)
{
    return letters & ~(bytes << 2) & own;
}

/* How many letters come first of eight bytes, at most seven. @param others  those that are none */
static inline guint n_letters(guint64 others)
{
    return (guint)__builtin_ctzll(others | G_GUINT64_CONSTANT(1) << 63) / 8;
}

/* Takes the space that stands behind most tokens, if one does; the text goes on. */
static inline void skip_space(scan *s)
{
    const gboolean space = s->bytes[s->at] == ' ';
    s->at += (guint32)space;
    s->space = (guint8)(space * IM_TOKEN_SPACE_BEFORE);
}

/* Takes a word of one to fifteen ASCII letters, as most are; always by two chunks, for whether a word ends in the
 * first is not foretold.
 * @return FALSE when it is none, or longer, or may be an abbreviation with full stops */
static inline gboolean push_usual_word(scan *s)
{
    guint64 bytes[2];
    if (s->at + sizeof bytes >= s->len)
        return FALSE;
    const char *word = s->bytes + s->at;
    memcpy(bytes, word, sizeof bytes);
    const guint64 letters[2] = {letters_of(bytes[0]), letters_of(bytes[1])},
                  others[2] = {letters[0] ^ IM_EACH_BYTE(0x80), letters[1] ^ IM_EACH_BYTE(0x80)};
    const guint is_long = others[0] == 0, is_longer = is_long & (others[1] == 0),
                n_last = n_letters(others[0] | (others[1] & -(guint64)is_long)),
                n = n_last + is_long * IM_CHUNK_BYTES;
    if ((n == 0) | is_longer | may_go_on(word[n]) | ((n <= 2) & (word[n] == '.')))
        return FALSE;
    const guint n_second = n_last & -is_long, n_first = n - n_second;
    const guint64 own[2] = {first_of(n_first), (G_GUINT64_CONSTANT(1) << 8 * n_second) - 1},
                  folded[2] = {fold_letters(bytes[0], own[0]), fold_letters(bytes[1], own[1])},
                  capitals[2] = {capitals_of(bytes[0], letters[0], own[0]),
                                 capitals_of(bytes[1], letters[1], own[1])};
    const guint upper = count_bytes(capitals[0]) + count_bytes(capitals[1]);
    const guint64 one = im_hash_chunk(IM_HASH_START, folded[0]),
                  two = im_hash_chunk(one, folded[1]);
    memcpy(s->folds + s->n_folds, folded, sizeof folded);
    push_folded(s, IM_TOKEN_WORD, s->at + n, n, im_hash_end(n_second > 0 ? two : one),
                (cases){upper, n - upper, (capitals[0] & 0x80) != 0});
    skip_space(s);
    return TRUE;
}

/* Takes a number of one to seven digits before a space, as most are.
 * @return FALSE when it is none */
static inline gboolean push_plain_number(scan *s)
{
    guint64 digits;
    guint n = 0;
    if (s->at + IM_CHUNK_BYTES >= s->len)
        return FALSE;
    memcpy(&digits, s->bytes + s->at, sizeof digits);
    while (n < IM_CHUNK_BYTES - 1 && g_ascii_isdigit(s->bytes[s->at + n]))
        n++;
    if (n == 0 || s->bytes[s->at + n] != ' ')
        return FALSE;
    digits &= first_of(n);
    memcpy(s->folds + s->n_folds, &digits, sizeof digits);
    push_folded(s, IM_TOKEN_NUMBER, s->at + n, n, im_hash_end(im_hash_chunk(IM_HASH_START, digits)),
                (cases){0, 0, FALSE});
    skip_space(s);
    return TRUE;
}

/* Takes a word of letters of ASCII and of Latin-1 that are one letter without their mark: `Culiacán`, `años`.
 * @return FALSE when it holds anything else, is too long, or ends the text */
static gboolean push_latin_word(scan *s)
{
    enum { LEAD = 0xC3, LOWER_FROM = 0xA0 };
    const char *const word = s->bytes + s->at,
                      *at = word, *const end = s->bytes + MIN(s->len, s->at + MAX_FOLD_BYTES);
    char *const fold = s->folds + s->n_folds;
    gsize n = 0;
    guint upper = 0, is_upper = 0, first_upper = 0;
    for (; at + 1 < end; n++, upper += is_upper, first_upper |= is_upper & (n == 1)) {
        const guchar c = (guchar)*at, second = (guchar)at[1];
        if (g_ascii_isalpha((char)c)) {
            fold[n] = (char)(c | 0x20);
            is_upper = c < 'a';
            at++;
        } else if (c == LEAD && (second & 0xC0) == 0x80 && im_fold_latin_1(second) != ' ') {
            fold[n] = im_fold_latin_1(second);
            is_upper = second < LOWER_FROM;
            at += 2;
        } else {
            break;
        }
    }
    if (at + 1 >= end || may_go_on(*at))
        return FALSE;
    push_folded(s, IM_TOKEN_WORD, (guint32)(at - s->bytes), n, im_hash_word(fold, n),
                (cases){upper, (guint)n - upper, first_upper != 0});
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
    } else if (!push_latin_word(s)) {
        push(s, IM_TOKEN_WORD, word_end(s, s->at));
    }
}

/* ASCII punctuation that folds to itself. */
static void push_plain_punct(scan *s, char c)
{
    s->folds[s->n_folds] = c;
    push_folded(s, IM_TOKEN_PUNCT, s->at + 1, 1, im_hash_word(&c, 1), (cases){0, 0, FALSE});
    if (s->at < s->len)
        skip_space(s);
}

static gboolean is_space(gunichar c)
{
    return c < 0x80 ? c <= 0x20 : g_unichar_isspace(c) || c == 0xFEFF || c == 0x200B;
}

static void scan_token(scan *s)
{
    guint32 next;
    if (g_ascii_isalpha(s->bytes[s->at])) {
        push_word(s, (guchar)s->bytes[s->at]);
        return;
    }
    gunichar c = char_at(s, s->at, &next);
    if (is_space(c)) {
        s->space |= IM_TOKEN_SPACE_BEFORE;
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
            s->space |= IM_TOKEN_NEWLINE_BEFORE;
        s->at = next;
    } else if (is_letter(c)) {
        push_word(s, c);
    } else if (is_digit(c)) {
        if (!push_plain_number(s))
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

/* The lexicon is looked up behind the scan of all: by then its memory has come. */
static void find_groups(const scan *s)
{
    for (im_token *t = s->tokens; t < s->tokens + s->n_tokens; t++) {
        t->group = (guint16)im_lexicon_group(t->hash, s->folds + t->fold, t->fold_len);
        __builtin_prefetch(&im_lexicon_groups[t->group]); /* for im_text_tag() */
    }
}

static gboolean is_upper_case(const guint32 *n_shaped)
{
    enum { FEWEST = 8 };
    guint32 upper = n_shaped[IM_SHAPE_UPPER];
    guint32 all =
        upper + n_shaped[IM_SHAPE_LOWER] + n_shaped[IM_SHAPE_TITLE] + n_shaped[IM_SHAPE_MIXED];
    return all >= FEWEST && upper >= UPPER_CASE_SHARE * all;
}

void im_text_tokenise(im_text *text)
{
    enum { TOKEN_BYTES = 5 }; /* of prose, with the space */
    scan s = {.arena = text->arena,
              .bytes = text->bytes,
              .len = (guint32)text->len,
              .tokens_room = (guint32)(text->len / TOKEN_BYTES + 8),
              .folds_room = 2 * text->len + 2 * MAX_FOLD_BYTES};
    s.tokens = im_arena_room(s.arena, im_token, s.tokens_room);
    s.folds = im_arena_room(s.arena, char, s.folds_room);
    while (s.at < s.len) {
        if (s.bytes[s.at] == ' ') {
            s.space |= IM_TOKEN_SPACE_BEFORE;
            s.at++;
        } else if (!push_usual_word(&s)) {
            scan_token(&s);
        }
    }
    memset(s.folds + s.n_folds, 0, IM_LEXICON_AHEAD); /* im_lexicon_group() reads on */
    find_groups(&s);
    for (guint32 i = 0; i < TOKENS_BEHIND; i++)
        s.tokens[s.n_tokens + i] = (im_token){.span = {s.len, s.len}, .fold = (guint32)s.n_folds};
    text->upper_case = is_upper_case(s.n_shaped);
    text->n_tokens = s.n_tokens;
    text->tokens = s.tokens;
    text->folds = s.folds;
}
