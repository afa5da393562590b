/* When each event was, and whether it lasts, is over, is planned or is history. */
#include "base/search.h"
#include "incident/priv.h"

enum {
    HISTORY_DAYS = 90, /* what ended this long before the report is told as background */
    MONTH_DAYS = 31,
    YEAR_REACH = 10,    /* tokens */
    FARTHEST_DATE = 60, /* tokens */
};

static guint32 gap_to(const event *e, const date_phrase *d)
{
    return d->first >= e->end ? d->first - e->end : e->first - MIN(d->end, e->first);
}

/* "officials said on Wednesday", "urged calm on Monday and said": the date of the word, not of the
 * deed. */
static gboolean is_saying(const im_text *text, const date_phrase *d)
{
    const im_sentence *s = im_sentence_of(text, d->first);
    for (guint32 back = 1; back <= 2 && d->first >= s->first + back; back++)
        if (im_says(text, d->first - back))
            return TRUE;
    for (guint32 t = d->end; t < MIN(d->end + 2, s->end); t++) {
        if (im_token_is_punct(text, t, ','))
            return FALSE; /* "was killed on Sunday, said the mayor" */
        if (im_says(text, t))
            return TRUE;
    }
    return FALSE;
}

/* "suspended classes until Friday": when it ends. */
static gboolean is_end(const im_text *text, const date_phrase *d)
{
    enum { REACH_UNTIL = 3 };
    static im_words words = IM_WORDS("until", "till", "hasta");
    guint32 first = im_sentence_of(text, d->first)->first;
    for (guint32 back = 1; back <= REACH_UNTIL && d->first >= first + back; back++)
        if (im_token_is_any(text, d->first - back, &words))
            return TRUE;
    return FALSE;
}

/* "18 of which had been lifted by Monday": when it ended, not when it was. */
static gboolean is_of_status(const im_text *text, const date_phrase *d)
{
    enum { REACH_STATUS = 3 };
    guint32 first = im_sentence_of(text, d->first)->first;
    for (guint32 back = 1; back <= REACH_STATUS && d->first >= first + back; back++) {
        const im_tag *tag = im_text_tag_at(text, d->first - back, IM_LEX_STATUS);
        if (tag && im_value_is(tag->lexeme, "cleared"))
            return TRUE;
    }
    return FALSE;
}

/* "Mexico City, February 24: At least": when and where the report was written. */
static gboolean is_dateline(const story *s, const date_phrase *d)
{
    enum { LONGEST_DATELINE = 10, FIRST_SENTENCES = 4 };
    const im_sentence *sentence = im_sentence_of(s->text, d->first);
    gboolean calendar = d->basis == IM_DATE_EXPLICIT || d->basis == IM_DATE_MONTH_DAY;
    if (!calendar && (s->text->upper_case || d->basis == IM_DATE_RELATIVE))
        return FALSE;
    if (d->first - sentence->first > LONGEST_DATELINE ||
        s->text->tokens[d->first].sentence > FIRST_SENTENCES || d->end >= sentence->end)
        return FALSE;
    gunichar c = g_utf8_get_char(s->text->bytes + s->text->tokens[d->end].span.start);
    if (c != ':' && c != '-' && c != 0x2013 && c != 0x2014 && c != '(' && c != '.')
        return FALSE;
    for (guint32 t = sentence->first; t < d->first; t++)
        if (s->text->tokens[t].kind == IM_TOKEN_WORD && s->mention_at[t] == IM_NO_MENTION &&
            s->text->tokens[t].shape == IM_SHAPE_LOWER)
            return FALSE;
    return TRUE;
}

/* "the government, which began in 1986, …": the date of a clause that a comma ends before the event. */
static gboolean is_of_relative_clause(const im_text *text, const event *e, const date_phrase *d)
{
    enum { REACH_RELATIVE = 10 };
    static im_words relatives = IM_WORDS("which", "who", "que", "quien");
    const guint32 first = im_sentence_of(text, d->first)->first;
    if (d->end > e->first || !im_token_is_punct(text, d->end, ','))
        return FALSE;
    for (guint32 back = 1; back <= REACH_RELATIVE && d->first >= first + back; back++) {
        if (im_token_is_punct(text, d->first - back, ','))
            return im_token_is_any(text, d->first - back + 1, &relatives);
    }
    return FALSE;
}

