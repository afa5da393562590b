/* GeoNames' dumps: one place a line, 19 columns (https://download.geonames.org/export/dump/readme.txt). */
#include "gazetteer/intake.h"
#include "gazetteer/stream.h"

#include <string.h>

enum {
    ID,
    NAME,
    ASCII_NAME,
    ALTERNATES,
    LAT,
    LON,
    CLASS,
    CODE,
    COUNTRY,
    ADMIN1 = 10,
    ADMIN2,
    ADMIN3,
    ADMIN4,
    POPULATION,
    COLUMNS = 19
};

/* A row as it was understood. */
typedef struct row {
    draft_place place;
    const char *country, *admin1, *admin2;
    const char *alternates; /* with commas between them */
    char cls;
    gboolean is_taken; /* its feature is among those chosen */
} row;

/* What a row's place says before its containers are known. @return NULL, or what is wrong */
static const char *read_row(const intake *in, char **f, row *r)
{
    r->place = draft_blank(IM_PLACE_UNKNOWN, f[CODE]);
    r->cls = f[CLASS][0];
    r->country = f[COUNTRY];
    r->admin1 = f[ADMIN1];
    r->admin2 = f[ADMIN2];
    r->alternates = f[ALTERNATES];
    r->place.name = f[NAME];
    if (!intake_number(f[ID], G_MAXUINT32, &r->place.geonameid) || r->place.geonameid == 0)
        return "the id is no number";
    if (!*f[NAME] || strlen(f[NAME]) > IM_KEY_MAX_BYTES * 4)
        return *f[NAME] ? "the name is too long" : "no name";
    if (!intake_real(f[LAT], -90, 90, &r->place.position.lat_deg))
        return "the latitude is no number from -90 to 90";
    if (!intake_real(f[LON], -180, 180, &r->place.position.lon_deg))
        return "the longitude is no number from -180 to 180";
    if (*f[POPULATION] && !intake_number(f[POPULATION], G_MAXUINT32, &r->place.population))
        return "the population is no number";
    r->is_taken =
        gaz_features_take(in->features, r->cls, f[CODE], &r->place.kind, &r->place.radius_km);
    return NULL;
}

static gboolean is_country_code(const char *code)
{
    return g_ascii_isupper(code[0]) && g_ascii_isupper(code[1]) && !code[2];
}

/* Whether a row is read before others. */
static gboolean is_division(const row *r)
{
    return r->cls == 'A' &&
           (r->place.kind == IM_PLACE_COUNTRY || r->place.kind == IM_PLACE_ADMIN1 ||
            strcmp(r->place.feature, "ADM2") == 0);
}

/* One pass over a dump. */
typedef struct pass {
    intake *in;
    gaz_idset *seen;
    gaz_twins *twins;
    GHashTable *outcomes; /* id of a division → whether it was merged, + 1 */
} pass;

/* The code of a division, `MX.14`, or "" when it is no place for a code. */
static void division_code(const row *r, char *code, gsize room)
{
    *code = '\0';
    if (r->place.kind == IM_PLACE_COUNTRY)
        g_strlcpy(code, r->country, room);
    else if (r->place.kind == IM_PLACE_ADMIN1 && *r->admin1)
        g_snprintf(code, room, "%s.%s", r->country, r->admin1);
    else if (strcmp(r->place.feature, "ADM2") == 0 && *r->admin1 && *r->admin2)
        g_snprintf(code, room, "%s.%s.%s", r->country, r->admin1, r->admin2);
}

/* The place of a division that has its code, or its id. */
static im_place_id known_division(const draft *d, const row *r, const char *code)
{
    im_place_id known = *code ? draft_by_code(d, code) : IM_PLACE_NONE;
    if (known == IM_PLACE_NONE)
        known = gaz_idmap_get(d->by_geonameid, r->place.geonameid);
    gboolean fits = known != IM_PLACE_NONE && draft_kind(known) == r->place.kind;
    return fits ? known : IM_PLACE_NONE;
}

static void take_division(pass *p, row *r)
{
    char code[96];
    division_code(r, code, sizeof code);
    im_place_id known = known_division(p->in->d, r, code);
    guint64 merged = intake_source(p->in)->merged;
    if (r->place.kind != IM_PLACE_COUNTRY)
        intake_set_containers(p->in->d, &r->place, r->country,
                              r->place.kind == IM_PLACE_ADMIN2 ? r->admin1 : "", "");
    r->place.code =
        known == IM_PLACE_NONE && draft_by_code(p->in->d, code) == IM_PLACE_NONE ? code : "";
    intake_take(p->in, &r->place, known, NULL);
    gboolean was_merged = intake_source(p->in)->merged > merged;
    g_hash_table_insert(p->outcomes, GUINT_TO_POINTER(r->place.geonameid),
                        GUINT_TO_POINTER(was_merged + 1u));
}

/* Latin names of the list that the row has with it; what language they are of it does not say. */
static void take_alternates(const intake *in, im_place_id id, const char *list)
{
    for (const char *at = list; *at;) {
        gsize len = strcspn(at, ",");
        gunichar first = g_utf8_get_char(at);
        if (len > 0 && len <= IM_KEY_MAX_BYTES && first < 0x250 && g_unichar_isupper(first)) {
            char name[IM_KEY_MAX_BYTES + 1];
            memcpy(name, at, len);
            name[len] = '\0';
            draft_add_name(in->d, id, name, IM_NAME_OTHER, IM_NAME_FOREIGN);
        }
        at += len + (at[len] == ',');
    }
}

