/* One victim without a number: "killed Arturo Beltrán", "he was killed", "Romero's murder". */
#include "incident/priv.h"

#include <string.h>

/* Whether the word is for one person. */
static gboolean is_one(const im_tag *people)
{
    static const char *const plurals[] = {"s", "men", "people", "children", "police", "personnel"};
    for (gsize i = 0; i < G_N_ELEMENTS(plurals); i++)
        if (g_str_has_suffix(people->lexeme->phrase, plurals[i]))
            return FALSE;
    return TRUE;
}

/* A word that persons are called by. */
static gboolean is_name(const im_text *text, guint32 token)
{
    return im_text_has_tag(text, token, IM_LEX_GIVEN) ||
           im_text_has_tag(text, token, IM_LEX_SURNAME);
}

static gboolean ends_phrase(const im_text *text, guint32 token)
{
    return text->tokens[token].kind == IM_TOKEN_PUNCT ||
           im_text_has_tag(text, token, IM_LEX_NUMBER) ||
           im_text_has_tag(text, token, IM_LEX_PREPOSITION) ||
           im_text_has_tag(text, token, IM_LEX_AUXILIARY);
}

/* The last word of those for people from `token` on, "police guard"; NULL when there is none. */
static const im_tag *people_at(const im_text *text, guint32 token)
{
    const im_tag *people = im_text_tag_at(text, token, IM_LEX_PEOPLE), *next = people;
    while (next && (next = im_text_tag_at(text, people->end, IM_LEX_PEOPLE)))
        people = next;
    return people;
}

/* Whether one person is named there: "Senator Galan", "Arturo Beltrán", "the Salvadoran social democratic
 * leader"; not "peasant leaders". */
static gboolean names_person(const im_text *text, guint32 token)
{
    enum { REACH_NAME = 7 };
    guint32 end = MIN(token + REACH_NAME, text->n_tokens);
    for (guint32 t = token; t < end; t++) {
        const im_tag *people = people_at(text, t);
        if (people)
            return is_one(people); /* "the Jesuit priests" are not */
        if (im_text_has_tag(text, t, IM_LEX_TITLE) || is_name(text, t))
            return !im_text_has_tag(text, t, IM_LEX_PLACEHEAD);
        if (ends_phrase(text, t)) /* behind these: "the mayor of" is said of places, too */
            return FALSE;
    }
    return FALSE;
}

static gboolean is_the(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("the", "al", "el");
    return im_token_is_any(text, token, &words);
}

/* "Romero's murder", "the senator's death" */
static gboolean is_owned(const im_text *text, const im_tag *tag, guint32 first)
{
    if (tag->first < first + 2 || text->tokens[tag->first - 1].kind != IM_TOKEN_POSSESSIVE)
        return FALSE;
    const im_tag *people = im_text_tag_at(text, tag->first - 2, IM_LEX_PEOPLE);
    return is_name(text, tag->first - 2) || im_text_has_tag(text, tag->first - 2, IM_LEX_TITLE) ||
           (people && is_one(people));
}

/* "a farmer", "un agricultor": one of whatever people, not "a family". */
static gboolean is_somebody(const im_text *text, guint32 token)
{
    enum { REACH_NOUN = 4 };
    static im_words one = IM_WORDS("a", "an"), uno = IM_WORDS("un", "una");
    static im_words many =
        IM_WORDS("family", "group", "couple", "number", "crowd", "handful", "lot", "total", "dozen",
                 "score", "gang", "ring", "cell", "network", "familia", "grupo", "pareja", "numero",
                 "decena", "docena", "centenar", "banda", "red", "celula", "cargamento", "lote");
    if (!im_token_is_any(text, token, text->language == IM_LANGUAGE_ES ? &uno : &one))
        return FALSE;
    for (guint32 t = token + 1; t < token + 1 + REACH_NOUN && t < text->n_tokens; t++) {
        if (im_token_is_any(text, t, &many) || im_text_has_tag(text, t, IM_LEX_OBJECT))
            return FALSE;
        if (ends_phrase(text, t))
            break;
    }
    return TRUE;
}

/* The one person who is named at `token` without an article, as headlines and bulletins do: "policía", "presunto
 * sicario", "Senior police officer"; NULL when it is nobody, or several. */
static const im_tag *bare_person(const im_text *text, guint32 token)
{
    enum { REACH_NOUN = 3 };
    for (guint32 t = token; t < MIN(token + REACH_NOUN, text->n_tokens); t++) {
        const im_tag *people = people_at(text, t);
        if (people)
            return is_one(people) ? people : NULL;
        if (im_text_has_tag(text, t, IM_LEX_FUNCTION) ||
            im_text_has_tag(text, t, IM_LEX_CONNECTIVE) || ends_phrase(text, t))
            return NULL;
    }
    return NULL;
}

