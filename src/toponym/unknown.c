/* Places that the gazetteer lacks, known by what stands before them: `in the village of X`,
 * `comunidad de X`, `in X, Ohio`. */
#include "base/search.h"
#include "toponym/priv.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_UNKNOWN = 5 };

static gboolean is_taken(const im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++)
        if (topo->marks[i] & (TOPO_PERSON | TOPO_STREET | TOPO_TAKEN))
            return TRUE;
    return FALSE;
}

/* Where all is in capitals, a word that a lexicon knows ends the run. */
static gboolean ends_run(const im_text *text, guint32 token)
{
    return text->upper_case &&
           (topo_has_tag(text, token, IM_LEX_FUNCTION) ||
            topo_has_tag(text, token, IM_LEX_SAYING) ||
            topo_has_tag(text, token, IM_LEX_PREPOSITION) ||
            topo_has_tag(text, token, IM_LEX_PLACEHEAD) ||
            topo_has_tag(text, token, IM_LEX_AUXILIARY) || topo_has_tag(text, token, IM_LEX_TIME));
}

static gboolean is_particle(const im_text *text, guint32 token)
{
    return im_token_is(text, token, "de") || im_token_is(text, token, "del") ||
           im_token_is(text, token, "la") || im_token_is(text, token, "las") ||
           im_token_is(text, token, "los") || im_token_is(text, token, "el");
}

/* The hyphen of `Pétion-Ville`. */
static gboolean is_hyphen(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, '-') && token + 1 < text->n_tokens &&
           !(text->tokens[token].flags & IM_TOKEN_SPACE_BEFORE) &&
           !(text->tokens[token + 1].flags & IM_TOKEN_SPACE_BEFORE);
}

/* The end of the run of capitals that begins at `token`, `token` when there is none. */
static guint32 capitals_end(const im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    guint32 end = token;
    for (guint32 i = token; i < text->n_tokens && i < token + LONGEST_UNKNOWN; i++) {
        if (!topo_same_sentence(text, token, i))
            break;
        if (topo_is_capital(topo, i) && !ends_run(text, i))
            end = i + 1;
        else if (end == token || !(is_particle(text, i) || is_hyphen(text, i)))
            break;
    }
    return end;
}

/* A head that asks for the name of a settlement, not of a street or a building. */
static gboolean names_settlement(const im_text *text, const im_lexeme *head)
{
    if (text->upper_case &&
        (im_value_is(head, "near") || head->n_words == 1 || im_value_is(head, "settlement")))
        return FALSE; /* `NEAR FUTURE`, `COMMUNITY OF NATIONS` */
    static im_words values = IM_WORDS("city", "town", "village", "near", "district", "municipality",
                                      "county", "settlement", "camp", "province");
    if (head->n_words > 1 && im_value_is(head, "near"))
        return FALSE; /* `close to X` is said of people */
    return im_value_is_any(head, &values);
}

