/* Triggers of a sentence → events. */
#include "incident/priv.h"

#include <string.h>

enum { MODAL_REACH = 9, PLAN_REACH = 7, NEGATION_REACH = 5, DENIAL_REACH = 10 };

/* "may" is a month beside a number, or with a capital letter inside a sentence. */
static gboolean is_month(const im_text *text, guint32 token)
{
    if (!im_text_tag_at(text, token, IM_LEX_MONTH))
        return FALSE;
    const im_token *t = &text->tokens[token];
    gboolean capital = t->shape == IM_SHAPE_TITLE && !(t->flags & IM_TOKEN_FIRST);
    return capital ||
           (token + 1 < text->n_tokens && text->tokens[token + 1].kind == IM_TOKEN_NUMBER) ||
           (token > 0 && text->tokens[token - 1].kind == IM_TOKEN_NUMBER);
}

static gboolean denies(const im_tag *no, const char *what)
{
    return im_value_is(no->lexeme, what) || im_value_is(no->lexeme, "both");
}

/* "denied reports of", "negaron versiones de redes sociales sobre": what these tell is farther away. */
static gboolean is_of_reports(const im_text *text, const im_tag *no)
{
    static im_words reports =
        IM_WORDS("report", "reports", "rumour", "rumours", "rumor", "rumors", "claims", "claim",
                 "posts", "version", "versiones", "rumores", "informacion", "reportes", "reporte",
                 "mensajes", "publicaciones");
    return denies(no, "clause") && (im_token_is_any(text, no->end, &reports) ||
                                    im_token_is_any(text, no->end + 1, &reports));
}

/* Whether a clause begins with "that" soon behind a word that denies and goes on up to the token. */
static gboolean opens_clause(const im_text *text, const im_tag *no, guint32 token)
{
    enum { REACH_THAT = 4, REACH_OF_REPORTS = 8 }; /* "denied reports on social media that" */
    const guint32 word = no->first, reach = is_of_reports(text, no) ? REACH_OF_REPORTS : REACH_THAT;
    static im_words that = IM_WORDS("that", "que", "he", "she");
    static im_words ends = IM_WORDS("but", "although", "though", "while", "pero", "aunque");
    gboolean opened = FALSE;
    for (guint32 t = word + 1; t < token; t++) {
        if (im_token_is_punct(text, t, ';') || im_token_is_any(text, t, &ends))
            return FALSE;
        opened = opened || (t - word <= reach && im_token_is_any(text, t, &that));
    }
    return opened;
}

/* "denied reports that a unit was attacked": all that the clause tells. */
static gboolean is_denied_report(const im_text *text, guint32 token)
{
    enum { REACH_DENIED = 24 };
    const guint32 first = im_sentence_of(text, token)->first;
    for (guint32 back = 1; back <= REACH_DENIED && token >= first + back; back++) {
        const im_tag *no = im_text_tag_at(text, token - back, IM_LEX_NEGATION);
        if (no && denies(no, "clause"))
            return opens_clause(text, no, token);
    }
    return FALSE;
}

/* "no será suspendido" */
static gboolean is_negated(const im_text *text, const im_tag *modal)
{
    const im_tag *no =
        modal->first > 0 ? im_text_tag_at(text, modal->first - 1, IM_LEX_NEGATION) : NULL;
    return no && denies(no, "words");
}

/* What makes it doubtful, planned or denied that the word's thing happened: a value of the class, "no", or
 * NULL. */
static const char *mood_at(const story *s, guint32 token)
{
    const guint64 moods = IM_CLASS_BIT(IM_LEX_NEGATION) | IM_CLASS_BIT(IM_LEX_MODAL);
    if (!im_sentence_has(im_sentence_of(s->text, token), moods))
        return NULL;
    const guint32 start = im_clause_start(s->text, token);
    for (guint32 back = 1; back <= MODAL_REACH && token >= start + back; back++) {
        const im_tag *no = im_text_tag_at(s->text, token - back, IM_LEX_NEGATION);
        if (no && denies(no, "words") && no->end <= token &&
            (back <= NEGATION_REACH || is_of_reports(s->text, no)) &&
            !im_text_has_tag(s->text, token - back, IM_LEX_CASUALTY)) /* not "sin vida" */
            return "no";
        const im_tag *modal = im_text_tag_at(s->text, token - back, IM_LEX_MODAL);
        gboolean possible = modal && im_value_is(modal->lexeme, "hypothesis");
        if (modal && modal->end <= token && !is_month(s->text, token - back) &&
            (possible || back <= PLAN_REACH))
            return is_negated(s->text, modal) ? "no" : modal->lexeme->value;
    }
    return is_denied_report(s->text, token) ? "no" : NULL;
}

