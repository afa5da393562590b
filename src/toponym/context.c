/* What stands around a candidate, as features. */
#include "toponym/priv.h"

#include <stdlib.h>

/* ---- datelines ---- */

static gboolean is_dash(const im_text *text, guint32 token)
{
    if (token >= text->n_tokens || text->tokens[token].kind != IM_TOKEN_PUNCT)
        return FALSE;
    gunichar ch = g_utf8_get_char(text->bytes + text->tokens[token].span.start);
    return ch == '-' || ch == 0x2013 || ch == 0x2014;
}

/* `Mexico City, February 24:` is closed by a colon, if it holds a date. */
static gboolean is_colon_after_date(const im_text *text, guint32 from, guint32 token)
{
    if (!im_token_is_punct(text, token, ':'))
        return FALSE;
    for (guint32 t = from; t < token; t++)
        if (im_text_tag_at(text, t, IM_LEX_MONTH))
            return TRUE;
    return FALSE;
}

/* The token behind the run of capitals that a line begins with, if a colon stands there: `LAS VEGAS:`. */
static guint32 colon_of_capitals(const im_text *text, const im_sentence *s)
{
    enum { LONGEST = 4 };
    guint32 at = s->first;
    while (at < s->end && at < s->first + LONGEST && text->tokens[at].shape == IM_SHAPE_UPPER)
        at++;
    return at > s->first && im_token_is_punct(text, at, ':') ? at : s->end;
}

/* `QUETTA: Seven men were killed` opens a report, unless other lines begin so: those of a bulletin, of which
 * each is about its place. */
static gboolean is_colon_behind_capitals(const im_text *text, const im_sentence *s, guint32 token)
{
    enum { FIRST_SENTENCES = 3 };
    const guint32 index = (guint32)(s - text->sentences);
    if (text->upper_case || index >= FIRST_SENTENCES || !im_token_is_punct(text, token, ':') ||
        colon_of_capitals(text, s) != token)
        return FALSE;
    for (guint32 i = 0; i < text->n_sentences; i++)
        if (i != index && colon_of_capitals(text, &text->sentences[i]) < text->sentences[i].end)
            return FALSE;
    return TRUE;
}

/* What may stand between the place of a dateline and its dash: names, dates, `(AP)`. */
static gboolean fits_dateline(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    return t->kind != IM_TOKEN_WORD || t->shape != IM_SHAPE_LOWER ||
           topo_has_tag(text, token, IM_LEX_FUNCTION) || topo_has_tag(text, token, IM_LEX_MONTH);
}

/* Whether the candidate stands in the head of a paragraph that a dash, or a colon behind a
 * date, closes: `PARIS, Texas (AP) —`, `Zamora, Mich.-`; capitals make one in the middle of a paragraph too, where line breaks went lost. */
static gboolean in_dateline(const im_topo *topo, const topo_candidate *c)
{
    enum { FROM_START = 5, TO_DASH = 16 };
    const im_text *text = topo->text;
    const im_sentence *s = &text->sentences[text->tokens[c->first].sentence];
    if (c->first > s->first + FROM_START || s->kind == IM_SENTENCE_BULLET)
        return FALSE;
    gboolean paragraph = s->first == 0 || (text->tokens[s->first].flags & IM_TOKEN_NEWLINE_BEFORE);
    if (!paragraph && text->tokens[s->first].shape != IM_SHAPE_UPPER)
        return FALSE;
    for (guint32 i = s->first; i < text->n_tokens && i < s->first + TO_DASH; i++) {
        gboolean stop =
            i > 0 && (im_token_is_punct(text, i - 1, '.') || im_token_is_punct(text, i - 1, ')'));
        if (i >= c->end && is_dash(text, i))
            return stop || (text->tokens[i].flags & IM_TOKEN_SPACE_BEFORE);
        if (i >= c->end &&
            (is_colon_after_date(text, s->first, i) || is_colon_behind_capitals(text, s, i)))
            return TRUE;
        if (!fits_dateline(text, i) || (!topo_same_sentence(text, s->first, i) && !stop))
            return FALSE;
    }
    return FALSE;
}

