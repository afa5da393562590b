/* The tables beside GeoNames' dumps: codes of divisions, countries, alternate names, hierarchy. */
#include "gazetteer/intake.h"
#include "gazetteer/stream.h"

#include <math.h>
#include <string.h>

enum { MAX_COLUMNS = 19 };

/* Takes a row of `n` columns. @return FALSE to end with `error` set */
typedef gboolean (*row_func)(intake *in, char **f, guint n, GError **error);

/* Reads a table without a head; lines that begin with # are comments.
 * @param least, most  columns that a row may have */
static gboolean each_row(intake *in, guint least, guint most, row_func f, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(in->path, error);
    gsize len;
    if (!lines)
        return FALSE;
    for (char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;) {
        char *fields[MAX_COLUMNS];
        in->line++;
        if (len == 0 || *line == '#')
            continue;
        intake_source(in)->rows++;
        gboolean is_utf8 = g_utf8_validate(line, (gssize)len, NULL);
        guint n = is_utf8 ? intake_split(line, fields, MAX_COLUMNS) : 0;
        gboolean going = !is_utf8 ? intake_reject(in, error, "invalid UTF-8")
                         : n < least || n > most
                             ? intake_reject(in, error, "%u columns where %u are due", n, least)
                             : f(in, fields, n, error);
        if (!going)
            return FALSE;
    }
    if (!fault)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}

static void add_name(intake *in, im_place_id id, const char *name, im_name_kind kind, guint flags)
{
    if (draft_add_name(in->d, id, name, kind, flags))
        intake_source(in)->taken++;
    else
        intake_source(in)->left_out++;
}

/* code, name, ASCII name, id */
static gboolean take_code(intake *in, char **f, guint n, GError **error)
{
    (void)n;
    guint32 geonameid;
    if (!intake_number(f[3], G_MAXUINT32, &geonameid))
        return intake_reject(in, error, "the id is no number");
    im_place_id id = draft_by_code(in->d, f[0]);
    if (id == IM_PLACE_NONE) {
        intake_source(in)->left_out++; /* nowhere to be put */
        return TRUE;
    }
    gaz_place *p = draft_at(in->d, id);
    p->geonameid = p->geonameid ? p->geonameid : geonameid;
    if (gaz_idmap_get(in->d->by_geonameid, geonameid) == IM_PLACE_NONE)
        gaz_idmap_set(in->d->by_geonameid, geonameid, id);
    draft_add_name(in->d, id, f[1], IM_NAME_OTHER, 0);
    intake_source(in)->merged++;
    return TRUE;
}

gboolean intake_codes(intake *in, const char *path, GError **error)
{
    intake_begin(in, path, NULL);
    intake_credit_geonames(in);
    return each_row(in, 4, 4, take_code, error);
}

enum { INFO_ISO = 0, INFO_NAME = 4, INFO_AREA = 6, INFO_ID = 16 };

/* What has no radius gets it from its area; a country that the dump has not is nowhere. */
static gboolean take_country(intake *in, char **f, guint n, GError **error)
{
    (void)n;
    double area_km2 = 0;
    if (*f[INFO_AREA] && !intake_real(f[INFO_AREA], 0, 2e7, &area_km2))
        return intake_reject(in, error, "the area is no number");
    im_place_id id = draft_by_code(in->d, f[INFO_ISO]);
    if (id == IM_PLACE_NONE || draft_kind(id) != IM_PLACE_COUNTRY) {
        intake_source(in)->left_out++;
        return TRUE;
    }
    gaz_place *p = draft_at(in->d, id);
    if (p->radius_km <= 0)
        p->radius_km = (float)sqrt(area_km2 / G_PI);
    draft_add_name(in->d, id, f[INFO_NAME], IM_NAME_OTHER, 0);
    intake_source(in)->merged++;
    return TRUE;
}

gboolean intake_country_info(intake *in, const char *path, GError **error)
{
    intake_begin(in, path, NULL);
    intake_credit_geonames(in);
    return each_row(in, MAX_COLUMNS, MAX_COLUMNS, take_country, error);
}

enum {
    ALT_PLACE = 1,
    ALT_LANGUAGE,
    ALT_NAME,
    ALT_SHORT = 5,
    ALT_COLLOQUIAL,
    ALT_HISTORIC,
    ALT_TO = 9
};

