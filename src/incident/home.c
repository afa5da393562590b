/* The country that a report is from, by its place names; and names that were taken to mean places
 * elsewhere which are rather places there. */
#include "gazetteer/ahead.h"
#include "gazetteer/key.h"
#include "gazetteer/record.h"
#include "incident/priv.h"

enum { DEMONYMS_AT_ONCE = 64 };

/* What a report has of a country. */
typedef struct share {
    im_place_id country;
    guint votes;
    gboolean named; /* the country itself, its people, or a place that can mean no other */
} share;

gboolean im_says_whose(const im_text *text, const im_mention *m)
{
    guint32 before = m->first > 0 ? m->first - 1 : 0;
    if (im_token_is(text, before, "the") && before > 0)
        before--;
    return !(m->flags & IM_MENTION_DATELINE) && m->end < text->n_tokens &&
           text->tokens[m->end].kind == IM_TOKEN_WORD &&
           !im_text_has_tag(text, m->end, IM_LEX_FUNCTION) &&
           !im_text_has_tag(text, before, IM_LEX_PREPOSITION);
}

static im_place_id country_of(const story *s, const im_mention *m)
{
    return m->status == IM_MENTION_RESOLVED ? im_gazetteer_country(s->gazetteer, m->place)
                                            : IM_PLACE_NONE;
}

static gboolean may_be_demonym(const story *s, guint32 token)
{
    enum { SHORTEST_DEMONYM = 4 };
    const im_token *t = &s->text->tokens[token];
    return ((t->kind == IM_TOKEN_WORD) & (t->fold_len >= SHORTEST_DEMONYM) &
            !im_text_has_tag(s->text, token, IM_LEX_FUNCTION)) &&
           im_key_may_exist(s->gazetteer, t->hash);
}

im_place_id im_story_demonym_at(const story *s, guint32 token)
{
    const im_text *text = s->text;
    if (token >= text->n_tokens || !may_be_demonym(s, token))
        return IM_PLACE_NONE;
    const im_token *t = &text->tokens[token];
    guint n;
    const im_reading *r =
        im_key_find(s->gazetteer, t->hash, im_token_fold(text, token), t->fold_len, &n);
    for (guint i = n; i > 0 && r[i - 1].kind == IM_NAME_DEMONYM;
         i--) /* they stand behind all others */
        if (im_gazetteer_kind(s->gazetteer, r[i - 1].place) == IM_PLACE_COUNTRY)
            return r[i - 1].place;
    return IM_PLACE_NONE;
}

/* Whether the word behind a country's people says who acts for it or against it at home: "the Salvadoran
 * president", "Colombian guerrillas"; not "the Mexican ambassador", "American tourists". */
static gboolean is_of_the_land(const im_text *text, guint32 token)
{
    enum { REACH_NOUN = 3 };
    static im_words abroad = IM_WORDS("ambassador", "consul", "embajador", "embajadora");
    for (guint32 t = token; t < MIN(token + REACH_NOUN, text->n_tokens); t++) {
        const im_tag *actor = im_text_tag_at(text, t, IM_LEX_ACTOR);
        if (text->tokens[t].kind != IM_TOKEN_WORD || im_token_is_any(text, t, &abroad))
            return FALSE;
        if (im_text_has_tag(text, t, IM_LEX_TITLE))
            return TRUE;
        if (actor)
            return im_lexeme_has(actor->lexeme, IM_EXTRA_REBELS) ||
                   im_lexeme_has(actor->lexeme, IM_EXTRA_POLICE);
    }
    return FALSE;
}

