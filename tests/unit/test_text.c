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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/outline", test_outline);
    g_test_add_func("/text/hard_wrapped", test_hard_wrapped);
    g_test_add_func("/text/language", test_language);
    return g_test_run();
}
