/** @file
 *  What a map says in words: title, subtitle, notes, sources, alternative text; all made from the
 *  incidents. */
#ifndef IM_MAP_WORDS_H
#define IM_MAP_WORDS_H

#include <incmap/map.h>

/** All strings are owned; `sources` and the notes may be empty, not NULL. */
typedef struct im_words {
    char *title;       /**< what and where: "Attacks and roadblocks in Mexico" */
    char *subtitle;    /**< when and how much: "20–24 February 2026 · 9 places, 66 dead" */
    char *alt_text;    /**< one sentence */
    char *sources;     /**< outlets and dates */
    GPtrArray *notes;  /**< of char *: what has no place on the map */
    char *period;      /**< of a map of a series: its days; else NULL */
    gboolean is_empty; /**< such a map, of days without incidents */
} im_words;

/** @param drawn      incidents that are marks
 *  @param unplaced   incidents that have no place on the map
 *  @param countries  names of the countries that the map is about, of char *; may be empty */
im_words *im_words_new(const GPtrArray *drawn, const GPtrArray *unplaced,
                       const GPtrArray *countries, const im_map_options *options);

/** What one map of a series says: the title of all, and what is told of its days.
 *  @param all  words of all of them */
im_words *im_words_of_period(const im_words *all, const GPtrArray *drawn, const GPtrArray *unplaced,
                             im_day first, im_day last, const im_map_options *options);
void im_words_free(im_words *words);

/** `Armed clash`: what the legend calls a type. */
const char *im_words_type(im_incident_type type);

/** `22 February 2026`, `20–24 February 2026`, `28 February – 3 March 2026`; "" for no day. Owned by
 *  the caller. */
char *im_words_period(im_day start, im_day end);

/** A count with a comma at every third digit. Owned by the caller. */
char *im_words_number(int n);

/** A number of four characters at most: 950, 1.2k, 12k, 3M. */
char *im_words_short_number(guint n);

/** The most specific name of where an incident is, as the report has it where that is a part of the
 *  official one (`León` of `León de los Aldama`); never NULL. */
const char *im_words_place(const im_incident *incident);

/** Outlets with the days of their reports, those with the most first. Owned by the caller. */
char *im_words_sources(const GPtrArray *incidents);

/** Where an incident is, to a two-thousandth of a degree, as a number above 2^32; and its hash, for tables of such
 *  numbers as pointers. */
guint64 im_words_spot(const im_incident *incident);
guint im_words_spot_hash(gconstpointer spot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_words, im_words_free)

#endif
