/* Tokens → candidates: the longest names of the gazetteer that begin at a word with a capital. */
#include "base/hash.h"
#include "gazetteer/ahead.h"
#include "toponym/priv.h"

#include <stdlib.h>
#include <string.h>

static gboolean any_usable(const im_reading *r, guint n, guint allow)
{
    for (guint i = 0; i < n; i++)
        if (topo_usable(&r[i], allow))
            return TRUE;
    return FALSE;
}

/* Demonyms stand behind all others. */
static gboolean any_demonym(const im_reading *r, guint n)
{
    return n > 0 && r[n - 1].kind == IM_NAME_DEMONYM;
}

/* ---- names ---- */

/* Whether the name, though also a small place's, is first of all an adjective: `Canadian`. */
static gboolean is_adjective(const im_topo *topo, const im_reading *r, guint n)
{
    if (!any_demonym(r, n))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        if (r[i].kind != IM_NAME_MAIN && r[i].kind != IM_NAME_ABBR)
            continue;
        im_place_kind kind = im_gazetteer_kind(topo->gazetteer, r[i].place);
        if (kind == IM_PLACE_COUNTRY || kind == IM_PLACE_ADMIN1)
            return FALSE;
    }
    return TRUE;
}

static void grow_slots(im_topo *topo)
{
    guint32 size = (topo->name_mask + 1) * 2;
    guint32 *slots = im_arena_array(topo->arena, guint32, size);
    for (guint32 i = 0; i <= topo->name_mask; i++) {
        if (!topo->name_slots[i])
            continue;
        const topo_name *name = topo_name_at(topo, topo->name_slots[i] - 1);
        guint32 at = g_direct_hash(name->source) * 2654435769u & (size - 1);
        while (slots[at])
            at = (at + 1) & (size - 1);
        slots[at] = topo->name_slots[i];
    }
    topo->name_slots = slots;
    topo->name_mask = size - 1;
}

/* The name of these readings; a name that was met before keeps what was allowed then. */
static guint32 name_of(im_topo *topo, const im_reading *source, guint n, guint allow)
{
    guint32 at = g_direct_hash(source) * 2654435769u & topo->name_mask;
    for (; topo->name_slots[at]; at = (at + 1) & topo->name_mask)
        if (topo_name_at(topo, topo->name_slots[at] - 1)->source == source)
            return topo->name_slots[at] - 1;
    topo_name name = {.source = source, .n_source = n, .allow = allow, .first_mention = TOPO_NONE};
    topo_send_for_readings(topo, &name);
    g_array_append_val(topo->names, name);
    topo->name_slots[at] = topo->names->len;
    if (topo->names->len * 2 > topo->name_mask)
        grow_slots(topo);
    return topo->names->len - 1;
}

/* ---- longest match ---- */

static gboolean is_hyphen(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, '-') &&
           !(text->tokens[token].flags & IM_TOKEN_SPACE_BEFORE) && token + 1 < text->n_tokens &&
           !(text->tokens[token + 1].flags & IM_TOKEN_SPACE_BEFORE);
}

/* A full stop inside a name: `St. Louis`. */
static gboolean is_inner_stop(const im_text *text, guint32 token)
{
    enum { LONGEST_ABBREVIATION = 4 };
    return im_token_is_punct(text, token, '.') && text->tokens[token - 1].kind == IM_TOKEN_WORD &&
           text->tokens[token - 1].fold_len <= LONGEST_ABBREVIATION;
}

static gboolean may_join(const im_topo *topo, guint32 token)
{
    enum { LONGEST_PARTICLE = 5 };
    const im_token *t = &topo->text->tokens[token];
    if (t->kind == IM_TOKEN_PUNCT)
        return is_hyphen(topo->text, token) || is_inner_stop(topo->text, token);
    if (t->kind == IM_TOKEN_POSSESSIVE || t->kind == IM_TOKEN_NUMBER)
        return TRUE;
    return topo_is_capital(topo, token) || t->fold_len <= LONGEST_PARTICLE;
}