const char *im_story_modality(const story *s, guint32 token)
{
    const char *mood = mood_at(s, token);
    return mood && strcmp(mood, "announced") == 0 ? NULL : mood;
}

/* "A rally is planned for Friday" */
static gboolean is_planned_behind(const im_text *text, guint32 token)
{
    enum { REACH_PLANNED = 4 };
    guint32 end = MIN(token + REACH_PLANNED, im_sentence_of(text, token)->end);
    for (guint32 t = token + 1; t < end; t++) {
        const im_tag *modal = im_text_tag_at(text, t, IM_LEX_MODAL);
        if (modal && im_lexeme_has(modal->lexeme, IM_EXTRA_AFTER))
            return TRUE;
    }
    return FALSE;
}

/* "an attack had been averted", "el atentado fue frustrado" */
static gboolean is_averted(const im_text *text, guint32 token, guint32 first)
{
    static im_words words = IM_WORDS("averted", "foiled", "thwarted", "prevented", "frustrado",
                                     "frustrada", "evitado", "evitada", "frustrados", "abortado");
    return im_text_has_tag(text, token - 1, IM_LEX_AUXILIARY) && token > first &&
           im_token_is_any(text, token, &words);
}

/* "abductions in Artibonite had fallen": a trend. */
static gboolean is_trend(const im_text *text, guint32 token)
{
    static im_words have = IM_WORDS("had", "have", "has");
    static im_words fallen = IM_WORDS("fallen", "declined", "dropped", "decreased");
    return im_token_is_any(text, token, &have) && im_token_is_any(text, token + 1, &fallen);
}

/* "A report of an attack on the airport was false", "la versión del ataque es falsa" */
static gboolean is_called_false(const im_text *text, guint32 token)
{
    enum { REACH_FALSE = 16 };
    static im_words are = IM_WORDS("was", "were", "is", "are", "proved", "be", "as", "es", "era",
                                   "son", "eran", "fue", "fueron", "resulto", "resultaron");
    static im_words false_ones =
        IM_WORDS("false", "untrue", "unfounded", "fake", "baseless", "incorrect", "falso", "falsa",
                 "falsos", "falsas", "mentira");
    static im_words others = IM_WORDS("and", "but", "y", "pero");
    const guint32 end = MIN(token + REACH_FALSE, im_sentence_of(text, token)->end);
    for (guint32 t = token + 1; t + 1 < end && !im_token_is_any(text, t, &others); t++)
        if (im_token_is_any(text, t, &are) && im_token_is_any(text, t + 1, &false_ones))
            return TRUE;
    return FALSE;
}

/* "The explosion everybody talked about did not happen." */
static gboolean is_denied_behind(const im_text *text, guint32 token)
{
    guint32 end = MIN(token + DENIAL_REACH, im_sentence_of(text, token)->end);
    for (guint32 t = token + 1; t + 1 < end; t++)
        if ((im_token_is(text, t, "did") && im_token_is(text, t + 1, "not")) ||
            (im_token_is(text, t, "no") && im_token_is(text, t + 1, "ocurrio")) ||
            is_averted(text, t, token + 1) || is_trend(text, t))
            return TRUE;
    return is_called_false(text, token);
}