/* "a blockade at A, called by a union last week, was lifted": the date of a participle in commas. */
static gboolean is_of_participle(const im_text *text, const event *e, const date_phrase *d)
{
    enum { REACH_PARTICIPLE = 10, SHORTEST = 4 };
    const guint32 first = im_sentence_of(text, d->first)->first;
    if (!im_token_is_punct(text, d->end, ','))
        return FALSE;
    for (guint32 back = 1; back <= REACH_PARTICIPLE && d->first >= first + back; back++) {
        const guint32 comma = d->first - back, word = comma + 1;
        if (!im_token_is_punct(text, comma, ','))
            continue;
        const im_token *t = &text->tokens[word];
        gboolean past =
            t->fold_len >= SHORTEST && (g_str_has_suffix(im_token_fold(text, word), "ed") ||
                                        g_str_has_suffix(im_token_fold(text, word), "ado") ||
                                        g_str_has_suffix(im_token_fold(text, word), "ada"));
        return past && t->shape != IM_SHAPE_TITLE && e->end <= comma;
    }
    return FALSE;
}

/* Whether another clause tells of the date's thing: "in Paraíso, where 15 had been shot at in October". */
static gboolean is_of_other_clause(const im_text *text, const event *e, const date_phrase *d)
{
    static im_words words = IM_WORDS("where", "donde", "because", "porque", "accused", "wanted",
                                     "acusado", "acusada", "acusados", "senalado", "senalada",
                                     "senalados", "buscado", "buscada", "implicado");
    for (guint32 t = e->end; t < d->first; t++)
        if (im_token_is_punct(text, t, ';') || im_token_is_any(text, t, &words))
            return TRUE;
    return FALSE;
}

/* "Barillas, ambassador until 1986, was shot": a year that is told far from the event, and does not open the
 * sentence, is of something else. */
static gboolean is_aside(const im_text *text, const event *e, const date_phrase *d)
{
    const guint32 first = im_sentence_of(text, d->first)->first;
    gboolean opens = d->first <= first + 3 || im_token_is_punct(text, d->first - 1, ']');
    return d->stop - d->start > MONTH_DAYS && gap_to(e, d) > YEAR_REACH && !opens;
}

/* "blocked since Friday": it lasts. */
static gboolean is_begin(const im_text *text, const date_phrase *d)
{
    enum { REACH_SINCE = 3 };
    static im_words words = IM_WORDS("since", "desde");
    guint32 first = im_sentence_of(text, d->first)->first;
    for (guint32 back = 1; back <= REACH_SINCE && d->first >= first + back; back++)
        if (im_token_is_any(text, d->first - back, &words))
            return TRUE;
    return FALSE;
}

/* "overran a post for the second time since May": one attack is over at once. */
static gboolean is_begin_of_one(const im_text *text, const event *e, const date_phrase *d)
{
    return im_event_is_violent(e) && e->type != IM_INCIDENT_ARMED_CLASH && e->count == 1 &&
           is_begin(text, d);
}

/* "arrested a man who is sought for a murder last month": a month that is told behind another deed is not of
 * this one. */
static gboolean is_month_of_other(const story *s, const event *e, const date_phrase *d)
{
    enum { SHORTEST_MONTH = 28 };
    return d->first >= e->end && d->stop - d->start + 1 >= SHORTEST_MONTH &&
           im_story_event_between(s, e, e->end, d->first);
}

/* Date expressions in order. */
typedef struct date_list {
    const date_phrase *at;
    guint n;
} date_list;

/* The first date that is not too far before the token. */
static guint first_date_near(date_list dates, guint32 token)
{
    enum { LONGEST_DATE = 12 };
    const guint32 least = token - MIN(token, (guint32)(FARTHEST_DATE + LONGEST_DATE));
    return im_lower_bound(dates.at, sizeof(date_phrase), G_STRUCT_OFFSET(date_phrase, first),
                          dates.n, least);
}

