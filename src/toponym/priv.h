/** @file
 *  Inside of the toponym module. A call runs through these passes over one im_topo:
 *  marks (which words belong to persons and organisations), match with readings (names of the
 *  gazetteer), unknown (places it lacks), context and beside (what stands around a candidate), resolve
 *  with near and support (which place), accept (place or not), relation (near, between, south of).
 *
 *  Which word comes next cannot be foretold, and a processor that guesses wrong loses twenty steps: loops
 *  over all tokens, readings and neighbours therefore have no branches where they can do without. */
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

/* Of a name with more places than the first ones, the largest, the others count only where they lie in a
 * country that the text speaks of, or in what is named beside it; and not more than so many. */
enum {
    TOPO_FIRST_READINGS = 5,
    TOPO_MOST_READINGS = 16,
    TOPO_MOST_INSIDE = 8,
    TOPO_MOST_LIVE = 32
};

/* So many names near a name tell of it, each by so many of its readings. */
enum { TOPO_MOST_NEIGHBOURS = 12, TOPO_TOP = 3 };

typedef float topo_four __attribute__((vector_size(4 * sizeof(float))));

typedef guint32 topo_four_ids __attribute__((vector_size(4 * sizeof(guint32))));

/* Names that stand near one, how many tokens away at least, and so how near: 0..1. */
typedef struct topo_neighbours {
    topo_four_ids names[TOPO_MOST_NEIGHBOURS / 4];
    guint32 tokens[TOPO_MOST_NEIGHBOURS];
    float weight[TOPO_MOST_NEIGHBOURS];
} topo_neighbours;

/* A likely reading of a name near by, and what it weighs: 0..1. */
typedef struct topo_anchor {
    const struct topo_reading *reading;
    float weight;
} topo_anchor;

/* What a mention is taken to mean, and how likely. */
typedef struct topo_choice {
    guint best, second; /* readings of the name */
    double p_best, p_second;
    double p_none;  /* that the gazetteer lacks it */
    guint8 reason;  /* im_reason */
    gboolean known; /* set already */
} topo_choice;

/* A name of the document: all mentions of one key share it, as a document rarely means two places
 * by one name (Gale, Church and Yarowsky 1992). */
typedef struct topo_name {
    const im_reading *source; /* of the gazetteer, largest places first; identity */
    guint n_source;
    topo_reading *readings;
    guint n_readings;
    const im_reading **namesakes; /* smaller places, to be loaded */
    guint n_namesakes;
    guint n_active;     /* the first of them, that are worth another round */
    guint allow;        /* which kinds of names count: TOPO_ALLOW_… */
    gboolean is_joined; /* readings inside of what is named beside it were looked for */
    guint n_mentions;
    guint32 first_mention, last_mention; /* candidates */
    double weight;                       /* 0..1, how sure it is a place at all */
    double pull;                         /* the same, more with more mentions */
    double share;        /* of what one mention's neighbours say, how much the others hear */
    float *local;        /* of each reading: what the mentions' neighbours say */
    guint top[TOPO_TOP]; /* the likeliest readings */
    guint n_top;
    topo_anchor anchors[TOPO_TOP + 1]; /* of these the ones that others can be near to */
    guint n_anchors;
    topo_choice choice;               /* for mentions beside which nothing stands */
    guint16 live[TOPO_MOST_LIVE + 1]; /* the readings that are likely enough to tell of others */
    guint n_live;
    topo_neighbours *neighbours;
    guint n_neighbours;
    double change;    /* of a probability in the last round */
    gboolean stirred; /* scored in this round */
} topo_name;

/* Which kinds of names count where a candidate stands. */
enum {
    TOPO_ALLOW_DOTTED = 1 << 0,   /* a full stop follows, or a comma precedes */
    TOPO_ALLOW_CAPITALS = 1 << 1, /* the word is written in capitals while others are not */
    TOPO_ALLOW_POSTAL = 1 << 2,   /* right behind `Name,` */
    TOPO_ALLOW_DEMONYM = 1 << 3,  /* given spans may be adjectives */
    TOPO_ALLOW_SHORT = 1 << 4,    /* more than two letters, or where an abbreviation may stand */
};

