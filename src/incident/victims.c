/* Who died, was hurt, arrested or taken, and which event bears it. */
#include "incident/priv.h"

#include <string.h>

typedef enum fate {
    FATE_NONE = 0,
    FATE_DEAD,
    FATE_INJURED,
    FATE_ARRESTED,
    FATE_ABDUCTED,
} fate;

/* One telling of victims. */
typedef struct toll {
    fate what;
    int role;
    int value, high;
    im_count_bound bound;
    gboolean additional;
    amount *from;    /* its number, when a list may go on behind it; or NULL */
    amount *before;  /* its number, when a list may lead up to it; or NULL */
    gboolean single; /* one person by the grammar alone: "he was wounded" */
    gboolean active; /* somebody killed them: "gunmen killed two" */
    gboolean total;  /* of all so far: "rose to nine" */
} toll;

/* What one sentence has told so far. */
typedef struct telling {
    GArray *amounts;
    toll last;        /* the toll before, what IM_UNKNOWN where none */
    guint32 last_end; /* token behind its word */
    event *last_event;
} telling;

static fate fate_of(const im_tag *tag)
{
    const im_lexeme *word = tag->lexeme;
    return im_value_is(word, "dead")       ? FATE_DEAD
           : im_value_is(word, "injured")  ? FATE_INJURED
           : im_value_is(word, "arrested") ? FATE_ARRESTED
           : im_value_is(word, "abducted") ? FATE_ABDUCTED
                                           : FATE_NONE;
}

static int role_named(const im_tag *people)
{
    const im_lexeme *word = people->lexeme;
    return im_value_is(word, "security")    ? ROLE_SECURITY
           : im_value_is(word, "suspects")  ? ROLE_SUSPECTS
           : im_value_is(word, "civilians") ? ROLE_CIVILIANS
                                            : ROLE_PEOPLE;
}

/* "members of Mexico's National Guard": the people behind the "of" say who they were. */
static int role_behind_of(const im_text *text, guint32 token)
{
    enum { REACH_OF = 6 };
    if (!im_token_is(text, token, "of") && !im_token_is(text, token, "de") &&
        !im_token_is(text, token, "del"))
        return ROLE_PEOPLE;
    guint32 end = MIN(token + REACH_OF, im_sentence_of(text, token)->end);
    for (guint32 t = token + 1; t < end; t++) {
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE);
        if (people)
            return role_named(people);
        if (text->tokens[t].kind == IM_TOKEN_PUNCT)
            break;
    }
    return ROLE_PEOPLE;
}

/* Of a victim that im_is_single_victim() told of. */
static int role_of_single(const im_text *text, const im_tag *tag, guint32 first)
{
    const im_tag *person = im_single_victim_noun(text, tag, first);
    return person ? role_named(person) : ROLE_PEOPLE;
}

static int role_of(const im_text *text, const amount *a, int role_before)
{
    if (!a->noun || a->noun->cls != IM_LEX_PEOPLE)
        return a->additional ? role_before : ROLE_PEOPLE;
    int role = role_named(a->noun);
    if (role == ROLE_PEOPLE)
        role = role_behind_of(text, a->noun->end);
    gboolean others = strcmp(a->noun->lexeme->phrase, "others") == 0 ||
                      strcmp(a->noun->lexeme->phrase, "otros") == 0 ||
                      strcmp(a->noun->lexeme->phrase, "otras") == 0;
    return role == ROLE_PEOPLE && others ? role_before : role;
}

const im_tag *im_auxiliary_before(const im_text *text, guint32 token, guint32 first)
{
    for (guint32 back = 1; back <= 3 && token >= first + back; back++) {
        const im_tag *tag = im_text_tag_at(text, token - back, IM_LEX_AUXILIARY);
        if (tag)
            return tag;
        if (im_text_tag_at(text, token - back, IM_LEX_CASUALTY))
            return NULL;
    }
    return NULL;
}

/* Whether a number without a known noun stands for people: nothing else that it counts follows
 * ("killing four, including", not "in six incidents"). */