/* The date expression of the event's sentence that dates it, or NULL. */
static const date_phrase *own_date(const story *s, const event *e, date_list dates)
{
    const date_phrase *best = NULL;
    int best_score = G_MAXINT;
    for (guint i = first_date_near(dates, e->first); i < dates.n; i++) {
        const date_phrase *d = &dates.at[i];
        if (d->first > e->end + FARTHEST_DATE)
            break;
        gboolean after = d->first >= e->end;
        int score = (int)gap_to(e, d);
        if (after ? im_story_event_between(s, e, e->end, d->first)
                  : im_story_event_between(s, e, d->end, e->first))
            score += after ? 30 : 12;
        if (after && is_of_other_clause(s->text, e, d))
            score += 60;
        if (is_saying(s->text, d) || is_dateline(s, d) || is_of_status(s->text, d) ||
            is_end(s->text, d) || is_aside(s->text, e, d) || is_of_relative_clause(s->text, e, d) ||
            is_of_participle(s->text, e, d) || is_begin_of_one(s->text, e, d) ||
            is_month_of_other(s, e, d))
            continue;
        if (score < best_score && score < FARTHEST_DATE) {
            best = d;
            best_score = score;
        }
    }
    return best;
}

static void set_date(event *e, const date_phrase *d, const im_text *text)
{
    e->start = d->start;
    e->stop = d->stop;
    e->basis = d->basis;
    e->time_precision = d->precision;
    e->date_span = im_text_span(text, d->first, d->end);
}

static gboolean can_be_over(const event *e)
{
    return e->type == IM_INCIDENT_ROADBLOCK || e->type == IM_INCIDENT_DISRUPTION;
}

static gboolean can_last(const event *e)
{
    return can_be_over(e) || e->type == IM_INCIDENT_ARMED_CLASH ||
           e->type == IM_INCIDENT_DEPLOYMENT || e->type == IM_INCIDENT_PROTEST ||
           e->type == IM_INCIDENT_OPERATION;
}

/* The next such weekday or day of the year, of what is still to come. */
static void set_to_come(event *e)
{
    int year, month, day;
    if (e->basis == IM_DATE_WEEKDAY)
        e->start = e->stop = e->start + 7;
    if (e->basis != IM_DATE_MONTH_DAY || e->start != e->stop)
        return;
    im_day_to_ymd(e->start, &year, &month, &day);
    im_day next = im_day_from_ymd(year + 1, month, day);
    if (next != IM_DAY_NONE)
        e->start = e->stop = next;
}

/* The date expressions of a sentence, found once; until another sentence is asked for. */
static date_list dates_of(const story *s, guint32 sentence)
{
    im_span *at = &s->dates_at[sentence];
    const im_sentence *range = &s->text->sentences[sentence];
    if (at->end == IM_DATES_UNKNOWN) {
        at->start = s->dates->len;
        im_dates_find(s->text, range->first, range->end, s->report->published, s->dates);
        at->end = s->dates->len;
    }
    return (date_list){&g_array_index(s->dates, date_phrase, at->start), at->end - at->start};
}

static void date_sentence(story *s, guint32 sentence)
{
    guint first = im_story_events_from(s, sentence);
    if (first == s->events->len || ((event *)s->events->pdata[first])->sentence != sentence)
        return;
    const date_list dates = dates_of(s, sentence);
    for (guint i = first; dates.n && i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (e->sentence != sentence)
            break;
        const date_phrase *d = own_date(s, e, dates);
        if (!d)
            continue;
        set_date(e, d, s->text);
        if ((can_be_over(e) || e->type == IM_INCIDENT_PROTEST) && is_begin(s->text, d)) {
            e->planned = FALSE;
            e->status = IM_STATUS_ONGOING;
        }
        if (e->planned && e->start <= s->report->published)
            set_to_come(e);
    }
}

/* Of months or years: what is told beside it has a day of its own. */
static gboolean is_long(const event *e)
{
    return e->stop - e->start > MONTH_DAYS;
}

