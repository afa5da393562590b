/** @file
 *  The compiler: tables → drafts of places and names → one file. */
#ifndef IM_GAZETTEER_COMPILE_H
#define IM_GAZETTEER_COMPILE_H

#include "gazetteer/format.h"
#include "gazetteer/tsv.h"

/** A place before it is packed. Strings live as long as the draft. */
typedef struct draft_place {
    const char *name, *code, *iso3166_2, *feature; /* "" where none */
    const char *type; /* of a division, region or airport, as the table says; "" where none */
    const char *city; /* that an airport serves; "" where none */
    im_lonlat position;
    double radius_km;
    guint32 geonameid, population;
    im_place_id country, admin1, admin2;
    im_place_kind kind;
    guint32 key; /* number of the key of its name; G_MAXUINT32 where none */
} draft_place;

/** A name of a place: a key by its number. */
typedef struct draft_name {
    guint32 key;
    im_place_id place;
    guint8 kind, flags;
} draft_name;

/** A word that begins names. */
typedef struct draft_head {
    const char *word;
    guint32 key; /* one that begins with it */
    guint words; /* most words of those names */
} draft_head;

/** All that a gazetteer is made of. */
typedef struct draft {
    GStringChunk *strings;
    GArray *places;           /* draft_place; the index is the place's id */
    GHashTable *by_code;      /* code or ISO 3166-2 code → id + 1 */
    GHashTable *by_geonameid; /* → id + 1 */
    GHashTable *key_numbers;  /* key → number + 1 */
    GPtrArray *keys;          /* const char *, by number */
    GArray *names;            /* draft_name */
    GArray *heads;            /* draft_head */
    GHashTable *head_numbers; /* word → index + 1 */
    char *sources, *credit;
} draft;

draft *draft_new(void);
void draft_free(draft *d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(draft, draft_free)

static inline draft_place *draft_at(const draft *d, im_place_id id)
{
    return &g_array_index(d->places, draft_place, id);
}

/** The place of a code (`MX`, `MX.14`, `MX-JAL`, `R:bajio`), or IM_PLACE_NONE. */
im_place_id draft_by_code(const draft *d, const char *code);

/** Adds a name; nothing happens when no key can be made of it.
 *  @param flags  beside those that its letters tell
 *  @return       number of its key, or G_MAXUINT32 */
guint32 draft_add_name(draft *d, im_place_id place, const char *name, im_name_kind kind,
                       guint flags);

/** Adds a name by its key. @return the key's number, or G_MAXUINT32 when it is too long */
guint32 draft_add_key(draft *d, im_place_id place, const char *key, im_name_kind kind, guint flags);

/** Reads all tables of places, in the order of the ids. */
gboolean draft_read_places(draft *d, const char *folder, GError **error);

/** Reads what else they are called: names.tsv and aliases.tsv. */
gboolean draft_read_names(draft *d, const char *folder, GError **error);

/** Reads sources.csv and makes the line of credit. */
gboolean draft_read_sources(draft *d, const char *folder, GError **error);

/** Sets the radius of places that have none in their table. */
void draft_measure(draft *d);

/** Adds each place's own name and the names that follow from it by rule. */
void draft_derive_names(draft *d);

/** The draft as the bytes of a file; owned by the caller. */
GByteArray *draft_pack(draft *d);

/** Fills the sections of readings, keys and heads. Renumbers the names: to be called once. */
void draft_pack_names(draft *d, GByteArray **sections);

#endif
