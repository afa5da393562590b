/* Tables of places → drafts. */
#include "gazetteer/compile.h"

#include <math.h>
#include <string.h>

/* Appends, when neither its code nor its GeoNames id stands there already. */
static gboolean add_place(draft *d, const tsv *t, const draft_place *p, GError **error)
{
    if (!*p->name)
        return tsv_fault(t, error, "a place without a name");
    if (*p->code && p->kind != IM_PLACE_AIRPORT && draft_by_code(d, p->code) != IM_PLACE_NONE)
        return tsv_fault(t, error, "%s stands here twice", p->code);
    if (*p->iso3166_2 && draft_by_code(d, p->iso3166_2) != IM_PLACE_NONE)
        return tsv_fault(t, error, "%s stands here twice", p->iso3166_2);
    im_place_id known = p->geonameid && p->kind == IM_PLACE_TOWN
                            ? gaz_idmap_get(d->by_geonameid, p->geonameid)
                            : IM_PLACE_NONE;
    if (known != IM_PLACE_NONE && draft_kind(known) == IM_PLACE_TOWN)
        return tsv_fault(t, error, "%u stands here twice", p->geonameid);
    draft_add_place(d, p);
    return TRUE;
}

/* Sets country, admin1 and admin2 by a code of any of their depths; "" is none. */
static gboolean set_containers(const draft *d, const tsv *t, const char *code, draft_place *p,
                               GError **error)
{
    if (!*code)
        return TRUE;
    im_place_id id = draft_by_code(d, code);
    if (id == IM_PLACE_NONE)
        return tsv_fault(t, error, "no place has the code \"%s\"", code);
    const gaz_place *container = draft_at(d, id);
    p->country = container->country;
    p->admin1 = container->admin1;
    p->admin2 = container->admin2;
    return TRUE;
}

static gboolean read_country(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_COUNTRY, "PCLI");
    double area_km2 = 0;
    if (!tsv_position(t, 3, &p.position, error) || !tsv_number(t, 6, &p.geonameid, error) ||
        (*t->fields[7] && !tsv_real(t, 7, 0, 2e7, &area_km2, error)))
        return FALSE;
    p.code = t->fields[0];
    p.name = t->fields[2];
    p.radius_km = sqrt(area_km2 / G_PI);
    return add_place(d, t, &p, error);
}

/* The code of the container: `MX` of `MX.14`. */
static char *code_above(const char *code)
{
    const char *dot = strrchr(code, '.');
    return dot ? g_strndup(code, (gsize)(dot - code)) : g_strdup("?");
}

static gboolean read_admin1(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_ADMIN1, "ADM1");
    g_autofree char *above = code_above(t->fields[0]);
    if (!set_containers(d, t, above, &p, error) || !tsv_position(t, 4, &p.position, error) ||
        !tsv_number(t, 6, &p.geonameid, error) || !tsv_number(t, 7, &p.population, error))
        return FALSE;
    p.code = t->fields[0];
    p.iso3166_2 = t->fields[1];
    p.name = t->fields[2];
    p.type = t->fields[3];
    return add_place(d, t, &p, error);
}

static gboolean read_admin2(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_ADMIN2, "ADM2");
    g_autofree char *above = code_above(t->fields[0]);
    if (!set_containers(d, t, above, &p, error) || !tsv_position(t, 2, &p.position, error) ||
        !tsv_number(t, 4, &p.geonameid, error) || !tsv_number(t, 5, &p.population, error))
        return FALSE;
    p.code = t->fields[0];
    p.name = t->fields[1];
    return add_place(d, t, &p, error);
}

/* GeoNames' feature codes of the types of regions.tsv; what is not here is RGN. */
static const struct {
    const char *type, *feature;
} region_features[] = {
    {"archipelago", "ISLS"}, {"bay", "BAY"},        {"canal", "CNL"},     {"cape", "CAPE"},
    {"coast", "CST"},        {"continent", "CONT"}, {"desert", "DSRT"},   {"estuary", "ESTY"},
    {"forest", "FRST"},      {"gulf", "GULF"},      {"island", "ISL"},    {"lagoon", "LGN"},
    {"lake", "LK"},          {"mountain", "MT"},    {"mountains", "MTS"}, {"ocean", "OCN"},
    {"park", "PRK"},         {"pass", "PASS"},      {"peninsula", "PEN"}, {"plain", "PLN"},
    {"plateau", "PLAT"},     {"reef", "RF"},        {"reservoir", "RSV"}, {"river", "STM"},
    {"salt flat", "SALT"},   {"sea", "SEA"},        {"strait", "STRT"},   {"valley", "VAL"},
    {"volcano", "VLC"},      {"waterfall", "FLLS"}, {"wetland", "WTLD"},
};

