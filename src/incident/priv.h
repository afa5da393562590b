/** @file
 *  The inside of the incident stage: from a sentence's words to events, from events to records.
 *
 *  home (home.c)        the report's country
 *  amounts (number.c)   "at least 25 members", "two shops"
 *  dates (when.c)       "on Sunday", "el 22 de marzo"
 *  events (event.c)     triggers of one sentence, joined and filtered
 *  counts (counts.c)    how many there were; lists of places
 *  needs (needs.c)      what must stand beside a trigger
 *  victims (victims.c)  who died, was hurt, arrested, taken; which event bears it
 *  persons (persons.c)  one victim without a number
 *  tolls (risen.c)      tolls that rose
 *  places (where.c)     where each event was; lines and lists (lines.c, listed.c)
 *  actors (who.c)       who did it, to whom
 *  times (time.c)       when each event was, what status it has
 *  victims' names (identity.c)
 *  one telling (join.c)  events of a report that are the same thing told twice
 *  record (build.c)     event → im_incident, with its title and id (title.c) */
#ifndef IM_INCIDENT_PRIV_H
#define IM_INCIDENT_PRIV_H

#include "text/text.h"

#include <incmap/incident.h>

enum { IM_NO_TOKEN = G_MAXUINT32, IM_NO_MENTION = G_MAXUINT32, IM_NO_SENTENCE = G_MAXUINT32 };

/* A number in the text, with the noun that it counts. */
typedef struct amount {
    guint32 first, end; /* tokens of the number itself */
    int value;          /* -1 for "dozens" */
    int high;           /* of a range, else value */
    im_count_bound bound;
    gboolean article;    /* "a", "un": counts only with a noun */
    gboolean additional; /* "three more", "another": adds to what was told */
    gboolean subset;     /* "including two", "25 of them" */
    gboolean risen;      /* "rose from six to nine": no range, the last is meant */
    const im_tag *noun;  /* PEOPLE, OBJECT or TRIGGER tag that it counts, or NULL */
    gboolean used;
} amount;

/* Adds all amounts of tokens first..end-1, in order. @param amounts  of amount */
void im_amounts_find(const im_text *text, guint32 first, guint32 end, GArray *amounts);

/* The first of amounts in order that begins at the token or later; their number when none does. */
guint im_amounts_from(const GArray *amounts, guint32 token);

/* A date expression. */
typedef struct date_phrase {
    guint32 first, end; /* tokens */
    im_day start, stop; /* inclusive */
    im_date_basis basis;
    int precision; /* ACLED: 1 day, 2 week, 3 month */
} date_phrase;

/* Adds all date expressions of tokens first..end-1, relative to `published` (IM_DAY_NONE: only explicit
 * ones). @param dates  of date_phrase */
void im_dates_find(const im_text *text, guint32 first, guint32 end, im_day published,
                   GArray *dates);

/* The latest day with this month and day that is not after `published` plus 3 days. */
im_day im_day_complete_year(int month, int day, im_day published);

enum { ROLE_SECURITY = 0, ROLE_SUSPECTS, ROLE_CIVILIANS, ROLE_PEOPLE, N_ROLES };

enum { IM_MOST_QUOTES = 24 };

/* One thing that happened, as one or more sentences tell it. */
typedef struct event {
    im_incident_type type;
    guint32 sentence;
    guint32 first, end;  /* tokens of the first trigger */
    guint32 until;       /* tokens up to here belong to it: next event or end of sentence */
    gboolean noun, weak; /* of the trigger */
    gboolean plural;     /* an unnumbered plural: "roadblocks" */
    gboolean definite;   /* "the attack": takes up what was told */
    gboolean battle;     /* told as an attack, but of soldiers and rebels: both sides are armed */
    gboolean assault;    /* an attack in which grenades, rockets or the like were used */
    gboolean list_item;  /* an item of a list whose lead tells what it is */
    gboolean implied;    /* no trigger: made from its victims or from a list */
    gboolean total;      /* what it counts is told place by place behind it */
    gboolean generic;    /* an unnumbered plural without place or victims in its sentence */
    gboolean planned;
    int count;
    im_count_bound bound;
    int dead[N_ROLES]; /* IM_UNKNOWN where not told */
    im_count_bound dead_bound;
    int dead_high;      /* sum, of a range; IM_UNKNOWN */
    gboolean dead_more; /* the dead are told as additional */
    int injured, arrested, abducted;
    guint32 mention;       /* index of its place, or IM_NO_MENTION */
    int place_weight;      /* IM_WEIGHT_… */
    gboolean near;         /* near, outside, between: not the place itself */
    gboolean country_wide; /* told of the country as a whole */
    im_place_id country; /* of which its sentence speaks, where it has no place; or IM_PLACE_NONE */
    im_day start, stop;
    im_date_basis basis;
    int time_precision;
    im_span date_span;
    im_incident_status status;
    guint32 act_first,
        act_end; /* tokens of the word that says who did it: a verb where one is told */
    gboolean act_noun;
    const im_tag *agent, *target; /* who did it, to whom: ACTOR tags, or NULL */
    guint32 names[6];             /* hashes of the victims' surnames */
    guint n_names;
    guint32 quotes[IM_MOST_QUOTES]; /* sentences that carry it, ascending */
    guint n_quotes;
    double confidence;
    gboolean dropped;
} event;

