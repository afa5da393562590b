/* Numbers shared out among places: "five in Celaya, two in Irapuato and one in Salamanca". */
#include "incident/priv.h"

#include <string.h>

static gboolean is_in(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("in", "at", "en");
    return im_token_is_any(text, token, &words);
}

/* The "of them" that stands behind a number, or NULL. */
static const im_tag *of_them(const im_text *text, const amount *a)
{
    return im_text_tag_at(text, a->end, IM_LEX_SUBSET);
}

/* The place that a number is told for right behind it: "four in neighbouring Colima", "32 were in Jalisco", "12 of
 * them in Fresnillo"; its first token, or IM_NO_TOKEN. */
static guint32 place_behind(const story *s, const amount *a)
{
    enum { REACH_PLACE = 4 };
    static im_words more = IM_WORDS("more", "others", "mas", "otros", "otras", "were", "was", "are",
                                    "is", "fueron", "estaban", "estan", "occurred", "happened",
                                    "ocurrieron", "se", "produjeron", "registraron");
    static im_words indefinite = IM_WORDS("a", "an", "un", "una");
    const im_text *text = s->text;
    const im_tag *them = of_them(text, a);
    const guint32 end = im_sentence_of(text, a->first)->end;
    guint32 at = them ? them->end : a->noun ? a->noun->end : a->end;
    while (at < end && im_token_is_any(text, at, &more))
        at++;
    if (at >= end || !is_in(text, at))
        return IM_NO_TOKEN;
    for (guint32 t = at + 1; t < MIN(end, at + 1 + REACH_PLACE); t++) {
        if (s->mention_at[t] != IM_NO_MENTION)
            return t;
        if (is_in(text, t) || im_token_is_any(text, t, &indefinite))
            return IM_NO_TOKEN; /* "two in a bar in Celaya" */
    }
    return IM_NO_TOKEN;
}

static gboolean follows_colon(const im_text *text, guint32 token)
{
    return token > 0 && im_token_is_punct(text, token - 1, ':');
}

static gboolean tells_victims(const im_text *text, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to; t++)
        if (im_text_tag_at(text, t, IM_LEX_CASUALTY))
            return TRUE;
    return FALSE;
}

/* As many of an event as the amount says, at another place. */
static event *begin_share(story *s, guint index, const event *of, amount *a)
{
    event *last = s->events->pdata[index];
    event *next = im_event_counted(s, of->type, last->sentence, a, last->until);
    const im_tag *them = of_them(s->text, a);
    next->end = them ? them->end : next->end;
    last->until = a->first;
    a->used = TRUE;
    g_ptr_array_insert(s->events, (int)index + 1, next);
    return next;
}

/* Whether a total has a place in its sentence; where the report was written says nothing. */
static gboolean has_place(const story *s, guint32 from, guint32 to)
{
    enum { NOT_ITS = IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR | IM_MENTION_DATELINE };
    for (guint32 t = from; t < to; t++)
        if (s->mention_at[t] != IM_NO_MENTION && !(s->mentions[s->mention_at[t]].flags & NOT_ITS))
            return TRUE;
    return FALSE;
}

/* A total whose parts are all told, and of which no place is, tells nothing more. */
static void end_total(const story *s, event *head, int sum)
{
    int told = im_counts_events(head->type) ? head->count : im_event_dead(head);
    gboolean placed = has_place(s, s->text->sentences[head->sentence].first, head->until);
    head->total = TRUE;
    head->generic = head->generic || (!placed && (told == sum || told == IM_UNKNOWN));
}

/* "21 roadblocks in Jalisco and another four in Colima", "45 roadblocks: 12 in Culiacán, eight in Mazatlán":
 * the numbers behind the first tell of the same in other places. */
void im_story_share_count(story *s, guint index, GArray *amounts)
{
    event *head = s->events->pdata[index];
    if ((!im_counts_events(head->type) && head->type != IM_INCIDENT_ARSON) || head->planned)
        return;
    const im_sentence *range = &s->text->sentences[head->sentence];
    gboolean total = FALSE;
    int sum = 0;
    for (guint i = im_amounts_from(amounts, head->end); i < amounts->len; i++) {
        const event *last = s->events->pdata[index];
        amount *a = &g_array_index(amounts, amount, i);
        if (im_story_event_between(s, last, last->end, a->first))
            break;
        gboolean fits = a->noun ? im_amount_fits(head, a) : !a->article && !a->used && !a->subset;
        gboolean opens = last == head && follows_colon(s->text, a->first) &&
                         !tells_victims(s->text, range->first, a->first);
        if (!fits || a->value <= 0 || (head->count <= 1 && !(opens || total)) ||
            !(opens || im_story_place_between(s, last->end, a->first)) ||
            place_behind(s, a) == IM_NO_TOKEN)
            continue;
        total = total || opens;
        begin_share(s, index++, head, a);
        sum += a->value;
    }
    if (total)
        end_total(s, head, sum);
}