static int by_first(const void *a, const void *b)
{
    const topo_candidate *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Words with a capital that are no unknown place: they begin an organisation, a title, a day. */
static gboolean is_other(const im_text *text, guint32 first, guint32 end)
{
    static const im_lexeme_class classes[] = {IM_LEX_ORG,      IM_LEX_ORGHEAD,  IM_LEX_TITLE,
                                              IM_LEX_WEEKDAY,  IM_LEX_MONTH,    IM_LEX_NOTPLACE,
                                              IM_LEX_FUNCTION, IM_LEX_PLACEHEAD};
    for (guint32 i = first; i < end; i++) {
        gboolean part = i + 1 < end && (is_particle(text, i) || topo_begins_name(text, i));
        for (guint k = 0; k < G_N_ELEMENTS(classes) && !part; k++)
            if (topo_has_tag(text, i, classes[k]))
                return TRUE;
    }
    return FALSE;
}

static void add_unknown(im_topo *topo, guint32 first, guint32 end)
{
    if (end <= first || is_taken(topo, first, end) || is_other(topo->text, first, end))
        return;
    topo_candidate c = {.first = first,
                        .end = end,
                        .name = TOPO_NONE,
                        .container = TOPO_NONE,
                        .contains = TOPO_NONE,
                        .features =
                            TOPO_BIT(TOPO_F_BIAS) | TOPO_BIT(TOPO_F_HEAD) | TOPO_BIT(TOPO_F_IN)};
    g_array_append_val(topo->candidates, c);
    topo_take(topo, first, end);
}

/* The name behind a head is the whole run: of `comunidad de Piedra Zarca` no `Piedra` is a place. */
static void drop_shorter(im_topo *topo, guint32 first, guint32 end)
{
    const guint low =
        im_lower_bound(topo->candidates->data, sizeof(topo_candidate),
                       G_STRUCT_OFFSET(topo_candidate, first), topo->n_matched, first);
    if (low == topo->n_matched)
        return;
    topo_candidate *c = topo_candidate_at(topo, low);
    if (c->first != first || c->end >= end || is_other(topo->text, c->end, end) ||
        topo->marks[c->end] & TOPO_TAKEN)
        return;
    c->out = TOPO_OUT_WORD;
    for (guint32 i = first; i < c->end; i++)
        topo->marks[i] &= (guint8)~TOPO_TAKEN;
}

/* `in the village of X`, `near X`. */
static void add_behind(im_topo *topo, const im_tag *head)
{
    const im_text *text = topo->text;
    guint32 first = head->end;
    while (first < text->n_tokens && is_particle(text, first) && !topo_is_capital(topo, first))
        first++;
    guint32 end = capitals_end(topo, first);
    if (end <= first || !topo_same_sentence(text, head->first, first))
        return;
    if (!text->upper_case)
        drop_shorter(topo, first, end);
    add_unknown(topo, first, end);
}

/* `the X neighbourhood`, `in X province`: with the article or a preposition only, for `its Parks
 * district` is none. */
static void add_before(im_topo *topo, const im_tag *head)
{
    const im_text *text = topo->text;
    guint32 first = head->first;
    while (first > 0 && topo_is_capital(topo, first - 1) &&
           topo_same_sentence(text, first - 1, head->first))
        first--;
    if (first == 0 || first == head->first || topo_is_capital(topo, head->first))
        return;
    if (im_token_is(text, first - 1, "the") || topo_tag_before(text, first, IM_LEX_PREPOSITION))
        add_unknown(topo, first, head->first);
}

static gboolean follows_comma(const im_topo *topo, guint32 token)
{
    return token > 0 &&
           (im_token_is_punct(topo->text, token - 1, ',') ||
            im_token_is(topo->text, token - 1, "and") || im_token_is(topo->text, token - 1, "y"));
}

static gboolean may_be_person(const im_text *text, const topo_candidate *c)
{
    return topo_has_tag(text, c->first, IM_LEX_SURNAME) ||
           topo_has_tag(text, c->first, IM_LEX_GIVEN);
}

/* `Siaya, X, Kisii`: one unknown name between two known ones of a list. */
static void add_listed(im_topo *topo, guint32 known)
{
    const im_text *text = topo->text;
    for (guint32 i = 0; i + 1 < known; i++) {
        const topo_candidate *a = topo_candidate_at(topo, i), *b = topo_candidate_at(topo, i + 1);
        guint32 first = a->end + 1, last = b->first - 1;
        if (a->out || b->out || b->first < a->end + 3 || b->first > a->end + 5 ||
            !im_token_is_punct(text, a->end, ',') || !follows_comma(topo, b->first) ||
            !topo_same_sentence(text, a->first, b->first) || may_be_person(text, a) ||
            may_be_person(text, b))
            continue;
        if (im_token_is_punct(text, last - 1, ','))
            last--;
        if (capitals_end(topo, first) == last)
            add_unknown(topo, first, last);
    }
}

/* Other mentions of the unknown names that are one word. */
static void add_again(im_topo *topo, guint32 known)
{
    const im_text *text = topo->text;
    const guint32 n = topo->candidates->len, size = topo_table_size(n - known);
    if (n == known)
        return;
    guint32 *seen = im_arena_array(topo->arena, guint32, size);
    for (guint32 i = known; i < n; i++)
        if (topo_candidate_at(topo, i)->end == topo_candidate_at(topo, i)->first + 1)
            topo_see(text, seen, size - 1, topo_candidate_at(topo, i)->first);
    for (guint32 k = 0; k < text->n_capitals; k++) {
        const guint32 t = text->capitals[k];
        if (topo_seen(text, seen, size - 1, t) && capitals_end(topo, t) == t + 1 &&
            (t == 0 || !topo_is_capital(topo, t - 1)))
            add_unknown(topo, t, t + 1);
    }
}

/* `in X, Ohio`: an unknown word with a capital between a preposition of place and a known state. */
static void add_contained(im_topo *topo, guint32 known)
{
    enum { PLACE_WEIGHT = 7 };
    const im_text *text = topo->text;
    for (guint32 i = 0; i < known; i++) {
        topo_candidate c = *topo_candidate_at(topo, i);
        if (c.out || c.first < 2 || !im_token_is_punct(text, c.first - 1, ','))
            continue;
        guint32 end = c.first - 1, first = end;
        while (first > 0 && end - first < LONGEST_UNKNOWN && topo_is_capital(topo, first - 1) &&
               topo_same_sentence(text, first - 1, end))
            first--;
        const im_tag *preposition = topo_tag_before(text, first, IM_LEX_PREPOSITION);
        if (first < end && preposition && preposition->lexeme->number >= PLACE_WEIGHT)
            add_unknown(topo, first, end);
    }
}

/* A river, lake or mountain: of a town's name in it the town is not meant. */
static gboolean names_feature(const im_lexeme *head, const char *where)
{
    static im_words values = IM_WORDS("river", "lake", "mountain", "park");
    return im_value_is_any(head, &values) && im_extra_is(head, where);
}

/* The tag of a feature that begins at `token`; `river` has one before and one after names. */
static const im_tag *feature_at(const im_text *text, guint32 token, const char *where)
{
    if (!topo_has_tag(text, token, IM_LEX_PLACEHEAD))
        return NULL;
    for (guint32 i = text->tokens[token].first_tag;
         i < text->n_tags && text->tags[i].first == token; i++)
        if (text->tags[i].cls == IM_LEX_PLACEHEAD && names_feature(text->tags[i].lexeme, where))
            return &text->tags[i];
    return NULL;
}

static const im_tag *feature_before(const im_text *text, guint32 token)
{
    enum { REACH = 3 };
    for (guint32 back = 1; back <= REACH && back <= token; back++) {
        const im_tag *tag = feature_at(text, token - back, "before");
        if (tag && tag->end == token && topo_same_sentence(text, tag->first, token))
            return tag;
    }
    return NULL;
}

static gboolean may_be(const im_topo *topo, const topo_candidate *c, im_place_kind kind)
{
    const topo_name *name = topo_name_at(topo, c->name);
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].kind == kind)
            return TRUE;
    return FALSE;
}

