/** @file
 *  Inside of the toponym module. A call runs through these passes over one im_topo:
 *  marks (which words belong to persons and organisations), match (names of the gazetteer),
 *  unknown (places the gazetteer lacks), context and beside (what stands around a candidate), resolve
 *  with near (which place), accept (place or not), relation (near, between, south of). */
#ifndef IM_TOPONYM_PRIV_H
#define IM_TOPONYM_PRIV_H

#include "base/arena.h"
#include "gazetteer/key.h"
#include "gazetteer/record.h"
#include "text/text.h"

#include <incmap/toponym.h>

/* What a token belongs to, when not to a place. */
enum {
    TOPO_PERSON = 1 << 0,     /* part of a person's name */
    TOPO_PERSON_END = 1 << 1, /* and its last word */
    TOPO_STREET = 1 << 2,     /* part of the name of a street, road or building */
    TOPO_TAKEN = 1 << 3,      /* a candidate stands here */
    TOPO_ROAD = 1 << 4, /* part of one of the two ends of a road: the `A` of `A–B highway` */
};

/* One reading of a name, as far as choosing needs it. */
typedef struct topo_reading {
    im_place_id place, country, admin1, admin2;
    guint32 population;
    float x, y, z;     /* position on the unit sphere */
    float prior;       /* log-odds without any context */
    float score;       /* of the current round */
    float p;           /* probability of the current round */
    float weight;      /* the same before it was divided by the sum */
    float near;        /* to the likely places of its neighbours: topo_near_anchors() */
    float wish;        /* what --country, --near and the outlet add to the prior */
    guint8 kind;       /* im_place_kind */
    guint8 name_kind;  /* im_name_kind */
    guint8 name_flags; /* IM_NAME_… */
    guint8 capital;    /* seat of a country 2, of a state 1 */
    guint8 at_home;    /* in a country that speaks the language of the text */
} topo_reading;

/* Of a name with more places the smaller ones are left out, but for some that lie in the state or
 * county named beside it. */
enum { TOPO_MOST_READINGS = 32, TOPO_MOST_INSIDE = 8 };

/* So many names near a name tell of it, each by so many of its readings. */
enum { TOPO_MOST_NEIGHBOURS = 24, TOPO_TOP = 3 };

/* A name of the document: all mentions of one key share it, as a document rarely means two places
 * by one name (Gale, Church and Yarowsky 1992). */
typedef struct topo_name {
    const im_reading *source; /* of the gazetteer, largest places first; identity */
    guint n_source;
    topo_reading *readings;
    guint n_readings;
    guint n_mentions;
    guint32 first_mention, last_mention; /* candidates */
    double weight;                       /* 0..1, how sure it is a place at all */
    double pull;                         /* the same, more with more mentions */
    double share;        /* of what one mention's neighbours say, how much the others hear */
    float *local;        /* of each reading: what the mentions' neighbours say */
    guint top[TOPO_TOP]; /* the likeliest readings */
    guint n_top;
    guint16 live[32]; /* the readings that are likely enough to tell of others */
    guint n_live;
    struct topo_neighbour *neighbours;
    guint n_neighbours;
} topo_name;

/* A name that stands near, how many tokens away at least, and so how near: 0..1. */
typedef struct topo_neighbour {
    guint32 name, tokens;
    float weight;
} topo_neighbour;

/* What speaks for or against a candidate being a place; the weights stand in accept.c. */
#define TOPO_FEATURES(X)                                                                           \
    X(BIAS)                                                                                        \
    X(IN)        /* a preposition of place before it */                                            \
    X(FROM)      /* another preposition */                                                         \
    X(CONTAINED) /* a container beside it */                                                       \
    X(CONTAINER) /* it is the container of a neighbour */                                          \
    X(DATELINE)                                                                                    \
    X(HEAD)      /* city of, County */                                                             \
    X(DIRECTION) /* northern */                                                                    \
    X(LIST)      /* among other candidates */                                                      \
    X(WORDS)     /* more than one word */                                                          \
    X(COUNTRY)                                                                                     \
    X(ADMIN1)                                                                                      \
    X(REGION)                                                                                      \
    X(MILLION) /* population of the largest reading */                                             \
    X(CITY)                                                                                        \
    X(TOWN)                                                                                        \
    X(HAMLET)                                                                                      \
    X(GIVEN) /* it is a given name */                                                              \
    X(SURNAME)                                                                                     \
    X(COMMON) /* it is a dictionary word */                                                        \
    X(FIRST)  /* first word of the sentence */                                                     \
    X(COMMON_FIRST)                                                                                \
    X(HEADLINE)     /* the sentence is in title case or capitals */                                \
    X(NEXT_CAPITAL) /* an unknown word with a capital follows at once */                           \
    X(PREV_CAPITAL)                                                                                \
    X(NEXT_SURNAME)                                                                                \
    X(PREV_GIVEN)                                                                                  \
    X(SAYS)         /* a saying verb follows */                                                    \
    X(SURNAME_SEEN) /* a person of that surname is in the document */                              \
    X(ORG_SEAT)                                                                                    \
    X(POSSESSIVE)                                                                                  \
    X(LOWER_SEEN) /* the word stands in lower case elsewhere in the document */                    \
    X(AGAIN)      /* another mention of the name is surely a place */                              \
    X(SUPPORT)    /* its reading is near the other places of the document */                       \
    X(ABBREVIATION)                                                                                \
    X(STATE_BODY) /* a country before an office: United States Department of … */                \
    X(FOREIGN)    /* only known from languages that are not read */                                \
    X(UNFIT)      /* no reading of it fits the document */                                         \
    X(STRIPPED)   /* found only as the short form of a county */                                   \
    X(UPPER_TEXT)