static gboolean is_elliptic(const im_text *text, const amount *a)
{
    if (a->article || a->end >= text->n_tokens || text->tokens[a->end].kind != IM_TOKEN_WORD)
        return TRUE;
    static const im_lexeme_class grammar[] = {IM_LEX_FUNCTION,    IM_LEX_AUXILIARY,
                                              IM_LEX_CASUALTY,    IM_LEX_CONNECTIVE,
                                              IM_LEX_PREPOSITION, IM_LEX_WEEKDAY};
    for (gsize i = 0; i < G_N_ELEMENTS(grammar); i++)
        if (im_text_has_tag(text, a->end, grammar[i]))
            return TRUE;
    return FALSE;
}

/* "61 homicides", "63 arrests": as many people. */
static gboolean is_fate_noun(const im_text *text, guint32 token)
{
    const im_tag *tag = im_text_tag_at(text, token, IM_LEX_CASUALTY);
    return tag && im_extra_is(tag->lexeme, "noun");
}

static gboolean counts_people(const im_text *text, const amount *a)
{
    if (a->used || a->subset)
        return FALSE;
    return !a->noun ? is_elliptic(text, a)
                    : a->noun->cls == IM_LEX_PEOPLE || is_fate_noun(text, a->noun->first);
}

static guint32 amount_end(const amount *a)
{
    return a->noun ? a->noun->end : a->end;
}

static gboolean casualty_between(const im_text *text, guint32 from, guint32 to)
{
    for (guint32 t = from; t < to; t++)
        if (im_text_tag_at(text, t, IM_LEX_CASUALTY))
            return TRUE;
    return FALSE;
}

enum { REACH_BEFORE = 16, REACH_AFTER = 9 };

/* "four of his bodyguards" */
static gboolean is_of_group(const im_text *text, const amount *a)
{
    return im_token_is(text, a->end, "of") || im_token_is(text, a->end, "de");
}

/* "kidnapped two engineers", "mataron a dos comuneros": whom a verb like this befalls are people, known to a
 * lexicon or not. */
static gboolean is_bare_object(const im_text *text, const amount *a, guint32 token)
{
    guint32 at = token + (text->language == IM_LANGUAGE_ES && im_token_is(text, token, "a"));
    const im_tag *bound = im_text_tag_at(text, at, IM_LEX_BOUND);
    if (bound)
        at = bound->end;
    return a->first == at && !a->noun && !a->used && !a->subset && !a->article && a->value > 0;
}

/* "two engineers, who had been kidnapped": a clause of its own between, but about those counted. */
static gboolean is_cut_off(const im_text *text, const amount *a, guint32 token)
{
    static im_words relatives = IM_WORDS("who", "quienes");
    guint32 end = amount_end(a), at = end + im_token_is_punct(text, end, ',');
    if (!a->noun || !im_token_is_any(text, at, &relatives) ||
        !im_text_has_tag(text, at + 1, IM_LEX_AUXILIARY))
        return im_clause_ends_between(text, a->end, token);
    return im_clause_ends_between(text, a->end, end) || im_clause_ends_between(text, at + 1, token);
}

static amount *amount_before(const im_text *text, GArray *amounts, guint32 token)
{
    for (guint i = im_amounts_from(amounts, token); i > 0; i--) {
        amount *a = &g_array_index(amounts, amount, i - 1);
        if (amount_end(a) > token + 1 && !(a->noun && a->noun->first == token))
            continue;
        guint32 gap = token - MIN(amount_end(a), token);
        if (gap > REACH_BEFORE || is_cut_off(text, a, token) ||
            casualty_between(text, MIN(amount_end(a), token), token))
            return NULL;
        if (counts_people(text, a) && (a->noun || gap <= 3 || is_of_group(text, a)))
            return a;
    }
    return NULL;
}

static amount *amount_after(const im_text *text, GArray *amounts, guint32 token)
{
    for (guint i = im_amounts_from(amounts, token); i < amounts->len; i++) {
        amount *a = &g_array_index(amounts, amount, i);
        if (a->first - token > REACH_AFTER || im_clause_ends_between(text, token, a->first) ||
            casualty_between(text, token, a->first))
            return NULL;
        const gboolean owns =
            im_token_is(text, a->first - 1, "of") || im_token_is(text, a->first - 1, "de");
        if (!owns && im_text_tag_at(text, amount_end(a), IM_LEX_AUXILIARY))
            return NULL; /* the subject of a verb of its own, but "the bodies of two men were found" */
        if (!a->noun && text->language == IM_LANGUAGE_EN &&
            im_token_is_punct(text, a->first - 1, ',') &&
            im_text_has_tag(text, a->end, IM_LEX_CASUALTY))
            return NULL; /* "five killed, 22 injured" */
        if (is_bare_object(text, a, token) ||
            (counts_people(text, a) && (a->noun || a->first - token <= 3)))
            return a;
        if (a->noun && a->noun->cls != IM_LEX_PEOPLE)
            return NULL;
    }
    return NULL;
}