/* The mountains of a state, `sierra de Sinaloa`, are a part of it. */
static gboolean is_part(const im_topo *topo, const topo_candidate *c, const im_tag *head)
{
    return head->lexeme->n_words > 1 &&
           (may_be(topo, c, IM_PLACE_ADMIN1) || may_be(topo, c, IM_PLACE_COUNTRY));
}

/* `Vermont Lake`, `Mount Hood`, `río Santiago` where the gazetteer has no more than the name in them:
 * the whole is a place that it lacks. */
static void widen_features(im_topo *topo, guint32 known)
{
    const im_text *text = topo->text;
    guint32 end = 0; /* of the last one */
    for (guint32 i = 0; i < known; i++) {
        topo_candidate c = *topo_candidate_at(topo, i);
        if (c.first < end) { /* `Zamora Park City`: the park is that of the first */
            topo_candidate_at(topo, i)->out = TOPO_OUT_WORD;
            continue;
        }
        const im_tag *after = feature_at(text, c.end, "after");
        const im_tag *before = feature_before(text, c.first);
        before = before && before->first >= end ? before : NULL;
        if (c.out || (!after && !before) || may_be(topo, &c, IM_PLACE_REGION))
            continue;
        if (after && topo_is_capital(topo, c.end) && topo_same_sentence(text, c.first, c.end))
            c.end = after->end;
        else if (before && !is_part(topo, &c, before))
            c.first = before->first;
        else
            continue;
        end = c.end;
        topo_candidate_at(topo, i)->out = TOPO_OUT_WORD;
        c = (topo_candidate){.first = c.first, .end = c.end, .name = TOPO_NONE};
        c.container = c.contains = TOPO_NONE;
        c.features = TOPO_BIT(TOPO_F_BIAS) | TOPO_BIT(TOPO_F_HEAD) | TOPO_BIT(TOPO_F_IN);
        g_array_append_val(topo->candidates, c);
    }
}