static gboolean may_end(const im_topo *topo, guint32 token, guint words)
{
    const im_token *t = &topo->text->tokens[token];
    if (t->kind == IM_TOKEN_POSSESSIVE)
        return words > 1 && topo_is_capital(topo, token - 1);
    return t->kind == IM_TOKEN_NUMBER || topo_is_capital(topo, token);
}

typedef struct match {
    guint32 end;
    const im_reading *readings;
    guint n, allow;
    gboolean stripped;
} match;

static guint allowed(const im_topo *topo, guint32 first, guint32 end)
{
    const im_text *text = topo->text;
    guint allow = 0;
    gboolean comma = first > 0 && im_token_is_punct(text, first - 1, ',');
    if ((comma && !text->upper_case) || im_token_is_punct(text, end, '.') ||
        text->tokens[end - 1].flags & IM_TOKEN_DOTTED)
        allow |= TOPO_ALLOW_DOTTED | TOPO_ALLOW_SHORT;
    if (end - first > 1 || text->tokens[first].fold_len > 2)
        allow |= TOPO_ALLOW_SHORT;
    if (text->tokens[first].shape == IM_SHAPE_UPPER && !text->upper_case)
        allow |= TOPO_ALLOW_CAPITALS;
    if (comma && first > 1 && !text->upper_case && topo->candidates->len > 0 &&
        topo_candidate_at(topo, topo->candidates->len - 1)->end == first - 1 &&
        text->tokens[first].shape == IM_SHAPE_UPPER)
        allow |= TOPO_ALLOW_POSTAL | TOPO_ALLOW_CAPITALS;
    return allow;
}

static guint longest_here(const im_topo *topo, guint32 token)
{
    const im_token *t = &topo->text->tokens[token];
    gsize len;
    guint32 hash = t->hash;
    im_gazetteer_key_word(im_token_fold(topo->text, token), t->fold_len, &hash, &len);
    return im_key_longest(topo->gazetteer, hash);
}

topo_words *topo_words_of(const im_gazetteer *gazetteer)
{
    static GPrivate own = G_PRIVATE_INIT(g_free);
    topo_words *words = g_private_get(&own);
    if (!words) {
        words = g_new0(topo_words, 1);
        g_private_set(&own, words);
    }
    const guint64 serial = im_gazetteer_serial(gazetteer);
    if (words->gazetteer != serial) {
        memset(words, 0, sizeof *words);
        words->gazetteer = serial;
    }
    return words;
}

/* What its token knows of a word beside its letters, as `U.S.` at the end of a sentence, is not kept. */
static gboolean can_be_kept(const im_token *t)
{
    return t->kind == IM_TOKEN_WORD && !(t->flags & IM_TOKEN_DOTTED) &&
           t->fold_len <= sizeof((topo_word){0}.fold) && t->fold_len > 0;
}

static const topo_word *word_at(const im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    const im_token *t = &text->tokens[token];
    const char *fold = im_token_fold(text, token);
    const gboolean kept = can_be_kept(t);
    topo_word *w = kept ? topo_word_place(topo->words, t->hash) : &topo->words->other;
    if (kept && w->hash == t->hash && w->len == t->fold_len && memcmp(w->fold, fold, w->len) == 0)
        return w;
    *w = (topo_word){.hash = t->hash, .most_words = (guint8)longest_here(topo, token)};
    if (kept) {
        w->len = (guint8)t->fold_len;
        memcpy(w->fold, fold, t->fold_len);
    }
    im_key key;
    im_key_clear(&key);
    guint n = 0;
    if (w->most_words > 0 && im_key_push(&key, text, token))
        w->readings = im_key_readings(topo->gazetteer, &key, &n);
    w->n_readings = n;
    return w;
}

