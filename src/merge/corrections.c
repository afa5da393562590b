/* Corrections by hand: read from a table, made on merged records. */
#include "merge/priv.h"

#include <incmap/corrections.h>
#include <math.h>
#include <string.h>

typedef enum action {
    ACTION_NONE = 0,
    ACTION_REJECT,
    ACTION_MOVE,
    ACTION_MERGE,
    ACTION_SPLIT,
} action;

static const char *const ACTIONS[] = {[ACTION_REJECT] = "reject",
                                      [ACTION_MOVE] = "move",
                                      [ACTION_MERGE] = "merge",
                                      [ACTION_SPLIT] = "split"};

typedef struct correction {
    action action;
    char *id, *value;
    im_lonlat position; /* of a move */
    guint line;
} correction;

struct im_corrections {
    char *path;
    GArray *list; /* of correction */
};

static void correction_clear(gpointer data)
{
    correction *c = data;
    g_free(c->id);
    g_free(c->value);
}

void im_corrections_free(im_corrections *corrections)
{
    if (!corrections)
        return;
    g_free(corrections->path);
    g_array_unref(corrections->list);
    g_free(corrections);
}

/* ---- the table ---- */

typedef struct table {
    const char *at; /* behind what was read */
    char separator;
    guint line; /* of `at` */
} table;

/* Takes the cell that begins here. @return what ends it */
static char read_cell(table *t, GString *cell)
{
    const gboolean quoted = *t->at == '"';
    gboolean inside = quoted;
    t->at += quoted;
    for (; *t->at && (inside || (*t->at != t->separator && *t->at != '\n')); t->at++) {
        t->line += *t->at == '\n';
        if (inside && *t->at == '"' && t->at[1] != '"') {
            inside = FALSE;
            continue;
        }
        t->at += inside && *t->at == '"'; /* the second of two */
        g_string_append_c(cell, *t->at);
    }
    const char end = *t->at;
    t->at += end != '\0';
    t->line += end == '\n';
    return end;
}

/* The next row, without white space around its cells. NULL at the end */
static GStrv read_row(table *t)
{
    g_autoptr(GStrvBuilder) row = g_strv_builder_new();
    if (!*t->at)
        return NULL;
    for (char end = t->separator; end == t->separator;) {
        g_autoptr(GString) cell = g_string_new(NULL);
        end = read_cell(t, cell);
        g_strv_builder_add(row, g_strstrip(cell->str));
    }
    return g_strv_builder_end(row);
}

enum { COLUMN_ACTION, COLUMN_ID, COLUMN_VALUE, N_COLUMNS };

/* Where the columns stand. @return FALSE when one is not there */
static gboolean find_columns(GStrv head, guint columns[N_COLUMNS])
{
    static const char *const names[N_COLUMNS] = {"action", "id", "value"};
    for (guint k = 0; k < N_COLUMNS; k++) {
        for (columns[k] = 0; head && head[columns[k]]; columns[k]++)
            if (g_ascii_strcasecmp(head[columns[k]], names[k]) == 0)
                break;
        if (!head || !head[columns[k]])
            return FALSE;
    }
    return TRUE;
}

static const char *cell_at(GStrv row, guint column)
{
    return column < g_strv_length(row) ? row[column] : "";
}

static gboolean parse_position(const char *text, im_lonlat *position)
{
    char *end;
    position->lon_deg = g_ascii_strtod(text, &end);
    if (end == text || !strchr(" ,;", *end) || !*end)
        return FALSE;
    const char *rest = end + 1;
    position->lat_deg = g_ascii_strtod(rest, &end);
    return end != rest && !*end && im_lonlat_is_valid(*position);
}

