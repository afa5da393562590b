/* Which candidate beside another is its container: `Tapalpa, Jalisco`, `Jalisco's Tapalpa`,
 * `Pandi in Bulacan`; and which stand in a list. */
#include "toponym/priv.h"

#include <string.h>

static gboolean any_inside(const topo_name *outer, const topo_name *inner)
{
    for (guint o = 0; o < outer->n_readings; o++)
        for (guint i = 0; i < inner->n_readings; i++)
            if (topo_contains(&outer->readings[o], &inner->readings[i]))
                return TRUE;
    return FALSE;
}

/* The dash of `Morelia – Quiroga`. */
static gboolean is_dash(const im_text *text, guint32 token)
{
    gunichar c = g_utf8_get_char(text->bytes + text->tokens[token].span.start);
    return c == 0x2013 || c == 0x2014;
}

static gboolean is_and(const im_text *text, guint32 token)
{
    return im_token_is(text, token, "and") || im_token_is(text, token, "y") ||
           im_token_is(text, token, "e") || im_token_is(text, token, "or") ||
           im_token_is(text, token, "o") || im_token_is_punct(text, token, '&');
}

/* Tokens that lead from a place to its container when they are all that stands between. */
static gboolean is_link(const im_text *text, guint32 token)
{
    if (im_token_is_punct(text, token, ',') || im_token_is_punct(text, token, '(') ||
        im_token_is_punct(text, token, '.'))
        return TRUE;
    return topo_has_tag(text, token, IM_LEX_FUNCTION) ||
           topo_has_tag(text, token, IM_LEX_DIRECTION) ||
           topo_has_tag(text, token, IM_LEX_PREPOSITION) ||
           topo_has_tag(text, token, IM_LEX_PLACEHEAD);
}

typedef enum joint {
    LINK_NONE = 0,
    LINK_COMMA, /* a comma, a bracket: strong */
    LINK_WORDS, /* in, en, in the western state of */
    LINK_OWNS,  /* Jalisco's Tapalpa */
    LINK_AND,
} joint;

static joint link_between(const im_text *text, const topo_candidate *a, const topo_candidate *b)
{
    enum { REACH = 8 };
    guint32 n = b->first - a->end;
    if (n == 0 || n > REACH || !topo_same_sentence(text, a->first, b->first))
        return LINK_NONE;
    if (n == 1 && text->tokens[a->end].kind == IM_TOKEN_POSSESSIVE)
        return LINK_OWNS;
    if (n == 1 && is_dash(text, a->end))
        return LINK_AND;
    gboolean and = FALSE, words = FALSE;
    for (guint32 i = a->end; i < b->first; i++) {
        if (is_and(text, i))
            and = TRUE;
        else if (!is_link(text, i) || text->tokens[i].kind == IM_TOKEN_NUMBER)
            return LINK_NONE;
        words |= text->tokens[i].kind == IM_TOKEN_WORD;
    }
    if (and)
        return n <= 3 ? LINK_AND : LINK_NONE;
    return words ? LINK_WORDS : LINK_COMMA;
}

/* The kind of its likeliest reading. */
static guint8 main_kind(const im_topo *topo, const topo_candidate *c)
{
    const topo_name *name = topo_name_at(topo, c->name);
    guint best = 0;
    for (guint i = 1; i < name->n_readings; i++)
        if (name->readings[i].prior > name->readings[best].prior)
            best = i;
    return name->n_readings ? name->readings[best].kind : IM_PLACE_UNKNOWN;
}

static gboolean counts(const topo_candidate *c)
{
    return !c->out && c->name != TOPO_NONE;
}

/* The candidate after `i` that counts, or TOPO_NONE. */
static guint32 next_of(const im_topo *topo, guint32 i)
{
    for (i++; i < topo->candidates->len; i++)
        if (counts(topo_candidate_at(topo, i)))
            return i;
    return TOPO_NONE;
}

static gboolean has_kind(const im_topo *topo, const topo_candidate *c, im_place_kind kind)
{
    const topo_name *name = topo_name_at(topo, c->name);
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].kind == kind && name->readings[i].name_kind != IM_NAME_OTHER)
            return TRUE;
    return FALSE;
}

/* In a list of states each name means the state: `Jalisco, Puebla y Colima`. */
static gboolean continues_list(const im_topo *topo, guint8 kind, const topo_candidate *c)
{
    return main_kind(topo, c) == kind ||
           (kind == IM_PLACE_ADMIN1 && has_kind(topo, c, IM_PLACE_ADMIN1));
}