/* `Avoyelles` stands for `Avoyelles Parish` where no place has the short name. */
static gboolean match_county(const im_topo *topo, im_key *key, match *found)
{
    static const char *const kinds[] = {"county", "parish"};
    const im_key_end end = key->end;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++, im_key_cut(key, end)) {
        if (!im_key_push_word(key, kinds[i]))
            return FALSE;
        found->readings = im_key_readings(topo->gazetteer, key, &found->n);
        if (found->readings && any_usable(found->readings, found->n, TOPO_ALLOW_SHORT)) {
            found->stripped = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

/* Takes the readings of a name that ends at `end`, if they count there. */
static void try_match(const im_topo *topo, guint32 token, guint32 end, const im_reading *r, guint n,
                      match *found)
{
    guint allow = allowed(topo, token, end);
    if (any_usable(r, n, allow) && !is_adjective(topo, r, n))
        *found = (match){.end = end, .readings = r, .n = n, .allow = allow};
    else if (any_demonym(r, n))
        *found = (match){.end = end, .readings = r, .n = n, .allow = TOPO_ALLOW_DEMONYM};
}

static gboolean find_match(const im_topo *topo, guint32 token, guint32 limit, match *found)
{
    const topo_word *word = word_at(topo, token);
    im_key key;
    im_key_end first = {0};
    guint32 first_end = token;
    *found = (match){0};
    if (word->most_words == 0)
        return FALSE;
    im_key_clear(&key);
    for (guint32 i = token; i < limit && may_join(topo, i); i++) {
        if (!im_key_push(&key, topo->text, i) || key.end.words > word->most_words)
            break;
        if (!may_end(topo, i, key.end.words) || topo->text->tokens[i].kind == IM_TOKEN_PUNCT)
            continue;
        guint n = word->n_readings;
        const im_reading *r =
            i == token ? word->readings : im_key_readings(topo->gazetteer, &key, &n);
        if (r)
            try_match(topo, token, i + 1, r, n, found);
        if (key.end.words <= 2) {
            first = key.end;
            first_end = i + 1;
        }
    }
    if (found->readings || word->most_words == 1 || first.words == 0)
        return found->readings != NULL;
    im_key_cut(&key, first);
    if (!match_county(topo, &key, found))
        return FALSE;
    found->end = first_end;
    return TRUE;
}

/* ---- candidates ---- */

/* Whether the full stop behind it belongs to the name: `Jal.`. */
static gboolean is_dotted(const match *m)
{
    for (guint i = 0; i < m->n; i++)
        if (topo_usable(&m->readings[i], m->allow) &&
            (m->readings[i].flags & IM_NAME_DOTTED || m->readings[i].kind == IM_NAME_ABBR))
            return TRUE;
    return FALSE;
}

static void add_candidate(im_topo *topo, guint32 first, const match *m)
{
    topo_candidate c = {.first = first,
                        .end = m->end,
                        .container = TOPO_NONE,
                        .contains = TOPO_NONE,
                        .features = TOPO_BIT(TOPO_F_BIAS)};
    c.name = name_of(topo, m->readings, m->n, m->allow);
    if (im_token_is_punct(topo->text, m->end, '.') &&
        topo->text->tokens[first].shape == IM_SHAPE_TITLE && is_dotted(m))
        c.end++;
    c.out = (m->allow & TOPO_ALLOW_DEMONYM) ? TOPO_OUT_DEMONYM : 0;
    if (m->stripped)
        topo_set(&c, TOPO_F_STRIPPED);
    topo_take(topo, first, m->end);
    g_array_append_val(topo->candidates, c);
}

/* Loads the places of all names. A name that has none after all, which a damaged gazetteer may promise,
 * is in no gazetteer. */
static void load_names(im_topo *topo)
{
    topo_load_names(topo);
    for (guint i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->name == TOPO_NONE || topo_name_at(topo, c->name)->n_readings > 0)
            continue;
        c->name = TOPO_NONE;
        c->out = c->given ? 0 : TOPO_OUT_WORD;
    }
}

/* Whether a person's or a street's name reaches over the ends of the match. */
static gboolean is_part_of_other(const im_topo *topo, guint32 first, guint32 end)
{
    const guint8 *marks = topo->marks;
    if (marks[first] & TOPO_STREET)
        return TRUE;
    if (!(marks[first] & TOPO_PERSON) && !(marks[end - 1] & TOPO_PERSON))
        return FALSE;
    gboolean begins_inside = first > 0 && (marks[first] & TOPO_PERSON) &&
                             (marks[first - 1] & TOPO_PERSON) &&
                             !(marks[first - 1] & TOPO_PERSON_END);
    gboolean ends_inside = (marks[end - 1] & TOPO_PERSON) && !(marks[end - 1] & TOPO_PERSON_END);
    const im_tag *title = topo_title_before(topo->text, first);
    return begins_inside || ends_inside || ((marks[first] & TOPO_PERSON) && title);
}

/* Sends for what the gazetteer knows of the words with a capital from the `k`th on, and of pairs of them.
 * @return up to which it did */
static guint32 look_ahead(const im_topo *topo, guint32 k)
{
    enum { WINDOW = 256 };
    const im_text *text = topo->text;
    guint32 hashes[2 * WINDOW], n = 0, end = MIN(text->n_capitals, k + WINDOW);
    for (; k < end; k++) {
        const im_token *t = &text->tokens[text->capitals[k]];
        hashes[n] = t->hash;
        n += topo_word_place(topo->words, t->hash)->hash != t->hash &&
             im_key_may_exist(topo->gazetteer, t->hash);
        hashes[n] = im_hash_join(t->hash, t[1].hash);
        n += (t[1].flags & IM_TOKEN_CAPITAL) && im_key_may_exist(topo->gazetteer, hashes[n]);
    }
    for (guint step = 0; step < IM_AHEAD_STEPS; step++)
        for (guint32 i = 0; i < n; i++)
            im_gazetteer_ahead(topo->gazetteer, hashes[i], step);
    return end;
}

void topo_match(im_topo *topo)
{
    const im_text *text = topo->text;
    guint32 ahead = 0, end = 0;
    for (guint32 k = 0; k < text->n_capitals; k++) {
        const guint32 i = text->capitals[k];
        match found;
        if (k == ahead)
            ahead = look_ahead(topo, k);
        if (i < end)
            continue;
        const im_tag *org = im_text_tag_at(text, i, IM_LEX_ORG);
        if (org) {
            end = org->end;
            continue;
        }
        if (!find_match(topo, i, text->sentences[text->tokens[i].sentence].end, &found) ||
            is_part_of_other(topo, i, found.end))
            continue;
        add_candidate(topo, i, &found);
        end = found.end;
    }
    load_names(topo);
}

/* ---- names in the publisher's name ---- */

void topo_match_hint(im_topo *topo, const char *words)
{
    gsize len = strlen(words);
    if (len > IM_TEXT_MAX_BYTES || !g_utf8_validate_len(words, len, NULL))
        return;
    g_autoptr(im_text) text = im_text_new(words, len, topo->text->language);
    im_topo hint = *topo;
    hint.text = text;
    hint.candidates = g_array_new(FALSE, TRUE, sizeof(topo_candidate));
    hint.marks = im_arena_array(topo->arena, guint8, text->n_tokens + 1);
    for (guint32 i = 0; i < text->n_tokens; i++) {
        match found;
        if (!topo_is_capital(&hint, i) || topo_has_tag(text, i, IM_LEX_NOTPLACE) ||
            !find_match(&hint, i, text->n_tokens, &found))
            continue;
        add_candidate(&hint, i, &found);
        i = found.end - 1;
    }
    topo_load_names(&hint);
    topo->n_loaded = hint.n_loaded;
    g_array_free(hint.candidates, TRUE);
    topo->name_slots = hint.name_slots;
    topo->name_mask = hint.name_mask;
}

/* ---- given spans ---- */

static gboolean match_whole(const im_topo *topo, guint32 first, guint32 end, match *found)
{
    im_key key;
    im_key_clear(&key);
    for (guint32 i = first; i < end; i++)
        if (!im_key_push(&key, topo->text, i))
            return FALSE;
    guint allow = TOPO_ALLOW_DOTTED | TOPO_ALLOW_CAPITALS | TOPO_ALLOW_POSTAL | TOPO_ALLOW_SHORT;
    *found = (match){.end = end, .allow = allow};
    found->readings = im_key_readings(topo->gazetteer, &key, &found->n);
    if (found->readings && !any_usable(found->readings, found->n, allow))
        found->allow |= TOPO_ALLOW_DEMONYM;
    return found->readings || match_county(topo, &key, found);
}

/* Whether a token of a given span only says of the name inside what it is: `the Lamar area`. */
static gboolean is_wrapping(const im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    return text->tokens[token].kind == IM_TOKEN_PUNCT ||
           text->tokens[token].kind == IM_TOKEN_POSSESSIVE ||
           topo_has_tag(text, token, IM_LEX_FUNCTION) ||
           topo_has_tag(text, token, IM_LEX_PREPOSITION) ||
           topo_has_tag(text, token, IM_LEX_DIRECTION) ||
           topo_has_tag(text, token, IM_LEX_PLACEHEAD);
}

/* The name inside a given span: the whole, or what is left without the words that wrap it. */
static gboolean match_inside(const im_topo *topo, guint32 *first, guint32 end, match *found)
{
    for (;;) {
        gboolean direction =
            end == *first + 1 && topo_has_tag(topo->text, *first, IM_LEX_DIRECTION);
        if (!direction && match_whole(topo, *first, end, found))
            return TRUE;
        if (end - *first < 2)
            return FALSE;
        if (is_wrapping(topo, end - 1))
            end--;
        else if (is_wrapping(topo, *first))
            ++*first;
        else
            return FALSE;
    }
}

static gboolean overlaps_given(const GArray *candidates, guint n_given, const topo_candidate *c)
{
    for (guint i = candidates->len - n_given; i < candidates->len; i++) {
        const topo_candidate *g = &g_array_index(candidates, topo_candidate, i);
        if (c->first < g->span_end && g->span_first < c->end)
            return TRUE;
    }
    return FALSE;
}

static int by_position(const void *a, const void *b)
{
    const topo_candidate *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->given < y->given ? -1 : x->given > y->given;
}

static void add_given(im_topo *topo, guint index, im_span span)
{
    const im_text *text = topo->text;
    guint32 first = im_text_token_at(text, span.start), end = im_text_token_at(text, span.end);
    if (first > 0 && text->tokens[first - 1].span.end > span.start)
        first--;
    guint32 inner = first;
    match found;
    if (first < end && match_inside(topo, &inner, end, &found)) {
        add_candidate(topo, inner, &found);
    } else {
        topo_candidate c = {.first = first, .end = end, .name = TOPO_NONE};
        c.container = c.contains = TOPO_NONE;
        g_array_append_val(topo->candidates, c);
    }
    topo_candidate *c = topo_candidate_at(topo, topo->candidates->len - 1);
    c->given = index + 1;
    c->span_first = first;
    c->span_end = end;
    c->out = 0;
}

/* Adds the given spans; of the recognised candidates those stay that do not overlap them, as
 * context. */
void topo_match_spans(im_topo *topo)
{
    const im_toponym_options *o = topo->options;
    guint kept = 0, n_found = topo->candidates->len;
    for (guint i = 0; i < o->n_spans; i++)
        add_given(topo, i, o->spans[i]);
    load_names(topo);
    for (guint i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (i >= n_found || !overlaps_given(topo->candidates, o->n_spans, c))
            *topo_candidate_at(topo, kept++) = *c;
    }
    g_array_set_size(topo->candidates, kept);
    qsort(topo->candidates->data, kept, sizeof(topo_candidate), by_position);
}