/* Letters of an organisation that happen to spell a place: `BAI`. */
static gboolean is_acronym(const im_topo *topo, const topo_candidate *c)
{
    enum { LONGEST = 5 };
    const im_text *text = topo->text;
    const im_token *t = &text->tokens[c->first];
    if (t->shape != IM_SHAPE_UPPER || t->fold_len > LONGEST || text->upper_case ||
        t->flags & IM_TOKEN_DOTTED || topo->headline[t->sentence] || in_dateline(topo, c))
        return FALSE;
    const topo_name *name = topo_name_at(topo, c->name);
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].name_kind == IM_NAME_ABBR ||
            name->readings[i].name_kind == IM_NAME_POSTAL ||
            name->readings[i].name_kind == IM_NAME_ALIAS)
            return FALSE;
    return TRUE;
}

/* `I'll` has the letters of `Ill.`. */
static gboolean is_contraction(const im_topo *topo, const topo_candidate *c)
{
    const im_token *t = &topo->text->tokens[c->first];
    guint32 bytes = t->span.end - t->span.start;
    const topo_name *name = topo_name_at(topo, c->name);
    return t->fold_len < bytes && bytes - t->fold_len <= 3 && name->n_readings > 0 &&
           name->readings[0].name_kind == IM_NAME_ABBR;
}

static gboolean is_abbreviation(const im_topo *topo, const topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    return name->n_readings > 0 && name->readings[0].name_kind == IM_NAME_ABBR &&
           topo->text->tokens[c->first].shape == IM_SHAPE_UPPER;
}

/* Where everything has capitals: `THE VILLAGE`, `COL.`, `TOWNS` are ordinary words. */
static gboolean is_plain(const im_text *text, const topo_candidate *c)
{
    static const im_lexeme_class plain[] = {IM_LEX_FUNCTION, IM_LEX_PLACEHEAD, IM_LEX_TITLE,
                                            IM_LEX_DIRECTION, IM_LEX_NOTPLACE};
    for (guint32 i = c->first; i < c->end; i++) {
        gboolean found = text->tokens[i].kind != IM_TOKEN_WORD;
        for (guint k = 0; k < G_N_ELEMENTS(plain) && !found; k++)
            found = topo_has_tag(text, i, plain[k]);
        if (!found)
            return FALSE;
    }
    return TRUE;
}

/* Lexical features of the candidate's own words. */
static void look_at_words(const im_topo *topo, topo_candidate *c)
{
    const im_text *text = topo->text;
    gboolean single = c->end == c->first + 1;
    const im_tag *common = im_text_tag_at(text, c->first, IM_LEX_NOTPLACE);
    if (common && common->end >= c->end &&
        (im_value_is(common->lexeme, "never") || topo_begins_name(text, c->first)))
        c->out = TOPO_OUT_WORD;
    if (common && common->end >= c->end && !is_abbreviation(topo, c)) {
        topo_set(c, TOPO_F_COMMON);
        if (text->tokens[c->first].flags & IM_TOKEN_FIRST)
            topo_set(c, TOPO_F_COMMON_FIRST);
    }
    if (text->upper_case && is_plain(text, c))
        c->out = TOPO_OUT_WORD;
    const im_tag *direction = im_text_tag_at(text, c->first, IM_LEX_DIRECTION);
    if (single && direction && !im_text_tag_at(text, c->end, IM_LEX_PLACEHEAD))
        c->out = TOPO_OUT_WORD;
    if (single && c->first > 0 && topo_has_tag(text, c->first, IM_LEX_PLACEHEAD) &&
        topo_is_capital(topo, c->first - 1) && topo_same_sentence(text, c->first - 1, c->first))
        c->out = TOPO_OUT_WORD;
    if (single && (im_token_is_punct(text, c->end, '$') ||
                   (c->first > 0 && im_token_is_punct(text, c->first - 1, '$'))))
        c->out = TOPO_OUT_WORD;
    if (single && (is_acronym(topo, c) || is_contraction(topo, c)))
        c->out = TOPO_OUT_WORD;
    if (im_token_is_punct(text, c->end, '-') && c->end + 1 < text->n_tokens &&
        text->tokens[c->end + 1].kind == IM_TOKEN_NUMBER)
        c->out = TOPO_OUT_WORD; /* a road: US-24 */
    if (single && c->first > 0 && text->tokens[c->first - 1].kind == IM_TOKEN_NUMBER &&
        im_token_is(text, c->first, "bc"))
        c->out = TOPO_OUT_WORD; /* a year: 133 BC */
    if (!single) {
        topo_set(c, TOPO_F_WORDS);
        if (topo->marks[c->first] & TOPO_PERSON && topo->marks[c->end - 1] & TOPO_PERSON_END)
            topo_set(c, TOPO_F_GIVEN);
        return;
    }
    if (topo_has_tag(text, c->first, IM_LEX_GIVEN))
        topo_set(c, TOPO_F_GIVEN);
    if (topo_has_tag(text, c->first, IM_LEX_SURNAME))
        topo_set(c, TOPO_F_SURNAME);
    if (topo_seen(text, topo->surnames, topo->surname_mask, c->first))
        topo_set(c, TOPO_F_SURNAME_SEEN);
    if (text->tokens[c->first].fold_len > 2 && !text->upper_case &&
        topo_seen(text, topo->lowers, topo->lower_mask, c->first))
        topo_set(c, TOPO_F_LOWER_SEEN);
    if (topo_has_tag(text, c->first, IM_LEX_MONTH) || topo_has_tag(text, c->first, IM_LEX_WEEKDAY))
        c->out = TOPO_OUT_WORD;
}