/* Marks a list of three or more of one kind, or two joined by `and`: they do not contain each
 * other. @return its last candidate */
static guint32 mark_list(im_topo *topo, guint32 i)
{
    guint8 kind = main_kind(topo, topo_candidate_at(topo, i));
    guint32 last = i, n = 1, next;
    gboolean closed = FALSE;
    while ((next = next_of(topo, last)) != TOPO_NONE && !closed) {
        const topo_candidate *a = topo_candidate_at(topo, last), *b = topo_candidate_at(topo, next);
        joint l = link_between(topo->text, a, b);
        if ((l != LINK_COMMA && l != LINK_AND) || !continues_list(topo, kind, b))
            break;
        closed = l == LINK_AND;
        last = next;
        n++;
    }
    if (n < 3 && !closed)
        return i;
    for (guint32 k = i; k <= last; k++) {
        topo_candidate_at(topo, k)->listed = TRUE;
        topo_set(topo_candidate_at(topo, k), TOPO_F_LIST);
        if (kind == IM_PLACE_ADMIN1 && !topo_candidate_at(topo, k)->cue)
            topo_candidate_at(topo, k)->cue = IM_PLACE_ADMIN1;
    }
    return last;
}

static gboolean is_abbreviation(const topo_name *name)
{
    for (guint i = 0; i < name->n_readings; i++)
        if (name->readings[i].kind == IM_PLACE_ADMIN1 &&
            (name->readings[i].name_kind == IM_NAME_ABBR ||
             name->readings[i].name_kind == IM_NAME_POSTAL))
            return TRUE;
    return FALSE;
}

/* Whether nothing but a state that holds it can stand right behind a name: `Guthrie, Okla.`; also one
 * written out, `San Antonio, Jalisco`, unless the list goes on or the name is a state's itself. */
static gboolean is_its_state(const im_topo *topo, const topo_candidate *a, guint32 outer)
{
    const topo_candidate *b = topo_candidate_at(topo, outer);
    const guint32 next = next_of(topo, outer);
    if (is_abbreviation(topo_name_at(topo, b->name)))
        return TRUE;
    if (main_kind(topo, b) != IM_PLACE_ADMIN1 || main_kind(topo, a) != IM_PLACE_TOWN || a->listed ||
        b->listed || link_between(topo->text, a, b) != LINK_COMMA)
        return FALSE;
    return next == TOPO_NONE ||
           link_between(topo->text, b, topo_candidate_at(topo, next)) == LINK_NONE;
}

static void join(im_topo *topo, guint32 inner, guint32 outer)
{
    topo_candidate *a = topo_candidate_at(topo, inner), *b = topo_candidate_at(topo, outer);
    if (a->container != TOPO_NONE)
        return;
    if (!any_inside(topo_name_at(topo, b->name), topo_name_at(topo, a->name)))
        topo_load_inside(topo, topo_name_at(topo, a->name), topo_name_at(topo, b->name));
    if (!any_inside(topo_name_at(topo, b->name), topo_name_at(topo, a->name))) {
        a->elsewhere = outer == inner + 1 && is_its_state(topo, a, outer);
        return;
    }
    a->container = outer;
    b->contains = inner;
}

static void link_pair(im_topo *topo, guint32 i, guint32 next)
{
    topo_candidate *a = topo_candidate_at(topo, i), *b = topo_candidate_at(topo, next);
    switch (link_between(topo->text, a, b)) {
    case LINK_COMMA:
        if (!(a->listed && b->listed)) {
            join(topo, i, next);
            topo_set(a, TOPO_F_LIST);
            topo_set(b, TOPO_F_LIST);
        }
        break;
    case LINK_WORDS:
        join(topo, i, next);
        break;
    case LINK_OWNS:
        join(topo, next, i);
        break;
    case LINK_AND:
        topo_set(a, TOPO_F_LIST);
        topo_set(b, TOPO_F_LIST);
        break;
    case LINK_NONE:
        break;
    }
}

void topo_find_containers(im_topo *topo)
{
    for (guint32 i = 0; i < topo->candidates->len; i++)
        if (counts(topo_candidate_at(topo, i)))
            i = mark_list(topo, i);
    guint32 next;
    for (guint32 i = 0; i < topo->candidates->len; i++)
        if (counts(topo_candidate_at(topo, i)) && (next = next_of(topo, i)) != TOPO_NONE)
            link_pair(topo, i, next);
}