static gboolean is_recent(const story *s, const event *e)
{
    return e->start != IM_DAY_NONE && s->report->published != IM_DAY_NONE && !is_long(e) &&
           e->stop + IM_NEWS_DAYS >= s->report->published && e->start <= s->report->published;
}

/* A date that another sentence gave: known less well than one of its own. */
static void inherit_date(event *e, const event *from)
{
    e->start = from->start;
    e->stop = from->stop;
    e->basis = from->basis <= IM_DATE_MONTH_DAY ? IM_DATE_RELATIVE : from->basis;
    e->time_precision = from->time_precision;
    e->date_span = from->date_span;
}

/* What authorities and crowds do about the events is news of the day. */
static gboolean is_answer(const event *e)
{
    return e->type == IM_INCIDENT_DEPLOYMENT || e->type == IM_INCIDENT_ARREST ||
           e->type == IM_INCIDENT_DISRUPTION || e->type == IM_INCIDENT_PROTEST;
}

/* The event whose date an undated one takes: the one before it in the paragraph, else the nearest
 * recent one before it, else the next. */
static const event *date_giver(const story *s, guint index)
{
    const event *e = s->events->pdata[index];
    const im_sentence *sentences = s->text->sentences;
    guint least = index > IM_REACH_EVENTS ? index - IM_REACH_EVENTS : 0;
    guint most = MIN(s->events->len, index + IM_REACH_EVENTS);
    for (guint i = index; i > least; i--) {
        const event *o = s->events->pdata[i - 1];
        if (o->start == IM_DAY_NONE || o->basis == IM_DATE_PUBLISHED ||
            o->basis == IM_DATE_DATELINE)
            continue;
        gboolean same = sentences[o->sentence].paragraph == sentences[e->sentence].paragraph;
        if (is_answer(o) && !is_answer(e) && o->type != e->type)
            continue;
        if (same && e->sentence - o->sentence <= 3)
            return o;
        if (is_answer(e))
            return NULL;
        if (is_recent(s, o) && !o->planned && o->status != IM_STATUS_PLANNED)
            return o;
    }
    for (guint i = index + 1; i < most && !is_answer(e); i++) {
        const event *o = s->events->pdata[i];
        if (is_recent(s, o) && !o->planned)
            return o;
    }
    return NULL;
}

static gboolean has_event(const story *s, guint32 sentence)
{
    guint at = im_story_events_from(s, sentence);
    return at < s->events->len && ((const event *)s->events->pdata[at])->sentence == sentence;
}

/* "Violence reached the coast on Monday. In Tepic …": the date of a sentence before it in the
 * paragraph that tells no event itself. */
static gboolean date_from_context(const story *s, event *e)
{
    const im_sentence *sentences = s->text->sentences;
    for (guint32 back = 1; back <= 2 && back <= e->sentence; back++) {
        guint32 before = e->sentence - back;
        if (sentences[before].paragraph != sentences[e->sentence].paragraph || has_event(s, before))
            return FALSE;
        const date_list dates = dates_of(s, before);
        for (guint i = 0; i < dates.n; i++) {
            const date_phrase *d = &dates.at[i];
            if (is_saying(s->text, d) || is_dateline(s, d) || is_of_status(s->text, d))
                continue;
            set_date(e, d, s->text);
            e->basis = IM_DATE_RELATIVE;
            return TRUE;
        }
    }
    return FALSE;
}

static im_date_basis basis_of_publication(const im_report *report)
{
    gboolean dateline = report->published_basis == IM_PUBLISHED_DATELINE ||
                        report->published_basis == IM_PUBLISHED_RUN;
    return dateline ? IM_DATE_DATELINE : IM_DATE_PUBLISHED;
}

/* "A blockade at Celaya was lifted on Tuesday": the day that it ended on is nearer than that of the report. */
static void date_from_end(const story *s, event *e)
{
    const date_list dates = dates_of(s, e->sentence);
    for (guint i = 0; i < dates.n; i++) {
        const date_phrase *d = &dates.at[i];
        if (!is_of_status(s->text, d))
            continue;
        set_date(e, d, s->text);
        return;
    }
}