/* How surely an event was at its place. */
enum {
    IM_WEIGHT_NONE = 0,
    IM_WEIGHT_MAIN = 2,    /* the place that the report begins with */
    IM_WEIGHT_CARRIED = 3, /* the place of the event before */
    IM_WEIGHT_TOWN = 4,    /* the dateline's town, in its own paragraph */
    IM_WEIGHT_ANAPHOR = 5, /* "in the city" */
    IM_WEIGHT_SUBJECT = 6, /* "Jalisco counted 21 roadblocks" */
    IM_WEIGHT_SURE = 7,    /* "in Tapalpa", and more where the preposition says more: up to 9 */
};

enum { IM_DATES_UNKNOWN = G_MAXINT };

/* What one report gives to read. */
typedef struct story {
    const im_gazetteer *gazetteer;
    const im_report *report;
    const im_text *text;
    const im_mention *mentions;
    guint n_mentions;
    im_arena *arena;     /* of events, and of what is kept for each token, sentence or mention */
    guint32 *mention_at; /* token → index of the mention that covers it, or IM_NO_MENTION */
    GPtrArray *events;   /* of event *, in the order of the text */
    guint32 counted_bytes, counted_points; /* code points up to a byte, for im_event_record() */
    GString *quote;                        /* room for that of a record; for build.c */
    im_place_id country; /* the report's country, IM_PLACE_NONE where it has none */
    GArray *amounts;     /* of the sentence that was looked at last: im_story_amounts() */
    guint32 amounts_of;  /* that sentence */
    GArray *dates;       /* of the sentences that were asked for; for time.c */
    im_span *
        dates_at; /* of each sentence, where these are; ends with IM_DATES_UNKNOWN where not asked yet */
    gint8 *weights;    /* of each mention, for where.c; -1 where not asked yet */
    gboolean quarters; /* some word says that a place is a quarter or district */
    gboolean *strays;  /* of each mention: its place is rather one of that country, and unknown */
} story;

/* Of the story's arena. */
event *im_event_new(const story *s, im_incident_type type, guint32 sentence, guint32 first,
                    guint32 end);

/* Sum of the dead over roles; IM_UNKNOWN when none is told. */
int im_event_dead(const event *e);
gboolean im_event_is_violent(const event *e);

/* Whether a sentence asks: a question tells nothing. */
gboolean im_is_question(const im_text *text, const im_sentence *range);

/* Adds a sentence to the quotes; of more than IM_MOST_QUOTES the first stay. */
void im_event_quote(event *e, guint32 sentence);

/* What kind of place a mention is, IM_PLACE_UNKNOWN when it is not resolved (story.c). */
im_place_kind im_mention_kind(const story *s, guint32 mention);

/* Whether only a joint of a list stands between two mentions: "A, B and C" (listed.c). */
gboolean im_story_are_listed(const story *s, guint32 a, guint32 b);

/* Whether a mention may be one of a list: no container, dateline or body. */
gboolean im_may_be_listed(const story *s, guint32 mention);

/* The next mention that may, before it (step -1) or behind it (1), or IM_NO_MENTION. */
guint32 im_list_neighbour(const story *s, guint32 mention, int step);

/* The first mention of the list that it is in, itself when there is none. */
guint32 im_list_head(const story *s, guint32 mention);