/* The country of which the words at a token speak: "Colombian president", "Peru's police", "the FMLN". */
static im_place_id country_said_at(const story *s, guint32 token)
{
    const im_text *text = s->text;
    const im_tag *group = im_text_tag_at(text, token, IM_LEX_ACTOR);
    const char *code = group ? im_lexeme_country(group->lexeme) : NULL;
    if (code)
        return im_gazetteer_by_code(s->gazetteer, code);
    guint32 m = s->mention_at[token], end = m == IM_NO_MENTION ? token + 1 : s->mentions[m].end;
    if (end < text->n_tokens && text->tokens[end].kind == IM_TOKEN_POSSESSIVE)
        end++;
    if (!is_of_the_land(text, end))
        return IM_PLACE_NONE;
    if (m == IM_NO_MENTION)
        return im_story_demonym_at(s, token);
    gboolean country = s->mentions[m].status == IM_MENTION_RESOLVED &&
                       im_gazetteer_kind(s->gazetteer, s->mentions[m].place) == IM_PLACE_COUNTRY;
    return country ? s->mentions[m].place : IM_PLACE_NONE;
}

im_place_id im_story_country_said(const story *s, const event *e)
{
    enum { REACH_BEFORE = 12, REACH_BEHIND = 20 };
    const im_sentence *range = im_sentence_of(s->text, e->first);
    guint32 first = MAX(range->first, e->first - MIN(e->first, REACH_BEFORE));
    guint32 end = MIN(range->end, e->end + REACH_BEHIND);
    im_place_id country = IM_PLACE_NONE;
    for (guint32 t = e->end; t < end && country == IM_PLACE_NONE; t++)
        country = country_said_at(s, t);
    for (guint32 t = e->first; t > first && country == IM_PLACE_NONE; t--)
        country = country_said_at(s, t - 1);
    return country;
}

/* The head that begins at a token and stands behind names: "neighborhood", of which there is another before
 * them. */
static const im_tag *head_behind(const im_text *text, guint32 token)
{
    if (!im_text_has_tag(text, token, IM_LEX_PLACEHEAD))
        return NULL;
    for (guint32 i = text->tokens[token].first_tag;
         i < text->n_tags && text->tags[i].first == token; i++)
        if (text->tags[i].cls == IM_LEX_PLACEHEAD &&
            im_lexeme_has(text->tags[i].lexeme, IM_EXTRA_AFTER))
            return &text->tags[i];
    return NULL;
}

/* "neighborhood" right behind a name, or "neighborhoods" behind the names that go on from it. */
static const im_tag *word_behind(const im_text *text, guint32 end)
{
    enum { REACH_LIST = 7 };
    for (guint32 t = end; t < MIN(end + REACH_LIST, text->n_tokens); t++) {
        const im_tag *head = head_behind(text, t);
        if (head)
            return t == end || g_str_has_suffix(head->lexeme->phrase, "s") ? head : NULL;
        gboolean joint = im_token_is_punct(text, t, ',') || im_token_is(text, t, "and");
        gboolean name = (text->tokens[t].flags & IM_TOKEN_CAPITAL) && !im_text_is_known(text, t);
        if (!joint && (t == end || !name))
            return NULL;
    }
    return NULL;
}

static gboolean means_quarter(const im_lexeme *head)
{
    return im_value_is(head, "district");
}

static gboolean has_quarters(const im_text *text)
{
    for (const im_tag *head = im_text_first_tag(text, IM_LEX_PLACEHEAD); head;
         head = im_text_next_tag(text, head))
        if (means_quarter(head->lexeme))
            return TRUE;
    return FALSE;
}

/* The word beside a mention that says what it is of a town: "San Miguelito neighborhood", "colonia
 * Escalón", also for the names that are listed before it; or NULL. */
static const im_tag *quarter_word(const story *s, guint32 mention)
{
    enum { LONGEST_LIST = 16 };
    if (!s->quarters)
        return NULL;
    const im_text *text = s->text;
    const im_mention *m = &s->mentions[mention];
    const im_tag *head = NULL;
    for (guint32 back = 1; back <= 2 && back <= m->first && !head; back++) {
        head = im_text_tag_at(text, m->first - back, IM_LEX_PLACEHEAD);
        if (head && (head->end != m->first || !im_lexeme_has(head->lexeme, IM_EXTRA_BEFORE)))
            head = NULL;
    }
    guint32 at = mention, last = MIN(s->n_mentions, mention + LONGEST_LIST) - 1;
    while (!head && at < last && im_story_are_listed(s, at, at + 1))
        at++;
    if (!head)
        head = word_behind(text, s->mentions[at].end);
    return head && means_quarter(head->lexeme) ? head : NULL;
}

