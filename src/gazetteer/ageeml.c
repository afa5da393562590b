/* INEGI's AGEEML, the catalogue of all localities of Mexico: a CSV with a head, in UTF-8 or Latin-1
 * (https://www.inegi.org.mx/app/ageeml/). */
#include "gazetteer/csv.h"
#include "gazetteer/intake.h"
#include "gazetteer/stream.h"

#include <string.h>

enum { MAX_COLUMNS = 40 };

typedef enum column {
    CVEGEO,
    CVE_ENT,
    CVE_MUN,
    NOM_MUN,
    CVE_LOC,
    NOM_LOC,
    LATITUD,
    LONGITUD,
    LAT_DECIMAL,
    LON_DECIMAL,
    POB_TOTAL,
    N_COLUMNS
} column;

static const char *const column_names[N_COLUMNS] = {
    "CVEGEO",  "CVE_ENT",  "CVE_MUN",     "NOM_MUN",     "CVE_LOC",   "NOM_LOC",
    "LATITUD", "LONGITUD", "LAT_DECIMAL", "LON_DECIMAL", "POB_TOTAL",
};

/* ISO 3166-2 of INEGI's states, which are numbered in the order of their Spanish names. */
static const char *const states[] = {
    NULL,     "MX-AGU", "MX-BCN", "MX-BCS", "MX-CAM", "MX-COA", "MX-COL", "MX-CHP", "MX-CHH",
    "MX-CMX", "MX-DUR", "MX-GUA", "MX-GRO", "MX-HID", "MX-JAL", "MX-MEX", "MX-MIC", "MX-MOR",
    "MX-NAY", "MX-NLE", "MX-OAX", "MX-PUE", "MX-QUE", "MX-ROO", "MX-SLP", "MX-SIN", "MX-SON",
    "MX-TAB", "MX-TAM", "MX-TLA", "MX-VER", "MX-YUC", "MX-ZAC",
};

/* The table under its reader. */
typedef struct table {
    intake *in;
    gaz_twins *twins;
    gaz_idset *seen;
    int at[N_COLUMNS]; /* where a column stands, -1 where it does not */
    guint n_columns;
    gboolean latin1;
    char *fields[MAX_COLUMNS];
} table;

static const char *field(const table *t, column c)
{
    return t->at[c] < 0 ? "" : t->fields[t->at[c]];
}

/* Columns by name, in any case and order. @return FALSE when one is missing that must be there */
static gboolean read_head(table *t, char *line, GError **error)
{
    t->n_columns = gaz_csv_split(line, t->fields, MAX_COLUMNS);
    for (guint c = 0; c < N_COLUMNS; c++) {
        t->at[c] = -1;
        for (guint i = 0; i < MIN(t->n_columns, MAX_COLUMNS); i++)
            if (g_ascii_strcasecmp(g_strstrip(t->fields[i]), column_names[c]) == 0)
                t->at[c] = (int)i;
    }
    gboolean has_position = (t->at[LAT_DECIMAL] >= 0 && t->at[LON_DECIMAL] >= 0) ||
                            (t->at[LATITUD] >= 0 && t->at[LONGITUD] >= 0);
    if (has_position && t->at[CVE_ENT] >= 0 && t->at[CVE_MUN] >= 0 && t->at[NOM_LOC] >= 0 &&
        t->n_columns <= MAX_COLUMNS)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_DATA,
                "%s:1: the columns CVE_ENT, CVE_MUN, NOM_LOC and a position are needed",
                t->in->path);
    return FALSE;
}

/* Degrees, minutes and seconds with what ever between them, and a letter behind: 19°56'40.02" N. */
static gboolean read_dms(const char *text, double *deg)
{
    double parts[3] = {0};
    guint n = 0;
    gboolean negative = *text == '-' || strpbrk(text, "WwOoSs");
    for (const char *at = text; *at && n < 3;) {
        if (!g_ascii_isdigit(*at)) {
            at++;
            continue;
        }
        char *end;
        parts[n++] = g_ascii_strtod(at, &end);
        at = end;
    }
    *deg = (parts[0] + parts[1] / 60 + parts[2] / 3600) * (negative ? -1 : 1);
    return n == 3 && parts[1] < 60 && parts[2] < 60;
}

static gboolean read_angle(const table *t, column decimal, column dms, double limit, double *deg)
{
    const char *text = field(t, decimal);
    if (*text)
        return intake_real(text, -limit, limit, deg);
    return read_dms(field(t, dms), deg) && ABS(*deg) <= limit;
}

/* The unit of a state by its number, which GeoNames has from INEGI, if its name agrees; else by name. */
static im_place_id municipality(const table *t, im_place_id state)
{
    const draft *d = t->in->d;
    char code[32], key[IM_KEY_MAX_BYTES + 1];
    const char *name = field(t, NOM_MUN);
    g_snprintf(code, sizeof code, "%s.%.8s", draft_text(d, draft_at(d, state)->code),
               field(t, CVE_MUN));
    im_gazetteer_key(name, strlen(name), key);
    im_place_id by_number = draft_by_code(d, code);
    if (by_number != IM_PLACE_NONE && (!*key || g_strcmp0(draft_own_key(d, by_number), key) == 0))
        return by_number;
    for (guint32 i = 0; i < draft_count(d, IM_PLACE_ADMIN2); i++) {
        im_place_id id = draft_id(IM_PLACE_ADMIN2, i);
        if (draft_at(d, id)->admin1 == state && g_strcmp0(draft_own_key(d, id), key) == 0)
            return id;
    }
    return by_number; /* of a longer or older name */
}

