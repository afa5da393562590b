/* names.tsv, aliases.tsv and sources.csv → names of drafts. */
#include "gazetteer/compile.h"
#include "gazetteer/csv.h"

#include <string.h>

static im_place_id target_of(const draft *d, const char *target)
{
    guint64 id;
    if (target[0] != 'G' || !g_ascii_string_to_unsigned(target + 1, 10, 1, G_MAXUINT32, &id, NULL))
        return draft_by_code(d, target);
    return gaz_idmap_get(d->by_geonameid, (guint32)id);
}

/* Whether a BCP 47 tag is of one of the languages in which reports are read. */
static gboolean is_read_language(const char *tag)
{
    return (g_str_has_prefix(tag, "en") || g_str_has_prefix(tag, "es")) && !g_ascii_isalpha(tag[2]);
}

static gboolean read_names(draft *d, const char *folder, GError **error)
{
    g_auto(tsv) t = {0};
    g_autofree char *path = g_build_filename(folder, "names.tsv", NULL);
    if (!tsv_open(&t, path, "target\tlang\tname", error))
        return FALSE;
    draft_begin_source(d, "names.tsv");
    for (draft_source *s = draft_current_source(d); tsv_next(&t, error); s->rows++, s->taken++) {
        im_place_id place = target_of(d, t.fields[0]);
        if (place == IM_PLACE_NONE)
            return tsv_fault(&t, error, "no place is \"%s\"", t.fields[0]);
        draft_add_name(d, place, t.fields[2], IM_NAME_OTHER,
                       is_read_language(t.fields[1]) ? 0 : IM_NAME_FOREIGN);
    }
    return !t.failed;
}

static im_name_kind alias_kind(const char *name)
{
    static const struct {
        const char *name;
        im_name_kind kind;
    } kinds[] = {
        {"alias", IM_NAME_ALIAS},
        {"abbr", IM_NAME_ABBR},
        {"postal", IM_NAME_POSTAL},
        {"demonym", IM_NAME_DEMONYM},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return IM_NAME_NONE;
}

/* An abbreviation may mean one thing in English and another in Spanish. */
static guint language_flag(im_name_kind kind, const char *tag)
{
    if (kind != IM_NAME_ABBR)
        return 0;
    return strcmp(tag, "en") == 0 ? IM_NAME_ENGLISH : strcmp(tag, "es") == 0 ? IM_NAME_SPANISH : 0;
}

static gboolean read_aliases(draft *d, const char *folder, GError **error)
{
    g_auto(tsv) t = {0};
    g_autofree char *path = g_build_filename(folder, "aliases.tsv", NULL);
    if (!tsv_open(&t, path, "name\ttarget\tkind\tlang\tsource", error))
        return FALSE;
    draft_begin_source(d, "aliases.tsv");
    for (draft_source *s = draft_current_source(d); tsv_next(&t, error); s->rows++, s->taken++) {
        im_place_id place = target_of(d, t.fields[1]);
        if (place == IM_PLACE_NONE)
            return tsv_fault(&t, error, "no place is \"%s\"", t.fields[1]);
        im_name_kind kind = alias_kind(t.fields[2]);
        if (kind == IM_NAME_NONE)
            return tsv_fault(&t, error, "\"%s\" is no kind of name", t.fields[2]);
        draft_add_name(d, place, t.fields[0], kind, language_flag(kind, t.fields[3]));
    }
    return !t.failed;
}

gboolean draft_read_names(draft *d, const char *folder, GError **error)
{
    return read_names(d, folder, error) && read_aliases(d, folder, error);
}

enum { SOURCE_FILE = 0, SOURCE_ATTRIBUTION = 6, SOURCE_COLUMNS = 8 };

static const char sources_header[] = "file,origin,package,version,licence,sha256,attribution,url";

void draft_credit(draft *d, const char *attribution, const char *row)
{
    if (!g_ptr_array_find_with_equal_func(d->credits, attribution, g_str_equal, NULL))
        g_ptr_array_add(d->credits, g_strdup(attribution));
    if (row)
        g_string_append_printf(d->source_table, "%s\n", row);
}

/* Each attribution of a table of places; the boundaries have their own. */
static void credit_tables(draft *d, char *const *lines)
{
    for (; *lines && **lines; lines++) {
        char *fields[SOURCE_COLUMNS];
        if (gaz_csv_split(*lines, fields, SOURCE_COLUMNS) > SOURCE_ATTRIBUTION &&
            g_str_has_suffix(fields[SOURCE_FILE], ".tsv") &&
            strncmp(fields[SOURCE_ATTRIBUTION], "written for", 11) != 0)
            draft_credit(d, fields[SOURCE_ATTRIBUTION], NULL);
    }
}

gboolean draft_read_sources(draft *d, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "sources.csv", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, cause->message);
        return FALSE;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (!lines[0] || strcmp(lines[0], sources_header) != 0 || !g_utf8_validate(text, -1, NULL)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s:1: the columns should be: %s", path,
                    sources_header);
        return FALSE;
    }
    g_string_append(d->source_table, text);
    credit_tables(d, lines + 1);
    return TRUE;
}
