/* The committed tables of geodata/, read as plain text: their form, their order, what must stand in
 * them once only. That codes and targets exist is proven by compiling them (test_gazetteer_real). */
#include <glib/gstdio.h>
#include <string.h>

enum { MAX_COLUMNS = 12, MAX_DECIMALS = 5 };

/* What must hold of a table. Columns are numbered from 0. */
typedef struct table_form {
    const char *name, *header;
    gboolean by_hand;     /* may have comments */
    const char *sorted;   /* columns it is sorted by, one digit each */
    const char *once;     /* columns that together stand in it once only, unless the first is "0" */
    int lon;              /* column of the longitude, the latitude behind it; -1 for none */
    const char *may_lack; /* columns that may be empty */
} table_form;

static const table_form forms[] = {
    {"countries.tsv", "iso2\tiso3\tname\tlon\tlat\tcontinent\tgeonameid\tarea_km2", FALSE, "0", "0",
     3, ""},
    {"admin1.tsv", "code\tiso3166_2\tname\ttype\tlon\tlat\tgeonameid\tpopulation", FALSE, "0", "0",
     4, "13"},
    {"admin2.tsv", "code\tname\tlon\tlat\tgeonameid\tpopulation", FALSE, "0", "0", 2, ""},
    {"places.tsv", "geonameid\tname\tlon\tlat\tcountry\tadmin1\tadmin2\tfeature\tpopulation", FALSE,
     "4561", "0", 2, "56"},
    {"names.tsv", "target\tlang\tname", FALSE, "012", "012", -1, ""},
    {"airports.tsv", "ident\tiata\tname\ttype\tlon\tlat\tcountry\tregion\tmunicipality", FALSE, "0",
     "0", 4, "178"},
    {"regions.tsv", "id\tname\tlon\tlat\tradius_km\ttype\tparent", TRUE, "0", "0", 2, "6"},
    {"quarters.tsv", "id\tname\tlon\tlat\twithin\tpopulation", TRUE, "0", "0", 2, ""},
    {"aliases.tsv", "name\ttarget\tkind\tlang\tsource", TRUE, "01", "012", -1, ""},
    {"must_resolve.tsv", "name\tcountry\tadmin1\tlon\tlat\ttolerance_km", TRUE, "0", "012", 3,
     "12"},
};

/* A table under the lint. */
typedef struct lint {
    const table_form *form;
    guint line;
    char *fields[MAX_COLUMNS];
    char *last;       /* the sorted columns of the row before */
    GHashTable *seen; /* the columns that stand once only */
    char *fault;      /* the first one found */
} lint;

static gboolean fault(lint *l, const char *what, const char *which)
{
    if (!l->fault)
        l->fault = g_strdup_printf("%s:%u: %s: %s", l->form->name, l->line, what, which);
    return FALSE;
}

static char *columns_of(const lint *l, const char *columns)
{
    GString *joined = g_string_new(NULL);
    for (; *columns; columns++)
        g_string_append_printf(joined, "%s\t", l->fields[*columns - '0']);
    return g_string_free(joined, FALSE);
}

static gboolean is_clean(lint *l, guint column)
{
    const char *field = l->fields[column];
    if (!*field && !strchr(l->form->may_lack, (char)('0' + column)))
        return fault(l, "an empty field", "");
    if (*field == ' ' || (*field && g_str_has_suffix(field, " ")) || strstr(field, "  "))
        return fault(l, "blanks", field);
    for (const char *c = field; *c; c = g_utf8_next_char(c))
        if (g_unichar_iscntrl(g_utf8_get_char(c)) || g_utf8_get_char(c) == 0xFFFD)
            return fault(l, "a character that is none", field);
    g_autofree char *composed = g_utf8_normalize(field, -1, G_NORMALIZE_NFC);
    return strcmp(composed, field) == 0 || fault(l, "not in normal form C", field);
}

static gboolean is_degrees(lint *l, guint column, double most)
{
    const char *field = l->fields[column], *point = strchr(field, '.');
    char *end;
    double value = g_ascii_strtod(field, &end);
    if (end == field || *end || !(value >= -most && value <= most))
        return fault(l, "no position", field);
    return !point || strlen(point + 1) <= MAX_DECIMALS || fault(l, "too many decimals", field);
}

static gboolean is_in_order(lint *l)
{
    char *now = columns_of(l, l->form->sorted);
    gboolean in_order = !l->last || strcmp(l->last, now) <= 0;
    if (!in_order)
        fault(l, "out of order", now);
    g_free(l->last);
    l->last = now;
    return in_order;
}

static gboolean is_new(lint *l)
{
    if (strcmp(l->fields[l->form->once[0] - '0'], "0") == 0)
        return TRUE;
    char *key = columns_of(l, l->form->once);
    return g_hash_table_add(l->seen, key) || fault(l, "a second time", l->fields[0]);
}

static gboolean row_is_sound(lint *l, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    g_auto(GStrv) header = g_strsplit(l->form->header, "\t", -1);
    guint n = g_strv_length(fields);
    if (n != g_strv_length(header))
        return fault(l, "a row of another width", line);
    memcpy(l->fields, fields, n * sizeof *fields);
    for (guint i = 0; i < n; i++)
        if (!is_clean(l, i))
            return FALSE;
    if (l->form->lon >= 0 &&
        (!is_degrees(l, (guint)l->form->lon, 180) || !is_degrees(l, (guint)l->form->lon + 1, 90)))
        return FALSE;
    return is_in_order(l) && is_new(l);
}