#define AREAS (TOPO_BIT(TOPO_F_COUNTRY) | TOPO_BIT(TOPO_F_ADMIN1) | TOPO_BIT(TOPO_F_REGION))

static void look_at_size(const im_topo *topo, topo_candidate *c)
{
    enum { MILLION = 1000000, CITY = 100000, TOWN = 8000 };
    const topo_name *name = topo_name_at(topo, c->name);
    guint32 most = 0;
    gboolean foreign = TRUE;
    for (guint i = 0; i < name->n_readings; i++) {
        const topo_reading *r = &name->readings[i];
        foreign = foreign && (r->name_flags & IM_NAME_FOREIGN);
        if (r->kind == IM_PLACE_COUNTRY)
            topo_set(c, TOPO_F_COUNTRY);
        else if (r->kind == IM_PLACE_ADMIN1)
            topo_set(c, TOPO_F_ADMIN1);
        else if (r->kind == IM_PLACE_REGION)
            topo_set(c, TOPO_F_REGION);
        if (r->name_kind == IM_NAME_ABBR || r->name_kind == IM_NAME_POSTAL)
            topo_set(c, TOPO_F_ABBREVIATION);
        if (r->kind == IM_PLACE_TOWN)
            most = MAX(most, r->population);
        else if (r->kind == IM_PLACE_ADMIN2)
            most = MAX(most, MIN(r->population, CITY - 1));
    }
    if (foreign)
        topo_set(c, TOPO_F_FOREIGN);
    if (most < TOWN && c->features & AREAS)
        return;
    topo_set(c, most >= MILLION ? TOPO_F_MILLION
                : most >= CITY  ? TOPO_F_CITY
                : most >= TOWN  ? TOPO_F_TOWN
                                : TOPO_F_HAMLET);
}

static im_place_kind kind_of_head(const im_lexeme *head)
{
    static im_words towns =
                        IM_WORDS("city", "town", "village", "district", "settlement", "capital"),
                    states = IM_WORDS("state", "province", "department");
    return im_value_is_any(head, &towns)                                      ? IM_PLACE_TOWN
           : im_value_is_any(head, &states)                                   ? IM_PLACE_ADMIN1
           : im_value_is(head, "municipality") || im_value_is(head, "county") ? IM_PLACE_ADMIN2
           : im_value_is(head, "country")                                     ? IM_PLACE_COUNTRY
           : im_value_is(head, "island")                                      ? IM_PLACE_REGION
           : im_value_is(head, "airport")                                     ? IM_PLACE_AIRPORT
                                                                              : IM_PLACE_UNKNOWN;
}

static gboolean may_be(const topo_name *name, im_place_kind kind)
{
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].kind == kind)
            return TRUE;
    return FALSE;
}

static gboolean may_be_state(const im_topo *topo, const topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].kind == IM_PLACE_ADMIN1 &&
            name->readings[i].name_kind != IM_NAME_OTHER)
            return TRUE;
    return FALSE;
}