static inline gboolean topo_usable(const im_reading *r, guint allow)
{
    if (r->kind == IM_NAME_DEMONYM)
        return (allow & TOPO_ALLOW_DEMONYM) != 0;
    if (r->kind == IM_NAME_POSTAL)
        return (allow & TOPO_ALLOW_POSTAL) != 0;
    if (r->flags & IM_NAME_DOTTED && !(allow & TOPO_ALLOW_DOTTED))
        return FALSE;
    if (r->kind == IM_NAME_ABBR && !(r->flags & IM_NAME_CASE_SENSITIVE) &&
        !(allow & TOPO_ALLOW_SHORT)) /* `La` is Louisiana only behind a comma */
        return FALSE;
    return !(r->flags & IM_NAME_CASE_SENSITIVE) || (allow & TOPO_ALLOW_CAPITALS);
}

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
    static const gsize container[] = {
        [IM_PLACE_COUNTRY] = G_STRUCT_OFFSET(topo_reading, country),
        [IM_PLACE_ADMIN1] = G_STRUCT_OFFSET(topo_reading, admin1),
        [IM_PLACE_ADMIN2] = G_STRUCT_OFFSET(topo_reading, admin2),
        [IM_PLACE_AIRPORT] = 0, /* as all others: itself, which is not in itself */
    };
    return (outer->place != inner->place) &
           (G_STRUCT_MEMBER(im_place_id, inner, container[outer->kind]) == outer->place);
}

/* What is less sure to be a place gets no smaller namesakes, and one round. */
static const double TOPO_HARDLY = 0.3;

enum { TOPO_NONE = G_MAXUINT32 };

/* One that is nowhere and weighs nothing. */
extern const topo_anchor topo_no_anchor;

/* With room for one that does not count. */
enum { TOPO_MOST_ANCHORS = TOPO_MOST_NEIGHBOURS * TOPO_TOP + 4 };

/* What is compared of a reading's ids: its own and those of what it lies in. */
typedef enum topo_id {
    TOPO_ID_PLACE,
    TOPO_ID_COUNTRY,
    TOPO_ID_ADMIN1,
    TOPO_ID_ADMIN2,
    TOPO_ID_N
} topo_id;

/* Those of one name, with some of no weight at the end, so that they can be taken four by four. */
typedef struct topo_anchors {
    topo_four x[TOPO_MOST_ANCHORS / 4], y[TOPO_MOST_ANCHORS / 4], z[TOPO_MOST_ANCHORS / 4],
        weight[TOPO_MOST_ANCHORS / 4];
    topo_four_ids ids[TOPO_ID_N][TOPO_MOST_ANCHORS / 4];
    guint n;
    float all_weight;
} topo_anchors;
G_STATIC_ASSERT(TOPO_MOST_ANCHORS % 4 == 0);

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
    guint32 container; /* candidate beside it that may contain it, or TOPO_NONE */
    guint32 contains;  /* candidate whose container it may be, or TOPO_NONE */
    guint8 cue;        /* im_place_kind that a head word asks for, 0 none */
    guint8 flags;      /* IM_MENTION_… */
    guint8 out;        /* TOPO_OUT_…: it is no place, whatever else */
    guint8 speaks;     /* a saying verb follows: a capital stands for its government */
    guint8 listed;     /* member of a list with its neighbour */
    guint8 elsewhere;  /* a state stands right beside it that holds none of its readings */
    double evidence;   /* probability that it is a place */
    topo_choice choice;
} topo_candidate;

/* Weight that a country or state has in the document, and log(1 + weight). */
typedef struct topo_support {
    float weight, log;
} topo_support;

/* What a name gives itself, taken away while it is looked at. */
typedef struct topo_own_support {
    topo_support *at[2 * TOPO_MOST_LIVE], before[2 * TOPO_MOST_LIVE];
    guint n;
} topo_own_support;

/* A word with a capital, and what the gazetteer knows of it. */
typedef struct topo_word {
    guint32 hash;
    guint8 len; /* of `fold`; 0 for none */
    guint8 most_words;
    guint32 n_readings;
    const im_reading *readings;
    char fold[24];
} topo_word;

enum { TOPO_WORDS = 1024 };

