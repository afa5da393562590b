/* Numbers in words and digits, and what they count. */
#include "base/search.h"
#include "incident/priv.h"

#include <stdlib.h>

enum { NOUN_WINDOW = 5, MAX_DIGITS = 9 };

/* Reads the digits of a token: 2,500 and 1.200 are thousands; 4.5, 14:00 and 3rd are no amounts. */
static gboolean digits_value(const im_text *text, guint32 token, int *value)
{
    const char *p = im_token_fold(text, token);
    int digits = 0, group = -1;
    *value = 0;
    for (; *p; p++) {
        if (g_ascii_isdigit(*p)) {
            if (++digits > MAX_DIGITS || (group >= 0 && ++group > 3))
                return FALSE;
            *value = *value * 10 + (*p - '0');
        } else if ((*p == ',' || *p == '.') && (group == -1 || group == 3)) {
            group = 0;
        } else {
            return FALSE;
        }
    }
    return digits > 0 && (group == -1 || group == 3);
}

static const im_tag *number_tag(const im_text *text, guint32 token)
{
    return im_text_tag_at(text, token, IM_LEX_NUMBER);
}

static guint32 skip_joint(const im_text *text, guint32 token)
{
    if (im_token_is_punct(text, token, '-') || im_token_is(text, token, "and") ||
        im_token_is(text, token, "y"))
        return token + 1;
    return token;
}

/* Whether a number word may follow within the same number: "twenty-one", "dos mil quinientos". */
static gboolean continues(const im_lexeme *next, int part, const im_lexeme *last)
{
    const gboolean behind_times = im_extra_is(last, "times"),
                   behind_hundred = im_extra_is(last, "hundred");
    if (im_extra_is(next, "times"))
        return part > 0;
    if (im_extra_is(next, "unit"))
        return behind_times || behind_hundred || im_extra_is(last, "ten");
    if (im_extra_is(next, "teen") || im_extra_is(next, "ten"))
        return behind_times || behind_hundred;
    return im_extra_is(next, "hundred") && behind_times;
}

static gint64 combine(gint64 total, const im_tag *tag)
{
    gint64 n = tag->lexeme->number;
    if (!im_extra_is(tag->lexeme, "times"))
        return total + n;
    gint64 rest = n >= 1000 ? 0 : total / 1000 * 1000;
    gint64 part = total - rest;
    return rest + MAX(part, 1) * n;
}

/* A number in words at `token`. @return its end, or `token` when there is none */
static guint32 words_value(const im_text *text, guint32 token, guint32 end, amount *a)
{
    const im_tag *tag = number_tag(text, token);
    if (!tag || tag->end > end)
        return token;
    if (im_extra_is(tag->lexeme, "vague")) {
        const im_tag *times = number_tag(text, tag->end); /* "several dozen" */
        a->value = -1;
        return times && !im_extra_is(times->lexeme, "article") ? times->end : tag->end;
    }
    gint64 total = tag->lexeme->number;
    const im_lexeme *last = tag->lexeme;
    a->article = im_extra_is(last, "article");
    guint32 at = tag->end;
    while (at < end) {
        guint32 next = skip_joint(text, at);
        const im_tag *more = next < end ? number_tag(text, next) : NULL;
        if (!more || !continues(more->lexeme, (int)total, last) ||
            (next > at && im_extra_is(more->lexeme, "times")))
            break;
        total = combine(total, more);
        last = more->lexeme;
        a->article = FALSE;
        at = more->end;
        if (total > 100000000)
            break;
    }
    a->value = (int)total;
    return at;
}

static gboolean is_money_or_time(const im_text *text, guint32 first, guint32 end)
{
    if (first > 0 &&
        (im_token_is_punct(text, first - 1, '$') || im_token_is_punct(text, first - 1, ':')) &&
        !(text->tokens[first].flags & IM_TOKEN_SPACE_BEFORE))
        return TRUE;
    if (first > 0 && text->tokens[first - 1].kind == IM_TOKEN_PUNCT) {
        gunichar c = g_utf8_get_char(text->bytes + text->tokens[first - 1].span.start);
        if (c == 0x20AC || c == 0xA3 || c == '#')
            return TRUE;
    }
    return end < text->n_tokens && im_token_is_punct(text, end, '%');
}

