/** @file
 *  The compiled gazetteer as it lies in the file: a header, then sections of fixed-size records,
 *  little-endian, each section at a multiple of 64 bytes. Records point at each other by 32-bit
 *  index, sections lie at 64-bit offsets: 12 million places fit.
 *
 *  A name is found by the hash of its key, im_hash_name(): the high bits choose a bucket, whose keys
 *  lie next to each other and are compared as text; a key's readings run to where those of the next
 *  key begin.
 *
 *  Opening proves only what is small: the header, where the sections lie, that text ends, the feature
 *  codes. Any index in a record may be wrong in a damaged file; priv.h has the accessors that look
 *  where they step, and im_gazetteer_check() proves all of it.
 *
 *  Whatever changes here changes GAZ_VERSION. */
#ifndef IM_GAZETTEER_FORMAT_H
#define IM_GAZETTEER_FORMAT_H

#include "base/hash.h"

#include <incmap/gazetteer.h>

/* As in PNG: a byte above 127, CR LF and LF show transfers that were not binary. */
#define GAZ_MAGIC "\x89IMGZ\r\n"
enum { GAZ_MAGIC_SIZE = 8, GAZ_VERSION = 8 };
#define GAZ_BYTE_ORDER 0x01020304u

typedef enum gaz_section_id {
    GAZ_NAMES,        /* text that is shown: NUL-terminated UTF-8, the empty string first */
    GAZ_FEATURES,     /* guint32: feature codes, offsets into names */
    GAZ_KINDS,        /* guint32 by im_place_kind: its first place; and the number of places */
    GAZ_PLACES,       /* gaz_place, sorted by kind, namesakes side by side */
    GAZ_CODES,        /* im_place_id of the places that have a code, sorted by it */
    GAZ_PARTS,        /* guint32: keys by the hashes of their parts, see parts.h */
    GAZ_PART_BUCKETS, /* guint32, as for the keys */
    GAZ_READINGS,     /* im_reading, in the order of the keys */
    GAZ_KEY_TEXT,     /* NUL-terminated keys */
    GAZ_KEYS,         /* gaz_key, sorted by hash, and one more that ends the last run */
    GAZ_KEY_BUCKETS,  /* guint32: first key of each bucket, and the end; buckets are a power of 2 */
    GAZ_HEADS,        /* gaz_head, sorted by hash */
    GAZ_HEAD_BUCKETS, /* guint32, as for the keys */
    GAZ_FILTER,       /* guint64, a power of 2: which keys and heads there are, gaz_filter_bits() */
    GAZ_SOURCES,      /* sources.csv, NUL-terminated */
    GAZ_CREDIT,       /* one line, NUL-terminated */
    GAZ_ROWS,         /* gaz_rows, one a source */
    GAZ_N_SECTIONS
} gaz_section_id;

enum {
    GAZ_N_KINDS = IM_PLACE_AIRPORT + 1,
    GAZ_MAX_FEATURES = 4096, /* GeoNames has 680; opening reads them all */
    GAZ_ALIGNMENT = 64,      /* of sections, in bytes */
    GAZ_MAX_MAGNITUDE = 10,  /* exclusive */
};

/* Most names that are asked for are none. A filter tells so of nearly all, small enough to stay in
 * the processor's cache (Bloom 1970; in blocks of one word, Putze, Sanders and Singler 2007): the
 * bits of a hash in its word. */
static inline guint64 gaz_filter_bits(guint32 hash)
{
    return G_GUINT64_CONSTANT(1) << (hash & 63) | G_GUINT64_CONSTANT(1) << (hash >> 6 & 63);
}

/* The bucket of a hash among 2^bits. */
static inline guint32 gaz_bucket(guint32 hash, guint bits)
{
    return bits ? hash >> (32 - bits) : 0;
}

typedef struct gaz_section {
    guint64 offset, size; /* bytes */
} gaz_section;

typedef struct gaz_header {
    char magic[GAZ_MAGIC_SIZE];
    guint32 version, byte_order;
    guint64 file_size;
    guint64 checksum; /* of all that follows the header, gaz_checksum() */
    gaz_section sections[GAZ_N_SECTIONS];
} gaz_header;

/* One line of a processor's cache. */
typedef struct gaz_place {
    guint32 name, code, iso3166_2; /* offsets into names */
    gint32 lon_e5, lat_e5;         /* degrees × 100,000 */
    float radius_km;
    guint32 geonameid, population;
    im_place_id country, admin1, admin2;
    guint16 feature; /* index into features */
    guint8 kind;     /* im_place_kind */
    guint8 source;   /* index into the rows section: which source it was taken from first */
    float x, y, z;   /* position on the unit sphere */
    float magnitude; /* im_place_record */
} gaz_place;

/* What a reading says of where its place lies. */
static inline guint16 gaz_area(im_place_id admin1, im_place_id country)
{
    im_place_id area = admin1 < IM_READING_NOWHERE ? admin1 : country;
    return (guint16)MIN(area, IM_READING_NOWHERE);
}

/* A source, and what became of its rows when the file was compiled. */
typedef struct gaz_rows {
    guint32 label; /* offset into names */
    guint32 reserved;
    guint64 rows, taken, merged, left_out, rejected;
    guint32 places[GAZ_N_KINDS]; /* taken from it, by kind */
    guint32 reserved_too;
} gaz_rows;

typedef struct gaz_key {
    guint32 hash, text; /* offset into key text */
    guint32 first;      /* reading */
} gaz_key;

/* A word that begins a name. */
typedef struct gaz_head {
    guint32 hash, text; /* offset into key text of what begins with it */
    guint8 len, words;  /* bytes of the word; most words of a name that begins so */
    guint16 reserved;
} gaz_head;

G_STATIC_ASSERT(sizeof(gaz_header) == 32 + 16 * GAZ_N_SECTIONS);
G_STATIC_ASSERT(sizeof(gaz_place) == GAZ_ALIGNMENT);
G_STATIC_ASSERT(sizeof(gaz_rows) == 80);
G_STATIC_ASSERT(sizeof(gaz_key) == 12);
G_STATIC_ASSERT(sizeof(gaz_head) == 12);
G_STATIC_ASSERT(sizeof(im_reading) == 8);

#endif
