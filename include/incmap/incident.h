/** @file
 *  The incident record (spec/incident.md): one kind of thing, at one place, on one date. */
#ifndef INCMAP_INCIDENT_H
#define INCMAP_INCIDENT_H

#include <incmap/date.h>
#include <incmap/geo.h>
#include <incmap/report.h>
#include <incmap/toponym.h>

G_BEGIN_DECLS

/** Plain types, most violent first; the order in which a legend lists them. */
typedef enum im_incident_type {
    IM_INCIDENT_NONE = 0,
    IM_INCIDENT_ATTACK,
    IM_INCIDENT_ARMED_CLASH,
    IM_INCIDENT_KILLING,
    IM_INCIDENT_EXPLOSION,
    IM_INCIDENT_KIDNAPPING,
    IM_INCIDENT_ARSON,
    IM_INCIDENT_LOOTING,
    IM_INCIDENT_ROADBLOCK,
    IM_INCIDENT_PROTEST,
    IM_INCIDENT_DISRUPTION,
    IM_INCIDENT_OPERATION,
    IM_INCIDENT_ARREST,
    IM_INCIDENT_DEPLOYMENT,
    IM_INCIDENT_N_TYPES
} im_incident_type;

typedef enum im_incident_status {
    IM_STATUS_NONE = 0,
    IM_STATUS_OCCURRED,
    IM_STATUS_ONGOING,
    IM_STATUS_CLEARED,
    IM_STATUS_PLANNED,
    IM_STATUS_HISTORIC,
} im_incident_status;

typedef enum im_count_bound {
    IM_BOUND_NONE = 0,
    IM_BOUND_EXACT,
    IM_BOUND_AT_LEAST,
    IM_BOUND_ABOUT,
    IM_BOUND_AT_MOST,
} im_count_bound;

typedef enum im_date_basis {
    IM_DATE_NONE = 0,
    IM_DATE_EXPLICIT, /**< day, month and year are in the text */
    IM_DATE_WEEKDAY,
    IM_DATE_MONTH_DAY, /**< the year was completed */
    IM_DATE_RELATIVE,  /**< yesterday, overnight */
    IM_DATE_DATELINE,
    IM_DATE_PUBLISHED,
} im_date_basis;

typedef enum im_geo_level {
    IM_LEVEL_NONE = 0,
    IM_LEVEL_POINT,
    IM_LEVEL_MUNICIPALITY,
    IM_LEVEL_STATE,
    IM_LEVEL_COUNTRY,
} im_geo_level;

/** A number that the text may not give. */
#define IM_UNKNOWN (-1)

/** One report that tells of an incident, with the sentences that do. */
typedef struct im_source {
    char *report;                 /**< id of the report */
    char *publisher;              /**< outlet, or NULL */
    char *headline;               /**< or NULL */
    char *url;                    /**< or NULL */
    im_day date;                  /**< publication date */
    char *quote;                  /**< the sentence(s) that carry it */
    guint32 char_start, char_end; /**< of the first sentence, code points of that report's text */
} im_source;

/** One incident. Strings are valid UTF-8, NULL where unknown, owned by the record. Numbers are
 *  IM_UNKNOWN where the text gives none. Columns and rules: spec/incident.md. */
typedef struct im_incident {
    /* What maps ask of each incident fills the first two lines of the processor's cache. */
    im_lonlat position; /**< meaningful when has_geometry */
    gboolean has_geometry;
    im_incident_type type;
    im_incident_status status : 8;
    im_geo_level geo_level : 8;
    im_count_bound count_bound : 8;
    im_date_basis date_basis : 8;
    int geo_precision; /**< ACLED: 1 exact town, 2 near or part of a region, 3 province only */
    im_day date_start, date_end;
    int count;
    int deaths_low, deaths_best, deaths_high;
    double radius_km; /**< negative where unknown */
    char *id, *parent_id;
    char *location, *admin1, *iso;
    char *admin1_code;  /**< GeoNames `MX.14`: joins the boundaries; not an output column */
    char *iso3166_2;    /**< `MX-JAL`; not an output column */
    GPtrArray *sources; /**< of im_source *, sorted by date, then report; never empty */
    /* The rest of the record. */
    char *title;
    int deaths_security, deaths_suspects, deaths_civilians, deaths_unknown;
    int injured, arrested, abducted;
    int time_precision;
    int where_prec;   /**< UCDP GED codebook: 1 exact .. 4 first-order division, 6 country */
    guint32 place_id; /**< GeoNames id, 0 where none */
    guint number_of_sources, number_of_articles;
    char *date_text;
    char *place_text, *admin2, *country;
    double place_score; /**< negative where unknown */
    char *actor1, *actor2;
    double confidence;
    GPtrArray
        *parts; /**< of im_incident *: the single records that it was merged from; NULL when it is
                           one; not an output column */
} im_incident;