/* "at 1100", "at approximately 1910": hours and minutes written together. */
static gboolean is_clock(const im_text *text, const amount *a)
{
    static im_words words = IM_WORDS("at", "until", "from", "las");
    const im_token *t = &text->tokens[a->first];
    if (t->kind != IM_TOKEN_NUMBER || t->fold_len != 4 || a->value > 2400 || a->value % 100 >= 60 ||
        (a->noun && a->noun->first == a->end))
        return FALSE;
    for (guint32 back = 1; back <= 2 && back <= a->first; back++)
        if (im_token_is_any(text, a->first - back, &words))
            return TRUE;
    return FALSE;
}

/* A-4, M-19, 27/02: the digits of a name or day. */
static gboolean is_part_of_name(const im_text *text, guint32 first)
{
    if (im_token_is_punct(text, first + 1, '/') &&
        !(text->tokens[first + 1].flags & IM_TOKEN_SPACE_BEFORE))
        return TRUE;
    if (first == 0 || (text->tokens[first].flags & IM_TOKEN_SPACE_BEFORE))
        return FALSE;
    return im_token_is_punct(text, first - 1, '-') || im_token_is_punct(text, first - 1, '/') ||
           text->tokens[first - 1].kind == IM_TOKEN_WORD;
}

static const im_tag *noun_tag(const im_text *text, guint32 token)
{
    const im_tag *best = NULL;
    static const im_lexeme_class classes[] = {IM_LEX_PEOPLE, IM_LEX_OBJECT, IM_LEX_TRIGGER};
    const guint64 any =
        IM_CLASS_BIT(IM_LEX_PEOPLE) | IM_CLASS_BIT(IM_LEX_OBJECT) | IM_CLASS_BIT(IM_LEX_TRIGGER);
    if (!(text->tokens[token].begins & any))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++) {
        const im_tag *tag = im_text_tag_at(text, token, classes[i]);
        if (tag && classes[i] == IM_LEX_TRIGGER && !im_lexeme_has(tag->lexeme, IM_EXTRA_NOUN))
            continue;
        if (tag && (!best || tag->end > best->end))
            best = tag;
    }
    return best;
}

static gboolean is_date_part(const im_text *text, guint32 first, guint32 end)
{
    if (first > 0 && im_text_tag_at(text, first - 1, IM_LEX_MONTH) &&
        text->tokens[first - 1].shape != IM_SHAPE_LOWER)
        return TRUE;
    if (im_text_tag_at(text, end, IM_LEX_MONTH) && text->tokens[first].kind == IM_TOKEN_NUMBER)
        return TRUE;
    if (first > 0 && im_text_tag_at(text, first - 1, IM_LEX_WEEKDAY) &&
        text->tokens[first].kind == IM_TOKEN_NUMBER && !noun_tag(text, end))
        return TRUE; /* not "canceló este lunes 46 vuelos" */
    return im_token_is(text, end, "de") && im_text_tag_at(text, end + 1, IM_LEX_MONTH);
}

/* Whether what follows says that nothing of interest is counted: 12 km, 52 años, 3 p.m. */
static gboolean is_measure(const im_text *text, guint32 end)
{
    guint32 next = im_token_is_punct(text, end, '-') ? end + 1 : end;
    return im_text_tag_at(text, next, IM_LEX_UNIT) != NULL ||
           (im_token_is(text, next, "de") && im_text_tag_at(text, next + 1, IM_LEX_UNIT));
}

/* "aged 19 and 22", "de 19 y 22 años": ages in a list. */
static gboolean is_listed_age(const im_text *text, const amount *a)
{
    static im_words years = IM_WORDS("years", "year", "anos");
    guint32 joint = a->end;
    gboolean joined = im_token_is(text, joint, "and") || im_token_is(text, joint, "y") ||
                      im_token_is_punct(text, joint, ',');
    if (joined && joint + 1 < text->n_tokens && text->tokens[joint + 1].kind == IM_TOKEN_NUMBER &&
        im_token_is_any(text, joint + 2, &years))
        return TRUE;
    for (guint32 back = 1; back <= 6 && back <= a->first; back++) {
        guint32 t = a->first - back;
        if (im_token_is(text, t, "aged") || im_token_is(text, t, "ages"))
            return TRUE;
        if (text->tokens[t].kind != IM_TOKEN_NUMBER && !im_token_is(text, t, "and") &&
            !im_token_is_punct(text, t, ',') && !im_token_is(text, t, "to"))
            return FALSE;
    }
    return FALSE;
}