static gboolean is_quarter(const story *s, guint32 mention)
{
    return quarter_word(s, mention) != NULL;
}

/* "district": of a town or of a state. */
static gboolean is_district(const im_tag *word)
{
    return g_str_has_prefix(word->lexeme->phrase, "district") ||
           g_str_has_prefix(word->lexeme->phrase, "distrito");
}

/* NULL where the report has nothing of the country. */
static share *share_of(const GArray *shares, im_place_id country)
{
    for (guint i = 0; i < shares->len; i++)
        if (g_array_index(shares, share, i).country == country)
            return &g_array_index(shares, share, i);
    return NULL;
}

static share *share_for(GArray *shares, im_place_id country)
{
    share *found = share_of(shares, country);
    if (found)
        return found;
    const share none = {.country = country};
    g_array_append_val(shares, none);
    return &g_array_index(shares, share, shares->len - 1);
}

/* Whether the place is known by its name alone: a country, a state, a large city. */
static gboolean is_known_everywhere(const im_place_record *p)
{
    enum { LARGE = 300000 };
    return p->kind == IM_PLACE_COUNTRY || p->kind == IM_PLACE_ADMIN1 ||
           p->kind == IM_PLACE_REGION || p->population >= LARGE;
}

/* Where a report was written counts twice: most are about the country that they are from. */
static void count_mention(const story *s, GArray *shares, guint index)
{
    enum { PLACE = 3, OWNER = 1, WRITTEN_THERE = 3 };
    const im_mention *m = &s->mentions[index];
    if (m->status != IM_MENTION_RESOLVED)
        return;
    const im_place_record p = im_gazetteer_record(s->gazetteer, m->place);
    if (p.country == IM_PLACE_NONE || (m->container == IM_NO_MENTION && is_quarter(s, index)))
        return;
    share *found = share_for(shares, p.country);
    found->votes += (m->flags & IM_MENTION_ACTOR) || im_says_whose(s->text, m) ? OWNER : PLACE;
    found->votes += m->flags & IM_MENTION_DATELINE ? WRITTEN_THERE : 0;
    found->named = found->named || m->container != IM_NO_MENTION || is_known_everywhere(&p);
}

static void count_word(GArray *shares, im_place_id country, guint votes)
{
    if (country == IM_PLACE_NONE)
        return;
    share *found = share_for(shares, country);
    found->votes += votes;
    found->named = TRUE;
}

/* "the FMLN" */
static void count_groups(const story *s, GArray *shares)
{
    enum { GROUP = 2 };
    const im_text *text = s->text;
    for (const im_tag *actor = im_text_first_tag(text, IM_LEX_ACTOR); actor;
         actor = im_text_next_tag(text, actor)) {
        const char *code = im_lexeme_country(actor->lexeme);
        if (code)
            count_word(shares, im_gazetteer_by_code(s->gazetteer, code), GROUP);
    }
}

/* "Salvadoran"; in Spanish without a capital, too */
static void count_demonyms(const story *s, GArray *shares)
{
    const im_text *text = s->text;
    const gboolean any_case = text->language == IM_LANGUAGE_ES;
    const guint32 n = any_case ? text->n_tokens : text->n_capitals;
    for (guint32 i = 0; i < n;) { /* some at a time, so that the gazetteer is sent for */
        guint32 words[DEMONYMS_AT_ONCE], n_words = 0;
        for (; i < n && n_words < DEMONYMS_AT_ONCE; i++) {
            words[n_words] = any_case ? i : text->capitals[i];
            n_words +=
                s->mention_at[words[n_words]] == IM_NO_MENTION && may_be_demonym(s, words[n_words]);
        }
        for (guint step = 0; step < IM_AHEAD_STEPS; step++)
            for (guint k = 0; k < n_words; k++)
                im_gazetteer_ahead(s->gazetteer, text->tokens[words[k]].hash, step);
        for (guint k = 0; k < n_words; k++)
            count_word(shares, im_story_demonym_at(s, words[k]), 1);
    }
}

