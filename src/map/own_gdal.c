/* Boundaries of the user's own, from any layer that GDAL reads. Such files come from anywhere: what can be drawn is, what
 * cannot is named with its place in the file. */
#include "geo/degrees.h"
#include "geo/wrap.h"
#include "map/boundaries_gdal.h"

#include <cpl_error.h>
#include <math.h>
#include <string.h>

enum { MOST_FAULTS = 10, MOST_NAMED = 60, MOST_LETTERS = 200 };

typedef struct own_layer {
    const im_own_source *source;
    GDALDatasetH dataset;
    OGRLayerH ogr;
    OGRCoordinateTransformationH to_degrees; /* NULL when it is in degrees */
    int name_field;                          /* -1: none */
    GPtrArray *units, *faults;
    guint n_faults;
    gboolean is_latin1; /* a name was no UTF-8 */
} own_layer;

/* A feature and where it stands. */
typedef struct row {
    OGRFeatureH feature;
    guint32 number; /* from 1 */
    char *name;
    gboolean is_long; /* its name was cut */
} row;

static void close_layer(own_layer *l)
{
    if (l->to_degrees)
        OCTDestroyCoordinateTransformation(l->to_degrees);
    if (l->dataset)
        GDALClose(l->dataset);
    g_ptr_array_unref(l->units);
}

/* ---- the layer ---- */

static gboolean may_hold_areas(OGRLayerH layer)
{
    static const OGRwkbGeometryType others[] = {
        wkbNone,           wkbPoint,         wkbMultiPoint, wkbLineString, wkbMultiLineString,
        wkbCircularString, wkbCompoundCurve, wkbMultiCurve};
    const OGRwkbGeometryType type = wkbFlatten(OGR_L_GetGeomType(layer));
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (type == others[i])
            return FALSE;
    return TRUE;
}

/* The names of the layers, of those of areas only if so wanted. */
static char *layer_names(const own_layer *l, gboolean areas)
{
    GString *names = g_string_new(NULL);
    guint n = 0;
    for (int i = 0; i < GDALDatasetGetLayerCount(l->dataset) && n < MOST_NAMED; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(l->dataset, i);
        if (!areas || may_hold_areas(layer))
            g_string_append_printf(names, "%s%s", n++ > 0 ? ", " : "", OGR_L_GetName(layer));
    }
    return g_string_free(names, FALSE);
}

static OGRLayerH only_layer_of_areas(const own_layer *l, GError **error)
{
    OGRLayerH found = NULL;
    guint n = 0;
    for (int i = 0; i < GDALDatasetGetLayerCount(l->dataset); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(l->dataset, i);
        if (may_hold_areas(layer)) {
            found = layer;
            n++;
        }
    }
    if (n == 1)
        return found;
    g_autofree char *names = layer_names(l, n > 1);
    if (n > 1)
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "%s: has several layers of areas, --layer says which: %s", l->source->path,
                    names);
    else
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: has no areas; its layers: %s",
                    l->source->path, names);
    return NULL;
}

static OGRLayerH choose_layer(const own_layer *l, GError **error)
{
    if (!l->source->layer)
        return only_layer_of_areas(l, error);
    OGRLayerH layer = GDALDatasetGetLayerByName(l->dataset, l->source->layer);
    if (!layer) {
        g_autofree char *names = layer_names(l, FALSE);
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: no layer '%s'; there are: %s",
                    l->source->path, l->source->layer, names);
    }
    return layer;
}

/* Sets up how the layer becomes degrees. */
static gboolean prepare_transformation(own_layer *l, GError **error)
{
    if (im_degrees_from(l->ogr, &l->to_degrees))
        return TRUE;
    const char *name = OSRGetName(OGR_L_GetSpatialRef(l->ogr));
    g_set_error(error, IM_ERROR, IM_ERROR_DATA,
                "%s: its coordinate system '%s' leads to no longitude and latitude",
                l->source->path, name ? name : "");
    return FALSE;
}

/* ---- names ---- */

/* How those call the field who publish boundaries: Natural Earth, INEGI, geoBoundaries, GADM, OCHA; where there are
 * several, the most specific one. */
static const char *const usual_names[] = {
    "name",      "nombre",  "nomgeo",  "nom_mun", "nom_ent", "nom",
    "shapeName", "NAME_5",  "NAME_4",  "NAME_3",  "NAME_2",  "NAME_1",
    "ADM3_ES",   "ADM3_EN", "ADM2_ES", "ADM2_EN", "ADM1_ES", "ADM1_EN",
};

static int likeliest_field(OGRFeatureDefnH definition)
{
    for (guint i = 0; i < G_N_ELEMENTS(usual_names); i++) {
        const int field = OGR_FD_GetFieldIndex(definition, usual_names[i]);
        if (field >= 0)
            return field;
    }
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); i++)
        if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, i)) == OFTString)
            return i;
    return -1;
}