/* What the head says that the candidate is; a `region` of a state's name is that state. */
static guint8 cue_of(const im_topo *topo, const topo_candidate *c, const im_lexeme *head)
{
    const gboolean state = g_str_has_prefix(head->phrase, "region") && may_be_state(topo, c);
    return (guint8)(state ? IM_PLACE_ADMIN1 : kind_of_head(head));
}

/* The first token of what is said of the candidate: before `the`, `downtown`, `northern`. */
static guint32 skip_modifiers(const im_topo *topo, topo_candidate *c)
{
    const im_text *text = topo->text;
    guint32 at = c->first;
    for (guint i = 0; i < 3 && at > 0 && topo_same_sentence(text, at - 1, c->first); i++) {
        if (topo_has_tag(text, at - 1, IM_LEX_DIRECTION)) {
            topo_set(c, TOPO_F_DIRECTION);
            at--;
        } else if (im_token_is(text, at - 1, "the") || im_token_is(text, at - 1, "downtown") ||
                   im_token_is(text, at - 1, "nearby") || im_token_is_punct(text, at - 1, '-')) {
            at--;
        } else {
            break;
        }
    }
    return at;
}

/* `• Samaniego: a teacher was kidnapped`, `• 6 May, Kaya: a convoy hit a mine`: what the item of a list is about. */
static gboolean heads_item(const im_text *text, const topo_candidate *c)
{
    enum { LONGEST_DAY = 8 };
    const im_sentence *s = &text->sentences[text->tokens[c->first].sentence];
    if (s->kind != IM_SENTENCE_BULLET || c->first == s->first ||
        c->first > s->first + LONGEST_DAY || !im_token_is_punct(text, c->end, ':'))
        return FALSE;
    guint32 t = s->first + 1;
    while (t < c->first && im_token_is_of_day(text, t))
        t++;
    return t == c->first;
}

/* `Khartoum International Airport`: the name says itself what it is. */
static void look_inside(const im_topo *topo, topo_candidate *c)
{
    static im_words airports = IM_WORDS("airport", "aeropuerto", "aeroport", "airfield", "airbase");
    const topo_name *name = topo_name_at(topo, c->name);
    if (c->end - c->first < 2 || !may_be(name, IM_PLACE_AIRPORT))
        return;
    for (guint32 i = c->first; i < c->end; i++)
        if (im_token_is_any(topo->text, i, &airports)) {
            topo_set(c, TOPO_F_HEAD);
            c->cue = IM_PLACE_AIRPORT;
        }
}

static void look_before(const im_topo *topo, topo_candidate *c)
{
    enum { PLACE_WEIGHT = 5 };
    const im_text *text = topo->text;
    if (heads_item(text, c)) {
        topo_set(c, TOPO_F_HEAD);
        topo_set(c, TOPO_F_IN);
    }
    guint32 at = skip_modifiers(topo, c);
    const im_tag *head = topo_tag_before(text, c->first, IM_LEX_PLACEHEAD);
    if (head && im_extra_is(head->lexeme, "before") && !im_value_is(head->lexeme, "near")) {
        topo_set(c, TOPO_F_HEAD);
        c->cue = cue_of(topo, c, head->lexeme);
    }
    const im_tag *preposition = topo_tag_before(text, at, IM_LEX_PREPOSITION);
    if (preposition && topo_same_sentence(text, preposition->first, c->first))
        topo_set(c, preposition->lexeme->number >= PLACE_WEIGHT ? TOPO_F_IN : TOPO_F_FROM);
    guint32 previous = c->first - 1;
    if (c->first == 0 || !topo_same_sentence(text, previous, c->first) || text->upper_case ||
        !topo_is_capital(topo, previous) || topo->headline[text->tokens[c->first].sentence])
        return;
    if (topo_has_tag(text, previous, IM_LEX_GIVEN))
        topo_set(c, TOPO_F_PREV_GIVEN);
    if (!(text->tokens[previous].flags & IM_TOKEN_FIRST) && at == c->first && !head &&
        !topo_has_tag(text, previous, IM_LEX_WEEKDAY) &&
        !topo_has_tag(text, previous, IM_LEX_MONTH))
        topo_set(c, TOPO_F_PREV_CAPITAL);
}

