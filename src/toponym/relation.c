/* How a mention is meant when not simply as itself: near it, south of it, between two, its north. */
#include "toponym/priv.h"

#include <math.h>
#include <string.h>

/* How far around a place `near` it reaches when no distance is told; at least, and of its own extent. */
static const double NEAR_KM = 10, NEAR_SHARE = 1;
/* The radius around a spot that is told by distance and bearing: a third of the distance. */
static const double OFFSET_SHARE = 1.0 / 3;

const char *im_relation_name(im_relation relation)
{
    static const char *const names[] = {NULL, "near", "offset", "between", "part"};
    return (guint)relation < G_N_ELEMENTS(names) ? names[relation] : NULL;
}

static im_mention *mention_at(GArray *mentions, guint32 i)
{
    return &g_array_index(mentions, im_mention, i);
}

/* ---- what stands before a mention ---- */

/* Whether the token only leads from what is said to the name: `the`, `el`, `downtown`. */
static gboolean is_filler(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("the", "el", "la", "los", "las", "downtown");
    return im_token_is_any(text, token, &words);
}

/* The first token of the noun: of `the city of X` and `los municipios de X` as of `X`. */
static guint32 noun_first(const im_text *text, guint32 first)
{
    const im_tag *head = topo_tag_before(text, first, IM_LEX_PLACEHEAD);
    if (head && !im_value_is(head->lexeme, "near") && !im_value_is(head->lexeme, "region") &&
        topo_same_sentence(text, head->first, first))
        first = head->first;
    while (first > 0 && is_filler(text, first - 1) && topo_same_sentence(text, first - 1, first))
        first--;
    return first;
}

static gboolean is_link(const im_text *text, guint32 token)
{
    return im_token_is(text, token, "of") || im_token_is(text, token, "from") ||
           im_token_is(text, token, "de") || im_token_is(text, token, "del");
}

/* The point of the compass that ends where `at` begins, or NULL. */
static const im_tag *compass_before(const im_text *text, guint32 at)
{
    const im_tag *tag = topo_tag_before(text, at, IM_LEX_DIRECTION);
    return tag && !*tag->lexeme->extra && topo_same_sentence(text, tag->first, at) ? tag : NULL;
}

G_ALWAYS_INLINE static inline const im_tag *head_before(const im_text *text, guint32 at,
                                                        const char *value)
{
    const im_tag *tag = topo_tag_before(text, at, IM_LEX_PLACEHEAD);
    return tag && im_value_is(tag->lexeme, value) ? tag : NULL;
}

/* `30 km`, `twenty miles`, ending where `at` begins: kilometres, 0 when no length stands there. */
static double length_before(const im_text *text, guint32 at)
{
    if (at < 2 || !topo_same_sentence(text, at - 2, at))
        return 0;
    const im_tag *unit = im_text_tag_at(text, at - 1, IM_LEX_DIRECTION);
    guint32 number = at - 2;
    if (number > 0 && im_token_is_punct(text, number, '-'))
        number--;
    const im_tag *word = im_text_tag_at(text, number, IM_LEX_NUMBER);
    if (!unit || !im_extra_is(unit->lexeme, "metres"))
        return 0;
    double count = word ? word->lexeme->number : 0;
    if (text->tokens[number].kind == IM_TOKEN_NUMBER) {
        char digits[16];
        gsize n = 0;
        for (const char *c = im_token_fold(text, number); *c && n + 1 < sizeof digits; c++)
            if (*c != ',' || strlen(c) != 4) /* `1,200` metres, but `1,5` km */
                digits[n++] = *c == ',' ? '.' : *c;
        digits[n] = '\0';
        count = g_ascii_strtod(digits, NULL);
    }
    return count * unit->lexeme->number / 1000;
}

/* What leads from a length to a point of the compass: `due`, `to the`, `al`, `hacia el`. */
static guint32 before_leads(const im_text *text, guint32 at)
{
    static im_words words = IM_WORDS("due", "to", "the", "al", "hacia", "el", "just");
    while (at > 0 && im_token_is_any(text, at - 1, &words))
        at--;
    return at;
}

/* ---- one mention ---- */

static void set_near(im_mention *m, double distance_km, double bearing_deg)
{
    m->relation = distance_km > 0 && bearing_deg >= 0 ? IM_RELATION_OFFSET : IM_RELATION_NEAR;
    m->distance_km = distance_km;
    m->bearing_deg = bearing_deg;
}

/* `30 km south of X`, `20 km from X`, `south of X`; the south of X is a part of it. */
static gboolean find_offset(const im_text *text, guint32 noun, im_mention *m)
{
    if (noun == 0 || !is_link(text, noun - 1))
        return FALSE;
    const im_tag *compass = compass_before(text, noun - 1);
    guint32 at = compass ? compass->first : noun - 1;
    double bearing = compass ? compass->lexeme->number : -1;
    double km = length_before(text, compass ? before_leads(text, at) : at);
    if (km > 0) {
        set_near(m, km, bearing);
        return TRUE;
    }
    if (!compass)
        return FALSE;
    gboolean article =
        at > 0 && (im_token_is(text, at - 1, "the") || im_token_is(text, at - 1, "el"));
    gboolean spanish = im_token_is(text, noun - 1, "de") || im_token_is(text, noun - 1, "del");
    gboolean outside = spanish ? at > 0 && im_token_is(text, at - 1, "al") : !article;
    if (outside && bearing >= 0)
        set_near(m, 0, bearing);
    else
        m->relation = IM_RELATION_PART;
    m->bearing_deg = bearing;
    return TRUE;
}