/* "incendió" is a deed, "incendio" a thing: what folding takes away. Capitals often lack the accent. */
static gboolean is_tense_met(const im_text *text, const im_tag *trigger)
{
    const im_token *t = &text->tokens[trigger->end - 1];
    const gsize len = t->span.end - t->span.start, n = strlen("ó");
    return !im_lexeme_has(trigger->lexeme, IM_EXTRA_PAST) || t->shape == IM_SHAPE_UPPER ||
           (len > n && memcmp(text->bytes + t->span.end - n, "ó", n) == 0);
}

/* The trigger that begins at `token`: the longest whose needs are met; of two as long the one that
 * had needs. */
static const im_tag *trigger_at(const im_text *text, guint32 token)
{
    const im_tag *found = NULL;
    if (!im_text_has_tag(text, token, IM_LEX_TRIGGER))
        return NULL;
    for (guint32 i = text->tokens[token].first_tag;
         i < text->n_tags && text->tags[i].first == token; i++) {
        const im_tag *tag = &text->tags[i];
        if (tag->cls != IM_LEX_TRIGGER || (found && tag->end < found->end) ||
            !im_needs_are_met(text, tag) || !is_tense_met(text, tag))
            continue;
        if (!found || im_lexeme_has(tag->lexeme, IM_EXTRA_NEEDS))
            found = tag;
    }
    return found;
}

static gboolean is_plural(const im_text *text, const im_tag *trigger)
{
    if (!im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN))
        return FALSE;
    const im_token *last = &text->tokens[trigger->end - 1];
    const char *fold = im_token_fold(text, trigger->end - 1);
    return last->fold_len > 2 && fold[last->fold_len - 1] == 's' && fold[last->fold_len - 2] != 's';
}

static gboolean is_definite(const im_text *text, const im_tag *trigger)
{
    static im_words articles = IM_WORDS("the", "this", "that", "these", "those", "its", "their",
                                        "el", "la", "los", "las", "dicho", "ese", "este");
    guint32 first = im_sentence_of(text, trigger->first)->first;
    for (guint32 back = 1; back <= 3 && trigger->first >= first + back; back++)
        if (im_token_is_any(text, trigger->first - back, &articles))
            return TRUE;
    return FALSE;
}

static gboolean may_be_planned(im_incident_type type)
{
    return type == IM_INCIDENT_PROTEST || type == IM_INCIDENT_DEPLOYMENT ||
           type == IM_INCIDENT_DISRUPTION || type == IM_INCIDENT_ROADBLOCK ||
           type == IM_INCIDENT_OPERATION;
}

static gboolean in_mention(const story *s, const im_tag *tag)
{
    return s->mention_at[tag->first] != IM_NO_MENTION;
}

/* "kidnapping and drug trafficking cases", "a murder suspect": the word only says of which kind something
 * else is. */
static gboolean is_kind_of_something(const im_text *text, const im_tag *trigger)
{
    enum { REACH_LISTED = 4 };
    static im_words things =
        IM_WORDS("case", "cases", "charge", "charges", "trial", "trials", "unit", "squad",
                 "suspect", "suspects", "ring", "rings", "gang", "gangs", "rate", "rates", "threat",
                 "threats", "plot", "plots", "plan", "plans", "attempts");
    static im_words joints = IM_WORDS("and", "or");
    if (!im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN))
        return FALSE;
    if (im_token_is_any(text, trigger->end, &things))
        return TRUE;
    if (!im_token_is_any(text, trigger->end, &joints))
        return FALSE;
    for (guint32 t = trigger->end + 1; t < trigger->end + REACH_LISTED && t < text->n_tokens; t++) {
        if (im_token_is_any(text, t, &things))
            return TRUE;
        if (text->tokens[t].kind != IM_TOKEN_WORD || im_text_has_tag(text, t, IM_LEX_PREPOSITION))
            return FALSE;
    }
    return FALSE;
}

