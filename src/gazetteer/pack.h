/** @file
 *  Draft → file: what the parts of the packer share. */
#ifndef IM_GAZETTEER_PACK_H
#define IM_GAZETTEER_PACK_H

#include "gazetteer/compile.h"
#include "gazetteer/writer.h"

/** A draft on its way into a file. */
typedef struct packer {
    draft *d;
    gaz_writer *out;
    guint32 first[GAZ_N_KINDS + 1]; /* id of the first place of each kind; and how many there are */
    guint32 *order[GAZ_N_KINDS];    /* of each kind: index in the draft, in the order of the file */
    guint32 *rank[GAZ_N_KINDS];     /* the reverse: how many of the kind stand before it */
    GArray *keys; /* gaz_key in the order of the file and one more; `text` is the offset in the
                     draft's keys until the section of key text is written, and of the file then */
} packer;

/** The id in the file. */
static inline im_place_id packer_id(const packer *p, im_place_id id)
{
    return id == IM_PLACE_NONE
               ? id
               : p->first[draft_kind(id)] + p->rank[draft_kind(id)][draft_index(id)];
}

/** Sorts the names and makes one of those that say the same. Fills `keys`, but for their text; the
 *  draft's names are then in the order of the readings. */
void pack_sort_names(packer *p);

/** Writes the sections of the keys' parts; before pack_names(). */
void pack_parts(packer *p);

/** Write the sections of readings, keys and first words. */
void pack_names(packer *p);

/** Writes buckets for `n` entries sorted by hash.
 *  @param stride  bytes from one entry to the next; the hash stands first in each */
void pack_buckets(packer *p, gaz_section_id id, const void *entries, guint32 n, gsize stride);

#endif