/* "tres agresores abatidos y un policía lesionado": in Spanish a participle stands behind its noun. */
static gboolean is_participle_behind(const im_text *text, GArray *amounts, const im_tag *tag)
{
    const char *word = im_token_fold(text, tag->end - 1);
    const amount *before = amount_before(text, amounts, tag->first);
    return text->language == IM_LANGUAGE_ES && before && amount_end(before) == tag->first &&
           (g_str_has_suffix(word, "dos") || g_str_has_suffix(word, "das") ||
            g_str_has_suffix(word, "do") || g_str_has_suffix(word, "da"));
}

/* "fue acribillado por dos sujetos": who did it. */
static gboolean is_doer(const im_text *text, const amount *a, guint32 from)
{
    static im_words by = IM_WORDS("by", "por");
    for (guint32 t = from; a && t < a->first; t++)
        if (im_token_is_any(text, t, &by))
            return TRUE;
    return FALSE;
}

/* "two decapitated men", "two charred bodies": between a number and what it counts. */
static amount *attributed(const im_text *text, GArray *amounts, const im_tag *tag)
{
    const guint i = im_amounts_from(amounts, tag->first);
    amount *a = i > 0 ? &g_array_index(amounts, amount, i - 1) : NULL;
    const fate what = fate_of(tag);
    return a && a->end == tag->first && a->noun && a->noun->first >= tag->first &&
                   a->noun->first <= tag->end && counts_people(text, a) &&
                   (what == FATE_DEAD || what == FATE_INJURED)
               ? a
               : NULL;
}

/* The amount that a casualty word tells of, by where the word's victims stand. */
static amount *victims_of(const im_text *text, GArray *amounts, const im_tag *tag, guint32 first,
                          gboolean *active)
{
    const im_lexeme *word = tag->lexeme;
    *active = FALSE;
    amount *within = attributed(text, amounts, tag);
    if (within || im_extra_is(word, "owned"))
        return within;
    if (im_extra_is(word, "object")) {
        if (is_participle_behind(text, amounts, tag))
            return amount_before(text, amounts, tag->first);
        gboolean passive = im_auxiliary_before(text, tag->first, first) != NULL;
        amount *before = amount_before(text, amounts, tag->first);
        amount *after = amount_after(text, amounts, tag->end);
        if (passive)
            return before || is_doer(text, after, tag->end) ? before : after;
        *active = after != NULL;
        return after ? after : before;
    }
    if (im_extra_is(word, "noun")) {
        amount *after = im_token_is(text, tag->end, "of") ||
                                im_token_is(text, tag->end - 1, "of") ||
                                im_token_is(text, tag->end - 1, "de")
                            ? amount_after(text, amounts, tag->end)
                            : NULL;
        return after ? after : amount_before(text, amounts, tag->first);
    }
    amount *before = amount_before(text, amounts, tag->first);
    if (before && tag->first <= amount_end(before) + 2)
        return before;
    amount *after = amount_after(text, amounts, tag->end);
    return after && (!before || after->first - tag->end < tag->first - amount_end(before)) ? after
                                                                                           : before;
}

static void add(int *total, int value, gboolean sum)
{
    *total = sum && *total != IM_UNKNOWN ? *total + value : MAX(*total, value);
}

/* Adds the dead to an event: roles in one sentence add up, a later sentence updates. */
static void bear_dead(event *e, const toll *t, gboolean same_sentence)
{
    int told = im_event_dead(e);
    if (!same_sentence && !t->additional && told != IM_UNKNOWN && t->role != ROLE_PEOPLE &&
        e->dead[t->role] == IM_UNKNOWN && t->value <= told)
        return; /* who the dead were, told again */
    if (!same_sentence && !t->additional && t->role == ROLE_PEOPLE && told != IM_UNKNOWN &&
        t->value <= told)
        return;
    gboolean sum = t->additional || (same_sentence && !t->total && e->dead[t->role] != IM_UNKNOWN);
    add(&e->dead[t->role], t->value, sum);
    e->dead_bound = t->bound;
    if (t->high > t->value)
        e->dead_high = im_event_dead(e) + t->high - t->value;
}

