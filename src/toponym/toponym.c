#include "toponym/priv.h"

#include <string.h>

/* A mention is told when it is likelier a place than not. */
static const double PLACE_FROM = 0.5;
/* Below this probability, and with a second reading close behind, a mention stays ambiguous. */
static const double CLEAR_FROM = 0.3, CLEAR_BY = 0.05;

const char *im_mention_status_name(im_mention_status status)
{
    static const char *const names[] = {"none", "resolved", "ambiguous", "not_found"};
    return (guint)status < G_N_ELEMENTS(names) ? names[status] : "none";
}

const char *im_reason_text(im_reason reason)
{
    static const char *const texts[] = {
        [IM_REASON_NONE] = "no reading",
        [IM_REASON_ONLY] = "the only place of that name",
        [IM_REASON_CONTAINER] = "its state or country stands beside it",
        [IM_REASON_CONTAINS] = "it contains the place beside it",
        [IM_REASON_DOCUMENT] = "its state or country is named in the document",
        [IM_REASON_NEAR] = "closest to the other places of the document",
        [IM_REASON_RANK] = "the most prominent place of that name",
        [IM_REASON_ONE_SENSE] = "the same name was decided elsewhere in the document",
        [IM_REASON_PRIOR] = "the expected country or area",
        [IM_REASON_ALIAS] = "a fixed alias or abbreviation",
    };
    return (guint)reason < G_N_ELEMENTS(texts) && texts[reason] ? texts[reason] : texts[0];
}

static void topo_init(im_topo *topo, const im_gazetteer *gazetteer, const im_text *text,
                      const im_toponym_options *options)
{
    enum { LIKELY_NAMES = 32 };
    *topo = (im_topo){.gazetteer = gazetteer, .text = text, .options = options};
    topo->arena = im_arena_new();
    topo->marks = im_arena_array(topo->arena, guint8, text->n_tokens + 1);
    topo->headline = im_arena_array(topo->arena, guint8, text->n_sentences + 1);
    topo->surname_mask = topo_table_size(text->n_capitals) - 1;
    topo->surnames = im_arena_array(topo->arena, guint32, topo->surname_mask + 1);
    topo->words = topo_words_of(gazetteer);
    topo->candidates = g_array_sized_new(FALSE, TRUE, sizeof(topo_candidate), LIKELY_NAMES);
    topo->names = g_array_sized_new(FALSE, TRUE, sizeof(topo_name), LIKELY_NAMES);
    topo->name_mask = 255;
    topo->name_slots = im_arena_array(topo->arena, guint32, topo->name_mask + 1);
}

void topo_clear(im_topo *topo)
{
    g_array_free(topo->candidates, TRUE);
    g_array_free(topo->names, TRUE);
    im_arena_free(topo->arena);
}

static im_mention_status status_of(const topo_candidate *c)
{
    if (c->name == TOPO_NONE)
        return IM_MENTION_NOT_FOUND;
    gboolean clear =
        c->choice.p_best >= CLEAR_FROM || c->choice.p_best - c->choice.p_second >= CLEAR_BY;
    if (c->elsewhere && c->choice.p_none > c->choice.p_best)
        return IM_MENTION_NOT_FOUND;
    clear = clear && c->choice.p_none <= c->choice.p_best;
    return clear ? IM_MENTION_RESOLVED : IM_MENTION_AMBIGUOUS;
}

static im_mention mention_of(const im_topo *topo, const topo_candidate *c)
{
    im_mention m = {.first = c->first,
                    .end = c->end,
                    .status = status_of(c),
                    .place = IM_PLACE_NONE,
                    .runner_up = IM_PLACE_NONE,
                    .container = G_MAXUINT32,
                    .flags = c->flags};
    if (c->first < c->end)
        m.span = im_text_span(topo->text, c->first, c->end);
    if (c->given) {
        m.span = topo->options->spans[c->given - 1];
        m.first = c->span_first;
        m.end = c->span_end;
    }
    if (c->name == TOPO_NONE) {
        m.score = c->evidence;
        return m;
    }
    const topo_name *name = topo_name_at(topo, c->name);
    if (m.status == IM_MENTION_RESOLVED)
        m.place = name->readings[c->choice.best].place;
    m.score = c->evidence * c->choice.p_best;
    m.reason = c->choice.reason;
    if (c->choice.second != c->choice.best) {
        m.runner_up = name->readings[c->choice.second].place;
        m.runner_up_score = c->evidence * c->choice.p_second;
    }
    return m;
}

/* The abbreviation's full stop belongs to the mention: `Jal.`. */
static gboolean is_mention(const im_topo *topo, const topo_candidate *c)
{
    if (topo->options->n_spans || topo->options->spans)
        return c->given != 0;
    return !c->out && c->evidence >= PLACE_FROM;
}