/* What is wrong with a row, or NULL. */
static const char *take_row(GStrv row, const guint columns[N_COLUMNS], correction *c)
{
    const char *word = cell_at(row, columns[COLUMN_ACTION]);
    for (guint i = ACTION_REJECT; i < G_N_ELEMENTS(ACTIONS); i++)
        if (g_ascii_strcasecmp(word, ACTIONS[i]) == 0)
            c->action = (action)i;
    c->id = g_strdup(cell_at(row, columns[COLUMN_ID]));
    c->value = g_strdup(cell_at(row, columns[COLUMN_VALUE]));
    if (!c->action)
        return "not one of reject, move, merge, split";
    if (!*c->id)
        return "no id";
    if (c->action == ACTION_MOVE && !parse_position(c->value, &c->position))
        return "no longitude and latitude, LON LAT in degrees";
    if (c->action == ACTION_MERGE && (!*c->value || strcmp(c->id, c->value) == 0))
        return "no other id to merge it with";
    return c->action == ACTION_SPLIT && !*c->value ? "no report to split off" : NULL;
}

static gboolean is_blank(GStrv row)
{
    return !row[0] || ((!*row[0] || *row[0] == '#') && !row[1]);
}

static gboolean read_rows(im_corrections *corrections, table *t, GError **error)
{
    guint columns[N_COLUMNS], line = t->line;
    g_auto(GStrv) head = read_row(t);
    const char *fault =
        find_columns(head, columns) ? NULL : "the columns action, id and value are expected";
    while (!fault) {
        line = t->line;
        g_auto(GStrv) row = read_row(t);
        if (!row)
            return TRUE;
        if (is_blank(row))
            continue;
        correction c = {.line = line};
        fault = take_row(row, columns, &c);
        g_array_append_val(corrections->list, c);
    }
    g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s:%u: %s", corrections->path, line, fault);
    return FALSE;
}

im_corrections *im_corrections_read(const char *path, GError **error)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    g_autoptr(GError) cause = NULL;
    g_autofree char *text = NULL;
    gsize len;
    if (!g_file_get_contents(path, &text, &len, &cause)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, cause->message);
        return NULL;
    }
    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: not valid UTF-8", path);
        return NULL;
    }
    g_autoptr(im_corrections) corrections = g_new0(im_corrections, 1);
    corrections->path = g_strdup(path);
    corrections->list = g_array_new(FALSE, FALSE, sizeof(correction));
    g_array_set_clear_func(corrections->list, correction_clear);
    const char *begin = g_str_has_prefix(text, MARK) ? text + strlen(MARK) : text;
    const char *tab = strchr(begin, '\t'), *end = strchr(begin, '\n');
    table t = {begin, tab && (!end || tab < end) ? '\t' : ',', 1};
    return read_rows(corrections, &t, error) ? g_steal_pointer(&corrections) : NULL;
}

/* ---- the records ---- */

/* What is worked on: records by their ids, and what came of which. */
typedef struct desk {
    GHashTable *records; /* id → im_incident *, owned here */
    im_copies *copies;
} desk;

/* The single records of a record, owned by the caller. */
static GPtrArray *singles_of(const im_incident *record)
{
    GPtrArray *singles = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = 0; record->parts && i < record->parts->len; i++)
        g_ptr_array_add(singles, im_incident_copy(record->parts->pdata[i]));
    if (singles->len == 0)
        g_ptr_array_add(singles, im_incident_copy(record));
    return singles;
}

/* The record of single ones, which it takes over. */
static im_incident *fold(desk *d, GPtrArray *singles)
{
    im_incident *record = NULL;
    if (singles->len == 1) {
        record = g_ptr_array_steal_index(singles, 0);
        g_ptr_array_unref(singles);
    } else {
        record = im_cluster_fold(singles, d->copies);
        record->parts = singles;
    }
    return record;
}

/* Calls a record so, with a title that suits it. */
static void name(im_incident *record, const char *id, const char *parent_id)
{
    g_autoptr(GPtrArray) alone = g_ptr_array_new();
    g_ptr_array_add(alone, record);
    im_incidents_finish(alone);
    g_free(record->id);
    record->id = g_strdup(id);
    g_free(record->parent_id);
    record->parent_id = g_strdup(parent_id);
}

/* The record of single ones in the place of another, which is what, where and when that is: its id says so. */
static im_incident *fold_as(desk *d, GPtrArray *singles, const im_incident *like)
{
    im_incident *record = fold(d, singles);
    im_incident_take_event(record, like);
    name(record, like->id, like->parent_id);
    return record;
}