/* The numbers of people that an event may bear. */
static const gsize people_offsets[] = {
    G_STRUCT_OFFSET(event, injured),
    G_STRUCT_OFFSET(event, arrested),
    G_STRUCT_OFFSET(event, abducted),
    G_STRUCT_OFFSET(event, dead[ROLE_SECURITY]),
    G_STRUCT_OFFSET(event, dead[ROLE_SUSPECTS]),
    G_STRUCT_OFFSET(event, dead[ROLE_CIVILIANS]),
    G_STRUCT_OFFSET(event, dead[ROLE_PEOPLE]),
};

/* The offset of the one that it does bear; 0 when there is none or more than one. */
static gsize people_of(const event *e)
{
    gsize only = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(people_offsets); i++) {
        if (G_STRUCT_MEMBER(int, e, people_offsets[i]) == IM_UNKNOWN)
            continue;
        if (only)
            return 0;
        only = people_offsets[i];
    }
    return only;
}

/* They are so many people, not so many events. */
static void bear_people(event *e, gsize people, int value)
{
    G_STRUCT_MEMBER(int, e, people) = value;
    e->count = IM_UNKNOWN;
    e->bound = IM_BOUND_NONE;
}

/* The last event of the sentence that begins before the token; its index, or the number of events. */
static guint event_before(const story *s, guint32 sentence, guint32 token)
{
    for (guint i = s->events->len; i > im_story_events_from(s, sentence); i--)
        if (((const event *)s->events->pdata[i - 1])->first < token)
            return i - 1;
    return s->events->len;
}

/* Whether a number goes on with a list: behind a comma, an "and", or the colon that opens it. */
static gboolean is_next(const im_text *text, const amount *a)
{
    static im_words joints = IM_WORDS("and", "y", "e", "another", "otros", "otras");
    return a->first > 0 && (im_token_is_punct(text, a->first - 1, ',') ||
                            im_token_is_any(text, a->first - 1, &joints));
}

/* "killed five people in Celaya, two in Irapuato", "eight were killed: five in Celaya and three in Irapuato" */
void im_story_share_victims(story *s, guint32 sentence, GArray *amounts)
{
    event *head = NULL;
    gboolean total = FALSE;
    int sum = 0;
    for (guint i = 1; i < amounts->len; i++) {
        const amount *before = &g_array_index(amounts, amount, i - 1);
        amount *a = &g_array_index(amounts, amount, i);
        gboolean opens = !head && follows_colon(s->text, a->first);
        const gboolean part = a->subset && of_them(s->text, a);
        if (a->used || (a->noun && !part) || a->article || (a->subset && !part) || a->value <= 0 ||
            !before->used ||
            (!opens && !(is_next(s->text, a) &&
                         (part || im_story_place_between(s, before->end, a->first)))) ||
            place_behind(s, a) == IM_NO_TOKEN)
            continue;
        guint at = event_before(s, sentence, a->first);
        if (at == s->events->len)
            continue;
        event *last = s->events->pdata[at];
        const gsize people = people_of(last);
        if (!people)
            continue;
        head = head ? head : last;
        total = total || opens;
        event *share = begin_share(s, at, last, a);
        G_STRUCT_MEMBER(int, share, people) = a->value;
        share->dead_bound = last->dead_bound;
        share->count = im_counts_events(share->type) ? 1 : IM_UNKNOWN;
        share->bound = share->count == 1 ? IM_BOUND_EXACT : IM_BOUND_NONE;
        sum += a->value;
    }
    if (total)
        end_total(s, head, sum);
}

gboolean im_begins_with_these(const im_text *text, const im_sentence *range)
{
    static im_words of = IM_WORDS("of", "de");
    static im_words these =
        IM_WORDS("these", "those", "them", "estos", "estas", "ellos", "ellas", "esos", "esas");
    return range->first + 1 < range->end && im_token_is_any(text, range->first, &of) &&
           im_token_is_any(text, range->first + 1, &these);
}

