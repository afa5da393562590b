/* Layers that GDAL reads: one place a feature. */
#include "gazetteer/build_gdal.h"
#include "gazetteer/intake.h"

#include <string.h>

/* A layer under its reader. */
typedef struct taking {
    intake *in;
    gaz_twins *twins;
    im_place_id country; /* of all its places, or none */
} taking;

static const char *feature_of(im_place_kind kind)
{
    static const char *const codes[] = {
        [IM_PLACE_UNKNOWN] = "PPL",  [IM_PLACE_COUNTRY] = "PCLI", [IM_PLACE_ADMIN1] = "ADM1",
        [IM_PLACE_ADMIN2] = "ADM2",  [IM_PLACE_TOWN] = "PPL",     [IM_PLACE_REGION] = "RGN",
        [IM_PLACE_AIRPORT] = "AIRP",
    };
    return codes[kind];
}

static gboolean take(const gaz_feature *feature, gpointer data, GError **error)
{
    taking *t = data;
    intake *in = t->in;
    im_place_kind kind = in->options->kind ? in->options->kind : IM_PLACE_TOWN;
    draft_place p = draft_blank(kind, feature_of(kind));
    in->line++;
    intake_source(in)->rows++;
    if (feature->fault)
        return intake_reject(in, error, "%s", feature->fault);
    if (!im_lonlat_is_valid(feature->position))
        return intake_reject(in, error, "a position beyond the poles or the date line");
    if (!*feature->name || !g_utf8_validate(feature->name, -1, NULL))
        return intake_reject(in, error, *feature->name ? "invalid UTF-8" : "no name");
    if (*feature->id && !intake_number(feature->id, G_MAXUINT32, &p.geonameid))
        return intake_reject(in, error, "the id is no number");
    p.name = feature->name;
    p.position = feature->position;
    p.radius_km = feature->radius_km;
    p.country = t->country;
    im_place_id known =
        p.geonameid ? gaz_idmap_get(in->d->by_geonameid, p.geonameid) : IM_PLACE_NONE;
    intake_take(in, &p, known, t->twins);
    return TRUE;
}

static gboolean find_country(taking *t, GError **error)
{
    const char *code = t->in->options->country;
    t->country = code ? draft_by_code(t->in->d, code) : IM_PLACE_NONE;
    if (!code || (t->country != IM_PLACE_NONE && draft_kind(t->country) == IM_PLACE_COUNTRY))
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "no country has the code \"%s\"", code);
    return FALSE;
}

gboolean intake_layer(intake *in, const char *path, GError **error)
{
    taking t = {.in = in};
    const gaz_gdal *gdal = im_module_table(im_gis_gazetteer, error);
    if (!gdal || !find_country(&t, error))
        return FALSE;
    intake_begin(in, path, NULL);
    g_autoptr(gaz_twins) twins = gaz_twins_new(in->d, FALSE);
    t.twins = twins;
    const gaz_layer layer = {path, in->options->layer, in->options->name_field,
                             in->options->id_field};
    return gdal->each(&layer, take, &t, error);
}
