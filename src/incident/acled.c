/* ACLED's words for records, by the table geodata/acled.tsv or another that the user gives. */
#include "gazetteer/tsv.h"
#include "incident/priv.h"

#include <incmap/error.h>
#include <incmap/gazetteer.h>
#include <string.h>

typedef enum target {
    TARGET_ANY = 0,
    TARGET_SECURITY,
    TARGET_CIVILIANS,
    N_TARGETS,
} target;

static const char *const target_names[N_TARGETS] = {"any", "security", "civilians"};

typedef struct row {
    im_incident_type type;
    target target;
    char *event_type, *sub_event_type;
} row;

static void clear_row(gpointer data)
{
    row *r = data;
    g_free(r->event_type);
    g_free(r->sub_event_type);
}

static GArray *rows_new(void)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(row));
    g_array_set_clear_func(rows, clear_row);
    return rows;
}

static gboolean read_row(const tsv *table, GArray *rows, GError **error)
{
    enum { TYPE, TARGET, EVENT_TYPE, SUB_EVENT_TYPE };
    row r = {.type = im_incident_type_parse(table->fields[TYPE]), .target = N_TARGETS};
    for (guint i = 0; i < N_TARGETS; i++)
        if (strcmp(table->fields[TARGET], target_names[i]) == 0)
            r.target = (target)i;
    if (r.type == IM_INCIDENT_NONE)
        return tsv_fault(table, error, "\"%s\" is no type", table->fields[TYPE]);
    if (r.target == N_TARGETS)
        return tsv_fault(table, error, "\"%s\" is no target: any, security, civilians",
                         table->fields[TARGET]);
    if (!*table->fields[EVENT_TYPE] || !*table->fields[SUB_EVENT_TYPE])
        return tsv_fault(table, error, "an empty name");
    r.event_type = g_strdup(table->fields[EVENT_TYPE]);
    r.sub_event_type = g_strdup(table->fields[SUB_EVENT_TYPE]);
    g_array_append_val(rows, r);
    return TRUE;
}

static GArray *read_table(const char *path, GError **error)
{
    g_auto(tsv) table = {0};
    g_autoptr(GArray) rows = rows_new();
    if (!tsv_open(&table, path, "type\ttarget\tevent_type\tsub_event_type", error))
        return NULL;
    while (tsv_next(&table, error))
        if (!read_row(&table, rows, error))
            return NULL;
    return table.failed ? NULL : g_steal_pointer(&rows);
}

/* The table in use; set before the first record is asked for its words, never changed then. */
static GArray *in_use;

static const GArray *rows_in_use(void)
{
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        if (!in_use) {
            g_autofree char *gazetteer = im_gazetteer_default_path();
            g_autofree char *folder = g_path_get_dirname(gazetteer);
            g_autofree char *path = g_build_filename(folder, "acled.tsv", NULL);
            in_use = read_table(path, NULL);
        }
        in_use = in_use ? in_use : rows_new();
        g_once_init_leave(&ready, 1);
    }
    return in_use;
}

gboolean im_acled_use(const char *path, GError **error)
{
    GArray *rows = read_table(path, error);
    if (!rows)
        return FALSE;
    if (in_use)
        g_array_unref(in_use);
    in_use = rows;
    return TRUE;
}

static target target_of(const im_incident *r)
{
    static const char *const forces[] = {"Military Forces", "Police Forces", "Security Forces"};
    for (gsize i = 0; r->actor2 && i < G_N_ELEMENTS(forces); i++)
        if (g_str_has_prefix(r->actor2, forces[i]))
            return TARGET_SECURITY;
    gboolean civilians = r->actor2 && (g_str_has_prefix(r->actor2, "Civilians") ||
                                       g_str_has_prefix(r->actor2, "Protesters"));
    return civilians ? TARGET_CIVILIANS : TARGET_ANY;
}

static const row *row_of(const im_incident *r)
{
    const GArray *rows = rows_in_use();
    const target aimed = target_of(r);
    for (guint i = 0; i < rows->len; i++) {
        const row *at = &g_array_index(rows, row, i);
        if (at->type == r->type && (at->target == TARGET_ANY || at->target == aimed))
            return at;
    }
    return NULL;
}

const char *im_incident_acled_event_type(const im_incident *incident)
{
    const row *r = row_of(incident);
    return r ? r->event_type : NULL;
}

const char *im_incident_acled_sub_event_type(const im_incident *incident)
{
    const row *r = row_of(incident);
    return r ? r->sub_event_type : NULL;
}

im_incident_type im_acled_type(const char *event_type, const char *sub_event_type)
{
    const GArray *rows = rows_in_use();
    im_incident_type wider = IM_INCIDENT_NONE;
    for (guint i = 0; i < rows->len; i++) {
        const row *r = &g_array_index(rows, row, i);
        if (g_ascii_strcasecmp(r->event_type, event_type) != 0)
            continue;
        if (g_ascii_strcasecmp(r->sub_event_type, sub_event_type) == 0)
            return r->type;
        wider = wider ? wider : r->type;
    }
    return wider;
}