/* Parts of a total that is gone belong to `to`, or to none. */
static void hand_over(const desk *d, const char *from, const char *to)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, d->records);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        im_incident *record = value;
        if (g_strcmp0(record->parent_id, from) != 0)
            continue;
        g_free(record->parent_id);
        record->parent_id = g_strcmp0(record->id, to) == 0 ? NULL : g_strdup(to);
    }
}

static void put(desk *d, im_incident *record)
{
    g_hash_table_replace(d->records, record->id, record);
}

static void reject(desk *d, const correction *c)
{
    g_hash_table_remove(d->records, c->id);
    hand_over(d, c->id, NULL);
}

static void move(im_incident *record, const correction *c)
{
    enum { EXACT = 1 };
    record->position = c->position;
    record->has_geometry = TRUE;
    record->geo_level = IM_LEVEL_POINT;
    record->geo_precision = record->where_prec = EXACT;
    record->radius_km = 0;
    record->place_id = 0;
}

static gboolean merge(desk *d, const im_incident *record, const correction *c)
{
    const im_incident *into = g_hash_table_lookup(d->records, c->value);
    if (!into)
        return FALSE;
    GPtrArray *singles = singles_of(into);
    g_ptr_array_extend_and_steal(singles, singles_of(record));
    im_incident *both = fold_as(d, singles, into);
    if (g_strcmp0(both->parent_id, c->id) == 0)
        g_clear_pointer(&both->parent_id, g_free);
    g_hash_table_remove(d->records, c->id);
    put(d, both);
    hand_over(d, c->id, both->id);
    return TRUE;
}

static gboolean tells(const im_incident *single, const char *report)
{
    const im_source *source = single->sources->len ? single->sources->pdata[0] : NULL;
    return source && g_strcmp0(source->report, report) == 0;
}

static gboolean split(desk *d, const im_incident *record, const correction *c)
{
    GPtrArray *stay = singles_of(record),
              *go = g_ptr_array_new_with_free_func((GDestroyNotify)im_incident_free);
    for (guint i = stay->len; i-- > 0;)
        if (tells(stay->pdata[i], c->value))
            g_ptr_array_add(go, g_ptr_array_steal_index(stay, i));
    if (go->len == 0 || stay->len == 0) {
        g_ptr_array_unref(stay);
        g_ptr_array_unref(go);
        return FALSE;
    }
    enum { HASH_CHARACTERS = 8 };
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, c->value, -1);
    g_autofree char *id = g_strdup_printf("%s~%.*s", c->id, HASH_CHARACTERS, hash);
    im_incident *other = fold(d, go), *rest = fold_as(d, stay, record);
    name(other, id, record->parent_id);
    put(d, rest);
    put(d, other);
    return TRUE;
}

/* @return FALSE when there is nothing that it is about */
static gboolean apply(desk *d, const correction *c)
{
    im_incident *record = g_hash_table_lookup(d->records, c->id);
    if (!record)
        return FALSE;
    switch (c->action) {
    case ACTION_MERGE:
        return merge(d, record, c);
    case ACTION_SPLIT:
        return split(d, record, c);
    case ACTION_MOVE:
        move(record, c);
        return TRUE;
    default:
        reject(d, c);
        return TRUE;
    }
}

static void free_record(gpointer data)
{
    im_incident_free(data);
}

void im_corrections_apply(const im_corrections *corrections, GPtrArray *incidents,
                          GPtrArray *missed)
{
    g_autoptr(im_copies) copies = im_copies_new();
    g_autoptr(GHashTable) records =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_record);
    desk d = {records, copies};
    while (incidents->len > 0)
        put(&d, g_ptr_array_steal_index_fast(incidents, incidents->len - 1));
    for (guint i = 0; i < corrections->list->len; i++) {
        const correction *c = &g_array_index(corrections->list, correction, i);
        if (!apply(&d, c))
            g_ptr_array_add(missed,
                            g_strdup_printf("%s:%u: %s %s %s: there is none", corrections->path,
                                            c->line, ACTIONS[c->action], c->id, c->value));
    }
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, records);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        g_ptr_array_add(incidents, value);
        g_hash_table_iter_steal(&iter);
    }
    im_incidents_sort(incidents);
}
