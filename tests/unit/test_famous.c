/* Famous names in sentences of data/famous.tsv: each must mean what a reader takes it for. */
#include <incmap/toponym.h>
#include <string.h>

static im_gazetteer *real;

static gboolean is_at(const char *bytes, const im_mention *m, const char *surface)
{
    gsize len = strlen(surface);
    return m->span.start <= m->span.end && strncmp(bytes + m->span.start, surface, len) == 0;
}

/* What the first mention that begins with `surface` means, in the words of the table. */
static char *meaning_of(const char *bytes, const char *surface)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, NULL);
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        if (!is_at(bytes, m, surface))
            continue;
        if (m->status == IM_MENTION_NOT_FOUND)
            return g_strdup("!");
        if (m->place == IM_PLACE_NONE)
            return g_strdup("ambiguous");
        im_place p = im_gazetteer_place(real, m->place);
        if (p.kind != IM_PLACE_TOWN && p.kind != IM_PLACE_ADMIN2)
            return g_strdup(p.code);
        const char *state =
            p.admin1 == IM_PLACE_NONE ? "" : im_gazetteer_place(real, p.admin1).code;
        return g_strdup_printf("town %s", state);
    }
    return g_strdup("-");
}

static void test_famous(void)
{
    enum { COLUMNS = 3, FEWEST = 80 };
    g_autofree char *path = g_build_filename(IM_TEST_DATA, "famous.tsv", NULL), *bytes = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &bytes, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    guint rows = 0, wrong = 0;
    for (guint i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#' || g_str_has_prefix(lines[i], "sentence\t"))
            continue;
        g_auto(GStrv) cells = g_strsplit(lines[i], "\t", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, COLUMNS);
        g_assert_nonnull(strstr(cells[0], cells[1]));
        g_autofree char *got = meaning_of(cells[0], cells[1]);
        rows++;
        if (strcmp(got, cells[2]) == 0)
            continue;
        wrong++;
        g_printerr("%s:%u: %s in \"%s\"\n  expected %s, got %s\n", path, i + 1, cells[1], cells[0],
                   cells[2], got);
    }
    g_assert_cmpuint(rows, >=, FEWEST);
    g_assert_cmpuint(wrong, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    real = im_gazetteer_open(IM_BUILD_DATADIR "/gazetteer.imgz", &error);
    g_assert_no_error(error);
    g_test_add_func("/toponym/famous", test_famous);
    int result = g_test_run();
    im_gazetteer_free(real);
    return result;
}
