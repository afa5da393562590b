/* How many of an event there were, and the places of a list that tells of each. */
#include "incident/priv.h"

#include <string.h>

gboolean im_counts_objects(im_incident_type type)
{
    return type == IM_INCIDENT_ARSON || type == IM_INCIDENT_LOOTING ||
           type == IM_INCIDENT_DISRUPTION;
}

gboolean im_counts_events(im_incident_type type)
{
    return type != IM_INCIDENT_NONE && !im_counts_objects(type) && type != IM_INCIDENT_ARREST &&
           type != IM_INCIDENT_KILLING && type != IM_INCIDENT_KIDNAPPING &&
           type != IM_INCIDENT_DEPLOYMENT;
}

static gboolean object_fits(im_incident_type type, const im_lexeme *object)
{
    if (type == IM_INCIDENT_ARSON || type == IM_INCIDENT_LOOTING)
        return im_value_is(object, "vehicle") || im_value_is(object, "building");
    return im_value_is(object, "flight") || im_value_is(object, "school") ||
           im_value_is(object, "transport");
}

gboolean im_amount_fits(const event *e, const amount *a)
{
    if (a->value < 0 || a->subset || a->used)
        return FALSE;
    if (!a->noun)
        return FALSE;
    const im_tag *noun = a->noun;
    if (im_counts_events(e->type))
        return noun->cls == IM_LEX_TRIGGER && noun->first < e->end && e->first < noun->end;
    if (im_counts_objects(e->type))
        return noun->cls == IM_LEX_OBJECT && object_fits(e->type, noun->lexeme);
    if (e->type == IM_INCIDENT_DEPLOYMENT)
        return noun->cls == IM_LEX_PEOPLE && im_value_is(noun->lexeme, "security");
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

static guint nearest_amount(const im_text *text, const event *e, const GArray *amounts)
{
    guint best = amounts->len;
    guint32 best_gap = G_MAXUINT32;
    const guint32 first = e->first - MIN(e->first, (guint32)IM_REACH_TOKENS);
    for (guint i = im_amounts_from(amounts, first); i < amounts->len; i++) {
        const amount *a = &g_array_index(amounts, amount, i);
        if (a->first > e->end + IM_REACH_TOKENS)
            break;
        if (!im_amount_fits(e, a) || (e->type == IM_INCIDENT_DEPLOYMENT &&
                                      im_text_has_tag(text, a->noun->end, IM_LEX_CASUALTY)))
            continue; /* "dos militares lesionados" were not sent */
        guint32 gap = a->first >= e->end ? a->first - e->end : e->first - MIN(a->end, e->first);
        if (gap < best_gap) {
            best = i;
            best_gap = gap;
        }
    }
    return best;
}

GArray *im_story_amounts(story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    if (s->amounts_of != sentence) {
        g_array_set_size(s->amounts, 0);
        im_amounts_find(s->text, range->first, range->end, s->amounts);
        s->amounts_of = sentence;
    }
    for (guint i = 0; i < s->amounts->len; i++)
        g_array_index(s->amounts, amount, i).used = FALSE;
    return s->amounts;
}

/* "the bus", "su camioneta": one thing that can burn, by a word of its own before it. */
static gboolean is_one_thing(const im_text *text, guint32 token)
{
    static im_words one = IM_WORDS("the", "his", "her", "its", "el", "la", "su");
    const im_tag *thing = im_text_tag_at(text, token + 1, IM_LEX_OBJECT);
    return im_token_is_any(text, token, &one) && thing &&
           !g_str_has_suffix(thing->lexeme->phrase, "s") &&
           object_fits(IM_INCIDENT_ARSON, thing->lexeme);
}

/* "The bus was burned", "quemaron la tienda", "despojaron de su unidad a un chofer y la incendiaron" */
static gboolean burns_one_thing(const im_text *text, const event *e)
{
    enum { REACH_THING = 8 };
    static im_words clitics = IM_WORDS("la", "lo");
    const guint32 first = im_sentence_of(text, e->first)->first;
    if (e->type != IM_INCIDENT_ARSON || e->noun)
        return FALSE;
    if (is_one_thing(text, e->end))
        return TRUE;
    if (e->first > first && text->language == IM_LANGUAGE_ES &&
        im_token_is_any(text, e->first - 1, &clitics))
        return TRUE;
    const im_tag *aux = im_auxiliary_before(text, e->first, first);
    if (!aux || !im_value_is(aux->lexeme, "singular"))
        return FALSE;
    for (guint32 back = 1; back <= REACH_THING && aux->first >= first + back; back++)
        if (is_one_thing(text, aux->first - back))
            return TRUE;
    return FALSE;
}

/* "took three teachers from their homes": who were taken stand before the words that tell where from. */
static void count_taken(const im_text *text, event *e, GArray *amounts)
{
    const im_tag *trigger =
        e->type == IM_INCIDENT_KIDNAPPING ? im_text_tag_at(text, e->first, IM_LEX_TRIGGER) : NULL;
    if (!trigger || !strstr(trigger->lexeme->extra, "needs:taken") ||
        im_clause_has(text, e->first, IM_LEX_CASUALTY, "abducted"))
        return;
    for (guint i = im_amounts_from(amounts, e->first); i > 0; i--) {
        amount *a = &g_array_index(amounts, amount, i - 1);
        if (im_clause_ends_between(text, a->end, e->first))
            return;
        if (!a->noun || a->noun->cls != IM_LEX_PEOPLE || a->subset || a->value <= 0 ||
            im_is_earlier_figure(text, a->first))
            continue;
        e->abducted = a->value;
        a->used = TRUE;
        return;
    }
}

void im_event_take_count(const story *s, event *e, GArray *amounts)
{
    count_taken(s->text, e, amounts);
    guint at = nearest_amount(s->text, e, amounts);
    if (at == amounts->len) {
        if ((im_counts_events(e->type) && !e->plural) || burns_one_thing(s->text, e))
            e->count = 1, e->bound = IM_BOUND_EXACT;
        return;
    }
    amount *a = &g_array_index(amounts, amount, at);
    e->count = a->value;
    e->bound = a->bound;
    a->used = TRUE;
    for (guint i = at + 1; im_counts_objects(e->type) && i < amounts->len; i++) {
        amount *more = &g_array_index(amounts, amount, i);
        if (!im_amount_fits(e, more) ||
            im_story_place_between(s, (more - 1)->noun->end, more->first) ||
            !is_listed(s->text, (more - 1)->noun->end, more->first))
            break;
        e->count += more->value;
        more->used = TRUE;
    }
}

event *im_event_counted(const story *s, im_incident_type type, guint32 sentence, const amount *a,
                        guint32 until)
{
    event *e = im_event_new(s, type, sentence, a->first, a->end);
    e->implied = TRUE;
    e->until = until;
    e->count = a->value;
    e->bound = a->bound;
    return e;
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
    for (guint32 t = im_sentence_from(range, IM_LEX_STATUS); t < range->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_STATUS);
        if (tag)
            return im_incident_status_parse(tag->lexeme->value);
    }
    return IM_STATUS_NONE;
}