/* "soldiers seized a mortar and two grenades": weapons that were found, not used. */
static gboolean is_found_weapon(const im_text *text, const im_tag *trigger)
{
    enum { REACH_FOUND = 14 };
    static im_words found =
        IM_WORDS("seized", "confiscated", "found", "recovered", "discovered", "seizing", "carrying",
                 "defused", "deactivated", "confiscating", "decomisaron", "decomiso", "incautaron",
                 "incauto", "aseguraron", "hallaron", "localizaron", "encontraron", "desactivaron");
    if (!im_value_is(trigger->lexeme, "explosion") ||
        !im_lexeme_has(trigger->lexeme, IM_EXTRA_NEEDS))
        return FALSE;
    const guint32 start = im_clause_start(text, trigger->first);
    for (guint32 back = 1; back <= REACH_FOUND && trigger->first >= start + back; back++) {
        guint32 t = trigger->first - back;
        if (im_token_is_any(text, t, &found))
            return TRUE;
        if (im_text_has_tag(text, t, IM_LEX_STRIKE) || im_text_has_tag(text, t, IM_LEX_CASUALTY))
            return FALSE;
    }
    return FALSE;
}

/* What grows or breaks out without a bang. */
static gboolean is_abstract(const im_text *text, guint32 token)
{
    static im_words words =
        IM_WORDS("crisis", "scandal", "anger", "outrage", "conflict", "violence", "price", "prices",
                 "cost", "costs", "debt", "demand", "sales", "growth", "spending", "popularity",
                 "cases", "joy", "creativity", "escandalo", "ira", "conflicto", "precios", "deuda",
                 "ventas", "costos", "demanda", "alegria", "jubilo", "consumo");
    static im_words unrest = IM_WORDS("protests", "unrest", "war", "protestas", "guerra");
    return im_token_is_any(text, token, &words) || im_token_is_any(text, token, &unrest);
}

/* "the crisis that exploded in his country", "an explosion of energy prices" */
static gboolean is_figure_of_speech(const im_text *text, const im_tag *trigger)
{
    enum { REACH_SUBJECT = 7, REACH_OF = 4 };
    static im_words of = IM_WORDS("of", "in", "de", "en");
    if (!im_value_is(trigger->lexeme, "explosion"))
        return FALSE;
    const gboolean noun = im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN);
    const guint32 first = im_sentence_of(text, trigger->first)->first;
    for (guint32 back = 1; !noun && back <= REACH_SUBJECT && trigger->first >= first + back; back++)
        if (is_abstract(text, trigger->first - back))
            return TRUE;
    for (guint32 ahead = 1; im_token_is_any(text, trigger->end, &of) && ahead < REACH_OF; ahead++)
        if (is_abstract(text, trigger->end + ahead))
            return TRUE;
    return FALSE;
}

static gboolean tells_cancelling(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("cancelled", "canceled", "desconvocada", "desconvocado",
                                     "desconvoco", "desconvocaron", "cancelaron");
    return im_text_has_tag(text, token, IM_LEX_TRIGGER) &&
           (im_token_is_any(text, token, &words) ||
            (im_token_is(text, token, "called") && im_token_is(text, token + 1, "off")));
}

/* "The strike by referees has been called off": neither that nor what it would have stopped. */
static gboolean is_called_off(const im_text *text, const im_tag *trigger)
{
    enum { REACH_BEFORE = 5, REACH_BEHIND = 12 };
    static im_words ends = IM_WORDS("suspendieron", "suspendio", "levantaron", "levanto");
    const im_tag *ended = im_text_tag_at(text, trigger->end + 1, IM_LEX_TRIGGER);
    if (im_token_is_any(text, trigger->end - 1, &ends))
        return ended && im_value_is(ended->lexeme, "protest"); /* "suspendieron el paro" */
    if (im_token_is(text, trigger->end - 1, "off"))
        return tells_cancelling(text, trigger->first) &&
               (im_tells_other(text, trigger, "protest") ||
                im_tells_other(text, trigger, "roadblock"));
    if (!im_value_is(trigger->lexeme, "protest"))
        return FALSE;
    const im_sentence *s = im_sentence_of(text, trigger->first);
    if (trigger->first >= s->first + 2 && im_token_is_any(text, trigger->first - 2, &ends))
        return TRUE;
    guint32 t = trigger->first - MIN(trigger->first - s->first, REACH_BEFORE);
    for (; t < MIN(trigger->end + REACH_BEHIND, s->end); t++)
        if (tells_cancelling(text, t))
            return TRUE;
    return FALSE;
}

