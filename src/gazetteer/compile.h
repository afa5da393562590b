/** @file
 *  The compiler: sources → drafts of places and names → one file. Made for tens of millions of places:
 *  a draft's places are the records of the file, its text lies in pools, and names are sorted once. */
#ifndef IM_GAZETTEER_COMPILE_H
#define IM_GAZETTEER_COMPILE_H

#include "gazetteer/format.h"
#include "gazetteer/idmap.h"
#include "gazetteer/pool.h"
#include "gazetteer/tsv.h"

/* The id of a place in a draft: its kind above, below its number among those of that kind. Ordered as
 * the ids of the file, which number the places through. */
enum { DRAFT_KIND_BITS = 29 };

static inline im_place_id draft_id(im_place_kind kind, guint32 index)
{
    return (guint32)kind << DRAFT_KIND_BITS | index;
}

static inline im_place_kind draft_kind(im_place_id id)
{
    return (im_place_kind)(id >> DRAFT_KIND_BITS);
}

static inline guint32 draft_index(im_place_id id)
{
    return id & ((1u << DRAFT_KIND_BITS) - 1);
}

/** A place about to be added. Strings are copied; "" where none. */
typedef struct draft_place {
    const char *name, *code, *iso3166_2, *feature;
    const char *type; /* of a division, region or airport, as the table says */
    const char *city; /* that an airport serves */
    im_lonlat position;
    double radius_km;
    guint32 geonameid, population;
    im_place_id country, admin1, admin2;
    im_place_kind kind;
} draft_place;

/** What few places have. */
typedef struct draft_detail {
    char *type, *city;
} draft_detail;

/** A name of a place. */
typedef struct draft_name {
    guint32 hash, key; /* of the key; its offset in `keys` */
    im_place_id place;
    guint8 kind, flags;
    guint16 reserved;
} draft_name;

/** A first word that is not the first word of a key: the `land` of `lands end`. */
typedef struct draft_head {
    guint32 key; /* offset in `keys` */
    guint8 len, words;
} draft_head;

/** A source, and what became of its rows. */
typedef struct draft_source {
    char *label;
    guint64 rows, taken, merged, left_out, rejected;
} draft_source;

/** All that a gazetteer is made of. */
typedef struct draft {
    gaz_pool *texts;               /* what is shown */
    gaz_pool *keys;                /* keys of names, some of them more than once */
    GArray *places[GAZ_N_KINDS];   /* gaz_place */
    GArray *own_keys[GAZ_N_KINDS]; /* guint32: offset of the key of the place's own name, or 0 */
    GHashTable *details;           /* id → draft_detail */
    GHashTable *by_code;           /* code or ISO 3166-2 code → id + 1 */
    gaz_idmap *by_geonameid;
    GPtrArray *features;         /* char * */
    GHashTable *feature_numbers; /* → index + 1 */
    GArray *names;               /* draft_name */
    GArray *heads;               /* draft_head */
    GArray *sources;             /* draft_source */
    GString *source_table;       /* text of sources.csv */
    GPtrArray *credits;          /* char *, each once */
} draft;

draft *draft_new(void);
void draft_free(draft *d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(draft, draft_free)

/** The record of a place; valid until another of its kind is added. */
static inline gaz_place *draft_at(const draft *d, im_place_id id)
{
    return &g_array_index(d->places[draft_kind(id)], gaz_place, draft_index(id));
}

static inline guint32 draft_count(const draft *d, im_place_kind kind)
{
    return d->places[kind]->len;
}

static inline im_lonlat draft_position(const gaz_place *p)
{
    return (im_lonlat){p->lon_e5 / 1e5, p->lat_e5 / 1e5};
}

static inline const char *draft_text(const draft *d, guint32 offset)
{
    return gaz_pool_at(d->texts, offset);
}

static inline const char *draft_feature(const draft *d, const gaz_place *p)
{
    return g_ptr_array_index(d->features, p->feature);
}

static inline const char *draft_key(const draft *d, guint32 key)
{
    return gaz_pool_at(d->keys, key);
}

/** Type and city of a place; both "" where it has none. */
draft_detail draft_detail_of(const draft *d, im_place_id id);

/** The key of a place's own name, or NULL; also for IM_PLACE_NONE. */
const char *draft_own_key(const draft *d, im_place_id id);

/** Begins a source: places that are added now are its. @return its number */
guint draft_begin_source(draft *d, const char *label);

/** The source that was begun last. */
draft_source *draft_current_source(const draft *d);

/** Adds a place with its name, and enters its code and GeoNames id, unless others have them.
 *  A country, state or municipality that names no container of its own order is its own.
 *  @return its id */
im_place_id draft_add_place(draft *d, const draft_place *p);

/** A place of which nothing is known but its kind. */
draft_place draft_blank(im_place_kind kind, const char *feature);

/** The place of a code (`MX`, `MX.14`, `MX-JAL`, `R:bajio`), or IM_PLACE_NONE. */
im_place_id draft_by_code(const draft *d, const char *code);

/** Adds a name; nothing happens when no key can be made of it.
 *  @param flags  beside those that its letters tell
 *  @return       offset of its key, or 0 */
guint32 draft_add_name(draft *d, im_place_id place, const char *name, im_name_kind kind,
                       guint flags);

/** Adds a name by its key. @return offset of the key, or 0 when it is too long */
guint32 draft_add_key(draft *d, im_place_id place, const char *key, im_name_kind kind, guint flags);

/** Reads the tables of places of a folder. */
gboolean draft_read_places(draft *d, const char *folder, GError **error);

/** Reads what else they are called: names.tsv and aliases.tsv. */
gboolean draft_read_names(draft *d, const char *folder, GError **error);

/** Reads sources.csv and credits them. */
gboolean draft_read_sources(draft *d, const char *folder, GError **error);

/** Credits a source, once.
 *  @param row  line of sources.csv, without its end */
void draft_credit(draft *d, const char *attribution, const char *row);

/** Sets the radius of places that have none in their table. */
void draft_measure(draft *d);

/** Adds a place's own name, and those within it. */
void draft_add_own_name(draft *d, im_place_id place);

/** Adds the names that follow from others by rule. */
void draft_derive_names(draft *d);

/** Writes the draft as a file, aside first. Its names are used up: to be called once. */
gboolean draft_write(draft *d, const char *path, GError **error);

#endif
