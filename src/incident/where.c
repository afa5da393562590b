/* Where each event was: the place of the event, not any place that is named. */
#include "gazetteer/record.h"
#include "incident/priv.h"

#include <string.h>

static im_place place_of(const story *s, guint32 mention)
{
    return im_gazetteer_place(s->gazetteer, s->mentions[mention].place);
}

static gboolean is_resolved(const story *s, guint32 mention)
{
    return s->mentions[mention].status == IM_MENTION_RESOLVED;
}

static gboolean is_area(im_place_kind kind)
{
    return kind == IM_PLACE_COUNTRY || kind == IM_PLACE_ADMIN1 || kind == IM_PLACE_REGION;
}

/* Troops are sent *to* a place; flights *to and from* it are disrupted there. */
static gboolean is_goal(const im_text *text, guint32 t, im_incident_type type)
{
    static im_words to = IM_WORDS("to", "into", "a", "hacia");
    static im_words from = IM_WORDS("from", "desde", "de");
    if (type == IM_INCIDENT_DEPLOYMENT)
        return im_token_is_any(text, t, &to);
    return type == IM_INCIDENT_DISRUPTION &&
           (im_token_is_any(text, t, &to) || im_token_is_any(text, t, &from));
}

static gboolean may_begin_from(im_incident_type type)
{
    return type == IM_INCIDENT_KIDNAPPING || type == IM_INCIDENT_PROTEST;
}

/* "abducted 270 schoolgirls from Chibok", "a march will set off from Puebla": people are taken from a place, and
 * marches leave it; those from a whole country may be anywhere. */
static gboolean begins_from(const story *s, guint32 mention, guint32 t, im_incident_type type)
{
    static im_words leave =
        IM_WORDS("off", "out", "leave", "leaves", "left", "start", "starts", "started", "begin",
                 "begins", "began", "depart", "departs", "departed", "march", "marches", "marched",
                 "marching", "walked", "proceed", "proceeded");
    return may_begin_from(type) && im_token_is(s->text, t, "from") &&
           im_mention_kind(s, mention) != IM_PLACE_COUNTRY &&
           (type == IM_INCIDENT_KIDNAPPING || (t > 0 && im_token_is_any(s->text, t - 1, &leave)));
}

/* Where the words for a place begin: "the district of X" with its head, of which the name is a part. */
static guint32 head_first(const im_text *text, guint32 token, guint32 first)
{
    enum { REACH_HEAD = 4 };
    for (guint32 back = 1; back <= REACH_HEAD && token >= first + back; back++) {
        const im_tag *head = im_text_tag_at(text, token - back, IM_LEX_PLACEHEAD);
        if (head && head->end == token && im_lexeme_has(head->lexeme, IM_EXTRA_BEFORE) &&
            head->lexeme->n_words > 1)
            return head->first;
    }
    return token;
}

/* The preposition that governs a mention: the longest that ends right before it ("state of"), else
 * the nearest with only other words of the phrase between ("in the northern"). */
static const im_tag *preposition_of(const story *s, const im_mention *m, guint32 first)
{
    enum { REACH = 6 };
    const im_text *text = s->text;
    const im_tag *nearest = NULL, *adjacent = NULL;
    const guint32 begin = head_first(text, m->first, first);
    for (guint32 back = 1; back <= REACH && begin >= first + back; back++) {
        guint32 t = begin - back;
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_PREPOSITION);
        if (tag && tag->end == begin)
            adjacent = tag;
        if (tag && tag->end < begin && !nearest)
            nearest = tag;
        if (im_text_tag_at(text, t, IM_LEX_AUXILIARY) || im_text_tag_at(text, t, IM_LEX_TRIGGER) ||
            (text->tokens[t].kind == IM_TOKEN_PUNCT && !im_token_is_punct(text, t, '-')))
            break;
    }
    return adjacent ? adjacent : nearest;
}