/* "kidnappers freed a priest", "villagers freed 20 soldiers": who held them let them go. */
static gboolean is_letting_go(const im_text *text, const im_tag *trigger)
{
    enum { REACH_WHO = 5 };
    if (!im_token_is(text, trigger->first, "freed"))
        return FALSE;
    const guint32 start = im_clause_start(text, trigger->first);
    for (guint32 back = 1; back <= REACH_WHO && trigger->first >= start + back; back++) {
        const im_tag *who = im_text_tag_at(text, trigger->first - back, IM_LEX_PEOPLE);
        if (who && !im_value_is(who->lexeme, "security"))
            return TRUE;
    }
    return FALSE;
}

/* "the bodies of two men who had gone missing": what became of them is told. */
static gboolean is_found_dead(const im_text *text, const im_tag *trigger)
{
    static im_words words = IM_WORDS("missing", "desaparecido", "desaparecida", "desaparecidos",
                                     "desaparecidas", "desaparecio", "desaparecieron");
    const im_sentence *range = im_sentence_of(text, trigger->first);
    if (!im_token_is_any(text, trigger->end - 1, &words))
        return FALSE;
    for (guint32 t = im_sentence_from(range, IM_LEX_CASUALTY); t < range->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_CASUALTY);
        if (tag && im_extra_is(tag->lexeme, "body"))
            return TRUE;
    }
    return FALSE;
}

/* "el operativo que desplegó el Ejército": the operation itself. */
static gboolean is_of_operation(const im_text *text, const im_tag *trigger)
{
    static im_words which = IM_WORDS("que", "which", "that");
    const im_tag *before = trigger->first > 1 && im_token_is_any(text, trigger->first - 1, &which)
                               ? im_text_tag_at(text, trigger->first - 2, IM_LEX_TRIGGER)
                               : NULL;
    return before && im_value_is(before->lexeme, "operation") &&
           im_value_is(trigger->lexeme, "deployment");
}

/* Whether the words are those for an incident, but tell of none. */
static gboolean means_other(const im_text *text, const im_tag *trigger)
{
    return is_called_off(text, trigger) || is_letting_go(text, trigger) ||
           is_month(text, trigger->first) || is_kind_of_something(text, trigger) ||
           is_found_weapon(text, trigger) || is_figure_of_speech(text, trigger) ||
           is_found_dead(text, trigger) || is_of_operation(text, trigger);
}

/* "llegarán", "bloqueará": a Spanish future, by the accent that folding takes away ("llegaran" is none). */
static gboolean is_future(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    const char *word = text->bytes + t->span.start;
    const gsize len = t->span.end - t->span.start;
    static const char *const endings[] = {"rá", "rán"};
    for (gsize i = 0; text->language == IM_LANGUAGE_ES && i < G_N_ELEMENTS(endings); i++) {
        gsize n = strlen(endings[i]);
        if (len > n + 1 && memcmp(word + len - n, endings[i], n) == 0)
            return TRUE;
    }
    return FALSE;
}

/* "acatarán este jueves un paro", "habrá marchas"; not "investigarán el operativo" */
static gboolean is_planned_before(const im_text *text, const im_tag *trigger)
{
    enum { REACH_FUTURE = 6 };
    if (text->language != IM_LANGUAGE_ES)
        return FALSE;
    const guint32 token = trigger->first, start = im_clause_start(text, token);
    for (guint32 back = 1; back <= REACH_FUTURE && token >= start + back; back++) {
        if (im_text_has_tag(text, token - back, IM_LEX_TRIGGER))
            return FALSE;
        if (is_future(text, token - back))
            return !is_definite(text, trigger);
    }
    return FALSE;
}

/* A word that is only ever a future: without its accent it is another form. */
static gboolean is_future_only(const im_tag *trigger)
{
    return im_lexeme_has(trigger->lexeme, IM_EXTRA_FUTURE);
}

