/** @file
 *  The gazetteer: one file that is compiled from tables of places and then only mapped and read. */
#ifndef INCMAP_GAZETTEER_H
#define INCMAP_GAZETTEER_H

#include <incmap/error.h>
#include <incmap/geo.h>

G_BEGIN_DECLS

typedef struct im_gazetteer im_gazetteer;

/** Index of a place in a gazetteer; only valid for that file. */
typedef guint32 im_place_id;
#define IM_PLACE_NONE ((im_place_id)0xFFFFFFFFu)

/** What kind of thing a place is; the rank by which it outranks a namesake grows with its area. */
typedef enum im_place_kind {
    IM_PLACE_UNKNOWN = 0,
    IM_PLACE_COUNTRY,
    IM_PLACE_ADMIN1, /**< state, province, department */
    IM_PLACE_ADMIN2, /**< municipality, county */
    IM_PLACE_TOWN,   /**< populated place */
    IM_PLACE_REGION, /**< continent, region, sea, range: no single point */
    IM_PLACE_AIRPORT,
} im_place_kind;

/** A place, as a view into the mapped file: strings live as long as the gazetteer. */
typedef struct im_place {
    im_place_id id;
    im_place_kind kind;
    im_lonlat position;       /**< representative point */
    double radius_km;         /**< about half of its extent; 0 where unknown */
    const char *name;         /**< today's name */
    const char *feature_code; /**< GeoNames: PPLA2, ADM1, PCLI, AIRP, RGN …; never NULL */
    guint32 geonameid;        /**< 0 where unknown */
    guint32 population;       /**< 0 where unknown */
    im_place_id country, admin1, admin2; /**< containers (itself where it is one), or none */
    const char *country_code;            /**< ISO 3166-1 alpha-2, "" where none */
    const char *code;      /**< `MX`, `MX.14`, `MX.14.086`, IATA code, `R:…`; or "" */
    const char *iso3166_2; /**< `MX-JAL` of an admin1; or "" */
} im_place;

/** How a name belongs to a place. */
typedef enum im_name_kind {
    IM_NAME_NONE = 0,
    IM_NAME_MAIN,    /**< the place's own name */
    IM_NAME_OTHER,   /**< in another language, or an alternate */
    IM_NAME_ALIAS,   /**< everyday alias: CDMX, Holland */
    IM_NAME_ABBR,    /**< abbreviation: Jal., U.S. */
    IM_NAME_POSTAL,  /**< postal code of a state: TX; only behind a place name and a comma */
    IM_NAME_DEMONYM, /**< Mexican, jalisciense: a hint, never a mention */
} im_name_kind;

enum {
    IM_NAME_CASE_SENSITIVE = 1 << 0, /**< all capitals and short: `US` is not `us` */
    IM_NAME_DOTTED = 1 << 1,         /**< written with a full stop at its end: `Jal.` */
    IM_NAME_DERIVED = 1 << 2,        /**< made by rule from a longer or official name: `Zamora` of
                                          `Zamora de Hidalgo`, `Orange` of `Orange County` */
    IM_NAME_FOREIGN = 1 << 3, /**< known only from languages other than English and Spanish */
    IM_NAME_ENGLISH = 1 << 4, /**< an abbreviation of English only: `EU` is the European Union */
    IM_NAME_SPANISH = 1 << 5, /**< an abbreviation of Spanish only: `EU` are the United States */
};

/** One reading of a name. */
typedef struct im_reading {
    im_place_id place;
    guint8 kind;  /**< im_name_kind */
    guint8 flags; /**< IM_NAME_… */
    guint16 area; /**< id of the state that it lies in, else of the country, if below
                        IM_READING_NOWHERE; or that */
} im_reading;

enum { IM_READING_NOWHERE = 0xFFFF };

