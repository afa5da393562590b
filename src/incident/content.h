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

/** The `i`th of very many, for passes in their order: sends for a later one, as each lies elsewhere in memory. */
static inline im_incident *im_incident_at(const GPtrArray *incidents, guint i)
{
    enum { AHEAD = 12, LINE_BYTES = 64 };
    const char *later = i + AHEAD < incidents->len ? incidents->pdata[i + AHEAD] : NULL;
    for (gsize at = 0; later && at < sizeof(im_incident); at += LINE_BYTES)
        __builtin_prefetch(later + at);
    return incidents->pdata[i];
}

/** An order of all that two records say, their sources with it; 0 when they say the same. */
int im_incident_compare_content(const im_incident *a, const im_incident *b);

#endif