/* "Blasts shook Lima", "una explosión sacudió Lima", "raided the village of Kwatas": what the events befell. */
static gboolean is_befallen(const im_text *text, guint32 token)
{
    static im_words the = IM_WORDS("the", "el", "la", "los", "las");
    if (token > 1 && im_token_is_any(text, token - 1, &the))
        token--;
    if (token == 0)
        return FALSE;
    const im_tag *trigger = im_text_tag_at(text, token - 1, IM_LEX_TRIGGER);
    return im_text_has_tag(text, token - 1, IM_LEX_STRIKE) ||
           (trigger && trigger->end == token && im_value_is(trigger->lexeme, "attack") &&
            !im_lexeme_has(trigger->lexeme, IM_EXTRA_NOUN));
}

static int find_weight(const story *s, guint32 mention, im_incident_type type)
{
    const im_text *text = s->text;
    const im_mention *m = &s->mentions[im_list_head(s, mention)];
    guint32 first = im_sentence_of(text, m->first)->first;
    const im_tag *tag = preposition_of(s, m, first);
    if (tag && begins_from(s, mention, tag->first, type))
        return IM_WEIGHT_SURE;
    const gboolean befallen = is_befallen(text, head_first(text, m->first, first));
    if (tag && !(tag->end < m->first && befallen))
        return is_goal(text, tag->first, type) ? 9 : tag->lexeme->number;
    if (befallen)
        return IM_WEIGHT_SURE;
    gboolean opens = m->first <= first + 2;
    return im_heads_line(s, m, first) ? 8 : opens ? IM_WEIGHT_SUBJECT : 4;
}

/* Weight of the words before a mention: its preposition, or its place in the sentence. Events ask again and
 * again; only what goes somewhere or comes from there is weighed by itself. */
static int weight_of(const story *s, guint32 mention, im_incident_type type)
{
    enum { FROM = 1 }; /* src/lexicon/en/preposition.tsv */
    if (type == IM_INCIDENT_DEPLOYMENT || type == IM_INCIDENT_DISRUPTION)
        return find_weight(s, mention, type);
    if (s->weights[mention] < 0)
        s->weights[mention] = (gint8)find_weight(s, mention, IM_INCIDENT_NONE);
    return may_begin_from(type) && s->weights[mention] == FROM ? find_weight(s, mention, type)
                                                               : s->weights[mention];
}

static gboolean is_possessive(const story *s, guint32 mention)
{
    guint32 end = s->mentions[mention].end;
    return end < s->text->n_tokens && s->text->tokens[end].kind == IM_TOKEN_POSSESSIVE;
}

/* Whether the mention is the state or country of a finer place named right before it: "Puerto
 * Vallarta, a tourist destination in Jalisco". */
static gboolean holds_another(const story *s, guint32 mention)
{
    enum { REACH_APPOSITION = 8 };
    const im_mention *m = &s->mentions[mention];
    if (!is_area(im_mention_kind(s, mention)))
        return FALSE;
    for (guint32 back = 1; back <= 2 && back <= mention; back++) {
        const im_mention *before = m - back;
        if (m->first - before->end > REACH_APPOSITION || !is_resolved(s, mention - back))
            return FALSE;
        im_place finer = place_of(s, mention - back);
        if (im_token_is_punct(s->text, before->end, ',') && finer.id != m->place &&
            (finer.admin1 == m->place || finer.country == m->place))
            return TRUE;
    }
    return FALSE;
}

/* "in San Juan de Huarigancho, in Lima": what a place that the gazetteer lacks lies in. */
static gboolean holds_unknown(const story *s, guint32 mention)
{
    enum { REACH_HOLDER = 3 };
    if (mention == 0 || !is_resolved(s, mention) || is_resolved(s, mention - 1))
        return FALSE;
    const im_mention *m = &s->mentions[mention], *before = m - 1;
    if (m->first == before->end + 1 && im_text_has_tag(s->text, before->end, IM_LEX_PREPOSITION))
        return TRUE; /* "the village of Kwatas in Zamfara State" */
    if (m->first < before->end || m->first - before->end > REACH_HOLDER ||
        !im_token_is_punct(s->text, before->end, ','))
        return FALSE;
    for (guint32 t = before->end + 1; t < m->first; t++)
        if (!im_text_has_tag(s->text, t, IM_LEX_PREPOSITION) &&
            !im_text_has_tag(s->text, t, IM_LEX_DIRECTION))
            return FALSE;
    return m->first > before->end + 1;
}