/* A candidate of `from` or later ones that begins at the token, or TOPO_NONE. */
static guint32 candidate_from(const im_topo *topo, guint32 from, guint32 known, guint32 token)
{
    for (guint32 i = from; i < known && topo_candidate_at(topo, i)->first <= token; i++)
        if (topo_candidate_at(topo, i)->first == token)
            return i;
    return TOPO_NONE;
}

/* No lexicon knows the word, it is long enough to be one, and it stands nowhere in lower case. */
static gboolean is_strange(const im_topo *topo, guint32 token)
{
    enum { SHORTEST = 4 };
    const im_text *text = topo->text;
    const im_token *t = &text->tokens[token];
    if (!topo_is_capital(topo, token))
        return is_particle(text, token) || is_hyphen(text, token);
    return t->shape == (text->upper_case ? IM_SHAPE_UPPER : IM_SHAPE_TITLE) &&
           t->fold_len >= SHORTEST && !topo_seen(text, topo->surnames, topo->surname_mask, token) &&
           !topo_seen(text, topo->lowers, topo->lower_mask, token) &&
           !im_text_is_known(text, token);
}

/* `San Pedro Perulapán`, of which the gazetteer has no more than `San Pedro`: many places have one saint, and
 * what follows tells them apart. `The San Diego Padres` and `Santa Ana Unified
 * School District` are none. */
static guint32 end_behind_saint(const im_topo *topo, const topo_candidate *c)
{
    const im_text *text = topo->text;
    const guint32 end = c->end + 1;
    if (text->upper_case || !topo_is_saint(text, c->first) || end < c->first + 3 ||
        (c->first > 0 && im_token_is(text, c->first - 1, "the")) ||
        !topo_is_capital(topo, c->end) || !is_strange(topo, c->end) || topo_is_capital(topo, end))
        return c->end;
    return end;
}

/* `San Juan de Huarigancho`, of which the gazetteer has no more than `San Juan`: another place, unless a
 * known one is behind the particle, which may hold the first. */
static void widen_names(im_topo *topo, guint32 known)
{
    const im_text *text = topo->text;
    for (guint32 i = 0; i < known; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        guint32 at = c->end;
        const gboolean particle = im_token_is(text, at, "de") || im_token_is(text, at, "del");
        if (c->out || (particle && text->upper_case && text->language != IM_LANGUAGE_EN))
            continue;
        while (particle && at < text->n_tokens && is_particle(text, at))
            at++;
        const guint32 first = c->first,
                      end = particle ? capitals_end(topo, at) : end_behind_saint(topo, c);
        if (end <= at || !topo_same_sentence(text, first, at) || is_other(text, at, end) ||
            is_taken(topo, c->end, end) || candidate_from(topo, i + 1, known, at) != TOPO_NONE)
            continue;
        c->out = TOPO_OUT_WORD;
        for (guint32 t = first; t < c->end; t++)
            topo->marks[t] &= (guint8)~TOPO_TAKEN;
        add_unknown(topo, first, end);
    }
}