/* Whether the sentence is nothing but a list of places, as items of bulletins begin. */
gboolean im_lists_places(const story *s, guint32 sentence);

/* Whether a place that may be an event's stands in tokens from..to-1. */
gboolean im_story_place_between(const story *s, guint32 from, guint32 to);

/* The amounts of a sentence, none of them used; owned by the story, until another sentence is asked for. */
GArray *im_story_amounts(story *s, guint32 sentence);

/* What a number of events of the type counts: the events, or the things that were hit (counts.c). */
gboolean im_counts_events(im_incident_type type);
gboolean im_counts_objects(im_incident_type type);

/* Whether the amount says how many of the event there were. */
gboolean im_amount_fits(const event *e, const amount *a);

/* How many there were, by the amounts of its sentence (some marked as used); further
 * events for the items of a list (counts.c, shares.c). */
void im_event_take_count(const story *s, event *e, GArray *amounts);
void im_story_continue_list(story *s, guint32 sentence, GArray *amounts);
void im_story_tell_item(story *s, guint32 sentence);

/* An event of no trigger: as many as the amount says. */
event *im_event_counted(const story *s, im_incident_type type, guint32 sentence, const amount *a,
                        guint32 until);

/* Further events for the places among which a sentence shares out what the event at `index` counts, its
 * victims, or what the sentence before counted (shares.c). */
void im_story_share_count(story *s, guint index, GArray *amounts);
void im_story_share_victims(story *s, guint32 sentence, GArray *amounts);
void im_story_share_total(story *s, guint32 sentence, GArray *amounts);
void im_story_share_tally(story *s, guint32 sentence, GArray *amounts);

/* Whether the sentence may tell the parts of a total in the sentence before. */
gboolean im_may_be_tally(const story *s, guint32 sentence);

/* Whether a sentence begins with "of these". */
gboolean im_begins_with_these(const im_text *text, const im_sentence *range);

/* Finds `country` and `strays` (home.c). */
void im_story_find_home(story *s);

/* The country whose officials, groups or police the event's sentence names, nearest behind the event or
 * before it: where it was, if nothing says more; IM_PLACE_NONE when there are none. */
im_place_id im_story_country_said(const story *s, const event *e);

/* The country whose people or things the word is of: "Salvadoran", "colombiano"; else IM_PLACE_NONE. */
im_place_id im_story_demonym_at(const story *s, guint32 token);

/* The passes, in order; each works on story->events. */
void im_story_find_events(story *s, guint32 sentence);  /* event.c */
void im_story_find_victims(story *s, guint32 sentence); /* victims.c */
void im_story_find_places(story *s);                    /* where.c */
void im_story_find_actors(story *s);                    /* who.c */
void im_story_find_times(story *s);                     /* time.c */
void im_story_find_identities(story *s);                /* identity.c */
void im_story_join(story *s); /* join.c: told twice → once; drops what has too little */

/* Whether what a trigger needs beside it is there; TRUE when it needs nothing (needs.c). */
gboolean im_needs_are_met(const im_text *text, const im_tag *trigger);
/* Whether the clause that holds `token` has a word of the class and value (NULL: any value). */
gboolean im_clause_has(const im_text *text, guint32 token, im_lexeme_class cls, const char *value);
/* Whether the trigger's sentence has another trigger, of that type. */
gboolean im_tells_other(const im_text *text, const im_tag *trigger, const char *type);

/* Whether a range is none: "rose overnight from six to nine", "subió este martes de seis a nueve". */
gboolean im_amount_is_from_to(const im_text *text, const amount *a);
/* "rose to seven", "puts the number of dead at nine": the number behind `token`, or NULL (risen.c). */
amount *im_amount_risen_to(const im_text *text, GArray *amounts, guint32 token);

/* "las autoridades habían reportado cinco muertos": whether a later figure has replaced the one at `token`. */
gboolean im_is_earlier_figure(const im_text *text, guint32 token);

/* Whether a line, which begins at `first`, is about the place that it names first: "Zamora: calm",
 * "REYNOSA. Two men", "27/02 Nampula city - traders" (lines.c). */
gboolean im_heads_line(const story *s, const im_mention *m, guint32 first);
/* The mention of the last line before a sentence that is nothing but the name of a place, unless other prose
 * stands between; or IM_NO_MENTION. */
