/* Tables of sentences: sentence, mention, what is expected of the mention (all further columns). */
#ifndef IM_TEST_SENTENCES_H
#define IM_TEST_SENTENCES_H

#include <incmap/toponym.h>
#include <string.h>

/* What the program makes of a mention, in the words of the table; owned by the caller. */
typedef char *(*sentence_answer)(const im_gazetteer *real, const char *bytes,
                                 const GArray *mentions, guint mention);

/* The first mention that begins with `surface`; the number of mentions when there is none. */
static inline guint sentence_mention(const char *bytes, const GArray *mentions, const char *surface)
{
    guint i = 0;
    while (i < mentions->len && strncmp(bytes + g_array_index(mentions, im_mention, i).span.start,
                                        surface, strlen(surface)) != 0)
        i++;
    return i;
}

static inline char *sentence_ask(const im_gazetteer *real, const char *bytes, const char *surface,
                                 sentence_answer answer)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, NULL);
    guint i = sentence_mention(bytes, mentions, surface);
    return i < mentions->len ? answer(real, bytes, mentions, i) : g_strdup("-");
}

/* Holds all rows of tests/data/FILE against the program; at least `fewest` must be there. */
static inline void check_sentences(const char *file, guint fewest, sentence_answer answer)
{
    g_autofree char *path = g_build_filename(IM_TEST_DATA, file, NULL), *bytes = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(im_gazetteer) real = im_gazetteer_open(IM_BUILD_DATADIR "/gazetteer.imgz", &error);
    g_assert_no_error(error);
    g_file_get_contents(path, &bytes, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    guint rows = 0, wrong = 0;
    for (guint i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#' || g_str_has_prefix(lines[i], "sentence\t"))
            continue;
        g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 3);
        g_assert_cmpuint(g_strv_length(cells), ==, 3);
        g_assert_nonnull(strstr(cells[0], cells[1]));
        g_autofree char *got = sentence_ask(real, cells[0], cells[1], answer);
        rows++;
        if (strcmp(got, cells[2]) == 0)
            continue;
        wrong++;
        g_printerr("%s:%u: %s in \"%s\"\n  expected %s\n  got      %s\n", path, i + 1, cells[1],
                   cells[0], cells[2], got);
    }
    g_assert_cmpuint(rows, >=, fewest);
    g_assert_cmpuint(wrong, ==, 0);
}

#endif