/* What a trigger tells of: its value names the type. */
static im_incident_type type_of(const im_lexeme *trigger)
{
    static guint32 hashes[IM_INCIDENT_N_TYPES];
    static gsize ready;
    guint type = IM_INCIDENT_NONE;
    if (g_once_init_enter(&ready)) {
        for (guint i = 1; i < IM_INCIDENT_N_TYPES; i++) {
            const char *name = im_incident_type_name((im_incident_type)i);
            hashes[i] = im_hash_word(name, strlen(name));
        }
        g_once_init_leave(&ready, 1);
    }
    for (guint i = 1; i < IM_INCIDENT_N_TYPES; i++) /* which one is not foretold */
        type |= i & -(guint)(hashes[i] == trigger->value_hash);
    return (im_incident_type)type;
}

/* A new event for a trigger, or NULL when the text denies or only imagines it. */
static event *event_of(const story *s, const im_tag *trigger)
{
    im_incident_type type = type_of(trigger->lexeme);
    if (!type || in_mention(s, trigger))
        return NULL;
    const char *mood = mood_at(s, trigger->first);
    if (is_future_only(trigger)) {
        if (!is_future(s->text, trigger->end - 1) || (mood && strcmp(mood, "no") == 0))
            return NULL;
        mood = "plan";
    }
    if (!mood && im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN) && may_be_planned(type) &&
        (is_planned_before(s->text, trigger) || is_planned_behind(s->text, trigger->end - 1)))
        mood = "plan";
    if (!mood && trigger->first > 0 && im_token_is(s->text, trigger->first - 1, "planned"))
        mood = "plan"; /* "a planned attack" */
    if (mood && strcmp(mood, "announced") == 0)
        mood = type == IM_INCIDENT_PROTEST || type == IM_INCIDENT_DISRUPTION ? "plan" : NULL;
    gboolean planned = mood && strcmp(mood, "plan") == 0 && may_be_planned(type);
    if ((mood && !planned) || means_other(s->text, trigger) ||
        is_denied_behind(s->text, trigger->end - 1))
        return NULL;
    if (im_is_mishap(s->text, trigger, type))
        return NULL;
    event *e = im_event_new(s, type, s->text->tokens[trigger->first].sentence, trigger->first,
                            trigger->end);
    e->noun = e->act_noun = im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN);
    e->weak = im_lexeme_has(trigger->lexeme, IM_EXTRA_WEAK);
    e->plural = is_plural(s->text, trigger);
    e->definite = e->noun && is_definite(s->text, trigger);
    e->planned = planned;
    return e;
}

static int force_of(const event *e)
{
    int rank = e->type == IM_INCIDENT_EXPLOSION     ? 4
               : e->type == IM_INCIDENT_ARMED_CLASH ? 3
               : e->type == IM_INCIDENT_ATTACK      ? 2
                                                    : 1;
    return rank * 2 - (e->weak ? 5 : 0);
}

static gboolean are_types(const event *a, const event *b, im_incident_type one,
                          im_incident_type other)
{
    return (a->type == one && b->type == other) || (a->type == other && b->type == one);
}

/* A clash in a raid, and "troops gunned down six militants in an operation". */
static gboolean is_raid_and_clash(const im_text *text, const event *a, const event *b)
{
    return are_types(a, b, IM_INCIDENT_OPERATION, IM_INCIDENT_ARMED_CLASH) ||
           (are_types(a, b, IM_INCIDENT_OPERATION, IM_INCIDENT_ATTACK) &&
            im_clause_has(text, b->first, IM_LEX_PEOPLE, "suspects") &&
            im_clause_has(text, b->first, IM_LEX_PEOPLE, "security"));
}

/* Whether the events stand for one thing told in one sentence: no place of its own for each. */
static gboolean same_telling(const story *s, const event *a, const event *b)
{
    gboolean related =
        a->type == b->type || (im_event_is_violent(a) && im_event_is_violent(b)) ||
        (im_clause_start(s->text, b->first) <= a->first && is_raid_and_clash(s->text, a, b));
    if (!related || a->sentence != b->sentence || a->planned != b->planned)
        return FALSE;
    guint32 end = s->text->sentences[b->sentence].end;
    return !(im_story_place_between(s, a->end, b->first) && im_story_place_between(s, b->end, end));
}