static void date_the_rest(story *s)
{
    gboolean *own = im_arena_array(s->arena, gboolean, s->events->len + 1);
    for (guint i = 0; i < s->events->len; i++)
        own[i] = ((event *)s->events->pdata[i])->start != IM_DAY_NONE;
    for (guint i = 0; i < s->events->len; i++) {
        event *e = s->events->pdata[i];
        if (own[i] || date_from_context(s, e))
            continue;
        const event *giver = date_giver(s, i);
        if (giver) {
            inherit_date(e, giver);
        } else if (s->report->published != IM_DAY_NONE) {
            e->start = e->stop = s->report->published;
            e->basis = basis_of_publication(s->report);
            e->time_precision = 1;
        }
    }
    for (guint i = 0; i < s->events->len; i++) { /* none takes it over */
        event *e = s->events->pdata[i];
        if (e->basis == basis_of_publication(s->report) && can_be_over(e))
            date_from_end(s, e);
    }
}

static im_incident_status status_of_tag(const story *s, guint32 token)
{
    const im_tag *tag = im_text_tag_at(s->text, token, IM_LEX_STATUS);
    if (!tag)
        return IM_STATUS_NONE;
    const char *mood = im_story_modality(s, token);
    return mood ? IM_STATUS_NONE : im_incident_status_parse(tag->lexeme->value);
}

/* Whether another event stands before a status word that would take it: "cleared" is said of nobody who was arrested. */
static gboolean is_taken_before(const story *s, const event *e, guint32 token)
{
    const guint32 end = MAX(token, e->end);
    if (token <= e->first || !im_story_event_between(s, e, e->first, end))
        return FALSE;
    if (status_of_tag(s, token) != IM_STATUS_CLEARED)
        return TRUE;
    for (guint i = im_story_events_at(s, e->first + 1); i < s->events->len; i++) {
        const event *other = s->events->pdata[i];
        if (other->first >= end)
            break;
        if (can_last(other))
            return TRUE;
    }
    return FALSE;
}

/* The status told in the sentence at or after the event's words; the last word counts. */
static im_incident_status status_in(const story *s, const event *e)
{
    im_incident_status found = IM_STATUS_NONE;
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_STATUS); t < range.end; t++) {
        if (!im_text_has_tag(s->text, t, IM_LEX_STATUS))
            continue;
        if (is_taken_before(s, e, t))
            break;
        if (found && t > e->end && im_clause_ends_between(s->text, e->end, t))
            break; /* "was lifted, but those in Chala remain" */
        im_incident_status told = status_of_tag(s, t);
        if (told == IM_STATUS_CLEARED ? can_be_over(e) : told != IM_STATUS_NONE && can_last(e))
            found = told;
    }
    return found;
}

static gboolean mentions_place(const story *s, guint32 sentence, const event *e)
{
    const im_sentence *range = &s->text->sentences[sentence];
    for (guint32 t = range->first; t < range->end; t++) {
        guint32 m = s->mention_at[t];
        if (m != IM_NO_MENTION && e->mention != IM_NO_MENTION &&
            s->mentions[m].place == s->mentions[e->mention].place)
            return TRUE;
    }
    return FALSE;
}

/* Whether a sentence speaks of a way, a service or of what was told before: "Traffic was flowing again". */
static gboolean takes_up_closure(const im_text *text, const im_sentence *range)
{
    static im_words words = IM_WORDS("it", "they", "way", "operations", "trafico", "operaciones");
    for (guint32 t = range->first; t < range->end; t++)
        if (im_token_is_any(text, t, &words) || im_text_tag_at(text, t, IM_LEX_OBJECT))
            return TRUE;
    return FALSE;
}