static gboolean is_person_word(const im_text *text, guint32 token)
{
    return im_text_has_tag(text, token, IM_LEX_GIVEN) ||
           im_text_has_tag(text, token, IM_LEX_SURNAME) ||
           ((text->tokens[token].flags & IM_TOKEN_CAPITAL) && !im_text_is_known(text, token));
}

/* "Ana Ruiz, 34, was killed", "Ruiz (34)": the age of the person named. */
static gboolean is_age_aside(const im_text *text, const amount *a)
{
    enum { OLDEST = 110 };
    if (a->first < 2 || a->end != a->first + 1 || a->value > OLDEST ||
        text->tokens[a->first].kind != IM_TOKEN_NUMBER)
        return FALSE;
    gboolean commas =
        im_token_is_punct(text, a->first - 1, ',') && im_token_is_punct(text, a->end, ',');
    gboolean brackets =
        im_token_is_punct(text, a->first - 1, '(') && im_token_is_punct(text, a->end, ')');
    return (commas || brackets) && is_person_word(text, a->first - 2);
}

/* "one more than first reported": a difference. */
static gboolean is_difference(const im_text *text, const amount *a)
{
    static im_words words = IM_WORDS("more", "fewer", "less", "mas", "menos");
    return im_token_is_any(text, a->end, &words) &&
           (im_token_is(text, a->end + 1, "than") || im_token_is(text, a->end + 1, "que"));
}

static gboolean is_year(const im_text *text, guint32 first, int value)
{
    const im_token *t = &text->tokens[first];
    return t->kind == IM_TOKEN_NUMBER && t->fold_len == 4 && value >= 1800 && value <= 2100;
}

/* "seis los muertos por el ataque"; not "seis de los policías". */
static gboolean is_article_behind(const im_text *text, guint32 token)
{
    static im_words articles = IM_WORDS("los", "las");
    return im_token_is_any(text, token, &articles) && token > 0 &&
           !im_token_is(text, token - 1, "de");
}

static gboolean stops_noun(const im_text *text, guint32 token)
{
    /* "five in Mexico City", "cuatro muertos por ataque" */
    static im_words in =
        IM_WORDS("in", "at", "en", "by", "por", "after", "tras", "during", "durante");
    const im_token *t = &text->tokens[token];
    if (t->kind == IM_TOKEN_PUNCT)
        return !im_token_is_punct(text, token, '-') && !im_token_is_punct(text, token, '"');
    if (im_token_is_any(text, token, &in) || is_article_behind(text, token))
        return TRUE;
    return t->kind == IM_TOKEN_NUMBER || number_tag(text, token) != NULL ||
           im_text_tag_at(text, token, IM_LEX_AUXILIARY) != NULL ||
           im_text_tag_at(text, token, IM_LEX_CONNECTIVE) != NULL;
}

/* "un camión repartidor": in Spanish what a thing is comes first. */
static gboolean is_head_noun(const im_text *text, const im_tag *noun)
{
    return text->language == IM_LANGUAGE_ES && noun->cls == IM_LEX_OBJECT;
}

/* The noun counted: the last of a run of nouns ("two police officers", "six National Guard members"),
 * so that "cartel roadblocks" are roadblocks. */
static const im_tag *counted_noun(const im_text *text, guint32 from, guint32 end, gboolean article)
{
    const im_tag *found = NULL;
    guint32 stop = MIN(end, from + (article ? NOUN_WINDOW - 1 : NOUN_WINDOW));
    for (guint32 t = from; t < stop && !stops_noun(text, t); t++) {
        const im_tag *tag = noun_tag(text, t);
        if (found && (!tag || is_head_noun(text, found)))
            break;
        if (!tag)
            continue;
        found = tag;
        t = tag->end - 1;
    }
    return found;
}

static im_count_bound bound_before(const im_text *text, guint32 first)
{
    for (guint32 back = 1; back <= 4 && back <= first; back++) {
        const im_tag *tag = im_text_tag_at(text, first - back, IM_LEX_BOUND);
        if (tag && tag->end == first)
            return im_count_bound_parse(tag->lexeme->value);
    }
    return IM_BOUND_EXACT;
}