static void bear(event *e, const toll *t, guint32 sentence)
{
    gboolean same = e->sentence == sentence;
    if (t->what == FATE_DEAD)
        bear_dead(e, t, same);
    else if (t->what == FATE_INJURED)
        add(&e->injured, t->value, t->additional || same);
    else if (t->what == FATE_ARRESTED)
        add(&e->arrested, t->value, t->additional || same);
    else
        add(&e->abducted, t->value, t->additional || same);
    im_event_quote(e, sentence);
}

static gboolean can_bear(const event *e, fate what)
{
    if (e->generic || e->planned)
        return FALSE;
    if (what == FATE_ARRESTED)
        return e->type == IM_INCIDENT_ARREST;
    if (what == FATE_ABDUCTED)
        return e->type == IM_INCIDENT_KIDNAPPING;
    return im_event_is_violent(e) || e->type == IM_INCIDENT_OPERATION;
}

static guint32 token_gap(const event *e, guint32 token)
{
    return token >= e->first ? token - e->first : e->first - token;
}

/* The event of the sentence that bears victims told at `token`. */
static event *bearer_in(const story *s, guint32 sentence, guint32 token, fate what)
{
    event *best = NULL;
    guint32 best_gap = G_MAXUINT32;
    const guint at = im_story_events_at(s, token), most = at + IM_REACH_EVENTS;
    guint i = MAX(im_story_events_from(s, sentence), at - MIN(at, (guint)IM_REACH_EVENTS));
    for (; i < MIN(s->events->len, most); i++) {
        event *e = s->events->pdata[i];
        if (!can_bear(e, what))
            continue;
        guint32 gap = token_gap(e, token) + (e->type == IM_INCIDENT_OPERATION ? 4 : 0);
        if (gap < best_gap) {
            best = e;
            best_gap = gap;
        }
    }
    return best;
}

static gboolean has_place(const story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    for (guint32 t = range->first; t < range->end; t++)
        if (s->mention_at[t] != IM_NO_MENTION &&
            !(s->mentions[s->mention_at[t]].flags & IM_MENTION_ACTOR))
            return TRUE;
    return FALSE;
}

static gboolean is_place_token(const story *s, guint32 t)
{
    guint32 m = s->mention_at[t];
    return m != IM_NO_MENTION &&
           !(s->mentions[m].flags & (IM_MENTION_ACTOR | IM_MENTION_AS_CONTAINER));
}

/* Whether victims told at `tag` have a place of their own behind them, other than the event's:
 * "thirty were killed in Jalisco and four others were killed in Michoacán". */
static gboolean is_elsewhere(const story *s, const event *e, const im_tag *tag, guint32 told_until)
{
    gboolean between = FALSE, behind = FALSE;
    guint32 end = s->text->sentences[e->sentence].end;
    for (guint32 t = told_until ? MIN(told_until, e->end) : e->end; t < tag->first; t++)
        between = between || is_place_token(s, t);
    for (guint32 t = tag->end; t < end && !behind; t++) {
        if (im_text_tag_at(s->text, t, IM_LEX_CASUALTY) ||
            im_text_tag_at(s->text, t, IM_LEX_TRIGGER) || im_token_is_punct(s->text, t, ';'))
            break;
        behind = is_place_token(s, t);
    }
    return between && behind;
}

/* The event before a sentence that tells victims but nothing of what happened. */
static event *bearer_before(const story *s, guint32 sentence, fate what)
{
    enum { REACH_SENTENCES = 2 };
    if (what == FATE_ABDUCTED || what == FATE_ARRESTED || has_place(s, sentence))
        return NULL;
    for (guint i = im_story_events_from(s, sentence); i > 0; i--) {
        event *e = s->events->pdata[i - 1];
        if (sentence - e->sentence > REACH_SENTENCES)
            return NULL;
        gboolean near =
            e->sentence < sentence && sentence - e->sentence <= REACH_SENTENCES &&
            s->text->sentences[e->sentence].paragraph == s->text->sentences[sentence].paragraph;
        if (near && can_bear(e, what))
            return e;
    }
    return NULL;
}