static void relate_one(const im_text *text, im_mention *m)
{
    guint32 noun = noun_first(text, m->first);
    const im_tag *after = im_text_tag_at(text, m->end, IM_LEX_PLACEHEAD);
    const im_tag *compass = compass_before(text, noun);
    if (find_offset(text, noun, m))
        return;
    if (head_before(text, noun, "near") || head_before(text, m->first, "region") ||
        (after && im_value_is(after->lexeme, "region") && im_extra_is(after->lexeme, "after"))) {
        set_near(m, 0, -1);
    } else if (compass) {
        m->relation = IM_RELATION_PART;
        m->bearing_deg = compass->lexeme->number;
    }
}

/* ---- two mentions ---- */

static gboolean is_and(const im_text *text, guint32 token)
{
    return im_token_is(text, token, "and") || im_token_is(text, token, "y") ||
           im_token_is(text, token, "e");
}

/* The mention behind `i` and the container that may stand beside it: in `Acatic, Jalisco, and X` X. */
static guint32 partner_of(const im_text *text, GArray *mentions, guint32 i, guint32 *end)
{
    *end = mention_at(mentions, i)->end;
    if (i + 1 < mentions->len && mention_at(mentions, i)->container == i + 1) {
        *end = mention_at(mentions, ++i)->end;
        if (im_token_is_punct(text, *end, ','))
            ++*end;
    }
    return i + 1;
}

static void join(GArray *mentions, guint32 a, guint32 b)
{
    for (guint k = 0; k < 2; k++) {
        im_mention *m = mention_at(mentions, k ? b : a);
        m->relation = IM_RELATION_BETWEEN;
        m->other = k ? a : b;
        m->distance_km = 0;
        m->bearing_deg = -1;
    }
}

/* `between X and Y`, `entre los municipios de X y Y`. */
static void relate_pair(const im_text *text, GArray *mentions, guint32 i)
{
    guint32 end, other = partner_of(text, mentions, i, &end);
    if (other >= mentions->len || !is_and(text, end))
        return;
    const im_mention *a = mention_at(mentions, i), *b = mention_at(mentions, other);
    guint32 at = noun_first(text, a->first);
    if (noun_first(text, b->first) != end + 1 || at == 0 ||
        !topo_same_sentence(text, at - 1, b->first))
        return;
    if (im_token_is(text, at - 1, "between") || im_token_is(text, at - 1, "entre"))
        join(mentions, i, other);
}

/* `the X–Y highway`, `carretera X-Y`; of `carretera a X` somewhere near X. */
static void relate_road(const im_topo *topo, GArray *mentions, guint32 i)
{
    im_mention *a = mention_at(mentions, i);
    const im_mention *b = i + 1 < mentions->len ? mention_at(mentions, i + 1) : NULL;
    if (!(topo->marks[a->first] & TOPO_ROAD) || a->relation == IM_RELATION_BETWEEN)
        return;
    if (b && b->first == a->end + 1 && topo->marks[b->first] & TOPO_ROAD)
        join(mentions, i, i + 1);
    else if (a->relation == IM_RELATION_NONE)
        set_near(a, 0, -1);
}

/* `Washington said`, `Moscow's government`: a government or a body rather than a place. */
static gboolean is_actor(const im_topo *topo, const im_mention *m)
{
    const im_text *text = topo->text;
    if (m->place == IM_PLACE_NONE || m->end >= text->n_tokens ||
        !topo_same_sentence(text, m->first, m->end))
        return FALSE;
    guint32 next = m->end + (text->tokens[m->end].kind == IM_TOKEN_POSSESSIVE);
    if (topo_has_tag(text, m->end, IM_LEX_SAYING))
        return TRUE;
    const im_tag *head = im_text_tag_at(text, next, IM_LEX_ORGHEAD);
    return head && topo_is_capital(topo, next) && !im_value_is(head->lexeme, "after");
}

/* ---- how far around ---- */

static double radius_of(const im_topo *topo, GArray *mentions, const im_mention *m)
{
    if (m->relation == IM_RELATION_NONE || m->place == IM_PLACE_NONE)
        return 0;
    im_place p = im_gazetteer_place(topo->gazetteer, m->place);
    switch (m->relation) {
    case IM_RELATION_OFFSET:
        return m->distance_km * OFFSET_SHARE;
    case IM_RELATION_NEAR:
        return m->distance_km > 0 ? m->distance_km : MAX(NEAR_KM, NEAR_SHARE * p.radius_km);
    case IM_RELATION_PART:
        return p.radius_km / 2;
    default:
        break;
    }
    im_place_id other = mention_at(mentions, m->other)->place;
    if (other == IM_PLACE_NONE)
        return 0;
    return im_distance_km(p.position, im_gazetteer_place(topo->gazetteer, other).position) / 2;
}

void topo_relate(const im_topo *topo, GArray *mentions)
{
    for (guint32 i = 0; i < mentions->len; i++) {
        im_mention *m = mention_at(mentions, i);
        m->bearing_deg = -1;
        if (m->first >= m->end)
            continue;
        relate_one(topo->text, m);
        if (is_actor(topo, m))
            m->flags |= IM_MENTION_ACTOR;
    }
    for (guint32 i = 0; i < mentions->len; i++) {
        if (mention_at(mentions, i)->first >= mention_at(mentions, i)->end)
            continue;
        relate_pair(topo->text, mentions, i);
        relate_road(topo, mentions, i);
    }
    for (guint32 i = 0; i < mentions->len; i++)
        mention_at(mentions, i)->radius_km = radius_of(topo, mentions, mention_at(mentions, i));
}
