/** @file
 *  What a record says, and what is made of it: its id and its title. */
#ifndef IM_INCIDENT_CONTENT_H
#define IM_INCIDENT_CONTENT_H

#include <incmap/incident.h>

/** Rounds position, radius, score and confidence to the decimals that files have, so that a record that
 *  was written and read again is the one that it was. */
void im_incident_round(im_incident *incident);

/** Its short title, made of what it counts. Owned by the caller. */
char *im_incident_make_title(const im_incident *incident);

/** im_incidents_finish() record by record, while each is at hand; ended once. */
typedef struct im_finishing im_finishing;
im_finishing *im_finishing_begin(void);
void im_finishing_add(im_finishing *finishing, im_incident *incident);
/** @param incidents  those that were added, in any order; sorted on return */
void im_finishing_end(im_finishing *finishing, GPtrArray *incidents);
/** Ends it, too, but leaves records of one id as they are. */
void im_finishing_drop(im_finishing *finishing);

/** The `i`th of very many, for passes in their order: sends for what maps ask of a later one, as each lies
 *  elsewhere in memory. */
static inline im_incident *im_incident_at(const GPtrArray *incidents, guint i)
{
    enum { AHEAD = 12, LINE_BYTES = 64 };
    const char *later = i + AHEAD < incidents->len ? incidents->pdata[i + AHEAD] : NULL;
    for (gsize at = 0; later && at < G_STRUCT_OFFSET(im_incident, title); at += LINE_BYTES)
        __builtin_prefetch(later + at);
    return incidents->pdata[i];
}

/** As im_incident_at(), for passes that read all of each: sends for the whole record, and then for what it points to. */
static inline im_incident *im_incident_whole_at(const GPtrArray *incidents, guint i)
{
    enum { AHEAD = 12, AHEAD_TEXTS = 6, LINE_BYTES = 64 };
    const char *later = i + AHEAD < incidents->len ? incidents->pdata[i + AHEAD] : NULL;
    for (gsize at = 0; later && at < sizeof(im_incident); at += LINE_BYTES)
        __builtin_prefetch(later + at);
    if (i + AHEAD_TEXTS < incidents->len) {
        const im_incident *next = incidents->pdata[i + AHEAD_TEXTS];
        const void *const pointed[] = {next->id,         next->title,     next->location,
                                       next->place_text, next->admin2,    next->admin1,
                                       next->country,    next->iso,       next->actor1,
                                       next->actor2,     next->date_text, next->sources};
        for (guint k = 0; k < G_N_ELEMENTS(pointed); k++)
            __builtin_prefetch(pointed[k]);
    }
    return incidents->pdata[i];
}

/** An order of all that two records say, their sources with it; 0 when they say the same. */
int im_incident_compare_content(const im_incident *a, const im_incident *b);

#endif