/* "63 detenciones en Guanajuato, 17 de ellas en León": the place of some of those that were counted. */
static gboolean is_of_part(const story *s, guint32 from, guint32 mention)
{
    enum { REACH_PART = 5 };
    const guint32 end = s->mentions[mention].first;
    gboolean part = FALSE;
    if (!im_sentence_has(im_sentence_of(s->text, end), IM_CLASS_BIT(IM_LEX_SUBSET)))
        return FALSE;
    for (guint32 t = MAX(from, end - MIN(end, REACH_PART)); t < end; t++)
        part = (part || im_text_has_tag(s->text, t, IM_LEX_SUBSET)) &&
               !im_token_is_punct(s->text, t, ',');
    return part;
}

/* "In Jalisco, gunmen attacked a post near Autlán", "in Zamfara, bandits stopped a bus near Tsafe and abducted
 * nine": the finer place beside the event is its place. */
static gboolean has_finer_beside(const story *s, const event *e, guint32 mention)
{
    if (!is_area(im_mention_kind(s, mention)) && im_mention_kind(s, mention) != IM_PLACE_ADMIN2)
        return FALSE;
    im_place_id area = s->mentions[mention].place;
    for (guint32 i = im_story_mentions_from(s, MIN(e->end, s->mentions[mention].end));
         i < s->n_mentions && s->mentions[i].first < MIN(e->until, e->end + IM_REACH_TOKENS); i++) {
        const im_mention *m = &s->mentions[i];
        if (e->count > 1)
            break; /* "22 roadblocks in Jalisco, among them at Tepatitlán": a sum of the state */
        if (i == mention || !is_resolved(s, i) || is_of_part(s, e->end, i) ||
            (m->flags & (IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR)))
            continue;
        im_place finer = place_of(s, i);
        const gboolean in_region = im_mention_kind(s, mention) == IM_PLACE_REGION &&
                                   finer.country == s->country && finer.kind == IM_PLACE_TOWN;
        if (finer.id != area &&
            (in_region || finer.admin1 == area || finer.country == area || finer.admin2 == area) &&
            weight_of(s, i, e->type) >= IM_WEIGHT_SURE)
            return TRUE;
    }
    return FALSE;
}

/* "in this northeast Texas town": the town that the report is from, not Texas. */
static gboolean names_this_town(const story *s, guint32 mention)
{
    enum { REACH_THIS = 4 };
    static im_words towns = IM_WORDS("town", "city", "village", "port", "resort");
    const im_text *text = s->text;
    const im_mention *m = &s->mentions[mention];
    if (!is_area(im_mention_kind(s, mention)) || m->end >= text->n_tokens ||
        !im_token_is_any(text, m->end, &towns))
        return FALSE;
    for (guint32 back = 1; back <= REACH_THIS && back <= m->first; back++)
        if (im_token_is(text, m->first - back, "this"))
            return TRUE;
    return FALSE;
}

/* "is being treated at a clinic in that city", "trasladado a un hospital de": where victims were taken. */
static gboolean is_of_care(const im_text *text, const im_mention *m, guint32 first)
{
    enum { REACH_CARE = 9 };
    static im_words care = IM_WORDS("treated", "hospital", "clinic", "hospitalized", "hospitalised",
                                    "airlifted", "hospitalizado", "hospitalizada", "hospitalizados",
                                    "clinica", "sanatorio", "atendidos", "atendido", "morgue");
    for (guint32 back = 1; back <= REACH_CARE && m->first >= first + back; back++) {
        guint32 t = m->first - back;
        if (im_token_is_any(text, t, &care))
            return TRUE;
        if (im_ends_clause(text, t) || im_text_has_tag(text, t, IM_LEX_TRIGGER) ||
            im_text_has_tag(text, t, IM_LEX_CASUALTY))
            return FALSE;
    }
    return FALSE;
}