static gboolean is_additional(const im_text *text, const amount *a)
{
    static im_words more =
        IM_WORDS("more", "others", "other", "additional", "mas", "otros", "otras");
    if (im_token_is_any(text, a->end, &more))
        return TRUE;
    if (im_token_is(text, a->first, "another") || im_token_is(text, a->first, "otro") ||
        im_token_is(text, a->first, "otra"))
        return TRUE;
    return a->first > 0 &&
           (im_token_is(text, a->first - 1, "otros") || im_token_is(text, a->first - 1, "otras") ||
            im_token_is(text, a->first - 1, "additional") ||
            im_token_is(text, a->first - 1, "other"));
}

/* "one of the victims", "una de las víctimas": of those who were counted before. */
static gboolean is_of_victims(const im_text *text, guint32 at)
{
    static im_words victims =
        IM_WORDS("victims", "wounded", "injured", "victimas", "heridos", "lesionados", "heridas");
    gboolean of = (im_token_is(text, at, "of") && im_token_is(text, at + 1, "the")) ||
                  (im_token_is(text, at, "de") &&
                   (im_token_is(text, at + 1, "las") || im_token_is(text, at + 1, "los")));
    return of && im_token_is_any(text, at + 2, &victims);
}

/* "two officers are among the wounded": counted before. */
static gboolean is_among(const im_text *text, const amount *a)
{
    enum { REACH_AMONG = 3 };
    guint32 at = a->noun ? a->noun->end : a->end;
    for (guint32 t = at; t < at + REACH_AMONG && t + 1 < text->n_tokens; t++)
        if ((im_token_is(text, t, "among") && im_token_is(text, t + 1, "the")) ||
            (im_token_is(text, t, "entre") &&
             (im_token_is(text, t + 1, "los") || im_token_is(text, t + 1, "las"))))
            return TRUE;
    return FALSE;
}

static gboolean is_subset(const im_text *text, const amount *a)
{
    if (is_of_victims(text, a->end) || is_among(text, a))
        return TRUE;
    for (guint32 back = 1; back <= 4 && back <= a->first; back++) {
        const im_tag *tag = im_text_tag_at(text, a->first - back, IM_LEX_SUBSET);
        if (tag && tag->end <= a->first)
            return TRUE;
    }
    return im_text_tag_at(text, a->end, IM_LEX_SUBSET) != NULL;
}

/* "between 5 and 7", "5 to 7", "entre 5 y 7", "5-7" */
static guint32 range_end(const im_text *text, guint32 end, guint32 limit, amount *a)
{
    gboolean joint = im_token_is(text, end, "to") || im_token_is(text, end, "a") ||
                     im_token_is_punct(text, end, '-') || im_token_is(text, end, "or") ||
                     im_token_is(text, end, "o");
    gboolean between = a->first > 0 && (im_token_is(text, a->first - 1, "between") ||
                                        im_token_is(text, a->first - 1, "entre"));
    if (between)
        joint = im_token_is(text, end, "and") || im_token_is(text, end, "y");
    amount other = {0};
    if (!joint || a->article || end + 1 >= limit || a->value <= 0)
        return end;
    guint32 stop =
        text->tokens[end + 1].kind == IM_TOKEN_NUMBER && digits_value(text, end + 1, &other.value)
            ? end + 2
            : words_value(text, end + 1, limit, &other);
    if (stop == end + 1 || other.article || other.value <= a->value)
        return end;
    a->high = other.value;
    return stop;
}

static gboolean amount_at(const im_text *text, guint32 token, guint32 end, amount *a)
{
    if (text->tokens[token].kind != IM_TOKEN_NUMBER && !im_text_has_tag(text, token, IM_LEX_NUMBER))
        return FALSE;
    *a = (amount){.first = token};
    guint32 stop = token;
    if (text->tokens[token].kind == IM_TOKEN_NUMBER) {
        if (!digits_value(text, token, &a->value))
            return FALSE;
        stop = token + 1;
        const im_tag *times = stop < end ? number_tag(text, stop) : NULL;
        if (times && im_extra_is(times->lexeme, "times") && a->value <= 2000) {
            a->value *= times->lexeme->number;
            stop = times->end;
            int rest; /* "2 mil 400" */
            if (times->lexeme->number == 1000 && stop < end &&
                text->tokens[stop].kind == IM_TOKEN_NUMBER && digits_value(text, stop, &rest) &&
                rest > 0 && rest < 1000)
                a->value += rest, stop++;
        }
    } else {
        stop = words_value(text, token, end, a);
    }
    if (stop == token)
        return FALSE;
    a->high = a->value;
    a->end = range_end(text, stop, end, a);
    return TRUE;
}

