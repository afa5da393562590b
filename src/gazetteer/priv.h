/** @file
 *  An open gazetteer, and what its parts share. */
#ifndef IM_GAZETTEER_PRIV_H
#define IM_GAZETTEER_PRIV_H

#include "base/eight.h"
#include "base/utf8.h"
#include "gazetteer/format.h"

/* A hash table in the file; see format.h. */
typedef struct gaz_index {
    const guint32 *buckets; /* 2^bits + 1 */
    guint bits;
    guint32 n; /* entries that the buckets hold */
} gaz_index;

/* Entries that follow each other: from `at` up to `end`. */
typedef struct gaz_run {
    guint32 at, end;
} gaz_run;

/* Ids that follow each other. */
typedef struct gaz_range {
    im_place_id first, n;
} gaz_range;

struct im_gazetteer {
    guint64 serial; /* im_gazetteer_serial() */
    GBytes *bytes;
    const gaz_header *header;
    const char *names, *key_text, *sources, *credit;
    guint32 names_size, key_text_size;
    const guint32 *features;
    const gaz_place *places;
    const im_place_id *codes;
    const guint32 *parts; /* keys; see parts.h */
    const im_reading *readings;
    const gaz_key *keys; /* n_keys and one more */
    const gaz_head *heads;
    const gaz_rows *rows;
    gaz_index key_index, head_index, part_index;
    const guint64 *filter; /* 2^filter_bits words */
    guint filter_bits;
    guint seat_features[3]; /* of which a seat is, by im_place_record.seat; G_MAXUINT for none */
    guint32 n_features, n_places, n_codes, n_readings, n_keys, n_heads, n_rows, n_parts;
    gaz_range of_kind[GAZ_N_KINDS];
    guint16
        *area_countries; /* of each country and state, by its id: the country; asked for often */
    guint32 n_areas;
    const char *
        *country_codes; /* of each country, from the first on; "" for none that can be shown */
    im_gazetteer_count counts[9];
};

/** As im_gazetteer_open(), of bytes in memory that begin at a multiple of 8.
 *  @param bytes  borrowed; a reference is kept
 *  @param label  what messages call it */
im_gazetteer *im_gazetteer_open_bytes(GBytes *bytes, const char *label, GError **error);

/** What is wrong with a file, and where. */
typedef struct gaz_fault {
    const char *what;
    guint64 at; /**< byte of the file */
} gaz_fault;

/** Sets a fault. @return FALSE */
static inline gboolean gaz_wrong(gaz_fault *f, guint64 at, const char *what)
{
    *f = (gaz_fault){what, at};
    return FALSE;
}

/** Byte of the file at which a pointer into it stands. */
static inline guint64 gaz_byte_at(const im_gazetteer *g, const void *p)
{
    return (guint64)((const char *)p - (const char *)g->header);
}

/** Proves every index and offset of an open file. @return FALSE with the first fault */
gboolean gaz_prove(const im_gazetteer *g, gaz_fault *f);

/* What follows looks where it steps: a damaged file gives empty strings and empty runs, the same ones
 * every time, and is never left. `key`, `head` and `place` must be below their numbers. */

/** A shown string; "" for what is none or not UTF-8. */
static inline const char *gaz_name(const im_gazetteer *g, guint32 offset)
{
    if (offset == 0 || offset >= g->names_size)
        return "";
    const char *text = g->names + offset, *at = text;
    for (; offset + IM_EIGHT <= g->names_size; offset += IM_EIGHT, at += IM_EIGHT) {
        const guint64 eight = im_eight_at(at), end = im_eight_equal(eight, '\0');
        const guint64 before = end - 1; /* what stands before the first NUL; all without one */
        if (eight & before & ~end & IM_EACH_BYTE(0x80))
            break;
        if (end)
            return text;
    }
    return im_utf8_is_valid(at, strlen(at)) ? text : "";
}

/** Text of a key: NUL-terminated, but any bytes in a damaged file. */
static inline const char *gaz_text_at(const im_gazetteer *g, guint32 offset)
{
    return g->key_text + (offset < g->key_text_size ? offset : 0);
}

static inline const char *gaz_key_text(const im_gazetteer *g, guint32 key)
{
    return gaz_text_at(g, g->keys[key].text);
}

/** FALSE when no key and no head has this hash. */
static inline gboolean gaz_may_have(const im_gazetteer *g, guint32 hash)
{
    guint64 bits = gaz_filter_bits(hash);
    return (g->filter[gaz_bucket(hash, g->filter_bits)] & bits) == bits;
}

/** The entries among which one with this hash is. */
static inline gaz_run gaz_run_of(const gaz_index *index, guint32 hash)
{
    const guint32 *bucket = index->buckets + gaz_bucket(hash, index->bits);
    gboolean is_sound = bucket[0] <= bucket[1] && bucket[1] <= index->n;
    return is_sound ? (gaz_run){bucket[0], bucket[1]} : (gaz_run){0, 0};
}

/** Readings of a key, each of a place that there is and of a kind that there is.
 *  @return the first of `*n`, or NULL for none */
const im_reading *gaz_readings(const im_gazetteer *g, guint32 key, guint *n);

#endif