/* "Sinaloa's security ministry counted 17 blockades": a state that has counted them has them. */
static gboolean is_whose_tally(const story *s, const event *e, guint32 mention)
{
    const im_mention *m = &s->mentions[mention];
    return e->count > 1 && im_mention_kind(s, mention) == IM_PLACE_ADMIN1 &&
           m->first <= im_sentence_of(s->text, e->first)->first + 1;
}

/* "en la A-B, en C": of a stretch the place along it is named next. */
static gboolean is_told_where_along(const story *s, guint32 mention)
{
    enum { REACH_ALONG = 6 };
    const im_mention *m = &s->mentions[mention];
    if (m->relation != IM_RELATION_BETWEEN)
        return FALSE;
    guint32 next = mention + 1, from = m->end;
    if (next < s->n_mentions && s->mentions[next].relation == IM_RELATION_BETWEEN)
        from = s->mentions[next++].end;
    if (next >= s->n_mentions || s->mentions[next].first > from + REACH_ALONG)
        return FALSE;
    for (guint32 t = from; t < s->mentions[next].first; t++)
        if (im_token_is(s->text, t, "y") || im_token_is(s->text, t, "and"))
            return FALSE;
    return TRUE;
}

/* "In Quibdó shops opened, but in Istmina no bus ran": what stands before the contrast is of something else. */
static gboolean is_contrasted(const im_text *text, guint32 from, guint32 to)
{
    static im_words words = IM_WORDS("but", "whereas", "pero", "sino");
    for (guint32 t = from; t < to; t++)
        if (im_token_is_any(text, t, &words))
            return TRUE;
    return FALSE;
}

/* The mention that heads the line which the event's sentence is, or IM_NO_MENTION. */
static guint32 head_of_line(const story *s, const event *e)
{
    const guint32 first = s->text->sentences[e->sentence].first,
                  head = im_story_mentions_from(s, first);
    return head < s->n_mentions && im_heads_line(s, &s->mentions[head], first) ? head
                                                                               : IM_NO_MENTION;
}

/* "Salamanca: a shooting at a wake in Cerro Gordo": of those of the name it is hardly one in another state. */
static gboolean is_far_from_head(const story *s, guint32 mention, guint32 head)
{
    if (head >= mention || !is_resolved(s, head) || !is_resolved(s, mention) || s->strays[mention])
        return FALSE;
    const im_place_id state = im_gazetteer_admin1(s->gazetteer, s->mentions[head].place);
    return state != IM_PLACE_NONE &&
           im_gazetteer_admin1(s->gazetteer, s->mentions[mention].place) != state;
}

/* How well a mention of the sentence suits an event; the higher the better, 0 not at all.
 * @param head  as head_of_line() tells */
static int suits(const story *s, const event *e, guint32 mention, guint32 head)
{
    const im_mention *m = &s->mentions[mention];
    if (m->flags & (IM_MENTION_AS_CONTAINER | IM_MENTION_ACTOR | IM_MENTION_DATELINE) ||
        (e->total && m->first >= e->until))
        return 0;
    int weight = weight_of(s, mention, e->type);
    if (weight <= 1 ||
        (is_possessive(s, mention) && is_area(im_mention_kind(s, mention)) &&
         !is_whose_tally(s, e, mention)) ||
        names_this_town(s, mention) || is_of_part(s, e->end, mention) ||
        (im_mention_kind(s, mention) == IM_PLACE_COUNTRY && im_says_whose(s->text, m)))
        return 0;
    int score = 100 * weight;
    gboolean after = m->first >= e->end;
    guint32 gap = after ? m->first - e->end : e->first - MIN(m->end, e->first);
    score -= (int)MIN(gap, 40) * 4;
    if (after && m->first < e->until)
        score += 150;
    if (im_story_event_between(s, e, after ? e->end : m->end, after ? m->first : e->first))
        score -= after ? 350 : 150;
    const gboolean opening = m->first <= s->text->sentences[e->sentence].first + 3 &&
                             weight >= IM_WEIGHT_SURE && mention != head;
    if (opening && (after || !is_contrasted(s->text, m->end, e->first)))
        score += 200;
    if (is_far_from_head(s, mention, head))
        score -= 200;
    if (im_mention_kind(s, mention) == IM_PLACE_COUNTRY || holds_another(s, mention) ||
        holds_unknown(s, mention) || has_finer_beside(s, e, mention))
        score -= 300;
    if (is_told_where_along(s, mention))
        score -= 200;
    if (is_of_care(s->text, m, im_sentence_of(s->text, m->first)->first))
        score -= 700;
    return MAX(score, 1);
}

