/** @file
 *  An open gazetteer, and what its parts share. */
#ifndef IM_GAZETTEER_PRIV_H
#define IM_GAZETTEER_PRIV_H

#include "gazetteer/format.h"

/* A hash table in the file; see format.h. */
typedef struct gaz_index {
    const guint32 *buckets; /* 2^bits + 1 */
    guint bits;
} gaz_index;

/* Ids that follow each other. */
typedef struct gaz_range {
    im_place_id first, n;
} gaz_range;

struct im_gazetteer {
    GBytes *bytes;
    const gaz_header *header;
    const char *names, *key_text, *sources, *credit;
    const guint32 *features;
    const gaz_place *places;
    const im_place_id *codes;
    const im_reading *readings;
    const gaz_key *keys; /* n_keys and one more */
    const gaz_head *heads;
    gaz_index key_index, head_index;
    guint32 n_features, n_places, n_codes, n_readings, n_keys, n_heads;
    gaz_range of_kind[IM_PLACE_AIRPORT + 1];
    im_gazetteer_count counts[9];
};

/** As im_gazetteer_open(), of bytes in memory that begin at a multiple of 8.
 *  @param bytes  borrowed; a reference is kept
 *  @param label  what messages call it */
im_gazetteer *im_gazetteer_open_bytes(GBytes *bytes, const char *label, GError **error);

static inline const char *gaz_key_text(const im_gazetteer *g, guint32 key)
{
    return g->key_text + g->keys[key].text;
}

#endif