static gboolean has_negation(const im_text *text, const im_sentence *range)
{
    for (guint32 t = im_sentence_from(range, IM_LEX_NEGATION); t < range->end; t++)
        if (im_text_has_tag(text, t, IM_LEX_NEGATION))
            return TRUE;
    return FALSE;
}

/* "Points with an active roadblock: • Uruapan – Carapan, near Carapan • … Already cleared: • …": each item
 * is one of what its lead names, or of what the list before went on with. */
void im_story_tell_item(story *s, guint32 sentence)
{
    const im_sentence *item = &s->text->sentences[sentence];
    guint32 lead = item->kind == IM_SENTENCE_BULLET ? lead_of(s->text, sentence) : IM_NO_SENTENCE;
    if (lead == IM_NO_SENTENCE || s->events->len == 0 ||
        !im_story_place_between(s, item->first, item->end) || has_negation(s->text, item))
        return;
    event *model = s->events->pdata[s->events->len - 1];
    im_incident_status status = status_in_sentence(s->text, lead);
    gboolean same_list = model->sentence == lead || (model->list_item && model->sentence > lead);
    gboolean list_before =
        status && model->list_item && lead > model->sentence && lead - model->sentence == 1;
    if ((!same_list && !list_before) || !im_counts_events(model->type) || model->planned)
        return;
    if (model->sentence == lead && model->count <= 1)
        model->generic = TRUE; /* its items tell it */
    event *e = im_event_new(s, model->type, sentence, item->first, item->first + 1);
    e->implied = e->list_item = TRUE;
    e->until = item->end;
    e->count = 1;
    e->bound = IM_BOUND_EXACT;
    e->status = status ? status : IM_STATUS_OCCURRED;
    im_event_quote(e, lead);
    g_ptr_array_add(s->events, e);
}