static gboolean line_is_sound(lint *l, const char *line, gboolean is_header)
{
    if (!is_header)
        return row_is_sound(l, line);
    return strcmp(line, l->form->header) == 0 || fault(l, "another header", line);
}

/* Line by line in place: g_strsplit() of a whole table is quadratic under AddressSanitizer, whose
 * strstr() measures the rest of the text each time. */
static void lint_lines(lint *l, const char *text)
{
    gboolean headed = FALSE;
    for (l->line = 1; *text; l->line++) {
        gsize len = strcspn(text, "\n");
        g_autofree char *line = g_strndup(text, len);
        if (text[len] != '\n') {
            fault(l, "no line feed at the end", line);
            return;
        }
        text += len + 1;
        if (l->form->by_hand && *line == '#')
            continue;
        if (!line_is_sound(l, line, !headed))
            return;
        headed = TRUE;
    }
}

/* The first fault of a table's text, or NULL; owned by the caller. */
static char *first_fault(const table_form *form, const char *text)
{
    lint l = {.form = form,
              .line = 1,
              .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    if (g_utf8_validate(text, -1, NULL))
        lint_lines(&l, text);
    else
        fault(&l, "invalid UTF-8", "");
    g_hash_table_unref(l.seen);
    g_free(l.last);
    return l.fault;
}

static void test_tables(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *path = g_build_filename(IM_GEODATA, forms[i].name, NULL);
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        g_file_get_contents(path, &text, NULL, &error);
        g_assert_no_error(error);
        g_autofree char *found = first_fault(&forms[i], text);
        g_assert_cmpstr(found, ==, NULL);
    }
}

/* The lint sees what it is there for. */
static void test_lint_can_fail(void)
{
    static const table_form form = {"t.tsv", "id\tname\tlon\tlat", TRUE, "0", "0", 2, "1"};
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"id\tname\tlon\tlat\nA\tx\t1.5\t-90\nB\t\t-180\t0\n", NULL},
        {"# why\nid\tname\tlon\tlat\n", NULL},
        {"id\tname\tlat\tlon\n", "t.tsv:1: another header: id\tname\tlat\tlon"},
        {"id\tname\tlon\tlat\nA\tx\t1\n", "t.tsv:2: a row of another width: A\tx\t1"},
        {"id\tname\tlon\tlat\n\n", "t.tsv:2: a row of another width: "},
        {"id\tname\tlon\tlat\n\tx\t1\t1\n", "t.tsv:2: an empty field: "},
        {"id\tname\tlon\tlat\nA\tx \t1\t1\n", "t.tsv:2: blanks: x "},
        {"id\tname\tlon\tlat\nA\tx\t1\t1\r\n", "t.tsv:2: a character that is none: 1\r"},
        {"id\tname\tlon\tlat\nA\te\xCC\x81\t1\t1\n", "t.tsv:2: not in normal form C: e\xCC\x81"},
        {"id\tname\tlon\tlat\nA\tx\t180.1\t1\n", "t.tsv:2: no position: 180.1"},
        {"id\tname\tlon\tlat\nA\tx\t1\tnan\n", "t.tsv:2: no position: nan"},
        {"id\tname\tlon\tlat\nA\tx\t1\t1.123456\n", "t.tsv:2: too many decimals: 1.123456"},
        {"id\tname\tlon\tlat\nB\tx\t1\t1\nA\tx\t1\t1\n", "t.tsv:3: out of order: A\t"},
        {"id\tname\tlon\tlat\nA\tx\t1\t1\nA\ty\t1\t1\n", "t.tsv:3: a second time: A"},
        {"id\tname\tlon\tlat\nA\tx\t1\t1", "t.tsv:2: no line feed at the end: A\tx\t1\t1"},
        {"id\tname\tlon\tlat\nA\t\xFF\t1\t1\n", "t.tsv:1: invalid UTF-8: "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = first_fault(&form, cases[i].text);
        g_assert_cmpstr(found, ==, cases[i].fault);
    }
}

/* Of a table written for incmap the checksum is that of the file. */
static void assert_own_is_current(const char *line, const char *path)
{
    g_autofree char *bytes = NULL;
    gsize len;
    if (!strstr(line, ",incmap,incmap,"))
        return;
    g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    g_autofree char *sum =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, len);
    g_test_message("%s: %s", path, sum);
    g_assert_nonnull(strstr(line, sum));
}

/* Every table and boundary has a source, and every source its file. */
static void test_sources(void)
{
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(IM_GEODATA "/sources.csv", &text, NULL, NULL));
    g_autoptr(GHashTable) sourced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines + 1; *line && **line; line++) {
        char *name = g_strndup(*line, strcspn(*line, ","));
        g_autofree char *path = g_build_filename(IM_GEODATA, name, NULL);
        g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
        assert_own_is_current(*line, path);
        g_hash_table_add(sourced, name);
    }
    g_autoptr(GDir) folder = g_dir_open(IM_GEODATA, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder));)
        if (g_str_has_suffix(name, ".tsv") || g_str_has_suffix(name, ".fgb")) {
            g_test_message("%s", name);
            g_assert_true(g_hash_table_contains(sourced, name));
        }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/geodata/tables", test_tables);
    g_test_add_func("/geodata/lint_can_fail", test_lint_can_fail);
    g_test_add_func("/geodata/sources", test_sources);
    return g_test_run();
}