/* `China, a cattle-raising municipality`: what an apposition calls it. */
static void look_at_apposition(const im_topo *topo, topo_candidate *c)
{
    enum { REACH = 5 };
    const im_text *text = topo->text;
    guint32 at = c->end + 1;
    if (!im_token_is_punct(text, c->end, ',') ||
        !(im_token_is(text, at, "a") || im_token_is(text, at, "an") ||
          im_token_is(text, at, "un") || im_token_is(text, at, "una")))
        return;
    for (guint32 i = at + 1; i < text->n_tokens && i <= at + REACH; i++) {
        const im_tag *noun = im_text_tag_at(text, i, IM_LEX_PLACEHEAD);
        if (text->tokens[i].kind == IM_TOKEN_PUNCT && !im_token_is_punct(text, i, '-'))
            return;
        if (!noun || !im_extra_is(noun->lexeme, "after"))
            continue;
        c->cue = (guint8)kind_of_head(noun->lexeme);
        topo_set(c, TOPO_F_HEAD);
        return;
    }
}

/* `Guadalupe Victoria, de 34 años,`, `Austin, 34, was`: the age of a person. */
static gboolean has_age(const im_text *text, guint32 at)
{
    enum { OLDEST = 110 };
    if (!im_token_is_punct(text, at, ','))
        return FALSE;
    guint32 age = at + 1 + im_token_is(text, at + 1, "de");
    if (age + 1 >= text->n_tokens || text->tokens[age].kind != IM_TOKEN_NUMBER ||
        atoi(im_token_fold(text, age)) > OLDEST || atoi(im_token_fold(text, age)) < 1)
        return FALSE;
    if (age == at + 2)
        return im_token_is(text, age + 1, "anos");
    return im_token_is_punct(text, age + 1, ',') && im_token_is(text, age + 2, "was");
}

static void look_behind(const im_topo *topo, topo_candidate *c)
{
    const im_text *text = topo->text;
    look_at_apposition(topo, c);
    if (has_age(text, c->end) && topo_has_tag(text, c->first, IM_LEX_GIVEN))
        c->out = TOPO_OUT_WORD;
    guint32 next = c->end;
    if (next < text->n_tokens && text->tokens[next].kind == IM_TOKEN_POSSESSIVE) {
        topo_set(c, TOPO_F_POSSESSIVE);
        next++;
    }
    if (next >= text->n_tokens || !topo_same_sentence(text, next, c->first))
        return;
    c->speaks = (guint8)topo_has_tag(text, next, IM_LEX_SAYING);
    if (c->speaks && !(c->features & (AREAS | TOPO_BIT(TOPO_F_MILLION))))
        topo_set(c, TOPO_F_SAYS);
    const im_tag *head = im_text_tag_at(text, next, IM_LEX_PLACEHEAD);
    if (head && next == c->end && im_extra_is(head->lexeme, "after")) {
        topo_set(c, TOPO_F_HEAD);
        if (!c->cue)
            c->cue = cue_of(topo, c, head->lexeme);
    }
    if (text->upper_case && next == c->end && next == c->first + 1 &&
        topo_has_tag(text, c->first, IM_LEX_SURNAME) && topo_has_tag(text, next, IM_LEX_SURNAME))
        topo_set(c, TOPO_F_NEXT_SURNAME); /* `VALENCIA MARTINEZ` */
    if (head || text->upper_case || topo->headline[text->tokens[c->first].sentence] ||
        next != c->end || !topo_is_capital(topo, next) ||
        topo_has_tag(text, next, IM_LEX_ORGHEAD) || topo_has_tag(text, next, IM_LEX_WEEKDAY) ||
        topo_has_tag(text, next, IM_LEX_MONTH) || topo_has_tag(text, next, IM_LEX_TITLE))
        return;
    topo_set(c,
             topo_has_tag(text, next, IM_LEX_SURNAME) ? TOPO_F_NEXT_SURNAME : TOPO_F_NEXT_CAPITAL);
}

/* ---- organisations ---- */

static gboolean joins_organisation(const im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    return topo_is_capital(topo, token) || im_token_is(text, token, "of") ||
           im_token_is(text, token, "and") || im_token_is(text, token, "de") ||
           im_token_is(text, token, "del") || im_token_is(text, token, "la") ||
           im_token_is(text, token, "y") || im_token_is(text, token, "the") ||
           im_token_is(text, token, "for") || im_token_is_punct(text, token, '&') ||
           text->tokens[token].kind == IM_TOKEN_POSSESSIVE;
}