/* The best mention of the event's sentence, or IM_NO_MENTION. */
static guint32 own_place(const story *s, const event *e, int *weight)
{
    const im_sentence range = im_story_around(s, e);
    const guint32 head = head_of_line(s, e);
    guint32 best = IM_NO_MENTION;
    int best_score = 0;
    for (guint32 m = im_story_mentions_from(s, range.first);
         m < s->n_mentions && s->mentions[m].first < range.end; m++) {
        int score = suits(s, e, m, head);
        if (score > best_score) {
            best = m;
            best_score = score;
        }
    }
    if (best != IM_NO_MENTION)
        *weight = CLAMP(weight_of(s, best, e->type), 4, 9);
    return best_score >= 150 ? best : IM_NO_MENTION;
}

/* "the capital of the state", "12 km from the capital": not where it was. */
static gboolean is_elsewhere(const im_text *text, const im_tag *anaphor)
{
    enum { REACH_IN = 3 };
    static im_words of = IM_WORDS("of", "de", "del");
    static im_words in = IM_WORDS("in", "of", "within", "en", "de");
    if (!im_value_is(anaphor->lexeme, "capital"))
        return FALSE;
    gboolean inside = FALSE;
    for (guint32 back = 1; back <= REACH_IN && back <= anaphor->first && !inside; back++)
        inside = im_token_is_any(text, anaphor->first - back, &in);
    return !inside || im_token_is_any(text, anaphor->end, &of);
}

/* What "there", "the city", "across the country" in the sentence take up; "" when nothing does. */
static const char *anaphor_in(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_ANAPHOR); t < range.end; t++) {
        const im_tag *tag = im_text_tag_at(s->text, t, IM_LEX_ANAPHOR);
        if (tag && !is_elsewhere(s->text, tag))
            return tag->lexeme->value;
    }
    return "";
}

/* The last mention before a sentence that may be the place of an event. */
static guint32 mention_before(const story *s, guint32 sentence, gboolean same_paragraph)
{
    const im_text *text = s->text;
    guint32 last = im_story_mentions_from(s, text->sentences[sentence].first);
    guint32 least = last > IM_REACH_MENTIONS ? last - IM_REACH_MENTIONS : 0;
    for (guint32 m = last; m > least; m--) {
        guint32 at = text->tokens[s->mentions[m - 1].first].sentence;
        if (!im_may_be_listed(s, m - 1) || is_possessive(s, m - 1))
            continue;
        if (same_paragraph && text->sentences[at].paragraph != text->sentences[sentence].paragraph)
            return IM_NO_MENTION;
        if (weight_of(s, m - 1, IM_INCIDENT_NONE) >= IM_WEIGHT_SUBJECT)
            return im_is_at_home(s, m - 1) ? m - 1 : IM_NO_MENTION;
    }
    return IM_NO_MENTION;
}

static gboolean is_paragraph_of(const story *s, const event *before, const event *e)
{
    return before && s->text->sentences[e->sentence].paragraph ==
                         s->text->sentences[before->sentence].paragraph;
}

static const event *event_before(const story *s, const GPtrArray *placed, const event *e,
                                 guint32 reach)
{
    for (guint i = placed->len; i > 0; i--) {
        const event *o = placed->pdata[i - 1];
        if (e->sentence - o->sentence > reach)
            return NULL;
        if (o->mention == IM_NO_MENTION)
            continue;
        return is_paragraph_of(s, o, e) || e->sentence - o->sentence <= 1 ? o : NULL;
    }
    return NULL;
}