static char *field_names(OGRFeatureDefnH definition)
{
    GString *names = g_string_new(NULL);
    const int n = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < MIN(n, (int)MOST_NAMED); i++)
        g_string_append_printf(names, " %s",
                               OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    return g_string_free(names, FALSE);
}

static gboolean choose_name_field(own_layer *l, GError **error)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(l->ogr);
    const char *wanted = l->source->name_field;
    l->name_field = wanted ? OGR_FD_GetFieldIndex(definition, wanted) : likeliest_field(definition);
    if (!wanted || l->name_field >= 0)
        return TRUE;
    g_autofree char *names = field_names(definition);
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE, "%s: no field '%s'; %s%s", l->source->path, wanted,
                *names ? "there are:" : "there is none", names);
    return FALSE;
}

/* Marks that turn the direction of what is written behind them, too. */
static gboolean turns_text(gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* One line of it, without what cannot be written. */
static char *clean_name(const char *text)
{
    GString *clean = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        const gboolean blank = g_unichar_isspace(c) || g_unichar_iscntrl(c);
        if (!blank && !turns_text(c))
            g_string_append_unichar(clean, c);
        else if (blank && clean->len > 0 && clean->str[clean->len - 1] != ' ')
            g_string_append_c(clean, ' ');
    }
    return g_strchomp(g_string_free(clean, FALSE));
}

/* Shapefiles without a .cpg are mostly in Latin-1. */
static char *from_latin1(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++)
        g_string_append_unichar(out, (guchar)*p);
    return g_string_free(out, FALSE);
}

static void read_name(own_layer *l, row *r)
{
    const gboolean there =
        l->name_field >= 0 && OGR_F_IsFieldSetAndNotNull(r->feature, l->name_field);
    const char *text = there ? OGR_F_GetFieldAsString(r->feature, l->name_field) : "";
    const gboolean is_utf8 = g_utf8_validate(text, -1, NULL);
    g_autofree char *whole = NULL, *valid = is_utf8 ? g_strdup(text) : from_latin1(text);
    l->is_latin1 = l->is_latin1 || !is_utf8;
    r->name = clean_name(valid);
    r->is_long = g_utf8_strlen(r->name, -1) > MOST_LETTERS;
    if (r->is_long) {
        whole = r->name;
        g_autofree char *begin = g_utf8_substring(whole, 0, MOST_LETTERS - 1);
        r->name = g_strconcat(begin, "…", NULL);
    }
}

/* ---- areas ---- */

/* `FILE: feature 3 (Tapalpa)` */
static char *place_of(const own_layer *l, const row *r)
{
    enum { MOST_QUOTED = 40 };
    if (!r->name || !*r->name)
        return g_strdup_printf("%s: feature %u", l->source->path, r->number);
    const glong n = g_utf8_strlen(r->name, -1);
    g_autofree char *name = g_utf8_substring(r->name, 0, MIN(n, MOST_QUOTED));
    return g_strdup_printf("%s: feature %u (%s%s)", l->source->path, r->number, name,
                           n > MOST_QUOTED ? "…" : "");
}

static void add_fault(own_layer *l, const row *r, const char *what)
{
    if (l->n_faults++ >= MOST_FAULTS)
        return;
    g_autofree char *place = place_of(l, r);
    g_ptr_array_add(l->faults, g_strdup_printf("%s: %s", place, what));
}

static gboolean fail(const own_layer *l, const row *r, GError **error, const char *what)
{
    g_autofree char *place = place_of(l, r);
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", place, what);
    return FALSE;
}

/* The geometry mended, where it is no valid one: what crosses itself becomes the areas that it surrounds, what lies over
 * another part joins it. Owned by the caller; NULL where it is valid, or past mending. */
static OGRGeometryH mend(OGRGeometryH geometry)
{
    static const char *const options[] = {"METHOD=STRUCTURE", "KEEP_COLLAPSED=NO", NULL};
    if (OGR_G_IsValid(geometry))
        return NULL;
    OGRGeometryH made = OGR_G_MakeValidEx(geometry, (char **)options);
    if (made && OGR_G_IsEmpty(made)) {
        OGR_G_DestroyGeometry(made);
        return NULL;
    }
    return made;
}

/* Whether all is longitude and latitude, of any turn of the world; what is off by rounding is moved. */
static gboolean settle_degrees(im_rings *rings, im_xy *wrong)
{
    static const double ROUNDING = 1e-6;
    im_xy *points = (im_xy *)(void *)rings->points->data;
    for (guint i = 0; i < rings->points->len; i++) {
        const double x = points[i].x, y = points[i].y;
        if (!(fabs(x) <= 360 && fabs(y) <= 90 + ROUNDING)) {
            *wrong = points[i];
            return FALSE;
        }
        points[i].y = CLAMP(y, -90, 90);
    }
    return TRUE;
}