/* What stands in the column of languages and is none. */
static gboolean is_pseudo_language(const char *tag)
{
    static const char *const tags[] = {"post", "link", "wkdt", "unlc", "icao",
                                       "iata", "faac", "tcid", "phon", "piny"};
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
        if (strcmp(tags[i], tag) == 0)
            return TRUE;
    return FALSE;
}

/* Whether names of a language are taken: those asked for, with their variants. */
static gboolean is_chosen(const char *list, const char *tag)
{
    if (!list || strcmp(list, "all") == 0)
        return list || strcmp(tag, "en") == 0 || strcmp(tag, "es") == 0;
    gsize len = strcspn(tag, "-_");
    for (const char *at = list; *at; at += strspn(at, ",")) {
        gsize n = strcspn(at, ",");
        if (n == len && strncmp(at, tag, n) == 0)
            return TRUE;
        at += n;
    }
    return FALSE;
}

static gboolean is_read_language(const char *tag)
{
    return (g_str_has_prefix(tag, "en") || g_str_has_prefix(tag, "es")) && !g_ascii_isalpha(tag[2]);
}

/* Whether the row is a name in use, in a language that is asked for; what has no language is. */
static gboolean is_wanted(const intake *in, char **f, guint n)
{
    const char *tag = f[ALT_LANGUAGE];
    gboolean historic =
        (n > ALT_HISTORIC && strcmp(f[ALT_HISTORIC], "1") == 0) || (n > ALT_TO && *f[ALT_TO]);
    if (historic || is_pseudo_language(tag))
        return FALSE;
    return !*tag || strcmp(tag, "abbr") == 0 || is_chosen(in->options->languages, tag);
}

static gboolean take_alternate(intake *in, char **f, guint n, GError **error)
{
    guint32 geonameid;
    if (!intake_number(f[ALT_PLACE], G_MAXUINT32, &geonameid))
        return intake_reject(in, error, "the id is no number");
    if (!*f[ALT_NAME])
        return intake_reject(in, error, "no name");
    im_place_id id = gaz_idmap_get(in->d->by_geonameid, geonameid);
    if (id == IM_PLACE_NONE || !is_wanted(in, f, n)) {
        intake_source(in)->left_out++;
        return TRUE;
    }
    const char *tag = f[ALT_LANGUAGE];
    gboolean is_colloquial = n > ALT_COLLOQUIAL && strcmp(f[ALT_COLLOQUIAL], "1") == 0;
    im_name_kind kind = strcmp(tag, "abbr") == 0 ? IM_NAME_ABBR
                        : is_colloquial          ? IM_NAME_ALIAS
                                                 : IM_NAME_OTHER;
    gboolean is_foreign = *tag && kind != IM_NAME_ABBR && !is_read_language(tag);
    add_name(in, id, f[ALT_NAME], kind, is_foreign ? IM_NAME_FOREIGN : 0);
    return TRUE;
}

gboolean intake_alternates(intake *in, const char *path, GError **error)
{
    intake_begin(in, path, NULL);
    intake_credit_geonames(in);
    return each_row(in, 4, 10, take_alternate, error);
}

/* parent, child, type */
static gboolean take_parent(intake *in, char **f, guint n, GError **error)
{
    (void)n;
    guint32 parent_id, child_id;
    if (!intake_number(f[0], G_MAXUINT32, &parent_id) ||
        !intake_number(f[1], G_MAXUINT32, &child_id))
        return intake_reject(in, error, "an id is no number");
    im_place_id parent = gaz_idmap_get(in->d->by_geonameid, parent_id);
    im_place_id child = gaz_idmap_get(in->d->by_geonameid, child_id);
    gboolean is_unit = parent != IM_PLACE_NONE && draft_kind(parent) <= IM_PLACE_ADMIN2;
    if (!is_unit || child == IM_PLACE_NONE || draft_kind(child) <= draft_kind(parent)) {
        intake_source(in)->left_out++;
        return TRUE;
    }
    const gaz_place *from = draft_at(in->d, parent);
    gaz_place *to = draft_at(in->d, child);
    to->country = to->country == IM_PLACE_NONE ? from->country : to->country;
    if (to->country == from->country && to->admin1 == IM_PLACE_NONE)
        to->admin1 = from->admin1;
    if (to->admin1 == from->admin1 && to->admin2 == IM_PLACE_NONE)
        to->admin2 = from->admin2;
    intake_source(in)->merged++;
    return TRUE;
}

gboolean intake_hierarchy(intake *in, const char *path, GError **error)
{
    intake_begin(in, path, NULL);
    intake_credit_geonames(in);
    return each_row(in, 2, 3, take_parent, error);
}