static im_incident_type implied_type(const toll *t)
{
    if (t->what == FATE_ARRESTED)
        return IM_INCIDENT_ARREST;
    if (t->what == FATE_ABDUCTED)
        return IM_INCIDENT_KIDNAPPING;
    return t->active ? IM_INCIDENT_ATTACK : IM_INCIDENT_KILLING;
}

static event *imply_event(story *s, const im_tag *tag, guint32 sentence, const toll *t)
{
    event *e = im_event_new(s, implied_type(t), sentence, tag->first, tag->end);
    e->implied = TRUE;
    e->until = s->text->sentences[sentence].end;
    if (e->type == IM_INCIDENT_ATTACK)
        e->count = 1, e->bound = IM_BOUND_EXACT;
    const guint at = im_story_events_at(s, tag->first);
    if (at > 0) {
        event *before = s->events->pdata[at - 1];
        if (before->sentence == sentence)
            before->until = MIN(before->until, tag->first);
    }
    g_ptr_array_insert(s->events, (int)at, e);
    return e;
}

static event *place_toll(story *s, const im_tag *tag, guint32 sentence, const toll *t,
                         const telling *told)
{
    event *e = bearer_in(s, sentence, tag->first, t->what);
    if (e && is_elsewhere(s, e, tag, told->last_event == e ? told->last_end : 0))
        e = NULL;
    else if (!e)
        e = bearer_before(s, sentence, t->what);
    if (!e && t->what != FATE_INJURED &&
        !(t->what == FATE_DEAD && im_sentence_tells_mishap(s->text, &s->text->sentences[sentence])))
        e = imply_event(s, tag, sentence, t);
    if (e)
        bear(e, t, sentence);
    return e;
}

static gboolean is_joined(const im_text *text, guint32 token)
{
    return im_token_is_punct(text, token, ',') || im_token_is(text, token, "and") ||
           im_token_is(text, token, "y") || im_token_is(text, token, "e");
}

/* The amount that goes on with a list of victims after `a`: "a guard, an agent and a woman"; NULL
 * at its end. "three men and two women were wounded" ends it: the women belong to the last word;
 * not when what they are `owned` by is told, "the bodies of three men and a woman were found". */
static amount *next_listed(const im_text *text, GArray *amounts, const amount *a, gboolean owned)
{
    enum { REACH_LIST = 8 };
    guint32 from = amount_end(a);
    for (guint i = im_amounts_from(amounts, a->first + 1); i < amounts->len; i++) {
        amount *b = &g_array_index(amounts, amount, i);
        if (!counts_people(text, b) || !b->noun || b->value < 0 || b->first - from > REACH_LIST ||
            im_clause_ends_between(text, from, b->first) ||
            casualty_between(text, from, b->first) || !is_joined(text, b->first - 1) ||
            im_text_tag_at(text, b->noun->end, IM_LEX_CASUALTY) ||
            (!owned && im_text_tag_at(text, b->noun->end, IM_LEX_AUXILIARY)))
            return NULL;
        return b;
    }
    return NULL;
}

/* "the 25 guards": a number told before, taken up again. */
static gboolean is_taken_up(const story *s, const amount *a)
{
    static im_words articles = IM_WORDS("the", "los", "las", "these", "those", "estos");
    const gboolean definite = a->first > 0 && im_token_is_any(s->text, a->first - 1, &articles);
    for (guint back = 1; definite && back <= MIN(s->events->len, (guint)IM_REACH_EVENTS); back++)
        if (im_event_dead(s->events->pdata[s->events->len - back]) == a->value)
            return TRUE;
    return FALSE;
}

/* "three were wounded and later died": the same people. */
static gboolean shares_people(const im_text *text, const telling *told, const im_tag *tag)
{
    enum { REACH_SHARED = 4 };
    if (told->last.what != FATE_INJURED || fate_of(tag) != FATE_DEAD ||
        tag->first - told->last_end > REACH_SHARED)
        return FALSE;
    for (guint32 t = told->last_end; t < tag->first; t++)
        if (im_token_is(text, t, "and") || im_token_is(text, t, "y"))
            return TRUE;
    return FALSE;
}