/* `La Ruana`, `El Plateado`: with a capital the article is part of the name. */
static gboolean is_article(const im_text *text, guint32 token)
{
    static im_words articles = IM_WORDS("el", "la", "los", "las");
    return im_token_is_any(text, token, &articles);
}

/* `En Tixtla`, `in Pont-Sondé`, `a la altura de Mondomo`: strange words with a capital behind a preposition of
 * place. */
static void add_placed(im_topo *topo, const im_tag *preposition)
{
    const im_text *text = topo->text;
    guint32 first = preposition->end;
    const gboolean is_word = preposition->end == preposition->first + 1,
                   at_place = is_word && im_token_is(text, preposition->first, "at");
    if (!(is_word ? at_place || im_token_is(text, preposition->first, "in") ||
                        im_token_is(text, preposition->first, "en")
                  : strcmp(preposition->lexeme->phrase, "a la altura de") == 0) ||
        !topo_is_capital(topo, first) || text->upper_case ||
        topo->headline[text->tokens[first].sentence])
        return;
    guint32 end = capitals_end(topo, first), at = first;
    if (at + 1 < end && is_article(text, at))
        at++;
    while (at < end && is_strange(topo, at))
        at++;
    if (at_place && !(im_token_is_punct(text, end, ',') && im_token_is(text, end + 1, "in")))
        return; /* `at Harvard`, but `at Banibangou, in the Tillaberi region` */
    if (at == end && !topo_is_capital(topo, end) && !is_hyphen(text, end) &&
        (end == text->n_tokens || text->tokens[end].kind != IM_TOKEN_POSSESSIVE))
        add_unknown(topo, first, end);
}

/* `• Pont-Sondé: gang members …`: what an item of a list is about, by strange words before its colon. */
static void add_item_head(im_topo *topo, const im_sentence *s)
{
    const im_text *text = topo->text;
    const guint32 first = s->first + 1;
    if (s->kind != IM_SENTENCE_BULLET || first >= s->end || !topo_is_capital(topo, first))
        return;
    guint32 end = capitals_end(topo, first), at = first;
    while (at < end && is_strange(topo, at))
        at++;
    if (at == end && im_token_is_punct(text, end, ':'))
        add_unknown(topo, first, end);
}

static void add_headed(im_topo *topo, const im_tag *head)
{
    if (!names_settlement(topo->text, head->lexeme))
        return;
    if (im_extra_is(head->lexeme, "before"))
        add_behind(topo, head);
    else if (!topo->text->upper_case)
        add_before(topo, head);
}

void topo_add_unknown(im_topo *topo)
{
    const im_text *text = topo->text;
    guint32 known = topo->n_matched = topo->candidates->len;
    widen_names(topo, known);
    if (!text->upper_case) {
        widen_features(topo, known);
        add_contained(topo, known);
    }
    const im_tag *preposition = im_text_first_tag(text, IM_LEX_PREPOSITION),
                 *head = im_text_first_tag(text, IM_LEX_PLACEHEAD);
    while (preposition || head) { /* in the order of the text */
        if (preposition && (!head || preposition < head)) {
            add_placed(topo, preposition);
            preposition = im_text_next_tag(text, preposition);
        } else {
            add_headed(topo, head);
            head = im_text_next_tag(text, head);
        }
    }
    for (guint32 i = 0; i < text->n_sentences && !text->upper_case; i++)
        add_item_head(topo, &text->sentences[i]);
    if (!text->upper_case)
        add_listed(topo, known);
    if (topo->candidates->len > known)
        add_again(topo, known);
    if (topo->candidates->len > known)
        qsort(topo->candidates->data, topo->candidates->len, sizeof(topo_candidate), by_first);
}