/* "one was killed and another wounded" */
static gboolean is_another_victim(const im_text *text, const amount *a)
{
    const im_tag *aux = im_text_tag_at(text, a->end, IM_LEX_AUXILIARY);
    return im_token_is(text, a->first, "another") &&
           im_text_has_tag(text, aux ? aux->end : a->end, IM_LEX_CASUALTY);
}

/* "un muerto y 12 heridos", "un patrullero muerto": the word for what befell people says what "un" counts. */
static gboolean is_one_victim(const im_text *text, const amount *a)
{
    if (text->language != IM_LANGUAGE_ES)
        return is_another_victim(text, a);
    guint32 at = a->end;
    if (at + 1 < text->n_tokens && text->tokens[at].kind == IM_TOKEN_WORD &&
        !(text->tokens[at].flags & IM_TOKEN_CAPITAL) &&
        !im_text_has_tag(text, at, IM_LEX_FUNCTION) && !im_text_has_tag(text, at, IM_LEX_CASUALTY))
        at++;
    const im_tag *fate = im_text_tag_at(text, at, IM_LEX_CASUALTY);
    return fate && !im_extra_is(fate->lexeme, "noun") && !im_extra_is(fate->lexeme, "body");
}

/* A word for one event, not for several. */
static gboolean is_one_event(const im_tag *noun)
{
    return noun->cls == IM_LEX_TRIGGER && !g_str_has_suffix(noun->lexeme->phrase, "s");
}

static gboolean is_plural_noun(const im_text *text, const im_tag *noun)
{
    const char *phrase = noun->lexeme->phrase;
    return text->language == IM_LANGUAGE_EN && noun->cls == IM_LEX_PEOPLE &&
           g_str_has_suffix(phrase, "s") && !g_str_has_suffix(phrase, "ss");
}

/* "la Sección 22 anuncia la toma", "Unit 5 searched": a number that a name ends with. */
static gboolean ends_name(const im_text *text, const amount *a)
{
    return a->noun && a->noun->cls == IM_LEX_TRIGGER && a->noun->first > a->end + 1 &&
           a->first > 0 && text->tokens[a->first].kind == IM_TOKEN_NUMBER &&
           (text->tokens[a->first - 1].flags & IM_TOKEN_CAPITAL);
}

static gboolean is_countable(const im_text *text, const amount *a)
{
    if (is_money_or_time(text, a->first, a->end) || is_part_of_name(text, a->first) ||
        is_date_part(text, a->first, a->end) || is_measure(text, a->end) ||
        is_listed_age(text, a) || is_age_aside(text, a) || is_clock(text, a) ||
        is_difference(text, a) || ends_name(text, a))
        return FALSE;
    if (is_year(text, a->first, a->value) &&
        (!a->noun || a->noun->first > a->end + 1 || is_one_event(a->noun)))
        return FALSE; /* "in 1999", "the 1999 shooting" */
    if (a->article && a->noun && is_plural_noun(text, a->noun))
        return FALSE; /* "a doctors' group" */
    return !a->article || a->noun || is_one_victim(text, a);
}

void im_amounts_find(const im_text *text, guint32 first, guint32 end, GArray *amounts)
{
    for (guint32 t = first; t < end; t++) {
        amount a;
        if (!amount_at(text, t, end, &a))
            continue;
        a.risen = im_amount_is_from_to(text, &a);
        a.value = a.risen ? a.high : a.value;
        a.noun = counted_noun(text, a.end, end, a.article);
        a.bound = bound_before(text, a.first);
        a.additional = is_additional(text, &a);
        a.subset = is_subset(text, &a);
        if (is_countable(text, &a))
            g_array_append_val(amounts, a);
        t = a.end - 1;
    }
}

guint im_amounts_from(const GArray *amounts, guint32 token)
{
    return im_lower_bound(amounts->data, sizeof(amount), G_STRUCT_OFFSET(amount, first),
                          amounts->len, token);
}
