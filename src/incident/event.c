/* Triggers of a sentence → events. */
#include "incident/kinship.h"
#include "incident/priv.h"

#include <stdlib.h>
#include <string.h>

enum { MODAL_REACH = 9, PLAN_REACH = 7, NEGATION_REACH = 5, DENIAL_REACH = 10 };

event *im_event_new(im_incident_type type, guint32 sentence, guint32 first, guint32 end)
{
    event *e = g_new0(event, 1);
    e->type = type;
    e->sentence = sentence;
    e->first = first;
    e->end = e->until = end;
    e->act_first = first;
    e->act_end = end;
    e->count = e->injured = e->arrested = e->abducted = e->dead_high = IM_UNKNOWN;
    for (int role = 0; role < N_ROLES; role++)
        e->dead[role] = IM_UNKNOWN;
    e->mention = IM_NO_MENTION;
    e->status = IM_STATUS_OCCURRED;
    e->quotes = g_array_new(FALSE, FALSE, sizeof(guint32));
    im_event_quote(e, sentence);
    return e;
}

void im_event_free(event *e)
{
    if (!e)
        return;
    g_array_unref(e->quotes);
    g_free(e);
}

event *im_event_copy(const event *e)
{
    event *copy = g_memdup2(e, sizeof *e);
    copy->quotes = g_array_copy(e->quotes);
    return copy;
}

int im_event_dead(const event *e)
{
    int sum = IM_UNKNOWN;
    for (int role = 0; role < N_ROLES; role++)
        if (e->dead[role] != IM_UNKNOWN)
            sum = (sum == IM_UNKNOWN ? 0 : sum) + e->dead[role];
    return sum;
}

gboolean im_event_is_violent(const event *e)
{
    return im_incident_type_is_violent(e->type);
}

void im_event_quote(event *e, guint32 sentence)
{
    guint at = e->quotes->len;
    while (at > 0 && g_array_index(e->quotes, guint32, at - 1) > sentence)
        at--;
    if (at == 0 || g_array_index(e->quotes, guint32, at - 1) != sentence)
        g_array_insert_val(e->quotes, at, sentence);
}