/** Opens a gazetteer compiled by `incmap gazetteer build`, in a time that does not grow with it: read
 *  and proven are the header and where everything lies. A file that was damaged elsewhere gives wrong
 *  or empty answers, never a fault of memory; im_gazetteer_check() finds that out.
 *  Thread safety: never changes after opening; share it without locks.
 *  @param path   compiled file
 *  @param error  IM_ERROR_DATA: missing, foreign, truncated or corrupt (says at which byte)
 *  @return       owned by the caller, im_gazetteer_free(); NULL on error */
IM_API im_gazetteer *im_gazetteer_open(const char *path, GError **error);
IM_API void im_gazetteer_free(im_gazetteer *gazetteer);

/** Where the gazetteer is by default: $INCMAP_GAZETTEER, else beside the build, else installed.
 *  Owned by the caller. */
IM_API char *im_gazetteer_default_path(void);

/** Places have the ids 0 .. n - 1. */
IM_API guint32 im_gazetteer_n_places(const im_gazetteer *gazetteer);

/** The place `id`, which must be below im_gazetteer_n_places(). */
IM_API im_place im_gazetteer_place(const im_gazetteer *gazetteer, im_place_id id);

/** The name alone of the place `id`, which is cheaper; "" for IM_PLACE_NONE. */
IM_API const char *im_gazetteer_place_name(const im_gazetteer *gazetteer, im_place_id id);

/** All readings of a name key (see im_gazetteer_key()), largest places first. The place of each is
 *  below im_gazetteer_n_places().
 *  @return the first of `*n` inside the mapped file, or NULL; allocates nothing */
IM_API const im_reading *im_gazetteer_readings(const im_gazetteer *gazetteer, const char *key,
                                               gsize key_len, guint *n);

/** The most words of any name whose key begins with this word; 0 when none does. With this a
 *  longest match needs no further look-up at most tokens. */
IM_API guint im_gazetteer_longest(const im_gazetteer *gazetteer, const char *word, gsize len);

/** Words longer than this, or names of more words, are in no gazetteer. */
enum { IM_KEY_MAX_WORDS = 10, IM_KEY_MAX_BYTES = 200 };

/** Makes the key of a name: its words folded, `St.`, `Cd.`, `Mt.`, `Ft.`, `Sta.` written out,
 *  joined by single spaces; punctuation between words is dropped, `Land's End` is `lands end`.
 *  Empty when nothing is left or the name is too long.
 *  @param out  at least IM_KEY_MAX_BYTES + 1
 *  @return     bytes, without the NUL */
IM_API gsize im_gazetteer_key(const char *name, gsize len, char *out);

/** Place by a code: `MX`, `MX.14`, `MX.14.086`, `R:…`; IM_PLACE_NONE when there is none. */
IM_API im_place_id im_gazetteer_by_code(const im_gazetteer *gazetteer, const char *code);

/** What locate is asked for. */
typedef struct im_locate_options {
    const char *country;   /**< ISO alpha-2 or a name; NULL for any */
    const char *admin1;    /**< name or code of a first-order division; NULL for any */
    const im_lonlat *near; /**< prefer what is near; NULL */
    gboolean fuzzy; /**< also names that are nearly spelled so, when nothing matches exactly */
    guint limit;    /**< at most so many; 0 for 10 */
} im_locate_options;

/** One answer of locate. */
typedef struct im_located {
    im_place_id place;
    guint8 name_kind; /**< im_name_kind of the name that matched */
    guint8 edits;     /**< of the keys (Damerau–Levenshtein); 0 for an exact match */
    double score;     /**< 0..1, for ordering */
} im_located;

