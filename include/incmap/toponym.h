/** @file
 *  Place names in a text and the places they mean. */
#ifndef INCMAP_TOPONYM_H
#define INCMAP_TOPONYM_H

#include <incmap/gazetteer.h>
#include <incmap/text.h>

G_BEGIN_DECLS

typedef enum im_mention_status {
    IM_MENTION_NONE = 0,
    IM_MENTION_RESOLVED,
    IM_MENTION_AMBIGUOUS, /**< a place, but which one the text does not tell */
    IM_MENTION_NOT_FOUND, /**< a place by its context that the gazetteer lacks */
} im_mention_status;

/** `resolved`, `ambiguous`, `not_found`. */
IM_API const char *im_mention_status_name(im_mention_status status);

/** Why a reading was chosen. */
typedef enum im_reason {
    IM_REASON_NONE = 0,
    IM_REASON_ONLY,      /**< the name has one reading */
    IM_REASON_CONTAINER, /**< a container stands beside it: `Tapalpa, Jalisco` */
    IM_REASON_CONTAINS,  /**< it is the container of a neighbour */
    IM_REASON_DOCUMENT,  /**< its state or country is named elsewhere in the document */
    IM_REASON_NEAR,      /**< it is the reading closest to the other places of the document */
    IM_REASON_RANK,      /**< country or state before town, and larger before smaller */
    IM_REASON_ONE_SENSE, /**< the same name was decided elsewhere in the document */
    IM_REASON_PRIOR,     /**< --country, --near or the publisher */
    IM_REASON_ALIAS,     /**< an alias or abbreviation with a fixed meaning */
} im_reason;

/** A short English phrase for a reason. */
IM_API const char *im_reason_text(im_reason reason);

/** How a place is meant, when not simply as itself. */
typedef enum im_relation {
    IM_RELATION_NONE = 0,
    IM_RELATION_NEAR,    /**< near X, outskirts of X, the X area, south of X, 30 km from X */
    IM_RELATION_OFFSET,  /**< 30 km south of X: distance and bearing are set */
    IM_RELATION_BETWEEN, /**< between X and Y, on the X–Y highway: `other` is the mention of Y */
    IM_RELATION_PART,    /**< northern X, the south of X */
} im_relation;

/** `near`, `offset`, `between`, `part`; NULL for none. */
IM_API const char *im_relation_name(im_relation relation);

/** One mention. */
typedef struct im_mention {
    im_span span;       /**< bytes of the text */
    guint32 first, end; /**< tokens first..end-1 */
    im_mention_status status;
    im_place_id place; /**< IM_PLACE_NONE unless resolved */
    double score;      /**< 0..1, how likely it is a place and this one: the product of both
                            probabilities. It needs no further mapping: on three corpora of news
                            the fit of Platt (1999) is the identity, a 1.01, b 0.07
                            (tests/eval/reliability) */
    im_reason reason;
    im_place_id runner_up; /**< next best reading, or IM_PLACE_NONE */
    double runner_up_score;
    im_relation relation;
    double distance_km; /**< from the place, where the text says one; else 0 */
    double bearing_deg; /**< clockwise from north, where the text says one; else -1 */
    double radius_km;   /**< how far around the spot that is meant; 0 without a relation */
    guint32 other;      /**< index of the second anchor of IM_RELATION_BETWEEN */
    guint32 container; /**< mention named as its container (`Tapalpa, [Jalisco]`), or G_MAXUINT32 */
    guint8 flags;      /**< IM_MENTION_… */
} im_mention;

enum {
    IM_MENTION_DATELINE = 1 << 0,     /**< stands in the dateline */
    IM_MENTION_AS_CONTAINER = 1 << 1, /**< the `Jalisco` of `Tapalpa, Jalisco` */
    IM_MENTION_ACTOR = 1 << 2,        /**< a government or team: `Washington said` */
};

/** Why a name that the gazetteer has is no mention. */
typedef enum im_rejection {
    IM_REJECTED_NONE = 0,
    IM_REJECTED_DEMONYM,      /**< `Mexican soldiers` */
    IM_REJECTED_ORGANISATION, /**< `Cartel de Sinaloa` */
    IM_REJECTED_PERSON,       /**< `Ms. Guerrero` */
    IM_REJECTED_WORD,         /**< `March`, `Order` */
    IM_REJECTED_DOUBT,        /**< the context speaks against a place, or not enough for one */
} im_rejection;

/** A short English phrase for it. */
IM_API const char *im_rejection_text(im_rejection why);

/** A stretch of the text that is a name of the gazetteer, but no mention. */
typedef struct im_rejected {
    im_span span; /**< bytes of the text */
    im_rejection why;
} im_rejected;

typedef struct im_toponym_options {
    const char *country;   /**< ISO alpha-2 prior; NULL */
    const im_lonlat *near; /**< prior; NULL */
    const char *publisher; /**< outlet, for the places in its name; NULL */
    const char *url;       /**< address, for the outlet's country and town; NULL */
    const im_span *spans;  /**< resolve exactly these, in bytes; NULL to recognise */
    guint n_spans;
    GArray *rejected; /**< of im_rejected: what was no place is appended, sorted; NULL */
} im_toponym_options;

/** As im_text_new(), for im_toponyms_find() only: nothing is looked up that tells of incidents. */
IM_API im_text *im_toponym_text_new(const char *bytes, gsize len, im_language language);

/** Finds and resolves the place names of a text.
 *  @return GArray of im_mention sorted by span, not overlapping; owned by the caller. With given
 *          spans: one mention for each, in their order */
IM_API GArray *im_toponyms_find(const im_gazetteer *gazetteer, const im_text *text,
                                const im_toponym_options *options);

G_END_DECLS

#endif