/* The mention that the report begins with: of its first sentences, the surest. */
static guint32 main_mention(const story *s)
{
    guint32 best = IM_NO_MENTION;
    int best_weight = 0;
    for (guint32 m = 0; m < s->n_mentions; m++) {
        if (s->text->tokens[s->mentions[m].first].sentence > 3)
            break;
        if (!im_may_be_listed(s, m) || im_mention_kind(s, m) == IM_PLACE_COUNTRY ||
            is_possessive(s, m) || !im_is_at_home(s, m))
            continue;
        int weight = weight_of(s, m, IM_INCIDENT_NONE);
        if (weight >= IM_WEIGHT_SUBJECT && weight > best_weight) {
            best = m;
            best_weight = weight;
        }
    }
    return best;
}

/* The place in the dateline of a paragraph of its own: "KIRKUK – Troops raided …" in a roundup. */
static guint32 own_dateline(const story *s, const event *e)
{
    enum { REACH_SENTENCES = 100, FIRST_MENTIONS = 4 };
    const im_sentence *sentences = s->text->sentences;
    guint32 at = e->sentence;
    while (at > 0 && e->sentence - at < REACH_SENTENCES &&
           sentences[at - 1].paragraph == sentences[at].paragraph)
        at--;
    const guint32 first = im_story_mentions_from(s, sentences[at].first);
    for (guint32 m = first; m < MIN(s->n_mentions, first + FIRST_MENTIONS) &&
                            s->mentions[m].first < sentences[e->sentence].end;
         m++)
        if ((s->mentions[m].flags & IM_MENTION_DATELINE) &&
            !(s->mentions[m].flags & IM_MENTION_AS_CONTAINER))
            return m;
    return IM_NO_MENTION;
}

static guint32 dateline_mention(const story *s)
{
    for (guint32 m = 0; m < MIN(s->n_mentions, (guint32)IM_REACH_MENTIONS); m++)
        if ((s->mentions[m].flags & IM_MENTION_DATELINE) && is_resolved(s, m) &&
            !(s->mentions[m].flags & IM_MENTION_AS_CONTAINER))
            return m;
    return IM_NO_MENTION;
}

/* "across the country", "20 states"; not "the country's leader" nor "the states" */
static gboolean is_whole(const im_text *text, const im_tag *tag)
{
    if (tag->end < text->n_tokens && text->tokens[tag->end].kind == IM_TOKEN_POSSESSIVE)
        return FALSE;
    if (tag->lexeme->n_words > 1 || tag->first == 0)
        return TRUE;
    if (strcmp(tag->lexeme->phrase, "nationwide") == 0 ||
        strcmp(tag->lexeme->phrase, "countrywide") == 0)
        return TRUE;
    for (guint32 back = 1; back <= 2 && back <= tag->first; back++)
        if (text->tokens[tag->first - back].kind == IM_TOKEN_NUMBER ||
            im_text_tag_at(text, tag->first - back, IM_LEX_NUMBER))
            return TRUE;
    return FALSE;
}

/* Whether the event's number is told for many states or the whole country. */
static gboolean is_country_wide(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_ANAPHOR); t < range.end; t++) {
        const im_tag *tag = im_text_tag_at(s->text, t, IM_LEX_ANAPHOR);
        if (!tag || !im_value_is(tag->lexeme, "country") || !is_whole(s->text, tag))
            continue;
        if (t >= e->first ? t < e->until + 12 : e->first - t < 20)
            return TRUE;
    }
    return FALSE;
}

static void set_place(event *e, guint32 mention, int weight, const story *s)
{
    e->mention = mention;
    e->place_weight = mention == IM_NO_MENTION ? IM_WEIGHT_NONE : weight;
    e->near = mention != IM_NO_MENTION && s->mentions[mention].relation != IM_RELATION_NONE;
}

