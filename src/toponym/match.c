/* Tokens → candidates: the longest names of the gazetteer that begin at a word with a capital. */
#include "gazetteer/ahead.h"
#include "toponym/priv.h"

#include <stdlib.h>
#include <string.h>

/* Which kinds of names count where a candidate stands. */
enum {
    ALLOW_DOTTED = 1 << 0,   /* a full stop follows, or a comma precedes */
    ALLOW_CAPITALS = 1 << 1, /* the word is written in capitals while others are not */
    ALLOW_POSTAL = 1 << 2,   /* right behind `Name,` */
    ALLOW_DEMONYM = 1 << 3,  /* given spans may be adjectives */
};

/* What an abbreviation of another language loses against its namesakes. */
static const double OTHER_LANGUAGE = 6;

static gboolean usable(const im_reading *r, guint allow)
{
    if (r->kind == IM_NAME_DEMONYM)
        return (allow & ALLOW_DEMONYM) != 0;
    if (r->kind == IM_NAME_POSTAL)
        return (allow & ALLOW_POSTAL) != 0;
    if (r->flags & IM_NAME_DOTTED && !(allow & ALLOW_DOTTED))
        return FALSE;
    return !(r->flags & IM_NAME_CASE_SENSITIVE) || (allow & ALLOW_CAPITALS);
}

static gboolean any_usable(const im_reading *r, guint n, guint allow)
{
    for (guint i = 0; i < n; i++)
        if (usable(&r[i], allow))
            return TRUE;
    return FALSE;
}