/* @return NULL, or what is wrong */
static const char *read_containers(const table *t, draft_place *p, guint32 *state_number)
{
    const draft *d = t->in->d;
    if (!intake_number(field(t, CVE_ENT), G_N_ELEMENTS(states) - 1, state_number) ||
        *state_number == 0)
        return "CVE_ENT is no number from 1 to 32";
    im_place_id state = draft_by_code(d, states[*state_number]);
    if (state == IM_PLACE_NONE)
        return "its state is in no other source; build on the tables of geodata";
    p->country = draft_at(d, state)->country;
    p->admin1 = state;
    p->admin2 = municipality(t, state);
    return NULL;
}

/* @return NULL, or what is wrong */
static const char *read_place(const table *t, draft_place *p)
{
    guint32 state = 0, mun = 0, loc = 0;
    p->name = field(t, NOM_LOC);
    if (!*p->name || strlen(p->name) > IM_KEY_MAX_BYTES * 4)
        return *p->name ? "the name is too long" : "no name";
    if (!read_angle(t, LAT_DECIMAL, LATITUD, 90, &p->position.lat_deg))
        return "the latitude is no angle from -90 to 90 degrees";
    if (!read_angle(t, LON_DECIMAL, LONGITUD, 180, &p->position.lon_deg))
        return "the longitude is no angle from -180 to 180 degrees";
    if (p->position.lon_deg > 0) /* older editions leave the sign out */
        p->position.lon_deg = -p->position.lon_deg;
    const char *fault = read_containers(t, p, &state);
    if (fault)
        return fault;
    if (!intake_number(field(t, CVE_MUN), 999, &mun) || mun == 0)
        return "CVE_MUN is no number from 1 to 999";
    if (t->at[CVE_LOC] >= 0 && !intake_number(field(t, CVE_LOC), 9999, &loc))
        return "CVE_LOC is no number up to 9999";
    intake_number(field(t, POB_TOTAL), G_MAXUINT32, &p->population); /* `-`, `*`: unknown */
    p->feature = loc == 1 ? "PPLA2" : "PPL"; /* the seat has the first number */
    gboolean is_new =
        t->at[CVE_LOC] < 0 || gaz_idset_add(t->seen, (state * 1000 + mun) * 10000 + loc);
    return is_new ? NULL : "this CVE_ENT, CVE_MUN and CVE_LOC stand here twice";
}

static gboolean read_line(table *t, char *line, gsize len, GError **error)
{
    intake *in = t->in;
    draft_place p = draft_blank(IM_PLACE_TOWN, "PPL");
    g_autofree char *converted =
        t->latin1 ? g_convert(line, (gssize)len, "UTF-8", "WINDOWS-1252", NULL, &len, NULL) : NULL;
    line = converted ? converted : line;
    intake_source(in)->rows++;
    if (!g_utf8_validate(line, (gssize)len, NULL))
        return intake_reject(in, error, "invalid UTF-8");
    guint n = gaz_csv_split(line, t->fields, MAX_COLUMNS);
    if (n != t->n_columns)
        return intake_reject(in, error, "%u columns where %u are due", n, t->n_columns);
    const char *fault = read_place(t, &p);
    if (fault)
        return intake_reject(in, error, "%s", fault);
    intake_take(in, &p, IM_PLACE_NONE, t->twins);
    return TRUE;
}

/* Latin-1 where more lines are no UTF-8 than are, of those with letters beyond ASCII. */
static gboolean find_encoding(table *t, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(t->in->path, error);
    guint64 utf8 = 0, other = 0;
    gsize len;
    if (!lines)
        return FALSE;
    for (char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;) {
        if (!g_utf8_validate(line, (gssize)len, NULL))
            other++;
        else if (!g_str_is_ascii(line))
            utf8++;
    }
    t->latin1 = other > utf8;
    if (fault)
        g_propagate_error(error, g_error_copy(fault));
    return fault == NULL;
}

static gboolean read_lines(table *t, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(gaz_lines) lines = gaz_lines_open(t->in->path, error);
    gsize len;
    if (!lines)
        return FALSE;
    for (char *line; (line = gaz_lines_next(lines, &len, &fault)) != NULL;) {
        gboolean is_head = t->in->line++ == 0;
        if (is_head ? !read_head(t, line, error) : len > 0 && !read_line(t, line, len, error))
            return FALSE;
    }
    if (!fault)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}

gboolean intake_ageeml(intake *in, const char *path, GError **error)
{
    table t = {.in = in};
    intake_begin(in, path, NULL);
    if (!find_encoding(&t, error))
        return FALSE;
    g_autoptr(gaz_twins) twins = gaz_twins_new(in->d, FALSE);
    g_autoptr(gaz_idset) seen = gaz_idset_new();
    t.twins = twins;
    t.seen = seen;
    intake_credit(in, "AGEEML", "INEGI's free-use terms", "Localities of Mexico: INEGI, AGEEML",
                  "https://www.inegi.org.mx/app/ageeml/");
    return read_lines(&t, error);
}