/* "one of the victims died": of those who were counted before. */
static amount *told_subset(const im_text *text, const GArray *amounts, guint32 token)
{
    enum { REACH_SUBSET = 6 };
    for (guint i = im_amounts_from(amounts, token); i > 0; i--) {
        amount *a = &g_array_index(amounts, amount, i - 1);
        if (token - MIN(a->end, token) > REACH_SUBSET)
            return NULL;
        if (a->subset && !a->used && !im_clause_ends_between(text, a->end, token))
            return a;
    }
    return NULL;
}

/* "dos de ellos fueron aprehendidos": all whom it befell, as far as was told; of the dead, when the abducted were. */
static gboolean is_first_told(const story *s, fate what)
{
    gboolean abducted = FALSE;
    for (guint i = 0; i < s->events->len; i++) {
        const event *e = s->events->pdata[i];
        const int told = what == FATE_ARRESTED ? e->arrested
                         : what == FATE_DEAD   ? im_event_dead(e)
                                               : e->abducted;
        if (told != IM_UNKNOWN)
            return FALSE;
        abducted |= e->abducted != IM_UNKNOWN;
    }
    return what == FATE_ARRESTED || what == FATE_ABDUCTED || (what == FATE_DEAD && abducted);
}

static gboolean read_toll(const story *s, const im_tag *tag, guint32 first, const telling *told,
                          toll *t)
{
    amount *a = victims_of(s->text, told->amounts, tag, first, &t->active);
    if (!a) {
        a = im_amount_risen_to(s->text, told->amounts, tag->end);
        t->total = a != NULL;
    }
    t->total |= a && a->risen;
    if (!a && shares_people(s->text, told, tag)) {
        fate what = t->what;
        *t = told->last;
        t->what = what;
        return TRUE;
    }
    amount *subset = a ? NULL : told_subset(s->text, told->amounts, tag->first);
    if (subset && !is_first_told(s, t->what))
        return FALSE;
    a = subset ? subset : a;
    if (!a && im_is_single_victim(s->text, tag, first)) {
        t->value = t->high = 1;
        t->bound = IM_BOUND_EXACT;
        t->single = TRUE;
        t->role = role_of_single(s->text, tag, first);
        t->active = im_extra_is(tag->lexeme, "object") && tag->first > first &&
                    !im_auxiliary_before(s->text, tag->first, first);
        return TRUE;
    }
    if (!a || a->value < 0 || is_taken_up(s, a) || im_is_earlier_figure(s->text, a->first))
        return FALSE;
    const char *mood = im_story_modality(s, a->first);
    if (mood && strcmp(mood, "no") == 0)
        return FALSE;
    a->used = TRUE;
    t->role = role_of(s->text, a, told->last.role);
    t->value = a->value;
    t->high = a->high;
    t->bound = a->bound;
    t->additional = a->additional;
    t->from = a->first >= tag->end ? a : NULL;
    t->before = a->first < tag->first && !t->active ? a : NULL;
    return TRUE;
}

/* One more number of a list of victims; `role` is that of "others" in it. */
static void bear_listed(const story *s, guint32 sentence, event *e, amount *a, fate what, int role)
{
    toll t = {.what = what,
              .role = role_of(s->text, a, role),
              .value = a->value,
              .high = a->high,
              .bound = a->bound,
              .additional = TRUE};
    a->used = TRUE;
    bear(e, &t, sentence);
}

static void read_rest_of_list(const story *s, guint32 sentence, event *e, const toll *head,
                              const telling *told)
{
    amount *a = head->from;
    const gboolean owned =
        a && (im_token_is(s->text, a->first - 1, "of") || im_token_is(s->text, a->first - 1, "de"));
    while (a && (a = next_listed(s->text, told->amounts, a, owned))) {
        bear_listed(s, sentence, e, a, head->what, head->role);
    }
}

/* "four gunmen and a policeman died": the victims before the one next to the word. */
static void read_list_before(const story *s, guint32 sentence, event *e, const toll *nearest,
                             const amount *at, const telling *told)
{
    for (guint i = im_amounts_from(told->amounts, at->first); i > 0; i--) {
        amount *a = &g_array_index(told->amounts, amount, i - 1);
        guint32 end = amount_end(a);
        gboolean listed = a->noun && counts_people(s->text, a) && a->value > 0 && end < at->first &&
                          at->first - end <= 3 && is_joined(s->text, end) &&
                          !casualty_between(s->text, end, at->first);
        if (!listed || casualty_between(s->text, a->first > 2 ? a->first - 2 : 0, a->first))
            return;
        bear_listed(s, sentence, e, a, nearest->what, ROLE_PEOPLE);
        at = a;
    }
}