/* "Policeman killed in Peshawar", "Soldier killed, two wounded": what befell the person that a headline, an item of
 * a list or a part of one begins with. */
static gboolean befalls_first(const im_text *text, const im_tag *tag, guint32 first)
{
    enum { REACH_BACK = 4 };
    const gboolean ends = tag->end >= text->n_tokens ||
                          text->tokens[tag->end].kind == IM_TOKEN_PUNCT ||
                          im_text_has_tag(text, tag->end, IM_LEX_PREPOSITION);
    guint32 start = tag->first;
    while (start > first && text->tokens[start - 1].kind != IM_TOKEN_PUNCT)
        start--;
    if (!ends || tag->first - start > REACH_BACK)
        return FALSE;
    const im_tag *person = bare_person(text, start);
    return person && person->end == tag->first;
}

/* "Hallan cadáver en Tepic", "Body found in Culiacán": one of which nothing else was told. */
static gboolean is_bare_body(const im_text *text, const im_tag *tag, guint32 first)
{
    static im_words bodies = IM_WORDS("body", "corpse", "cuerpo", "cadaver");
    return im_token_is_any(text, tag->first, &bodies) &&
           (tag->first == first || text->tokens[tag->first - 1].kind == IM_TOKEN_PUNCT ||
            im_text_has_tag(text, tag->first - 1, IM_LEX_TRIGGER));
}

/* "capturó en un hotel a un venezolano": where it was may come before whom it befell. */
static guint32 skip_where(const im_text *text, guint32 token)
{
    enum { REACH_WHOM = 6 };
    if (!im_token_is(text, token, "en"))
        return token;
    for (guint32 t = token + 1; t < MIN(token + REACH_WHOM, text->n_tokens - 1); t++) {
        if (text->tokens[t].kind == IM_TOKEN_PUNCT || im_text_has_tag(text, t, IM_LEX_TRIGGER))
            return token;
        if (im_token_is(text, t, "a") && !im_text_has_tag(text, t + 2, IM_LEX_UNIT))
            return t;
    }
    return token;
}

/* "killed a farmer", "mataron a un agricultor" */
static gboolean befalls_somebody(const im_text *text, guint32 token)
{
    if (token > 1 && im_token_is(text, token - 2, "to"))
        return FALSE; /* "to kill a flea" */
    if (text->language != IM_LANGUAGE_ES)
        return is_somebody(text, token);
    token = skip_where(text, token);
    if (im_token_is(text, token - 1, "a")) /* it is of the verb: "asesinan a" */
        token--;
    return im_token_is(text, token, "a") &&
           (is_somebody(text, token + 1) || bare_person(text, token + 1));
}

/* "la captura de un jefe": of whom else; death comes to anything. */
static gboolean is_taking(const im_tag *tag)
{
    return im_extra_is(tag->lexeme, "noun") && !im_value_is(tag->lexeme, "dead");
}

/* Whether another clause or another deed begins between. */
static gboolean ends_telling(const im_text *text, guint32 from, guint32 to)
{
    static const guint64 others = IM_CLASS_BIT(IM_LEX_CASUALTY) | IM_CLASS_BIT(IM_LEX_TRIGGER) |
                                  IM_CLASS_BIT(IM_LEX_AUXILIARY);
    for (guint32 t = from; t < to; t++)
        if ((text->tokens[t].begins & others) || im_ends_clause(text, t))
            return TRUE;
    return FALSE;
}

/* "killing the driver and three passengers", "mataron al chofer y a dos pasajeros" */
static gboolean opens_with_one(const im_text *text, guint32 token)
{
    static im_words the = IM_WORDS("the", "al", "el", "la");
    static im_words joints = IM_WORDS("and", "y");
    if (text->language == IM_LANGUAGE_ES && im_token_is(text, token, "a"))
        token++;
    const im_tag *one = im_text_tag_at(text, token + 1, IM_LEX_PEOPLE);
    return im_token_is_any(text, token, &the) && one && is_one(one) &&
           im_token_is_any(text, one->end, &joints);
}

int im_kin_between(const im_text *text, guint32 from, guint32 to)
{
    static im_words whose = IM_WORDS("her", "his", "their", "su");
    static im_words joints = IM_WORDS("and", "y", "e", "a");
    int n = opens_with_one(text, from);
    for (guint32 t = from + 1; t < MIN(to, text->n_tokens - 1); t++) {
        if (!im_text_has_tag(text, t + 1, IM_LEX_PEOPLE) || !im_token_is_any(text, t, &whose))
            continue;
        if (ends_telling(text, from, t))
            break;
        const im_tag *kin = people_at(text, t + 1);
        if (kin && is_one(kin) &&
            (im_token_is_any(text, t - 1, &joints) || im_token_is_punct(text, t - 1, ',')))
            n++;
    }
    return n;
}