static GArray *collect(const im_topo *topo)
{
    GArray *mentions = g_array_sized_new(FALSE, TRUE, sizeof(im_mention), topo->candidates->len);
    guint32 *index = im_arena_array(topo->arena, guint32, topo->candidates->len + 1);
    for (guint32 i = 0; i < topo->candidates->len; i++) {
        const topo_candidate *c = topo_candidate_at(topo, i);
        index[i] = G_MAXUINT32;
        if (!is_mention(topo, c))
            continue;
        index[i] = mentions->len;
        im_mention m = mention_of(topo, c);
        if (c->choice.reason == IM_REASON_CONTAINER)
            m.container = c->container;
        g_array_append_val(mentions, m);
    }
    for (guint32 i = 0; i < mentions->len; i++) {
        im_mention *m = &g_array_index(mentions, im_mention, i);
        if (m->container == G_MAXUINT32)
            continue;
        m->container = index[m->container];
        if (m->container != G_MAXUINT32)
            g_array_index(mentions, im_mention, m->container).flags |= IM_MENTION_AS_CONTAINER;
    }
    return mentions;
}

/* With given spans: one mention for each, in their order. */
static GArray *in_order_of_spans(const im_topo *topo, GArray *mentions)
{
    GArray *ordered = g_array_new(FALSE, TRUE, sizeof(im_mention));
    g_array_set_size(ordered, topo->options->n_spans);
    guint32 *at = im_arena_array(topo->arena, guint32, mentions->len + 1);
    for (guint32 i = 0, m = 0; i < topo->candidates->len; i++)
        if (topo_candidate_at(topo, i)->given)
            at[m++] = topo_candidate_at(topo, i)->given - 1;
    for (guint32 m = 0; m < mentions->len; m++) {
        im_mention *mention = &g_array_index(mentions, im_mention, m);
        if (mention->container != G_MAXUINT32)
            mention->container = at[mention->container];
        g_array_index(ordered, im_mention, at[m]) = *mention;
    }
    g_array_free(mentions, TRUE);
    return ordered;
}

/* The groups that the text names speak of their countries: the FMLN of El Salvador. */
static void read_groups(im_topo *topo)
{
    const im_text *text = topo->text;
    if (!(text->classes & IM_CLASS_BIT(IM_LEX_ACTOR)))
        return;
    const char *last = NULL;
    for (const im_tag *actor = im_text_first_tag(text, IM_LEX_ACTOR); actor;
         actor = im_text_next_tag(text, actor)) {
        const char *code = im_lexeme_country(actor->lexeme);
        if (!code || (last && strcmp(code, last) == 0))
            continue;
        last = code;
        im_place_id country = im_gazetteer_by_code(topo->gazetteer, code);
        if (country != IM_PLACE_NONE)
            topo_match_hint(topo, im_gazetteer_place(topo->gazetteer, country).name);
    }
}

void topo_read(im_topo *topo, const im_gazetteer *gazetteer, const im_text *text,
               const im_toponym_options *options)
{
    static const im_toponym_options none = {0};
    topo_init(topo, gazetteer, text, options ? options : &none);
    topo_mark(topo);
    topo_match(topo);
    if (topo->options->n_spans)
        topo_match_spans(topo);
    else
        topo_add_unknown(topo);
    topo_look_around(topo);
    topo_find_containers(topo);
    topo->first_hint = topo->names->len;
    if (topo->options->publisher)
        topo_match_hint(topo, topo->options->publisher);
    if (topo->options->url)
        topo_read_outlet(topo, topo->options->url);
    read_groups(topo);
    topo_weigh(topo);
    topo_resolve(topo);
    topo_accept(topo);
}

im_text *im_toponym_text_new(const char *bytes, gsize len, im_language language)
{
    static const guint64 classes =
        IM_CLASS_BIT(IM_LEX_FUNCTION) | IM_CLASS_BIT(IM_LEX_NUMBER) | IM_CLASS_BIT(IM_LEX_MONTH) |
        IM_CLASS_BIT(IM_LEX_WEEKDAY) | IM_CLASS_BIT(IM_LEX_TIME) | IM_CLASS_BIT(IM_LEX_TITLE) |
        IM_CLASS_BIT(IM_LEX_GIVEN) | IM_CLASS_BIT(IM_LEX_SURNAME) | IM_CLASS_BIT(IM_LEX_ORGHEAD) |
        IM_CLASS_BIT(IM_LEX_ORG) | IM_CLASS_BIT(IM_LEX_PLACEHEAD) |
        IM_CLASS_BIT(IM_LEX_PREPOSITION) | IM_CLASS_BIT(IM_LEX_SAYING) |
        IM_CLASS_BIT(IM_LEX_NOTPLACE) | IM_CLASS_BIT(IM_LEX_AUXILIARY) |
        IM_CLASS_BIT(IM_LEX_DIRECTION) | IM_CLASS_BIT(IM_LEX_ACTOR);
    return im_text_new_with(bytes, len, language, classes);
}

GArray *im_toponyms_find(const im_gazetteer *gazetteer, const im_text *text,
                         const im_toponym_options *options)
{
    im_topo topo;
    topo_read(&topo, gazetteer, text, options);
    GArray *mentions = collect(&topo);
    if (topo.options->n_spans)
        mentions = in_order_of_spans(&topo, mentions);
    topo_relate(&topo, mentions);
    if (topo.options->rejected)
        topo_tell_rejected(&topo, mentions, topo.options->rejected);
    topo_clear(&topo);
    return mentions;
}
