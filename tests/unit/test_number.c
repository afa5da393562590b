#include "incident/priv.h"

#include <string.h>

/* All amounts of a text as "value[-high] bound noun", joined by "; ". */
static char *amounts_of(const char *bytes, im_language language)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), language);
    g_autoptr(GArray) amounts = g_array_new(FALSE, FALSE, sizeof(amount));
    im_amounts_find(text, 0, text->n_tokens, amounts);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < amounts->len; i++) {
        const amount *a = &g_array_index(amounts, amount, i);
        g_string_append_printf(out, "%s%d", out->len ? "; " : "", a->value);
        if (a->high != a->value)
            g_string_append_printf(out, "-%d", a->high);
        if (a->bound != IM_BOUND_EXACT)
            g_string_append_printf(out, " %s", im_count_bound_name(a->bound));
        if (a->noun)
            g_string_append_printf(out, " %s", a->noun->lexeme->phrase);
        if (a->additional)
            g_string_append(out, " more");
        if (a->subset)
            g_string_append(out, " subset");
    }
    return g_string_free(out, FALSE);
}

typedef struct number_case {
    const char *text, *amounts;
} number_case;

static void check(const number_case *cases, gsize n, im_language language)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = amounts_of(cases[i].text, language);
        if (strcmp(got, cases[i].amounts) != 0)
            g_error("\"%s\": expected \"%s\", got \"%s\"", cases[i].text, cases[i].amounts, got);
    }
}

static void test_english(void)
{
    static const number_case cases[] = {
        {"twenty-five members", "25 members"},
        {"at least 25 members", "25 at_least members"},
        {"more than 250 cartel roadblocks", "250 at_least roadblocks"},
        {"some 30 criminal suspects", "30 about criminal suspects"},
        {"one hundred and twenty people", "120 people"},
        {"two thousand five hundred soldiers", "2500 soldiers"},
        {"2,500 troops", "2500 troops"},
        {"a dozen vehicles", "12 vehicles"},
        {"dozens of vehicles", "-1 vehicles"},
        {"several dozen vehicles", "-1 vehicles"},
        {"27/02: two men", "2 men"},
        {"four others died", "4 others more"},
        {"three more people", "3 people more"},
        {"five dead, including two policemen", "5; 2 policemen subset"},
        {"between five and seven people", "5-7 people"},
        {"a boy of nine was 12 years old", "1 boy; 9"},
        {"30 km from here at 14:00 on 22 March 2026", ""},
        {"$500 and 40% of 18.5 litres", ""},
        {"on the A-4 highway in 2020", ""},
        {"a taxi driver", "1 taxi driver"},
        {"a quiet afternoon", ""},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_EN);
}

static void test_spanish(void)
{
    static const number_case cases[] = {
        {"al menos veinticinco soldados", "25 at_least soldados"},
        {"treinta y dos personas", "32 personas"},
        {"dos mil quinientos elementos", "2500 elementos"},
        {"1.200 vehículos", "1200 vehiculos"},
        {"un tráiler y una camioneta", "1 trailer; 1 camioneta"},
        {"otras dos personas", "2 personas more"},
        {"un empresario de 52 años", "1 empresario"},
        {"el 20 de febrero", ""},
        {"unos 150 agricultores", "150 about agricultores"},
        {"2 mil 400 personas", "2400 personas"},
        {"medio centenar de viviendas", "50 viviendas"},
        {"la Sección 22 anuncia más bloqueos", ""},
        {"más de 90 bloqueos", "90 at_least bloqueos"},
    };
    check(cases, G_N_ELEMENTS(cases), IM_LANGUAGE_ES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/english", test_english);
    g_test_add_func("/number/spanish", test_spanish);
    return g_test_run();
}