/* "a woman and her son", behind what befell them or before it. */
static void bear_kin(const story *s, guint32 sentence, event *e, const im_tag *tag, const toll *t)
{
    enum { REACH_KIN = 14 };
    const guint32 end = s->text->sentences[sentence].end;
    const int n = t->before ? im_kin_between(s->text, amount_end(t->before), tag->first)
                  : t->from || t->active
                      ? im_kin_between(s->text, tag->end, MIN(end, tag->end + REACH_KIN))
                      : 0;
    toll kin = {.what = t->what, .role = ROLE_PEOPLE, .value = n, .high = n, .additional = TRUE};
    kin.bound = t->bound;
    if (n > 0)
        bear(e, &kin, sentence);
}

/* "A seis aumentó la cifra luego de que una mujer perdiera la vida": one of those. */
static gboolean is_in_new_total(const im_text *text, const im_sentence *range, const telling *told,
                                fate what)
{
    static im_words verbs = IM_WORDS("rose", "risen", "climbed", "increased", "raising", "bringing",
                                     "subio", "aumento", "ascendio", "elevo", "suman", "sube");
    if (what != FATE_DEAD || told->last.what != FATE_DEAD || !told->last_event)
        return FALSE;
    for (guint32 t = range->first; t < range->end; t++)
        if (im_token_is_any(text, t, &verbs))
            return TRUE;
    return FALSE;
}

/* "the bride was among the dead": counted before. */
static gboolean tells_whom_among(const im_text *text, guint32 token)
{
    static im_words among = IM_WORDS("among", "entre");
    return token > 1 && im_token_is_any(text, token - 2, &among);
}

static void read_casualty(story *s, guint32 sentence, const im_tag *tag, telling *told)
{
    toll t = {.what = fate_of(tag), .role = ROLE_PEOPLE, .value = IM_UNKNOWN};
    if (t.what == FATE_DEAD && told->last.single && told->last.what == FATE_INJURED &&
        told->last_event)
        told->last_event->injured = IM_UNKNOWN; /* "who was wounded, died on the way" */
    if (im_story_modality(s, tag->first) || s->mention_at[tag->first] != IM_NO_MENTION ||
        tells_whom_among(s->text, tag->first) ||
        is_in_new_total(s->text, &s->text->sentences[sentence], told, t.what) ||
        !read_toll(s, tag, s->text->sentences[sentence].first, told, &t))
        return;
    if (t.single && t.what == FATE_INJURED && told->last.what == FATE_INJURED && told->last_event)
        return; /* "was wounded and is being treated" */
    gboolean died_later = t.what == FATE_DEAD && told->last.what == FATE_INJURED &&
                          told->last_event && shares_people(s->text, told, tag);
    if (died_later && told->last_event->injured >= t.value)
        told->last_event->injured =
            told->last_event->injured == t.value ? IM_UNKNOWN : told->last_event->injured - t.value;
    told->last_event = place_toll(s, tag, sentence, &t, told);
    told->last = t;
    told->last_end = tag->end;
    if (!told->last_event)
        return;
    read_rest_of_list(s, sentence, told->last_event, &t, told);
    if (t.before)
        read_list_before(s, sentence, told->last_event, &t, t.before, told);
    bear_kin(s, sentence, told->last_event, tag, &t);
}

void im_story_find_victims(story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    if (!im_sentence_has(range, IM_CLASS_BIT(IM_LEX_CASUALTY)))
        return;
    telling told = {.amounts = im_story_amounts(s, sentence), .last = {.role = ROLE_PEOPLE}};
    for (guint32 t = im_sentence_from(range, IM_LEX_CASUALTY); t < range->end; t++) {
        const im_tag *tag = im_text_tag_at(s->text, t, IM_LEX_CASUALTY);
        if (!tag)
            continue;
        if (fate_of(tag) != FATE_NONE)
            read_casualty(s, sentence, tag, &told);
        t = tag->end - 1;
    }
    im_story_share_victims(s, sentence, told.amounts);
}