typedef enum topo_feature {
#define X(name) TOPO_F_##name,
    TOPO_FEATURES(X)
#undef X
        TOPO_F_N
} topo_feature;

#define TOPO_BIT(f) (G_GUINT64_CONSTANT(1) << (f))

/* Whether the one lies in the other, by its country, state or municipality. */
static inline gboolean topo_contains(const topo_reading *outer, const topo_reading *inner)
{
    if (outer->kind > IM_PLACE_ADMIN2 || outer->place == inner->place)
        return FALSE;
    switch (outer->kind) {
    case IM_PLACE_COUNTRY:
        return inner->country == outer->place;
    case IM_PLACE_ADMIN1:
        return inner->admin1 == outer->place;
    case IM_PLACE_ADMIN2:
        return inner->admin2 == outer->place;
    default:
        return FALSE;
    }
}

enum { TOPO_NONE = G_MAXUINT32 };

/* A likely reading of a neighbour, and what it weighs: 0..1. */
typedef struct topo_anchor {
    const topo_reading *reading;
    float weight;
} topo_anchor;

typedef float topo_four __attribute__((vector_size(4 * sizeof(float))));

typedef struct topo_four_points {
    topo_four x, y, z, weight;
} topo_four_points;

/* Those of one name: as they are, four by four, and which of them contain others. */
typedef struct topo_anchors {
    topo_anchor all[TOPO_MOST_NEIGHBOURS * TOPO_TOP];
    topo_four_points points[TOPO_MOST_NEIGHBOURS * TOPO_TOP / 4];
    guint8 areas[TOPO_MOST_NEIGHBOURS * TOPO_TOP];
    guint n, n_areas;
} topo_anchors;

enum {
    TOPO_OUT_DEMONYM = 1, /* an adjective: a hint for the country */
    TOPO_OUT_ORG,         /* inside the name of an organisation */
    TOPO_OUT_WORD,        /* a word that is no name here */
};

/* A stretch of the text that may be a mention. */
typedef struct topo_candidate {
    guint32 first, end;
    guint32 name;                 /* index, or TOPO_NONE: not in the gazetteer */
    guint32 given;                /* 1 + index of the given span that it answers, 0 none */
    guint32 span_first, span_end; /* tokens of the given span */
    guint64 features;
    guint32 container;  /* candidate beside it that may contain it, or TOPO_NONE */
    guint32 contains;   /* candidate whose container it may be, or TOPO_NONE */
    guint8 cue;         /* im_place_kind that a head word asks for, 0 none */
    guint8 flags;       /* IM_MENTION_… */
    guint8 out;         /* TOPO_OUT_…: it is no place, whatever else */
    guint8 speaks;      /* a saying verb follows: a capital stands for its government */
    guint8 listed;      /* member of a list with its neighbour */
    guint8 elsewhere;   /* a state stands right beside it that holds none of its readings */
    double evidence;    /* probability that it is a place */
    guint best, second; /* readings of the name as chosen for this mention */
    double p_best, p_second;
    double p_none; /* that the gazetteer lacks it */
    guint8 reason; /* im_reason */
} topo_candidate;

/* Weight that a country or state has in the document. */
typedef struct topo_support {
    im_place_id place;
    float weight;
} topo_support;

/* One call. Everything lives in the arena but the two arrays that grow. */
typedef struct im_topo {
    im_arena *arena;
    const im_gazetteer *gazetteer;
    const im_text *text;
    const im_toponym_options *options;
    guint8 *marks;     /* TOPO_… of each token */
    guint8 *headline;  /* of each sentence: its shapes say nothing */
    guint32 *surnames; /* those seen, a table for topo_seen() */
    guint32 *lowers;   /* words in lower case seen, likewise */
    guint32 surname_mask, lower_mask;
    GArray *candidates;  /* topo_candidate, in the order of the text */
    guint32 n_matched;   /* candidates that the gazetteer gave */
    GArray *names;       /* topo_name */
    guint32 *name_slots; /* hash of names by source */
    guint32 name_mask;
    topo_support *support; /* countries and states, hash by place id */
    guint32 support_mask;
    double scores[TOPO_MOST_READINGS + TOPO_MOST_INSIDE]; /* scratch */
    topo_anchors anchors;                                 /* of the name that is looked at */
    double top_support;                                   /* the largest weight of all */
    char outlet_country[4]; /* where its outlet is registered, ISO alpha-2; or "" */
    guint32 first_hint;     /* names from here on stand in the publisher's name only */
} im_topo;