/* "resultó herido", "perdió la vida", "lost his life": the verb is of one. */
static gboolean befalls_one(const im_text *text, const im_tag *tag)
{
    static im_words verbs =
        IM_WORDS("muere", "resulto", "perdio", "perdiera", "pierde", "quedo", "recibio", "sufrio",
                 "cayo", "dejo", "sigue", "permanece", "continua", "esta");
    static im_words whose = IM_WORDS("his", "her");
    if (text->language == IM_LANGUAGE_EN)
        return tag->end - tag->first == 3 && im_token_is_any(text, tag->first + 1, &whose);
    const char *fold = im_token_fold(text, tag->end - 1);
    const gboolean murio = tag->end == tag->first + 1 && strlen(fold) > 2 &&
                           g_str_has_suffix(fold, "io"); /* "falleció" */
    return murio || im_token_is_any(text, tag->first, &verbs);
}

gboolean im_is_single_victim(const im_text *text, const im_tag *tag, guint32 first)
{
    const gboolean noun = im_extra_is(tag->lexeme, "owned") || im_extra_is(tag->lexeme, "noun");
    const im_tag *aux = noun ? NULL : im_auxiliary_before(text, tag->first, first);
    if (aux)
        return im_value_is(aux->lexeme, "singular");
    const gboolean subject = im_extra_is(tag->lexeme, "subject");
    if (subject && (text->language == IM_LANGUAGE_ES || befalls_one(text, tag)))
        return befalls_one(text, tag);
    if (im_extra_is(tag->lexeme, "owned"))
        return is_owned(text, tag, first);
    if (subject && tag->first > first)
        return text->language == IM_LANGUAGE_EN &&
               (is_name(text, tag->first - 1) || befalls_first(text, tag, first));
    if (im_extra_is(tag->lexeme, "body") && is_bare_body(text, tag, first))
        return TRUE;
    if (tag->end >= text->n_tokens)
        return FALSE;
    gboolean of = im_token_is(text, tag->end - 1, "of") || im_token_is(text, tag->end - 1, "de");
    if (im_extra_is(tag->lexeme, "noun") || im_extra_is(tag->lexeme, "body"))
        return of &&
               (names_person(text, tag->end) || (is_taking(tag) && is_somebody(text, tag->end)));
    if (im_extra_is(tag->lexeme, "object") && text->language == IM_LANGUAGE_EN &&
        befalls_first(text, tag, first))
        return TRUE;
    if (!im_extra_is(tag->lexeme, "object") || im_token_is(text, tag->end, "them") ||
        im_token_is(text, tag->end, "us"))
        return FALSE;
    if (befalls_somebody(text, tag->end))
        return TRUE;
    if (text->upper_case)
        return names_person(text, tag->end);
    gboolean named = text->tokens[tag->end].shape == IM_SHAPE_TITLE &&
                     text->tokens[tag->end].kind == IM_TOKEN_WORD;
    return named || (is_the(text, tag->end) && names_person(text, tag->end));
}

/* The person behind the word: "killed the mayor", "matan a policía". */
static const im_tag *person_behind(const im_text *text, guint32 token)
{
    enum { REACH_PERSON = 4 };
    for (guint32 t = token; t < MIN(token + REACH_PERSON, text->n_tokens); t++) {
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE);
        if (people)
            return people;
        if (text->tokens[t].kind == IM_TOKEN_PUNCT ||
            (im_text_has_tag(text, t, IM_LEX_PREPOSITION) && !im_token_is(text, t, "a")))
            return NULL;
    }
    return NULL;
}

/* The person before it: "Policeman killed in", "the mayor was shot dead". */
static const im_tag *person_before(const im_text *text, guint32 end, guint32 first)
{
    enum { MOST_WORDS = 3 };
    for (guint32 back = 1; back <= MOST_WORDS && back + first <= end; back++) {
        const im_tag *people = im_text_tag_at(text, end - back, IM_LEX_PEOPLE);
        if (people && people->end == end)
            return people;
    }
    return NULL;
}

const im_tag *im_single_victim_noun(const im_text *text, const im_tag *tag, guint32 first)
{
    const im_tag *aux = im_auxiliary_before(text, tag->first, first);
    if (aux)
        return person_before(text, aux->first, first);
    const im_tag *person = person_behind(text, tag->end);
    return person ? person : person_before(text, tag->first, first);
}
