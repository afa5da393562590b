/* The lint of src/lexicon: every table says where it comes from, every value is one that its class
 * knows, no row stands twice. Faults are listed with file and line, all of them at once. */
#include "text/lexicon.h"

#include <incmap/incident.h>
#include <string.h>

/* What the columns of a class may hold; anchored at both ends. Empty where a class has no values. */
static const struct {
    im_lexeme_class cls;
    const char *value, *extra;
} columns[] = {
    {IM_LEX_FUNCTION, "", ""},
    {IM_LEX_NUMBER, "\\d+", "unit|teen|ten|hundred|times|article|vague"},
    {IM_LEX_BOUND, "at_least|about|at_most", ""},
    {IM_LEX_MONTH, "[1-9]|1[0-2]", ""},
    {IM_LEX_WEEKDAY, "[1-7]", ""},
    {IM_LEX_TIME, "-?\\d", "day|week|month|year|weekend"},
    {IM_LEX_UNIT, "", ""},
    {IM_LEX_TRIGGER, "[a-z_]+",
     "|(noun|verb)( weak)?( future)?( past)?( figure)?( needs:[a-z]+(\\|[a-z]+)*)?"},
    {IM_LEX_CASUALTY, "dead|injured|arrested|abducted|none", "|object|subject|noun|body|owned"},
    {IM_LEX_PEOPLE, "security|suspects|civilians|people", "|figure"},
    {IM_LEX_OBJECT, "[a-z]+", ""},
    {IM_LEX_ACTOR, ".+", "[a-z]*( [A-Z]{2})?"},
    {IM_LEX_NEGATION, "words|clause|both|nothing", ""},
    {IM_LEX_MODAL, "hypothesis|plan|threat|announced", "|after"},
    {IM_LEX_HISTORIC, "[12]", ""},
    {IM_LEX_STATUS, "cleared|ongoing", ""},
    {IM_LEX_TITLE, "", ""},
    {IM_LEX_GIVEN, "", ""},
    {IM_LEX_SURNAME, "", ""},
    {IM_LEX_ORGHEAD, "before|after", "not|seat|local|always"},
    {IM_LEX_ORG, "", ""},
    {IM_LEX_PLACEHEAD, "[a-z]+", "before|after"},
    {IM_LEX_PREPOSITION, "\\d", ""},
    {IM_LEX_OUTLET, "", ""},
    {IM_LEX_SAYING, "", ""},
    {IM_LEX_NOTPLACE, "|never|begins", ""},
    {IM_LEX_SUBSET, "", ""},
    {IM_LEX_STRIKE, "", ""},
    {IM_LEX_TOPIC,
     "sport|business|culture|history|science|health|politics|drill|exercise|accident|nature|"
     "traffic|fire|"
     "illness",
     ""},
    {IM_LEX_AUXILIARY, "singular|plural|any|object", ""},
    {IM_LEX_ANAPHOR, "any|town|state|country|capital|here", ""},
    {IM_LEX_CONNECTIVE, "", ""},
    {IM_LEX_DIRECTION, "-1|\\d{1,4}", "|metres"},
    {IM_LEX_ABBREVIATION, "", ""},
};

static const char *const class_files[] = {"",
#define X(name, file) file,
                                          IM_LEXEME_CLASSES(X)
#undef X
};

static gboolean is_one_of(const char *pattern, const char *text)
{
    g_autofree char *anchored = g_strdup_printf("^(?:%s)$", pattern);
    return g_regex_match_simple(anchored, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* A type with its form, or a phrase that tells of no incident. */
static gboolean is_trigger(const char *value, const char *extra)
{
    if (strcmp(value, "none") == 0)
        return *extra == '\0';
    return *extra && im_incident_type_parse(value) != IM_INCIDENT_NONE;
}

static gboolean is_legal(im_lexeme_class cls, const char *value, const char *extra)
{
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
        if (columns[i].cls == cls)
            return is_one_of(columns[i].value, value) && is_one_of(columns[i].extra, extra) &&
                   (cls != IM_LEX_TRIGGER || is_trigger(value, extra));
    return FALSE;
}

static void lint_row(GString *faults, const char *path, guint line, im_lexeme_class cls,
                     const char *row)
{
    g_auto(GStrv) cells = g_strsplit(row, "\t", -1);
    guint n = g_strv_length(cells);
    const char *value = n > 1 ? cells[1] : "", *extra = n > 2 ? cells[2] : "";
    for (guint i = 0; i < n; i++) {
        g_autofree char *bare = g_strstrip(g_strdup(cells[i]));
        if (!g_str_equal(bare, cells[i]))
            g_string_append_printf(faults, "%s:%u: white space around a column\n", path, line);
    }
    if (!is_legal(cls, value, extra))
        g_string_append_printf(faults, "%s:%u: the class has no value \"%s\" with \"%s\"\n", path,
                               line, value, extra);
}

static im_lexeme_class class_of(const char *path)
{
    g_autofree char *file = g_path_get_basename(path);
    file[strlen(file) - strlen(".tsv")] = '\0';
    for (guint cls = 1; cls < IM_LEX_N; cls++)
        if (g_str_equal(class_files[cls], file))
            return (im_lexeme_class)cls;
    return IM_LEX_NONE;
}

static void lint_table(GString *faults, const char *path)
{
    enum { SHORTEST_SOURCE = 20 };
    g_autofree char *bytes = NULL;
    im_lexeme_class cls = class_of(path);
    g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    if (cls == IM_LEX_NONE)
        g_string_append_printf(faults, "%s: names no class\n", path);
    if (!g_str_has_prefix(lines[0], "# ") || strlen(lines[0]) < SHORTEST_SOURCE)
        g_string_append_printf(faults, "%s:1: no comment that says what it is and whence\n", path);
    for (guint i = 0; lines[i]; i++)
        if (*lines[i] && *lines[i] != '#')
            lint_row(faults, path, i + 1, cls, lines[i]);
}

static void lint_folder(GString *faults, const char *folder, guint *n_tables)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!g_str_has_suffix(name, ".tsv"))
            g_string_append_printf(faults, "%s: is no table\n", path);
        else
            lint_table(faults, path);
        ++*n_tables;
    }
}