/* Weapons that are thrown or fired in an assault; a bomb is laid. */
static gboolean is_thrown(const im_text *text, const event *e)
{
    static im_words weapons =
        IM_WORDS("grenade", "grenades", "rocket", "rockets", "mortar", "mortars", "missile",
                 "missiles", "explosive", "granadas", "granada", "cohetes", "morteros");
    return e->type == IM_INCIDENT_EXPLOSION && im_token_is_any(text, e->first, &weapons);
}

static gboolean is_assault(const im_text *text, const event *a, const event *b)
{
    return a->assault || b->assault || (a->type == IM_INCIDENT_ATTACK && is_thrown(text, b)) ||
           (b->type == IM_INCIDENT_ATTACK && is_thrown(text, a));
}

/* "bomb attacks": the last noun tells how many. */
static gboolean is_compound(const event *first, const event *second)
{
    return first->noun && second->noun && first->end == second->first;
}

static void absorb(const im_text *text, event *into, event *e)
{
    if (is_compound(into, e)) {
        into->plural = e->plural;
        into->end = e->end;
    } else {
        into->plural = into->plural && e->plural;
    }
    into->assault = is_assault(text, into, e);
    if (im_event_is_violent(into) && im_event_is_violent(e) && force_of(e) > force_of(into)) {
        into->type = e->type;
        into->weak = e->weak;
    }
    if (e->type == IM_INCIDENT_OPERATION)
        into->type = IM_INCIDENT_OPERATION;
    if (into->act_noun && !e->act_noun) {
        into->act_first = e->act_first;
        into->act_end = e->act_end;
        into->act_noun = FALSE;
    }
    into->weak = into->weak && e->weak;
    into->noun = into->noun && e->noun;
    into->definite = into->definite && e->definite;
    into->until = e->until;
}

static event *told_already(const story *s, guint from, const event *e)
{
    guint least = MAX(from, s->events->len - MIN(s->events->len, IM_REACH_EVENTS));
    for (guint i = s->events->len; i > least; i--)
        if (same_telling(s, s->events->pdata[i - 1], e))
            return s->events->pdata[i - 1];
    return NULL;
}

/* "staging attacks against officials": a habit rather than something that happened. */
static gboolean is_generic(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    if (!e->plural || e->count != IM_UNKNOWN || im_story_place_between(s, range.first, range.end))
        return FALSE;
    for (guint32 t = im_sentence_from(&range, IM_LEX_CASUALTY); t < range.end; t++)
        if (im_text_tag_at(s->text, t, IM_LEX_CASUALTY))
            return FALSE;
    return TRUE;
}

void im_story_find_events(story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    guint from = s->events->len;
    if (im_is_question(s->text, range))
        return;
    for (guint32 t = range->first; t < range->end; t++) {
        const im_tag *trigger = trigger_at(s->text, t);
        event *e = trigger ? event_of(s, trigger) : NULL;
        if (trigger)
            t = trigger->end - 1;
        if (!e)
            continue;
        event *before = told_already(s, from, e);
        if (before)
            absorb(s->text, before, e);
        else
            g_ptr_array_add(s->events, e);
    }
    if (from == s->events->len && range->kind != IM_SENTENCE_BULLET &&
        !im_begins_with_these(s->text, range) && !im_may_be_tally(s, sentence))
        return;
    GArray *amounts = im_story_amounts(s, sentence);
    for (guint i = from; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        event *next = i + 1 < s->events->len ? s->events->pdata[i + 1] : NULL;
        e->until = next ? next->first : range->end;
        im_event_take_count(s, e, amounts);
        e->generic = is_generic(s, e);
        guint before = s->events->len;
        im_story_share_count(s, i, amounts);
        i += s->events->len - before;
    }
    if (from == s->events->len)
        im_story_share_total(s, sentence, amounts);
    if (from == s->events->len && im_may_be_tally(s, sentence))
        im_story_share_tally(s, sentence, amounts);
    if (from == s->events->len)
        im_story_continue_list(s, sentence, amounts);
    if (from == s->events->len)
        im_story_tell_item(s, sentence);
}
