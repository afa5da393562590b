#include "output/foreign.h"
#include "base/digits.h"

#include "base/utf8.h"
#include "output/priv.h"

#include <incmap/error.h>
#include <math.h>
#include <string.h>

/* Columns of others that mean the same (ACLED Codebook 2023; UCDP GED Codebook 23.1). A column of
 * ours in the same record comes first. */
static const struct {
    const char *theirs, *ours;
} aliases[] = {
    {"event_id_cnty", "id"},
    {"event_date", "date_start"},
    {"where_coordinates", "location"},
    {"adm_1", "admin1"},
    {"adm_2", "admin2"},
    {"side_a", "actor1"},
    {"side_b", "actor2"},
    {"best", "deaths_best"},
    {"low", "deaths_low"},
    {"high", "deaths_high"},
    {"fatalities", "deaths_best"},
    {"source_article", "source"},
    {"where_description", "place_text"},
};

/* What is kept until the record is whole. */
typedef enum kept {
    EVENT_TYPE = 0,
    SUB_EVENT_TYPE,
    TYPE_OF_VIOLENCE,
    LONGITUDE,
    LATITUDE,
    N_KEPT,
} kept;

static const char *const kept_names[N_KEPT] = {"event_type", "sub_event_type", "type_of_violence",
                                               "longitude", "latitude"};

/* Who may set a column: what sets it for another project gives way. */
typedef enum rank {
    UNSET = 0,
    ALIAS,
    OWN,
} rank;

/* A column that a field sets: of the record's, or behind those one of what is kept. */
typedef struct target {
    guint column;
    guint8 rank;
} target;

struct im_field {
    char *name;
    guint n;
    target targets[];
};

struct im_foreign {
    const char *path;
    const char *const *map;
    const im_column *columns;
    guint n_columns;
    GHashTable *fields;  /* name → im_field */
    GPtrArray *in_order; /* of im_field *, as they were first seen */
    im_incident *incident;
    guint8 *ranks; /* of each column, whose value is the record's */
    char *kept[N_KEPT];
    gint64 row; /* of the last whole record */
};

static void field_free(gpointer data)
{
    im_field *field = data;
    g_free(field->name);
    g_free(field);
}

im_foreign *im_foreign_new(const char *path, const char *const *map)
{
    im_foreign *f = g_new0(im_foreign, 1);
    f->path = path;
    f->map = map;
    f->columns = im_columns(&f->n_columns);
    f->fields = g_hash_table_new(g_str_hash, g_str_equal);
    f->in_order = g_ptr_array_new_with_free_func(field_free);
    f->ranks = g_new0(guint8, f->n_columns + N_KEPT);
    return f;
}

void im_foreign_free(im_foreign *f)
{
    if (!f)
        return;
    im_incident_free(f->incident);
    for (guint i = 0; i < N_KEPT; i++)
        g_free(f->kept[i]);
    g_free(f->ranks);
    g_hash_table_unref(f->fields);
    g_ptr_array_unref(f->in_order);
    g_free(f);
}

/* ---- fields ---- */

static const char *column_name(const im_foreign *f, guint column)
{
    return column < f->n_columns ? f->columns[column].name : kept_names[column - f->n_columns];
}

/* The field that the user says holds a column, or NULL. */
static const char *mapped_field(const char *const *map, const char *column)
{
    const gsize len = strlen(column);
    for (; map && *map; map++)
        if (strncmp(*map, column, len) == 0 && (*map)[len] == '=')
            return *map + len + 1;
    return NULL;
}

/* As what the field of that name sets the column. */
static rank rank_of(const im_foreign *f, const char *name, const char *column)
{
    const char *mapped = mapped_field(f->map, column);
    if (mapped)
        return g_ascii_strcasecmp(name, mapped) == 0 ? OWN : UNSET;
    if (g_ascii_strcasecmp(name, column) == 0)
        return OWN;
    for (guint a = 0; a < G_N_ELEMENTS(aliases); a++)
        if (strcmp(aliases[a].ours, column) == 0 &&
            g_ascii_strcasecmp(aliases[a].theirs, name) == 0)
            return ALIAS;
    return UNSET;
}

