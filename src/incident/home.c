/* The country that a report is from, by its place names; and names that were taken to mean places
 * elsewhere which are rather places there. */
#include "incident/priv.h"

#include <string.h>

/* What a report has of a country. */
typedef struct share {
    guint votes;
    im_place_id place; /* the first of its places */
    gboolean several;  /* there are others */
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
    return m->status == IM_MENTION_RESOLVED ? im_gazetteer_place(s->gazetteer, m->place).country
                                            : IM_PLACE_NONE;
}

static share *share_of(GHashTable *shares, im_place_id country)
{
    return g_hash_table_lookup(shares, GUINT_TO_POINTER(country));
}

/* Of each country, what the report has of it. */
static GHashTable *find_shares(const story *s)
{
    GHashTable *shares = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (guint i = 0; i < s->n_mentions; i++) {
        const im_mention *m = &s->mentions[i];
        im_place_id country = country_of(s, m);
        if (country == IM_PLACE_NONE)
            continue;
        share *found = share_of(shares, country);
        if (!found) {
            found = g_new0(share, 1);
            found->place = m->place;
            g_hash_table_insert(shares, GUINT_TO_POINTER(country), found);
        }
        found->votes += (m->flags & IM_MENTION_ACTOR) || im_says_whose(s->text, m) ? 1 : 2;
        found->several = found->several || found->place != m->place;
    }
    return shares;
}

/* The country that most mentions are in; ties go to the one named first. */
static im_place_id main_country(const story *s, GHashTable *shares)
{
    im_place_id best = IM_PLACE_NONE;
    guint most = 0;
    for (guint i = 0; i < s->n_mentions; i++) {
        im_place_id country = country_of(s, &s->mentions[i]);
        const share *found = country == IM_PLACE_NONE ? NULL : share_of(shares, country);
        if (found && found->votes > most) {
            best = country;
            most = found->votes;
        }
    }
    return best;
}

/* Whether a mention was taken to mean a smaller place of a country of which nothing else in the report is,
 * nor a container stands beside it: rather one of the report's country that the gazetteer lacks. */
static gboolean is_stray(const story *s, GHashTable *shares, const im_mention *m)
{
    enum { KNOWN_EVERYWHERE = 300000, FEWEST_AT_HOME = 6 };
    im_place_id country = country_of(s, m);
    if (country == IM_PLACE_NONE || country == s->country || m->container != IM_NO_MENTION)
        return FALSE;
    im_place p = im_gazetteer_place(s->gazetteer, m->place);
    gboolean small =
        (p.kind == IM_PLACE_ADMIN2 || p.kind == IM_PLACE_TOWN || p.kind == IM_PLACE_AIRPORT) &&
        p.population < KNOWN_EVERYWHERE;
    return small && !share_of(shares, country)->several &&
           share_of(shares, s->country)->votes >= FEWEST_AT_HOME;
}

void im_story_find_home(story *s)
{
    g_autoptr(GHashTable) shares = find_shares(s);
    s->country = main_country(s, shares);
    s->strays = g_new(gboolean, s->n_mentions + 1);
    for (guint i = 0; i < s->n_mentions; i++)
        s->strays[i] = is_stray(s, shares, &s->mentions[i]);
}