static inline topo_candidate *topo_candidate_at(const im_topo *topo, guint32 i)
{
    return &g_array_index(topo->candidates, topo_candidate, i);
}

static inline topo_name *topo_name_at(const im_topo *topo, guint32 i)
{
    return &g_array_index(topo->names, topo_name, i);
}

static inline gboolean topo_has(const topo_candidate *c, topo_feature f)
{
    return (c->features & TOPO_BIT(f)) != 0;
}

static inline void topo_set(topo_candidate *c, topo_feature f)
{
    c->features |= TOPO_BIT(f);
}

static inline gboolean topo_is_word(const im_topo *topo, guint32 token)
{
    return token < topo->text->n_tokens && topo->text->tokens[token].kind == IM_TOKEN_WORD;
}

static inline gboolean topo_is_capital(const im_topo *topo, guint32 token)
{
    return token < topo->text->n_tokens &&
           (topo->text->tokens[token].flags & IM_TOKEN_CAPITAL) != 0;
}

static inline gboolean topo_has_tag(const im_text *text, guint32 token, im_lexeme_class cls)
{
    return im_text_has_tag(text, token, cls);
}

static inline gboolean topo_same_sentence(const im_text *text, guint32 a, guint32 b)
{
    return a < text->n_tokens && b < text->n_tokens &&
           text->tokens[a].sentence == text->tokens[b].sentence;
}

/* words.c: small questions about tokens */
const im_tag *topo_find_before(const im_text *text, guint32 token, im_lexeme_class cls);
const im_tag *topo_title_before(const im_text *text, guint32 token);
void topo_take(im_topo *topo, guint32 first, guint32 end);

/* Sets of words by their hashes alone: of two in 2^32 that share one, both count as seen. */
static inline guint32 *topo_word_slot(const im_text *text, guint32 *table, guint32 mask,
                                      guint32 token)
{
    const guint32 hash = text->tokens[token].hash | 1; /* 0 is an empty slot */
    guint32 at = hash >> 1 & mask;
    while (table[at] && table[at] != hash)
        at = (at + 1) & mask;
    return &table[at];
}

static inline gboolean topo_seen(const im_text *text, guint32 *table, guint32 mask, guint32 token)
{
    return *topo_word_slot(text, table, mask, token) != 0;
}

static inline void topo_see(const im_text *text, guint32 *table, guint32 mask, guint32 token)
{
    *topo_word_slot(text, table, mask, token) = text->tokens[token].hash | 1;
}

/* The longest tag of the class that ends where `token` begins, or NULL. */
static inline const im_tag *topo_tag_before(const im_text *text, guint32 token, im_lexeme_class cls)
{
    gboolean any = token <= text->n_tokens && (text->tokens[token].ends & IM_CLASS_BIT(cls));
    return any ? topo_find_before(text, token, cls) : NULL;
}

/* marks.c */
void topo_mark(im_topo *topo);

/* match.c */
void topo_match(im_topo *topo);
void topo_match_spans(im_topo *topo);
void topo_load_inside(const im_topo *topo, topo_name *name, const topo_name *outer);
void topo_match_hint(im_topo *topo, const char *words);

/* outlet.c */
void topo_read_outlet(im_topo *topo, const char *url);

/* unknown.c */
void topo_add_unknown(im_topo *topo);

/* context.c */
void topo_look_around(im_topo *topo);

/* beside.c */
void topo_find_containers(im_topo *topo);

/* near.c: positions on the unit sphere, km along the chord; closeness is 1 at no distance, 0.5 at 100 km */
void topo_set_position(topo_reading *r, im_lonlat position);
double topo_distance_km(const topo_reading *a, const topo_reading *b);
double topo_closeness(const topo_reading *a, const topo_reading *b);
void topo_gather_anchors(im_topo *topo, const topo_name *name);
double topo_near_anchors(const im_topo *topo, const topo_reading *r);

/* resolve.c */
void topo_resolve(im_topo *topo);

/* toponym.c: all passes but the last; what they found stands in `topo` until topo_clear() */
void topo_read(im_topo *topo, const im_gazetteer *gazetteer, const im_text *text,
               const im_toponym_options *options);
void topo_clear(im_topo *topo);

/* weights.c: what each feature adds to the log-odds that a candidate is a place */
extern const double topo_weights[TOPO_F_N];

/* accept.c */
void topo_weigh(im_topo *topo);
void topo_accept(im_topo *topo);
double topo_evidence(const topo_candidate *c);

/* reject.c */
void topo_tell_rejected(const im_topo *topo, const GArray *mentions, GArray *rejected);

/* relation.c */
void topo_relate(const im_topo *topo, GArray *mentions);

#endif