guint im_story_events_from(const story *s, guint32 sentence)
{
    guint low = 0, high = s->events->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (((const event *)s->events->pdata[middle])->sentence < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

im_sentence im_story_around(const story *s, const event *e)
{
    im_sentence range = s->text->sentences[e->sentence];
    range.first = MAX(range.first, e->first - MIN(e->first, IM_REACH_TOKENS));
    range.end = MIN(range.end, e->end + IM_REACH_TOKENS);
    return range;
}

/* The first event that begins at the token or later. */
static guint events_at(const story *s, guint32 token)
{
    guint low = 0, high = s->events->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (((const event *)s->events->pdata[middle])->first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean begins_in(const story *s, guint32 from, guint32 to)
{
    guint at = from < to ? events_at(s, from) : s->events->len;
    return at < s->events->len && ((const event *)s->events->pdata[at])->first < to;
}

gboolean im_story_event_between(const story *s, const event *e, guint32 from, guint32 to)
{
    return begins_in(s, from, MIN(to, e->first)) || begins_in(s, MAX(from, e->first + 1), to);
}

guint32 im_story_mentions_from(const story *s, guint32 token)
{
    guint32 low = 0, high = s->n_mentions;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        if (s->mentions[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gboolean im_tag_extra_has(const im_tag *tag, const char *word)
{
    gsize len = strlen(word);
    for (const char *p = tag->lexeme->extra; (p = strstr(p, word)); p += len)
        if ((p == tag->lexeme->extra || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
            return TRUE;
    return FALSE;
}

const im_sentence *im_sentence_of(const im_text *text, guint32 token)
{
    return &text->sentences[text->tokens[token].sentence];
}

static gboolean ends_clause(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, ';') || im_text_tag_at(text, token, IM_LEX_CONNECTIVE);
}

/* The first token of the clause that holds `token`. */
static guint32 clause_start(const im_text *text, guint32 token)
{
    guint32 first = MAX(im_sentence_of(text, token)->first, token - MIN(token, IM_REACH_TOKENS));
    while (token > first && !ends_clause(text, token))
        token--;
    return token;
}

static guint32 clause_end(const im_text *text, guint32 token)
{
    guint32 end = MIN(im_sentence_of(text, token)->end, token + IM_REACH_TOKENS);
    for (token++; token < end && !ends_clause(text, token); token++)
        ;
    return token;
}

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

const char *im_story_modality(const story *s, guint32 token)
{
    guint32 start = clause_start(s->text, token);
    for (guint32 back = 1; back <= MODAL_REACH && token >= start + back; back++) {
        const im_tag *no = im_text_tag_at(s->text, token - back, IM_LEX_NEGATION);
        gboolean is_lifeless = im_text_tag_at(s->text, token - back, IM_LEX_CASUALTY) != NULL;
        if (no && no->end <= token && back <= NEGATION_REACH && !is_lifeless) /* not "sin vida" */
            return "no";
        const im_tag *modal = im_text_tag_at(s->text, token - back, IM_LEX_MODAL);
        gboolean possible = modal && strcmp(modal->lexeme->value, "hypothesis") == 0;
        if (modal && modal->end <= token && !is_month(s->text, token - back) &&
            (possible || back <= PLAN_REACH))
            return modal->lexeme->value;
    }
    return NULL;
}

/* "The explosion everybody talked about did not happen." */
static gboolean is_denied_behind(const im_text *text, guint32 token)
{
    guint32 end = MIN(token + DENIAL_REACH, im_sentence_of(text, token)->end);
    for (guint32 t = token + 1; t + 1 < end; t++)
        if ((im_token_is(text, t, "did") && im_token_is(text, t + 1, "not")) ||
            (im_token_is(text, t, "no") && im_token_is(text, t + 1, "ocurrio")))
            return TRUE;
    return FALSE;
}

static gboolean clause_has(const im_text *text, guint32 token, im_lexeme_class cls,
                           const char *value)
{
    guint32 end = clause_end(text, token);
    for (guint32 t = clause_start(text, token); t < end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, cls);
        if (tag && (!value || strcmp(tag->lexeme->value, value) == 0))
            return TRUE;
    }
    return FALSE;
}

static gboolean clause_has_other_trigger(const im_text *text, const im_tag *trigger,
                                         const char *type)
{
    const im_sentence *s = im_sentence_of(text, trigger->first);
    for (guint32 t = s->first; t < s->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_TRIGGER);
        if (tag && tag->first != trigger->first && strcmp(tag->lexeme->value, type) == 0)
            return TRUE;
    }
    return FALSE;
}

/* "seized two fishermen", not "seized 40 rifles, the prosecutor said" */
static gboolean has_victim_behind(const im_text *text, guint32 token)
{
    enum { REACH_VICTIM = 6 };
    guint32 end = MIN(token + REACH_VICTIM, im_sentence_of(text, token - 1)->end);
    for (guint32 t = token; t < end && text->tokens[t].kind != IM_TOKEN_PUNCT; t++) {
        if (im_text_tag_at(text, t, IM_LEX_OBJECT) || im_text_tag_at(text, t, IM_LEX_PREPOSITION))
            return FALSE;
        if (im_text_tag_at(text, t, IM_LEX_PEOPLE))
            return TRUE;
    }
    return FALSE;
}

static gboolean need_is_met(const im_text *text, const im_tag *trigger, const char *need)
{
    static const char *const roles[] = {"security", "suspects", "civilians", "people"};
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(need, roles[i]) == 0)
            return clause_has(text, trigger->first, IM_LEX_PEOPLE, need);
    if (strcmp(need, "dead") == 0 || strcmp(need, "injured") == 0)
        return clause_has(text, trigger->first, IM_LEX_CASUALTY, need);
    if (strcmp(need, "strike") == 0)
        return clause_has(text, trigger->first, IM_LEX_STRIKE, NULL);
    if (strcmp(need, "bomb") == 0)
        return clause_has_other_trigger(text, trigger, "explosion");
    if (strcmp(need, "attack") == 0)
        return clause_has_other_trigger(text, trigger, "attack");
    if (strcmp(need, "victim") == 0)
        return has_victim_behind(text, trigger->end);
    if (strcmp(need, "person") == 0)
        return trigger->end < text->n_tokens && text->tokens[trigger->end].shape == IM_SHAPE_TITLE;
    return clause_has(text, trigger->first, IM_LEX_OBJECT, need);
}

static gboolean needs_are_met(const im_text *text, const im_tag *trigger)
{
    const char *needs = strstr(trigger->lexeme->extra, "needs:");
    if (!needs)
        return TRUE;
    g_auto(GStrv) any = g_strsplit(needs + strlen("needs:"), "|", -1);
    for (char **need = any; *need; need++)
        if (need_is_met(text, trigger, *need))
            return TRUE;
    return FALSE;
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
        if (tag->lexeme->cls != IM_LEX_TRIGGER || (found && tag->end < found->end) ||
            !needs_are_met(text, tag))
            continue;
        if (!found || strstr(tag->lexeme->extra, "needs:"))
            found = tag;
    }
    return found;
}

static gboolean is_plural(const im_text *text, const im_tag *trigger)
{
    if (!im_tag_extra_has(trigger, "noun"))
        return FALSE;
    const im_token *last = &text->tokens[trigger->end - 1];
    const char *fold = im_token_fold(text, trigger->end - 1);
    return last->fold_len > 2 && fold[last->fold_len - 1] == 's' && fold[last->fold_len - 2] != 's';
}

static gboolean is_definite(const im_text *text, const im_tag *trigger)
{
    static const char *const articles[] = {"the", "this", "that", "these", "those", "its", "their",
                                           "el",  "la",   "los",  "las",   "dicho", "ese", "este"};
    guint32 first = im_sentence_of(text, trigger->first)->first;
    for (guint32 back = 1; back <= 3 && trigger->first >= first + back; back++)
        for (gsize i = 0; i < G_N_ELEMENTS(articles); i++)
            if (im_token_is(text, trigger->first - back, articles[i]))
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

/* "an attempt with grenades": the weapon of what another word tells. */
static gboolean is_instrument(const im_text *text, const im_tag *trigger)
{
    for (guint32 back = 1; back <= 2 && trigger->first >= back; back++)
        if (im_token_is(text, trigger->first - back, "with") ||
            im_token_is(text, trigger->first - back, "con"))
            return strcmp(trigger->lexeme->value, "explosion") == 0;
    return FALSE;
}

/* A new event for a trigger, or NULL when the text denies or only imagines it. */
static event *event_of(const story *s, const im_tag *trigger)
{
    const char *mood = im_story_modality(s, trigger->first);
    im_incident_type type = im_incident_type_parse(trigger->lexeme->value);
    gboolean planned = mood && strcmp(mood, "plan") == 0 && may_be_planned(type);
    if (!type || in_mention(s, trigger) || (mood && !planned) ||
        is_denied_behind(s->text, trigger->end - 1))
        return NULL;
    event *e =
        im_event_new(type, s->text->tokens[trigger->first].sentence, trigger->first, trigger->end);
    e->noun = e->act_noun = im_tag_extra_has(trigger, "noun");
    e->weak = im_tag_extra_has(trigger, "weak") || is_instrument(s->text, trigger);
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

/* Whether a place that may be the event's stands in tokens from..to-1. */
static gboolean place_between(const story *s, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to; t++)
        if (s->mention_at[t] != IM_NO_MENTION &&
            !(s->mentions[s->mention_at[t]].flags & (IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR)))
            return TRUE;
    return FALSE;
}

static gboolean is_raid_and_clash(const event *a, const event *b)
{
    return (a->type == IM_INCIDENT_OPERATION && b->type == IM_INCIDENT_ARMED_CLASH) ||
           (b->type == IM_INCIDENT_OPERATION && a->type == IM_INCIDENT_ARMED_CLASH);
}

/* Whether the events stand for one thing told in one sentence: no place of its own for each. */
static gboolean same_telling(const story *s, const event *a, const event *b)
{
    gboolean related = a->type == b->type || (im_event_is_violent(a) && im_event_is_violent(b)) ||
                       (is_raid_and_clash(a, b) && clause_start(s->text, b->first) <= a->first);
    if (!related || a->sentence != b->sentence || a->planned != b->planned)
        return FALSE;
    guint32 end = s->text->sentences[b->sentence].end;
    return !(place_between(s, a->end, b->first) && place_between(s, b->end, end));
}

static void absorb(event *into, event *e)
{
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
    into->plural = into->plural && e->plural;
    into->definite = into->definite && e->definite;
    into->until = e->until;
    im_event_free(e);
}

static event *told_already(const story *s, guint from, const event *e)
{
    guint least = MAX(from, s->events->len - MIN(s->events->len, IM_REACH_EVENTS));
    for (guint i = s->events->len; i > least; i--)
        if (same_telling(s, s->events->pdata[i - 1], e))
            return s->events->pdata[i - 1];
    return NULL;
}

static gboolean counts_objects(im_incident_type type)
{
    return type == IM_INCIDENT_ARSON || type == IM_INCIDENT_LOOTING ||
           type == IM_INCIDENT_DISRUPTION;
}

static gboolean counts_events(im_incident_type type)
{
    return type != IM_INCIDENT_NONE && !counts_objects(type) && type != IM_INCIDENT_ARREST &&
           type != IM_INCIDENT_KILLING && type != IM_INCIDENT_KIDNAPPING &&
           type != IM_INCIDENT_DEPLOYMENT;
}

static gboolean object_fits(im_incident_type type, const char *cls)
{
    if (type == IM_INCIDENT_ARSON)
        return strcmp(cls, "vehicle") == 0 || strcmp(cls, "building") == 0;
    if (type == IM_INCIDENT_LOOTING)
        return strcmp(cls, "building") == 0 || strcmp(cls, "vehicle") == 0;
    return strcmp(cls, "flight") == 0 || strcmp(cls, "school") == 0 ||
           strcmp(cls, "transport") == 0;
}

/* Whether the amount says how many of the event there were. */
static gboolean amount_fits(const event *e, const amount *a)
{
    if (a->value < 0 || a->subset || a->used)
        return FALSE;
    if (!a->noun)
        return FALSE;
    const im_lexeme *noun = a->noun->lexeme;
    if (counts_events(e->type))
        return noun->cls == IM_LEX_TRIGGER && a->noun->first <= e->first && e->first < a->noun->end;
    if (counts_objects(e->type))
        return noun->cls == IM_LEX_OBJECT && object_fits(e->type, noun->value);
    if (e->type == IM_INCIDENT_DEPLOYMENT)
        return noun->cls == IM_LEX_PEOPLE && strcmp(noun->value, "security") == 0;
    return FALSE;
}

/* Whether between two counted objects stands only what joins a list. */
static gboolean is_listed(const im_text *text, guint32 from, guint32 to)
{
    gboolean joined = FALSE;
    for (guint32 t = from; t < to; t++) {
        gboolean joint = im_token_is_punct(text, t, ',') || im_token_is(text, t, "and") ||
                         im_token_is(text, t, "y") || im_token_is(text, t, "e") ||
                         im_token_is(text, t, "a");
        joined = joined || joint;
        if (im_text_tag_at(text, t, IM_LEX_TRIGGER) || im_text_tag_at(text, t, IM_LEX_AUXILIARY))
            return FALSE;
    }
    return joined && to - from <= 6;
}

static guint nearest_amount(const event *e, const GArray *amounts)
{
    guint best = amounts->len;
    guint32 best_gap = G_MAXUINT32;
    for (guint i = 0; i < amounts->len; i++) {
        const amount *a = &g_array_index(amounts, amount, i);
        if (!amount_fits(e, a))
            continue;
        guint32 gap = a->first >= e->end ? a->first - e->end : e->first - MIN(a->end, e->first);
        if (gap < best_gap) {
            best = i;
            best_gap = gap;
        }
    }
    return best;
}

static void take_count(const story *s, event *e, GArray *amounts)
{
    guint at = nearest_amount(e, amounts);
    if (at == amounts->len) {
        if (counts_events(e->type) && !e->plural)
            e->count = 1, e->bound = IM_BOUND_EXACT;
        return;
    }
    amount *a = &g_array_index(amounts, amount, at);
    e->count = a->value;
    e->bound = a->bound;
    a->used = TRUE;
    for (guint i = at + 1; counts_objects(e->type) && i < amounts->len; i++) {
        amount *more = &g_array_index(amounts, amount, i);
        if (!amount_fits(e, more) || !is_listed(s->text, (more - 1)->noun->end, more->first))
            break;
        e->count += more->value;
        more->used = TRUE;
    }
}

/* "Guanajuato: 60, all cleared" goes on with what the items before it count. */
static void continue_list(story *s, guint32 sentence, GArray *amounts)
{
    const im_sentence *item = &s->text->sentences[sentence];
    if (item->kind != IM_SENTENCE_BULLET || s->events->len == 0 || amounts->len == 0 ||
        !place_between(s, item->first, item->end))
        return;
    const event *model = s->events->pdata[s->events->len - 1];
    const amount *a = &g_array_index(amounts, amount, 0);
    if (sentence - model->sentence > 2 || a->noun || a->value <= 0 || !counts_events(model->type) ||
        s->mention_at[a->first] != IM_NO_MENTION)
        return;
    event *e = im_event_new(model->type, sentence, a->first, a->end);
    e->implied = TRUE;
    e->until = item->end;
    e->count = a->value;
    e->bound = a->bound;
    g_ptr_array_add(s->events, e);
}

/* The sentence that a list of bullets hangs on: the last one before it, if it ends with a colon. */
static guint32 lead_of(const im_text *text, guint32 item)
{
    while (item > 0 && text->sentences[item].kind == IM_SENTENCE_BULLET)
        item--;
    const im_sentence *lead = &text->sentences[item];
    gboolean opens = lead->kind != IM_SENTENCE_BULLET && lead->end > lead->first &&
                     im_token_is_punct(text, lead->end - 1, ':');
    return opens ? item : IM_NO_SENTENCE;
}

static im_incident_status status_in_sentence(const im_text *text, guint32 sentence)
{
    const im_sentence *range = &text->sentences[sentence];
    for (guint32 t = range->first; t < range->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_STATUS);
        if (tag)
            return im_incident_status_parse(tag->lexeme->value);
    }
    return IM_STATUS_NONE;
}

static gboolean has_negation(const im_text *text, const im_sentence *range)
{
    for (guint32 t = range->first; t < range->end; t++)
        if (im_text_has_tag(text, t, IM_LEX_NEGATION))
            return TRUE;
    return FALSE;
}

/* "Points with an active roadblock: • Uruapan – Carapan, near Carapan • … Already cleared: • …": each item
 * is one of what its lead names, or of what the list before went on with. */
static void tell_item(story *s, guint32 sentence)
{
    const im_sentence *item = &s->text->sentences[sentence];
    guint32 lead = item->kind == IM_SENTENCE_BULLET ? lead_of(s->text, sentence) : IM_NO_SENTENCE;
    if (lead == IM_NO_SENTENCE || s->events->len == 0 ||
        !place_between(s, item->first, item->end) || has_negation(s->text, item))
        return;
    event *model = s->events->pdata[s->events->len - 1];
    im_incident_status status = status_in_sentence(s->text, lead);
    gboolean same_list = model->sentence == lead || (model->list_item && model->sentence > lead);
    gboolean list_before =
        status && model->list_item && lead > model->sentence && lead - model->sentence == 1;
    if ((!same_list && !list_before) || !counts_events(model->type) || model->planned)
        return;
    if (model->sentence == lead && model->count <= 1)
        model->generic = TRUE; /* its items tell it */
    event *e = im_event_new(model->type, sentence, item->first, item->first + 1);
    e->implied = e->list_item = TRUE;
    e->until = item->end;
    e->count = 1;
    e->bound = IM_BOUND_EXACT;
    e->status = status ? status : IM_STATUS_OCCURRED;
    im_event_quote(e, lead);
    g_ptr_array_add(s->events, e);
}

/* "staging attacks against officials": a habit rather than something that happened. */
static gboolean is_generic(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    if (!e->plural || e->count != IM_UNKNOWN || place_between(s, range.first, range.end))
        return FALSE;
    for (guint32 t = range.first; t < range.end; t++)
        if (im_text_tag_at(s->text, t, IM_LEX_CASUALTY))
            return FALSE;
    return TRUE;
}

/* A question tells nothing. */
gboolean im_is_question(const im_text *text, const im_sentence *range)
{
    for (guint32 back = 1; back <= 2 && range->first + back <= range->end; back++)
        if (im_token_is_punct(text, range->end - back, '?'))
            return TRUE;
    return FALSE;
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
            absorb(before, e);
        else
            g_ptr_array_add(s->events, e);
    }
    if (from == s->events->len && range->kind != IM_SENTENCE_BULLET)
        return;
    g_autoptr(GArray) amounts = im_amounts_find(s->text, range->first, range->end);
    for (guint i = from; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        event *next = i + 1 < s->events->len ? s->events->pdata[i + 1] : NULL;
        e->until = next ? next->first : range->end;
        take_count(s, e, amounts);
        e->generic = is_generic(s, e);
    }
    if (from == s->events->len)
        continue_list(s, sentence, amounts);
    if (from == s->events->len)
        tell_item(s, sentence);
}

/* A text in which words of sport outnumber those for victims and forces tells no violence. */
gboolean im_text_is_sport(const im_text *text)
{
    enum { ENOUGH_SPORT = 4 };
    guint sport = 0, grave = 0;
    for (guint32 i = 0; i < text->n_tags; i++) {
        const im_lexeme *lexeme = text->tags[i].lexeme;
        sport += lexeme->cls == IM_LEX_SPORT;
        grave += lexeme->cls == IM_LEX_CASUALTY ||
                 (lexeme->cls == IM_LEX_PEOPLE && strcmp(lexeme->value, "security") == 0);
    }
    return sport >= ENOUGH_SPORT && sport > 2 * grave;
}