/* "Of these, 32 were in Jalisco, 18 in Michoacán": what the sentence before counted. */
void im_story_share_total(story *s, guint32 sentence, GArray *amounts)
{
    const im_sentence *range = &s->text->sentences[sentence];
    if (s->events->len == 0 || !im_begins_with_these(s->text, range))
        return;
    event *head = s->events->pdata[s->events->len - 1];
    if (sentence - head->sentence != 1 || !im_counts_events(head->type))
        return;
    for (guint i = 0; i < amounts->len; i++) {
        amount *a = &g_array_index(amounts, amount, i);
        if (a->noun || a->article || a->value <= 0 || place_behind(s, a) == IM_NO_TOKEN)
            continue;
        head->total = TRUE;
        g_ptr_array_add(s->events, im_event_counted(s, head->type, sentence, a, range->end));
    }
}

/* "Culiacán had 27", "Mazatlán six": the place whose number it is stands right before it, its last token;
 * IM_NO_TOKEN. */
static guint32 place_before(const story *s, const amount *a)
{
    static im_words verbs = IM_WORDS("had", "has", "with", "saw", "recorded", "reported", "counted",
                                     "registered", "followed", "con", "tuvo", "tiene", "sumo",
                                     "suma", "registro", "reporto", "acumulo");
    guint32 at = a->first;
    if (at > 0 && im_token_is_any(s->text, at - 1, &verbs))
        at--;
    return at > 0 && s->mention_at[at - 1] != IM_NO_MENTION ? at - 1 : IM_NO_TOKEN;
}

/* The last event, if it is a number of events or victims that the sentence before tells. */
static const event *total_before(const story *s, guint32 sentence)
{
    const event *head =
        s->events->len > 0 ? s->events->pdata[s->events->len - 1] : (const event *)NULL;
    if (!head || sentence - head->sentence != 1 || head->planned)
        return NULL;
    return people_of(head) || (im_counts_events(head->type) && head->count > 1) ? head : NULL;
}

/* Whether the sentence may tell the parts of a total in the sentence before. */
gboolean im_may_be_tally(const story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    if (!total_before(s, sentence) || im_sentence_has(range, IM_CLASS_BIT(IM_LEX_CASUALTY)))
        return FALSE;
    const guint32 second = im_story_mentions_from(s, range->first) + 1;
    return second < s->n_mentions && s->mentions[second].first < range->end;
}

/* "Forty-four were murdered in Sinaloa. Culiacán had 27 of the cases, Mazatlán six": two at least. */
void im_story_share_tally(story *s, guint32 sentence, GArray *amounts)
{
    const event *head = total_before(s, sentence);
    guint n = 0;
    for (guint i = 0; head && i < amounts->len; i++) {
        const amount *a = &g_array_index(amounts, amount, i);
        n += !a->noun && !a->article && a->value > 0 && place_before(s, a) != IM_NO_TOKEN;
    }
    if (n < 2)
        return;
    const gsize people = people_of(head);
    for (guint i = 0; i < amounts->len; i++) {
        const amount *a = &g_array_index(amounts, amount, i);
        if (a->noun || a->article || a->value <= 0 || place_before(s, a) == IM_NO_TOKEN)
            continue;
        event *share = im_event_counted(s, head->type, sentence, a, a->end);
        share->mention = s->mention_at[place_before(s, a)];
        if (people)
            bear_people(share, people, a->value);
        g_ptr_array_add(s->events, share);
    }
}

/* "Celaya: 11" is nothing but that. */
static gboolean is_all_of_item(const im_sentence *item, const amount *a)
{
    enum { REACH_PLACE = 8, REACH_END = 2 };
    return a->first <= item->first + REACH_PLACE && item->end <= a->end + REACH_END;
}

/* "Guanajuato: 60, all cleared" goes on with what the items before it count. */
void im_story_continue_list(story *s, guint32 sentence, GArray *amounts)
{
    const im_sentence *item = &s->text->sentences[sentence];
    if (item->kind != IM_SENTENCE_BULLET || s->events->len == 0 || amounts->len == 0 ||
        !im_story_place_between(s, item->first, item->end))
        return;
    const event *model = s->events->pdata[s->events->len - 1];
    const gsize people = im_counts_events(model->type) ? 0 : people_of(model);
    const amount *a = &g_array_index(amounts, amount, 0);
    const gboolean told =
        a->first > item->first && (s->text->tokens[a->first - 1].kind == IM_TOKEN_PUNCT ||
                                   s->mention_at[a->first - 1] != IM_NO_MENTION ||
                                   im_text_has_tag(s->text, a->first - 1, IM_LEX_FUNCTION));
    if (!told || sentence - model->sentence > 2 || a->noun || a->value <= 0 ||
        (!im_counts_events(model->type) && !(people && is_all_of_item(item, a))) ||
        s->mention_at[a->first] != IM_NO_MENTION)
        return;
    event *next = im_event_counted(s, model->type, sentence, a, item->end);
    if (people)
        bear_people(next, people, a->value);
    g_ptr_array_add(s->events, next);
}