/** Looks a name or code up, best first: its key, then, when nothing meets the conditions, what
 *  stands before its first comma within what stands behind (`Tapalpa, Jalisco`), then, if asked for,
 *  the names that are nearest to it: at an edit distance of 1 or, where nothing that meets the
 *  conditions is so near, 2 (names of 6 letters and more; those of 2 must be right). What stands behind
 *  a comma may be misspelt then, too, and its edits count. Order: edits; then score, which falls
 *  with kind of place (country, state, region, town), population, distance from `near`, when the
 *  name is a by-name, and when a misspelt one has a wrong letter or one too many rather than too few;
 *  then id. A country or admin1 that is given as a code is that one, whatever else is called so.
 *  @param name     as typed; no answer when it is not UTF-8
 *  @param options  NULL for none
 *  @return GArray of im_located, owned by the caller, empty when nothing is found */
IM_API GArray *im_gazetteer_locate(const im_gazetteer *gazetteer, const char *name,
                                   const im_locate_options *options);

/** A name of `len` bytes, not necessarily with a NUL behind it. Longer ones than
 *  IM_NAME_MAX_BYTES are nowhere found. */
typedef struct im_name {
    const char *text;
    gsize len;
} im_name;

enum { IM_NAME_MAX_BYTES = 800 };

/** The places that a name may mean, best first. */
typedef struct im_answers {
    const im_located *places;
    guint n;
} im_answers;

/** Looks many names up, much faster than im_gazetteer_locate(): options made ready once, and memory
 *  that is used again. For one thread at a time. */
typedef struct im_locator im_locator;

/** @param gazetteer  borrowed, must outlive the locator
 *  @param options    NULL for none; copied
 *  @return           owned by the caller, im_locator_free() */
IM_API im_locator *im_locator_new(const im_gazetteer *gazetteer, const im_locate_options *options);
IM_API void im_locator_free(im_locator *locator);

/** Looks up `n` names, each as im_gazetteer_locate() does; best some dozens at once, for then one's
 *  wait for memory is another's time to work.
 *  @param answers  out, one a name; their places live until the next call */
IM_API void im_locator_find(im_locator *locator, const im_name *names, guint n,
                            im_answers *answers);

/** One line of `gazetteer info`. */
typedef struct im_gazetteer_count {
    const char *what;
    guint64 n;
} im_gazetteer_count;

/** Counts by kind, names and readings. @return `*n` entries, owned by the gazetteer */
IM_API const im_gazetteer_count *im_gazetteer_counts(const im_gazetteer *gazetteer, guint *n);

/** A source of a gazetteer, and what became of its rows when it was compiled:
 *  rows = taken + merged + left_out + rejected. */
typedef struct im_gazetteer_source {
    const char *name; /**< of its file; lives as long as the gazetteer */
    guint64 rows;     /**< that it had */
    guint64 taken;    /**< as places or names of their own */
    guint64 merged;   /**< into places that were there */
    guint64 left_out; /**< as not chosen, or of a place that is not in */
    guint64 rejected; /**< faulty */
    guint64 n_places; /**< declared when compiled; im_gazetteer_check() counts them again */
} im_gazetteer_source;

/** How many sources there are; im_gazetteer_source_at() tells of those below. */
IM_API guint im_gazetteer_n_sources(const im_gazetteer *gazetteer);

/** Source `i`, in the order in which they were read. */
IM_API im_gazetteer_source im_gazetteer_source_at(const im_gazetteer *gazetteer, guint i);

/** The sources table as compiled in: text of sources.csv. */
IM_API const char *im_gazetteer_sources(const im_gazetteer *gazetteer);

/** One line of credit for maps and files, from the sources ("Places: GeoNames (CC BY 4.0) …"). */
IM_API const char *im_gazetteer_credit(const im_gazetteer *gazetteer);

/** The checksum of all that the file holds: of two gazetteers that give other answers, another one. */
IM_API guint64 im_gazetteer_checksum(const im_gazetteer *gazetteer);

/** Whether the file is as it was compiled: its checksum, every index and the order of its tables, which
 *  opening does not prove, and whether as many places of each kind and source are there as were taken,
 *  and every row of a source is accounted for. Reads all of it.
 *  @return FALSE with IM_ERROR_DATA when it is not */
