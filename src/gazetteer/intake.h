/** @file
 *  How rows of a source get into the draft: counted, and those that cannot be taken said why. */
#ifndef IM_GAZETTEER_INTAKE_H
#define IM_GAZETTEER_INTAKE_H

#include "gazetteer/compile.h"
#include "gazetteer/features.h"
#include "gazetteer/twins.h"

/** What the readers of sources share. */
typedef struct intake {
    draft *d;
    const im_build_options *options;
    im_build_report *report;
    gaz_features *features;
    gboolean has_alternates; /* a table of alternate names is among the sources */
    const char *path;        /* of the source at hand */
    guint64 line;            /* 1-based, of the row at hand */
    guint said;              /* messages of this source */
} intake;

/** Begins a source. @param label as `gazetteer info` shows it; NULL: the name of the file */
void intake_begin(intake *in, const char *path, const char *label);

static inline draft_source *intake_source(const intake *in)
{
    return draft_current_source(in->d);
}

/** Leaves the row at hand out because it is faulty; the reason goes into the report.
 *  @return FALSE with `error` set when that ends the build (--strict) */
gboolean intake_reject(intake *in, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Takes a place, or merges it into the one that it is: `known`, unless that is IM_PLACE_NONE, or a
 *  twin. What an earlier source says of a place stands, but for its population; gaps are filled.
 *  @param twins  NULL: look for none
 *  @return       its id */
im_place_id intake_take(intake *in, const draft_place *p, im_place_id known, gaz_twins *twins);

/** Sets the containers by a country's code and those of divisions within it, as deep as there are
 *  any. @return FALSE when not even the country is known */
gboolean intake_set_containers(const draft *d, draft_place *p, const char *country,
                               const char *admin1, const char *admin2);

/** Reads a number of the fields of a row. @return FALSE when it is none within its range */
gboolean intake_real(const char *field, double min, double max, double *value);
gboolean intake_number(const char *field, guint64 max, guint32 *value);

/** Splits a row in place at its tabs. @return how many fields it has; the first `room` are set */
guint intake_split(char *line, char **fields, guint room);

/** Credits the source at hand: in the line of credit, and as a row of sources.csv. */
void intake_credit(intake *in, const char *package, const char *licence, const char *attribution,
                   const char *url);
/** Credits GeoNames for the source at hand. */
void intake_credit_geonames(intake *in);

/* Readers of sources. Each goes on behind faulty rows and returns FALSE only when it cannot go on. */

/** A GeoNames dump, `allCountries.txt`, `MX.txt`: its countries and divisions of the first two orders
 *  first, for the rest lies in them. */
gboolean intake_dump(intake *in, const char *path, GError **error);

/** GeoNames' `countryInfo.txt`: countries that are not known yet, and how large they are. */
gboolean intake_country_info(intake *in, const char *path, GError **error);

/** GeoNames' `admin1CodesASCII.txt` and `admin2Codes.txt`: codes and names of divisions. */
gboolean intake_codes(intake *in, const char *path, GError **error);

/** GeoNames' `alternateNamesV2.txt`. */
gboolean intake_alternates(intake *in, const char *path, GError **error);

/** GeoNames' `hierarchy.txt`: what lies in which division. */
gboolean intake_hierarchy(intake *in, const char *path, GError **error);

/** INEGI's AGEEML: localities of Mexico. */
gboolean intake_ageeml(intake *in, const char *path, GError **error);

/** Any layer that GDAL reads. */
gboolean intake_layer(intake *in, const char *path, GError **error);

#endif