static void test_tables(void)
{
    g_autoptr(GString) faults = g_string_new(NULL);
    guint n_tables = 0;
    lint_folder(faults, IM_LEXICON "/common", &n_tables);
    lint_folder(faults, IM_LEXICON "/en", &n_tables);
    lint_folder(faults, IM_LEXICON "/es", &n_tables);
    if (faults->len) {
        g_test_message("%.2000s", faults->str);
        g_test_fail();
    }
    g_assert_cmpuint(n_tables, >, 40);
}

/* The lint itself must be able to fail. */
static void test_lint(void)
{
    static const struct {
        im_lexeme_class cls;
        const char *row, *fault;
    } cases[] = {
        {IM_LEX_MONTH, "enero\t1", ""},
        {IM_LEX_MONTH, "enero\t13", "no value"},
        {IM_LEX_MONTH, "enero", "no value"},
        {IM_LEX_TRIGGER, "ataque\tattack\tnoun weak", ""},
        {IM_LEX_TRIGGER, "ataque\tatack\tnoun", "no value"},
        {IM_LEX_TRIGGER, "ataque\tattack\tnoun wek", "no value"},
        {IM_LEX_BOUND, "at least\tat_least ", "white space"},
        {IM_LEX_SAYING, "said\tx", "no value"},
        {IM_LEX_NONE, "said", "no value"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) faults = g_string_new(NULL);
        lint_row(faults, "x.tsv", 1, cases[i].cls, cases[i].row);
        if (*cases[i].fault)
            g_assert_nonnull(strstr(faults->str, cases[i].fault));
        else
            g_assert_cmpstr(faults->str, ==, "");
    }
}

/* Every class has its columns above. */
static void test_columns(void)
{
    for (guint cls = 1; cls < IM_LEX_N; cls++) {
        guint found = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
            found += columns[i].cls == cls;
        if (found != 1)
            g_error("columns[] has %u rows for the class %s", found, class_files[cls]);
    }
}

/* Folded, no row of a class and language stands twice. */
static void test_no_duplicates(void)
{
    guint n;
    const im_lexeme *all = im_lexicon_all(&n);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) faults = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        const im_lexeme *l = &all[i];
        char *row = g_strdup_printf("%u\t%u\t%s\t%s\t%s", l->cls, l->language, l->phrase, l->value,
                                    l->extra);
        if (!g_hash_table_add(seen, row))
            g_string_append_printf(faults, "%s: %s stands twice\n", class_files[l->cls], l->phrase);
    }
    g_assert_cmpstr(faults->str, ==, "");
    g_assert_cmpuint(n, >, 1000);
}

/* What a trigger asks for must be something that an object, a person or a casualty can be, or one of
 * the two that src/incident/event.c looks for itself. */
static void test_needs(void)
{
    guint n;
    const im_lexeme *all = im_lexicon_all(&n);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(known, (gpointer) "person");
    g_hash_table_add(known, (gpointer) "victim");
    g_hash_table_add(known, (gpointer) "beside");
    g_hash_table_add(known, (gpointer) "troops");
    g_hash_table_add(known, (gpointer) "taken");
    g_hash_table_add(known, (gpointer) "bomb");
    g_hash_table_add(known, (gpointer) "strike");
    g_hash_table_add(known, (gpointer) "attack");
    for (guint i = 0; i < n; i++)
        if (all[i].cls == IM_LEX_OBJECT || all[i].cls == IM_LEX_PEOPLE ||
            all[i].cls == IM_LEX_CASUALTY)
            g_hash_table_add(known, (gpointer)all[i].value);
    for (guint i = 0; i < n; i++) {
        const char *needs = all[i].cls == IM_LEX_TRIGGER ? strstr(all[i].extra, "needs:") : NULL;
        if (!needs)
            continue;
        g_auto(GStrv) classes = g_strsplit(needs + strlen("needs:"), "|", -1);
        for (char **cls = classes; *cls; cls++)
            if (!g_hash_table_contains(known, *cls))
                g_error("trigger \"%s\" needs \"%s\", which nothing is", all[i].phrase, *cls);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lexicon/tables", test_tables);
    g_test_add_func("/lexicon/lint", test_lint);
    g_test_add_func("/lexicon/columns", test_columns);
    g_test_add_func("/lexicon/no_duplicates", test_no_duplicates);
    g_test_add_func("/lexicon/needs", test_needs);
    return g_test_run();
}