static void apply_head(topo_candidate *c, const im_lexeme *head, gboolean capital)
{
    gboolean always = im_extra_is(head, "always");
    if (always || (capital && im_extra_is(head, "not")))
        c->out = TOPO_OUT_ORG;
    else if (im_extra_is(head, "local"))
        topo_set(c, TOPO_F_HEAD);
    else if (capital)
        topo_set(c, TOPO_F_ORG_SEAT);
}

/* `Jalisco New Generation Cartel`, `Chicago Police Department`. */
static void look_for_head_behind(const im_topo *topo, topo_candidate *c)
{
    enum { REACH = 5 };
    const im_text *text = topo->text;
    for (guint32 i = c->end; i < text->n_tokens && i < c->end + REACH; i++) {
        if (!topo_same_sentence(text, i, c->first))
            return;
        const im_tag *head = im_text_tag_at(text, i, IM_LEX_ORGHEAD);
        if (head && !im_value_is(head->lexeme, "after") &&
            (i == c->end || topo_is_capital(topo, i))) {
            apply_head(c, head->lexeme, topo_is_capital(topo, i));
            return;
        }
        if (!topo_is_capital(topo, i))
            return;
    }
}

/* `frente a la estación de Policía de Uruapan`: a house of the organisation, which stands there. */
static gboolean is_house_of(const im_text *text, guint32 head)
{
    static im_words of = IM_WORDS("de", "del");
    static im_words houses = IM_WORDS("estacion", "cuartel", "cuarteles", "comandancia", "base",
                                      "subestacion", "comisaria", "puesto", "sede", "instalaciones",
                                      "oficinas", "barracks", "headquarters");
    guint32 t = head - (head > 0 && im_token_is(text, head - 1, "la"));
    return t > 1 && im_token_is_any(text, t - 1, &of) && im_token_is_any(text, t - 2, &houses);
}

/* `University of Texas`, `Secretaría de Seguridad Pública de Michoacán`. */
static void look_for_head_before(const im_topo *topo, topo_candidate *c)
{
    enum { REACH = 9 };
    const im_text *text = topo->text;
    for (guint32 i = c->first, steps = 0; i-- > 0 && steps < REACH; steps++) {
        if (!topo_same_sentence(text, i, c->first))
            return;
        const im_tag *head = im_text_tag_at(text, i, IM_LEX_ORGHEAD);
        if (head && !im_value_is(head->lexeme, "before") && head->end <= c->first) {
            if (is_house_of(text, head->first))
                return;
            apply_head(c, head->lexeme, topo_is_capital(topo, i));
            return;
        }
        if (!joins_organisation(topo, i))
            return;
    }
}

void topo_look_around(im_topo *topo)
{
    const im_text *text = topo->text;
    for (guint i = 0; i < topo->candidates->len; i++) {
        topo_candidate *c = topo_candidate_at(topo, i);
        if (c->out || c->name == TOPO_NONE)
            continue;
        look_at_words(topo, c);
        look_at_size(topo, c);
        look_inside(topo, c);
        look_before(topo, c);
        look_behind(topo, c);
        look_for_head_behind(topo, c);
        look_for_head_before(topo, c);
        if (topo_has(c, TOPO_F_IN) || topo_has(c, TOPO_F_HEAD))
            c->features &= ~TOPO_BIT(TOPO_F_SURNAME_SEEN);
        if (topo_has(c, TOPO_F_COUNTRY) &&
            (topo_has(c, TOPO_F_ORG_SEAT) || topo_has(c, TOPO_F_NEXT_CAPITAL)))
            topo_set(c, TOPO_F_STATE_BODY);
        if (text->tokens[c->first].flags & IM_TOKEN_FIRST)
            topo_set(c, TOPO_F_FIRST);
        if (topo->headline[text->tokens[c->first].sentence])
            topo_set(c, TOPO_F_HEADLINE);
        if (text->upper_case)
            topo_set(c, TOPO_F_UPPER_TEXT);
        if (in_dateline(topo, c)) {
            topo_set(c, TOPO_F_DATELINE);
            c->flags |= IM_MENTION_DATELINE;
        }
        if (c->given)
            c->out = 0;
    }
}