/** A record with all numbers unknown and no sources. im_incident_free(). */
IM_API im_incident *im_incident_new(im_incident_type type);
IM_API void im_incident_free(im_incident *incident);
/** Shares the sources with the original. */
IM_API im_incident *im_incident_copy(const im_incident *incident);
/** A source with nothing in it, im_source_unref(). Records of one event share their sources: whoever makes one
 *  fills it in before it is shared. */
IM_API im_source *im_source_new(void);
IM_API im_source *im_source_ref(im_source *source);
IM_API void im_source_unref(im_source *source);

/** What a source is called: its outlet, else the file name of its report, else NULL. Borrowed from
 *  the source. */
IM_API const char *im_source_name(const im_source *source);

/** Names as the record spells them (`armed_clash`, `cleared`, `at_least`, `weekday`,
 *  `municipality`); NULL for the value 0. The parsers give 0 for what is no such name. */
IM_API const char *im_incident_type_name(im_incident_type type);
IM_API im_incident_type im_incident_type_parse(const char *name);
IM_API const char *im_incident_status_name(im_incident_status status);
IM_API im_incident_status im_incident_status_parse(const char *name);
IM_API const char *im_count_bound_name(im_count_bound bound);
IM_API im_count_bound im_count_bound_parse(const char *name);
IM_API const char *im_date_basis_name(im_date_basis basis);
IM_API im_date_basis im_date_basis_parse(const char *name);
IM_API const char *im_geo_level_name(im_geo_level level);
IM_API im_geo_level im_geo_level_parse(const char *name);

/** ACLED's words for a record, from the table in use (geodata/acled.tsv, unless im_acled_use() gave another);
 *  NULL where it has no row that fits. */
IM_API const char *im_incident_acled_event_type(const im_incident *incident);
IM_API const char *im_incident_acled_sub_event_type(const im_incident *incident);

/** The plain type that ACLED's words stand for: that of the first row with both, else with the event type;
 *  IM_INCIDENT_NONE when there is none. */
IM_API im_incident_type im_acled_type(const char *event_type, const char *sub_event_type);

/** Reads the table of ACLED's words that is used from then on. Not thread-safe: before any record is asked.
 *  @param error  IM_ERROR_DATA naming file and line
 *  @return       FALSE on error: the table in use stays */
IM_API gboolean im_acled_use(const char *path, GError **error);

/** ACLED's fatalities: the lowest credible figure; 0 where none is told. */
IM_API int im_incident_fatalities(const im_incident *incident);

/** The last day on which it was seen to happen: an end that no report can have seen is foretold, and does not count.
 *  IM_DAY_NONE for what is planned, or has no day. */
IM_API im_day im_incident_last_day(const im_incident *incident);

/** The order of spec/incident.md: date, country, admin1, place, type, id; of those that agree in all of it, their
 *  first report and the place in that, then all else that they say. For qsort-like calls on arrays of
 *  im_incident *. */
IM_API int im_incident_compare(const void *a, const void *b);

/** Sorts by im_incident_compare(). */
IM_API void im_incidents_sort(GPtrArray *incidents);

/** Makes titles and ids from the other fields, sorts by im_incident_compare() and tells records of
 *  one id apart by a number behind it. An id is the hash of type, date and place. */
IM_API void im_incidents_finish(GPtrArray *incidents);

/** Reads the incidents of one report.
 *  @param text      of report->text
 *  @param mentions  of im_mention, from im_toponyms_find() on the same text
 *  @return GPtrArray of im_incident * (free function set), owned by the caller; ids are set */
IM_API GPtrArray *im_incidents_extract(const im_gazetteer *gazetteer, const im_report *report,
                                       const im_text *text, const GArray *mentions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(im_incident, im_incident_free)

G_END_DECLS

#endif