/* "on the corner of Juárez and Morelos streets" */
static gboolean names_street(const story *s, const event *e)
{
    const im_sentence range = im_story_around(s, e);
    for (guint32 t = im_sentence_from(&range, IM_LEX_PLACEHEAD); t < range.end; t++) {
        const im_tag *head = im_text_tag_at(s->text, t, IM_LEX_PLACEHEAD);
        if (head && g_str_has_prefix(head->lexeme->value, "street"))
            return TRUE;
    }
    return FALSE;
}

/* The town of the dateline, for what the first paragraph tells without a place; of a capital, where the
 * news of the whole country is written, only what was in its streets. */
static guint32 dateline_town(const story *s, const event *e)
{
    guint32 m = own_dateline(s, e);
    if (m == IM_NO_MENTION || !is_resolved(s, m) ||
        (strcmp(place_of(s, m).feature_code, "PPLC") == 0 && !names_street(s, e)))
        return IM_NO_MENTION;
    return m;
}

/* "exploded here": the town of the dateline, also a capital; not when somebody is quoted. */
static guint32 place_written_in(const story *s, const event *e)
{
    const im_sentence *range = im_sentence_of(s->text, e->first);
    for (guint32 t = range->first; t < range->end; t++)
        if (im_token_is_punct(s->text, t, '"'))
            return IM_NO_MENTION;
    guint32 m = dateline_mention(s);
    return m != IM_NO_MENTION && place_of(s, m).country == s->country ? m : IM_NO_MENTION;
}

/* "this capital": the first mention of the capital of the report's country. */
static guint32 capital_mention(const story *s)
{
    for (guint32 m = 0; m < MIN(s->n_mentions, (guint32)IM_REACH_MENTIONS); m++)
        if (is_resolved(s, m) && place_of(s, m).country == s->country &&
            strcmp(place_of(s, m).feature_code, "PPLC") == 0)
            return m;
    return IM_NO_MENTION;
}

static void carry_place(const story *s, const GPtrArray *placed, event *e)
{
    const char *anaphor = anaphor_in(s, e);
    guint32 told = strcmp(anaphor, "capital") == 0 ? capital_mention(s)
                   : strcmp(anaphor, "here") == 0  ? place_written_in(s, e)
                                                   : (guint32)IM_NO_MENTION;
    if (told != IM_NO_MENTION) {
        set_place(e, told, IM_WEIGHT_ANAPHOR, s);
        return;
    }
    const event *before = event_before(s, placed, e, *anaphor ? 6 : 3);
    told = *anaphor || is_paragraph_of(s, before, e) ? (guint32)IM_NO_MENTION
                                                     : im_place_of_section(s, e->sentence);
    if (told != IM_NO_MENTION) {
        set_place(e, told, IM_WEIGHT_SURE, s);
        return;
    }
    if (im_has_own_head(s, e))
        before = NULL;
    if (before && !before->country_wide &&
        (s->text->upper_case || is_paragraph_of(s, before, e) ||
         own_dateline(s, e) == IM_NO_MENTION)) {
        set_place(e, before->mention, *anaphor ? IM_WEIGHT_ANAPHOR : IM_WEIGHT_CARRIED, s);
        return;
    }
    guint32 named = mention_before(s, e->sentence, TRUE);
    if (named == IM_NO_MENTION && *anaphor && dateline_town(s, e) == IM_NO_MENTION)
        named = mention_before(s, e->sentence, FALSE);
    if (named != IM_NO_MENTION) {
        set_place(e, named, *anaphor ? IM_WEIGHT_ANAPHOR : IM_WEIGHT_CARRIED, s);
        return;
    }
    named = dateline_town(s, e);
    if (named != IM_NO_MENTION) {
        set_place(e, named, IM_WEIGHT_TOWN, s);
        return;
    }
    set_place(e, main_mention(s), IM_WEIGHT_MAIN,
              s); /* else the report's country, not where it was written */
}

static gboolean can_be_told_of_each(const event *e)
{
    return im_event_dead(e) == IM_UNKNOWN && e->injured == IM_UNKNOWN &&
           e->arrested == IM_UNKNOWN && e->abducted == IM_UNKNOWN &&
           e->type != IM_INCIDENT_DEPLOYMENT;
}