static gboolean any_demonym(const im_reading *r, guint n)
{
    for (guint i = 0; i < n; i++)
        if (r[i].kind == IM_NAME_DEMONYM)
            return TRUE;
    return FALSE;
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

/* Log-odds of a reading without any context, set by hand on general grounds: ten times the people,
 * three times as likely; a country, and a state that is not only a city's district, before towns. */
static double prior_of(const im_place_record *p, const im_reading *r)
{
    static const double kind_base[] = {
        [IM_PLACE_UNKNOWN] = 0,  [IM_PLACE_COUNTRY] = 7.2, [IM_PLACE_ADMIN1] = 3.2,
        [IM_PLACE_ADMIN2] = 1.2, [IM_PLACE_TOWN] = 1.5,    [IM_PLACE_REGION] = 3.5,
        [IM_PLACE_AIRPORT] = 0,
    };
    double magnitude = (double)p->magnitude, prior = kind_base[p->kind];
    if (p->kind == IM_PLACE_REGION) /* a pond is no sea */
        prior -= 2.5 * MAX(0, 1 - p->radius_km / 20);
    if (p->kind == IM_PLACE_COUNTRY || p->kind == IM_PLACE_REGION)
        prior += 2 * magnitude;
    else
        prior += (p->kind == IM_PLACE_ADMIN1 ? 0.96 : 1.05) * (magnitude - 2);
    if (p->kind == IM_PLACE_TOWN)
        prior += 1.1 * p->seat;
    if (r->kind == IM_NAME_OTHER)
        prior -= p->kind == IM_PLACE_COUNTRY ? 3.0 : 1.3;
    if (r->kind == IM_NAME_ALIAS && p->kind == IM_PLACE_COUNTRY)
        prior -= 2.0;
    if (r->flags & IM_NAME_FOREIGN)
        prior -= 1.5;
    return prior;
}

/* An abbreviation of the other language: `EU` in a Spanish text is no union. */
static gboolean is_of_other_language(const im_topo *topo, const im_reading *r)
{
    guint8 other = topo->text->language == IM_LANGUAGE_ES ? IM_NAME_ENGLISH : IM_NAME_SPANISH;
    return (r->flags & other) != 0;
}

/* Where the readers of a language live: its local news speaks of these. */
static gboolean speaks(im_language language, const char *country)
{
    static const char en[][3] = {"US", "GB", "CA", "AU", "IE", "NZ", ""};
    static const char es[][3] = {"MX", "ES", "CO", "AR", "PE", "VE", "CL", "EC", "GT", "CU", "BO",
                                 "DO", "HN", "PY", "SV", "NI", "CR", "PA", "UY", "PR", ""};
    const char(*at)[3] = language == IM_LANGUAGE_ES ? es : en;
    while (**at && ((*at)[0] != country[0] || (*at)[1] != country[1]))
        at++;
    return **at != '\0';
}

static topo_reading load_reading(const im_topo *topo, const im_reading *r)
{
    im_place_record p = im_gazetteer_record(topo->gazetteer, r->place);
    topo_reading loaded = {
        .place = r->place,
        .country = p.country,
        .admin1 = p.admin1,
        .admin2 = p.admin2,
        .population = p.population,
        .prior = (float)(prior_of(&p, r) - (is_of_other_language(topo, r) ? OTHER_LANGUAGE : 0)),
        .kind = (guint8)p.kind,
        .name_kind = r->kind,
        .name_flags = r->flags,
        .x = p.x,
        .y = p.y,
        .z = p.z,
        .capital = p.seat,
        .at_home = p.kind != IM_PLACE_COUNTRY && speaks(topo->text->language, p.country_code),
    };
    return loaded;
}

/* Notes a place in an open-addressing table. @return FALSE when it was there */
static gboolean see_place(guint32 *seen, guint32 mask, im_place_id place)
{
    guint32 at = place * 2654435769u & mask;
    for (; seen[at]; at = (at + 1) & mask)
        if (seen[at] == place + 1)
            return FALSE;
    seen[at] = place + 1;
    return TRUE;
}

/* A state that bears the name of a large city in it is meant less often than the city. */
static void prefer_cities(topo_name *name)
{
    static const double LARGE_SHARE = 0.15, SMALL_SHARE = 0.04;
    for (guint s = 0; s < name->n_readings; s++) {
        topo_reading *state = &name->readings[s];
        double share = 0;
        for (guint i = 0; i < name->n_readings && state->kind == IM_PLACE_ADMIN1; i++)
            if (name->readings[i].kind == IM_PLACE_TOWN && name->readings[i].admin1 == state->place)
                share = MAX(share, name->readings[i].population / (state->population + 1.0));
        state->prior -= share >= LARGE_SHARE ? 2.2f : share >= SMALL_SHARE ? 1.0f : 0;
    }
}

static void load_name(const im_topo *topo, topo_name *name, guint allow)
{
    guint32 seen[128], n = MIN(name->n_source, TOPO_MOST_READINGS), mask = n <= 8 ? 15 : 127;
    G_STATIC_ASSERT(2 * TOPO_MOST_READINGS < G_N_ELEMENTS(seen));
    memset(seen, 0, (mask + 1) * sizeof *seen);
    gboolean more = name->n_source > TOPO_MOST_READINGS;
    name->readings = im_arena_array(topo->arena, topo_reading, n + (more ? TOPO_MOST_INSIDE : 0));
    for (guint i = 0; i < n; i++)
        im_gazetteer_place_ahead(topo->gazetteer, name->source[i].place);
    for (guint i = 0; i < n; i++)
        if (usable(&name->source[i], allow) && see_place(seen, mask, name->source[i].place))
            name->readings[name->n_readings++] = load_reading(topo, &name->source[i]);
    prefer_cities(name);
}

static gboolean any_contains(const topo_name *outer, const topo_reading *inner)
{
    for (guint i = 0; i < outer->n_readings; i++)
        if (outer->readings[i].kind != IM_PLACE_COUNTRY &&
            topo_contains(&outer->readings[i], inner))
            return TRUE;
    return FALSE;
}

void topo_load_inside(const im_topo *topo, topo_name *name, const topo_name *outer)
{
    enum { FARTHEST = 4000 };
    guint room = TOPO_MOST_INSIDE, end = MIN(name->n_source, FARTHEST);
    for (guint i = TOPO_MOST_READINGS; i < end && room > 0; i++) {
        const im_reading *r = &name->source[i];
        im_place_record p = im_gazetteer_record(topo->gazetteer, r->place);
        topo_reading at = {.place = r->place, .admin1 = p.admin1, .admin2 = p.admin2};
        if (!usable(r, 0) || !any_contains(outer, &at))
            continue;
        name->readings[name->n_readings++] = load_reading(topo, r);
        room--;
    }
    name->n_source = MIN(name->n_source, TOPO_MOST_READINGS); /* once is enough */
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
    topo_name name = {.source = source, .n_source = n, .first_mention = TOPO_NONE};
    load_name(topo, &name, allow);
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
        allow |= ALLOW_DOTTED;
    if (text->tokens[first].shape == IM_SHAPE_UPPER && !text->upper_case)
        allow |= ALLOW_CAPITALS;
    if (comma && first > 1 && !text->upper_case && topo->candidates->len > 0 &&
        topo_candidate_at(topo, topo->candidates->len - 1)->end == first - 1 &&
        text->tokens[first].shape == IM_SHAPE_UPPER)
        allow |= ALLOW_POSTAL | ALLOW_CAPITALS;
    return allow;
}

static guint longest_here(const im_topo *topo, guint32 token)
{
    const im_token *t = &topo->text->tokens[token];
    gsize len;
    guint32 hash = t->hash;
    const char *word =
        im_gazetteer_key_word(im_token_fold(topo->text, token), t->fold_len, &hash, &len);
    return im_key_longest(topo->gazetteer, hash, word, len);
}

/* `Avoyelles` stands for `Avoyelles Parish` where no place has the short name. */
static gboolean match_county(const im_topo *topo, const im_key *key, match *found)
{
    static const char kinds[][8] = {" county", " parish"};
    enum { KIND_BYTES = sizeof kinds[0] - 1 };
    char longer[IM_KEY_MAX_BYTES + KIND_BYTES];
    memcpy(longer, key->bytes, key->len);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        memcpy(longer + key->len, kinds[i], KIND_BYTES);
        found->readings =
            im_gazetteer_readings(topo->gazetteer, longer, key->len + KIND_BYTES, &found->n);
        if (found->readings && any_usable(found->readings, found->n, 0)) {
            found->stripped = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean find_match(const im_topo *topo, guint32 token, guint32 limit, match *found)
{
    guint most = longest_here(topo, token);
    im_key key, first;
    guint32 first_end = token;
    gboolean demonym = FALSE;
    *found = (match){0};
    if (most == 0)
        return FALSE;
    im_key_clear(&key);
    im_key_clear(&first);
    for (guint32 i = token; i < limit && may_join(topo, i); i++) {
        if (!im_key_push(&key, topo->text, i) || key.words > most)
            break;
        if (!may_end(topo, i, key.words) || topo->text->tokens[i].kind == IM_TOKEN_PUNCT)
            continue;
        guint n, allow = allowed(topo, token, i + 1);
        const im_reading *r = im_key_readings(topo->gazetteer, &key, &n);
        if (r && any_usable(r, n, allow) && !is_adjective(topo, r, n)) {
            *found = (match){.end = i + 1, .readings = r, .n = n, .allow = allow};
            demonym = FALSE;
        } else if (r && any_demonym(r, n)) {
            *found = (match){.end = i + 1, .readings = r, .n = n, .allow = ALLOW_DEMONYM};
            demonym = TRUE;
        }
        if (key.words <= 2) {
            first = key;
            first_end = i + 1;
        }
    }
    if (!found->readings && most > 1 && first.words && match_county(topo, &first, found))
        found->end = first_end;
    return found->readings != NULL && (!demonym || found->end > token);
}

/* ---- candidates ---- */

/* Whether the full stop behind it belongs to the name: `Jal.`. */
static gboolean is_dotted(const match *m)
{
    for (guint i = 0; i < m->n; i++)
        if (usable(&m->readings[i], m->allow) &&
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
    c.out = (m->allow & ALLOW_DEMONYM) ? TOPO_OUT_DEMONYM : 0;
    if (m->stripped)
        topo_set(&c, TOPO_F_STRIPPED);
    topo_take(topo, first, m->end);
    g_array_append_val(topo->candidates, c);
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

/* Sends for what the gazetteer knows of the words with a capital from `first` on.
 * @return the token up to which it did */
static guint32 look_ahead(const im_topo *topo, guint32 first)
{
    enum { WINDOW = 512 };
    guint32 hashes[WINDOW], n = 0, end = MIN(topo->text->n_tokens, first + WINDOW);
    for (guint32 i = first; i < end; i++)
        if (topo_is_capital(topo, i))
            hashes[n++] = topo->text->tokens[i].hash;
    for (guint step = 0; step < IM_AHEAD_STEPS; step++)
        for (guint32 i = 0; i < n; i++)
            im_gazetteer_ahead(topo->gazetteer, hashes[i], step);
    return end;
}

void topo_match(im_topo *topo)
{
    const im_text *text = topo->text;
    guint32 ahead = 0;
    for (guint32 s = 0; s < text->n_sentences; s++) {
        const im_sentence *sentence = &text->sentences[s];
        if (sentence->end > ahead)
            ahead = look_ahead(topo, MAX(ahead, sentence->first));
        for (guint32 i = sentence->first; i < sentence->end; i++) {
            match found;
            const im_tag *org = im_text_tag_at(text, i, IM_LEX_ORG);
            if (org && topo_is_capital(topo, i)) {
                i = org->end - 1;
                continue;
            }
            if (!topo_is_capital(topo, i) || !find_match(topo, i, sentence->end, &found))
                continue;
            if (is_part_of_other(topo, i, found.end))
                continue;
            add_candidate(topo, i, &found);
            i = found.end - 1;
        }
    }
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
    guint allow = ALLOW_DOTTED | ALLOW_CAPITALS | ALLOW_POSTAL;
    *found = (match){.end = end, .allow = allow};
    found->readings = im_key_readings(topo->gazetteer, &key, &found->n);
    if (found->readings && !any_usable(found->readings, found->n, allow))
        found->allow |= ALLOW_DEMONYM;
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
    for (guint i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        if (i >= n_found || !overlaps_given(topo->candidates, o->n_spans, c))
            *topo_candidate_at(topo, kept++) = *c;
    }
    g_array_set_size(topo->candidates, kept);
    qsort(topo->candidates->data, kept, sizeof(topo_candidate), by_position);
}