/* A place that an earlier source has by the same id, of the same kind or of one that is as good. */
static im_place_id known_place(const draft *d, const draft_place *p)
{
    im_place_id known = gaz_idmap_get(d->by_geonameid, p->geonameid);
    gboolean fits = known != IM_PLACE_NONE && draft_kind(known) == p->kind;
    return fits ? known : IM_PLACE_NONE;
}

static gboolean take_row(pass *p, row *r, GError **error)
{
    intake *in = p->in;
    gboolean has_country = *r->country != '\0';
    if (has_country && !is_country_code(r->country))
        return intake_reject(in, error, "\"%s\" is no code of a country", r->country);
    if (has_country && !intake_set_containers(in->d, &r->place, r->country, r->admin1, r->admin2))
        return intake_reject(in, error, "no country has the code %s", r->country);
    im_place_id id = intake_take(in, &r->place, known_place(in->d, &r->place), p->twins);
    if (!in->has_alternates)
        take_alternates(in, id, r->alternates);
    return TRUE;
}

static void count_division(pass *p, const row *r)
{
    guint outcome =
        GPOINTER_TO_UINT(g_hash_table_lookup(p->outcomes, GUINT_TO_POINTER(r->place.geonameid)));
    if (outcome == 0)
        intake_source(p->in)->left_out++;
}

static gboolean read_line(pass *p, char *line, gsize len, GError **error)
{
    intake *in = p->in;
    char *fields[COLUMNS];
    row r;
    intake_source(in)->rows++;
    if (!g_utf8_validate(line, (gssize)len, NULL))
        return intake_reject(in, error, "invalid UTF-8");
    guint n = intake_split(line, fields, COLUMNS);
    if (n != COLUMNS)
        return intake_reject(in, error, "%u columns where %d are due", n, COLUMNS);
    const char *fault = read_row(in, fields, &r);
    if (fault)
        return intake_reject(in, error, "%s", fault);
    if (!gaz_idset_add(p->seen, r.place.geonameid))
        return intake_reject(in, error, "the id %u stands here twice", r.place.geonameid);
    if (!r.is_taken)
        intake_source(in)->left_out++;
    else if (is_division(&r))
        count_division(p, &r);
    else
        return take_row(p, &r, error);
    return TRUE;
}

static gboolean read_places(pass *p, GError **error)
{
    intake *in = p->in;
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(in->path, error);
    gsize len;
    if (!lines)
        return FALSE;
    for (char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;) {
        in->line++;
        if (len > 0 && !read_line(p, line, len, error))
            return FALSE;
    }
    if (!fault)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}

/* A line is kept when it is of a country or division, each id once. */
static void sort_out(pass *p, gaz_idset *seen, GPtrArray **by_kind, char *line, gsize len)
{
    char *fields[COLUMNS];
    row r;
    if (!g_utf8_validate(line, (gssize)len, NULL))
        return;
    g_autofree char *copy = strstr(line, "\tA\t") ? g_strndup(line, len) : NULL;
    if (!copy || intake_split(line, fields, COLUMNS) != COLUMNS || read_row(p->in, fields, &r))
        return;
    if (r.is_taken && is_division(&r) && is_country_code(r.country) &&
        gaz_idset_add(seen, r.place.geonameid))
        g_ptr_array_add(by_kind[r.place.kind], g_steal_pointer(&copy));
}

static void take_divisions(pass *p, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        char *fields[COLUMNS];
        row r;
        intake_split(lines->pdata[i], fields, COLUMNS);
        read_row(p->in, fields, &r);
        take_division(p, &r);
    }
}

/* Countries, then states, then what lies in them, wherever in the dump they stand. */
static gboolean read_divisions(pass *p, GError **error)
{
    GPtrArray *by_kind[IM_PLACE_ADMIN2 + 1];
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_idset) seen = gaz_idset_new();
    g_autoptr(gaz_lines) lines = gaz_lines_open(p->in->path, error);
    gsize len;
    if (!lines)
        return FALSE;
    for (guint kind = 0; kind < G_N_ELEMENTS(by_kind); kind++)
        by_kind[kind] = g_ptr_array_new_with_free_func(g_free);
    for (char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;)
        sort_out(p, seen, by_kind, line, len);
    for (guint kind = 0; kind < G_N_ELEMENTS(by_kind); kind++) {
        take_divisions(p, by_kind[kind]);
        g_ptr_array_unref(by_kind[kind]);
    }
    if (fault)
        g_propagate_error(error, g_error_copy(fault));
    return fault == NULL;
}

gboolean intake_dump(intake *in, const char *path, GError **error)
{
    intake_begin(in, path, NULL);
    g_autoptr(gaz_idset) seen = gaz_idset_new();
    g_autoptr(GHashTable) outcomes = g_hash_table_new(NULL, NULL);
    pass p = {.in = in, .seen = seen, .outcomes = outcomes};
    if (!read_divisions(&p, error))
        return FALSE;
    g_autoptr(gaz_twins) twins = gaz_twins_new(in->d, TRUE);
    p.twins = twins;
    intake_credit_geonames(in);
    return read_places(&p, error);
}