IM_API gboolean im_gazetteer_check(const im_gazetteer *gazetteer, GError **error);

/** Whether the sources that a gazetteer was compiled from still have as many rows as it knows: each
 *  table of a folder of ours, or any other source by the name of its file.
 *  @param paths     NULL-terminated
 *  @param failures  GPtrArray of char *, one line a source of which rows are missing or that is not
 *                   in; owned by the caller
 *  @return FALSE with IM_ERROR_DATA when a source cannot be read */
IM_API gboolean im_gazetteer_check_sources(const im_gazetteer *gazetteer, const char *const *paths,
                                           GPtrArray **failures, GError **error);

/** Looks up every row of a must_resolve.tsv (name, country, admin1, lon, lat, tolerance_km) within
 *  its country and admin1, where they are given: the best answer, or the best of the towns among
 *  the answers, must be there.
 *  @param failures  GPtrArray of char *, one line a row that does not resolve; owned by the caller
 *  @return FALSE with IM_ERROR_DATA when the list cannot be read */
IM_API gboolean im_gazetteer_check_names(const im_gazetteer *gazetteer, const char *list_path,
                                         guint *n_rows, GPtrArray **failures, GError **error);

/** How sources are read that are not our own tables. All of it may be zero. */
typedef struct im_build_options {
    const char
        *features; /**< feature codes taken from GeoNames' dumps: classes and codes with commas
                                between them (`default,H,S.HSP`); NULL for `default` */
    const char
        *languages;    /**< of alternate names: ISO 639 codes with commas between them, or `all`;
                                NULL for `en,es` */
    const char *layer; /**< of files with several; NULL for the first */
    const char *name_field; /**< of layers; without one no layer is read */
    const char *id_field;   /**< of layers: GeoNames ids; NULL */
    const char *country;    /**< in which the features of layers lie, ISO alpha-2; NULL */
    im_place_kind kind;     /**< of the features of layers; 0 for towns */
    gboolean strict;        /**< the first faulty row ends the build */
} im_build_options;

/** What a build could not take. */
typedef struct im_build_report {
    GPtrArray *messages; /**< of char *: `file:line: reason`, the first 20 of each source */
    guint64 n_rejected;  /**< all faulty rows */
} im_build_report;

/** Frees what a report holds and makes it empty. */
IM_API void im_build_report_clear(im_build_report *report);

/** Compiles sources into a file. Each of them is told by its name or its first line:
 *  - a folder of our tables (geodata/, formats at the head of geodata/rebuild);
 *  - GeoNames' dumps (`MX.txt`, `allCountries.txt`), `alternateNamesV2.txt`, `admin1CodesASCII.txt`,
 *    `admin2Codes.txt`, `countryInfo.txt` and `hierarchy.txt`, or a folder of them; also packed as .zip;
 *  - INEGI's AGEEML as CSV;
 *  - with `name_field`, any layer that GDAL reads: points, or polygons with a point on their surface.
 *
 *  They add up, whatever their order here: our tables, then dumps, INEGI, layers, names. Places with
 *  one GeoNames id, or without one of one kind and name and close to each other, are one: what the
 *  earlier source says stands, but for the population; the later one fills gaps and adds names.
 *
 *  A faulty row of our tables ends the build; of other sources it is left out and reported. The file
 *  is written aside and renamed. The same input gives the same bytes.
 *  @param sources  NULL-terminated
 *  @param options  NULL for none
 *  @param report   filled in any case, im_build_report_clear(); NULL
 *  @param error    IM_ERROR_DATA naming file and line of the fault; IM_ERROR_USAGE; IM_ERROR_SYSTEM */
IM_API gboolean im_gazetteer_build(const char *const *sources, const im_build_options *options,
                                   const char *out_path, im_build_report *report, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_gazetteer, im_gazetteer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_locator, im_locator_free)

G_END_DECLS

#endif