static const char *region_feature(const char *type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(region_features); i++)
        if (strcmp(region_features[i].type, type) == 0)
            return region_features[i].feature;
    return "RGN";
}

static gboolean read_region(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_REGION, region_feature(t->fields[5]));
    if (!tsv_position(t, 2, &p.position, error) || !tsv_real(t, 4, 0, 20000, &p.radius_km, error) ||
        !set_containers(d, t, t->fields[6], &p, error))
        return FALSE;
    p.code = t->fields[0];
    p.name = t->fields[1];
    p.type = t->fields[5];
    return add_place(d, t, &p, error);
}

static gboolean read_town(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_TOWN, t->fields[7]);
    char *const *f = t->fields;
    g_autofree char *within =
        g_strconcat(f[4], *f[5] ? "." : NULL, f[5], *f[6] ? "." : "", f[6], NULL);
    if (!tsv_number(t, 0, &p.geonameid, error) || !tsv_position(t, 2, &p.position, error) ||
        !set_containers(d, t, within, &p, error) || !tsv_number(t, 8, &p.population, error))
        return FALSE;
    p.name = f[1];
    return add_place(d, t, &p, error);
}

/* What lies in or beside a city as a town of its own would. */
static gboolean read_quarter(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_TOWN, "PPLX");
    if (!tsv_position(t, 2, &p.position, error) || !set_containers(d, t, t->fields[4], &p, error) ||
        !tsv_number(t, 5, &p.population, error))
        return FALSE;
    p.code = t->fields[0];
    p.name = t->fields[1];
    return add_place(d, t, &p, error);
}

static gboolean read_airport(draft *d, const tsv *t, GError **error)
{
    draft_place p = draft_blank(IM_PLACE_AIRPORT, "AIRP");
    /* The region is an ISO 3166-2 code, and not every one of them is in admin1.tsv. */
    im_place_id region = draft_by_code(d, t->fields[7]);
    const char *within = region == IM_PLACE_NONE ? t->fields[6] : t->fields[7];
    if (!tsv_position(t, 4, &p.position, error) || !set_containers(d, t, within, &p, error))
        return FALSE;
    p.code = t->fields[1];
    p.name = t->fields[2];
    p.type = t->fields[3];
    p.city = t->fields[8];
    p.radius_km = 3;
    return add_place(d, t, &p, error);
}

typedef gboolean (*row_reader)(draft *d, const tsv *t, GError **error);

static gboolean read_table(draft *d, const char *folder, const char *name, const char *header,
                           row_reader reader, GError **error)
{
    g_auto(tsv) t = {0};
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (reader == read_quarter && !g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE; /* a folder of one's own need not have it */
    if (!tsv_open(&t, path, header, error))
        return FALSE;
    draft_begin_source(d, name);
    for (draft_source *s = draft_current_source(d); tsv_next(&t, error); s->rows++, s->taken++)
        if (!reader(d, &t, error))
            return FALSE;
    return !t.failed;
}

gboolean draft_read_places(draft *d, const char *folder, GError **error)
{
    static const struct {
        const char *name, *header;
        row_reader reader;
    } tables[] = {
        {"countries.tsv", "iso2\tiso3\tname\tlon\tlat\tcontinent\tgeonameid\tarea_km2",
         read_country},
        {"admin1.tsv", "code\tiso3166_2\tname\ttype\tlon\tlat\tgeonameid\tpopulation", read_admin1},
        {"admin2.tsv", "code\tname\tlon\tlat\tgeonameid\tpopulation", read_admin2},
        {"places.tsv", "geonameid\tname\tlon\tlat\tcountry\tadmin1\tadmin2\tfeature\tpopulation",
         read_town},
        {"quarters.tsv", "id\tname\tlon\tlat\twithin\tpopulation", read_quarter},
        {"regions.tsv", "id\tname\tlon\tlat\tradius_km\ttype\tparent", read_region},
        {"airports.tsv", "ident\tiata\tname\ttype\tlon\tlat\tcountry\tregion\tmunicipality",
         read_airport},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!read_table(d, folder, tables[i].name, tables[i].header, tables[i].reader, error))
            return FALSE;
    return TRUE;
}