guint32 im_place_of_section(const story *s, guint32 sentence);
/* Whether an event is told in an item of a list that begins with a name of its own, known or not. */
gboolean im_has_own_head(const story *s, const event *e);
/* Whether a place of which the event's sentence says nothing may be its place: one abroad is hardly. */
gboolean im_is_at_home(const story *s, guint32 mention);

/* Whether token is within the words that deny, doubt or plan it; returns the class value or NULL. */
const char *im_story_modality(const story *s, guint32 token);

/* Whether the words around a casualty tell of one victim, by grammar or by name: "he was killed", "killed
 * Arturo Beltrán", "fue detenido" (persons.c). */
gboolean im_is_single_victim(const im_text *text, const im_tag *tag, guint32 first);

/* The word for that victim, "policeman" or "alcalde"; NULL when there is none, but a name. */
const im_tag *im_single_victim_noun(const im_text *text, const im_tag *tag, guint32 first);

/* How many more a list of victims names as somebody's: "a woman and her son, their cook". */
int im_kin_between(const im_text *text, guint32 from, guint32 to);

/* Whether both name the same victim: what told it is one event then. */
gboolean im_event_shares_victim(const event *a, const event *b);

/* The auxiliary that makes the participle at `token` passive, if any, not before `first`: "were
 * killed". */
const im_tag *im_auxiliary_before(const im_text *text, guint32 token, guint32 first);

/* The name of a group or force as records bear it, NULL for none; owned by the caller. `country` is
 * where it happened, or NULL. */
char *im_story_actor_name(const story *s, const im_tag *tag, const char *country);

/* Event → record; NULL when it has no place at all and no country. */
im_incident *im_event_record(story *s, const event *e);

/* The first event that begins at the token or later; the number of events when none does. */
guint im_story_events_at(const story *s, guint32 token);

/* Events and mentions stand in the order of the text, so those of a sentence are found by halving:
 * the index of the first event of `sentence` or later, of the first mention at `token` or later. */
guint im_story_events_from(const story *s, guint32 sentence);
guint32 im_story_mentions_from(const story *s, guint32 token);

/* What is told so far back is not taken up again: keeps the reading of long texts linear. */
enum { IM_REACH_EVENTS = 300, IM_REACH_MENTIONS = 200, IM_REACH_TOKENS = 300 };

/* The event's sentence; of a very long one what is near the event. */
im_sentence im_story_around(const story *s, const event *e);

/* Whether another event than `e` begins in tokens from..to-1. */
gboolean im_story_event_between(const story *s, const event *e, guint32 from, guint32 to);

/* In a text in which words of other topics outnumber those for victims, forces and gangs, an attack may be one on the
 * goal, a battle one for voters, and what is shut or dead is so by accident or nature: drops the events of which no word
 * of their sentence says that they are meant, and closures where nothing else is left or told. */
void im_story_drop_figures(story *s);

/* "perdieron la vida por un incendio", "died in a bus crash": nobody did it. */
gboolean im_sentence_tells_mishap(const im_text *text, const im_sentence *range);

/* "a landslide blocked the road", "se suspendió por la lluvia", "found dead of natural causes": nobody of whom the clause
 * speaks did what the trigger would be an incident of. */
gboolean im_is_mishap(const im_text *text, const im_tag *trigger, im_incident_type type);

/* "the U.S. ambassador": a name that stands before a noun says whose, not where. */
gboolean im_says_whose(const im_text *text, const im_mention *m);

/* What happened longer before the report is hardly its news. */
enum { IM_NEWS_DAYS = 8 };

/* The order in which records are listed, noted record by record (order.c): GArray owned by the caller, used
 * once. */
GArray *im_order_new(void);
void im_order_add(GArray *order, im_incident *r);
/* Puts `incidents`, which are those that were added, into it. */
void im_order_apply(GArray *order, GPtrArray *incidents);

/* Small helpers on tokens and tags. */
gboolean im_ends_clause(const im_text *text, guint32 token);
/* The tokens of the clause that holds `token`: the first, and that behind the last. */
guint32 im_clause_start(const im_text *text, guint32 token);
guint32 im_clause_end(const im_text *text, guint32 token);
gboolean im_clause_ends_between(const im_text *text, guint32 from, guint32 to);
/* A word of saying, not one of the deeds that persons are subjects of, too: "died". */
gboolean im_says(const im_text *text, guint32 token);
const im_sentence *im_sentence_of(const im_text *text, guint32 token);

#endif