static gboolean can_be_set(const im_foreign *f, guint column)
{
    return column >= f->n_columns || f->columns[column].set;
}

static im_field *make_field(const im_foreign *f, const char *name)
{
    const guint n = f->n_columns + N_KEPT;
    im_field *field = g_malloc0(sizeof *field + n * sizeof(target));
    field->name = g_strdup(name);
    for (guint column = 0; column < n; column++) {
        const rank r = can_be_set(f, column) ? rank_of(f, name, column_name(f, column)) : UNSET;
        if (r != UNSET)
            field->targets[field->n++] = (target){column, (guint8)r};
    }
    return g_realloc(field, sizeof *field + field->n * sizeof(target));
}

const im_field *im_foreign_field(im_foreign *f, const char *name)
{
    im_field *field = g_hash_table_lookup(f->fields, name);
    if (!field) {
        field = make_field(f, name);
        g_hash_table_insert(f->fields, field->name, field);
        g_ptr_array_add(f->in_order, field);
    }
    return field;
}

static gboolean has_field(const im_foreign *f, const char *name)
{
    for (guint i = 0; i < f->in_order->len; i++)
        if (g_ascii_strcasecmp(((const im_field *)f->in_order->pdata[i])->name, name) == 0)
            return TRUE;
    return FALSE;
}

gboolean im_foreign_check(const im_foreign *f, GError **error)
{
    enum { MOST_NAMED = 60 };
    for (const char *const *map = f->map; map && *map; map++) {
        const char *name = strchr(*map, '=') + 1;
        if (has_field(f, name))
            continue;
        g_autoptr(GString) known = g_string_new(NULL);
        for (guint i = 0; i < MIN(f->in_order->len, (guint)MOST_NAMED); i++)
            g_string_append_printf(known, " %s", ((const im_field *)f->in_order->pdata[i])->name);
        g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: no field '%s'; there are:%s", f->path,
                    name, known->str);
        return FALSE;
    }
    return TRUE;
}

/* ---- records ---- */

void im_foreign_begin(im_foreign *f)
{
    memset(f->ranks, UNSET, f->n_columns + N_KEPT);
    for (guint i = 0; i < N_KEPT; i++)
        g_clear_pointer(&f->kept[i], g_free);
    im_incident_free(f->incident);
    f->incident = im_incident_new(IM_INCIDENT_NONE);
}

static void set_kept(im_foreign *f, guint i, const char *text)
{
    g_free(f->kept[i]);
    f->kept[i] = g_strdup(text);
}

void im_foreign_set(im_foreign *f, const im_field *field, const char *text, gsize len)
{
    if (len == 0 || field->n == 0 || !im_utf8_is_valid(text, len))
        return;
    for (guint i = 0; i < field->n; i++) {
        const target t = field->targets[i];
        if (t.rank < f->ranks[t.column])
            continue;
        f->ranks[t.column] = t.rank;
        if (t.column < f->n_columns)
            f->columns[t.column].set(&f->columns[t.column], f->incident, text);
        else
            set_kept(f, t.column - f->n_columns, text);
    }
}

/* The plain type behind ACLED's; of what the table does not know, riots are protests. */
static im_incident_type type_from_acled(const char *event_type, const char *sub_event_type)
{
    im_incident_type type = im_acled_type(event_type, sub_event_type);
    gboolean riots = type == IM_INCIDENT_NONE && g_ascii_strcasecmp(event_type, "Riots") == 0;
    return riots ? IM_INCIDENT_PROTEST : type;
}

/* UCDP: 1 state-based, 2 non-state (two armed sides), 3 one-sided. */
static im_incident_type type_from_ucdp(const char *text)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "2") == 0)
        return IM_INCIDENT_ARMED_CLASH;
    return strcmp(text, "3") == 0 ? IM_INCIDENT_ATTACK : IM_INCIDENT_NONE;
}