static gboolean take_rings(own_layer *l, const row *r, im_rings **rings, GError **error)
{
    im_xy wrong;
    if (!settle_degrees(*rings, &wrong)) {
        g_autofree char *what = g_strdup_printf(
            "%.10g, %.10g is no longitude and latitude; does the file say its coordinate system?",
            wrong.x, wrong.y);
        return fail(l, r, error, what);
    }
    *rings = im_rings_wrap(*rings);
    if (im_rings_n(*rings) == 0) {
        add_fault(l, r, "has no area, it is not drawn");
        return TRUE;
    }
    im_unit *unit = im_gdal_unit(r->feature);
    im_rings_free(unit->rings);
    unit->rings = g_steal_pointer(rings);
    g_free(unit->name);
    unit->name = g_strdup(r->name);
    unit->feature = r->number;
    unit->is_part = FALSE;
    g_ptr_array_add(l->units, unit);
    if (r->is_long)
        add_fault(l, r, "its name is cut to 200 letters");
    return TRUE;
}

static gboolean read_areas(own_layer *l, const row *r, OGRGeometryH geometry, GError **error)
{
    if (!im_degrees_are_finite(geometry))
        return fail(l, r, error, "a coordinate is no number");
    OGR_G_CloseRings(geometry);
    OGRGeometryH mended = mend(geometry), whole = mended ? mended : geometry;
    g_autoptr(im_rings) rings = im_rings_new();
    const gboolean ok = !l->to_degrees || OGR_G_Transform(whole, l->to_degrees) == OGRERR_NONE;
    if (ok)
        im_gdal_append_areas(rings, whole);
    OGR_G_DestroyGeometry(mended);
    if (!ok)
        return fail(l, r, error, "its coordinates cannot be brought to longitude and latitude");
    if (mended)
        add_fault(l, r, "is no valid polygon, it is drawn mended");
    return take_rings(l, r, &rings, error);
}

static gboolean read_feature(own_layer *l, const row *r, GError **error)
{
    OGRGeometryH geometry = OGR_F_GetGeometryRef(r->feature);
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        add_fault(l, r, "has no geometry, it is not drawn");
        return TRUE;
    }
    OGRGeometryH straight =
        OGR_G_HasCurveGeometry(geometry, TRUE) ? OGR_G_GetLinearGeometry(geometry, 0, NULL) : NULL;
    const gboolean is_area = OGR_G_GetDimension(geometry) == 2;
    gboolean ok = TRUE;
    if (is_area)
        ok = read_areas(l, r, straight ? straight : geometry, error);
    else
        add_fault(l, r, "is no area, it is not drawn");
    OGR_G_DestroyGeometry(straight);
    return ok;
}

static gboolean read_features(own_layer *l, GError **error)
{
    row r = {NULL, 0, NULL, FALSE};
    gboolean ok = TRUE;
    CPLErrorReset();
    OGR_L_ResetReading(l->ogr);
    while (ok && (r.feature = OGR_L_GetNextFeature(l->ogr))) {
        r.number++;
        if (CPLGetLastErrorType() >= CE_Failure)
            ok = fail(l, &r, error, CPLGetLastErrorMsg());
        if (ok) {
            read_name(l, &r);
            ok = read_feature(l, &r, error);
        }
        CPLErrorReset(); /* GEOS says what is not valid */
        g_clear_pointer(&r.name, g_free);
        OGR_F_Destroy(r.feature);
    }
    if (ok && CPLGetLastErrorType() >= CE_Failure) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: behind feature %u: %s", l->source->path,
                    r.number, CPLGetLastErrorMsg());
        return FALSE;
    }
    if (ok && l->units->len == 0) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: has no areas among its %u features",
                    l->source->path, r.number);
        return FALSE;
    }
    if (ok && l->n_faults > MOST_FAULTS)
        g_ptr_array_add(l->faults,
                        g_strdup_printf("%s: %u more of its features are not drawn, or mended",
                                        l->source->path, l->n_faults - MOST_FAULTS));
    if (ok && l->is_latin1)
        g_ptr_array_add(l->faults,
                        g_strdup_printf("%s: names are not in UTF-8, they are taken for Latin-1",
                                        l->source->path));
    return ok;
}

GPtrArray *im_gdal_read_own(const im_own_source *source, GPtrArray *faults, GError **error)
{
    own_layer l = {
        .source = source, .faults = faults, .units = g_ptr_array_new_with_free_func(im_unit_free)};
    l.dataset = im_gdal_open(source->path, error);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    const gboolean ok = l.dataset && (l.ogr = choose_layer(&l, error)) &&
                        prepare_transformation(&l, error) && choose_name_field(&l, error) &&
                        read_features(&l, error);
    GPtrArray *units = ok ? g_ptr_array_ref(l.units) : NULL;
    close_layer(&l);
    CPLPopErrorHandler();
    return units;
}