/* "The road was reopened on Tuesday": what the sentence before told, wherever it was. */
static void update_sentence_before(story *s, guint32 sentence, im_incident_status told)
{
    const im_sentence *sentences = s->text->sentences;
    guint end = im_story_events_from(s, sentence);
    if (end == 0 || !takes_up_closure(s->text, &sentences[sentence]))
        return;
    guint32 before = ((const event *)s->events->pdata[end - 1])->sentence;
    if (sentence - before > 2 || sentences[before].paragraph != sentences[sentence].paragraph)
        return;
    for (guint i = end; i > 0; i--) {
        event *e = s->events->pdata[i - 1];
        if (e->sentence != before)
            break;
        if (!can_be_over(e) || e->status == IM_STATUS_HISTORIC)
            continue;
        e->status = told;
        im_event_quote(e, sentence);
    }
}

/* "They reopened the way in Chavinda and Zamora": a sentence that tells only how a blockade ended. */
static void update_from_sentence(story *s, guint32 sentence)
{
    const im_sentence *range = &s->text->sentences[sentence];
    im_incident_status told = IM_STATUS_NONE;
    for (guint32 t = im_sentence_from(range, IM_LEX_STATUS); t < range->end && !told; t++)
        if (im_text_has_tag(s->text, t, IM_LEX_STATUS))
            told = status_of_tag(s, t);
    if (!told || has_event(s, sentence))
        return;
    if (!im_story_place_between(s, range->first, range->end)) {
        update_sentence_before(s, sentence, told);
        return;
    }
    guint end = im_story_events_from(s, sentence);
    for (guint i = end > IM_REACH_EVENTS ? end - IM_REACH_EVENTS : 0; i < end; i++) {
        event *e = s->events->pdata[i];
        if (!can_be_over(e) || !mentions_place(s, sentence, e))
            continue;
        e->status = told;
        im_event_quote(e, sentence);
    }
}

/* Sums over years and tolls of whole wars are background, not an incident. */
static gboolean is_long_tally(const event *e)
{
    enum { LONGEST_INCIDENT_DAYS = 62, TOLL_OF_A_WAR = 1000 };
    gboolean long_ago = e->start != IM_DAY_NONE && e->stop - e->start > LONGEST_INCIDENT_DAYS;
    return long_ago || im_event_dead(e) >= TOLL_OF_A_WAR;
}

static gboolean told_as_history(const story *s, const event *e)
{
    if (is_long_tally(e))
        return TRUE;
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_HISTORIC); t < range.end; t++) {
        const im_tag *tag = im_text_tag_at(s->text, t, IM_LEX_HISTORIC);
        if (tag && tag->lexeme->number >= 2)
            return TRUE;
    }
    return FALSE;
}

static void set_status(const story *s, event *e)
{
    im_day published = s->report->published;
    if (e->start != IM_DAY_NONE && published != IM_DAY_NONE && e->stop + HISTORY_DAYS <= published)
        e->status = IM_STATUS_HISTORIC;
    else if (told_as_history(s, e))
        e->status = IM_STATUS_HISTORIC;
    else if (e->planned ||
             (published != IM_DAY_NONE && e->start != IM_DAY_NONE && e->start > published + 1))
        e->status = IM_STATUS_PLANNED;
    if (e->status == IM_STATUS_PLANNED)
        return;
    im_incident_status told = status_in(s, e);
    if (told && (e->status != IM_STATUS_HISTORIC || told == IM_STATUS_ONGOING))
        e->status = told;
}

void im_story_find_times(story *s)
{
    const guint32 n = s->text->n_sentences;
    enum { USUAL_DATES = 16 };
    s->dates = g_array_sized_new(FALSE, FALSE, sizeof(date_phrase), USUAL_DATES);
    s->dates_at = im_arena_room(s->arena, im_span, n);
    for (guint32 i = 0; i < n; i++)
        s->dates_at[i].end = IM_DATES_UNKNOWN;
    for (guint32 i = 0; i < n; i++)
        date_sentence(s, i);
    date_the_rest(s);
    g_clear_pointer(&s->dates, g_array_unref);
    for (guint i = 0; i < s->events->len; i++)
        set_status(s, s->events->pdata[i]);
    for (guint32 i = 0; i < n; i++)
        update_from_sentence(s, i);
}
