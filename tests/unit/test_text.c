#include "base/hash.h"
#include "text/text.h"

#include <string.h>

/* Sentences joined by " | ", tokens by a space. */
static char *outline(const char *bytes)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    GString *out = g_string_new(NULL);
    for (guint32 i = 0; i < text->n_tokens; i++) {
        const im_token *t = &text->tokens[i];
        if (i > 0)
            g_string_append(out, t->sentence != text->tokens[i - 1].sentence ? " | " : " ");
        g_string_append_len(out, bytes + t->span.start, t->span.end - t->span.start);
    }
    return g_string_free(out, FALSE);
}

static void test_outline(void)
{
    static const struct {
        const char *text, *outline;
    } cases[] = {
        {"", ""},
        {"Six attacks. Two dead.", "Six attacks . | Two dead ."},
        {"The U.S. Army left. He said so.", "The U.S. Army left . | He said so ."},
        {"It left the U.S. The army stayed.", "It left the U.S. | The army stayed ."},
        {"Jalisco's N'Djamena", "Jalisco 's N'Djamena"},
        {"2,500 troops at 8.30, 3rd of 250.", "2,500 troops at 8.30 , 3rd of 250 ."},
        {"EE.UU. y el D.F. hoy", "EE.UU. y el D.F. hoy"},
        {"One\nTwo", "One | Two"},
        {"- Jalisco: 65\n- Colima: one", "- Jalisco : 65 | - Colima : one"},
        {"\"Go!\" He went.", "\" Go ! \" | He went ."},
        {"J. Smith met Mr. Jones.", "J . Smith met Mr . Jones ."},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = outline(cases[i].text);
        g_assert_cmpstr(got, ==, cases[i].outline);
    }
}

static void test_hard_wrapped(void)
{
    const char *bytes = "THE SALVADORAN ARMY TODAY PREVENTED THE OCCUPATION OF CITIES IN THE\n"
                        "EASTERN PART OF THE COUNTRY AND OF SAN MIGUEL, WAGING STRONG CLASHES\n"
                        "BETWEEN MIDNIGHT AND DAWN IN THE NORTH, ACCORDING TO THE REPORTS BY\n"
                        "MILITARY SOURCES.\n\nTHE ATTACKS TOOK PLACE IN USULUTAN.\n";
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    g_assert_true(text->hard_wrapped);
    g_assert_true(text->upper_case);
    g_assert_cmpuint(text->n_sentences, ==, 2);
}

static void test_language(void)
{
    const char *es = "El ataque fue en la madrugada del lunes, según la fiscalía.";
    g_autoptr(im_text) text = im_text_new(es, strlen(es), IM_LANGUAGE_UNKNOWN);
    g_assert_cmpint(im_text_language(text), ==, IM_LANGUAGE_ES);
    g_assert_cmpint(im_language_from_code("es-MX"), ==, IM_LANGUAGE_ES);
    g_assert_cmpint(im_language_from_code("est"), ==, IM_LANGUAGE_UNKNOWN);
}

/* The quick way for words of ASCII letters says what the thorough one says, at every length and with
 * whatever stands behind: a combining accent sends the same word the long way. */
static void test_shapes(void)
{
    static const struct {
        const char *word;
        im_shape shape;
    } cases[] = {
        {"a", IM_SHAPE_LOWER},         {"A", IM_SHAPE_TITLE},
        {"In", IM_SHAPE_TITLE},        {"UN", IM_SHAPE_UPPER},
        {"tapalpa", IM_SHAPE_LOWER},   {"Tapalpa", IM_SHAPE_TITLE},
        {"TAPALPA", IM_SHAPE_UPPER},   {"McAllen", IM_SHAPE_MIXED},
        {"iPhone", IM_SHAPE_MIXED},    {"highways", IM_SHAPE_LOWER},
        {"Highways", IM_SHAPE_TITLE},  {"HIGHWAYS", IM_SHAPE_UPPER},
        {"roadblock", IM_SHAPE_LOWER}, {"Roadblock", IM_SHAPE_TITLE},
        {"roadBlock", IM_SHAPE_MIXED}, {"Guadalajarans", IM_SHAPE_TITLE},
    };
    static const char *const behind[] = {"", " ", ".", ", and so on", "\xCC\x81", "'", "1"};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fold = g_ascii_strdown(cases[i].word, -1);
        for (gsize k = 0; k < G_N_ELEMENTS(behind); k++) {
            g_autofree char *bytes = g_strconcat(cases[i].word, behind[k], NULL);
            g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
            const im_token *t = &text->tokens[0];
            g_test_message("%s", bytes);
            g_assert_cmpint(t->shape, ==, cases[i].shape);
            g_assert_true(g_str_has_prefix(im_token_fold(text, 0), fold));
            g_assert_cmpuint(t->hash, ==, im_hash_word(im_token_fold(text, 0), t->fold_len));
            g_assert_cmpuint(text->n_capitals, ==, (t->flags & IM_TOKEN_CAPITAL) != 0);
        }
    }
}

/* Tags of some classes only; words in lower case are no names; function words have no tags. */
static void test_tags(void)
{
    const char *bytes = "The mayor of Paris qwxz Rose and rose in May";
    g_autoptr(im_text) all = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
    g_autoptr(im_text) some =
        im_text_new_with(bytes, strlen(bytes), IM_LANGUAGE_EN, IM_CLASS_BIT(IM_LEX_MONTH));
    g_assert_true(im_text_has_tag(all, 0, IM_LEX_FUNCTION));
    g_assert_null(im_text_tag_at(some, 0, IM_LEX_TITLE));
    g_assert_true(im_text_has_tag(all, 1, IM_LEX_TITLE));
    g_assert_false(im_text_has_tag(some, 1, IM_LEX_TITLE));
    g_assert_true(im_text_is_known(some, 1));
    g_assert_false(im_text_is_known(some, 4));
    g_assert_true(im_text_has_tag(all, 5, IM_LEX_GIVEN));
    g_assert_false(im_text_has_tag(all, 7, IM_LEX_GIVEN));
    g_assert_true(im_text_has_tag(some, 9, IM_LEX_MONTH));
    g_assert_cmpuint(some->n_tags, ==, 1);
    g_assert_cmpuint(all->n_capitals, ==, 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/outline", test_outline);
    g_test_add_func("/text/hard_wrapped", test_hard_wrapped);
    g_test_add_func("/text/language", test_language);
    g_test_add_func("/text/shapes", test_shapes);
    g_test_add_func("/text/tags", test_tags);
    return g_test_run();
}