/* Of each country, what the report has of it. */
static GArray *find_shares(const story *s)
{
    GArray *shares = g_array_new(FALSE, FALSE, sizeof(share));
    for (guint i = 0; i < s->n_mentions; i++)
        count_mention(s, shares, i);
    count_groups(s, shares);
    count_demonyms(s, shares);
    return shares;
}

/* The country that the report has most of; ties go to the one with the lower id. */
static im_place_id main_country(GArray *shares)
{
    im_place_id best = IM_PLACE_NONE;
    guint most = 0;
    for (guint i = 0; i < shares->len; i++) {
        const share *one = &g_array_index(shares, share, i);
        if (one->votes > most || (one->votes == most && one->country < best)) {
            best = one->country;
            most = one->votes;
        }
    }
    return best;
}

/* Whether another mention in the paragraph lies in the country. */
static gboolean is_told_beside(const story *s, guint mention, im_place_id country)
{
    const im_text *text = s->text;
    guint32 paragraph = im_sentence_of(text, s->mentions[mention].first)->paragraph;
    for (int step = -1; step <= 1; step += 2)
        for (gint64 i = (gint64)mention + step, n = 0;
             i >= 0 && i < s->n_mentions && n < IM_REACH_MENTIONS; i += step, n++) {
            if (im_sentence_of(text, s->mentions[i].first)->paragraph != paragraph)
                break;
            if (country_of(s, &s->mentions[i]) == country && !is_quarter(s, (guint)i))
                return TRUE;
        }
    return FALSE;
}

/* "in Olaya neighborhood, in southern Bogota": a town of the name that lies far from the town beside it. */
static gboolean is_far_from_town(const story *s, guint mention)
{
    static const double FAR_KM = 50;
    const im_mention *m = &s->mentions[mention];
    im_place p = im_gazetteer_place(s->gazetteer, m->place);
    const im_sentence *range = im_sentence_of(s->text, m->first);
    guint first =
        im_story_mentions_from(s, MAX(range->first, m->first - MIN(m->first, IM_REACH_TOKENS)));
    guint32 end = MIN(range->end, m->end + IM_REACH_TOKENS);
    for (guint i = first; i < s->n_mentions && s->mentions[i].first < end; i++) {
        if (i == mention || country_of(s, &s->mentions[i]) != p.country || is_quarter(s, i))
            continue;
        im_place other = im_gazetteer_place(s->gazetteer, s->mentions[i].place);
        if (other.kind == IM_PLACE_TOWN && im_distance_km(other.position, p.position) > FAR_KM)
            return TRUE;
    }
    return FALSE;
}

/* Whether a mention was taken to mean a smaller place of a country of which nothing else in the report
 * surely is, nor a container stands beside it: rather one of the report's country that the gazetteer lacks. */
static gboolean is_stray(const story *s, GArray *shares, guint mention)
{
    enum { FEWEST_AT_HOME = 9, TIMES_MORE = 3 };
    const im_mention *m = &s->mentions[mention];
    im_place_id country = country_of(s, m);
    if (country == IM_PLACE_NONE || m->container != IM_NO_MENTION)
        return FALSE;
    const im_tag *quarter = quarter_word(s, mention);
    if (quarter && !is_district(quarter) && is_far_from_town(s, mention))
        return TRUE;
    if (s->country == IM_PLACE_NONE || country == s->country)
        return FALSE;
    if (quarter)
        return !is_told_beside(s, mention, country);
    im_place_record p = im_gazetteer_record(s->gazetteer, m->place);
    const guint home = share_of(shares, s->country)->votes;
    const share *there = share_of(shares, country);
    return !is_known_everywhere(&p) && !there->named && home >= FEWEST_AT_HOME &&
           home >= TIMES_MORE * there->votes;
}

void im_story_find_home(story *s)
{
    s->quarters = has_quarters(s->text);
    g_autoptr(GArray) shares = find_shares(s);
    s->country = main_country(shares);
    s->strays = im_arena_room(s->arena, gboolean, s->n_mentions + 1);
    for (guint i = 0; i < s->n_mentions; i++)
        s->strays[i] = is_stray(s, shares, i);
}