/* Words of a thread, by hash, of two in one place the later: they return from one report to the next, and
 * each takes half a dozen reads far apart in the gazetteer. What stands here depends on nothing but the word. */
typedef struct topo_words {
    guint64 gazetteer; /* im_gazetteer_serial() */
    topo_word words[TOPO_WORDS];
    topo_word other; /* one that cannot be kept */
} topo_words;

static inline topo_word *topo_word_place(topo_words *words, guint32 hash)
{
    return &words->words[hash % TOPO_WORDS];
}

/* One call. Everything lives in the arena but the two arrays that grow. */
typedef struct im_topo {
    im_arena *arena;
    const im_gazetteer *gazetteer;
    const im_text *text;
    const im_toponym_options *options;
    guint8 *marks;     /* TOPO_… of each token */
    guint8 *headline;  /* of each sentence: its shapes say nothing */
    guint32 *surnames; /* those seen, a table for topo_seen() */
    guint32 *lowers; /* those of the words with a capital that were seen in lower case, likewise */
    guint32 surname_mask, lower_mask;
    topo_words *words;   /* of the thread */
    GArray *candidates;  /* topo_candidate, in the order of the text */
    guint32 n_matched;   /* candidates that the gazetteer gave */
    GArray *names;       /* topo_name */
    guint32 n_loaded;    /* the first of them, which have their readings */
    guint32 *name_slots; /* hash of names by source */
    guint32 name_mask;
    topo_support *support; /* of countries and states, by their ids */
    guint32 n_support;
    im_place_id *supported; /* those that have some */
    guint n_supported;
    im_place_id main_country; /* of which the document speaks most, once the rounds are over */
    double scores[TOPO_MOST_READINGS + TOPO_MOST_INSIDE]; /* scratch */
    topo_anchors anchors;                                 /* of the name that is looked at */
    double top_support;                                   /* the largest weight of all */
    char outlet_country[4]; /* where its outlet is registered, ISO alpha-2; or "" */
    guint32 first_hint;     /* names from here on stand in the publisher's name only */
} im_topo;

static inline gboolean topo_has_more(const topo_name *name)
{
    return name->n_source > TOPO_FIRST_READINGS;
}

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

/* Whether the word is no place alone, but names of places begin so: `San`, `Villa`. */
gboolean topo_begins_name(const im_text *text, guint32 token);

/* `San Juan`: a saint gives a place its name. */
gboolean topo_is_saint(const im_text *text, guint32 token);

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
    while ((table[at] != 0) & (table[at] != hash))
        at = (at + 1) & mask;
    return &table[at];
}

/* Of a table for so many words. */
static inline guint32 topo_table_size(guint32 words)
{
    guint32 size = 64;
    while (size < words * 2)
        size *= 2;
    return size;
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

/* readings.c */
void topo_send_for_readings(const im_topo *topo, const topo_name *name);
void topo_load_names(im_topo *topo); /* those that were added since the last call */
void topo_load_inside(const im_topo *topo, topo_name *name, const topo_name *outer);
void topo_find_namesakes(const im_topo *topo, topo_name *name, const guint32 *areas,
                         guint32 n_areas);
void topo_load_namesakes(const im_topo *topo, topo_name *name);

/* match.c */
topo_words *topo_words_of(const im_gazetteer *gazetteer);
void topo_match(im_topo *topo);
void topo_match_spans(im_topo *topo);
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

/* support.c: what the document says for countries and states */
/* Finds the smaller places of the names that lie where the text speaks of. */
void topo_look_for_namesakes(const im_topo *topo);
void topo_begin_support(im_topo *topo);
void topo_end_support(im_topo *topo);
void topo_gather_support(im_topo *topo);
/* The country that the names of the document speak of most; IM_PLACE_NONE when of none. */
im_place_id topo_main_country(const im_topo *topo);
double topo_support_without(const im_topo *topo, const topo_name *name, im_place_id place);
void topo_take_own(im_topo *topo, const topo_name *name, topo_own_support *own);
void topo_give_back(topo_own_support *own);

static inline double topo_log_support(const im_topo *topo, im_place_id place)
{
    return (double)topo->support[MIN(place, topo->n_support)].log; /* the last has none */
}

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