/* "in Chavinda, Ecuandureo, La Piedad and Zamora" is four events. */
static void spread_over_list(const story *s, GPtrArray *placed, guint32 end)
{
    guint index = placed->len - 1;
    const event *e = placed->pdata[index];
    guint32 m = e->mention, next;
    while ((next = im_list_neighbour(s, m, 1)) != IM_NO_MENTION && s->mentions[next].first < end &&
           im_story_are_listed(s, m, next) &&
           s->mentions[e->mention].relation != IM_RELATION_BETWEEN) {
        event *copy = im_arena_grow(s->arena, e, sizeof *e, sizeof *e);
        copy->mention = next;
        g_ptr_array_add(placed, copy);
        m = next;
    }
    if (placed->len == index + 1)
        return;
    gboolean objects = e->type == IM_INCIDENT_ARSON || e->type == IM_INCIDENT_LOOTING ||
                       e->type == IM_INCIDENT_DISRUPTION;
    const int n = (int)(placed->len - index);
    gboolean sum = e->count > 1 && e->count != n; /* of all places: not told of each */
    for (guint i = index; i < placed->len; i++) {
        event *each = placed->pdata[i];
        each->count = objects || sum ? IM_UNKNOWN : 1;
        each->bound = objects || sum ? IM_BOUND_NONE : IM_BOUND_EXACT;
        each->plural = FALSE;
    }
}

/* "… condemned the murder of the Colombian senator": the sentence speaks of another country than the
 * report. */
static gboolean is_told_abroad(const story *s, event *e)
{
    im_place_id country = im_story_country_said(s, e);
    if (country == IM_PLACE_NONE || country == s->country || *anaphor_in(s, e))
        return FALSE;
    e->country = country;
    return TRUE;
}

/* Gives an event its place and appends it to `placed`, once for each place of a list. */
static void place_event(const story *s, event *e, GPtrArray *placed)
{
    int weight = 0;
    if (e->mention != IM_NO_MENTION) { /* told with its place */
        set_place(e, e->mention, IM_WEIGHT_SURE, s);
        g_ptr_array_add(placed, e);
        return;
    }
    e->country_wide = is_country_wide(s, e);
    guint32 own = own_place(s, e, &weight);
    if (e->total && own == IM_NO_MENTION)
        e->country_wide = TRUE; /* its places are those of its parts */
    if (own != IM_NO_MENTION && e->country_wide && s->mentions[own].first >= e->first &&
        s->mentions[own].first < e->until && weight >= IM_WEIGHT_SURE &&
        im_mention_kind(s, own) != IM_PLACE_COUNTRY)
        e->country_wide = FALSE;
    gboolean spread = !e->country_wide && own != IM_NO_MENTION && can_be_told_of_each(e);
    if (e->country_wide)
        e->place_weight = IM_WEIGHT_SURE;
    else if (own != IM_NO_MENTION)
        set_place(e, spread ? im_list_head(s, own) : own, weight, s);
    else if (!is_told_abroad(s, e))
        carry_place(s, placed, e);
    guint32 list = e->sentence;
    if (own == IM_NO_MENTION && e->mention != IM_NO_MENTION && list > 0 && can_be_told_of_each(e) &&
        s->mentions[e->mention].first >= s->text->sentences[list - 1].first &&
        im_lists_places(s, list - 1)) {
        set_place(e, im_list_head(s, e->mention), IM_WEIGHT_SURE, s);
        spread = TRUE;
        list--;
    }
    g_ptr_array_add(placed, e);
    if (spread)
        spread_over_list(s, placed, s->text->sentences[list].end);
}

void im_story_find_places(story *s)
{
    GPtrArray *placed = g_ptr_array_sized_new(s->events->len);
    s->weights = im_arena_room(s->arena, gint8, s->n_mentions + 1);
    memset(s->weights, -1, s->n_mentions + 1);
    for (guint i = 0; i < s->events->len; i++)
        place_event(s, s->events->pdata[i], placed);
    g_ptr_array_unref(s->events);
    s->events = placed;
}