static void complete_type(im_foreign *f)
{
    im_incident *incident = f->incident;
    if (incident->type == IM_INCIDENT_NONE && f->kept[EVENT_TYPE])
        incident->type = type_from_acled(f->kept[EVENT_TYPE],
                                         f->kept[SUB_EVENT_TYPE] ? f->kept[SUB_EVENT_TYPE] : "");
    if (incident->type == IM_INCIDENT_NONE && f->kept[TYPE_OF_VIOLENCE])
        incident->type = type_from_ucdp(f->kept[TYPE_OF_VIOLENCE]);
}

/* What tables write where they have no number. */
static gboolean says_nothing(const char *text)
{
    static const char *const words[] = {"", "-", "na", "n/a", "nan", "nil", "none", "null"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(text, words[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean fail(const im_foreign *f, GError **error, const char *what)
{
    g_set_error(error, IM_ERROR, IM_ERROR_FORMAT, "%s: record %" G_GINT64_FORMAT ": %s", f->path,
                f->row, what);
    return FALSE;
}

/* An angle that a field gives, NAN where it gives none. @return FALSE where it is none */
static gboolean read_angle(const im_foreign *f, kept which, double most_deg, double *angle,
                           GError **error)
{
    enum { MOST_QUOTED = 40 };
    g_autofree char *text = g_strstrip(g_strdup(f->kept[which] ? f->kept[which] : ""));
    char *end = NULL;
    *angle = says_nothing(text) ? NAN : im_get_number(text, &end);
    if (!end || (end != text && *end == '\0' && fabs(*angle) <= most_deg))
        return TRUE;
    g_autofree char *begin = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), MOST_QUOTED));
    g_autofree char *what = g_strdup_printf("%s: '%s' is no number of degrees from -%g to %g",
                                            kept_names[which], begin, most_deg, most_deg);
    return fail(f, error, what);
}

/* A position that is none is an error, not an incident without one. */
static gboolean complete_position(im_foreign *f, const im_lonlat *position, GError **error)
{
    im_lonlat said = {NAN, NAN};
    if (position && (!isfinite(position->lon_deg) || !isfinite(position->lat_deg)))
        return fail(f, error, "a coordinate is no number");
    if (position && !im_lonlat_is_valid(*position)) {
        g_autofree char *what = g_strdup_printf(
            "%.10g, %.10g is no longitude and latitude; does the file say its coordinate system?",
            position->lon_deg, position->lat_deg);
        return fail(f, error, what);
    }
    if (!position && (!read_angle(f, LONGITUDE, 180, &said.lon_deg, error) ||
                      !read_angle(f, LATITUDE, 90, &said.lat_deg, error)))
        return FALSE;
    if (isnan(said.lon_deg) != isnan(said.lat_deg))
        return fail(f, error,
                    isnan(said.lat_deg) ? "longitude without latitude"
                                        : "latitude without longitude");
    f->incident->has_geometry = position || im_lonlat_is_valid(said);
    if (f->incident->has_geometry)
        f->incident->position = position ? *position : said;
    return TRUE;
}

im_incident *im_foreign_end(im_foreign *f, const im_lonlat *position, GError **error)
{
    f->row++;
    complete_type(f);
    if (f->incident->type == IM_INCIDENT_NONE) {
        fail(f, error,
             "no known type of incident in the fields type, event_type or type_of_violence");
        return NULL;
    }
    if (!complete_position(f, position, error))
        return NULL;
    im_record_complete(f->incident, f->path, f->row);
    return g_steal_pointer(&f->incident);
}

gboolean im_column_map_is_valid(const char *text)
{
    const char *sign = strchr(text, '=');
    if (!sign || !sign[1])
        return FALSE;
    g_autofree char *name = g_strndup(text, (gsize)(sign - text));
    const im_column *column = im_column_find(name);
    gboolean known = column && column->set;
    for (guint i = 0; i < N_KEPT; i++)
        known = known || strcmp(kept_names[i], name) == 0;
    return known;
}
